"""What do the five indicators read, and how many points does each give?

The same formulas serve a whole timeline (arrays along the hours) and a single what-if hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates, negative_share
from analysis.response.groups import INDICATORS, MediaWeights, Weights
from analysis.response.profile import Profile
from analysis.schema import Claim, MediaTier, Topic
from analysis.signals.burst import expected, rolling
from analysis.signals.heat import heat_of_logs
from analysis.signals.situation import Situation, told_sums

WINDOW, RECENT = 24, 6  # hours: what counts as "now", and what growth compares
TOPICS = tuple(Topic)
NOTHING = 1e-9  # so that nothing has a logarithm; scales on which counts stand begin at 0.1 at least


@dataclass(frozen=True)
class Readings:
    """The raw quantities behind the indicators, arrays along the hours.

    cooled: sums after cooling, by part of heat, NaN in hours in which the export did not tell it yet. topics:
    (hours × 11) risk posts in 24 h; negative, lean, posts: in 24 h, and rates: how the classifier errs on them, None =
    not known (see prevalence.negative_share); followers, media: of risk posts in 24 h, media weighted by tier;
    platforms, regions: how many have enough risk posts in 24 h; followers and regions are NaN before any was told, and
    None if none is; recent: risk posts in 6 h; usual: the same 6 hours on the days before, NaN without a day of
    history. lines: posts by red line in 24 h.
    """

    cooled: dict[str, np.ndarray]
    topics: np.ndarray
    negative: np.ndarray
    lean: np.ndarray
    posts: np.ndarray
    rates: ErrorRates | None
    followers: np.ndarray | None
    media: np.ndarray
    platforms: np.ndarray
    regions: np.ndarray | None
    recent: np.ndarray
    usual: np.ndarray
    lines: dict[str, np.ndarray]


@dataclass(frozen=True)
class Logs:
    """What is read on a log scale whatever the profile. Logarithms cost most of all, so a replay takes them once.

    cooled: ln(1 + sum) by part of heat; topics: of each, the hours (positions) in which anything was said of it, and ln
    of its posts then; followers: ln, see `logged`.
    """

    cooled: dict[str, np.ndarray]
    topics: tuple[tuple[np.ndarray, np.ndarray], ...]
    followers: np.ndarray | None


@dataclass(frozen=True)
class Spoken:
    """On which platforms (or in which regions) is how much said? One entry for each hour and name that has a post.

    hour: position; posts: risk posts in 24 h, fewest first.
    """

    hour: np.ndarray
    posts: np.ndarray


def readings(situation: Situation, profile: Profile, rates: ErrorRates | None) -> Readings:
    """What is read off the situation at every hour up to as_of? What an export lacks is None."""
    hourly, least = situation.hourly, profile.scales.voices
    recent, hours = rolling(hourly["risk"].to_numpy(dtype=float), RECENT), len(hourly)
    regions = voices(spoken(situation.by_region), least, hours)
    named = np.logical_or.accumulate(situation.by_region.to_numpy().any(axis=1))
    followed = hourly.index >= situation.since.get("followers", hourly.index[0])
    return Readings(
        cooled=told_sums(hourly, situation.available, situation.since),
        topics=rolling(situation.by_topic.to_numpy(), WINDOW),
        negative=day(hourly, "negative"),
        lean=day(hourly, "lean"),
        posts=day(hourly, "posts"),
        rates=rates,
        followers=np.where(followed, day(hourly, "followers"), np.nan) if situation.followers_known else None,
        media=weighted(media_posts(hourly), profile.media),
        platforms=voices(spoken(situation.by_platform), least, hours),
        regions=np.where(named, regions, np.nan) if named[-1] else None,
        recent=recent,
        usual=expected(recent, RECENT),
        lines=crossing_posts(hourly),
    )


def day(hourly: pd.DataFrame, column: str) -> np.ndarray:
    """How much of a column came in the 24 hours that end with each hour?"""
    return rolling(hourly[column].to_numpy(dtype=float), WINDOW)


def crossing_posts(hourly: pd.DataFrame) -> dict[str, np.ndarray]:
    """How many posts of each red line came in 24 hours?"""
    return {**{str(claim): day(hourly, str(claim)) for claim in Claim}, "central_media": day(hourly, "central")}


def media_posts(hourly: pd.DataFrame) -> np.ndarray:
    """How many risk posts came from media in 24 hours? (5 × hours), a row a tier."""
    return np.array([day(hourly, str(tier)) for tier in MediaTier])


def weighted(posts: np.ndarray, weights: MediaWeights) -> np.ndarray:
    """How much do these posts of media (see `media_posts`) weigh together?"""
    found: np.ndarray = np.array([getattr(weights, tier) for tier in MediaTier]) @ posts
    return found


def spoken(per_hour: pd.DataFrame) -> Spoken:
    """How much was said in 24 hours on each platform (or in each region: a column each)? Fewest first."""
    posts = rolling(per_hour.to_numpy(dtype=float), WINDOW)
    hour, name = np.nonzero(posts)
    order = np.argsort(posts[hour, name], kind="stable")
    return Spoken(hour[order], posts[hour, name][order])


def voices(said: Spoken, least: float, hours: int) -> np.ndarray:
    """On how many platforms (or in how many regions) were there at least so many risk posts in 24 hours?"""
    enough = said.hour[np.searchsorted(said.posts, least) :]
    return np.bincount(enough, minlength=hours).astype(float)


def last(read: Readings) -> Readings:
    """What was read at the last hour? The same quantities, arrays of length one."""
    return Readings(
        cooled={part: cooled[-1:] for part, cooled in read.cooled.items()},
        topics=read.topics[-1:],
        negative=read.negative[-1:],
        lean=read.lean[-1:],
        posts=read.posts[-1:],
        rates=read.rates,
        followers=None if read.followers is None else read.followers[-1:],
        media=read.media[-1:],
        platforms=read.platforms[-1:],
        regions=None if read.regions is None else read.regions[-1:],
        recent=read.recent[-1:],
        usual=read.usual[-1:],
        lines={name: posts[-1:] for name, posts in read.lines.items()},
    )


def values(read: Readings, situation: Situation, profile: Profile) -> dict[str, np.ndarray]:
    """What does each indicator read, in its own unit?

    heat [0, 100]; reach [0, 100], the mean of its parts' scales; gravity [0, 100], of the gravest topic by
    its nature and its risk posts; negativity [0, 1], the share of negative posts that is surely reached
    (lower end of the 90% interval); growth, a factor against the usual, NaN without a day of history.
    """
    told = {part: read.cooled[part] for part in ("posts", *situation.available)}
    return read_values(read, logs(replace(read, cooled=told)), negative_shares(read)[1], profile)


def read_values(read: Readings, log: Logs, negativity: np.ndarray, profile: Profile) -> dict[str, np.ndarray]:
    """What does each indicator read (see `values`), where logarithms and surely negative share are known already?"""
    calm = profile.scales.growth_calm
    return {
        "heat": heat_of_logs(log.cooled, profile.heat),
        "reach": 100 * mean_of_told(reach_parts(read, log, profile)),
        "gravity": gravest(log, profile),
        "negativity": negativity,
        "growth": (read.recent + calm) / (read.usual + calm),
    }


def logs(read: Readings) -> Logs:
    """What are the logarithms of what is read on a log scale?"""
    return Logs(
        {part: np.log1p(left) for part, left in read.cooled.items()},
        tuple((said, logged(posts[said])) for posts in read.topics.T for said in [np.flatnonzero(posts)]),
        None if read.followers is None else logged(read.followers),
    )


def negative_shares(read: Readings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How large is the share of negative posts in 24 h at every hour, and between which shares (90%) does it lie?

    Corrected for the classifier's errors where they are known. NaN, 0 and 1 where there is no post.
    """
    return negative_share(read.negative, read.lean, read.posts, read.rates)


def reach_parts(read: Readings, log: Logs, profile: Profile) -> list[np.ndarray]:
    """How far does each part of reach stand on its scale, [0, 1]? Followers, media, platforms, regions.

    Parts that the export lacks are left out, and NaN in hours in which it did not tell them yet.
    """
    scales = profile.scales
    parts = [steps(read.media, scales.media_from, scales.media_full)]
    parts.append(ramp(read.platforms, scales.platforms_from, scales.platforms_full))
    if log.followers is not None:
        parts.append(log_steps(log.followers, scales.followers_from, scales.followers_full))
    if read.regions is not None:
        parts.append(ramp(read.regions, scales.regions_from, scales.regions_full))
    return parts


def mean_of_told(parts: list[np.ndarray]) -> np.ndarray:
    """What is the mean of what is told at each hour? NaN counts as not told; the first is always told."""
    total, count = np.zeros_like(parts[0]), np.zeros_like(parts[0])
    for part in parts:
        told = ~np.isnan(part)
        total += np.where(told, part, 0)
        count += told
    return total / count


def gravest(log: Logs, profile: Profile) -> np.ndarray:
    """How grave is the gravest topic at each hour? [0, 100]"""
    found = np.zeros_like(log.cooled["posts"])
    for topic, (said, log_posts) in zip(TOPICS, log.topics, strict=True):
        if len(said):
            found[said] = np.maximum(found[said], gravity(log_posts, topic, profile))
    return found


def topic_gravity(topics: np.ndarray, profile: Profile) -> np.ndarray:
    """How grave is each topic now? topics: (11) risk posts in 24 h."""
    return np.array([gravity(said, topic, profile) for topic, said in zip(TOPICS, logged(topics), strict=True)])


def gravity(log_posts: np.ndarray, topic: Topic, profile: Profile) -> np.ndarray:
    """How grave is a topic? Its nature [0, 100] times how many speak of it on a log scale."""
    scale = log_steps(log_posts, profile.scales.gravity_from, profile.scales.gravity_full)
    return np.asarray(getattr(profile.gravity, topic) * scale)


def ramp(value: np.ndarray, begins: float, full: float) -> np.ndarray:
    """How far is a value between two ends? [0, 1], linear; 0 at or below `begins`, 1 at or above `full`."""
    return np.clip((value - begins) / (full - begins), 0, 1)


def steps(value: np.ndarray, begins: float, full: float) -> np.ndarray:
    """How far is a count between two ends on a log scale? [0, 1]; ten times as much is the same step anywhere."""
    return log_steps(logged(value), begins, full)


def logged(value: np.ndarray) -> np.ndarray:
    """What is the logarithm of a count? That of nothing is far below any scale's beginning."""
    return np.log(np.maximum(value, NOTHING))


def log_steps(log_value: np.ndarray, begins: float, full: float) -> np.ndarray:
    """How far is a count between two ends on a log scale, where its logarithm is known? See `steps`."""
    return ramp(log_value, float(np.log(begins)), float(np.log(full)))


def shares(value: dict[str, np.ndarray], profile: Profile) -> np.ndarray:
    """Which share [0, 1] of its points does each indicator give? (hours × 5), NaN where it cannot be read."""
    scales = profile.scales
    return np.array(
        [
            ramp(value["heat"], scales.heat_from, scales.heat_full),
            value["reach"] / 100,
            value["gravity"] / 100,
            ramp(value["negativity"], scales.negativity_from, scales.negativity_full),
            steps(value["growth"], scales.growth_from, scales.growth_full),
        ]
    ).T


def points(value: dict[str, np.ndarray], profile: Profile) -> np.ndarray:
    """How many points does each indicator give? (hours × 5), each at most its weight; rows sum to [0, 100].

    An indicator that cannot be read (growth without history) gives NaN, and the others' weights are
    scaled up to 100.
    """
    return given(shares(value, profile), profile.weights).T


def given(share: np.ndarray, weights: Weights) -> np.ndarray:
    """How many points does each indicator give for these shares (hours × 5)? (5 × hours)"""
    weight, lacks = np.array([getattr(weights, name) for name in INDICATORS]), np.isnan(share.T)
    total = np.full(len(share), weight.sum())
    for at in np.flatnonzero(lacks.any(axis=1)):
        total -= weight[at] * lacks[at]
    return share.T * (100 * weight)[:, None] / np.where(total > 0, total, 1)


def score_of(share: np.ndarray, weights: Weights) -> np.ndarray:
    """What do the indicators' points sum to at each hour? [0, 100]; what cannot be read adds nothing."""
    each = given(share, weights)
    each[np.isnan(each)] = 0
    return np.asarray(each.sum(axis=0))
