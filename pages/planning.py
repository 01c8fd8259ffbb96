"""Which playbook is in force, and how does the hospital put its own in its place? A part of the Response page."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.language import Text
from analysis.report.plan_tables import limit_table, statement_table, task_entries
from analysis.response.playbook import gaps, shipped_playbook
from analysis.schema import InputError
from analysis.workspace import handling
from analysis.workspace.places import store_url
from pages import session
from pages.kept import kept_store
from pages.session import _


def show_playbook() -> None:
    """What does the plan say at every level, and how is it changed?"""
    store = kept_store(store_url())
    problem = handling.playbook_problem(store)
    if problem:
        st.error(session.said(problem), icon=":material/error:")
    with st.expander(_("Playbook: all levels, to read and to change"), icon=":material/menu_book:"):
        plan, own = handling.playbook(store), handling.kept_text(store) is not None
        shipped = plan == shipped_playbook()
        st.text(_("The shipped playbook is in force.") if shipped else _("The hospital's own playbook is in force."))
        tell_taken(gaps(plan))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.download_button(
                _("Download (TOML)"),
                lambda: handling.playbook_text(store, session.language()).encode(),
                file_name="playbook.toml",
                mime="application/toml",
                on_click="ignore",
                icon=":material/download:",
                key="playbook_download",
            )
            st.button(
                _("Back to the shipped one"),
                icon=":material/settings_backup_restore:",
                disabled=not own,
                on_click=handling.ship_again,
                args=(store,),
                key="playbook_back",
            )
        choose_file()
        show_entries()


def choose_file() -> None:
    """How is a playbook of the hospital's own handed in?"""
    widget = f"playbook-{session.held('playbooks') or 0}"  # begins anew with each file that was judged
    st.file_uploader(
        _("Put your own in force: change the downloaded file in a text editor and upload it here"),
        type=["toml"],
        key=widget,
        on_change=take,
        args=(widget,),
        max_upload_size=1,
    )


def take(widget: str) -> None:
    """How does an uploaded playbook come into force? A bad one is refused; the one in force stays."""
    given: Any = session.answer(widget)
    if given is None:
        return
    session.hold("playbooks", (session.held("playbooks") or 0) + 1)
    try:
        handling.save_playbook(kept_store(store_url()), given.getvalue())
        session.hold("playbook_taken", (given.name, None))
    except InputError as error:
        session.hold("playbook_taken", (given.name, error.text))


def tell_taken(lacking: tuple[Text, ...]) -> None:
    """What became of the file that was just handed in, and for what has the playbook in force no task?"""
    name, problem = session.held("playbook_taken") or ("", None)
    session.hold("playbook_taken", None)
    if problem:
        st.error(
            _("{file} was not taken: {reason}", file=session.plain(name), reason=session.said(problem))
            + " "
            + _("The playbook in force stays."),
            icon=":material/error:",
        )
    elif name:
        st.success(_("{file} is in force.", file=session.plain(name)), icon=":material/check:")
    if lacking:
        st.warning("\n".join(f"- {session.said(line)}" for line in lacking), icon=":material/playlist_remove:")


def show_entries() -> None:
    """What stands in the playbook in force? Tasks, limits of the hospital's own, or texts, as a table."""
    kinds = {"tasks": _("Tasks"), "limits": _("Limits of our own"), "texts": _("Texts")}
    tables = {"tasks": task_entries, "limits": limit_table, "texts": statement_table}
    chosen = st.segmented_control(
        _("Part of the playbook"),
        list(kinds),
        format_func=kinds.__getitem__,
        default="tasks",
        required=True,
        key="playbook_part",
    )
    table: pd.DataFrame = tables[str(chosen)](handling.playbook(kept_store(store_url())), session.language())
    if table.empty:
        st.info(_("There is none in this playbook."), icon=":material/inbox:")
    else:
        st.dataframe(table, hide_index=True)
