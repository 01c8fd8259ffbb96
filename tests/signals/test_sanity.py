"""Odd data are told, honest data are left alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import COUNTS, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import INTERACTIONS
from analysis.signals.sanity import HIGHEST, Finding, dated_only, findings, winsorised

COUNTERS = st.none() | COUNTS | st.integers(0, 10**12)


def repeated(hours: list[float], **shared: Any) -> pd.DataFrame:
    """One post for each of these hours, made from one row: many posts are no work."""
    frame = posts(shared).take(np.zeros(len(hours), dtype=int)).reset_index(drop=True)
    times = pd.Series([at(hour) for hour in sorted(hours)]).astype(frame["published_at"].dtype)
    return frame.assign(published_at=times)


def kinds(frame: pd.DataFrame, now: float = 10**5) -> list[tuple[str, int]]:
    return [(found.kind, found.rows) for found in findings(frame, at(now))]


def only(frame: pd.DataFrame, now: float = 10**5) -> Finding:
    (found,) = findings(frame, at(now))
    return found


def test_ordinary_posts_have_nothing_odd() -> None:
    assert kinds(posts({"hour": 1}, {"hour": 2}, {"hour": 30})) == []
    assert kinds(posts()) == []


# --- times


def test_days_without_times_are_told() -> None:
    found = only(posts({"hour": 0}, {"hour": 24}, {"hour": 24}))
    assert (found.kind, found.rows) == ("dated", 3)
    assert str(found.text).startswith("3 of 3 posts stand at exactly 00:00")


@pytest.mark.parametrize(
    ("hours", "dated"),
    [
        ([0.0, 24.0], True),
        ([0.0, 0.0, 0.0], False),  # one day: a scheduled batch
        ([0.0] * 8 + [24.0, 5.5], True),  # nine of ten
        ([0.0] * 7 + [24.0, 5.5, 6.5], False),  # eight of ten
        ([0.0, 24 + 1 / 3600], False),
        ([], False),
    ],
)
def test_nine_of_ten_posts_at_midnight_on_two_days_are_days_without_times(hours: list[float], dated: bool) -> None:
    assert dated_only(repeated(hours)) is dated


def test_posts_dated_after_now_are_told_and_otherwise_not_looked_at() -> None:
    found = only(posts({"hour": 1}, {"hour": 5}, {"hour": 24 * 90}), now=5)
    assert (found.kind, found.rows) == ("future", 1)
    assert str(found.text) == "1 posts are dated after 2025-03-03 05:00. They do not count yet."


def day_and_evening(shift: int) -> list[float]:
    """Eight days with posts at 11, 12, 13, 19, 20 and 21 o'clock, and one at 3 in the first night."""
    return [24 + 24 * day + hour + 0.5 + shift for day in range(8) for hour in (11, 12, 13, 19, 20, 21)] + [
        27.5 + shift
    ]


@pytest.mark.parametrize(
    ("shift", "told"), [(0, None), (-8, "in UTC, 8 hours early"), (8, "8 hours late"), (2, None), (-3, None)]
)
def test_a_clock_that_is_8_hours_off_is_told(shift: int, told: str | None) -> None:
    found = [one for one in findings(repeated(day_and_evening(shift)), at(10**5)) if one.kind == "shifted"]
    assert len(found) == (told is not None)
    if told:
        assert found[0].rows == 49
        assert str(found[0].text).startswith("Weibo: 49 posts") and told in str(found[0].text)


def test_only_the_platform_whose_clock_is_off_is_named() -> None:
    frame = pd.concat(
        [repeated(day_and_evening(0)), repeated(day_and_evening(-8), platform="news")], ignore_index=True
    ).sort_values("published_at", ignore_index=True)
    found = [one for one in findings(frame, at(10**5)) if one.kind == "shifted"]
    assert [str(one.text).split(":")[0] for one in found] == ["News site"]


def test_a_night_of_uproar_is_no_wrong_clock() -> None:
    # 300 posts from 2 to 6 and 60 around noon of one day, on six ordinary days before
    night = [24 * 7 + 2 + number / 75 for number in range(300)] + [24 * 7 + 10 + number / 20 for number in range(60)]
    assert kinds(repeated(day_and_evening(0)[:36] + night, author="")) == []


def test_a_few_posts_do_not_prove_a_wrong_clock() -> None:
    assert kinds(repeated(day_and_evening(-8)[::3])) == []


def test_a_silence_of_weeks_is_told_with_its_days() -> None:
    daily = [24 * day + 9.5 for day in range(10)]
    found = only(repeated(daily + [24 * 20 + hour for hour in daily]))
    assert (found.kind, found.rows) == ("gap", 0)
    # the days 0 to 9 and 20 to 29 have posts; 3 March is day 0
    assert str(found.text) == "No post from 2025-03-13 to 2025-03-22, 10 days. Is an export missing?"


@pytest.mark.parametrize("days", [[0, 1, 2, 9], [0, 8, 17, 27, 34, 44], [0, 30], [0], [0, 1, 2, 3, 4, 5, 6]])
def test_short_or_usual_silences_are_not_told(days: list[int]) -> None:
    assert kinds(repeated([24.0 * day + 9.5 for day in days])) == []


# --- authors and counters


def test_an_author_who_writes_most_posts_is_told() -> None:
    loud = repeated([1 + number / 1000 for number in range(101)], author="大喇叭")
    quiet = repeated([2 + number / 1000 for number in range(300)], author="")
    found = only(pd.concat([loud, quiet], ignore_index=True))
    assert (found.kind, found.rows) == ("author", 101)
    assert str(found.text) == '"大喇叭" wrote 101 of 401 posts (25%): that many are one voice.'
    assert kinds(loud.head(100)) == []  # 100 posts are few
    more = pd.concat([loud, quiet, quiet.assign(platform="douyin")], ignore_index=True)
    assert kinds(more) == []  # a seventh of all


def test_the_same_name_on_two_platforms_is_two_authors() -> None:
    half = repeated([1 + number / 1000 for number in range(80)])
    assert kinds(pd.concat([half, half.assign(platform="news")], ignore_index=True)) == []


def test_counters_that_no_post_tells_are_named() -> None:
    frame = posts({"hour": 1}, {"hour": 2})
    unknown = pd.array([pd.NA, pd.NA], "Int64")
    found = only(frame.assign(reposts=unknown, likes=unknown, reads=unknown))
    assert (found.kind, found.rows) == ("counters", 2)
    assert str(found.text) == "No post tells Reposts, Likes. Heat is made from what the posts do tell."
    assert kinds(frame.assign(reposts=pd.array([pd.NA, 0], "Int64"))) == []


def test_what_no_post_ever_had_is_cut() -> None:
    frame = posts({"reposts": 13_912_345_678, "comments": 3 * 10**6, "likes": 10**6}, {"reposts": 7})
    cut, (found,) = winsorised(frame)
    assert cut["reposts"].tolist() == [10**8, 7]
    assert cut.drop(columns="reposts").equals(frame.drop(columns="reposts"))
    assert (found.kind, found.rows) == ("absurd", 1)
    assert str(found.text).startswith("Reposts: 1 values over 100,000,000, more than was ever counted")


def test_a_date_in_the_place_of_a_counter_counts_what_the_others_bear_out() -> None:
    cut, (found,) = winsorised(posts({"reposts": 20_250_320, "comments": 4, "likes": 2}))
    assert cut["reposts"].tolist() == [1000 * (4 + 1)]
    assert "1,000 times the post's other counters" in str(found.text)


@pytest.mark.parametrize(
    "viral",
    [
        {"reposts": 42_776_438, "comments": 1_200_000, "likes": 900_000},  # the most reposts there ever were
        {"reposts": 1_000_000, "comments": 100_899_012, "likes": 500_000},  # the most comments
        {"likes": 64_000_000, "comments": 0, "reposts": 900_000},  # comments are closed
        {"likes": 2_000_000, "comments": 0, "reposts": None},  # reposts are not told
        {"reads": 795_000_000, "reposts": 0, "comments": 0, "likes": 0},
        {"reposts": 1_000_000, "comments": 0, "likes": 0},
    ],
)
def test_an_honest_viral_post_is_not_touched(viral: dict[str, int | None]) -> None:
    frame = posts(viral)
    same, told = winsorised(frame)
    assert same is frame and told == ()


@settings(max_examples=20)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(INTERACTIONS, COUNTERS)), min_size=2, max_size=6))
def test_cutting_raises_nothing_looks_at_one_row_only_and_ends(rows: list[dict[str, int | None]]) -> None:
    frame = posts(*rows)
    cut, told = winsorised(frame)
    for name in INTERACTIONS:
        assert cut[name].isna().equals(frame[name].isna())
        assert (cut[name] <= frame[name]).all() and (cut[name] <= HIGHEST[name]).all()
    assert sum(found.rows for found in told) == int((cut[list(INTERACTIONS)] != frame[list(INTERACTIONS)]).sum().sum())
    pd.testing.assert_frame_equal(winsorised(frame.iloc[:1])[0], cut.iloc[:1])
    assert winsorised(cut)[0] is cut
