"""Which few numbers go on the first page, and how did they change against the day before?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.response.indicators import wilson
from analysis.signals.burst import rolling

DAY = 24


@dataclass(frozen=True)
class Metric:
    """One number: its label, value, change against a day before (None = not known), a curve of 7 days, its meaning."""

    label: Text
    value: Text
    change: Text | None
    curve: list[float]
    meaning: Text


def metrics(briefing: Briefing) -> tuple[Metric, ...]:
    """What are posts, negative share, heat and growth now, against a day before?"""
    hourly = briefing.situation.hourly
    posts, negative = (rolling(hourly[name].to_numpy(dtype=float), DAY) for name in ("posts", "negative"))
    share = np.divide(negative, posts, out=np.zeros_like(posts), where=posts > 0)
    growth = briefing.assessment.timeline["value_growth"].to_numpy()
    return (
        Metric(
            _("Posts in 24 h"),
            _("{n:,.0f}", n=posts[-1]),
            percent(posts),
            recent(posts),
            _("All posts of the last 24 hours; the change is against the 24 hours before."),
        ),
        Metric(
            _("Negative share"),
            share_text(negative[-1:], posts[-1:]),
            points(share, posts),
            recent(share * 100),
            share_meaning(negative[-1:], posts[-1:]),
        ),
        Metric(
            _("Heat of risk posts"),
            _("{n:.0f}", n=hourly["heat"].iloc[-1]),
            difference(hourly["heat"].to_numpy()),
            recent(hourly["heat"].to_numpy()),
            _("0 = silence, 100 = the profile's reference. Interactions before now are estimated."),
        ),
        Metric(
            _("Growth"),
            _("not known") if np.isnan(growth[-1]) else _("× {n:.1f}", n=growth[-1]),
            difference(growth, digits=1),
            recent(growth),
            _("Risk posts of the last 6 hours against what is usual at this time of day."),
        ),
    )


def recent(values: np.ndarray) -> list[float]:
    """How did a number run over the last 7 days? Every third hour."""
    return [round(float(value), 2) for value in np.nan_to_num(values[-7 * DAY :])[::-1][::3][::-1]]


def percent(values: np.ndarray) -> Text | None:
    """By how many percent did a count change in a day? None without a day before."""
    if len(values) <= DAY or values[-1 - DAY] == 0:
        return None
    return _("{change:+.0%}", change=values[-1] / values[-1 - DAY] - 1)


def points(share: np.ndarray, posts: np.ndarray) -> Text | None:
    """By how many percentage points did a share change in a day? None without posts the day before."""
    if len(share) <= DAY or posts[-1 - DAY] == 0:
        return None
    return _("{change:+.0f} points", change=100 * (share[-1] - share[-1 - DAY]))


def difference(values: np.ndarray, digits: int = 0) -> Text | None:
    """By how much did a number change in a day? None without a day before."""
    if len(values) <= DAY or np.isnan(values[-1]) or np.isnan(values[-1 - DAY]):
        return None
    return _("{change}", change=f"{values[-1] - values[-1 - DAY]:+.{digits}f}")


def share_text(part: np.ndarray, whole: np.ndarray) -> Text:
    """How is a share shown? In percent, "no posts" where there is nothing to share."""
    return _("no posts") if whole[0] == 0 else _("{share:.0%}", share=part[0] / whole[0])


def share_meaning(part: np.ndarray, whole: np.ndarray) -> Text:
    """What does the share rest on? The counts and the 90% interval."""
    low, high = wilson(part, whole)
    return _(
        "{part:,.0f} of {whole:,.0f} posts in 24 hours; the 90 percent interval is {low:.0%} to {high:.0%}, "
        "not corrected for errors of the classifier.",
        part=part[0],
        whole=whole[0],
        low=low[0],
        high=high[0],
    )


def breakdown(cube: pd.DataFrame, as_of: pd.Timestamp, key: str, days: int | None) -> pd.DataFrame:
    """How many posts has each value of `key`, by sentiment? Rows by size, columns of Sentiment; days None = all."""
    cells = cube[cube["hour"] <= as_of.floor("h")]
    if days is not None:
        cells = cells[cells["hour"] > as_of.floor("h") - pd.Timedelta(days=days)]
    table = cells.pivot_table(index=key, columns="sentiment", values="posts", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=["negative", "neutral", "positive"], fill_value=0)
    return table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def rises(timeline: pd.DataFrame) -> list[tuple[pd.Timestamp, int]]:
    """When did the level rise, and to which? Latest first."""
    level = timeline["level"]
    up = level[level > level.shift(fill_value=0)]
    return [(hour, int(now)) for hour, now in up.items()][::-1]


def hours_in_level(level: pd.Series) -> dict[int, int]:
    """For how many hours was each level in force? 0..3, all named."""
    return {rank: int((level == rank).sum()) for rank in range(4)}
