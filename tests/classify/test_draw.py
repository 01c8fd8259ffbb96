"""Which posts are put before a person: the unsure and much read ones, or those that chance picks?"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.draw import at_random, keys, worth_a_look

SURE = {"topic_probability": 0.99, "p_negative": 0.98, "p_neutral": 0.01, "p_positive": 0.01}
UNSURE = {"topic_probability": 0.99, "p_negative": 0.5, "p_neutral": 0.0, "p_positive": 0.5}
UNCOUNTED = {"reposts": None, "comments": None, "likes": None, "reads": None}


def annotated(*rows: dict[str, Any]) -> pd.DataFrame:
    """Posts with the classifier's probabilities; nobody counted interactions unless a row says so."""
    answers = pd.DataFrame([{name: row.pop(name, SURE[name]) for name in SURE} for row in map(dict, rows)])
    plain = posts(*[UNCOUNTED | {key: value for key, value in row.items() if key not in SURE} for row in rows])
    return plain.assign(**{name: answers[name].to_numpy(dtype=float) if rows else [] for name in SURE})


def key_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def shown(rows: pd.DataFrame) -> list[str]:
    return rows["text"].tolist()


# --- keys


def test_a_key_stands_for_what_is_read() -> None:
    rows = annotated({"title": "标题", "text": "正文"}, {"text": "标题 正文"}, {"title": "排队", "text": "排队两小时"})
    assert keys(rows).tolist() == [key_of("标题 正文"), key_of("标题 正文"), key_of("排队两小时")]


# --- worth a look


def test_the_unsure_come_before_the_sure() -> None:
    rows = annotated({"text": "确定"}, {"text": "两可", **UNSURE}, {"text": "主题不定", "topic_probability": 0.3})
    assert shown(worth_a_look(rows, 5, [])) == ["两可", "主题不定", "确定"]


def test_of_equally_unsure_posts_the_more_read_come_first() -> None:
    rows = annotated(
        {"text": "少", **UNSURE, "reposts": 1, "likes": 2},
        {"text": "多", **UNSURE, "reads": 900},
        {"text": "未知", **UNSURE},
    )
    assert shown(worth_a_look(rows, 5, [])) == ["多", "少", "未知"]


def test_doubt_and_reading_are_weighed_against_each_other() -> None:
    # doubt 0.25 × ln(1 + 1 + 998) = 1.73 beats 1 × ln(1 + 1 + 2) = 1.39, not 1 × ln(1 + 1 + 5) = 1.95
    rows = annotated(
        {
            "text": "名人",
            "topic_probability": 0.75,
            "p_negative": 0.99,
            "p_neutral": 0.01,
            "p_positive": 0,
            "reads": 998,
        },
        {"text": "两可二", **UNSURE, "reposts": 2},
        {"text": "两可五", **UNSURE, "reposts": 5},
    )
    assert shown(worth_a_look(rows, 5, [])) == ["两可五", "名人", "两可二"]


def test_a_text_that_many_posted_is_shown_once_by_its_most_read_copy_and_weighs_as_all_of_them() -> None:
    # 两可: three posts and 6 interactions, ln 10; 另一: one post and 7, ln 9
    rows = annotated(
        {"text": "另一", **UNSURE, "reposts": 7},
        {"text": "两可", **UNSURE, "reposts": 1},
        {"text": "两可", **UNSURE, "reposts": 5},
        {"text": "两可", **UNSURE},
    )
    found = worth_a_look(rows, 5, [])
    assert found.index.tolist() == [2, 0]
    assert found["key"].tolist() == [key_of("两可"), key_of("另一")]


def test_no_topic_takes_all_the_places() -> None:
    rows = annotated(
        *(
            {"text": text, "topic": "service", **UNSURE, "reposts": reposts}
            for text, reposts in zip("一二三", (9, 8, 7), strict=True)
        ),
        {"text": "四", "topic": "other"},
        {"text": "五", "topic": "policy", **UNSURE},
    )
    assert shown(worth_a_look(rows, 4, [])) == ["一", "五", "四", "二"]


def test_what_was_seen_makes_room_for_the_next() -> None:
    counters = zip("一二三四", (9, 8, 7, 6), strict=True)
    rows = annotated(*({"text": text, **UNSURE, "reposts": reposts} for text, reposts in counters))
    assert shown(worth_a_look(rows, 2, [key_of("一"), key_of("三"), "0" * 16])) == ["二", "四"]


def test_a_title_that_repeats_the_text_makes_no_second_post() -> None:
    rows = annotated({"title": "排队", "text": "排队两小时"}, {"text": "排队两小时"}, {"text": "别的"})
    assert sorted(shown(worth_a_look(rows, 2, []))) == ["别的", "排队两小时"]
    assert sorted(shown(at_random(rows, 2, [], 1))) == ["别的", "排队两小时"]


@pytest.mark.parametrize("rows", [annotated(), annotated({"text": "一"})])
def test_where_there_is_nothing_to_show_nothing_is(rows: pd.DataFrame) -> None:
    seen = [key_of("一")]
    for found in (worth_a_look(rows, 3, seen), at_random(rows, 3, seen, 1)):
        assert found.empty
        assert list(found) == [*rows, "key"]


def test_an_export_without_counters_is_no_obstacle() -> None:
    rows = annotated({"text": "一"}, {"text": "二", **UNSURE}).drop(columns=["reposts", "comments", "likes", "reads"])
    assert shown(worth_a_look(rows, 2, [])) == ["二", "一"]


# --- at random


def test_every_post_has_the_same_chance_to_come_first() -> None:
    # 一 stands three times among four posts: it comes first in about three draws of four
    rows = annotated({"text": "一"}, {"text": "一"}, {"text": "一"}, {"text": "二"})
    first = [shown(at_random(rows, 1, [], seed)) for seed in range(400)]
    assert 0.70 < np.mean([text == ["一"] for text in first]) < 0.80


def test_chance_does_not_care_how_sure_or_how_read_a_post_is() -> None:
    rows = annotated({"text": "一", **UNSURE, "reads": 10**6}, {"text": "二"})
    assert 0.4 < np.mean([shown(at_random(rows, 1, [], seed)) == ["一"] for seed in range(400)]) < 0.6


def test_a_draw_goes_on_where_it_ended() -> None:
    rows = annotated(*({"text": text} for text in "一二三四五六"))
    all_at_once = at_random(rows, 6, [], 7)
    first = at_random(rows, 2, [], 7)
    assert shown(first) + shown(at_random(rows, 4, first["key"].tolist(), 7)) == shown(all_at_once)
    assert shown(at_random(rows, 6, [], 8)) != shown(all_at_once)


# --- laws

ROW = st.fixed_dictionaries(
    {
        "text": st.sampled_from("一二三四五"),
        "title": st.sampled_from(["", "一", "题"]),
        "topic": st.sampled_from(["service", "policy", "other"]),
        "topic_probability": st.floats(0.1, 1),
        "reposts": st.none() | st.integers(0, 10**7),
    }
)


@settings(max_examples=40)
@given(rows=st.lists(ROW, max_size=6), most=st.integers(0, 7), hidden=st.sets(st.sampled_from("一二三四五")))
def test_each_text_is_shown_once_and_none_is_missed(rows: list[dict[str, Any]], most: int, hidden: set[str]) -> None:
    frame, seen = annotated(*rows), [key_of(text) for text in hidden]
    open_to_see = set(keys(frame)) - set(seen)
    for found in (worth_a_look(frame, most, seen), at_random(frame, most, seen, 3)):
        assert found["key"].is_unique
        assert set(found["key"]) <= open_to_see
        assert len(found) == min(most, len(open_to_see))
        pd.testing.assert_frame_equal(found.drop(columns="key"), frame.loc[found.index])
