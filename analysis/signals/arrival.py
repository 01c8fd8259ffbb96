"""When did the interactions come that an export counts?

An export carries each post's totals at the time of collection. Looking back, they must not be seen
whole at the hour of publication: they are spread by how real posts collect theirs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.signals.cube import dense

# Share of a post's reposts and comments that have come by its age: medians over the real weibo posts
# with 20 events or more of the CED data set (1.2 million events, 2010-2014), taken to be whole after
# a week; half after 3.7 h, 90% after about a day.
AGES = np.array([0, 1, 2, 4, 8, 12, 24, 48, 96, 168], dtype=float)
SHARES = np.array([0, 0.28, 0.40, 0.52, 0.64, 0.77, 0.90, 0.955, 0.985, 1.0])
LONGEST = int(AGES[-1])


def arrived_share(age_hours: np.ndarray) -> np.ndarray:
    """Which share [0, 1] of a post's interactions has come by an age in hours? 0 at 0, 1 after a week."""
    return np.interp(age_hours, AGES, SHARES)


def arrivals(cells: pd.DataFrame, index: pd.DatetimeIndex, column: str) -> np.ndarray:
    """How many reposts (or comments, likes, reads) came in each hour? Estimated; a float array along `index`.

    A total that was read off at age A is spread over the ages up to A, never beyond and never more than was
    counted; a total read off in the hour of publication falls into that hour whole. What a later reading adds is
    spread over the ages since the reading before.
    """
    out = np.zeros(len(index))
    totals = cells.groupby(["hour", "since", "collected"], as_index=False)[column].sum()
    hour = pd.Timedelta(hours=1)
    first = ((totals["since"] - totals["hour"]) / hour).clip(lower=0).astype(int)
    last = ((totals["collected"] - totals["hour"]) / hour).clip(lower=0).astype(int)
    last = last.where(first > 0, last.clip(upper=LONGEST - 1))
    for (begin, end), rows in totals.groupby([first, last]):
        if begin < len(index):
            came = np.convolve(dense(rows, index, column), spread(int(begin), int(end)))[: len(index) - begin]
            out[begin:] += came
    return out


def spread(begin: int, end: int) -> np.ndarray:
    """Which share of what came from age `begin` to age `end` (hours, both included) came in each of these hours?

    By the curve; evenly where the curve has ended. Sums to 1.
    """
    shares = np.diff(arrived_share(np.arange(begin, end + 2)))
    return shares / shares.sum() if shares.sum() > 0 else np.full(len(shares), 1 / len(shares))


def seen_share(published: pd.Series, collected: pd.Series, as_of: pd.Timestamp) -> np.ndarray:
    """Which share [0, 1] of each post's counted interactions had come by `as_of`? Same curve, post by post."""
    hour = pd.Timedelta(hours=1)
    age = ((as_of.floor("h") - published.dt.floor("h")) / hour + 1).clip(lower=0).to_numpy(dtype=float)
    counted = ((collected.dt.floor("h") - published.dt.floor("h")) / hour + 1).clip(lower=1).to_numpy(dtype=float)
    return np.minimum(arrived_share(age) / arrived_share(counted), 1.0)
