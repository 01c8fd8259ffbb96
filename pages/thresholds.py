"""What would other thresholds have said? Every number of the profile, and the level before and after."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import streamlit as st

from analysis.report import charts
from analysis.report.tables import hours_table
from analysis.response.level import level_label
from analysis.response.profile import SCHEMES, Profile, from_toml, to_toml
from analysis.schema import InputError
from pages import session
from pages.session import _

FIRST = ("thresholds", "weights", "hysteresis")


def main() -> None:
    """Which profile is being tried, and what would it change?"""
    inputs, results = st.columns([2, 3], gap="large")
    with inputs:
        draft = edited()
    with results:
        if draft is not None:
            show_difference(draft)
    keep(draft)


def edited() -> Profile | None:
    """Which profile do the sliders make? None, with a message, while they contradict each other."""
    shipped, language = session.profile(), session.language()
    titles = {
        "thresholds": _("Thresholds"),
        "weights": _("Weights of the indicators"),
        "hysteresis": _("When the level may fall"),
        "heat": _("Heat"),
        "scales": _("Scales of the indicators"),
        "gravity": _("Gravity of the topics"),
        "media": _("Weight of media"),
        "red_lines": _("Red lines: posts in 24 h, 0 = off"),
        "pace": _("Pace of interactions by platform: 1 = half after 3.7 h, 2 = half after 7.4 h"),
        "warning": _("Early warning"),
    }
    version = session.draft_version()
    try:
        draft = shipped
        for group in (*FIRST, *(name for name in titles if name not in FIRST)):
            with st.expander(titles[group], expanded=group == "thresholds"):
                settings = shipped.groups()[group]
                values = {part.name: control(f"{version}-{group}", part, settings) for part in fields(settings)}
            draft = draft.with_values(group, values)
        scheme = st.selectbox(
            _("Numbering of the levels"),
            list(SCHEMES),
            index=list(SCHEMES).index(shipped.scheme),
            format_func=lambda name: SCHEMES[name].to(language),
            key=f"{version}-scheme",
            persist_state="session",
        )
        return draft.with_scheme(scheme)
    except InputError as error:
        session.show_error(error)
        return None


def control(key: str, part: Any, settings: Any) -> float:
    """How is one number changed? A slider where the range is small, a field where it is not."""
    low, high, label = float(part.metadata["low"]), float(part.metadata["high"]), part.metadata["label"]
    value, text = float(getattr(settings, part.name)), label.to(session.language())
    note = _("Shipped: {value}", value=f"{part.default:g}")
    if high <= 200:
        step = 0.01 if high <= 1 else 0.1 if high - low <= 50 and part.default != round(part.default) else 1.0
        shown = "%.0f" if step == 1 else "%.2f"
        return float(
            st.slider(
                text, low, high, value, step, key=f"{key}-{part.name}", help=note, format=shown, persist_state="session"
            )
        )
    return float(st.number_input(text, low, high, value, key=f"{key}-{part.name}", help=note, persist_state="session"))


def show_difference(draft: Profile) -> None:
    """What would change: the level now, the whole period, the hours in each level?"""
    language, data, time = session.language(), session.dataset(), session.as_of()
    profiles = session.profile(), draft
    now = [session.assessed(data, profile, time) for profile in profiles]
    titles = _("Level before, as of {time}", time=f"{time:%m-%d %H:%M}"), _("Level after")
    for column, title, assessment, profile in zip(st.columns(2), titles, now, profiles, strict=True):
        label = level_label(assessment.level, assessment.score, profile)
        score = _("{level}, score {score:.0f}", level=label, score=assessment.score)
        name = assessment.level.label.to(language)
        column.metric(title, name, score, delta_color="off", delta_arrow="off", border=True)
    before, after = (session.whole_timeline(profile) for profile in profiles)
    st.caption(_("The whole period; each hour as it was seen from that hour. Shaded in violet: the two disagree."))
    figure = charts.before_after(before, after, profiles, language)
    st.plotly_chart(figure, theme=None, key="before_after")
    st.subheader(_("Hours in each level"))
    st.table(hours_table(before["level"], after["level"], language), border="horizontal", hide_index=True)


def keep(draft: Profile | None) -> None:
    """How is a profile put in force, saved, taken to another desk, or taken back?"""
    st.subheader(_("Keep these settings"))
    name_place, use_place, save_place, file_place, back_place = st.columns([3, 2, 2, 2, 2], vertical_alignment="bottom")
    current = session.profile().name
    name = name_place.text_input(
        _("Name"), value=current if current != Profile().name else _("My profile"), max_chars=60, key="profile_title"
    )
    if draft is not None and name.strip():
        draft = draft.with_name(name.strip())
        toml = to_toml(draft)
        use_place.button(_("Use now"), on_click=session.use_profile, args=(draft,), type="primary", width="stretch")
        save_place.button(_("Save"), on_click=session.save_and_use, args=(draft,), width="stretch")
        file_place.download_button(_("Download"), toml, "profile.toml", "application/toml", width="stretch")
    shipped = Profile().with_names(*session.profile().names())
    back_place.button(_("Shipped values"), on_click=session.use_profile, args=(shipped,), width="stretch")
    upload = st.file_uploader(_("Load a profile (TOML)"), key="profile_file")
    if upload and session.held("profile") != upload.file_id:
        session.hold("profile", upload.file_id)
        try:
            given = from_toml(upload.getvalue())
            named = given if given.about else given.with_names(*session.profile().names())
            session.use_profile(named)
        except InputError as error:
            session.show_error(error)
            return
        st.rerun()


try:
    main()
except InputError as error:
    session.show_error(error)
