"""How big will it get, and will it reach the volume that counts as severe? Told from its first hours alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.schema import TIMEZONE

JUDGED_AT = (1, 3, 6)  # hours; at these ages the numbers below were fitted
LATEST = 24.0  # hours; later there is nothing early about it
ENOUGH = 50  # finished cascades of the user's own that replace the shipped numbers
PARTS, LAST_PARTS = 12, 3  # the time so far is cut into twelfths; the last three say whether it slows down
NIGHT_ENDS = 7  # o'clock; from midnight on
SOFT, FEW = 4, 10  # added to counts under a logarithm, so that small ones do not tell more than they know
LIKELY, RARELY = 0.5, 0.1  # the median, and each end of the 80% band

# Fitted to the weibo posts of the CED data set that are not held out for testing; docs/formulas.md says how.
BASE, LEVEL, SLOWING, SPIKING, NIGHT, AGE = 250.0, -0.20, 0.58, -0.39, -0.24, -0.30
SPREAD, WIDENING = 0.70, 0.08
SMALLEST, LARGEST = 98.0, 986.0  # their sizes lie evenly, on a logarithmic scale, between these two

STANDARD = NormalDist()


@dataclass(frozen=True)
class WarningSettings:
    """Which volume is severe?"""

    severe_posts: float = field(
        default=1000,
        metadata={
            "label": _("Posts that make a thread or event severe"),
            "why": _("About nine ordinary days of the synthetic sample: no press office reads so many."),
            "low": 10.0,
            "high": 1e6,
        },
    )


@dataclass(frozen=True)
class EarlyWarning:
    """How big will it get? Judged at the age of `hours`, and never under what came since.

    so_far: posts up to now; size, low, high: posts in the end (median, 80% band); decile: 1..10, of `size` among past
    cascades; reach: probability [0, 1] that at least `threshold` posts come; basis: what this was learnt from.
    """

    hours: int
    so_far: int
    size: float
    low: float
    high: float
    decile: int
    reach: float
    threshold: int
    basis: Text


@dataclass(frozen=True)
class Law:
    """How many posts are still to come? ln(FEW + posts to come) is normal with standard deviation `spread` around
    level + size · ln(base + posts so far) + course · `course` of the posts so far."""

    level: float
    size: float
    base: float
    course: float
    spread: float


@dataclass(frozen=True)
class Past:
    """What do finished cascades say?

    finished: how many there are. sizes: of each, rising. laws: one for each age of JUDGED_AT, learnt from them. With
    fewer than ENOUGH, sizes is empty and the laws are the shipped ones.
    """

    finished: int
    sizes: tuple[int, ...]
    laws: tuple[Law, ...]


def shipped_law(hours: int) -> Law:
    """What is still to come after so many hours, by the weibo posts that the shipped numbers were fitted to?"""
    return Law(LEVEL, 1.0, BASE, 1.0, SPREAD * hours**WIDENING)


def clock(times: pd.Timestamp | pd.DatetimeIndex) -> np.ndarray:
    """What did the clock of the hospital show? Hours [0, 24), an array also for a single time."""
    local = times.tz_convert(TIMEZONE)
    return np.atleast_1d(np.asarray(local.hour + local.minute / 60, dtype=float))


def night_hours(begins: np.ndarray, hours: int) -> np.ndarray:
    """How many of the first `hours` (at most 12) lie between midnight and NIGHT_ENDS? begins: clock at the start."""
    ends = begins + hours
    return np.clip(np.minimum(ends, NIGHT_ENDS) - begins, 0, None) + np.clip(ends - 24, 0, NIGHT_ENDS)


def by_parts(owner: np.ndarray, ages: np.ndarray, cascades: int, hours: int) -> np.ndarray:
    """How many posts came in each twelfth of the first `hours`? Counts (cascades, 12).

    owner: to which cascade (0, 1, …) each post belongs; ages: hours since its start, those below 0 count as 0.
    """
    early = ages <= hours
    part = np.clip(ages[early] / hours * PARTS, 0, PARTS - 1).astype(int)
    counts = np.bincount(owner[early] * PARTS + part, minlength=cascades * PARTS)
    return counts.reshape(cascades, PARTS)


def course(parts: np.ndarray, night: np.ndarray, hours: int) -> np.ndarray:
    """What does the course so far say of what is still to come, whatever the number? In logarithms; see LEVEL.

    It is lower where the posts slow down, the less so the more hours were night; where they came in one spike; and
    with age.
    """
    return np.asarray(np.stack(signs(parts, night, hours)).T @ np.array([SLOWING, SPIKING, NIGHT, AGE]))


def signs(parts: np.ndarray, night: np.ndarray, hours: int) -> tuple[np.ndarray, ...]:
    """Which signs does the course give? Logarithms of the share of the last quarter, of the share of the fullest
    twelfth, the first once more times that of 1 + hours of night, and of the age."""
    so_far = parts.sum(axis=1)
    last = np.log((parts[:, -LAST_PARTS:].sum(axis=1) + SOFT) / (so_far + SOFT * PARTS / LAST_PARTS))
    fullest = np.log((parts.max(axis=1) + SOFT) / (so_far + SOFT * PARTS))
    return last, fullest, last * np.log1p(night), np.full(len(parts), np.log(hours))


def early_warning(
    ages: np.ndarray, started: pd.Timestamp, severe: float, past: Past, *, age: float
) -> EarlyWarning | None:
    """How big will a cascade (a post's reposts and comments, or an event) get? None before 1 h and after 24 h.

    ages: hours from its start to each post; those above `age`, the hours that have passed since the start, are not
    looked at. Judged at the largest age of JUDGED_AT that has passed; what came since narrows the outcome: sizes
    already passed are ruled out. severe: posts whose probability is asked for.
    """
    if not JUDGED_AT[0] <= age <= LATEST:
        return None
    known = np.asarray(ages, dtype=float)
    known = known[known <= age]
    hours = max(hour for hour in JUDGED_AT if hour <= age)
    parts = by_parts(np.zeros(len(known), dtype=int), known, 1, hours)
    then, now, threshold = int(parts.sum()), len(known), int(np.ceil(severe))
    law = past.laws[JUDGED_AT.index(hours)]
    told = float(course(parts, night_hours(clock(started), hours), hours)[0])
    mean = law.level + law.size * np.log(then + law.base) + law.course * told
    low, size, high = (then + to_come(mean, law.spread, now - then, share) for share in (RARELY, LIKELY, 1 - RARELY))
    return EarlyWarning(
        hours=hours,
        so_far=now,
        size=size,
        low=low,
        high=high,
        decile=decile(size, past),
        reach=reach(mean, law.spread, now - then, threshold - then),
        threshold=threshold,
        basis=basis(past),
    )


def beyond(mean: float, spread: float, posts: float) -> float:
    """How likely are at least so many further posts, before anything is known of them? [0, 1]"""
    return STANDARD.cdf((mean - float(np.log(max(posts, 0) + FEW))) / spread)


def reach(mean: float, spread: float, came: float, asked: float) -> float:
    """How likely are at least `asked` further posts when `came` of them have come? 1 if they have."""
    if asked <= came:
        return 1.0
    possible = beyond(mean, spread, came)
    return beyond(mean, spread, asked) / possible if possible > 0 else 0.0


def to_come(mean: float, spread: float, came: float, share: float) -> float:
    """How many further posts are passed with probability 1 - `share` when `came` of them have come?"""
    left = (1 - share) * beyond(mean, spread, came)
    if left <= 0:  # so far beyond all that was expected that nothing can be said but what has come
        return came
    return max(came, float(np.exp(mean - spread * STANDARD.inv_cdf(left))) - FEW)


def decile(size: float, past: Past) -> int:
    """In which tenth of the past cascades, by size, would this one lie? 1 = the smallest, 10 = the biggest."""
    if past.sizes:
        share = float(np.searchsorted(past.sizes, size)) / len(past.sizes)
    else:
        share = float(np.log(max(size, SMALLEST) / SMALLEST) / np.log(LARGEST / SMALLEST))
    return int(min(10, 1 + 10 * share))


def basis(past: Past) -> Text:
    """What does an early warning rest on?"""
    if past.sizes:
        return _("learnt from {own:,} finished ones in these posts", own=past.finished)
    return _(
        "the shape of public weibo posts that drew 100 to 1,000 reposts and comments ({own} of {enough} finished ones "
        "in these posts, too few to learn from): smaller ones are overrated, bigger ones and whole events underrated",
        own=past.finished,
        enough=ENOUGH,
    )


def learnt(owner: np.ndarray, ages: np.ndarray, started: pd.DatetimeIndex) -> Past:
    """What do these cascades say, all of them finished? See `by_parts` for owner and ages; started: one a cascade."""
    finished = len(started)
    if finished < ENOUGH:
        return Past(finished, (), tuple(shipped_law(hours) for hours in JUDGED_AT))
    sizes = np.bincount(owner, minlength=finished)
    laws = tuple(own_law(by_parts(owner, ages, finished, hours), started, sizes, hours) for hours in JUDGED_AT)
    return Past(finished, tuple(int(size) for size in np.sort(sizes)), laws)


def own_law(parts: np.ndarray, started: pd.DatetimeIndex, sizes: np.ndarray, hours: int) -> Law:
    """Which law fits one's own finished cascades at an age?

    Least squares for the level, how it grows with the posts so far, and how much the course tells; the last two are
    drawn towards 1, what the shipped law has, by as much as four cascades would (ridge), so that 50 are enough.
    """
    so_far = parts.sum(axis=1)
    told = course(parts, night_hours(clock(started), hours), hours)
    columns = np.column_stack([np.ones(len(sizes)), np.log(so_far + FEW), told])
    target = np.log(sizes - so_far + FEW)
    drawn = np.diag([0.0, 4.0, 4.0])
    weights = np.linalg.solve(columns.T @ columns + drawn, columns.T @ target + drawn @ np.ones(3))
    left = target - columns @ weights
    spread = float(np.sqrt(left @ left / (len(sizes) - len(weights))))
    return Law(float(weights[0]), float(weights[1]), FEW, float(weights[2]), max(spread, 0.05))
