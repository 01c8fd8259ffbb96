"""How late, how many false alarms, what was missed? Timelines worked out by hand, a letter an hour."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from frames import at
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.response.backtest import Backtest, backtest, curve
from analysis.response.candidates import with_threshold
from analysis.response.groups import Hysteresis, Thresholds
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.response.replay import Shares, levels, scores
from analysis.schema import Level

DAY = 24


def timeline(*runs: tuple[int, int]) -> pd.DataFrame:
    """Which timeline is this: (level, hours) one after the other?"""
    levels = [level for level, hours in runs for _hour in range(hours)]
    return pd.DataFrame({"level": levels}, index=pd.date_range(at(0), periods=len(levels), freq="h"))


def incident(start: int, end: int, level: Level = Level.MILD, hours: tuple[int, ...] = (), name: str = "a") -> Incident:
    return Incident(name, at(start), at(end), level, hours)


def result(found: pd.DataFrame, *incidents: Incident, alarm: Level = Level.MILD) -> Backtest:
    return backtest(found, incidents, alarm)


def test_an_alarm_two_hours_after_the_start_is_two_hours_late() -> None:
    found = result(timeline((0, 12), (1, 5), (0, 31)), incident(10, 20))
    outcome = found.outcomes[0]
    assert (outcome.due, outcome.detected, outcome.delay_hours) == (at(10), at(12), 2)
    assert (outcome.level_true, outcome.level_reached, outcome.missed) == (Level.MILD, Level.MILD, False)
    assert (found.median_delay_hours, found.missed, found.false_alarms, found.days) == (2, 0, (), 2)
    # 11 hours are inside; MILD was said in 5 of them.
    assert found.agreement == pytest.approx(5 / 11)


def test_what_is_due_later_by_the_hour_is_on_time_when_it_is_early() -> None:
    hours = (0, 0, 0, 1, 2, 1)
    found = result(timeline((0, 11), (2, 2), (0, 11)), incident(10, 15, Level.MODERATE, hours))
    assert (found.outcomes[0].due, found.outcomes[0].detected, found.outcomes[0].delay_hours) == (at(13), at(11), 0)
    graver = result(timeline((0, 11), (2, 2), (0, 11)), incident(10, 15, Level.MODERATE, hours), alarm=Level.MODERATE)
    assert (graver.outcomes[0].due, graver.outcomes[0].delay_hours) == (at(14), 0)
    assert found.agreement == pytest.approx(1 / 6)  # only its first hour is as it was


def test_what_raises_no_alarm_within_the_incident_is_missed() -> None:
    found = result(timeline((1, 10), (0, 11), (1, 3)), incident(10, 20))
    assert (found.outcomes[0].detected, found.outcomes[0].delay_hours, found.missed) == (None, None, 1)
    assert found.outcomes[0].level_reached == Level.ROUTINE
    assert found.median_delay_hours is None
    # Both alarms touch nothing, though they are near: 24 hours of data, so 30 times as many in 30 days.
    assert found.false_alarms == ((at(0), at(9)), (at(21), at(23)))
    assert (found.false_alarms_per_30d, found.false_hours_per_30d) == (60, 390)


def test_a_false_alarm_counts_once_for_every_day_begun() -> None:
    found = result(timeline((0, DAY), (1, 25), (0, 23)))
    assert found.false_alarms == ((at(24), at(48)),)
    assert (found.days, found.false_alarms_per_30d, found.false_hours_per_30d) == (3, 20, 250)
    assert found.median_delay_hours is None and math.isnan(found.agreement)


def test_an_alarm_that_never_ends_is_false_far_from_the_incident() -> None:
    found = result(timeline((1, 240)), incident(100, 110))
    # From a day before hour 100 to a day after hour 110 it is excused: 76 to 134.
    assert found.false_alarms == ((at(0), at(75)), (at(135), at(239)))
    assert found.false_alarms_per_30d == pytest.approx((4 + 5) * 3)  # 76 and 105 hours in ten days
    assert (found.median_delay_hours, found.missed) == (0, 0)


def test_an_incident_below_the_alarm_level_is_none() -> None:
    drill = incident(10, 20, Level.ROUTINE, name="drill")
    found = result(timeline((0, 12), (1, 3), (0, 9)), drill, incident(22, 23, Level.MILD))
    assert (found.below, [outcome.name for outcome in found.outcomes]) == (("drill",), ["a"])
    assert found.false_alarms == ((at(12), at(14)),)
    assert found.agreement == pytest.approx(8 / 13)  # the drill's hours are judged too


def test_the_median_takes_what_is_missed_as_endless() -> None:
    hours = timeline((0, 4), (1, 1), (0, 5), (1, 1), (0, 13))
    three = (incident(0, 5), incident(7, 11, name="b"), incident(14, 16, name="c"))
    found = result(hours, *three)
    assert [outcome.delay_hours for outcome in found.outcomes] == [4, 3, None]
    assert (found.median_delay_hours, found.missed) == (4, 1)
    assert result(hours, *three[1:]).median_delay_hours is None


def test_a_rise_within_a_day_of_a_fall_is_a_flap() -> None:
    assert result(timeline((1, 5), (0, 24), (1, 5))).flaps == 1
    assert result(timeline((1, 5), (0, 25), (1, 5))).flaps == 0
    assert result(timeline((0, 5), (1, 5), (3, 5), (2, 5), (3, 5), (0, 5))).flaps == 1


LEVELS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), min_size=1, max_size=8)


@settings(max_examples=30)
@given(LEVELS, st.integers(0, 60), st.integers(0, 60))
def test_more_hours_of_alarm_never_find_an_incident_later(runs: list[tuple[int, int]], start: int, more: int) -> None:
    hours = timeline(*runs, (0, 100))
    louder = hours.assign(level=np.where(np.arange(len(hours)) == more, 3, hours["level"]))
    less, again = (result(each, incident(start, start + 30)) for each in (hours, louder))
    assert (again.median_delay_hours or 0) <= (less.median_delay_hours if less.median_delay_hours is not None else 999)
    assert 0 <= less.agreement <= 1 and less.false_hours_per_30d <= 720


def shares(score: list[float], floor: list[int] | None = None) -> Shares:
    """Which shares give this score (0..100) an hour under any weights: all indicators alike, one part?"""
    share = np.repeat(np.array(score)[:, None] / 100, 5, axis=1)
    none = np.zeros(len(score), dtype=int)
    index = pd.date_range(at(0), periods=len(score), freq="h")
    return Shares(index, np.arange(len(score)), np.array([0]), share, np.array(floor or none), none)


AT_ONCE = Profile(
    thresholds=Thresholds(mild=30, moderate=50, severe=70, gravest=90), hysteresis=Hysteresis(hours=1, points=0)
)


def test_a_curve_costs_false_alarms_or_hours() -> None:
    # A false peak of 20, then an incident that climbs from 10 to 60 within five hours.
    found = shares([0] * 40 + [20] + [0] * 39 + [10, 20, 40, 60, 60] + [0] * 155)
    costs = curve(found, AT_ONCE, [incident(80, 90)], points=200)
    assert (len(costs), costs["threshold"].iloc[0], costs["threshold"].iloc[-1]) == (200, 0.5, 100)
    seen = {
        threshold: tuple(costs[costs["threshold"] == threshold].iloc[0, 1:]) for threshold in (10, 20, 20.5, 60, 60.5)
    }
    assert seen[10] == (3, 0, 0)
    assert seen[20] == (3, 1, 0)
    assert seen[20.5] == (0, 2, 0)
    assert seen[60] == (0, 3, 0)
    assert seen[60.5] == (0, math.inf, 1)
    assert costs["missed"].is_monotonic_increasing


def test_a_curve_of_a_graver_level_goes_past_the_other_thresholds_and_keeps_red_lines() -> None:
    incidents = [incident(2, 5, Level.SEVERE)]
    found = shares([0, 0, 40, 60, 80, 80] + [0] * 18, [0] * 5 + [2] + [0] * 18)
    costs = curve(found, AT_ONCE, incidents, Level.MODERATE, points=200).set_index("threshold")
    assert costs.loc[40, "median_delay_hours"] == 0
    assert costs.loc[80, "median_delay_hours"] == 2
    assert costs.loc[100, "median_delay_hours"] == 3  # by the red line


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 100), min_size=30, max_size=90),
    st.lists(st.integers(0, 3), min_size=90, max_size=90),
    st.sampled_from([Level.MILD, Level.MODERATE, Level.SEVERE]),
    st.integers(0, 8),
)
def test_a_point_of_a_curve_is_the_back_test_of_a_profile_with_that_threshold(
    score: list[int], floor: list[int], alarm: Level, hours: int
) -> None:
    found = shares([float(points) for points in score], [level if level == 3 else 0 for level in floor[: len(score)]])
    profile = AT_ONCE.with_values("hysteresis", {"hours": hours, "points": 4})
    incidents = [incident(3, 9, Level.SEVERE), incident(15, 28, Level.SEVERE, name="b")]
    for point in curve(found, profile, incidents, alarm, points=12).itertuples():
        if not 3 <= point.threshold <= 97:
            continue  # there the other thresholds have no room
        tried = with_threshold(profile, alarm, point.threshold)
        level = levels(found, scores(found, tried.weights), tried.thresholds, tried.hysteresis)
        tested = result(pd.DataFrame({"level": level}, index=found.index), *incidents, alarm=alarm)
        assert point.false_alarms_per_30d == pytest.approx(tested.false_alarms_per_30d)
        assert point.missed == tested.missed
        assert tested.median_delay_hours == (None if math.isinf(point.median_delay_hours) else point.median_delay_hours)
