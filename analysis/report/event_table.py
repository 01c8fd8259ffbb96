"""How are events laid out: a row each in the list, and as the tables of what their charts show?

Names of events are made of posts' words and are as hostile: nothing here renders them, charts escape them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.parts import AFTER, REST, Part
from analysis.report.charts import LEVEL_MARKS
from analysis.schema import Stage

HOUR = pd.Timedelta(hours=1)
CURVE_HOURS = CURVE_STEPS = 48
NO_EVENT = _("Posts of no event")
TRENDS = {1: _("↗ rising"), 0: _("→ steady"), -1: _("↘ falling")}
Kind = Literal["hidden", "text", "number", "decimal", "percent", "time", "curve", "flag"]


@dataclass(frozen=True)
class Shown:
    """How is a column of the list shown: under which name, as what kind of cell, and what must be said of it?

    kind: "hidden", "text", "number" (whole), "decimal", "percent" (cells in [0, 1]), "time" (the hospital's clock,
    without zone), "curve" (a list of numbers from 0 on) or "flag" (true or false).
    """

    label: Text
    kind: Kind
    meaning: Text | None = None


COLUMNS = {
    "id": Shown(_("Event id"), "hidden"),
    "event": Shown(_("Event"), "text"),
    "level": Shown(_("Level"), "text"),
    "score": Shown(
        _("Score"), "decimal", _("0 to 100; the level follows from it. Sort by it to have the gravest first.")
    ),
    "stage": Shown(_("Stage"), "text"),
    "heat": Shown(_("Heat"), "decimal", _("Of the event's risk posts; 0 = silence, 100 = the profile's reference.")),
    "trend": Shown(
        _("Trend"), "text", _("Posts of the last 6 hours against the 6 before; steady where chance explains it.")
    ),
    "curve": Shown(
        _("Course"),
        "curve",
        _("Posts an hour over the last 48 hours. Of a longer event its whole course in at most 48 steps."),
    ),
    "posts": Shown(_("Posts"), "number"),
    "posts_24h": Shown(_("Posts in 24 h"), "number"),
    "negative_share": Shown(_("Negative share"), "percent", _("Of all posts of the event so far.")),
    "negative_between": Shown(_("Negative share, 90% interval"), "text"),
    "topic": Shown(_("Topic"), "text", _("What most of its risk posts speak of.")),
    "began": Shown(_("First post"), "time"),
    "onset": Shown(_("Onset"), "time"),
    "peak": Shown(_("Peak"), "time", _("The hour of most posts so far.")),
    "last_post": Shown(_("Last post"), "time"),
    "spam": Shown(_("Spam campaign"), "flag", _("Many accounts, one text, within minutes.")),
}


def listed(parts: Sequence[Part]) -> list[Part]:
    """In which order do parts stand? As they come, gravest first; the posts of no event last."""
    return [*events(parts), *(part for part in parts if part.id == REST)]


def events(parts: Sequence[Part]) -> list[Part]:
    """Which parts are events?"""
    return [part for part in parts if part.id != REST]


def name_of(part: Part, names: Mapping[str, str], language: str) -> str:
    """How is a part called? An event by its name, as hostile as its posts; the rest by what it is."""
    return NO_EVENT.to(language) if part.id == REST else names[part.id]


def event_table(
    parts: Sequence[Part], names: Mapping[str, str], language: str, trends: Mapping[str, int]
) -> pd.DataFrame:
    """Which events are there, how grave, and where do they go? A row each, gravest first; posts of no event last.

    names: by id, masked; trends: by id, 1 = rising, 0 = steady, -1 = falling. Returns the columns of COLUMNS, which
    says how each is shown; negative_share is NaN and negative_between empty without posts to share.
    """
    rows = [
        {"id": part.id, "event": name_of(part, names, language), "trend": TRENDS[trends[part.id]].to(language)}
        | state(part, language)
        | counts(part)
        for part in listed(parts)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    times = [name for name, shown in COLUMNS.items() if shown.kind == "time"]
    return table.astype(dict.fromkeys(times, "datetime64[us]"))


def state(part: Part, language: str) -> dict[str, object]:
    """How grave is a part, in which stage, how hot, and what is it about? In words; levels with their mark."""
    now, assessment = part.situation.hourly.iloc[-1], part.assessment
    share = part.negative_share
    return {
        "level": f"{LEVEL_MARKS[assessment.level]} {assessment.level.label.to(language)}",
        "score": round(assessment.score, 1),
        "stage": Stage(now["stage"]).label.to(language),
        "heat": round(float(now["heat"]), 1),
        "negative_share": np.nan if share is None else round(share[0], 2),
        "negative_between": "" if share is None else f"{share[1]:.0%}–{share[2]:.0%}",
        "topic": part.topic.label.to(language),
    }


def counts(part: Part) -> dict[str, object]:
    """How much does a part hold, from when to when, and how did it run?"""
    moments = {name: getattr(part, name).tz_localize(None) for name in ("began", "onset", "peak", "last_post")}
    return {"posts": part.posts, "posts_24h": part.posts_24h, "curve": curve(part), "spam": part.spam, **moments}


def curve(part: Part) -> list[float]:
    """How many posts an hour came, on average, in each of at most 48 steps? Oldest first.

    Of a part as long as 48 hours or shorter, each of the last 48; of a longer one, its whole course in steps of as
    many hours as that takes. The last step ends now, of an event that is over with its last post.
    """
    posts = part.situation.hourly["posts"].loc[: end_of(part)].to_numpy(dtype=float)
    hours = max(CURVE_HOURS, (end_of(part) - part.began.floor("h")) // HOUR + 1)
    step = -(-hours // CURVE_STEPS)
    taken = posts[-hours:]
    whole = np.r_[np.zeros(-(-hours // step) * step - len(taken)), taken]  # silence before the first hour
    return [round(value, 2) for value in whole.reshape(-1, step).mean(axis=1).tolist()]


def end_of(part: Part) -> pd.Timestamp:
    """At which hour does the course of a part end? At the last hour known, of one that is over at its last post."""
    return part.last_post if over(part) else part.situation.hourly.index[-1]


def over(part: Part) -> bool:
    """Is a part over: did nothing come for a week?"""
    return bool(part.situation.hourly.index[-1] - part.last_post >= AFTER)


def for_file(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """How is the list of events taken to a spreadsheet? Headers in the reader's language, without the curve."""
    kept = table.drop(columns="curve")
    return kept.rename(columns={name: COLUMNS[name].label.to(language) for name in kept})


def short(name: str, most: int) -> str:
    """How does a name stand in a chart? On one line, cut to `most` columns (an ideograph takes two), escaped.

    Plotly reads HTML in whatever it writes.
    """
    line = " ".join(name.split())
    wide = np.cumsum([1 + (east_asian_width(sign) in "WF") for sign in line])
    kept = line if not len(line) or wide[-1] <= most else line[: int((wide < most).sum())].rstrip() + "…"
    return escape(kept, quote=False)
