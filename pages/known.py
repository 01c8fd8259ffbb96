"""Which events does this session know as of its time, what are they called, and what did the analysts make of them?

Texts of posts are held by the session and by no cache.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.events.describe import Description, describe, event_names
from analysis.events.edits import Edit
from analysis.events.edits import names as names_given
from analysis.events.naming import STEPS
from analysis.parts import REST, Part
from analysis.response.plan import Grade, Playbook
from analysis.standing import Standing, of_part, planned
from analysis.workspace import event_edits
from analysis.workspace.places import store_url
from pages import session
from pages.kept import kept_store
from pages.session import _

MOST_NAMED = 50  # events, the gravest ones


def parts() -> tuple[Part, ...]:
    """Which events are there, and what of the posts of none (REST)? Gravest first."""
    return session.briefing().parts


def of_now(name: str) -> dict[Any, Any]:
    """What was found out about these posts as of this time? Forgotten when posts, edits or the time change."""
    profile = session.profile()
    wanted = (session.dataset(), session.as_of(), session.edits(), profile.own_accounts, profile.pace)
    held = session.held(name)
    if held is None or held[0][0] is not wanted[0] or held[0][1:] != wanted[1:]:
        held = (wanted, {})
        session.hold(name, held)
    return held[1]


def names() -> dict[str, str]:
    """What are the gravest events called? Id -> name; the analyst's if there is one.

    A name rests on an event's first posts: it is kept, at whatever time, until there are more of these.
    """
    data, edits = session.dataset(), session.edits()
    held = session.held("event_names")
    if held is None or held[0] is not data or held[1] != edits:
        held = (data, edits, {})
        session.hold("event_names", held)
    rests_on = {part.id: min(part.posts, STEPS[-1]) for part in parts() if part.id != REST}
    wanted, kept = dict(list(rests_on.items())[:MOST_NAMED]), held[2]
    missing = [event for event, first in wanted.items() if (event, first) not in kept]
    found = event_names(data.posts, missing, session.as_of(), names_given(edits))
    kept |= {(event, wanted[event]): name for event, name in found.items()}
    return {event: kept[event, first] for event, first in wanted.items()}


def name(event: str) -> str:
    """What is one event called? Its id where it has no name yet."""
    return names().get(event, event)


def posts_of(event: str) -> pd.DataFrame:
    """Which posts has an event (REST: which have none) up to the session's time? As in the dataset, with its index."""
    posts = seen()
    if event != REST:
        return posts[(posts["event_id"] == event).to_numpy(dtype=bool)]
    there = [part.id for part in parts() if part.id != REST]
    return posts[~posts["event_id"].isin(there).to_numpy(dtype=bool)]


def seen() -> pd.DataFrame:
    """Which posts came up to the session's time?"""
    posts = session.dataset().posts
    return posts.iloc[: posts["published_at"].searchsorted(session.as_of(), side="right")]


def description(event: str) -> Description:
    """What is an event about, who carries it, and what did the hospital say?"""
    kept = of_now("event_descriptions")
    if event not in kept:
        posts = seen()
        mine = (posts["event_id"] == event).to_numpy(dtype=bool)
        profile, given = session.profile(), names_given(session.edits()).get(event, "")
        as_of, accounts = session.as_of(), profile.own_accounts
        kept[event] = describe(posts[mine], posts[~mine], accounts, given, as_of, profile.pace)
    found: Description = kept[event]
    return found


def standing(event: str | None, plan: Playbook | None = None, grade: Grade | None = None) -> Standing:
    """How does it stand with one event (REST: with the posts of none), or with all of them (None)?

    plan: the hospital's own, None = as shipped; grade: of a medical-safety event. See `standing.planned`.
    """
    briefing, data = session.briefing(), session.dataset()
    part = next((part for part in briefing.parts if part.id == event), briefing.parts[0])
    if event is None:
        return planned(briefing.standing, part.seen, plan, grade)
    kept = of_now("standings")
    wanted = (event, session.profile())
    if wanted not in kept:
        kept[wanted] = of_part(part, session.profile(), data.rates, briefing.late)
    return planned(kept[wanted], part.seen, plan, grade)


def edit(made: Edit) -> None:
    """How does an edit come into force, here and on this desk?"""
    event_edits.save(kept_store(store_url()), made)
    session.read_edits()


def undo(key: str) -> None:
    """How is an edit taken back?"""
    event_edits.undo(kept_store(store_url()), key)
    session.read_edits()


def about_line() -> str:
    """How many of the loaded posts count? Raises InputError if none does."""
    data = session.dataset()
    if not session.profile().about:
        return _("All {posts:,} posts count: no names of ours are set.", posts=len(data.posts))
    return _(
        "{posts:,} of {all:,} posts are about us and count; {aside:,} were left aside.",
        posts=len(data.posts),
        all=len(session.loaded().posts),
        aside=data.left_aside + data.muted,
    )
