"""What is shown in the meeting? It is prepared here, and then fills the wall, scene by scene."""

from __future__ import annotations

import streamlit as st

from analysis.schema import InputError
from pages import linking, preparing, session, staging, wall


def main() -> None:
    """Is the meeting prepared, or held? A link leads straight to its scene."""
    link = linking.followed_scene()
    if link is not None:
        staging.follow(link)
        st.rerun()  # the time of the link stands in the sidebar, too
    if staging.on_wall() is None:
        preparing.show()
    else:
        wall.show()


try:
    main()
except InputError as error:
    session.show_error(error)
