"""When did the interactions come that an export counts?

An export carries each post's totals at the time of collection. Looking back, they must not be seen
whole at the hour of publication: they are spread by how real posts collect theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.schema import PLATFORM_LABELS, Platform
from analysis.signals.clock import whole_hour, whole_hours
from analysis.signals.cube import collapsed, places

# Share of a post's reposts and comments that have come by its age: medians over the real weibo posts
# with 20 events or more of the CED data set (1.2 million events, 2010-2014), taken to be whole after
# a week; half after 3.7 h, 90% after about a day.
AGES = np.array([0, 1, 2, 4, 8, 12, 24, 48, 96, 168], dtype=float)
SHARES = np.array([0, 0.28, 0.40, 0.52, 0.64, 0.77, 0.90, 0.955, 0.985, 1.0])
LONGEST = int(AGES[-1])
MEASURED = _("As measured on 2010 to 2014's weibo: half after 3.7 h.")
ASSUMED = _("Taken to be as on weibo until somebody measures it.")
RANGE = {"low": 0.1, "high": 20.0, "why": ASSUMED}


@dataclass(frozen=True)
class Pace:
    """How fast do interactions come on each platform? 1 = as measured on weibo, half after 3.7 h; 2 = twice as slow."""

    weibo: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.WEIBO], **RANGE, "why": MEASURED})
    wechat: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.WECHAT], **RANGE})
    douyin: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.DOUYIN], **RANGE})
    kuaishou: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.KUAISHOU], **RANGE})
    xiaohongshu: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.XIAOHONGSHU], **RANGE})
    bilibili: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.BILIBILI], **RANGE})
    zhihu: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.ZHIHU], **RANGE})
    tieba: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.TIEBA], **RANGE})
    toutiao: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.TOUTIAO], **RANGE})
    news: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.NEWS], **RANGE})
    forum: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.FORUM], **RANGE})
    letter: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.LETTER], **RANGE})
    other: float = field(default=1.0, metadata={"label": PLATFORM_LABELS[Platform.OTHER], **RANGE})


EVEN = Pace()


def paces(platforms: pd.Series, pace: Pace) -> np.ndarray:
    """How many times as slow as measured do interactions come for each row, by its platform?"""
    names = platforms.astype("category").cat
    return np.array([getattr(pace, name) for name in names.categories])[names.codes]


def arrived_share(age_hours: np.ndarray, pace: np.ndarray | float = 1.0) -> np.ndarray:
    """Which share [0, 1] of a post's interactions has come by an age in hours?

    0 at 0, 1 after a week (times `pace`: 2 = twice as slow as measured).
    """
    return np.interp(age_hours / pace, AGES, SHARES)


def arrivals(
    cells: pd.DataFrame,
    index: pd.DatetimeIndex,
    names: Sequence[str],
    pace: float = 1.0,
    kept: np.ndarray | None = None,
    first_rows: np.ndarray | None = None,
) -> list[np.ndarray]:
    """How many reposts (or comments, likes, reads: `names`) came in each hour? Estimated; float arrays along `index`.

    kept: which cells count, None = all. first_rows: see `cube.collapsed`.

    A total that was read off at age A is spread over the ages up to A, never beyond and never more than was
    counted; a total read off in the hour of publication falls into that hour whole. What a later reading adds is
    spread over the ages since the reading before.
    """
    out = np.zeros((len(names), len(index)))
    totals = collapsed(cells, names, kept, first_rows)
    amount = totals[list(names)].to_numpy().T
    hour = pd.Timedelta(hours=1)
    place = places(totals, index)
    first = ((totals["since"] - totals["hour"]) // hour).clip(lower=0).to_numpy(dtype=int)
    last = ((totals["collected"] - totals["hour"]) // hour).clip(lower=0).to_numpy(dtype=int)
    last = np.where(first > 0, last, np.minimum(last, int(np.ceil(LONGEST * pace)) - 1))
    inside = (place >= 0) & (place + first < len(index))
    for (begin, end), rows in pd.DataFrame({"place": place})[inside].groupby([first[inside], last[inside]])["place"]:
        low, high = rows.min(), rows.max() + 1
        shares = spread(int(begin), int(end), pace)
        room = len(index) - (low + begin)
        for came, counted in zip(out, amount, strict=True):
            per_hour = np.bincount(rows - low, weights=counted[rows.index], minlength=high - low)
            found = np.convolve(per_hour, shares)[:room]
            came[low + begin : low + begin + len(found)] += found
    return list(out)


def came(
    cells: pd.DataFrame,
    kept: np.ndarray,
    names: Sequence[str],
    index: pd.DatetimeIndex,
    pace: Pace = EVEN,
    first_rows: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """How many reposts, comments, likes or reads (`names`) of the kept cells came in each hour? By platforms' pace."""
    if pace == EVEN:
        return dict(zip(names, arrivals(cells, index, names, 1.0, kept, first_rows), strict=True))
    sums = {name: np.zeros(len(index)) for name in names}
    own = paces(cells["platform"], pace)
    for speed in np.unique(own[kept]):
        found = arrivals(cells, index, names, float(speed), kept & (own == speed), first_rows)
        sums = {name: sums[name] + came_then for name, came_then in zip(names, found, strict=True)}
    return sums


def spread(begin: int, end: int, pace: float = 1.0) -> np.ndarray:
    """Which share of what came from age `begin` to age `end` (hours, both included) came in each of these hours?

    By the curve; evenly where the curve has ended. Sums to 1.
    """
    shares = np.diff(arrived_share(np.arange(begin, end + 2), pace))
    return shares / shares.sum() if shares.sum() > 0 else np.full(len(shares), 1 / len(shares))


def seen_share(
    published: pd.Series, collected: pd.Series, as_of: pd.Timestamp, pace: np.ndarray | float = 1.0
) -> np.ndarray:
    """Which share [0, 1] of each post's counted interactions had come by `as_of`? Same curve, post by post."""
    hour, began = pd.Timedelta(hours=1), whole_hours(published)
    age = ((whole_hour(as_of) - began) / hour + 1).clip(lower=0).to_numpy(dtype=float)
    counted = ((whole_hours(collected) - began) / hour + 1).clip(lower=1).to_numpy(dtype=float)
    return np.minimum(arrived_share(age, pace) / arrived_share(counted, pace), 1.0)
