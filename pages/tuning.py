"""Which settings are tried? Every number of the profile as a slider or field, with its shipped value and its reason.

What they make is the draft (pages.drafts): nothing comes into force here.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import streamlit as st

from analysis.response.profile import SCHEMES, Profile
from analysis.response.shipped import SHIPPED, base_of, why
from analysis.schema import InputError
from pages import drafts, session
from pages.drafts import Begun
from pages.session import _

SLIDER_UP_TO = 200  # a wider range is typed


def show_sliders() -> Profile | None:
    """Which profile do the sliders make? None, with a message, while they contradict each other."""
    begun, shipped = drafts.begun(), base_of(session.profile())
    values = {group: show_group(begun, group, title, shipped) for group, title in group_titles().items()}
    made, scheme = begun.numbers, show_scheme(begun)
    try:
        for group in values:
            made = made.with_values(group, values[group])
        drafts.hold(made.with_scheme(scheme))
        return drafts.draft()
    except InputError as error:
        drafts.hold(error)
        session.show_error(error)
        return None


def group_titles() -> dict[str, str]:
    """What are the groups called?"""
    return {
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


def show_group(begun: Begun, group: str, title: str, shipped: str) -> dict[str, float]:
    """Which values do the controls of a group say? Below them, how all go back to the shipped ones."""
    default = SHIPPED[shipped].groups()[group]
    with st.expander(title, expanded=group == "thresholds", key=f"group_{group}"):
        values = {part.name: control(begun, group, part, shipped) for part in fields(default)}
        st.button(
            _("Back to the shipped values"),
            icon=":material/undo:",
            type="tertiary",
            key=f"group_back_{group}",
            disabled=values == vars(default),
            on_click=drafts.begin_group,
            args=(group, vars(default)),
        )
    return values


def control(begun: Begun, group: str, part: Any, shipped: str) -> float:
    """How is one number changed? A slider where the range is small, a field where it is not."""
    low, high = float(part.metadata["low"]), float(part.metadata["high"])
    key, begins = begun.key(group, part.name), float(getattr(begun.numbers.groups()[group], part.name))
    label, default = session.said(part.metadata["label"]), float(getattr(SHIPPED[shipped].groups()[group], part.name))
    now = session.answer(key)
    if (begins if now is None else now) != default:
        label = _("{label} · shipped {value}", label=label, value=f"{default:g}")
    note = _("Shipped: {value}. {why}", value=f"{default:g}", why=why(f"{group}.{part.name}", shipped))
    if high > SLIDER_UP_TO:
        return float(st.number_input(label, low, high, begins, key=key, help=note, persist_state="session"))
    step = 0.01 if high <= 1 else 0.1 if high - low <= 50 and part.default != round(part.default) else 1.0
    return float(st.slider(label, low, high, begins, step, "%.4g", key=key, help=note, persist_state="session"))


def show_scheme(begun: Begun) -> str:
    """How are the levels numbered?"""
    language = session.language()
    return str(
        st.selectbox(
            _("Numbering of the levels"),
            list(SCHEMES),
            index=list(SCHEMES).index(begun.numbers.scheme),
            format_func=lambda name: SCHEMES[name].to(language),
            key=begun.key("scheme", "scheme"),
            persist_state="session",
        )
    )
