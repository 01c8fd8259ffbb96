"""How are settings put in force, kept, made the desk's beginning, handed on, loaded, and taken back?"""

from __future__ import annotations

import streamlit as st

from analysis.response.profile import Profile, differences, from_toml, profile_label, to_toml
from analysis.response.shipped import SHIPPED, base_of, check_own_name, taken
from analysis.schema import InputError
from analysis.workspace.defaults import clear_default, default_profile, set_default
from analysis.workspace.places import store_url
from pages import drafts, linking, session
from pages.kept import kept_store
from pages.session import _


def show_keeping(draft: Profile | None) -> None:
    """What can be done with the draft, and with the profile in force? draft: None while the sliders contradict."""
    st.subheader(_("Keep these settings"))
    if draft is not None:
        show_draft(draft)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_ways_back()
        show_default()
    show_upload()


def show_draft(draft: Profile) -> None:
    """Under which name is the draft kept, and how is it handed on?"""
    current = session.profile().name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = _("My profile") if taken(current) or current == Profile().name else current
        name = st.text_input(_("Name"), value=own, max_chars=60, key="profile_title", width=260).strip()
        try:
            check_own_name(name)
            named = draft.with_name(name)
        except InputError as error:
            session.show_error(error)
        else:
            show_buttons(named)
        with st.popover(_("Link"), icon=":material/link:"):
            st.caption(_("Opens these settings on another desk, to be tried there. It carries numbers and no name."))
            st.code(linking.settings_address(draft), language=None, wrap_lines=True)


def show_buttons(named: Profile) -> None:
    """How does the draft come into force, and how is it kept under its name?"""
    again = named.name in session.saved_profiles()
    st.button(_("Use now"), on_click=put_in_force, args=(named,), type="primary")
    st.button(_("Save over it") if again else _("Save"), on_click=save, args=(named,))
    st.download_button(_("Download"), to_toml(named), "profile.toml", "application/toml", on_click="ignore")


def put_in_force(profile: Profile) -> None:
    """How does a profile come into force? The sliders begin anew with it, also if it is in force already."""
    session.use_profile(profile)
    drafts.begin(profile)


def save(profile: Profile) -> None:
    """How is a profile kept for later sessions and put in force?"""
    session.save_and_use(profile)
    drafts.begin(profile)


def show_ways_back() -> None:
    """How does one get back to what was in force before, or to the shipped values?"""
    now, earlier = session.profile(), session.held("profiles_before")
    if earlier:
        was = session.said(profile_label(earlier[-1]))
        changed = " · ".join(session.said(line) for line in differences(now, earlier[-1]))
        st.button(_("Undo: back to {name}", name=was), icon=":material/undo:", help=changed or None, on_click=undo)
    shipped = SHIPPED[base_of(now)].with_names(*now.names())
    st.button(
        _("Shipped values"),
        help=_("Of: {name}", name=session.said(profile_label(shipped))),
        on_click=put_in_force,
        args=(shipped,),
    )


def undo() -> None:
    """How does what was in force before come back? What came before that stays to be undone."""
    *earlier, last = session.held("profiles_before")
    put_in_force(last)
    session.hold("profiles_before", tuple(earlier))


def show_default() -> None:
    """With which profile do new sessions of this desk begin?"""
    store, now = kept_store(store_url()), session.profile()
    try:
        begins = default_profile(store)
    except InputError as error:
        session.show_error(error)
        begins = None
    if begins is not None:
        st.text(_("New sessions begin with: {name}", name=profile_label(begins)), width="content")
    same = now == begins
    st.button(_("Begin with the profile in force"), on_click=set_default, args=(store, now), disabled=same)
    if begins != Profile():
        st.button(_("Begin with the shipped one again"), type="tertiary", on_click=clear_default, args=(store,))


def show_upload() -> None:
    """How is a profile loaded from its file? A bad one changes nothing."""
    upload = st.file_uploader(_("Load a profile (TOML)"), key="profile_file")
    if upload and session.held("profile") != upload.file_id:
        session.hold("profile", upload.file_id)
        try:
            given = from_toml(upload.getvalue())
            put_in_force(given if given.about else given.with_names(*session.profile().names()))
        except InputError as error:
            session.show_error(error)
            return
        st.rerun()
