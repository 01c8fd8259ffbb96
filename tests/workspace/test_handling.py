"""What was decided about an event, and the hospital's playbook, outlive the session and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analysis.response.plan import Grade
from analysis.response.playbook import from_toml, shipped_playbook, to_toml
from analysis.schema import InputError
from analysis.workspace import handling
from analysis.workspace import store as records
from analysis.workspace.store import open_store

A, B = "20250303-aaaaaa", ""
OWN = "# unser Plan 本院预案\n" + to_toml(shipped_playbook(), "zh_CN").replace("hours = 4", "hours = 3.5")


@pytest.fixture
def store() -> Engine:
    return open_store("sqlite://")


def test_a_grade_is_kept_by_event_changed_and_taken_back(store: Engine) -> None:
    assert handling.grade(store, A) is None
    handling.set_grade(store, A, Grade.GENERAL)
    handling.set_grade(store, B, Grade.SERIOUS)
    handling.set_grade(store, A, Grade.GRAVEST)
    assert (handling.grade(store, A), handling.grade(store, B)) == (Grade.GRAVEST, Grade.SERIOUS)
    handling.set_grade(store, A, None)
    handling.set_grade(store, A, None)
    assert (handling.grade(store, A), handling.grade(store, B)) == (None, Grade.SERIOUS)


def test_done_times_are_kept_by_event_and_task_and_undone_one_by_one(store: Engine) -> None:
    assert handling.done(store, A) == {}
    handling.set_done(store, A, "reply", "2025-10-08T12:00:00Z")
    handling.set_done(store, A, "review", "2025-10-08T20:30")  # naive: the hospital's clock
    handling.set_done(store, B, "reply", "2025-10-08 08:00:00.7+00:00")
    assert handling.done(store, A) == {"reply": "2025-10-08T20:00:00+08:00", "review": "2025-10-08T20:30:00+08:00"}
    assert handling.done(store, B) == {"reply": "2025-10-08T16:00:00+08:00"}
    handling.set_done(store, A, "reply", "2025-10-09T00:00+08:00")
    handling.undo_done(store, A, "review")
    handling.undo_done(store, A, "never")
    assert handling.done(store, A) == {"reply": "2025-10-09T00:00:00+08:00"}


def test_without_a_time_it_was_done_now(store: Engine) -> None:
    told = datetime.fromisoformat(handling.set_done(store, A, "reply"))
    assert abs(datetime.now(UTC) - told) < timedelta(minutes=1)
    assert told.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("at", ["gestern", "2025-13-01", "9" * 100, "0001-01-01T00:00:00+09:00"])
def test_what_is_no_time_is_refused_and_nothing_is_kept(store: Engine, at: str) -> None:
    with pytest.raises(InputError, match="2025-10-08T20:00"):
        handling.set_done(store, A, "reply", at)
    assert handling.done(store, A) == {}


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=300), st.text(max_size=60)), min_size=1, max_size=4, unique=True))
def test_events_and_tasks_of_any_name_are_kept_apart(pairs: list[tuple[str, str]]) -> None:
    store = open_store("sqlite://")
    for number, (event, task) in enumerate(pairs):
        handling.set_done(store, event, task, f"2025-10-08T0{number}:00")
        handling.set_grade(store, event, Grade.GENERAL)
    for number, (event, task) in enumerate(pairs):
        assert handling.done(store, event)[task] == f"2025-10-08T0{number}:00:00+08:00"
    assert sum(len(handling.done(store, event)) for event in {event for event, _task in pairs}) == len(pairs)


def test_the_hospital_s_playbook_comes_back_as_it_was_written(store: Engine) -> None:
    assert handling.playbook(store) == shipped_playbook()
    assert handling.playbook_text(store, "zh_CN") == to_toml(shipped_playbook(), "zh_CN")
    plan = handling.save_playbook(store, OWN.encode("utf-8-sig"))
    assert plan == from_toml(OWN) != shipped_playbook()
    assert handling.playbook(store) == plan
    assert handling.playbook_text(store, "en") == OWN
    assert handling.playbook_problem(store) is None
    handling.ship_again(store)
    assert handling.playbook(store) == shipped_playbook()


def test_a_bad_playbook_leaves_the_one_in_force(store: Engine) -> None:
    plan = handling.save_playbook(store, OWN)
    with pytest.raises(InputError, match=r"\[\[task\]\] number 1, key step"):
        handling.save_playbook(store, OWN.replace("step = 1", "step = 9"))
    assert handling.playbook(store) == plan


def test_a_kept_playbook_that_no_longer_reads_gives_way_to_the_shipped_one_with_a_message(store: Engine) -> None:
    records.save(store, handling.PLAYBOOK, "own", {"toml": OWN.replace("version = 1", "version = 0")})
    assert handling.playbook(store) == shipped_playbook()
    problem = handling.playbook_problem(store)
    assert "no longer reads" in str(problem) and "version = 1" in str(problem)
    assert handling.playbook_text(store, "en") == to_toml(shipped_playbook(), "en")
    handling.save_playbook(store, OWN)
    assert handling.playbook_problem(store) is None
