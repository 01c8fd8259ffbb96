"""What was loaded, what was found in it, and what could not be read? Uploads, the sample, and the import report."""

from __future__ import annotations

import streamlit as st

from analysis.classify.predict import ENGINES
from analysis.posts.mapping import fingerprint
from analysis.posts.read import ImportReport, dataset_id
from analysis.report.tables import aside_table
from analysis.report.top import telling_posts
from analysis.schema import COLUMN_LABELS, COLUMNS, InputError
from pages import session
from pages.session import _


def main() -> None:
    """How does data come in?"""
    language = session.language()
    st.subheader(_("Load post exports"))
    st.caption(_("CSV, TSV or XLSX, as your vendor or crawler wrote it. Nothing leaves this computer."))
    uploads = st.file_uploader(_("Post exports"), accept_multiple_files=True, key="uploads")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    engine = left.selectbox(
        _("What decides the sentiment"),
        list(ENGINES),
        format_func=lambda name: ENGINES[name].to(language),
        key="engine",
        persist_state="session",
        help=_("SnowNLP is slower by far and was trained on shop reviews; it is here for comparison."),
    )
    right.button(_("Load the sample data"), on_click=session.load_sample, icon=":material/science:", width="stretch")
    files = [(upload.name, upload.getvalue()) for upload in uploads or []]
    if files:
        take(files, engine)
    else:
        session.mark_taken("posts", None)  # the same file can be loaded again
    show_dataset()


def take(files: list[tuple[str, bytes]], engine: str) -> None:
    """How do uploaded files become the dataset? Once, with what was corrected; a mistake leaves the old one."""
    mappings = corrected(files)
    wanted = f"{dataset_id(files)}-{engine}-{sorted(mappings.items())}"
    if session.taken("posts") == wanted:
        return
    try:
        session.load_files(files, engine, mappings)
    except InputError as error:
        session.show_error(error)
        st.caption(_("What was loaded before is still here."))
        return
    session.mark_taken("posts", wanted)
    st.rerun()


def corrected(files: list[tuple[str, bytes]]) -> dict[str, dict[str, str]]:
    """Which column is which? The guess, what was chosen for these headers before, and select boxes to correct it."""
    mappings: dict[str, dict[str, str]] = {}
    asked: dict[str, dict[str, str]] = {}
    for name, data in files:
        try:
            headers, guessed = session.kept_headers(dataset_id([(name, data)]), name, data)
        except InputError:
            continue  # reading the file says what is wrong with it
        key = fingerprint(headers)
        known = session.remembered_mapping(key) or {}
        current = {column.name: known.get(column.name, guessed.get(column.name, "")) for column in COLUMNS}
        if key not in asked:  # files with the same headers are asked about once
            with st.expander(session.plain(_("Columns of {file}", file=name)), expanded=not required(current)):
                asked[key] = choose(key, current, list(headers))
        changed = {column: header for column, header in asked[key].items() if header != guessed.get(column, "")}
        if changed:
            mappings[name] = changed
        if changed != known:
            session.remember_mapping(key, changed)
    return mappings


def required(mapping: dict[str, str]) -> bool:
    """Is there a time and a text?"""
    return all(mapping[column.name] for column in COLUMNS if column.required)


def choose(key: str, current: dict[str, str], headers: list[str]) -> dict[str, str]:
    """Which header does the user choose for each column?"""
    st.caption(_("Only a time and a text are needed. A correction is remembered for files with these headers."))
    chosen = {}
    places, absent = st.columns(3), _("not in the file")
    for at, column in enumerate(COLUMNS):
        options = ["", *headers]
        chosen[column.name] = places[at % 3].selectbox(
            column.label.to(session.language()),
            options,
            index=options.index(current[column.name]) if current[column.name] in options else 0,
            format_func=lambda header: header or absent,
            key=f"map-{key}-{column.name}",
        )
    return chosen


def show_dataset() -> None:
    """What does the session look at now?"""
    data = session.dataset()
    st.subheader(_("Loaded now"))
    if data.synthetic:
        st.info(
            _("This is the sample: synthetic posts about an invented hospital. Upload an export to work on your own."),
            icon=":material/science:",
        )
    for report in data.reports:
        show_report(report)
    st.subheader(_("Preview"))
    posts = data.posts
    shown = telling_posts(posts, session.latest(), posts["published_at"].iloc[0], most=100)
    session.show_posts(shown)


def show_report(report: ImportReport) -> None:
    """What did the import do with one file?"""
    language = session.language()
    with st.container(border=True):
        st.text(report.name)
        facts = (
            (_("Rows"), f"{report.rows:,}"),
            (_("Good"), f"{report.good:,}"),
            (_("Set aside"), f"{len(report.set_aside):,}"),
            (_("Duplicates"), f"{report.duplicates:,}"),
        )
        for column, (label, value) in zip(st.columns(4), facts, strict=True):
            column.metric(label, value)
        span = f"{report.first:%Y-%m-%d %H:%M} – {report.last:%Y-%m-%d %H:%M}" if report.first is not None else "–"
        st.text(
            _(
                "Format {format}, encoding {encoding}, separator {separator}; posts from {span}",
                format=report.format,
                encoding=report.encoding or "–",
                separator=repr(report.separator) if report.separator else "–",
                span=span,
            )
        )
        with st.expander(_("Which column was read as what")):
            st.dataframe(
                {
                    _("Column"): [COLUMN_LABELS[column].to(language) for column in report.mapping],
                    _("Header in the file"): list(report.mapping.values()),
                },
                hide_index=True,
            )
            if report.unmapped:
                st.text(_("Not used: {headers}", headers=list(report.unmapped)))
        if report.set_aside:
            with st.expander(_("Rows that were set aside"), expanded=True):
                st.dataframe(aside_table(report, language), hide_index=True)


try:
    main()
except InputError as error:
    session.show_error(error)
