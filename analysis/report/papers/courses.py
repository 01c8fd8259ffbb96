"""How did posts run over time: all, negative, in a burst, and to come? The data of the charts over time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.colours import INK, LINES, SENTIMENT_COLOURS
from analysis.report.papers.blocks import Chart, ChartKind, Made, Rows, Series, Span
from analysis.report.papers.counting import HOURS, cells_of, part_of, spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.material import Material
from analysis.schema import Sentiment
from analysis.signals.cube import dense
from analysis.signals.forecast import Outlook

HOUR, BARELY = pd.Timedelta(hours=1), pd.Timedelta(minutes=30)
BEFORE = 12 * HOUR  # of an event, so that one sees out of which silence it came
TIMES_BACK = {Span.DAILY: 3, Span.WEEKLY: 2}  # spans that are shown, of which the last is told
MOST_POINTS = 168
AHEAD, AHEAD_IN_STEPS = 24, 48  # hours of the forecast that are shown: by the hour, and in longer steps
UNITS = {  # by how many hours a point stands for
    1: _("Posts an hour"),
    3: _("Posts in 3 h"),
    6: _("Posts in 6 h"),
    12: _("Posts in 12 h"),
    24: _("Posts in 24 h"),
    168: _("Posts in 7 days"),
    720: _("Posts in 30 days"),
}
BURST, BAND = LINES[1], LINES[-1]


def course(material: Material, span: Span, key: str, title: Text) -> Chart:
    """How did the posts run in a span, and before it? Of the event that the material is of, where it is of one.

    Hours before the data begin are not shown: nothing is known of them. Nor is an hour that has just begun: its few
    posts would look like a fall.
    """
    part, briefing = part_of(material), material.briefing
    rows = shown_hours(material, span)
    step = next((step for step in UNITS if count_of(rows, step) <= MOST_POINTS), max(UNITS))
    begins, fresh = steps_of(rows, step), step == 1 and briefing.as_of - rows.until < BARELY
    situation, outlook = (part.situation, part.outlook) if part else (briefing.situation, briefing.outlook)
    ahead = coming(outlook, step)
    told = past(material.cube, rows, begins, step, situation.bursts)
    shown = [Series(name, padded(values, fresh, len(ahead[0])), colour) for name, values, colour in told]
    return Chart(
        key,
        ChartKind.LINE,
        title,
        (*begins, *(begins[-1] + (place + 1) * step * HOUR for place in range(len(ahead[0])))),
        (*shown, *forecasts(ahead, len(begins))),
        UNITS[step],
        _("{note} The hour that has just begun is not drawn.", note=note(outlook)) if fresh else note(outlook),
    )


def shown_hours(material: Material, span: Span) -> Rows:
    """Which hours does a chart of a span show? Those of the span and enough before it, as far as there are data."""
    now, first = spans(material, span)[0], material.cube["hour"].iloc[0]
    wanted = BEFORE if span == Span.EVENT else (TIMES_BACK[span] - 1) * HOURS[span] * HOUR
    return Rows(max(now.since - wanted, first), now.until, now.where)


def count_of(rows: Rows, step: int) -> int:
    """How many steps of so many hours are these hours? The first may reach back further."""
    return -(-(int((rows.until - rows.since) / HOUR) + 1) // step)


def steps_of(rows: Rows, step: int) -> tuple[pd.Timestamp, ...]:
    """At which hours do the steps begin? The last step ends with the last hour."""
    return tuple(rows.until + HOUR - place * step * HOUR for place in range(count_of(rows, step), 0, -1))


def past(
    cube: pd.DataFrame, rows: Rows, begins: tuple[pd.Timestamp, ...], step: int, bursts: pd.DataFrame
) -> list[tuple[Text, np.ndarray, str]]:
    """How many posts came in each step, how many of them negative, and how many in steps of a burst (NaN in others)?

    bursts: see `signals.burst`. Name, values and colour of each.
    """
    index = pd.date_range(begins[0], rows.until, freq="h")
    cells = cells_of(cube, Rows(begins[0], rows.until, rows.where))
    toned = cells[(cells["sentiment"] == Sentiment.NEGATIVE).to_numpy(dtype=bool)]
    posts, negative = (dense(some, index).reshape(-1, step).sum(axis=1) for some in (cells, toned))
    burst = in_burst(index, bursts).reshape(-1, step).any(axis=1)
    told = [
        (_("Posts"), posts, LINES[0]),
        (_("Of them negative"), negative, SENTIMENT_COLOURS[Sentiment.NEGATIVE]),
    ]
    return told + ([(_("In a burst"), np.where(burst, posts, np.nan), BURST)] if burst.any() else [])


def in_burst(index: pd.DatetimeIndex, bursts: pd.DataFrame) -> np.ndarray:
    """In which of these hours did a burst of posts run? From its onset to its end, both included."""
    found = np.zeros(len(index), dtype=bool)
    for of, onset, end in zip(bursts["of"], bursts["onset"], bursts["end"], strict=True):
        if of == "posts":
            found |= np.asarray((index >= onset) & (index <= end))
    return found


def padded(values: np.ndarray, fresh: bool, ahead: int) -> tuple[float | None, ...]:
    """Which values does a series of the past have, with None where nothing is, and for the steps ahead?

    fresh: whether the last step has just begun, and is left out.
    """
    told = [None if np.isnan(value) else float(value) for value in values]
    return (*(told[:-1] if fresh else told), *[None] * (ahead + fresh))


def coming(outlook: Outlook, step: int) -> tuple[np.ndarray, ...]:
    """How many posts will come in each step: expected, and both ends of the band? Empty where none is forecast.

    The ends of a step of several hours are the sums of its hours' ends: that holds where a high hour comes with high
    ones.
    """
    whole = (AHEAD if step == 1 else AHEAD_IN_STEPS) // step * step
    curves = (outlook.path, outlook.low, outlook.high)
    if outlook.none is not None:
        return tuple(np.zeros(0) for _curve in curves)
    return tuple(np.asarray(curve[:whole]).reshape(-1, step).sum(axis=1) for curve in curves)


def forecasts(ahead: tuple[np.ndarray, ...], before: int) -> tuple[Series, ...]:
    """Which series tell what is to come? () where nothing is forecast. before: steps of the past."""
    names = ((_("Forecast"), INK), (_("Forecast, low end (80%)"), BAND), (_("Forecast, high end (80%)"), BAND))
    return tuple(
        Series(name, (*[None] * before, *(round(float(value), 1) for value in values)), colour, dashed=True)
        for (name, colour), values in zip(names, ahead, strict=True)
        if len(values)
    )


def note(outlook: Outlook) -> Text:
    """What was counted, and what is the forecast?"""
    if outlook.none is None:
        return _("Posts about us by hour of publication. Four times in five what comes lies between the dashed ends.")
    why = sourced(outlook.none, Made.MEASURE, _("Why there is no forecast"), key="forecast.none")
    return _("Posts about us by hour of publication. No forecast: {why}", why=why)
