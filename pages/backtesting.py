"""Would the alarm have come in time on past incidents, and would the settings that are tried do better?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.language import Text
from analysis.report.backtest_charts import over_time
from analysis.report.backtest_rows import Shown
from analysis.report.backtest_tables import level_text, timeline_table
from analysis.report.backtest_words import YOURS
from analysis.report.backtest_words import in_force as called
from analysis.report.brush import brushed
from analysis.report.incident_tables import usable
from analysis.response.backtest import backtest
from analysis.response.incidents import Incident
from analysis.response.profile import Profile, differences
from analysis.schema import Level
from pages import drafts, session
from pages.drawing import show_chart
from pages.incidentlist import held, run, show_form, show_incidents
from pages.outcomes import show_false, show_figures, show_outcomes
from pages.seeking import show_curve, show_earlier, show_suggestion
from pages.session import _

ALARMS = (Level.MILD, Level.MODERATE, Level.SEVERE)


def show(draft: Profile) -> None:
    """How good is the profile in force on past incidents, how good is the draft, and can anything be better?"""
    st.caption(
        _(
            "How would the alarm have gone on past incidents? Every hour is seen as from that hour: no later post "
            "counts in it, and interactions only as far as they had come by then (estimated)."
        )
    )
    timeline = session.whole_timeline(session.profile())
    first, last = timeline.index[0], timeline.index[-1]
    incidents, why = usable(held(), first, last)
    alarm = alarm_control()
    judged = both(timeline, draft, incidents, alarm)
    show_left_out(why)
    if judged[0].found.outcomes:
        show_figures([shown.found for shown in judged])
        if len(judged) > 1:
            show_draft(draft)
    elif incidents:
        st.info(
            _(
                "None of the {n} incidents is truly {level} or graver. Choose a lower level.",
                n=len(incidents),
                level=alarm.label,
            )
        )
    else:
        st.info(_("There is no incident yet to judge by. Load a file below, or drag over the timeline to mark one."))
    show_timeline(judged, incidents, first, last)
    if judged[0].found.outcomes:
        show_outcomes([shown.found for shown in judged], incidents)
    show_part(incidents, judged, alarm, first, last)


def alarm_control() -> Level:
    """From which level on is somebody called?"""
    titles = {str(int(level)): _("{level} and above", level=level_text(level, session.language())) for level in ALARMS}
    chosen = st.segmented_control(
        _("An alarm is a level of"),
        list(titles),
        format_func=titles.__getitem__,
        default=str(int(Level.MILD)),
        required=True,
        key="backtest_alarm",
        persist_state="session",
    )
    return Level(int(chosen))


def both(timeline: pd.DataFrame, draft: Profile, incidents: Sequence[Incident], alarm: Level) -> list[Shown]:
    """What did the profile in force say and how good was it, and what the draft where it differs?"""
    in_force = session.profile()
    found = [Shown(called(in_force), in_force, timeline["level"], backtest(timeline, incidents, alarm))]
    if draft.groups() != in_force.groups():
        tried = session.whole_timeline(draft)
        found.append(Shown(YOURS, draft, tried["level"], backtest(tried, incidents, alarm)))
    return found


def show_left_out(why: Sequence[Text]) -> None:
    """Which incidents cannot be judged here, and what is to be done about each?"""
    if why:
        lines = [_("{n} of the incidents are left out; the others count.", n=len(why)), *map(session.said, why)]
        st.warning("\n\n".join(lines), icon=":material/event_busy:")


def show_draft(draft: Profile) -> None:
    """What is being tried? In words, and how it is given up."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(_("**Your changes; they are not in force yet**"))
        for line in differences(session.profile(), draft):
            st.text("· " + line.to(session.language()))
        give_up = partial(drafts.begin, session.profile())
        st.button(_("Take all changes back"), icon=":material/undo:", type="tertiary", on_click=give_up)


def show_timeline(
    judged: Sequence[Shown], incidents: Sequence[Incident], first: pd.Timestamp, last: pd.Timestamp
) -> None:
    """Which level was in force when, and when were incidents? A span that is dragged can be marked as an incident."""
    language, key = session.language(), f"backtest-{run()}-{session.held('spans') or 0}"
    figure = over_time(judged, incidents, language)
    selection = show_chart(
        figure,
        lambda: timeline_table([(shown.name, shown.level) for shown in judged], incidents, language),
        "backtest",
        key,
        "box",
    )
    if session.held("selected_in") == key:
        session.hold("marked_span", brushed(selection, "h"))
        session.hold("selected_in", None)
    span = session.held("marked_span")
    if span is None or span[0] > last or span[1] < first:
        st.caption(_("Drag over the chart to mark an incident."))
        return
    with st.container(border=True):
        st.markdown(_("**Mark this span as an incident**"))
        show_form(first, last, max(span[0], first), min(span[1], last))
        st.button(_("Clear"), icon=":material/close:", on_click=forget_span, key="forget_span", type="tertiary")


def forget_span() -> None:
    """How is a dragged span given up?"""
    session.hold("marked_span", None)
    session.hold("spans", (session.held("spans") or 0) + 1)


def show_part(
    incidents: Sequence[Incident], judged: Sequence[Shown], alarm: Level, first: pd.Timestamp, last: pd.Timestamp
) -> None:
    """Which question is asked? The others cost nothing."""
    shows: dict[str, tuple[str, Callable[[], None]]] = {
        "earlier": (_("Could it have been earlier?"), lambda: show_earlier(incidents, judged[0], alarm)),
        "curve": (_("What an earlier alarm costs"), lambda: show_curve(incidents, judged, alarm)),
        "false": (_("False alarms"), lambda: show_false(judged)),
        "suggestion": (_("Suggested settings"), lambda: show_suggestion(incidents, judged[0], alarm)),
        "incidents": (_("The incidents"), lambda: show_incidents(first, last)),
    }
    if not judged[0].found.outcomes:
        show_incidents(first, last)
        return
    titles = {name: title for name, (title, _show) in shows.items()}
    part = st.segmented_control(
        _("Question"),
        list(titles),
        format_func=titles.__getitem__,
        default="earlier",
        required=True,
        key="backtest_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    shows[str(part)][1]()
