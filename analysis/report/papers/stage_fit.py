"""How large may the words of a scene be, so that they fill their place on the wall and none leaves it?

All sizes are pixels of a board of 1920 × 1080, which is shown as large as the screen allows. The width of a text is
estimated from above, for no browser is asked; what still does not fit at the least size is cut, with "…".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from unicodedata import combining, east_asian_width

from analysis.language import Text
from analysis.report.papers.blocks import Block, Chart, Lines, Quote, Quotes, Scene, Table

BOARD = (1920, 1080)
SIZES = (56, 52, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 29, 28)  # of words: 28 is read from five metres
CUTS = (99, 6, 4, 3, 2, 1)  # lines that a text may have
LINE = 1.32  # height of a line, in sizes
BETWEEN, INDENT, PAD = 0.5, 1.1, 0.46  # sizes: between two texts, before a point, above and below a row's words
GUTTER = 0.9  # sizes, between two columns of a table
BY = 0.84  # of the size: who said it
WRAPPED = 1.06  # words do not fill their lines to the end


@dataclass(frozen=True)
class Box:
    """Where does something stand on the board? In its pixels, from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


TOP, BOTTOM = 268, 992  # of the words, below a lead on two lines
LEFT, WIDTH, WORDS_WIDTH, CHART_LEFT = 90, 1740, 690, 810
LEAD, LEAD_LONG, LEAD_LINES = 48, 42, 2  # type of the lead, and of one that would need a third line
HIGHER = 64  # pixels that a lead on one line leaves to what is below it
SHORT = 4.5  # sizes: so short a word is not broken
EDGE = 2  # pixels of the rule below a row


@dataclass(frozen=True)
class Fit:
    """How are words set? size: of the type; cut: lines that a text may have; rows: of a table that are shown."""

    size: int
    cut: int
    rows: int


def chart_of(scene: Scene) -> Chart | None:
    """Which chart has a scene? A second one would not be read from five metres."""
    return next((block for block in scene.blocks if isinstance(block, Chart)), None)


def words_of(scene: Scene) -> tuple[Block, ...]:
    """What has a scene beside its chart?"""
    return tuple(block for block in scene.blocks if not isinstance(block, Chart))


def places(scene: Scene, language: str) -> tuple[Box | None, Box | None]:
    """Where do its words stand, and where its chart? None where it has none. Higher under a lead on one line."""
    top = TOP - (HIGHER if lead_lines(scene.lead, language) == 1 else 0)
    whole = Box(LEFT, top, WIDTH, BOTTOM - top)
    if chart_of(scene) is None:
        return whole, None
    if not words_of(scene):
        return None, whole
    words = Box(LEFT, top, WORDS_WIDTH, BOTTOM - top)
    return words, Box(CHART_LEFT, top, LEFT + WIDTH - CHART_LEFT, BOTTOM - top)


def lead_lines(lead: Text, language: str) -> int:
    """How many lines would the lead take in its full size?"""
    return rows(lead.to(language), WIDTH / LEAD, 9)


def fit(blocks: Sequence[Block], box: Box, language: str) -> Fit:
    """How are these words set so that they fit into a box? As large as can be; then cut; then with fewer rows."""
    most = max((len(block.rows) for block in blocks if isinstance(block, Table)), default=0)
    tall = partial(height, blocks, width=box.width, language=language)
    for size in SIZES:
        whole = all(holds(block, size, box.width, language) for block in blocks if isinstance(block, Table))
        if whole and tall(Fit(size, CUTS[0], most)) <= box.height:
            return Fit(size, CUTS[0], most)
    least = SIZES[-1]
    for cut in CUTS:
        if tall(Fit(least, cut, most)) <= box.height:
            return Fit(least, cut, most)
    fewer = (Fit(least, 1, rows) for rows in range(most, 0, -1))
    return next((found for found in fewer if tall(found) <= box.height), Fit(least, 1, 1))


def height(blocks: Sequence[Block], fit: Fit, width: int, language: str) -> float:
    """How high do blocks stand when they are set so?"""
    return sum(block_height(block, fit, width, language) for block in blocks) + fit.size * BETWEEN * (len(blocks) - 1)


def block_height(block: Block, fit: Fit, width: int, language: str) -> float:
    """How high is one block? Headings are as large as the words, and bold."""
    size, said = fit.size, partial(lines_of, language=language, cut=fit.cut)
    if isinstance(block, Table):
        return table_height(block, fit, width, language)
    if isinstance(block, Quotes):
        quotes = sum(quote_height(quote, fit, width, language) for quote in block.quotes)
        return size * LINE + quotes + size * BETWEEN * len(block.quotes)
    if isinstance(block, Lines):
        inner = width - (size * INDENT if block.points else 0)
        lines = sum(said(text, inner / size) for text in block.texts)
        return lines * size * LINE + size * BETWEEN * max(len(block.texts) - 1, 0)
    return 0.0


def holds(table: Table, size: int, width: int, language: str) -> bool:
    """Is no word of a table broken in two, at this size? Longer Chinese may break between any two signs."""
    return all(
        wide(word) * WRAPPED <= max(width * share / size - GUTTER, 1.0)
        for cells in (table.headers, *table.rows)
        for cell, share in zip(cells, table.widths, strict=True)
        for word in cell.to(language).split()
        if wide(word) <= SHORT or word.isascii()
    )


def quote_height(quote: Quote, fit: Fit, width: int, language: str) -> float:
    """How high is a quotation with who said it?"""
    inner = width / fit.size - INDENT
    by = lines_of(quote.by, inner / BY, language, fit.cut)
    return (rows(quote.text, inner, fit.cut) + by * BY) * fit.size * LINE


def table_height(table: Table, fit: Fit, width: int, language: str) -> float:
    """How high is a table? A row is as high as its highest cell; one more tells what is left out."""
    shown = [table.headers, *table.rows[: fit.rows]]
    lines = sum(row_lines(cells, table.widths, fit, width, language) for cells in shown)
    more = fit.rows < len(table.rows)
    return (lines + more) * fit.size * LINE + (len(shown) + more) * (fit.size * PAD + EDGE)


def row_lines(cells: Sequence[Text], widths: Sequence[float], fit: Fit, width: int, language: str) -> int:
    """How many lines has a row?"""
    inner = [max(width * share / fit.size - GUTTER, 1.0) for share in widths]
    return max((lines_of(cell, room, language, fit.cut) for cell, room in zip(cells, inner, strict=True)), default=1)


def lines_of(text: Text, room: float, language: str, cut: int) -> int:
    """How many lines takes a text in a room of so many sizes of its type?"""
    return rows(text.to(language), room, cut)


def rows(text: str, room: float, cut: int) -> int:
    """How many lines takes a finished text? At least one, at most `cut`."""
    return min(max(ceil(wide(text) * WRAPPED / room), 1), cut)


def wide(text: str) -> float:
    """How wide is a text, in sizes of its type? From above: signs that are counted narrow are seldom wider."""
    return sum(sign_width(sign) for sign in text)


def sign_width(sign: str) -> float:
    """How wide is one sign? Chinese ones, emoji and the widest letters fill a square."""
    if combining(sign) or sign in "\u200d\ufe0f":
        return 0.0
    if east_asian_width(sign) in "WFA" or sign in "WMmw%@—…":
        return 1.0
    if sign in " .,:;'|!ijlIt()[]":
        return 0.34
    return 0.68 if sign.isupper() else 0.58
