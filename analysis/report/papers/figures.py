"""How does a chart of a story become a figure: on the page, on the wall, and as a picture?

A door to plotly. Names come from posts and files: plotly reads HTML in labels, so they are escaped.
"""

from __future__ import annotations

from html import escape
from unicodedata import east_asian_width

import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.report.charts import clock, styled
from analysis.report.colours import INK
from analysis.report.papers.blocks import Chart, ChartKind, Series
from analysis.report.papers.safe import clean

# Pixels at scale 1; the wall shows the same at scale 2.
SIZE, HEIGHT, ROW, AROUND = 13, 320, 34, 110
LINE, THIN, SMALL_MARK = 2.4, 1.6, 4
# How wide a name may be, in half-width signs: a line of a label, and the lines that it may have.
LABEL, LABEL_LINES, LEGEND = 24, 2, 28
GAP = {"ticks": "outside", "ticklen": 6, "tickcolor": "rgba(0,0,0,0)"}  # between the names and the plot
NEAR = 0.14  # thresholds nearer to each other than this share of the axis are named on two lines
FEW_POINTS = 2  # a run of so few points is no line: it is shown with marks
FEW = 5  # counts up to here need each tick written, or the axis would show halves of posts


def figure(chart: Chart, language: str, scale: float = 1.0, ink: str = INK) -> go.Figure:
    """How is a chart drawn? Transparent ground, legend above, unit on the axis, thresholds as dashed lines with names.

    scale: 1 = read at a desk, 2 = read from five metres: type, lines and height grow with it, ticks become fewer.
    ink: of the type, when the ground is known; the default is readable on a light and on a dark one. A chart without
    any value says so instead of showing empty axes.
    """
    drawn = go.Figure()
    draw = {ChartKind.LINE: draw_lines, ChartKind.BAR: draw_bars, ChartKind.COLUMN: draw_columns}[chart.kind]
    for series in chart.series:
        draw(drawn, chart, series, language, scale)
    styled(drawn, round(height_of(chart) * scale))
    laid_out(drawn, chart, language, scale, ink)
    name_places(drawn, chart, language, scale)
    add_lines(drawn, chart, language, scale, ink)
    if highest(chart) is None:
        say_no_data(drawn, language, scale)
    return drawn


def height_of(chart: Chart) -> int:
    """How high is it, in pixels at scale 1? Of bars a row each."""
    return AROUND + ROW * max(len(chart.categories), 2) if chart.kind == ChartKind.BAR else HEIGHT


def draw_lines(drawn: go.Figure, chart: Chart, series: Series, language: str, scale: float) -> None:
    """One line over time, with gaps where nothing is known."""
    drawn.add_scatter(
        x=places(chart),
        y=list(series.values),
        mode="lines+markers" if shortest_run(series.values) <= FEW_POINTS else "lines",
        line={"color": series.colour, "width": LINE * scale, "dash": "dash" if series.dashed else "solid"},
        marker={"size": SMALL_MARK * scale},
        connectgaps=False,
        **spoken(chart, series, language, "y"),
    )


def draw_bars(drawn: go.Figure, chart: Chart, series: Series, language: str, scale: float) -> None:
    """One part of each horizontal bar."""
    drawn.add_bar(
        x=list(series.values),
        y=places(chart),
        orientation="h",
        **filled(series),
        **spoken(chart, series, language, "x"),
    )


def draw_columns(drawn: go.Figure, chart: Chart, series: Series, language: str, scale: float) -> None:
    """One part of each upright bar."""
    drawn.add_bar(x=places(chart), y=list(series.values), **filled(series), **spoken(chart, series, language, "y"))


def filled(series: Series) -> dict[str, object]:
    """How is a part of a bar filled? What is only expected is hatched: dashes cannot be seen on a bar."""
    hatched = {"shape": "/", "size": 5} if series.dashed else {}
    return {"marker": {"color": series.colour, "line": {"width": 0}, "pattern": hatched}}


def spoken(chart: Chart, series: Series, language: str, axis: str) -> dict[str, object]:
    """What is a series called, and what is told of a point: in full, where a label was cut?"""
    form = ",.0f" if chart.whole else ",.2~f"
    told = {"name": shortened(series.name.to(language), LEGEND)}
    if over_time(chart):
        return {**told, "hovertemplate": f"%{{{axis}:{form}}}"}
    names = ["<br>".join(folded(text, LABEL * 2, 6)) for text in named(chart, language)]
    return {**told, "customdata": names, "hovertemplate": f"%{{customdata}}: %{{{axis}:{form}}}"}


def places(chart: Chart) -> list[str] | list[int]:
    """Where do the values stand? At their times; texts by their number, for two may read the same."""
    return clock(pd.DatetimeIndex(chart.categories)) if over_time(chart) else list(range(len(chart.categories)))


def over_time(chart: Chart) -> bool:
    """Are its categories times?"""
    return bool(chart.categories) and all(isinstance(category, pd.Timestamp) for category in chart.categories)


def named(chart: Chart, language: str) -> list[str]:
    """What are its categories called, when they are texts?"""
    return [text.to(language) if isinstance(text, Text) else f"{text:%Y-%m-%d %H:%M}" for text in chart.categories]


def laid_out(drawn: go.Figure, chart: Chart, language: str, scale: float, ink: str) -> None:
    """What do all figures of a story share: sizes by scale, the unit on the axis of values, few ticks on it?"""
    sideways = chart.kind == ChartKind.BAR
    size = round(SIZE * scale)
    drawn.update_layout(
        font={"size": size, "color": ink},
        barmode="stack",
        bargap=0.3,
        hovermode="closest" if sideways or not over_time(chart) else "x unified",
        hoverlabel={"font": {"size": size}},
        showlegend=len(chart.series) > 1,
        legend={"y": 1.02 + over_plot(chart) / height_of(chart), "itemwidth": 30, "traceorder": "normal"},
        margin={"l": 8, "r": 12 * scale, "t": (14 + over_plot(chart)) * scale, "b": 8},
    )
    unit = {"text": shortened(chart.unit.to(language), LEGEND), "font": {"size": size}}
    drawn.update_layout({"xaxis" if sideways else "yaxis": {"title": {**unit, "standoff": 8}, **ticks(chart, scale)}})
    (drawn.layout.xaxis if sideways else drawn.layout.yaxis).tickformatstops = ()  # they are for times
    drawn.update_layout({"yaxis" if sideways else "xaxis": {"showgrid": False, "title": None, **GAP}})


def over_plot(chart: Chart) -> int:
    """How much room do the names of upright thresholds need above the plot, in pixels at scale 1?"""
    return 40 if chart.lines and chart.kind == ChartKind.BAR else 0


def ticks(chart: Chart, scale: float) -> dict[str, object]:
    """Which numbers stand on the axis of values? Few, and no halves of what is counted."""
    top, form = highest(chart), {"tickformat": ",~f", "nticks": max(round(7 / scale), 4), "rangemode": "tozero"}
    if top is None:
        return {**form, "visible": False}
    return {**form, "dtick": 1} if chart.whole and top <= FEW else form


def name_places(drawn: go.Figure, chart: Chart, language: str, scale: float) -> None:
    """What stands along the other axis: times, or the categories' names, the first bar's on top?"""
    sideways = chart.kind == ChartKind.BAR
    axis = drawn.layout.yaxis if sideways else drawn.layout.xaxis
    if over_time(chart):
        axis.nticks = min(max(round(10 / scale), 4), len(chart.categories))
    else:
        texts = [
            "<br>".join(folded(text, LABEL if sideways else LABEL // 2, LABEL_LINES)) for text in named(chart, language)
        ]
        axis.update(tickmode="array", tickvals=list(range(len(texts))), ticktext=texts, rangemode="normal")
    if sideways:
        axis.update(autorange="reversed", rangemode="normal")


def add_lines(drawn: go.Figure, chart: Chart, language: str, scale: float, ink: str) -> None:
    """Where are the thresholds? A dashed line across each; neighbours' names stand on two lines, or on two sides."""
    sideways, end, last, turned = chart.kind == ChartKind.BAR, highest(chart) or 1.0, None, False
    for value, name, colour in sorted(chart.lines, key=lambda line: line[0]):
        turned = not turned and last is not None and abs(value - last) < NEAR * end
        last = value
        stroke = {"color": colour, "width": THIN * scale, "dash": "dash"}
        label = {
            "text": shortened(name.to(language), LEGEND),
            "showarrow": False,
            "font": {"size": round((SIZE - 1) * scale), "color": ink},
        }
        if sideways:
            drawn.add_vline(value, line=stroke)
            drawn.add_annotation(
                x=value, y=1, yref="paper", yanchor="bottom", yshift=(18 if turned else 1) * scale, **label
            )
        else:
            drawn.add_hline(value, line=stroke)
            side = {"x": 0, "xanchor": "left"} if turned else {"x": 1, "xanchor": "right"}
            drawn.add_annotation(y=value, xref="paper", yanchor="bottom", **side, **label)


def say_no_data(drawn: go.Figure, language: str, scale: float) -> None:
    """What stands where nothing is to be drawn?"""
    drawn.update_xaxes(visible=False)
    drawn.update_yaxes(visible=False)
    words = {"text": _("No data").to(language), "font": {"size": round((SIZE + 3) * scale)}, "showarrow": False}
    drawn.add_annotation(x=0.5, y=0.5, xref="paper", yref="paper", **words)


def highest(chart: Chart) -> float | None:
    """How far does the axis of values reach: the highest line, stack or threshold? None = no value at all."""
    stacks = list(zip(*(series.values for series in chart.series), strict=True))
    known = [[value for value in stack if value is not None] for stack in stacks]
    if not any(known):
        return None
    tops = [max(stack) if chart.kind == ChartKind.LINE else sum(stack) for stack in known if stack]
    return max([*tops, *(value for value, _name, _colour in chart.lines)])


def shortest_run(values: tuple[float | None, ...]) -> int:
    """How many points has the shortest stretch without a gap? Of one alone no line can be seen; 0 = no point."""
    runs = "".join("x" if value is not None else " " for value in values).split()
    return min((len(run) for run in runs), default=0)


def shortened(text: str, width: int) -> str:
    """How does a name read on one line of so many half-width signs? Escaped, with "…" where it was cut."""
    return "".join(folded(text, width, 1))


def folded(text: str, width: int, most: int) -> list[str]:
    """How is a name cut into lines of at most `width` half-width signs? Escaped; the last of `most` may end with "…".

    Chinese is broken anywhere, other words between them where a line holds at least half of what it could.
    """
    rest, found = " ".join(clean(text).split()), list[str]()
    while rest and len(found) < most:
        fits = fitting(rest, width)
        if fits < len(rest) and len(found) == most - 1:
            return [*found, escape(rest[: fitting(rest, width - 2)].rstrip(), quote=False) + "…"]
        space = rest.rfind(" ", 0, fits + 1)
        cut = space if fits < len(rest) and space >= fits // 2 else fits
        found.append(escape(rest[:cut].rstrip(), quote=False))
        rest = rest[cut:].lstrip()
    return found or [""]


def fitting(text: str, width: int) -> int:
    """How many signs of a text fit into so many half-width ones? At least one."""
    used = 0
    for at, sign in enumerate(text):
        used += 2 if east_asian_width(sign) in "WF" else 1
        if used > width:
            return max(at, 1)
    return len(text)
