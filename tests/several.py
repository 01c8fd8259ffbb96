"""Several events as of a time, counted by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
from frames import EXAMPLE, HOUR, at, cube

from analysis.parts import Part, parts, situations

EVENTS = {"a": "产妇术后死亡", "b": "<b>排队</b>&两小时", "c": "停车费调整"}
DRAWN = "&lt;b&gt;排队&lt;/b&gt;&amp;两小时"  # the name of b where plotly reads HTML


def several(hour: float, per_hour: dict[str, dict[int, int]], spam: Collection[str] = ()) -> tuple[Part, ...]:
    """What is known at the end of an hour of these events, which hold so many posts in these hours after START?

    The id "" are the posts of no event. An event exists from the hour of its first post on; nothing is forecast.
    """
    cells = sorted((when, event, posts) for event, held in per_hour.items() for when, posts in held.items())
    counted = cube(*({"event": event, "hour": when, "posts": posts} for when, event, posts in cells))
    began = {event: at(min(held)) for event, held in per_hour.items() if event}
    table = pd.DataFrame(
        [{"id": event, "began": first, "exists": first, "spam": event in spam} for event, first in began.items()],
        columns=["id", "began", "exists", "spam"],
    )
    as_of = end_of(hour)
    found = situations(counted, table, as_of, EXAMPLE.heat, EXAMPLE.pace)
    return parts(found, table, as_of, EXAMPLE, by_day=True)


def end_of(hour: float) -> pd.Timestamp:
    """Which is the last second of an hour? Then the hour is whole."""
    return at(hour) + HOUR - pd.Timedelta(seconds=1)


def bare(per_hour: dict[int, int], hour: int, event: str = "a") -> Part:
    """An event that holds so many posts in these hours, as of the end of an hour: of it only posts and times are right.

    Laws are tried on many of them: what several() works out would take too long.
    """
    hours = pd.date_range(at(min(per_hour)), at(min(max(per_hour) + 168, hour)), freq="h")
    posts = np.zeros(len(hours))
    for when, count in per_hour.items():
        posts[when - min(per_hour)] = count
    now = replace(any_part().situation, hourly=pd.DataFrame({"posts": posts}, index=hours))
    return replace(any_part(), id=event, began=at(min(per_hour)), last_post=at(max(per_hour)), situation=now)


@cache
def any_part() -> Part:
    return one(several(0, {"a": {0: 1}}), "a")


def one(found: tuple[Part, ...], event: str) -> Part:
    return next(part for part in found if part.id == event)
