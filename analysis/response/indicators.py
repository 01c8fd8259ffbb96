"""What do the five indicators read, and how many points does each give?

The same formulas serve a whole timeline (arrays along the hours) and a single what-if hour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates, negative_share
from analysis.response.groups import INDICATORS
from analysis.response.profile import Profile
from analysis.schema import Claim, MediaTier, Topic
from analysis.signals.burst import expected, rolling
from analysis.signals.heat import heat
from analysis.signals.situation import Situation

WINDOW, RECENT = 24, 6  # hours: what counts as "now", and what growth compares
TOPICS = tuple(Topic)


@dataclass(frozen=True)
class Readings:
    """The raw quantities behind the indicators, arrays along the hours.

    cooled: sums after cooling, by part of heat. topics: (hours × 11) risk posts in 24 h; negative, lean, posts:
    in 24 h, and rates: how the classifier errs on them, None = not known (see prevalence.negative_share);
    followers, media: of risk posts in 24 h, media weighted by tier; platforms, regions: how many have enough
    risk posts in 24 h; recent: risk posts in 6 h; usual: the same 6 hours on the days before, NaN without a day
    of history. lines: posts by red line in 24 h.
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


def readings(situation: Situation, profile: Profile, rates: ErrorRates | None) -> Readings:
    """What is read off the situation at every hour up to as_of? What an export lacks is None."""
    hourly = situation.hourly

    def day(column: str) -> np.ndarray:
        return rolling(hourly[column].to_numpy(dtype=float), WINDOW)

    recent = rolling(hourly["risk"].to_numpy(dtype=float), RECENT)
    return Readings(
        cooled={part: hourly[f"cool_{part}"].to_numpy() for part in ("posts", *situation.available)},
        topics=rolling(situation.by_topic.to_numpy(), WINDOW),
        negative=day("negative"),
        lean=day("lean"),
        posts=day("posts"),
        rates=rates,
        followers=day("followers") if situation.followers_known else None,
        media=np.sum([getattr(profile.media, tier) * day(str(tier)) for tier in MediaTier], axis=0),
        platforms=voices(situation.by_platform, profile),
        regions=voices(situation.by_region, profile) if situation.by_region.shape[1] else None,
        recent=recent,
        usual=expected(recent, RECENT),
        lines={**{str(claim): day(str(claim)) for claim in Claim}, "central_media": day("central")},
    )


def voices(per_hour: pd.DataFrame, profile: Profile) -> np.ndarray:
    """In how many columns are there enough risk posts within 24 hours to count?"""
    enough: np.ndarray = rolling(per_hour.to_numpy(), WINDOW) >= profile.scales.voices
    return np.asarray(enough.sum(axis=1), dtype=float)


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
    scales = profile.scales
    return {
        "heat": heat(read.cooled, situation.available, profile.heat),
        "reach": 100 * np.mean(list(reach_parts(read, profile).values()), axis=0),
        "gravity": topic_gravity(read, profile).max(axis=1),
        "negativity": negative_shares(read)[1],
        "growth": (read.recent + scales.growth_calm) / (read.usual + scales.growth_calm),
    }


def negative_shares(read: Readings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How large is the share of negative posts in 24 h at every hour, and between which shares (90%) does it lie?

    Corrected for the classifier's errors where they are known. NaN, 0 and 1 where there is no post.
    """
    return negative_share(read.negative, read.lean, read.posts, read.rates)


def reach_parts(read: Readings, profile: Profile) -> dict[str, np.ndarray]:
    """How far does each part of reach stand on its scale, [0, 1]? Parts that the export lacks are left out."""
    scales = profile.scales
    parts = {
        "followers": None
        if read.followers is None
        else steps(read.followers, scales.followers_from, scales.followers_full),
        "media": steps(read.media, scales.media_from, scales.media_full),
        "platforms": ramp(read.platforms, scales.platforms_from, scales.platforms_full),
        "regions": None if read.regions is None else ramp(read.regions, scales.regions_from, scales.regions_full),
    }
    return {name: part for name, part in parts.items() if part is not None}


def topic_gravity(read: Readings, profile: Profile) -> np.ndarray:
    """How grave is each topic now? (hours × 11), nature [0, 100] times how many speak of it on a log scale."""
    nature = np.array([getattr(profile.gravity, topic) for topic in TOPICS])
    return nature * steps(read.topics, profile.scales.gravity_from, profile.scales.gravity_full)


def ramp(value: np.ndarray, begins: float, full: float) -> np.ndarray:
    """How far is a value between two ends? [0, 1], linear; 0 at or below `begins`, 1 at or above `full`."""
    return np.clip((value - begins) / (full - begins), 0, 1)


def steps(value: np.ndarray, begins: float, full: float) -> np.ndarray:
    """How far is a count between two ends on a log scale? [0, 1]; ten times as much is the same step anywhere."""
    return np.clip(np.log(np.maximum(value, begins) / begins) / np.log(full / begins), 0, 1)


def points(value: dict[str, np.ndarray], profile: Profile) -> np.ndarray:
    """How many points does each indicator give? (hours × 5), each at most its weight; rows sum to [0, 100].

    An indicator that cannot be read (growth without history) gives NaN, and the others' weights are
    scaled up to 100.
    """
    scales = profile.scales
    shares = np.column_stack(
        [
            ramp(value["heat"], scales.heat_from, scales.heat_full),
            value["reach"] / 100,
            value["gravity"] / 100,
            ramp(value["negativity"], scales.negativity_from, scales.negativity_full),
            steps(value["growth"], scales.growth_from, scales.growth_full),
        ]
    )
    weights = np.where(np.isnan(shares), 0, [getattr(profile.weights, name) for name in INDICATORS])
    total = weights.sum(axis=1, keepdims=True)
    return 100 * shares * weights / np.where(total > 0, total, 1)
