"""How does a table of the story stand on a slide: native, and never higher than its room?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches

from analysis.language import _
from analysis.report.papers.blocks import Table
from analysis.report.papers.house import House
from analysis.report.papers.slides_fit import LEADING, POINTS, Para, lines_of, shortened
from analysis.report.papers.slides_text import INK, PALE, WHITE, Box, ink_on, words, write

SIZES = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)  # points; smaller nobody reads from the table's end
MOST_LINES = 4  # of a cell, once the smallest size is not small enough
SIDE, AIR = 0.1, 0.09  # inches beside and (both together) above and below a cell's text
TALLEST = 0.62  # inches that a row of one line may grow to where there is room

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Laid:
    """A table that fits: its cells (row 0: headers), their size in points, each row's height in inches; left_out:
    rows that had no room; cut: words are missing."""

    cells: Cells
    size: float
    heights: tuple[float, ...]
    left_out: int = 0
    cut: bool = False


def laid_out(cells: Cells, widths: Sequence[float], height: float) -> Laid:
    """How does a table fit into so many inches of height? widths: of the columns, in inches.

    As large as it can be read; else in the smallest size with cells cut to fewer and fewer lines; else with the
    first rows only, so that a last one can tell how many more there are.
    """
    for size in SIZES:
        heights = [_height(row, widths, size, at == 0) for at, row in enumerate(cells)]
        if sum(heights) <= height:
            return Laid(cells, size, _airy(heights, height))
    size = SIZES[-1]
    for limit in range(MOST_LINES, 0, -1):
        shorter = tuple(_cut(row, widths, size, limit, at == 0) for at, row in enumerate(cells))
        heights = [_height(row, widths, size, at == 0) for at, row in enumerate(shorter)]
        if sum(heights) <= height:
            return _first_whole(cells, Laid(shorter, size, tuple(heights), cut=True), widths, height)
    kept = max(2, int(height / heights[-1]) - 1)
    return Laid(shorter[:kept], size, tuple(heights[:kept]), left_out=len(cells) - kept, cut=True)


def _first_whole(cells: Cells, laid: Laid, widths: Sequence[float], height: float) -> Laid:
    """Which table has its first rows whole after all, as many as there is height left for? What comes first in a
    table matters most."""
    shown, heights = list(laid.cells), list(laid.heights)
    for at, row in enumerate(cells):
        whole = _height(row, widths, laid.size, at == 0)
        if sum(heights) - heights[at] + whole <= height:
            shown[at], heights[at] = row, whole
    return replace(laid, cells=tuple(shown), heights=tuple(heights), cut=tuple(shown) != cells)


def put_table(slide: Slide, table: Table, box: Box, house: House, language: str) -> bool:
    """Where does the table stand? At the top of its box; says whether words were cut or rows left out."""
    widths = [box.width * share / sum(table.widths) for share in table.widths]
    cells = tuple(tuple(words(text, language) for text in row) for row in (table.headers, *table.rows))
    laid = laid_out(cells, widths, box.height)
    rows, heights = laid.cells, laid.heights
    if laid.left_out:
        rest = _("and {n} more, in the notes", n=laid.left_out).to(language)
        rows, heights = (*rows, (rest, *[""] * (len(widths) - 1))), (*heights, heights[-1])
    native = slide.shapes.add_table(len(rows), len(widths), *Box(box.left, box.top, box.width, sum(heights)).emu())
    native.name = "Table"
    native._element.nvGraphicFramePr.cNvPr.set("descr", words(table.title, language))
    for at, width in enumerate(widths):
        native.table.columns[at].width = Inches(width)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        native.table.rows[at].height = Inches(height)
        ground = house.colour if at == 0 else PALE if at % 2 == 0 else WHITE
        for cell, text in zip(native.table.rows[at].cells, row, strict=True):
            _write_cell(cell, Para(text, laid.size, laid.size, _ink(at, house), at == 0), ground, language)
    if laid.left_out and len(widths) > 1:
        native.table.cell(len(rows) - 1, 0).merge(native.table.cell(len(rows) - 1, len(widths) - 1))
    return laid.cut


def _write_cell(cell: _Cell, para: Para, ground: str, language: str) -> None:
    body = cell._tc.get_or_add_txBody()
    write(body, (para,), language)
    body.find(qn("a:bodyPr")).attrib.clear()  # a cell's margins are its own, not its text's
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(AIR / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(ground.lstrip("#").upper())


def _ink(row: int, house: House) -> str:
    return ink_on(house.colour) if row == 0 else INK


def _height(row: tuple[str, ...], widths: Sequence[float], size: float, head: bool) -> float:
    """How high is a row, in inches? As its highest cell; headers are bold."""
    most = max(lines_of(text, _room(width, size), head) for text, width in zip(row, widths, strict=True))
    return most * size * LEADING / POINTS + AIR


def _cut(row: tuple[str, ...], widths: Sequence[float], size: float, lines: int, head: bool) -> tuple[str, ...]:
    return tuple(shortened(text, _room(width, size), lines, head) for text, width in zip(row, widths, strict=True))


def _room(width: float, size: float) -> float:
    return max(1.0, (width - 2 * SIDE) * POINTS / size)


def _airy(heights: Sequence[float], height: float) -> tuple[float, ...]:
    """How high are rows where there is room left? Up to TALLEST for one line, in proportion."""
    grown = min(height / sum(heights), TALLEST / min(heights))
    return tuple(one * max(1.0, grown) for one in heights)
