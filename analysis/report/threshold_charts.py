"""What would other settings change? Figures of the Thresholds page; with charts.py a door to plotly.

Made of plain traces in one go: they are drawn anew at each move of a slider. Names of profiles are escaped: plotly
reads HTML in labels.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.report.charts import GRID, clock
from analysis.report.colours import ALARMED, INK, LEVEL_MARKS, LINES, level_colour
from analysis.report.event_charts import laid_out
from analysis.report.timeline import Part as Trace
from analysis.response.profile import Profile, key_label, profile_label
from analysis.response.sensitivity import Move, WhatIf
from analysis.schema import Level

HOUR = pd.Timedelta(hours=1)
HOUR_MS = 3_600_000  # as plotly counts
VIOLET = "#7A5AA6"
SHADED = {"fillcolor": "rgba(122,90,166,0.10)", "line": {"color": VIOLET, "width": 1.2}}
ROWS = ("y", [0.54, 1]), ("y2", [0, 0.42])  # axis and place of the row before, and of the one after
MOST_BARS, BAR = 12, 46  # bars, and pixels for each
ROOM = 92  # pixels on the right for the names of the levels
SMALL = {"size": 12, "color": INK}
NUMBERS: dict[str, Any] = {"tickformatstops": None, "hoverformat": ".4g"}  # an axis that is no time


def before_after(
    before: pd.DataFrame, after: pd.DataFrame, profiles: tuple[Profile, Profile], language: str
) -> go.Figure:
    """Which level was in force when, under the old profile and under the new one? Where they differ is framed.

    Costs what the changes of level cost: a band stands for a run of hours, and the score needs no time an hour.
    """
    told = zip((before, after), profiles, [LINES[0], VIOLET], (_("Score before"), _("Score after")), ROWS, strict=True)
    differs = pd.Series(before["level"].to_numpy() != after["level"].to_numpy(), before.index)
    traces, shapes, notes = [], [], []
    for timeline, profile, colour, name, (axis, _place) in told:
        for level in ALARMED:
            look = {"fillcolor": level_colour(level, 0, profile), "line": {"width": 0}, "opacity": 0.35}
            traces.append(band(timeline["level"] == level, marked(level, language), axis, look))
        traces.append(band(differs, _("The two disagree").to(language), axis, SHADED))
        traces.append(course(timeline["score"], name.to(language), axis, colour))
        lines, names = threshold_lines(profile, axis, language)
        shapes += lines
        notes += names
    titles = _("Before: {name}", name=profile_label(profiles[0])), _("After: your changes")
    notes += [heading(title, place[1], language) for title, (_axis, place) in zip(titles, ROWS, strict=True)]
    first, end = clock(before.index[[0, -1]] + [0 * HOUR, HOUR])
    axes = {"range": [0, 100], "gridcolor": GRID, "zeroline": False, "automargin": True}
    own = {
        "height": 520,
        "shapes": shapes,
        "annotations": notes,
        "margin": {"r": ROOM, "t": 84},
        "legend": {"y": 1.08},
        "xaxis": {"type": "date", "range": [first, end], "anchor": "y2"},
        "yaxis": {**axes, "domain": ROWS[0][1]},
        "yaxis2": {**axes, "domain": ROWS[1][1]},
    }
    return go.Figure(data=traces, layout=laid_out(own))


def marked(level: Level, language: str) -> str:
    """How is a level called in a figure? ● Severe"""
    return f"{LEVEL_MARKS[level]} {level.label.to(language)}"


def band(flags: pd.Series, name: str, axis: str, look: Trace) -> Trace:
    """In which hours is a flag true? One shape for all its runs; named once for both rows."""
    edges = np.flatnonzero(np.diff(np.r_[0, flags.to_numpy(dtype=int), 0])).reshape(-1, 2)
    begins, ends = clock(flags.index[edges[:, 0]]), clock(flags.index[edges[:, 1] - 1] + HOUR)
    corners = [(begin, begin, end, end, begin, None) for begin, end in zip(begins, ends, strict=True)]
    return {
        "type": "scatter",
        "x": [corner for run in corners for corner in run],
        "y": [0, 100, 100, 0, 0, None] * len(corners),
        "name": name,
        "mode": "lines",
        "fill": "toself",
        "hoverinfo": "skip",
        "legendgroup": name,
        "showlegend": axis == "y",
        "yaxis": axis,
        **look,
    }


def course(score: pd.Series, name: str, axis: str, colour: str) -> Trace:
    """How did the score run? Hour by hour from the first, so that one time is enough."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x0": clock(score.index[:1])[0],
        "dx": HOUR_MS,
        "y": score.to_numpy(dtype="float32").round(1),
        "name": name,
        "line": {"width": 1.4, "color": colour},
        "hovertemplate": "%{y:.1f}",
        "yaxis": axis,
    }


def threshold_lines(profile: Profile, axis: str, language: str) -> tuple[list[Trace], list[Trace]]:
    """Where do the levels begin? A dashed line each, and on the right its mark and name."""
    lines, names = [], []
    for level in ALARMED:
        at, colour = getattr(profile.thresholds, level.name.lower()), level_colour(level, 0, profile)
        ends = {"xref": "x domain", "yref": axis, "x0": 0, "x1": 1, "y0": at, "y1": at}
        lines.append({"type": "line", **ends, "line": {"color": colour, "width": 1.5, "dash": "dash"}})
        place = {"xref": "x domain", "yref": axis, "x": 1, "y": at, "xanchor": "left", "showarrow": False}
        names.append({**place, "text": marked(level, language), "font": SMALL})
    return lines, names


def heading(title: Text, top: float, language: str) -> Trace:
    """What stands over a row?"""
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "y": top, "yanchor": "bottom"}
    return {**place, "text": f"<b>{escape(title.to(language))}</b>", "showarrow": False, "font": {"color": INK}}


def tornado(moves: tuple[Move, ...], unit: Text, language: str) -> go.Figure:
    """Which numbers matter most to a measure? A bar down and up from today for each; the greatest swing on top.

    Named above its bars, so that long names take no room from them.
    """
    told = [move for move in moves if move.swing > 0][:MOST_BARS]
    sides = ("low", _("a fifth less"), LINES[0]), ("high", _("a fifth more"), LINES[1])
    today = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": INK, "width": 1.5, "dash": "dot"}}
    own = {
        "height": 110 + BAR * max(len(told), 1),
        "barmode": "overlay",
        "hovermode": "closest",
        "clickmode": "event+select",
        "margin": {"t": 44},
        "annotations": [number_name(move, place, language) for place, move in enumerate(told)],
        "shapes": [{**today, "x0": told[0].today, "x1": told[0].today}] if told else [],
        "xaxis": {**NUMBERS, "title": {"text": unit.to(language)}, "rangemode": "normal"},
        "yaxis": {"range": [max(len(told), 1) - 0.5, -0.9], "visible": False, "fixedrange": True},
    }
    traces = [moved_bars(told, side, name, colour, unit, language) for side, name, colour in sides]
    return go.Figure(data=traces, layout=laid_out(own))


def moved_bars(told: list[Move], side: str, name: Text, colour: str, unit: Text, language: str) -> Trace:
    """How far does each number take the measure to one side? From today."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(told))),
        "x": [getattr(move, f"at_{side}") - move.today for move in told],
        "base": [move.today for move in told],
        "name": name.to(language),
        "width": 0.4,
        "marker": {"color": colour, "line": {"width": 0}},
        "customdata": [[move.key] for move in told],
        "hovertext": [moved_text(move, side, unit).to(language) for move in told],
        "hoverinfo": "text",
    }


def number_name(move: Move, place: int, language: str) -> Trace:
    """What stands over a bar? Which number, and its value."""
    shared = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom", "showarrow": False, "font": SMALL}
    return {**shared, "y": place - 0.2, "text": f"{key_label(move.key).to(language)}: {move.value:g}"}


def moved_text(move: Move, side: str, unit: Text) -> Text:
    """What does one bar say?"""
    return _(
        "{name} {value} → {to}: {today} → {then} ({unit})",
        name=key_label(move.key),
        value=f"{move.value:g}",
        to=f"{getattr(move, side):.4g}",
        today=f"{move.today:,.4g}",
        then=f"{getattr(move, f'at_{side}'):,.4g}",
        unit=unit,
    )


def over_range(curve: pd.DataFrame, key: str, today: float, shipped: float, unit: Text, language: str) -> go.Figure:
    """How does a measure run over one number's whole range? The draft's value is marked, and the shipped one."""
    values, measured = curve["value"].to_numpy(), curve["measure"].to_numpy()
    line = {"color": LINES[0], "width": 2}
    traces: list[Trace] = [
        {"type": "scatter", "x": values, "y": measured, "mode": "lines", "line": line, "showlegend": False}
    ]
    marks = [(today, _("Your changes: {value}", value=f"{today:g}"), "circle")]
    if shipped != today:
        marks.insert(0, (shipped, _("Shipped: {value}", value=f"{shipped:g}"), "diamond-open"))
    traces += [
        {
            "type": "scatter",
            "x": [value],
            "y": [float(np.interp(value, values, measured))],
            "mode": "markers",
            "name": name.to(language),
            "marker": {"size": 12, "symbol": symbol, "color": VIOLET, "line": {"width": 2}},
        }
        for value, name, symbol in marks
    ]
    wide = {"type": "log"} if values[0] > 0 and values[-1] > 1000 * values[0] else {}
    own = {
        "height": 300,
        "hovermode": "closest",
        "xaxis": {**NUMBERS, **wide, "title": {"text": key_label(key).to(language)}},
        "yaxis": {"title": {"text": unit.to(language)}},
    }
    return go.Figure(data=traces, layout=laid_out(own))


def what_if(found: tuple[WhatIf, ...], profiles: tuple[Profile, ...], language: str) -> go.Figure:
    """How would the score run, under each profile? The hours to come are shaded; marks tell where the level rises.

    The thresholds are drawn where both profiles have the same ones.
    """
    looks = (LINES[0], "solid"), (VIOLET, "dash")
    names = _("In force: {name}", name=profile_label(profiles[0])), _("Your changes")
    traces = []
    for then, profile, name, (colour, dash) in zip(found, profiles, names, looks, strict=False):
        line = {"color": colour, "width": 2, "dash": dash}
        traces.append({**course(then.timeline["score"], escape(name.to(language)), "y", colour), "line": line})
        traces += [rise(hour, level, then, profile, language) for hour, level in then.rises]
    begin, end = clock(pd.DatetimeIndex([found[0].now + HOUR, found[0].timeline.index[-1] + HOUR]))
    coming = {"type": "rect", "yref": "paper", "x0": begin, "x1": end, "y0": 0, "y1": 1, "layer": "below"}
    alike = all(profile.thresholds == profiles[0].thresholds for profile in profiles)
    lines, notes = threshold_lines(profiles[0], "y", language) if alike else ([], [])
    note = {"yref": "paper", "x": begin, "xanchor": "left", "y": 1, "yanchor": "top", "showarrow": False, "font": SMALL}
    own = {
        "height": 340,
        "shapes": [{**coming, "fillcolor": "rgba(128,142,156,0.14)", "line": {"width": 0}}, *lines],
        "annotations": [{**note, "text": _("to come").to(language)}, *notes],
        "margin": {"r": ROOM if alike else 8},
        "xaxis": {"type": "date"},
        "yaxis": {"range": [0, 104], "title": {"text": _("Score").to(language)}},
    }
    return go.Figure(data=traces, layout=laid_out(own))


def rise(hour: pd.Timestamp, level: Level, then: WhatIf, profile: Profile, language: str) -> Trace:
    """Where does the level rise, and to which?"""
    score = float(then.timeline["score"][hour])
    return {
        "type": "scatter",
        "x": clock(pd.DatetimeIndex([hour])),
        "y": [round(score, 1)],
        "mode": "markers+text",
        "text": [marked(level, language)],
        "textposition": "top left",
        "marker": {"size": 11, "color": level_colour(level, score, profile)},
        "hoverinfo": "skip",
        "showlegend": False,
    }
