"""Which posts do these files hold, and what could not be read? START HERE for the import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.language import Text, _
from analysis.posts import duplicates, mapping, privacy
from analysis.posts.columns import dtypes, posts_of
from analysis.posts.containers import unpacked
from analysis.posts.judge import judged, record_of
from analysis.posts.report import ImportReport, Repaired, SetAside
from analysis.posts.sources import Source, sources_of
from analysis.posts.values import time_in_name
from analysis.schema import COLUMNS, InputError

WORKERS = 2
NAMES = [column.name for column in COLUMNS]


@dataclass(frozen=True)
class Choices:
    """What did the user choose for a file? `mapping`: canonical column -> header, over what is guessed ("" = the
    file has no such column); `encoding`: of a text file, "" = find out."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read. `posts`: columns and dtypes of `schema.COLUMNS`, times in Asia/Shanghai, "" and NA = unknown,
    sorted by published_at, index 0..n-1. `reports`: one for each table read. `history`: what the counters of posts
    that were exported several times said when (see `duplicates.history`)."""

    posts: pd.DataFrame
    reports: tuple[ImportReport, ...]
    history: pd.DataFrame


def read(
    data: bytes, name: str, received_at: pd.Timestamp, mapping: Mapping[str, str] | None = None, encoding: str = ""
) -> tuple[pd.DataFrame, ImportReport]:
    """Which posts does this file hold, and what could not be read? As `read_many`, for one file with one table.

    Raises InputError for an archive or workbook with several tables.
    """
    found = read_many([(name, data)], received_at, {name: Choices(mapping or {}, encoding)})
    if len(found.reports) != 1:
        raise InputError(_("{name} holds several tables. Load each of them alone.", name=name))
    return found.posts, found.reports[0]


def read_many(
    files: Iterable[tuple[str, bytes]],
    received_at: pd.Timestamp,
    choices: Mapping[str, Choices] | None = None,
    tell: Callable[[float, Text], None] | None = None,
    personal: bool = False,
) -> Reading:
    """Which posts do these (name, bytes) hold together, and what could not be read?

    Archives are unpacked; each text file, sheet of a workbook or other table gives a report. `received_at`
    (tz-aware): when the desk got the files; "3小时前" and dates without year count from the time in the file's name,
    else from it. A row's collected_at is its own, else the time in the file's name, else the file's last
    published_at. `choices`: name of a file or of a table in it -> Choices. `tell` gets a share [0, 1] and words.
    `personal`: count the personal data in the texts too.

    Posts are the same by platform and id, or without id by platform, author, minute and text: the first counts, the
    others are duplicates, also between files; the highest counters stay. Without files: an empty frame. Raises
    InputError, which names the file, for what the user can mend.
    """
    opened = [part for name, data in files for part in unpacked(name, data)]
    told = _Told(tell, sum(len(data) for _name, data in opened))
    parts = [part for name, data in opened for part in _parts(name, data, received_at, choices or {}, told)]
    if not parts:
        empty = pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in dtypes().items()})
        return Reading(empty, (), duplicates.history(empty, pd.Series(dtype="int64")))
    posts = parts[0].posts if len(parts) == 1 else pd.concat([part.posts for part in parts], ignore_index=True)
    key = duplicates.keys(posts, pd.concat([part.has_id for part in parts], ignore_index=True))
    again = key.duplicated().to_numpy()
    reports, start = [], 0
    for part in parts:
        reports.append(_counted(part, again[start : start + len(part.posts)], personal))
        start += len(part.posts)
    return Reading(_ordered(duplicates.merged(posts, key)), tuple(reports), duplicates.history(posts, key))


@dataclass(frozen=True)
class Proposal:
    """What a table looks like before it is read. `rows`: its first rows under the header."""

    name: str
    encoding: str
    headers: tuple[str, ...]
    evidence: tuple[mapping.Evidence, ...]
    rows: tuple[tuple[str, ...], ...]


def proposals(name: str, data: bytes, choices: Mapping[str, Choices] | None = None) -> tuple[Proposal, ...]:
    """Which headers do the tables of a file have, and which columns would be read from them? For choosing."""
    found = []
    for inner, content in unpacked(name, data):
        for source in _sources(inner, content, choices or {}):
            evidence = mapping.proposed(
                source.headers, source.sample, _chosen(source.name, inner, choices or {}).mapping
            )
            encoding = source.text.encoding if source.text else ""
            found.append(Proposal(source.name, encoding, source.headers, evidence, source.sample))
    return tuple(found)


@dataclass(frozen=True)
class _Part:
    """A table's posts in the order of the file, unmerged; `repaired`: position -> what was done."""

    posts: pd.DataFrame
    has_id: pd.Series
    repaired: dict[int, Text]
    rows: np.ndarray
    report: ImportReport


class _Told:
    """How far is the reading of all the files?"""

    def __init__(self, tell: Callable[[float, Text], None] | None, size: int) -> None:
        self.tell, self.size, self.before = tell, size, 0

    def reach(self, inside: int, rows: int) -> None:
        if self.tell:
            read, size = (self.before + inside) / 1e6, self.size / 1e6
            text = _("{read:,.1f} of {size:,.1f} MB, {rows:,} rows", read=read, size=size, rows=rows)
            self.tell(min(read / max(size, 1e-9), 1.0), text)

    def done(self, size: int) -> None:
        self.before += size


def _sources(name: str, data: bytes, choices: Mapping[str, Choices]) -> tuple[Source, ...]:
    chosen = _chosen(name, name, choices)
    try:
        return sources_of(data, name, chosen.mapping, chosen.encoding)
    except InputError as error:
        raise _naming(name, error) from error


def _chosen(name: str, file: str, choices: Mapping[str, Choices]) -> Choices:
    return choices.get(name) or choices.get(file) or choices.get(file.partition("/")[0]) or Choices()


def _naming(name: str, error: InputError) -> InputError:
    return error if name in str(error) else InputError(_("{name}: {problem}", name=name, problem=error.text))


def _parts(
    name: str, data: bytes, received_at: pd.Timestamp, choices: Mapping[str, Choices], told: _Told
) -> list[_Part]:
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(lambda: sha256(data).hexdigest())
        sources = _sources(name, data, choices)
        parts = []
        for source in sources:
            try:
                found = _part(source, _chosen(source.name, name, choices).mapping, name, received_at, told)
            except InputError as error:
                raise _naming(source.name, error) from error
            parts.append(found)
        told.done(len(data))
        return [replace(part, report=replace(part.report, sha256=digest.result())) for part in parts]


def _part(source: Source, given: Mapping[str, str], file: str, received_at: pd.Timestamp, told: _Told) -> _Part:
    evidence = mapping.proposed(source.headers, source.sample, given)
    chosen = {found.column: found.header for found in evidence if found.header}
    mapping.required(source.headers, chosen)
    body = source.read(told.reach)
    cells = _columns(body.cells, source.headers, chosen)
    platform = mapping.signature(source.headers)
    id_header = "" if given.get("post_id") else chosen.get("post_id", "")
    converted = posts_of(cells, platform, id_header, time_in_name(file), received_at)
    bad, repaired = judged(converted.posts, converted.unread, body, source)
    asides = [SetAside(row, record.problem or Text(""), tuple(record.cells)) for row, record in body.unfit]
    places = zip(body.rows[np.array(list(bad), dtype="int64")].tolist(), bad.items(), strict=True)
    asides += [SetAside(row, reason, record_of(body, at)) for row, (at, reason) in places]
    posts, has_id, rows = converted.posts, converted.has_id, body.rows
    if bad:
        kept = np.setdiff1d(np.arange(len(posts)), list(bad))
        posts, has_id = posts.iloc[kept].reset_index(drop=True), has_id.iloc[kept].reset_index(drop=True)
        place = {int(old): new for new, old in enumerate(kept)}
        repaired = {place[at]: what for at, what in repaired.items() if at in place}
        rows = rows[kept]
    report = _report(source, evidence, body.cells.num_rows + len(body.unfit), asides)
    return _Part(posts, has_id, repaired, rows, report)


def _columns(cells: pa.Table, headers: Sequence[str], chosen: Mapping[str, str]) -> pd.DataFrame:
    places = {column: str(headers.index(header)) for column, header in chosen.items()}
    return pd.DataFrame({column: pd.array(cells[place], dtype="str") for column, place in places.items()})


def _report(source: Source, evidence: tuple[mapping.Evidence, ...], rows: int, asides: list[SetAside]) -> ImportReport:
    text = source.text
    return ImportReport(
        name=source.name,
        sha256="",
        format=source.format,
        encoding=text.encoding if text else "",
        encoding_confidence=text.confidence if text else 1.0,
        replaced_characters=text.replaced if text else 0,
        dialect=source.dialect,
        preset=mapping.preset_of(source.headers),
        headers=source.headers,
        rows=rows,
        good=0,
        repaired=(),
        set_aside=tuple(sorted(asides, key=lambda aside: aside.row)),
        duplicates=0,
        evidence=evidence,
        first=None,
        last=None,
    )


def _counted(part: _Part, again: np.ndarray, personal: bool) -> ImportReport:
    """The report of a part once it is known which of its posts came before."""
    repaired = [at for at in part.repaired if not again[at]]
    done = ((int(part.rows[at]), at) for at in repaired)
    times = part.posts["published_at"][~again]
    masked = privacy.counted(part.posts["text"][~again]) if personal else None
    return replace(
        part.report,
        good=int((~again).sum()) - len(repaired),
        repaired=tuple(Repaired(row, part.repaired[at]) for row, at in sorted(done)),
        duplicates=int(again.sum()),
        first=None if times.empty else times.min(),
        last=None if times.empty else times.max(),
        masked=masked,
    )


def _ordered(posts: pd.DataFrame) -> pd.DataFrame:
    if posts["published_at"].is_monotonic_increasing:
        return posts.reset_index(drop=True)[NAMES]
    order = posts["published_at"].argsort(kind="stable").to_numpy()
    with ThreadPoolExecutor(WORKERS) as pool:
        columns = pool.map(lambda name: posts[name].array.take(order), NAMES)
        return pd.DataFrame(dict(zip(NAMES, columns, strict=True)), copy=False)
