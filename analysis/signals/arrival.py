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

    A total that was read off at age A is spread over the ages up to A, never beyond and never more
    than was counted; a total read off in the hour of publication falls into that hour whole.
    """
    out = np.zeros(len(index) + LONGEST)
    totals = cells.groupby(["hour", "collected"], as_index=False)[column].sum()
    ages = ((totals["collected"] - totals["hour"]) / pd.Timedelta(hours=1)).clip(0, LONGEST - 1).astype(int)
    for age, rows in totals.groupby(ages):
        spread = np.diff(arrived_share(np.arange(int(str(age)) + 2)))
        spread = spread / spread.sum()
        published = dense(rows, index, column)
        out[: len(index) + len(spread) - 1] += np.convolve(published, spread)
    return out[: len(index)]


def seen_share(published: pd.Series, collected: pd.Series, as_of: pd.Timestamp) -> np.ndarray:
    """Which share [0, 1] of each post's counted interactions had come by `as_of`? Same curve, post by post."""
    hour = pd.Timedelta(hours=1)
    age = ((as_of.floor("h") - published.dt.floor("h")) / hour + 1).clip(lower=0).to_numpy(dtype=float)
    counted = ((collected.dt.floor("h") - published.dt.floor("h")) / hour + 1).clip(lower=1).to_numpy(dtype=float)
    return np.minimum(arrived_share(age) / arrived_share(counted), 1.0)
