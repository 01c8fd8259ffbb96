"""Why this level, how far is the next one, and how sure is it? Three blocks of the Response page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.language import Text
from analysis.report import charts
from analysis.report.distance_tables import margin_table
from analysis.report.red_line_table import red_line_table
from analysis.report.sureness import chance_bars, rule_text
from analysis.report.tables import reason_table
from analysis.response.indicators import Readings
from analysis.response.margins import RED_LINE
from analysis.standing import Standing
from pages import session
from pages.session import _


def show_why(standing: Standing, claims: Readings, flags: Sequence[Text]) -> None:
    """Which red lines and indicators make the level? claims: the posts that the red lines are counted in."""
    language, profile = session.language(), session.profile()
    st.subheader(_("Why this level"))
    st.caption(_("Red lines: one that is crossed sets the level at once, whatever the score."))
    st.table(red_line_table(claims, profile, language), border="horizontal", hide_index=True)
    for flag in flags:
        st.info(session.said(flag), icon=":material/gavel:")
    st.caption(_("Points by indicator"))
    figure = charts.waterfall(standing.reasons, profile, language)
    st.plotly_chart(figure, theme=None, key="waterfall")
    st.table(reason_table(standing.reasons, language), border="horizontal", hide_index=True)


def show_far(standing: Standing) -> None:
    """What would raise the level, what would lower it, and when?"""
    language = session.language()
    st.subheader(_("How far"))
    with st.container(border=True):
        st.markdown("**↑ " + _("Up") + "**")
        up = standing.crossing.text.to(language) if standing.crossing else _("This is the highest level.")
        st.text(up)
        growing = [margin for margin in standing.margins if not margin.indicator.startswith(RED_LINE)]
        if growing:  # what is missing to the red lines stands beside them
            st.caption(_("What would have to happen within the running hour, each by itself."))
            st.table(margin_table(growing, language), border="horizontal", hide_index=True)
    with st.container(border=True):
        st.markdown("**↓ " + _("Down") + "**")
        if standing.fall is None:
            st.text(_("This is the lowest level."))
        else:
            st.text(standing.fall.text.to(language))
            st.caption(session.said(standing.fall.detail))


def show_sure(standing: Standing) -> None:
    """How probable is each level, and what is in that?"""
    language, found = session.language(), standing.likelihood
    st.subheader(_("How sure"))
    with st.container(border=True):
        st.html(chance_bars(found, standing.assessment.level, session.profile(), language))
        differs = rule_text(found, standing.assessment.level)
        if differs:
            st.text(differs.to(language))
        with st.expander(_("What is counted in this, and what is not")):
            for name, lines in ((_("In it:"), found.counted), (_("Not in it:"), found.not_counted)):
                st.caption("\n".join([name, "", *(f"- {session.said(line)}" for line in lines)]))
