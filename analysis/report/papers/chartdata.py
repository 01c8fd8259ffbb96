"""Which numbers do the charts of a report draw? Counted from the cube, for writers who draw them each their own way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.colours import ALARMED, LEVEL_MARKS, LINES, SENTIMENT_COLOURS, level_colour
from analysis.report.papers.blocks import Chart, ChartKind, Fact, Made, Rows, Series, Span
from analysis.report.papers.counting import cells_of, spans
from analysis.report.papers.courses import course
from analysis.report.papers.material import Material
from analysis.response.groups import INDICATOR_LABELS
from analysis.response.reasons import threshold_of
from analysis.schema import Level, MediaTier, Platform, Sentiment, Topic

MOST_BARS = 8  # that can be told apart on a wall; the rest stands together
LONGEST_NAME = 24  # characters of an account's name
DRAWN = {"reposts": _("Reposts"), "comments": _("Comments"), "likes": _("Likes")}
NOT_REACHED = LINES[-1]


def trend_chart(material: Material, span: Span) -> Chart:
    """How did posts run in the span and before it, when were they in a burst, and what is to come?

    DAILY: three days by the hour; WEEKLY: two weeks; EVENT: from 12 hours before the event's first post on. A point
    stands for so many hours that there are at most 168, and those of the forecast.
    """
    return course(material, span, "trend", _("Posts over time"))


def event_chart(material: Material, event_id: str) -> Chart:
    """How did the posts of one event, which is known, run from 12 hours before its first on?"""
    return course(replace(material, event=event_id), Span.EVENT, f"event:{event_id}", _("Posts of the event over time"))


def topic_chart(material: Material, span: Span) -> Chart:
    """Of which risk types are the posts of the span, by tone? The largest on top."""
    return by_tone(material, span, "topic", _("Risk types"))


def platform_chart(material: Material, span: Span) -> Chart:
    """On which platforms do the posts of the span stand, by tone? The largest on top."""
    return by_tone(material, span, "platform", _("Platforms"))


def by_tone(material: Material, span: Span, column: str, title: Text) -> Chart:
    """How do the posts of the span spread over the values of a column, by tone? At most MOST_BARS, then all others."""
    rows = spans(material, span)[0]
    table = tones(material.cube, rows, column)
    if len(table) > MOST_BARS:
        table.loc["…"] = table.iloc[MOST_BARS:].sum()
        table = table.loc[[*table.index[:MOST_BARS], "…"]]
    return Chart(
        f"{column}s",
        ChartKind.BAR,
        title,
        tuple(value_label(column, str(value)) for value in table.index),
        tuple(
            Series(tone.label, tuple(float(posts) for posts in table[str(tone)]), SENTIMENT_COLOURS[tone])
            for tone in Sentiment
        ),
        _("Posts"),
        _("Posts about us in the time of this report; tones as the classifier answers, post by post."),
    )


def tones(cube: pd.DataFrame, rows: Rows, column: str) -> pd.DataFrame:
    """How many of these posts has each value of a column, by tone? Largest first; only values that have any."""
    sums = cells_of(cube, rows).groupby([column, "sentiment"], observed=True)["posts"].sum()
    table = sums.unstack(fill_value=0).reindex(columns=list(map(str, Sentiment)), fill_value=0)
    total = table.sum(axis=1).sort_values(ascending=False, kind="stable")
    found = table.loc[total[total > 0].index]
    return found.set_axis(found.index.astype("str"))


def value_label(column: str, value: str) -> Text:
    """How is a topic or platform called? "…" = all others."""
    if value == "…":
        return _("All others")
    return Topic(value).label if column == "topic" else Platform(value).label


def carriers_chart(material: Material, span: Span) -> Chart:
    """Whose posts of the span drew most reposts, comments and likes? Platforms by tone where no account is told.

    Names of accounts are masked and cut to LONGEST_NAME characters; media and verified accounts are called so.
    """
    table = material.reach.amplifiers
    table = table[(table["drawn"].fillna(0) > 0).to_numpy(dtype=bool)].head(MOST_BARS)
    if table.empty:
        return replace(platform_chart(material, span), key="carriers")
    told = [name for name in DRAWN if table[name].notna().any()]
    return Chart(
        "carriers",
        ChartKind.BAR,
        _("Accounts whose posts drew most"),
        account_labels(table),
        tuple(Series(DRAWN[name], amounts(table[name]), LINES[at]) for at, name in enumerate(told)),
        _("Reposts, comments and likes"),
        _("Posts about us in the time of this report; counters as far as they are estimated to have come by now."),
    )


def amounts(column: pd.Series) -> tuple[float | None, ...]:
    """Which values does a series of counters have? None = no post tells."""
    return tuple(None if pd.isna(value) else float(value) for value in column)


def account_labels(table: pd.DataFrame) -> tuple[Text, ...]:
    """How are accounts called? Name, platform, and what they are, if anything; the name is as hostile as its posts."""
    names = masked_series(table["author"].astype("str"))
    told = zip(names, table["platform"], table["media_tier"], table["verified"], strict=True)
    return tuple(
        account_label(name, Platform(site).label, MediaTier(tier).label if tier else verified_text(sure))
        for name, site, tier, sure in told
    )


def account_label(name: str, platform: Text, role: Text | None) -> Text:
    """How is one account called? role: a medium, verified, or None = nothing is told."""
    line = " ".join(name.split())
    short = line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"
    words = {"name": Fact(short, Made.QUOTED, _("Name of an account")), "platform": platform}
    if role is None:
        return Text("{name} · {platform}", tuple(words.items()))
    return Text("{name} · {platform} · {role}", (*words.items(), ("role", role)))


def verified_text(sure: object) -> Text | None:
    """Is an account told to be verified?"""
    return _("verified") if sure is True or sure is np.True_ else None


def level_chart(material: Material) -> Chart:
    """Why this level and how far from the next? The score beside the thresholds, and under it each indicator's points
    of the most it can give."""
    standing, profile = material.standing, material.briefing.profile
    score, reasons = standing.assessment.score, standing.reasons
    reached = [round(points, 1) for points in (score, *(reason.points for reason in reasons))]
    most = [100.0, *(round(reason.most, 1) for reason in reasons)]
    missing = [max(round(of - points, 1), 0.0) for points, of in zip(reached, most, strict=True)]
    return Chart(
        "level",
        ChartKind.BAR,
        _("Score and its parts"),
        (_("Score"), *(INDICATOR_LABELS[reason.indicator] for reason in reasons)),
        (
            Series(_("Points"), tuple(reached), LINES[0]),
            Series(_("Not reached"), tuple(missing), NOT_REACHED, dashed=True),
        ),
        _("Points"),
        _("The score is the sum of the indicators' points; the lines are where the levels begin."),
        lines=tuple(
            (threshold_of(level, profile), level_words(level), level_colour(level, 0, profile)) for level in ALARMED
        ),
        whole=False,
    )


def level_words(level: Level) -> Text:
    """How is a level called where its colour stands beside it? With its mark: never by colour alone."""
    return Text("{mark} {level}", (("mark", LEVEL_MARKS[level]), ("level", level.label)))
