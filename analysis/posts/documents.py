"""Which records does a JSON document or a file of JSON lines hold, as crawlers write them?

Numbers stay as they are written: an id of nineteen digits must not pass through a float.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

import numpy as np
import pyarrow as pa

from analysis.language import _
from analysis.posts.grid import Grid
from analysis.posts.json_values import BLANK, BOM, DECODER, Damaged, Found, Number, values
from analysis.schema import InputError

HEADERS = 5_000
CELLS = 60_000_000
RECORDS_AT_ONCE = 2_000
FLATTENED = 8
PROBE = 65_536
OBJECTS = re.compile(r"[\[\s]*\{\s*\"")

Bad = list[tuple[int, str]]


def looks_like_json(text: bytes) -> bool:
    """Is this JSON, one document or line by line, and no CSV that begins with a bracket? UTF-8 in."""
    start = text[: PROBE + 3].removeprefix(BOM).lstrip(BLANK)
    if start[:1] not in (b"{", b"["):
        return False
    probe = start.decode(errors="ignore")
    try:
        end = DECODER.raw_decode(probe)[1]
    except RecursionError:
        return True
    except ValueError:
        return OBJECTS.match(probe) is not None
    rest = probe[end:].lstrip()
    return not rest or rest[0] in "{[" or re.match(r",\s*\{", rest) is not None


def json_grid(text: bytes, name: str) -> tuple[Grid, Bad]:
    """Which records does this JSON (UTF-8) hold, and what could not be read (row, raw text)?

    Takes one object a line, a list of objects, or an object in which (at most 4 levels deep) the longest
    list of objects stands. Headers are all keys in the order of their first appearance; nested objects give
    "user.name", lists of plain values are joined by ",", other lists stay JSON. Rows are line numbers for
    JSON lines, else the number of the record in its list. Raises InputError when there is no record, or more
    than 5,000 headers or 60 million cells.
    """
    bad: Bad = []
    tables: list[dict[str, pa.Array]] = []
    rows: list[int] = []
    headers: dict[str, None] = {}
    found = _flat_records(values(text.removeprefix(BOM), name), bad)
    while chunk := list(islice(found, RECORDS_AT_ONCE)):
        rows.extend(row for row, _record in chunk)
        records = [record for _row, record in chunk]
        keys = dict.fromkeys(key for record in records for key in record)
        headers |= keys
        if len(headers) > HEADERS or len(headers) * len(rows) > CELLS:
            raise _too_wide(name, len(headers), len(rows))
        tables.append({key: _column([record.get(key, "") for record in records]) for key in keys})
    if not rows:
        raise _without_records(name, bad)
    sizes = [len(next(iter(table.values()))) for table in tables]
    columns = [_whole_column(key, tables, sizes) for key in headers]
    cells = pa.Table.from_arrays(columns, [str(place) for place in range(len(columns))])
    return Grid(cells, np.array(rows, np.int64), tuple(map(_clean, headers))), bad


def _column(values: list[str]) -> pa.Array:
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_clean(value) for value in values], pa.large_string())


def _clean(text: str) -> str:
    """Half an emoji, as a crawler that cuts texts leaves it, cannot be stored: it becomes "\ufffd"."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole_column(key: str, tables: list[dict[str, pa.Array]], sizes: list[int]) -> pa.ChunkedArray:
    blank = pa.scalar("", pa.large_string())
    return pa.chunked_array(
        [table[key] if key in table else pa.repeat(blank, size) for table, size in zip(tables, sizes, strict=True)]
    )


def _flat_records(found: Found, bad: Bad) -> Iterator[tuple[int, dict[str, str]]]:
    for row, value in found:
        if isinstance(value, dict):
            record = _flat(value, "", FLATTENED, {})
            if any(record.values()):
                yield row, record
        else:
            bad.append((row, str(value) if isinstance(value, Damaged) else _json(value)))


def _flat(value: dict[str, object], prefix: str, levels: int, into: dict[str, str]) -> dict[str, str]:
    for key, item in value.items():
        kind = type(item)
        if kind is str or kind is Number:  # most are: the checks below cost more than the rest
            into[prefix + key] = cast(str, item)
            continue
        plain = _unwrapped(item)
        if isinstance(plain, dict) and plain and levels:
            _flat(plain, f"{prefix}{key}.", levels - 1, into)
        else:
            into[prefix + key] = plain if isinstance(plain, str) else _cell(plain)
    return into


def _unwrapped(value: object) -> object:
    """What MongoDB writes as {"$numberLong": "5"} or {"$date": "2024-03-15T00:00:00Z"} is the value inside."""
    while isinstance(value, dict) and len(value) == 1:
        key, inner = next(iter(value.items()))
        if not key.startswith("$"):
            break
        value = inner
    return value


def _cell(value: object) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return ",".join(item if isinstance(item, str) else _cell(item) for item in value)
    return _json(value)


def _json(value: object) -> str:
    """The value as JSON again, its numbers as they were written."""
    if isinstance(value, Number):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _too_wide(name: str, headers: int, rows: int) -> InputError:
    return InputError(
        _(
            "{name} holds {headers:,} different keys in {rows:,} records, which is no table of posts. "
            "At most {limit:,} keys are read: export the posts alone, or as CSV.",
            name=name,
            headers=headers,
            rows=rows,
            limit=HEADERS,
        )
    )


def _without_records(name: str, bad: Bad) -> InputError:
    if bad:
        return InputError(
            _(
                "{name} looks like JSON, but no record in it can be read; the first fault is in row {row}. "
                "Export it again as a list of objects, as one object a line, or as CSV.",
                name=name,
                row=bad[0][0],
            )
        )
    return InputError(
        _(
            "{name} is JSON without a list of objects. "
            "Export the posts as a list of objects, as one object a line, or as CSV.",
            name=name,
        )
    )
