"""What became of the rows of the files that were loaded?"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.dataset import Dataset
from analysis.posts.clean import spreadsheet_safe
from analysis.posts.report import ImportReport, aside_rows
from analysis.report.tables import (
    ROWS_SHOWN,
    aside_table,
    encoding_text,
    evidence_table,
    personal_text,
    repaired_table,
    separator_text,
    sum_text,
)
from pages import session
from pages.session import _

METRIC_WIDTH = 130  # pixels; two beside each other on a telephone


def show_reports(data: Dataset) -> None:
    """What did the import do with each table, and what could not be read?"""
    for report in data.reports:
        show_report(report)
    if data.history is not None and not data.history.empty:
        posts = len(data.history[["platform", "post_id"]].drop_duplicates())
        st.text(
            _("{posts:,} posts stand in several exports; what their counters said at each time is kept.", posts=posts)
        )
    if any(report.set_aside for report in data.reports):
        language = session.language()
        left, right = st.columns([1, 3], vertical_alignment="center")
        left.download_button(
            _("Set-aside rows (CSV)"),
            lambda: aside_file(data.reports, language),
            "set_aside.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="aside",
        )
        right.caption(
            _("Put them right in Excel and upload that file beside the others: they are read like any export.")
        )


def aside_file(reports: Sequence[ImportReport], language: str) -> bytes:
    """How are the set-aside rows taken to a spreadsheet? Their headers are as foreign as their cells.

    A row that was too wide stays wider than the header: read again as it is, it is set aside again.
    """
    rows = aside_rows(reports, language)
    lines = [list(rows.columns), *rows.itertuples(index=False, name=None)]
    safe = spreadsheet_safe(pd.DataFrame(lines, columns=[str(at) for at in range(rows.shape[1])], dtype="str"))
    width = sum(1 for header in rows.columns if header)
    out = io.StringIO()
    for line in safe.itertuples(index=False, name=None):
        csv.writer(out).writerow([*line[:width], *filter(None, line[width:])])
    return out.getvalue().encode("utf-8-sig", "replace")


def show_report(report: ImportReport) -> None:
    """What did the import do with one table?"""
    language = session.language()
    with st.container(border=True):
        st.markdown(f"**{session.plain(report.name)}**")
        counts = (
            (_("Rows"), report.rows),
            (_("Good"), report.good),
            (_("Repaired"), len(report.repaired)),
            (_("Set aside"), len(report.set_aside)),
            (_("Duplicates"), report.duplicates),
        )
        with st.container(horizontal=True):
            for label, count in counts:
                st.metric(label, f"{count:,}", width=METRIC_WIDTH)
        st.caption(session.said(sum_text(report)))
        show_facts(report)
        with st.expander(_("Which column was read as what")):
            st.dataframe(evidence_table(report, language), hide_index=True)
            if report.unmapped:
                st.text(_("Not used: {headers}", headers=list(report.unmapped)))
        if report.repaired:
            with st.expander(_("Rows that were repaired")):
                show_rows(repaired_table(report, language), len(report.repaired))
        if report.set_aside:
            with st.expander(_("Rows that were set aside"), expanded=True):
                show_rows(aside_table(report, language), len(report.set_aside))


def show_facts(report: ImportReport) -> None:
    """What was found out about the file?"""
    language = session.language()
    span = "–" if report.first is None else f"{report.first:%Y-%m-%d %H:%M} – {report.last:%Y-%m-%d %H:%M}"
    facts = [
        (_("Format"), report.format.upper()),
        (_("Encoding"), encoding_text(report).to(language)),
        (_("Between the cells"), separator_text(report).to(language)),
        (_("Posts from"), span),
        (_("Known export"), report.preset or "–"),
        (_("Personal data in the texts"), personal_text(report).to(language)),
    ]
    if report.replaced_characters:
        facts.append((_("Characters that could not be read"), f"{report.replaced_characters:,}"))
    for start in range(0, len(facts), 3):
        for column, (label, value) in zip(st.columns(3), facts[start : start + 3], strict=False):
            with column.container(gap=None):
                st.caption(label)
                st.text(value)


def show_rows(table: pd.DataFrame, rows: int) -> None:
    """Which rows are these? Says how many are not shown."""
    if rows > ROWS_SHOWN:
        st.caption(_("The first {shown:,} of {rows:,}", shown=ROWS_SHOWN, rows=rows))
    st.dataframe(table, hide_index=True)
