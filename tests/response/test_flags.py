"""The defamation line is shown, and never raises the level."""

import pytest
from frames import HIGH, at, cube

from analysis.pipeline import brief_cube
from analysis.response.flags import defamation
from analysis.schema import Level


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        ({"most_reposts": 500}, True),
        ({"most_reposts": 499}, False),
        ({"most_reads": 5_000}, True),
        ({"most_reads": 4_999}, False),
        ({}, False),
    ],
)
def test_one_post_with_500_reposts_or_5000_views_is_flagged(most: dict[str, int], shown: bool) -> None:
    assert (defamation(cube(most), at(0)) is not None) == shown


def test_praise_and_daily_talk_are_never_flagged() -> None:
    assert defamation(cube({"most_reposts": 9_000, "sentiment": "positive"}), at(0)) is None
    assert defamation(cube({"most_reposts": 9_000, "topic": "other"}), at(0)) is None


def test_reposts_that_come_later_are_not_flagged_yet() -> None:
    # 1,000 reposts counted a week later: 28% are there in the first hour, 52% after four
    cells = cube({"most_reposts": 1_000, "collected": 200})
    assert defamation(cells, at(0)) is None
    assert defamation(cells, at(2)) is None
    assert defamation(cells, at(3)) is not None


def test_a_post_is_flagged_for_a_week() -> None:
    cells = cube({"most_reposts": 9_000})
    assert defamation(cells, at(167)) is not None
    assert defamation(cells, at(168)) is None


def test_the_flag_says_how_far_and_that_it_raises_nothing() -> None:
    text = str(defamation(cube({"most_reposts": 1_234, "most_reads": 56_789}), at(0)))
    assert "56,789 views, 1,234 reposts" in text
    assert "does not raise the level" in text


def test_a_flag_leaves_level_and_score_alone() -> None:
    quiet, flagged = (brief_cube(cube({"reposts": 600, "most_reposts": n}), HIGH, at(0)) for n in (499, 600))
    assert (len(quiet.flags), len(flagged.flags)) == (0, 1)
    assert flagged.assessment.level == quiet.assessment.level == Level.ROUTINE
    assert flagged.assessment.score == quiet.assessment.score
    assert flagged.assessment.red_lines == ()
