"""Which bursts were there, what sets each apart, and which posts tell it? With a way to go to each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.report.brush import Span
from analysis.report.burst_table import burst_table, burst_title, listed, told_posts
from analysis.signals.wording import ExplainedBurst, explained
from pages import session
from pages.session import _

MOST = 12  # bursts that are explained, the latest; reading their posts takes time


def show_bursts(span: Span) -> None:
    """Which bursts touch the span, latest first?"""
    st.subheader(_("Bursts"))
    found = session.briefing().situation.bursts
    found = found[(found["onset"] <= span.end) & (found["end"] >= span.start)].sort_values("onset", kind="stable")
    if found.empty:
        none = _("No burst in this span.") if span.brushed else _("No burst up to this time.")
        st.info(none, icon=":material/inbox:")
        return
    if len(found) > MOST:
        st.caption(_("The latest {shown} of {bursts}", shown=MOST, bursts=len(found)))
    latest = explained_here(found.tail(MOST))[::-1]
    language = session.language()
    st.dataframe(burst_table(latest, language), hide_index=True)
    places = st.columns(2)
    for number, burst in enumerate(latest):
        with places[number % 2].expander(session.said(burst_title(burst))):
            st.text(listed(burst.terms).to(language))
            st.dataframe(told_posts(burst, language), hide_index=True)
            st.button(
                _("Look from its onset"),
                icon=":material/history:",
                on_click=session.start_at,
                args=(burst.onset,),
                key=f"burst-{number}",
            )


def explained_here(found: pd.DataFrame) -> tuple[ExplainedBurst, ...]:
    """What sets these bursts apart? Held by the session and by no cache: the words are of its own posts."""
    posts, as_of = session.dataset().posts, session.briefing().as_of
    wanted = (as_of, tuple(found["of"]), tuple(found["onset"]))
    held = session.held("explained")
    if held is None or held[0] is not posts or held[1] != wanted:
        held = (posts, wanted, explained(found, posts, as_of))
        session.hold("explained", held)
    return tuple(held[2])
