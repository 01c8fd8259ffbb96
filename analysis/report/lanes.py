"""What stands in the lanes of events: one a row, as thick as its heat, in the colour of its level?

Plain traces, shapes and notes as plotly reads them; event_charts.py makes the figure of them. Names of events are
escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.parts import Part
from analysis.report.chart_tables import TIME
from analysis.report.charts import INK, LEVEL_MARKS, clock, level_colour
from analysis.report.event_table import COLUMNS, events, short
from analysis.report.river import ONE_HOUR, looked_back, steps
from analysis.report.timeline import GRAVEST
from analysis.report.timeline import Part as Trace
from analysis.response.level import level_label
from analysis.response.profile import Profile
from analysis.schema import Level, Stage

MOST_LANES = 15
MARKED = "#1D2733"
THINNEST, THICKEST = 0.03, 0.33  # half of a lane, of the row; a lane without heat is still seen
NAME_AT, MIDDLE = 0.14, 0.64  # of the row: its words, its lane
LONGEST_TITLE, LONGEST_NAME = 34, 80  # columns of a name: over its lane, and under the pointer
READ = ("block", "posts", "heat", "level", "score")
RANK = {stage: rank for rank, stage in enumerate(GRAVEST)}
Outline = tuple[list[str | None], list[float | None]]  # x and y; None ends a run
MARKS = {"onset": "triangle-up", "peak": "diamond"}
KEY_OVER = 16  # pixels above the time looked from: beside each other they would meet on a narrow screen


def lanes(parts: Sequence[Part], as_of: pd.Timestamp, days: int | None) -> tuple[pd.DataFrame, int, int]:
    """What did each event hold, step by step from its first post to its last? How many hours is a step, of how many?

    The first 15 events, as `parts` orders them, that have an hour in the span; days: how far back, None = to the first
    post of the first event. Returns a row a step: lane (0, 1 … from above), id, start (the hospital's clock), posts
    (the sum), heat (the highest, [0, 100]), level and score (the gravest hour's), stage (the gravest); the hours of a
    step; and how many events have an hour in the span, shown or not.
    """
    end = as_of.floor("h") + ONE_HOUR
    step, length = steps(looked_back(parts, end, days))
    start = end - length * step * ONE_HOUR
    seen = [part for part in events(parts) if part.last_post >= start]
    told = [lane(part, start, step) for part in seen[:MOST_LANES]]
    columns = {name: np.concatenate([each[name] for each in told] or [np.zeros(0)]) for name in (*READ, "stage")}
    sizes = [len(each["block"]) for each in told]
    frame = pd.DataFrame(
        {
            "lane": np.repeat(np.arange(len(told)), sizes),
            "id": np.repeat(np.array([part.id for part in seen[:MOST_LANES]], dtype=object), sizes),
            "start": start.tz_localize(None) + columns["block"] * (step * ONE_HOUR),
            **{name: columns[name] for name in (*READ[1:], "stage")},
        }
    )
    return frame, step, len(seen)


def lane(part: Part, start: pd.Timestamp, step: int) -> dict[str, np.ndarray]:
    """What did one event hold in each step from its first post (or `start`) to its last? block: which step that is."""
    hourly, level = part.situation.hourly, part.assessment.timeline
    begin = (max(start, part.began.floor("h")) - hourly.index[0]) // ONE_HOUR
    inside = slice(begin, (part.last_post - hourly.index[0]) // ONE_HOUR + 1)
    offset = (hourly.index[0] - start) // ONE_HOUR
    block = (offset + np.arange(inside.start, inside.stop)) // step
    first = np.flatnonzero(np.r_[True, np.diff(block) > 0])
    rank = np.array([RANK[stage] for stage in hourly["stage"].iloc[inside].tolist()])
    return {
        "block": block[first],
        "posts": np.add.reduceat(hourly["posts"].to_numpy()[inside], first),
        "heat": np.maximum.reduceat(hourly["heat"].to_numpy()[inside], first),
        "level": np.maximum.reduceat(level["level"].to_numpy()[inside], first),
        "score": np.maximum.reduceat(level["score"].to_numpy()[inside], first),
        "stage": np.array(GRAVEST, dtype=object)[np.minimum.reduceat(rank, first)],
    }


def bands(frame: pd.DataFrame, step: int, profile: Profile, language: str) -> list[Trace]:
    """How thick, and in which colour, is each lane? An outline a run of a level; a trace a level, with its name."""
    level, lane = frame["level"].to_numpy(dtype=int), frame["lane"].to_numpy()
    red = (frame["score"].to_numpy() >= profile.thresholds.gravest) & (level == Level.SEVERE)
    kind = 2 * level + (red & (profile.scheme == "national"))  # the one scheme that splits a level, see level_colour
    first = np.flatnonzero(np.r_[True, (np.diff(kind) != 0) | (np.diff(lane) != 0)])
    half = THINNEST + (THICKEST - THINNEST) * frame["heat"].to_numpy() / 100
    starts = pd.DatetimeIndex(frame["start"])
    begins, ends = clock(starts), clock(starts + step * ONE_HOUR)
    drawn: dict[int, Outline] = {}
    for begin, end in pairwise([*first.tolist(), len(frame)]):
        x, y = drawn.setdefault(int(kind[begin]), ([], []))
        there = [time for pair in zip(begins[begin:end], ends[begin:end], strict=True) for time in pair]
        edge = np.repeat(half[begin:end], 2)
        x += [*there, *there[::-1], None]
        y += [*(lane[begin] + MIDDLE - edge).tolist(), *(lane[begin] + MIDDLE + edge[::-1]).tolist(), None]
    return [band(Level(kind // 2), kind % 2 == 1, drawn[kind], profile, language) for kind in sorted(drawn)]


def band(level: Level, gravest: bool, drawn: Outline, profile: Profile, language: str) -> Trace:
    """How does a level look in the lanes? gravest: whether its score passes the threshold of the same name."""
    score = profile.thresholds.gravest if gravest else 0.0
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "hoverinfo": "skip",
        "line": {"width": 0},
        "x": drawn[0],
        "y": drawn[1],
        "fillcolor": level_colour(level, score, profile),
        "name": f"{LEVEL_MARKS[level]} {level_label(level, score, profile).to(language)}",
    }


def told(frame: pd.DataFrame, step: int, names: Mapping[str, str], language: str) -> Trace:
    """What does the pointer tell over a lane? Name, time, posts, heat, stage and level of the step under it."""
    event = {name: short(names[name], LONGEST_NAME) for name in frame["id"].unique()}
    level = {level: f"{LEVEL_MARKS[level]} {level.label.to(language)}" for level in Level}
    stage = {str(stage): stage.label.to(language) for stage in Stage}
    line = _(
        "{time} · {posts} posts · heat {heat} · {stage} · {level}",
        time="%{customdata[5]}",
        posts="%{customdata[1]:,}",
        heat="%{customdata[2]:.0f}",
        stage="%{customdata[3]}",
        level="%{customdata[4]}",
    )
    cells = (
        frame["id"].map(event),
        frame["posts"],
        frame["heat"],
        frame["stage"].map(stage),
        frame["level"].map(level),
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "x": clock(pd.DatetimeIndex(frame["start"]) + step * ONE_HOUR / 2),
        "y": frame["lane"].to_numpy(dtype=float) + MIDDLE,
        "marker": {"size": 18, "opacity": 0},
        "customdata": list(zip(*cells, strict=True)),
        "hovertemplate": f"<b>%{{customdata[0]}}</b><br>{line.to(language)}<extra></extra>",
        "showlegend": False,
    }


def signs(parts: Sequence[Part], frame: pd.DataFrame, names: Mapping[str, str], language: str) -> list[Trace]:
    """Where did each event begin to break out (▲), and where was the hour of its most posts (◆)? If it is shown."""
    row = dict(zip(frame["id"], frame["lane"], strict=True))
    first = frame["start"].min()
    found = []
    for moment, symbol in MARKS.items():
        title = COLUMNS[moment].label.to(language)
        times = [(part, getattr(part, moment).tz_localize(None)) for part in parts if part.id in row]
        seen = [(part, time) for part, time in times if time >= first]
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": clock(pd.DatetimeIndex([time for _part, time in seen]) + ONE_HOUR / 2),
                "y": [row[part.id] + MIDDLE for part, _time in seen],
                "marker": {"symbol": symbol, "size": 10, "color": MARKED, "line": {"width": 1.2, "color": "#FFFFFF"}},
                "name": title,
                "customdata": [short(names[part.id], LONGEST_NAME) for part, _time in seen],
                "hovertemplate": f"<b>%{{customdata}}</b><br>{title} %{{x|%Y-%m-%d %H:00}}<extra></extra>",
            }
        )
    return found


def titles(
    parts: Sequence[Part], frame: pd.DataFrame, names: Mapping[str, str], profile: Profile, language: str
) -> list[Trace]:
    """What is written over each lane? The level now, by mark and word, and the event's name."""
    row = dict(zip(frame["id"], frame["lane"], strict=True))
    shared = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "middle", "showarrow": False}
    return [
        {**shared, "y": row[part.id] + NAME_AT, "text": title(part, names, profile, language)}
        for part in parts
        if part.id in row
    ]


def title(part: Part, names: Mapping[str, str], profile: Profile, language: str) -> str:
    """How is a lane called? `● Severe · name`, the mark in the colour of the level."""
    now = part.assessment
    mark = f'<span style="color:{level_colour(now.level, now.score, profile)}">{LEVEL_MARKS[now.level]}</span>'
    return f"{mark} {now.level.label.to(language)} · <b>{short(names[part.id], LONGEST_TITLE)}</b>"


def edges(shown: int, found: int, as_of: pd.Timestamp, language: str) -> list[Trace]:
    """What is written above the lanes? What thickness and colour say, whether all events are shown, and the time."""
    key = _("Thickness: heat. Colour: level.")
    told = key if shown == found else _("{shown} of {found} events. {key}", shown=shown, found=found, key=key)
    time = _("┊ as of {time}", time=f"{as_of:%Y-%m-%d %H:%M}")
    shared = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    shared |= {"font": {"size": 12, "color": INK}}
    return [
        {**shared, "x": 0, "xanchor": "left", "yshift": KEY_OVER, "text": told.to(language)},
        {**shared, "x": 1, "xanchor": "right", "text": time.to(language)},
    ]


def now(end: pd.Timestamp) -> Trace:
    """Where does what is known end? A line down through all lanes at the end of the last hour."""
    x = clock(pd.DatetimeIndex([end]))[0]
    line = {"color": INK, "width": 1.4, "dash": "dash"}
    return {"type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "paper", "line": line}


def lane_table(frame: pd.DataFrame, names: Mapping[str, str], language: str) -> pd.DataFrame:
    """What do the lanes show? A row a step of an event; frame: as `lanes` gives it."""
    told = pd.DataFrame(
        {
            TIME: pd.DatetimeIndex(frame["start"]).strftime("%Y-%m-%d %H:%M"),
            COLUMNS["id"].label: frame["id"],
            COLUMNS["event"].label: [names[event] for event in frame["id"]],
            COLUMNS["posts"].label: frame["posts"].astype("int64"),
            COLUMNS["heat"].label: frame["heat"].astype(float).round(1),
            COLUMNS["level"].label: [Level(level).label.to(language) for level in frame["level"]],
            COLUMNS["stage"].label: [Stage(stage).label.to(language) for stage in frame["stage"]],
        }
    )
    return told.rename(columns=lambda label: label.to(language))
