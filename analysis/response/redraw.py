"""What would be read if the same hours were counted again, with other errors and other chance?

What each error is, and where its size comes from: docs/formulas.md, "How sure".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classify.prevalence import LEAST_GAP, ErrorRates
from analysis.response.indicators import RECENT, TOPICS, WINDOW, Readings
from analysis.response.late import Late
from analysis.response.profile import Profile
from analysis.signals.burst import rolling
from analysis.signals.heat import cooled
from analysis.signals.situation import Situation

BEFORE = WINDOW  # hours before the first hour read whose chance is felt in it
# Measured on real posts: how far the classifier is off in one direction, for all hours alike (standard deviations).
TONE_OFF = 0.09  # share of negative posts, counted plainly
RISK_OFF = 0.2  # logarithm of how many posts carry risk
TOPIC_OFF = 0.35  # logarithm of how many of them are on one topic
ARRIVAL_OFF = 0.67  # logarithm of what had come of a post's interactions after 8 hours


FAST = np.float32  # exact to a ten-thousandth of a point, and twice as fast


@dataclass(frozen=True)
class Errors:
    """What is wrong in one direction everywhere, in each draw? Standard normal numbers.

    tone: (draws × 2), the rates of negative posts and of the others; risk, arrival: (draws); topics: (draws × 11).
    """

    tone: np.ndarray
    risk: np.ndarray
    arrival: np.ndarray
    topics: np.ndarray


@dataclass(frozen=True)
class Chance:
    """By how much do the posts of each hour differ in each draw from those counted? (hours × draws) each.

    topics: (hours × draws × 11), risk posts by topic; risk: all of them; negative, posts: negative posts, and all.
    """

    topics: np.ndarray
    risk: np.ndarray
    negative: np.ndarray
    posts: np.ndarray


def errors(draws: int, dice: np.random.Generator) -> Errors:
    """Which errors has each draw?"""
    shapes = ((draws, 2), (draws,), (draws,), (draws, len(TOPICS)))
    return Errors(*(normal(dice, shape) for shape in shapes))


def normal(dice: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Which standard normal numbers does chance give?"""
    return dice.standard_normal(shape, dtype=FAST)


def redrawn(
    read: Readings, now: Situation, profile: Profile, late: Late, wrong: Errors, dice: np.random.Generator
) -> Readings:
    """What would be read in each of these hours? Arrays of draws · hours, one draw after the other.

    read: the last hours of what was read of `now`. Interactions, followers and media come with the risk posts. Red
    lines are left out: their posts were seen.
    """
    luck, hours = chance(now, len(read.posts) + BEFORE, late, len(wrong.risk), dice), len(read.posts)
    off = np.exp(RISK_OFF * wrong.risk)
    spoken = around(read.topics, rolled(luck.topics, WINDOW), hours)
    more = off * ratio(spoken.sum(axis=2), read.topics.sum(axis=1))
    hotter = off * ratio(
        around(read.cooled["posts"], cooled(luck.risk, profile.heat.half_life), hours), read.cooled["posts"]
    )
    arrived = hotter * np.exp(ARRIVAL_OFF * late.estimated * wrong.arrival)
    posts = around(read.posts, rolled(luck.posts, WINDOW), hours)
    negative = around(read.lean if read.rates else read.negative, rolled(luck.negative, WINDOW), hours)
    told = posts * retold(np.clip(negative / np.maximum(posts, 1e-9), 0, 1), read.rates, wrong.tone)
    untold = None if read.regions is None else np.isnan(read.regions)[:, None]
    regions = None if untold is None else np.where(untold, np.nan, voices(now.by_region, more, profile))
    return replace(
        read,
        cooled={
            part: flat(left.astype(FAST)[:, None] * (hotter if part == "posts" else arrived))
            for part, left in read.cooled.items()
        },
        topics=flat(spoken * np.exp(TOPIC_OFF * wrong.topics)),
        negative=flat(told),
        lean=flat(told),
        posts=flat(posts),
        followers=None if read.followers is None else flat(read.followers.astype(FAST)[:, None] * more),
        media=flat(read.media.astype(FAST)[:, None] * more),
        platforms=flat(voices(now.by_platform, more, profile)),
        regions=None if regions is None else flat(regions),
        recent=flat(off * around(read.recent, rolled(luck.risk, RECENT), hours)),
        usual=flat(read.usual.astype(FAST)[:, None] * off),
        lines={},
    )


def chance(now: Situation, hours: int, late: Late, draws: int, dice: np.random.Generator) -> Chance:
    """How do other posts of the last hours differ from those counted? Counts vary as counts do (Poisson, as normal).

    What is still missing (`late`) comes on top. Negative posts that carry risk vary with the risk posts.
    """
    by_topic = now.by_topic.to_numpy()[-hours:]
    known = min(len(late.missing), len(by_topic))
    missing = np.concatenate([np.zeros(len(by_topic) - known), late.missing[:known][::-1]])

    def varied(counts: np.ndarray) -> np.ndarray:
        spread = np.sqrt(counts * (1 + missing)).astype(FAST)[:, None]
        return (counts * missing).astype(FAST)[:, None] + spread * normal(dice, (len(counts), draws))

    topics = np.zeros((len(by_topic), draws, len(TOPICS)), dtype=FAST)
    for at in np.flatnonzero(by_topic.any(axis=0)):
        topics[:, :, at] = varied(by_topic[:, at])
    risk, negative, posts = (now.hourly[name].to_numpy(dtype=float)[-hours:] for name in ("risk", "negative", "posts"))
    both = np.minimum(risk, negative)
    share, ours = (both / np.maximum(risk, 1)).astype(FAST), topics.sum(axis=2)
    calm = varied(negative - both)
    own = np.sqrt(both * (1 - share)).astype(FAST)
    grave = share[:, None] * ours + own[:, None] * normal(dice, ours.shape)
    rest = varied(np.maximum(posts - risk - (negative - both), 0))
    return Chance(topics, ours, grave + calm, ours + calm + rest)


def retold(share: np.ndarray, rates: ErrorRates | None, wrong: np.ndarray) -> np.ndarray:
    """Which share of negative posts (or mean leaning, where rates are known) would be read, were the rates others?

    share: (hours × draws). Uncorrected it is off by TONE_OFF. Where rates are known, the truth is what they would give
    within how unsure they still are, told again by the rates in force.
    """
    if rates is None:
        return np.clip(share + TONE_OFF * wrong[:, 0], 0, 1)
    spread = np.sqrt(rates.var_other)
    along = rates.covariance / spread if spread > 0 else 0.0
    other = rates.lean_other + spread * wrong[:, 0]
    high = rates.lean_negative + along * wrong[:, 0] + np.sqrt(max(rates.var_negative - along**2, 0)) * wrong[:, 1]
    truth = np.clip((share - other) / np.maximum(high - other, LEAST_GAP), 0, 1)
    return np.asarray(rates.lean_other + (rates.lean_negative - rates.lean_other) * truth)


def voices(per_hour: pd.DataFrame, more: np.ndarray, profile: Profile) -> np.ndarray:
    """How many columns have enough risk posts within 24 hours, when there are `more` (hours × draws) times as many?"""
    hours = len(more)
    sums = rolling(per_hour.to_numpy()[-hours - WINDOW :], WINDOW)[-hours:].astype(FAST)
    needed, enough = profile.scales.voices / np.maximum(more, FAST(1e-9)), np.zeros(more.shape, dtype=FAST)
    for column in sums.T[sums.any(axis=0)]:
        enough += column[:, None] >= needed
    return enough


def rolled(per_hour: np.ndarray, hours: int) -> np.ndarray:
    """How much came in the `hours` that end with each hour? As `rolling`, but it may be negative."""
    total = np.cumsum(per_hour, axis=0)
    out = total.copy()
    out[hours:] -= total[:-hours]
    return out


def around(counted: np.ndarray, difference: np.ndarray, hours: int) -> np.ndarray:
    """What is read where this was counted and so much differs? (hours × draws …), never below 0."""
    return np.maximum(counted.astype(FAST)[:, None] + difference[-hours:], 0)


def ratio(read: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """How many times what was counted is read? 1 where nothing was counted."""
    known = counted.astype(FAST)[:, None]
    return np.where(known > 0, read / np.maximum(known, FAST(1e-9)), FAST(1))


def flat(table: np.ndarray) -> np.ndarray:
    """How do (hours × draws …) stand in one row, one draw after the other?"""
    return np.asarray(table.swapaxes(0, 1).reshape(-1, *table.shape[2:]))
