"""Which tables tell why this level, how far from the next, how sure, and what is to be done by when?

Every figure in them knows where it comes from. A table may have no rows: then there is nothing to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import pandas as pd

from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.report.distance_tables import chance_text
from analysis.report.papers.blocks import Fact, Made, Rows, Table
from analysis.report.papers.chartdata import level_words
from analysis.report.papers.facts import sourced
from analysis.report.papers.judged import MARGIN, SURE, WHY, event_name, judged, last_day
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import hours_said, percent, said_on
from analysis.report.plan_tables import rests_on, start_text, task_text
from analysis.report.tables import points_text
from analysis.response.clocks import Clock, state
from analysis.response.groups import INDICATOR_LABELS, RED_LINE_LEVELS
from analysis.response.level import RED_LINE_LABELS
from analysis.response.plan import STEPS
from analysis.response.playbook import Assignment, TaskState, task_state
from analysis.schema import Level, Stage
from analysis.signals.clock import whole_hour

HOUR = pd.Timedelta(hours=1)
LONG, DAY = 72, 24  # hours from which on days are easier to grasp; hours of one
MOST_EVENTS, LONGEST = 8, 200  # rows, and characters of an event's name
DEADLINE, DONE = _("Deadline"), _("When it was done")


def reason_table(material: Material) -> Table:
    """Why this level? Each indicator with its points of the most it can give, and what was counted; most points
    first."""
    rows = (judged(material),)
    return Table(
        _("Why this level"),
        (_("Indicator"), _("Points"), _("What was counted")),
        tuple(
            (
                INDICATOR_LABELS[reason.indicator],
                sourced(points_text(reason), Made.MEASURE, WHY, rows, f"reason.{reason.indicator}"),
                sourced(reason.text, Made.MEASURE, WHY, rows, f"reason.{reason.indicator}"),
            )
            for reason in material.standing.reasons
        ),
        (0.2, 0.18, 0.62),
    )


def margin_table(material: Material) -> Table:
    """What would have to happen within the hour for a graver level? No row at SEVERE: there is no next."""
    rows = (judged(material),)
    return Table(
        _("How far from the next level"),
        (_("Indicator"), _("What it takes"), _("Leads to")),
        tuple(
            (
                margin.label,
                sourced(margin.text, Made.MEASURE, MARGIN, rows, f"margin.{margin.indicator}"),
                level_words(margin.to_level),
            )
            for margin in material.standing.margins
        ),
        (0.26, 0.58, 0.16),
    )


def red_line_table(material: Material) -> Table:
    """Which red lines are there, how many posts has each, and how many are missing? Gravest level first."""
    return Table(
        _("Red lines"),
        (_("Red line"), _("Leads to"), _("Posts in 24 h"), _("State")),
        tuple(
            (RED_LINE_LABELS[name], level_words(level), *red_line_cells(material, name))
            for name, level in sorted(RED_LINE_LEVELS.items(), key=lambda line: -line[1])
        ),
        (0.36, 0.14, 0.16, 0.34),
    )


def red_line_cells(material: Material, name: str) -> tuple[Text, Text]:
    """How many posts has a red line, and is it crossed, or how many are missing? Over all, the posts of all count."""
    briefing = material.briefing
    read = briefing.everything.read if material.event is None else material.standing.assessment.read
    rows, key = (last_day(material),), f"reason.{name}"
    posts = Fact(int(read.lines[name][-1]), Made.MEASURE, RED_LINE_LABELS[name], rows, key)
    setting = float(getattr(briefing.profile.red_lines, name))
    needed = Fact(setting, Made.SETTING, _("Setting of the profile"), (), f"red_lines.{name}")
    count = Text("{posts:,}", (("posts", posts),))
    if setting <= 0:
        return count, _("switched off in this profile")
    if int(posts.value) >= setting:
        return count, _("crossed ({needed:,.0f} are enough)", needed=needed)
    missing = Fact(ceil(setting) - int(posts.value), Made.MEASURE, RED_LINE_LABELS[name], rows, key)
    return count, _("{missing:,} missing ({needed:,.0f} are enough)", missing=missing, needed=needed)


def likelihood_table(material: Material) -> Table:
    """How probable is each level, gravest first?"""
    chances, rows = material.standing.likelihood.chances, (last_day(material),)
    return Table(
        _("How sure the level is"),
        (_("Level"), _("Probability")),
        tuple(
            (
                level_words(level),
                sourced(chance_text(chances[level]), Made.MEASURE, SURE, rows, "likelihood"),
            )
            for level in sorted(Level, reverse=True)
        ),
        (0.5, 0.5),
    )


def clock_table(material: Material) -> Table:
    """Which limits have passed, run or do not run yet, until when, and what do they rest on?"""
    as_of = material.briefing.as_of
    return Table(
        _("Time limits"),
        (_("Limit"), _("State"), _("Deadline"), _("Rests on")),
        tuple(
            (clock.name, state(clock, as_of).label, clock_due(clock, as_of), cited(clock))
            for clock in material.standing.clocks
        ),
        (0.3, 0.1, 0.26, 0.34),
    )


def clock_due(clock: Clock, as_of: pd.Timestamp) -> Text:
    """Until when does a limit run and how long is left; or what starts it?"""
    if clock.deadline is not None:
        return due(clock.deadline, as_of, "clock")
    hours = Fact(clock.hours, Made.SETTING, _("Hours of a time limit"), (), "clock.hours")
    words = {"hours": Text("{n:g}", (("n", hours),)), "start": start_text(clock.from_discovery)}
    level = None if clock.level is None else clock.level.label
    return _("{hours} h from the {start}, once the level is {level}", level=level, **words)


def cited(clock: Clock) -> Text:
    """What does a limit rest on? Digits of a law are no figures of the desk."""
    return sourced(rests_on(clock), Made.QUOTED, _("Source of a time limit"))


def due(deadline: pd.Timestamp, as_of: pd.Timestamp, key: str) -> Text:
    """When is a deadline, and how long is left or past?"""
    hours = abs((deadline - as_of) / HOUR)
    words = {"time": said_on(deadline, DEADLINE, (), f"{key}.deadline"), "length": length_said(hours, f"{key}.left")}
    return _("{time} ({length} past)", **words) if deadline < as_of else _("{time} ({length} left)", **words)


def length_said(hours: float, key: str) -> Text:
    """How long is it, in hours? In minutes where it is short, in days where it is long."""
    if hours < 1:
        return _("{n:.0f} minutes", n=Fact(60 * hours, Made.MEASURE, DEADLINE, (), f"{key}_minutes"))
    if hours < LONG:
        return hours_said(Fact(hours, Made.MEASURE, DEADLINE, (), key))
    return _("{n:.0f} days", n=Fact(hours / DAY, Made.MEASURE, DEADLINE, (), f"{key}_days"))


def task_table(material: Material) -> Table:
    """Who does what, through which channel, by when, and how does it stand? In the order of their deadlines."""
    return Table(
        _("Tasks of the plan"),
        (_("Step of the plan"), _("Group"), _("Task"), _("Channel"), _("Deadline"), _("State")),
        tuple(
            (STEPS[task.step], task.group, task_text(task), task.channel, *task_stands(task, material))
            for task in material.standing.tasks
        ),
        (0.11, 0.16, 0.28, 0.15, 0.19, 0.11),
    )


def task_stands(task: Assignment, material: Material) -> tuple[Text, Text]:
    """By when must a task be done (and while it is not, how long is left or past), and how does it stand?

    "–" instead of a deadline where no event runs.
    """
    as_of, done = material.briefing.as_of, material.done
    if task.deadline is None:
        return Text("–"), stands(task, as_of, done)
    if task.key in done:
        return said_on(task.deadline, DEADLINE, (), "task.deadline"), stands(task, as_of, done)
    return due(task.deadline, as_of, "task"), stands(task, as_of, done)


def stands(task: Assignment, as_of: pd.Timestamp, done: Mapping[str, str]) -> Text:
    """Is a task done (when, and was that late), overdue or open?"""
    if task_state(task, done, as_of) != TaskState.DONE:
        return task_state(task, done, as_of).label
    at = pd.Timestamp(done[task.key]).tz_convert(as_of.tz)
    time = said_on(at, DONE, (), "task.done")
    if task.deadline is None or at <= task.deadline:
        return _("done {time}", time=time)
    return _("done {time}, after the deadline", time=time)


def event_table(material: Material, parts: Sequence[Part] | None = None) -> Table:
    """Which events are there, how grave, and how large? Gravest first.

    parts: which of them, None = those that are above ROUTINE or had a post in the last 24 hours, MOST_EVENTS at most.
    """
    shown = events_now(material)[:MOST_EVENTS] if parts is None else parts
    return Table(
        _("Events"),
        (_("Event"), _("Level"), _("Stage"), _("Posts"), _("Posts in 24 h"), _("Negative share")),
        tuple(event_row(material, part) for part in shown),
        (0.38, 0.13, 0.13, 0.11, 0.13, 0.12),
    )


def events_now(material: Material) -> list[Part]:
    """Which events are above ROUTINE or had a post in the last 24 hours? Gravest first."""
    parts = (part for part in material.briefing.parts if part.id != REST)
    return [part for part in parts if part.assessment.level > Level.ROUTINE or part.posts_24h]


def event_row(material: Material, part: Part) -> tuple[Text, ...]:
    """How does it stand with one event? Its name in full: it is the only place where it stands so."""
    last = whole_hour(material.briefing.as_of)
    whole = Rows(whole_hour(part.began), last, (("event", part.id),))
    day = Rows(last_day(material).since, last, whole.where)
    return (
        Text("{event}", (("event", event_name(material, part, LONGEST)),)),
        level_words(part.assessment.level),
        Stage(str(part.situation.hourly["stage"].iloc[-1])).label,
        Text("{n:,}", (("n", Fact(part.posts, Made.COUNT, _("Posts of the event"), (whole,))),)),
        Text("{n:,}", (("n", Fact(part.posts_24h, Made.COUNT, _("Posts of the event in 24 hours"), (day,))),)),
        share_cell(material, part, whole),
    )


def share_cell(material: Material, part: Part, whole: Rows) -> Text:
    """Which share of an event's posts is negative? "–" without a post."""
    share = share_fact_of(material, part, whole)
    return Text("–") if share is None else percent(share)


def share_fact_of(material: Material, part: Part, whole: Rows) -> Fact | None:
    """Which share of an event's posts is negative, as far as the classifier's errors are known? None without a post."""
    if part.negative_share is None:
        return None
    made = Made.CORRECTED if material.briefing.corrections else Made.MEASURE
    return Fact(part.negative_share[0], made, _("Negative share"), (whole,), f"event.share.{part.id}")
