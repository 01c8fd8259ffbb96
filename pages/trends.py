"""How does it run, is that usual, did something start, where will it go, and who carries it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.pipeline import Briefing
from analysis.report import signal_charts
from analysis.report.brush import Span, brushed
from analysis.report.chart_tables import timeline_table
from analysis.report.outlook_words import facts
from analysis.report.top import telling_posts
from analysis.schema import InputError
from analysis.signals.series import series, step_for
from pages import session
from pages.breakdowns import show_calendar, show_curves, show_regions
from pages.comparing import show_comparison
from pages.drawing import show_chart, show_post_table
from pages.findings import show_findings
from pages.heating import show_heat
from pages.outbreaks import show_bursts
from pages.reaching import show_reach
from pages.session import _
from pages.warnings import show_warnings

DAYS = {"3": 3, "14": 14, "60": 60}  # others: all


def main() -> None:
    """What does the whole page look at, and what does it show of it?"""
    briefing = session.briefing()
    shown, step, risk_only = controls(briefing)
    show_findings()
    show_facts(briefing)
    selection = show_timeline(briefing, shown, step, risk_only)
    span = chosen_span(selection, briefing, Span(shown.index[0], briefing.as_of, step, risk_only))
    show_posts(span)
    show_bursts(span)
    show_part(span)


def controls(briefing: Briefing) -> tuple[pd.DataFrame, str, bool]:
    """Which hours are shown, by hour or by day, and of all posts or those that carry risk?"""
    spans = {"3": _("3 days"), "14": _("14 days"), "60": _("60 days"), "all": _("All")}
    steps = {"auto": _("Automatic"), "h": _("Hour"), "D": _("Day")}
    pictures = {"png": "PNG", "svg": "SVG"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = control(_("Span"), spans, "14", "trend_days")
        step = control(_("Time step"), steps, "auto", "trend_step")
        session.hold("picture", control(_("Pictures"), pictures, "png", "trend_picture"))
        risk_only = st.toggle(_("Risk posts only"), key="trend_risk", persist_state="session")
    hourly = briefing.situation.hourly
    shown = hourly.tail(DAYS[days] * 24) if days in DAYS else hourly
    if step == "auto":
        step = "D" if session.dataset().by_day else step_for(pd.Timedelta(hours=len(shown)))
    return shown, step, risk_only


def control(label: str, names: dict[str, str], default: str, key: str) -> str:
    """Which one of a few is chosen? What was chosen stays when the page is left."""
    chosen = st.segmented_control(
        label,
        list(names),
        format_func=names.__getitem__,
        default=default,
        required=True,
        key=key,
        persist_state="session",
    )
    return str(chosen)


def show_facts(briefing: Briefing) -> None:
    """Where does it stand, and where does it go? In words that were computed."""
    language = session.language()
    with st.container(horizontal=True, border=True, gap="medium"):
        for fact in facts(briefing):
            with st.container(gap=None, width="content"):
                st.caption(session.said(fact.label), help=session.said(fact.meaning) if fact.meaning else None)
                st.text("\n".join(line.to(language) for line in fact.lines))
    if briefing.outlook.none is not None:
        st.caption(_("No forecast: {why}", why=session.said(briefing.outlook.none)))


def show_timeline(briefing: Briefing, shown: pd.DataFrame, step: str, risk_only: bool) -> Mapping[str, Any]:
    """How did it run, hour by hour, and what is expected? Returns what was selected in it."""
    language, marked = session.language(), briefing.situation.bursts
    marked = marked[marked["end"] >= shown.index[0]]
    outlook, later = (None, ()) if risk_only else (briefing.outlook, briefing.later)
    if risk_only:
        shown = of_risk(briefing, shown)
    figure = signal_charts.timeline(shown, step, outlook, later, marked, language, briefing.as_of)
    selection = show_chart(figure, lambda: timeline_table(shown, outlook, language), "timeline", timeline_key(), "box")
    if risk_only:
        st.caption(
            _("Of risk posts alone neither the usual nor a forecast is known; bursts are of all and of negative posts.")
        )
    st.caption(_("Drag over the chart to look at a span of it: what stands below then tells of that span alone."))
    return selection


def of_risk(briefing: Briefing, shown: pd.DataFrame) -> pd.DataFrame:
    """What of these hours is of risk posts? Nobody knows what is usual of them."""
    cube, heat = session.dataset().cube, briefing.profile.heat
    tones = series(cube, briefing.as_of, heat, split="sentiment", risk_only=True, pace=briefing.profile.pace)
    tones = tones.reindex(index=shown.index, columns=["negative", "positive"], fill_value=0.0)
    return shown.assign(posts=shown["risk"], negative=tones["negative"], positive=tones["positive"], usual=float("nan"))


def timeline_key() -> str:
    """Under which key does the timeline stand? Each span that is given up begins a new one, with nothing selected."""
    return f"timeline-{session.held('brushes') or 0}"


def chosen_span(selection: Mapping[str, Any], briefing: Briefing, whole: Span) -> Span:
    """Which span do the posts and charts below look at? The brushed one until it is given up, else all that is shown.

    It is held apart from the chart, which forgets it whenever it is drawn anew.
    """
    data, first = session.dataset(), briefing.situation.hourly.index[0]
    if session.held("selected_in") == timeline_key():
        ends = brushed(selection, whole.step)
        session.hold("brushed", (data.id, *ends) if ends else None)
        session.hold("selected_in", None)
    of, start, end = session.held("brushed") or ("", first, first)
    if of != data.id or start > briefing.as_of or end < first:
        return whole
    span = replace(whole, start=max(start, first), end=min(end, briefing.as_of), brushed=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("**Below: {start} to {end} alone**", start=told(span.start), end=told(span.end)))
        st.button(_("Clear"), icon=":material/close:", on_click=clear_brush, key="clear_brush")
    return span


def told(time: pd.Timestamp) -> str:
    """How is a time told, where Markdown is read?"""
    return session.plain(f"{time:%Y-%m-%d %H:%M}")


def clear_brush() -> None:
    """How is the brushed span given up?"""
    session.hold("brushed", None)
    session.hold("brushes", (session.held("brushes") or 0) + 1)


def show_posts(span: Span) -> None:
    """Which posts drew the most in the brushed span? Without one: those of the last 24 hours."""
    if span.brushed:
        start, title = span.start, _("Posts of the span")
    else:
        start, title = span.end - pd.Timedelta(hours=24), _("Posts of the last 24 hours")
    st.subheader(title)
    posts = telling_posts(
        session.dataset().posts, span.end, start, risk_only=span.risk_only, pace=session.profile().pace
    )
    if posts.empty:
        st.info(_("No posts here."), icon=":material/inbox:")
        return
    show_post_table(posts)


def show_part(span: Span) -> None:
    """Which look at the span is asked for? The others cost nothing."""
    titles = {
        "curves": _("Curves"),
        "calendar": _("Calendar"),
        "regions": _("Regions"),
        "warning": _("Early warning"),
        "reach": _("Reach"),
        "heat": _("Heat"),
        "compare": _("Compare"),
    }
    shows: dict[str, Callable[[], None]] = {
        "curves": partial(show_curves, span),
        "calendar": partial(show_calendar, span),
        "regions": partial(show_regions, span),
        "warning": show_warnings,
        "reach": partial(show_reach, span.start, span.end, span.risk_only),
        "heat": show_heat,
        "compare": partial(show_comparison, span),
    }
    shows[control(_("Look at"), titles, "curves", "trend_part")]()


try:
    main()
except InputError as error:
    session.show_error(error)
