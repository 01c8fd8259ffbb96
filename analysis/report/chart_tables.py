"""Which table holds what a chart shows? Headers in the reader's language, times as on the hospital's clock."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.report.charts import label_of
from analysis.schema import Sentiment, Stage
from analysis.signals.forecast import Outlook

TIME = _("Time")
HOURLY_LABELS = {
    "posts": _("Posts"),
    **{str(tone): tone.label for tone in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)},
    "usual": _("Usual"),
    "heat": _("Heat"),
    "stage": _("Stage"),
}
AHEAD_LABELS = {"path": _("Forecast"), "low": _("Forecast, lower end"), "high": _("Forecast, upper end")}


def timeline_table(hourly: pd.DataFrame, outlook: Outlook | None, language: str) -> pd.DataFrame:
    """What does the timeline show? A row an hour: what came, then what is forecast; cells of the other are empty."""
    seen = hourly.assign(
        neutral=hourly["posts"] - hourly["negative"] - hourly["positive"],
        heat=hourly["heat"].round(1),
        usual=hourly["usual"].round(1),
        stage=[Stage(stage).label.to(language) for stage in hourly["stage"]],
    )[list(HOURLY_LABELS)]
    labels = dict(HOURLY_LABELS)
    if outlook is not None and outlook.none is None:
        after = pd.date_range(hourly.index[-1], periods=len(outlook.path) + 1, freq="h")[1:]
        columns = {name: np.round(getattr(outlook, name), 1) for name in AHEAD_LABELS}
        seen = pd.concat([seen, pd.DataFrame(columns, index=after)])
        labels |= AHEAD_LABELS
    return timed(seen.set_axis([labels[name].to(language) for name in seen.columns], axis=1), language)


def curve_table(frame: pd.DataFrame, key: str, language: str) -> pd.DataFrame:
    """What do the curves of a split show? A row an hour or a day, a column a value."""
    names = [label_of(key, str(name), language) for name in frame.columns]
    return timed(frame.round(2).set_axis(names, axis=1), language)


def tone_table(table: pd.DataFrame, key: str, language: str) -> pd.DataFrame:
    """What do the bars of a breakdown show? A row a value, a column a sentiment."""
    named = table.set_axis([Sentiment(tone).label.to(language) for tone in table.columns], axis=1)
    names = [label_of(key, str(value), language) for value in table.index]
    return pd.concat([pd.DataFrame({_("Name").to(language): names}), named.reset_index(drop=True)], axis=1)


def timed(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """How does a frame indexed by time read as a table? Its time comes first, as the hospital's clock shows it."""
    index = pd.DatetimeIndex(frame.index)
    times = pd.DataFrame({TIME.to(language): index.strftime("%Y-%m-%d %H:%M")})
    return pd.concat([times, frame.reset_index(drop=True)], axis=1)


def since_start(first: pd.Series, second: pd.Series, language: str) -> pd.DataFrame:
    """What do two compared curves show? A row an hour since their start; the shorter one ends in empty cells."""
    hours = pd.concat([first, second], axis=1)
    return hours.rename_axis(_("Hours since the start").to(language)).reset_index()
