"""How is a back-test drawn: incidents and levels over time, and what other thresholds would cost?

A door to plotly. Names of incidents come from files: they are escaped, for plotly reads HTML in labels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.report.backtest_rows import (
    ALARM_MARK,
    NAMES,
    ROW,
    Shown,
    arranged,
    bands,
    blocks,
    heading,
    number_note,
    rows_of,
    signs,
    strip,
    truth,
)
from analysis.report.backtest_tables import curve_points, false_alarms, hours_text, late, range_text
from analysis.report.charts import LINES, styled
from analysis.report.event_table import short
from analysis.report.timeline import Part
from analysis.response.backtest import Backtest
from analysis.response.incidents import Incident
from analysis.schema import Level

MARGINS = 96  # pixels around the rows
NOW_MARK = "#C4164A"


def over_time(profiles: Sequence[Shown], incidents: Sequence[Incident], language: str) -> go.Figure:
    """Which level was in force when, and which should have been? Incidents as bands through a row of levels a profile.

    profiles: one or two, over the same hours; incidents: in time, none over another; their numbers stand over them.
    The dotted line is the true level. Dragging along the axis selects a span.
    """
    index = pd.DatetimeIndex(profiles[0].level.index)
    height = MARGINS + NAMES + ROW * len(profiles)
    domains = rows_of(len(profiles), height - MARGINS)
    traces = strip(incidents, index, profiles[0].profile, language)
    notes = [number_note(at, incident) for at, incident in enumerate(incidents, start=1)]
    for at, (shown, domain) in enumerate(zip(profiles, domains[1:], strict=True)):
        axis = f"y{at + 2}"
        traces += [*blocks(shown, axis, at == 0, language), truth(incidents, axis, at == 0, language)]
        traces += signs(shown, axis, at == 0, language)
        notes.append(heading(shown.name.to(language), domain[1]))
    layout = arranged(domains, index, language) | {
        "annotations": notes,
        "shapes": bands(incidents, profiles[0].found.below),
    }
    return styled(go.Figure(data=traces, layout=layout), height).update_layout(
        hovermode="closest", margin_t=64, bargap=0, dragmode="select", selectdirection="h", legend_y=1 + 30 / height
    )


def cost_curve(curve: pd.DataFrame, points: Sequence[tuple[Text, Backtest]], alarm: Level, language: str) -> go.Figure:
    """What does an earlier alarm cost? False alarms against hours late, a point a threshold of the alarm level.

    curve: as backtest.curve; points: what is marked in it, in force first. Open points miss more incidents than the
    profile in force; where half or more is missed there is no median: such points stand on top.
    """
    found, now = curve_points(curve), points[0][1]
    known = [marked.median_delay_hours for _name, marked in points if marked.median_delay_hours is not None]
    top = 1.1 * max([1.0, *found["median_delay_hours"].replace(np.inf, np.nan).dropna(), *known]) + 1
    widest = max(1.0, found["false_alarms_per_30d"].max(), *(marked.false_alarms_per_30d for _name, marked in points))
    looks = ({"symbol": "star", "size": 14, "color": NOW_MARK}, {"symbol": "diamond", "size": 19, "color": ALARM_MARK})
    marks = [
        mark(name, marked, top, look, language) for (name, marked), look in zip(points, looks, strict=False)
    ]  # the one in force is drawn last: it must be seen where both cost the same
    figure = go.Figure([along_thresholds(found, top, now.missed, alarm, language), *marks[::-1]])
    styled(figure, 400)
    figure.update_layout(hovermode="closest", margin_t=56, legend_traceorder="normal")
    figure.layout.xaxis.tickformatstops = None
    ends = [-0.03 * widest, 1.03 * widest]
    figure.update_xaxes(title=_("False alarms in 30 days").to(language), type="linear", range=ends)
    figure.update_yaxes(title=_("Hours late, median").to(language), range=[-0.04 * top, 1.06 * top], rangemode="normal")
    return figure


def mark(name: Text, marked: Backtest, top: float, look: Part, language: str) -> Part:
    """Where does a profile stand? A sign of its own; on top where it misses half or more."""
    called = short(name.to(language), 60)
    told = cost_text(false_alarms(marked), late(marked), marked.missed, language)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [marked.false_alarms_per_30d],
        "y": [top if marked.median_delay_hours is None else marked.median_delay_hours],
        "name": called,
        "marker": {**look, "line": {"width": 1.5, "color": "#FFFFFF"}},
        "hovertemplate": f"<b>{called}</b><br>{told}<extra></extra>",
    }


def along_thresholds(found: pd.DataFrame, top: float, missed_now: int, alarm: Level, language: str) -> Part:
    """How does the curve run? Through its thresholds in order; open where more is missed than now."""
    lost = found["missed"].to_numpy() > missed_now
    endless = np.isinf(found["median_delay_hours"].to_numpy())
    never = _("half or more missed")
    rows = [
        (
            range_text(row.low, row.high).to(language),
            cost_text(
                Text(f"{row.false_alarms_per_30d:.1f}"),
                never if none else hours_text(row.median_delay_hours),
                row.missed,
                language,
            ),
        )
        for row, none in zip(found.itertuples(), endless, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "text": [never.to(language) if none else "" for none in endless],
        "textposition": "middle right",
        "x": found["false_alarms_per_30d"].to_numpy(),
        "y": found["median_delay_hours"].replace(np.inf, top).to_numpy(),
        "name": _("Other thresholds of {level} (open: more is missed)", level=alarm.label).to(language),
        "line": {"color": LINES[0], "width": 1.4},
        "marker": {
            "symbol": np.where(lost, "circle-open", "circle").tolist(),
            "size": 8,
            "color": LINES[0],
            "line": {"width": 1.5, "color": LINES[0]},
        },
        "customdata": rows,
        "hovertemplate": _("{level} from {threshold}", level=alarm.label, threshold="<b>%{customdata[0]}</b>").to(
            language
        )
        + "<br>%{customdata[1]}<extra></extra>",
    }


def cost_text(false: Text, hours: Text, missed: int, language: str) -> str:
    """What does a point cost? False alarms, hours late and missed incidents, for its hover."""
    told = _(
        "False alarms in 30 days: {false}<br>Hours late: {hours}<br>Missed: {missed}",
        false=false,
        hours=hours,
        missed=missed,
    )
    return told.to(language)
