"""How are a text file's cells told apart?"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from analysis.posts.kinds import Kind, fits

SEPARATORS = (",", "\t", ";", "|", "，")
SAMPLE_RECORDS = 100
LARGEST_CELL = 2**31 - 1
HINT = re.compile(r'^"?sep=(.)"?\s*$', re.I)
UNTYPED = 0.2


@dataclass(frozen=True)
class Dialect:
    """`separator`: one character. `escape`: "\\\\" where a quotation mark inside a cell is written \\", else
    "" (it is doubled)."""

    separator: str = ","
    escape: str = ""

    def __str__(self) -> str:
        name = {"\t": "tab"}.get(self.separator, self.separator)
        return f'{name} \\"' if self.escape else name


def dialect_of(lines: Sequence[str]) -> Dialect:
    """Which dialect do these first lines of a file speak?

    The one in which most records have the same number of cells, more than one, and a time stands in them:
    every export of posts has one. Among equals the one with more cells.
    """
    hint = HINT.match(lines[0]) if lines else None
    escapes = ("", "\\") if any('\\"' in line for line in lines) else ("",)
    dialects = [Dialect(separator, escape) for separator in SEPARATORS for escape in escapes]
    if hint and any(dialect.separator == hint[1] for dialect in dialects):
        dialects = [dialect for dialect in dialects if dialect.separator == hint[1]]
    return max(dialects, key=lambda dialect: _agreement(lines, dialect))


def parsed(lines: Iterator[str], dialect: Dialect, strict: bool = False) -> Iterator[list[str]]:
    """Which records do these lines hold? With `strict`, csv.Error where a quotation mark is out of place."""
    csv.field_size_limit(LARGEST_CELL)
    escape = dialect.escape or None
    return csv.reader(lines, delimiter=dialect.separator, escapechar=escape, doublequote=escape is None, strict=strict)


def _agreement(lines: Sequence[str], dialect: Dialect) -> tuple[float, int]:
    if not any(dialect.separator in line for line in lines):
        return 0.0, 1
    try:
        found = islice(parsed(iter(lines), dialect), SAMPLE_RECORDS)
        records = [cells for cells in found if any(map(str.strip, cells))]
    except csv.Error:  # a lone carriage return outside quotation marks: with this separator they hold nothing
        return 0.0, 1
    widths = Counter(len(cells) for cells in records if len(cells) > 1)
    if not widths:
        return 0.0, 1
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    timed = sum(_timed(cells) for cells in records if len(cells) == width) / times
    return times / len(records) * (UNTYPED + timed), width


def _timed(cells: Sequence[str]) -> bool:
    return any(cell.strip() and any(map(str.isdigit, cell)) and fits(cell, Kind.TIME) for cell in cells)
