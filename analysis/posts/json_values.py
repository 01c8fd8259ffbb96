"""Which values stand in a JSON document or in JSON lines, also where some of it is damaged or cut off?"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import count, islice

from analysis.language import _
from analysis.schema import InputError

WRAPPED = 4
RESYNC_TRIES = 100
BOM = b"\xef\xbb\xbf"
BLANK = b" \t\r\n"
BETWEEN = re.compile(r"[\s,]*")
END = re.compile(r"[\s,\]]*\Z")
Found = Iterator[tuple[int, object]]


class Number(str):
    """A number of the document, as it is written."""

    __slots__ = ()


class Damaged(str):
    """What could not be read, as it stands in the file."""

    __slots__ = ()


def _float(written: str) -> Number:
    whole, point, rest = written.partition(".")
    return Number(whole if point and not rest.strip("0") else written)


DECODER = json.JSONDecoder(parse_int=Number, parse_float=_float, parse_constant=lambda name: None, strict=False)


def values(text: bytes, name: str) -> Found:
    """Which values does this JSON (UTF-8, without mark) hold? Each with its row, Damaged where none could be read.

    A row is the line's number in JSON lines, else the number of the value in its list. Raises InputError for
    a document nested deeper than can be read.
    """
    if _first_line_is_record(text):
        yield from _lines(text)
        return
    decoded = text.decode(errors="replace")
    try:
        value = DECODER.decode(decoded.strip())
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError:
        yield from _lines(text) if _second_line(text) else _scanned(decoded)
    else:
        yield from enumerate(_listed(value), start=1)


def _first_line_is_record(text: bytes) -> bool:
    first = text.lstrip(BLANK)
    end = first.find(b"\n")
    if end < 0 or not _second_line(text):
        return False
    try:
        return isinstance(DECODER.decode(first[:end].rstrip(BLANK + b",").decode(errors="replace")), dict)
    except (ValueError, RecursionError):
        return False


def _second_line(text: bytes) -> bool:
    """Do the first two lines with content both begin with an object?"""
    lines = (line.strip() for line in io.BytesIO(text))
    return [line[:1] for line in islice(filter(None, lines), 2)] == [b"{", b"{"]


def _lines(text: bytes) -> Found:
    for number, line in enumerate(io.BytesIO(text), start=1):
        content = line.strip(BLANK + b",").decode(errors="replace")
        if not content:
            continue
        try:
            yield number, DECODER.decode(content)
        except (ValueError, RecursionError):
            yield from ((number, value) for _index, value in _scanned(content))


def _scanned(text: str) -> Found:
    """Values one after another, with or without commas, of a list that is cut off or damaged in places."""
    first: dict[str, object] = {}
    start = re.match(r"\s*\[", text)
    place = start.end() if start else 0
    for number in count(1):
        place = BETWEEN.match(text, place).end()  # type: ignore[union-attr]
        if END.match(text, place):
            return
        try:
            value, end = DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = _resumed(text, place, first)
            value = Damaged(text[place:end])
        if not first and isinstance(value, dict):
            first = value
        yield number, value
        place = end


def _resumed(text: str, place: int, first: dict[str, object]) -> int:
    """Where does the next record begin? Where an object begins as the first record did and has half its keys."""
    if not first:
        return len(text)
    key = re.escape(json.dumps(next(iter(first)), ensure_ascii=False))
    start = re.compile(r"\}\s*,?\s*(?=\{\s*" + key + r"\s*:)")
    for match in islice(start.finditer(text, place + 1), RESYNC_TRIES):
        try:
            value = DECODER.raw_decode(text, match.end())[0]
        except (ValueError, RecursionError):
            continue
        if 2 * len(value.keys() & first.keys()) >= len(first):
            return match.end()
    return len(text)


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return _longest(value, WRAPPED) or [value]


def _longest(value: object, levels: int) -> list[object]:
    """The longest list with objects inside nested objects."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict) or not levels:
        return []
    return max((_longest(item, levels - 1) for item in value.values()), key=len, default=[])


def _too_deep(name: str) -> InputError:
    return InputError(
        _(
            "{name} is JSON nested too deep to be an export. Export the posts as a list of objects, or as CSV.",
            name=name,
        )
    )
