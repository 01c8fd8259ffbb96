"""Which posts of all say this, and to which event does each belong?"""

from __future__ import annotations

from zlib import crc32

import pandas as pd
import streamlit as st

from analysis.events.search import MOST, Folded, folded, read_query, search
from analysis.parts import REST
from analysis.report.event_table import NO_EVENT
from analysis.report.found import marked_posts
from pages import known, linking, session
from pages.session import _

A_PAGE = 20  # posts that are shown at once


def show_search() -> None:
    """What is looked for, and in which posts and events does it stand? Raises InputError if it cannot be."""
    query = st.text_input(
        _("Search all posts"),
        max_chars=200,
        key="search_query",
        icon=":material/search:",
        placeholder=_("words of a text, a title or an account"),
        persist_state="session",
    ).strip()
    st.caption(
        _("All words must occur. “A phrase” in quotation marks is looked for as it stands; -word must not occur.")
    )
    if not query:
        return
    words = read_query(query).words
    found = search(known.seen(), query, held=held())
    if found.empty:
        st.info(_("No post up to this time says that."), icon=":material/search_off:")
        return
    st.markdown(
        _("**The latest {n:,} posts that say it**", n=len(found))
        if len(found) == MOST
        else _("**{n:,} posts say it, the latest first**", n=len(found))
    )
    show_found(narrowed(found), words)


def held() -> Folded:
    """How do the dataset's texts read when they are searched? Made once, held by this session alone."""
    posts = session.dataset().posts
    kept = session.held("folded")
    if kept is None or kept[0] is not posts:
        kept = (posts, folded(posts))
        session.hold("folded", kept)
    made: Folded = kept[1]
    return made


def narrowed(found: pd.DataFrame) -> pd.DataFrame:
    """Of which event does the reader want to see the posts that were found?"""
    events = pd.Series(event_of(found), found.index)
    counted = events.value_counts(sort=True)
    told = {event: session.plain(f"{event_name(event)} ({posts:,})") for event, posts in counted.items()}
    chosen = st.pills(
        _("In which event"),
        list(told),
        format_func=told.__getitem__,
        key=f"search_event-{crc32(repr(list(told)).encode())}",
        label_visibility="collapsed",
    )
    if chosen is None:
        return found
    if chosen != REST:
        st.button(
            _("Open this event"),
            icon=":material/open_in_new:",
            on_click=linking.open_event,
            args=(chosen,),
            key="search_open",
        )
    return found[(events == chosen).to_numpy(dtype=bool)]


def event_of(posts: pd.DataFrame) -> list[str]:
    """To which event that is known by now does each post belong? REST where to none."""
    there = {part.id for part in known.parts()}
    return [event if event in there else REST for event in posts["event_id"]]


def event_name(event: str) -> str:
    """How is an event called, and what is of none?"""
    return NO_EVENT.to(session.language()) if event == REST else known.name(event)


def show_found(found: pd.DataFrame, words: tuple[str, ...]) -> None:
    """What do the posts that were found say? A page of them at a time."""
    pages = -(-len(found) // A_PAGE)
    page = st.pagination(pages, key=f"search_page-{pages}") if pages > 1 else 1
    for place in range((page - 1) * A_PAGE, min(page * A_PAGE, len(found))):
        post = found.iloc[[place]]
        with st.container(gap=None):
            st.caption(session.plain(event_name(event_of(post)[0])))
            st.html(marked_posts(post, words, session.language()))
