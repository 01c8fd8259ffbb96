"""How many posts come next is judged from what came, never from what comes later."""

import numpy as np
import pandas as pd
import pytest
from frames import at
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.forecast import HORIZONS, activity, excess_path, forecast, naive, states

STEADY = np.full(48, 3.0)
HOURS = st.lists(st.integers(0, 300), min_size=1, max_size=72)
SHARES = st.sampled_from([0.01, 0.5, 1.0])


def outlook(per_hour, usual=None, elapsed: float = 1.0):
    index = pd.date_range(at(0), periods=len(per_hour), freq="h")
    return forecast(np.array(per_hour, dtype=float), index, usual, elapsed)


def burst(hours: int, size: float = 100.0) -> list[float]:
    """A burst at 08:00 that halves every three hours, seen for some hours."""
    return [0.0] * 8 + [size * 0.5 ** (hour / 3) for hour in range(hours)]


def test_as_usual_stays_as_usual() -> None:
    # 3 posts an hour are usual, and 3 came in each of 72 hours
    now = outlook([3] * 72, STEADY)
    assert now.none is None
    assert now.path == pytest.approx(np.full(48, 3.0))
    assert [ahead.posts for ahead in now.ahead] == pytest.approx([18, 72, 144])
    assert [ahead.hours for ahead in now.ahead] == list(HORIZONS)


def test_after_two_silent_days_the_usual_is_forecast() -> None:
    assert outlook([9, 9, 9] + [0] * 100, STEADY).path == pytest.approx(np.full(48, 3.0))


def test_the_usual_keeps_its_hours() -> None:
    # an hour is usual with as many posts as it is o'clock; the index begins at midnight, and as many came
    usual = np.arange(5, 53) % 24.0
    assert outlook([0, 1, 2, 3, 4], usual).path == pytest.approx(usual)
    half_past = outlook([0, 1, 2, 3, 4, 3], np.arange(6, 54) % 24.0, elapsed=0.5)
    assert half_past.path[12] == pytest.approx(17.5)  # from 17:30 to 18:30: half of 17 and half of 18


@pytest.mark.parametrize(
    ("per_hour", "why"),
    [([2, 2], "too few posts: 4"), ([9] + [0] * 60, "no post in the last 48 hours")],
)
def test_where_there_is_nothing_to_judge_from_no_forecast_is_shown(per_hour: list[int], why: str) -> None:
    now = outlook(per_hour)
    assert (str(now.none), now.ahead, len(now.path), now.peak_passed) == (why, (), 0, None)


def test_where_another_day_of_the_same_is_the_better_guess_no_forecast_is_shown() -> None:
    # 16 days: every day alike, but for the number, which no usual follows: it doubles daily
    days = [[2 ** (day / 1.5)] * 24 for day in range(16)]
    now = outlook(np.round(np.concatenate(days)))
    assert "missed by" in str(now.none) and "repeated" in str(now.none)


def test_what_is_above_the_usual_falls() -> None:
    now = outlook(burst(6), np.zeros(48))
    first_day, second_day = now.path[:24].sum(), now.path[24:].sum()
    assert first_day > 2 * second_day > 0


def test_the_night_is_quieter_than_the_morning() -> None:
    busy = activity()
    assert busy.mean() == pytest.approx(1)
    assert busy[2:6].max() < 0.5 * busy[8:12].min()


def test_the_peak_is_surer_to_be_past_the_later_it_is() -> None:
    chances = [outlook(burst(hours)).peak_passed for hours in (1, 6, 14, 30)]
    assert chances == sorted(chances)
    assert chances[0] < 0.5 and chances[-1] > 0.95


def test_the_naive_forecasts_repeat_what_came() -> None:
    # 24 hours with 1 post each, before them 5 each; the last hour is 1
    past = np.concatenate([np.ones(24), np.full(216, 5.0)])[None]
    told = naive(past)
    assert told["hour"].tolist() == [[6, 24, 48]]
    assert told["span"].tolist() == [[6, 24, 24 + 24 * 5]]
    assert told["day"].tolist() == [[6, 24, 48]]
    assert (told["power"] < told["hour"]).all()


@settings(max_examples=30, deadline=None)
@given(HOURS, SHARES, st.booleans())
def test_no_number_is_negative_and_the_band_holds_the_forecast(
    per_hour: list[int], elapsed: float, usual: bool
) -> None:
    now = outlook(per_hour, STEADY if usual else None, elapsed)
    for low, posts, high in [(now.low, now.path, now.high), *((x.low, x.posts, x.high) for x in now.ahead)]:
        assert np.all((np.asarray(low) >= 0) & (low <= posts + 1e-9) & (posts <= high + 1e-9))
    posts = [ahead.posts for ahead in now.ahead]
    assert posts == sorted(posts)
    assert now.none is not None or 0 <= now.peak_passed <= 1


@settings(max_examples=30, deadline=None)
@given(HOURS, st.booleans())
def test_twice_as_many_posts_never_forecast_fewer(per_hour: list[int], usual: bool) -> None:
    one, two = (outlook([times * n for n in per_hour], STEADY if usual else None) for times in (1, 2))
    if one.none is None:
        assert all(more.posts >= less.posts - 1e-9 for less, more in zip(one.ahead, two.ahead, strict=True))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=30, max_size=100), st.integers(5, 29))
def test_later_hours_change_nothing(per_hour: list[int], cut: int) -> None:
    # the back-test judges many moments of one series at once: each as if the series ended there
    counts = np.array(per_hour, dtype=float)
    counts[0] += 1
    index = pd.date_range(at(0), periods=len(counts), freq="h")
    usual = np.full((1, 24), 2.0)
    whole = excess_path(states(counts, index, np.array([cut]), usual))
    alone = excess_path(states(counts[:cut], index[:cut], np.array([cut]), usual))
    assert np.array_equal(whole, alone)
