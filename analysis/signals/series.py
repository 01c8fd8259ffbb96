"""Which curve does a chart draw: posts, interactions or heat, by hour or day, split by a key?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.signals.arrival import arrivals
from analysis.signals.cube import available, dense, hours, risky, until
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


def series(
    cube: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: HeatSettings,
    measure: str = "posts",
    split: str = "all",
    step: str = "h",
    risk_only: bool = False,
) -> pd.DataFrame:
    """How does a measure run over time, a column a value of `split`?

    measure: "posts", "interactions" (reposts, comments and likes in the hour they are estimated to have
    come) or "heat" [0, 100]. split: "all", "topic", "sentiment", "platform", "region"; the eight largest
    values have a column, the rest stands under "…". step: "h", or "D": days hold the sum, for heat the maximum.
    Dense, zero-filled, from the first post to as_of; largest column first.
    """
    cells = until(cube, as_of)
    if risk_only:
        cells = cells[risky(cells)]
    index = hours(cube["hour"].min(), as_of)
    known = tuple(name for name in available(until(cube, as_of)) if name != "reads" or measure == "heat")
    curves = {name: curve(part, index, measure, known, settings) for name, part in parts(cells, split).items()}
    frame = pd.DataFrame(curves, index=index)
    if step == "D":
        days = frame.groupby(frame.index.floor("D"))
        frame = days.max() if measure == "heat" else days.sum()
    return frame


def parts(cells: pd.DataFrame, split: str) -> dict[str, pd.DataFrame]:
    """Into which groups of cells does a key split? Largest first, the small ones together under "…"."""
    if split == "all":
        return {"all": cells}
    sizes = cells.groupby(split)["posts"].sum().sort_values(ascending=False, kind="stable")
    large = [str(name) for name in sizes.index[:MOST]]
    found = {name: cells[cells[split] == name] for name in large}
    if len(sizes) > MOST:
        found[REST] = cells[~cells[split].isin(large)]
    return found


def curve(
    cells: pd.DataFrame, index: pd.DatetimeIndex, measure: str, known: tuple[str, ...], settings: HeatSettings
) -> np.ndarray:
    """How does a measure run along the hours for these cells?"""
    if measure == "posts":
        return dense(cells, index)
    came = {name: arrivals(cells, index, name) for name in known}
    if measure == "interactions":
        return np.sum(list(came.values()), axis=0) if came else np.zeros(len(index))
    sums = {name: cooled(values, settings.half_life) for name, values in came.items()}
    return heat({"posts": cooled(dense(cells, index), settings.half_life), **sums}, known, settings)
