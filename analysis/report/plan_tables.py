"""How are time limits, tasks, statements and the playbook laid out, as tables for people and as JSON for scripts?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.report.reach_tables import iso
from analysis.report.tables import Row, shown, until
from analysis.response.clocks import Clock, state
from analysis.response.plan import FAMILIES, FAMILY_LABELS, GROUPS, STEPS, Limit, Playbook, Skeleton
from analysis.response.playbook import Assignment, TaskState, task_state
from analysis.schema import Topic

NONE_DONE: Mapping[str, str] = {}


def clock_table(clocks: Sequence[Clock], as_of: pd.Timestamp, language: str) -> pd.DataFrame:
    """Which limits have passed, run or do not run yet, until when, and what do they rest on?"""
    rows: list[Row] = [
        {
            _("Limit"): clock.name,
            _("State"): state(clock, as_of).label,
            _("Deadline"): clock_until(clock, as_of),
            _("Rests on"): rests_on(clock),
        }
        for clock in clocks
    ]
    return shown(rows, language)


def rests_on(clock: Clock) -> Text:
    """What does a limit rest on, and from when is it counted?"""
    words = {"force": clock.force, "source": clock.source, "start": start_text(clock.from_discovery)}
    return _("{force}, {source}, from the {start}", **words)


def clock_until(clock: Clock, as_of: pd.Timestamp) -> Text:
    """Until when does a limit run and how long is left; or what starts it?"""
    if clock.deadline is not None:
        return until(clock.deadline, as_of)
    level = None if clock.level is None else clock.level.label
    words = {"hours": f"{clock.hours:g}", "start": start_text(clock.from_discovery), "level": level}
    return _("{hours} h from the {start}, once the level is {level}", **words)


def start_text(from_discovery: bool) -> Text:
    return _("discovery") if from_discovery else _("onset")


def clock_words(clock: Clock, as_of: pd.Timestamp) -> Text:
    """How does a limit read in one line?"""
    return _(
        "{name}: {until} ({state}; {force}, {source})",
        name=clock.name,
        until=clock_until(clock, as_of),
        state=state(clock, as_of).label,
        force=clock.force,
        source=clock.source,
    )


def task_table(
    tasks: Sequence[Assignment], as_of: pd.Timestamp, language: str, done: Mapping[str, str] = NONE_DONE
) -> pd.DataFrame:
    """Who does what, through which channel, by when, and how does it stand? done: task key → when it was done."""
    rows: list[Row] = [
        {
            _("Step of the plan"): STEPS[task.step],
            _("Group"): task.group,
            _("Task"): task_text(task),
            _("Channel"): task.channel,
            _("Deadline"): task_until(task, as_of, done),
            _("State"): state_text(task, as_of, done),
        }
        for task in tasks
    ]
    return shown(rows, language)


def task_until(task: Assignment, as_of: pd.Timestamp, done: Mapping[str, str]) -> Text | str:
    """By when must a task be done; and while it is not, how long is left or past?"""
    if task.deadline is None:
        return ""
    return f"{task.deadline:%m-%d %H:%M}" if task.key in done else until(task.deadline, as_of)


def task_text(task: Assignment) -> Text:
    """What is to be done? It says so where lawyers read before."""
    return _("{task} (after legal review)", task=task.text) if task.legal_review else task.text


def state_text(task: Assignment, as_of: pd.Timestamp, done: Mapping[str, str]) -> Text:
    """Is a task done (when, and was that late), overdue or open?"""
    if task_state(task, done, as_of) != TaskState.DONE:
        return task_state(task, done, as_of).label
    at = pd.Timestamp(done[task.key])
    if task.deadline is None or at <= task.deadline:
        return _("done {time}", time=f"{at.tz_convert(as_of.tz):%m-%d %H:%M}")
    return _("done {time}, after the deadline", time=f"{at.tz_convert(as_of.tz):%m-%d %H:%M}")


def draft_text(draft: Skeleton, language: str) -> str:
    """How does a skeleton read as one text, to be copied? Its title, then its parts, a blank line between."""
    return "\n\n".join(text.to(language) for text in (draft.title, *draft.parts))


def task_entries(plan: Playbook, language: str) -> pd.DataFrame:
    """Which tasks does a playbook hold? In its order, one a row."""
    rows: list[Row] = [
        {
            _("Step of the plan"): STEPS[task.step],
            _("Level"): listed(level.label for level in task.levels),
            _("Topics"): topics_text(task.topics),
            _("Group"): GROUPS[task.group],
            _("Task"): task.text,
            _("Channel"): task.channel,
            _("Hours after the onset"): f"{task.hours:g}",
            _("Legal review"): "✓" if task.legal_review else "",
            _("Checklist"): lines(task.checklist),
        }
        for task in plan.tasks
    ]
    return shown(rows, language)


def limit_table(plan: Playbook, language: str) -> pd.DataFrame:
    """Which time limits of the hospital's own does a playbook hold?"""
    rows: list[Row] = [limit_row(limit) for limit in plan.limits]
    return shown(rows, language)


def limit_row(limit: Limit) -> Row:
    return {
        _("Limit"): limit.name,
        _("Hours"): f"{limit.hours:g}",
        _("Counted from"): start_text(limit.from_discovery),
        _("Level"): listed(level.label for level in limit.levels),
        _("Topics"): topics_text(limit.topics),
        _("Source"): limit.source,
    }


def statement_table(plan: Playbook, language: str) -> pd.DataFrame:
    """Which skeletons of statements does a playbook hold?"""
    rows: list[Row] = [
        {
            _("Text"): skeleton.title,
            _("Read by"): skeleton.kind.label,
            _("Level"): listed(level.label for level in skeleton.levels),
            _("Topics"): topics_text(skeleton.topics),
            _("Parts"): lines(skeleton.parts),
            _("Checklist"): lines(skeleton.checklist),
            _("To avoid"): lines(skeleton.avoid),
        }
        for skeleton in plan.statements
    ]
    return shown(rows, language)


def topics_text(topics: frozenset[Topic]) -> Text:
    """How are topics called? By their family where they are one."""
    family = next((name for name, members in FAMILIES.items() if members == topics), None)
    return FAMILY_LABELS[family] if family else listed(topic.label for topic in Topic if topic in topics)


def listed(labels: Any) -> Text:
    return Text("{names}", (("names", tuple(labels)),))


def lines(texts: tuple[Text, ...]) -> Text:
    """One line each."""
    names = [f"line{place}" for place in range(len(texts))]
    return Text("\n".join(f"{{{name}}}" for name in names), tuple(zip(names, texts, strict=True)))


def clock_json(clock: Clock, as_of: pd.Timestamp, language: str) -> dict[str, Any]:
    """How is a time limit written for scripts?"""
    found = state(clock, as_of)
    return {
        "name": clock.name.to(language),
        "deadline": iso(clock.deadline),
        "state": str(found),
        "level": None if clock.level is None else clock.level.name,
        "hours": clock.hours,
        "from": "discovery" if clock.from_discovery else "onset",
        "source": clock.source,
        "force": clock.force.to(language),
        "binding": clock.binding,
    }


def task_json(
    task: Assignment, as_of: pd.Timestamp, language: str, done: Mapping[str, str] = NONE_DONE
) -> dict[str, Any]:
    """How is a task written for scripts?"""
    return {
        "key": task.key,
        "step": task.step,
        "group": task.group.to(language),
        "task": task.text.to(language),
        "channel": task.channel.to(language),
        "deadline": iso(task.deadline),
        "state": str(task_state(task, done, as_of)),
        "checklist": [line.to(language) for line in task.checklist],
        "legal_review": task.legal_review,
    }
