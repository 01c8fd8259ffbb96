"""How good is the classifier, measured on which posts, and where is it wrong?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.classify.labelled import in_words, labelled_posts, read_labelled
from analysis.classify.measure import Measure, Tell, of_corpus, of_corrections, of_file
from analysis.classify.model import TASKS
from analysis.report import model_charts
from analysis.report.model_tables import TASK_LABELS, class_table, rival_table, score_table, worst_table
from analysis.schema import InputError
from analysis.workspace.places import corpus_files
from pages import kept, session
from pages.progress import Progress
from pages.session import _


def show_measures() -> None:
    """On which posts is it measured, and what came of it?"""
    kinds = {
        "corpus": _("Its corpus, by cross-validation"),
        "random": _("Corrections drawn at random"),
        "corrections": _("All corrections"),
        "file": _("A labelled file"),
    }
    kind = str(
        st.selectbox(
            _("Measured on"),
            list(kinds),
            format_func=kinds.__getitem__,
            key="measured_on",
            persist_state="session",
        )
    )
    notes = {
        "corpus": _("Each writer's texts are judged by a model that learnt from the others. Takes some minutes."),
        "random": _("The truest measure: real posts of yours, picked by chance, each judged by the other corrections."),
        "corrections": _("Posts worth a look are the hard ones: on all posts it is better than on these."),
        "file": _("A CSV as for a training set. It is only measured, not learnt and not kept."),
    }
    st.caption(notes[kind])
    if kind == "file":
        show_file()
        return
    found = kept.kept_measures(kind, kept.model_state())
    if st.button(_("Measure"), type="primary", disabled=bool(found), icon=":material/straighten:"):
        made = tried(
            lambda tell: of_corpus(read_labelled(corpus_files()), tell) if kind == "corpus" else own(kind, tell)
        )
        found += [made] if made else []
        if made:
            st.rerun()
    if found:
        show_measure(found[0])


def own(kind: str, tell: Tell) -> Measure:
    """How right is it on the analyst's corrections, all or those that chance picked?"""
    made = kept.kept_corrections()
    return of_corrections(kept.kept_base(kept.corpus_state()), made[made["random"]] if kind == "random" else made, tell)


def tried(measure: Callable[[Tell], Measure]) -> Measure | None:
    """What comes of measuring, with a bar? None, with a message, if it cannot be done."""
    try:
        with Progress(session.language()) as progress:
            return measure(progress.tell)
    except InputError as error:
        session.show_error(error)
        return None


def show_file() -> None:
    """How right is it on a labelled file? Kept in this session alone: its texts are nobody else's."""
    given = st.file_uploader(_("Labelled posts (CSV)"), key="measured_file")
    if not given:
        return
    try:
        read = labelled_posts(given.name, given.getvalue())
    except InputError as error:
        session.show_error(error)
        return
    for line in in_words(read):
        st.text(line.to(session.language()))
    wanted = given.file_id, kept.model_state()
    known = session.held("measured")
    if st.button(_("Measure"), type="primary", icon=":material/straighten:"):
        made = tried(lambda tell: of_file(read.posts, session.model(), tell))
        known = (wanted, made) if made else None
        session.hold("measured", known)
    if known and known[0] == wanted:
        show_measure(known[1])


def show_measure(found: Measure) -> None:
    """How right is it, by task, by label, and beside SnowNLP?"""
    language = session.language()
    if found.by_voice is False:
        st.warning(
            _("The corpus does not say who wrote what, so texts of one writer stand on both sides: this flatters."),
            icon=":material/group:",
        )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("In short"))
        st.table(score_table(found.scores, language), border="horizontal", hide_index=True)
        st.caption(_("Macro-F1: the mean over the labels, each counting alike. 1 = never wrong."))
    with right:
        st.subheader(_("Sentiment beside SnowNLP"))
        if found.beside and found.rival:
            st.table(rival_table(found.beside, found.rival, language), border="horizontal", hide_index=True)
            st.caption(_("On the same posts, at most 1,000 of them."))
        else:
            st.info(_("No post here carries a sentiment."), icon=":material/inbox:")
    for task in TASKS:
        if found.scores[task]["n"]:
            show_task(found, task)
    if found.learning is not None:
        st.subheader(_("What more labelled posts bring"))
        st.plotly_chart(model_charts.learning_line(found.learning, language), theme=None, key="learning")


def show_task(found: Measure, task: str) -> None:
    """Where is it right and where wrong: which label for which, how sure it was, its worst mistakes?"""
    language = session.language()
    st.subheader(TASK_LABELS[task].to(language))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("**" + _("Which label is taken for which") + "**")
        figure = model_charts.confusion_map(found.confusion[task], task, language)
        st.plotly_chart(figure, theme=None, key=f"confusion_{task}")
    with right:
        st.markdown("**" + _("Does it know how sure it may be?") + "**")
        figure = model_charts.reliability_line(found.reliability[task], language)
        st.plotly_chart(figure, theme=None, key=f"reliability_{task}")
    st.markdown("**" + _("By label") + "**")
    st.dataframe(class_table(found.scores[task], task, language), hide_index=True, height="content")
    st.markdown("**" + _("The mistakes that it was surest of") + "**")
    if found.worst[task].empty:
        st.info(_("It made no mistake here."), icon=":material/done_all:")
    else:
        st.dataframe(worst_table(found.worst[task], task, language), hide_index=True)
