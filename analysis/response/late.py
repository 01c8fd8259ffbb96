"""What is still to come in of the last hours, and how much of what is counted is an estimate?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.schema import INTERACTIONS
from analysis.signals.cube import amounts, until

HOURS = 24  # before as_of: what counts as now
RECENT = 48  # hours whose interactions make most of the heat
FEWEST = 100  # posts that tell how late posts come
COLLECTIONS = 3  # times at which posts were collected, under which nothing is told
LEAST = 0.2  # share of an hour's posts that is seen: below it, what is missing is anybody's guess


@dataclass(frozen=True)
class Late:
    """How complete are the data as of a time?

    missing: for each of the last 24 hours (0 = the hour of as_of) how many posts are still to be collected for each
    one that was, as earlier collections tell; () = they do not tell. estimated: share [0, 1] of the interactions with
    posts of the last 48 hours whose counters were read off after as_of, so that how many had come is estimated.
    """

    missing: tuple[float, ...] = ()
    estimated: float = 0.0


UNTOLD = Late()


def late(cube: pd.DataFrame, as_of: pd.Timestamp) -> Late:
    """How complete are these counted posts as of a time? Reads only cells up to its hour.

    At each time of collection but the last, some posts of the hours before were not there yet and came in later: their
    share, by age, is taken to be missing now. Needs three times of collection and 100 posts.
    """
    cells = until(cube, as_of)
    hour, collected = (pd.DatetimeIndex(cells[name]).as_unit("s").asi8 // 3600 for name in ("hour", "collected"))
    now = int(as_of.timestamp() // 3600)
    counted = np.sum([amounts(cells, name) for name in INTERACTIONS if name != "reads"], axis=0)
    recent = counted * (hour > now - RECENT)
    after = float(recent[collected > now].sum() / recent.sum()) if recent.sum() > 0 else 0.0
    return Late(missing_posts(hour, collected, amounts(cells, "posts"), now), after)


def missing_posts(hour: np.ndarray, collected: np.ndarray, posts: np.ndarray, now: int) -> tuple[float, ...]:
    """How many posts of each of the 24 hours up to `now` are missing for each one there? () = not told.

    hour, collected: of each cell, in whole hours of one clock; posts: how many it holds.
    """
    times = np.unique(collected[posts > 0])
    if len(times) < COLLECTIONS:
        return ()
    counts = np.zeros((HOURS, 2))
    for age in range(HOURS):
        judged = posts * np.isin(hour + age, times[:-1])
        counts[age] = judged.sum(), judged[collected - hour <= age].sum()
    if counts[:, 0].sum() < FEWEST:
        return ()
    share = np.where(counts[:, 0] > 0, counts[:, 1] / np.maximum(counts[:, 0], 1), 1.0)
    seen = np.append(np.clip(np.maximum.accumulate(share), LEAST, 1), 1.0)
    age = np.clip(times[-1] - now + np.arange(HOURS), 0, HOURS)
    return tuple(float(more) for more in 1 / seen[age] - 1)
