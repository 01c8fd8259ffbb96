"""Which cells does a workbook or a Parquet file hold? Runs as a process of its own, under limits.

`python -m analysis.posts.workbook_child workbook|parquet SECONDS` reads the file from standard input and
writes to standard output, for each sheet with content, SHEET and an Arrow stream: "row" (int64, as Excel
shows it) and text columns "0", "1", …; after the last sheet END. What it cannot read it ends with one of the
exit codes below. It imports no pandas and nothing of the house: its start counts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import json
import sys
from collections.abc import Iterator
from itertools import islice
from types import SimpleNamespace
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from analysis.posts.parquet_child import as_text, number_text, records

SHEET, END = b"S", b"E"
PASSWORD, DAMAGED, TOO_MANY_CELLS, TOO_MUCH_TEXT, OUT_OF_MEMORY = 10, 11, 12, 13, 14
CELLS = 60_000_000
TEXT_BYTES = 2 * 2**30
MEMORY_BYTES, MEMORY_AT_LEAST, MEMORY_PER_BYTE = 4 * 2**30, 3 * 2**29, 30
BATCH_CELLS = 50_000
FEW = 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
# The first records of an XLS: its start (16 bytes), perhaps "read only", and, where there is one, the password.
XLS_START, XLS_READ_ONLY, XLS_PASSWORD = b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x86\x00\x00\x00", b"\x2f\x00"
HALF_SECOND = dt.timedelta(microseconds=500_000)


def cell_text(value: object) -> str:
    """What does a workbook's cell say as text? Whole numbers without ".0", times in ISO to the second.

    Numbers from 10^15 on are written with an exponent: Excel has lost their last digits, so that they must
    not pass for ids. A date without a time is its midnight: the file does not tell the two apart.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return _rounded(value).isoformat(sep=" ")
    if isinstance(value, dt.date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, dt.time):
        return _rounded(dt.datetime.combine(dt.date(1900, 1, 1), value)).time().isoformat()
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _rounded(moment: dt.datetime) -> dt.datetime:
    if moment.microsecond < 500_000 or moment.year == dt.MAXYEAR:
        return moment.replace(microsecond=0)
    return (moment + HALF_SECOND).replace(microsecond=0)


class Refused(Exception):
    """The file is too large to be read; `code` is the exit code that says in what."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main(kind: str, seconds: int, source: BinaryIO, out: BinaryIO) -> int:
    """With which exit code does reading this file end? 0 when everything is written to `out`."""
    data = source.read()
    limit_process(seconds, len(data))
    try:
        if kind == "parquet":
            headers, batches = parquet(data)
            write(out, "", headers, batches)
        else:
            for name, batches in sheets(data):
                write(out, name, (), batches)
        out.write(END)
        out.flush()
    except Refused as refused:
        return refused.code
    except (MemoryError, pa.ArrowMemoryError):
        return OUT_OF_MEMORY
    except (CalamineError, OverflowError, pa.ArrowException, OSError):
        return PASSWORD if is_protected(data) else DAMAGED
    return 0


def is_protected(data: bytes) -> bool:
    """Does this workbook, which the reader does not recognise, need a password?"""
    if not data.startswith(OLE):
        return False
    records = data[data.find(XLS_START) + len(XLS_START) :][12:18]
    return ENCRYPTED_XLSX in data or records.startswith((XLS_PASSWORD, XLS_READ_ONLY + XLS_PASSWORD))


def limit_process(seconds: int, size: int) -> None:
    """How much memory and processor time may reading `size` bytes take? Windows knows no such limits."""
    memory = min(MEMORY_BYTES, MEMORY_AT_LEAST + MEMORY_PER_BYTE * size)
    try:
        import resource
    except ImportError:
        return
    for kind, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hardest = resource.getrlimit(kind)[1]
        limit = wanted if hardest == resource.RLIM_INFINITY else min(wanted, hardest)
        # macOS refuses some limits; the parent's clock then remains.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, hardest))


def sheets(data: bytes) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """Which worksheets hold something, hidden ones too? Name and rows, in the order of the workbook."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for meta in workbook.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.height * sheet.width > CELLS:
                raise Refused(TOO_MANY_CELLS)
            if sheet.height and sheet.width:
                yield meta.name, _rows(sheet)


def _rows(sheet: CalamineSheet) -> Iterator[pa.RecordBatch]:
    first = sheet.start[0] if sheet.start else 0
    # Where the first row is far down, iter_rows would walk through a million empty rows of full width.
    near = sheet.total_height * sheet.width <= CELLS
    rows: Iterator[list] = islice(sheet.iter_rows(), first, None) if near else iter(sheet.to_python())
    size = max(1, BATCH_CELLS // sheet.width)
    while chunk := list(islice(rows, size)):
        columns = [_texts(column) for column in zip(*chunk, strict=True)]
        yield batch(np.arange(first + 1, first + 1 + len(chunk)), columns)
        first += len(chunk)


def _texts(cells: tuple[object, ...]) -> pa.Array:
    """As `cell_text` for each; columns of one kind, which most are, at a fraction of its cost."""
    kinds = set(map(type, cells))
    many = len(cells) > FEW
    if many and float in kinds and kinds <= {float, str}:
        numbers = [cell if type(cell) is float else None for cell in cells]
        if numbers.count(None) == cells.count(""):
            return as_text(pa.array(numbers, pa.float64()))
    if many and kinds == {dt.datetime}:
        moments = pc.round_temporal(pa.array(cells, pa.timestamp("us")), unit="second")
        return pc.cast(pc.cast(moments, pa.timestamp("s")), pa.large_string())
    texts = pa.array([cell if type(cell) is str else cell_text(cell) for cell in cells], pa.large_string())
    if str in kinds and pc.any(pc.match_substring(texts, "\r")).as_py():
        return pc.replace_substring_regex(texts, "\r\n?", "\n")
    return texts


def parquet(data: bytes) -> tuple[tuple[str, ...], Iterator[pa.RecordBatch]]:
    """Which headers and rows does this Parquet file hold?"""
    headers, count, pieces = records(data)
    if count * len(headers) > CELLS:
        raise Refused(TOO_MANY_CELLS)
    return headers, _numbered(pieces)


def _numbered(pieces: Iterator[list[pa.Array]]) -> Iterator[pa.RecordBatch]:
    first = 1
    for columns in pieces:
        count = len(columns[0]) if columns else 0
        yield batch(np.arange(first, first + count), columns)
        first += count


def batch(rows: np.ndarray, columns: list[pa.Array]) -> pa.RecordBatch:
    """Which of these rows hold something? Their numbers and cells; wholly blank ones are left out."""
    filled = np.zeros(len(rows), bool)
    for column in columns:
        filled |= np.asarray(pc.not_equal(pc.utf8_trim_whitespace(column), ""))
        if filled.all():
            break
    names = ["row", *map(str, range(len(columns)))]
    made = pa.RecordBatch.from_arrays([pa.array(rows, pa.int64()), *columns], names)
    return made if filled.all() else made.filter(pa.array(filled))


def write(out: BinaryIO, name: str, headers: tuple[str, ...], batches: Iterator[pa.RecordBatch]) -> None:
    """Which stream says this sheet? Nothing is written for one without content."""
    size, stream = 0, None
    for filled in batches:
        size += filled.nbytes
        if size > TEXT_BYTES:
            raise Refused(TOO_MUCH_TEXT)
        if filled.num_rows and stream is None:
            said = {"name": name, "headers": json.dumps(headers)}
            schema = filled.schema.with_metadata(said)
            out.write(SHEET)
            stream = pa.ipc.new_stream(out, schema)
        if filled.num_rows and stream is not None:
            stream.write_batch(filled.replace_schema_metadata(said))
    if stream is not None:
        stream.close()


def _no_pandas(name: str, path: object = None, target: object = None) -> None:
    """pyarrow imports pandas at its first array if it can, which takes longer than most workbooks."""
    if name == "pandas":
        raise ModuleNotFoundError(name)


if __name__ == "__main__":
    sys.meta_path.insert(0, SimpleNamespace(find_spec=_no_pandas))
    gc.disable()  # millions of cells, no cycles among them
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer))
