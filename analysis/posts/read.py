"""Which posts does a file hold, and what could not be read? START HERE for the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd

from analysis.language import Text, _
from analysis.posts import duplicates, mapping
from analysis.posts.columns import dtypes, posts_of
from analysis.posts.table import Record, Table, table_of
from analysis.schema import COLUMNS, InputError

NAMES = [column.name for column in COLUMNS]
RAW_SHOWN = 500


@dataclass(frozen=True)
class SetAside:
    """A row that is not in the frame. `row`: its number in the file, header = row 1 (for CSV the line on
    which it starts). `raw`: its cells, at most 500 characters; it may hold personal data."""

    row: int
    reason: Text
    raw: str


@dataclass(frozen=True)
class ImportReport:
    """What became of a file's rows: good + len(set_aside) + duplicates == rows.

    `mapping`: canonical column -> header used. `unmapped`: headers that no column uses. `first`, `last`:
    earliest and latest published_at of the rows that could be read, None when there are none.
    """

    name: str
    sha256: str
    format: str
    encoding: str
    separator: str
    rows: int
    good: int
    set_aside: tuple[SetAside, ...]
    duplicates: int
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    first: pd.Timestamp | None
    last: pd.Timestamp | None

    def as_json(self, language: str) -> dict[str, object]:
        """What does the report say as JSON, its reasons in `language`? Set-aside rows only as counts."""
        reasons = Counter(aside.reason.to(language) for aside in self.set_aside)
        return {
            "name": self.name,
            "sha256": self.sha256,
            "format": self.format,
            "encoding": self.encoding,
            "separator": self.separator,
            "rows": self.rows,
            "good": self.good,
            "set_aside": len(self.set_aside),
            "reasons": dict(reasons),
            "duplicates": self.duplicates,
            "mapping": dict(self.mapping),
            "unmapped": list(self.unmapped),
            "first": self.first.isoformat() if self.first is not None else None,
            "last": self.last.isoformat() if self.last is not None else None,
        }


def read(
    data: bytes, name: str, received_at: pd.Timestamp, mapping: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, ImportReport]:
    """Which posts does this file hold, and what could not be read?

    `received_at` (tz-aware): when the desk got the file; "3小时前" and dates without year count from it, and
    it is the collected_at (floored to the hour, never before published_at) of rows without one. `mapping`:
    canonical column -> header, over what is guessed; "" = the file has no such column.

    Returns the frame (columns and dtypes of `schema.COLUMNS`, times in Asia/Shanghai, "" and NA = unknown,
    sorted by published_at, index 0..n-1; empty when every row was set aside) and the report. Posts are the
    same by platform and id, or without id by platform, author, minute and text. Raises InputError for what
    the user can mend.
    """
    posts, _keys, report = _keyed(data, name, received_at, mapping)
    return _ordered(posts), report


def read_many(
    files: Iterable[tuple[str, bytes]],
    received_at: pd.Timestamp,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[pd.DataFrame, tuple[ImportReport, ...]]:
    """Which posts do these (name, bytes) hold together?

    `mappings`: file name -> mapping, as in `read`. A post in several files counts for the first of them
    and as a duplicate of the later ones. Without files: an empty frame. Raises InputError that names the
    file.
    """
    parts = [_named(name, data, received_at, (mappings or {}).get(name)) for name, data in files]
    if not parts:
        return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in dtypes().items()}), ()
    frames, keys, reports = zip(*parts, strict=True)
    posts, key = pd.concat(frames, ignore_index=True), pd.concat(keys, ignore_index=True)
    again = key.duplicated()
    lengths = [len(frame) for frame in frames]
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    counts = [int(again.iloc[start : start + length].sum()) for start, length in zip(starts, lengths, strict=True)]
    corrected = (
        replace(report, good=report.good - count, duplicates=report.duplicates + count)
        for report, count in zip(reports, counts, strict=True)
    )
    return _ordered(duplicates.merged(posts, key)), tuple(corrected)


def dataset_id(files: Iterable[tuple[str, bytes]]) -> str:
    """By which id are these (name, bytes) known? sha256 over the bytes, in any order."""
    digests = sorted(sha256(data).digest() for _name, data in files)
    return sha256(b"".join(digests)).hexdigest()


def _named(
    name: str, data: bytes, received_at: pd.Timestamp, given: Mapping[str, str] | None
) -> tuple[pd.DataFrame, pd.Series, ImportReport]:
    try:
        return _keyed(data, name, received_at, given)
    except InputError as error:
        if name in str(error):
            raise
        raise InputError(_("{name}: {problem}", name=name, problem=error.text)) from error


def _keyed(
    data: bytes, name: str, received_at: pd.Timestamp, given: Mapping[str, str] | None
) -> tuple[pd.DataFrame, pd.Series, ImportReport]:
    """The posts in the order of the file, the key of each (same key, same post), and the report."""
    table = table_of(data, name, given)
    chosen = mapping.resolved(table.headers, given)
    mapping.required(table.headers, chosen)
    id_header = "" if "post_id" in (given or {}) else chosen.get("post_id", "")
    cells, set_aside = _cells(table, chosen)
    posts, has_id = posts_of(cells, table.headers, id_header, received_at)
    bad = _unusable(posts)
    set_aside += [_aside(table.records[position], reason, table) for position, reason in bad.items()]
    good = posts.drop(index=list(bad))
    key = duplicates.keys(good, has_id.loc[good.index])
    unique = duplicates.merged(good, key)
    report = ImportReport(
        name=name,
        sha256=sha256(data).hexdigest(),
        format=table.format,
        encoding=table.encoding,
        separator=table.separator,
        rows=len(table.records),
        good=len(unique),
        set_aside=tuple(sorted(set_aside, key=lambda aside: aside.row)),
        duplicates=len(good) - len(unique),
        mapping=chosen,
        unmapped=tuple(header for header in table.headers if header.strip() and header not in chosen.values()),
        first=None if unique.empty else unique["published_at"].min(),
        last=None if unique.empty else unique["published_at"].max(),
    )
    return unique, key.loc[unique.index], report


def _cells(table: Table, chosen: Mapping[str, str]) -> tuple[pd.DataFrame, list[SetAside]]:
    """The records that fit the header, as str columns (index = place in `table.records`); the others."""
    width = len(table.headers)
    problems = [(place, _misfit(record, width)) for place, record in enumerate(table.records)]
    fitting = [place for place, problem in problems if problem is None]
    positions = {column: table.headers.index(header) for column, header in chosen.items()}
    rows = [table.records[place].cells for place in fitting]
    columns = {column: [row[position] for row in rows] for column, position in positions.items()}
    misfits = [_aside(table.records[place], problem, table) for place, problem in problems if problem is not None]
    return pd.DataFrame(columns, index=fitting, dtype="str"), misfits


def _misfit(record: Record, width: int) -> Text | None:
    if record.problem is not None:
        return record.problem
    got = len(record.cells)
    if got < width or any(cell.strip() for cell in record.cells[width:]):
        return _("The row has {got} cells, the header has {expected}", got=got, expected=width)
    return None


def _unusable(posts: pd.DataFrame) -> dict[int, Text]:
    untimed, untexted = posts["published_at"].isna(), posts["text"] == ""
    no_text = _("The row has neither text nor title")
    no_time = _("No time could be read in this row")
    reasons = {int(place): no_text for place in posts.index[untexted]}
    return reasons | {int(place): no_time for place in posts.index[untimed]}


def _aside(record: Record, reason: Text, table: Table) -> SetAside:
    raw = (table.separator or ",").join(record.cells)
    return SetAside(record.row, reason, raw if len(raw) <= RAW_SHOWN else raw[:RAW_SHOWN] + "…")


def _ordered(posts: pd.DataFrame) -> pd.DataFrame:
    return posts.sort_values("published_at", kind="stable", ignore_index=True)[NAMES]


def columns_of(data: bytes, name: str, given: Mapping[str, str] | None = None) -> tuple[Sequence[str], dict[str, str]]:
    """Which headers does a file have, and which columns would be read from them? For choosing."""
    headers = table_of(data, name, given).headers
    return headers, mapping.resolved(headers, given)
