"""What is one event: how grave and why, what changed, how it ran, what is said, and how did others like it go?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zlib import crc32

import pandas as pd
import streamlit as st

from analysis.events.follow import Related, changes, lasted_text, related
from analysis.parts import REST, Part
from analysis.report.event_charts import event_timeline, event_timeline_table
from analysis.report.event_head import chips, event_facts, event_head, event_metrics, titles
from analysis.report.event_story import hearsay_text, official_table, official_text, related_table
from analysis.report.event_table import name_of
from analysis.schema import COLUMN_LABELS
from analysis.signals.reach import reach
from pages import known, linking, session
from pages.drawing import show_chart
from pages.editing import show_editing
from pages.eventposts import show_posts, show_representative
from pages.reaching import show_amplifiers, show_numbers, show_over_time, show_ways
from pages.session import _

NO_OFFICIAL = pd.DataFrame({"published_at": pd.Series(dtype="datetime64[us, Asia/Shanghai]"), "platform": []})
TIME = st.column_config.DatetimeColumn(format="MM-DD HH:mm")


def show_event(event: str) -> None:
    """What is this event, most important first? As of the time looked at; before it is known, only from when it is."""
    show_bar(event)
    part = next((part for part in known.parts() if part.id == event), None)
    if part is None:
        st.info(
            _(
                "At {time} this event is not known. Move the time on, or look at all events.",
                time=session.plain(f"{session.as_of():%Y-%m-%d %H:%M}"),
            ),
            icon=":material/hourglass_empty:",
        )
        return
    language = session.language()
    name = name_of(part, {event: known.name(event)}, language)
    st.html(event_head(part, name, session.profile(), language))
    show_metrics(part)
    show_state(part)
    show_part(part)


def show_bar(event: str) -> None:
    """How does the reader get back to all events, to another one, and how does somebody else get here?"""
    titles = known_titles()
    ids = list(titles)
    key = f"event-{crc32(repr((event, ids)).encode('utf-8', 'replace'))}"  # begins anew where other events are known
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("All events"), icon=":material/arrow_back:", on_click=linking.open_event, args=(None,), key="to_all"
        )
        st.selectbox(
            _("Event"),
            ids,
            index=ids.index(event) if event in ids else None,
            format_func=titles.__getitem__,
            placeholder=_("another event"),
            key=key,
            on_change=turn,
            args=(key,),
            label_visibility="collapsed",
            width="stretch",
        )
        if event != REST:
            with st.popover(_("Link"), icon=":material/link:"):
                st.caption(
                    _("Leads to this event at this time, on a desk that has loaded the same file. It tells no post.")
                )
                st.code(linking.address(event), language=None, wrap_lines=True)


def known_titles() -> dict[str, str]:
    """How is each event called, so that no two read alike? The posts of no event come last."""
    parts = known.parts()
    return titles(parts, {part.id: known.name(part.id) for part in parts}, session.language())


def turn(key: str) -> None:
    """How is another event opened?"""
    chosen = session.answer(key)
    if chosen is not None:
        linking.open_event(chosen)


def show_metrics(part: Part) -> None:
    """Which four numbers stand at the top, with their week?"""
    language = session.language()
    for column, metric in zip(st.columns(4), event_metrics(part), strict=True):
        with column.container(border=True, height="stretch"):
            st.metric(
                session.said(metric.label),
                metric.value.to(language),
                metric.change.to(language) if metric.change else None,
                delta_color="inverse",
                delta_description=_("against a day before") if metric.change else None,
                chart_data=metric.curve,
                chart_type="area",
                help=session.said(metric.meaning),
            )
            if metric.note:
                st.caption(session.said(metric.note))


def show_state(part: Part) -> None:
    """What changed in the last six hours, and where does it stand?"""
    language = session.language()
    official = None if part.id == REST else known.description(part.id).official
    left, right = st.columns([3, 2])
    with left.container(border=True, height="stretch"):
        st.markdown("**" + _("What changed in the last 6 hours") + "**")
        with st.container(gap="xsmall"):
            for change in changes(part, known.posts_of(part.id), official):
                st.text("· " + change.to(language))
    with right.container(border=True, height="stretch", gap="xsmall"):
        for fact in event_facts(part):
            with st.container(gap=None):
                st.caption(session.said(fact.label), help=session.said(fact.meaning) if fact.meaning else None)
                st.text(" · ".join(line.to(language) for line in fact.lines))


def show_timeline(part: Part) -> None:
    """How did it run, with its stages and bursts, what the hospital said, and what is expected?"""
    language = session.language()
    official = NO_OFFICIAL if part.id == REST else known.description(part.id).official
    figure = event_timeline(part, language, official)
    show_chart(figure, lambda: event_timeline_table(part, language, official), "event-timeline", "event_timeline")


def show_part(part: Part) -> None:
    """Which look at the event is asked for? The others cost nothing."""
    looks = {"about": _("Course and content"), "spread": _("Spread"), "posts": _("Posts")}
    shows: dict[str, Callable[[Part], None]] = {
        "about": show_about,
        "spread": show_spread,
        "posts": show_posts,
        "earlier": show_earlier,
        "edit": show_editing,
    }
    if part.id != REST:
        looks |= {"earlier": _("Earlier ones like it"), "edit": _("Put right")}
    chosen = st.segmented_control(
        _("Look at"),
        list(looks),
        format_func=looks.__getitem__,
        default="about",
        required=True,
        key="event_look" if part.id != REST else "rest_look",
        label_visibility="collapsed",
        persist_state="session",
    )
    shows[str(chosen)](part)


def show_about(part: Part) -> None:
    """How did it run; and of an event, what is said, where, of whom, is it hearsay, and what did the hospital say?"""
    show_timeline(part)
    if part.id == REST:
        return
    told, language = known.description(part.id), session.language()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(_("Posts that tell it"))
        show_representative(told)
    with right:
        st.subheader(_("Key words"))
        st.html(chips(told.terms))
        named = ((_("Places"), told.places), (_("Departments"), told.departments), (_("Persons"), told.persons))
        for label, names in named:
            if names:
                st.caption(label)
                st.html(chips(names))
        st.subheader(_("Rumour and refutation"))
        st.text(hearsay_text(told).to(language))
        st.subheader(_("Official response"))
        st.text(official_text(told).to(language))
        if len(told.official):
            st.dataframe(
                official_table(told, language),
                hide_index=True,
                column_config={COLUMN_LABELS["published_at"].to(language): TIME},
                placeholder="–",
            )


def show_spread(part: Part) -> None:
    """Who carries it, who was first on each platform, and by which way did it come there?"""
    kept = known.of_now("event_reach")
    if part.id not in kept:
        posts = known.posts_of(part.id)
        kept[part.id] = reach(posts, posts["published_at"].iloc[0], session.as_of(), session.profile().pace)
    found = kept[part.id]
    show_numbers(found)
    show_ways(found)
    show_amplifiers(found)
    show_over_time(found)


def show_earlier(part: Part) -> None:
    """Which earlier events were like it, how did they go, and how long did they last?"""
    language, earlier = session.language(), earlier_ones(part)
    st.text(lasted_text(earlier).to(language))
    if not earlier:
        return
    ids = [event.id for event in earlier]
    st.dataframe(
        related_table(earlier, language),
        hide_index=True,
        key=f"related-{part.id}",
        on_select=partial(open_related, f"related-{part.id}", ids),
        selection_mode=["single-row", "single-cell"],
    )
    st.caption(_("Click a row to open that event."))


def earlier_ones(part: Part) -> tuple[Related, ...]:
    """Which earlier events were like it? Each has to be described once, which takes a moment."""
    kept = known.of_now("event_related")
    if part.id not in kept:
        others = [other for other in known.parts() if other.id not in (REST, part.id) and other.began < part.began]
        with st.spinner(_("Comparing with earlier events")):
            pairs = [(other, known.description(other.id)) for other in others]
        kept[part.id] = related(part, known.description(part.id), pairs)
    return tuple(kept[part.id])


def open_related(key: str, ids: list[str]) -> None:
    """How is the earlier event opened whose row or cell was clicked?"""
    selected = session.answer(key)["selection"]
    rows = [*selected["rows"], *(row for row, _column in selected["cells"])]
    if rows:
        linking.open_event(ids[rows[0]])
