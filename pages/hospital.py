"""Whose papers are these? The hospital's name, office, logo and colours, as this desk keeps them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.report.papers.house import House, ready_logo
from analysis.report.papers.preview import house_sample
from analysis.schema import InputError
from analysis.workspace import house as houses
from analysis.workspace.places import store_url
from pages import session
from pages.kept import kept_store
from pages.session import _

LONGEST = 60
LOGO = 90  # pixels
MEGABYTES = 2


def house_in_force() -> House:
    """Whose papers are these, as kept on this desk? What no longer reads is told, and left out."""
    try:
        return houses.house(kept_store(store_url()))
    except InputError as error:
        session.show_error(error)
        return House()


def show_house(house: House) -> None:
    """What stands on every paper, and how is it changed?"""
    with st.expander(_("The hospital's name, logo and colours"), icon=":material/local_hospital:"):
        show_sample(house)
        run = session.held("house_run") or 0  # begins anew with what was saved
        with st.form(key=f"house-{run}", border=False):
            hospital = st.text_input(_("Name of the hospital"), house.hospital, max_chars=LONGEST)
            office = st.text_input(_("Issuing office"), house.office, max_chars=LONGEST)
            given = st.file_uploader(
                _("Logo (PNG or JPEG)"), type=["png", "jpg", "jpeg"], max_upload_size=MEGABYTES, key=f"logo-{run}"
            )
            with st.container(horizontal=True):
                colour = st.color_picker(_("Titles and bars"), house.colour)
                accent = st.color_picker(_("What must catch the eye"), house.accent)
            saved = st.form_submit_button(_("Save"), type="primary", key="house_save")
        if saved:
            keep(house, given, {"hospital": hospital, "office": office, "colour": colour, "accent": accent})
        if house.logo:
            st.button(
                _("Remove the logo"), icon=":material/delete:", type="tertiary", on_click=remove_logo, args=(house,)
            )


def keep(house: House, given: UploadedFile | None, written: dict[str, str]) -> None:
    """How is it kept what was written and handed in? What cannot be on paper is refused; what was kept stays."""
    try:
        logo = ready_logo(given.getvalue()) if given else house.logo
        houses.save_house(kept_store(store_url()), House(logo=logo, **written))
    except InputError as error:
        session.show_error(error)
        st.caption(_("Nothing was changed."))
        return
    session.hold("house_run", (session.held("house_run") or 0) + 1)
    st.rerun()


def remove_logo(house: House) -> None:
    """How does a logo come off the papers?"""
    houses.save_house(kept_store(store_url()), replace(house, logo=b""))
    session.hold("house_run", (session.held("house_run") or 0) + 1)


def show_sample(house: House) -> None:
    """How does it look at the head of a paper?"""
    if not house.hospital and not house.office and not house.logo:
        st.caption(_("Nothing is set: the papers bear no name. It is kept on this desk for all who use it."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if house.logo:
            st.image(house.logo, width=LOGO)
        st.html(house_sample(house))
