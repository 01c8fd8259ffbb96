"""What is going on? The events that the posts tell, one of them in full, a search, and what the analyst changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.schema import InputError
from pages import linking, session
from pages.eventlist import show_events
from pages.histories import show_history
from pages.oneevent import show_event
from pages.searching import show_search
from pages.session import _


def main() -> None:
    """Which look at the events is asked for? The others cost nothing."""
    linking.follow()
    titles = {"events": _("Events"), "search": _("Search the posts"), "history": _("Changes made")}
    shows: dict[str, Callable[[], None]] = {
        "events": show_one_or_all,
        "search": show_search,
        "history": show_history,
    }
    if session.answer("events_part") is None:
        session.choose("events_part", "events")  # and no default: an event that is opened elsewhere chooses, too
    part = st.segmented_control(
        _("What to do"),
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        key="events_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    shows[str(part)]()


def show_one_or_all() -> None:
    """Is one event open, or are all of them looked at?"""
    event = linking.opened()
    if event is None:
        show_events()
    else:
        show_event(event)


try:
    main()
except InputError as error:
    session.show_error(error)
