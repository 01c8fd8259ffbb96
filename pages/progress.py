"""How far is it, and how long will it take?"""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from analysis.language import Text, _
from pages.escape import plain

FIRST_GUESS, LEAST_SHARE = 2.0, 0.02


class Progress:
    """A bar that shows what is being done, and goes when it is done.

    With `cancel` it also shows how long it will take, and a button beside it calls `cancel`: the click runs the
    script anew, and Streamlit ends this run at the bar's next step.
    """

    def __init__(self, language: str, cancel: Callable[[], None] | None = None) -> None:
        self.language, self.cancel = language, cancel

    def __enter__(self) -> Progress:
        self.place, self.begun = st.empty(), time.monotonic()
        with self.place.container():
            self.bar = st.empty()
            if self.cancel:
                st.button(_("Cancel").to(self.language), on_click=self.cancel, key="cancel", icon=":material/close:")
        return self

    def tell(self, share: float, text: Text) -> None:
        took = time.monotonic() - self.begun
        if self.cancel and share > LEAST_SHARE and took > FIRST_GUESS:
            text = Text("{what} · {left}", (("what", text), ("left", time_left(took * (1 - share) / share))))
        self.bar.progress(min(max(share, 0.0), 1.0), text=plain(text.to(self.language)))

    def __exit__(self, *_error: object) -> None:
        self.place.empty()


def time_left(seconds: float) -> Text:
    """How long will it take? In steps of five seconds, from 90 seconds on in minutes."""
    if seconds < 90:
        return _("about {seconds} s left", seconds=max(5, 5 * round(seconds / 5)))
    return _("about {minutes} min left", minutes=round(seconds / 60))
