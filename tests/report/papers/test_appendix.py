"""Every figure of a story can be added up again by its reader, from a sheet that holds no stranger's formula."""

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from frames import at, posts
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from stories import NASTY, nasty_story, story

from analysis.language import Text, _
from analysis.report.papers.appendix import appendix
from analysis.report.papers.appendix_counts import counts_of, recounted, value_of
from analysis.report.papers.blocks import Fact, Lines, Made, Quote, Quotes, Rows, Section, Story
from analysis.report.papers.counting import change_fact, count_fact, posts_in, share_fact
from analysis.report.papers.house import House
from analysis.response.profile import Profile
from analysis.signals.cube import count

SIX = posts(
    {"hour": 0, "event_id": "20250304-0a1b2c"},
    {"hour": 1, "sentiment": "positive", "event_id": "20250304-0a1b2c"},
    {"hour": 2, "topic": "rumour", "event_id": "e1"},
    {"hour": 2, "platform": "=1+1", "author": "+甲", "text": "=1+1 请打13812345678"},
    {"hour": 3, "region": "北京"},
    {"hour": 9, "topic": "rumour", "sentiment": "neutral"},
)
CUBE = count(SIX)
EARLY, LATE = Rows(at(0), at(1)), Rows(at(2), at(3))


def narrowed(rows: Rows, *where: tuple[str, str]) -> Rows:
    return replace(rows, where=where)


def told(*facts: Fact | None, quotes: tuple[Quote, ...] = ()) -> Story:
    lines = Lines(tuple(_("{n} posts", n=fact) for fact in facts if fact))
    sections = (Section(_("Situation"), (lines, Quotes(_("What people say"), quotes))),)
    return replace(story("t"), sections=sections, scenes=(), notes=())


def opened(told: Story, frame: pd.DataFrame = SIX, language: str = "en", **more: Any) -> dict[str, Worksheet]:
    data = appendix(told, frame, count(frame), House("市一院"), language, **more)
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(data))}


def rows_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def evaluated(formula: str, counts: Worksheet) -> float:
    """What does a formula of SUMIFS come to, read anew from the sheet that it names?"""

    def column(letter: str) -> list[Any]:
        return [cell.value for cell in counts[letter][1:]]

    def summed(found: re.Match[str]) -> str:
        letters = re.findall(r"!\$([A-Z]+)\$2", found.group())
        wanted = re.findall(r',"([^"]*)"', found.group())
        kept = [True] * (counts.max_row - 1)
        for letter, want in zip(letters[1:], wanted, strict=True):
            kept = [on and meets(cell, want) for on, cell in zip(kept, column(letter), strict=True)]
        return str(sum(posts for on, posts in zip(kept, column(letters[0]), strict=True) if on))

    plain = re.sub(r"SUMIFS\([^()]*(?:\([^()]*\)[^()]*)*\)", summed, formula.removeprefix("="))
    parts = re.fullmatch(r'IF\((\d+)=0,"–",(.*)\)', plain)
    return float(eval(parts.group(2) if parts else plain))  # digits and signs alone are left


def meets(cell: Any, want: str) -> bool:
    if want.startswith((">=", "<=")):
        return cell >= int(want[2:]) if want[0] == ">" else cell <= int(want[2:])
    return str(cell).lower() == want.lower()


def test_figures_are_added_up_again_from_few_counts() -> None:
    day = Rows(at(0), at(9))
    facts = [
        count_fact(CUBE, day, _("Posts")),  # 6
        share_fact(CUBE, narrowed(LATE, ("topic", "rumour")), LATE, _("Posts")),  # 1 of 3
        change_fact(CUBE, LATE, EARLY, _("Posts")),  # 3 against 2
        count_fact(CUBE, narrowed(day, ("event", "20250304-0a1b2c")), _("Posts")),  # 2
        count_fact(CUBE, narrowed(day, ("event", "e1")), _("Posts")),  # 1
        count_fact(CUBE, narrowed(day, ("platform", "=1+1")), _("Posts")),  # 1
        count_fact(CUBE, narrowed(day, ("event", ""), ("sentiment", "negative")), _("Posts")),  # 2
        count_fact(CUBE, Rows(at(3), at(1)), _("Posts")),  # hours that are none
    ]
    sheets = opened(told(*facts))
    figures = rows_of(sheets["Figures"])
    assert [row[4] for row in figures] == pytest.approx([6, 1 / 3, 0.5, 2, 1, 1, 2, 0])
    assert [evaluated(row[5], sheets["Counts"]) for row in figures] == pytest.approx([6, 1 / 3, 0.5, 2, 1, 1, 2, 0])
    assert [row[8] for row in figures] == [6, 1, 3, 2, 1, 1, 2, 0]
    assert sum(row[-1] for row in rows_of(sheets["Counts"])) == 6
    assert not any("1+1" in str(row[5]) for row in figures)


def test_the_values_that_formulas_have_are_in_the_file() -> None:
    wrong = Fact(7, Made.COUNT, _("Posts"), (EARLY,))  # there are 2
    data = appendix(told(count_fact(CUBE, EARLY, _("Posts")), wrong), SIX, CUBE, House(), "en")
    figures = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Figures"]
    assert [row[4:7] for row in rows_of(figures)] == [(2, 2, "yes"), (7, 2, "NO")]


def test_what_no_counts_are_behind_stands_as_it_is() -> None:
    time = Fact(at(1), Made.TIME, _("Published"))
    name = Fact("=1+1", Made.QUOTED, _("Posts"))
    share = Fact(0.25, Made.CORRECTED, _("Posts"), (EARLY, EARLY))
    figures = opened(told(time, name, share))["Figures"]
    assert [row[5:7] for row in rows_of(figures)] == [(None, None)] * 3
    assert figures["E2"].value == at(1).tz_localize(None).to_pydatetime()
    assert (figures["E3"].value, figures["E3"].data_type, figures["E3"].quotePrefix) == ("=1+1", "s", True)
    assert figures["E4"].value == 0.25 and figures["E4"].number_format == "0.0%"


def test_posts_that_are_quoted_or_few_are_listed_masked() -> None:
    few = count_fact(CUBE, narrowed(LATE, ("sentiment", "negative"), ("topic", "service")), _("Posts"))
    sheet = opened(told(few, quotes=(Quote("x", Text("y"), 5),)))["Posts"]
    listed = rows_of(sheet)
    assert [row[0] for row in listed] == ["p3", "p4", "p5"] and [row[-1] for row in listed] == ["1", "1", None]
    assert listed[0][3] == "+甲" and listed[0][-2] == "=1+1 请打138****5678"
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=4) for cell in row} <= {"s", "d"}


def test_posts_behind_a_figure_of_many_are_not_listed() -> None:
    frame = posts(*({"hour": number / 60} for number in range(51)))
    day = Rows(at(0), at(0))
    assert rows_of(opened(told(count_fact(count(frame), day, _("Posts"))), frame)["Posts"]) == []
    fifty = frame.iloc[:50]
    assert len(rows_of(opened(told(count_fact(count(fifty), day, _("Posts"))), fifty)["Posts"])) == 50


def test_settings_and_annexes_are_sources() -> None:
    lines = rows_of(opened(story(), profile=Profile())["Sources"])
    assert lines[0] == ("Note", "Synthetic data", None)
    assert ("Time limits", "回应", "03-06 10:00") in lines
    assert ("Profile", "Heat of risk posts", "30") in lines or (
        "Profile",
        "Weight of “Heat of risk posts”",
        "30",
    ) in lines
    assert sum(row[0] == "Profile" for row in lines) == len(Profile().numbers()) + 1


def test_no_word_is_a_formula_or_breaks_the_file() -> None:
    names = ("text", "author", "platform", "event_id", "post_id")
    frame = posts(*(dict.fromkeys(names, word) for word in NASTY if "\ud800" not in word))
    cube, hour = count(frame), Rows(at(0), at(0))
    for word in NASTY:
        facts = [count_fact(cube, narrowed(hour, (name, word)), _("Posts")) for name in ("platform", "event")]
        nasty = nasty_story(word)
        annex = Section(_("x"), nasty.sections[0].blocks, annex=True)
        whole = replace(nasty, sections=(*nasty.sections, *told(*facts).sections, annex))
        data = appendix(whole, frame, cube, House(word[:60], word[:60]), "en")
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
                assert re.fullmatch(r"=(SUMIFS\('Counts'!|IF\(ISNUMBER\().*", cell.value) and sheet.title == "Figures"
                assert not word.strip() or word not in cell.value


WHERE = st.lists(
    st.sampled_from(
        [
            ("topic", "rumour"),
            ("sentiment", "negative"),
            ("event", "20250304-0a1b2c"),
            ("event", ""),
            ("region", "北京"),
        ]
    ),
    max_size=2,
    unique_by=lambda pair: pair[0],
)
SPANS = st.builds(
    lambda first, length, where: Rows(at(first), at(first + length), tuple(where)),
    st.integers(-2, 10),
    st.integers(0, 12),
    WHERE,
)


@given(st.lists(SPANS, min_size=1, max_size=6))
@settings(max_examples=20)
def test_all_spans_and_filters_add_up_from_the_same_counts(wanted: list[Rows]) -> None:
    counts = counts_of(CUBE, wanted, "en")
    assert [counts.posts(rows) for rows in wanted] == [posts_in(CUBE, rows) for rows in wanted]
    facts = [Fact(posts_in(CUBE, rows), Made.COUNT, _("Posts"), (rows,)) for rows in wanted]
    assert all(recounted(fact) and value_of(counts, fact) == fact.value for fact in facts)


def test_counts_do_not_grow_with_the_hours_or_names() -> None:
    frame = posts(*({"hour": hour, "event_id": f"E{hour}", "region": str(hour)} for hour in range(100)))
    day, cube = Rows(at(0), at(99)), count(frame)
    own = "20250304-0a1b2c"
    cube["event"] = cube["event"].cat.rename_categories({"E7": own})
    counts = counts_of(cube, [day, narrowed(day, ("event", own))], "en")
    assert dict(zip(counts.cells["event"], counts.cells["posts"], strict=True)) == {own: 1, "(others)": 99}
