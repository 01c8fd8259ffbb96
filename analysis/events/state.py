"""What does a stream of posts leave behind: what was usual, what is said of late, and of what each event speaks?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.events.terms import WIDTH, compiled

DAY = 24.0  # hours; the unit of time in what follows is the hour
SLOTS = 32  # events that can still grow at the same time; the longest silent one gives way
NAME = -1.0  # in State.said: the term stood in too many posts before the event to tell it from others
NAME_SHARE = 0.05  # of all posts
RING = 16  # waiting posts that are remembered for each term
FEWEST_TERMS = 6  # a text with fewer says nothing by itself ("太难受了"): it joins by its parent alone
WINDOW, BUSY, LONG_WINDOW = DAY, 100, 3 * DAY  # how long a post waits; in a quiet stream for BUSY posts, at most 3 days
FORGETTING = 14 * DAY  # half-life of what was usual: two weeks, so that each weekday counts
DRIFT = 4 * DAY  # half-life of what an event speaks of: it moves on from death to statement to autopsy
COOLING = DAY  # half-life of how much is said of an event just now
EXPIRES = 7 * DAY  # an event of which nothing was said for so long takes no more posts
COPY = 0.1  # what a copy or a repost counts as wording, beside 1 for a text of its own
# Naive Bayes. SAME: share of an event's post's terms that are of the event, the others are everyday talk; BAR: log odds
# that a post must have; YOUNG: by how much more, while the event has few wordings; PRIOR: weight of the log odds of how
# much is said of the event just now. Chosen on the sample stories (seeds 11, 12) and mixes of them (seeds 21 to 23).
SAME, BAR, YOUNG, YOUNG_WORDINGS, PRIOR = 0.1, 4.0, 2.0, 10.0, 1.2
LEARNT_FROM = 0.5  # margin from which a post teaches the event its terms: doubtful ones would let it drift
CORPUS_POSTS, UNSEEN, SMOOTH = 50.0, 0.7, 3.0  # posts that the corpus counts for; of a term never seen; of an event
PAST_N, RECENT_N, EVERY_N, ORIGIN, FIRST, RATE, RATE_AT = range(7)  # in State.numbers
OLD, TAIL, EVENTS = range(3)  # in State.counts


class Posts(NamedTuple):
    """Columns of numbers, a place a post.

    begin, end: where its different terms stand in `term`; above, before, twin: the earlier post that it passes on,
    copies, nearly copies, -1 = none; plain: no parent, no quotation, no medium; unit: what its wording counts; run:
    which copy of a new text it is within minutes, since the post at run_from; copies: of its wording lately, and what
    passed it on; event: -1 = none.
    """

    hour: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    term: np.ndarray
    above: np.ndarray
    before: np.ndarray
    twin: np.ndarray
    author: np.ndarray
    plain: np.ndarray
    unit: np.ndarray
    run: np.ndarray
    run_from: np.ndarray
    copies: np.ndarray
    event: np.ndarray


class State(NamedTuple):
    """past, recent: posts of no event that hold each term, older and younger than the lag; every: the older ones of all
    posts; ring: the last waiting posts that hold each term; said: how many wordings of the event in each slot hold each
    term, or NAME; the rest a number a slot or an event."""

    past: np.ndarray
    every: np.ndarray
    recent: np.ndarray
    ring: np.ndarray
    ring_at: np.ndarray
    said: np.ndarray
    wordings: np.ndarray
    said_at: np.ndarray
    owner: np.ndarray
    heard: np.ndarray
    rate: np.ndarray
    numbers: np.ndarray
    counts: np.ndarray
    began: np.ndarray
    exists: np.ndarray
    spam: np.ndarray


def empty() -> State:
    """What is known before the first post?"""
    return State(
        past=np.zeros(WIDTH),
        every=np.zeros(WIDTH),
        recent=np.zeros(WIDTH),
        ring=np.full((WIDTH, RING), -1, np.int32),
        ring_at=np.zeros(WIDTH, np.int32),
        said=np.zeros((WIDTH, SLOTS), np.float32),
        wordings=np.zeros(SLOTS),
        said_at=np.zeros(SLOTS),
        owner=np.full(SLOTS, -1, np.int32),
        heard=np.zeros(SLOTS),
        rate=np.zeros(SLOTS),
        numbers=np.zeros(7),
        counts=np.zeros(3, np.int64),
        began=np.zeros(0, np.int64),
        exists=np.zeros(0, np.int64),
        spam=np.zeros(0, np.bool_),
    )


@compiled
def faded(hours: float, half_life: float) -> float:
    """What is left after so many hours?"""
    return 2.0 ** (-hours / half_life)


@compiled
def growth(state: State, hour: float) -> float:
    """What a post of this hour counts in the past, which is never faded: later posts count more instead."""
    return 2.0 ** ((hour - state.numbers[ORIGIN]) / FORGETTING)


@compiled
def usual(state: State, common: np.ndarray, grown: float, term: int) -> float:
    """In which share of everyday talk did this term stand until lately?"""
    past = max(state.past[term], 0.0) / grown + CORPUS_POSTS * common[term] + UNSEEN
    return past / (state.numbers[PAST_N] / grown + CORPUS_POSTS)


@compiled
def spread(state: State, grown: float, term: int) -> float:
    """In which share of all posts, those of events too, may this term have stood until lately? At most (one sigma).

    The corpus knows everyday language, but not what this stream is about: the hospital's own name, a shared hashtag.
    """
    past = state.every[term] / grown
    return min((past + np.sqrt(past)) / (state.numbers[EVERY_N] / grown + 3), 1.0)


@compiled
def settle(posts: Posts, state: State, post: int, common: np.ndarray) -> None:
    """Moves what is old enough from `recent` to `past`, and the window along."""
    now, numbers, counts = posts.hour[post], state.numbers, state.counts
    if post == 0:
        numbers[ORIGIN] = numbers[FIRST] = numbers[RATE_AT] = now
    lag = min(WINDOW, (now - numbers[FIRST]) / 2)  # at the beginning of a stream half of it is its past
    while posts.hour[counts[OLD]] < now - lag:
        old = counts[OLD]
        counts[OLD] += 1
        grown = growth(state, posts.hour[old])
        if grown > 1e9:  # before numbers get too large to be exact
            state.past[:] /= grown
            state.every[:] /= grown
            numbers[PAST_N] /= grown
            numbers[EVERY_N] /= grown
            numbers[ORIGIN], grown = posts.hour[old], 1.0
        for at in range(posts.begin[old], posts.end[old]):
            state.every[posts.term[at]] += posts.unit[old] * grown
        numbers[EVERY_N] += posts.unit[old] * grown
        if posts.event[old] < 0:
            move(posts, state, old, -posts.unit[old], 0.0)
            move(posts, state, old, 0.0, posts.unit[old] * grown)
    while posts.hour[counts[TAIL]] < now - WINDOW and (
        post - counts[TAIL] > BUSY or posts.hour[counts[TAIL]] < now - LONG_WINDOW
    ):
        counts[TAIL] += 1
    numbers[RATE] *= faded(now - numbers[RATE_AT], COOLING)
    numbers[RATE_AT] = now


@compiled
def move(posts: Posts, state: State, post: int, recent: float, past: float) -> None:
    """Adds a post's terms so often to what is recent and past."""
    for at in range(posts.begin[post], posts.end[post]):
        state.recent[posts.term[at]] += recent
        state.past[posts.term[at]] += past
    state.numbers[RECENT_N] += recent
    state.numbers[PAST_N] += past


@compiled
def wait(posts: Posts, state: State, post: int) -> None:
    """The post belongs to no event so far."""
    move(posts, state, post, posts.unit[post], 0.0)
    state.numbers[RATE] += 1


@compiled
def take_out(posts: Posts, state: State, post: int) -> None:
    """The post that waited belongs to an event: it was no everyday talk."""
    if post >= state.counts[OLD]:
        move(posts, state, post, -posts.unit[post], 0.0)
    else:
        move(posts, state, post, 0.0, -posts.unit[post] * growth(state, posts.hour[post]))
    state.numbers[RATE] = max(state.numbers[RATE] - 1, 0.0)


@compiled
def slot_of(state: State, event: int) -> int:
    """In which slot is the event's model? -1 = it takes no more posts by their terms."""
    for slot in range(SLOTS):
        if state.owner[slot] == event:
            return slot
    return -1


@compiled
def enter(posts: Posts, state: State, post: int, slot: int, learnt: float) -> None:
    """A post enters the event in this slot, which learns its terms."""
    now = posts.hour[post]
    if now - state.said_at[slot] > DRIFT:
        for term in range(WIDTH):
            if state.said[term, slot] != NAME:
                state.said[term, slot] *= faded(now - state.said_at[slot], DRIFT)
        state.wordings[slot] *= faded(now - state.said_at[slot], DRIFT)
        state.said_at[slot] = now
    if learnt > 0:
        learnt /= faded(now - state.said_at[slot], DRIFT)
        for at in range(posts.begin[post], posts.end[post]):
            if state.said[posts.term[at], slot] != NAME:
                state.said[posts.term[at], slot] += learnt
        state.wordings[slot] += learnt
    hours = max(now - state.heard[slot], 0.0)
    state.rate[slot] = state.rate[slot] * faded(hours, COOLING) + 1
    state.heard[slot] = max(now, state.heard[slot])


@compiled
def bar(state: State, slot: int, now: float) -> float:
    """Which log likelihood ratio must a post's terms have to join the event in this slot?"""
    rate = state.rate[slot] * faded(max(now - state.heard[slot], 0.0), COOLING)
    odds = PRIOR * np.log((rate + 0.5) / (state.numbers[RATE] + 5))
    return BAR + YOUNG * YOUNG_WORDINGS / (YOUNG_WORDINGS + state.wordings[slot]) - odds


@compiled
def likelier(posts: Posts, state: State, common: np.ndarray, post: int, slot: int, grown: float) -> float:
    """By how much are a post's terms likelier in the event than in everyday talk (log)?"""
    total, size = 0.0, state.wordings[slot] + SMOOTH
    for at in range(posts.begin[post], posts.end[post]):
        term = posts.term[at]
        if state.said[term, slot] == NAME:
            continue
        share = usual(state, common, grown, term)
        ratio = (state.said[term, slot] / share + SMOOTH) / size
        total += np.log(SAME * ratio + 1 - SAME)
    return total


@compiled
def margins(posts: Posts, state: State, common: np.ndarray, post: int, found: np.ndarray) -> None:
    """By how much does a post pass each event's bar? Into `found`, a number a slot; -inf for empty slots.

    The same as `likelier` less `bar`, for all slots at once.
    """
    now, grown = posts.hour[post], growth(state, posts.hour[post])
    absent = np.log(SAME * SMOOTH / (state.wordings + SMOOTH) + 1 - SAME)
    for slot in range(SLOTS):
        if state.owner[slot] >= 0 and now - state.heard[slot] > EXPIRES:
            state.owner[slot] = -1
        empty_slot = state.owner[slot] < 0
        found[slot] = (
            -np.inf if empty_slot else absent[slot] * (posts.end[post] - posts.begin[post]) - bar(state, slot, now)
        )
    for at in range(posts.begin[post], posts.end[post]):
        term = posts.term[at]
        share = usual(state, common, grown, term)
        for slot in range(SLOTS):
            if state.said[term, slot] == NAME and state.owner[slot] >= 0:
                found[slot] -= absent[slot]
            elif state.said[term, slot] > 0 and state.owner[slot] >= 0:
                ratio = (state.said[term, slot] / share + SMOOTH) / (state.wordings[slot] + SMOOTH)
                found[slot] += np.log(SAME * ratio + 1 - SAME) - absent[slot]
