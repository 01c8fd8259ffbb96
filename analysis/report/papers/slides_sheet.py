"""Which workbook stands behind a native chart? The chart's own data, and nothing that a spreadsheet would compute.

python-pptx writes the workbook with its library's defaults, which make a formula of "=1+1" and a link of an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from pptx.chart.data import ChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class SafeWriter(CategoryWorkbookWriter):
    """Writes words of posts and files as text, whatever they begin with."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (workbook, worksheet):
            for name, value in TEXT_STAYS_TEXT.items():
                setattr(worksheet, name, value)
            yield workbook, worksheet


class SafeData(ChartData):
    """A native chart's data, with a workbook whose cells are safe."""

    @property
    def _workbook_writer(self) -> SafeWriter:
        return SafeWriter(self)
