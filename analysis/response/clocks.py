"""Which time limits run, and when do they end? (时限; sources in docs/formulas.md)"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.language import Text, _
from analysis.response.level import Assessment
from analysis.schema import Level, Topic

BINDING, BENCHMARK, PRACTICE = _("binding"), _("benchmark"), _("good practice")
ALARMED = (Level.MILD, Level.MODERATE, Level.SEVERE)


@dataclass(frozen=True)
class Limit:
    """A time limit: hours from the onset (or the discovery), and for which levels and topics it runs."""

    name: Text
    hours: float
    source: str
    force: Text
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...] = tuple(Topic)
    from_discovery: bool = False


@dataclass(frozen=True)
class Clock:
    """A limit that runs: its deadline, where it comes from, and whether it binds."""

    name: Text
    deadline: pd.Timestamp
    source: str
    force: Text
    from_discovery: bool


SAFETY = "卫医管发〔2011〕4号"
CARE = (Topic.MEDICAL_QUALITY,)
LIMITS = (
    Limit(_("Report of a medical-safety event, gravest grade"), 2, SAFETY, BINDING, ALARMED, CARE, True),
    Limit(_("First reaction (golden four hours)"), 4, "黄金4小时", PRACTICE, ALARMED),
    Limit(_("Authoritative information"), 5, "国办发〔2016〕80号", BENCHMARK, (Level.SEVERE,)),
    Limit(_("Report of a medical-safety event, serious grade"), 12, SAFETY, BINDING, ALARMED, CARE, True),
    Limit(_("Press conference"), 24, "国办发〔2016〕61号、80号", BINDING, (Level.SEVERE,)),
    Limit(_("Official statement"), 24, "医院预案通行做法", PRACTICE, (Level.MODERATE,)),
    Limit(_("Public response"), 48, "国办发〔2016〕61号", BINDING, (Level.MILD, Level.MODERATE)),
    Limit(_("Report of a medical-safety event, general grade"), 360, SAFETY, BINDING, ALARMED, CARE, True),
)


def clocks(assessment: Assessment) -> tuple[Clock, ...]:
    """Which limits run for the level in force and the leading topic? Soonest first; none while all is ROUTINE.

    All three grades of the medical-safety report are given: only the hospital knows the grade.
    """
    if assessment.onset is None or assessment.discovered is None:
        return ()
    running = [
        Clock(
            limit.name,
            (assessment.discovered if limit.from_discovery else assessment.onset) + pd.Timedelta(hours=limit.hours),
            limit.source,
            limit.force,
            limit.from_discovery,
        )
        for limit in LIMITS
        if assessment.level in limit.levels and assessment.topic in limit.topics
    ]
    return tuple(sorted(running, key=lambda clock: clock.deadline))
