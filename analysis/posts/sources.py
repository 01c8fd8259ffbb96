"""Which tables does a file hold? Each with its header, its first rows, and a way to read the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

import numpy as np
import pyarrow as pa

from analysis.language import _
from analysis.posts import documents, mapping, workbook
from analysis.posts.body import Body, body_of, ended, in_order, rows_of
from analysis.posts.dialect import Dialect, dialect_of
from analysis.posts.encoding import Decoded, decoded
from analysis.posts.grid import Grid
from analysis.posts.pieces import lines_of, pieces_of
from analysis.posts.rows import Record, literal, strict
from analysis.posts.shape import Shape, shape_of
from analysis.schema import InputError

HEAD_BYTES, HEAD_LINES, HEAD_ROWS, SHORT = 1 << 19, 5_000, 520, 50
NOTHING = b"\xef\xbb\xbf \t\r\n"
ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
LONE_RETURN = re.compile(rb"\r(?!\n)")
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """A table in a file: a text file's only one, or a sheet of a workbook.

    `headers`: unique; "#1", "#2" … where the file has none. `sample`: the first rows under the header that have
    its width. `read`: tell -> the Body, once. `text`: how the bytes were decoded, None for other formats.
    """

    name: str
    format: str
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    shape: Shape
    read: Callable[[Tell], Body] = field(repr=False)
    dialect: str = ""
    text: Decoded | None = field(default=None, repr=False)


def sources_of(
    data: bytes, name: str, given: Mapping[str, str] | None = None, encoding: str = ""
) -> tuple[Source, ...]:
    """Which tables does this file hold? At least one.

    The content decides what the file is, not its name. `given` (canonical column -> header) helps to find the
    header row; `encoding` is the user's choice for a text file, "" = find out. Of a workbook every sheet with a
    known header is a source, else its first. Raises InputError for what the user can mend: an empty file, one
    that holds no table, one without rows under the header.
    """
    if not data[:HEAD_BYTES].strip(NOTHING) and not data.strip(NOTHING):
        raise InputError(_("{name} is empty. Export the posts again and load the new file.", name=name))
    if data.startswith((ZIP, OLE)):
        grids, format = workbook.grids(data, name), "xlsx" if data.startswith(ZIP) else "xls"
        chosen = [grid for grid in grids if _holds_posts(grid, given)] or grids[:1]
        titles = [f"{name} / {grid.name}" if len(chosen) > 1 else name for grid in chosen]
        return tuple(_of_grid(grid, title, given, format) for grid, title in zip(chosen, titles, strict=True))
    if data.startswith(PARQUET):
        return (_of_grid(workbook.parquet(data, name), name, given, "parquet"),)
    text = decoded(data, name, encoding)
    if documents.looks_like_json(text.text):
        grid, bad = documents.json_grid(text.text, name)
        problem = _("The line is not a whole JSON object")
        unfit = tuple((row, Record(row, 1, [raw], problem=problem)) for row, raw in bad)
        return (replace(_of_grid(grid, name, given, "json", unfit), text=text),)
    return (_of_text(text, name, given),)


def _holds_posts(grid: Grid, given: Mapping[str, str] | None) -> bool:
    """Is there a header, and are there times and texts under it?"""
    rows = _first_rows(grid)
    position = mapping.header_position(rows, given)
    if position is None:
        return False
    headers = _unique(rows[position])
    known = given if given and set(given.values()) <= {*headers, ""} else None
    found = mapping.mapped(mapping.proposed(headers, rows[position + 1 :], known))
    return "published_at" in found and ("text" in found or "title" in found)


def _of_grid(
    grid: Grid, name: str, given: Mapping[str, str] | None, format: str, unfit: tuple[tuple[int, Record], ...] = ()
) -> Source:
    rows = _first_rows(grid)
    if grid.headers:
        headers, body = grid.headers, 0
    else:
        headers, body = _headers(rows, name, given)
    if grid.cells.num_rows == body and not unfit:
        raise _no_rows(name, headers)
    sample = tuple(tuple(row[: len(headers)]) for row in rows[body:])
    beyond = grid.cells.column_names[len(headers) :]

    def read(tell: Tell) -> Body:
        cells, numbers = grid.cells.slice(body), grid.rows[body:]
        wide = (
            [at for at, row in enumerate(rows_of(cells.select(beyond))) if any(map(str.strip, row))] if beyond else []
        )
        fit = np.setdiff1d(np.arange(cells.num_rows), wide)
        more = tuple((int(numbers[at]), _too_wide(rows_of(cells.slice(at, 1))[0], len(headers))) for at in wide)
        kept = cells.select(cells.column_names[: len(headers)])
        kept, numbers = (kept.take(pa.array(fit)), numbers[fit]) if len(wide) else (kept, numbers)
        return Body(kept.combine_chunks(), numbers, {}, unfit + more)

    return Source(name, format, _unique(headers), sample, shape_of(sample, len(headers)), read)


def _of_text(decoded: Decoded, name: str, given: Mapping[str, str] | None) -> Source:
    text, cut = _broken_by_newlines(decoded.text), decoded.cut
    lines = lines_of(text[: text.rfind(b"\n", 0, HEAD_BYTES) + 1 or None])[:HEAD_LINES]
    dialect = dialect_of(lines[:HEAD_ROWS])
    head = _head(lines, dialect)
    if not head:
        raise InputError(_("{name} holds no rows. Export the posts again and load the new file.", name=name))
    rows = [record.cells for record in head]
    headers, body = _headers(rows, name, given)
    width = len(headers)
    if len(head) == body and len(lines_of(text)) <= len(lines):
        raise _no_rows(name, headers)
    full = list(takewhile(lambda row: sorted(row) != sorted(headers), (_fitted(row, width) for row in rows[body:])))
    sample = tuple(tuple(row) for row in full if len(row) == width)
    shape = shape_of(full, width)
    first = head[body].line if body < len(head) else len(lines)
    start = sum(len(line.encode("utf-8")) for line in lines[:first])

    held = [text]

    def read(tell: Tell) -> Body:
        """Once only: the text goes when its cells are there, for a large file is not held twice."""
        text = held.pop()
        pieces, whole = pieces_of(text, start, first + 1, dialect, shape, tell), text.endswith(b"\n")
        del text
        body = in_order(body_of(pieces), headers)
        return body if whole else ended(body, cut, shape, sample)

    format, found = "tsv" if dialect.separator == "\t" else "csv", replace(decoded, text=b"")
    return Source(name, format, _unique(headers), sample, shape, read, str(dialect), found)


def _broken_by_newlines(text: bytes) -> bytes:
    """Rows that end in a lone carriage return end in a line feed; inside quotation marks nothing changes."""
    if b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"):
        return text
    parts = text.split(b'"')
    parts[::2] = [LONE_RETURN.sub(b"\n", part) for part in parts[::2]]
    return b'"'.join(parts)


def _head(lines: Sequence[str], dialect: Dialect) -> list[Record]:
    """The first records, before anybody knows how wide they should be: first the width, then the records."""
    alone = Counter(len(literal(line, dialect)) for line in lines[:HEAD_ROWS])
    regular = Counter(len(cells) for cells, used in _strict(lines[:HEAD_ROWS], dialect) if cells and used == 1)
    width = max((regular or alone).items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))[0]
    found: list[Record] = []
    at = 0
    while at < len(lines) and len(found) < HEAD_ROWS:
        cells, used = strict(lines, at, dialect, SHORT)
        if cells is None or (used > 1 and len(cells) != width):
            cells, used = literal(lines[at], dialect), 1
        if any(cell.strip() for cell in cells):
            found.append(Record(at, used, cells))
        at += used
    return found


def _strict(lines: Sequence[str], dialect: Dialect) -> list[tuple[list[str] | None, int]]:
    return [strict(lines, at, dialect, 1) for at in range(len(lines))]


def _headers(rows: Sequence[Sequence[str]], name: str, given: Mapping[str, str] | None) -> tuple[tuple[str, ...], int]:
    """The header's cells, and the number of the first record under it."""
    position = mapping.header_position(rows, given)
    if position is None and mapping.headerless(rows):
        width = Counter(map(len, rows)).most_common(1)[0][0]
        first = next(at for at, row in enumerate(rows) if len(row) == width)
        return tuple(f"#{number}" for number in range(1, width + 1)), first
    position = position or 0
    headers = list(rows[position])
    under = rows[position + 1 :]
    while headers and not headers[-1].strip() and 2 * _told(under, len(headers) - 1) < len(under):
        headers.pop()  # what a few rows have there makes them too wide
    return tuple(headers), position + 1


def _told(rows: Sequence[Sequence[str]], at: int) -> int:
    return sum(bool(cell.strip()) for row in rows for cell in row[at : at + 1])


def _fitted(row: Sequence[str], width: int) -> list[str]:
    """A row without the empty cells behind the header's width."""
    return list(row) if any(cell.strip() for cell in row[width:]) else list(row[:width])


def _first_rows(grid: Grid) -> list[list[str]]:
    return rows_of(grid.cells.slice(0, HEAD_ROWS))


def _too_wide(cells: list[str], width: int) -> Record:
    filled = max(at for at, cell in enumerate(cells) if cell.strip()) + 1
    problem = _("The row has {got} cells, the header has {expected}", got=filled, expected=width)
    return Record(0, 1, cells[:filled], problem=problem)


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    """A header that stands there twice would name two columns: the later ones get a number."""
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        seen[header] += 1
        found.append(header if seen[header] == 1 or not header.strip() else f"{header} ({seen[header]})")
    return tuple(found)


def _no_rows(name: str, headers: Sequence[str]) -> InputError:
    return InputError(
        _(
            "{name} holds a header but no rows under it. Its columns: {columns}. Export the posts again.",
            name=name,
            columns=mapping.shown(headers),
        )
    )
