"""What is usual: by hour of day, on weekdays and at weekends, whatever incidents there were."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.normal import history_text, normal

MONDAY = pd.Timestamp("2025-03-03 00:00", tz="Asia/Shanghai")
WEEKDAY = [1.0] * 8 + [9.0] * 12 + [3.0] * 4  # 128 posts
WEEKEND = [1.0] * 8 + [4.0] * 12 + [2.0] * 4  # 64 posts
WEEK = [WEEKDAY] * 5 + [WEEKEND] * 2


def index_of(hours: int, first: pd.Timestamp = MONDAY) -> pd.DatetimeIndex:
    return pd.date_range(first, periods=hours, freq="h")


def weeks(n: int) -> np.ndarray:
    return np.array(WEEK * n).ravel()


def test_the_usual_is_by_hour_on_weekdays_and_weekends() -> None:
    found = normal(weeks(4), index_of(672))
    assert np.isnan(found.expected[:168]).all()
    assert found.expected[168:] == pytest.approx(weeks(3))
    # after Sunday comes Monday
    assert found.ahead == pytest.approx(WEEKDAY * 2)
    assert found.days == 27  # the last day is judged by those before it


def test_what_is_ahead_knows_which_hours_come() -> None:
    # the last hour is Friday 21:00: two hours of Friday, Saturday, and 22 hours of Sunday
    found = normal(weeks(4)[: 4 * 24 + 3 * 168 + 22], index_of(4 * 24 + 3 * 168 + 22))
    assert found.ahead == pytest.approx([*WEEKDAY[22:], *WEEKEND, *WEEKEND[:22]])


def test_under_seven_whole_days_nothing_is_usual() -> None:
    counts = weeks(2)
    assert np.isnan(normal(counts[:168], index_of(168)).ahead).all()
    assert np.isfinite(normal(counts[:169], index_of(169)).ahead).all()
    # a first day that begins at noon is not whole
    afternoon = index_of(169, MONDAY + pd.Timedelta(hours=12))
    assert np.isnan(normal(counts[:169], afternoon).ahead).all()
    assert normal(counts[:169], afternoon).days == 6


@pytest.mark.parametrize(("hours", "text"), [(1, "0 days"), (73, "3 days"), (168, "6 days")])
def test_short_history_is_said(hours: int, text: str) -> None:
    assert str(history_text(normal(weeks(1)[:hours], index_of(hours)))) == f"too little history: {text}"


def test_long_history_is_said() -> None:
    assert "from 28 days before" in str(history_text(normal(weeks(6), index_of(1008))))


@pytest.mark.parametrize("times", [1.3, 2.0, 20.0])
@pytest.mark.parametrize("begins", [14, 21, 23])
def test_an_incident_of_five_days_moves_the_usual_by_less_than_a_tenth(times: float, begins: int) -> None:
    rng = np.random.default_rng(7)
    calm = rng.poisson(weeks(4) * 4 * np.repeat(rng.lognormal(0, 0.1, 28), 24)).astype(float)
    loud = calm.copy()
    loud[begins * 24 : (begins + 5) * 24] = np.round(times * loud[begins * 24 : (begins + 5) * 24])
    before, after = normal(calm, index_of(672)).ahead, normal(loud, index_of(672)).ahead
    assert abs(after.sum() / before.sum() - 1) < 0.1


def test_a_loud_hour_hardly_moves_its_hour() -> None:
    counts = weeks(4)
    counts[20 * 24 + 3] += 30  # where 1 is usual, on the last but one Sunday… of which there are few
    found = normal(counts, index_of(672))
    assert found.ahead[3] == pytest.approx(1, abs=0.3)


def test_days_without_a_post_are_a_gap_where_posts_come_daily() -> None:
    counts = weeks(8)
    counts[14 * 24 : 49 * 24] = 0  # five weeks without an export
    found = normal(counts, index_of(len(counts)))
    assert np.isnan(found.expected[49 * 24 :]).all()
    assert str(history_text(found)) == "too little history: 6 days"


def test_a_quiet_hospital_has_quiet_days() -> None:
    counts = np.zeros(28 * 24)
    counts[::96] = 1.0  # one post every fourth day: the others are no gaps
    assert normal(counts, index_of(672)).days == 27
    assert normal(counts, index_of(672)).ahead.sum() < 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=500), st.integers(0, 30), st.data())
def test_later_hours_change_nothing(counts: list[int], late: int, data: st.DataObject) -> None:
    index = index_of(len(counts), MONDAY + pd.Timedelta(hours=late))
    cut = data.draw(st.integers(1, len(counts)))
    whole, part = np.array(counts, dtype=float), np.array(counts[:cut], dtype=float)
    seen = normal(part, index[:cut])
    assert np.array_equal(seen.expected, normal(whole, index).expected[:cut], equal_nan=True)
    assert (seen.ahead.shape, np.nanmin([0, *seen.ahead])) == ((48,), 0)
