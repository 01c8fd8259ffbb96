"""Which posts does an event hold, and what put each of them there? With filters; the words they share are marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.events.describe import Description
from analysis.events.grounds import grounds, reasons
from analysis.events.search import read_query, search
from analysis.parts import REST, Part
from analysis.report.event_story import ROLE_LABELS, WHY_LABELS
from analysis.report.found import marked_posts
from analysis.schema import Platform, Sentiment
from pages import known, session
from pages.session import _

A_PAGE = 20  # posts that are shown at once
ALL = "all"


def show_representative(told: Description) -> None:
    """Which posts tell it best? The words that set the event apart are marked."""
    language, posts = session.language(), told.representative
    for at, role in enumerate(posts["role"]):
        with st.container(gap=None):
            st.caption(ROLE_LABELS[role].to(language))
            st.html(marked_posts(posts.iloc[[at]], told.terms, language))


def show_posts(part: Part) -> None:
    """Which of its posts does the reader want to see, and what put each of them there?"""
    posts = known.posts_of(part.id)
    why = grounds_of(part, posts)
    tone, platform, ground, words = filters(posts, why)
    shown = filtered(posts, why, tone, platform, ground, words)[::-1]
    st.caption(_("{n:,} of {all:,} posts, the latest first.", n=len(shown), all=len(posts)))
    if shown.empty:
        st.info(_("No posts here."), icon=":material/inbox:")
        return
    pages = -(-len(shown) // A_PAGE)
    page = st.pagination(pages, key=f"posts_page-{part.id}-{pages}") if pages > 1 else 1
    show_cards(part, shown.iloc[(page - 1) * A_PAGE : page * A_PAGE], why, words)


def grounds_of(part: Part, posts: pd.DataFrame) -> pd.Series:
    """What put each of its posts into the event (see `events.grounds`)? Nothing is told of the posts of no event."""
    if part.id == REST:
        return pd.Series("", posts.index)
    kept = known.of_now("event_grounds")
    if part.id not in kept:
        kept[part.id] = reasons(posts)
    found: pd.Series = kept[part.id]
    return found


def filters(posts: pd.DataFrame, why: pd.Series) -> tuple[str, str, str, str]:
    """Of which sentiment, platform and ground, and with which words?"""
    language = session.language()
    tones = {str(tone): tone.label.to(language) for tone in Sentiment}
    platforms = {name: Platform(name).label.to(language) for name in posts["platform"].value_counts().index}
    grounds_there = {name: label.to(language) for name, label in WHY_LABELS.items() if (why == name).any()}
    tones, platforms, grounds_there = ({ALL: _("All"), **told} for told in (tones, platforms, grounds_there))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        tone = st.segmented_control(
            _("Sentiment"),
            list(tones),
            format_func=tones.__getitem__,
            default=ALL,
            required=True,
            key="posts_tone",
            persist_state="session",
        )
        platform = st.selectbox(
            _("Platform"),
            list(platforms),
            format_func=platforms.__getitem__,
            key="posts_platform",
            width=150,
        )
        ground = st.selectbox(
            _("Why it belongs"),
            list(grounds_there),
            format_func=grounds_there.__getitem__,
            key="posts_ground",
            width=200,
        )
        words = st.text_input(_("With these words"), max_chars=100, key="posts_words", width=200)
    return str(tone), str(platform or ALL), str(ground or ALL), words.strip()


def filtered(posts: pd.DataFrame, why: pd.Series, tone: str, platform: str, ground: str, words: str) -> pd.DataFrame:
    """Which posts pass the filters? In order of time. Raises InputError if the words cannot be looked for."""
    for name, wanted in (("sentiment", tone), ("platform", platform)):
        if wanted != ALL:
            posts = posts[(posts[name] == wanted).to_numpy(dtype=bool)]
    if ground != ALL:
        posts = posts[(why.loc[posts.index] == ground).to_numpy(dtype=bool)]
    return search(posts, words, most=len(posts))[::-1] if words else posts


def show_cards(part: Part, posts: pd.DataFrame, why: pd.Series, words: str) -> None:
    """What does each of these posts say? The words looked for are marked, else those it shares with the event."""
    language, wanted = session.language(), read_query(words).words if words else ()
    shared = None if words or part.id == REST else grounds(known.seen(), part.id, posts.index)["terms"]
    for at in posts.index:
        with st.container(gap=None):
            if why[at]:
                st.caption(WHY_LABELS[why[at]].to(language))
            st.html(marked_posts(posts.loc[[at]], wanted if shared is None else shared[at], language))
