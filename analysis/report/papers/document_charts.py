"""What does a chart say where it cannot be drawn? Its data as a table, at most as long as half a page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.language import Text, _
from analysis.report.papers.blocks import Chart, Series, Table

MOST_ROWS = 24
STEPS = (2, 3, 6, 12, 24, 48, 72, 168)  # hours that are taken together, from midnight on
HOUR = pd.Timedelta(hours=1)


def chart_table(chart: Chart) -> tuple[Table, Text]:
    """Which table has the data of a chart, and what must its reader know?

    At most MOST_ROWS rows. Counts over a longer time are summed over equal steps, the last as short as the data end; a
    dashed series (a forecast, a range) is left out of them, since the ends of a range do not add up. Other values keep
    their last points. Lines across the chart are named in what is told.
    """
    note = chart.note
    if chart.lines:
        lines = tuple(Text("{name} {value:g}", (("name", name), ("value", at))) for at, name, _colour in chart.lines)
        note = _("{note} Lines across the chart: {lines}.", note=note, lines=lines)
    if len(chart.categories) <= MOST_ROWS:
        return rows_of(chart, chart.categories, chart.series, chart.unit), note
    times = [time for time in chart.categories if isinstance(time, pd.Timestamp)]
    if not chart.whole or len(times) < len(chart.categories):
        cut = tuple(Series(one.name, one.values[-MOST_ROWS:], one.colour) for one in chart.series)
        told = _("{note} Shown: the last {n} of {all:,}.", note=note, n=MOST_ROWS, all=len(chart.categories))
        return rows_of(chart, chart.categories[-MOST_ROWS:], cut, chart.unit), told
    table, hours = summed(chart, times)
    return table, _("{note} Shown: sums of {hours} hours each, from the time given.", note=note, hours=hours)


def summed(chart: Chart, times: Sequence[pd.Timestamp]) -> tuple[Table, int]:
    """Which table has counts of more hours or days, summed so that they fit, and over how many hours each?"""
    solid = [one for one in chart.series if not one.dashed]
    known = [at for at in range(len(times)) if any(one.values[at] is not None for one in solid)]
    last = known[-1] + 1 if known else 0
    step = fitting(times[:last])
    frame = pd.DataFrame({at: pd.Series(one.values[:last], dtype=float) for at, one in enumerate(solid)})
    starts = pd.DatetimeIndex(times[:last]).tz_localize(None).floor(f"{step}h")
    sums = frame.groupby(starts).sum(min_count=1)
    # Their unit is of one hour or day, no longer of a sum.
    series = tuple(Series(one.name, filled(sums[at]), one.colour) for at, one in enumerate(solid))
    return rows_of(chart, tuple(sums.index), series), step


def fitting(times: Sequence[pd.Timestamp]) -> int:
    """Which step (hours) gives at most MOST_ROWS sums? Beyond the longest, whole multiples of a week."""
    hours = (times[-1] - times[0]) / HOUR + 1 if times else 0
    weeks = STEPS[-1] * (int(hours / (STEPS[-1] * (MOST_ROWS - 1))) + 1)
    return next((step for step in STEPS if hours <= step * (MOST_ROWS - 1)), weeks)


def filled(values: pd.Series) -> tuple[float | None, ...]:
    """Which values are there, None where nothing was?"""
    return tuple(None if pd.isna(value) else float(value) for value in values)


def rows_of(
    chart: Chart, categories: Sequence[Text | pd.Timestamp], series: Sequence[Series], unit: Text | None = None
) -> Table:
    """How do categories and series stand in a table? One row a category, one column a series.

    unit: of the values, None = it goes without saying.
    """
    times = all(isinstance(category, pd.Timestamp) for category in categories)
    first = _("Time") if times and categories else Text("")
    form = ",.0f" if chart.whole else ",.1f"
    rows = tuple(
        (shown(category), *(number(one.values[at], form) for one in series)) for at, category in enumerate(categories)
    )
    share = 0.7 / max(1, len(series))
    heads = tuple(_("{name} ({unit})", name=one.name, unit=unit) if unit else one.name for one in series)
    return Table(chart.title, (first, *heads), rows, (0.3 if series else 1.0, *(share for _one in series)))


def shown(category: Text | pd.Timestamp) -> Text:
    """How does a category read in a cell?"""
    return category if isinstance(category, Text) else Text(f"{category:%m-%d %H:%M}")


def number(value: float | None, form: str) -> Text:
    """How does a value read in a cell?"""
    return Text("–" if value is None else format(value, form))
