"""Did something start, when, and how strong is it?"""

from __future__ import annotations

import numpy as np
import pandas as pd

DAYS = 7  # days of history that say what is usual at this hour
WINDOW = 3  # hours that are judged together
STARTS_AT, ENDS_BELOW, QUIET_HOURS = 4.0, 1.5, 6
SMALLEST = 8  # posts within the window under which nothing is called a burst


def rolling(per_hour: np.ndarray, hours: int) -> np.ndarray:
    """How much came in the `hours` that end with each hour? Along the first axis; earlier than the data is 0."""
    total = np.cumsum(per_hour, axis=0, dtype=float)
    out = total.copy()
    out[hours:] -= total[:-hours]
    return np.maximum(out, 0.0)


def expected(window_sums: np.ndarray, hours: int) -> np.ndarray:
    """What is usual at each hour: the median of the same window of `hours` on up to 7 days before?

    NaN until a whole window lies a day back: the first windows of the data are cut, and would make
    steady talk look like a jump on the second day.
    """
    past, begins = np.full((DAYS, len(window_sums)), np.nan), 24 + hours - 1
    for day in range(1, DAYS + 1):
        past[day - 1, 24 * day + hours - 1 :] = window_sums[hours - 1 : -24 * day]
    usual = np.full(len(window_sums), np.nan)
    if len(window_sums) > begins:
        usual[begins:] = np.nanmedian(past[:, begins:], axis=0)
    return usual


def surprise(per_hour: np.ndarray) -> np.ndarray:
    """How far above the usual are the last 3 hours, in standard deviations of a count (Anscombe)?

    0 = as usual or below, 4 = a burst begins. Counts are handled as counts: 2·(√(x+3/8) - √(usual+3/8)).
    The first day has no usual; there it is 0.
    """
    seen = rolling(per_hour, WINDOW)
    usual = expected(seen, WINDOW)
    score = 2 * (np.sqrt(seen + 0.375) - np.sqrt(np.nan_to_num(usual) + 0.375))
    return np.where(np.isnan(usual) | (seen < SMALLEST), np.minimum(score, 0), score).clip(0)


def bursting(per_hour: np.ndarray) -> np.ndarray:
    """In which hours does a burst run? Begins at surprise 4, ends after 6 hours under 1.5. Sees no later hour."""
    running, quiet = False, 0
    out = np.zeros(len(per_hour), dtype=bool)
    for hour, score in enumerate(surprise(per_hour)):
        quiet = quiet + 1 if score < ENDS_BELOW else 0
        running = score >= STARTS_AT or (running and quiet < QUIET_HOURS)
        out[hour] = running
    return out


def bursts(hourly: pd.DataFrame) -> pd.DataFrame:
    """Which bursts are there? One row each: onset, peak, end (hours), strength (posts above the usual at the peak).

    hourly: indexed by hour, with `risk` (risk posts) and `burst` (bool). An open burst ends at the last hour.
    """
    runs = (hourly["burst"] != hourly["burst"].shift()).cumsum()[hourly["burst"]]
    usual = np.nan_to_num(expected(rolling(hourly["risk"].to_numpy(dtype=float), WINDOW), WINDOW)) / WINDOW
    above = hourly["risk"] - usual
    rows = [
        {"onset": run.index[0], "peak": above[run.index].idxmax(), "end": run.index[-1]}
        | {"strength": float(above[run.index].max())}
        for _, run in hourly["burst"][runs.index].groupby(runs)
    ]
    return pd.DataFrame(rows, columns=["onset", "peak", "end", "strength"])
