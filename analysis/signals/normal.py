"""How many posts an hour are usual here, by hour of day, on weekdays and at weekends?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _

HISTORY = 28  # days: four of each day of the week, and old habits are forgotten within a month
ENOUGH = 7  # days: one whole week, the least that holds weekdays and a weekend
AHEAD = 48  # hours
FEWEST = 2  # days of a kind (weekday, weekend) that can speak for it
FOR_A_SHAPE = 4  # days of a kind under which its hours are read from all days: a few posts an hour have no shape
OUTLIER = 2.5  # standard deviations above the median day at which a day is an incident's
CLIPPED = 3.0  # standard deviations of a count to which a single hour is cut: short bursts
NEVER_EMPTY = 5.0  # posts a day from which a day without any (chance e⁻⁵) is a gap in the data


@dataclass(frozen=True)
class Normal:
    """What is usual, and on how much history does it rest?

    expected: usual posts in each hour of the index, as seen from the days before it; NaN while history is too
    short. ahead: usual posts in each of the 48 hours after the index. days: whole days with data among the 28
    before the last hour.
    """

    expected: np.ndarray
    ahead: np.ndarray
    days: float


def normal(per_hour: np.ndarray, index: pd.DatetimeIndex) -> Normal:
    """How many posts are usual in each hour, judged by the days before it alone?

    per_hour: posts in each hour of the dense index (Asia/Shanghai). Usual = level · shape. Level: the median
    day among the days of the same kind (Monday to Friday, Saturday and Sunday) within 28 days. Shape: the share
    of each hour in such days. Days far above the median day are left out as incidents, and days without posts as
    gaps where posts come daily. NaN under 7 days of history.
    """
    usual, days = usual_hours(per_hour, index, AHEAD)
    usual = np.where(days >= ENOUGH, usual, np.nan)
    return Normal(expected=usual[: len(index)], ahead=usual[len(index) :], days=float(days[-1]))


def usual_hours(per_hour: np.ndarray, index: pd.DatetimeIndex, ahead: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """How many posts are usual in each hour of the index and `ahead` hours after it, and how many days say so?

    As `normal`, but from the first whole day on; NaN before it.
    """
    table, day, first = by_day(per_hour, index)
    last, coming = len(table) - 1, index[-1].hour + np.arange(1, ahead + 1)
    judged = np.concatenate([np.arange(last + 1), last + np.arange(3)])  # the days of the index, and those ahead
    seen = np.minimum(judged, last)  # the day whose past is known then
    alike = weekend(first + seen[:, None] + np.arange(-HISTORY, 0)) == weekend(first + judged)[:, None]
    totals = known_totals(table, cut=index[0].hour > 0)
    usual, days = usual_days(before(table, 0.0)[seen], before(totals, np.nan)[seen], alike)
    row, hour = np.concatenate([day, last + 1 + coming // 24]), np.concatenate([index.hour, coming % 24])
    return usual[row, hour], days[row]


def known_totals(table: np.ndarray, cut: bool) -> np.ndarray:
    """How many posts had each whole day (rows of hours)? NaN for gaps and, if `cut`, for the first day.

    A day without any post is a gap if the days with posts held 5 or more on average up to then.
    """
    totals = table.sum(axis=1)
    on_days_with_posts = totals.cumsum() / np.maximum((totals > 0).cumsum(), 1)
    unknown = (totals == 0) & (on_days_with_posts >= NEVER_EMPTY)
    unknown[0] |= cut
    return np.where(unknown, np.nan, totals)


def weekend(day: np.ndarray) -> np.ndarray:
    """Is this a Saturday or a Sunday? Days are counted from a Monday."""
    return np.asarray(day % 7 >= 5)


def by_day(per_hour: np.ndarray, index: pd.DatetimeIndex) -> tuple[np.ndarray, np.ndarray, int]:
    """How many posts had each hour (column) of each day (row)? Also: the row of each hour, the first weekday.

    Monday is 0.
    """
    midnight = index.tz_localize(None).normalize()
    day = np.asarray((midnight - midnight[0]).days)
    table = np.bincount(day * 24 + index.hour, weights=per_hour, minlength=(day[-1] + 1) * 24).reshape(-1, 24)
    return table, day, int(midnight[0].weekday())


def before(days: np.ndarray, unknown: float) -> np.ndarray:
    """Which values had the 28 days before each day? A row a day, (28, …) each; `unknown` before the data."""
    padded = np.concatenate([np.full((HISTORY, *days.shape[1:]), unknown), days])
    return np.moveaxis(np.lib.stride_tricks.sliding_window_view(padded, HISTORY, axis=0), -1, 1)


def usual_days(hourly: np.ndarray, totals: np.ndarray, alike: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many posts are usual in each hour of a day, and how many days of history say so?

    hourly: (days, 28, 24) posts in the days before each day; totals: (days, 28) their sums, NaN where not known;
    alike: (days, 28) whether they are of its kind. Returns (days, 24), NaN without history, and (days,).
    """
    known = ~np.isnan(totals)
    kept = known & ~incidents(totals, preferred(known & alike, known, FEWEST))
    level = middle(totals, preferred(kept & alike, kept, FEWEST))
    usual = level[:, None] * shape(hourly, preferred(kept & alike, kept, FOR_A_SHAPE))
    return usual, known.sum(axis=1)


def preferred(some: np.ndarray, every: np.ndarray, fewest: int) -> np.ndarray:
    """Which days speak: these, or, where they are fewer than `fewest`, all of them?"""
    return np.where((some.sum(axis=1) >= fewest)[:, None], some, every)


def incidents(totals: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Which days hold far more posts than the median day `among` them: 2.5 standard deviations or more?

    The deviation is the median one (1.4826 · MAD), at least that of a count. Where two days are the middle, the
    lower is the median, so that of two weekend days one may be an incident's.
    """
    centre = middle(totals, among, low=True)
    spread = 1.4826 * middle(np.abs(totals - centre[:, None]), among, low=True)
    return totals > (centre + OUTLIER * np.maximum(spread, np.sqrt(centre + 1)))[:, None]


def middle(values: np.ndarray, among: np.ndarray, low: bool = False) -> np.ndarray:
    """What is the median of each row, of the values `among`? NaN where there is none; low: the lower of two."""
    ordered = np.sort(np.where(among, values, np.inf), axis=1)
    n, row = among.sum(axis=1), np.arange(len(values))
    lower, upper = ordered[row, np.maximum(n - 1, 0) // 2], ordered[row, np.minimum(n // 2, values.shape[1] - 1)]
    return np.where(n > 0, lower if low else (lower + upper) / 2, np.nan)


def shape(hourly: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Which share of a day's posts does each hour hold? (days, 24), each row sums to 1 (or is 0: no posts at all).

    An hour far above the mean of its hour of day is cut to 3 standard deviations of a count above it.
    """
    weight = (among / np.maximum(among.sum(axis=1), 1)[:, None])[:, None, :]
    mean = weight @ hourly
    cut = weight @ np.minimum(hourly, mean + CLIPPED * np.sqrt(mean + 1))
    cut = cut[:, 0, :]
    return np.asarray(cut / np.maximum(cut.sum(axis=1), np.finfo(float).tiny)[:, None])


def history_text(normal: Normal) -> Text:
    """On how much history does the usual rest?"""
    if normal.days < ENOUGH:
        return _("too little history: {days:.0f} days", days=normal.days)
    return _("usual: from {days:.0f} days before", days=normal.days)
