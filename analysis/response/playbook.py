"""What is to be done by whom, through which channel, by when? The emergency plan, read from playbook.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.response.level import Assessment
from analysis.response.plan import ALARMED, FAMILIES, FAMILY_LABELS, GROUPS, STEPS, Limit, Playbook, Skeleton, Task
from analysis.response.plan_entries import SHIPPED, read_limit, read_statement, read_task, refuse_unknown
from analysis.schema import InputError, Level, Topic

VERSION = 1
KINDS = ("limit", "task", "statement")
LONGEST, MOST_ENTRIES = 200_000, 500  # bytes, entries
WIDEST = 100


@dataclass(frozen=True)
class Assignment:
    """A task that is due now; deadline None at ROUTINE, where no event runs. See `plan.Task` for the rest."""

    step: int
    group: Text
    text: Text
    channel: Text
    deadline: pd.Timestamp | None
    key: str = ""
    checklist: tuple[Text, ...] = ()
    legal_review: bool = False


class TaskState(StrEnum):
    """How does a task stand?"""

    DONE = "done"
    OVERDUE = "overdue"
    OPEN = "open"

    @property
    def label(self) -> Text:
        return STATE_LABELS[self]


STATE_LABELS = {TaskState.DONE: _("done"), TaskState.OVERDUE: _("overdue"), TaskState.OPEN: _("to do")}


@cache
def shipped_playbook() -> Playbook:
    """Which plan is shipped?"""
    return from_toml(SHIPPED.read_bytes())


def assignments(assessment: Assessment, plan: Playbook | None = None) -> tuple[Assignment, ...]:
    """What is due at the level in force for the leading topic? Soonest first, in the order of the plan's steps.

    plan: the hospital's own, None = as shipped.
    """
    due = [
        Assignment(
            task.step,
            GROUPS[task.group],
            task.text,
            task.channel,
            None if assessment.onset is None else assessment.onset + pd.Timedelta(hours=task.hours),
            task.key,
            task.checklist,
            task.legal_review,
        )
        for task in (plan or shipped_playbook()).tasks
        if assessment.level in task.levels and assessment.topic in task.topics
    ]
    return tuple(sorted(due, key=lambda task: (task.deadline or pd.Timestamp.max.tz_localize("UTC"), task.step)))


def task_state(task: Assignment, done: Mapping[str, str], as_of: pd.Timestamp) -> TaskState:
    """Is a task done, overdue or open as of a time? done: task key → when it was done; that it was done counts always,
    for the desk may look from a time before."""
    if task.key in done:
        return TaskState.DONE
    return TaskState.OVERDUE if task.deadline is not None and task.deadline < as_of else TaskState.OPEN


def gaps(plan: Playbook) -> tuple[Text, ...]:
    """For which level, step and topics has a plan no task? A message each; () = for all that can be alarmed."""
    found = []
    for level in ALARMED:
        for step, label in STEPS.items():
            served = [task.topics for task in plan.tasks if task.step == step and level in task.levels]
            lacking = [topic for topic in Topic if not any(topic in topics for topics in served)]
            if lacking:
                topics = [FAMILY_LABELS["all"]] if len(lacking) == len(Topic) else [topic.label for topic in lacking]
                words = {"level": level.label, "step": label, "topics": topics}
                found.append(_("No task at {level} in step “{step}” for: {topics}.", **words))
    return tuple(found)


def from_toml(written: str | bytes) -> Playbook:
    """Which plan does this TOML hold? Every key is explained in docs/playbook.md.

    A text that stands in the shipped plan, in whichever language, is shown in the reader's language; all others stay
    as they are. Raises InputError that names the entry by number and the key, the reason and the remedy: for unknown
    and missing keys, wrong values, keys that stand twice, another version, broken TOML, more than 200 kB, and more
    than 500 entries.
    """
    given = parsed(written)
    if type(version := given.pop("version", None)) is not int or version != VERSION:
        raise InputError(_("The playbook needs the line: version = {version}.", version=VERSION))
    refuse_unknown(set(given) - set(KINDS))
    entries = {kind: given.get(kind, []) for kind in KINDS}
    for kind, listed in entries.items():
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            raise InputError(_("The playbook: {kind} must be entries under [[{kind}]].", kind=kind))
    if not entries["task"]:
        raise InputError(_("The playbook holds no task. Give at least one entry under [[task]]."))
    if (many := sum(map(len, entries.values()))) > MOST_ENTRIES:
        raise InputError(_("The playbook has {many:,} entries; {most} are allowed.", many=many, most=MOST_ENTRIES))
    found = Playbook(
        tuple(read_task(n, entry) for n, entry in enumerate(entries["task"], 1)),
        tuple(read_limit(n, entry) for n, entry in enumerate(entries["limit"], 1)),
        tuple(read_statement(n, entry) for n, entry in enumerate(entries["statement"], 1)),
    )
    refuse_twice("task", [task.key for task in found.tasks])
    refuse_twice("statement", [skeleton.key for skeleton in found.statements])
    return found


def parsed(written: str | bytes) -> dict[str, Any]:
    """Which tables does this TOML hold? Raises InputError if it is none, or too long."""
    try:
        data = written.encode("utf-8") if isinstance(written, str) else written
        if len(data) > LONGEST:
            raise InputError(_("This is no playbook: it is longer than {kilo} kB.", kilo=LONGEST // 1000))
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeError as error:
        raise InputError(_("The playbook is not text in UTF-8. Save it as UTF-8.")) from error
    except InputError:
        raise
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits, or 50,000 brackets
        raise InputError(_("The playbook is not valid TOML: {reason}.", reason=str(error)[:200])) from error


def refuse_twice(kind: str, keys: list[str]) -> None:
    """Does a key stand twice? Raises InputError that names it and both entries."""
    for place, key in enumerate(keys, 1):
        if (first := keys.index(key) + 1) < place:
            words = {"kind": kind, "first": first, "second": place, "key": key}
            raise InputError(
                _("[[{kind}]] number {first} and number {second} have the same key {key}. Change one of them.", **words)
            )


def to_toml(plan: Playbook, language: str = "en") -> str:
    """How is a plan written down, to be changed by hand? `from_toml` reads it back unchanged, in any language."""
    entries = [
        *(("limit", limit_entry(limit, language)) for limit in plan.limits),
        *(("task", task_entry(task, language)) for task in plan.tasks),
        *(("statement", statement_entry(skeleton, language)) for skeleton in plan.statements),
    ]
    head = "".join(f"# {line.to(language)}\n" for line in HEAD)
    return f"{head}version = {VERSION}\n" + "".join(as_lines(kind, entry) for kind, entry in entries)


def as_lines(kind: str, entry: dict[str, Any]) -> str:
    """How does an entry stand in the file? A line a key; long lists a line an item."""
    return "\n".join(["", f"[[{kind}]]", *(f"{key} = {as_value(value)}" for key, value in entry.items()), ""])


def as_value(value: object) -> str:
    """How is a value written in TOML? Strings as in JSON, whose escapes TOML shares."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    items = [as_value(item) for item in value]
    short = f"[{', '.join(items)}]"
    return short if len(short) <= WIDEST else "[\n" + "".join(f"  {item},\n" for item in items) + "]"


HEAD = (
    _("The emergency plan. Every key is explained in docs/playbook.md; upload the file on the Response page."),
    _("hours: after the onset. Blanks are written ____. A text that you change stays as you write it."),
)


def task_entry(task: Task, language: str) -> dict[str, Any]:
    """How is a task written down?"""
    more: dict[str, Any] = {"checklist": words(task.checklist, language)} if task.checklist else {}
    more |= {"legal_review": True} if task.legal_review else {}
    return {
        "key": task.key,
        "step": task.step,
        **when(task.levels, task.topics),
        "hours": short(task.hours),
        "group": task.group,
        "channel": task.channel.to(language),
        "text": task.text.to(language),
        **more,
    }


def limit_entry(limit: Limit, language: str) -> dict[str, Any]:
    """How is a limit of the hospital's own written down?"""
    return {
        "name": limit.name.to(language),
        "hours": short(limit.hours),
        "from": "discovery" if limit.from_discovery else "onset",
        **when(limit.levels, limit.topics),
        "source": limit.source,
    }


def statement_entry(skeleton: Skeleton, language: str) -> dict[str, Any]:
    """How is the skeleton of a statement written down?"""
    return {
        "key": skeleton.key,
        "kind": str(skeleton.kind),
        **when(skeleton.levels, skeleton.topics),
        "title": skeleton.title.to(language),
        "parts": words(skeleton.parts, language),
        "checklist": words(skeleton.checklist, language),
        "avoid": words(skeleton.avoid, language),
    }


def when(levels: tuple[Level, ...], topics: frozenset[Topic]) -> dict[str, Any]:
    """How are levels and topics written? By the family where they are one."""
    family = next((name for name, members in FAMILIES.items() if members == topics), None)
    named = {"family": family} if family else {"topics": [str(topic) for topic in Topic if topic in topics]}
    return {"levels": [level.name for level in levels], **named}


def words(texts: tuple[Text, ...], language: str) -> list[str]:
    return [text.to(language) for text in texts]


def short(hours: float) -> float | int:
    """4.0 reads 4."""
    return int(hours) if hours == int(hours) else hours
