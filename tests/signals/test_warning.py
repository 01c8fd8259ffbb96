"""An early warning: how big, how likely, and nothing that could not be known."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.warning import (
    BASE,
    ENOUGH,
    LEVEL,
    SLOWING,
    SPIKING,
    EarlyWarning,
    Past,
    early_warning,
    learnt,
    night_hours,
)

NOON = pd.Timestamp("2025-03-03 12:00", tz="Asia/Shanghai")
NIGHT = pd.Timestamp("2025-03-03 00:30", tz="Asia/Shanghai")
EVENLY = (np.arange(12) + 0.5) / 12  # one post in each twelfth of the first hour
AGES = st.lists(st.floats(0, 30), max_size=60).map(np.array)


def finished(sizes: list[int], started: pd.Timestamp = NOON) -> Past:
    """What do cascades say of which half came evenly in the first hour and half at the tenth?"""
    ages = [np.concatenate([np.linspace(0.01, 0.99, size // 2), np.full(size - size // 2, 10.0)]) for size in sizes]
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return learnt(owner, np.concatenate([np.zeros(0), *ages]), pd.DatetimeIndex([started] * len(sizes), tz=NOON.tz))


NOTHING = finished([])


def warned(ages: np.ndarray, age: float, severe: float = 500, past: Past = NOTHING, at: object = NOON) -> EarlyWarning:
    told = early_warning(ages, pd.Timestamp(at), severe, past, age=age)
    assert told is not None
    return told


def test_the_median_is_what_the_formula_says() -> None:
    # 12 posts in the first hour, at noon: 3 in the last quarter, 1 in the fullest twelfth; ln(1 hour) is 0
    to_come = (12 + BASE) * exp(LEVEL + SLOWING * log((3 + 4) / (12 + 16)) + SPIKING * log((1 + 4) / (12 + 48))) - 10
    told = warned(EVENLY, 1)
    assert told.size == pytest.approx(12 + to_come, rel=1e-3)
    assert told.low < told.size < told.high
    assert (told.hours, told.so_far, told.threshold) == (1, 12, 500)
    assert warned(EVENLY, 1, severe=told.size).reach == pytest.approx(0.5, abs=0.01)
    assert warned(EVENLY, 1, severe=told.high).reach == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(("age", "hours"), [(1, 1), (2.9, 1), (3, 3), (5, 3), (6, 6), (24, 6)])
def test_it_is_judged_at_the_largest_age_that_has_passed(age: float, hours: int) -> None:
    assert warned(EVENLY, age).hours == hours


@pytest.mark.parametrize("age", [-1, 0, 0.99, 24.01, 200])
def test_before_an_hour_and_after_a_day_nothing_is_said(age: float) -> None:
    assert early_warning(EVENLY, NOON, 500, NOTHING, age=age) is None


def test_what_speeds_up_gets_bigger_than_what_slows_down() -> None:
    assert warned(1 - EVENLY**2, 1).size > warned(EVENLY**2, 1).size


def test_one_spike_promises_less_than_steady_talk() -> None:
    spike = np.concatenate([np.full(9, 0.4), EVENLY[-3:]])
    assert warned(spike, 1).size < warned(EVENLY, 1).size


def test_a_slow_hour_of_the_night_says_less_than_one_of_the_day() -> None:
    slowing = EVENLY / 4
    assert warned(slowing, 1, at=NIGHT).size > warned(slowing, 1, at=NOON).size


def test_hours_of_night_are_those_from_midnight_to_seven() -> None:
    begins = np.array([12, 23, 5, 20, 0.5, 6.75])
    assert night_hours(begins, 6).tolist() == [0, 5, 2, 2, 6, 0.25]


def test_what_came_since_the_first_hours_is_never_undercut() -> None:
    late = np.concatenate([EVENLY, np.full(700, 19.0)])
    told = warned(late, 20, severe=600)
    assert told.so_far == 712 and told.reach == 1
    assert 712 <= told.low <= told.size <= told.high
    assert warned(late, 18.9, severe=600).reach < 0.5


def test_without_a_single_post_there_is_still_an_answer() -> None:
    told = warned(np.zeros(0), 3)
    assert told.so_far == 0 and 0 < told.reach < 1


def test_beyond_all_that_was_expected_the_count_itself_is_the_answer() -> None:
    told = warned(np.concatenate([EVENLY, np.full(10**6, 19.0)]), 20, severe=10**7)
    assert told.low == pytest.approx(10**6 + 12, rel=0.1) and 0 <= told.reach <= 1


def test_the_tenth_is_that_of_the_median() -> None:
    few, many = warned(np.zeros(0), 6), warned(np.linspace(0, 1, 3000), 1)
    assert 1 <= few.decile <= 5
    assert many.decile == 10


@settings(max_examples=40)
@given(AGES, st.floats(1, 24), st.floats(1, 5000), st.floats(0, 5000))
def test_a_higher_threshold_is_never_likelier(ages: np.ndarray, age: float, severe: float, more: float) -> None:
    one, other = warned(ages, age, severe), warned(ages, age, severe + more)
    assert 0 <= other.reach <= one.reach <= 1
    assert one.so_far <= one.low <= one.size <= one.high
    assert 1 <= one.decile <= 10
    if one.so_far >= severe:
        assert one.reach == 1


@settings(max_examples=40)
@given(AGES, st.floats(1, 24), st.floats(1, 2000))
def test_later_posts_change_nothing(ages: np.ndarray, age: float, severe: float) -> None:
    assert warned(ages, age, severe) == warned(ages[ages <= age], age, severe)


@settings(max_examples=20)
@given(st.permutations(list(EVENLY)))
def test_the_order_of_the_posts_does_not_matter(ages: list[float]) -> None:
    assert warned(np.array(ages), 1) == warned(EVENLY, 1)


def test_own_cascades_serve_from_fifty_on() -> None:
    sizes = [20 + 4 * number for number in range(ENOUGH)]
    few, enough = finished(sizes[:-1]), finished(sizes)
    assert few.laws == NOTHING.laws and few.sizes == () and few.finished == 49
    assert "49 of 50" in str(warned(EVENLY, 1, past=few).basis)
    # in these, as many come after the first hour as within it
    begun = np.linspace(0.01, 0.99, 60)
    told = warned(begun, 1, severe=130, past=enough)
    assert told.size == pytest.approx(120, rel=0.05)
    assert warned(begun, 1).size > 200
    assert told.reach < 0.1 < 0.9 < warned(begun, 1, severe=110, past=enough).reach
    assert told.decile == 6  # 25 of the 50 are smaller than 120
    assert "50" in str(told.basis)


def test_a_past_that_is_all_alike_is_learnt_too() -> None:
    told = warned(np.linspace(0.01, 0.99, 10), 1, past=finished([20] * 60))
    assert told.size == pytest.approx(20, abs=1)
