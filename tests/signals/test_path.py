"""By which way it came from platform to platform, and never more than is known."""

from __future__ import annotations

from typing import Any

import pandas as pd
from frames import at, posts

from analysis.signals import path as way
from analysis.signals.path import Evidence, earliest
from analysis.signals.reach import Reach, reach

LONG = "产科门口有人拉横幅，家属说要讨个说法"


def found(*rows: dict[str, Any]) -> Reach:
    return reach(posts(*rows), at(0), at(1000))


def steps(*rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Platform, where it has its talk from, and what tells so."""
    told = found(*rows).path
    return list(zip(told["platform"], told["origin"], map(str, told["evidence"]), strict=True))


def test_the_first_post_on_each_platform_is_told_in_order() -> None:
    told = found(
        {
            "hour": 3,
            "platform": "news",
            "author": "日报",
            "title": "通报",
            "text": "全文",
            "url": "https://n.example/1",
        },
        {"hour": 1, "platform": "weibo", "author": "乙"},
        {"hour": 0, "platform": "weibo", "author": "甲"},
    ).first_sources
    assert told["platform"].tolist() == ["weibo", "news"]
    assert told["author"].tolist() == ["甲", "日报"]
    assert told.loc[1, ["published_at", "text", "url"]].tolist() == [at(3), "通报 全文", "https://n.example/1"]


def test_posts_of_one_time_are_ordered_by_id() -> None:
    told = found({"post_id": "b", "author": "乙"}, {"post_id": "a", "author": "甲"}).first_sources
    assert told["author"].tolist() == ["甲"]


def test_a_repost_shows_the_way_even_if_another_platform_was_later() -> None:
    told = steps(
        {"hour": 0, "platform": "weibo", "post_id": "w"},
        {"hour": 1, "platform": "douyin", "post_id": "d"},
        {"hour": 2, "platform": "news", "post_id": "n"},
        {"hour": 3, "platform": "news", "post_id": "m", "parent_id": "w"},
    )
    assert told == [
        ("weibo", "", "first"),
        ("douyin", "weibo", "time_order"),
        ("news", "weibo", "repost"),
    ]


def test_the_same_text_shows_the_way_with_the_times_of_both_posts() -> None:
    told = found(
        {"hour": 0, "platform": "weibo", "text": "早上好"},
        {"hour": 1, "platform": "weibo", "text": LONG},
        {"hour": 2, "platform": "douyin", "text": "挂号要排多久"},
        {"hour": 4, "platform": "news", "text": f"@某人 {LONG}！！"},
    ).path
    last = told.iloc[-1]
    assert (last["platform"], last["origin"], last["evidence"]) == ("news", "weibo", Evidence.SAME_TEXT)
    assert (last["origin_at"], last["seen_at"]) == (at(1), at(4))


def test_a_short_text_is_alike_by_chance() -> None:
    told = steps({"platform": "weibo", "text": "转发微博"}, {"hour": 1, "platform": "news", "text": "转发微博"})
    assert told[-1] == ("news", "weibo", "time_order")


def test_a_text_that_came_later_elsewhere_tells_nothing() -> None:
    told = steps(
        {"hour": 0, "platform": "weibo", "text": "挂号要排多久"},
        {"hour": 1, "platform": "news", "text": LONG},
        {"hour": 2, "platform": "weibo", "text": LONG},
    )
    assert told == [("weibo", "", "first"), ("news", "weibo", "time_order")]


def test_platforms_that_begin_at_once_come_from_nowhere() -> None:
    told = steps({"platform": "weibo"}, {"platform": "douyin"}, {"hour": 1, "platform": "news"})
    assert told[:2] == [("douyin", "", "first"), ("weibo", "", "first")]
    assert told[2][2] == "time_order"


def test_two_platforms_that_pass_on_each_other_make_no_circle() -> None:
    told = steps(
        {"platform": "weibo", "post_id": "w", "parent_id": "d"},
        {"platform": "douyin", "post_id": "d", "parent_id": "w"},
    )
    assert told == [("douyin", "weibo", "repost"), ("weibo", "", "first")]


def test_ids_that_platforms_count_for_themselves_link_nothing() -> None:
    told = steps(
        {"hour": 0, "platform": "weibo", "post_id": "1"},
        {"hour": 0, "platform": "weibo", "post_id": "2"},
        {"hour": 1, "platform": "news", "post_id": "1"},
        {"hour": 2, "platform": "news", "post_id": "3", "parent_id": "2"},
    )
    assert told[-1] == ("news", "weibo", "time_order")


def test_what_came_a_day_after_a_platforms_first_post_says_nothing_of_its_beginning() -> None:
    rows: tuple[dict[str, Any], ...] = (
        {"hour": 0, "platform": "weibo", "post_id": "w", "text": LONG},
        {"hour": 1, "platform": "news", "text": "通报已经发出"},
    )
    soon = {"hour": 25, "platform": "news", "text": LONG}
    assert steps(*rows, soon)[-1] == ("news", "weibo", "same_text")
    assert steps(*rows, {**soon, "hour": 25.1})[-1] == ("news", "weibo", "time_order")


def test_at_most_so_many_posts_of_a_platform_are_asked() -> None:
    frame = posts(*({"hour": hour, "platform": platform} for hour in range(4) for platform in ("weibo", "news")))
    assert len(earliest(frame, most=3)) == 6


def test_a_text_copied_as_it_stands_is_found_however_many_posts_there_are(monkeypatch: Any) -> None:
    monkeypatch.setattr(way, "NORMALISED", 2)
    rows: list[dict[str, Any]] = [{"hour": hour, "text": f"今天门诊第{hour}个号"} for hour in range(4)]
    rows += [{"hour": 5, "text": LONG}, {"hour": 6, "platform": "news", "text": LONG}]
    assert steps(*rows)[-1] == ("news", "weibo", "same_text")


def test_links_count_within_the_span_alone() -> None:
    frame = posts(
        {"hour": 0, "platform": "weibo", "post_id": "w"},
        {"hour": 5, "platform": "news", "parent_id": "w"},
        {"hour": 6, "platform": "weibo"},
    )
    told = reach(frame, at(5), at(9)).path
    assert told["origin"].tolist() == ["", "news"]
    assert pd.isna(told["origin_at"][0])
