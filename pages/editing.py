"""How does the analyst put an event right: its name, what it is one with, what is not of it, whether it is about us?

Each shows what it would change before it is made; each can be undone (see histories.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from analysis.events.edits import Edit, next_id, post_key
from analysis.events.follow import alike
from analysis.events.search import search
from analysis.parts import REST, Part
from analysis.proposed import proposed
from analysis.report.event_edit_tables import change_table, choice_table
from analysis.report.event_head import titles
from pages import known, linking, session
from pages.session import _

LONGEST_NAME, TABLE_HEIGHT, SHOWN = 60, 420, 500
COMPARED, DAYS = 8, pd.Timedelta(days=3)  # events that are compared with one; silence after which another is not it


def show_editing(part: Part) -> None:
    """Which of the four edits is to be made?"""
    kinds = {"rename": _("Rename"), "merge": _("Merge"), "split": _("Split"), "mute": _("Not about us")}
    shows = {"rename": show_rename, "merge": show_merge, "split": show_split, "mute": show_mute}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            _("Change this event"),
            list(kinds),
            format_func=kinds.__getitem__,
            default="rename",
            required=True,
            key="edit_kind",
            persist_state="session",
        )
        st.text_input(_("Your name"), max_chars=40, key="analyst", persist_state="session", width=200)
    shows[str(kind)](part)
    st.caption(_("Every change is kept on this desk, shown under “Changes made”, and can be undone there."))


def offer(label: str, icon: str, edit: Edit | None, leads_to: str | None) -> None:
    """With which button is an edit made? None: there is nothing to make yet. leads_to: the event looked at then."""
    st.button(
        label,
        type="primary",
        icon=icon,
        disabled=edit is None,
        on_click=make,
        args=(edit, leads_to),
        key=f"make_{edit.kind if edit else 'nothing'}",
    )
    if session.held("nameless"):
        session.hold("nameless", None)
        st.warning(_("Write your name, so that others see who made the change."), icon=":material/person:")


def make(edit: Edit, leads_to: str | None) -> None:
    """How does an edit come into force? With who made it, and when."""
    by = str(session.answer("analyst") or "").strip()
    if not by:
        session.hold("nameless", True)
        return
    known.edit(replace(edit, by=by, at=datetime.now(UTC).isoformat(timespec="microseconds")))
    linking.open_event(leads_to)


def show_rename(part: Part) -> None:
    """What is it to be called? Nothing written gives it the computed name again."""
    current = known.name(part.id)
    name = st.text_input(_("New name"), max_chars=LONGEST_NAME, key=f"rename-{part.id}", placeholder=current).strip()
    given = Edit("rename", part.id, name=name) if name != current else None
    st.caption(_("Leave it empty to have the computed name again."))
    offer(_("Rename"), ":material/edit:", given, part.id)


def show_merge(part: Part) -> None:
    """Which event is it one with? This one then becomes part of that one."""
    called = titles(known.parts(), {other.id: known.name(other.id) for other in known.parts()}, session.language())
    into = st.selectbox(
        _("It is one with"),
        alike_first(part),
        index=None,
        format_func=called.__getitem__,
        placeholder=_("choose an event, the most alike stand first"),
        key=f"merge-{part.id}",
    )
    edit = Edit("merge", part.id, into=into, name=known.name(part.id)) if into else None
    if edit:
        show_change(edit)
    offer(_("Merge"), ":material/merge:", edit, into)


def alike_first(part: Part) -> list[str]:
    """With which events could one be one? Those that spoke in the same days and are like it first, then the others.

    To be compared an event has to be described, which takes a moment: only the gravest few of those days are.
    """
    kept = known.of_now("event_alike")
    if part.id not in kept:
        others = [other for other in known.parts() if other.id not in (REST, part.id)]
        near = [other for other in others if together(part, other)][:COMPARED]
        with st.spinner(_("Comparing with other events")):
            mine = known.description(part.id)
            found = {other.id: alike(part, mine, other, known.description(other.id)) for other in near}
        score = {event: max((share for _why, share in told), default=0.0) for event, told in found.items()}
        kept[part.id] = sorted((other.id for other in others), key=lambda event: -score.get(event, 0.0))
    return list(kept[part.id])


def together(part: Part, other: Part) -> bool:
    """Did two events speak in the same days?"""
    return part.began - DAYS <= other.last_post and other.began - DAYS <= part.last_post


def show_split(part: Part) -> None:
    """Which posts are not of it? They become an event of their own."""
    posts = known.posts_of(part.id)
    word = st.text_input(
        _("All posts with these words, or tick posts below"), max_chars=60, key=f"split_words-{part.id}"
    ).strip()
    if word:
        posts = search(posts, word, most=len(posts))[::-1]
    shown = posts.iloc[::-1].head(SHOWN)
    ticked = st.dataframe(
        choice_table(shown, session.language()),
        hide_index=True,
        height=min(TABLE_HEIGHT, 40 + 35 * len(shown)),
        key=f"split-{part.id}-{word}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={_("Text"): st.column_config.TextColumn(width=420)},
        placeholder="–",
    )["selection"]["rows"]
    chosen = shown.iloc[ticked] if ticked else posts if word else posts.head(0)
    edit = None
    if 0 < len(chosen) < part.posts:
        keys = tuple(map(post_key, chosen["platform"], chosen["post_id"]))
        into = next_id(part.id, session.edits())
        edit = Edit("split", part.id, into=into, name=known.name(part.id), posts=keys)
        show_change(edit)
    elif len(chosen):
        st.info(_("These are all of its posts: nothing would be left."), icon=":material/info:")
    offer(_("Split"), ":material/call_split:", edit, edit.into if edit else None)


def show_mute(part: Part) -> None:
    """Is it not about us? Its posts are then left aside, as those of other hospitals are."""
    edit = Edit("mute", part.id, name=known.name(part.id))
    st.text(
        _(
            "{posts:,} posts are left aside then: they count neither for the level nor in any figure. Later posts of "
            "this event are left aside, too.",
            posts=part.posts,
        )
    )
    offer(_("Mute this event"), ":material/visibility_off:", edit, None)


def show_change(edit: Edit) -> None:
    """What would an edit change? The events it touches, before and after."""
    before = [part for part in known.parts() if part.id in (edit.event, edit.into) and part.id != REST]
    after = proposed(session.dataset(), edit, session.profile(), session.as_of())
    called = {part.id: known.name(part.id) for part in (*before, *after)}
    called |= {edit.into: _("new event")} if edit.kind == "split" else {}
    st.table(change_table(before, after, called, session.language()), border="horizontal", hide_index=True)
