"""Why this level, how far is the next, which clocks run, and who does what by when?"""

from __future__ import annotations

import streamlit as st

from analysis.report import charts
from analysis.report.banner import banner
from analysis.report.tables import clock_table, margin_table, reason_table, task_table
from analysis.schema import InputError
from pages import known, session
from pages.session import _


def main() -> None:
    """What does the person in charge need to act?"""
    briefing, language = session.briefing(), session.language()
    st.html(banner(briefing, language, known.name(briefing.parts[0].id)))
    left, right = st.columns([3, 2])
    with left:
        st.subheader(_("Points by indicator"))
        figure = charts.waterfall(briefing.reasons, briefing.profile, language)
        st.plotly_chart(figure, theme=None, key="waterfall")
    with right:
        st.subheader(_("Reasons"))
        st.table(reason_table(briefing, language), border="horizontal", hide_index=True)
    show_red_lines()
    st.subheader(_("How far to the next level"))
    if briefing.margins:
        st.caption(_("What would have to happen within the running hour, each by itself."))
        st.table(margin_table(briefing, language), border="horizontal", hide_index=True)
    else:
        st.info(_("This is the highest level."), icon=":material/vertical_align_top:")
    show_clocks()
    st.subheader(_("Tasks"))
    st.table(task_table(briefing, language), border="horizontal", hide_index=True)


def show_red_lines() -> None:
    """Which red lines are crossed, and what is to be kept in mind?"""
    briefing = session.briefing()
    st.subheader(_("Red lines and flags"))
    for line in briefing.assessment.red_lines:
        st.error(session.said(line.text), icon=":material/block:")
    for flag in briefing.flags:
        st.info(session.said(flag), icon=":material/gavel:")
    if not briefing.assessment.red_lines:
        st.success(_("No red line is crossed."), icon=":material/check:")


def show_clocks() -> None:
    """Which time limits run, and how long is left as of the chosen time?"""
    briefing = session.briefing()
    st.subheader(_("Clocks"))
    if not briefing.clocks:
        st.info(_("No clock runs while the level is routine."), icon=":material/timer_off:")
        return
    st.table(clock_table(briefing, session.language()), border="horizontal", hide_index=True)
    st.caption(
        _("Counted from the onset, medical-safety reports from the discovery. Only the hospital knows the grade.")
    )


try:
    main()
except InputError as error:
    session.show_error(error)
