"""Did something start, when, and how strong is it?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import gammaln

from analysis.signals.normal import usual_hours

DAYS = 7  # days of history that say what growth is measured against
WINDOW = 3  # hours that are judged together
SMALLEST = 8  # posts within the window under which no burst begins
FLOOR = 0.5  # posts an hour: what counts as usual where nearly nothing is
TIMES, MORE = 3.0, 2.0  # a burst holds on average 3 times the usual and 2 posts more
BURST_SHAPE = 2.0  # of the negative binomial of a burst: wide, for bursts are of all sizes
USUAL_SHAPE = 20.0  # of usual hours: beside chance they vary by 1/√20 = 22%
BEGINS, GOES_ON = 0.01, 0.97  # chance that a burst begins in an hour, that it goes on into the next
QUIET_ODDS = 1 / 60  # odds of a burst under which the story has not begun
QUIET_HOURS = 12  # hours in a row in which a burst is unlikely, after which it has ended; a night is no end
SHORT_HISTORY, SURE = 3, 100.0  # days under which a burst must be so many times likelier than not
LARGEST_RATIO = 1e6  # one hour, however loud, does not outweigh all others


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
    past, begins = np.full((DAYS, len(window_sums)), np.inf), 24 + hours - 1
    for day in range(1, DAYS + 1):
        past[day - 1, 24 * day + hours - 1 :] = window_sums[hours - 1 : -24 * day]
    past.sort(axis=0)
    known, hour = (past < np.inf).sum(axis=0), np.arange(len(window_sums))
    middle = (past[np.maximum(known - 1, 0) // 2, hour] + past[np.minimum(known // 2, DAYS - 1), hour]) / 2
    return np.where(hour >= begins, middle, np.nan)


def surprise(per_hour: np.ndarray) -> np.ndarray:
    """How far above the usual are the last 3 hours, in standard deviations of a count (Anscombe)?

    0 = as usual or below. Counts are handled as counts: 2·(√(x+3/8) - √(usual+3/8)).
    The first day has no usual; there it is 0.
    """
    seen = rolling(per_hour, WINDOW)
    usual = expected(seen, WINDOW)
    score = 2 * (np.sqrt(seen + 0.375) - np.sqrt(np.nan_to_num(usual) + 0.375))
    return np.where(np.isnan(usual) | (seen < SMALLEST), np.minimum(score, 0), score).clip(0)


def bursting(per_hour: np.ndarray, index: pd.DatetimeIndex | None = None) -> np.ndarray:
    """In which hours does a burst run? Sees no later hour.

    A burst begins when it is likelier than not and the last 3 hours hold 8 posts; it ends after 12 hours in a row
    in which it is not. index: the dense hours; None counts them from the midnight of a Monday.
    """
    hours = pd.date_range("2024-01-01", periods=len(per_hour), freq="h") if index is None else index
    usual, days = usual_hours(per_hour, hours)
    return running(per_hour, burst_odds(per_hour, usual, days), days)


def running(per_hour: np.ndarray, odds: np.ndarray, days: np.ndarray) -> np.ndarray:
    """In which hours does a burst run, given its odds and the days of history?"""
    position = np.arange(1, len(odds) + 1)
    needed = np.where(days < SHORT_HISTORY, SURE, 1.0)
    begins = (odds >= needed) & (rolling(per_hour, WINDOW) >= SMALLEST)
    ended = position - latest(odds >= 1, position) >= QUIET_HOURS
    return latest(begins, position) > latest(ended, position)


def latest(flags: np.ndarray, position: np.ndarray) -> np.ndarray:
    """At which position was a flag true last, up to each hour? 0 before the first."""
    return np.maximum.accumulate(np.where(flags, position, 0))


def burst_odds(per_hour: np.ndarray, usual: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How likely is it, from the past alone, that a burst runs: odds, 1 = as likely as not, 0 without history?

    A two-state automaton (Kleinberg 2003) run forwards: from hour to hour the state may change, and each count
    shifts the odds by how much better it fits a burst than a usual hour.
    """
    out, odds = [], 0.0
    for ratio in likelihood_ratio(per_hour, usual, days).tolist():
        before = (BEGINS + GOES_ON * odds) / (1 - BEGINS + (1 - GOES_ON) * odds)
        odds = before * ratio
        out.append(odds)
    return np.array(out)


def likelihood_ratio(per_hour: np.ndarray, usual: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How many times likelier is each count in a burst than in a usual hour? 0 where the usual is not known.

    Counts are negative binomial. In usual hours they vary by chance, by 22% beyond it, and by how well the usual
    is known: `days` of history of about `usual` posts. A count under the usual never speaks more for a burst than
    the usual itself does (bursts are so wide that a silent hour would).
    """
    mean = np.maximum(np.nan_to_num(usual), FLOOR)
    shape = 1 / (1 / USUAL_SHAPE + 1 / (np.maximum(days, 1) * mean))
    wide = np.full(len(mean), BURST_SHAPE)
    ratio = [
        log_chance(count, TIMES * mean + MORE, wide) - log_chance(count, mean, shape)
        for count in (per_hour, np.maximum(per_hour, mean))
    ]
    most = np.log(LARGEST_RATIO)
    return np.where(np.isnan(usual), 0.0, np.exp(np.clip(np.minimum(*ratio), -most, most)))


def log_chance(count: np.ndarray, mean: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """How likely is a count (logarithm, without the term that depends on the count alone)? Negative binomial."""
    return np.asarray(
        gammaln(count + shape)
        - gammaln(shape)
        + shape * np.log(shape / (shape + mean))
        + count * np.log(mean / (shape + mean))
    )


def began(odds: np.ndarray) -> np.ndarray:
    """Since which position have the odds of a burst been above quiet (1/60), seen from each hour?"""
    position = np.arange(len(odds))
    return np.minimum(latest(odds <= QUIET_ODDS, position + 1), position)


def bursts(per_hour: np.ndarray, index: pd.DatetimeIndex, of: str) -> pd.DataFrame:
    """Which bursts did a series have? One row each, in order of time.

    per_hour: posts in each hour of the dense index; `of` names the series ("posts", "negative"). Returns of, onset
    (the first hour since which a burst has been in the air, told when it is called), peak, end (the last hour in
    which it was likelier than not), strength (posts above the usual in the peak hour), running (whether it is not
    over in the last hour of the index: then that is its end).
    """
    usual, days = usual_hours(per_hour, index)
    odds, above = burst_odds(per_hour, usual, days), per_hour - np.nan_to_num(usual)
    start, likely = began(odds), np.flatnonzero(odds >= 1)
    edges = np.diff(np.concatenate([[0], running(per_hour, odds, days).astype(int), [0]]))
    rows, free = [], 0
    for called, over in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
        onset, still = max(int(start[called]), free), bool(over == len(index))
        free = len(index) if still else int(likely[np.searchsorted(likely, over) - 1]) + 1
        peak = onset + int(np.argmax(above[onset:free]))
        rows.append((of, index[onset], index[peak], index[free - 1], float(above[peak]), still))
    found = pd.DataFrame(rows, columns=["of", "onset", "peak", "end", "strength", "running"])
    types = {
        "of": "str",
        **dict.fromkeys(["onset", "peak", "end"], index.dtype),
        "strength": "float64",
        "running": "bool",
    }
    return found.astype(types)
