"""When does the level fall if nothing more comes, and when does it rise if posts come as forecast?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text, _
from analysis.response.indicators import readings
from analysis.response.level import Assessment, assess, held_levels, red_line_floor, run_lengths
from analysis.response.profile import Profile
from analysis.response.reasons import threshold_of
from analysis.schema import Level
from analysis.signals.continued import continued
from analysis.signals.situation import Situation

QUIET_HOURS = 14 * 24  # that are looked ahead for a fall
FORECAST_HOURS = 48  # that are looked ahead for a rise
HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Fall:
    """When does the level fall if nothing more comes?

    to_level: what is in force then; at: the first hour in which it is, and hours: how many from now; both None = not
    within two weeks. missing: points that the score still is above the line under which an hour is calm, 0 = it is
    not. calm: calm hours in a row that are counted already, of the `needed`; red_line: whether one holds the level.
    """

    to_level: Level
    at: pd.Timestamp | None
    hours: int | None
    missing: float
    calm: int
    needed: int
    red_line: bool

    @property
    def text(self) -> Text:
        """How does it read?"""
        if self.at is None:
            return _("Even if nothing more comes, this does not fall within two weeks.")
        said = {"level": self.to_level.label, "time": f"{self.at:%m-%d %H:%M}"}
        if self.hours == 1:
            return _("If nothing more comes, this falls to {level} at {time}, after one more quiet hour.", **said)
        return _(
            "If nothing more comes, this falls to {level} at {time}, after {n:,} more quiet hours.",
            n=self.hours,
            **said,
        )

    @property
    def detail(self) -> Text:
        """What still holds the level?"""
        if self.red_line:
            return _("A red line holds it as long as its posts are younger than 24 hours.")
        if self.missing > 0:
            return _(
                "The score must fall by more than {points:.1f} points before an hour counts as calm; "
                "{needed:,} calm hours in a row lower the level.",
                points=self.missing,
                needed=self.needed,
            )
        return _("{calm:,} of {needed:,} calm hours in a row are counted.", calm=self.calm, needed=self.needed)


@dataclass(frozen=True)
class Crossing:
    """When is the next level reached if posts come as forecast?

    to_level: what is reached, or would be next; at: the first hour in which it is, and hours: how many from now; both
    None = not within 48 hours. told: False = there is no forecast.
    """

    to_level: Level
    at: pd.Timestamp | None
    hours: int | None
    told: bool = True

    @property
    def text(self) -> Text:
        """How does it read?"""
        level = self.to_level.label
        if not self.told:
            return _("When this may become {level} cannot be told: there is no forecast.", level=level)
        if self.at is None:
            return _("If it goes on as forecast, this does not become {level} within 48 hours.", level=level)
        return _(
            "If it goes on as forecast, this becomes {level} at {time}, in {n:,} h.",
            level=level,
            time=f"{self.at:%m-%d %H:%M}",
            n=self.hours,
        )


def fall(
    assessment: Assessment,
    situation: Situation,
    profile: Profile,
    rates: ErrorRates | None,
    others: Sequence[tuple[Assessment, Situation]] = (),
    whole: Situation | None = None,
) -> Fall | None:
    """When does the level fall if nothing more comes, and what holds it until then? None at ROUTINE.

    situation: what was assessed. For the level over all: others: the other parts, which hold it too; whole: of all
    posts, whose red lines do. Interactions of posts that are there already are taken to have come.
    """
    if assessment.level == Level.ROUTINE:
        return None
    silence = np.zeros(QUIET_HOURS)
    levels = levels_ahead(assessment, situation, silence, profile, rates)
    for other, its in others:
        if its.as_of == situation.as_of and other.level > Level.ROUTINE:
            levels = np.maximum(levels, levels_ahead(other, its, silence, profile, rates))
    if whole is not None:
        levels = np.maximum(levels, red_lines_ahead(whole, silence, profile, rates))
    to_level, at, hours = first_hour(levels < assessment.level, levels, assessment)
    line = threshold_of(assessment.level, profile) - profile.hysteresis.points
    floor = red_line_floor(assessment.read, profile)
    score = assessment.timeline["score"].to_numpy()[-len(floor) :]  # over all, its hours are more than the part's
    calm = (score < line) & (floor < assessment.level)
    red_line = any(crossed.level >= assessment.level for crossed in assessment.red_lines)
    return Fall(
        to_level=Level(assessment.level - 1) if to_level is None else to_level,
        at=at,
        hours=hours,
        missing=max(assessment.score - line, 0.0),
        calm=0 if red_line else int(run_lengths(calm)[-1]),
        needed=max(1, round(profile.hysteresis.hours)),
        red_line=red_line,
    )


def crossing(
    assessment: Assessment, situation: Situation, path: np.ndarray, profile: Profile, rates: ErrorRates | None
) -> Crossing | None:
    """When is the next level reached if posts come as forecast and are like those of the last 24 hours?

    situation: what was assessed; path: its posts in each coming hour, of which 48 are looked at; empty = there is no
    forecast. None at SEVERE: there is no next.
    """
    if assessment.level == Level.SEVERE:
        return None
    following = Level(assessment.level + 1)
    if len(path) == 0:
        return Crossing(following, None, None, told=False)
    levels = levels_ahead(assessment, situation, np.asarray(path)[:FORECAST_HOURS], profile, rates)
    to_level, at, hours = first_hour(levels > assessment.level, levels, assessment)
    return Crossing(following if to_level is None else to_level, at, hours)


def first_hour(
    happens: np.ndarray, levels: np.ndarray, assessment: Assessment
) -> tuple[Level | None, pd.Timestamp | None, int | None]:
    """Which coming hour is the first in which it happens: the level then, the hour, and how many from now?"""
    if not happens.any():
        return None, None, None
    place = int(np.argmax(happens))
    return Level(int(levels[place])), assessment.timeline.index[-1] + (place + 1) * HOUR, place + 1


def levels_ahead(
    assessment: Assessment, situation: Situation, posts: np.ndarray, profile: Profile, rates: ErrorRates | None
) -> np.ndarray:
    """Which level is in force in each coming hour, if so many posts come? One value for each of `posts`."""
    then = continued(situation, posts, profile.heat)
    timeline = assess(then, profile, rates, known_from(assessment)).timeline
    return timeline["level"].to_numpy(dtype=int)[-len(posts) :]


def red_lines_ahead(whole: Situation, posts: np.ndarray, profile: Profile, rates: ErrorRates | None) -> np.ndarray:
    """Which level do the red lines of all posts hold in each coming hour?"""
    floor = red_line_floor(readings(continued(whole, posts, profile.heat), profile, rates), profile)
    return held_levels(np.zeros(len(floor)), floor, profile)[-len(posts) :]


def known_from(assessment: Assessment) -> pd.Timestamp:
    """From which hour on did these posts have a score or a level? Before it an event was not known, or silent."""
    told = assessment.timeline[["score", "level"]].to_numpy().any(axis=1)
    return assessment.timeline.index[int(np.argmax(told)) if told.any() else -1]
