"""What the tables of the Response and Thresholds pages say."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import EXAMPLE, HIGH, at, cube

from analysis.pipeline import Briefing, brief_cube
from analysis.report.tables import clock_table, hours_table, margin_table, reason_table, task_table, until
from analysis.schema import Level

QUIET = {"hour": 0, "posts": 1}
GRAVE = {"hour": 0, "posts": 40, "topic": "medical_quality", "death_blamed": 20}  # over the red line


def briefing(cell: dict, hour: float = 0, profile=EXAMPLE) -> Briefing:
    return brief_cube(cube(cell), profile, at(hour))


def test_every_indicator_has_a_row_with_its_points() -> None:
    found = briefing(GRAVE)
    table = reason_table(found, "en")
    assert set(table["Indicator"]) == {"Heat of risk posts", "Reach", "Gravity", "Negativity", "Growth"}
    given = table["Points"].str.split(" of ", expand=True).astype(float)
    assert given[0].sum() == pytest.approx(found.assessment.score, abs=0.3)
    assert given[1].sum() == pytest.approx(100, abs=3)  # each rounded to a whole number
    assert not reason_table(found, "zh_CN").map(lambda cell: "of" in cell.split()).any(axis=None)


def test_margins_name_the_next_level_and_are_none_at_the_highest() -> None:
    table = margin_table(briefing(QUIET), "en")
    assert len(table) >= 4
    assert table["What it takes"].str.contains("Mild").all()
    severe = briefing(GRAVE)
    assert severe.assessment.level == Level.SEVERE
    assert margin_table(severe, "en").empty


def test_clocks_count_from_onset_or_discovery_to_the_minute() -> None:
    table = clock_table(briefing(GRAVE, 4.5), "en")
    rows = dict(zip(table["Limit"], table["Deadline"], strict=True))
    # all began at midnight: the golden four hours ended half an hour ago, a day's end is 19 h 30 min away
    assert rows["First reaction (golden four hours)"] == "03-03 04:00 ⚠ 0:30 h past"
    assert rows["Press conference"] == "03-04 00:00 ⏳ 19:30 h left"
    assert rows["Report of a medical-safety event, gravest grade"] == "03-03 02:00 ⚠ 2:30 h past"
    rests = dict(zip(table["Limit"], table["Rests on"], strict=True))
    assert rests["Report of a medical-safety event, gravest grade"].endswith("from the discovery")
    assert rests["Press conference"].endswith("from the onset")
    assert clock_table(briefing(QUIET), "en").empty


def test_tasks_are_in_order_of_time_and_reviewed_before_they_are_published() -> None:
    table = task_table(briefing(GRAVE), "en")
    deadlines = table["Deadline"].tolist()
    assert deadlines == sorted(deadlines) and all(deadlines)
    tasks = table["Task"].tolist()
    review = next(at for at, task in enumerate(tasks) if task.startswith("Legal review of every text"))
    published = [at for at, task in enumerate(tasks) if task.startswith("Publish")]
    assert published and all(review < place for place in published)


def test_routine_has_tasks_without_a_deadline() -> None:
    table = task_table(briefing(QUIET), "en")
    assert len(table) > 0
    assert set(table["Deadline"]) == {""}


def test_hours_are_counted_before_and_after() -> None:
    table = hours_table(pd.Series([0, 0, 1, 3]), pd.Series([0, 1, 1, 2]), "en")
    assert table.values.tolist() == [
        ["Routine", "2", "1", "-1"],
        ["Mild", "1", "2", "+1"],
        ["Moderate", "0", "1", "+1"],
        ["Severe", "1", "0", "-1"],
    ]


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (2, "03-03 02:00 ⏳ 1:45 h left"),
        (0.25, "03-03 00:15 ⏳ 0:00 h left"),
        (0, "03-03 00:00 ⚠ 0:15 h past"),
        (49.25, "03-05 01:15 ⏳ 49:00 h left"),
    ],
)
def test_a_deadline_says_what_is_left(deadline: float, said: str) -> None:
    assert str(until(at(deadline), at(0.25))) == said


def test_nothing_reaches_the_levels_of_a_profile_that_is_out_of_reach() -> None:
    assert briefing({"hour": 0, "posts": 1, "topic": "other"}, profile=HIGH).assessment.level == Level.ROUTINE
