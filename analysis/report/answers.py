"""What stands at the head of the Response page: which level, why, how far, how sure, what now, and by when?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from analysis.language import Text, _
from analysis.parts import Part
from analysis.report.banner import SAID, distance, framed, said_line
from analysis.report.charts import LEVEL_MARKS
from analysis.report.plan_tables import clock_words
from analysis.report.sureness import chances_text
from analysis.report.tables import until
from analysis.response.clocks import Clock, ClockState, state
from analysis.response.playbook import Assignment, TaskState, task_state
from analysis.response.profile import Profile
from analysis.schema import Level
from analysis.standing import Standing

POSTS = ("negative posts", "neutral reports")  # units of margins that are posts of people, not red lines


def answers(
    standing: Standing,
    done: Mapping[str, str],
    head: Text,
    facts: Text,
    profile: Profile,
    as_of: pd.Timestamp,
    language: str,
) -> str:
    """Which HTML answers at a glance: which level, why, how far, how sure, what now, and by when?

    done: task key → when it was done. head: what it is about; facts: the small print. Both may hold a name as foreign
    as its posts, and tasks are as the hospital wrote them: all is escaped.
    """
    rows = [
        (_("Why"), [standing.why]),
        (_("How far"), far_lines(standing)),
        (_("How sure"), [chances_text(standing.likelihood)]),
        (_("What now"), task_lines(standing.tasks, done, as_of)),
        (_("By when"), due_lines(standing.clocks, as_of)),
    ]
    cells = "".join(answer(name.to(language), [text.to(language) for text in texts]) for name, texts in rows)
    grid = f'<div style="display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin-top:6px">{cells}</div>'
    return framed(standing.assessment, profile, head, grid, facts, language)


def far_lines(standing: Standing) -> list[Text]:
    """How far up (in one sentence, and in the fewest posts), how far down, and when? What there is to tell of it."""
    nearest = distance(standing.assessment.level, standing.margins)
    in_posts = [margin for margin in standing.margins if margin.change is not None and margin.unit in POSTS]
    fewest = [margin.text for margin in sorted(in_posts, key=lambda margin: margin.change or 0)[:1]]
    up = [standing.crossing.text] if standing.crossing else []
    down = [standing.fall.text] if standing.fall else []
    return [nearest, *(text for text in fewest if text != nearest), *up, *down]


def task_lines(tasks: Sequence[Assignment], done: Mapping[str, str], as_of: pd.Timestamp) -> list[Text]:
    """Which task is next, and how many are overdue? Of those that are not done the one that is due first."""
    left = [task for task in tasks if task.key not in done]
    if not left:
        return [_("All tasks are done.")]
    overdue = sum(task_state(task, done, as_of) == TaskState.OVERDUE for task in left)
    first = left[0]
    words = {"task": first.text, "group": first.group}
    if first.deadline is None:
        return [_("{task} ({group})", **words)]
    told = [_("{task} ({group}): {until}", until=until(first.deadline, as_of), **words)]
    return told + ([_("Tasks that are overdue: {n:,}.", n=overdue)] if overdue else [])


def due_lines(clocks: Sequence[Clock], as_of: pd.Timestamp) -> list[Text]:
    """Which limit ends next, and how many have passed?"""
    running = [clock for clock in clocks if state(clock, as_of) == ClockState.RUNNING]
    passed = sum(state(clock, as_of) == ClockState.PASSED for clock in clocks)
    if not running and not passed:
        return [_("No clock runs while the level is routine.")]
    next_one = [clock_words(running[0], as_of)] if running else [_("No limit runs any more.")]
    return next_one + ([_("Limits that have passed: {n:,}.", n=passed)] if passed else [])


def answer(name: str, lines: list[str]) -> str:
    """How does one question stand in the banner, with its answer beside it?"""
    said = "".join(said_line(line) for line in lines)
    return f'<div style="font-size:{SAID};opacity:.75">{escape(name)}</div><div>{said}</div>'


def event_line(part: Part, name: str) -> Text:
    """What is one event called, and how large is it? Its name is as foreign as its posts."""
    facts = {"event": name, "posts": part.posts, "day": part.posts_24h}
    return _("{event} ({posts:,} posts so far, {day:,} in the last 24 h)", **facts)


def choices(parts: Sequence[Part], named: Mapping[str, str], level: Level, language: str) -> dict[str | None, str]:
    """Between what can be chosen, gravest first, and how is it called? None = over all; an event's id otherwise."""
    whole = _("Over all").to(language)
    over_all = f"{LEVEL_MARKS[level]} {level.label.to(language)} · {whole}"
    return {None: over_all} | {
        part.id: f"{LEVEL_MARKS[part.assessment.level]} {part.assessment.level.label.to(language)} · {named[part.id]}"
        for part in parts
    }
