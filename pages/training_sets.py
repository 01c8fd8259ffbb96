"""Which labelled posts of one's own does the classifier learn from, besides its corpus?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from analysis.classify.labelled import in_words, labelled_posts
from analysis.dataset import reannotated
from analysis.schema import TIMEZONE, InputError
from analysis.workspace import training
from analysis.workspace.places import training_folder
from pages import session
from pages.session import _


def show_training_sets() -> None:
    """How does a training set come in, and which are there?"""
    st.caption(
        _(
            "A CSV with a column of texts and one of labels (topic, sentiment, or both), in any common layout: "
            "text, review, content, 微博正文; 0/1, -1/0/1, 负面/中性/正面, negative. It is learnt together with the "
            "corpus and kept on this computer, personal data masked."
        )
    )
    number = session.held("training_uploads") or 0
    given = st.file_uploader(_("Labelled posts (CSV)"), key=f"training-{number}")
    if given:
        offer(given.name, given.getvalue(), number)
    show_sets()


def offer(name: str, data: bytes, number: int) -> None:
    """What does a labelled file hold, and is it to be learnt? A file with a mistake teaches nothing."""
    try:
        found = labelled_posts(name, data)
    except InputError as error:
        session.show_error(error)
        st.caption(_("Nothing of this file was learnt."))
        return
    for line in in_words(found):
        st.text(line.to(session.language()))
    if not st.button(_("Learn from this file"), type="primary", icon=":material/school:"):
        return
    file = training.keep(training_folder(), name, found.posts)
    try:
        session.model()  # trains, with a bar
    except InputError as error:
        training.remove(file)
        session.show_error(error)
        return
    session.hold("training_uploads", number + 1)
    learn_anew()


def show_sets() -> None:
    """Which training sets are there? Each can be removed."""
    kept = training.sets(training_folder())
    st.subheader(_("Training sets of your own"))
    if not kept:
        st.info(_("There is none: the classifier learns from the shipped corpus."), icon=":material/inbox:")
    for place, found in enumerate(kept):
        taken = f"{found.taken_at.astimezone(ZoneInfo(TIMEZONE)):%Y-%m-%d %H:%M}"
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.text(found.name)
                st.caption(_("{posts:,} labelled texts, taken in {time}", posts=found.posts, time=session.plain(taken)))
            if st.button(_("Remove"), key=f"remove-{place}-{found.file.name}", icon=":material/delete:", width=140):
                training.remove(found.file)
                learn_anew()


def learn_anew() -> None:
    """How does a change of what is learnt come into force? The posts are judged again, on every page."""
    serving = session.model()
    with st.spinner(_("Judging the posts again")):
        session.put(reannotated(session.loaded(), serving))
    st.rerun()
