"""What stands in each column, so that a damaged row can be judged?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.posts.kinds import Kind, fits, kinds_of

TELLING = frozenset({Kind.TIME, Kind.URL})
PLAIN = re.compile(r"[!-~]+")
NUMBER = re.compile(r"[0-9.]+")
JUDGED_FROM = 5
VOCABULARY_FROM = 20
FEW = 0.2
LONG = 20


@dataclass(frozen=True)
class Place:
    """What may stand in one column. `words`: all that did, where they were few; None where they were many.
    `plain`: every cell was ASCII without spaces (ids). `long`: texts of sentence length stand here. `seen`: of
    times and links, those that stood here as whole cells; the others would have moved here from elsewhere."""

    kind: Kind
    words: frozenset[str] | None = None
    plain: bool = False
    long: bool = False
    seen: frozenset[Kind] = TELLING

    @property
    def free(self) -> bool:
        """Could anything be written here?"""
        return self.kind in (Kind.FREE, Kind.EMPTY) and self.words is None and not self.plain

    def strays(self, cell: str) -> bool:
        """Is this a whole time or link, in a column where none ever stood?"""
        return self.kind in (Kind.FREE, Kind.EMPTY) and not self.long and bool(_telling(cell.strip()) - self.seen)

    def takes(self, cell: str) -> bool:
        """May this cell stand here? An empty one always."""
        bare = cell.strip()
        if not bare:
            return True
        if self.strays(bare):
            return False
        if self.words is not None:
            return bare in self.words
        if self.plain:
            return bool(PLAIN.fullmatch(bare))
        return fits(bare, self.kind)


@dataclass(frozen=True)
class Shape:
    """A place for each column of a file. `trimmed`: the writer leaves out empty cells at the end of a row."""

    places: tuple[Place, ...]
    trimmed: bool = False

    def takes(self, cells: Sequence[str]) -> bool:
        """May each of these cells stand where it stands?"""
        return all(place.takes(cell) for place, cell in zip(self.places, cells, strict=False))

    def misfits(self, cells: Sequence[str]) -> int:
        """How many of these cells cannot belong where they stand? A time or link in another column counts double."""
        pairs = list(zip(self.places, cells, strict=False))
        return sum(not place.takes(cell) for place, cell in pairs) + sum(place.strays(cell) for place, cell in pairs)


def shape_of(rows: Sequence[Sequence[str]], width: int) -> Shape:
    """Which shape have the rows of this width? Rows of another width only tell whether rows are trimmed."""
    full = [row for row in rows if len(row) == width]
    kinds = kinds_of(full, width)
    places = tuple(_place(kind, [row[at].strip() for row in full]) for at, kind in enumerate(kinds))
    short = sum(1 < len(row) < width for row in rows)
    trimmed = short >= max(2, 0.1 * len(rows)) and all(row[-1].strip() for row in rows if row)
    return Shape(places, trimmed)


def _place(kind: Kind, cells: Sequence[str]) -> Place:
    """A word that came up once may be what a damaged row left there, so it is not in the vocabulary."""
    told = [cell for cell in cells if cell]
    if kind not in (Kind.FREE, Kind.EMPTY) or len(cells) < VOCABULARY_FROM:
        return Place(kind)
    seen = frozenset(kind for cell in told for kind in _telling(cell))
    if len(told) < JUDGED_FROM:
        return Place(kind, seen=seen)
    plain = sum(bool(PLAIN.fullmatch(cell)) for cell in told) >= 0.9 * len(told)
    words = {cell for cell in told if told.count(cell) > 1} if len(set(told)) <= FEW * len(told) else None
    vocabulary = frozenset(words) if words and len(told) >= VOCABULARY_FROM else None
    return Place(kind, vocabulary, plain, sum(map(len, told)) / len(told) >= LONG, seen)


def _telling(cell: str) -> set[Kind]:
    """Is this whole cell a time (more than a bare number) or a link?"""
    if NUMBER.fullmatch(cell) or (cell[:1] not in "hHwW/" and not cell[:1].isdigit()):
        return set()
    return {kind for kind in TELLING if fits(cell, kind)}
