"""START HERE. What is told in a report, on the wall and on paper? The same sentences and figures for each format."""

from __future__ import annotations

from analysis.language import Text, _
from analysis.report.colours import level_colour
from analysis.report.papers.annex import annex
from analysis.report.papers.blocks import Span, Story
from analysis.report.papers.counting import part_of, spans
from analysis.report.papers.judged import event_name, level_name
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import day_said
from analysis.report.papers.scenes import scenes
from analysis.report.papers.sections import advice, overview, risk, spread, views
from analysis.report.papers.sentences import bounds_of


def tell(material: Material, span: Span, number: str = "") -> Story:
    """What is told of this material? Nothing is invented: each figure says what it was counted from.

    span: of which hours; EVENT needs material.event. number: of the paper, "" = to be filled in by hand.
    """
    now, assessment = spans(material, span)[0], material.standing.assessment
    sections = (overview, spread, views, risk, advice)
    return Story(
        span=span,
        title=title(material, span),
        number=number,
        as_of=material.briefing.as_of,
        since=now.since,
        until=now.until,
        level=assessment.level,
        level_name=level_name(assessment, material),
        colour=level_colour(assessment.level, assessment.score, material.briefing.profile),
        sections=(*(section(material, span) for section in sections), annex(material, span)),
        scenes=scenes(material, span),
        notes=notes(material, span),
        event=material.event,
    )


def title(material: Material, span: Span) -> Text:
    """What is the report called?"""
    part = part_of(material)
    if span == Span.EVENT and part is not None:
        return _("Special report on “{event}”", event=event_name(material, part))
    now, day = spans(material, span)[0], _("Day of the report")
    last = day_said(now.until, day)
    if span == Span.WEEKLY:
        return _("Weekly report on public opinion ({first} to {last})", first=day_said(now.since, day), last=last)
    return _("Daily report on public opinion ({day})", day=last)


def notes(material: Material, span: Span) -> tuple[Text, ...]:
    """What must a reader know before believing the figures?"""
    told = []
    if material.synthetic:
        told.append(_("The posts are synthetic: they were made up for practice."))
    if bounds_of(material, span) is None or not material.briefing.corrections:
        told.append(_("Negative shares are as the classifier answers; its errors are not taken out."))
    if material.briefing.late.estimated > 0:
        told.append(_("Interactions are estimated as of the time of the look: their counters were read off later."))
    return tuple(told)
