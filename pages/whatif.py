"""What if the thresholds were others? A panel beside the wall: the level under the draft, before and after.

Nothing comes into force here, and closing the panel forgets what was tried.
"""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from analysis.language import _ as text
from analysis.report.papers.blocks import Scene, Story
from analysis.report.papers.stage import change_html
from analysis.response.profile import Profile
from pages import session, staging, telling
from pages.session import _

WAY_OUT = text("Press Esc to go back to the desk.")
TRIED = ("mild", "moderate", "severe")
LEVEL = "level"  # the scene that is shown while it is asked


def show(story: Story, run: int) -> tuple[Story, Scene]:
    """What would be told under the thresholds that the sliders say, and with which scene?

    run: which opening of the panel it is: each begins with what is in force. Raises InputError where the thresholds
    contradict each other.
    """
    with st.container(key="wall_ask"):
        st.subheader(_("What if?"))
        draft = moved(run)
        of = staging.subject()
        after = telling.story(of.span, of.event, profile=draft)
        before, then = (telling.material(of.event, one, of.span).standing.assessment for one in (None, draft))
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
        name: float(
            st.slider(session.said(labels[name]), 0.0, 100.0, float(now[name]), 1.0, "%.4g", key=f"whatif{run}-{name}")
        )
        for name in TRIED
    }
    return profile.with_values("thresholds", {**now, **tried})
