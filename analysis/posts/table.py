"""Which rows does a file hold? Bytes of a CSV, TSV or workbook to text cells, with the user's row numbers."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from analysis.language import Text, _
from analysis.posts import mapping
from analysis.schema import InputError

SEPARATORS = (",", "\t", ";", "|")
SAMPLE_RECORDS = 50
SAMPLE_LINES = 2_000
OPEN_QUOTES_TRIED = 100
LARGEST_CELL = 2**31 - 1
EXACT_NUMBERS = 1e15
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_SHARE = 0.005
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SENTINEL = "end of file"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: the row on which it starts (1 = first), its cells, what is wrong with it."""

    row: int
    cells: list[str]
    problem: Text | None = None


@dataclass(frozen=True)
class Table:
    """A file's header and the records under it, all cells as text."""

    headers: tuple[str, ...]
    records: list[Record]
    format: str
    encoding: str
    separator: str


def table_of(data: bytes, name: str, given: Mapping[str, str] | None = None) -> Table:
    """Which header and records does this file hold?

    The content decides what the file is, not its name. `given` (canonical column -> header) helps to find
    the header row when a heading stands above it. Wholly empty rows are no records. Raises InputError for
    an empty file, one that is neither text nor workbook, one without rows under the header.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(_("{name} is empty. Export the posts again and load the new file.", name=name))
    if data.startswith((ZIP, OLE)):
        sheets = _sheets(data, name)
        records = next((sheet for sheet in sheets if _header(sheet, given) is not None), sheets[0])
        return _table(records, name, given, "xlsx" if data.startswith(ZIP) else "xls", "", "")
    text, encoding, cut = decoded(data, name)
    separator, width = _separator(text, name)
    records = _records(text, separator, width, name)
    if cut and records:
        problem = _("The file ends in the middle of this row")
        records[-1] = Record(records[-1].row, records[-1].cells, problem)
    return _table(records, name, given, "tsv" if separator == "\t" else "csv", encoding, separator)


def decoded(data: bytes, name: str) -> tuple[str, str, bool]:
    """Which text is this, in which encoding, and is its last character cut off?

    Tries UTF-8, then GB18030, both strictly; UTF-16 only with its mark. Raises InputError when none fits
    or the text holds what only binary files hold.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = [("utf-16", data)]
    elif data.startswith(codecs.BOM_UTF8):
        tried = [("utf-8-sig", data.removeprefix(codecs.BOM_UTF8))]
    else:
        tried = [("utf-8", data), ("gb18030", data)]
    for encoding, content in tried:
        text, cut = _decoded(content, encoding.removesuffix("-sig"))
        # Plain ASCII with a cut tail is no sign of UTF-8: it may be the first Chinese character of GBK.
        if text is not None and not (cut and encoding == "utf-8" and text.isascii()):
            _refuse_other_kinds(text, name)
            return text, encoding, cut
    raise _unreadable(name)


def cell_text(value: object) -> str:
    """What does a workbook's cell say as text? Whole numbers without ".0", times in ISO to the second.

    Numbers above 10^15 are written with an exponent: Excel has lost their last digits, so that they must
    not pass for ids.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if abs(value) >= EXACT_NUMBERS or value != value:
            return f"{value:.14E}"
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(sep=" ")
    return str(value)


def _sheets(data: bytes, name: str) -> list[list[Record]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_sheet(workbook.get_sheet_by_name(sheet)) for sheet in workbook.sheet_names]
    except PasswordError as error:
        problem = _("{name} is protected by a password. Remove the password in Excel and load it again.", name=name)
        raise InputError(problem) from error
    except (CalamineError, OverflowError) as error:
        problem = _(
            "{name} looks like a workbook, but it cannot be opened: it is damaged or of another kind. "
            "Open it in Excel, save it as XLSX or CSV (UTF-8) and load that file.",
            name=name,
        )
        raise InputError(problem) from error
    filled = [sheet for sheet in sheets if sheet]
    if not filled:
        raise InputError(_("{name} holds no sheet with data. Export the posts again.", name=name))
    return filled


def _sheet(sheet: CalamineSheet) -> list[Record]:
    first = sheet.start[0] + 1 if sheet.start else 1
    rows = enumerate(sheet.to_python(skip_empty_area=True), start=first)
    texts = ((row, [cell_text(cell) for cell in cells]) for row, cells in rows)
    return [Record(row, cells) for row, cells in texts if _filled(cells)]


def _decoded(data: bytes, encoding: str) -> tuple[str | None, bool]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return None, False
    return text, bool(decoder.getstate()[0])


def _refuse_other_kinds(text: str, name: str) -> None:
    if "\x00" in text or len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise _unreadable(name)
    start = text.lstrip()[:100].lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", '{"', "[{", "{\n", "%pdf")):
        kind = start.split()[0][:10]
        raise InputError(
            _(
                "{name} is no table: it begins with {kind}. CSV, TSV or XLSX was expected. "
                "Open it in Excel and save it as XLSX, or export it again as CSV.",
                name=name,
                kind=kind,
            )
        )


def _unreadable(name: str) -> InputError:
    return InputError(
        _(
            "{name} is neither a workbook nor text in UTF-8 or GB18030. "
            "Open it in Excel, save it as XLSX or CSV (UTF-8) and load that file.",
            name=name,
        )
    )


def _separator(text: str, name: str) -> tuple[str, int]:
    """The separator for which most of the first records have the same number of cells, and that number."""
    lines = list(islice(io.StringIO(text, newline=""), SAMPLE_LINES))
    best = (0.0, 1, ",")
    for separator in SEPARATORS:
        found = Counter(len(cells) for cells in islice(_parsed(lines, separator, name), SAMPLE_RECORDS) if cells)
        width, times = max(found.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1 and (times / found.total(), width) > best[:2]:
            best = (times / found.total(), width, separator)
    return best[2], best[1]


def _parsed(lines: list[str], separator: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as error:
        raise _unreadable(name) from error


def _records(text: str, separator: str, width: int, name: str) -> list[Record]:
    """All records; where a stray quote would swallow the rows after it, reading resumes on the next line."""
    lines = list(io.StringIO(text if text.endswith(("\n", "\r")) else text + "\n", newline=""))
    records: list[Record] = []
    start: int | None = 0
    tries = OPEN_QUOTES_TRIED
    while start is not None:
        start, to_the_end = _read_from(lines, start, separator, width, records)
        tries -= to_the_end
        if tries < 0:
            raise _unreadable(name)
    return records


def _read_from(
    lines: list[str], start: int, separator: str, width: int, records: list[Record]
) -> tuple[int | None, bool]:
    """Appends to `records`; returns the line to resume at (None: done) and if a quote ran to the end."""
    csv.field_size_limit(LARGEST_CELL)
    rest = (lines[number] for number in range(start, len(lines)))
    reader = csv.reader(chain(rest, [SENTINEL]), delimiter=separator)
    first = start
    for cells in reader:
        end = start + reader.line_num
        unclosed = end > len(lines)
        if unclosed and cells == [SENTINEL]:
            break
        if unclosed or (end - first > 1 and len(cells) != width):
            problem = _("A quotation mark opens in this row and does not close")
            records.append(Record(first + 1, lines[first].rstrip("\r\n").split(separator), problem))
            return first + 1, unclosed
        if _filled(cells):
            records.append(Record(first + 1, cells))
        first = end
    return None, False


def _filled(cells: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _header(records: list[Record], given: Mapping[str, str] | None) -> int | None:
    return mapping.header_position([record.cells for record in islice(records, 10)], given)


def _table(
    records: list[Record],
    name: str,
    given: Mapping[str, str] | None,
    format: str,
    encoding: str,
    separator: str,
) -> Table:
    if not records:
        raise InputError(_("{name} holds no rows. Export the posts again and load the new file.", name=name))
    position = _header(records, given) or 0
    headers = list(records[position].cells)
    while headers and not headers[-1].strip():
        headers.pop()
    if len(records) == position + 1:
        problem = _(
            "{name} holds a header but no rows under it. Its columns: {columns}. Export the posts again.",
            name=name,
            columns=mapping.shown(headers),
        )
        raise InputError(problem)
    return Table(tuple(headers), records[position + 1 :], format, encoding, separator)
