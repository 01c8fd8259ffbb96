"""The desk's entry: page, language, sidebar (dataset, time, profile) and navigation."""

from __future__ import annotations

import streamlit as st

from analysis.language import LANGUAGES
from analysis.report.charts import LEVEL_MARKS
from analysis.report.overview import rises
from analysis.response.profile import Profile, profile_label
from analysis.schema import InputError, Level
from pages import session
from pages.session import _


def main() -> None:
    """What stands around every page?"""
    st.set_page_config(page_title="研判台 Yanpan", page_icon="🩺", layout="wide")
    session.start()
    places = [
        ("overview", _("Overview"), ":material/dashboard:"),
        ("data", _("Data"), ":material/upload_file:"),
        ("trends", _("Trends"), ":material/show_chart:"),
        ("response", _("Response"), ":material/emergency:"),
        ("model", _("Model"), ":material/model_training:"),
        ("thresholds", _("Thresholds"), ":material/tune:"),
    ]
    pages = [
        st.Page(f"pages/{name}.py", title=title, icon=icon, default=name == "overview") for name, title, icon in places
    ]
    page = st.navigation(pages)
    with st.sidebar:
        try:
            sidebar()
        except InputError as error:
            session.show_error(error)
    page.run()


def sidebar() -> None:
    """Which dataset, which time, which profile, which language?"""
    data = session.loaded()
    st.subheader(_("Yanpan · public-opinion desk"))
    if data.synthetic:
        st.caption(_("Sample data: synthetic, every post and the hospital are invented."))
    else:
        st.text(", ".join(report.name for report in data.reports))
    try:
        time_controls()
    except InputError as error:
        session.show_error(error)  # the names of ours fit no post: they can be changed with what stands below
    profile_control()
    st.selectbox(_("Language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key="language")


def time_controls() -> None:
    """As of which time? A day, an hour, or a jump to where the level rose."""
    published = session.dataset().posts["published_at"]
    first, last = published.iloc[0].date(), session.latest(session.dataset()).date()
    key, day = session.time_control("day")
    st.date_input(_("As of: day"), day, key=key, min_value=first, max_value=last)
    key, hour = session.time_control("hour")
    st.select_slider(_("As of: hour"), list(range(24)), hour, format_func=lambda hour: f"{hour:02d}:59", key=key)
    places = {place: jump_label(place) for place in (("latest", 0), *rises(session.whole_timeline(session.profile())))}
    st.selectbox(
        _("Jump to"),
        list(places),
        format_func=places.__getitem__,
        index=None,
        key="jump",
        placeholder=_("where the level rose"),
        on_change=session.jump,
    )


def jump_label(place: tuple[object, int]) -> str:
    """How is a place to jump to named?"""
    when, level = place
    if when == "latest":
        return _("Latest post")
    label = Level(level).label.to(session.language())
    return f"{when:%m-%d %H:%M} {LEVEL_MARKS[Level(level)]} {label}"


def profile_control() -> None:
    """Which profile is in force?"""
    names = [Profile().name, *(name for name in session.saved_profiles() if name != Profile().name)]
    current = session.profile().name
    if current not in names:
        names.append(current)
    session.show_profile_name()
    titles = {name: profile_label(Profile(name=name)).to(session.language()) for name in names}
    st.selectbox(
        _("Profile"), names, format_func=titles.__getitem__, key="profile_name", on_change=session.choose_profile
    )


main()
