"""Which rows does a damaged piece of a file hold? What is surely repairable is repaired, the rest set aside."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis.language import Text, _
from analysis.posts.dialect import Dialect, parsed
from analysis.posts.kinds import Kind, blank, fits
from analysis.posts.shape import Shape

MOST_LINES = 1_000
MOST_BROKEN = 20
OPEN_QUOTES_TRIED = 100
MOST_CELLS = 20_000
REMARK = re.compile(
    r"\W*(?:合计|总计|小计|共计?\s*\d|总共|汇总|统计|导出|数据来源|数据截至|截至|以上|备注|说明|注[::]|制表|第\s*\d+\s*页|"
    r"total|exported|source|page\s*\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line on which it starts (0 = the piece's first), how many lines it takes, its cells.

    `repair`: what was done to read it; `problem`: why it is set aside. At most one of the two.
    """

    line: int
    lines: int
    cells: list[str]
    repair: Text | None = None
    problem: Text | None = None


def records_of(lines: Sequence[str], count: int, dialect: Dialect, shape: Shape) -> list[Record]:
    """Which records start in the first `count` of these lines? The lines behind them only end a record.

    Lines carry their line breaks. Wholly empty records are left out. A record that stands as it should is
    taken as it is; else each way to read it is tried, and one is taken only when every cell then fits its
    column and no other way does.
    """
    found: list[Record] = []
    at, tries = 0, OPEN_QUOTES_TRIED
    while at < count:
        record = _next(lines, at, dialect, shape, MOST_LINES if tries > 0 else 1)
        tries -= record.problem is not None
        at += record.lines
        if any(cell.strip() for cell in record.cells):
            _add(found, record, shape)
    return found


def _next(lines: Sequence[str], at: int, dialect: Dialect, shape: Shape, reach: int) -> Record:
    width = len(shape.places)
    cells, used = strict(lines, at, dialect, reach)
    if cells is not None and _regular(cells, width) and not _swallows(lines[at : at + used], dialect, shape):
        return Record(at, used, cells)
    alone = literal(lines[at], dialect)
    if cells is None or used > 1:
        if len(alone) == width and shape.takes(alone):
            return Record(at, 1, alone, repair=_("A quotation mark without its other half was read as text"))
        cells = None
    whole = alone if cells is None else cells
    return (
        _joined_cells(at, whole, dialect, shape)
        or (_joined_lines(lines, at, whole, dialect, shape) if reach > 1 else None)
        or _trimmed(at, whole, shape)
        or Record(at, 1, whole, problem=_problem(whole, width, quoted=cells is None and '"' in lines[at]))
    )


def strict(lines: Sequence[str], at: int, dialect: Dialect, reach: int = MOST_LINES) -> tuple[list[str] | None, int]:
    """Which record starts on this line, and how many lines does it take?

    None for a record in which a quotation mark is out of place, or does not close within `reach` lines.
    """
    reader = parsed((lines[number] for number in range(at, min(at + reach, len(lines)))), dialect, strict=True)
    try:
        return next(iter(reader), []), max(reader.line_num, 1)  # type: ignore[attr-defined]
    except csv.Error:
        return None, 1


def _regular(cells: Sequence[str], width: int) -> bool:
    return not cells or (len(cells) >= width and not any(cell.strip() for cell in cells[width:]))


def _swallows(lines: Sequence[str], dialect: Dialect, shape: Shape) -> bool:
    """Are both the first and the last line of a record whole rows? Then its quotation mark was a stray one."""
    return len(lines) > 1 and all(_whole(line, dialect, shape) for line in (lines[0], lines[-1]))


def _whole(line: str, dialect: Dialect, shape: Shape) -> bool:
    cells = literal(line, dialect)
    width = len(shape.places)
    return len(cells) >= width and shape.takes(cells[:width]) and _told(cells, shape)


def _told(cells: Sequence[str], shape: Shape) -> bool:
    """Does a cell that only a time column can explain stand there? A lone quotation mark or "-" explains nothing."""
    return any(place.kind is Kind.TIME and not blank(cell) for place, cell in zip(shape.places, cells, strict=False))


def literal(line: str, dialect: Dialect) -> list[str]:
    """Which cells has one line when quotation marks hold nothing together? A pair around a whole cell goes.

    Where most cells stand in such pairs, a single mark at a cell's end has lost its other half.
    """
    cells = line.rstrip("\r\n").split(dialect.separator, MOST_CELLS)
    paired = sum(_paired(cell) for cell in cells)
    bare = [cell[1:-1].replace('""', '"') if _paired(cell) else cell for cell in cells]
    if 2 * paired <= sum(bool(cell) for cell in cells):
        return bare
    return [cell.removeprefix('"').removesuffix('"') if cell in cells else cell for cell in bare]


def _half_quoted(cell: str) -> bool:
    """Does a quotation mark stand at one end of a text of several lines? Then it may go on elsewhere."""
    return "\n" in cell and (cell.startswith('"') or cell.endswith('"'))


def _paired(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"'


def _joined_cells(at: int, cells: list[str], dialect: Dialect, shape: Shape) -> Record | None:
    """A separator inside an unquoted text made too many cells: is there one place to join them?"""
    surplus = len(cells) - len(shape.places)
    if surplus <= 0 or surplus > MOST_LINES:
        return None
    ways = []
    for place, taken in enumerate(shape.places):
        pieces = cells[place : place + surplus + 1]
        if not taken.free or not _one_text(pieces, shape):
            continue
        way = [*cells[:place], dialect.separator.join(pieces), *cells[place + surplus + 1 :]]
        if shape.takes(way) and _told(way, shape):
            ways.append(way)
    if len(ways) != 1:
        return None
    return Record(at, 1, ways[0], repair=_("Separators inside the text were put back into it"))


def _one_text(pieces: Sequence[str], shape: Shape) -> bool:
    """Can these be pieces of one sentence? No empty end, and none that could be another column's cell."""
    if not pieces[0].strip() or not pieces[-1].strip() or any('"' in piece for piece in pieces):
        return False
    words = [place.words for place in shape.places if place.words is not None]
    typed = (Kind.TIME, Kind.URL, Kind.COUNT)
    told = [piece.strip() for piece in pieces if piece.strip()]
    return not any(blank(piece) or any(fits(piece, kind) for kind in typed) for piece in told) and not any(
        piece in known for piece in told for known in words
    )


def _joined_lines(lines: Sequence[str], at: int, cells: list[str], dialect: Dialect, shape: Shape) -> Record | None:
    """A line break inside an unquoted text made several short rows: do the next lines complete this one?"""
    width = len(shape.places)
    whole = cells
    for used, line in enumerate(lines[at + 1 : at + 1 + MOST_BROKEN], start=2):
        more = literal(line, dialect)
        if len(whole) >= width or not shape.places[len(whole) - 1].free or _stands_alone(more, shape):
            return None
        whole = [*whole[:-1], f"{whole[-1]}\n{more[0]}", *more[1:]]
        if len(whole) == width:
            whole = [cell[1:-1].replace('""', '"') if "\n" in cell and _paired(cell) else cell for cell in whole]
            fit = shape.takes(whole) and _told(whole, shape) and not any(map(_half_quoted, whole))
            text = _("Line breaks inside the text were put back into it")
            return Record(at, used, whole, repair=text) if fit else None
    return None


def _stands_alone(cells: Sequence[str], shape: Shape) -> bool:
    """Is this line a row or a remark of its own?"""
    width = len(shape.places)
    return (len(cells) >= width and shape.takes(cells[:width])) or (len(cells) == 1 and bool(REMARK.match(cells[0])))


def _trimmed(at: int, cells: list[str], shape: Shape) -> Record | None:
    missing = len(shape.places) - len(cells)
    if not shape.trimmed or missing <= 0 or not _told(cells, shape) or not shape.takes(cells):
        return None
    return Record(at, 1, [*cells, *[""] * missing])


def _problem(cells: Sequence[str], width: int, quoted: bool) -> Text:
    told = [cell for cell in cells if cell.strip()][: width + 1]
    if told and len(told) <= 2 + width // 4 and (REMARK.match(told[0]) or len(cells) == 1):
        return _("A total or a remark, not a post")
    if quoted:
        return _("A quotation mark opens in this row and does not close")
    return _width_problem(len(cells), width)


@cache
def _width_problem(got: int, expected: int) -> Text:
    return _("The row has {got} cells, the header has {expected}", got=got, expected=expected)


def _add(found: list[Record], record: Record, shape: Shape) -> None:
    """Where texts stand in the last or first column, a line of its own beside a row is a part of that text."""
    before = found[-1] if found and found[-1].line + found[-1].lines >= record.line - 1 else None
    if before is not None and shape.places[-1].long and _orphan(record) and before.problem is None:
        last = len(shape.places) - 1
        cells = [*before.cells[:last], f"{before.cells[last]}\n{record.cells[0]}"]
    elif before is not None and shape.places[0].long and _orphan(before) and record.problem is None:
        cells = [f"{before.cells[0]}\n{record.cells[0]}", *record.cells[1:]]
    else:
        found.append(record)
        return
    text = _("Line breaks inside the text were put back into it")
    found[-1] = Record(before.line, record.line + record.lines - before.line, cells, repair=text)


def _orphan(record: Record) -> bool:
    return record.problem is not None and len(record.cells) == 1 and not REMARK.match(record.cells[0])
