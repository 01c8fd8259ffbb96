"""START HERE. From posts to a briefing: count, situation, assess, plan, in one function each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.prevalence import ErrorRates
from analysis.dataset import NO_EVENTS, about_us, rates_on, with_events, with_media
from analysis.events.describe import Description, describe
from analysis.events.follow import changes
from analysis.language import Text, _
from analysis.parts import REST, Part, outlook_on, overall, parts, situations
from analysis.response.ahead import levels_ahead
from analysis.response.flags import defamation
from analysis.response.indicators import Readings, negative_shares
from analysis.response.late import Late, late
from analysis.response.level import Assessment, assess
from analysis.response.profile import Profile
from analysis.schema import InputError, Level
from analysis.signals.continued import continued, heats
from analysis.signals.cube import count, until
from analysis.signals.forecast import Outlook
from analysis.signals.reach import Reach, reach
from analysis.signals.sanity import dated_only, winsorised
from analysis.signals.situation import Situation, situation
from analysis.signals.wording import ExplainedBurst, explained
from analysis.standing import NO_PATH, Standing, of_all

DAY = 24
MOST_EVENTS = 50  # that are described


@dataclass(frozen=True)
class Later:
    """What comes if it goes on like this, `hours` hours on: posts until then, heat and level then (80% bands)."""

    hours: int
    posts: float
    low: float
    high: float
    heat: float
    heat_low: float
    heat_high: float
    level: Level


@dataclass(frozen=True)
class ToldEvent:
    """An event with what its posts say, and what changed in its last 6 hours."""

    part: Part
    description: Description
    changes: tuple[Text, ...]


@dataclass(frozen=True)
class FromPosts:
    """What the posts alone can tell as of a time: who carries it, which words and posts explain the bursts, and what
    the events are about (see `told_events`)."""

    reach: Reach
    bursts: tuple[ExplainedBurst, ...]
    events: tuple[ToldEvent, ...]


@dataclass(frozen=True)
class Briefing:
    """All that the desk says as of a time. left_aside: posts that are not about us.

    situation and everything: of all posts, whatever they are about. parts: of each event, and of the posts of no event,
    gravest first; the level (assessment, and what follows from it: standing) is that of the first. late: how complete
    the data are. negative_share: of the last 24 hours, (value, low, high) or None; corrections: by how many random
    corrections it is corrected, 0 = uncorrected. outlook: how many posts will come; later: heat and level if it goes on
    like this, () = not told. from_posts: None where the posts were not at hand.
    """

    as_of: pd.Timestamp
    profile: Profile
    situation: Situation
    everything: Assessment
    parts: tuple[Part, ...]
    assessment: Assessment
    standing: Standing
    late: Late
    flags: tuple[Text, ...]
    posts: int
    left_aside: int
    posts_24h: int
    negative_share: tuple[float, float, float] | None
    corrections: int
    topics: dict[str, int]
    platforms: dict[str, int]
    outlook: Outlook
    later: tuple[Later, ...]
    from_posts: FromPosts | None = None


@dataclass(frozen=True)
class Counts:
    """Posts about us up to a time, annotated, in order of time, with event_id; their cube, the events there are, how
    many other posts were left aside, and how the classifier errs on these (None = not known)."""

    posts: pd.DataFrame
    cube: pd.DataFrame
    events: pd.DataFrame
    left_aside: int
    rates: ErrorRates | None


def brief(
    posts: pd.DataFrame,
    model: Model,
    profile: Profile,
    as_of: pd.Timestamp,
    history: pd.DataFrame | None = None,
) -> Briefing:
    """What is going on, how grave, and what is to be done? The whole path, for posts that were read.

    posts: the canonical frame (schema.COLUMNS), history: its counters over time (`read.Reading`). Only rows up to
    and including as_of are used, and of those only the ones about us. Raises InputError if there are none.
    """
    found, briefing = brief_counts(posts, model, profile, as_of, history)
    return replace(briefing, from_posts=told_by_posts(found.posts, briefing))


def brief_counts(
    posts: pd.DataFrame, model: Model, profile: Profile, as_of: pd.Timestamp, history: pd.DataFrame | None = None
) -> tuple[Counts, Briefing]:
    """Which posts up to as_of are about us, and what do their counts say? See `brief`."""
    found = counts(posts, model, profile, as_of, history)
    by_day = dated_only(found.posts)
    return found, brief_cube(found.cube, profile, as_of, found.left_aside, found.rates, by_day, found.events)


def counts(
    posts: pd.DataFrame, model: Model, profile: Profile, as_of: pd.Timestamp, history: pd.DataFrame | None = None
) -> Counts:
    """Which posts up to as_of are about us, with topic, tone and event, and how do they count? See `brief`."""
    seen = with_media(posts[posts["published_at"] <= as_of], profile.media_names)
    if seen.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    ours, history = about_us(seen, profile), None if history is None else winsorised(history)[0]
    told, events = with_events(annotate(in_order(winsorised(seen[ours])[0]), model))
    return Counts(told, count(told, history), events, int((~ours).sum()), rates_on(told, model.checked))


def in_order(posts: pd.DataFrame) -> pd.DataFrame:
    """How do posts stand one after the other? By time; those of the same moment by platform and id."""
    return posts.sort_values(["published_at", "platform", "post_id"], ignore_index=True)


def told_by_posts(posts: pd.DataFrame, briefing: Briefing) -> FromPosts:
    """What do the posts (annotated, about us) tell that their counts cannot? As of the briefing's time."""
    as_of, bursts = briefing.as_of, briefing.situation.bursts
    return FromPosts(
        reach(posts, posts["published_at"].min(), as_of, briefing.profile.pace),
        explained(bursts, posts, as_of),
        told_events(posts, briefing),
    )


def told_events(posts: pd.DataFrame, briefing: Briefing) -> tuple[ToldEvent, ...]:
    """What is each event about? The MOST_EVENTS gravest, in order; posts: as for `told_by_posts`, with event_id."""
    found = [part for part in briefing.parts if part.id != REST][:MOST_EVENTS]
    return tuple(told_event(posts, part, briefing) for part in found)


def told_event(posts: pd.DataFrame, part: Part, briefing: Briefing) -> ToldEvent:
    """What is an event about, as far as these posts tell?"""
    mine, profile = (posts["event_id"] == part.id).to_numpy(dtype=bool), briefing.profile
    told = describe(posts[mine], posts[~mine], profile.own_accounts, "", briefing.as_of, profile.pace)
    return ToldEvent(part, told, changes(part, posts[mine], told.official))


def brief_cube(
    cube: pd.DataFrame,
    profile: Profile,
    as_of: pd.Timestamp,
    left_aside: int = 0,
    rates: ErrorRates | None = None,
    by_day: bool = False,
    events: pd.DataFrame = NO_EVENTS,
) -> Briefing:
    """What is going on as of a time, from the counted posts alone? Costs what the cube costs.

    rates: how the classifier errs; None leaves the negative share uncorrected. by_day: whether the posts tell dates
    without times; hours ahead are then not told. events: which there are (`Dataset.events`); those that are not known
    yet at as_of count as posts of no event.
    """
    now = situation(cube, as_of, profile.heat, profile.pace)
    found = situations(cube, events, as_of, profile.heat, profile.pace)
    return brief_situations(cube, profile, now, found, left_aside, rates, by_day, events)


def brief_situations(
    cube: pd.DataFrame,
    profile: Profile,
    now: Situation,
    found: Mapping[str, Situation],
    left_aside: int,
    rates: ErrorRates | None,
    by_day: bool,
    events: pd.DataFrame,
) -> Briefing:
    """What is going on, where the situation of all posts (now) and of each part (found) is known already?"""
    as_of = now.as_of
    outlook, everything = outlook_on(now, by_day), assess(now, profile, rates)
    told = parts(found, events, as_of, profile, rates, by_day)
    assessment = overall(told, everything, profile)
    cells, read, complete = until(cube, as_of), everything.read, late(cube, as_of)
    path = its_share(now, told[0], outlook)
    standing = of_all(assessment, told, everything, now, path, profile, rates, complete)
    return Briefing(
        as_of=as_of,
        profile=profile,
        situation=now,
        everything=everything,
        parts=told,
        assessment=assessment,
        standing=standing,
        late=complete,
        flags=tuple(flag for flag in (defamation(cube, as_of, profile.pace),) if flag),
        posts=int(cells["posts"].sum()),
        left_aside=left_aside,
        posts_24h=int(read.posts[-1]),
        negative_share=share(read),
        corrections=rates.corrections if rates else 0,
        topics=counted(cells, "topic"),
        platforms=counted(cells, "platform"),
        outlook=outlook,
        later=going_on(now, told[0], outlook, path, profile, rates),
    )


def its_share(now: Situation, part: Part, outlook: Outlook) -> np.ndarray:
    """How many posts of a part come in each coming hour if it keeps its share of the last 24? Empty: not told."""
    if outlook.none:
        return NO_PATH
    return np.asarray(outlook.path * (part.posts_24h / max(now.hourly["posts"].iloc[-DAY:].sum(), 1)))


def going_on(
    now: Situation, gravest: Part, outlook: Outlook, path: np.ndarray, profile: Profile, rates: ErrorRates | None
) -> tuple[Later, ...]:
    """What heat of all posts and which level of the gravest part come if it goes on like this?

    path: of the part's posts. () where posts cannot be forecast.
    """
    if outlook.none:
        return ()
    then = continued(now, outlook.path, profile.heat)
    levels = levels_ahead(gravest.assessment, gravest.seen, path, profile, rates)
    return tuple(
        Later(
            ahead.hours,
            ahead.posts,
            ahead.low,
            ahead.high,
            *heats(now, then, ahead.hours, (ahead.posts, ahead.low, ahead.high), profile.heat),
            Level(int(levels[ahead.hours - 1])),
        )
        for ahead in outlook.ahead
    )


def share(read: Readings) -> tuple[float, float, float] | None:
    """How large is the negative share now, and between which bounds (90%)? None when there is nothing to share."""
    value, low, high = (float(ends[-1]) for ends in negative_shares(read))
    return None if np.isnan(value) else (value, low, high)


def counted(cells: pd.DataFrame, key: str) -> dict[str, int]:
    """How many posts has each value of `key`? Most first."""
    sums = cells.groupby(key)["posts"].sum().sort_values(ascending=False, kind="stable")
    return {str(name): int(posts) for name, posts in sums.items()}
