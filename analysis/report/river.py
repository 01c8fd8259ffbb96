"""What stands in the river of events: how many posts had each, step by step, stacked on each other?

Plain traces as plotly reads them; event_charts.py makes the figure of them. Names of events are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.parts import REST, Part
from analysis.report.chart_tables import TIME
from analysis.report.charts import FONT, HOUR, INK, clock
from analysis.report.event_table import NO_EVENT, events, name_of, short
from analysis.report.timeline import Part as Trace

ONE_HOUR = pd.Timedelta(hours=1)
STEPS = (1, 2, 3, 6, 12, 24, 48, 168, 720)  # hours
MOST_STEPS, LEAST_HOURS = 120, 24
LEAD = 1.03  # of the span from the first post on: the first rise begins on the ground
MOST_EVENTS = 8  # that can be told apart; the others are drawn together
OTHERS = "…"
LONGEST_NAME = 34  # columns
GROUND, OTHER_COLOUR = "rgba(128,142,156,0.30)", "#7B8894"
COLOURS = ("#3D85B8", "#D0803A", "#35997F", "#CC6367", "#9676C4", "#A08C48", "#4B9CC3", "#BF6C9F")
DARK, LEAST_HEIGHT = "#0B1218", 0.06  # ink on the areas; of the river's highest, to hold a number


def flow(parts: Sequence[Part], as_of: pd.Timestamp, days: int | None, rest: bool = False) -> tuple[pd.DataFrame, int]:
    """How many posts had each event, step by step up to as_of, and how many hours is a step?

    days: how far back, None = to shortly before the first post of the first event. Returns posts, indexed by the start
    of the step on the hospital's clock; a column an id that has a post there, in the order of their first posts, REST
    last where `rest` asks for it. Steps are as many hours as leave at most 120, the last one ends with the hour of
    as_of; the sum of a column is the event's posts of the span.
    """
    wanted = [
        *sorted(events(parts), key=lambda part: part.began),
        *(part for part in parts if rest and part.id == REST),
    ]
    end = as_of.floor("h") + ONE_HOUR
    step, length = steps(looked_back(parts, end, days))
    start = end - length * step * ONE_HOUR
    columns = {part.id: stepped(part.situation.hourly["posts"], start, length, step) for part in wanted}
    index = pd.date_range(start.tz_localize(None), periods=length, freq=step * ONE_HOUR)
    return pd.DataFrame({name: posts for name, posts in columns.items() if posts.any()}, index=index), step


def looked_back(parts: Sequence[Part], end: pd.Timestamp, days: int | None) -> int:
    """Over how many hours up to `end` are events looked at? At least a day, at most from shortly before the first."""
    began = [part.began.floor("h") for part in events(parts)]
    life = int(LEAD * ((end - min(began)) // ONE_HOUR)) + 1 if began else 0
    return max(life if days is None else min(life, 24 * days), LEAST_HOURS)


def steps(hours: int) -> tuple[int, int]:
    """In steps of how many hours is a span told, and in how many of them?"""
    step = next((wide for wide in STEPS if hours <= wide * MOST_STEPS), STEPS[-1])
    return step, -(-hours // step)


def stepped(posts: pd.Series, start: pd.Timestamp, length: int, step: int) -> np.ndarray:
    """How many posts fall into each of `length` steps of `step` hours from `start` on? posts: by hour, dense."""
    place = (pd.DatetimeIndex(posts.index) - start) // ONE_HOUR // step
    inside = (place >= 0) & (place < length)
    return np.bincount(place[inside], weights=posts.to_numpy(dtype=float)[inside], minlength=length)


def folded(frame: pd.DataFrame) -> pd.DataFrame:
    """Which layers can be told apart? The eight events of most posts; the others stand together as OTHERS."""
    named = frame.drop(columns=REST, errors="ignore")
    largest = set(named.sum().nlargest(MOST_EVENTS).index)
    kept = [name for name in named if name in largest]
    others = named.drop(columns=kept)
    more = {OTHERS: others.sum(axis=1)} if others.shape[1] else {}
    return named[kept].assign(**more, **({REST: frame[REST]} if REST in frame else {}))


def layers(frame: pd.DataFrame, step: int, names: Mapping[str, str], others: int, language: str) -> list[Trace]:
    """How do events stand on each other? Oldest at the bottom, so that a new one moves none; numbered as in the legend.

    frame: as `folded` gives it; names: by id; others: how many events OTHERS holds.
    """
    first = clock(frame.index[:1])[0]
    along = {"x0": first, "dx": step * HOUR, "xperiod": step * HOUR, "xperiod0": first, "xperiodalignment": "middle"}
    special = {
        OTHERS: (_("{n} other events", n=others).to(language), OTHER_COLOUR),
        REST: (NO_EVENT.to(language), GROUND),
    }
    traces = []
    for at, event in enumerate(frame):
        known = event not in special
        name, colour = (f"{at + 1} {short(names[event], LONGEST_NAME)}", COLOURS[at]) if known else special[event]
        traces.append(
            {
                **along,
                "type": "scatter",
                "mode": "lines",
                "y": frame[event].to_numpy(dtype="int32"),
                "name": name,
                "stackgroup": "all",
                "fillcolor": colour,
                "line": {"width": 0.8, "color": DARK if known else colour},
                "hovertemplate": "%{y:,}",
            }
        )
    return traces


def numbers(frame: pd.DataFrame, step: int) -> Trace:
    """Where does each event's number stand? In the middle of its highest step, where the layer is high enough."""
    heights = frame.to_numpy()
    tops, events_shown = heights.cumsum(axis=1), [name for name in frame if name not in (OTHERS, REST)]
    least = LEAST_HEIGHT * tops.max(initial=0)
    places = [(at, int(heights[:, at].argmax())) for at in range(len(events_shown))]
    seen = [(at, row) for at, row in places if heights[row, at] >= least]
    return {
        "type": "scatter",
        "mode": "text",
        "x": clock(frame.index[[row for _at, row in seen]] + step * ONE_HOUR / 2),
        "y": [float(tops[row, at] - heights[row, at] / 2) for at, row in seen],
        "text": [f"<b>{at + 1}</b>" for at, _row in seen],
        "textfont": {"family": FONT, "size": 12, "color": DARK},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def volume_title(step: int, language: str) -> str:
    """What does the height count?"""
    titles = {1: _("Posts an hour"), 24: _("Posts a day")}
    return titles.get(step, _("Posts in {hours} h", hours=step)).to(language)


def empty_note(language: str) -> Trace:
    """What stands in a chart without an event?"""
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    return {**place, "text": _("No event in this span").to(language), "font": {"size": 14, "color": INK}}


def flow_table(frame: pd.DataFrame, parts: Sequence[Part], names: Mapping[str, str], language: str) -> pd.DataFrame:
    """What does the river show? A row a step, a column an event, all of them; with their ids, for names may be alike.

    frame: as `flow` gives it.
    """
    called = {part.id: name_of(part, names, language) for part in parts if part.id in frame}
    titles = [f"{called[event]} ({event})" if event else called[event] for event in frame]
    times = pd.DataFrame({TIME.to(language): frame.index.strftime("%Y-%m-%d %H:%M")})
    return pd.concat([times, frame.set_axis(titles, axis=1).reset_index(drop=True)], axis=1)
