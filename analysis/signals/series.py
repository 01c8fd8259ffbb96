"""Which curve does a chart draw: posts, interactions or heat, by hour or day, split by a key?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.signals.arrival import EVEN, Pace, came
from analysis.signals.cube import amounts, available, collapsed, dense, hours, risky, until
from analysis.signals.heat import HeatSettings, cooled, heat

MEASURES = {"posts": _("Posts"), "interactions": _("Interactions (estimated)"), "heat": _("Heat")}
SPLITS = {
    "all": _("Everything"),
    "topic": _("Topic"),
    "sentiment": _("Sentiment"),
    "platform": _("Platform"),
    "region": _("Region"),
}
MOST = 8  # curves that can be told apart; the rest is drawn together
REST = "…"
LONGEST_BY_HOUR = pd.Timedelta(days=21)


def step_for(span: pd.Timedelta) -> str:
    """Is a span told by the hour ("h") or by the day ("D")? By the hour up to three weeks."""
    return "h" if span <= LONGEST_BY_HOUR else "D"


def series(
    cube: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: HeatSettings,
    measure: str = "posts",
    split: str = "all",
    step: str = "h",
    risk_only: bool = False,
    pace: Pace = EVEN,
) -> pd.DataFrame:
    """How does a measure run over time, a column a value of `split`?

    measure: "posts", "interactions" (reposts, comments and likes in the hour they are estimated to have
    come) or "heat" [0, 100]. split: "all", "topic", "sentiment", "platform", "region"; the eight largest
    values have a column, the rest stands under "…". step: "h", or "D": days hold the sum, for heat the maximum.
    Dense, zero-filled, from the first post to as_of; largest column first.
    """
    cells = until(cube, as_of)
    kept = risky(cells).to_numpy() if risk_only else np.ones(len(cells), dtype=bool)
    index = hours(cube["hour"].iloc[0], as_of)
    known = tuple(name for name in available(cells) if name != "reads" or measure == "heat")
    curves = {
        name: curve(cells, part, index, measure, known, settings, pace)
        for name, part in parts(cells, kept, split).items()
    }
    frame = pd.DataFrame(curves, index=index)
    if step == "D":
        days = frame.groupby(frame.index.floor("D"))
        frame = days.max() if measure == "heat" else days.sum()
    return frame


def parts(cells: pd.DataFrame, kept: np.ndarray, split: str) -> dict[str, np.ndarray]:
    """Into which groups do the kept cells fall by a key? Which cells each holds (bool); largest first.

    The small ones stand together under "…".
    """
    if split == "all":
        return {"all": kept}
    key = cells[split].astype("category").cat
    code, posts = key.codes.to_numpy(), amounts(cells, "posts", kept)
    sizes = pd.Series(np.bincount(code, posts, minlength=len(key.categories)), index=key.categories.astype("str"))
    there = np.bincount(code, kept, minlength=len(key.categories)) > 0
    largest = sizes[there].sort_values(ascending=False, kind="stable").index
    groups = {name: kept & (code == key.categories.get_loc(name)) for name in largest[:MOST]}
    if len(largest) > MOST:
        groups[REST] = kept & ~np.isin(code, [key.categories.get_loc(name) for name in largest[:MOST]])
    return groups


def curve(
    cells: pd.DataFrame,
    kept: np.ndarray,
    index: pd.DatetimeIndex,
    measure: str,
    known: tuple[str, ...],
    settings: HeatSettings,
    pace: Pace,
) -> np.ndarray:
    """How does a measure run along the hours for these cells?"""
    if measure == "posts":
        return dense(collapsed(cells, ("posts",), kept), index)
    arrived = came(cells, kept, known, index, pace)
    if measure == "interactions":
        return np.sum(list(arrived.values()), axis=0) if arrived else np.zeros(len(index))
    sums = {name: cooled(values, settings.half_life) for name, values in arrived.items()}
    posts = dense(collapsed(cells, ("posts",), kept), index)
    return heat({"posts": cooled(posts, settings.half_life), **sums}, known, settings)
