"""The cube counts every post once, whatever the order and however the posts are split."""

from random import Random

import pandas as pd
from frames import FULL_ROWS, START, at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.cube import KEYS, MOST, NAMES, SUMS, available, collapsed, count, dense, hours, risky, until

ADDING = [str(name) for name in SUMS if name != "authors"]


def test_posts_of_one_cell_are_summed_and_others_stand_apart() -> None:
    found = count(
        posts(
            {"hour": 0.1, "author": "甲", "reposts": 3, "claim": "death_blamed"},
            {"hour": 0.9, "author": "甲", "reposts": 5, "media_tier": "central", "collected": 720.5},
            {"hour": 1.0, "author": "乙", "reposts": 7},
        )
    )
    assert found["hour"].tolist() == [at(0), at(1)]
    assert found["posts"].tolist() == [2, 1]
    assert found["authors"].tolist() == [1, 1]
    assert found["reposts"].tolist() == [8, 7]
    assert found["most_reposts"].tolist() == [5, 7]
    assert found["death_blamed"].tolist() == [1, 0]
    assert found["central"].tolist() == [1, 0]


def test_a_negative_answer_leans_1_and_any_other_twice_its_probability() -> None:
    found = count(
        posts(
            {"p_negative": 0.75},
            {"p_negative": 0.375},  # answered negative all the same: no other tone was likelier
            {"p_negative": 0.25, "sentiment": "neutral"},
            {"p_negative": 0.125, "sentiment": "neutral"},
            {"p_negative": 0.0625, "sentiment": "positive"},
        )
    ).set_index("sentiment")
    assert found["lean"].to_dict() == {"negative": 2, "neutral": 0.75, "positive": 0.125}


def test_posts_collected_in_different_hours_stand_apart() -> None:
    found = count(posts({"collected": 5, "reposts": 1}, {"collected": 6, "reposts": 2}))
    assert found["collected"].tolist() == [at(5), at(6)]
    assert found["reposts"].tolist() == [1, 2]


def test_what_no_post_tells_stays_unknown() -> None:
    silent = {"reposts": None, "reads": None}
    found = count(posts(silent, {"reposts": 4, "reads": None}, {"platform": "news", **silent}))
    by_platform = found.set_index("platform")
    assert by_platform.loc["weibo", "reposts"] == 4
    assert pd.isna(by_platform.loc["news", "reposts"])
    assert pd.isna(by_platform.loc["weibo", "reads"])
    assert available(found) == ("reposts", "comments", "likes")


def test_no_post_no_cell() -> None:
    assert len(count(posts())) == 0


@settings(max_examples=20)
@given(FULL_ROWS)
def test_the_cube_holds_every_post_once(rows: list[dict]) -> None:
    frame = posts(*rows)
    found = count(frame)
    assert found["posts"].sum() == len(rows)
    assert found["reposts"].sum() == sum(row["reposts"] for row in rows)
    assert not found.duplicated(KEYS).any()
    negative = found["posts"].where(found["sentiment"] == "negative", 0)
    assert found["lean"].between(negative, found["posts"]).all()


@settings(max_examples=20)
@given(FULL_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_posts_does_not_matter(rows: list[dict], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(count(posts(*rows)), count(posts(*shuffled)), check_exact=True)


@settings(max_examples=20)
@given(FULL_ROWS, st.integers(0, 6))
def test_counting_in_two_parts_gives_the_same(rows: list[dict], cut: int) -> None:
    whole = count(posts(*rows)).astype(dict.fromkeys(NAMES, "str")).set_index(KEYS)
    parts = pd.concat([count(posts(*rows[:cut])), count(posts(*rows[cut:]))])
    parts = parts.astype(dict.fromkeys(NAMES, "str")).groupby(KEYS)
    pd.testing.assert_frame_equal(parts[ADDING].sum(), whole[ADDING], check_dtype=False, check_exact=True)
    pd.testing.assert_frame_equal(parts[list(MOST)].max(), whole[list(MOST)], check_dtype=False)


def test_later_hours_are_not_seen() -> None:
    cells = cube({"hour": 0}, {"hour": 1}, {"hour": 2})
    assert until(cells, at(1.5))["hour"].tolist() == [at(0), at(1)]
    assert until(cells, at(-1)).empty


def test_risk_is_a_risk_topic_that_is_not_praised() -> None:
    cells = cube(
        {"topic": "service", "sentiment": "negative"},
        {"topic": "service", "sentiment": "neutral"},
        {"topic": "service", "sentiment": "positive"},
        {"topic": "other", "sentiment": "negative"},
    )
    assert risky(cells).tolist() == [True, True, False, False]


def test_silent_hours_count_zero() -> None:
    index = hours(at(0.5), at(3.9))
    assert index.tolist() == [START, at(1), at(2), at(3)]
    assert dense(cube({"hour": 1, "posts": 4}, {"hour": 1, "posts": 2}, {"hour": 9}), index).tolist() == [
        0,
        6,
        0,
        0,
    ]
    assert dense(cube({"hour": 1}), index, "reposts").tolist() == [0, 0, 0, 0]


def test_cells_of_an_hour_are_added_up_and_only_those_that_count() -> None:
    # two platforms in hour 0, one of them tells no reposts; the topic of hour 2 does not count
    cells = cube(
        {"posts": 4, "reposts": 5},
        {"posts": 2, "platform": "news"},
        {"hour": 2, "posts": 7, "reposts": 9, "topic": "other"},
    )
    assert collapsed(cells, ["posts", "reposts"])[["posts", "reposts"]].to_numpy().tolist() == [[6, 5], [7, 9]]
    assert collapsed(cells, ["posts"], (cells["topic"] == "service").to_numpy())["posts"].tolist() == [6, 0]
    assert collapsed(cells[:0], ["posts"]).empty
