"""How sure is the level, given what the classifier gets wrong and what the data do not tell?

The last days are counted again 200 times, each time with other errors, and judged by the same rule. What varies, and
by how much, stands in docs/formulas.md, "How sure".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text, _
from analysis.response.indicators import Readings, points, values
from analysis.response.late import UNTOLD, Late
from analysis.response.level import Assessment, held_levels, red_line_floor
from analysis.response.profile import Profile
from analysis.response.redraw import RISK_OFF, TONE_OFF, TOPIC_OFF, Errors, errors, redrawn
from analysis.schema import Level
from analysis.signals.situation import Situation

DRAWS, SEED = 200, 20250303
HOURS = 48  # and those of the hysteresis, are counted again; what was in force before is taken as it was
FEW = 3  # of the parts that run, the gravest
WITHIN = 25  # points under MILD, and under the gravest part, from which on a part may have a say


@dataclass(frozen=True)
class Likelihood:
    """How probable is each level now? chances: of all four, sum 1, as shares of `draws`.

    counted, not_counted: which uncertainties are in it and which are not.
    """

    chances: dict[Level, float]
    draws: int
    counted: tuple[Text, ...]
    not_counted: tuple[Text, ...]

    @property
    def probable(self) -> Level:
        """Which level is most probable? Of equal ones the graver."""
        return max(Level, key=lambda level: (self.chances[level], level))


def likelihood(
    parts: Sequence[tuple[Assessment, Situation]],
    everything: Assessment,
    profile: Profile,
    rates: ErrorRates | None,
    late: Late = UNTOLD,
) -> Likelihood:
    """How probable is each level now: of one part, or of several with the red lines of all posts?

    parts: what was assessed and from which situation; everything: whose red lines hold the level too (of one part:
    itself). rates: as the parts were assessed with. late: how complete the data are. The same input gives the same
    answer. The level in force stays the rule's, whichever is most probable.
    """
    dice = np.random.default_rng(SEED)
    wrong = errors(DRAWS, dice)
    floor = red_line_floor(everything.read, profile)
    level = np.full(DRAWS, held_levels(np.zeros(len(floor)), floor, profile)[-1])
    for assessment, situation in gravest(parts, profile):
        level = np.maximum(level, redrawn_levels(assessment, situation, profile, late, wrong, dice))
    chances = {one: float(np.mean(level == int(one))) for one in Level}
    return Likelihood(chances, DRAWS, counted(rates, late), not_counted(late))


def gravest(parts: Sequence[tuple[Assessment, Situation]], profile: Profile) -> list[tuple[Assessment, Situation]]:
    """Which parts can decide the level now? Of those that run the gravest, and what is not far under it and MILD."""
    now = max((situation.as_of for _assessment, situation in parts), default=None)
    running = sorted((part for part in parts if part[1].as_of == now), key=severity, reverse=True)[:FEW]
    top = max((assessment.score for assessment, _situation in running), default=0.0)
    least = max(top, profile.thresholds.mild) - WITHIN
    return [part for part in running if max(part[0].score, held_from(part[0].level, profile)) >= least]


def held_from(level: Level, profile: Profile) -> float:
    """Down to which score does a level hold? 0 at ROUTINE."""
    thresholds = (profile.hysteresis.points, profile.thresholds.mild, profile.thresholds.moderate)
    return float((*thresholds, profile.thresholds.severe)[level] - profile.hysteresis.points)


def severity(part: tuple[Assessment, Situation]) -> tuple[Level, float]:
    """How grave is a part? By its level, then by its score."""
    return part[0].level, part[0].score


def redrawn_levels(
    assessment: Assessment,
    situation: Situation,
    profile: Profile,
    late: Late,
    wrong: Errors,
    dice: np.random.Generator,
) -> np.ndarray:
    """Which level does a part have now in each draw? By the same formulas and hysteresis as the level itself."""
    past = assessment.timeline[["score", "level"]].to_numpy()
    hours = min(HOURS + round(profile.hysteresis.hours), len(past))
    read = redrawn(last_hours(assessment.read, hours), situation, profile, late, wrong, dice)
    score = np.nansum(points(values(read, situation, profile), profile), axis=1).reshape(-1, hours)
    unknown = (past[-hours:] == 0).all(axis=1)  # before an event was known it had no level, whatever was said
    floor = np.where(unknown, 0, red_line_floor(assessment.read, profile)[-hours:])
    before = int(past[-hours - 1, 1]) if len(past) > hours else 0
    return held_after(before, np.where(unknown, 0.0, score), floor, profile)


def held_after(before: int, score: np.ndarray, floor: np.ndarray, profile: Profile) -> np.ndarray:
    """Which level is in force at the end of each draw, if `before` was in force when it began?

    score: (draws × hours); floor: (hours). The draws stand one after the other in one timeline; before each, hours of
    silence end every level, and one hour enters `before`.
    """
    silent = max(1, round(profile.hysteresis.hours))
    begin = np.full((len(score), silent + 1), -np.inf)
    every = np.concatenate([begin, score], axis=1)
    floors = np.concatenate([np.zeros(silent, dtype=int), [before], floor])
    levels = held_levels(every.ravel(), np.tile(floors, len(score)), profile)
    return np.asarray(levels.reshape(every.shape)[:, -1])


def last_hours(read: Readings, hours: int) -> Readings:
    """What was read in the last hours?"""
    return replace(
        read,
        cooled={part: left[-hours:] for part, left in read.cooled.items()},
        topics=read.topics[-hours:],
        negative=read.negative[-hours:],
        lean=read.lean[-hours:],
        posts=read.posts[-hours:],
        platforms=read.platforms[-hours:],
        regions=None if read.regions is None else read.regions[-hours:],
        followers=None if read.followers is None else read.followers[-hours:],
        media=read.media[-hours:],
        recent=read.recent[-hours:],
        usual=read.usual[-hours:],
    )


def counted(rates: ErrorRates | None, late: Late) -> tuple[Text, ...]:
    """Which uncertainties are in the probabilities?"""
    tone = _(
        "how the classifier errs on tone: counted plainly, the negative share is off by some {points:.0f} points",
        points=100 * TONE_OFF,
    )
    learnt = _(
        "how unsure the classifier's errors on tone still are after {n:,} random corrections",
        n=rates.corrections if rates else 0,
    )
    told = [
        tone if rates is None else learnt,
        _(
            "how the classifier errs on topics: it counts some {risk:.0%} too many or too few risk posts, and some "
            "{topic:.0%} too many or too few of one topic",
            risk=RISK_OFF,
            topic=TOPIC_OFF,
        ),
        _("chance: which posts the export caught, and their interactions with them"),
    ]
    if late.missing:
        told.append(_("posts of the last hours that are still to be collected, as earlier collections tell"))
    if late.estimated > 0:
        told.append(_("how many interactions had come by now: their counters were read off later"))
    return tuple(told)


def not_counted(late: Late) -> tuple[Text, ...]:
    """Which uncertainties are left out?"""
    told = [
        _("whether posts that cross a red line mean what their words say"),
        _("which posts belong to which event"),
    ]
    if not late.missing:
        told.append(_("posts that are still to be collected: the data do not tell how late they come"))
    if late.estimated < 1:
        told.append(_("interactions that came after the counters were read off"))
    return tuple(told)
