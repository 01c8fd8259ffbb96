"""Is there anything better: what does an earlier alarm cost, could one incident have been caught earlier, and by what?

What takes seconds is done once and held by this session. Nothing found here comes into force by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from analysis.report.backtest_charts import cost_curve
from analysis.report.backtest_rows import Shown
from analysis.report.backtest_tables import curve_table, figures, numbered
from analysis.report.backtest_words import curve_words, earlier_words, hindsight, lateness_text, left_out_table, on_time
from analysis.response.backtest import Outcome, curve
from analysis.response.incidents import Incident
from analysis.response.profile import Profile, differences
from analysis.response.reasons import threshold_of
from analysis.response.replay import Shares, shares
from analysis.response.suggest import FEWEST, Earlier, Suggestion, earlier, suggest
from analysis.schema import Level
from pages import drafts, session
from pages.drawing import show_chart
from pages.session import _


def answers() -> dict[Any, Any]:
    """What was found out about these posts? Forgotten when others come."""
    data, kept = session.dataset(), session.held("backtest_answers")
    if kept is None or kept[0] is not data:
        kept = (data, {})
        session.hold("backtest_answers", kept)
    found: dict[Any, Any] = kept[1]
    return found


def found_out(key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    """What is the answer to this? Sought once."""
    kept = answers()
    if key not in kept:
        with st.spinner(_("A few seconds…")):
            kept[key] = make()
    return kept[key]


def shares_of(profile: Profile) -> Shares:
    """From what is each hour's score summed under this profile? Kept for the last one asked for."""
    kept = answers()
    if kept.get("shares", (None,))[0] != profile:
        kept["shares"] = (profile, shares(session.track(profile), profile, session.dataset().rates))
    found: Shares = kept["shares"][1]
    return found


def show_curve(incidents: Sequence[Incident], judged: Sequence[Shown], alarm: Level) -> None:
    """What does an earlier alarm cost? Each threshold of the alarm level, all else as in force."""
    language, now = session.language(), judged[0]
    made = found_out(
        ("curve", now.profile, incidents, alarm),
        lambda: curve(shares_of(now.profile), now.profile, incidents, alarm),
    )
    threshold = threshold_of(alarm, now.profile)
    with st.container(gap="xxsmall"):
        for line in curve_words(made, now.found, threshold, alarm):
            st.text(line.to(language))
    figure = cost_curve(made, [(shown.name, shown.found) for shown in judged], alarm, language)
    show_chart(figure, lambda: curve_table(made, language), "cost-curve", "cost_curve")
    st.caption(
        _(
            "Only the threshold of the alarm level moves along the curve, all else stays as in force. Towards the "
            "lower left is better. An incident that is missed counts as endlessly late."
        )
    )


def show_earlier(incidents: Sequence[Incident], now: Shown, alarm: Level) -> None:
    """Would another setting have caught one incident earlier, at no more false alarms? Sought when it is asked for."""
    language, numbers = session.language(), numbered(incidents)
    outcomes = {outcome.name: outcome for outcome in now.found.outcomes}
    titles = {name: f"{numbers[name]} · {name} · {lateness_text(one).to(language)}" for name, one in outcomes.items()}
    st.caption(
        _(
            "Is there a setting that would have caught an incident an hour or more earlier, with no more false alarms, "
            "no other incident missed, and the others no later at the median?"
        )
    )
    first = next((at for at, one in enumerate(outcomes.values()) if on_time(one) is None), 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Incident, with its hours late now"),
            list(titles),
            index=first,
            format_func=titles.__getitem__,
            key="earlier_of",
            width=360,
        )
        on_time_already = on_time(outcomes[chosen])
        asked = st.button(
            _("Look for a setting"), icon=":material/search:", type="primary", disabled=on_time_already is not None
        )
    if on_time_already is not None:
        st.text(on_time_already.to(language))
        return
    key = ("earlier", now.profile, incidents, alarm, chosen)
    if asked or key in answers():
        show_answer(
            outcomes[chosen], now.profile, found_out(key, lambda: sought(incidents, now.profile, alarm, chosen))
        )


def sought(incidents: Sequence[Incident], profile: Profile, alarm: Level, name: str) -> Earlier | None:
    """Is there an earlier setting for this incident?"""
    return earlier(shares_of(profile), profile, incidents, name, alarm)


def show_answer(outcome: Outcome, profile: Profile, found: Earlier | None) -> None:
    """What was found, what would have to change, and how is it tried?"""
    language = session.language()
    with st.container(border=True):
        first, *more = earlier_words(found, outcome)
        st.markdown(f"**{session.said(first)}**")
        for line in more:
            st.text(line.to(language))
        if found is not None:
            show_settings(profile, found.profile, "earlier")
            st.caption(session.said(hindsight(found.tried)))


def show_settings(profile: Profile, better: Profile, key: str) -> None:
    """Which numbers would change, and how are they tried?"""
    st.markdown(_("**These numbers would change**"))
    with st.container(gap="xxsmall"):
        for line in differences(profile, better):
            st.text("· " + line.to(session.language()))
    if drafts.draft().groups() == better.groups():
        st.caption(_("These settings are being tried: the figures above compare them with those in force."))
        return
    st.button(
        _("Try it"), icon=":material/tune:", on_click=partial(drafts.begin, better), key=f"try_{key}", type="primary"
    )


def show_suggestion(incidents: Sequence[Incident], now: Shown, alarm: Level) -> None:
    """Which settings do the incidents together speak for, and how sure is that? Never in force by itself."""
    n = len(now.found.outcomes)
    if n < FEWEST:
        st.info(
            _(
                "Settings are suggested from {fewest} incidents on; here there are {n}. From fewer, nothing can be "
                "learnt that would hold for the next one.",
                fewest=FEWEST,
                n=n,
            ),
            icon=":material/hourglass_empty:",
        )
        return
    st.caption(
        _(
            "The earliest settings at no more false alarms and nothing missed more, over all incidents. How sure: each "
            "incident is left out in turn, settings are chosen without it, and it is judged by them."
        )
    )
    asked = st.button(_("Suggest settings"), icon=":material/lightbulb:", type="primary")
    key = ("suggestion", now.profile, incidents, alarm)
    if asked or key in answers():
        show_suggested(
            found_out(key, lambda: suggest(shares_of(now.profile), now.profile, incidents, alarm)), now.profile
        )


def show_suggested(found: Suggestion, profile: Profile) -> None:
    """What is suggested, what would it have changed, and how sure is it? Perhaps nothing is better than what is."""
    language = session.language()
    with st.container(border=True, gap="small"):
        for line in found.words:
            st.text(line.to(language))
        if found.profile == profile:
            return
        st.markdown(_("**What it would have changed**"))
        with st.container(gap="xxsmall"):
            for one in figures(found.today, found.with_it):
                st.text(_("· {what}: {then} instead of {now}", what=one.label, then=one.tried, now=one.value))
        show_settings(profile, found.profile, "suggestion")
        st.dataframe(left_out_table(found, language), hide_index=True)
