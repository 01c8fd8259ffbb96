"""From posts to papers: gather what a report is told from, tell it, and write it as slides, document, page or sheet."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.classify.model import Model
from analysis.console import LANGUAGE, bytes_of, chosen_profile, looked_from, read_files, shipped_model
from analysis.events.describe import Description, describe, event_names
from analysis.language import _
from analysis.parts import REST, Part
from analysis.pipeline import MOST_EVENTS, Briefing, brief_counts
from analysis.posts.export import writable
from analysis.posts.read import Reading
from analysis.report.papers.appendix import appendix
from analysis.report.papers.blocks import Span, Story
from analysis.report.papers.browser import Painter
from analysis.report.papers.counting import spans
from analysis.report.papers.document import document
from analysis.report.papers.house import House
from analysis.report.papers.material import Material, told_events
from analysis.report.papers.page import page
from analysis.report.papers.pictures import chart_pictures
from analysis.report.papers.slides import slides
from analysis.report.papers.story import tell
from analysis.response.profile import Profile
from analysis.schema import InputError
from analysis.signals.reach import reach
from analysis.signals.wording import BEFORE, between, explained
from analysis.standing import of_part, planned
from analysis.workspace import handling
from analysis.workspace.house import house
from analysis.workspace.places import SAMPLE, store_url
from analysis.workspace.store import Engine, open_store

ENDINGS = (".pptx", ".docx", ".html", ".pdf", ".xlsx")
HOUR = pd.Timedelta(hours=1)


def run(options: argparse.Namespace) -> None:
    """What does the command `report` do? Nothing is written unless all of it could be."""
    ending = options.o.suffix.lower()
    writable(options.o, ENDINGS)
    span, template = template_of(options)
    profile, read, store = chosen_profile(options), read_files(options), open_store(store_url())
    as_of = looked_from(read, options.as_of)
    material = gathered(read, shipped_model(), profile, as_of, span, options.event, store)
    story = tell(material, span, options.number)
    with Painter() as painter:
        data = written(story, material, house(store), ending, LANGUAGE, painter, template)
    saved(data, options.o)


def template_of(options: argparse.Namespace) -> tuple[Span, bytes]:
    """Which report is asked for, and by which template of one's own (b"" = none)? Raises InputError."""
    told, usual = options.template, Span.EVENT if options.event else Span.DAILY
    if told and told not in set(Span):
        return usual, bytes_of(Path(told))
    if options.event and told not in ("", Span.EVENT):
        words = {"template": told, "event": options.event}
        raise InputError(_("--event goes with --template event. Got --template {template} --event {event}.", **words))
    return Span(told or usual), b""


def gathered(
    read: Reading,
    model: Model,
    profile: Profile,
    as_of: pd.Timestamp,
    span: Span,
    event: str | None,
    store: Engine,
) -> Material:
    """From what is a report on these files told? With this desk's plan, and what was ticked off.

    event: the id of the one that an event report is of, None = the gravest. Raises InputError where no post is about
    us, or the event is not known at as_of.
    """
    found, briefing = brief_counts(read.posts, model, profile, as_of, read.history)
    part = briefing.parts[0] if span != Span.EVENT else event_called(briefing, event)
    event = part.id if span == Span.EVENT else None
    own = briefing.standing if event is None else of_part(part, profile, found.rates, briefing.late)
    key = handling.case(part.id, own.assessment.onset)
    told = told_events(briefing, event)
    named = dict.fromkeys([part.id for part in (*told, *briefing.parts[:MOST_EVENTS]) if part.id != REST])
    material = Material(
        briefing,
        planned(own, part.seen, handling.playbook(store), handling.grade(store, key)),
        found.cube,
        found.posts,
        reach(found.posts.iloc[:0], as_of, as_of),
        event,
        event_names(found.posts, list(named), as_of, {}),
        {part.id: description(found.posts, part, briefing) for part in told},
        reports=read.reports,
        done=handling.done(store, key),
        left_aside=found.left_aside,
        synthetic=all(report.sha256 in samples() for report in read.reports),
        checked=len(model.checked),
    )
    return with_span(material, span)


def samples() -> set[str]:
    """By which sha256 are the shipped sample files known? What is told from them must say that it is synthetic."""
    return {sha256(file.read_bytes()).hexdigest() for file in SAMPLE.glob("posts*.csv")}


def event_called(briefing: Briefing, event: str | None) -> Part:
    """Which event is meant, None = the gravest? Raises InputError where there is none, or none is called so."""
    there = {part.id: part for part in briefing.parts if part.id != REST}
    time = f"{briefing.as_of:%Y-%m-%d %H:%M}"
    if not there:
        raise InputError(
            _("No event is known as of {time}. Choose a daily or weekly report, or a later time.", time=time)
        )
    if event is None:
        return next(iter(there.values()))
    if event not in there:
        words = {"event": event[:80], "time": time, "events": list(there)[:10]}
        raise InputError(_("No event {event} is known as of {time}. There are: {events}.", **words))
    return there[event]


def description(posts: pd.DataFrame, part: Part, briefing: Briefing) -> Description:
    """What is an event about, as far as these posts (up to the briefing's time) tell?"""
    mine, profile = (posts["event_id"] == part.id).to_numpy(dtype=bool), briefing.profile
    return describe(posts[mine], posts[~mine], profile.own_accounts, "", briefing.as_of, profile.pace)


def with_span(material: Material, span: Span) -> Material:
    """Who carried it in the span of a report, and what were the bursts in it about? Reads the span's posts alone, and
    those of the week before a burst."""
    briefing, now = material.briefing, spans(material, span)[0]
    as_of, pace = briefing.as_of, briefing.profile.pace
    posts = between(material.posts, now.since, now.until + HOUR)
    if material.event is not None:
        posts = posts[(posts["event_id"] == material.event).to_numpy(dtype=bool)]
    bursts = briefing.situation.bursts
    bursts = bursts[(bursts["end"] >= now.since).to_numpy(dtype=bool)]
    earlier = min(bursts["onset"], default=as_of) - BEFORE
    told = explained(bursts, between(material.posts, earlier, as_of + HOUR), as_of)
    return replace(material, reach=reach(posts, now.since, as_of, pace), bursts=told)


def written(
    story: Story,
    material: Material,
    whose: House,
    ending: str,
    language: str,
    painter: Painter,
    template: bytes = b"",
) -> bytes:
    """How does a report read as a file? ending: one of ENDINGS. template: of a document, b"" = the desk's own.

    Raises InputError for a template that cannot be used, and NoBrowser for a PDF where no browser is installed.
    """
    match ending:
        case ".pptx":
            return slides(story, whose, language)
        case ".docx":
            return document(story, whose, language, chart_pictures(story, language, painter), template)
        case ".html":
            sheet = appendix(story, material.posts, material.cube, whose, language, material.briefing.profile)
            return page(story, whose, language, sheet)
        case ".pdf":
            return painter.pdf(page(story, whose, language, for_print=True))
        case ".xlsx":
            return appendix(story, material.posts, material.cube, whose, language, material.briefing.profile)
        case _:
            raise ValueError(ending)


def saved(data: bytes, path: Path) -> None:
    """How is a file put in place? Whole or not at all; what stood there before stays until then. Raises InputError."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise InputError(_("{file} cannot be written: {reason}.", file=str(path), reason=reason)) from error
