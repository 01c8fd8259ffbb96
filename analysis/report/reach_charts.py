"""How is it drawn who carried it? Names that come from files are escaped: plotly reads HTML in labels."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.report.charts import FONT, INK, LINES, clock, styled
from analysis.report.reach_tables import value_label
from analysis.schema import Platform
from analysis.signals.path import Evidence
from analysis.signals.reach import Reach
from analysis.signals.series import REST

MOST_LAYERS, MOST_BARS = 8, 15
ROW, BENDS = 52, 24  # pixels a platform; points an arc is drawn with
# Told apart by their strokes too, so that a black-and-white print can.
STROKES = {
    Evidence.REPOST: ("solid", 3.0, LINES[0]),
    Evidence.SAME_TEXT: ("dash", 2.2, LINES[1]),
    Evidence.TIME_ORDER: ("dot", 1.4, INK),
}
HOUR, DAY = 60, 24 * 60  # minutes


def over_time(reach: Reach, key: str, language: str) -> go.Figure:
    """How did posts spread over platforms, regions or media tiers, hour by hour or day by day?

    Layers on each other, the eight largest values and the rest; for "accounts" two lines that are not added.
    """
    frame, figure = layered(drawn(reach, key)), go.Figure()
    lines = key == "accounts"
    for at, column in enumerate(frame.columns):
        colour = LINES[at % len(LINES)]
        figure.add_scatter(
            x=clock(frame.index),
            y=frame[column],
            name=escape(value_label(key, str(column), language), quote=False),
            mode="lines",
            line={"width": 1.8 if lines else 0.6, "color": colour, "shape": "hvh" if len(frame) < 3 else "linear"},
            **({} if lines else {"stackgroup": "all"}),
        )
    if len(frame) == 1:
        figure.update_traces(mode="lines+markers")
    hourly = reach.step == "h"
    accounts = _("Accounts an hour") if hourly else _("Accounts a day")
    title = accounts if lines else (_("Posts an hour") if hourly else _("Posts a day"))
    figure.update_yaxes(title=title.to(language))
    styled(figure, 400)
    below = {"y": -0.2, "yanchor": "top", "traceorder": "normal"}
    return quiet_buttons(figure.update_layout(legend=below))


def drawn(reach: Reach, key: str) -> pd.DataFrame:
    """Which columns are drawn? All, but of media tiers only the media: they would drown among all who are none."""
    frame: pd.DataFrame = getattr(reach, key)
    return frame.drop(columns="", errors="ignore") if key == "media_tiers" else frame


def layered(frame: pd.DataFrame) -> pd.DataFrame:
    """Which layers can be told apart? The eight largest values; what is left stands together as "…"."""
    named = [name for name in frame.columns if name != REST]
    rest = frame[[*named[MOST_LAYERS:], *(frame.columns[frame.columns == REST])]]
    return frame[named[:MOST_LAYERS]].assign(**({REST: rest.sum(axis=1)} if rest.shape[1] else {}))


def ranking(reach: Reach, key: str, language: str) -> go.Figure:
    """Which platforms, regions or media tiers have most posts? A bar each, largest on top, at most 15."""
    sums = drawn(reach, key).sum()
    sums = sums[sums.index != REST].head(MOST_BARS).iloc[::-1]
    names = [escape(value_label(key, str(name), language), quote=False) for name in sums.index]
    figure = go.Figure(
        go.Bar(
            x=sums.to_numpy(),
            y=names,
            orientation="h",
            text=[f"{count:,}" for count in sums],
            textposition="outside",
            cliponaxis=False,
            marker={"color": LINES[0], "line_width": 0},
            hoverinfo="x+y",
        )
    )
    styled(figure, 80 + 26 * max(len(sums), 3))
    figure.update_layout(hovermode="closest", bargap=0.3, margin_r=64)
    figure.update_yaxes(type="category")
    return quiet_buttons(figure)


def quiet_buttons(figure: go.Figure) -> go.Figure:
    """Where do plotly's buttons stand? Above the drawing, on the ground of either theme."""
    clear = "rgba(0,0,0,0)"
    return figure.update_layout(margin_t=40, modebar={"bgcolor": clear, "color": INK, "activecolor": LINES[0]})


def path_figure(reach: Reach, language: str) -> go.Figure:
    """By which way did it come from platform to platform?

    One row a platform, in the order of their first posts, the first on top; an arc leads to each from the platform
    that it comes after, and its stroke says what that rests on.
    """
    steps = reach.path.reset_index(drop=True)
    row = {platform: -at for at, platform in enumerate(steps["platform"])}
    figure = go.Figure()
    for evidence, (dash, width, colour) in STROKES.items():
        arcs = [arc(row[step.origin], row[step.platform]) for step in steps[steps["evidence"] == evidence].itertuples()]
        if not arcs:
            continue
        figure.add_scatter(
            x=np.concatenate([x for x, _y in arcs]),
            y=np.concatenate([y for _x, y in arcs]),
            mode="lines",
            name=evidence.label.to(language),
            line={"dash": dash, "width": width, "color": colour},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=np.zeros(len(steps)),
        y=list(row.values()),
        mode="markers+text",
        marker={"size": 13, "color": LINES[0], "line": {"width": 2, "color": "#FFFFFF"}},
        text=[two_lines(step, reach.dates_only, language) for step in steps.itertuples()],
        textposition="middle right",
        textfont={"family": FONT, "size": 13},
        showlegend=False,
        hoverinfo="skip",
    )
    styled(figure, 90 + ROW * max(len(steps), 2))
    reaching = max(
        (abs(row[step.origin] - row[step.platform]) for step in steps.itertuples() if step.origin), default=1
    )
    figure.update_layout(hovermode=False, dragmode=False)
    figure.update_xaxes(visible=False, range=[-width_of(reaching) - 0.1, 3.2], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-len(steps) + 0.4, 0.6], rangemode="normal", fixedrange=True)
    return quiet_buttons(figure.update_layout(legend={"y": 0, "yanchor": "top"}))


def arc(start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    """Which points make an arc, left of the platforms, from one row to another? NaN ends it."""
    turn = np.linspace(0, np.pi, BENDS)
    x = -width_of(abs(start - end)) * np.sin(turn)
    y = (start + end) / 2 + (start - end) / 2 * np.cos(turn)
    return np.append(x, np.nan), np.append(y, np.nan)


def width_of(rows: int) -> float:
    """How far to the left does an arc over so many rows swing?"""
    return 0.22 + 0.06 * min(rows, 10)


def two_lines(step: pd.Series, dates_only: bool, language: str) -> str:
    """What stands beside a platform? Its name and the time of its first post; under it where that comes from."""
    name = Platform(step.platform).label.to(language)
    time = f"{step.published_at:%m-%d}" if dates_only else f"{step.published_at:%m-%d %H:%M}"
    return f"  <b>{name}</b>  {time}<br>  {came_from(step).to(language)}"


def came_from(step: pd.Series) -> Text:
    """Where does a platform have its talk from, how much later, and what is that known from?"""
    if not step.origin:
        return _("nothing here is earlier")
    told = {"origin": Platform(step.origin).label, "length": length_text(step.seen_at - step.origin_at)}
    if step.evidence == Evidence.REPOST:
        return _("passes on a post of {origin}, {length} later", **told)
    if step.evidence == Evidence.SAME_TEXT:
        return _("same text as on {origin}, {length} later", **told)
    return _("{length} after {origin}; by time alone", **told)


def length_text(length: pd.Timedelta) -> Text:
    """How does a span of time read, roughly?"""
    minutes = round(length.total_seconds() / 60)
    if minutes < HOUR:
        return _("{minutes} min", minutes=minutes)
    if minutes < 2 * DAY:
        return _("{hours:.1f} h", hours=minutes / HOUR)
    return _("{days:.1f} days", days=minutes / DAY)
