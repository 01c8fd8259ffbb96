"""What would an edit change? As many posts, and the same level, as when it was made."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import EXAMPLE, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dataset import EVENT_TYPES, Dataset, cube_id, edited
from analysis.events.edits import Edit, post_key
from analysis.parts import parts, situations
from analysis.proposed import proposed
from analysis.signals.cube import count

AS_OF = at(9)


def held(*rows: tuple[float, str]) -> Dataset:
    """A dataset of these posts (hour, event), in order of time."""
    told = posts(*({"hour": hour, "event_id": event} for hour, event in sorted(rows)))
    first = told[told["event_id"] != ""].groupby("event_id", sort=False)["published_at"].min()
    table = pd.DataFrame({"id": first.index, "began": first.array, "exists": first.array, "spam": False})
    table, cube = table.astype(EVENT_TYPES), count(told)
    return Dataset(cube_id(cube, table), told, cube, (), events=table)


SIX = held((0, ""), (2, "a"), (3, "a"), (4, "b"), (5, "b"), (8, "b"))


def told(edit: Edit, data: Dataset = SIX, as_of: pd.Timestamp = AS_OF) -> dict[str, int]:
    return {part.id: part.posts for part in proposed(data, edit, EXAMPLE, as_of)}


def test_what_stands_in_the_place_of_the_events_that_are_touched() -> None:
    keys = tuple(post_key("weibo", f"p{number}") for number in (3, 4))
    assert told(Edit("merge", "a", into="b")) == {"b": 5}
    assert told(Edit("merge", "a", into="b"), as_of=at(4.5)) == {"b": 3}  # of posts up to then
    assert told(Edit("split", "b", into="b~1", posts=keys)) == {"b": 1, "b~1": 2}
    assert told(Edit("mute", "b")) == {}
    assert told(Edit("rename", "a", name="x")) == {"a": 2}


@pytest.mark.parametrize("edit", [Edit("merge", "a", into="b"), Edit("rename", "a")])
@given(hours=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "a", "b"])), min_size=1, max_size=12))
@settings(max_examples=5, deadline=None)
def test_the_level_that_is_told_is_the_one_that_comes(edit: Edit, hours: list[tuple[int, str]]) -> None:
    data = held((0, ""), (1, "a"), (2, "b"), *hours)
    after = edited(data, (edit,))
    found = situations(after.cube, after.events, AS_OF, EXAMPLE.heat, EXAMPLE.pace)
    came = {part.id: part for part in parts(found, after.events, AS_OF, EXAMPLE)}
    for part in proposed(data, edit, EXAMPLE, AS_OF):
        other = came[part.id]
        assert (part.posts, part.began, part.exists) == (other.posts, other.began, other.exists)
        assert part.assessment.level == other.assessment.level
        assert part.assessment.score == pytest.approx(other.assessment.score)
