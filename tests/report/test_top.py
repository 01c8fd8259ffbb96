"""Which posts are listed: the right ones, once each, without anybody's number."""

from __future__ import annotations

import pandas as pd
from frames import at, posts

from analysis.report.top import SHOWN, span_of, telling_posts
from analysis.schema import TIMEZONE


def texts(frame: pd.DataFrame) -> list[str]:
    return frame["text"].tolist()


def test_the_most_drawing_post_comes_first_and_only_those_of_the_span() -> None:
    frame = posts(
        {"hour": 0, "text": "too early", "reposts": 999},
        {"hour": 1, "text": "few", "reposts": 1, "comments": 1, "likes": 1},
        {"hour": 2, "text": "many", "likes": 50},
        {"hour": 3, "text": "too late", "reposts": 999},
    )
    found = telling_posts(frame.assign(collected_at=frame["published_at"]), at(2), at(1))
    assert texts(found) == ["many", "few"]
    assert list(found.columns) == SHOWN
    assert found["published_at"].tolist() == [pd.Timestamp("2025-03-03 02:00"), pd.Timestamp("2025-03-03 01:00")]
    assert len(telling_posts(frame, at(9), at(0), most=3)) == 3


def test_copies_are_one_row_with_their_number() -> None:
    frame = posts(
        {"hour": 0, "text": "同一句话", "likes": 1, "author": "甲"},
        {"hour": 0, "text": "同一句话", "likes": 9, "author": "乙"},
        {"hour": 0, "text": "另一句话", "likes": 5, "author": "丙"},
    )
    found = telling_posts(frame, at(200), at(0))
    assert found[["text", "author", "copies"]].values.tolist() == [["同一句话", "乙", 2], ["另一句话", "丙", 1]]


def test_personal_numbers_are_masked_and_copies_still_counted() -> None:
    frame = posts({"text": "打我电话13812345678，微信也行", "title": "求助"}, {"text": "身份证110101199003074518"})
    shown = " ".join(texts(telling_posts(frame, at(0), at(0))))
    assert "13812345678" not in shown and "138****5678" in shown
    assert "110101199003074518" not in shown and "110***********4518" in shown
    assert "求助" in shown


def test_posts_are_narrowed_to_a_value_and_to_risk() -> None:
    frame = posts(
        {"text": "一", "region": "安徽"},
        {"text": "二", "region": "北京"},
        {"text": "三", "region": "安徽", "topic": "other"},
        {"text": "四", "region": "安徽", "sentiment": "positive"},
    )
    assert texts(telling_posts(frame, at(0), at(0), "region", "安徽")) == ["一", "三", "四"]
    assert texts(telling_posts(frame, at(0), at(0), "region", "安徽", risk_only=True)) == ["一"]
    assert telling_posts(frame, at(0), at(0), "region", "河南").empty


def test_counters_are_estimated_as_of_then_and_unknown_ones_stay_unknown() -> None:
    frame = posts({"hour": 0, "reposts": 100, "comments": None, "likes": 0, "collected": 720})
    early, late = telling_posts(frame, at(0), at(0)), telling_posts(frame, at(300), at(0))
    # 28 percent of a post's interactions come within its first hour (arrival.SHARES), all within a week
    assert (early["reposts"][0], late["reposts"][0]) == (28, 100)
    assert pd.isna(early["comments"][0])
    assert early["likes"][0] == 0


def test_a_point_stands_for_its_hour_or_day() -> None:
    hour = span_of(pd.Timestamp("2025-03-03 05:00"), "h")
    assert hour == (
        pd.Timestamp("2025-03-03 05:00", tz=TIMEZONE),
        pd.Timestamp("2025-03-03 05:59:59.999999", tz=TIMEZONE),
    )
    assert span_of(pd.Timestamp("2025-03-03"), "D")[1] == pd.Timestamp("2025-03-03 23:59:59.999999", tz=TIMEZONE)
    assert span_of(pd.Timestamp("2025-03-02 21:00", tz="UTC"), "h")[0] == hour[0]
