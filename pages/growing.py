"""What would the level be if an event grew? Under the profile in force, and under the draft."""

from __future__ import annotations

import streamlit as st

from analysis.parts import REST, SEEN, Part
from analysis.report import threshold_charts
from analysis.report.event_head import titles
from analysis.response.profile import Profile
from analysis.response.sensitivity import WhatIf, whatif, whatif_text
from analysis.signals.clock import whole_hour
from analysis.signals.situation import Situation
from pages import known, session
from pages.kept import kept_situations
from pages.session import _

MOST_HOURS, MOST_TIMES = 24, 10.0


def show_whatif(draft: Profile) -> None:
    """Which event grows, how much, how fast; and what would be the level then?"""
    offered = {part.id: part for part in known.parts() if part.posts_24h}
    if not offered:
        st.info(_("Nothing came in the last 24 hours: there is nothing that could go on. Look from another time."))
        return
    names = titles(tuple(offered.values()), {event: known.name(event) for event in offered}, session.language())
    event = st.selectbox(_("Event"), list(offered), format_func=names.__getitem__, key="whatif_event")
    left, right = st.columns(2)
    factor = left.slider(
        _("So many times as many posts"), 1.0, MOST_TIMES, 2.0, 0.5, "%g×", key="whatif_factor", persist_state="session"
    )
    hours = right.slider(_("within so many hours"), 1, MOST_HOURS, 6, key="whatif_hours", persist_state="session")
    show_answer(offered[event], draft, factor, hours)


def show_answer(part: Part, draft: Profile, factor: float, hours: int) -> None:
    """What would be the level, and on which assumptions?"""
    in_force, language = session.profile(), session.language()
    profiles = (in_force,) if draft == in_force else (in_force, draft)
    known_from, rates = None if part.id == REST else whole_hour(part.exists), session.dataset().rates
    found = tuple(whatif(seen(part, one), one, rates, factor, hours, known_from) for one in profiles)
    if not found[0].posts:
        st.info(
            _(
                "Nothing came in the last {hours} hours: so many times nothing is nothing. Choose more hours.",
                hours=hours,
            )
        )
        return
    for title, then in zip((_("In force"), _("Your changes")), found, strict=False):
        st.text(f"{title}: {whatif_text(then).to(language)}")
    st.plotly_chart(threshold_charts.what_if(found, profiles, language), theme=None, key="whatif")
    st.caption(assumed(found[0], factor, hours))


def assumed(then: WhatIf, factor: float, hours: int) -> str:
    """What is taken for granted?"""
    return _(
        "Assumed: in the coming {hours} hours {coming:,.0f} posts come, {factor:g} times the {posts:,.0f} of the last "
        "{hours}, evenly; topics, tones, claims, platforms, media and interactions keep their shares of the last 24 "
        "hours; other events stay as they are.",
        hours=hours,
        coming=then.coming,
        factor=factor,
        posts=then.posts,
    )


def seen(part: Part, profile: Profile) -> Situation:
    """What is the level of a part read from under this profile? Made anew where half-life or pace differ."""
    now = session.profile()
    if (profile.heat.half_life, profile.pace) == (now.heat.half_life, now.pace):
        return part.seen
    data, when = session.dataset(), session.as_of().isoformat()
    found = kept_situations(data.id, when, profile.heat, profile.pace, data.cube, data.events)
    return found[SEEN if part.id == REST else part.id]
