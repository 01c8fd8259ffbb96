"""How is an event handled: its grade, which tasks were done when, and by which playbook? Kept until it is taken back.

One record a task that was done, so that two people who tick at once do not undo each other. Nothing is kept of the
posts; the playbook is kept as the hospital wrote it.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import Engine

from analysis.language import Text, _
from analysis.response.plan import Grade, Playbook
from analysis.response.playbook import from_toml, shipped_playbook, to_toml
from analysis.schema import TIMEZONE, InputError
from analysis.workspace import store as records

GRADE, DONE, PLAYBOOK = "handling_grade", "handling_done", "playbook"
read_plan = lru_cache(maxsize=4)(from_toml)  # it is read at every look, and takes 25 ms


def case(event: str, onset: pd.Timestamp | None) -> str:
    """Under which key is kept what was done about an event? "" = what belongs to no event.

    An event's id is the same whenever its posts are loaded again. What belongs to no event is told apart by when it
    began, so that what was done a month ago is not taken for done.
    """
    if event:
        return event
    return "rest" if onset is None else f"rest {onset:%Y-%m-%d %H:%M}"


def grade(store: Engine, event: str) -> Grade | None:
    """Which grade did the analyst choose for an event? None = not chosen, or none that we know."""
    kept = records.load(store, GRADE, short(event))
    return Grade(kept["grade"]) if kept and kept["grade"] in set(Grade) else None


def set_grade(store: Engine, event: str, chosen: Grade | None) -> None:
    """How is the grade of an event kept? None takes it back."""
    if chosen is None:
        records.delete(store, GRADE, short(event))
    else:
        records.save(store, GRADE, short(event), {"event": event, "grade": str(chosen)})


def done(store: Engine, event: str) -> dict[str, str]:
    """Which tasks of an event are done? Task key → when, ISO with zone."""
    kept = [value for _key, value in records.records(store, DONE)]
    return {value["task"]: value["at"] for value in kept if value["event"] == event}


def set_done(store: Engine, event: str, task: str, at: str = "") -> str:
    """How is it kept that a task is done? at: ISO, "" = now; naive times are Asia/Shanghai. Returns the time kept.

    A task that was done already is done at the new time. Raises InputError for what is no time.
    """
    time = moment(at)
    records.save(store, DONE, short(event, task), {"event": event, "task": task, "at": time})
    return time


def undo_done(store: Engine, event: str, task: str) -> None:
    """How is it taken back that a task is done? Nothing happens if it was not."""
    records.delete(store, DONE, short(event, task))


def moment(at: str) -> str:
    """Which time is this, to the second, with its zone?"""
    zone = ZoneInfo(TIMEZONE)
    try:
        time = datetime.fromisoformat(at) if at else datetime.now(zone)
        return (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(zone).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:
        raise InputError(_("A time like 2025-10-08T20:00 is needed. Got {text}.", text=at[:40])) from error


def short(*names: str) -> str:
    """Under which key of the store? Of one length, however long the names are."""
    return sha256(json.dumps(names).encode()).hexdigest()


def playbook(store: Engine) -> Playbook:
    """Which playbook is in force? The hospital's own; the shipped one without it, or where it no longer reads."""
    plan, _problem = own(store)
    return plan or shipped_playbook()


def playbook_problem(store: Engine) -> Text | None:
    """Why is the hospital's own playbook not in force, though there is one? None = nothing is wrong."""
    _plan, problem = own(store)
    return problem


def own(store: Engine) -> tuple[Playbook | None, Text | None]:
    """Which playbook did the hospital write, or why does it no longer read? (None, None) if it wrote none."""
    written = kept_text(store)
    if written is None:
        return None, None
    try:
        return read_plan(written), None
    except InputError as error:
        reason = {"reason": error.text}
        return None, _("The playbook that was kept no longer reads, so the shipped one is in force. {reason}", **reason)


def save_playbook(store: Engine, written: str | bytes) -> Playbook:
    """How is the hospital's own playbook put in force? As it is written, comments and all.

    Raises InputError (see `playbook.from_toml`); the one in force then stays.
    """
    plan = from_toml(written)
    text = written if isinstance(written, str) else written.decode("utf-8-sig")
    records.save(store, PLAYBOOK, "own", {"toml": text})
    return plan


def playbook_text(store: Engine, language: str) -> str:
    """How does the playbook in force read as a file? The hospital's own as it was written, the shipped one in
    `language`."""
    plan, _problem = own(store)
    return to_toml(shipped_playbook(), language) if plan is None else str(kept_text(store))


def ship_again(store: Engine) -> None:
    """How is the shipped playbook put in force again? The hospital's own is given up."""
    records.delete(store, PLAYBOOK, "own")


def kept_text(store: Engine) -> str | None:
    """Which playbook did the hospital write? As text, whether it reads or not."""
    kept = records.load(store, PLAYBOOK, "own")
    return None if kept is None else str(kept["toml"])
