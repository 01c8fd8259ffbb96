"""How are events drawn: as a river, as lanes, and one of them along its own time? No post's text enters a figure.

A door to plotly. Names of events are made of posts' words: they are escaped, for plotly reads HTML in labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.language import _
from analysis.parts import REST, Part
from analysis.report import lanes as rows
from analysis.report import river as flows
from analysis.report.chart_tables import timeline_table
from analysis.report.charts import LINES, clock, styled
from analysis.report.event_table import over
from analysis.report.signal_charts import TEMPLATE, step_for, timeline
from analysis.report.timeline import AXES, MODEBAR
from analysis.report.timeline_marks import path_times
from analysis.response.profile import Profile
from analysis.schema import Platform

ONE_HOUR = pd.Timedelta(hours=1)
BEFORE = 3  # hours of silence shown before the first post, so that its rise is seen
RIVER, LANE, KEY_LINE = 340, 50, 22  # pixels: of the river, of a lane, of a line of the legend
OFFICIAL, FLAG = LINES[2], "#22303C"
HEADROOM = 1.16
CLOSE = 0.04  # of the time shown: official statements this close stand at one flag


def river(
    parts: Sequence[Part],
    names: Mapping[str, str],
    language: str,
    as_of: pd.Timestamp,
    days: int | None = None,
    rest: bool = False,
) -> go.Figure:
    """How did events come and go, and how much of the talk was each? Posts step by step, stacked.

    The eight events of most posts and the others together; rest: the posts of no event too. names: by id, masked;
    days: how far back, None = to the first event's first post.
    """
    frame, step = flows.flow(parts, as_of, days, rest)
    shown = flows.folded(frame)
    if not len(shown.columns):
        return blank(language)
    others = sum(event not in shown for event in frame)
    traces = [*flows.layers(shown, step, names, others, language), flows.numbers(shown, step)]
    ends = [shown.index[0], shown.index[-1] + step * ONE_HOUR]
    own = {
        "height": RIVER + KEY_LINE * len(shown.columns),
        "legend": {"y": -0.12, "yanchor": "top", "traceorder": "normal"},
        "xaxis": {"range": clock(pd.DatetimeIndex(ends))},
        "yaxis": {"title": {"text": flows.volume_title(step, language)}},
    }
    return go.Figure(data=traces, layout=laid_out(own))


def lanes(
    parts: Sequence[Part],
    names: Mapping[str, str],
    language: str,
    as_of: pd.Timestamp,
    profile: Profile,
    days: int | None = None,
) -> go.Figure:
    """When did each event run, how hot, at which level, and what runs beside it? A lane an event, gravest on top.

    At most 15. A lane runs from the first post to the last; names: by id, masked; days: as in `river`.
    """
    frame, step, found = rows.lanes(parts, as_of, days)
    if frame.empty:
        return blank(language)
    shown, first = int(frame["lane"].iloc[-1]) + 1, frame["start"].min()
    end = as_of.floor("h").tz_localize(None) + ONE_HOUR
    traces = [
        *rows.bands(frame, step, profile, language),
        rows.told(frame, step, names, language),
        *rows.signs(parts, frame, names, language),
    ]
    notes = rows.titles(parts, frame, names, profile, language)
    edge = 0.006 * (end - first)
    own = {
        "height": 150 + LANE * shown,
        "annotations": [*notes, *rows.edges(shown, found, as_of, language)],
        "shapes": [rows.now(end)],
        "hovermode": "closest",
        "legend": {"y": -44 / (LANE * shown), "yanchor": "top", "traceorder": "normal"},
        "margin": {"t": 60},
        "xaxis": {"range": clock(pd.DatetimeIndex([first - edge, end + edge]))},
        "yaxis": {"range": [shown, 0], "visible": False, "fixedrange": True, "rangemode": "normal"},
    }
    return go.Figure(data=traces, layout=laid_out(own))


def blank(language: str) -> go.Figure:
    """What is drawn where there is no event? A word that says so."""
    hidden = {"visible": False}
    own = {"height": RIVER // 2, "annotations": [flows.empty_note(language)], "xaxis": hidden, "yaxis": hidden}
    return go.Figure(layout=laid_out(own))


def laid_out(own: dict[str, Any]) -> dict[str, Any]:
    """Which layout has a figure of events? That of all figures, and of each of its parts what is its own."""
    base = plain_layout()
    parts = {name: {**base[name], **value} for name, value in own.items() if isinstance(base.get(name), dict)}
    return {**base, **own, **parts}


@cache
def plain_layout() -> dict[str, Any]:
    """Which layout have all figures before anything is in them? Kept: styling one costs more than filling it."""
    layout: dict[str, Any] = styled(go.Figure(layout={"modebar": MODEBAR}), RIVER).to_plotly_json()["layout"]
    return layout | {"template": TEMPLATE}


def event_timeline(part: Part, language: str, official: pd.DataFrame) -> go.Figure:
    """How did one event run from its first post on, in which stage, what burst, what was said officially, what comes?

    As signal_charts.timeline, of the event's posts alone. official: statements of own accounts, with published_at and
    platform; each is a line with its number, counted in the order of time.
    """
    hourly = course(part)
    step = step_for(len(hourly))
    bursts = part.situation.bursts
    figure = timeline(
        hourly, step, part.outlook, (), bursts[bursts["end"] >= hourly.index[0]], language, part.situation.as_of
    )
    note = figure.layout.annotations[-1]
    note.xref, note.x = "paper", 1  # an event is short: at its line the note would meet the heading
    if over(part):
        note.text = _("┊ over, last post {time}", time=f"{part.last_post:%Y-%m-%d %H:%M}").to(language)
    return flagged(figure, official.sort_values("published_at", kind="stable"), language)


def course(part: Part) -> pd.DataFrame:
    """Which hours of an event are drawn? From shortly before its first post to now, or a day after its last.

    Nothing is usual of what did not exist before.
    """
    first, last = part.began.floor("h") - BEFORE * ONE_HOUR, part.last_post + 24 * ONE_HOUR
    hourly = part.situation.hourly.loc[first : last if over(part) else None]
    return hourly if part.id == REST else hourly.assign(usual=np.nan)


def flagged(figure: go.Figure, official: pd.DataFrame, language: str) -> go.Figure:
    """When did own accounts speak? A line through all rows, with a flag that counts the statements.

    official: by time. What lies outside the axis of the figure has no flag.
    """
    ends = pd.DatetimeIndex(figure.layout.xaxis.range)
    times = pd.DatetimeIndex(official["published_at"]).tz_localize(None)
    seen = np.flatnonzero((times >= ends[0]) & (times <= ends[1]))
    if not len(seen):
        return figure
    groups = np.r_[0, np.cumsum(np.diff(times[seen]) > CLOSE * (ends[1] - ends[0]))]
    flags = [flag(official, seen[groups == group], language) for group in range(groups[-1] + 1)]
    drawn = " ".join(f"M{x},0 L{x},1" for x in path_times(times[seen].to_numpy()))
    line = {"color": OFFICIAL, "width": 1.4, "dash": "dot"}
    shared = {"type": "path", "path": drawn, "xref": "x", "line": line}
    lines = [{**shared, "yref": f"{axis} domain"} for axis in AXES.values()]
    highest = max(float(np.max(trace.y)) for trace in figure.data if trace.yaxis in (None, AXES["posts"]))
    # Set and not updated: update_layout walks through all that is there.
    figure.layout.shapes = (*figure.layout.shapes, *lines)
    figure.layout.annotations = (*figure.layout.annotations, *flags)
    figure.layout.yaxis.range = [0, HEADROOM * highest]  # flags hide no bar
    name = _("Official statement").to(language)
    return figure.add_scatter(x=[None], y=[None], mode="lines", line=line, hoverinfo="skip", name=name)


def flag(official: pd.DataFrame, places: np.ndarray, language: str) -> dict[str, object]:
    """What stands where official statements lie close together? Their numbers; pointed at, time and platform."""
    rows = official.iloc[places]
    told = [
        _(
            "Official statement {number}: {time}, {platform}",
            number=int(place) + 1,
            time=f"{time:%Y-%m-%d %H:%M}",
            platform=Platform(platform).label,
        ).to(language)
        for place, time, platform in zip(places, rows["published_at"], rows["platform"], strict=True)
    ]
    first, last = int(places[0]) + 1, int(places[-1]) + 1
    return {
        "x": clock(pd.DatetimeIndex(rows["published_at"])[:1])[0],
        "xref": "x",
        "y": 1,
        "yref": f"{AXES['posts']} domain",
        "yanchor": "top",
        "showarrow": False,
        "text": str(first) if first == last else f"{first}–{last}",
        "hovertext": "<br>".join(told),
        "font": {"size": 11, "color": "#FFFFFF"},
        "bgcolor": FLAG,
        "bordercolor": OFFICIAL,
        "borderpad": 2,
    }


def event_timeline_table(part: Part, language: str, official: pd.DataFrame) -> pd.DataFrame:
    """What does the timeline of an event show? As chart_tables.timeline_table, and official statements an hour."""
    hourly = course(part)
    table = timeline_table(hourly, part.outlook, language)
    said = pd.DatetimeIndex(official["published_at"]).floor("h").value_counts()
    count = said.reindex(hourly.index, fill_value=0).to_numpy()
    return table.assign(**{_("Official statements").to(language): pd.Series(count).reindex(table.index)})
