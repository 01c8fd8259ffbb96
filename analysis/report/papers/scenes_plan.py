"""Which scenes tell why this level, what is to be done, and what will be asked?"""

from __future__ import annotations

from analysis.language import Text, _
from analysis.report.papers.blocks import Fact, Lines, Made, Scene, Table
from analysis.report.papers.chartdata import level_chart
from analysis.report.papers.judged import (
    NAMES,
    WHY,
    far_sentences,
    judged,
    red_line_sentence,
    sure_sentences,
    task_sentence,
    why_sentence,
)
from analysis.report.papers.material import Material
from analysis.report.papers.standing_blocks import clock_due, task_stands
from analysis.report.plan_tables import task_text
from analysis.report.sureness import rule_text
from analysis.response.clocks import ClockState, state
from analysis.response.playbook import Assignment, TaskState, task_state
from analysis.response.reasons import threshold_of
from analysis.schema import Level

MOST_LINES = 4
MOST_TASKS, MOST_OVERDUE = 7, 4  # that are shown, and of these overdue ones where others follow


def level_scene(material: Material) -> Scene:
    """Why this level, and how far is the next?"""
    assessment = material.standing.assessment
    lines = tuple(red_line_sentence(line, material) for line in assessment.red_lines[:1])
    return Scene(
        "level",
        _("Why this level, and how far from the next"),
        score_lead(material),
        (level_chart(material), Lines((*lines, *far_sentences(material))[:MOST_LINES], points=True)),
    )


def score_lead(material: Material) -> Text:
    """How high is the score, and how many points under the next level?"""
    assessment, profile = material.standing.assessment, material.briefing.profile
    rows = (judged(material),)
    score = Fact(assessment.score, Made.MEASURE, WHY, rows, "score")
    if assessment.level == Level.SEVERE:
        return _(
            "The score is {score:.1f} of 100; {level} is the highest level.", score=score, level=Level.SEVERE.label
        )
    following = Level(assessment.level + 1)
    begins = threshold_of(following, profile)
    key = f"thresholds.{NAMES[following]}"
    words = {
        "score": score,
        "level": following.label,
        "threshold": Fact(begins, Made.SETTING, _("Setting of the profile"), (), key),
        "points": Fact(max(begins - assessment.score, 0.0), Made.MEASURE, WHY, rows, "score.missing"),
    }
    return _("The score is {score:.1f}; {level} begins at {threshold:g}: {points:.1f} points more.", **words)


def task_scene(material: Material) -> Scene:
    """What do we do, by whom, and by when? What is not done first, in the order of the deadlines."""
    shown, left = next_tasks(material)
    table = Table(
        _("Tasks of the plan"),
        (_("Task"), _("Group"), _("Deadline"), _("State")),
        tuple((task_text(task), task.group, *task_stands(task, material)) for task in shown),
        (0.42, 0.15, 0.3, 0.13),
    )
    more = Fact(left, Made.MEASURE, _("Tasks of the plan"), (), "task.left")
    rest = _("and {n:,} more task.", n=more) if left == 1 else _("and {n:,} more tasks.", n=more)
    lines = ((rest,) if left else ()) + limit_lines(material)
    blocks = ((table,) if shown else ()) + ((Lines(lines),) if lines else ())
    return Scene("tasks", _("What we do, by whom and by when"), task_sentence(material), blocks)


def next_tasks(material: Material) -> tuple[list[Assignment], int]:
    """Which tasks are shown, and how many are not? Overdue ones and those that are due next; then what is done.

    Of many that are overdue the first MOST_OVERDUE, so that what comes next can be seen.
    """
    as_of, done = material.briefing.as_of, material.done
    by_state = {
        one: [task for task in material.standing.tasks if task_state(task, done, as_of) == one] for one in TaskState
    }
    overdue, coming = by_state[TaskState.OVERDUE], by_state[TaskState.OPEN]
    room = max(MOST_OVERDUE, MOST_TASKS - len(coming))
    shown = [*overdue[:room], *coming, *by_state[TaskState.DONE]][:MOST_TASKS]
    return shown, len(material.standing.tasks) - len(shown)


def limit_lines(material: Material) -> tuple[Text, ...]:
    """Which time limit ends next? () where none runs."""
    as_of = material.briefing.as_of
    running = [clock for clock in material.standing.clocks if state(clock, as_of) == ClockState.RUNNING]
    if not running:
        return ()
    return (_("Next time limit: {name}, {until}.", name=running[0].name, until=clock_due(running[0], as_of)),)


def overdue_sentence(material: Material) -> Text | None:
    """How many tasks are overdue, and how many time limits have passed? None where no task has a deadline."""
    as_of, standing = material.briefing.as_of, material.standing
    if not any(task.deadline is not None for task in standing.tasks):
        return None
    tasks = sum(task_state(task, material.done, as_of) == TaskState.OVERDUE for task in standing.tasks)
    limits = sum(state(clock, as_of) == ClockState.PASSED for clock in standing.clocks)
    words = {
        "tasks": Fact(tasks, Made.MEASURE, _("Tasks of the plan"), (), "task.overdue"),
        "limits": Fact(limits, Made.MEASURE, _("Time limits"), (), f"clock.{ClockState.PASSED}"),
    }
    if not tasks and not limits:
        return _("No task is overdue, and no time limit has passed.", **words)
    return _("Overdue tasks: {tasks:,}; time limits that have passed: {limits:,}.", **words)


def question_scene(material: Material) -> Scene:
    """What will be asked, and what is the answer?"""
    far, standing = far_sentences(material), material.standing
    other = rule_text(standing.likelihood, standing.assessment.level)
    late = overdue_sentence(material) or _("No deadline runs at this level.")
    answers = (
        (_("Why this level?"), why_sentence(material)),
        (_("How far from the next?"), far[0]),
        (_("What if we wait?"), joined(*(far[1:3] or far[:1]))),
        (_("How sure is this?"), joined(sure_sentences(material)[0], *((other,) if other else ()))),
        (_("What is overdue?"), joined(late, *first_overdue(material))),
    )
    table = Table(_("Questions and answers"), (_("Question"), _("What to say")), answers, (0.24, 0.76))
    lead = _("Answers to what is usually asked, from the figures as they stand.")
    return Scene("questions", _("Questions"), lead, (table,))


def joined(*texts: Text) -> Text:
    """How do sentences stand one after the other?"""
    if len(texts) == 1:
        return texts[0]
    return _("{first} {second}", first=texts[0], second=joined(*texts[1:]))


def first_overdue(material: Material) -> tuple[Text, ...]:
    """Which task is overdue longest? () where none is."""
    as_of, done = material.briefing.as_of, material.done
    late = [task for task in material.standing.tasks if task_state(task, done, as_of) == TaskState.OVERDUE]
    if not late:
        return ()
    words = {"task": late[0].text, "group": late[0].group}
    return (_("The first is: {task} ({group}).", **words),)
