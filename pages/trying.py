"""What would the draft change? The level now, the whole period, one event that grows, and which number matters most."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.report import threshold_charts
from analysis.report.threshold_tables import FIRST_SECOND, alerts_per_30d, level_table
from analysis.response.backtest import flaps
from analysis.response.level import level_label
from analysis.response.profile import Profile, differences, profile_label
from analysis.response.shipped import SHIPPED
from analysis.schema import Level
from analysis.signals.clock import whole_hour
from pages import drafts, session
from pages.growing import show_whatif
from pages.kept import profile_called
from pages.mattering import show_tornado
from pages.session import _

DRAFT, IN_FORCE, KEPT = "draft", "in_force", "kept"  # where a profile to compare comes from


def show_results(draft: Profile) -> None:
    """What would the draft change? Above, the level now; below, the look that is asked for: the others cost nothing."""
    in_force = session.profile()
    before, after = session.whole_timeline(in_force), session.whole_timeline(draft)
    show_numbers(before, after, (in_force, draft))
    show_changes(in_force, draft)
    titles = {
        "course": _("Whole period"),
        "whatif": _("If an event grew"),
        "tornado": _("What matters"),
        "compare": _("Compare"),
    }
    shows: dict[str, Callable[[], None]] = {
        "course": lambda: show_course(before, after, (in_force, draft)),
        "whatif": lambda: show_whatif(draft),
        "tornado": lambda: show_tornado(draft),
        "compare": lambda: show_comparison(draft),
    }
    look = st.segmented_control(
        _("What to look at"),
        list(titles),
        format_func=titles.__getitem__,
        default="course",
        required=True,
        key="thresholds_look",
        label_visibility="collapsed",
        persist_state="session",
    )
    shows[str(look)]()


def show_numbers(before: pd.DataFrame, after: pd.DataFrame, profiles: tuple[Profile, Profile]) -> None:
    """Which level now, before and after, and how many alerts and flaps over the whole period?"""
    language, time = session.language(), session.as_of()
    titles = _("Level before, as of {time}", time=f"{time:%m-%d %H:%M}"), _("Level after")
    for column, title, timeline, profile in zip(st.columns(2), titles, (before, after), profiles, strict=True):
        row = timeline.loc[whole_hour(time)]
        level, score = Level(int(row["level"])), float(row["score"])
        said = _("{level}, score {score:.0f}", level=level_label(level, score, profile), score=score)
        column.metric(title, level.label.to(language), said, delta_color="off", delta_arrow="off", border=True)
    alerts = [f"{alerts_per_30d(timeline):.1f}" for timeline in (before, after)]
    flapping = [f"{flaps(timeline['level'].to_numpy()):,}" for timeline in (before, after)]
    counts = (
        (_("Alerts in 30 days"), alerts, _("How often the level rises, to whichever level, in 30 days.")),
        (_("Flaps"), flapping, _("How often it rises within 24 hours after it fell, over the whole period.")),
    )
    for column, (title, (old, new), note) in zip(st.columns(2), counts, strict=True):
        was = _("before: {number}", number=old)
        column.metric(title, new, was, delta_color="off", delta_arrow="off", border=True, help=note)


def show_changes(in_force: Profile, draft: Profile) -> None:
    """What do the sliders change, in words?"""
    changed = differences(in_force, draft)
    if not changed:
        st.caption(_("No number differs from the profile in force. Move a slider: what it changes shows here at once."))
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown("**" + _("Your changes; they are not in force yet") + "**")
        for line in changed:
            st.text("· " + line.to(session.language()))
        st.button(
            _("Take all changes back"), icon=":material/undo:", type="tertiary", on_click=drafts.begin, args=(in_force,)
        )


def show_course(before: pd.DataFrame, after: pd.DataFrame, profiles: tuple[Profile, Profile]) -> None:
    """Which level was in force when, and for how many hours, before and after?"""
    language = session.language()
    st.caption(_("The whole period; each hour as it was seen from that hour. Framed in violet: the two disagree."))
    figure = threshold_charts.before_after(before, after, profiles, language)
    st.plotly_chart(figure, theme=None, key="before_after")
    st.subheader(_("Hours and alerts of each level"))
    st.table(level_table(before, after, language), border="horizontal", hide_index=True)


def show_comparison(draft: Profile) -> None:
    """How do two profiles differ, in words and in hours?"""
    language, in_force = session.language(), session.profile()
    titles = {
        (DRAFT, ""): _("Your changes"),
        (IN_FORCE, ""): _("In force: {name}", name=profile_label(in_force)),
        **{(KEPT, one.name): profile_label(one).to(language) for one in SHIPPED.values()},
        **{(KEPT, name): name for name in session.saved_profiles()},
    }
    columns, labels = st.columns(2), (_("First profile"), _("Second profile"))
    chosen = [
        column.selectbox(
            label, list(titles), index=at, format_func=titles.__getitem__, key=f"compare_{at}", persist_state="session"
        )
        for at, (column, label) in enumerate(zip(columns, labels, strict=True))
    ]
    of = {DRAFT: draft, IN_FORCE: in_force}
    first, second = (of[kind] if kind in of else profile_called(name, in_force) for kind, name in chosen)
    changed = differences(first, second)
    st.caption(_("From the first to the second:") if changed else _("The two have the same numbers and names."))
    with st.container(gap="xsmall"):
        for line in changed:
            st.text("· " + line.to(language))
    timelines = session.whole_timeline(first), session.whole_timeline(second)
    st.table(level_table(*timelines, language, FIRST_SECOND), border="horizontal", hide_index=True)
