"""From what reports are told in tests: a few posts, annotated and grouped by hand, and all that follows from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from frames import EXAMPLE, HOUR, at, posts
from lives import LAST_SECOND

from analysis.classify.prevalence import ErrorRates
from analysis.dataset import EVENT_TYPES
from analysis.parts import REST
from analysis.pipeline import brief_cube
from analysis.report.papers.blocks import Span
from analysis.report.papers.counting import spans
from analysis.report.papers.material import Material
from analysis.response.profile import Profile
from analysis.signals.cube import count
from analysis.signals.reach import reach
from analysis.standing import of_part


def material(
    frame: pd.DataFrame,
    hour: int,
    span: Span = Span.DAILY,
    event: str | None = None,
    rates: ErrorRates | None = None,
    profile: Profile = EXAMPLE,
    **told: Any,
) -> Material:
    """What is told from these posts (in order of time, with event_id) at the end of an hour? told: other fields.

    An event is known from its first post on. Nothing is forecast unless `by_day=False` is told: it takes a while.
    """
    as_of, by_day = at(hour) + LAST_SECOND, told.pop("by_day", True)
    cube = count(frame)
    briefing = brief_cube(cube, profile, as_of, rates=rates, by_day=by_day, events=events_of(frame))
    part = next((part for part in briefing.parts if part.id == event), None)
    own = briefing.standing if part is None else of_part(part, profile, rates, briefing.late)
    names = {found.id: f"事件{found.id}" for found in briefing.parts if found.id != REST}
    found = Material(briefing, own, cube, frame, reach(frame.iloc[:0], as_of, as_of), event, names)
    now = spans(found, span)[0]
    inside = frame[frame["published_at"].between(now.since, as_of) & (frame["published_at"] < now.until + HOUR)]
    if event is not None:
        inside = inside[inside["event_id"] == event]
    return replace(found, reach=reach(inside, now.since, as_of, profile.pace), **told)


def events_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Which events are there, each known from its first post on?"""
    grouped = frame[frame["event_id"] != ""].groupby("event_id")["published_at"].min()
    rows = [{"id": event, "began": first, "exists": first, "spam": False} for event, first in grouped.items()]
    return pd.DataFrame(rows, columns=list(EVENT_TYPES)).astype(EVENT_TYPES)


def spoken(per_hour: dict[int, int], **shared: Any) -> pd.DataFrame:
    """Which posts are these: so many in each hour after START, alike but for what is shared?"""
    return posts(*({"hour": hour, **shared} for hour, many in sorted(per_hour.items()) for _one in range(many)))
