"""Which level, why, how sure, how far from the next, what now and by when? All that follows from one assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text
from analysis.parts import Part
from analysis.response.ahead import Crossing, Fall, crossing, fall
from analysis.response.clocks import Clock, clocks
from analysis.response.late import Late
from analysis.response.level import Assessment
from analysis.response.likelihood import Likelihood, likelihood
from analysis.response.margins import Margin, margins
from analysis.response.plan import Grade, Playbook
from analysis.response.playbook import Assignment, assignments
from analysis.response.profile import Profile
from analysis.response.reasons import Reason, reasons, summary
from analysis.response.statements import Statement, statement
from analysis.signals.situation import Situation

NO_PATH = np.zeros(0)


@dataclass(frozen=True)
class Standing:
    """How does it stand with one event, or with all of them?

    why: the level in one sentence. fall: None at ROUTINE; crossing: None at SEVERE. clocks, tasks, statement: by the
    plan (see `planned`).
    """

    assessment: Assessment
    why: Text
    reasons: tuple[Reason, ...]
    margins: tuple[Margin, ...]
    likelihood: Likelihood
    fall: Fall | None
    crossing: Crossing | None
    clocks: tuple[Clock, ...] = ()
    tasks: tuple[Assignment, ...] = ()
    statement: Statement | None = None


def of_part(part: Part, profile: Profile, rates: ErrorRates | None, late: Late) -> Standing:
    """How does it stand with one event (or the rest)? As of the part's time."""
    assessment, seen = part.assessment, part.seen
    path = NO_PATH if part.outlook.none else part.outlook.path
    found = Standing(
        assessment=assessment,
        why=summary(assessment, profile),
        reasons=reasons(assessment, profile),
        margins=margins(assessment, seen, profile),
        likelihood=likelihood([(assessment, seen)], assessment, profile, rates, late),
        fall=fall(assessment, seen, profile, rates),
        crossing=crossing(assessment, seen, path, profile, rates),
    )
    return planned(found, seen)


def of_all(
    assessment: Assessment,
    parts: Sequence[Part],
    everything: Assessment,
    whole: Situation,
    path: np.ndarray,
    profile: Profile,
    rates: ErrorRates | None,
    late: Late,
) -> Standing:
    """How does it stand with all events together?

    assessment: see `parts.overall`; parts: gravest first. everything, whole: what all posts give, and their situation:
    their red lines hold the level too. path: posts of the gravest part in the coming hours, empty = not told.
    """
    seen, told = parts[0].seen, [(part.assessment, part.seen) for part in parts]
    # what the gravest part's own hours hold, at the level over all: its timeline knows from when on it was known
    own = replace(parts[0].assessment, level=assessment.level, red_lines=assessment.red_lines)
    found = Standing(
        assessment=assessment,
        why=summary(assessment, profile),
        reasons=reasons(assessment, profile),
        margins=margins(own, seen, profile, everything.read),
        likelihood=likelihood(told, everything, profile, rates, late),
        fall=fall(own, seen, profile, rates, told[1:], whole),
        crossing=crossing(own, seen, path, profile, rates),
    )
    return planned(found, seen)


def planned(
    standing: Standing, situation: Situation, plan: Playbook | None = None, grade: Grade | None = None
) -> Standing:
    """What is to be done by a plan, by when, and what may be said? situation: of the posts that were assessed.

    plan: the hospital's own, None = as shipped. grade: of a medical-safety event, None = not graded yet.
    """
    assessment = standing.assessment
    return replace(
        standing,
        clocks=clocks(assessment, plan, grade),
        tasks=assignments(assessment, plan),
        statement=statement(assessment, situation, plan),
    )
