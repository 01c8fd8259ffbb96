"""A burst is a jump above the usual of the hour, told in the hour in which it happens."""

import numpy as np
import pandas as pd
import pytest
from frames import START
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.burst import bursting, bursts, expected, rolling, surprise

EIGHT_DAYS = 192


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


def test_a_jump_is_a_burst_from_its_own_hour_until_six_quiet_hours_have_passed() -> None:
    # 3 hours of 30: the 3-hour windows hold 34, 62, 90, 62, 34 posts, then 6 again, which is quiet;
    # the sixth quiet hour is 192 + 5 + 5, the burst ends in the hour before
    assert runs(bursting(series((EIGHT_DAYS, 2), (3, 30), (20, 2)))) == [(192, 201)]


def test_two_jumps_far_apart_are_two_bursts() -> None:
    flags = bursting(series((EIGHT_DAYS, 2), (3, 30), (12, 2), (3, 60), (20, 2)))
    assert runs(flags) == [(192, 201), (207, 216)]


def test_a_pause_of_a_few_hours_does_not_end_it() -> None:
    assert len(runs(bursting(series((EIGHT_DAYS, 2), (3, 30), (6, 2), (3, 30), (20, 2))))) == 1


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


def test_the_list_of_bursts_names_onset_peak_end_and_strength() -> None:
    risk = series((EIGHT_DAYS, 2), (1, 30), (1, 40), (1, 30), (20, 2))
    index = pd.date_range(START, periods=len(risk), freq="h")
    found = bursts(pd.DataFrame({"risk": risk, "burst": bursting(risk)}, index=index))
    (row,) = found.to_dict("records")
    assert row["onset"] == index[192]
    assert row["peak"] == index[193]
    assert row["end"] == index[201]
    assert row["strength"] == pytest.approx(40 - 2)


def test_an_open_burst_ends_at_the_last_hour_and_quiet_gives_no_row() -> None:
    risk = series((EIGHT_DAYS, 2), (2, 30))
    index = pd.date_range(START, periods=len(risk), freq="h")
    assert bursts(pd.DataFrame({"risk": risk, "burst": bursting(risk)}, index=index))["end"].tolist() == [index[-1]]
    assert bursts(pd.DataFrame({"risk": risk, "burst": False}, index=index)).empty
