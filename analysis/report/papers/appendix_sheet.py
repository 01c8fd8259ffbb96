"""How do values stand in a sheet, so that none of them runs, breaks the file, or is cut at the paper's edge?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, isfinite
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from analysis.report.papers.house import House
from analysis.report.papers.safe import clean

LONGEST = 30_000  # characters in a cell; a workbook holds 32,767
FONT = "微软雅黑"  # a program that has no such font takes its own
A4 = 9
ROOMY = 1.1  # words are not broken in two, and capitals are wider
LINE, HIGHEST = 13.5, 400.0  # points: of a line of text, and what a row may have
LARGEST = 2**53  # whole numbers beyond it are not exact in a workbook


def formats(book: Workbook) -> dict[str, Format]:
    """How do cells look? Those of text keep a first = + - @ as text, also when they are edited."""
    usual: dict[str, object] = {"font_name": FONT, "font_size": 10, "valign": "top"}
    told: dict[str, dict[str, object]] = {
        "head": {"bold": True, "text_wrap": True, "align": "left", "indent": 1, "bg_color": "#E8EEF3", "bottom": 1},
        "text": {"text_wrap": True, "quote_prefix": True, "align": "left", "indent": 1},
        "number": {"num_format": "#,##0.######"},
        "whole": {"num_format": "#,##0"},
        "share": {"num_format": "0.0%"},
        "time": {"num_format": "yyyy-mm-dd hh:mm", "align": "left", "indent": 1},
    }
    return {name: book.add_format(usual | look) for name, look in told.items()}


class Sheet:
    """One sheet of a workbook, written cell by cell; rows and columns count from 0, the head is row 0."""

    def __init__(self, book: Workbook, name: str, house: House, looks: Mapping[str, Format]) -> None:
        self.looks, self.widths = looks, list[float]()
        self.lines: dict[int, int] = {}
        self.sheet = book.add_worksheet(name)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.repeat_rows(0)
        whose = " ".join(clean(house.hospital).split()).replace("&", "&&")[:100]
        self.sheet.set_header(f"&L{whose}&R&A" if not whose[:1].isdigit() else f"&L {whose}&R&A")
        self.sheet.set_footer("&C&P / &N")

    def head(self, columns: Sequence[tuple[str, float]]) -> None:
        """How are the columns called, and how wide (in characters) are they?"""
        self.widths = [width for _name, width in columns]
        for place, (name, width) in enumerate(columns):
            self.sheet.set_column(place, place, width)
            self.sheet.write_string(0, place, clean(name), self.looks["head"])
            self.lines[0] = max(self.lines.get(0, 1), lines_of(name, width - 2))

    def done(self, rows: int) -> None:
        """How does one look through so many rows? The head stays, columns can be filtered, rows are as high as their
        texts, for not every program finds that out by itself."""
        for row, lines in self.lines.items():
            self.sheet.set_row(row, min(LINE * lines + 3, HIGHEST))
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, rows, len(self.widths) - 1)

    def text(self, row: int, column: int, text: str) -> None:
        """How does a text stand in a cell? As text, whatever it begins with; "" leaves it empty."""
        plain = clean(text).strip()
        plain = plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"
        if plain:
            self.sheet.write_string(row, column, plain, self.looks["text"])
            self.lines[row] = max(self.lines.get(row, 1), lines_of(plain, self.widths[column] - 2))

    def value(self, row: int, column: int, value: object, share: bool = False) -> None:
        """How does a value stand in a cell? Numbers and times as such, without their zone; unknown leaves it empty."""
        plain = value.item() if isinstance(value, np.generic) else value
        if isinstance(plain, pd.Timestamp):
            self.sheet.write_datetime(row, column, plain.tz_localize(None).to_pydatetime(), self.looks["time"])
        elif isinstance(plain, (int, float)) and not isinstance(plain, bool) and abs(plain) < LARGEST:
            if isfinite(plain):
                look = "share" if share else "whole" if plain == int(plain) else "number"
                self.sheet.write_number(row, column, plain, self.looks[look])
        elif plain is not None and plain is not pd.NA and plain is not pd.NaT:
            self.text(row, column, str(plain))

    def formula(self, row: int, column: int, formula: str, value: float | str | None, share: bool = False) -> None:
        """How does a formula of the desk stand in a cell? With the value that it has, for programs that do not add."""
        look = "share" if share else "text" if isinstance(value, str) else "whole"
        self.sheet.write_formula(row, column, formula, self.looks[look], "–" if value is None else value)


def lines_of(text: str, width: float) -> int:
    """How many lines does a text take in a column of so many characters? Chinese ones count twice."""
    lengths = (sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in text.split("\n"))
    return sum(max(ceil(length * ROOMY / width), 1) for length in lengths)
