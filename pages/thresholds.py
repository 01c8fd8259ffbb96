"""What would other settings have said? Every number of the profile, what it changes, and a test on the past."""

from __future__ import annotations

import streamlit as st

from analysis.schema import InputError
from pages import backtesting, drafts, keeping, linking, session, trying, tuning
from pages.session import _


def main() -> None:
    """Are settings tried, or tested on the past? The other part costs nothing."""
    linking.offer_settings()
    titles = {"settings": _("Settings"), "backtest": _("Back-test")}
    if session.answer("thresholds_part") is None:
        session.choose("thresholds_part", "settings")  # and no default: a link that is followed chooses, too
    part = st.segmented_control(
        _("What to do"),
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        key="thresholds_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    if part == "settings":
        show_settings()
    else:
        backtesting.show(drafts.draft())


def show_settings() -> None:
    """Which settings are being tried, what would they change, and how are they kept?"""
    inputs, results = st.columns([2, 3], gap="large")
    with inputs:
        draft = tuning.show_sliders()
    with results:
        if draft is not None:
            trying.show_results(draft)
    keeping.show_keeping(draft)


try:
    main()
except InputError as error:
    session.show_error(error)
