"""What became of each incident, and when was an alarm false? A click on a row leads back to that hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from analysis.report.backtest_rows import Shown
from analysis.report.backtest_tables import false_alarm_table, figures, numbered, outcome_table
from analysis.report.backtest_words import below_words
from analysis.response.backtest import Backtest
from analysis.response.incidents import Incident
from pages import session
from pages.session import _

COLOURS: dict[int, Literal["green", "off", "red"]] = {1: "green", 0: "off", -1: "red"}


def show_figures(found: Sequence[Backtest]) -> None:
    """How late, how many false alarms, how many missed, how restless, how often right? In force, and the draft."""
    better = {1: _("better"), 0: _("same"), -1: _("worse")}
    with st.container(horizontal=True):
        for one in figures(found[0], found[1] if len(found) > 1 else None):
            tried = (
                None if one.tried is None else _("yours: {value}, {better}", value=one.tried, better=better[one.better])
            )
            st.metric(
                session.said(one.label),
                one.value.to(session.language()),
                tried,
                delta_color=COLOURS[one.better],
                delta_arrow="off",
                help=session.said(one.meaning),
                border=True,
                width=170,
            )


def show_outcomes(found: Sequence[Backtest], incidents: Sequence[Incident]) -> None:
    """What became of each incident? A click on a row sets the desk's time to it."""
    language, numbers = session.language(), numbered(incidents)
    st.subheader(_("Incident by incident"))
    table = outcome_table(found[0], found[1] if len(found) > 1 else None, numbers, language)
    times = [outcome.detected or outcome.due for outcome in found[0].outcomes]
    rows_that_lead(table, times, "outcomes")
    if found[0].below:
        st.text(below_words(found[0], numbers).to(language))


def rows_that_lead(table: pd.DataFrame, times: Sequence[pd.Timestamp], key: str) -> None:
    """How does a table lead back in time? A click on a row sets the desk's time to the hour that belongs to it."""

    def lead() -> None:
        for row, _column in session.answer(key)["selection"]["cells"]:
            session.start_at(times[row])
            session.hold("led_to", times[row])

    st.dataframe(
        table,
        hide_index=True,
        key=key,
        on_select=lead,
        selection_mode="single-cell",
        placeholder="–",
        column_config={_("No."): st.column_config.NumberColumn(width=48)},
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if session.held("led_to") in times and session.as_of().floor("h") == session.held("led_to").floor("h"):
            time = session.plain(f"{session.as_of():%Y-%m-%d %H:%M}")
            st.caption(_("The desk now looks from {time}, and knows nothing later.", time=time))
            label = _("The level of that hour and its reasons")
            st.page_link("pages/response.py", label=label, icon=":material/emergency:", width="content")
        else:
            st.caption(_("Click a row to set the desk's time to that hour."))


def show_false(judged: Sequence[Shown]) -> None:
    """When was an alarm false? Under the profile in force, and under the draft."""
    for at, shown in enumerate(judged):
        st.text(shown.name.to(session.language()))
        alarms = shown.found.false_alarms
        if not alarms:
            st.caption(_("No alarm was false."))
            continue
        rows_that_lead(
            false_alarm_table(shown.found, session.language()), [first for first, _last in alarms], f"false{at}"
        )
