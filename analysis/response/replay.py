"""Which level would a profile have given at every hour? In milliseconds, for as many profiles as one likes to try.

What is read of each part (an event, or the rest) does not depend on the profile but for its half-life and the pace of
the platforms. It is worked out once (`track`), for all parts one after the other; from there on a profile costs a few
passes over their hours, however many posts there were. The formulas are those of `indicators` and `level`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates, negative_share
from analysis.response import indicators
from analysis.response.groups import Hysteresis, Thresholds, Weights
from analysis.response.indicators import (
    Logs,
    Readings,
    Spoken,
    logs,
    media_posts,
    read_values,
    readings,
    score_of,
    spoken,
    voices,
    weighted,
)
from analysis.response.level import RANKS, in_force, red_line_floor
from analysis.response.profile import Profile
from analysis.signals.situation import Situation

PLAIN = Profile()  # of what is read here, no setting matters that a track may not depend on


@dataclass(frozen=True)
class Track:
    """What is every part's level read from, all parts' hours one after the other?

    index: every hour from the first post to as_of. place: of each row, its hour's position in it; begins: the row at
    which each part begins. read, log: see `Readings` and `Logs`, arrays along the rows; of read, what rests on a
    profile (rates, media, platforms, regions) is left open. media: (5 × rows), posts by tier. platforms, regions: who
    speaks, row by row; named: whether a region was told by then. tones: the different (negative, lean, posts) that
    there are, (3 × n), and tone: which of them each row has. everything: what is read of all posts together, along
    index.
    """

    index: pd.DatetimeIndex
    place: np.ndarray
    begins: np.ndarray
    read: Readings
    log: Logs
    media: np.ndarray
    platforms: Spoken
    regions: Spoken
    named: np.ndarray
    tones: np.ndarray
    tone: np.ndarray
    everything: Readings


@dataclass(frozen=True)
class Shares:
    """Which share of its points does each indicator give, whatever the weights and thresholds?

    index, place, begins: as in Track. share: (rows × 5) [0, 1], NaN = cannot be read. floor: (rows) the level that red
    lines demand; floor_all: (len(index)) the one that those of all posts together demand.
    """

    index: pd.DatetimeIndex
    place: np.ndarray
    begins: np.ndarray
    share: np.ndarray
    floor: np.ndarray
    floor_all: np.ndarray


@dataclass(frozen=True)
class Stretch:
    """The hours of one part that have a level. first: position in all hours; skip: how many of its own come before."""

    now: Situation
    read: Readings
    first: int
    skip: int


def track(found: Mapping[str, Situation], known: Mapping[str, pd.Timestamp], everything: Situation) -> Track:
    """What is the level of these parts read from, at every hour?

    found: the situation of each part, by id; of an event it ends a week after its last post. known: from which hour on
    each event was known: before it it has no level; a part without one was always there. everything: of all posts.
    """
    index = pd.DatetimeIndex(everything.hourly.index)
    parts = [part for name, now in found.items() if (part := stretch(now, known.get(name), index)) is not None]
    lengths = np.array([len(part.read.posts) - part.skip for part in parts], dtype=int)
    begins = np.cumsum(lengths) - lengths
    read = joined(parts)
    tones, tone = np.unique(np.array([read.negative, read.lean, read.posts]), axis=1, return_inverse=True)
    return Track(
        index=index,
        place=np.concatenate([part.first + np.arange(n) for part, n in zip(parts, lengths, strict=True)]),
        begins=begins,
        read=read,
        log=logs(read),
        media=np.concatenate([media_posts(part.now.hourly)[:, part.skip :] for part in parts], axis=1),
        platforms=all_spoken(parts, begins, [part.now.by_platform for part in parts]),
        regions=all_spoken(parts, begins, [part.now.by_region for part in parts]),
        named=~np.isnan(np.concatenate([told(part.read.regions, part) for part in parts])),
        tones=tones,
        tone=tone.reshape(-1),
        everything=readings(everything, PLAIN, None),
    )


def stretch(now: Situation, known: pd.Timestamp | None, index: pd.DatetimeIndex) -> Stretch | None:
    """From which hour on has a part a level? None if it never has one within these hours."""
    hours = pd.DatetimeIndex(now.hourly.index)
    first = max(hours[0], index[0], hours[0] if known is None else known)
    skip = int(hours.searchsorted(first))
    return Stretch(now, readings(now, PLAIN, None), int(index.searchsorted(first)), skip) if skip < len(hours) else None


def told(values: np.ndarray | None, part: Stretch) -> np.ndarray:
    """What is read in the hours of a part that have a level? NaN where its export lacks it."""
    return np.full(len(part.read.posts) - part.skip, np.nan) if values is None else values[part.skip :]


def joined(parts: Sequence[Stretch]) -> Readings:
    """What is read of all parts, one after the other? Without what rests on a profile."""

    def all_of(name: str) -> np.ndarray:
        return np.concatenate([told(getattr(part.read, name), part) for part in parts])

    names = dict.fromkeys(name for part in parts for name in part.read.cooled)
    followers, nothing = all_of("followers"), np.zeros(0)
    return Readings(
        cooled={name: np.concatenate([told(part.read.cooled.get(name), part) for part in parts]) for name in names},
        topics=all_of("topics"),
        negative=all_of("negative"),
        lean=all_of("lean"),
        posts=all_of("posts"),
        rates=None,
        followers=None if np.isnan(followers).all() else followers,
        media=nothing,
        platforms=nothing,
        regions=None,
        recent=all_of("recent"),
        usual=all_of("usual"),
        lines={
            name: np.concatenate([told(part.read.lines[name], part) for part in parts]) for name in parts[0].read.lines
        },
    )


def all_spoken(parts: Sequence[Stretch], begins: np.ndarray, tables: Sequence[pd.DataFrame]) -> Spoken:
    """Who speaks at which row of all parts? tables: risk posts of each part, an hour a row. Fewest first."""
    rows, posts = [np.zeros(0, dtype=int)], [np.zeros(0)]
    for part, begin, table in zip(parts, begins, tables, strict=True):
        said = spoken(table)
        kept = said.hour >= part.skip
        rows.append(said.hour[kept] - part.skip + begin)
        posts.append(said.posts[kept])
    everyone = np.concatenate(posts)
    order = np.argsort(everyone, kind="stable")
    return Spoken(np.concatenate(rows)[order], everyone[order])


def shares(track: Track, profile: Profile, rates: ErrorRates | None) -> Shares:
    """Which share of its points does each indicator give at every hour of every part?

    profile: with the half-life and pace of the track. rates: how the classifier errs, None = not known.
    """
    rows, least = len(track.place), profile.scales.voices
    read = replace(
        track.read,
        rates=rates,
        media=weighted(track.media, profile.media),
        platforms=voices(track.platforms, least, rows),
        regions=np.where(track.named, voices(track.regions, least, rows), np.nan) if track.named.any() else None,
    )
    negative, lean, posts = track.tones
    negativity = negative_share(negative, lean, posts, rates)[1][track.tone]
    value = read_values(read, track.log, negativity, profile)
    return Shares(
        index=track.index,
        place=track.place,
        begins=track.begins,
        share=indicators.shares(value, profile),
        floor=red_line_floor(read, profile),
        floor_all=red_line_floor(track.everything, profile),
    )


def scores(found: Shares, weights: Weights) -> np.ndarray:
    """What is the score of every row? [0, 100]"""
    return score_of(found.share, weights)


def held(found: Shares, score: np.ndarray, threshold: float, rank: int, hysteresis: Hysteresis) -> np.ndarray:
    """Is a level of at least this rank in force at each hour (of index), where it begins at this threshold? Bools."""
    hours = in_force(np.zeros(len(found.index)), found.floor_all, threshold, rank, hysteresis)
    hours[found.place[in_force(score, found.floor, threshold, rank, hysteresis, found.begins)]] = True
    return hours


def levels(found: Shares, score: np.ndarray, thresholds: Thresholds, hysteresis: Hysteresis) -> np.ndarray:
    """Which level is in force at each hour (of index)? 0..3, that of the gravest part, or of red lines of all posts."""
    level = np.zeros(len(found.index), dtype=int)
    for rank, name in enumerate(RANKS, start=1):
        level[held(found, score, getattr(thresholds, name), rank, hysteresis)] = rank
    return level


def replayed(track: Track, profile: Profile, rates: ErrorRates | None = None) -> pd.DataFrame:
    """Which level would a profile have given at every hour, each as seen from that hour?

    profile: with the half-life and pace of the track. rates: how the classifier errs. Index hour; score [0, 100] of the
    gravest part of the hour, level 0..3. The same as the timeline of `parts.overall`.
    """
    found = shares(track, profile, rates)
    score, place = scores(found, profile.weights), found.place
    own, gravest = np.zeros(len(place), dtype=int), np.zeros(len(found.index), dtype=int)
    level = np.zeros(len(found.index), dtype=int)
    for rank, name in enumerate(RANKS, start=1):
        threshold = getattr(profile.thresholds, name)
        rows = in_force(score, found.floor, threshold, rank, profile.hysteresis, found.begins)
        own[rows], gravest[place[rows]], level[place[rows]] = rank, rank, rank
        level[in_force(np.zeros(len(level)), found.floor_all, threshold, rank, profile.hysteresis)] = rank
    grave, best = own == gravest[place], np.zeros(len(level))
    np.maximum.at(best, place[grave], score[grave])
    return pd.DataFrame({"score": best, "level": level}, index=found.index)
