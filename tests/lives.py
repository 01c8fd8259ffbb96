"""Events as of a time, made from small cubes, with descriptions written by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from frames import EXAMPLE, at, cube, posts

from analysis.classify.prevalence import ErrorRates
from analysis.events.describe import Description
from analysis.parts import Part, parts, situations
from analysis.schema import Topic

LAST_SECOND = pd.Timedelta(hours=1) - pd.Timedelta(seconds=1)  # of an hour: then the hour is whole


def event_cube(per_hour: dict[int, int], **shared: Any) -> pd.DataFrame:
    """Which cube has so many posts of the event "e" in these hours, and one other post in the first of all?"""
    return cube(
        {"hour": 0, "topic": "other"}, *({"event": "e", **shared, "hour": h, "posts": n} for h, n in per_hour.items())
    )


def part_at(
    counted: pd.DataFrame,
    hour: float,
    began: float | None = None,
    rates: ErrorRates | None = None,
    **told: Any,
) -> Part:
    """What is known of the event "e" at the end of an hour (exactly at it where it is no whole number)?

    began: hours after START, else the hour of its first cell; told: how its row of the table differs. Nothing is
    forecast, which would take most of the time.
    """
    as_of = at(hour) if hour % 1 else at(hour) + LAST_SECOND
    first = counted.loc[counted["event"] == "e", "hour"].iloc[0] if began is None else at(began)
    row = {"id": "e", "began": first, "exists": first, "spam": False, **told}
    table = pd.DataFrame([row])
    found = situations(counted, table, as_of, EXAMPLE.heat, EXAMPLE.pace)
    return next(part for part in parts(found, table, as_of, EXAMPLE, rates, by_day=True) if part.id == "e")


def described(*rows: dict[str, Any], **told: Any) -> Description:
    """How is an event described? rows: the posts that are its first sources, its examples and its statements."""
    frame = posts(*rows) if rows else posts()
    plain: dict[str, Any] = {
        "name": "事件",
        "terms": (),
        "topic": Topic.SERVICE,
        "sentiment": {"negative": len(frame)},
        "sources": frame[["platform", "published_at", "author", "text", "url"]],
        "amplifiers": frame[["author", "platform"]],
        "representative": frame[["published_at", "platform", "author", "text", "post_id"]].assign(role="central"),
        "places": (),
        "departments": (),
        "persons": (),
        "rumour_share": 0.0,
        "refutation_share": 0.0,
        "official": frame.iloc[:0][["published_at", "platform", "author", "text"]],
        "answered_after": None,
        "accounts_set": False,
    }
    return Description(**{**plain, **told})
