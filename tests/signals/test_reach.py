"""Who carries it: counted over time, who was loud, whose posts went far; nothing of later, nothing made up."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import HOUR, ROWS, START, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.path import STEPS
from analysis.signals.reach import AMPLIFIERS, Reach, Voices, concentration, reach

LATE = 10_000.0


def found(*rows: dict[str, Any], until: float = LATE, start: float = 0) -> Reach:
    """Who carries these posts? By default up to long after the last one."""
    return reach(posts(*rows), at(start), at(until))


def same(one: Reach, other: Reach) -> bool:
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(Reach)]
    return all(a.equals(b) if isinstance(a, pd.DataFrame) else a == b for a, b in pairs)


# --- over time


def test_each_hour_counts_its_posts_by_platform_region_and_medium() -> None:
    told = found(
        {"hour": 0, "region": "安徽", "media_tier": "central"},
        {"hour": 0.9, "region": "安徽"},
        {"hour": 2, "region": "北京", "platform": "douyin"},
        until=3,
    )
    assert told.step == "h" and list(told.platforms.index) == [START, START + HOUR, START + 2 * HOUR, START + 3 * HOUR]
    assert told.platforms.to_dict("list") == {"weibo": [2, 0, 0, 0], "douyin": [0, 0, 1, 0]}
    assert told.regions.to_dict("list") == {"安徽": [2, 0, 0, 0], "北京": [0, 0, 1, 0]}
    assert told.media_tiers.to_dict("list") == {"": [1, 0, 1, 0], "central": [1, 0, 0, 0]}


def test_a_span_of_more_than_three_weeks_is_counted_by_day() -> None:
    told = found({"hour": 5}, {"hour": 23}, {"hour": 30}, until=22 * 24)
    assert told.step == "D"
    assert told.platforms["weibo"].tolist() == [2, 1] + 21 * [0]
    assert told.platforms.index[0] == START


def test_dates_without_times_are_counted_by_day_and_said() -> None:
    told = found({"hour": 0}, {"hour": 24}, {"hour": 24}, until=40)
    assert told.dates_only and told.step == "D" and told.platforms["weibo"].tolist() == [1, 2]


def test_accounts_are_counted_once_an_hour_and_new_once() -> None:
    told = found(
        {"hour": 0, "author": "甲"},
        {"hour": 0, "author": "甲"},
        {"hour": 0, "author": "乙"},
        {"hour": 1, "author": "甲"},
        {"hour": 1, "author": "甲", "platform": "douyin"},  # the same name elsewhere: not known to be the same person
        {"hour": 1, "author": ""},
        until=1,
    )
    assert told.accounts.to_dict("list") == {"accounts": [2, 2], "new": [2, 1]}
    assert told.concentration is not None and told.concentration.accounts == 3


def test_regions_without_end_keep_forty_columns_and_lose_no_post() -> None:
    frame = pd.concat([posts({"region": f"r{number:03d}"}) for number in range(50)], ignore_index=True)
    told = reach(frame, START, START)
    assert list(told.regions.columns[-2:]) == ["r039", "…"]
    assert told.regions.iloc[0].tolist() == [1] * 40 + [10]


# --- what is not told


def test_an_empty_span_is_empty_and_no_error() -> None:
    for told in (found({"hour": 0}, start=5), reach(posts(), START, at(5)), found({"hour": 7}, until=5)):
        assert told.posts == 0 and told.concentration is None and told.unknown == ()
        assert told.platforms.empty and told.accounts.empty and told.first_sources.empty
        assert list(told.amplifiers.columns) == AMPLIFIERS and list(told.path.columns) == STEPS
        assert told.verified_share is None and told.media_share is None


def test_what_no_post_tells_is_unknown_and_not_nought() -> None:
    blank = {"author": "", "author_verified": None, "followers": None, "reposts": None, "comments": None}
    told = found({**blank, "likes": None, "reads": None})
    assert {"author", "author_verified", "region", "media_tier", "likes", "reads", "parent_id"} <= set(told.unknown)
    assert told.verified_share is None and told.media_share is None and told.concentration is None
    assert told.regions.shape == (len(told.platforms), 0) and told.amplifiers.empty


def test_shares_are_of_the_posts_that_tell() -> None:
    told = found(
        {"author_verified": True, "media_tier": "local"},
        {"author_verified": False, "media_tier": "self_media"},
        {"author_verified": False},
        {"author_verified": None},
    )
    assert told.verified_share == pytest.approx(1 / 3)
    assert told.media_share == pytest.approx(1 / 4)  # self-media are no media


# --- few or many


def test_concentration_worked_out_by_hand() -> None:
    told = found(*({"author": name} for name in "甲甲甲乙丙")).concentration
    # posts an account 1, 1, 3: Gini = (2·(1·1 + 2·1 + 3·3) − 4·5) / (3·5); effective = 1 / (0.36 + 0.04 + 0.04)
    assert told is not None
    assert told.gini == pytest.approx(4 / 15)
    assert told.effective == pytest.approx(1 / 0.44)
    assert (told.accounts, told.posts, told.top_10, told.top_percent) == (3, 5, 1.0, pytest.approx(0.6))
    assert (told.loudest, told.loudest_posts, told.is_loud, told.voices) == ("甲", 3, False, Voices.UNKNOWN)


def by(counts: dict[str, int]) -> Reach:
    """Who carries it when each author wrote so many posts?"""
    names = [name for name, count in counts.items() for _post in range(count)]
    one = posts({})
    frame = one.loc[np.zeros(len(names), int)].assign(author=names, post_id=[f"p{n}" for n in range(len(names))])
    return reach(frame.astype({"author": "str", "post_id": "str"}).reset_index(drop=True), START, START)


def test_one_author_with_five_thousand_posts_is_named() -> None:
    told = by({"loud": 5000, **{f"a{number}": 1 for number in range(15_000)}}).concentration
    assert told is not None and told.is_loud and (told.loudest, told.loudest_posts) == ("loud", 5000)
    assert told.voices == Voices.SOME  # the ten that wrote most: 5,009 of 20,000


def test_few_and_many_voices() -> None:
    many = by({f"a{number:03d}": 1 for number in range(100)}).concentration
    few = by({f"a{number:03d}": 10 for number in range(10)}).concentration
    assert many is not None and (many.voices, many.gini, many.effective) == (Voices.MANY, 0, pytest.approx(100))
    assert few is not None and (few.voices, few.gini, few.effective) == (Voices.FEW, 0, pytest.approx(10))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=12))
def test_concentration_keeps_its_bounds(counts: list[int]) -> None:
    accounts = pd.DataFrame({"author": [f"a{n}" for n in range(len(counts))], "platform": "weibo"}, dtype="str")
    told = concentration(np.repeat(np.arange(len(counts)), counts), accounts)
    assert told is not None and told.accounts == len(counts) and told.posts == sum(counts)
    assert 0 <= told.gini < 1 and 1 <= told.effective <= len(counts) + 1e-9
    pairs = sum(abs(one - other) for one in counts for other in counts)  # Gini by its definition, pair by pair
    assert told.gini == pytest.approx(pairs / (2 * len(counts) * sum(counts)))


# --- amplifiers


def test_an_account_stands_for_all_its_posts_and_for_what_others_passed_on() -> None:
    told = found(
        {"author": "甲", "reposts": 5, "likes": 1, "post_id": "a", "author_verified": True, "followers": 10},
        {"author": "甲", "reposts": 6, "followers": 30, "media_tier": "local"},
        {"author": "乙", "parent_id": "a"},
        {"author": "甲", "parent_id": "a"},  # one's own post passed on by oneself is no carrying
        {"author": "丙", "comments": 2, "reads": None},
    ).amplifiers
    assert told["author"].tolist() == ["甲", "丙"]
    first = told.iloc[0]
    assert (first["posts"], first["reposts"], first["likes"], first["drawn"], first["passed_on"]) == (3, 11, 1, 12, 1)
    assert (first["verified"], first["followers"], first["media_tier"]) == (True, 30, "local")
    assert pd.isna(told["reads"][1]) and told["reads"][0] == 0


def test_counters_are_not_seen_before_they_came() -> None:
    rows = {"author": "甲", "reposts": 1_000_000, "collected": 720}
    early, late = found(rows, until=0).amplifiers, found(rows, until=300).amplifiers
    # 28 percent of a post's interactions come within its first hour (arrival.SHARES), all within a week
    assert (early["reposts"][0], late["reposts"][0]) == (280_000, 1_000_000)


def test_absurd_counters_do_not_break_the_sum() -> None:
    most = 10**15
    told = found(*({"author": "甲", "reposts": most, "reads": most} for _post in range(3))).amplifiers
    assert told["drawn"][0] == 3 * most


# --- laws


@settings(max_examples=12, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6), st.integers(0, 60), st.randoms(use_true_random=False))
def test_later_posts_and_the_order_of_rows_change_nothing(rows: list[dict[str, Any]], until: int, random: Any) -> None:
    frame = posts(*({"parent_id": f"p{random.randrange(6)}", **row} for row in rows))
    told = reach(frame, START, at(until))
    known = frame[frame["published_at"] <= at(until)].sample(frac=1, random_state=random.randrange(1000))
    assert same(told, reach(known.reset_index(drop=True), START, at(until)))
    for counted in (told.platforms, told.regions):
        assert counted.to_numpy().sum() == told.posts == len(known)
