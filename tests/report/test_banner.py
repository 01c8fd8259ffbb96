"""What stands at the head of a page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from frames import EXAMPLE, at, cube

from analysis.language import Text
from analysis.pipeline import Briefing, brief_cube
from analysis.report.banner import banner, distance
from analysis.report.charts import LEVEL_MARKS
from analysis.schema import Level

QUIET = {"hour": 0, "posts": 1}
GRAVE = {"hour": 0, "posts": 40, "topic": "medical_quality", "death_blamed": 20}
LEAKED = {"hour": 0, "posts": 40, "topic": "privacy", "records_leaked": 40}


def briefing(cell: dict) -> Briefing:
    return brief_cube(cube(cell), EXAMPLE, at(0))


def distance_of(found: Briefing) -> Text:
    return distance(found.assessment.level, found.standing.margins)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize(
    ("cell", "level", "english", "chinese"),
    [
        (QUIET, Level.ROUTINE, "Routine", "常态"),
        (LEAKED, Level.MODERATE, "Moderate (level II)", "中度（二级）"),
        (GRAVE, Level.SEVERE, "Severe (level III)", "重度（三级）"),
    ],
)
def test_level_reason_and_distance_are_said_in_both_languages(
    cell: dict, level: Level, english: str, chinese: str
) -> None:
    found = briefing(cell)
    assert found.assessment.level == level
    for language, label in (("en", english), ("zh_CN", chinese)):
        said = words(banner(found, language))
        assert f"{LEVEL_MARKS[level]}  {label}" in said  # a mark and a word, not a colour alone
        assert "2025-03-03 00:00" in said
        assert distance_of(found).to(language) in said
    assert not re.search("[一-鿿]", banner(found, "en"))


def test_the_distance_is_that_to_the_next_level() -> None:
    assert str(distance_of(briefing(GRAVE))) == "This is the highest level."
    assert "Mild" in str(distance_of(briefing(QUIET)))
    # forty posts and nothing known about them: no number of them reaches the highest level, but a red line does
    assert str(distance_of(briefing(LEAKED))).startswith("15 more posts within the hour on the red line")
    assert str(distance(Level.MODERATE, ())).startswith("Even a hundred times as much")


def test_reposts_say_the_distance_where_the_export_counts_them() -> None:
    counted = {"reposts": 5e3, "comments": 3e3, "likes": 1e4, "followers": 5e6, "topic": "medical_quality"}
    found = briefing({"hour": 0, "posts": 60, **counted})
    reposts = next(margin.change for margin in found.standing.margins if margin.indicator == "heat")
    assert str(distance_of(found)) == f"{reposts:,} more reposts within the hour would make this Moderate."
    # the sentence is true: so many more reposts make it so, one fewer does not
    for more, level in ((reposts, Level.MODERATE), (reposts - 1, Level.MILD)):
        assert briefing({"hour": 0, "posts": 60, **counted, "reposts": 5e3 + more}).assessment.level == level


def with_why(why: Text) -> Briefing:
    found = briefing(QUIET)
    return replace(found, standing=replace(found.standing, why=why))


def test_nothing_in_the_banner_is_read_as_html() -> None:
    hostile = with_why(Text("{text}", (("text", "<img src=x onerror=alert(1)>&amp;"),)))
    html = banner(hostile, "en")
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;amp;" in html
