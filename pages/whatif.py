"""What if the thresholds were others? A panel beside the wall: the level under the draft, before and after.

Nothing comes into force here, and closing the panel forgets what was tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from analysis.report.papers.blocks import Scene, Story
from analysis.report.papers.stage import change_html
from analysis.response.level import RED_LINE_LABELS, RedLine
from analysis.response.profile import Profile
from pages import session, staging, telling
from pages.session import _

TRIED = ("mild", "moderate", "severe")
LEVEL = "level"  # the scene that is shown while it is asked


def show(story: Story, run: int) -> tuple[Story, Scene]:
    """What would be told under the settings that are tried, and with which scene?

    run: which opening of the panel it is: each begins with what is in force. Raises InputError where the thresholds
    contradict each other.
    """
    of = staging.subject()
    before = telling.material(of.event, span=of.span).standing.assessment
    with st.container(key="wall_ask"):
        st.subheader(_("What if?"))
        draft = without_lines(moved(run), before.red_lines, run)
        after = telling.story(of.span, of.event, profile=draft)
        then = telling.material(of.event, draft, of.span).standing.assessment
        st.html(change_html(story, before.score, after, then.score, session.language()))
        st.caption(_("Not in force: what you try here is forgotten when the panel is closed."))
        st.button(_("Close"), icon=":material/close:", on_click=staging.ask, args=(False,), key="whatif_close")
    return after, next((scene for scene in after.scenes if scene.key == LEVEL), after.scenes[0])


def moved(run: int) -> Profile:
    """Which profile do the sliders make?"""
    profile = session.profile()
    now = vars(profile.thresholds)
    labels = {part.name: part.metadata["label"] for part in fields(profile.thresholds)}
    tried = {
        name: st.slider(
            session.said(labels[name]), 0.0, 100.0, float(now[name]), 1.0, "%.4g", key=f"whatif{run}-{name}"
        )
        for name in TRIED
    }
    return profile.with_values("thresholds", {**now, **tried})


def without_lines(draft: Profile, crossed: Sequence[RedLine], run: int) -> Profile:
    """Which profile is it without the red lines that are switched off? While one is crossed, no threshold matters."""
    off = {
        line.name: 0.0
        for line in crossed
        if not st.toggle(
            _("Red line: {name}", name=session.said(RED_LINE_LABELS[line.name])), True, key=f"whatif{run}-{line.name}"
        )
    }
    return draft.with_values("red_lines", off)
