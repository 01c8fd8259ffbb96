"""What did the analyst change about the events? Kept one record an edit, so that each can be undone.

An edit is known by its `events.edits.Edit.at`: no two that are kept have the same. Names are kept masked, and of posts
the keys of those that were split off.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pandas as pd
from sqlalchemy import Engine

from analysis.events.edits import Edit, next_id
from analysis.posts.privacy import masked_series
from analysis.workspace import store as records

KIND = "event_edit"
LONGEST_NAME = 60
# Signs that nobody sees or that turn the text beside them around; a name may have been pasted from a post.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")


def save(store: Engine, edit: Edit) -> Edit:
    """How is an edit kept? After all others. Returns it as it is kept: with its time, its name masked and cut.

    A split that does not say which event it makes gets an id that no kept edit speaks of.
    """
    kept = edits(store)
    into = next_id(edit.event, kept) if edit.kind == "split" and not edit.into else edit.into
    after = kept[-1].at if kept else ""
    told = replace(edit, at=later(edit.at, after), name=plain_name(edit.name), into=into)
    records.save(store, KIND, told.at, asdict(told))
    return told


def edits(store: Engine) -> tuple[Edit, ...]:
    """Which edits were made? Oldest first."""
    found = (value for _key, value in records.records(store, KIND))
    return tuple(Edit(**value | {"posts": tuple(value["posts"])}) for value in found)


def undo(store: Engine, key: str = "") -> None:
    """How is an edit undone? key: its `at`, "" = the last one's. Nothing happens where there is none."""
    kept = records.keys(store, KIND)
    if kept:
        records.delete(store, KIND, key or kept[-1])


def state(store: Engine) -> str:
    """In which state are the edits? It changes whenever one is made or undone; "" = there is none."""
    found = records.records(store, KIND)
    return sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()[:16] if found else ""


def later(at: str, after: str) -> str:
    """Which time does an edit get? Its own ("" = now) in UTC to the microsecond, but later than the last one's."""
    time = datetime.fromisoformat(at).astimezone(UTC) if at else datetime.now(UTC)
    if after:
        time = max(time, datetime.fromisoformat(after) + timedelta(microseconds=1))
    return time.isoformat(timespec="microseconds")


def plain_name(name: str) -> str:
    """How is a name kept? One line of at most 60 characters, personal data masked."""
    seen = " ".join(UNSEEN.sub(" ", name).split())
    return str(masked_series(pd.Series([seen], dtype="str"))[0])[:LONGEST_NAME]
