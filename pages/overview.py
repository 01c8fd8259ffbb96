"""What is going on, how grave, and is it rising? As of the time chosen in the sidebar."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.events.follow import trend
from analysis.parts import REST
from analysis.report import charts
from analysis.report.banner import banner
from analysis.report.event_table import COLUMNS, event_table
from analysis.report.overview import ANSWERS_TEXT, breakdown, metrics
from analysis.report.top import telling_posts
from analysis.schema import InputError
from pages import eventlist, known, session
from pages.drawing import show_post_table
from pages.session import _

MOST_EVENTS = 5
EVENT_COLUMNS = ("event", "level", "stage", "heat", "trend", "curve", "negative_share", "posts_24h", "topic")
SPANS = {"1": 1, "7": 7, "30": 30, "all": None}


def main() -> None:
    """What does leadership see first?"""
    briefing, language = session.briefing(), session.language()
    st.html(banner(briefing, language, known.name(briefing.parts[0].id)))
    for flag in briefing.flags:
        st.info(session.said(flag), icon=":material/gavel:")
    st.caption(known.about_line())
    show_metrics()
    show_running()
    names = {"1": _("24 hours"), "7": _("7 days"), "30": _("30 days"), "all": _("All")}
    chosen = st.segmented_control(
        _("Span"),
        list(SPANS),
        format_func=names.__getitem__,
        default="7",
        required=True,
        key="overview_span",
        persist_state="session",
    )
    days = SPANS[chosen]
    st.subheader(_("Posts an hour, and the life cycle"))
    st.plotly_chart(charts.trend(briefing.situation.hourly, days, language), theme=None, key="trend")
    cube = session.dataset().cube
    for column, key, title in zip(
        st.columns(2), ("topic", "platform"), (_("What it is about"), _("Where it is said")), strict=True
    ):
        with column:
            st.subheader(title)
            table = breakdown(cube, briefing.as_of, key, days)
            st.plotly_chart(charts.bars(table, key, language), theme=None, key=key)
    st.caption(session.said(ANSWERS_TEXT))
    show_posts(briefing.as_of, days)


def show_metrics() -> None:
    """Which four numbers stand at the top, with their week?"""
    for column, metric in zip(st.columns(4), metrics(session.briefing()), strict=True):
        with column.container(border=True, height="stretch"):
            st.metric(
                session.said(metric.label),
                metric.value.to(session.language()),
                metric.change.to(session.language()) if metric.change else None,
                delta_color="inverse",
                delta_description=_("against a day before"),
                chart_data=metric.curve,
                chart_type="area",
                help=session.said(metric.meaning),
            )
            if metric.note:
                st.caption(session.said(metric.note))


def show_running() -> None:
    """Which events were talked of in the last 24 hours? The gravest few, with a way to all."""
    running = [part for part in known.parts() if part.id != REST and part.posts_24h][:MOST_EVENTS]
    if not running:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(_("Events of the last 24 hours"))
        st.page_link("pages/events.py", label=_("All events"), icon=":material/hub:", width="content")
    language = session.language()
    table = event_table(running, known.names(), language, {part.id: trend(part) for part in running})
    config = {name: eventlist.column(name, COLUMNS[name]) for name in EVENT_COLUMNS}
    st.dataframe(table, hide_index=True, column_order=EVENT_COLUMNS, column_config=config, placeholder="–")


def show_posts(as_of: pd.Timestamp, days: int | None) -> None:
    """Which risk posts drew the most?"""
    st.subheader(_("Risk posts that drew the most"))
    st.caption(_("Counters are estimated as of then; personal data is masked."))
    posts = session.dataset().posts
    start = posts["published_at"].iloc[0] if days is None else as_of - pd.Timedelta(days=days)
    show_post_table(telling_posts(posts, as_of, start, risk_only=True, most=30, pace=session.profile().pace))


try:
    main()
except InputError as error:
    session.show_error(error)
