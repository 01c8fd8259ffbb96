"""By which incidents is a profile judged? From CSV files, of the sample, or marked by hand; held by this session.

Those of the sample are synthetic: they never mix with those of the posts that a user loads.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.report.incident_tables import LABELS, edited_incidents, incident_frame, local, with_marked
from analysis.response.incidents import Incident, incidents_csv, read_incidents
from analysis.schema import TIMEZONE, InputError, Level
from analysis.workspace.places import SAMPLE
from pages import session
from pages.session import _

LONGEST_NAME = 100


def held() -> tuple[Incident, ...]:
    """Which incidents does this session hold for the posts it looks at? The sample's own until others are given."""
    found = session.held(place())
    if found is None and session.dataset().synthetic:
        return of_sample()
    return found or ()


def put(incidents: Sequence[Incident]) -> None:
    """How do other incidents come into force in this session? The table of them begins anew."""
    session.hold(place(), tuple(incidents))
    session.hold("incidents_run", run() + 1)


def place() -> str:
    """Where are incidents held? Apart for the sample."""
    return "incidents_of_sample" if session.dataset().synthetic else "incidents"


def run() -> int:
    """Which run of the table is this? Each change begins a new one."""
    return int(session.held("incidents_run") or 0)


def of_sample() -> tuple[Incident, ...]:
    """Which incidents were put into the sample when it was made? Read once in a session."""
    if session.held("sample_incidents") is None:
        files = [(name, (SAMPLE / name).read_bytes()) for name in ("incidents.csv", "incident_levels.csv")]
        session.hold("sample_incidents", read_incidents(files))
    found: tuple[Incident, ...] = session.held("sample_incidents")
    return found


def show_incidents(first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Which incidents are there, and how do others come in?"""
    incidents = held()
    if session.dataset().synthetic:
        st.caption(_("The sample's incidents are synthetic: they were written together with its posts."))
        if incidents != of_sample():
            st.button(_("The sample's incidents again"), on_click=put, args=(of_sample(),), icon=":material/science:")
    show_table(incidents)
    show_files(incidents)
    st.markdown(_("**Mark an incident by hand**"))
    st.caption(_("Or drag over the level timeline above: the form then opens there with the span's start and end."))
    show_form(first, last, first, last)


def show_table(incidents: tuple[Incident, ...]) -> None:
    """Which incidents are there? A table that can be edited: a change counts as soon as its row is complete."""
    language, columns = session.language(), st.column_config
    names = {name: label.to(language) for name, label in LABELS.items()}
    levels = [level.label.to(language) for level in Level]
    by_hour = _("The file told the true level hour by hour. Changing times or level of the incident gives this up.")
    edited = st.data_editor(
        incident_frame(incidents, language),
        num_rows="dynamic",
        hide_index=True,
        disabled=["by_hour"],
        key=f"incidents-{run()}-{place()}-{language}",
        column_config={
            "name": columns.TextColumn(names["name"], max_chars=LONGEST_NAME, width="medium"),
            "start": columns.DatetimeColumn(names["start"], format="YYYY-MM-DD HH:mm", step=60),
            "end": columns.DatetimeColumn(names["end"], format="YYYY-MM-DD HH:mm", step=60),
            "level": columns.SelectboxColumn(names["level"], options=levels),
            "by_hour": columns.CheckboxColumn(names["by_hour"], help=by_hour, default=False),
        },
    )
    try:
        now = edited_incidents(edited, incidents, language)
    except InputError as error:
        session.show_error(error)
        st.caption(_("Until then the incidents count as they were before."))
        return
    if now != incidents:
        put(now)
        st.rerun()


def show_files(incidents: tuple[Incident, ...]) -> None:
    """How do incidents come from files, and how are they taken away?"""
    meaning = _(
        "One file with the columns name, start, end, level; a second one with hour, name, level tells the true level "
        "hour by hour. Levels by name: numbers mean different things in different plans."
    )
    given = st.file_uploader(_("Incidents (CSV)"), accept_multiple_files=True, key="incident_files", help=meaning)
    read(tuple(upload.file_id for upload in given), [(upload.name, upload.getvalue()) for upload in given])
    with st.container(horizontal=True):
        st.download_button(
            _("Incidents (CSV)"),
            incidents_csv(incidents),
            file_name="incidents.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            disabled=not incidents,
            key="incidents_csv",
        )
        st.button(
            _("Remove all"),
            on_click=put,
            args=((),),
            icon=":material/delete:",
            type="tertiary",
            disabled=not incidents,
            key="incidents_away",
        )


def read(ids: tuple[str, ...], files: list[tuple[str, bytes]]) -> None:
    """How do uploaded files become the incidents? Once; a mistake leaves those that were there, and is told."""
    tried, error = session.held("incident_files") or ((), None)
    if ids and tried != ids:
        try:
            put(read_incidents(files))
            error = None
        except InputError as refused:
            error = refused
        session.hold("incident_files", (ids, error))
        if error is None:
            st.rerun()
    elif not ids:
        session.hold("incident_files", None)  # the same file can be read again
        return
    if error is not None:
        session.show_error(error)
        st.caption(_("The incidents that were there before are still here."))


def show_form(first: pd.Timestamp, last: pd.Timestamp, start: pd.Timestamp, end: pd.Timestamp) -> None:
    """How is an incident marked by hand? Its name, its span (at first `start` to `end`), its true level."""
    language, ends = session.language(), [local(time).to_pydatetime() for time in (first.floor("h"), last)]
    key = f"{run()}-{start.isoformat()}-{end.isoformat()}"
    hour = pd.Timedelta(hours=1).to_pytimedelta()
    levels = {level.name: level.label.to(language) for level in Level if level > Level.ROUTINE}
    with st.form(key=f"mark-{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of the incident"), max_chars=LONGEST_NAME, key=f"name-{key}", width=220)
        spans = [
            st.datetime_input(
                label,
                local(at).floor("h").to_pydatetime(),
                *ends,
                step=hour,
                format="YYYY-MM-DD",
                key=f"{of}-{key}",
            )
            for of, label, at in (("start", _("Start"), start), ("end", _("End"), end))
        ]
        level = st.selectbox(
            _("True level"),
            list(levels),
            format_func=levels.__getitem__,
            key=f"level-{key}",
            width=140,
        )
        marked = st.form_submit_button(_("Mark"), icon=":material/add:")
    if marked:
        begins, ends_at = (pd.Timestamp(one).tz_localize(TIMEZONE) for one in spans)
        mark(name, (begins, ends_at), Level[level])


def mark(name: str, span: tuple[pd.Timestamp, pd.Timestamp], level: Level) -> None:
    """How does an incident that was marked by hand come to the others? A mistake is told, and nothing changes."""
    try:
        put(with_marked(held(), name, *span, level))
    except InputError as error:
        session.show_error(error)
        return
    session.hold("marked_span", None)
    st.rerun()
