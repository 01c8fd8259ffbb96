"""Which classifier serves, how good is it, why does it answer as it does, and how does the analyst teach it?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.dataset import reannotated
from analysis.schema import TIMEZONE, InputError
from analysis.workspace import training
from analysis.workspace.places import model_path, training_folder
from pages import kept, session
from pages.corrections import show_correcting, show_corrections
from pages.explaining import show_explaining
from pages.measures import show_measures
from pages.session import _
from pages.training_sets import show_training_sets

FACT_WIDTH = 165  # pixels; two beside each other on a telephone
PARTS = {
    "correct": show_correcting,
    "corrections": show_corrections,
    "training": show_training_sets,
    "measure": show_measures,
    "explain": show_explaining,
}


def main() -> None:
    """Which classifier serves, and what is to be done with it?"""
    show_serving()
    titles = {
        "correct": _("Correct posts"),
        "corrections": _("Corrections so far"),
        "training": _("Own training sets"),
        "measure": _("How good is it?"),
        "explain": _("Explain a post"),
    }
    part = st.segmented_control(
        _("What to do"),
        list(titles),
        format_func=titles.__getitem__,
        default="correct",
        required=True,
        key="model_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    PARTS[str(part)]()


def show_serving() -> None:
    """Which classifier serves? Its date, what it learnt from, its size; and whether the posts were judged by it."""
    serving = session.model()
    trained = pd.Timestamp(serving.trained_at or model_path().stat().st_mtime, unit=None if serving.trained_at else "s")
    trained = (trained if trained.tzinfo else trained.tz_localize("UTC")).tz_convert(TIMEZONE)
    facts = (
        (_("Trained"), f"{trained:%Y-%m-%d}", _("At {time}", time=f"{trained:%H:%M}")),
        (_("Labelled texts"), f"{serving.posts:,}", _("Those of the shipped corpus and of own training sets.")),
        (_("Own training sets"), f"{len(training.sets(training_folder())):,}", None),
        (_("Corrections"), f"{serving.corrections:,}", _("Of these drawn at random: {n:,}", n=len(serving.checked))),
        (_("Size"), f"{model_path().stat().st_size / 1e6:.1f} MB", size_text(len(serving.columns))),
    )
    with st.container(horizontal=True):
        for label, value, note in facts:
            with st.container(gap=None, width=FACT_WIDTH):
                st.caption(label, help=note)
                st.text(value)
    st.caption(
        _(
            "A linear model over short runs of characters. It learns and answers on this computer; "
            "no post and no correction leaves it."
        )
    )
    if session.held("judged_by") != kept.model_state():
        st.info(
            _("The loaded posts were judged by an earlier classifier: it was taught elsewhere since."),
            icon=":material/sync:",
        )
        if st.button(_("Judge the posts again"), icon=":material/refresh:"):
            with st.spinner(_("Judging the posts again")):
                session.put(reannotated(session.loaded(), session.model()))
            st.rerun()


def size_text(features: int) -> str:
    """How large is the classifier, in features?"""
    return _("It knows {n:,} runs of characters.", n=features)


try:
    main()
except InputError as error:
    session.show_error(error)
