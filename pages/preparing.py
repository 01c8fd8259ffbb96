"""How is a meeting prepared: of what it is, which scenes are shown, in which order, and which link leads to them?"""

from __future__ import annotations

import streamlit as st

from analysis.report.papers.blocks import SPAN_LABELS, Scene, Span, Story
from analysis.report.papers.running_order import arranged, moved, shown, with_shown
from analysis.schema import InputError
from pages import known, linking, session, staging
from pages.session import _


def show() -> None:
    """What does the presenter choose before the meeting?"""
    st.subheader(_("Meeting"))
    st.caption(
        _("Scenes for the wall, made of what the desk knows as of {time}.", time=f"{session.as_of():%Y-%m-%d %H:%M}")
    )
    choose_subject()
    try:
        story = staging.told()
    except InputError as error:
        session.show_error(error)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        start_button(story)
        show_link(story)
    show_hints()
    show_scenes(story)


def choose_subject() -> None:
    """Is the meeting of all, of the day or the week, or of one event? The gravest event first."""
    now, names, language = staging.subject(), known.names(), session.language()
    spans = [span for span in Span if names or span != Span.EVENT]
    left, right = st.columns(2)
    span = left.selectbox(
        _("What the meeting is about"),
        spans,
        index=spans.index(now.span) if now.span in spans else 0,
        format_func=lambda one: SPAN_LABELS[one].to(language),
    )
    event = None
    if span == Span.EVENT:
        ids = list(names)
        at = ids.index(now.event) if now.event in names else 0
        event = right.selectbox(_("Event"), ids, index=at, format_func=names.__getitem__)
    staging.choose_subject(staging.Subject(Span(span), event))


def start_button(story: Story) -> None:
    """How does the meeting begin? With the first scene that is shown; the clicker's key for it does, too."""
    first = staging.shown_scenes(story)[0].key
    st.button(
        _("Show on the wall"),
        type="primary",
        icon=":material/play_arrow:",
        shortcut="F5",
        key="meeting_start",
        on_click=staging.put_on_wall,
        args=(first,),
    )


def show_link(story: Story) -> None:
    """By which link does somebody else see a scene as of the same time? The first is offered first."""
    scenes, of, language = staging.shown_scenes(story), staging.subject(), session.language()
    titles = {scene.key: scene.title.to(language) for scene in scenes}
    with st.popover(_("Link"), icon=":material/link:"):
        st.caption(_("Leads to this scene at this time, on a desk that has loaded the same file. It tells no post."))
        scene = st.selectbox(
            _("Scene"), list(titles), format_func=titles.__getitem__, key=f"meeting_link_{scenes[0].key}"
        )
        st.code(linking.scene_address(of.span, of.event, scene, list(titles)), language=None, wrap_lines=True)


def show_hints() -> None:
    """Which keys operate the wall?"""
    st.caption(
        _(
            "F11 fills the screen. → or PageDown: next scene; ← or PageUp: back; Home, End: first, last; T: what if?; "
            "Esc: back to this page. A clicker works, too."
        )
    )


def show_scenes(story: Story) -> None:
    """Which scenes are there, in which order? Each can be left out, moved, and begun with."""
    chosen, shows = staging.order(), shown(story.scenes, staging.order())
    scenes = arranged(story.scenes, chosen)
    for at, scene in enumerate(scenes):
        with st.container(border=True, key=f"scene_{at}", gap=None):
            show_row(story, scene, at, len(scenes), scene in shows)


def show_row(story: Story, scene: Scene, at: int, of: int, is_shown: bool) -> None:
    """How does one scene stand in the list?"""
    language, title = session.language(), session.said(scene.title)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        ticked = st.checkbox(
            f"{at + 1}\\. {title}", is_shown, key=f"scene_shown_{scene.key}_{is_shown}", width="stretch"
        )
        if ticked != is_shown:
            staging.choose_order(with_shown(staging.order(), scene.key, ticked))
            st.rerun()
        for by, icon, name in ((-1, "arrow_upward", _("Move up")), (1, "arrow_downward", _("Move down"))):
            st.button(
                "",
                icon=f":material/{icon}:",
                type="tertiary",
                help=name,
                key=f"scene_{icon}_{scene.key}",
                disabled=not 0 <= at + by < of,
                on_click=lambda by=by: staging.choose_order(moved(story.scenes, staging.order(), scene.key, by)),
            )
        st.button(
            "",
            icon=":material/play_arrow:",
            type="tertiary",
            help=_("Begin with this scene"),
            key=f"scene_begin_{scene.key}",
            disabled=not is_shown,
            on_click=staging.put_on_wall,
            args=(scene.key,),
        )
    st.text(scene.lead.to(language))
