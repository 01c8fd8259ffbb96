"""Which response level is in force, since when, and why?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text, _
from analysis.response.groups import INDICATORS, RED_LINE_LEVELS, Hysteresis
from analysis.response.indicators import TOPICS, Readings, given, readings, score_of, shares, topic_gravity, values
from analysis.response.profile import Profile
from analysis.schema import CLAIM_LABELS, Level, Topic
from analysis.signals.situation import Situation
from analysis.signals.stage import onsets

RANKS = ("mild", "moderate", "severe")  # the thresholds of levels 1, 2, 3
AT_FIRST = np.zeros(1, dtype=int)
RED_LINE_LABELS = {**{str(claim): label for claim, label in CLAIM_LABELS.items()}}
RED_LINE_LABELS["central_media"] = _("Central media report it")


@dataclass(frozen=True)
class RedLine:
    """A line that is crossed: the posts of the last 24 hours that cross it, how many it takes, the level."""

    name: str
    posts: int
    needed: int
    level: Level

    @property
    def text(self) -> Text:
        return _(
            "{name}: {posts} posts in 24 h, {needed} are enough for {level}.",
            name=RED_LINE_LABELS[self.name],
            posts=self.posts,
            needed=self.needed,
            level=self.level.label,
        )


@dataclass(frozen=True)
class Assessment:
    """The level as of a time, and what it rests on.

    timeline: indexed by hour; score [0, 100], level (0..3), a column of points an indicator, and
    value_<indicator>. topic: the gravest topic now. onset: when the event that runs began; discovered:
    when the level first rose above ROUTINE in it; None while all is ROUTINE. since: when the level in
    force was reached.
    """

    level: Level
    score: float
    timeline: pd.DataFrame
    read: Readings
    red_lines: tuple[RedLine, ...]
    topic: Topic
    onset: pd.Timestamp | None
    discovered: pd.Timestamp | None
    since: pd.Timestamp


def assess(
    situation: Situation, profile: Profile, rates: ErrorRates | None = None, known: pd.Timestamp | None = None
) -> Assessment:
    """Which level is recommended as of the situation's time?

    The score (sum of the indicators' points) and the red lines are judged at every hour up to as_of;
    hysteresis holds a level until it was left for long enough. No hour looks ahead. rates: how the classifier errs,
    None = not known: negativity is then uncorrected. known: from which hour on it was known that these posts belong
    together, None = always; before it score and level are 0.
    """
    read = readings(situation, profile, rates)
    value = values(read, situation, profile)
    share, floor = shares(value, profile), red_line_floor(read, profile)
    by_indicator, score = given(share, profile.weights), score_of(share, profile.weights)
    if known is not None:
        unknown = np.asarray(situation.hourly.index < known)
        by_indicator[:, unknown], score[unknown], floor[unknown] = 0, 0, 0
    level = held_levels(score, floor, profile)
    columns = {"score": score, "level": level}
    for at, name in enumerate(INDICATORS):
        columns |= {name: by_indicator[at], f"value_{name}": value[name]}
    timeline = pd.DataFrame(columns, index=situation.hourly.index)
    onset, discovered = began(timeline["level"], situation)
    return Assessment(
        level=Level(int(level[-1])),
        score=float(score[-1]),
        timeline=timeline,
        read=read,
        red_lines=crossed(read, profile),
        topic=leading_topic(read, profile),
        onset=onset,
        discovered=discovered,
        since=run_start(timeline["level"]),
    )


def held_levels(score: np.ndarray, floor: np.ndarray, profile: Profile) -> np.ndarray:
    """Which level is in force at each hour, given hysteresis?

    Each level is entered at once, at its threshold or by a red line, and left after `hours` in a row
    in which the score was more than `points` below its threshold and no red line held it. The level
    in force is the highest that was entered and not left, so higher thresholds never give a higher one.
    """
    level = np.zeros(len(score), dtype=int)
    for rank, name in enumerate(RANKS, start=1):
        level[in_force(score, floor, getattr(profile.thresholds, name), rank, profile.hysteresis)] = rank
    return level


def in_force(
    score: np.ndarray,
    floor: np.ndarray,
    threshold: float,
    rank: int,
    hysteresis: Hysteresis,
    begins: np.ndarray = AT_FIRST,
) -> np.ndarray:
    """At which hours is one level (1..3) in force: entered, and not left? Bools; see `held_levels`.

    begins: where another part begins, if several stand one after the other; at first no level is in force.
    """
    entered: np.ndarray = (score >= threshold) | (floor >= rank)
    if not entered.any():
        return entered
    calm = (score < threshold - hysteresis.points) & (floor < rank)
    left = run_lengths(calm, begins) >= max(1, round(hysteresis.hours))
    return latest_of(entered, left, begins)


def run_lengths(flags: np.ndarray, begins: np.ndarray = AT_FIRST) -> np.ndarray:
    """For how many hours in a row, up to each hour, has a flag been true? No run reaches back over a beginning."""
    position = np.arange(1, len(flags) + 1)
    return position - np.maximum.accumulate(before(np.where(flags, 0, position), begins))


def latest_of(on: np.ndarray, off: np.ndarray, begins: np.ndarray = AT_FIRST) -> np.ndarray:
    """At which hours was the latest event an `on`? False before the first; a beginning counts as an `off` before it."""
    position = np.arange(1, len(on) + 1)
    ended = before(np.where(off, position, 0), begins)
    return np.maximum.accumulate(np.where(on, position, 0)) > np.maximum.accumulate(ended)


def before(marks: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Which positions are marked, when each hour before a beginning is? marks: 1.. or 0, changed in place."""
    marks[begins] = np.maximum(marks[begins], begins)
    return marks


def red_line_floor(read: Readings, profile: Profile) -> np.ndarray:
    """Which level do the red lines demand at each hour? 0 where none is crossed."""
    floor = np.zeros(len(read.posts), dtype=int)
    for name, level in RED_LINE_LEVELS.items():
        needed = getattr(profile.red_lines, name)
        if needed > 0:
            over = read.lines[name] >= needed
            if over.any():
                floor[over] = np.maximum(floor[over], int(level))
    return floor


def crossed(read: Readings, profile: Profile) -> tuple[RedLine, ...]:
    """Which red lines are crossed in the last hour read? Gravest first."""
    lines = [
        RedLine(name, int(read.lines[name][-1]), int(np.ceil(needed)), level)
        for name, level in RED_LINE_LEVELS.items()
        if (needed := getattr(profile.red_lines, name)) > 0 and read.lines[name][-1] >= needed
    ]
    return tuple(sorted(lines, key=lambda line: -line.level))


def leading_topic(read: Readings, profile: Profile) -> Topic:
    """Which topic weighs most now? The gravest by posts and nature; before any is grave, the most talked of."""
    now = read.topics[-1]
    return TOPICS[int(np.lexsort((now, topic_gravity(now, profile)))[-1])]


def run_start(series: pd.Series) -> pd.Timestamp:
    """Since when has the last value of a series stood?"""
    changed = series != series.shift()
    return changed[changed].index[-1]


def began(level: pd.Series, situation: Situation) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """When did what runs now begin, and when was it discovered? (None, None) while the level is ROUTINE."""
    if level.iloc[-1] == Level.ROUTINE:
        return None, None
    discovered = run_start(level > Level.ROUTINE)
    position = onsets(list(situation.hourly["stage"]), situation.hourly["risk"].to_numpy())[-1]
    onset = level.index[position] if position >= 0 else discovered
    return min(onset, discovered), discovered


def level_label(level: Level, score: float, profile: Profile) -> Text:
    """What is the level called in the profile's scheme? Always name and number, never a bare number."""
    if level == Level.ROUTINE:
        return level.label
    if profile.scheme == "national":
        gravest = level == Level.SEVERE and score >= profile.thresholds.gravest
        return _("{name} ({number})", name=level.label, number=NATIONAL[level + gravest])
    number = int(level) if profile.scheme == "mild-first" else 4 - int(level)
    return _("{name} ({number})", name=level.label, number=NUMBERS[number])


NUMBERS = {1: _("level I"), 2: _("level II"), 3: _("level III")}
NATIONAL = {1: _("IV blue"), 2: _("III yellow"), 3: _("II orange"), 4: _("I red")}
