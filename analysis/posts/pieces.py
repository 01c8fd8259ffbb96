"""Which rows stand under the header of a text file? Sound pieces go through Arrow, damaged ones row by row."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from analysis.language import Text, _
from analysis.posts.dialect import Dialect
from analysis.posts.rows import Record, records_of
from analysis.posts.shape import Shape
from analysis.schema import InputError

PIECE, SMALL, AHEAD = 1 << 26, 1 << 18, 1 << 18
TRIES = 50
MOST_UNFIT = 100_000
ARROW_BLOCK = 1 << 20
QUOTE, NEWLINE, RETURN = 34, 10, 13


@dataclass(frozen=True)
class Piece:
    """Some rows: `cells` of those that fit (columns "0", "1", …), the row of the file on which each of them
    starts, the number of line breaks, what was repaired (position in `cells` -> what was done), and the records
    that do not fit."""

    cells: pa.Table
    rows: np.ndarray
    breaks: int
    repaired: dict[int, Text]
    unfit: tuple[tuple[int, Record], ...] = ()


def pieces_of(
    text: bytes, start: int, first: int, dialect: Dialect, shape: Shape, tell: Callable[[int, int], None]
) -> list[Piece]:
    """Which rows stand in `text` (UTF-8) from byte `start`, which is on row `first` of the file?

    tell(bytes, rows) is called after each piece with how far the reading is. Raises InputError if hardly any of
    100,000 rows fits.
    """
    found: list[Piece] = []
    known, unfit, careful_to = 0, 0, start
    while start < len(text):
        piece, end = _sound(text, start, PIECE, dialect, shape, first) if start >= careful_to else (None, 0)
        if piece is None:
            careful_to = max(careful_to, min(start + PIECE, len(text)))
            piece, end = _sound(text, start, SMALL, dialect, shape, first)
        if piece is None:
            piece, end = _damaged(text, start, first, dialect, shape)
        first += piece.breaks
        start, known = end, known + piece.cells.num_rows
        found.append(piece)
        unfit += len(piece.unfit)
        if unfit > MOST_UNFIT and unfit > 9 * known:
            raise InputError(
                _(
                    "{unfit:,} rows do not fit the header, only {known:,} do: the file is no table of posts, or its "
                    "separator or quotation marks are broken. Export it again, or as XLSX.",
                    unfit=unfit,
                    known=known,
                )
            )
        tell(start, known)
    return found


def _sound(text: bytes, start: int, size: int, dialect: Dialect, shape: Shape, first: int) -> tuple[Piece | None, int]:
    """The next piece, if every quotation mark stands where the format wants it and every row has the right width."""
    if dialect.escape or not dialect.separator.isascii():
        return None, 0
    view = np.frombuffer(text, np.uint8, min(size, len(text) - start), start)
    with ThreadPoolExecutor(2) as pool:
        marks, breaks = pool.map(lambda byte: _places(view, byte), (QUOTE, NEWLINE))
    whole = start + size >= len(text)
    length = len(view) if whole else _length(marks, breaks)
    view, marks, breaks = view[:length], marks[: np.searchsorted(marks, length)], breaks[breaks < length]
    separator, width = ord(dialect.separator), len(shape.places)
    if not length or not _well_quoted(text, view, marks, breaks, start, separator, width):
        return None, 0
    cells = _arrow(pa.py_buffer(text).slice(start, length), dialect.separator, width)
    if cells is None:
        return None, 0
    return Piece(cells, first + _starts(view, marks, breaks), len(breaks), {}), start + length


def _length(marks: np.ndarray, breaks: np.ndarray) -> int:
    """How long is the longest piece that ends behind a line break that stands in no cell? 0: none of the last few."""
    last = breaks[-TRIES:]
    outside = last[np.searchsorted(marks, last) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _well_quoted(
    text: bytes, view: np.ndarray, marks: np.ndarray, breaks: np.ndarray, start: int, separator: int, width: int
) -> bool:
    """Are these marks those of the format?

    They come in pairs; the first of a pair follows the edge of a cell, the second stands before one;
    or it doubles its neighbour. And no cell begins and ends in lines that might be rows of their own.
    """
    if not len(marks) or len(marks) % 2:
        return not len(marks)
    opening, closing = marks[::2], marks[1::2]
    doubled = closing[:-1] + 1 == opening[1:]
    before, after = _around(view, opening - 1, separator), _around(view, closing + 1, separator)
    if not (before[0] and after[-1] and (before[1:] | doubled).all() and (after[:-1] | doubled).all()):
        return False
    broken = np.searchsorted(breaks, opening) < np.searchsorted(breaks, closing)
    ends = zip((start + opening[broken]).tolist(), (start + closing[broken]).tolist(), strict=True)
    return not any(_holds_rows(text, begin, end, bytes([separator]), width) for begin, end in ends)


def _places(view: np.ndarray, byte: int) -> np.ndarray:
    """Where does this byte stand? In small steps, which stay in the processor's cache."""
    steps = range(0, len(view), SMALL)
    return np.concatenate([np.flatnonzero(view[at : at + SMALL] == byte) + at for at in steps])


def _around(view: np.ndarray, at: np.ndarray, separator: int) -> np.ndarray:
    inside = (at >= 0) & (at < len(view))
    byte = view[np.clip(at, 0, len(view) - 1)]
    return ~inside | (byte == separator) | (byte == NEWLINE) | (byte == RETURN)


def _holds_rows(text: bytes, begin: int, end: int, separator: bytes, width: int) -> bool:
    """Have the first and the last line of this cell, each with the cells beside it, separators enough for a row?"""
    first = text.rfind(b"\n", 0, begin) + 1
    if text.count(separator, first, text.find(b"\n", begin)) < width - 1:
        return False
    last, stop = text.rfind(b"\n", begin, end) + 1, text.find(b"\n", end)
    return text.count(separator, last, stop if stop >= 0 else len(text)) >= width - 1


def _arrow(buffer: pa.Buffer, separator: str, width: int) -> pa.Table | None:
    names = [str(at) for at in range(width)]
    misfits: list[arrow_csv.InvalidRow] = []

    def misfit(row: arrow_csv.InvalidRow) -> str:
        misfits.append(row)
        return "error"

    parse = arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True, invalid_row_handler=misfit)
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False, check_utf8=False
    )
    for block in (ARROW_BLOCK, buffer.size + 1):  # a row must fit into a block
        read = arrow_csv.ReadOptions(column_names=names, block_size=block)
        try:
            return arrow_csv.read_csv(pa.BufferReader(buffer), read, parse, convert)
        except pa.ArrowInvalid:
            if misfits or block > buffer.size:
                return None
    return None


def _starts(view: np.ndarray, marks: np.ndarray, breaks: np.ndarray) -> np.ndarray:
    """On which line (0 = the first) does each row of a sound piece start? Empty lines are no rows."""
    outside = np.flatnonzero(np.searchsorted(marks, breaks) % 2 == 0)
    ends = np.append(breaks[outside], len(view))
    starts = np.append(0, ends[:-1] + 1)
    lines = np.append(0, outside + 1)
    lengths = ends - starts
    lengths -= (lengths > 0) & (view[np.maximum(ends - 1, 0)] == RETURN)
    return lines[lengths > 0]


def _damaged(text: bytes, start: int, first: int, dialect: Dialect, shape: Shape) -> tuple[Piece, int]:
    stop = text.find(b"\n", min(start + SMALL, len(text) - 1)) + 1 or len(text)
    ahead = text.find(b"\n", min(stop + AHEAD, len(text) - 1)) + 1 or len(text)
    lines = lines_of(text[start:ahead])
    count = len(lines_of(text[start:stop]))
    records = records_of(lines, count, dialect, shape)
    taken = max([count, *(record.line + record.lines for record in records)])
    end = start + sum(len(line.encode("utf-8")) for line in lines[:taken])
    fit = [record for record in records if record.problem is None]
    columns = [pa.array([record.cells[at] for record in fit], pa.large_string()) for at in range(len(shape.places))]
    cells = pa.table(columns, [str(at) for at in range(len(shape.places))])
    rows = np.array([first + record.line for record in fit], dtype="int64")
    repaired = {at: record.repair for at, record in enumerate(fit) if record.repair is not None}
    unfit = tuple((first + record.line, record) for record in records if record.problem is not None)
    return Piece(cells, rows, text.count(b"\n", start, end), repaired, unfit), end


def lines_of(text: bytes) -> list[str]:
    """Which lines does this UTF-8 text have, with their breaks? Only \\n ends a line."""
    return list(io.StringIO(text.decode("utf-8"), newline="\n"))
