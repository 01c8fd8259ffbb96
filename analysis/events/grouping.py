"""Which event does each post in a stream belong to? One pass in order of time.

An event is a model of which terms its different wordings hold; a post joins the event under which its terms are
likelier, by enough, than under everyday talk (a naive Bayes of the stream, with a prior by how much is said of the
event just now). Posts that join none wait in a window; when one of them finds enough others that share terms which
were rare before, they become an event. What was decided about a post is never changed by a later one.
"""

from __future__ import annotations

import numpy as np

from analysis.events.founding import (
    CAMPAIGN,
    CAMPAIGN_AUTHORS,
    COPIERS,
    COPY_SHARE,
    FEWEST_AUTHORS,
    FEWEST_COPIES,
    FEWEST_KIN,
    FEWEST_WORDINGS,
    MOST_KIN,
    PASSED_ON,
    PENDING,
    copiers,
    count_copies,
    different,
    found,
    hurried,
    in_common,
    kin,
    nearest,
    new_author,
    remember,
)
from analysis.events.state import (
    COPY,
    EVERY_N,
    FEWEST_TERMS,
    LEARNT_FROM,
    SLOTS,
    TAIL,
    Posts,
    State,
    enter,
    growth,
    margins,
    settle,
    slot_of,
    take_out,
    wait,
)
from analysis.events.terms import compiled, kept

# numba compiles again when this file changes, not when what it calls does: whoever changes terms.py, state.py or
# founding.py must change this too. A test says what to write.
COMPILED_IN = 4042546449
FEWEST_PAST = 40.0  # wordings of the stream's past without which nobody knows what is usual here
# So far may kin fall short of an event's bar on average and still speak of it; kin that could found an event of their
# own do so unless they come nearer.
KIN, SAME_AFFAIR = 5.0, 2.0


@kept
def grouped(posts: Posts, state: State, common: np.ndarray, first: int) -> None:
    """Gives posts.event (and unit, run, copies) from `first` on, and brings the state up to date."""
    near, scratch = np.empty(posts.hour.size, np.int64), np.zeros((2, posts.hour.size))
    lift, stamps, found_margins = np.zeros(posts.term.size + 1), np.zeros(common.size), np.empty(SLOTS)
    for post in range(first, posts.hour.size):
        settle(posts, state, post, common)
        count_copies(posts, post)
        event, learnt = linked(posts, state, post)
        short = posts.end[post] - posts.begin[post] < FEWEST_TERMS
        pending = hurried(posts, post, PENDING)
        if event < 0 and not short and not pending:
            margins(posts, state, common, post, found_margins)
            slot = np.argmax(found_margins)
            if found_margins[slot] > 0:
                event = state.owner[slot]
                learnt = 1.0 if found_margins[slot] > LEARNT_FROM else 0.0
        if event >= 0:
            joins(posts, state, post, event, learnt)
            continue
        wait(posts, state, post)
        if short or spread_by_copies(posts, state, common, post, near):
            continue
        if not pending and posts.above[post] < 0:
            spread_by_terms(posts, state, common, post, near, scratch, lift, stamps)


@compiled
def linked(posts: Posts, state: State, post: int) -> tuple[int, float]:
    """To which event does a post belong by the post that it passes on or copies (-1 = none), and what is learnt?

    Who passes on or answers a post of a campaign is a voice, not part of the campaign.
    """
    above, before, twin = posts.above[post], posts.before[post], posts.twin[post]
    if above >= 0:
        event = posts.event[above]
        return (event, COPY) if event >= 0 and not state.spam[event] else (-1, 0.0)
    if posts.end[post] - posts.begin[post] < FEWEST_TERMS:
        return -1, 0.0
    if twin >= 0 and posts.event[twin] >= 0 and state.spam[posts.event[twin]] and posts.plain[post]:
        return posts.event[twin], 0.0
    if before >= 0 and posts.event[before] >= 0 and not hurried(posts, post, PENDING):
        event = posts.event[before]
        if not state.spam[event] and slot_of(state, event) >= 0:
            return event, COPY
    return -1, 0.0


@compiled
def joins(posts: Posts, state: State, post: int, event: int, learnt: float) -> None:
    """A post joins an event as it arrives."""
    posts.event[post] = event
    slot = slot_of(state, event)
    if slot >= 0:
        enter(posts, state, post, slot, learnt)


@compiled
def spread_by_copies(posts: Posts, state: State, common: np.ndarray, post: int, near: np.ndarray) -> bool:
    """Do copies of this post's text alone make an event, as a campaign or by their number?"""
    if hurried(posts, post, CAMPAIGN):
        count, authors = copiers(posts, state, post, near, posts.run[post])
        if count >= CAMPAIGN and authors >= CAMPAIGN_AUTHORS:
            found(posts, state, common, post, near, count, True)
            return True
    waiting = post - state.counts[TAIL]
    if posts.copies[post] >= max(FEWEST_COPIES, COPY_SHARE * waiting):
        count, authors = copiers(posts, state, post, near, 2 * FEWEST_COPIES)
        if count >= FEWEST_COPIES and authors >= COPIERS:
            found(posts, state, common, post, near, count, False)
            return True
    return False


@compiled
def spread_by_terms(
    posts: Posts,
    state: State,
    common: np.ndarray,
    post: int,
    near: np.ndarray,
    scratch: np.ndarray,
    lift: np.ndarray,
    stamps: np.ndarray,
) -> None:
    """Does the post with its kin speak of a known event, or make one?"""
    count = kin(posts, state, common, post, near, scratch, lift)
    remember(posts, state, post)
    if count < FEWEST_KIN or state.numbers[EVERY_N] < FEWEST_PAST * growth(state, posts.hour[post]):
        return
    authors = 0
    for place in range(count):
        authors += new_author(posts, near, place)
    wordings = np.empty(MOST_KIN + 1, np.int64)
    first = wordings[: different(posts, near, count, stamps, wordings)]
    slot, passed = nearest(posts, state, common, post, first)
    passed_on = 0.0
    for other in first:
        passed_on += PASSED_ON * (posts.copies[other] - 1)
    own = len(first) + passed_on >= FEWEST_WORDINGS and authors + passed_on >= FEWEST_AUTHORS
    own = own and passed < -SAME_AFFAIR and in_common(posts, post, first, lift, stamps)
    if own:
        found(posts, state, common, post, near, count, False)
    elif authors > 1 and passed > -KIN:
        take_out(posts, state, post)
        joins(posts, state, post, state.owner[slot], 1.0)
