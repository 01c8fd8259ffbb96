"""A burst is a jump above the usual of the hour, told in the hour in which it happens."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from analysis.signals.burst import burst_odds, bursting, bursts, expected, likelihood_ratio, rolling, surprise

EIGHT_DAYS = 192
MONDAY = pd.Timestamp("2025-03-03 00:00", tz="Asia/Shanghai")


def series(*runs: tuple[int, float]) -> np.ndarray:
    """Which hourly counts are so many hours of so many posts, one after the other?"""
    return np.concatenate([np.full(hours, posts, dtype=float) for hours, posts in runs])


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """From where to where are the flags true? (first, last), both included."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]


def test_a_window_ends_with_its_hour() -> None:
    assert rolling(np.array([1.0, 2, 3, 4]), 3).tolist() == [1, 3, 6, 9]
    assert rolling(np.array([[1.0, 5], [2, 6]]), 3).tolist() == [[1, 5], [3, 11]]


def test_the_usual_is_the_median_of_the_same_hour_on_up_to_seven_days_before() -> None:
    days = np.repeat([5.0, 1, 9, 2, 8, 3, 7, 4, 6], 24)
    usual = expected(days, 1)
    assert np.isnan(usual[:24]).all()
    assert usual[24] == 5
    assert usual[71] == 3  # of 5 and 1
    assert usual[191] == 5  # of 5 1 9 2 8 3 7
    assert usual[192] == 4  # of 1 9 2 8 3 7 4: the first day is forgotten


def test_windows_that_the_start_of_the_data_cuts_say_nothing_about_the_usual() -> None:
    usual = expected(rolling(np.full(30, 10.0), 3), 3)
    assert np.isnan(usual[:26]).all()
    assert usual[26:].tolist() == [30] * 4


def test_surprise_counts_standard_deviations_of_a_count() -> None:
    # 6 posts in 3 hours are usual; 2·(√(34+3/8) − √(6+3/8)) = 2·(5.8630 − 2.5249) = 6.676
    assert surprise(series((EIGHT_DAYS, 2), (1, 30)))[-1] == pytest.approx(6.676, abs=0.001)


def test_steady_talk_never_bursts() -> None:
    assert not bursting(series((240, 10))).any()
    assert not bursting(series((26, 500))).any()
    assert not bursting(np.tile([0.0] * 12 + [30.0] * 12, 10)[24:]).any()  # silent nights are usual


def test_a_count_speaks_for_a_burst_by_how_much_better_it_fits_one() -> None:
    # 2 posts an hour are usual, known from 10 days: negative binomial with mean 2 and shape 1/(1/20 + 1/20) = 10;
    # a burst has mean 3·2 + 2 = 8 and shape 2. For 9 posts, by scipy's parameters (shape, shape / (shape + mean)):
    usual, days = np.array([2.0, 2.0]), np.array([10, 10])
    by_scipy = nbinom.pmf([9, 2], 2, 2 / 10) / nbinom.pmf([9, 2], 10, 10 / 12)
    assert likelihood_ratio(np.array([9.0, 2.0]), usual, days) == pytest.approx(by_scipy)
    assert by_scipy[0] > 10 and by_scipy[1] < 1


def test_the_odds_are_those_of_a_two_state_automaton() -> None:
    # by hand: before any count the odds are 0.01 / 0.99; each hour multiplies them by the ratio of its count
    counts, usual, days = np.array([9.0, 9.0]), np.array([2.0, 2.0]), np.array([10, 10])
    ratio = likelihood_ratio(counts, usual, days)
    first = 0.01 / 0.99 * ratio[0]
    second = (0.01 + 0.97 * first) / (0.99 + 0.03 * first) * ratio[1]
    assert burst_odds(counts, usual, days) == pytest.approx([first, second])


def test_a_jump_is_a_burst_from_its_own_hour_until_twelve_quiet_hours_have_passed() -> None:
    flags = bursting(series((EIGHT_DAYS, 2), (3, 30), (40, 2)))
    ((first, last),) = runs(flags)
    assert first == 192
    assert 195 + 12 - 1 <= last <= 195 + 12 + 3  # a few hours until it is unlikely, then twelve


def test_two_jumps_far_apart_are_two_bursts() -> None:
    flags = bursting(series((EIGHT_DAYS, 2), (3, 30), (30, 2), (3, 60), (40, 2)))
    assert [first for first, _last in runs(flags)] == [192, 225]


def test_a_night_does_not_end_it() -> None:
    assert len(runs(bursting(series((EIGHT_DAYS, 2), (10, 30), (8, 0), (10, 30), (30, 2))))) == 1


def test_a_week_with_days_and_nights_and_weekends_is_no_burst() -> None:
    rng = np.random.default_rng(3)
    day, calm = [0.2] * 7 + [20.0] * 12 + [5.0] * 5, [0.2] * 7 + [4.0] * 17
    usual = np.array(([day] * 5 + [calm] * 2) * 6).ravel()
    index = pd.date_range(MONDAY, periods=len(usual), freq="h")
    assert not bursting(rng.poisson(usual).astype(float), index)[7 * 24 :].any()


def test_after_a_gap_of_weeks_the_first_days_are_no_burst() -> None:
    counts = series((240, 20), (960, 0), (72, 20))
    assert not bursting(counts).any()


def test_two_posts_after_silence_are_no_burst() -> None:
    assert not bursting(series((EIGHT_DAYS, 0), (1, 2), (20, 0))).any()


@settings(max_examples=50)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=120))
def test_small_counts_never_burst(per_hour: list[int]) -> None:
    assert not bursting(np.concatenate([np.zeros(48), per_hour])).any()


def test_the_first_day_has_no_usual_and_so_no_burst() -> None:
    assert not bursting(series((6, 0), (18, 500))).any()


@settings(max_examples=50)
@given(st.lists(st.integers(0, 40), min_size=30, max_size=120), st.integers(1, 120))
def test_a_burst_sees_no_later_hour(per_hour: list[int], cut: int) -> None:
    whole = np.array(per_hour, dtype=float)
    assert (bursting(whole[:cut]) == bursting(whole)[:cut]).all()


def listed(counts: np.ndarray) -> pd.DataFrame:
    return bursts(counts, pd.date_range(MONDAY, periods=len(counts), freq="h"), "posts")


def test_the_list_of_bursts_names_onset_peak_end_and_strength() -> None:
    # before it is called in hour 193 it was in the air: 6 posts are much where 2 are usual, but too few for a burst
    found = listed(series((EIGHT_DAYS, 2), (1, 6), (1, 30), (1, 40), (1, 30), (40, 2)))
    (row,) = found.to_dict("records")
    assert (row["of"], row["running"]) == ("posts", False)
    assert row["onset"] == MONDAY + pd.Timedelta(hours=192)
    assert row["peak"] == MONDAY + pd.Timedelta(hours=194)
    assert 195 <= (row["end"] - MONDAY) / pd.Timedelta(hours=1) <= 198  # the last hour that is likelier than not
    assert row["strength"] == pytest.approx(40 - 2)


def test_an_open_burst_ends_at_the_last_hour_and_quiet_gives_no_row() -> None:
    found = listed(series((EIGHT_DAYS, 2), (2, 30)))
    assert (found["end"].tolist(), found["running"].tolist()) == ([MONDAY + pd.Timedelta(hours=193)], [True])
    assert listed(series((EIGHT_DAYS, 2))).empty
    assert list(listed(series((1, 2))).columns) == ["of", "onset", "peak", "end", "strength", "running"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 40]), min_size=30, max_size=200), st.integers(1, 200))
def test_the_list_seen_at_an_hour_holds_what_had_begun_by_then(counts: list[int], cut: int) -> None:
    seen, whole = listed(np.array(counts[:cut], dtype=float)), listed(np.array(counts, dtype=float))
    assert seen["onset"].tolist() == whole["onset"].tolist()[: len(seen)]
    over = seen[~seen["running"]]
    pd.testing.assert_frame_equal(over, whole.head(len(over)))
    assert (seen["onset"] <= seen["peak"]).all() and (seen["peak"] <= seen["end"]).all()
