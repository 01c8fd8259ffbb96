"""The desk's entry: page, language, sidebar (dataset, time, profile) and navigation."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.language import LANGUAGES
from analysis.response.profile import name_label
from analysis.response.shipped import SHIPPED
from analysis.schema import InputError
from pages import session, timemachine
from pages.session import _


def main() -> None:
    """What stands around every page?"""
    st.set_page_config(page_title="研判台 Yanpan", page_icon="🩺", layout="wide")
    session.start()
    places = [
        ("overview", _("Overview"), ":material/dashboard:"),
        ("data", _("Data"), ":material/upload_file:"),
        ("events", _("Events"), ":material/hub:"),
        ("trends", _("Trends"), ":material/show_chart:"),
        ("response", _("Response"), ":material/emergency:"),
        ("meeting", _("Meeting"), ":material/co_present:"),
        ("papers", _("Reports"), ":material/description:"),
        ("model", _("Model"), ":material/model_training:"),
        ("thresholds", _("Thresholds"), ":material/tune:"),
    ]
    pages = [
        st.Page(f"pages/{name}.py", title=title, icon=icon, default=name == "overview") for name, title, icon in places
    ]
    page = st.navigation(pages)
    above = st.container(gap=None)
    with st.sidebar:
        try:
            sidebar(above)
        except InputError as error:
            session.show_error(error)
    page.run()


def sidebar(above: DeltaGenerator) -> None:
    """Which dataset, which time, which profile, which language? What the time hides stands `above` every page."""
    data = session.loaded()
    st.subheader(_("Yanpan · public-opinion desk"))
    if data.synthetic:
        st.caption(_("Sample data: synthetic, every post and the hospital are invented."))
    else:
        st.text(", ".join(report.name for report in data.reports))
    try:
        timemachine.show_controls()
        with above:
            timemachine.show_line()
            timemachine.keep_playing()
    except InputError as error:
        session.show_error(error)  # the names of ours fit no post: they can be changed with what stands below
    profile_control()
    st.selectbox(_("Language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="language")


def profile_control() -> None:
    """Which profile is in force? The three that are shipped, and those that were saved on this desk."""
    shipped = [profile.name for profile in SHIPPED.values()]
    names = [*shipped, *(name for name in session.saved_profiles() if name not in shipped)]
    current = session.profile().name
    if current not in names:
        names.append(current)
    session.choose("profile_name", current)
    titles = {name: name_label(name).to(session.language()) for name in names}
    st.selectbox(
        _("Profile"), names, format_func=titles.__getitem__, key="profile_name", on_change=session.choose_profile
    )


main()
