"""What stands in a cell of a file of incidents: a name, a time, a level, levels by hour?"""

from __future__ import annotations

import re

import pandas as pd

from analysis.classify.table import Table, plain
from analysis.language import LANGUAGES, Text, _
from analysis.posts.values import parse_times
from analysis.schema import TIME_DTYPE, InputError, Level

LONGEST_NAME, MOST_HOURS = 100, 200_000
HOUR = pd.Timedelta(hours=1)
LEVELS = {plain(name): level for level in Level for name in (level.name, *map(level.label.to, LANGUAGES))}
RUN = re.compile(r"([^\s:]+):(\d{1,6})")
SHIELDED = re.compile("'(?=[=+@\uff1d\uff0b\uff0d\uff20-])")  # as `spreadsheet_safe` writes such names
CLOCK = "[:时點点]"


def names_of(table: Table, column: int) -> list[str]:
    """How is the incident of each row called? Raises InputError for a name that is blank or too long."""
    cells = ["".join(sign if sign.isprintable() else " " for sign in cell) for cell in table.cells[column]]
    names = [SHIELDED.sub("", " ".join(cell.split()), count=1) for cell in cells]
    for row, name in enumerate(names):
        if not 0 < len(name) <= LONGEST_NAME:
            raise refused(table, row, column, _("Write a name of 1 to 100 characters."))
    return names


def times_of(table: Table, column: int, to_its_end: bool = False) -> list[pd.Timestamp]:
    """Which time stands in each row? to_its_end: a day without a time of day is its last hour."""
    cells = table.cells[column].str.strip()
    never = pd.Series(pd.NaT, cells.index, dtype=TIME_DTYPE)  # no form that counts from today can be meant
    times = parse_times(cells, never)
    if times.isna().any():
        at = int(times.isna().to_numpy().argmax())
        raise refused(table, at, column, _("Write a time with its year, like 2025-10-07 18:00."))
    if to_its_end:
        whole_day = ~cells.str.contains(CLOCK) & (times.dt.hour + times.dt.minute == 0)
        times = times.mask(whole_day, times + 23 * HOUR)
    return list(times)


def levels_of(table: Table, column: int) -> list[Level]:
    """Which level stands in each row? Numbers are refused: plans number levels in both directions."""
    found = [LEVELS.get(plain(cell)) for cell in table.cells[column]]
    for row, level in enumerate(found):
        if level is None:
            raise refused(table, row, column, unknown_level())
    return [level for level in found if level is not None]


def runs_of(table: Table, row: int, column: int, cell: str) -> tuple[int, ...]:
    """Which levels by hour does "ROUTINE:72 MILD:98" tell?"""
    runs = [RUN.fullmatch(run) for run in cell.split()]
    levels = [LEVELS.get(plain(run[1])) if run else None for run in runs]
    told = [(level, int(run[2])) for run, level in zip(runs, levels, strict=True) if run and level is not None]
    if len(told) < len(runs) or sum(hours for _level, hours in told) > MOST_HOURS:
        raise refused(table, row, column, _("Write levels and hours, like ROUTINE:3 MILD:20."))
    return tuple(int(level) for level, hours in told for _hour in range(hours))


def unknown_level() -> Text:
    """What can be written as a level?"""
    names = [_("{name} ({label})", name=level.name, label=level.label) for level in Level]
    return _("Write one of {names}. Numbers are not read, for plans number the levels in both directions.", names=names)


def refused(table: Table, row: int, column: int, remedy: Text) -> InputError:
    """How is a cell refused? By file, row (the header is row 1), column and value, with the remedy."""
    return InputError(
        _(
            "{file}, row {row}, {column}: {value} cannot be read. {remedy}",
            file=table.name,
            row=row + 2,
            column=table.headers[column],
            value=repr(table.cells.loc[row, column][:40]),
            remedy=remedy,
        )
    )
