"""How many posts of a span, which share of them, and how many more than before? Counted from the cube alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import Text
from analysis.parts import Part
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.material import Material
from analysis.signals.clock import whole_hour

HOURS = {Span.DAILY: 24, Span.WEEKLY: 168}
HOUR = pd.Timedelta(hours=1)


def spans(material: Material, span: Span) -> tuple[Rows, Rows | None]:
    """Which posts does a report tell of, and with which before them are they compared?

    Whole hours; the last is that of the time as of which it is told. DAILY: 24 hours, and the 24 before. WEEKLY: 168,
    and the 168 before. EVENT: from the event's first hour on, compared with nothing. Of the event that the material is
    of, where it is of one. None where the data do not reach back to the first hour before: part of a day is no day.
    """
    last = whole_hour(material.briefing.as_of)
    where = () if material.event is None else (("event", material.event),)
    if span == Span.EVENT:
        part = part_of(material)
        return Rows(last if part is None else whole_hour(part.began), last, where), None
    length = HOURS[span] * HOUR
    now = Rows(last - length + HOUR, last, where)
    before = Rows(now.since - length, now.since - HOUR, where)
    return now, before if reaches_back(material.cube, before) else None


def part_of(material: Material) -> Part | None:
    """Which part is the report of? None = over all, or not known."""
    return next((part for part in material.briefing.parts if part.id == material.event), None)


def reaches_back(cube: pd.DataFrame, rows: Rows) -> bool:
    """Do the data begin in or before the first of these hours?"""
    return len(cube) > 0 and cube["hour"].iloc[0] <= rows.since


def cells_of(cube: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Which cells hold these posts? cube: sorted by hour; costs what the cells of the span cost."""
    return cube.iloc[places(cube, rows)]


def places(cube: pd.DataFrame, rows: Rows) -> np.ndarray:
    """Where in the cube do these cells stand?"""
    begin = cube["hour"].searchsorted(rows.since, side="left")
    end = cube["hour"].searchsorted(rows.until, side="right")
    there = np.ones(max(end - begin, 0), dtype=bool)
    for column, value in rows.where:
        there &= (cube[column].iloc[begin:end] == value).to_numpy(dtype=bool)
    return begin + np.flatnonzero(there)


def posts_in(cube: pd.DataFrame, rows: Rows) -> int:
    """How many posts are these?"""
    return int(cube["posts"].to_numpy()[places(cube, rows)].sum())


def posts_by(cube: pd.DataFrame, rows: Rows, column: str) -> dict[str, int]:
    """How many of these posts has each value of a column (one of cube.NAMES)? Most first; only those that have any."""
    cells = cells_of(cube, rows)
    sums = cells.groupby(column, observed=True)["posts"].sum().sort_values(ascending=False, kind="stable")
    return {str(value): int(posts) for value, posts in sums.items() if posts > 0}


def narrowed(rows: Rows, column: str, value: str) -> Rows:
    """Which of these posts have this value, too?"""
    return Rows(rows.since, rows.until, (*rows.where, (column, str(value))))


def count_fact(cube: pd.DataFrame, rows: Rows, what: Text) -> Fact:
    """How many posts are these?"""
    return Fact(posts_in(cube, rows), Made.COUNT, what, (rows,))


def share_fact(cube: pd.DataFrame, part: Rows, whole: Rows, what: Text) -> Fact | None:
    """Which share [0, 1] of the whole is the part, as the classifier answers? None: there is nothing to share."""
    total = posts_in(cube, whole)
    return Fact(posts_in(cube, part) / total, Made.SHARE, what, (part, whole)) if total else None


def change_fact(cube: pd.DataFrame, now: Rows, before: Rows, what: Text) -> Fact | None:
    """How many more posts than before, 0.37 = 37% more? None: there was nothing before."""
    earlier = posts_in(cube, before)
    return Fact(posts_in(cube, now) / earlier - 1, Made.CHANGE, what, (now, before)) if earlier else None
