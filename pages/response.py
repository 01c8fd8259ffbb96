"""Which level, why, how far, how sure, what now, and by when: for all together and for each event?"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import pandas as pd
import streamlit as st

from analysis.language import Text
from analysis.parts import REST, Part
from analysis.report.answers import answers, choices, event_line
from analysis.report.banner import facts_line
from analysis.report.cause import cause
from analysis.report.event_head import titles
from analysis.report.event_table import name_of
from analysis.response.flags import defamation
from analysis.schema import InputError
from analysis.standing import Standing
from pages import known, linking, session
from pages.answering import show_far, show_sure, show_why
from pages.handling import case, done_tasks, grade, playbook, show_clocks, show_statement, show_tasks
from pages.planning import show_playbook
from pages.session import _

SHORTLY = pd.Timedelta(hours=1)


def main() -> None:
    """What does the person in charge need to act?"""
    part = choose_part()
    gravest, assessed = known.parts()[0], session.briefing() if part is None else part
    key = case((part or gravest).id, assessed.assessment.onset)
    standing = known.standing(None if part is None else part.id, playbook(), grade(key))
    done = done_tasks(key)
    show_banner(standing, part, done)
    show_time(part)
    left, right = st.columns(2, gap="large")
    with left:
        show_why(standing, (session.briefing().everything if part is None else part.assessment).read, flags(part))
    with right:
        show_far(standing)
        show_sure(standing)
    st.subheader(_("What now, and by when"))
    show_clocks(standing, key)
    show_tasks(standing.tasks, done, key)
    show_statement(standing.statement)
    show_playbook()


def choose_part() -> Part | None:
    """Which event is asked about? None: all together. What was chosen stays while its event is known."""
    briefing, parts, language = session.briefing(), known.parts(), session.language()
    named = titles(parts, {part.id: known.name(part.id) for part in parts}, language)
    said = choices(parts, named, briefing.assessment.level, language)
    of, chosen = session.held("response_event") or ("", None)
    if of != linking.dataset_mark() or chosen not in said:
        chosen = None
    key = f"response-{crc32(repr((chosen, said)).encode('utf-8', 'replace'))}"  # begins anew where others are known
    st.selectbox(
        _("Over all, or one event"),
        list(said),
        index=list(said).index(chosen),
        format_func=said.__getitem__,
        key=key,
        on_change=turn,
        args=(key,),
        label_visibility="collapsed",
    )
    return next((part for part in parts if part.id == chosen), None)


def turn(key: str) -> None:
    """How is another event asked about?"""
    session.hold("response_event", (linking.dataset_mark(), session.answer(key)))


def show_banner(standing: Standing, part: Part | None, done: Mapping[str, str]) -> None:
    """What are the answers in a glance?"""
    briefing, language, as_of = session.briefing(), session.language(), session.as_of()
    if part is None:
        gravest = briefing.parts[0]
        head, situation = cause(gravest, known.name(gravest.id), standing.assessment.level), gravest.situation
    else:
        head, situation = (
            event_line(part, name_of(part, {part.id: known.name(part.id)}, language)),
            part.situation,
        )
    facts = facts_line(standing.assessment, situation, as_of)
    st.html(answers(standing, done, head, facts, session.profile(), as_of, language))


def show_time(part: Part | None) -> None:
    """From which time is this looked at, where that is not now?"""
    as_of, now = session.as_of(), session.now()
    if part is not None and part.situation.as_of < as_of:
        st.caption(
            _(
                "This event is over: it is shown as it was at {time}, seven days after its last post.",
                time=session.plain(f"{part.situation.as_of:%Y-%m-%d %H:%M}"),
            )
        )
    if now - as_of > SHORTLY:
        st.caption(
            _(
                "Looked at from {time}, not from now ({now}): clocks and deadlines are counted from there.",
                time=session.plain(f"{as_of:%Y-%m-%d %H:%M}"),
                now=session.plain(f"{now:%Y-%m-%d %H:%M}"),
            )
        )


def flags(part: Part | None) -> tuple[Text, ...]:
    """What must be kept in mind that never raises the level? Of all posts, or of those of one event."""
    if part is None:
        return session.briefing().flags
    cube, there = session.dataset().cube, [other.id for other in known.parts() if other.id != REST]
    mine = ~cube["event"].isin(there) if part.id == REST else cube["event"] == part.id
    found = defamation(cube[mine.to_numpy(dtype=bool)], session.as_of(), session.profile().pace)
    return (found,) if found else ()


try:
    main()
except InputError as error:
    session.show_error(error)
