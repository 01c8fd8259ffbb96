"""The numbers of the first page, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, at, cube, hourly_cube

from analysis.classify.prevalence import ErrorRates
from analysis.pipeline import brief_cube
from analysis.report.overview import Metric, breakdown, hours_in_level, metrics, rises


def told(cells: pd.DataFrame, hour: float, rates: ErrorRates | None = None) -> dict[str, Metric]:
    return {str(metric.label): metric for metric in metrics(brief_cube(cells, EXAMPLE, at(hour), 0, rates))}


def test_posts_and_their_change_against_the_day_before() -> None:
    # the first day has 24 posts, the second 36: half as many again
    found = told(hourly_cube([1] * 24 + [1] * 12 + [2] * 12), 47)["Posts in 24 h"]
    assert (str(found.value), str(found.change)) == ("36", "+50%")
    # every third hour of the two days, the last one included: 45 hours before it there were 3 posts
    assert (len(found.curve), found.curve[0], found.curve[-1]) == (16, 3, 36)


def test_posts_that_grew_fewer_have_a_minus() -> None:
    assert str(told(hourly_cube([4] * 24 + [1] * 24), 47)["Posts in 24 h"].change) == "-75%"


def test_a_curve_holds_a_week() -> None:
    found = told(hourly_cube([1] * 24 * 10), 239)["Posts in 24 h"]
    assert len(found.curve) == 7 * 24 / 3
    assert set(found.curve) == {24}


def test_the_negative_share_counts_posts_and_changes_in_points() -> None:
    cells = cube(
        {"hour": 0, "posts": 1},
        {"hour": 0, "posts": 3, "sentiment": "neutral"},
        {"hour": 30, "posts": 3},
        {"hour": 30, "posts": 1, "sentiment": "positive"},
    )
    now = told(cells, 30)["Negative share"]  # the day before ended at hour 6: 1 of 4
    assert (str(now.value), str(now.change)) == ("75%", "+50 points")
    # Wilson's ends of 3 of 4: (0.75 + 0.33825 ± 1.645·√(0.046875 + 0.04228)) / 1.6765
    assert str(now.note) == "36% to 94%, uncorrected"
    assert str(now.meaning).startswith("The classifier calls 3 of 4 posts in 24 hours negative.")
    assert "Model page" in str(now.meaning)
    first = told(cells, 5)["Negative share"]
    assert (str(first.value), first.change) == ("25%", None)


def test_corrections_change_the_share_its_interval_its_curve_and_its_change() -> None:
    # leaning 0.2 of 1 is no negative post, 0.64 is 73% of them: 0.8·s + 0.2·(1 − s) = 0.64
    cells = cube(
        {"hour": 0, "posts": 100, "sentiment": "neutral", "lean": 20},
        {"hour": 30, "posts": 40},
        {"hour": 30, "posts": 60, "sentiment": "neutral", "lean": 24},
    )
    found = told(cells, 30, CERTAIN)["Negative share"]
    assert (str(found.value), str(found.note), str(found.change)) == ("73%", "66% to 80%, corrected", "+73 points")
    assert found.curve[-1] == 73.33
    assert "learnt from 100 posts drawn at random" in str(found.meaning)
    assert str(found.meaning).startswith("The classifier calls 40 of 100 posts")


def test_a_day_without_posts_has_no_share_to_compare_with() -> None:
    found = told(cube({"hour": 0}), 30)["Negative share"]
    assert (str(found.value), found.change, found.note, found.curve[-1]) == ("no posts", None, None, 0)


def test_a_silent_day_has_no_share_and_no_made_up_change() -> None:
    found = told(cube({"hour": 0}), 60)
    assert (str(found["Posts in 24 h"].value), found["Posts in 24 h"].change) == ("0", None)
    assert (str(found["Negative share"].value), found["Negative share"].change) == ("no posts", None)
    assert "nan" not in str([str(metric.meaning) + str(metric.curve) for metric in found.values()])


def test_growth_is_not_known_before_a_day_has_passed() -> None:
    found = told(hourly_cube([1] * 10), 9)["Growth"]
    assert (str(found.value), found.change, found.curve) == ("not known", None, [0, 0, 0, 0])


def test_growth_is_a_factor_against_the_usual() -> None:
    # 6 hours held 120 risk posts, 12 are usual; EXAMPLE adds 10 to both sides: 130 / 22 = 5.9
    assert EXAMPLE.scales.growth_calm == 10
    assert str(told(hourly_cube([2] * 48 + [20] * 6), 53)["Growth"].value) == "× 5.9"


def test_heat_of_silence_is_nought() -> None:
    found = told(cube({"hour": 0, "topic": "other"}), 0)["Heat of risk posts"]
    assert (str(found.value), found.change) == ("0", None)


def test_the_breakdown_counts_by_sentiment_largest_first_up_to_the_time() -> None:
    cells = cube(
        {"hour": 0, "posts": 9, "topic": "policy"},
        {"hour": 30, "posts": 2, "topic": "service"},
        {"hour": 30, "posts": 3, "topic": "service", "sentiment": "positive"},
        {"hour": 31, "posts": 4, "topic": "rumour", "sentiment": "neutral"},
        {"hour": 32, "posts": 100, "topic": "privacy"},
    )
    whole = breakdown(cells, at(31), "topic", None)
    assert list(whole.columns) == ["negative", "neutral", "positive"]
    assert whole.to_dict("index") == {
        "policy": {"negative": 9, "neutral": 0, "positive": 0},
        "service": {"negative": 2, "neutral": 0, "positive": 3},
        "rumour": {"negative": 0, "neutral": 4, "positive": 0},
    }
    assert list(whole.index) == ["policy", "service", "rumour"]
    assert list(breakdown(cells, at(31), "topic", 1).index) == ["service", "rumour"]
    # a day is the last 24 hours: hour 7 to hour 30
    assert list(breakdown(cells, at(23.5), "topic", 1).index) == ["policy"]
    assert breakdown(cells, at(24), "topic", 1).empty


def timeline(*levels: int) -> pd.DataFrame:
    return pd.DataFrame({"level": levels}, index=pd.date_range(at(0), periods=len(levels), freq="h"))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([0, 1, 1, 0, 2, 3], [(5, 3), (4, 2), (1, 1)]),
        ([2, 2, 1, 1], [(0, 2)]),  # what begins above routine rose at its first hour
        ([0, 0, 0], []),
    ],
)
def test_rises_are_where_the_level_went_up_latest_first(levels: list[int], expected: list[tuple[int, int]]) -> None:
    assert rises(timeline(*levels)) == [(at(hour), level) for hour, level in expected]


def test_hours_in_level_name_every_level() -> None:
    assert hours_in_level(pd.Series([0, 0, 1, 3, 3, 3])) == {0: 2, 1: 1, 2: 0, 3: 3}
    assert sum(hours_in_level(pd.Series(np.zeros(7, dtype=int))).values()) == 7
