"""What is marked in the timeline of the Trends page: what lies ahead, bursts, where what is known ends?

Plain traces, shapes and notes as plotly reads them; signal_charts.py makes the figure of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.pipeline import Later
from analysis.report.charts import HOUR, INK, LEVEL_MARKS, clock
from analysis.report.timeline import AXES, ROWS, STEPS, TITLES, Part
from analysis.schema import Level
from analysis.signals.forecast import Outlook

AHEAD, BAND = "#7A5AA6", "rgba(122,90,166,0.22)"
# Bursts of which series: the row they stand in, their name, their colour.
BURSTS = {
    "posts": ("posts", _("Burst of posts (▲ onset, ◆ peak)"), "217,102,31"),
    "negative": ("sentiment", _("Burst of negative posts (▲ onset, ◆ peak)"), "142,18,48"),
}


def ahead(outlook: Outlook, start: pd.Timestamp, step: str, language: str) -> list[Part]:
    """How many posts are expected after `start`, the end of the last hour, with the 80% band?

    By hour the path; by day two stretches of 24 h, the second as what the forecast for 48 h has more than that for
    24 h: in posts and at both ends of the band, which holds where a high first day comes with a high second one.
    """
    if step == "h":
        x = clock(pd.date_range(start, periods=len(outlook.path), freq="h"))
        shape, period = "linear", {"xperiod": HOUR, "xperiodalignment": "middle"}
        path, low, high = outlook.path, outlook.low, outlook.high
    else:
        totals = {one.hours: one for one in outlook.ahead}
        x = clock(pd.DatetimeIndex([start + pd.Timedelta(hours=hours) for hours in (0, 24, 48)]))
        shape, period = "hv", {}
        path, low, high = (
            np.array([first, *[max(second - first, 0)] * 2])
            for first, second in ((getattr(totals[24], n), getattr(totals[48], n)) for n in ("posts", "low", "high"))
        )
    line = {"color": AHEAD, "width": 1.8, "dash": "dash", "shape": shape}
    shared = {"x": x, "type": "scatter", "mode": "lines", **period}
    return [
        *banded(shared, low, high, shape, AXES["posts"]),
        {**shared, "y": path.round(1), "line": line, "name": _("Forecast, with 80% band").to(language)}
        | {
            "customdata": np.column_stack([low, high]),
            "hovertemplate": "%{y:,.1f} (%{customdata[0]:,.0f}–%{customdata[1]:,.0f})",
            "legendgroup": "ahead",
        },
    ]


def banded(shared: Part, low: np.ndarray, high: np.ndarray, shape: str, axis: str) -> list[Part]:
    """What lies between two lines? A tint; its numbers are told with the line in it."""
    edge = {"line": {"width": 0, "shape": shape}, "hoverinfo": "skip", "showlegend": False, "yaxis": axis}
    return [
        {**shared, **edge, "y": np.asarray(high), "legendgroup": "ahead"},
        {**shared, **edge, "y": np.asarray(low), "legendgroup": "ahead", "fill": "tonexty", "fillcolor": BAND},
    ]


def hotter(later: Sequence[Later], now: float, start: pd.Timestamp, marked: bool, language: str) -> list[Part]:
    """How hot does it get if it goes on like this? From the heat now through each horizon.

    marked: with the mark of its level over each horizon, where there is room for them.
    """
    x = clock(pd.DatetimeIndex([start, *(start + pd.Timedelta(hours=one.hours) for one in later)]))
    shared = {"x": x, "type": "scatter"}
    low, high = (np.array([now, *(getattr(one, end) for one in later)]) for end in ("heat_low", "heat_high"))
    names = [f"{LEVEL_MARKS[Level(one.level)]} {Level(one.level).label.to(language)}" for one in later]
    return [
        *banded(shared | {"mode": "lines"}, low, high, "linear", AXES["heat"]),
        {
            **shared,
            "mode": "lines+markers+text" if marked else "lines+markers",
            "y": np.array([now, *(one.heat for one in later)]),
            "text": ["", *(name[0] for name in names)],
            "textposition": "top center",
            "cliponaxis": False,
            "customdata": [["", now, now], *zip(names, low[1:], high[1:], strict=True)],
            "hovertemplate": "%{y:.1f} (%{customdata[1]:.0f}–%{customdata[2]:.0f}) %{customdata[0]}",
            "name": _("Heat ahead").to(language),
            "yaxis": AXES["heat"],
            "line": {"color": AHEAD, "width": 1.8, "dash": "dash"},
            "marker": {"size": 5},
            "legendgroup": "ahead",
            "showlegend": False,
        },
    ]


def marks(marked: pd.DataFrame, shown: pd.DataFrame, step: str, language: str) -> list[Part]:
    """Where did each burst begin (▲) and peak (◆)? On top of that hour or day, in the row of its series."""
    found = []
    for of, (row, name, colour) in BURSTS.items():
        part = marked[marked["of"] == of]
        times = pd.DatetimeIndex(np.r_[on_clock(part["onset"]), on_clock(part["peak"])]).floor(step)
        place = shown.index.get_indexer(times)
        seen = np.flatnonzero(place >= 0)
        if not len(seen):
            continue
        told = [_("▲ onset").to(language)] * len(part) + [
            _("◆ peak, {posts:,.0f} above the usual", posts=strength).to(language) for strength in part["strength"]
        ]
        symbols = ["triangle-up"] * len(part) + ["diamond"] * len(part)
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": clock(times[seen]),
                "xperiod": STEPS[step],
                "xperiodalignment": "middle",
                "y": shown["posts" if of == "posts" else "negative"].to_numpy()[place[seen]],
                "yaxis": AXES[row],
                "name": name.to(language),
                "marker": {
                    "symbol": [symbols[at] for at in seen],
                    "size": 10,
                    "color": f"rgb({colour})",
                    "line": {"width": 1, "color": "#FFFFFF"},
                },
                "customdata": [told[at] for at in seen],
                "hovertemplate": "%{customdata}",
            }
        )
    return found


def spans(marked: pd.DataFrame, shown: pd.DataFrame) -> list[Part]:
    """From when to when did each burst run? A shade in the row of its series, as far as it lies in what is shown.

    One outline for all bursts of a series: a shape each would cost more than all the rest of the figure.
    """
    found = []
    for of, (row, _name, colour) in BURSTS.items():
        part = marked[marked["of"] == of]
        starts, ends = on_clock(part["onset"]), on_clock(part["end"]) + np.timedelta64(1, "h")
        inside = (ends > shown.index[0]) & (starts <= shown.index[-1])
        if not inside.any():
            continue
        begun = np.maximum(starts[inside], shown.index[0].to_datetime64())
        pairs = zip(path_times(begun), path_times(ends[inside]), strict=True)
        found.append(
            {
                "type": "path",
                "path": " ".join(f"M{first},0 L{last},0 L{last},1 L{first},1 Z" for first, last in pairs),
                "xref": "x",
                "yref": f"{AXES[row]} domain",
                "fillcolor": f"rgba({colour},0.16)",
                "line": {"width": 0},
                "layer": "below",
            }
        )
    return found


def on_clock(times: pd.Series) -> np.ndarray:
    """Which times are these on the hospital's clock?"""
    return pd.DatetimeIndex(times).tz_localize(None).to_numpy()


def path_times(times: np.ndarray) -> list[str]:
    """How are times written in the path of a shape? Without a space, which would end them."""
    return [time.replace(" ", "_") for time in clock(pd.DatetimeIndex(times))]


def headings(step: str, language: str) -> list[Part]:
    """What does each row show? A name above its left end, so that no row is narrowed by words at its side."""
    shared = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom", "showarrow": False}
    return [
        {**shared, "y": ROWS[row][1], "text": f"<b>{title.to(language)}</b>", "font": {"size": 12, "color": INK}}
        for (row, titled), title in TITLES.items()
        if titled == step
    ]


def now(start: pd.Timestamp, told: pd.Timestamp, share: float, language: str) -> tuple[list[Part], Part]:
    """Where does what is known end? A line in each row, and its name beside it or, without room there, on the right.

    start: the end of the last hour; told: the time in the name; share [0, 1]: how far right the line is.
    """
    x = clock(pd.DatetimeIndex([start]))[0]
    line = {"type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1}
    line |= {"line": {"color": INK, "width": 1.4, "dash": "dash"}}
    place = {"xref": "x", "x": x} if share > 0.5 else {"xref": "paper", "x": 1}
    text = _("┊ as of {time}", time=f"{told:%Y-%m-%d %H:%M}").to(language)
    note = {"text": text, "xanchor": "right", "yref": "paper", "y": ROWS["posts"][1], "yanchor": "bottom"}
    style = {"showarrow": False, "font": {"size": 12, "color": INK}}
    return [{**line, "yref": f"{axis} domain"} for axis in AXES.values()], {**place, **note, **style}
