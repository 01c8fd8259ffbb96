"""Which event is open, and where does a shared link lead? The only place that reads the address's parameters."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from analysis.events.links import PARTS, Link, fingerprint, leads_to, link, read_link
from analysis.schema import InputError
from pages import session
from pages.session import _

MARK = 8  # digits of a dataset's mark that are told to the reader


def opened() -> str | None:
    """Which event is open? None: all of them are looked at. Another dataset begins with none."""
    of, event = session.held("event") or ("", None)
    return event if of == dataset_mark() else None


def open_event(event: str | None) -> None:
    """How is an event opened, or with None the list of all? To be called before the page is drawn."""
    session.hold("event", (dataset_mark(), event))
    session.choose("events_part", "events")


def dataset_mark() -> str:
    """By which digits is the loaded dataset known, here and to whoever else has the file?

    Of all loaded posts, so that neither corrections nor edits nor names of ours change it.
    """
    posts = session.loaded().posts
    kept = session.held("dataset_mark")
    if kept is None or kept[0] is not posts:
        kept = (posts, fingerprint(posts))
        session.hold("dataset_mark", kept)
    return str(kept[1])


def address(event: str) -> str:
    """Which address leads to this event, as of the time that is looked at?"""
    return f"{st.context.url or ''}?{urlencode(link(dataset_mark(), event, session.as_of()))}"


def follow() -> None:
    """Where does the address that was opened lead? To its event and time, or to the file that it needs.

    Its parameters are taken out of the address at once, for they would not follow the reader to other events. A link
    waits until its file is loaded or the reader gives it up.
    """
    take()
    waiting = session.held("link")
    if isinstance(waiting, InputError):
        session.show_error(waiting)
        give_up()
    elif isinstance(waiting, Link) and leads_to(waiting, dataset_mark()):
        session.hold("link", None)
        session.start_at(waiting.as_of)
        open_event(waiting.event)
        st.rerun()
    elif isinstance(waiting, Link):
        ask_for_file(waiting)


def take() -> None:
    """What do the address's parameters say? Held until the link was followed."""
    given = {name: value for name, value in st.query_params.to_dict().items() if name in PARTS}
    if not given:
        return
    try:
        session.hold("link", read_link(given))
    except InputError as error:
        session.hold("link", error)
    for name in given:
        del st.query_params[name]


def ask_for_file(waiting: Link) -> None:
    """What does the reader do whose desk has not loaded the link's dataset?"""
    st.warning(
        _(
            "This link leads to an event as of {time} in posts that are not loaded here: their mark begins with "
            "{mark}, that of the loaded ones with {here}. Load the file it was made from on the Data page, and come "
            "back: the event then opens.",
            time=session.plain(f"{waiting.as_of:%Y-%m-%d %H:%M}"),
            mark=waiting.dataset[:MARK],
            here=dataset_mark()[:MARK],
        ),
        icon=":material/link_off:",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("pages/data.py", label=_("To the Data page"), icon=":material/upload_file:", width="content")
        give_up()


def give_up() -> None:
    """How is a link given up that leads nowhere here?"""
    st.button(
        _("Forget the link"), icon=":material/close:", type="tertiary", on_click=partial(session.hold, "link", None)
    )
