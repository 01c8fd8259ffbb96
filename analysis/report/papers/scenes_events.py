"""Which scenes tell of single events: each that is grave, and the rest in a table?"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Quotes, Rows, Scene, Span
from analysis.report.papers.carriers import first_sentence, hearsay_sentence, response_sentence
from analysis.report.papers.chartdata import event_chart
from analysis.report.papers.judged import event_name, last_day
from analysis.report.papers.material import Material
from analysis.report.papers.quotes import of_event
from analysis.report.papers.rounding import percent, posted
from analysis.report.papers.standing_blocks import event_table, events_now, share_fact_of
from analysis.schema import Level, Stage
from analysis.signals.clock import whole_hour

MOST_SCENES, MOST_ROWS = 4, 8
SHORT = 24  # characters of a name as a title


def event_scenes(material: Material, span: Span) -> tuple[Scene, ...]:
    """Which scenes tell of events? The one of the report; else one for each of MODERATE or above (the MOST_SCENES
    gravest), and a table of the others that are above ROUTINE or had a post in the last 24 hours; () without any."""
    if material.event is not None:
        mine = [part for part in material.briefing.parts if part.id == material.event]
        trend_tells = span == Span.EVENT and material.event in material.descriptions  # the same chart, once
        return tuple(event_scene(material, part, with_chart=not trend_tells) for part in mine)
    grave = [part for part in material.briefing.parts if part.id != REST and part.assessment.level >= Level.MODERATE]
    told = grave[:MOST_SCENES]
    rest = [part for part in events_now(material) if part not in told]
    table = (events_scene(material, rest, bool(told)),) if rest else ()
    return (*(event_scene(material, part) for part in told), *table)


def event_scene(material: Material, part: Part, with_chart: bool = True) -> Scene:
    """How does it stand with one event: how large and grave, who was first, did the hospital speak, what is said?"""
    whole = Rows(whole_hour(part.began), whole_hour(material.briefing.as_of), (("event", part.id),))
    chart = (event_chart(material, part.id),) if with_chart else ()
    return Scene(
        f"event:{part.id}",
        Text("{event}", (("event", event_name(material, part, SHORT)),)),
        event_lead(material, part, whole),
        (*chart, *about(material, part, whole, quotes=1 if with_chart else 2)),
    )


def event_lead(material: Material, part: Part, whole: Rows) -> Text:
    """How grave and how large is an event?"""
    day = Rows(last_day(material).since, whole.until, whole.where)
    words: dict[str, object] = {
        "level": part.assessment.level.label,
        "stage": Stage(str(part.situation.hourly["stage"].iloc[-1])).label,
        "posts": posted(Fact(part.posts, Made.COUNT, _("Posts of the event"), (whole,))),
        "day": Fact(part.posts_24h, Made.COUNT, _("Posts of the event in 24 hours"), (day,)),
    }
    share = share_fact_of(material, part, whole)
    if share is None:
        return _("Level {level}, stage {stage}: {posts} so far, {day:,} in the last 24 hours.", **words)
    return _(
        "Level {level}, stage {stage}: {posts} so far, {day:,} in the last 24 hours, {share} of all negative.",
        share=percent(share),
        **words,
    )


def about(material: Material, part: Part, whole: Rows, quotes: int) -> tuple[Block, ...]:
    """Who was first, did the hospital speak, how much is hearsay, and what do people say? As far as it is known."""
    description = material.descriptions.get(part.id)
    if description is None:
        return ()
    year = part.began.year != material.briefing.as_of.year
    told = (
        first_sentence(description, whole, year),
        response_sentence(description, whole),
        hearsay_sentence(description, whole),
    )
    said = of_event(material, part, quotes)
    points = Lines(tuple(text for text in told if text is not None), points=True)
    return (points, *((Quotes(_("What people say"), said.quotes),) if said.quotes else ()))


def events_scene(material: Material, parts: Sequence[Part], more: bool) -> Scene:
    """Which other events are there? more: whether graver ones had scenes of their own."""
    count = Fact(len(parts), Made.MEASURE, _("Events"), (last_day(material),), "event.rest")
    shown = parts[:MOST_ROWS]
    left = len(parts) - len(shown)
    rest = Fact(left, Made.MEASURE, _("Events"), (last_day(material),), "event.left")
    said = _("and {n:,} more event.", n=rest) if left == 1 else _("and {n:,} more events.", n=rest)
    lines = (Lines((said,)),) if left else ()
    return Scene(
        "events",
        _("Other events") if more else _("Events that run"),
        events_lead(count, parts, more),
        (event_table(material, shown), *lines),
    )


def events_lead(count: Fact, parts: Sequence[Part], more: bool) -> Text:
    """How many other events are there, and how grave is the gravest?"""
    words = {"n": count, "level": parts[0].assessment.level.label}
    if more and count.value == 1:
        return _("{n:,} more event, at level {level}.", **words)
    if more:
        return _("{n:,} more events; the gravest is at level {level}.", **words)
    if count.value == 1:
        return _("{n:,} event, at level {level}.", **words)
    return _("{n:,} events; the gravest is at level {level}.", **words)
