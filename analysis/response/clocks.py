"""Which time limits run, have passed, or would run at a graver level? (时限; sources in docs/formulas.md)"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.language import Text, _
from analysis.response.level import Assessment
from analysis.response.plan import ALARMED, BENCHMARK, BINDING, PRACTICE, Grade, Limit, Playbook
from analysis.response.playbook import shipped_playbook
from analysis.schema import Level, Topic


class ClockState(StrEnum):
    """How does a limit stand: not yet = only a graver level starts it."""

    PASSED = "passed"
    RUNNING = "running"
    NOT_YET = "not_yet"

    @property
    def label(self) -> Text:
        return STATE_LABELS[self]


STATE_LABELS = {
    ClockState.PASSED: _("passed"),
    ClockState.RUNNING: _("running"),
    ClockState.NOT_YET: _("not yet"),
}


@dataclass(frozen=True)
class Clock:
    """A limit as it stands: where it comes from and whether it binds; `hours` from the onset or the discovery.

    deadline: None while it does not run; level: from which level on it would run then, None where it runs.
    """

    name: Text
    deadline: pd.Timestamp | None
    source: str
    force: Text
    from_discovery: bool
    hours: float
    level: Level | None = None

    @property
    def binding(self) -> bool:
        return self.force == BINDING


SAFETY = "卫医管发〔2011〕4号"
CARE = frozenset({Topic.MEDICAL_QUALITY})
LIMITS = (
    Limit(
        _("Report of a medical-safety event, gravest grade"),
        *(2, SAFETY, BINDING, ALARMED, CARE, True, Grade.GRAVEST),
    ),
    Limit(_("First reaction (golden four hours)"), 4, "黄金4小时", PRACTICE, ALARMED),
    Limit(_("Authoritative information"), 5, "国办发〔2016〕80号", BENCHMARK, (Level.SEVERE,)),
    Limit(
        _("Report of a medical-safety event, serious grade"),
        *(12, SAFETY, BINDING, ALARMED, CARE, True, Grade.SERIOUS),
    ),
    Limit(_("Press conference"), 24, "国办发〔2016〕61号、80号", BINDING, (Level.SEVERE,)),
    Limit(_("Official statement"), 24, "医院预案通行做法", PRACTICE, (Level.MODERATE,)),
    Limit(_("Public response"), 48, "国办发〔2016〕61号", BINDING, (Level.MILD, Level.MODERATE)),
    Limit(
        _("Report of a medical-safety event, general grade"),
        *(360, SAFETY, BINDING, ALARMED, CARE, True, Grade.GENERAL),
    ),
)


def clocks(assessment: Assessment, plan: Playbook | None = None, grade: Grade | None = None) -> tuple[Clock, ...]:
    """Which limits run for the level in force and the leading topic, and which would at a graver level?

    Those that run (or have passed) first, soonest first; then the others, by level. At ROUTINE none runs, and those of
    MILD are given. plan: with the hospital's own limits, None = as shipped. grade: of a medical-safety event; while it
    is None the reports of all three grades are given.
    """
    own = (plan or shipped_playbook()).limits
    found = [
        clock
        for limit in (*LIMITS, *own)
        if assessment.topic in limit.topics and (None in (limit.grade, grade) or limit.grade == grade)
        if (clock := started(limit, assessment)) is not None
    ]
    running = [clock for clock in found if clock.deadline is not None]
    later = [clock for clock in found if clock.level is not None]
    return (
        *sorted(running, key=lambda clock: (clock.deadline, clock.hours)),
        *sorted(later, key=lambda clock: (clock.level, clock.hours)),
    )


def started(limit: Limit, assessment: Assessment) -> Clock | None:
    """How does a limit stand at the level in force? None where only milder levels (or, at ROUTINE, graver ones than
    MILD) start it."""
    facts = (limit.source, limit.force, limit.from_discovery, limit.hours)
    begin = assessment.discovered if limit.from_discovery else assessment.onset
    if assessment.level in limit.levels and begin is not None:
        return Clock(limit.name, begin + pd.Timedelta(hours=limit.hours), *facts)
    graver = min((level for level in limit.levels if level > assessment.level), default=None)
    if graver is None or (assessment.level == Level.ROUTINE and graver > Level.MILD):
        return None
    return Clock(limit.name, None, *facts, graver)


def state(clock: Clock, as_of: pd.Timestamp) -> ClockState:
    """Does a limit run, has it passed, or not begun, as of a time? It runs up to and including its deadline."""
    if clock.deadline is None:
        return ClockState.NOT_YET
    return ClockState.PASSED if clock.deadline < as_of else ClockState.RUNNING
