"""Which rows stand under a header?"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.language import Text, _
from analysis.posts.kinds import Kind
from analysis.posts.pieces import Piece
from analysis.posts.rows import Record
from analysis.posts.shape import Shape

WORKERS = 2


@dataclass(frozen=True)
class Body:
    """The rows under a header. `cells`: those that fit, as text, each column in one chunk; `unfit`: (row in the
    file, record with its problem); `repaired`: position in `cells` -> what was done. `rows`: int64, on which row of
    the file each starts."""

    cells: pa.Table
    rows: np.ndarray
    repaired: dict[int, Text]
    unfit: tuple[tuple[int, Record], ...]


def body_of(pieces: list[Piece]) -> Body:
    """What do these pieces hold together? The list is emptied on the way: a large file is not held twice."""
    starts = list(accumulate((piece.cells.num_rows for piece in pieces), initial=0))
    repaired = {
        start + at: what for start, piece in zip(starts, pieces, strict=False) for at, what in piece.repaired.items()
    }
    rows = np.concatenate([piece.rows for piece in pieces])
    unfit = tuple(record for piece in pieces for record in piece.unfit)
    names = pieces[0].cells.column_names
    chunks = [[chunk for piece in pieces for chunk in piece.cells[name].chunks] for name in names]
    pieces.clear()
    with ThreadPoolExecutor(WORKERS) as pool:
        columns = list(pool.map(_one_chunk, chunks))
    pa.default_memory_pool().release_unused()
    return Body(pa.table(columns, names), rows, repaired, unfit)


def _one_chunk(parts: list[pa.Array]) -> pa.Array:
    whole = pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())
    parts.clear()
    return whole


def in_order(body: Body, headers: Sequence[str]) -> Body:
    """What does the body hold once the cells below a header in another order, as after an append, are put in order?"""
    bare = [header.strip() for header in headers]
    first = pc.utf8_trim_whitespace(body.cells[0]) if len(headers) else pa.array([])
    places = np.flatnonzero(pc.is_in(first, pa.array(bare, pa.large_string())).to_numpy())
    again = [(int(at), [cell.strip() for cell in rows_of(body.cells.slice(at, 1))[0]]) for at in places]
    again = [(at, cells) for at, cells in again if sorted(cells) == sorted(bare) and len(set(bare)) == len(bare)]
    if all(cells == bare for _at, cells in again):
        return body
    starts = [(0, bare), *again, (body.cells.num_rows, bare)]
    parts = []
    for (start, cells), (end, _next) in pairwise(starts):
        part = body.cells.slice(start, end - start).select([str(cells.index(header)) for header in bare])
        parts.append(part.rename_columns(body.cells.column_names))
    return replace(body, cells=pa.concat_tables(parts).combine_chunks())


def ended(body: Body, cut: bool, shape: Shape, sample: Sequence[Sequence[str]]) -> Body:
    """What does a body hold whose file has no line break at its end? Its last row may have been cut off."""
    last = body.cells.num_rows - 1
    if last < 0 or (body.unfit and body.unfit[-1][0] > int(body.rows[last])):
        return body
    cell, place = body.cells[-1][last].as_py(), shape.places[-1]
    shortest = min((len(row[-1]) for row in sample if row[-1]), default=0)
    if cut or (place.kind is Kind.TIME and 0 < len(cell) < shortest):
        problem = _("The file ends in the middle of this row")
        record = Record(0, 1, rows_of(body.cells.slice(last))[0], problem=problem)
        unfit = (*body.unfit, (int(body.rows[last]), record))
        return replace(body, cells=body.cells.slice(0, last), unfit=unfit)
    return body


def rows_of(cells: pa.Table) -> list[list[str]]:
    """Which cells has each row?"""
    return [list(row) for row in zip(*(column.to_pylist() for column in cells.columns), strict=True)]
