"""Each event has a level of its own, the gravest makes the level of all, and what is over is not worked out again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import EXAMPLE, at, cube
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.parts import REST, SEEN, Part, parts, situations
from analysis.pipeline import brief_cube
from analysis.schema import InputError, Level

HEAT, PACE = EXAMPLE.heat, EXAMPLE.pace
# A death with care blamed, talk about prices, and what is said every day.
DEATH = {"event": "a", "topic": "medical_quality", "death_blamed": 20, "posts": 20}
PRICES = {"event": "b", "topic": "policy", "sentiment": "neutral"}
DAILY = {"topic": "other", "sentiment": "positive"}


def table(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Which events are there: id, hour of the first post, hour from which it is known."""
    known = [{"id": event, "began": at(began), "exists": at(exists), "spam": False} for event, began, exists in rows]
    return pd.DataFrame(known, columns=["id", "began", "exists", "spam"])


EVENTS = table(("a", 50, 50.5), ("b", 30, 31))


def told(cells: pd.DataFrame, events: pd.DataFrame, hour: float, **more: Any) -> tuple[Part, ...]:
    found = situations(cells, events, at(hour), HEAT, PACE)
    return parts(found, events, at(hour), EXAMPLE, **more)


MIXED = cube({"hour": 0, "posts": 300, **DAILY}, {"hour": 30, "posts": 40, **PRICES}, {"hour": 50, **DEATH})


def test_each_event_counts_its_own_posts_and_the_gravest_stands_first() -> None:
    found = told(MIXED, EVENTS, 50.9)
    assert (found[0].id, found[0].posts, found[0].posts_24h) == ("a", 20, 20)
    assert {part.id: part.posts for part in found} == {"a": 20, "b": 40, REST: 300}
    first = found[0]
    assert (first.onset, first.peak, first.last_post) == (at(50), at(50), at(50))
    assert str(first.topic) == "medical_quality" and first.negative_share[0] == 1
    assert next(part for part in found if part.id == "b").negative_share[0] == 0


def test_the_level_is_that_of_the_gravest_event_not_of_everything_at_once() -> None:
    # 20 posts blame a death on care; 15 are enough for the red line
    briefing = brief_cube(MIXED, EXAMPLE, at(50.9), events=EVENTS)
    assert briefing.parts[0].id == "a" and briefing.assessment.level == Level.SEVERE
    assert briefing.assessment.read.posts[-1] == 20  # the reasons are those of its posts
    assert briefing.everything.read.posts[-1] == 60  # of 24 hours, with those on prices


def test_a_red_line_holds_where_its_posts_are_scattered_over_events() -> None:
    half = {"hour": 50, **DEATH, "posts": 10, "death_blamed": 10}  # 15 are enough
    briefing = brief_cube(cube(half, half | {"event": "b"}), EXAMPLE, at(50.9), events=EVENTS)
    assert {part.assessment.level for part in briefing.parts if part.posts} == {Level.ROUTINE}
    assert briefing.assessment.level == Level.SEVERE
    assert [(line.name, line.posts) for line in briefing.assessment.red_lines] == [("death_blamed", 20)]
    assert briefing.assessment.onset == at(50)


@pytest.mark.parametrize(
    ("hour", "ids"), [(29.9, {REST}), (30.9, {REST}), (31.5, {REST, "b"}), (50.9, {REST, "a", "b"})]
)
def test_an_event_is_there_once_it_is_known_and_its_posts_count_before(hour: float, ids: set[str]) -> None:
    found = told(MIXED, EVENTS, hour)
    assert {part.id for part in found} == ids
    assert sum(part.posts for part in found) == MIXED.loc[MIXED["hour"] <= at(int(hour)), "posts"].sum()


def test_what_came_before_an_event_was_known_makes_the_level_of_the_rest_for_ever() -> None:
    # 20 posts blame a death on care, which makes SEVERE; they are known as an event five hours later
    cells, late = cube({"hour": 0, **DAILY}, {"hour": 40, **DEATH}), table(("a", 40, 45))
    now = situations(cells, late, at(48.9), HEAT, PACE)
    assert (now[REST].hourly["posts"].sum(), now[SEEN].hourly["posts"].sum()) == (1, 21)
    rest = next(part for part in told(cells, late, 48.9) if part.id == REST)
    assert (rest.posts, rest.assessment.level) == (1, Level.SEVERE)
    assert brief_cube(cells, EXAMPLE, at(48.9), events=late).assessment.timeline["level"][at(40) :].tolist() == [3] * 9


def test_the_rest_is_seen_as_it_is_where_every_event_was_known_at_once() -> None:
    now = situations(MIXED, table(("a", 50, 50), ("b", 30, 30)), at(50.9), HEAT, PACE)
    assert now[SEEN] is now[REST]


def test_an_event_that_has_every_post_leaves_a_rest_without_one() -> None:
    rest = next(part for part in told(cube({"hour": 0, **DEATH}), table(("a", 0, 2)), 3.9) if part.id == REST)
    assert (rest.posts, rest.posts_24h, rest.negative_share) == (0, 0, None)
    assert rest.assessment.level == Level.SEVERE


def test_before_an_event_was_known_it_had_no_level() -> None:
    early, late = table(("a", 40, 40)), table(("a", 40, 45))
    cells = cube({"hour": 0, **DAILY}, *({"hour": 40 + hour, **DEATH} for hour in range(8)))
    for events, first in ((early, 40), (late, 45)):
        timeline = told(cells, events, 47.9)[0].assessment.timeline["level"]
        assert timeline.index[np.flatnonzero(timeline)[0]] == at(first)


def test_every_hour_has_the_level_of_its_gravest_part() -> None:
    cells = cube(
        {"hour": 0, "posts": 30, **DAILY},
        {"hour": 30, "posts": 400, "event": "b", "topic": "policy"},
        {"hour": 50, **DEATH},
    )
    found = brief_cube(cells, EXAMPLE, at(90.5), events=EVENTS)
    index = pd.date_range(at(0), at(90), freq="h")
    lines = [part.assessment.timeline["level"].reindex(index, fill_value=0) for part in found.parts]
    np.testing.assert_array_equal(found.assessment.timeline["level"], np.max(lines, axis=0))


def test_what_is_over_stands_last_and_is_not_worked_out_again() -> None:
    cells = cube({"hour": 0, **DAILY}, {"hour": 50, **DEATH}, {"hour": 400, **DAILY})
    first = situations(cells, EVENTS, at(300), HEAT, PACE)
    again = situations(cells, EVENTS, at(401), HEAT, PACE, first)
    assert again["a"] is first["a"] and again[REST] is not first[REST]
    assert first["a"].as_of == at(50) + pd.Timedelta(days=7)
    found = parts(again, EVENTS, at(401), EXAMPLE)
    assert [part.id for part in found] == [REST, "a"]
    assert found[1].outlook.none is not None


def test_without_a_post_there_are_no_parts() -> None:
    with pytest.raises(InputError, match="no post up to"):
        situations(MIXED, EVENTS, at(-1), HEAT, PACE)


CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "hour": st.integers(0, 60),
            "posts": st.integers(1, 60),
            "event": st.sampled_from(["", "a", "b"]),
            "topic": st.sampled_from(["medical_quality", "policy", "other"]),
            "sentiment": st.sampled_from(["negative", "neutral", "positive"]),
        }
    ),
    min_size=1,
    max_size=6,
)
KNOWN = table(("a", 0, 0), ("b", 0, 20))


def in_order(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return cube(*sorted(rows, key=lambda row: row["hour"]))


@settings(max_examples=6)
@given(CELLS, CELLS)
def test_later_posts_change_nothing(past: list[dict[str, Any]], later: list[dict[str, Any]]) -> None:
    coming = [row | {"hour": 61 + row["hour"]} for row in later]
    one, other = (brief_cube(in_order(rows), EXAMPLE, at(60), events=KNOWN) for rows in (past, past + coming))
    pd.testing.assert_frame_equal(one.assessment.timeline, other.assessment.timeline)
    assert [(part.id, part.posts, part.onset) for part in one.parts] == [
        (part.id, part.posts, part.onset) for part in other.parts
    ]


@settings(max_examples=6)
@given(CELLS)
def test_the_parts_hold_every_post_once(rows: list[dict[str, Any]]) -> None:
    assert sum(part.posts for part in told(in_order(rows), KNOWN, 60)) == sum(row["posts"] for row in rows)
