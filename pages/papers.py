"""What is sent after the meeting? The report as it will read, and its files."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from analysis.language import LANGUAGES
from analysis.parts import REST
from analysis.report.answers import choices
from analysis.report.event_head import titles
from analysis.report.papers.blocks import Chart, Span, Story
from analysis.report.papers.figures import figure
from analysis.report.papers.house import House
from analysis.report.papers.preview import preview
from analysis.schema import InputError
from pages import known, session, staging, telling
from pages.hospital import house_in_force, show_house
from pages.making import Wish, show_files
from pages.owntemplates import show_templates
from pages.session import _

LONGEST_NUMBER = 40


def main() -> None:
    """Of what is the report, how does it read, and as which files is it taken?"""
    session.briefing()  # where nothing counts, the page says so alone
    left, right = st.columns([5, 9], gap="large")
    with left:
        span = choose_span()
        with st.container():  # so that nothing below closes when the choice comes or goes
            event = choose_event() if span == Span.EVENT else None
        number, language = choose_number(), choose_language()
    if span == Span.EVENT and event is None:
        right.info(_("No event is known at this time. Choose another report or a later time."), icon=":material/inbox:")
        return
    story, house = telling.story(span, event, number), house_in_force()
    with right.container(border=True):  # drawn first: it stays in sight while files are made
        show_paper(story, house, language)
    with left:
        show_files(Wish(story, telling.material(event, None, span), house, language))
        show_house(house)
        show_templates(language)


def choose_span() -> Span:
    """Is it of the last day, the last week, or one event? At first what the meeting is about."""
    at_first, names = staging.subject().span, {span: span.label.to(session.language()) for span in Span}
    chosen = st.radio(
        _("Which report"),
        list(names),
        index=list(names).index(at_first),
        format_func=names.__getitem__,
        horizontal=True,
        key=f"papers_span-{at_first}",
        persist_state="session",
    )
    return Span(str(chosen))


def choose_event() -> str | None:
    """Of which event, gravest first? None where none is known."""
    parts, language = [part for part in known.parts() if part.id != REST], session.language()
    if not parts:
        return None
    named = titles(parts, {part.id: known.name(part.id) for part in parts}, language)
    said = {part: name for part, name in choices(parts, named, parts[0].assessment.level, language).items() if part}
    at_first = staging.subject().event
    key = f"papers_event-{crc32(repr((at_first, said)).encode('utf-8', 'replace'))}"  # anew where others are known
    place = list(said).index(at_first) if at_first in said else 0
    return str(st.selectbox(_("Event"), list(said), index=place, format_func=said.__getitem__, key=key))


def choose_number() -> str:
    """Which number has the paper? "" leaves room to write it by hand."""
    return st.text_input(
        _("Number"),
        max_chars=LONGEST_NUMBER,
        placeholder=_("left blank, to be filled in by hand"),
        key="papers_number",
        persist_state="session",
    ).strip()


def choose_language() -> str:
    """In which language is the report? At first in the reader's."""
    languages, mine = list(LANGUAGES), session.language()
    chosen = st.selectbox(
        _("Language of the report"),
        languages,
        index=languages.index(mine),
        format_func=LANGUAGES.__getitem__,
        key=f"papers_language-{mine}",
        persist_state="session",
    )
    return str(chosen)


def show_paper(story: Story, house: House, language: str) -> None:
    """How does the report read?"""
    st.caption(_("As it will read. A figure that is underlined tells on hovering what it was counted from."))
    for at, part in enumerate(preview(story, house, language)):
        if isinstance(part, Chart):
            config = {"displayModeBar": False}
            st.plotly_chart(figure(part, language), theme=None, key=f"paper_chart-{at}-{part.key}", config=config)
        else:
            st.html(part)


try:
    main()
except InputError as error:
    session.show_error(error)
