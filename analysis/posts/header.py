"""Which row of a file is its header, if any is?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.posts.kinds import Kind, blank, fits, kinds_of
from analysis.posts.spelling import named
from analysis.posts.vendors import key

SEARCHED, JUDGED = 20, 100
LONGEST = 30
FILLED = 0.8
TYPED = (Kind.TIME, Kind.COUNT, Kind.URL)


def header_position(rows: Sequence[Sequence[str]], given: Mapping[str, str] | None = None) -> int | None:
    """Which of the first 20 rows is the header? None when none is.

    The first that holds the headers the user chose (`given`: canonical column -> header); else that names a
    time and a text or title; else that holds known names and no value; else that is of the table's full width,
    all short different words, above columns of times, counts or links into which its own cells do not fit.
    """
    wanted = {key(header) for header in (given or {}).values() if header}
    first = rows[:SEARCHED]
    if wanted:
        chosen = next((at for at, row in enumerate(first) if wanted <= {key(cell) for cell in row}), None)
        if chosen is not None:
            return chosen
    known = [named(row) for row in first]
    words = [not any(_value(cell) for cell in row) for row in first]
    for at, found in enumerate(known):
        if words[at] and "published_at" in found and ("text" in found or "title" in found):
            return at
    for at, found in enumerate(known):
        if words[at] and _mostly_known(first[at], found):
            return at
    width = _width(rows)
    return next((at for at, row in enumerate(first) if words[at] and _stands_out(row, rows[at + 1 :], width)), None)


def headerless(rows: Sequence[Sequence[str]]) -> bool:
    """Do the data begin at once? The first row of full width holds a time above times, its other cells fit
    the columns below, and it does not name columns."""
    width = _width(rows)
    full = [row for row in rows[:JUDGED] if len(row) == width and _filled(row) > 1]
    if not full:
        return False
    kinds = kinds_of(full[1:] or full, width, least=1)
    timed = any(kind is Kind.TIME and not blank(cell) for cell, kind in zip(full[0], kinds, strict=True))
    if not timed or not all(map(fits, full[0], kinds)):
        return False
    free = [cell for cell, kind in zip(full[0], kinds, strict=True) if kind not in TYPED]
    return len({header for headers in named(free).values() for header in headers}) < 2


def _value(cell: str) -> bool:
    """Is this what stands under a header and never in one: a time, a link, a number?"""
    return not blank(cell) and (
        fits(cell, Kind.TIME) or fits(cell, Kind.URL) or (cell.strip()[:1].isdigit() and fits(cell, Kind.COUNT))
    )


def _mostly_known(row: Sequence[str], found: Mapping[str, Sequence[str]]) -> bool:
    """Three known names, or two that are at least half of the cells."""
    names = {header for headers in found.values() for header in headers}
    return len(names) >= 3 or (len(names) == 2 and _filled(row) <= 4)


def _stands_out(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    words = [cell.strip() for cell in row if cell.strip()]
    whole = 1 < width == len(row) and len(words) >= FILLED * width
    if not whole or len(set(words)) < len(words) or max(map(len, words)) > LONGEST:
        return False
    kinds = kinds_of([other for other in below[:JUDGED] if len(other) == width], width, least=1)
    above = [(cell, kind) for cell, kind in zip(row, kinds, strict=True) if kind in TYPED and not blank(cell)]
    return bool(above) and not any(fits(cell, kind) for cell, kind in above)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells have most of the rows that hold more than one?"""
    counts = Counter(len(row) for row in rows[:JUDGED] if _filled(row) > 1)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)
