"""Which incidents were there, and how grave was each truly? The yardstick of the back-test, from CSV files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from analysis.classify.table import Table, plain, table_of
from analysis.language import _
from analysis.posts.clean import spreadsheet_safe
from analysis.response.incident_cells import levels_of, names_of, runs_of, times_of
from analysis.schema import TIMEZONE, InputError, Level
from analysis.signals.clock import whole_hour

HEADERS = {  # as `plain` writes them
    "name": ("name", "incident", "event", "名称", "事件", "事件名称"),
    "start": ("start", "begin", "开始", "开始时间"),
    "end": ("end", "结束", "结束时间"),
    "level": ("level", "级别", "响应级别"),
    "hour": ("hour", "小时", "时间"),
    "levels": ("levels", "逐时级别"),
}
KNOWN = {header for headers in HEADERS.values() for header in headers}
WHOLE, BY_HOUR = ("name", "start", "end", "level"), ("hour", "name", "level")
MOST, MOST_BYTES = 1_000, 20_000_000
HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Incident:
    """What happened, from when to when (both hours belong to it), and its true level.

    hours: the true level (0..3) of each hour from start's on; () = `level` from start to end.
    """

    name: str
    start: pd.Timestamp
    end: pd.Timestamp
    level: Level
    hours: tuple[int, ...] = ()

    @property
    def gravest(self) -> Level:
        return Level(max(self.hours, default=self.level))

    @property
    def length(self) -> int:
        """In hours, first and last included."""
        return (whole_hour(self.end) - whole_hour(self.start)) // HOUR + 1


def check_incidents(incidents: Sequence[Incident], first: pd.Timestamp, last: pd.Timestamp) -> tuple[Incident, ...]:
    """Can these incidents be judged on data from `first` to `last`? Returns them by start.

    One may begin in the hour in which another ends. Raises InputError that names those which end before they start,
    lie outside the data, overlap, or share a name.
    """
    refuse_twice(incidents)
    for incident in incidents:
        if incident.end < incident.start:
            raise InputError(_("{name} ends before it starts ({span}).", name=incident.name, span=span(incident)))
        if whole_hour(incident.start) < whole_hour(first) or whole_hour(incident.end) > whole_hour(last):
            raise InputError(
                _(
                    "{name} ({span}) lies outside the data, which run from {first} to {last}. Load the posts of that "
                    "time, or leave the incident out.",
                    name=incident.name,
                    span=span(incident),
                    first=written(first),
                    last=written(last),
                )
            )
    found = tuple(sorted(incidents, key=lambda incident: (incident.start, incident.end)))
    for one, other in pairwise(found):
        if whole_hour(other.start) < whole_hour(one.end):
            raise InputError(
                _(
                    "{one} ({span}) and {other} ({other_span}) overlap. End one before the other starts, or make them "
                    "one incident.",
                    one=one.name,
                    span=span(one),
                    other=other.name,
                    other_span=span(other),
                )
            )
    return found


def refuse_twice(incidents: Sequence[Incident]) -> None:
    """Do incidents share a name? Raises InputError that names it."""
    counts = Counter(incident.name for incident in incidents)
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        raise InputError(_("Several incidents are called {names}. Give each its own name.", names=twice[:10]))


def read_incidents(files: Sequence[tuple[str, bytes]]) -> tuple[Incident, ...]:
    """Which incidents do these CSV files (name, bytes) hold? In their order.

    A file has a row an incident (name, start, end, level, and perhaps `levels`: "ROUTINE:72 MILD:98", how many hours of
    each) or a row an hour (hour, name, level); what they say of the same name belongs together. Headers and levels in
    English or Chinese; times in any form of `parse_times` that tells the year, an end without a time of day = the whole
    day. Raises InputError that names file, row, column, value and remedy.
    """
    rows, by_hour = [], []
    for name, data in files:
        if len(data) > MOST_BYTES:
            raise InputError(_("{file} is larger than 20 MB. A file of incidents has a row an incident.", file=name))
        table = table_of(name, data, KNOWN)
        columns = columns_of(table)
        if "hour" in columns and "start" not in columns:
            by_hour.append(hours_of(table, columns))
        else:
            refuse_many(len(table.cells))
            rows.extend(incidents_of(table, columns))
    found = merged(rows, pd.concat(by_hour)) if by_hour else rows
    if not found:
        raise InputError(_("There is no incident in {files}.", files=[name for name, _data in files]))
    refuse_many(len(found))
    refuse_twice(found)
    return tuple(found)


def refuse_many(count: int) -> None:
    """Are these more incidents than anybody can have had? Raises InputError."""
    if count > MOST:
        raise InputError(_("These are {n:,} incidents; 1,000 are the most that are read.", n=count))


def columns_of(table: Table) -> dict[str, int]:
    """Where does each column stand? Raises InputError when those of neither kind of file are there."""
    headers = [plain(header) for header in table.headers]
    found = {
        name: next(headers.index(known) for known in names if known in headers)
        for name, names in HEADERS.items()
        if any(known in headers for known in names)
    }
    if not (set(WHOLE) <= set(found) or set(BY_HOUR) <= set(found)):
        raise InputError(
            _(
                "{file} needs the columns {whole} (a row an incident) or {by_hour} (a row an hour). "
                "Its columns: {columns}.",
                file=table.name,
                whole=list(WHOLE),
                by_hour=list(BY_HOUR),
                columns=[header[:30] for header in table.headers[:30]],
            )
        )
    return found


def incidents_of(table: Table, columns: dict[str, int]) -> list[Incident]:
    """Which incidents are in a file with a row an incident?"""
    names, levels = names_of(table, columns["name"]), levels_of(table, columns["level"])
    start, end = times_of(table, columns["start"]), times_of(table, columns["end"], to_its_end=True)
    runs = table.cells[columns["levels"]] if "levels" in columns else [""] * len(names)
    return [
        with_hours(Incident(*told), runs_of(table, row, columns["levels"], cell) if cell.strip() else ())
        for row, (*told, cell) in enumerate(zip(names, start, end, levels, runs, strict=True))
    ]


def hours_of(table: Table, columns: dict[str, int]) -> pd.DataFrame:
    """Which level had each incident at each hour? hour, name, level of a file with a row an hour."""
    hour = [whole_hour(time) for time in times_of(table, columns["hour"])]
    names, levels = names_of(table, columns["name"]), levels_of(table, columns["level"])
    return pd.DataFrame({"hour": hour, "name": names, "level": levels})


def merged(incidents: Sequence[Incident], by_hour: pd.DataFrame) -> list[Incident]:
    """Which incidents are there, with what is told of them by hour? One told by hour alone runs from first to last."""
    refuse_twice(incidents)
    told = {name: rows.sort_values("hour") for name, rows in by_hour.groupby("name", sort=False)}
    for name, rows in told.items():
        gaps = rows["hour"].diff().iloc[1:] != HOUR
        if gaps.any():
            raise InputError(
                _(
                    "{name}: the levels by hour miss an hour or tell it twice at {hour}. Give each hour one level.",
                    name=name,
                    hour=written(rows["hour"].iloc[1:][gaps].iloc[0]),
                )
            )
    whole = {incident.name for incident in incidents}
    alone = [
        Incident(name, rows["hour"].iloc[0], rows["hour"].iloc[-1], Level(rows["level"].max()), tuple(rows["level"]))
        for name, rows in told.items()
        if name not in whole
    ]
    return [met(incident, told.get(incident.name)) for incident in incidents] + alone


def met(incident: Incident, rows: pd.DataFrame | None) -> Incident:
    """Which incident results when its levels by hour are known? Raises InputError when they are of other hours."""
    if rows is None:
        return incident
    first, last = rows["hour"].iloc[0], rows["hour"].iloc[-1]
    if (first, last) != (whole_hour(incident.start), whole_hour(incident.end)):
        raise InputError(
            _(
                "{name} runs from {span}, its levels by hour from {first} to {last}. "
                "Give a level for every hour of it.",
                name=incident.name,
                span=span(incident),
                first=written(first),
                last=written(last),
            )
        )
    return with_hours(incident, tuple(map(int, rows["level"])))


def with_hours(incident: Incident, hours: tuple[int, ...]) -> Incident:
    """Which incident has these levels by hour? Raises InputError when they contradict its length or its level."""
    if hours and (len(hours) != incident.length or max(hours) != incident.level):
        raise InputError(
            _(
                "{name} lasts {length} hours and is {level}; its levels by hour are {n} hours, the gravest {gravest}. "
                "Make them agree.",
                name=incident.name,
                length=incident.length,
                level=incident.level.label,
                n=len(hours),
                gravest=Level(max(hours)).label,
            )
        )
    return Incident(incident.name, incident.start, incident.end, incident.level, hours)


def incidents_csv(incidents: Sequence[Incident]) -> bytes:
    """How are incidents written down? A CSV that opens in Excel, and that `read_incidents` reads back unchanged."""
    rows = [
        (incident.name, clock(incident.start), clock(incident.end), incident.level.name, runs_written(incident.hours))
        for incident in incidents
    ]
    frame = pd.DataFrame(rows, columns=[*WHOLE, "levels"], dtype="str")
    return spreadsheet_safe(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def runs_written(hours: tuple[int, ...]) -> str:
    """How are levels by hour written in one cell? "ROUTINE:72 MILD:98"; "" for none."""
    if not hours:
        return ""
    level = pd.Series(hours)
    runs = level.groupby((level != level.shift()).cumsum()).agg(["first", "size"])
    return " ".join(f"{Level(first).name}:{size}" for first, size in runs.itertuples(index=False))


def clock(time: pd.Timestamp) -> str:
    return f"{time.tz_convert(TIMEZONE):%Y-%m-%d %H:%M:%S}"


def written(time: pd.Timestamp) -> str:
    return f"{time.tz_convert(TIMEZONE):%Y-%m-%d %H:%M}"


def span(incident: Incident) -> str:
    return f"{written(incident.start)} – {written(incident.end)}"
