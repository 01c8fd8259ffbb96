"""In which forms of its own does the hospital write its documents? Templates, as this desk keeps them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.report.papers.document_fill import check_template, example_template
from analysis.schema import InputError
from analysis.workspace import house as houses
from analysis.workspace.places import store_url
from pages import session
from pages.kept import kept_store
from pages.session import _

MEGABYTES = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_templates(language: str) -> None:
    """Which templates are there, and how do others come in? language: of the example."""
    with st.expander(_("Own templates of the document"), icon=":material/draft:"):
        st.caption(
            _(
                "A template is a Word document with placeholders such as {example}, each in a paragraph of its own: "
                "the report is written where they stand. Begin with the example, and change it in Word or WPS.",
                example="`{{ title }}`",
            )
        )
        st.download_button(
            _("Example to begin with"),
            lambda: example_template(language),
            file_name="template.docx",
            mime=DOCX,
            on_click="ignore",
            icon=":material/download:",
            key="template_example",
        )
        choose_file()
        tell_taken()
        for at, name in enumerate(houses.templates(kept_store(store_url()))):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.text(name)
                st.button(
                    _("Remove"), icon=":material/delete:", on_click=remove, args=(name,), key=f"template_remove-{at}"
                )


def choose_file() -> None:
    """How is a template handed in?"""
    widget = f"template-{session.held('templates') or 0}"  # begins anew with each file that was judged
    st.file_uploader(
        _("Your template (DOCX)"),
        type=["docx"],
        key=widget,
        on_change=take,
        args=(widget,),
        max_upload_size=MEGABYTES,
    )


def take(widget: str) -> None:
    """How is an uploaded template kept? One that cannot be used is refused."""
    given: Any = session.answer(widget)
    if given is None:
        return
    session.hold("templates", (session.held("templates") or 0) + 1)
    try:
        check_template(given.getvalue())
        houses.save_template(kept_store(store_url()), given.name, given.getvalue())
    except InputError as error:
        session.hold("template_taken", (given.name, error))
        return
    session.hold("template_taken", (given.name, None))
    session.hold("papers_made", None)  # a document by another template of this name is not it


def tell_taken() -> None:
    """What became of the file that was just handed in?"""
    name, problem = session.held("template_taken") or ("", None)
    session.hold("template_taken", None)
    if problem:
        st.error(
            _("{file} was not taken: {reason}", file=session.plain(name), reason=session.said(problem.text)),
            icon=":material/error:",
        )
    elif name:
        st.success(
            _("{file} can be chosen now as the form of the document.", file=session.plain(name)),
            icon=":material/check:",
        )


def remove(name: str) -> None:
    """How is a template given up?"""
    houses.delete_template(kept_store(store_url()), name)
    session.hold("papers_made", None)
