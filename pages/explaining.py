"""Why does the classifier answer as it does? A post with the parts of its text that spoke for and against."""

from __future__ import annotations

import streamlit as st

from analysis.classify.explain import explain
from analysis.report.marks import marked, marked_text
from analysis.report.model_tables import LABELS, TASK_LABELS, label_of, probability_table
from analysis.report.top import telling_posts
from pages import session
from pages.session import _

OFFERED, LONGEST, OPTION = 100, 5_000, 60


def show_explaining() -> None:
    """Which post, and why is it answered so?"""
    data = session.dataset()
    posts = telling_posts(data.posts, session.latest(data), data.posts["published_at"].iloc[0], most=OFFERED)
    texts = posts["text"].tolist()
    chosen = st.selectbox(
        _("A loaded post, those that drew most first"),
        range(len(texts)),
        format_func=lambda at: texts[at].replace("\n", " ")[:OPTION],
        index=None,
        placeholder=_("choose a post"),
        key="explain_post",
        persist_state="session",
    )
    written = st.text_area(
        _("Or a text of your own"), max_chars=LONGEST, key="explain_text", persist_state="session", height=100
    )
    text = written.strip() or (texts[chosen][:LONGEST] if chosen is not None and chosen < len(texts) else "")
    if not text:
        st.info(_("Choose a post or write a text, and see what speaks for the answer."), icon=":material/search:")
        return
    legend()
    for place, task in zip(st.columns(2, gap="large"), TASK_LABELS, strict=True):
        with place:
            show_task(text, task)


def legend() -> None:
    """What do the marks mean?"""
    marks = ((_("speaks for the answer"), 1.0), (_("speaks against it"), -1.0))
    st.html(" · ".join(marked(words, push, 1.0) for words, push in marks))


def show_task(text: str, task: str) -> None:
    """What is the answer, how sure is it, and what in the text made it?"""
    language, model = session.language(), session.model()
    answer = explain(text, model, task)
    known = answer.likely
    name = label_of(task, answer.label, language)
    sure = _("{share:.0%} sure", share=answer.probability)
    st.metric(TASK_LABELS[task].to(language), name, sure, delta_color="off", delta_arrow="off", border=True)
    asked = st.selectbox(
        _("What spoke for"),
        list(LABELS[task]) if set(known) == set(LABELS[task]) else list(known),
        index=None,
        format_func=lambda label: label_of(task, label, language),
        placeholder=name,
        key=f"explain_{task}",
        persist_state="session",
    )
    st.html(marked_text((explain(text, model, task, asked) if asked in known else answer).pieces))
    st.dataframe(probability_table(known, task, language), hide_index=True)
