"""Edits of events are kept in the order they were made, with who and when, and any of them can be undone."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from analysis.events.edits import Edit
from analysis.workspace import event_edits
from analysis.workspace.store import open_store

A, B = "20250303-aaaaaa", "20250303-bbbbbb"
NOON = "2025-03-03T12:00:00+00:00"


@pytest.fixture
def store() -> Engine:
    return open_store("sqlite://")


def test_edits_come_back_in_the_order_they_were_made_also_those_of_one_moment(store: Engine) -> None:
    made = [
        Edit("merge", A, into=B, name="旧名", at=NOON, by="王"),
        Edit("split", B, posts=("weibo\x1fp0", "news\x1f第1号"), at=NOON, by="李"),
        Edit("rename", B, name="新名", at="2025-03-03T19:00:00+08:00", by="王"),  # an hour before
    ]
    kept = [event_edits.save(store, edit) for edit in made]
    assert event_edits.edits(store) == tuple(kept)
    assert [edit.kind for edit in kept] == ["merge", "split", "rename"]
    assert [(edit.by, edit.posts, edit.name) for edit in kept] == [(edit.by, edit.posts, edit.name) for edit in made]
    assert [edit.at for edit in kept] == [f"2025-03-03T12:00:00.00000{n}+00:00" for n in range(3)]


def test_an_edit_without_a_time_was_made_now(store: Engine) -> None:
    first, second = (event_edits.save(store, Edit("mute", event)).at for event in (A, B))
    assert "2025" < first < second


def test_any_edit_can_be_undone_and_the_state_says_so(store: Engine) -> None:
    assert (event_edits.state(store), event_edits.edits(store)) == ("", ())
    event_edits.undo(store)
    first = event_edits.save(store, Edit("mute", A))
    one = event_edits.state(store)
    second = event_edits.save(store, Edit("mute", B))
    both = event_edits.state(store)
    assert len({"", one, both}) == 3
    event_edits.undo(store)
    assert (event_edits.state(store), event_edits.edits(store)) == (one, (first,))
    second = event_edits.save(store, second)
    event_edits.undo(store, first.at)
    event_edits.undo(store, "never")
    assert event_edits.edits(store) == (second,)


def test_a_split_keeps_its_number_when_another_is_undone(store: Engine) -> None:
    splits = [event_edits.save(store, Edit("split", A, posts=(f"weibo\x1fp{n}",))) for n in range(2)]
    assert [edit.into for edit in splits] == [f"{A}~1", f"{A}~2"]
    event_edits.undo(store, splits[0].at)
    assert [edit.into for edit in event_edits.edits(store)] == [f"{A}~2"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  打人\n事件\t ", "打人 事件"),
        ("请打13812345678", "请打138****5678"),
        ("急" * 59 + "13812345678", "急" * 59 + "1"),  # masked before it is cut
        ("正\u202e常\x00的\ud800名", "正 常 的 名"),
        ("👨\u200d⚕️ {name} <b>", "👨\u200d⚕️ {name} <b>"),
    ],
)
def test_a_name_is_one_short_line_without_personal_data(store: Engine, written: str, kept: str) -> None:
    event_edits.save(store, Edit("rename", A, name=written))
    assert [edit.name for edit in event_edits.edits(store)] == [kept]
