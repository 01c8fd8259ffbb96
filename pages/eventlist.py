"""Which events are there, how grave is each, and how do they lie in time? With filters, and the muted ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from analysis.events.follow import trend
from analysis.parts import REST, Part
from analysis.report import lanes as lane_rows
from analysis.report import river as flows
from analysis.report.event_charts import lanes, river
from analysis.report.event_table import COLUMNS, Shown, event_table
from analysis.schema import Level, Topic
from pages import known, linking, session
from pages.drawing import show_chart
from pages.histories import show_muted
from pages.session import _

HEADER, ROW, ROWS = 38, 35, 12  # pixels of the table's header and of a row; rows that are seen without scrolling
ALL = "all"
SEEN = (  # in the order in which it is asked; what a small event lacks comes last
    *("event", "level", "stage", "heat", "trend", "curve", "negative_share", "posts_24h", "posts", "topic"),
    *("began", "peak", "last_post", "score", "negative_between"),
)
WIDTHS = {  # pixels; up to the posts in 24 h they fit beside the sidebar of a usual screen
    **{"event": 250, "level": 96, "stage": 86, "heat": 58, "trend": 88, "curve": 120, "negative_share": 114},
    **{"posts_24h": 104, "posts": 76, "topic": 160},
}


def show_events() -> None:
    """Which events are known as of the time, gravest first, and how did they run beside each other?"""
    found = known.parts()
    names = {part.id: known.name(part.id) for part in found}
    events = [part for part in found if part.id != REST]
    if not events:
        st.info(
            _(
                "No event up to this time. An event begins when several accounts write different posts about the same "
                "thing; what is said every day belongs to none."
            ),
            icon=":material/inbox:",
        )
    else:
        chosen = filters(events)
        shown = [part for part in found if kept(part, names, *chosen)]
        show_table(shown, names, len(events))
        show_over_time(shown, names)
    show_muted()


def filters(events: Sequence[Part]) -> tuple[Level, str, str, str]:
    """Which events does the reader want to see? Level at least, topic, whether they speak, words of the name."""
    language = session.language()
    there = [topic for topic in Topic if any(part.topic == topic for part in events)]
    topics = {ALL: _("All"), **{str(topic): topic.label.to(language) for topic in there}}
    states = {ALL: _("All"), "active": _("With posts in 24 h"), "quiet": _("Quiet for 24 h")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = st.selectbox(
            _("Level at least"),
            list(Level),
            format_func=lambda level: level.label.to(language),
            key="events_level",
            persist_state="session",
            width=150,
        )
        topic = st.selectbox(
            _("Topic"),
            list(topics),
            format_func=topics.__getitem__,
            key="events_topic",
            persist_state="session",
            width=180,
        )
        words = st.text_input(
            _("Words in the name"), max_chars=60, key="events_words", persist_state="session", width=180
        )
        state = st.segmented_control(
            _("State"),
            list(states),
            format_func=states.__getitem__,
            default=ALL,
            required=True,
            key="events_state",
            persist_state="session",
        )
    return level or Level.ROUTINE, str(topic or ALL), str(state), words.strip().casefold()


def kept(part: Part, names: dict[str, str], level: Level, topic: str, state: str, words: str) -> bool:
    """Does a part pass the filters? The posts of no event pass only where nothing is filtered."""
    if part.id == REST:
        return (level, topic, state, words) == (Level.ROUTINE, ALL, ALL, "")
    return (
        part.assessment.level >= level
        and topic in (ALL, part.topic)
        and state in (ALL, "active" if part.posts_24h else "quiet")
        and words in names[part.id].casefold()
    )


def show_table(shown: Sequence[Part], names: dict[str, str], events: int) -> None:
    """Which events are there? A row each; a click on it opens the event."""
    if not shown:
        st.info(_("None of the {events:,} events passes the filters.", events=events), icon=":material/filter_alt_off:")
        return
    table = event_table(shown, names, session.language(), {part.id: trend(part) for part in shown})
    ids = table["id"].tolist()
    st.caption(
        _(
            "{shown:,} of {events:,} events, gravest first. Click a row to open it.",
            shown=sum(event != REST for event in ids),
            events=events,
        )
    )
    seen = [name for name in SEEN if name != "negative_between"] + ["spam"] * any(part.spam for part in shown)
    st.dataframe(
        table,
        hide_index=True,
        column_order=seen,
        column_config={name: column(name, COLUMNS[name]) for name in seen},
        height=HEADER + ROW * min(len(table), ROWS),
        key="events_table",
        on_select=partial(open_row, ids),
        selection_mode=["single-row", "single-cell"],
        placeholder="–",
    )


def column(name: str, about: Shown) -> Any:
    """How is a column of the list shown?"""
    language, columns = session.language(), st.column_config
    label, width = about.label.to(language), WIDTHS.get(name)
    meaning = session.said(about.meaning) if about.meaning else None
    match about.kind:
        case "curve":
            return columns.AreaChartColumn(label, width=width, help=meaning, y_min=0)
        case "percent":
            return columns.NumberColumn(label, width=width, help=meaning, format="percent")
        case "decimal":
            return columns.NumberColumn(label, width=width, help=meaning, format="%.0f")
        case "number":
            return columns.NumberColumn(label, width=width, help=meaning, format="localized")
        case "time":
            return columns.DatetimeColumn(label, width=width, help=meaning, format="MM-DD HH:mm")
        case "flag":
            return columns.CheckboxColumn(label, width=width, help=meaning)
    return columns.TextColumn(label, width=width, help=meaning)


def open_row(ids: Sequence[str]) -> None:
    """How is the event opened whose row or cell was clicked?"""
    selected = session.answer("events_table")["selection"]
    rows = [*selected["rows"], *(row for row, _column in selected["cells"])]
    if rows:
        linking.open_event(ids[rows[0]])


def show_over_time(shown: Sequence[Part], names: dict[str, str]) -> None:
    """How did the events run beside each other? One lane each, or all of them stacked."""
    if not any(part.id != REST for part in shown):
        return
    pictures = {"lanes": _("One lane an event"), "river": _("Stacked by posts")}
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(_("Side by side in time"))
        picture = st.segmented_control(
            _("Picture"),
            list(pictures),
            format_func=pictures.__getitem__,
            default="lanes",
            required=True,
            key="events_picture",
            label_visibility="collapsed",
            persist_state="session",
        )
    language, as_of = session.language(), session.as_of()
    if picture == "lanes":
        figure = lanes(shown, names, language, as_of, session.profile())
        frame = partial(lane_rows.lanes, shown, as_of, None)
        show_chart(figure, lambda: lane_rows.lane_table(frame()[0], names, language), "event-lanes", "event_lanes")
    else:
        figure = river(shown, names, language, as_of)
        flow = partial(flows.flow, shown, as_of, None)
        show_chart(figure, lambda: flows.flow_table(flow()[0], shown, names, language), "event-river", "event_river")
