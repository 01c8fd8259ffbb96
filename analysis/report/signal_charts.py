"""How are the figures of the Trends page drawn? From counts alone: no post's text ever enters a figure.

A door to plotly. Names that come from files are escaped: plotly reads HTML in labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.pipeline import Later
from analysis.report import timeline as rows
from analysis.report import timeline_marks as signs
from analysis.report.calendar import calendar_grid
from analysis.report.charts import INK, LINES, bars, clock, name_of, styled
from analysis.report.picture import picture as picture
from analysis.report.shades import WRITTEN_ON, shades
from analysis.report.tiles import COLUMNS, ROWS, TILES, Tile, on_tiles
from analysis.signals.forecast import Outlook
from analysis.signals.series import REST

HOURLY_UP_TO = 21 * 24
WEEKEND, HALF_A_COLUMN = "#B5651D", pd.Timedelta(hours=11)
GAP, NAME_OVER = 0.07, 0.012  # of the calendar: over each panel, for its name; under the name, for the weekends
MOST_ELSEWHERE = 3
TEMPLATE = "none"  # for the timeline: what plotly_white would set is set, and to copy it costs a quarter of the figure
AHEAD_HOURS = 48
ROOM_FOR_MARKS = 0.1  # of the axis; where the hours ahead have less, marks would lie on each other
DAY, MILLISECOND = pd.Timedelta(days=1), pd.Timedelta(milliseconds=1)
FEW_DAYS = 14  # each has its date in the calendar


def step_for(span_hours: float) -> str:
    """Is a span drawn by hour ("h") or by day ("D")? By hour up to three weeks."""
    return "h" if span_hours <= HOURLY_UP_TO else "D"


def timeline(
    hourly: pd.DataFrame,
    step: str,
    outlook: Outlook | None,
    later: Sequence[Later],
    marked: pd.DataFrame,
    language: str,
    as_of: pd.Timestamp | None = None,
) -> go.Figure:
    """How did volume, tone and heat run, in which stage, what burst, and what comes next? All on one time axis.

    hourly: the span to show of situation.hourly, dense, up to the as-of hour; step: "h" or "D" (see
    timeline.by_step); marked: bursts, a row each with of ("posts" or "negative"), onset, peak, end, strength; as_of:
    the time named at the line, default the end of the last hour, where the line stands and what is ahead begins.
    Dragging along the axis selects a span.
    """
    shown = rows.by_step(hourly, step)
    start = hourly.index[-1].tz_localize(None) + pd.Timedelta(hours=1)
    traces = [*rows.volume(shown, step, language), *rows.tones(shown, step, language)]
    traces += [*rows.warmth(shown, step, language), *rows.strip(shown, step, language)]
    known = outlook is not None and outlook.none is None
    if outlook is not None and known:
        traces += signs.ahead(outlook, start, step, language)
    end = start + pd.Timedelta(hours=AHEAD_HOURS if known else 0)
    share = (start - shown.index[0]) / (end - shown.index[0])
    if known and later:
        heat = float(hourly["heat"].iloc[-1])
        traces += signs.hotter(later, heat, start, 1 - share >= ROOM_FOR_MARKS, language)
    traces += signs.marks(marked, shown, step, language)
    lines, note = signs.now(start, start if as_of is None else as_of, share, language)
    edge = 0.005 * (end - shown.index[0])
    layout = dict(timeline_layout(step))
    layout["xaxis"] = {**layout["xaxis"], "range": clock(pd.DatetimeIndex([shown.index[0] - edge, end + edge]))}
    layout["shapes"] = [*signs.spans(marked, shown), *lines]
    layout["annotations"] = [*signs.headings(step, language), note]
    return go.Figure(data=traces, layout=layout)


@cache
def timeline_layout(step: str) -> dict[str, Any]:
    """Which layout has the timeline before anything is in it? Kept: styling a figure costs more than filling it."""
    figure = styled(go.Figure(layout=rows.arranged(step)), 760).update_layout(rows.arranged(step))
    layout: dict[str, Any] = figure.to_plotly_json()["layout"]
    return layout | {"template": TEMPLATE}


def small_multiples(frame: pd.DataFrame, key: str, unit: Text, language: str, shared: bool = False) -> go.Figure:
    """How does each value of a split run? A small panel each under one another, one time axis, the largest first.

    frame: as series.series gives it, a column a value; shared: one scale for all panels, so that sizes compare; else
    each has its own, so that the small ones show their shape. The figure says which.
    """
    sums = frame.sum()
    order = sorted(frame.columns, key=lambda column: (column == REST, -sums[column]))
    panels, top = max(len(order), 1), float(frame.to_numpy().max(initial=0))
    step = "D" if len(frame) > 1 and frame.index[1] - frame.index[0] >= DAY else "h"
    said = _("{unit}, one scale for all", unit=unit) if shared else _("{unit}, each on its own scale", unit=unit)
    data, axes, names = [], {}, [heading(said.to(language), 1.0)]
    for at, column in enumerate(order):
        highest, ceiling, name = float(frame[column].max()), 1 - at / panels, name_of(key, str(column), language)
        line = {"color": LINES[at % len(LINES)], "width": 1.4, "shape": "hvh"}
        data.append({**panel_line(frame, column, step), "name": name, "yaxis": f"y{at + 1}", "line": line})
        told = _("{name} · highest {most}", name=name, most=f"{highest:,.0f}")
        names.append(heading(told.to(language), ceiling - 0.24 / panels))
        axes[f"yaxis{at + 1}"] = {
            "domain": [max(ceiling - 0.94 / panels, 0), ceiling - 0.26 / panels],
            "range": [0, 1.08 * ((top if shared else highest) or 1)],
            "anchor": "x",
            **({"dtick": 1} if highest <= 2 and not shared else {"nticks": 3}),
        }
    ends = pd.DatetimeIndex([frame.index[0], frame.index[-1] + pd.Timedelta(milliseconds=rows.STEPS[step])])
    below = {"anchor": f"y{panels}", "range": clock(ends)}
    figure = styled(go.Figure(data=data, layout={**axes, "xaxis": below, "annotations": names}), 90 + 78 * panels)
    return figure.update_layout(showlegend=False, hoversubplots="axis", margin_t=32, xaxis_hoverformat=rows.HOVER[step])


def panel_line(frame: pd.DataFrame, column: str, step: str) -> dict[str, Any]:
    """Where does a panel's line run? Filled to zero, so that short peaks are seen on a small panel."""
    mode = "lines" if len(frame) > 1 else "markers"
    place = rows.along(pd.DataFrame(index=pd.DatetimeIndex(frame.index).tz_localize(None)), step)
    return {**place, "y": frame[column].to_numpy(dtype="float32"), "mode": mode, "fill": "tozeroy", "type": "scatter"}


def heading(text: str, height: float) -> dict[str, Any]:
    """How is a panel named? Above its left end."""
    return {
        "text": text,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "paper",
        "y": height,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }


def calendar(hourly: pd.DataFrame, language: str) -> go.Figure:
    """At which hours of which days do posts come? Rows are the hours of the day, the colour counts posts (log scale).

    hourly: dense, with posts; see calendar_grid for its panels.
    """
    grids = calendar_grid(hourly)
    titles = {
        "days": _("Posts an hour; weekends are marked"),
        "workdays": _("Workdays, mean posts an hour"),
        "weekends": _("Weekends, mean posts an hour"),
    }
    hover = _("{day} · {hour}:00 · {posts} posts", day="%{x|%Y-%m-%d}", hour="%{y}", posts="%{customdata:,.1~f}")
    data, axes, names, height = [], {}, [], 1 / len(grids)
    columns = next(iter(grids.values())).columns
    wide = DAY if "days" in grids else 7 * DAY
    for at, (panel, grid) in enumerate(grids.items()):
        data.append(
            {
                "type": "heatmap",
                "x0": clock(grid.columns[:1])[0],
                "dx": wide / MILLISECOND,
                "y": grid.index.to_numpy(),
                "z": np.log10(1 + grid.to_numpy()),
                "customdata": grid.to_numpy(),
                "yaxis": f"y{at + 1}",
                "coloraxis": "coloraxis",
                "xgap": 1,
                "ygap": 1,
                "hovertemplate": hover.to(language) + "<extra></extra>",
            }
        )
        domain = [1 - (at + 1) * height, 1 - at * height - GAP * (len(grids) > 1)]
        axes[f"yaxis{at + 1}"] = {"domain": domain, "anchor": "x"}
        names.append(heading(titles[panel].to(language), domain[1] + NAME_OVER))
    ends = [columns[0] - wide / 2, max(columns[-1], columns[0] + 6 * wide) + wide / 2]
    below = {"anchor": f"y{len(grids)}", "range": clock(pd.DatetimeIndex(ends))}
    below |= {"dtick": DAY / MILLISECOND} if len(columns) <= FEW_DAYS else {}
    marks = weekends(columns) if "days" in grids else []
    layout = {**axes, "xaxis": below, "annotations": names, "shapes": marks}
    figure = styled(go.Figure(data=data, layout=layout), 420 if len(grids) == 1 else 680)
    figure.update_layout(hovermode="closest", coloraxis=shades(max(grid.max().max() for grid in grids.values())))
    figure.update_xaxes(showgrid=False, type="date")
    figure.update_yaxes(autorange="reversed", rangemode="normal", showgrid=False, tickvals=[0, 6, 12, 18, 23])
    return figure


def weekends(days: pd.DatetimeIndex) -> list[dict[str, Any]]:
    """Which days are Saturdays and Sundays? A bar over each."""
    free = days[days.day_of_week >= 5]
    ends = zip(clock(free - HALF_A_COLUMN), clock(free + HALF_A_COLUMN), strict=True)
    bar = {"type": "rect", "y0": 1.0, "y1": 1.014, "yref": "paper", "fillcolor": WEEKEND, "line": {"width": 0}}
    return [{**bar, "x0": first, "x1": last} for first, last in ends]


def regions(table: pd.DataFrame, language: str) -> go.Figure:
    """Which regions say most, in which tone? As bars; table as overview.breakdown gives it."""
    return bars(table, "region", language)


def unclock(figure: go.Figure) -> None:
    """How is the horizontal axis no time but numbers?"""
    figure.layout.xaxis.tickformatstops = None
    figure.update_xaxes(type="linear", hoverformat=",d")


def tile_map(counts: pd.Series, language: str) -> go.Figure:
    """Where in China do the posts come from? A square of one size for each of the 34 provincial regions.

    counts: posts by region, "" = unknown. The colour counts posts (log scale); what lies on no square, unknown or
    abroad, is told beside the map, so that nothing is lost.
    """
    posts, unknown, elsewhere = on_tiles(counts)
    grid, told = np.full((ROWS, COLUMNS), np.nan), np.full((ROWS, COLUMNS, 2), "", dtype=object)
    for tile, count in zip(TILES, posts, strict=True):
        grid[tile.row, tile.column] = np.log10(1 + count)
        told[tile.row, tile.column] = f"{tile.short}<br>{count:,}", tile_name(tile, language)
    figure = go.Figure(
        go.Heatmap(
            z=grid,
            text=told[:, :, 0],
            customdata=told[:, :, 1],
            texttemplate="%{text}",
            textfont={"size": 12},
            coloraxis="coloraxis",
            xgap=2,
            ygap=2,
            hoverongaps=False,
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    styled(figure, 460)
    figure.update_layout(
        hovermode="closest", coloraxis={**shades(max(posts)), "colorscale": WRITTEN_ON, "showscale": False}
    )
    unclock(figure)
    figure.update_xaxes(visible=False, constrain="domain", fixedrange=True)
    figure.update_yaxes(visible=False, constrain="domain", scaleanchor="x", autorange="reversed", fixedrange=True)
    lines = [_("Unknown region: {n:,}", n=unknown), _("Elsewhere: {n:,}", n=int(elsewhere.sum()))]
    names = [f"{escape(name, quote=False)} {count:,}" for name, count in elsewhere.head(MOST_ELSEWHERE).items()]
    figure.add_annotation(
        text="<br>".join([*(line.to(language) for line in lines), *names]),
        x=-0.5,
        y=-0.5,
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        font={"size": 12, "color": INK},
    )
    return figure


def tile_name(tile: Tile, language: str) -> str:
    """How is a region called in full?"""
    return tile.name if language == "zh_CN" else f"{tile.name} ({tile.english})"


def compared(first: pd.Series, second: pd.Series, unit: Text, language: str) -> go.Figure:
    """How do two stretches run beside each other, hour by hour since each began?

    first, second: a measure, indexed by hours since the start; their names stand in the legend.
    """
    figure = go.Figure()
    for series, colour, dash in ((first, LINES[0], "solid"), (second, LINES[1], "dash")):
        figure.add_scatter(
            x=series.index.to_numpy(dtype=float),
            y=series.to_numpy(dtype=float),
            name=escape(str(series.name), quote=False),
            mode="lines" if len(series) > 1 else "markers",
            line={"color": colour, "width": 1.8, "dash": dash},
            hovertemplate="%{y:,.1~f}",
        )
    styled(figure, 380)
    figure.update_xaxes(title=_("Hours since the start").to(language))
    unclock(figure)
    figure.update_yaxes(title=unit.to(language))
    return figure
