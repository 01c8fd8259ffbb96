"""What is to be done now, by whom and by when; what is done; and what may be said? A block of the Response page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.report.plan_tables import clock_table, draft_text, state_text, task_table
from analysis.report.tables import until
from analysis.response.plan import STEPS, Grade, Playbook, Skeleton
from analysis.response.playbook import Assignment, TaskState, task_state
from analysis.response.statements import Statement
from analysis.schema import Level, Topic
from analysis.standing import Standing
from analysis.workspace import handling
from analysis.workspace.handling import case as case
from analysis.workspace.places import store_url
from pages import session
from pages.drawing import csv_file
from pages.kept import kept_store
from pages.session import _

LIVE = pd.Timedelta(hours=24)  # posts that are not older than this are worked on now


def playbook() -> Playbook:
    """Which playbook is in force on this desk?"""
    return handling.playbook(kept_store(store_url()))


def grade(key: str) -> Grade | None:
    """Which grade did the analyst give to a medical-safety event?"""
    return handling.grade(kept_store(store_url()), key)


def stamp() -> pd.Timestamp:
    """When is something done that is ticked now? Now; where the posts are old ones, at the time looked from."""
    now = session.now()
    return now if now - session.latest(session.dataset()) <= LIVE else session.as_of()


def show_clocks(standing: Standing, key: str) -> None:
    """Which limits have passed, run, or would run at a graver level; and which grade has a medical-safety event?"""
    as_of = session.as_of()
    st.markdown("**" + _("Clocks") + "**")
    if standing.assessment.level == Level.ROUTINE:
        st.text(_("No clock runs while the level is routine."))
    if standing.assessment.topic == Topic.MEDICAL_QUALITY and standing.assessment.level > Level.ROUTINE:
        choose_grade(key)
    if standing.clocks:
        st.table(clock_table(standing.clocks, as_of, session.language()), border="horizontal", hide_index=True)
    st.caption(_("Counted from the onset, medical-safety reports from the discovery."))


def choose_grade(key: str) -> None:
    """Which grade has the medical-safety event? Only the hospital knows; until it says so all three reports run."""
    widget, labels = f"grade-{key}", {"": _("not graded yet: all three reports are shown")}
    labels |= {str(each): each.label.to(session.language()) for each in Grade}
    session.choose(widget, str(grade(key) or ""))
    st.selectbox(
        _("Grade of the medical-safety event"),
        list(labels),
        format_func=labels.__getitem__,
        key=widget,
        on_change=keep_grade,
        args=(widget, key),
        help=_("Only the hospital can grade it. The report then runs for this grade alone."),
    )


def keep_grade(widget: str, key: str) -> None:
    """How is the chosen grade kept?"""
    chosen = session.answer(widget)
    handling.set_grade(kept_store(store_url()), key, Grade(chosen) if chosen else None)


def done_tasks(key: str) -> dict[str, str]:
    """Which tasks are done, and when?"""
    return handling.done(kept_store(store_url()), key)


def show_tasks(tasks: Sequence[Assignment], done: Mapping[str, str], key: str) -> None:
    """Who does what, through which channel, by when, and what of it is done? By step of the plan."""
    states = [task_state(task, done, session.as_of()) for task in tasks]
    st.markdown("**" + _("Tasks") + "**")
    st.caption(
        _(
            "Tasks: {n:,}. Done: {done:,}, overdue: {overdue:,}. Tick what is done; take the tick away to undo it.",
            n=len(tasks),
            done=states.count(TaskState.DONE),
            overdue=states.count(TaskState.OVERDUE),
        )
    )
    st.download_button(
        _("Tasks as a table (CSV)"),
        lambda: csv_file(task_table(tasks, session.as_of(), session.language(), done)),
        file_name="tasks.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key="tasks_csv",
    )
    left, right = st.columns(2, gap="large")
    for step, name in STEPS.items():
        mine = [task for task in tasks if task.step == step]
        if mine:
            with left if step <= len(STEPS) // 2 else right:
                st.markdown(f"**{step} · {session.said(name)}**")
                with st.container(gap="xsmall"):
                    for task in mine:
                        show_task(task, done, key)


def show_task(task: Assignment, done: Mapping[str, str], key: str) -> None:
    """What is one task, whose is it, by when, and when was it done?"""
    widget, language, as_of = f"done-{key}-{task.key}", session.language(), session.as_of()
    session.choose(widget, task.key in done)
    with st.container(gap=None):
        st.checkbox(
            session.said(task.text),
            key=widget,
            on_change=tick,
            args=(widget, key, task.key),
            help="\n".join(f"- {session.said(line)}" for line in task.checklist) or None,
        )
        state = task_state(task, done, as_of)
        when = (
            state_text(task, as_of, done)
            if state == TaskState.DONE or not task.deadline
            else until(task.deadline, as_of)
        )
        review = [_("after legal review")] if task.legal_review else []
        facts = [when.to(language), task.group.to(language), task.channel.to(language), *review]
        st.caption(session.plain(" · ".join(facts)))


def tick(widget: str, key: str, task: str) -> None:
    """How is a task marked as done, or as not done after all?"""
    store = kept_store(store_url())
    if session.answer(widget):
        handling.set_done(store, key, task, stamp().isoformat())
    else:
        handling.undo_done(store, key, task)


def show_statement(found: Statement | None) -> None:
    """What may be said at this level, with which blanks for the hospital to fill, and what must be avoided?"""
    if found is None:
        return
    with st.expander(_("Skeletons of what is said, to copy"), icon=":material/edit_note:"):
        st.warning(
            _("Nothing goes out before legal review. The hospital fills the blanks ____: the desk does not know it."),
            icon=":material/gavel:",
        )
        for draft in found.drafts:
            show_draft(draft)


def show_draft(draft: Skeleton) -> None:
    """How does one skeleton read, what must be in it, and what must not?"""
    st.markdown(f"**{session.said(draft.kind.label)}**")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.code(draft_text(draft, session.language()), language=None, wrap_lines=True)
    with right:
        for name, lines in ((_("Before it goes out"), draft.checklist), (_("To avoid"), draft.avoid)):
            if lines:
                st.caption(name)
                st.markdown("\n".join(f"- {session.said(line)}" for line in lines))
