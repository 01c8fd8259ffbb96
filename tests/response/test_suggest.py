"""Is a better setting found where there is one, and is "none" said where there is none?"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from frames import at

from analysis.response.backtest import backtest
from analysis.response.candidates import numbers, with_threshold
from analysis.response.groups import INDICATORS, Hysteresis, Thresholds, Weights
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.response.replay import Shares, levels, scores
from analysis.response.suggest import TRIED, earlier, suggest
from analysis.schema import InputError, Level

EVEN = Profile(
    weights=Weights(heat=20, reach=20, gravity=20, negativity=20, growth=20),
    thresholds=Thresholds(mild=30, moderate=50, severe=70, gravest=90),
    hysteresis=Hysteresis(hours=1, points=0),
)
HOURS = 400


def shares(*peaks: tuple[int, int, str, float]) -> Shares:
    """Which shares hold these peaks (first hour, last hour, indicator or "all", share) of one part, else nothing?"""
    share = np.zeros((HOURS, 5))
    for first, last, name, value in peaks:
        columns = slice(None) if name == "all" else INDICATORS.index(name)
        share[first : last + 1, columns] = value
    none, index = np.zeros(HOURS, dtype=int), pd.date_range(at(0), periods=HOURS, freq="h")
    return Shares(index, np.arange(HOURS), np.array([0]), share, none, none)


def incident(start: int, name: str, level: Level = Level.MILD) -> Incident:
    return Incident(name, at(start), at(start + 20), level)


def under(found: Shares, profile: Profile) -> pd.DataFrame:
    level = levels(found, scores(found, profile.weights), profile.thresholds, profile.hysteresis)
    return pd.DataFrame({"level": level}, index=found.index)


def differing(profile: Profile) -> list[int]:
    return list(np.flatnonzero(numbers(profile, Level.MILD) != numbers(EVEN, Level.MILD)))


def test_one_number_is_changed_where_one_is_enough() -> None:
    # 25 points in the first four hours, 40 from the fifth: a threshold of 25 would do.
    found = shares((100, 103, "all", 0.25), (104, 110, "all", 0.4))
    better = earlier(found, EVEN, [incident(100, "a")], "a")
    assert better is not None
    assert (better.delay_hours, better.today_delay_hours, better.false_alarms_per_30d) == (0, 4, 0)
    assert differing(better.profile) == [0]
    assert better.profile.thresholds.mild == 25


def test_weights_are_found_where_the_threshold_would_cost_a_false_alarm() -> None:
    # Heat comes four hours before the rest; a false peak of 25 points stands in the way of a threshold of 20.
    found = shares((20, 21, "all", 0.25), (100, 110, "heat", 1), (104, 110, "all", 1))
    better = earlier(found, EVEN, [incident(100, "a")], "a")
    assert better is not None
    assert (better.delay_hours, better.false_alarms_per_30d, better.today_false_alarms_per_30d) == (0, 0, 0)
    tested = backtest(under(found, better.profile), [incident(100, "a")])
    assert (tested.median_delay_hours, tested.false_alarms) == (0, ())
    # Twice its weight is 40 of 120 points, 1.75 times is 35 of 115: from 34.3 on it reaches 30 points.
    assert differing(better.profile) == [1] and 34 < better.profile.weights.heat <= 36


def test_what_is_missed_today_is_caught_and_nothing_else_is_lost() -> None:
    found = shares((100, 110, "reach", 1), (200, 210, "growth", 1), (300, 310, "all", 0.5), (350, 352, "all", 0.2))
    incidents = [incident(100, "a"), incident(200, "b"), incident(300, "c")]
    raised = EVEN.with_values("weights", {"reach": 70})
    assert [outcome.missed for outcome in backtest(under(found, raised), incidents).outcomes] == [False, True, False]
    better = earlier(found, raised, incidents, "b")
    assert better is not None and better.today_delay_hours is None
    after = backtest(under(found, better.profile), incidents)
    assert [outcome.missed for outcome in after.outcomes] == [False, False, False]
    assert (after.outcomes[1].delay_hours, after.false_alarms) == (better.delay_hours, ())


def test_no_setting_is_earlier_than_the_first_sign() -> None:
    # Nothing at all before the fifth hour: the score is 0 whatever the weights, and no threshold goes below 1.
    found = shares((104, 110, "all", 1))
    incidents = [incident(100, "a")]
    assert earlier(found, EVEN, incidents, "a") is None
    assert earlier(shares((100, 110, "all", 1)), EVEN, incidents, "a") is None  # on time today
    with pytest.raises(InputError, match="drill"):
        earlier(found, EVEN, [*incidents, incident(200, "drill", Level.ROUTINE)], "drill")
    assert TRIED > 2500  # what the answer rests on


SLOW = shares(
    *(
        peak
        for start in (50, 150, 250)
        for peak in ((start, start + 2, "all", 0.26), (start + 3, start + 9, "all", 0.4))
    )
)
THREE = [incident(50, "a"), incident(150, "b"), incident(250, "c")]


def test_a_setting_that_does_better_on_all_is_suggested_and_called_weak() -> None:
    found = suggest(SLOW, EVEN, THREE)
    assert found is not None
    assert (found.today.median_delay_hours, found.with_it.median_delay_hours) == (3, 0)
    assert found.profile.thresholds.mild == 26
    assert list(found.by_incident["left_out_delay"]) == [0, 0, 0] and list(found.by_incident["today_delay"]) == [
        3,
        3,
        3,
    ]
    assert (found.better, found.worse, found.same) == (3, 0, 0)
    # Three coins show three heads in one of eight cases.
    assert "12%" in str(found.words[-1]) and "weak evidence" in str(found.words[-1])


def test_a_setting_fitted_to_one_incident_does_not_hold_on_the_others() -> None:
    # Only c gains by it: whoever leaves c out sees no reason to change.
    found = suggest(
        shares((50, 59, "all", 0.4), (150, 159, "all", 0.4), (253, 259, "all", 0.4), (250, 252, "all", 0.26)),
        EVEN,
        THREE,
    )
    assert found is not None
    assert list(found.by_incident["left_out_delay"]) == [0, 0, 3]
    assert (found.better, found.worse, found.same) == (0, 0, 3)
    assert "keep today's numbers" in str(found.words[-1])


def test_today_stays_where_nothing_is_better_and_nothing_is_said_of_two() -> None:
    found = suggest(shares(*((start, start + 9, "all", 0.4) for start in (50, 150, 250))), EVEN, THREE)
    assert found is not None and found.profile == EVEN
    assert "None of" in str(found.words[0])
    assert suggest(SLOW, EVEN, THREE[:2]) is None
    assert suggest(SLOW, EVEN, THREE, Level.SEVERE) is None


def test_other_thresholds_move_aside() -> None:
    def thresholds(alarm: Level, value: float) -> tuple[float, ...]:
        told = with_threshold(EVEN, alarm, value).thresholds
        return told.mild, told.moderate, told.severe, told.gravest

    assert thresholds(Level.MILD, 40) == (40, 50, 70, 90)
    assert thresholds(Level.MILD, 70) == (70, 71, 72, 90)
    assert thresholds(Level.SEVERE, 10) == (8, 9, 10, 90)
    assert thresholds(Level.MILD, 100) == (97, 98, 99, 100)
    assert not math.isnan(sum(thresholds(Level.MODERATE, 0)))
