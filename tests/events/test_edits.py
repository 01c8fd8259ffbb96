"""What the analyst changes about events: merged, split, renamed, muted, and any of it undone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.edits import MUTED, Edit, edited_ids, edited_table, names, next_id, numbered, post_key, words
from analysis.schema import InputError
from tests.frames import at, posts

A, B, C = "20250303-aaaaaa", "20250303-bbbbbb", "20250303-cccccc"
# Hours 0..5; b is known from hour 3 on, a from hour 2 on, c at once.
POSTS = posts(*({"hour": n} for n in range(6))).assign(event_id=pd.Series([A, B, A, B, C, ""], dtype="str"))
TABLE = pd.DataFrame(
    {
        "id": [A, B, C],
        "began": [at(0), at(1), at(4)],
        "exists": [at(2), at(3), at(4)],
        "spam": [False, True, True],
        "kind": ["x", "y", "z"],
    }
).astype({"id": "str", "began": POSTS["published_at"].dtype, "exists": POSTS["published_at"].dtype, "kind": "str"})


def key(*numbers: int) -> tuple[str, ...]:
    return tuple(post_key("weibo", f"p{number}") for number in numbers)


def ids(*edits: Edit) -> list[str]:
    return edited_ids(POSTS, edits).tolist()


def rows(*edits: Edit) -> dict[str, tuple[pd.Timestamp, pd.Timestamp, bool, str]]:
    table = edited_table(TABLE, POSTS, edits)
    assert table.dtypes.equals(TABLE.dtypes)
    return {row.id: (row.began, row.exists, row.spam, row.kind) for row in table.itertuples()}


def test_without_edits_all_stays() -> None:
    assert ids() == [A, B, A, B, C, ""]
    assert edited_table(TABLE, POSTS, ()).equals(TABLE)


def test_a_merged_event_is_known_from_the_earlier_on_and_spam_only_if_both_are() -> None:
    assert ids(Edit("merge", A, into=B)) == [B, B, B, B, C, ""]
    assert rows(Edit("merge", A, into=B)) == {B: (at(0), at(2), False, "y"), C: (at(4), at(4), True, "z")}
    assert rows(Edit("merge", C, into=B))[B] == (at(1), at(3), True, "y")


def test_a_split_takes_its_posts_out_and_both_begin_with_their_own_first_post() -> None:
    assert ids(Edit("split", A, posts=key(0))) == [f"{A}~1", B, A, B, C, ""]
    assert rows(Edit("split", A, posts=key(0))) == {
        f"{A}~1": (at(0), at(2), False, "x"),
        A: (at(2), at(2), False, "x"),
        B: (at(1), at(3), True, "y"),
        C: (at(4), at(4), True, "z"),
    }
    assert rows(Edit("merge", C, into=A), Edit("split", A, posts=key(4)))[f"{A}~1"] == (at(4), at(4), False, "x")


def test_a_split_leaves_posts_of_other_events_and_of_other_platforms_alone() -> None:
    assert ids(Edit("split", A, posts=(*key(1, 5), post_key("news", "p0")))) == ids()
    assert list(rows(Edit("split", A, posts=key(1)))) == [A, B, C]


def test_muted_posts_stay_but_their_event_is_gone() -> None:
    assert ids(Edit("mute", B)) == [A, MUTED, A, MUTED, C, ""]
    assert list(rows(Edit("mute", B))) == [A, C]
    assert ids(Edit("mute", B), Edit("mute", A), Edit("mute", C)) == [MUTED] * 5 + [""]
    assert rows(Edit("mute", B), Edit("mute", A), Edit("mute", C)) == {}


def test_edits_of_edited_events_work() -> None:
    assert ids(Edit("merge", A, into=B), Edit("merge", B, into=C)) == [C, C, C, C, C, ""]
    split = Edit("split", A, posts=key(0))
    assert ids(split, Edit("merge", f"{A}~1", into=B)) == [B, B, A, B, C, ""]
    assert ids(Edit("merge", A, into=B), Edit("split", B, posts=key(0, 3))) == [f"{B}~1", B, B, f"{B}~1", C, ""]


def test_an_edit_that_has_lost_its_ground_does_nothing() -> None:
    split, then = Edit("split", A, posts=key(0)), Edit("merge", f"{A}~1", into=B)
    assert ids(then) == ids()
    early = Edit("merge", B, into=f"{A}~1")
    assert ids(early, Edit("split", A, into=f"{A}~1", posts=key(0))) == ids(split)
    assert ids(Edit("mute", A), Edit("merge", A, into=B)) == ids(Edit("mute", A))
    assert ids(Edit("mute", B), Edit("merge", A, into=B)) == ids(Edit("mute", B))
    assert edited_table(TABLE, POSTS, (then, Edit("rename", A, name="x"))).equals(TABLE)


def test_a_merge_into_a_merged_event_goes_where_that_went() -> None:
    assert ids(Edit("merge", B, into=C), Edit("merge", A, into=B)) == [C, C, C, C, C, ""]
    assert ids(Edit("merge", A, into=B), Edit("merge", B, into=A)) == [B, B, B, B, C, ""]


def test_undoing_an_early_split_leaves_later_ones_their_ids() -> None:
    first, second = Edit("split", A, posts=key(0)), Edit("split", A, posts=key(2))
    assert numbered((first, second))[1].into == f"{A}~2"
    assert ids(numbered((first, second))[1]) == [A, B, f"{A}~2", B, C, ""]
    assert next_id(A, [Edit("merge", B, into=f"{A}~7"), Edit("mute", f"{A}~x")]) == f"{A}~8"


def test_a_name_follows_what_the_event_became() -> None:
    merge = Edit("merge", A, into=B)
    assert names((Edit("rename", A, name="甲"), merge, Edit("rename", B, name="乙"))) == {A: "甲", B: "乙"}
    assert names((merge, Edit("merge", B, into=C), Edit("rename", A, name="丙")))[C] == "丙"
    assert names((Edit("rename", A, name="甲"), Edit("rename", A))) == {}
    assert names((merge, Edit("merge", B, into=A), Edit("rename", A, name="甲"))) == {A: "甲", B: "甲"}


def test_a_history_says_what_was_done() -> None:
    called = {A: "甲", B: "乙"}
    assert str(words(Edit("merge", A, into=B), called)) == "Merged “甲” into “乙”"
    assert str(words(Edit("split", A, into=f"{A}~1", posts=key(0, 2)), called)) == f"Split 2 posts from “甲”: “{A}~1”"
    assert str(words(Edit("rename", A, name="甲"), called)) == f"Renamed “{A}” to “甲”"
    assert str(words(Edit("rename", A), called)) == "Gave “甲” its computed name again"
    assert str(words(Edit("mute", C, name="旧"), called)) == "Muted “旧”: not about us"
    assert str(words(Edit("mute", C), called)) == f"Muted “{C}”: not about us"


@pytest.mark.parametrize(
    ("kind", "event", "into", "says"),
    [
        ("mix", A, B, "merge, split, rename, mute"),
        ("merge", A, A, "another"),
        ("merge", A, "", "another"),
        ("merge", A, MUTED, "another"),
        ("split", A, "", "at least one"),
        ("mute", "", "", "Choose one"),
        ("mute", MUTED, "", "Choose one"),
    ],
)
def test_an_impossible_edit_says_what_to_do(kind: str, event: str, into: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Edit(kind, event, into=into)


# --- laws

EVENTS = st.sampled_from([A, B, C, f"{A}~1", f"{B}~1"])
EDIT = st.one_of(
    st.tuples(EVENTS, EVENTS).filter(lambda two: two[0] != two[1]).map(lambda two: Edit("merge", two[0], into=two[1])),
    st.tuples(EVENTS, st.sets(st.integers(0, 5), min_size=1)).map(
        lambda two: Edit("split", two[0], posts=key(*two[1]))
    ),
    EVENTS.map(lambda event: Edit("mute", event)),
    EVENTS.map(lambda event: Edit("rename", event, name="名")),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(EDIT, max_size=6))
def test_every_post_keeps_an_id_and_the_table_holds_just_those_ids(edits: list[Edit]) -> None:
    found, table = edited_ids(POSTS, edits), edited_table(TABLE, POSTS, edits)
    assert found.index.equals(POSTS.index) and found.dtype == "str"
    assert ((found == "") == (POSTS["event_id"] == "")).all()
    assert sorted(table["id"]) == sorted(set(found) - {"", MUTED})
    first = POSTS["published_at"].groupby(found).min()
    assert (table["began"] == first[table["id"]].array).all()
    assert (table["exists"] >= table["began"]).all() and table["exists"].is_monotonic_increasing


@settings(max_examples=20, deadline=None)
@given(st.lists(EDIT, max_size=4), EDIT)
def test_events_that_an_edit_does_not_name_are_untouched(edits: list[Edit], last: Edit) -> None:
    before, after = edited_ids(POSTS, edits), edited_ids(POSTS, [*edits, last])
    moved = set(before[before != after])
    assert moved <= {last.event}
    assert len(set(after[before != after])) <= 1  # whatever moves, moves to one place
    table = edited_table(TABLE, POSTS, edits).set_index("id")
    then = edited_table(TABLE, POSTS, [*edits, last]).set_index("id")
    others = [event for event in table.index if event not in (*before[before != after], *after[before != after])]
    assert then.loc[others].equals(table.loc[others])


@settings(max_examples=20, deadline=None)
@given(st.permutations([A, B, C]))
def test_merging_is_associative(order: list[str]) -> None:
    one, two, three = order
    left = (Edit("merge", one, into=two), Edit("merge", two, into=three))
    right = (Edit("merge", two, into=three), Edit("merge", one, into=two))
    assert ids(*left) == ids(*right)
    assert rows(*left) == rows(*right)


@settings(max_examples=20, deadline=None)
@given(st.lists(EDIT, max_size=4), st.permutations(range(6)))
def test_the_order_of_the_rows_does_not_matter(edits: list[Edit], order: list[int]) -> None:
    assert edited_ids(POSTS.iloc[order], edits).sort_index().equals(edited_ids(POSTS, edits))
    assert edited_table(TABLE, POSTS.iloc[order], edits).equals(edited_table(TABLE, POSTS, edits))
