"""Which posts talk about the same thing, and since when is that known?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd

from analysis.events.chains import NOWHERE, Places, above, arrow_hash, previous
from analysis.events.grouping import grouped
from analysis.events.state import EVENTS, OLD, TAIL, Posts, State, empty
from analysis.events.terms import everyday, terms
from analysis.posts.clean import text_keys
from analysis.posts.strings import arrow, encoded, mixed
from analysis.schema import full_text

MICROSECONDS_AN_HOUR = 3.6e9


@dataclass(frozen=True)
class Memory:
    """What must be known of the posts so far, so that more can follow. Nothing in it is ever changed."""

    posts: Posts
    state: State
    parents: Places
    keys: Places
    twins: Places


@dataclass(frozen=True)
class Detection:
    """What was found. event: int32, a post's row in `table`, -1 = no event.

    table: a row an event, in the order in which they came into existence: id (str), began (time of its first post),
    exists (time from which it is known), spam (many accounts, one text, minutes). memory: what extending needs.
    """

    event: np.ndarray
    table: pd.DataFrame
    memory: Memory


def detect(posts: pd.DataFrame, so_far: Detection | None = None) -> Detection:
    """Which posts talk about the same thing? Daily chatter belongs to no event.

    posts: the canonical frame in order of published_at. so_far: what was found in the first of these posts; only the
    others are read then. If the first of these posts are not those (other times), all are read.
    What is found in the posts up to a time does not depend on those after it, but for this: a post gets its event when
    it arrives, or when its event comes into existence, and keeps it.
    """
    hour = posts["published_at"].dt.as_unit("us").astype("int64").to_numpy() / MICROSECONDS_AN_HOUR
    memory = so_far.memory if so_far else nothing()
    first = len(memory.posts.hour)
    if first > len(hour) or not np.array_equal(memory.posts.hour, hour[:first]):
        return detect(posts)
    if so_far and first == len(hour):
        return so_far
    after = extended(memory, posts.iloc[first:], hour[first:])
    grouped(after.posts, after.state, everyday(), first)
    known = so_far.table if so_far else None
    return Detection(after.posts.event, table_of(posts, after.state, known), after)


def nothing() -> Memory:
    """What is known before the first post?"""
    floats, places = np.zeros(0), np.zeros(0, np.int64)
    posts = Posts(
        hour=floats,
        begin=places,
        end=places,
        term=np.zeros(0, np.int32),
        above=places,
        before=places,
        twin=places,
        author=places,
        plain=np.zeros(0, np.bool_),
        unit=floats,
        run=places,
        run_from=places,
        copies=floats,
        event=np.zeros(0, np.int32),
    )
    return Memory(posts, empty(), NOWHERE, NOWHERE, NOWHERE)


def extended(memory: Memory, more: pd.DataFrame, hour: np.ndarray) -> Memory:
    """What is known with these posts added, none of them grouped yet? Every array that grouping changes is new."""
    first, old = len(memory.posts.hour), in_use(memory)
    codes, texts = encoded(arrow(full_text(more)))
    read = terms(texts.to_pylist())
    parent, parents = above(more, first, memory.parents)
    before, keys = previous(read.key[codes], first, memory.keys)
    twin, twins = previous(read.twin[codes], first, memory.twins)
    size = len(more)
    quoted = more["text"].str.contains("//@", regex=False).to_numpy(dtype=bool)
    official = (more["media_tier"] != "").to_numpy(dtype=bool)
    named = (more["parent_id"] != "").to_numpy(dtype=bool)
    fresh = Posts(
        hour=hour,
        begin=read.start[codes] + len(old.term),
        end=read.start[codes + 1] + len(old.term),
        term=read.term,
        above=parent,
        before=before,
        twin=twin,
        author=mixed(arrow_hash(more["platform"]), arrow_hash(more["author"])).view(np.int64),
        plain=~(quoted | official | named),
        unit=np.zeros(size),
        run=np.zeros(size, np.int64),
        run_from=np.zeros(size, np.int64),
        copies=np.zeros(size),
        event=np.full(size, -1, np.int32),
    )
    posts = Posts(*(np.concatenate(pair) for pair in zip(old, fresh, strict=True)))
    return Memory(posts, with_room(memory.state, size), parents, keys, twins)


def in_use(memory: Memory) -> Posts:
    """Which columns are these, with the terms of the posts alone that can still be asked for?"""
    posts, size = memory.posts, len(memory.posts.hour)
    since = min(memory.state.counts[OLD], memory.state.counts[TAIL]) if size else 0
    lengths = np.where(np.arange(size) >= since, posts.end - posts.begin, 0)
    end = np.cumsum(lengths)
    begin = end - lengths
    at = np.repeat(posts.begin - begin, lengths) + np.arange(lengths.sum())
    return posts._replace(begin=begin, end=end, term=posts.term[at])


def with_room(state: State, more: int) -> State:
    """Which state, nothing of it shared with this one, has room for an event of each of so many posts?"""
    copy = State(*(array.copy() for array in state))
    known = int(state.counts[EVENTS])
    return copy._replace(
        began=np.concatenate([state.began[:known], np.zeros(more, np.int64)]),
        exists=np.concatenate([state.exists[:known], np.zeros(more, np.int64)]),
        spam=np.concatenate([state.spam[:known], np.zeros(more, np.bool_)]),
    )


def table_of(posts: pd.DataFrame, state: State, known: pd.DataFrame | None) -> pd.DataFrame:
    """Which row tells each event? Rows that were known are taken as they are."""
    have, size = 0 if known is None else len(known), int(state.counts[EVENTS])
    began, exists = state.began[have:size], state.exists[have:size]
    head, times = posts.iloc[began], posts["published_at"]
    fresh = pd.DataFrame(
        {
            "id": pd.Series(ids(head), dtype="str"),
            "began": times.iloc[began].array,
            "exists": times.iloc[exists].array,
            "spam": state.spam[have:size],
        }
    )
    return fresh if known is None else pd.concat([known, fresh], ignore_index=True)


def ids(first: pd.DataFrame) -> list[str]:
    """By which id is an event known that begins with this post? Its day, and a hash of platform, post_id, text."""
    keys = text_keys(full_text(first)).tolist()
    days = first["published_at"].dt.strftime("%Y%m%d").tolist()
    named = zip(days, first["platform"], first["post_id"], keys, strict=True)
    return [f"{day}-{blake2b(chr(31).join(rest).encode(), digest_size=3).hexdigest()}" for day, *rest in named]
