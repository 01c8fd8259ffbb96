"""Small stories, written by hand: one as a calm day gives it, and one with every field as nasty as it can be."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.language import Text, _
from analysis.report.papers.blocks import (
    Block,
    Chart,
    ChartKind,
    Fact,
    Lines,
    Made,
    Quote,
    Quotes,
    Rows,
    Scene,
    Section,
    Series,
    Span,
    Story,
    Table,
)
from analysis.schema import Level

AS_OF = pd.Timestamp("2025-03-04 09:59:59", tz="Asia/Shanghai")
SINCE, UNTIL = (
    pd.Timestamp("2025-03-03 10:00", tz="Asia/Shanghai"),
    pd.Timestamp("2025-03-04 09:00", tz="Asia/Shanghai"),
)
DAY = Rows(SINCE, UNTIL)
BAD = DAY.__class__(SINCE, UNTIL, (("sentiment", "negative"),))
POSTS = Fact(1284, Made.COUNT, _("Posts"), (DAY,))
NEGATIVE = Fact(0.42, Made.SHARE, _("Negative share"), (BAD, DAY))
# Words that break files: markup, formulas, control characters, right-to-left marks, emoji, and no space to break at.
NASTY = (
    "<script>alert(1)</script>&amp;\"'",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "+cmd|' /C calc'!A0",
    "\x00\x01\x08\x0b\x0c\x1f\x7f",
    "\ud800 lone",
    "\ufffe\uffff",
    "👩‍👩‍👧‍👦🏥🇨🇳",
    "\u202eabc\u202c",
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "{{ 7*7 }}{% raw %}",
    "{0.__class__}",
    "字" * 200,
    "W" * 200,
    "]]>",
    "\r\n\t",
    "",
)


def hours_chart(name: Text | None = None) -> Chart:
    """Six hours of posts, with a burst and a forecast."""
    times = tuple(SINCE + pd.Timedelta(hours=hour) for hour in range(6))
    return Chart(
        "trend",
        ChartKind.LINE,
        name or _("Posts an hour"),
        times,
        (
            Series(_("Posts"), (3, 5, 40, 22, None, None), "#3D85B8"),
            Series(_("Forecast"), (None, None, None, 22, 18.4, 12.5), "#76828E", dashed=True),
        ),
        _("posts an hour"),
        _("Posts about us, by hour of publication."),
    )


def topics_chart(names: tuple[Text, ...] = ()) -> Chart:
    """Three topics by tone."""
    return Chart(
        "topics",
        ChartKind.BAR,
        _("What it is about"),
        names or (Text("医疗质量与事故"), Text("服务投诉"), Text("其他")),
        (
            Series(_("Negative"), (30, 12, 0), "#B3454A"),
            Series(_("Neutral"), (10, 8, 5), "#9AA7B3"),
        ),
        _("Posts"),
        _("Posts about us, by hour of publication."),
        lines=((25, _("Mild"), "#E8B923"),),
    )


def story(language_free_title: str = "关于“急诊排队”的舆情专报") -> Story:
    """A story of one day, with every kind of block."""
    table = Table(
        _("Time limits"),
        (_("Limit"), _("Deadline")),
        ((Text("回应"), Text("03-06 10:00")), (Text("首次回应（黄金4小时）"), Text("03-04 14:00"))),
        (0.6, 0.4),
    )
    said = Quotes(_("What people say"), (Quote("窗口只开一个，排了三小时。", Text("微博 · 03-04 08:12 · 转发 12"), 0),))
    sentence = _("{n:,} posts, {share:.0%} of them negative.", n=POSTS, share=NEGATIVE)
    blocks = (Lines((sentence,)), hours_chart(), said, topics_chart(), table, Lines((sentence, sentence), points=True))
    scene = Scene("situation", _("Situation"), sentence, (hours_chart(), Lines((sentence,), points=True)))
    return Story(
        Span.DAILY,
        Text(language_free_title),
        "〔2025〕第 1 期",
        AS_OF,
        SINCE,
        UNTIL,
        Level.MILD,
        _("Mild"),
        "#E8B923",
        (Section(_("Situation"), blocks), Section(_("About the data"), (table,), annex=True)),
        (scene, replace(scene, key="tasks", title=_("Time limits"), blocks=(table,))),
        (_("Synthetic data"),),
    )


def nasty_story(word: str) -> Story:
    """The same, with `word` wherever a post, an event, a file or a hospital could put one."""
    told, foreign = story(word), Text("{word}", (("word", Fact(word, Made.QUOTED, Text("{word}", (("word", word),)))),))
    table = Table(foreign, (foreign, foreign), ((foreign, foreign),), (0.5, 0.5))
    chart, bars = hours_chart(foreign), topics_chart((foreign, Text("b"), Text("c")))
    bars = replace(
        bars, series=tuple(replace(series, name=foreign) for series in bars.series), unit=foreign, note=foreign
    )
    blocks: tuple[Block, ...] = (
        Lines((foreign,), points=True),
        chart,
        bars,
        table,
        Quotes(foreign, (Quote(word, foreign, 0, cut=True),)),
    )
    scenes = tuple(Scene(f"event:{word}{at}", foreign, foreign, (block,)) for at, block in enumerate(blocks))
    return replace(told, number=word, sections=(Section(foreign, blocks),), scenes=scenes, notes=(foreign,), event=word)
