"""Who carries it? The reach of a span: platforms, regions, media, accounts, who was first, and by which way."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.report import reach_charts
from analysis.report.reach_tables import (
    KEYS,
    amplifier_table,
    loud_text,
    path_table,
    share_text,
    source_table,
    time_table,
    total_table,
    unknown_text,
    voices_text,
)
from analysis.schema import COLUMN_LABELS
from analysis.signals.cube import risky
from analysis.signals.reach import Reach, reach
from pages import session
from pages.drawing import show_chart
from pages.session import _

HOURS = {"day": 24, "week": 7 * 24, "month": 30 * 24}


def show_reach(start: pd.Timestamp | None = None, end: pd.Timestamp | None = None, risk_only: bool = False) -> None:
    """Who carries it between two times (both included)? Without them the reader chooses how far to look back."""
    until = session.as_of() if end is None else min(end, session.as_of())
    found = kept_reach(chosen_start(until) if start is None else start, until, risk_only)
    if not found.posts:
        st.info(_("No posts here."), icon=":material/inbox:")
        return
    show_numbers(found)
    show_over_time(found)
    show_ways(found)
    show_amplifiers(found)


def chosen_start(until: pd.Timestamp) -> pd.Timestamp:
    """From when on does the reader want to look?"""
    names = {"day": _("24 hours"), "week": _("7 days"), "month": _("30 days"), "all": _("everything")}
    chosen = st.segmented_control(
        _("Look back"),
        list(names),
        format_func=names.__getitem__,
        default="week",
        required=True,
        key="reach_span",
        persist_state="session",
    )
    first = session.dataset().posts["published_at"].iloc[0]
    return max(first, until - pd.Timedelta(hours=HOURS[chosen])) if chosen in HOURS else first


def kept_reach(start: pd.Timestamp, until: pd.Timestamp, risk_only: bool) -> Reach:
    """What was found for this span? Kept in the session: names and texts must not come to another one."""
    data, pace = session.dataset(), session.profile().pace
    asked = (data, start, until, risk_only, pace)
    kept = session.held("reach")
    if kept is None or kept[0][0] is not data or kept[0][1:] != asked[1:]:
        posts = data.posts[risky(data.posts)] if risk_only else data.posts
        kept = (asked, reach(posts, start, until, pace))
        session.hold("reach", kept)
    return kept[1]


def show_numbers(found: Reach) -> None:
    """How many posts and accounts, how many verified, how many by media, and do few speak or many?"""
    language = session.language()
    counted = found.concentration
    numbers = (
        (_("Posts"), f"{found.posts:,}", None),
        (_("Accounts"), f"{counted.accounts:,}" if counted else _("not told"), None),
        (_("By verified authors"), share_text(found.verified_share).to(language), None),
        (_("By media"), share_text(found.media_share).to(language), _("Media of any rank, self-media not counted.")),
    )
    for place, (name, value, meaning) in zip(st.columns(4), numbers, strict=True):
        place.metric(name, value, border=True, help=meaning)
    st.text(voices_text(counted).to(language))
    loud = loud_text(counted)
    if loud:
        st.warning(session.said(loud), icon=":material/campaign:")
    unknown = unknown_text(found)
    if unknown:
        st.caption(session.said(unknown))


def show_over_time(found: Reach) -> None:
    """How do posts spread over platforms, regions, media and accounts, as time goes on and in all?"""
    language = session.language()
    told = [key for key in KEYS if getattr(found, key).shape[1]]
    key = st.segmented_control(
        _("Show by"),
        told,
        format_func=lambda key: KEYS[key].to(language),
        default=told[0],
        required=True,
        key="reach_key",
        persist_state="session",
    )
    key = key if key in told else told[0]
    left, right = st.columns([3, 2], gap="large")
    with left:
        figure = reach_charts.over_time(found, key, language)
        show_chart(figure, lambda: time_table(found, key, language), f"reach-{key}", "reach_over_time")
    with right:
        shown = "regions" if key in ("platforms", "accounts") and "regions" in told else key
        shown = "platforms" if shown == "accounts" else shown
        figure = reach_charts.ranking(found, shown, language)
        show_chart(figure, lambda: total_table(found, shown, language), f"reach-{shown}-ranking", "reach_ranking")


def show_ways(found: Reach) -> None:
    """Who was first on each platform, and by which way did it come there?"""
    language = session.language()
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(_("From platform to platform"))
        if found.dates_only:
            st.caption(_("The posts tell days without times: what came first within a day is not known."))
        figure = reach_charts.path_figure(found, language)
        show_chart(figure, lambda: path_table(found, language), "reach-path", "reach_path")
        st.caption(
            _(
                "From the first posts of each platform in the span. A repost or the same text shows a way; time order "
                "alone shows only who was earlier."
            )
        )
    with right:
        st.subheader(_("First on each platform"))
        config = {
            COLUMN_LABELS["published_at"]: st.column_config.DatetimeColumn(format="MM-DD HH:mm"),
            COLUMN_LABELS["text"]: st.column_config.TextColumn(width=260),
            COLUMN_LABELS["url"]: st.column_config.LinkColumn(display_text=_("open"), width="small"),
        }
        named = {label.to(language): column for label, column in config.items()}
        st.dataframe(source_table(found, language), hide_index=True, column_config=named, placeholder="–")


def show_amplifiers(found: Reach) -> None:
    """Whose posts were carried furthest?"""
    st.subheader(_("Biggest amplifiers"))
    if found.amplifiers.empty:
        st.info(_("No post of the span drew anything that is told."), icon=":material/inbox:")
        return
    table = amplifier_table(found, session.language())
    counts = {name: st.column_config.NumberColumn(format="localized") for name in table.select_dtypes("number")}
    st.dataframe(table, hide_index=True, column_config=counts, placeholder="–")
    st.caption(
        _(
            "Counters as estimated to have come by then. Drawn together: reposts, comments and likes. Passed on here: "
            "posts of the span, by others, that name one of theirs as their parent."
        )
    )
