"""The situation at a time: every hour from the first post on, and nothing that came later."""

import pandas as pd
import pytest
from frames import FULL_ROWS, at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import InputError, Topic
from analysis.signals.cube import count
from analysis.signals.heat import HeatSettings
from analysis.signals.situation import Situation, situation


def seen(cells: pd.DataFrame, hour: float, half_life: float = 24) -> Situation:
    return situation(cells, at(hour), HeatSettings(half_life=half_life))


def test_every_hour_from_the_first_post_to_now_has_a_row() -> None:
    hourly = seen(cube({"hour": 1, "posts": 4}, {"hour": 3, "posts": 2}), 5.5).hourly
    assert hourly.index.tolist() == [at(hour) for hour in (1, 2, 3, 4, 5)]
    assert hourly["posts"].tolist() == [4, 0, 2, 0, 0]


def test_only_risk_heats_and_every_tone_counts_as_a_post() -> None:
    cells = cube(
        {"posts": 3, "sentiment": "negative", "reposts": 30},
        {"posts": 2, "sentiment": "positive", "reposts": 500},
        {"posts": 1, "sentiment": "negative", "topic": "other", "reposts": 900},
    )
    now = seen(cells, 0)
    row = now.hourly.iloc[0]
    assert (row["posts"], row["negative"], row["risk"], row["reposts"]) == (6, 4, 3, 30)
    assert now.available == ("reposts",)
    assert not now.followers_known


def test_what_is_told_later_is_not_known_before() -> None:
    # the first export has no counters; from hour 5 on another one tells reposts and followers
    counted = {"hour": 5, "reposts": 5, "followers": 9, "collected": 6}
    alone, later = seen(cube({"posts": 30}), 4), seen(cube({"posts": 30}, counted), 6)
    assert later.since == {"reposts": at(5), "followers": at(5)}
    assert alone.hourly["heat"].tolist() == later.hourly["heat"].tolist()[:5]
    assert later.hourly["heat"][at(5)] < alone.hourly["heat"][at(4)]  # now reposts weigh, and there are few


def test_every_hour_leans_as_all_its_posts_do() -> None:
    cells = cube(
        {"posts": 3},
        {"posts": 2, "sentiment": "positive", "topic": "other", "lean": 0.25},
        {"hour": 2, "posts": 4, "sentiment": "neutral", "lean": 1.5},
    )
    assert seen(cells, 3).hourly["lean"].tolist() == [3.25, 0, 1.5, 0]


def test_posts_cool() -> None:
    hourly = seen(cube({"hour": 0, "posts": 8}, {"hour": 2, "posts": 3}), 4, half_life=2).hourly
    assert hourly["cool_posts"][[at(0), at(2), at(4)]].tolist() == pytest.approx([8, 7, 3.5])
    assert hourly["heat"].between(0, 100).all()


def test_risk_posts_by_topic_platform_and_region() -> None:
    cells = cube(
        {"posts": 2, "topic": "policy", "platform": "news", "region": "安徽"},
        {"posts": 3, "topic": "policy", "platform": "weibo", "region": ""},
        {"posts": 4, "topic": "policy", "platform": "douyin", "sentiment": "positive"},
    )
    now = seen(cells, 0)
    assert list(now.by_topic) == list(map(str, Topic))
    assert now.by_topic.iloc[0][now.by_topic.iloc[0] > 0].to_dict() == {"policy": 5}
    assert now.by_platform.iloc[0].to_dict() == {"news": 2, "weibo": 3}
    assert now.by_region.iloc[0].to_dict() == {"安徽": 2}


def test_before_the_first_post_there_is_nothing_to_say() -> None:
    with pytest.raises(InputError, match="no post up to 2025-03-02 23:59"):
        seen(cube({"hour": 0}), -1 / 60)


@settings(max_examples=15)
@given(FULL_ROWS, st.integers(0, 60))
def test_later_posts_change_nothing(rows: list[dict], now: int) -> None:
    past = [row for row in rows if row["hour"] <= now] or [rows[0] | {"hour": now}]
    future = [row | {"hour": row["hour"] + now + 1} for row in rows]
    with_them, without = seen(count(posts(*past, *future)), now), seen(count(posts(*past)), now)
    pd.testing.assert_frame_equal(with_them.hourly, without.hourly)
    pd.testing.assert_frame_equal(with_them.by_region, without.by_region)


@settings(max_examples=15)
@given(FULL_ROWS, st.integers(0, 100))
def test_what_was_said_of_an_hour_stays_said(rows: list[dict], now: int) -> None:
    cells = count(posts(rows[0] | {"hour": 0}, *rows))
    early, late = seen(cells, now).hourly, seen(cells, 100).hourly
    pd.testing.assert_frame_equal(early, late.iloc[: now + 1], check_freq=False)
