"""Which number of the profile matters how much, and what if an event grew? Both by working the level out anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text, _
from analysis.response.level import assess
from analysis.response.profile import Profile
from analysis.response.replay import Track, replayed
from analysis.schema import Level
from analysis.signals.continued import continued
from analysis.signals.situation import Situation

MOVED = 0.2  # how far each number is moved, of itself
CLOSEST = 0.01  # a number keeps this share of its distance from the one it must stay below or above
STEPS = 25  # points of a curve over a number's range
HOUR = pd.Timedelta(hours=1)
DAY = 24  # hours shown before those that come
GROUPS = ("thresholds", "weights", "hysteresis", "heat", "scales", "gravity", "media", "red_lines")
# What cools needs other sums than the Track holds; `gravest` only names SEVERE in the national scheme.
LEFT_OUT = ("heat.half_life", "thresholds.gravest")
RISING = (
    ("mild", "moderate", "severe", "gravest"),
    *((f"{of}_from", f"{of}_full") for of in ("heat", "followers", "platforms", "regions", "media", "gravity")),
    *((f"{of}_from", f"{of}_full") for of in ("negativity", "growth")),
)
SCORE, HOURS = "score", "hours"
MEASURED = {SCORE: _("Score now"), HOURS: _("Hours at Mild or above")}
Measure = Callable[[pd.DataFrame], float]  # of a timeline: score, level by hour


@dataclass(frozen=True)
class Move:
    """What happens to a measure when one number goes down, and up?

    key: of the number ("thresholds.mild"); value: today's, low and high: what it was moved to; today, at_low, at_high:
    the measure then.
    """

    key: str
    value: float
    low: float
    high: float
    today: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """Between which ends does the measure go, at most?"""
        ends = self.today, self.at_low, self.at_high
        return max(ends) - min(ends)


@dataclass(frozen=True)
class WhatIf:
    """What would the level of one part be, if its posts went on so many times as fast?

    posts: of the last hours, coming: in as many hours from now. timeline: score and level of the last 24 hours and of
    those that come; now: the last hour that was seen. rises: when the level would rise, and to which.
    """

    posts: float
    coming: float
    timeline: pd.DataFrame
    now: pd.Timestamp
    rises: tuple[tuple[pd.Timestamp, Level], ...]


def score_at(hour: pd.Timestamp) -> Measure:
    """How is the score at an hour read off a timeline?"""
    return lambda timeline: float(timeline.at[hour, "score"])


def hours_from(least: Level) -> Measure:
    """How are the hours at a level or above read off a timeline?"""
    return lambda timeline: float((timeline["level"].to_numpy() >= least).sum())


def tornado(track: Track, profile: Profile, rates: ErrorRates | None, measure: Measure) -> tuple[Move, ...]:
    """How much does each number change a measure when it goes down and up by a fifth? Greatest swing first.

    Each is moved alone, within its range, and keeps below or above the number that it must. A number at 0 stays
    there. Left out: what decides no level, and half-life and pace, which need the posts to be summed anew.
    """
    today = measure(replayed(track, profile, rates))
    moves = [moved(track, profile, rates, measure, key, today) for key in keys()]
    return tuple(sorted(moves, key=lambda move: -move.swing))


def moved(track: Track, profile: Profile, rates: ErrorRates | None, measure: Measure, key: str, today: float) -> Move:
    """What happens to a measure when this number alone goes down, and up?"""
    value = profile.numbers()[key]
    ends = np.clip((value * (1 - MOVED), value * (1 + MOVED)), *bounds(profile, key))
    found = [
        today if end == value else measure(replayed(track, profile.with_numbers({key: float(end)}), rates))
        for end in ends
    ]
    return Move(key, value, float(ends[0]), float(ends[1]), today, *found)


def curve(track: Track, profile: Profile, rates: ErrorRates | None, measure: Measure, key: str) -> pd.DataFrame:
    """How does a measure run over one number's whole range? Columns value, measure; today's value is among them."""
    low, high = bounds(profile, key)
    even = np.geomspace(low, high, STEPS) if low > 0 and high > 1000 * low else np.linspace(low, high, STEPS)
    values = np.unique([*even, profile.numbers()[key]])
    found = [measure(replayed(track, profile.with_numbers({key: float(value)}), rates)) for value in values]
    return pd.DataFrame({"value": values, "measure": found})


def keys() -> tuple[str, ...]:
    """Which numbers are moved? Those that decide score or level and that a Track serves."""
    known = Profile().groups()
    named = (f"{group}.{part.name}" for group in GROUPS for part in fields(known[group]))
    return tuple(key for key in named if key not in LEFT_OUT)


def bounds(profile: Profile, key: str) -> tuple[float, float]:
    """Between which ends can a number lie while all others stay? Within its range, and in its order."""
    group, name = key.split(".")
    settings, value = getattr(profile, group), profile.numbers()[key]
    allowed = next(part.metadata for part in fields(settings) if part.name == name)
    low, high = float(allowed["low"]), float(allowed["high"])
    order: Sequence[str] = next((names for names in RISING if name in names), (name,))
    at = order.index(name)
    if at > 0:
        below = getattr(settings, order[at - 1])
        low = max(low, below + CLOSEST * (value - below))
    if at + 1 < len(order):
        above = getattr(settings, order[at + 1])
        high = min(high, above - CLOSEST * (above - value))
    if group == "weights" and value == sum(getattr(settings, part.name) for part in fields(settings)):
        low = CLOSEST * value  # the only one above 0
    return low, high


def whatif(
    seen: Situation,
    profile: Profile,
    rates: ErrorRates | None,
    factor: float,
    hours: int,
    known: pd.Timestamp | None = None,
) -> WhatIf:
    """What would the level be if in the coming hours `factor` times as many posts came as in the last `hours`?

    seen: what the level of the part is read from (`Part.seen`); profile: with the heat and pace that it was made with;
    known: as in `level.assess`. The posts come evenly, and are like those of the last 24 hours (`continued`).
    """
    posts = float(seen.hourly["posts"].tail(hours).sum())
    then = continued(seen, np.full(hours, factor * posts / hours), profile.heat)
    timeline = assess(then, profile, rates, known).timeline[["score", "level"]].tail(DAY + hours)
    level, now = timeline["level"], seen.hourly.index[-1]
    up = level[(level > level.shift(fill_value=Level.SEVERE)) & (level.index > now)]
    rises = tuple((hour, Level(int(reached))) for hour, reached in up.items())
    return WhatIf(posts, factor * posts, timeline, now, rises)


def whatif_text(then: WhatIf) -> Text:
    """How does it read what the level would be?"""
    now, end = then.timeline.loc[then.now], then.timeline.iloc[-1]
    ends = _(
        "now {level}, score {score:.0f}; at the end {then}, score {end:.0f}.",
        level=Level(int(now["level"])).label,
        score=now["score"],
        then=Level(int(end["level"])).label,
        end=end["score"],
    )
    if not then.rises:
        return _("{ends} The level does not rise.", ends=ends)
    up = [
        _(
            "{level} from {time} on, {n} h ahead",
            level=level.label,
            time=f"{hour:%m-%d %H:%M}",
            n=int((hour - then.now) / HOUR),
        )
        for hour, level in then.rises
    ]
    return _("{ends} It would rise: {up}.", ends=ends, up=up)
