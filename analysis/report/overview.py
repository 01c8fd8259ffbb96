"""Which few numbers go on the first page, and how did they change against the day before?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.response.indicators import negative_shares
from analysis.signals.clock import whole_hour

DAY = 24
ANSWERS_TEXT = _("Tones are counted as the classifier answers, post by post: its errors are not corrected here.")


@dataclass(frozen=True)
class Metric:
    """One number: its label, value, change against a day before (None = not known), a curve of 7 days, its meaning.

    note: what must be read with the number, None = nothing.
    """

    label: Text
    value: Text
    change: Text | None
    curve: list[float]
    meaning: Text
    note: Text | None = None


def metrics(briefing: Briefing) -> tuple[Metric, ...]:
    """What are posts, negative share, heat and growth now, against a day before?"""
    hourly, posts = briefing.situation.hourly, briefing.everything.read.posts
    share = negative_shares(briefing.everything.read)[0]
    growth = briefing.everything.timeline["value_growth"].to_numpy()
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
            share_text(briefing),
            points(share),
            recent(share * 100),
            share_meaning(briefing),
            share_note(briefing),
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


def points(share: np.ndarray) -> Text | None:
    """By how many percentage points did a share change in a day? None without posts on either day."""
    if len(share) <= DAY or np.isnan(share[-1]) or np.isnan(share[-1 - DAY]):
        return None
    return _("{change:+.0f} points", change=100 * (share[-1] - share[-1 - DAY]))


def difference(values: np.ndarray, digits: int = 0) -> Text | None:
    """By how much did a number change in a day? None without a day before."""
    if len(values) <= DAY or np.isnan(values[-1]) or np.isnan(values[-1 - DAY]):
        return None
    return _("{change}", change=f"{values[-1] - values[-1 - DAY]:+.{digits}f}")


def share_text(briefing: Briefing) -> Text:
    """How is the negative share shown? In percent, "no posts" where there is nothing to share."""
    share = briefing.negative_share
    return _("no posts") if share is None else _("{share:.0%}", share=share[0])


def share_note(briefing: Briefing) -> Text | None:
    """Between which ends does the negative share lie, and is it corrected for the classifier's errors?"""
    if briefing.negative_share is None:
        return None
    _value, low, high = briefing.negative_share
    if briefing.corrections:
        return _("{low:.0%} to {high:.0%}, corrected", low=low, high=high)
    return _("{low:.0%} to {high:.0%}, uncorrected", low=low, high=high)


def share_meaning(briefing: Briefing) -> Text:
    """What does the negative share rest on, and what takes the classifier's errors out of it?"""
    counted = _(
        "The classifier calls {negative:,.0f} of {posts:,.0f} posts in 24 hours negative.",
        negative=briefing.everything.read.negative[-1],
        posts=briefing.everything.read.posts[-1],
    )
    if briefing.corrections:
        return _(
            "{counted} Share and 90 percent interval are corrected for its errors, learnt from {corrections:,} posts "
            "drawn at random.",
            counted=counted,
            corrections=briefing.corrections,
        )
    return _(
        "{counted} Its errors are not in the 90 percent interval. Draw posts at random on the Model page and correct "
        "about 100: from then on the share is corrected for them.",
        counted=counted,
    )


def breakdown(cube: pd.DataFrame, as_of: pd.Timestamp, key: str, days: int | None) -> pd.DataFrame:
    """How many posts has each value of `key`, by sentiment? Rows by size, columns of Sentiment; days None = all."""
    cells = cube[cube["hour"] <= whole_hour(as_of)]
    if days is not None:
        cells = cells[cells["hour"] > whole_hour(as_of) - pd.Timedelta(days=days)]
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
