"""What stands in the sections of a report?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _
from analysis.parts import Part
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Rows, Section, Span, Table
from analysis.report.papers.carriers import (
    carrier_sentences,
    first_sentence,
    hearsay_sentence,
    path_sentence,
    response_sentence,
)
from analysis.report.papers.chartdata import level_chart, platform_chart, topic_chart, trend_chart
from analysis.report.papers.counting import count_fact, narrowed, part_of, spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.judged import (
    cause_sentence,
    clock_sentence,
    event_name,
    event_sentence,
    far_sentences,
    flag_sentences,
    level_sentence,
    red_line_sentence,
    running_events,
    running_sentence,
    sure_sentences,
    task_sentence,
    why_sentence,
)
from analysis.report.papers.material import MOST_TOLD, Material, told_events
from analysis.report.papers.outlook import burst_sentences, forecast_sentences, stage_sentence
from analysis.report.papers.quotes import own_quotes, quotes
from analysis.report.papers.rounding import day_said, listed_off, quoted
from analysis.report.papers.sentences import (
    NEGATIVE,
    POSTS,
    compared_sentence,
    count_sentence,
    platforms_sentence,
    topics_sentence,
)
from analysis.report.papers.standing_blocks import clock_table, event_table, margin_table, reason_table, task_table
from analysis.response.playbook import TaskState, task_state
from analysis.schema import Level, Sentiment

MOST_DAYS = 14  # of an event that are listed; a week has 8, for its first and last are parts of a day
MOST_CHECKLISTS, MOST_REMARKS, MOST_TERMS, MOST_ROWS = 8, 3, 6, 20


def overview(material: Material, span: Span) -> Section:
    """In brief: which level and why, how many posts, and which events run?"""
    first = (count_sentence(material, span), compared_sentence(material, span))
    level = (level_sentence(material), cause_sentence(material), why_sentence(material))
    told = [Lines(present(*first)), Lines(present(*level))]
    part = part_of(material)
    if part is not None:
        told.append(Lines(present(*about_event(material, part))))
        return Section(_("The situation in brief"), tuple(told))
    events = running_events(material, span)[:MOST_TOLD]
    lines = (event_sentence(material, one) for one in events)
    running = Lines((running_sentence(material, span, len(events)), *lines), points=True)
    tables = (event_table(material, running_events(material, span)[:MOST_ROWS]),) if len(events) > 1 else ()
    return Section(_("The situation in brief"), (*told, running, *tables))


def about_event(material: Material, part: Part) -> tuple[Text | None, ...]:
    """What is the event about, who spoke of it first, and did the hospital speak?"""
    description, rows = material.descriptions.get(part.id), spans(material, Span.EVENT)[0]
    stage = stage_sentence(material, Span.EVENT)
    if description is None:
        return (stage,)
    return (
        first_sentence(description, rows, part.began.year != material.briefing.as_of.year),
        terms_sentence(description.terms),
        stage,
        response_sentence(description, rows),
    )


def terms_sentence(terms: tuple[str, ...]) -> Text | None:
    """Which words set an event apart?"""
    told = tuple(quoted(term, _("Words of posts")) for term in terms[:MOST_TERMS])
    return _("Words that set it apart: {terms}.", terms=told) if told else None


def spread(material: Material, span: Span) -> Section:
    """How did it run, where to, on which platforms, and who carries it?"""
    course = Lines((*burst_sentences(material, span), *forecast_sentences(material, span)))
    carried = present(platforms_sentence(material, span), *way(material, span), *carrier_sentences(material, span))
    blocks: list[Block] = [trend_chart(material, span), course]
    blocks += [] if span == Span.DAILY else [day_table(material, span)]
    if carried:
        blocks += [platform_chart(material, span), Lines(carried)]
    return Section(_("How it spreads"), tuple(blocks))


def way(material: Material, span: Span) -> tuple[Text | None, ...]:
    """By which way did the event that is told go from platform to platform?"""
    part = part_of(material)
    if part is None or part.id not in material.descriptions:
        return ()
    return (path_sentence(material.descriptions[part.id], spans(material, span)[0]),)


def day_table(material: Material, span: Span) -> Table:
    """How many posts had each day of the span, how many of them negative, and which level at most? Latest MOST_DAYS."""
    now = spans(material, span)[0]
    days = [day_of(now, day) for day in pd.date_range(now.since.normalize(), now.until, freq="D")][-MOST_DAYS:]
    headers = (_("Day"), _("Posts"), _("of them negative"), _("Highest level"))
    rows = tuple(day_row(material, rows) for rows in days)
    return Table(_("By day (the first and the last may be part of a day)"), headers, rows, (0.3, 0.2, 0.25, 0.25))


def day_of(now: Rows, day: pd.Timestamp) -> Rows:
    """Which posts of the span are of this day?"""
    return Rows(max(now.since, day), min(now.until, day + pd.Timedelta(hours=23)), now.where)


def day_row(material: Material, rows: Rows) -> tuple[Text, ...]:
    """How many posts had a day, how many negative, and which level at most?"""
    level = material.standing.assessment.timeline["level"].loc[rows.since : rows.until]
    negative = count_fact(material.cube, narrowed(rows, "sentiment", Sentiment.NEGATIVE), NEGATIVE)
    return (
        day_said(rows.since, _("Day")),
        Text("{n:,}", (("n", count_fact(material.cube, rows, POSTS)),)),
        Text("{n:,}", (("n", negative),)),
        Level(int(level.max())).label if len(level) else Text("–"),
    )


def views(material: Material, span: Span) -> Section:
    """What do people speak of and demand, in their own words, and what did the hospital publish?"""
    said, chart = (*quotes(material, span), *own_quotes(material)), topic_chart(material, span)
    blocks: list[Block] = [Lines((topics_sentence(material, span),)), *((chart,) if chart.categories else ()), *said]
    if not said:
        blocks.append(Lines((_("There is no post to quote."),)))
    remarks = event_remarks(material, span)
    return Section(_("Main views and demands"), (*blocks, *((Lines(remarks, points=True),) if remarks else ())))


def event_remarks(material: Material, span: Span) -> tuple[Text, ...]:
    """How much of an event is hearsay, and did the hospital speak? Of the gravest that are told."""
    found = []
    for part in told_events(material.briefing, material.event)[:MOST_REMARKS]:
        description = material.descriptions.get(part.id)
        if description is None:
            continue
        rows = spans(material, Span.DAILY)[0]
        whole = Rows(part.began.floor("h"), rows.until, (("event", part.id),))
        told = [hearsay_sentence(description, whole)]
        told += [] if span == Span.EVENT else [response_sentence(description, whole)]
        named = [_("“{event}”: {sentence}", event=event_name(material, part), sentence=one) for one in told]
        found += told if span == Span.EVENT else named
    return tuple(found)


def risk(material: Material, span: Span) -> Section:
    """Which level, by which reasons, how sure, how far from the next, and which limits run?"""
    standing, lines = material.standing, material.standing.assessment.red_lines
    held = any(line.level == standing.assessment.level for line in lines)  # then the first of them is the reason why
    why = () if held else (why_sentence(material),)
    blocks = (
        Lines((level_sentence(material), *why, *(red_line_sentence(line, material) for line in lines))),
        level_chart(material),
        reason_table(material),
        Lines((*far_sentences(material), *sure_sentences(material))),
        *((margin_table(material),) if standing.margins else ()),
        Lines((clock_sentence(material), *flag_sentences(material))),
        *((clock_table(material),) if standing.clocks else ()),
    )
    return Section(_("Assessment of the risk"), blocks)


def advice(material: Material, span: Span) -> Section:
    """What is to be done by whom and by when, what is to be checked, and what do lawyers read before?"""
    checks = checklists(material)
    legal = legal_sentence(material)
    blocks: list[Block] = [Lines(present(task_sentence(material), legal))]
    blocks += [task_table(material)] if material.standing.tasks else []
    blocks += [Lines(checks, points=True)] if checks else []
    return Section(_("Advice on handling"), tuple(blocks))


def checklists(material: Material) -> tuple[Text, ...]:
    """What is to be checked for the tasks that are not done?"""
    as_of, done = material.briefing.as_of, material.done
    left = [
        task for task in material.standing.tasks if task.checklist and task_state(task, done, as_of) != TaskState.DONE
    ]
    what = _("Checklist of the plan")
    return tuple(
        sourced(
            _("To be checked for “{task}”: {checks}.", task=task.text, checks=listed_off(task.checklist)),
            Made.SETTING,
            what,
            (),
            f"plan.{task.key}",
        )
        for task in left[:MOST_CHECKLISTS]
    )


def legal_sentence(material: Material) -> Text | None:
    """How many tasks need a legal review before anything goes out? None: none does."""
    many = sum(task.legal_review for task in material.standing.tasks)
    if not many:
        return None
    count = Fact(many, Made.MEASURE, _("Tasks of the plan"), (), "task.legal")
    return _("Tasks whose texts lawyers read before they go out: {n:,}; the table marks them.", n=count)


def present(*texts: Text | None) -> tuple[Text, ...]:
    """Which of these texts are there?"""
    return tuple(text for text in texts if text is not None)
