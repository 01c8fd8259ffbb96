"""How does it read which level is in force, why, how sure that is, how far the next one is, and what runs?"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.report.banner import distance
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.counting import HOUR, spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import listed_off, percent, posted, quoted, said_on
from analysis.report.sureness import chances_text, rule_text
from analysis.response.clocks import ClockState, state
from analysis.response.level import Assessment, RedLine, level_label
from analysis.response.playbook import TaskState, task_state
from analysis.schema import Level, Stage
from analysis.signals.clock import whole_hour

WHY, MARGIN, SURE = _("Why this level"), _("Distance to the next level"), _("How sure the level is")
NAMES = {Level.ROUTINE: "mild", Level.MILD: "mild", Level.MODERATE: "moderate", Level.SEVERE: "severe"}
LATELY = {Span.DAILY: _("the last 24 hours"), Span.WEEKLY: _("the last 7 days")}
DAY = 24


def last_day(material: Material) -> Rows:
    """Which are the last 24 hours, of the event or over all?"""
    last = whole_hour(material.briefing.as_of)
    where = () if material.event is None else (("event", material.event),)
    return Rows(last - (DAY - 1) * HOUR, last, where)


def judged(material: Material) -> Rows:
    """From which posts of the last 24 hours is the level read? Those of the event the report is of; over all, those of
    the gravest part, which makes the level. Red lines count over all posts as well."""
    day, gravest = last_day(material), material.briefing.parts[0].id
    return day if material.event is not None else Rows(day.since, day.until, (("event", gravest),))


def with_settings(text: Text, keys: Mapping[str, str]) -> Text:
    """How does a message read whose values of these names are settings of the profile? Name → key of the setting."""

    def wrapped(name: str, value: object) -> object:
        if isinstance(value, Text):
            return with_settings(value, keys)
        if name in keys and isinstance(value, (int, float)):
            return Fact(value, Made.SETTING, _("Setting of the profile"), (), keys[name])
        return value

    return Text(text.msgid, tuple((name, wrapped(name, value)) for name, value in text.values))


def level_name(assessment: Assessment, material: Material) -> Text:
    """How is a level called by the profile?"""
    return level_label(assessment.level, assessment.score, material.briefing.profile)


def level_sentence(material: Material) -> Text:
    """Which level is in force, and since when?"""
    assessment = material.standing.assessment
    since = said_on(assessment.since, _("Since when the level is in force"), (last_day(material),), "score.since")
    return _("Response level: {level}, in force since {since}.", level=level_name(assessment, material), since=since)


def why_sentence(material: Material) -> Text:
    """Why this level? Thresholds in it are settings, all else is measured."""
    assessment = material.standing.assessment
    lines = [line for line in assessment.red_lines if line.level == assessment.level]
    keys = {"threshold": f"thresholds.{NAMES[assessment.level]}"}
    if lines:
        keys["needed"] = f"red_lines.{lines[0].name}"
    text = with_settings(material.standing.why, keys)
    return sourced(text, Made.MEASURE, WHY, (last_day(material) if lines else judged(material),), "score.why")


def red_line_sentence(line: RedLine, material: Material) -> Text:
    """Which red line is crossed, by how many posts, and how many are enough?"""
    text = with_settings(line.text, {"needed": f"red_lines.{line.name}"})
    return sourced(text, Made.MEASURE, _("Red line"), (last_day(material),), f"reason.{line.name}")


def cause_sentence(material: Material) -> Text | None:
    """Which event makes the level over all? None for a report of one event, and where none does."""
    gravest = material.briefing.parts[0]
    level = material.standing.assessment.level
    if material.event is not None or gravest.id == REST or level > gravest.assessment.level:
        return None
    name = event_name(material, gravest)
    if gravest.assessment.level == Level.ROUTINE:
        return _("The gravest event is “{event}”.", event=name)
    return _("The level is made by the event “{event}”.", event=name)


def event_name(material: Material, part: Part, most: int = 40) -> Fact:
    """How is an event called in a sentence? Long names are cut."""
    return quoted(material.names.get(part.id, part.id), _("Name of the event, from words of its posts"), most)


def far_sentences(material: Material) -> tuple[Text, ...]:
    """How far up, when up if posts come as forecast, and when down if nothing more comes, and what holds it?"""
    standing, rows = material.standing, (judged(material),)
    told = [sourced(distance(standing.assessment.level, standing.margins), Made.MEASURE, MARGIN, rows, "margin")]
    if standing.crossing is not None:
        told.append(sourced(standing.crossing.text, Made.MEASURE, _("Forecast of the level"), rows, "crossing"))
    if standing.fall is not None:
        words = {"needed": "hysteresis.hours"}
        for text in (standing.fall.text, with_settings(standing.fall.detail, words)):
            told.append(sourced(text, Made.MEASURE, _("Fall of the level"), rows, "fall"))
    return tuple(told)


def sure_sentences(material: Material) -> tuple[Text, ...]:
    """How probable is each level, is another one more probable, and what of the doubt is not in it?"""
    found, rows = material.standing.likelihood, (last_day(material),)
    chances = sourced(chances_text(found), Made.MEASURE, SURE, rows, "likelihood")
    told = [_("Given what is uncertain, the levels are as probable as this: {chances}.", chances=chances)]
    other = rule_text(found, material.standing.assessment.level)
    if other is not None:
        told.append(other)
    if found.not_counted:
        told.append(_("Not counted in it: {doubts}.", doubts=listed_off(found.not_counted)))
    return tuple(told)


def clock_sentence(material: Material) -> Text:
    """How many limits run, and how many have passed?"""
    as_of, clocks = material.briefing.as_of, material.standing.clocks
    running, passed = (
        Fact(sum(state(clock, as_of) == one for clock in clocks), Made.MEASURE, _("Time limits"), (), f"clock.{one}")
        for one in (ClockState.RUNNING, ClockState.PASSED)
    )
    if not running.value and not passed.value:
        return _("No time limit runs at this level.", running=running, passed=passed)
    if not passed.value:
        return _("Time limits that run: {running:,}; none has passed.", running=running, passed=passed)
    return _("Time limits that run: {running:,}; that have passed: {passed:,}.", running=running, passed=passed)


def task_sentence(material: Material) -> Text:
    """How many tasks are there, and how many of them are done, or overdue?"""
    as_of, tasks = material.briefing.as_of, material.standing.tasks
    if not tasks:
        return _("The plan has no task for this level and risk type.")
    states = [task_state(task, material.done, as_of) for task in tasks]
    counts = {
        name: Fact(count, Made.MEASURE, _("Tasks of the plan"), (), f"task.{name}")
        for name, count in (
            ("all", len(tasks)),
            ("done", states.count(TaskState.DONE)),
            ("overdue", states.count(TaskState.OVERDUE)),
        )
    }
    return _("Tasks of the plan: {all:,}; done: {done:,}; overdue: {overdue:,}.", **counts)


def flag_sentences(material: Material) -> tuple[Text, ...]:
    """What must be kept in mind that never raises the level?"""
    rows = (last_day(material),)
    flags = material.briefing.flags
    return tuple(sourced(flag, Made.MEASURE, _("Largest counters of a single post"), rows, "flag") for flag in flags)


def event_sentence(material: Material, part: Part) -> Text:
    """How does it stand with one event: posts so far and of the last day, level, stage and negative share?"""
    whole = Rows(whole_hour(part.began), whole_hour(material.briefing.as_of), (("event", part.id),))
    day = Rows(last_day(material).since, whole.until, whole.where)
    words: dict[str, object] = {
        "event": event_name(material, part),
        "posts": posted(Fact(part.posts, Made.COUNT, _("Posts of the event"), (whole,))),
        "day": Fact(part.posts_24h, Made.COUNT, _("Posts of the event in 24 hours"), (day,)),
        "level": part.assessment.level.label,
        "stage": Stage(str(part.situation.hourly["stage"].iloc[-1])).label,
    }
    if part.negative_share is None:
        return _("“{event}”: {posts} so far, {day:,} in the last 24 hours; level {level}, stage {stage}.", **words)
    made = Made.CORRECTED if material.briefing.corrections else Made.MEASURE
    share = Fact(part.negative_share[0], made, _("Negative share"), (whole,), f"event.share.{part.id}")
    words["share"] = percent(share)
    return _(
        "“{event}”: {posts} so far, {day:,} in the last 24 hours, {share} of all negative; level {level}, "
        "stage {stage}.",
        **words,
    )


def running_events(material: Material, span: Span) -> list[Part]:
    """Which events are above ROUTINE or had a post in the span? Gravest first; of a report on one event none."""
    if material.event is not None:
        return []
    since = spans(material, span)[0].since
    there = (part for part in material.briefing.parts if part.id != REST)
    return [part for part in there if part.assessment.level > Level.ROUTINE or part.last_post >= since]


def running_sentence(material: Material, span: Span, told: int) -> Text:
    """How many events run, and are all of them told?"""
    many, lately = len(running_events(material, span)), LATELY[span]
    if not many:
        return _("No event had a post in {span}.", span=lately)
    count = Fact(many, Made.MEASURE, _("Events"), (spans(material, span)[0],), "event.count")
    if many == 1:
        return _("{n:,} event ran in {span}.", n=count, span=lately)
    if many <= told:
        return _("{n:,} events ran in {span}.", n=count, span=lately)
    return _("{n:,} events ran in {span}; the gravest are told here.", n=count, span=lately)
