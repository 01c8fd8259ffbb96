"""Are posts about one affair one event, two affairs two, and everyday talk none, whatever comes later?"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.detect import Detection, detect
from tests.events.streams import DEATH, PARKING, affair, chatter, filler, stream, written
from tests.frames import at


@cache
def two_affairs() -> pd.DataFrame:
    """Two affairs that overlap, among everyday talk before, during and after."""
    return stream(chatter(300, (0, 72)), affair(DEATH, 40, 30, "d"), affair(PARKING, 40, 34, "p"))


@cache
def found() -> Detection:
    return detect(two_affairs())


def events_of(prefix: str, posts: pd.DataFrame, answer: Detection) -> set[int]:
    """To which events do the posts belong whose ids begin so?"""
    mine = posts["post_id"].str.startswith(prefix).to_numpy(dtype=bool)
    return set(answer.event[mine].tolist())


def test_two_affairs_at_once_are_two_events_and_everyday_talk_is_none() -> None:
    posts = two_affairs()
    assert len(found().table) == 2
    death, parking = events_of("d", posts, found()), events_of("p", posts, found())
    assert len(death) == len(parking) == 1 and death.isdisjoint(parking) and -1 not in death | parking
    assert events_of("c", posts, found()) == {-1}


def test_event_begins_with_its_first_post_and_exists_within_fifteen() -> None:
    posts, table = two_affairs(), found().table
    assert table["began"].tolist() == [at(30), at(34)]
    assert not table["spam"].any()
    for number, prefix in ((0, "d"), (1, "p")):
        mine = posts[posts["post_id"].str.startswith(prefix)]
        assert (mine["published_at"] <= table["exists"][number]).sum() <= 15


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 380))
def test_later_posts_change_nothing_but_what_becomes_an_event(size: int) -> None:
    posts, whole = two_affairs(), found()
    part = detect(posts.iloc[:size])
    known = int((whole.table["exists"] <= posts["published_at"].iloc[:size].max()).sum()) if size else 0
    expected = np.where(whole.event[:size] < known, whole.event[:size], -1)
    assert part.event.tolist() == expected.tolist()
    pd.testing.assert_frame_equal(part.table, whole.table.iloc[:known])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 380), min_size=1, max_size=3))
def test_adding_posts_bit_by_bit_finds_what_all_at_once_do(sizes: list[int]) -> None:
    posts, answer = two_affairs(), None
    for size in [*sorted(sizes), len(posts)]:
        answer = detect(posts.iloc[:size], answer)
    assert answer is not None and answer.event.tolist() == found().event.tolist()
    pd.testing.assert_frame_equal(answer.table, found().table)


def test_what_was_found_before_serves_twice() -> None:
    posts = two_affairs()
    before = detect(posts.iloc[:200])
    first, second = detect(posts, before), detect(posts, before)
    assert first.event.tolist() == second.event.tolist() == found().event.tolist()


def test_other_posts_than_before_are_read_anew() -> None:
    posts = two_affairs()
    other = detect(chatter(50, (0, 20), seed=5))
    assert detect(posts, other).event.tolist() == found().event.tolist()


def test_ids_do_not_depend_on_other_columns() -> None:
    posts = two_affairs()
    other = posts.assign(topic="other", sentiment="neutral", likes=pd.array([7] * len(posts), "Int64"), region="北京")
    assert detect(other).table["id"].tolist() == found().table["id"].tolist()
    assert found().table["id"].str.fullmatch(r"20250304-[0-9a-f]{6}").all()
    assert found().table["id"].is_unique


def test_ids_do_not_depend_on_posts_that_are_about_nothing() -> None:
    talk = chatter(300, (0, 72))
    fewer = stream(
        talk[talk.index % 4 > 0],
        affair(DEATH, 40, 30, "d"),
        affair(PARKING, 40, 34, "p"),
    )
    assert set(detect(fewer).table["id"]) == set(found().table["id"])


def test_reposts_go_where_the_passed_on_post_is_whatever_they_say() -> None:
    remarks = written(
        {"hour": 41, "text": "转发微博", "parent_id": "d3", "post_id": "r1", "author": "r1"},
        {"hour": 42, "text": "太难受了", "parent_id": "r1", "post_id": "r2", "author": "r2"},
        {"hour": 43, "text": "太难受了", "parent_id": "", "post_id": "x1", "author": "r3"},
        {"hour": 44, "text": "转发微博", "parent_id": "c7", "post_id": "x2", "author": "r4"},
    )
    posts = stream(two_affairs(), remarks)
    answer = detect(posts)
    assert events_of("r", posts, answer) == events_of("d", posts, answer)
    assert events_of("x", posts, answer) == {-1}


def test_what_is_said_every_day_is_no_event() -> None:
    """The same complaint, worded in its own way, four times a day for three weeks."""
    everyday = affair(("排队两小时", "窗口没人"), 84, 0, "q", hours=21 * 24)
    answer = detect(stream(chatter(1000, (0, 21 * 24)), everyday))
    assert (answer.event >= 0).sum() == 0


def test_the_hospitals_name_makes_no_event() -> None:
    rng = np.random.default_rng(3)
    named = [
        {"hour": hour / 4, "author": f"n{hour}", "text": f"{filler(rng, 6)}云岫市中心医院{filler(rng, 6)}"}
        for hour in range(200)
    ]
    assert detect(written(*named)).event.max() == -1


def test_no_posts_are_no_events() -> None:
    assert detect(two_affairs().iloc[:0]).table.empty
