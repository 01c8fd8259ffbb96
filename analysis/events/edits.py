"""What did the analyst change about the events, and which events are there then?

Edits are kept apart from what was detected and applied in their order. To undo any one of them is to apply the
others alone; an edit that then has nothing left to change does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.schema import InputError

KINDS = ("merge", "split", "rename", "mute")
MUTED = "muted"
NOBODYS = ("", MUTED)  # ids that are no event's: no edit begins or ends there
BETWEEN = "\x1f"  # of platform and post_id; no platform holds it


@dataclass(frozen=True)
class Edit:
    """One decision about an event.

    kind: "merge" (event becomes part of `into`), "split" (`posts` leave it and become the event `into`, "" = numbered
    where it is applied, see `numbered`), "rename" (`name`, "" = the computed one again), "mute" (it is not about us).
    posts: keys as from `post_key`. at: when (ISO, UTC), by: who. name, where nothing is renamed: what the event was
    called then, for the history. Raises InputError for a kind that is not known, a merge of an event with itself, and
    a split of no posts.
    """

    kind: str
    event: str
    into: str = ""
    name: str = ""
    posts: tuple[str, ...] = ()
    at: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(_('"{kind}" is no edit of events. Use one of {kinds}.', kind=self.kind, kinds=KINDS))
        if self.event in NOBODYS:
            raise InputError(_("No event was chosen. Choose one from the list of events."))
        if self.kind == "merge" and self.into in (self.event, *NOBODYS):
            raise InputError(_("An event can be merged into another event only. Choose another one."))
        if self.kind == "split" and not self.posts:
            raise InputError(_("A split needs the posts that leave the event. Tick at least one."))


def post_key(platform: str, post_id: str) -> str:
    """By which key does a split name a post? The id alone may stand on two platforms."""
    return f"{platform}{BETWEEN}{post_id}"


def edited_ids(posts: pd.DataFrame, edits: Iterable[Edit]) -> pd.Series:
    """To which event does each post belong once the edits are applied? Same index, str; "" = none, MUTED = muted.

    posts: event_id (as detected), platform, post_id. An edit of an event that holds no post does nothing. A merge into
    an event that was merged itself goes to what that became.
    """
    now = _applied(posts, edits)
    return pd.Series(pd.array(now.ids, dtype="str").take(now.piece), index=posts.index)


def edited_table(table: pd.DataFrame, posts: pd.DataFrame, edits: Iterable[Edit]) -> pd.DataFrame:
    """Which events are there once the edits are applied? A row each, as `table`, in the order they came to exist.

    table: as `detect.Detection.table`; posts: event_id (as detected), platform, post_id, published_at. Merged events
    began and exist from the earlier on, and are spam if all of them are. What a split makes began with its first post
    and exists no earlier than its parent did; what stays of the parent begins with the first post that stays. Muted
    events have no row. Further columns are those of the event that stayed, or of the parent.
    """
    posts = posts[["event_id", "platform", "post_id", "published_at"]]
    if not posts["published_at"].is_monotonic_increasing:
        posts = posts.sort_values("published_at", kind="stable")
    now = _applied(posts, edits)
    if not now.touched:
        return table
    rows, exists, spam = _of_pieces(now, table, posts["published_at"])
    changed = []
    for event in sorted(now.touched - set(NOBODYS)):
        pieces = _pieces(now, event)
        if pieces:
            began = posts["published_at"].iloc[min(now.first[piece] for piece in pieces)]
            known = min(exists[piece] for piece in pieces)
            row = rows[next((piece for piece in pieces if now.was[piece] == event), pieces[0])]
            told = {"id": event, "began": began, "exists": max(known, began), "spam": all(spam[n] for n in pieces)}
            changed.append(table.iloc[row].to_dict() | told)
    kept = table[~table["id"].isin(now.touched)]
    found = pd.concat([kept, pd.DataFrame(changed, columns=list(table)).astype(table.dtypes)])
    return found.sort_values(["exists", "began"], kind="stable", ignore_index=True)


def names(edits: Iterable[Edit]) -> dict[str, str]:
    """How did the analyst name the events? id → name; a name given after a merge is also the one of what it became."""
    given: dict[str, str] = {}
    became: dict[str, str] = {}
    for edit in numbered(edits):
        if edit.kind == "merge" and edit.event not in became and _last(became, edit.into) != edit.event:
            became[edit.event] = edit.into
        elif edit.kind == "split":
            given.pop(edit.into, None)
            became.pop(edit.into, None)
        elif edit.kind == "rename":
            given |= dict.fromkeys((edit.event, _last(became, edit.event)), edit.name)
    return {event: name for event, name in given.items() if name}


def words(edit: Edit, called: dict[str, str]) -> Text:
    """How does an edit read in a history? called: id → name; else what the event was called then, else its id."""
    event, into = called.get(edit.event) or edit.name or edit.event, called.get(edit.into) or edit.into
    if edit.kind == "merge":
        return _("Merged “{event}” into “{into}”", event=event, into=into)
    if edit.kind == "split":
        return _("Split {posts:,} posts from “{event}”: “{into}”", posts=len(edit.posts), event=event, into=into)
    if edit.kind == "mute":
        return _("Muted “{event}”: not about us", event=event)
    before = edit.event if event == edit.name else event
    if not edit.name:
        return _("Gave “{event}” its computed name again", event=before)
    return _("Renamed “{event}” to “{name}”", event=before, name=edit.name)


def numbered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Which event does each split make? The same edits; a split that does not say gets `event~n`, n not used before."""
    done: list[Edit] = []
    for edit in edits:
        done.append(replace(edit, into=next_id(edit.event, done)) if edit.kind == "split" and not edit.into else edit)
    return tuple(done)


def next_id(event: str, edits: Iterable[Edit]) -> str:
    """Which id does the next split of an event make? One more than any that the edits speak of."""
    spoken = {name for edit in edits for name in (edit.event, edit.into)}
    numbers = [name.removeprefix(f"{event}~") for name in spoken if name.startswith(f"{event}~")]
    return f"{event}~{1 + max((int(number) for number in numbers if number.isdecimal()), default=0)}"


@dataclass(frozen=True)
class _Applied:
    """How far are the edits applied? Posts lie in pieces: an event as it was detected, or what a split took out.

    piece: of each post. Of each piece: ids (the event it belongs to now), was (the one it began as), parents (the
    pieces of the event it was split from), size and first (how many posts, and the place of the first). touched: the
    events that changed; became: what was merged, into what.
    """

    piece: np.ndarray
    ids: tuple[str, ...]
    was: tuple[str, ...]
    parents: tuple[tuple[int, ...], ...]
    size: np.ndarray
    first: np.ndarray
    touched: frozenset[str]
    became: dict[str, str]


def _applied(posts: pd.DataFrame, edits: Iterable[Edit]) -> _Applied:
    codes, ids = pd.factorize(posts["event_id"])
    piece, found = codes.astype(np.int32), tuple(str(name) for name in ids)
    now = _Applied(piece, found, found, ((),) * len(found), *_measured(piece, len(found)), frozenset(), {})
    for edit in numbered(edits):
        if edit.kind == "merge":
            now = _merged(now, edit)
        elif edit.kind == "split":
            now = _split(now, edit, posts)
        elif edit.kind == "mute" and _pieces(now, edit.event):
            now = _moved(now, edit.event, MUTED)
    return now


def _merged(now: _Applied, edit: Edit) -> _Applied:
    into = _last(now.became, edit.into)
    if into == edit.event or not _pieces(now, edit.event) or not _pieces(now, into):
        return now
    return replace(_moved(now, edit.event, into), became=now.became | {edit.event: into})


def _moved(now: _Applied, event: str, into: str) -> _Applied:
    ids = tuple(into if name == event else name for name in now.ids)
    return replace(now, ids=ids, touched=now.touched | {event, into})


def _split(now: _Applied, edit: Edit, posts: pd.DataFrame) -> _Applied:
    parents = _pieces(now, edit.event)
    of_it = np.zeros(len(now.ids), dtype=bool)
    of_it[list(parents)] = True
    rows = np.flatnonzero(of_it[now.piece])
    leaving = rows[_listed(posts[["platform", "post_id"]].iloc[rows], edit.posts)]
    if not len(leaving):
        return now
    piece = now.piece.copy()
    piece[leaving] = len(now.ids)
    size, first = _measured(piece, len(now.ids) + 1)
    return _Applied(
        piece,
        (*now.ids, edit.into),
        (*now.was, edit.into),
        (*now.parents, parents),
        size,
        first,
        now.touched | {edit.event, edit.into},
        {event: into for event, into in now.became.items() if event != edit.into},
    )


def _listed(posts: pd.DataFrame, keys: Iterable[str]) -> np.ndarray:
    """By their ids first: keys are put together for few posts, however large the event."""
    wanted = set(keys)
    alike = np.flatnonzero(posts["post_id"].isin({key.partition(BETWEEN)[2] for key in wanted}))
    pairs = posts.iloc[alike].itertuples(index=False)
    return alike[np.array([post_key(platform, post_id) in wanted for platform, post_id in pairs], dtype=bool)]


def _measured(piece: np.ndarray, pieces: int) -> tuple[np.ndarray, np.ndarray]:
    first = np.full(pieces, len(piece))
    first[piece[::-1]] = np.arange(len(piece))[::-1]  # of several the one written last stays: the first post
    return np.bincount(piece, minlength=pieces), first


def _pieces(now: _Applied, event: str) -> tuple[int, ...]:
    return tuple(n for n, name in enumerate(now.ids) if name == event and now.size[n])


def _of_pieces(
    now: _Applied, table: pd.DataFrame, times: pd.Series
) -> tuple[list[int], list[pd.Timestamp], list[bool]]:
    """Of each piece: its row in the table (-1 = of no event), from when it is known, whether it is spam."""
    places = {"": -1} | {str(event): row for row, event in enumerate(table["id"])}
    rows = [-1 if parents else places[was] for was, parents in zip(now.was, now.parents, strict=True)]
    exists = [table["exists"].iloc[row] if row >= 0 else pd.NaT for row in rows]
    spam = [row >= 0 and bool(table["spam"].iloc[row]) for row in rows]
    for piece, parents in enumerate(now.parents):
        if parents:
            rows[piece] = rows[parents[0]]
            spam[piece] = all(spam[n] for n in parents)
            known = min(exists[n] for n in parents)
            exists[piece] = max(known, times.iloc[now.first[piece]]) if now.size[piece] else known
    return rows, exists, spam


def _last(became: dict[str, str], event: str) -> str:
    while event in became:
        event = became[event]
    return event
