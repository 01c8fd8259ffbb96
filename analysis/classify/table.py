"""Which cells does a file of separated values hold?"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Set
from typing import NamedTuple

import pandas as pd

from analysis.language import _
from analysis.schema import InputError

SEPARATORS = (",", "\t", ";")
LARGEST_CELL = 2**31 - 1


class Table(NamedTuple):
    """A file as it stands: cells are a frame of str whose columns are numbered like the headers."""

    name: str
    headers: list[str]
    cells: pd.DataFrame


def table_of(name: str, data: bytes, known: Set[str]) -> Table:
    """Which cells does a file hold? Its first line that is not blank is the header.

    known: headers to look for, as `plain` writes them; they tell the separator. Raises InputError for a file
    that is empty or no text, for quotation marks that do not go in pairs, and for rows wider than the header.
    """
    text = decoded(name, data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise InputError(_("{file} is empty.", file=name))
    by_separator = {separator: next(csv.reader([first], delimiter=separator)) for separator in SEPARATORS}
    separator = max(SEPARATORS, key=lambda each: (familiar(by_separator[each], known), len(by_separator[each])))
    headers, *records = parsed(name, text, separator)
    width = len(headers)
    if familiar(headers, known):  # else the headers are the first thing to say
        refuse_wide(name, width, records)
    filled = [[*cells, *[""] * (width - len(cells))][:width] for cells in records]
    return Table(name, list(map(str.strip, headers)), pd.DataFrame(filled, columns=range(width), dtype="str"))


def familiar(headers: list[str], known: Set[str]) -> int:
    """How many of these headers are known?"""
    return sum(plain(header) in known for header in headers)


def refuse_wide(name: str, width: int, records: list[list[str]]) -> None:
    """Does a row hold more cells than there are headers? Then it cannot be told which is which."""
    for row, cells in enumerate(records, 2):
        if any(map(str.strip, cells[width:])):
            said = _(
                "{file}, row {row}: {found} cells under {wanted} headers. Put quotation marks around texts "
                "that hold the separator.",
                file=name,
                row=row,
                found=len(cells),
                wanted=width,
            )
            raise InputError(said)


def parsed(name: str, text: str, separator: str) -> list[list[str]]:
    """Which rows of cells are there, blank ones left out? In a tab-separated file whose quotation marks do
    not go in pairs, or would hold tabs, they are letters like others."""
    csv.field_size_limit(LARGEST_CELL)

    def rows(quoting: int) -> list[list[str]]:
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=separator, quoting=quoting, strict=True)  # type: ignore[arg-type]
        return [cells for cells in reader if any(map(str.strip, cells))]

    try:
        found = rows(csv.QUOTE_MINIMAL)
        if separator == "\t" and any("\t" in cell for cells in found for cell in cells):
            return rows(csv.QUOTE_NONE)
        return found
    except csv.Error as error:
        if separator == "\t":
            return rows(csv.QUOTE_NONE)
        said = _("{file} is no proper CSV: {reason}. Save it again as CSV UTF-8.", file=name, reason=str(error))
        raise InputError(said) from error


def decoded(name: str, data: bytes) -> str:
    """Which text do these bytes hold? A byte order mark is believed; without one UTF-8, then GB18030."""
    encodings = ["utf-8", "gb18030"]
    if data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(
        _("{file} is not text in UTF-8, UTF-16 or GB18030. Save the table as CSV UTF-8 and try again.", file=name)
    )


def plain(cell: str) -> str:
    """What is left of a header or label without case, width, blanks and kinds of dash?"""
    written = unicodedata.normalize("NFKC", cell).casefold()
    return re.sub(r"[\s_]+", "", written).replace("–", "-").replace("−", "-")
