"""What stands over time in the figure of a back-test: incidents, levels, the true ones, and what was caught?

Plain traces, shapes and notes as plotly reads them; backtest_charts.py makes the figure of them. Names of incidents
come from files: they are escaped, for plotly reads HTML in labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.backtest_tables import HOUR, moment
from analysis.report.charts import clock
from analysis.report.colours import ALARMED, INK, LEVEL_MARKS, LINES, level_colour
from analysis.report.event_table import short
from analysis.report.timeline import MODEBAR, Part
from analysis.response.backtest import Backtest
from analysis.response.incidents import Incident
from analysis.response.profile import Profile

ALARM_MARK, TRUTH = "#7A5AA6", "#2F6DB5"
NAMES, ROW, GAP = 44, 165, 30  # pixels: of the strip of incidents, of each profile's levels with the gap over them
COLUMNS = 120  # of letters over the width of a wide screen
FEWEST = 6  # a name cut to less says nothing
TOP = 3.5  # of the axis of levels
UNFADED: Part = {"unselected": {"marker": {"opacity": 1}}}  # a span that is dragged hides nothing


@dataclass(frozen=True)
class Shown:
    """What a profile said: under which name, its level by hour, and what the back-test found of it."""

    name: Text
    profile: Profile
    level: pd.Series
    found: Backtest


def rows_of(profiles: int, pixels: int) -> list[list[float]]:
    """Where on the paper do the rows lie? Top down: the strip of names, then a row of levels a profile."""
    name, gap = NAMES / pixels, GAP / pixels
    ends = np.linspace(1 - name, 0, profiles + 1)
    return [[1 - 0.6 * name, 1.0], *([float(low), float(high) - gap] for high, low in pairwise(ends))]


def arranged(domains: list[list[float]], index: pd.DatetimeIndex, language: str) -> Part:
    """How do the rows lie under each other? On one axis of time; levels by name, so that no colour is needed."""
    levels = {
        "range": [0, TOP],
        "tickvals": [int(level) for level in ALARMED],
        "ticktext": [f"{LEVEL_MARKS[level]} {level.label.to(language)}" for level in ALARMED],
        "fixedrange": True,
    }
    axes: Part = {f"yaxis{at + 2}": {"domain": domain, **levels} for at, domain in enumerate(domains[1:])}
    axes["yaxis"] = {"domain": domains[0], "range": [0, 1], "visible": False, "fixedrange": True}
    ends = pd.DatetimeIndex([index[0], index[-1] + HOUR])
    axes["xaxis"] = {"anchor": f"y{len(domains)}", "range": clock(ends), "type": "date"}
    return axes | {"modebar": MODEBAR, "uniformtext": {"mode": "hide", "minsize": 11}, "barmode": "overlay"}


def blocks(shown: Shown, axis: str, named: bool, language: str) -> list[Part]:
    """Which level was in force when? A block a run of hours above ROUTINE, as high as its level."""
    level = shown.level
    value = level.to_numpy(dtype=int)
    first = np.flatnonzero(np.r_[True, value[1:] != value[:-1]])
    last = np.r_[first[1:], len(value)] - 1
    found = []
    for rank in ALARMED:
        here = value[first] == rank
        starts, ends = level.index[first[here]], level.index[last[here]]
        told = [f"{moment(start)} – {moment(end + HOUR)}" for start, end in zip(starts, ends, strict=True)]
        name = f"{LEVEL_MARKS[rank]} {rank.label.to(language)}"
        colour = {"color": level_colour(rank, 0, shown.profile), "line": {"width": 0}}
        found.append(
            block(starts, ends + HOUR, int(rank), axis)
            | {"name": name, "customdata": told, "marker": colour, "legendgroup": rank.name, "showlegend": named}
            | {"hovertemplate": f"{name}<br>%{{customdata}}<extra></extra>"}
        )
    return found


def block(starts: Any, ends: Any, height: float, axis: str) -> Part:
    """Which bars stand for runs of hours? From their starts to their ends, all of one height."""
    wide = (pd.DatetimeIndex(ends) - pd.DatetimeIndex(starts)) / pd.Timedelta(milliseconds=1)
    shared = {"type": "bar", "x": clock(pd.DatetimeIndex(starts)), "width": wide.to_numpy(), "offset": 0} | UNFADED
    return shared | {"y": np.full(len(wide), height, dtype=float), "yaxis": axis}


def strip(incidents: Sequence[Incident], index: pd.DatetimeIndex, profile: Profile, language: str) -> list[Part]:
    """Which incidents were there? A block each in the colour of its true level, with its name where there is room."""
    whole = index[-1] + HOUR - index[0]
    found = []
    for incident in incidents:
        start, end = ends_of(incident)
        room = int(COLUMNS * incident.length * HOUR / whole)
        level, name = incident.level, short(incident.name, 10 * COLUMNS)
        told = f"{name}<br>{level.label.to(language)}<br>{moment(incident.start)} – {moment(incident.end)}"
        found.append(
            block([start], [end], 1, "y")
            | {"text": [short(incident.name, room) if room >= FEWEST else ""], "textposition": "inside"}
            | {"marker": {"color": level_colour(level, 0, profile), "line": {"width": 0}}, "insidetextanchor": "middle"}
            | {"textangle": 0, "hovertemplate": f"{told}<extra></extra>", "showlegend": False}
        )
    return found


def ends_of(incident: Incident) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From when to when is an incident drawn? Whole hours, the one in which it ends included."""
    return incident.start.floor("h"), incident.end.floor("h") + HOUR


def number_note(number: int, incident: Incident) -> Part:
    """How is an incident found in the tables? By its number, over its middle."""
    middle = ends_of(incident)[0] + incident.length * HOUR / 2
    place = {"x": clock(pd.DatetimeIndex([middle]))[0], "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom"}
    return place | {"text": f"<b>{number}</b>", "showarrow": False, "font": {"size": 13, "color": INK}}


def heading(text: str, height: float) -> Part:
    """Whose levels does a row show? Above its left end."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": height, "yanchor": "bottom"}
    font = {"size": 12, "color": INK}
    return place | {"text": f"<b>{short(text, COLUMNS)}</b>", "showarrow": False, "font": font}


def bands(incidents: Sequence[Incident], below: Sequence[str]) -> list[Part]:
    """When should an alarm have been in force? A band from each incident's start to its end, through all rows.

    below: names of those that are truly below the alarm level; they are only outlined.
    """
    look: dict[bool, Part] = {
        True: {"line": {"width": 1, "color": TRUTH, "dash": "dot"}},
        False: {"fillcolor": "rgba(47,109,181,0.13)", "line": {"width": 0}},
    }
    return [
        {
            "type": "rect",
            "x0": moment(ends_of(incident)[0]),
            "x1": moment(ends_of(incident)[1]),
            "xref": "x",
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            **look[incident.name in below],
        }
        for incident in incidents
    ]


def truth(incidents: Sequence[Incident], axis: str, named: bool, language: str) -> Part:
    """Which level was the true one? A dotted line, hour by hour within each incident."""
    times: list[str | None] = []
    levels: list[float | None] = []
    for incident in incidents:
        start, end = ends_of(incident)
        known = incident.hours or (int(incident.level),)
        hours = pd.date_range(start, periods=len(known), freq="h")
        steps = [at for at in range(len(known)) if at == 0 or known[at] != known[at - 1]]
        times += [*clock(hours[steps]), moment(end), None]  # None: no line to the next incident
        levels += [*(float(known[at]) for at in steps), float(known[-1]), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": times,
        "y": levels,
        "yaxis": axis,
        "name": _("True level").to(language),
        "line": {"color": TRUTH, "width": 2, "dash": "dot", "shape": "hv"},
        "hoverinfo": "skip",
        "legendgroup": "truth",
        "showlegend": named,
    }


def signs(shown: Shown, axis: str, named: bool, language: str) -> list[Part]:
    """When was each incident detected, which were missed, and when was an alarm false? A mark each."""
    outcomes = shown.found.outcomes
    seen = [(one.detected, one) for one in outcomes if one.detected is not None]
    gone = [(one.due, one) for one in outcomes if one.missed]
    hours = [f"{short(one.name, 60)}<br>+{one.delay_hours or 0:.0f} h" for _at, one in seen]
    alarms = shown.found.false_alarms
    spans = [f"{moment(first)} – {moment(last + HOUR)}" for first, last in alarms]
    kinds = (
        ("triangle-up", LINES[2], _("Detected"), [at for at, _one in seen], hours),
        ("x", "#C4164A", _("Missed"), [at for at, _one in gone], [short(one.name, 60) for _at, one in gone]),
        ("triangle-down", ALARM_MARK, _("False alarm"), [first for first, _last in alarms], spans),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": clock(pd.DatetimeIndex(at)),
            "y": np.full(len(at), TOP - 0.22),
            "yaxis": axis,
            "cliponaxis": False,
            "name": name.to(language),
            "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 1, "color": "#FFFFFF"}},
            "customdata": told,
            "hovertemplate": f"{name.to(language)}<br>%{{customdata}}<extra></extra>",
            "legendgroup": symbol,
            "showlegend": named,
            **UNFADED,
        }
        for symbol, colour, name, at, told in kinds
    ]
