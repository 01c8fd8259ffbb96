"""Where does a shared link lead: to an event, a scene, or settings to be tried? The only reader of the address.

It also says which event is open. What a link carries waits until the reader follows it or forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from analysis.events.links import PARTS, Link, fingerprint, leads_to, link, read_link
from analysis.report.papers.blocks import Span
from analysis.report.papers.scene_links import SCENE_PARTS, SceneLink, read_scene_link, scene_link
from analysis.response.links import from_params, to_params
from analysis.response.profile import Profile, differences, profile_label
from analysis.schema import InputError
from pages import drafts, session
from pages.session import _

MARK = 8  # digits of a dataset's mark that are told to the reader
EVENT, SETTINGS, SCENE = "link", "settings_link", "scene_link"  # under which name each kind waits
READERS: dict[str, Callable[[Mapping[str, str]], Link | Profile | SceneLink | None]] = {
    EVENT: read_link,
    SETTINGS: from_params,
    SCENE: read_scene_link,
}


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
    take(EVENT)
    waiting = session.held(EVENT)
    if isinstance(waiting, InputError):
        session.show_error(waiting)
        give_up(EVENT)
    elif isinstance(waiting, Link) and leads_to(waiting.dataset, dataset_mark()):
        session.hold(EVENT, None)
        session.start_at(waiting.as_of)
        open_event(waiting.event)
        st.rerun()
    elif isinstance(waiting, Link):
        ask_for_file(
            EVENT,
            _(
                "This link leads to an event as of {time} in posts that are not loaded here: their mark begins with "
                "{mark}, that of the loaded ones with {here}. Load the file it was made from on the Data page, and "
                "come back: the event then opens.",
                **told_of(waiting),
            ),
        )


def scene_address(span: Span, event: str | None, scene: str, scenes: Sequence[str]) -> str:
    """Which address leads to this scene, as of the time that is looked at? scenes: those that are shown, in order."""
    told = scene_link(dataset_mark(), session.as_of(), span, event, scene, scenes)
    return f"{st.context.url or ''}?{urlencode(told)}"


def followed_scene() -> SceneLink | None:
    """To which scene did a link just lead, its time already in force? None where none did; it may wait for its file."""
    take(SCENE)
    waiting = session.held(SCENE)
    if isinstance(waiting, InputError):
        session.show_error(waiting)
        give_up(SCENE)
    elif isinstance(waiting, SceneLink) and leads_to(waiting.dataset, dataset_mark()):
        session.hold(SCENE, None)
        session.start_at(waiting.as_of)
        return waiting
    elif isinstance(waiting, SceneLink):
        ask_for_file(
            SCENE,
            _(
                "This link leads to a scene of a meeting as of {time} in posts that are not loaded here: their mark "
                "begins with {mark}, that of the loaded ones with {here}. Load the file it was made from on the Data "
                "page, and come back: the scene then opens.",
                **told_of(waiting),
            ),
        )
    return None


def take(kind: str) -> None:
    """What do the address's parameters of this kind say? Held until the link was followed."""
    told = st.query_params.to_dict()
    parts = {EVENT: PARTS.keys(), SCENE: SCENE_PARTS.keys(), SETTINGS: told.keys() - PARTS.keys()}[kind]
    given = {name: value for name, value in told.items() if name in parts}
    if not given:
        return
    try:
        session.hold(kind, READERS[kind](given))
    except InputError as error:
        session.hold(kind, error)
    for name in given:
        del st.query_params[name]


def told_of(waiting: Link | SceneLink) -> dict[str, str]:
    """What does the reader need to know of a link whose dataset is not loaded: its time, its mark and ours?"""
    time = session.plain(f"{waiting.as_of:%Y-%m-%d %H:%M}")
    return {"time": time, "mark": waiting.dataset[:MARK], "here": dataset_mark()[:MARK]}


def ask_for_file(kind: str, words: str) -> None:
    """What does the reader do whose desk has not loaded the link's dataset?"""
    st.warning(words, icon=":material/link_off:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("pages/data.py", label=_("To the Data page"), icon=":material/upload_file:", width="content")
        give_up(kind)


def give_up(kind: str) -> None:
    """How is a link given up that leads nowhere here, or that is not wanted?"""
    st.button(
        _("Forget the link"), icon=":material/close:", type="tertiary", on_click=partial(session.hold, kind, None)
    )


def settings_address(profile: Profile) -> str:
    """Which address carries these settings? Their numbers alone, none of our names."""
    return f"{st.context.url or ''}?{urlencode(to_params(profile))}"


def offer_settings() -> None:
    """Which settings does the address that was opened carry? In words, to be tried or forgotten, never in force."""
    take(SETTINGS)
    waiting = session.held(SETTINGS)
    if isinstance(waiting, InputError):
        session.show_error(waiting)
        give_up(SETTINGS)
    elif isinstance(waiting, Profile):
        with st.container(border=True, gap="small"):
            show_settings(waiting)


def show_settings(waiting: Profile) -> None:
    """What would the settings of a link change, and what is to be done with them?"""
    in_force = session.profile()
    changed = differences(drafts.bare(in_force), drafts.bare(waiting))
    st.markdown("**" + _("This link carries settings. They are not in force.") + "**")
    if changed:
        name = session.said(profile_label(in_force))
        st.caption(_("Against the profile in force, {name}, they change:", name=name))
        with st.container(gap="xsmall"):
            for line in changed:
                st.text("· " + line.to(session.language()))
    else:
        st.caption(_("They are the same as those in force."))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Try these settings"),
            icon=":material/tune:",
            on_click=try_settings,
            args=(waiting,),
            disabled=not changed,
        )
        give_up(SETTINGS)


def try_settings(waiting: Profile) -> None:
    """How are the settings of a link tried? The sliders begin with them; what is in force stays."""
    session.hold(SETTINGS, None)
    session.choose("thresholds_part", "settings")
    drafts.begin(waiting)
