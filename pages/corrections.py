"""How does the analyst correct the classifier, see what that changes, accept it, and undo it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.classify.correct import corrected
from analysis.classify.draw import at_random, worth_a_look
from analysis.classify.lesson import before_and_after, flip_counts, flipped
from analysis.classify.model import TASKS
from analysis.classify.prevalence import LEAST
from analysis.dataset import Dataset, reannotated
from analysis.posts.privacy import masked_series
from analysis.report.model_tables import (
    LABELS,
    before_after_table,
    correction_table,
    flip_count_table,
    flip_table,
    label_of,
)
from analysis.schema import COLUMN_LABELS, full_text
from analysis.workspace import corrections
from analysis.workspace.places import store_url
from pages import kept, session
from pages.session import _

ROWS, FLIPS_SHOWN, SEED = 20, 50, 20260101
ENOUGH, FEW = 100, 30  # random corrections to aim at; corrections under which figures say little
ROW_HEIGHT, TABLE_HEIGHT, TEXT_WIDTH = 90, 670, 360  # pixels; four lines of text, seven rows; text wraps from 65 on
COUNTERS = ("reads", "reposts")


@dataclass(frozen=True)
class Candidate:
    """What was learnt and waits to be accepted.

    loaded, state: the posts and the state of the classifier that it started from; new: the corrections that were just
    made, all: how many there are with the earlier ones; data: the loaded posts as they would be judged; figures, flips:
    see lesson.before_and_after and lesson.flipped.
    """

    loaded: Dataset
    state: tuple[str, str]
    new: pd.DataFrame
    all: int
    data: Dataset
    figures: dict[str, tuple[dict[str, Any], dict[str, Any]]]
    flips: pd.DataFrame


def show_correcting() -> None:
    """Which posts are to be looked at, and what did the analyst say of them?"""
    kinds = {"chosen": _("Posts most worth a look"), "random": _("A random draw")}
    kind = st.segmented_control(
        _("Which posts"),
        list(kinds),
        format_func=kinds.__getitem__,
        default="chosen",
        required=True,
        key="correct_kind",
        persist_state="session",
    )
    random = kind == "random"
    explain(random)
    if accepted := session.held("accepted"):
        session.hold("accepted", None)
        st.success(_("Corrections learnt: {n:,}. They can be undone.", n=accepted), icon=":material/check:")
    if session.loaded().engine != "model":
        st.info(_("The sentiments here are SnowNLP's. Corrections teach Yanpan's classifier."), icon=":material/info:")
    posts = drawn(random)
    if posts.empty:
        st.info(_("Every loaded post has been looked at."), icon=":material/done_all:")
    else:
        new = asked(posts, random)
        if new is not None and new.empty:
            st.warning(_("Nothing was changed or ticked, so there is nothing to learn."), icon=":material/rule:")
        elif new is not None:
            with st.spinner(_("Learning from the corrections and judging the posts again")):
                session.hold("candidate", learnt(new))
    show_candidate()


def explain(random: bool) -> None:
    """What is this kind of posts good for?"""
    if not random:
        st.caption(
            _(
                "The classifier is least sure of these and they were read most: it learns most from them. "
                "Being the hard ones, they cannot tell how often it errs."
            )
        )
        return
    st.caption(
        _(
            "Only posts that chance picked tell how often the classifier errs; from {least} on they correct the "
            "negative share. Look at every row, and tick it also where the answer is right.",
            least=LEAST,
        )
    )
    done = int(kept.kept_corrections()["random"].sum())
    st.progress(min(done / ENOUGH, 1.0), text=_("{done:,} of about {wanted} done", done=done, wanted=ENOUGH))


def drawn(random: bool) -> pd.DataFrame:
    """Which posts are asked about? The same until something is learnt or another dataset is loaded.

    Chance may pick a post that was corrected as worth a look: leaving those out would leave the easy ones.
    """
    data, state, name = session.dataset(), kept.model_state(), "drawn-random" if random else "drawn-chosen"
    known = session.held(name)
    if known is None or known[0] is not data or known[1] != state:
        made, posts = kept.kept_corrections(), data.posts
        if random:
            rows = at_random(posts, ROWS, set(made.loc[made["random"], "key"]), SEED)
        else:
            rows = worth_a_look(posts, ROWS, set(made["key"]))
        rows = rows.assign(text=masked_series(full_text(rows))).reset_index(drop=True)
        known = (data, state, rows)
        session.hold(name, known)
    return known[2]


def asked(posts: pd.DataFrame, random: bool) -> pd.DataFrame | None:
    """What did the analyst say of these posts? Corrections (none is an empty frame); None before the button."""
    language = session.language()
    counters = [name for name in COUNTERS if posts[name].notna().any()]
    shown = posts[["key", "text", *counters, "topic", "sentiment"]].assign(checked=False)
    choices: dict[str, Any] = {
        task: st.column_config.SelectboxColumn(
            label,
            options=list(LABELS[task]),
            format_func=partial(label_of, task, language=language),
            required=True,
            width=220 if task == "topic" else 110,
        )
        for task, label in (("topic", _("Topic")), ("sentiment", _("Sentiment")))
    }
    plain = {
        name: st.column_config.NumberColumn(COLUMN_LABELS[name].to(language), width=90, format="localized")
        for name in counters
    }
    config = {
        "text": st.column_config.TextColumn(_("Text"), width=TEXT_WIDTH),
        "checked": st.column_config.CheckboxColumn(_("Checked"), width=100),
    }
    table, order, fixed = shown.drop(columns="key"), ["text", *choices, "checked", *counters], ["text", *counters]
    with st.form(key=f"correct-{posts['key'].iloc[0]}-{random}", border=False):
        st.caption(
            _(
                "Double-click a topic or sentiment to change it, a text to read all of it. "
                "A tick confirms the answer as it stands."
            )
        )
        answered = st.data_editor(
            table,
            key=f"table-{'-'.join(posts['key'])}-{random}",
            hide_index=True,
            column_config=config | choices | plain,
            column_order=order,
            disabled=fixed,
            row_height=ROW_HEIGHT,
            height=min(TABLE_HEIGHT, ROW_HEIGHT * len(shown) + 40),
            placeholder="–",
        )
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        by = left.text_input(_("Your name"), max_chars=40, key="analyst", persist_state="session").strip()
        pressed = right.form_submit_button(_("Learn from these"), type="primary", icon=":material/school:")
    if pressed and not by:
        st.warning(_("Write your name, so that others see who made the corrections."), icon=":material/person:")
    if not pressed or not by:
        return None
    return corrections.judged(shown, answered, random, by, datetime.now(UTC).isoformat(timespec="seconds"))


def learnt(new: pd.DataFrame) -> Candidate:
    """What do new corrections, with the earlier ones, make of the classifier and of the loaded posts?"""
    base, every = kept.kept_base(kept.corpus_state()), corrections.together(kept.kept_corrections(), new)
    loaded = session.loaded()
    data = reannotated(loaded, corrected(base, every))
    figures, flips = before_and_after(base, every), flipped(loaded.posts, data.posts)
    return Candidate(loaded, kept.model_state(), new, len(every), data, figures, flips)


def show_candidate() -> None:
    """What would change? With a button to accept it and one to discard it."""
    found: Candidate | None = session.held("candidate")
    if found is None:
        return
    language = session.language()
    st.subheader(_("What would change"))
    if found.loaded is not session.loaded() or found.state != kept.model_state():
        st.info(_("Other posts or corrections came in since. Learn from these again."), icon=":material/sync:")
        return
    st.text(_("New corrections: {new:,}. With the earlier ones: {all:,}.", new=len(found.new), all=found.all))
    st.markdown("**" + _("On the corrections") + "**")
    st.table(before_after_table(found.figures, language), border="horizontal", hide_index=True)
    st.caption(_("Before: taught by the corpus alone. After: each is judged by a model that learnt the others."))
    if found.all < FEW:
        st.caption(_("So few corrections say little yet. From {few} on the figures begin to count.", few=FEW))
    st.markdown("**" + _("On the loaded posts") + "**")
    st.text(_("{n:,} of {all:,} posts get another answer.", n=len(found.flips), all=len(found.data.posts)))
    if not found.flips.empty:
        show_flips(found.flips, language)
    with st.container(horizontal=True):
        st.button(_("Accept"), type="primary", on_click=accept, args=(found,), icon=":material/check:")
        st.button(_("Discard"), on_click=partial(session.hold, "candidate", None), icon=":material/close:")


def show_flips(flips: pd.DataFrame, language: str) -> None:
    """Which posts would be answered differently, and how?"""
    counts = {task: flip_counts(flips, task) for task in TASKS}
    st.dataframe(
        flip_count_table(counts, language), hide_index=True, height=min(250, 40 + 36 * sum(map(len, counts.values())))
    )
    if len(flips) > FLIPS_SHOWN:
        st.caption(_("The first {shown:,} of {rows:,}", shown=FLIPS_SHOWN, rows=len(flips)))
    config = {_("Text"): st.column_config.TextColumn(width=TEXT_WIDTH)}
    st.dataframe(flip_table(flips, FLIPS_SHOWN, language), hide_index=True, column_config=config)


def accept(found: Candidate) -> None:
    """How do the corrections come into force? Kept, and at once on every page of this session."""
    corrections.save(kept.kept_store(store_url()), found.new)
    session.put(found.data)
    session.hold("candidate", None)
    session.hold("accepted", len(found.new))


def show_corrections() -> None:
    """Which corrections were made, and which are to be undone?"""
    made = kept.kept_corrections()
    if made.empty:
        st.info(_("No post has been corrected yet."), icon=":material/inbox:")
        return
    st.caption(_("Tick rows to undo them. The classifier learns anew at once, without them."))
    config = {_("Time"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")}
    config |= {_("Text"): st.column_config.TextColumn(width=TEXT_WIDTH)}
    chosen = st.dataframe(
        correction_table(made, session.language()),
        hide_index=True,
        column_config=config,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"made-{kept.model_state()[1]}",
    )
    newest = made.iloc[::-1]["key"].tolist()
    selected = [newest[row] for row in chosen["selection"]["rows"]]
    last = corrections.latest(made)
    with st.container(horizontal=True):
        pressed = st.button(
            _("Undo the selected ({n:,})", n=len(selected)), disabled=not selected, icon=":material/undo:"
        )
        if pressed:
            undo(selected)
        if st.button(_("Undo the last ({n:,})", n=len(last)), icon=":material/history:"):
            undo(last)


def undo(keys: list[str]) -> None:
    """How are corrections undone? The posts are judged as if they had never been made."""
    corrections.forget(kept.kept_store(store_url()), keys)
    with st.spinner(_("Learning from the corrections and judging the posts again")):
        session.put(reannotated(session.loaded(), session.model()))
    st.rerun()
