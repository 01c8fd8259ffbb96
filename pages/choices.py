"""How are uploaded files read? What was found, with its evidence, and select boxes to correct it in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from analysis.posts.encoding import ENCODINGS
from analysis.posts.kinds import kinds_of
from analysis.posts.mapping import Evidence, How, fingerprint, proposed
from analysis.posts.privacy import masked
from analysis.posts.read import Choices, Proposal
from analysis.posts.report import ImportReport
from analysis.report.tables import ENCODING_LABELS, SURE_ENOUGH, encoding_text
from analysis.schema import COLUMN_LABELS, COLUMNS, InputError
from pages import kept, session
from pages.session import _

PREVIEW_ROWS, PREVIEW_CELL, PREVIEW_UNUSED, HEADER_SHOWN = 5, 200, 30, 40
OUR_OWN = "set_aside_"  # begins the columns that the download of set-aside rows adds


@dataclass(frozen=True)
class Upload:
    """A file that was given: its id in this session, a name that no other has, its bytes."""

    id: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Table:
    """A table of an upload. `key`: under which `corrected` (canonical column -> header) is kept."""

    upload: Upload
    proposal: Proposal
    key: str
    corrected: dict[str, str]
    evidence: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        return self.proposal.name

    @property
    def chosen(self) -> dict[str, str]:
        """Which header holds which column?"""
        return {found.column: found.header for found in self.evidence if found.header}


def uploads_of(files: Iterable[tuple[str, str, bytes]]) -> tuple[Upload, ...]:
    """Which uploads are these (id, name, bytes)? Files of the same name get a number."""
    found: dict[str, Upload] = {}
    for id, name, data in files:
        unique, number = name, 1
        while unique in found:
            number += 1
            unique = f"{name} ({number})"
        found[unique] = Upload(id, unique, data)
    return tuple(found.values())


def tables_of(uploads: Iterable[Upload]) -> list[Table]:
    """Which tables do the uploads hold, and how would they be read? A file without any is left out."""
    found = []
    for upload in uploads:
        try:
            encodings = tuple(encodings_of(upload.id).items())
            proposals = kept.kept_proposals(upload.id, upload.name, encodings, upload.data)
        except InputError:
            continue  # reading the file says what is wrong with it
        for proposal in proposals:
            key = key_of(proposal.headers, proposal.rows)
            corrected = kept.remembered_mapping(key)
            evidence = proposed(proposal.headers, proposal.rows, corrected) if corrected else proposal.evidence
            found.append(Table(upload, proposal, key, corrected, evidence))
    return found


def choices_of(uploads: Iterable[Upload], tables: Iterable[Table]) -> dict[str, Choices]:
    """What was chosen by the user, by table?"""
    encodings = {table: encoding for upload in uploads for table, encoding in encodings_of(upload.id).items()}
    chosen = {name: Choices(encoding=encoding) for name, encoding in encodings.items()}
    for table in tables:
        if table.corrected:
            chosen[table.name] = Choices(table.corrected, encodings.get(table.name, ""))
    return chosen


def key_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Under which key are corrections for such a table kept? Rows that were set aside and mended have the same."""
    if all(header == f"#{number}" for number, header in enumerate(headers, start=1)):
        return fingerprint(headers, kinds_of(rows, len(headers)))
    return fingerprint([header for header in headers if header.strip() and not header.startswith(OUR_OWN)])


def show_tables(uploads: Iterable[Upload], tables: Sequence[Table], reports: Sequence[ImportReport]) -> None:
    """How is each table read? Open where something is missing or guessed. `reports`: of the tables as read."""
    read = {report.name: report for report in reports}
    first: dict[str, str] = {}
    for place, table in enumerate(tables):
        report = read.get(table.name)
        title = _("How {file} is read", file=table.name)
        key = f"table-{table.upload.id}-{place}"
        opened = session.held(key) == "open" or doubtful(table, report)
        box = st.expander(session.plain(title), opened, key=key, on_change="rerun")
        session.hold(key, "open" if box.open else None)  # while a file is read anew the box is not drawn
        same = first.setdefault(table.key, table.name)
        if box.open:
            with box:
                show_table(table, report, "" if same == table.name else same)
    found = {table.upload.id for table in tables}
    for upload in uploads:
        if upload.id not in found and encodings_of(upload.id):
            undo = _("Read {file} in the encoding that was found", file=upload.name)
            st.button(session.plain(undo), on_click=choose_encodings, args=(upload.id, {}), key=f"u-{upload.id}")


def doubtful(table: Table, report: ImportReport | None) -> bool:
    """Should somebody look at how a table is read? A column is missing or guessed, or the encoding is."""
    columns = {found.column: found for found in table.evidence if found.header}
    if "published_at" not in columns or not {"text", "title"} & set(columns):
        return True
    if any(columns[name].how in (How.SIMILAR, How.CONTENT) for name in ("published_at", "text") if name in columns):
        return True
    chosen = table.name in encodings_of(table.upload.id)
    return report is not None and report.encoding_confidence < SURE_ENOUGH and not chosen


def show_table(table: Table, report: ImportReport | None, same: str) -> None:
    """What can be chosen for a table, and what comes of it? `same`: the table whose columns were asked about."""
    if table.proposal.encoding:
        choose_encoding(table, report)
    if same:
        st.text(_("Its columns are those of {file} and are read in the same way.", file=same))
    else:
        choose_columns(table)
    st.caption(_("The first rows as they would be read. A header in brackets: this column is not used."))
    st.dataframe(preview(table), hide_index=True)


def choose_encoding(table: Table, report: ImportReport | None) -> None:
    """Which encoding does the user choose?"""
    encodings, language = encodings_of(table.upload.id), session.language()
    current = encodings.get(table.name, "")
    found = ENCODING_LABELS[table.proposal.encoding].to(language)
    labels = {"": _("find out") if current else _("as found: {encoding}", encoding=found)}
    labels |= {name: ENCODING_LABELS[name].to(language) for name in ENCODINGS if name != "utf-8-sig"}
    left = st.columns(2)[0].container(gap="xxsmall")
    chosen = left.selectbox(
        _("Encoding"),
        list(labels),
        index=list(labels).index(current) if current in labels else 0,
        format_func=labels.__getitem__,
        key=f"encoding-{table.upload.id}-{table.name}",
    )
    if report and not current:
        left.caption(session.said(encoding_text(report)))
    if chosen != current:
        others = {name: encoding for name, encoding in encodings.items() if name != table.name}
        choose_encodings(table.upload.id, others | ({table.name: chosen} if chosen else {}))
        st.rerun()


def choose_columns(table: Table) -> None:
    """Which header does the user choose for each column? Beneath each box stands what speaks for it."""
    st.caption(_("Only a time and a text are needed. A correction is remembered for files with these headers."))
    options = ["", *(header for header in table.proposal.headers if header.strip())]
    evidence = {found.column: found for found in table.evidence}
    absent = _("not in the file")
    columns = sorted(COLUMNS, key=lambda column: not column.required)
    for start in range(0, len(columns), 3):
        for place, column in zip(st.columns(3), columns[start : start + 3], strict=False):
            current = table.chosen.get(column.name, "")
            index = options.index(current)
            place = place.container(gap="xxsmall")
            chosen = place.selectbox(
                column.label.to(session.language()),
                options,
                index=index,
                format_func=lambda header: header or absent,
                key=f"map-{table.key}-{column.name}-{index}",  # begins anew when another choice moves it
            )
            if column.name in evidence:
                place.caption(session.said(evidence[column.name].detail))
            if chosen != current:
                kept.remember_mapping(table.key, corrected(table, column.name, chosen))
                st.rerun()
    if table.corrected:
        forget = partial(kept.remember_mapping, table.key, {})
        st.button(_("Undo the corrections"), on_click=forget, icon=":material/undo:", key=f"undo-{table.key}")


def corrected(table: Table, column: str, header: str) -> dict[str, str]:
    """What is to be kept once a header is chosen for a column? Nothing for it when it would be found anyway."""
    others = {name: chosen for name, chosen in table.corrected.items() if name != column}
    found = proposed(table.proposal.headers, table.proposal.rows, others)
    guessed = next((item.header for item in found if item.column == column), "")
    return others if guessed == header else others | {column: header}


def preview(table: Table) -> pd.DataFrame:
    """How would the first rows be read? Under the names of our columns, those not used behind them; masked."""
    language, headers, rows = session.language(), table.proposal.headers, table.proposal.rows[:PREVIEW_ROWS]
    named = [(COLUMN_LABELS[column].to(language), header) for column, header in table.chosen.items()]
    unused = [header for header in headers if header.strip() and header not in table.chosen.values()]
    named += [(f"({header[:HEADER_SHOWN]})", header) for header in unused[:PREVIEW_UNUSED]]
    cells: dict[str, list[str]] = {}
    for name, header in named:
        while name in cells:
            name += " "
        at = headers.index(header)
        cells[name] = [masked(row[at][:PREVIEW_CELL]) if at < len(row) else "" for row in rows]
    return pd.DataFrame(cells)


def encodings_of(upload: str) -> dict[str, str]:
    """Which encodings were chosen for an upload's tables? Table -> encoding; not for those that were found."""
    return dict(session.held(f"encodings-{upload}") or {})


def choose_encodings(upload: str, chosen: dict[str, str]) -> None:
    """How are an upload's tables read in other encodings? In this session."""
    session.hold(f"encodings-{upload}", chosen)
