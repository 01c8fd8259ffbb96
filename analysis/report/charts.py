"""How does a frame become a figure? One template for screen, slides and page.

With model_charts.py the only door to plotly.

Names that come from files (regions) are escaped: plotly reads HTML in labels.
"""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import Text, _
from analysis.report.colours import INK, LEVEL_MARKS, LINES, SENTIMENT_COLOURS, level_colour
from analysis.report.overview import DAY
from analysis.response.groups import INDICATOR_LABELS
from analysis.response.profile import Profile
from analysis.response.reasons import Reason
from analysis.schema import Level, Platform, Sentiment, Stage, Topic
from analysis.signals.series import REST

GRID = "rgba(128,142,156,0.25)"
FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
STAGE_COLOURS = {
    Stage.INCUBATION: "rgba(232,185,35,0.10)",
    Stage.OUTBREAK: "rgba(217,102,31,0.20)",
    Stage.PEAK: "rgba(142,18,48,0.24)",
    Stage.DECLINE: "rgba(58,124,194,0.12)",
    Stage.SECOND_WAVE: "rgba(142,109,188,0.22)",
}
HOUR = 3_600_000  # milliseconds, as plotly counts
TICKS = [  # numbers alone, so that no month has an English name
    {"dtickrange": [None, 23 * HOUR], "value": "%H:%M\n%m-%d"},
    {"dtickrange": [23 * HOUR, 27 * 24 * HOUR], "value": "%m-%d"},
    {"dtickrange": [27 * 24 * HOUR, None], "value": "%Y-%m"},
]


def name_of(key: str, value: str, language: str) -> str:
    """How is a value of a split shown in a figure? By its label, escaped; never raw."""
    return escape(label_of(key, value, language), quote=False)


def label_of(key: str, value: str, language: str) -> str:
    """How is a value of a split called? Known ones by their label, others as they stand in the file."""
    if value == REST:
        return _("All others").to(language)
    kinds: dict[str, type[Topic | Platform | Sentiment]] = {
        "topic": Topic,
        "platform": Platform,
        "sentiment": Sentiment,
    }
    if key in kinds:
        return kinds[key](value).label.to(language)
    if key == "all":
        return _("All posts").to(language)
    return value or _("unknown").to(language)


def styled(figure: go.Figure, height: int) -> go.Figure:
    """How do all figures look? Transparent ground, one font, quiet grid, legend above; the same in both themes."""
    figure.update_layout(
        template="plotly_white",
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None},
        hovermode="x unified",
        bargap=0.05,
        colorway=LINES,
        hoverlabel={"bgcolor": "#22303C", "font": {"family": FONT, "color": "#FFFFFF"}},
    )
    figure.update_xaxes(
        gridcolor=GRID, zeroline=False, automargin=True, title=None, hoverformat="%Y-%m-%d %H:%M", tickformatstops=TICKS
    )
    figure.update_yaxes(gridcolor=GRID, zeroline=False, automargin=True, rangemode="tozero")
    return figure


def clock(index: pd.DatetimeIndex | pd.Index) -> list[str]:
    """How are hours given to plotly? As the hospital's clock shows them; plotly would turn zones into UTC."""
    texts = np.datetime_as_string(pd.DatetimeIndex(index).tz_localize(None).to_numpy(), unit="m")
    return "|".join(texts).replace("T", " ").split("|") if len(texts) else []


def trend(hourly: pd.DataFrame, days: int | None, language: str) -> go.Figure:
    """How did posts run, and in which stage? Bars of risk and other posts; bands are the stages."""
    shown = hourly if days is None else hourly.tail(days * DAY)
    figure = go.Figure()
    others = shown["posts"] - shown["risk"]
    for values, name, colour in (
        (shown["risk"], _("Risk posts"), "#C0504D"),
        (others, _("Other posts"), "#9DB2C4"),
    ):
        figure.add_bar(
            x=clock(shown.index), y=values, name=name.to(language), marker={"color": colour, "line_width": 0}
        )
    add_stages(figure, shown["stage"], language)
    figure.update_layout(barmode="stack")
    figure.update_yaxes(title=_("Posts an hour").to(language))
    return styled(figure, 320)


def add_stages(figure: go.Figure, stage: pd.Series, language: str) -> None:
    """In which stage was each hour? A band a run, named where it is wide enough to hold its name."""
    runs = (stage != stage.shift()).cumsum()
    for _run, part in stage.groupby(runs):
        kind = Stage(part.iloc[0])
        if kind == Stage.SETTLED:
            continue
        named = {
            "annotation_text": kind.label.to(language),
            "annotation_position": "top left",
            "annotation_font": {"size": 12, "color": INK},
        }
        figure.add_vrect(
            x0=f"{part.index[0]:%Y-%m-%d %H:%M}",
            x1=f"{part.index[-1] + pd.Timedelta(hours=1):%Y-%m-%d %H:%M}",
            fillcolor=STAGE_COLOURS[kind],
            line_width=0,
            layer="below",
            **(named if len(part) * 12 >= len(stage) else {}),
        )


def bars(table: pd.DataFrame, key: str, language: str) -> go.Figure:
    """How do posts spread over a key's values, by sentiment? One horizontal bar a value, largest on top."""
    shown = table.head(11).iloc[::-1]
    names = [name_of(key, str(value), language) for value in shown.index]
    figure = go.Figure()
    for tone in Sentiment:
        figure.add_bar(
            y=names,
            x=shown[str(tone)],
            name=tone.label.to(language),
            orientation="h",
            marker={"color": SENTIMENT_COLOURS[tone], "line_width": 0},
        )
    figure.update_layout(barmode="stack")
    styled(figure, 90 + 30 * max(len(shown), 2))
    figure.update_layout(hovermode="y unified", bargap=0.25)
    return figure


def curves(frame: pd.DataFrame, key: str, unit: Text, marked: pd.DataFrame, language: str) -> go.Figure:
    """How do the curves of a measure run, and where are the bursts? Points can be clicked."""
    figure = go.Figure()
    for at, column in enumerate(frame.columns):
        figure.add_scatter(
            x=clock(frame.index),
            y=frame[column].round(2),
            name=name_of(key, str(column), language),
            customdata=[str(column)] * len(frame),
            mode="lines+markers",
            marker={"size": 3},
            line={"width": 1.6, "color": LINES[at % len(LINES)]},
        )
    for burst in marked.itertuples():
        figure.add_vrect(
            x0=f"{burst.onset:%Y-%m-%d %H:%M}",
            x1=f"{burst.end:%Y-%m-%d %H:%M}",
            fillcolor="rgba(217,102,31,0.14)",
            line_width=0,
            layer="below",
        )
    figure.update_yaxes(title=unit.to(language))
    styled(figure, 440)
    figure.update_layout(hovermode="closest" if len(frame.columns) > 4 else "x unified", clickmode="event+select")
    return figure


def waterfall(reasons: tuple[Reason, ...], profile: Profile, language: str) -> go.Figure:
    """How do the indicators' points add up to the score, and where do the levels begin?"""
    names = [INDICATOR_LABELS[reason.indicator].to(language) for reason in reasons]
    total = sum(reason.points for reason in reasons)
    figure = go.Figure(
        go.Waterfall(
            x=[*names, _("Score").to(language)],
            y=[*(round(reason.points, 1) for reason in reasons), round(total, 1)],
            measure=["relative"] * len(reasons) + ["total"],
            text=[f"{reason.points:.1f} / {reason.most:.0f}" for reason in reasons] + [f"{total:.1f}"],
            textposition="outside",
            cliponaxis=False,
            increasing={"marker": {"color": LINES[0]}},
            totals={"marker": {"color": INK}},
            connector={"line": {"width": 1, "dash": "dot"}},
            hoverinfo="x+text",
        )
    )
    add_thresholds(figure, profile, language)
    styled(figure, 380)
    figure.update_layout(showlegend=False, bargap=0.35, hovermode="closest", margin_r=92)
    figure.update_yaxes(range=[0, 108], title=_("Points").to(language))
    return figure


def add_thresholds(figure: go.Figure, profile: Profile, language: str) -> None:
    """Where do the levels begin? A dashed line each, with mark and name."""
    for level, name in ((Level.MILD, "mild"), (Level.MODERATE, "moderate"), (Level.SEVERE, "severe")):
        figure.add_hline(
            y=getattr(profile.thresholds, name),
            line={"color": level_colour(level, 0, profile), "width": 1.5, "dash": "dash"},
            annotation_text=f"{LEVEL_MARKS[level]} {level.label.to(language)}",
            annotation_position="right",
        )
