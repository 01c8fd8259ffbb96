"""START HERE. From posts to a briefing: count, situation, assess, plan, in one function each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.prevalence import ErrorRates
from analysis.dataset import about_us, rates_on
from analysis.language import Text, _
from analysis.response.clocks import Clock, clocks
from analysis.response.flags import defamation
from analysis.response.indicators import Readings, negative_shares
from analysis.response.level import Assessment, assess
from analysis.response.margins import Margin, margins
from analysis.response.playbook import Assignment, assignments
from analysis.response.profile import Profile
from analysis.response.reasons import Reason, reasons, summary
from analysis.schema import InputError, Level
from analysis.signals.clock import whole_hour
from analysis.signals.continued import continued, heats
from analysis.signals.cube import count, until
from analysis.signals.forecast import Outlook, forecast
from analysis.signals.reach import Reach, reach
from analysis.signals.sanity import dated_only, winsorised
from analysis.signals.situation import Situation, situation
from analysis.signals.wording import ExplainedBurst, explained


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
class FromPosts:
    """What the posts alone can tell as of a time: who carries it, and which words and posts explain the bursts."""

    reach: Reach
    bursts: tuple[ExplainedBurst, ...]


@dataclass(frozen=True)
class Briefing:
    """All that the desk says as of a time. left_aside: posts that are not about us.

    negative_share: of the last 24 hours, (value, low, high) or None; corrections: by how many random corrections it is
    corrected, 0 = uncorrected. outlook: how many posts will come; later: heat and level if it goes on like this, () =
    not told. from_posts: None where the posts were not at hand.
    """

    as_of: pd.Timestamp
    profile: Profile
    situation: Situation
    assessment: Assessment
    why: Text
    reasons: tuple[Reason, ...]
    margins: tuple[Margin, ...]
    flags: tuple[Text, ...]
    clocks: tuple[Clock, ...]
    tasks: tuple[Assignment, ...]
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
    seen = posts[posts["published_at"] <= as_of]
    if seen.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    ours, history = about_us(seen, profile), None if history is None else winsorised(history)[0]
    told = annotate(winsorised(seen[ours])[0], model)
    briefing = brief_cube(
        count(told, history), profile, as_of, int((~ours).sum()), rates_on(told, model.checked), dated_only(told)
    )
    return replace(briefing, from_posts=told_by_posts(told, briefing))


def told_by_posts(posts: pd.DataFrame, briefing: Briefing) -> FromPosts:
    """What do the posts (annotated, about us) tell that their counts cannot? As of the briefing's time."""
    as_of, bursts = briefing.as_of, briefing.situation.bursts
    return FromPosts(
        reach(posts, posts["published_at"].min(), as_of, briefing.profile.pace), explained(bursts, posts, as_of)
    )


def brief_cube(
    cube: pd.DataFrame,
    profile: Profile,
    as_of: pd.Timestamp,
    left_aside: int = 0,
    rates: ErrorRates | None = None,
    by_day: bool = False,
) -> Briefing:
    """What is going on as of a time, from the counted posts alone? Costs what the cube costs.

    rates: how the classifier errs; None leaves the negative share uncorrected. by_day: whether the posts tell dates
    without times; hours ahead are then not told.
    """
    now = situation(cube, as_of, profile.heat, profile.pace)
    outlook = outlook_on(now, by_day)
    assessment = assess(now, profile, rates)
    cells = until(cube, as_of)
    read = assessment.read
    return Briefing(
        as_of=as_of,
        profile=profile,
        situation=now,
        assessment=assessment,
        why=summary(assessment, profile),
        reasons=reasons(assessment, profile),
        margins=margins(assessment, now, profile),
        flags=tuple(flag for flag in (defamation(cube, as_of, profile.pace),) if flag),
        clocks=clocks(assessment),
        tasks=assignments(assessment),
        posts=int(cells["posts"].sum()),
        left_aside=left_aside,
        posts_24h=int(read.posts[-1]),
        negative_share=share(read),
        corrections=rates.corrections if rates else 0,
        topics=counted(cells, "topic"),
        platforms=counted(cells, "platform"),
        outlook=outlook,
        later=going_on(now, outlook, profile, rates),
    )


def outlook_on(now: Situation, by_day: bool) -> Outlook:
    """How many posts will come? None is told where the posts tell dates alone."""
    if by_day:
        nothing = np.zeros(0)
        told = _("The posts tell dates without times: hours cannot be forecast.")
        return Outlook(nothing, nothing, nothing, (), None, told)
    elapsed = (now.as_of - whole_hour(now.as_of) + pd.Timedelta(seconds=1)) / pd.Timedelta(hours=1)
    index = pd.DatetimeIndex(now.hourly.index)
    return forecast(now.hourly["posts"].to_numpy(), index, now.normal.ahead, min(elapsed, 1.0))


def going_on(now: Situation, outlook: Outlook, profile: Profile, rates: ErrorRates | None) -> tuple[Later, ...]:
    """What heat and which level come if it goes on like this? () where posts cannot be forecast."""
    if outlook.none:
        return ()
    then = continued(now, outlook.path, profile.heat)
    levels = assess(then, profile, rates).timeline["level"]
    return tuple(
        Later(
            ahead.hours,
            ahead.posts,
            ahead.low,
            ahead.high,
            *heats(now, then, ahead.hours, (ahead.posts, ahead.low, ahead.high), profile.heat),
            Level(int(levels.iloc[len(now.hourly) - 1 + ahead.hours])),
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
