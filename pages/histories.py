"""What did the analysts change about the events, and how is it undone?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.events.edits import Edit, words
from analysis.schema import TIMEZONE
from pages import known, session
from pages.session import _


def show_history() -> None:
    """Which edits of events were made on this desk, the latest first? Each can be undone by itself."""
    every = session.edits()[::-1]
    here = [edit for edit in every if of_these_posts(edit)]
    elsewhere = len(every) - len(here)
    made = (
        every
        if elsewhere and st.toggle(_("Those of other files, too ({n:,})", n=elsewhere), key="history_all")
        else here
    )
    if not made:
        st.info(
            _("No event was merged, split, renamed or muted yet. Open an event to do so."), icon=":material/history:"
        )
        return
    st.caption(_("Changes: {edits:,}, the latest first. Undoing one leaves the others as they are.", edits=len(made)))
    show_edits(made)


def of_these_posts(edit: Edit) -> bool:
    """Is an edit about an event of the loaded posts? What was split off carries the id it was split from."""
    return edit.event.partition("~")[0] in set(session.about_us().events["id"])


def show_edits(made: Sequence[Edit]) -> None:
    """Which edits are these, who made them and when? A row each, with a button that takes it back."""
    called = {part.id: known.name(part.id) for part in known.parts() if part.id}
    for edit in made:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"edit-{edit.at}"):
            with st.container(gap=None):
                st.text(words(edit, called).to(session.language()))
                time = pd.Timestamp(edit.at).tz_convert(TIMEZONE)
                st.caption(session.plain(f"{time:%Y-%m-%d %H:%M} · {edit.by}"))
            st.button(_("Undo"), icon=":material/undo:", on_click=known.undo, args=(edit.at,), key=f"undo-{edit.at}")


def show_muted() -> None:
    """Which events are muted, and how are they shown again? Nothing where none is."""
    muted = [edit for edit in session.edits() if edit.kind == "mute" and of_these_posts(edit)]
    if not muted:
        return
    with st.expander(_("Muted events: {n:,}", n=len(muted)), icon=":material/visibility_off:"):
        for edit in muted[::-1]:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.text(edit.name or edit.event, width="stretch")
                st.button(
                    _("Show again"),
                    icon=":material/visibility:",
                    on_click=known.undo,
                    args=(edit.at,),
                    key=f"unmute-{edit.at}",
                )
