"""What is the situation at a time: every hourly series that the level, the charts and the plan read?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.schema import TIMEZONE, Claim, InputError, MediaTier, Sentiment, Topic
from analysis.signals.arrival import arrivals
from analysis.signals.burst import bursting
from analysis.signals.cube import available, dense, hours, risky, until
from analysis.signals.heat import HeatSettings, cooled, heat
from analysis.signals.stage import stages


@dataclass(frozen=True)
class Situation:
    """Everything known at `as_of`, hour by hour from the first post on.

    hourly: indexed by hour; posts, negative, lean (as in the cube), risk (posts that carry risk), for risk posts
    the arrived interactions (reposts …, only those available), followers, a column a claim and a media tier,
    cooled sums `cool_posts`, `cool_reposts` …, heat [0, 100], burst, stage. by_topic, by_platform, by_region:
    risk posts an hour, a column a value. available: interaction columns of the export; followers_known: whether
    it tells followers.
    """

    as_of: pd.Timestamp
    hourly: pd.DataFrame
    by_topic: pd.DataFrame
    by_platform: pd.DataFrame
    by_region: pd.DataFrame
    available: tuple[str, ...]
    followers_known: bool


def situation(cube: pd.DataFrame, as_of: pd.Timestamp, settings: HeatSettings) -> Situation:
    """What is the situation as of a time? Uses only cells up to its hour.

    Raises InputError if there is no post up to as_of.
    """
    cells = until(cube, as_of)
    if cells.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    index = hours(cells["hour"].min(), as_of.tz_convert(TIMEZONE))
    risk = cells[risky(cells)]
    known = available(cells)
    hourly = counts(cells, risk, known, index)
    hourly = cool(hourly, known, settings)
    sums = {part: hourly[f"cool_{part}"].to_numpy() for part in ("posts", *known)}
    per_hour = hourly["risk"].to_numpy()
    burst = bursting(per_hour)
    hourly = hourly.assign(heat=heat(sums, known, settings), burst=burst)
    hourly["stage"] = pd.array([str(stage) for stage in stages(per_hour, burst)], dtype="str")
    return Situation(
        as_of=as_of,
        hourly=hourly,
        by_topic=pivot(risk, index, "topic", [str(topic) for topic in Topic]),
        by_platform=pivot(risk, index, "platform"),
        by_region=pivot(risk[risk["region"] != ""], index, "region"),
        available=known,
        followers_known=bool(cells["followers"].notna().any()),
    )


def counts(cells: pd.DataFrame, risk: pd.DataFrame, known: tuple[str, ...], index: pd.DatetimeIndex) -> pd.DataFrame:
    """How many posts, interactions, followers, claims and media posts does each hour hold?"""
    columns = {
        "posts": dense(cells, index),
        "negative": dense(cells[cells["sentiment"] == Sentiment.NEGATIVE], index),
        "lean": dense(cells, index, "lean"),
        "risk": dense(risk, index),
        **{name: arrivals(risk, index, name) for name in known},
        **{str(name): dense(risk, index, str(name)) for name in ("followers", *Claim, *MediaTier)},
    }
    return pd.DataFrame(columns, index=index)


def cool(hourly: pd.DataFrame, known: tuple[str, ...], settings: HeatSettings) -> pd.DataFrame:
    """What is left of posts and interactions after cooling? Adds cool_posts and cool_<interaction>."""
    parts = hourly[["risk", *known]].to_numpy(dtype=float)
    left = cooled(parts, settings.half_life)
    return hourly.assign(**{f"cool_{name}": left[:, at] for at, name in enumerate(("posts", *known))})


def pivot(cells: pd.DataFrame, index: pd.DatetimeIndex, key: str, values: list[str] | None = None) -> pd.DataFrame:
    """How many posts has each hour of each value of `key`? Dense: a row an hour, a column a value."""
    table = cells.groupby(["hour", key])["posts"].sum().unstack(fill_value=0)
    names = values if values is not None else sorted(table.columns)
    return table.reindex(index=index, columns=names, fill_value=0).astype(np.float64)
