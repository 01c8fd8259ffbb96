"""What the tables of the Response and Thresholds pages say."""

from __future__ import annotations

import pytest
from frames import EXAMPLE, HIGH, at, cube

from analysis.pipeline import Briefing, brief_cube
from analysis.report.tables import reason_table, until
from analysis.schema import Level

QUIET = {"hour": 0, "posts": 1}
GRAVE = {"hour": 0, "posts": 40, "topic": "medical_quality", "death_blamed": 20}  # over the red line


def briefing(cell: dict, hour: float = 0, profile=EXAMPLE) -> Briefing:
    return brief_cube(cube(cell), profile, at(hour))


def test_every_indicator_has_a_row_with_its_points() -> None:
    found = briefing(GRAVE)
    table = reason_table(found.standing.reasons, "en")
    assert set(table["Indicator"]) == {"Heat of risk posts", "Reach", "Gravity", "Negativity", "Growth"}
    given = table["Points"].str.split(" of ", expand=True).astype(float)
    assert given[0].sum() == pytest.approx(found.assessment.score, abs=0.3)
    assert given[1].sum() == pytest.approx(100, abs=3)  # each rounded to a whole number
    assert not reason_table(found.standing.reasons, "zh_CN").map(lambda cell: "of" in cell.split()).any(axis=None)


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
