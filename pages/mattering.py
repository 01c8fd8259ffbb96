"""Which number of the draft matters most, and how does the level depend on one of them?"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.language import Text
from analysis.report import threshold_charts
from analysis.response.profile import Profile, key_label
from analysis.response.sensitivity import (
    HOURS,
    MEASURED,
    SCORE,
    Measure,
    Move,
    curve,
    hours_from,
    keys,
    score_at,
    tornado,
)
from analysis.response.shipped import SHIPPED, base_of
from analysis.schema import Level
from analysis.signals.clock import whole_hour
from pages import session
from pages.session import _


def show_tornado(draft: Profile) -> None:
    """How much does each number change what is asked about? Click a bar to see one of them over its range."""
    language = session.language()
    asked = str(
        st.segmented_control(
            _("What is measured"),
            list(MEASURED),
            format_func=lambda name: MEASURED[name].to(language),
            default=HOURS,
            required=True,
            key="tornado_measure",
            persist_state="session",
        )
    )
    moves, unit = found_moves(draft, asked), MEASURED[asked]
    st.caption(
        _(
            "Each number of your draft is moved alone, by a fifth of itself down and up, as far as its range and order "
            "allow. Left out: half-life and pace, which need all posts to be counted anew, and what decides no level."
        )
    )
    if not any(move.swing for move in moves):
        st.info(_("No number changes this when it is moved by a fifth."))
    else:
        show_bars(moves, unit)
    show_curve(draft, asked, unit, moves)


def found_moves(draft: Profile, asked: str) -> tuple[Move, ...]:
    """How much does each number change it? Worked out once for one draft, time and dataset."""
    track = session.track(draft)
    wanted, kept = (draft, asked, session.as_of()), session.held("tornado")
    if kept is None or kept[0] is not track or kept[1] != wanted:
        kept = (track, wanted, tornado(track, draft, session.dataset().rates, measure(asked)))
        session.hold("tornado", kept)
    moves: tuple[Move, ...] = kept[2]
    return moves


def measure(asked: str) -> Measure:
    """What is read off a timeline?"""
    return score_at(whole_hour(session.as_of())) if asked == SCORE else hours_from(Level.MILD)


def show_bars(moves: tuple[Move, ...], unit: Text) -> None:
    """Which bars are there? One that is clicked chooses its number below."""
    figure = threshold_charts.tornado(moves, unit, session.language())
    st.plotly_chart(figure, theme=None, key="tornado", on_select=choose_clicked, selection_mode="points")


def choose_clicked() -> None:
    """How does a click on a bar choose its number?"""
    chosen: Any = session.answer("tornado")
    points = chosen["selection"]["points"] if chosen else []
    if points:
        session.choose("tornado_number", points[0]["customdata"][0])


def show_curve(draft: Profile, asked: str, unit: Text, moves: tuple[Move, ...]) -> None:
    """How does it run over the range of one number?"""
    language, order = session.language(), [move.key for move in moves]
    if session.answer("tornado_number") not in keys():
        session.choose("tornado_number", order[0])
    key = st.selectbox(
        _("One number over its whole range"),
        order,
        format_func=lambda name: key_label(name).to(language),
        key="tornado_number",
        persist_state="session",
    )
    found = curve(session.track(draft), draft, session.dataset().rates, measure(asked), key)
    shipped = SHIPPED[base_of(session.profile())].numbers()[key]
    figure = threshold_charts.over_range(found, key, draft.numbers()[key], shipped, unit, language)
    st.plotly_chart(figure, theme=None, key="over_range")
