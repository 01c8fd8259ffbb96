"""What is to be done by whom, through which channel, by when? The emergency plan, read from playbook.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.language import Text, _
from analysis.response.level import Assessment
from analysis.schema import CARE_TOPICS, Level, Topic

PLAYBOOK = Path(__file__).with_name("playbook.toml")
GROUPS = {
    "leading": _("Leading group"),
    "monitoring": _("Monitoring and analysis group"),
    "handling": _("Response and handling group"),
    "logistics": _("Logistics group"),
    "spokesperson": _("Spokesperson"),
    "outside": _("Liaison with outside bodies"),
}
STEPS = {
    1: _("Monitor and report"),
    2: _("Assess and order"),
    3: _("Respond and publish"),
    4: _("Media and public"),
    5: _("On site and follow-up"),
    6: _("Review"),
}


@dataclass(frozen=True)
class Task:
    """One task of the plan: when it is due (levels, topics), and hours after the onset as its deadline."""

    step: int
    levels: tuple[Level, ...]
    topics: frozenset[Topic]
    hours: float
    group: str
    channel: Text
    text: Text


@dataclass(frozen=True)
class Assignment:
    """A task that is due now; deadline None at ROUTINE, where no event runs."""

    step: int
    group: Text
    text: Text
    channel: Text
    deadline: pd.Timestamp | None


@cache
def playbook(path: Path = PLAYBOOK) -> tuple[Task, ...]:
    """Which tasks does the plan hold? In the order of the file."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["task"]
    return tuple(
        Task(
            step=entry["step"],
            levels=tuple(Level[name] for name in entry["levels"]),
            topics=covered(entry.get("family", "all"), entry.get("topics")),
            hours=entry["hours"],
            group=entry["group"],
            channel=Text(entry["channel"]),
            text=Text(entry["text"]),
        )
        for entry in entries
    )


def covered(family: str, topics: list[str] | None) -> frozenset[Topic]:
    """For which topics is a task meant? Named topics, else a family: care, service, or all."""
    if topics:
        return frozenset(Topic(name) for name in topics)
    families = {"all": frozenset(Topic), "care": CARE_TOPICS, "service": frozenset(Topic) - CARE_TOPICS}
    return families[family]


def assignments(assessment: Assessment) -> tuple[Assignment, ...]:
    """What is due at the level in force for the leading topic? Soonest first, in the order of the plan's steps."""
    due = [
        Assignment(
            task.step,
            GROUPS[task.group],
            task.text,
            task.channel,
            None if assessment.onset is None else assessment.onset + pd.Timedelta(hours=task.hours),
        )
        for task in playbook()
        if assessment.level in task.levels and assessment.topic in task.topics
    ]
    return tuple(sorted(due, key=lambda task: (task.deadline or pd.Timestamp.max.tz_localize("UTC"), task.step)))
