"""Do a post and those that wait make an event?"""

from __future__ import annotations

import numpy as np

from analysis.events.state import (
    COPY,
    EVENTS,
    FEWEST_TERMS,
    NAME,
    NAME_SHARE,
    RECENT_N,
    RING,
    SLOTS,
    TAIL,
    WINDOW,
    Posts,
    State,
    bar,
    enter,
    faded,
    growth,
    likelier,
    spread,
    take_out,
    usual,
)
from analysis.events.terms import compiled

# Kin share terms that are more frequent now than they were: by log lift, at least SHARED in all. A run of neighbouring
# terms (a name) counts its first term whole and the others by half; SURE: log likelihood ratio from which a rise is
# believed in full.
SHARED, RUN_ON, RUN_GAP, SURE = 4.0, 0.5, 4, 7.0
MOST_KIN = 199
FEWEST_KIN = 3  # posts; fewer are not looked at
FEWEST_WORDINGS, FEWEST_AUTHORS = 4, 4  # different wordings and accounts that make an event
PASSED_ON = 0.25  # what a repost or a copy counts beside a wording of its own
NEAR_COPY = 0.7  # share of the shorter text's terms that two texts have in common if one is made of the other
COMMON_TO, TELLING, FEWEST_RUNS = 0.2, 1.0, 2  # two or more terms apart from each other are in this share of wordings
# Copies alone make an event when they are so many, by so many accounts, and such a share of what is said in a day.
FEWEST_COPIES, COPIERS, COPY_SHARE = 20, 10, 0.02
# A campaign: so many copies of a new text in its first minutes, nearly each by another account, none a repost.
# In those minutes they are such a share of all posts: where everybody posts much, single texts repeat by chance.
CAMPAIGN, CAMPAIGN_AUTHORS, RUN_WITHIN, PENDING, RUN_SHARE = 12, 10, 1 / 6, 4, 0.1


@compiled
def count_copies(posts: Posts, post: int) -> None:
    """How many copies of this post's text came lately, and is it one of a new text's first minutes?"""
    now, twin = posts.hour[post], posts.twin[post]
    posts.copies[post], posts.run[post] = 1.0, 1
    posts.unit[post] = COPY if posts.above[post] >= 0 else 1.0
    posts.run_from[post] = post
    if posts.above[post] >= 0:
        posts.copies[posts.above[post]] += 1.0
    if twin < 0:
        return
    since = now - posts.hour[twin]
    posts.copies[post] += posts.copies[twin] * faded(since, WINDOW)
    if posts.before[post] >= 0 and now - posts.hour[posts.before[post]] < WINDOW:
        posts.unit[post] = COPY
    if since > WINDOW:
        return
    posts.run_from[post] = posts.run_from[twin]
    fresh = posts.run[twin] > 0 and now - posts.hour[posts.run_from[twin]] <= RUN_WITHIN and posts.plain[post]
    posts.run[post] = posts.run[twin] + 1 if fresh else 0


@compiled
def hurried(posts: Posts, post: int, least: int) -> bool:
    """Is the post at least so many-th among the copies of a new text that hurry through its first minutes?"""
    return posts.run[post] >= max(least, RUN_SHARE * (post - posts.run_from[post] + 1))


@compiled
def copiers(posts: Posts, state: State, post: int, near: np.ndarray, most: int) -> tuple[int, int]:
    """How many of the last copies of a post wait (into `near`, at most so many), and by how many accounts?"""
    count, authors, at = 0, 0, post
    while at >= 0 and count < most and at >= state.counts[TAIL]:
        if posts.event[at] < 0:
            near[count] = at
            authors += new_author(posts, near, count)
            count += 1
        at = posts.twin[at]
    return count, authors


@compiled
def new_author(posts: Posts, near: np.ndarray, place: int) -> int:
    """1 if no post before this place in `near` is by the same account."""
    for other in range(place):
        if posts.author[near[other]] == posts.author[near[place]]:
            return 0
    return 1


@compiled
def kin(
    posts: Posts, state: State, common: np.ndarray, post: int, near: np.ndarray, scratch: np.ndarray, lift: np.ndarray
) -> int:
    """Which waiting posts share terms with this one that have become frequent? Into `near`, the post itself last.

    scratch: (2 × posts) zeros, left so; lift: gets the log lift of each of the post's terms.
    """
    grown, numbers, count = growth(state, posts.hour[post]), state.numbers, 0
    shared, last, begin = scratch[0], scratch[1], posts.begin[post]
    for at in range(begin, posts.end[post]):
        term = posts.term[at]
        share = max(usual(state, common, grown, term), spread(state, grown, term))
        now, then = state.recent[term], share * (numbers[RECENT_N] + 1)
        lift[at - begin] = 0.0
        if now > then:
            sure = min((now * np.log(now / then) - (now - then)) / SURE, 1.0)
            lift[at - begin] = np.log(now / then) * sure
        if lift[at - begin] > 0.3:
            for other in state.ring[term]:
                if other >= state.counts[TAIL] and posts.event[other] < 0:
                    if shared[other] == 0:
                        near[count], last[other] = other, -RUN_GAP
                        count += 1
                    run_on = at - begin - last[other] < RUN_GAP
                    shared[other] += lift[at - begin] * (RUN_ON if run_on else 1.0)
                    last[other] = at - begin
    return closest_kin(posts, post, near, shared, count)


@compiled
def closest_kin(posts: Posts, post: int, near: np.ndarray, shared: np.ndarray, count: int) -> int:
    """Keeps of `near` what shares enough, and adds the post itself; `shared` is zero again."""
    kept = 0
    for at in range(count):
        other = near[at]
        if shared[other] >= SHARED and kept < MOST_KIN:
            near[kept] = other
            kept += 1
        shared[other] = 0.0
    near[kept] = post
    return kept + 1


@compiled
def remember(posts: Posts, state: State, post: int) -> None:
    """The post can be found by its terms from now on."""
    for at in range(posts.begin[post], posts.end[post]):
        term = posts.term[at]
        state.ring[term, state.ring_at[term]] = post
        state.ring_at[term] = (state.ring_at[term] + 1) % RING


@compiled
def different(posts: Posts, near: np.ndarray, count: int, stamps: np.ndarray, first: np.ndarray) -> int:
    """How many of these posts differ in wording? The first of each wording into `first`; stamps: zeros, left so."""
    found = 0
    for place in range(count):
        post = near[place]
        for at in range(posts.begin[post], posts.end[post]):
            stamps[posts.term[at]] = 1.0
        fresh = True
        for other in first[:found]:
            both = 0.0
            for at in range(posts.begin[other], posts.end[other]):
                both += stamps[posts.term[at]]
            shorter = min(posts.end[other] - posts.begin[other], posts.end[post] - posts.begin[post])
            if both >= NEAR_COPY * shorter:
                fresh = False
                break
        for at in range(posts.begin[post], posts.end[post]):
            stamps[posts.term[at]] = 0.0
        if fresh:
            first[found] = post
            found += 1
    return found


@compiled
def in_common(posts: Posts, post: int, first: np.ndarray, lift: np.ndarray, counted: np.ndarray) -> bool:
    """Do these wordings share more than one name with the post? counted: zeros, left so."""
    for other in first:
        for at in range(posts.begin[other], posts.end[other]):
            counted[posts.term[at]] += 1.0
    runs, last, begin = 0, -2 * RUN_GAP, posts.begin[post]
    for at in range(begin, posts.end[post]):
        enough = counted[posts.term[at]] >= max(COMMON_TO * len(first), 2.5)
        if enough and lift[at - begin] > TELLING:
            runs += 1 if at - last > RUN_GAP else 0
            last = at
    for other in first:
        for at in range(posts.begin[other], posts.end[other]):
            counted[posts.term[at]] = 0.0
    return runs >= FEWEST_RUNS


@compiled
def nearest(posts: Posts, state: State, common: np.ndarray, post: int, first: np.ndarray) -> tuple[int, float]:
    """To which slot's event do these wordings come nearest, and by how much do they pass its bar on average?"""
    best, most, grown = -1, -np.inf, growth(state, posts.hour[post])
    for slot in range(SLOTS):
        if state.owner[slot] < 0:
            continue
        total = 0.0
        for other in first:
            total += likelier(posts, state, common, other, slot, grown)
        passed = total / len(first) - bar(state, slot, posts.hour[post])
        if passed > most:
            best, most = slot, passed
    return best, most


@compiled
def free_slot(state: State, grown: float) -> int:
    """Which slot takes a new event? An empty one, else that of the longest silent event."""
    slot = int(np.argmin(state.heard))
    for other in range(SLOTS):
        if state.owner[other] < 0:
            slot = other
            break
    for term in range(state.every.size):
        state.said[term, slot] = NAME if spread(state, grown, term) >= NAME_SHARE else 0.0
    state.wordings[slot] = state.rate[slot] = 0.0
    return slot


@compiled
def found(posts: Posts, state: State, common: np.ndarray, post: int, near: np.ndarray, count: int, spam: bool) -> None:
    """Makes an event of these waiting posts; unless it is spam, of all others too that speak of the same."""
    event, began = state.counts[EVENTS], near[:count].min()
    state.counts[EVENTS] += 1
    state.exists[event], state.spam[event] = post, spam
    slot = -1
    if not spam:
        slot = free_slot(state, growth(state, posts.hour[post]))
        state.owner[slot], state.said_at[slot], state.heard[slot] = event, posts.hour[post], posts.hour[post]
    for other in near[:count]:
        belongs(posts, state, other, event, slot)
    for _again in range(0 if spam else 2):
        for other in range(state.counts[TAIL], post + 1):
            if posts.event[other] < 0 and fits(posts, state, common, other, post, event, slot):
                belongs(posts, state, other, event, slot)
                began = min(began, other)
    state.began[event] = began


@compiled
def belongs(posts: Posts, state: State, post: int, event: int, slot: int) -> None:
    """A waiting post turns out to belong to an event."""
    take_out(posts, state, post)
    posts.event[post] = event
    if slot >= 0:
        enter(posts, state, post, slot, posts.unit[post])


@compiled
def fits(posts: Posts, state: State, common: np.ndarray, other: int, post: int, event: int, slot: int) -> bool:
    """Does a waiting post belong to the event that `post` has just brought about?"""
    above, before = posts.above[other], posts.before[other]
    if above >= 0:
        return posts.event[above] == event
    if posts.end[other] - posts.begin[other] < FEWEST_TERMS or hurried(posts, other, PENDING):
        return False
    if before >= 0 and posts.event[before] == event:
        return True
    now = posts.hour[post]
    return likelier(posts, state, common, other, slot, growth(state, now)) > bar(state, slot, now)
