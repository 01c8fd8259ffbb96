"""What is the situation at a time: every hourly series that the level, the charts and the plan read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.schema import INTERACTIONS, TIMEZONE, Claim, InputError, MediaTier, Sentiment, Topic
from analysis.signals.arrival import EVEN, Pace, came
from analysis.signals.burst import bursting, bursts
from analysis.signals.cube import amounts, available, collapsed, dense, hours, places, risky, runs, until
from analysis.signals.heat import HeatSettings, cooled, heat
from analysis.signals.normal import Normal, normal
from analysis.signals.stage import stages

BURSTING = ("posts", "negative")  # the series whose bursts are told apart


@dataclass(frozen=True)
class Situation:
    """Everything known at `as_of`, hour by hour from the first post on.

    hourly: indexed by hour; posts, negative, positive, lean (as in the cube), usual (posts, NaN = too little
    history), risk (posts that carry risk), for risk posts the arrived interactions (reposts …, only those
    available), followers, a column a claim and a media tier, cooled sums `cool_posts`, `cool_reposts` …, heat
    [0, 100], burst (of risk posts), stage. by_topic, by_platform, by_region: risk posts an hour, a column a value.
    available: interaction columns of the export; followers_known: whether it tells followers; since: the hour from
    which on each of them was told, for what came later must not be known before. normal: what is usual.
    bursts: of all posts and of negative ones (`of`), see `signals.burst.bursts`.
    """

    as_of: pd.Timestamp
    hourly: pd.DataFrame
    by_topic: pd.DataFrame
    by_platform: pd.DataFrame
    by_region: pd.DataFrame
    available: tuple[str, ...]
    followers_known: bool
    since: dict[str, pd.Timestamp]
    normal: Normal
    bursts: pd.DataFrame


def situation(
    cube: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: HeatSettings,
    pace: Pace = EVEN,
    first: pd.Timestamp | None = None,
) -> Situation:
    """What is the situation as of a time? Uses only cells up to its hour. pace: how fast interactions come.

    first: from which hour on nothing said counts as silence; None = from the first cell's hour.

    Raises InputError if there is no post up to as_of.
    """
    cells = until(cube, as_of)
    if cells.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    begin = cells["hour"].iloc[0] if first is None else min(first, cells["hour"].iloc[0])
    index = hours(begin, as_of.tz_convert(TIMEZONE))
    risk = risky(cells).to_numpy()
    known, place, carried = available(cells), places(cells, index), amounts(cells, "posts", risk)
    hourly, since = cool(counts(cells, risk, known, index, pace), known, settings), told_since(cells)
    per_hour = hourly["risk"].to_numpy()
    usual = normal(hourly["posts"].to_numpy(), index)
    burst = bursting(per_hour, index)
    stage = pd.array(list(map(str, stages(per_hour, burst))), dtype="str")
    return Situation(
        as_of=as_of,
        hourly=hourly.assign(
            heat=heat(told_sums(hourly, known, since), known, settings), burst=burst, stage=stage, usual=usual.expected
        ),
        by_topic=pivot(cells["topic"], carried, place, index).reindex(columns=list(map(str, Topic)), fill_value=0.0),
        by_platform=pivot(cells["platform"], carried, place, index),
        by_region=pivot(cells["region"], carried, place, index).drop(columns="", errors="ignore"),
        available=known,
        followers_known="followers" in since,
        since=since,
        normal=usual,
        bursts=pd.concat([bursts(hourly[name].to_numpy(), index, name) for name in BURSTING], ignore_index=True),
    )


def counts(
    cells: pd.DataFrame, risk: np.ndarray, known: tuple[str, ...], index: pd.DatetimeIndex, pace: Pace
) -> pd.DataFrame:
    """How many posts, interactions, followers, claims and media posts does each hour hold?"""
    first, told = runs(cells), ("posts", "followers", *map(str, Claim), *map(str, MediaTier))
    carried = collapsed(cells, told, risk, first)
    everyone = collapsed(cells, ("posts", "lean"), None, first)
    columns = {name: dense(everyone, index, name) for name in ("posts", "lean")}
    for tone in (Sentiment.NEGATIVE, Sentiment.POSITIVE):
        toned = collapsed(cells, ("posts",), (cells["sentiment"] == tone).to_numpy(), first)
        columns[str(tone)] = dense(toned, index)
    columns["risk"] = dense(carried, index)
    columns |= came(cells, risk, known, index, pace, first)
    return pd.DataFrame(columns | {name: dense(carried, index, name) for name in told[1:]}, index=index)


def told_since(cells: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """From which hour on does the export tell interactions (each of them) and followers? What it never tells lacks."""
    told = {name: cells[name].notna().to_numpy() for name in (*INTERACTIONS, "followers")}
    return {name: cells["hour"].iloc[int(np.argmax(there))] for name, there in told.items() if there.any()}


def told_sums(hourly: pd.DataFrame, known: tuple[str, ...], since: Mapping[str, pd.Timestamp]) -> dict[str, np.ndarray]:
    """What is left of posts and interactions (known) in each hour? NaN in the hours before a column was told.

    hourly: with cool_posts and cool_<interaction>, indexed by hour.
    """
    sums = {"posts": hourly["cool_posts"].to_numpy()}
    for name in known:
        place = int(np.searchsorted(hourly.index, since[name]))
        sums[name] = hourly[f"cool_{name}"].to_numpy().copy()
        sums[name][:place] = np.nan
    return sums


def cool(hourly: pd.DataFrame, known: tuple[str, ...], settings: HeatSettings) -> pd.DataFrame:
    """What is left of posts and interactions after cooling? Adds cool_posts and cool_<interaction>."""
    parts = hourly[["risk", *known]].to_numpy(dtype=float)
    left = cooled(parts, settings.half_life)
    columns = {name: hourly[name].to_numpy() for name in hourly}
    columns |= {f"cool_{name}": left[:, at] for at, name in enumerate(("posts", *known))}
    return pd.DataFrame(columns, hourly.index)


def pivot(key: pd.Series, posts: np.ndarray, place: np.ndarray, index: pd.DatetimeIndex) -> pd.DataFrame:
    """How many posts has each hour of each value of `key`? Dense: a row an hour, a column a value that has a post.

    key, posts, place: of each cell, its value, its posts that count, and its hour's position in `index`.
    """
    names = key.astype("category").cat
    width = len(names.categories)
    if (first := int(np.searchsorted(place, 0))) > 0:  # before the 20 years that are kept
        names, posts, place = key.iloc[first:].astype("category").cat, posts[first:], place[first:]
    sums = np.bincount(place * width + names.codes.to_numpy(), posts, minlength=len(index) * width)
    table = pd.DataFrame(sums.reshape(len(index), width), index, [str(name) for name in names.categories])
    return table.loc[:, table.any()].sort_index(axis=1)
