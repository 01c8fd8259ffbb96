"""What became of a file's rows? The account that every import gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.language import Text
from analysis.posts.mapping import Evidence
from analysis.posts.privacy import masked

RAW_SHOWN = 500
PLACE = ("file", "row", "reason")


@dataclass(frozen=True)
class Repaired:
    """A row of the frame that did not stand in the file as it should. `row` as in SetAside; `what` was done."""

    row: int
    what: Text


@dataclass(frozen=True)
class SetAside:
    """A row that is not in the frame. `row`: its number in the file, header = row 1 (for text files the line on
    which it starts). `cells`: what stood there; it may hold personal data."""

    row: int
    reason: Text
    cells: tuple[str, ...]

    @property
    def raw(self) -> str:
        """How does the row read? At most 500 characters, personal data masked."""
        text = masked(",".join(cell[:RAW_SHOWN] for cell in self.cells))
        return text if len(text) <= RAW_SHOWN else text[:RAW_SHOWN] + "…"


@dataclass(frozen=True)
class ImportReport:
    """What became of a file's rows: good + len(repaired) + len(set_aside) + duplicates == rows.

    `encoding`: of a text file, else ""; `encoding_confidence` [0, 1], 1 = the bytes prove it;
    `replaced_characters`: how many could not be read. `dialect`: how cells are separated, "" where the format
    tells. `preset`: the known tool or vendor with these headers, "" = none. `mapping`: canonical column ->
    header used; `evidence`: why. `unmapped`: headers that no column uses. `first`, `last`: earliest and latest
    published_at of the rows in the frame, None when there are none. `masked`: kind of personal data -> how often
    it stands in the texts; None = was not counted.
    """

    name: str
    sha256: str
    format: str
    encoding: str
    encoding_confidence: float
    replaced_characters: int
    dialect: str
    preset: str
    headers: tuple[str, ...]
    rows: int
    good: int
    repaired: tuple[Repaired, ...]
    set_aside: tuple[SetAside, ...]
    duplicates: int
    evidence: tuple[Evidence, ...]
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    masked: Mapping[str, int] | None = None

    @property
    def mapping(self) -> dict[str, str]:
        """Which header was read as which column?"""
        return {found.column: found.header for found in self.evidence if found.header}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Which headers does no column use?"""
        used = set(self.mapping.values())
        return tuple(header for header in self.headers if header.strip() and header not in used)

    def as_json(self, language: str) -> dict[str, object]:
        """What does the report say as JSON, its reasons in `language`? Rows only as counts."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "format": self.format,
            "encoding": self.encoding,
            "encoding_confidence": round(self.encoding_confidence, 3),
            "replaced_characters": self.replaced_characters,
            "dialect": self.dialect,
            "preset": self.preset,
            "mapping": self.mapping,
            "unmapped": list(self.unmapped),
            "rows": self.rows,
            "good": self.good,
            "repaired": len(self.repaired),
            "repairs": dict(Counter(repair.what.to(language) for repair in self.repaired)),
            "set_aside": len(self.set_aside),
            "reasons": dict(Counter(aside.reason.to(language) for aside in self.set_aside)),
            "duplicates": self.duplicates,
            "first": self.first.isoformat() if self.first is not None else None,
            "last": self.last.isoformat() if self.last is not None else None,
            "masked": dict(self.masked or {}),
        }


def aside_rows(reports: Sequence[ImportReport], language: str) -> pd.DataFrame:
    """Which rows were set aside, in a form that can be put right and read again?

    One row each: file, row, reason, then the cells as they stood, under the headers of the files; cells beyond
    the header's width stand in columns without a name. Personal data is masked in Chinese text. Empty without
    such rows.
    """
    headers = list(dict.fromkeys(header for report in reports if report.set_aside for header in report.headers))
    rows = []
    for report in (report for report in reports if report.set_aside):
        at = [headers.index(header) for header in report.headers]
        for aside in report.set_aside:
            cells = [""] * len(headers)
            for place, cell in zip(at, aside.cells, strict=False):
                cells[place] = _shareable(cell)
            beyond = [_shareable(cell) for cell in aside.cells[len(at) :]]
            rows.append([report.name, str(aside.row), aside.reason.to(language), *cells, *beyond])
    width = max(map(len, rows), default=len(PLACE))
    columns = [*(f"set_aside_{part}" for part in PLACE), *headers]
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return pd.DataFrame(padded, columns=[*columns, *[""] * (width - len(columns))], dtype="str")


def _shareable(cell: str) -> str:
    """A link or an id stays whole: masked digits there could not be read again."""
    return cell if cell.isascii() else masked(cell)
