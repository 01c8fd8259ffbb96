"""What stands on the one time axis of the Trends page: volume, sentiment, heat and stages?

Plain traces, shapes and notes as plotly reads them; signal_charts.py makes the figure of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.report.charts import GRID, HOUR, INK, LINES, SENTIMENT_COLOURS, clock
from analysis.schema import Sentiment, Stage

Part = dict[str, Any]  # a trace, shape or note
STEPS = {"h": HOUR, "D": 24 * HOUR}
# Top down: where each row lies on the paper, and its axis.
ROWS = {"posts": (0.60, 0.955), "sentiment": (0.35, 0.54), "heat": (0.115, 0.29), "stage": (0.0, 0.05)}
AXES = {"posts": "y", "sentiment": "y2", "heat": "y3", "stage": "y4"}
TITLES = {
    ("posts", "h"): _("Posts an hour"),
    ("posts", "D"): _("Posts a day"),
    ("sentiment", "h"): _("Sentiment"),
    ("sentiment", "D"): _("Sentiment"),
    ("heat", "h"): _("Heat of risk posts"),
    ("heat", "D"): _("Heat of risk posts, the day's highest"),
    ("stage", "h"): _("Stage"),
    ("stage", "D"): _("Stage, the day's gravest"),
}
HOVER = {"h": "%Y-%m-%d %H:%M", "D": "%Y-%m-%d"}
MODEBAR = {"bgcolor": "rgba(0,0,0,0)", "color": INK, "activecolor": LINES[0]}
LEGEND = {"orientation": "h", "font": {"size": 12}, "traceorder": "normal"}
VOLUME, USUAL, HEAT = "#6F93B3", "#C9A227", "#B5651D"
# Blocks of the strip: opaque, for words stand on them, and told apart by a colour-blind eye.
BLOCKS = {
    Stage.INCUBATION: "#E8B923",
    Stage.OUTBREAK: "#D9661F",
    Stage.SECOND_WAVE: "#4B2E83",
    Stage.PEAK: "#8E1230",
    Stage.DECLINE: "#3A7CC2",
    Stage.SETTLED: "#B0BAC4",
}
SUMS = ("posts", "negative", "positive", "usual")
MOST_BARS = 1_500  # beyond, a bar is narrower than a pixel: one stepped outline looks the same and draws at once
# Of several stages in a day the first of these stands for it.
GRAVEST = ("peak", "outbreak", "second_wave", "decline", "incubation", "settled")


def by_step(hourly: pd.DataFrame, step: str) -> pd.DataFrame:
    """What does each hour ("h") or each day ("D") hold?

    hourly: dense, indexed by hour, with posts, negative, positive, usual, heat [0, 100] and stage. Days hold sums, of
    heat the maximum, of stages the gravest; usual is NaN where it is not known for each of the day's hours. Returns
    the same columns and `neutral`, indexed by the start of the hour or day as the hospital's clock shows it.
    """
    start = pd.DatetimeIndex(hourly.index.tz_localize(None))
    values = {name: hourly[name].to_numpy(dtype=float) for name in (*SUMS, "heat")}
    rank = np.array([GRAVEST.index(stage) for stage in hourly["stage"].tolist()])
    if step == "D":
        start = start.floor("D")
        first = np.flatnonzero(np.r_[True, start[1:] != start[:-1]])
        heat = np.maximum.reduceat(values["heat"], first)
        values = {name: np.add.reduceat(values[name], first) for name in SUMS} | {"heat": heat}
        rank, start = np.minimum.reduceat(rank, first), start[first]
    neutral = values["posts"] - values["negative"] - values["positive"]
    return pd.DataFrame({**values, "neutral": neutral, "stage": np.array(GRAVEST)[rank]}, index=start)


def along(shown: pd.DataFrame, step: str) -> Part:
    """Where on the time axis do a frame's rows lie? Hours without a gap need no list of their names."""
    return {"x0": clock(shown.index[:1])[0], "dx": STEPS[step], "xperiod": STEPS[step], "xperiodalignment": "middle"}


def heights(shown: pd.DataFrame, step: str, column: str, row: str, name: str, colour: str) -> Part:
    """How high is each hour or day? Bars, many of them as one outline; those of a row stand on each other."""
    shared = {
        **along(shown, step),
        "y": shown[column].to_numpy().astype("int32"),
        "name": name,
        "yaxis": AXES[row],
        "legend": "legend2" if row == "sentiment" else "legend",
        "hovertemplate": "%{y:,}",
    }
    if len(shown) <= MOST_BARS:
        width = 0.94 * STEPS[step]
        return shared | {"type": "bar", "width": width, "marker": {"color": colour, "line": {"width": 0}}}
    line = {"width": 0, "shape": "hvh"}
    return shared | {"type": "scatter", "mode": "lines", "line": line, "fillcolor": colour, "stackgroup": row}


def volume(shown: pd.DataFrame, step: str, language: str) -> list[Part]:
    """How many posts were there, and how many are usual? The usual only where it is known."""
    found = [heights(shown, step, "posts", "posts", _("Posts").to(language), VOLUME)]
    if shown["usual"].notna().any():
        found.append(
            {
                **along(shown, step),
                "type": "scatter",
                "mode": "lines",
                "y": shown["usual"].to_numpy(dtype="float32"),
                "name": _("Usual").to(language),
                "line": {"color": USUAL, "width": 1.6},
                "hovertemplate": "%{y:,.1f}",
            }
        )
    return found


def tones(shown: pd.DataFrame, step: str, language: str) -> list[Part]:
    """How many posts of each tone were there? Negative ones at the bottom, where they are compared most easily."""
    return [
        heights(shown, step, str(tone), "sentiment", tone.label.to(language), SENTIMENT_COLOURS[tone])
        for tone in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
    ]


def warmth(shown: pd.DataFrame, step: str, language: str) -> list[Part]:
    """How hot was it?"""
    return [
        {
            **along(shown, step),
            "type": "scatter",
            "mode": "lines" if len(shown) > 1 else "markers",
            "y": shown["heat"].to_numpy(dtype="float32"),
            "name": _("Heat").to(language),
            "yaxis": AXES["heat"],
            "line": {"color": HEAT, "width": 1.8},
            "hovertemplate": "%{y:.1f}",
            "showlegend": False,
        }
    ]


def strip(shown: pd.DataFrame, step: str, language: str) -> list[Part]:
    """In which stage was each hour or day? A block a run; plotly drops a name that its block cannot hold."""
    stage = shown["stage"].to_numpy()
    first = np.flatnonzero(np.r_[True, stage[1:] != stage[:-1]])
    wide = np.diff(np.r_[first, len(stage)]) * STEPS[step]
    return [
        {
            "type": "bar",
            "x": clock(shown.index[first[here]]),
            "width": wide[here],
            "offset": 0,
            "y": np.ones(here.sum(), dtype="int8"),
            "name": kind.label.to(language),
            "text": [kind.label.to(language)] * int(here.sum()),
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "yaxis": AXES["stage"],
            "marker": {"color": BLOCKS[kind], "line": {"width": 0}},
            "legend": "legend3",
            "hovertemplate": kind.label.to(language) + "<extra></extra>",
        }
        for kind in Stage
        if (here := stage[first] == str(kind)).any()
    ]


def arranged(step: str) -> Part:
    """How do the rows lie over each other? On one time axis for all, so that zoom, brush and hover are shared."""
    common = {"anchor": "x", "gridcolor": GRID, "nticks": 5, "zeroline": False, "rangemode": "tozero"}
    own = {
        "posts": {},
        "sentiment": {},
        "heat": {"range": [0, 105], "tickvals": [0, 25, 50, 75, 100], "fixedrange": True},
        "stage": {"range": [0, 1], "visible": False, "fixedrange": True},
    }
    axes = {
        f"yaxis{axis[1:]}": {**common, "automargin": True, "domain": ROWS[row], **own[row]}
        for row, axis in AXES.items()
    }
    return {
        **axes,
        "xaxis": {"anchor": AXES["stage"], "hoverformat": HOVER[step]},
        "barmode": "stack",
        "hoversubplots": "axis",
        "dragmode": "select",
        "selectdirection": "h",
        "modebar": MODEBAR,
        "uniformtext": {"mode": "hide", "minsize": 11},
        "legend": {**LEGEND, "x": 0, "y": 1.0, "yanchor": "bottom"},
        "legend2": {**LEGEND, "x": 1, "xanchor": "right", "y": ROWS["sentiment"][1], "yanchor": "bottom"},
        "legend3": {**LEGEND, "x": 0, "y": -0.05, "yanchor": "top"},
    }
