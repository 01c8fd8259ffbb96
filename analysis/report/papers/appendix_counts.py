"""From which counts can every figure of a story be added up again? As few as will do, however many posts there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.report.papers.blocks import Fact, Made, Rows
from analysis.report.papers.counting import cells_of
from analysis.report.papers.facts import LABELS

HOUR = pd.Timedelta(hours=1)
OWN_ID = re.compile("[0-9]{8}-[0-9a-f]{6}")  # how events.detect calls an event: neither a number nor a date
RECOUNTED = {Made.COUNT: 1, Made.SHARE: 2, Made.CHANGE: 2}  # how many Rows each is made of
REST = _("(others)")
NONE = _("(none)")


@dataclass(frozen=True)
class Counts:
    """The counts behind some Rows, in one language.

    cuts: the hours at which a span begins, and the one at which the last ends: span n (from 1 on) lasts from
    cuts[n - 1] until before cuts[n]. columns: of the cube, that some Rows filter on. names: (column, value) → how the
    value is called here, for values that are filtered on; all others are REST. cells: span, columns (called so), posts.
    """

    cuts: tuple[pd.Timestamp, ...]
    columns: tuple[str, ...]
    names: dict[tuple[str, str], str]
    cells: pd.DataFrame

    def spans(self, rows: Rows) -> tuple[int, int]:
        """Which are the first and the last span of these hours? (1, 0) where there are none."""
        if rows.since > rows.until:
            return 1, 0
        return self.cuts.index(rows.since) + 1, self.cuts.index(rows.until + HOUR)

    def posts(self, rows: Rows) -> int:
        """How many posts are these, added up from the cells?"""
        first, last = self.spans(rows)
        kept = self.cells["span"].between(first, last)
        for column, value in rows.where:
            kept &= self.cells[column] == self.names[column, value]
        return int(self.cells.loc[kept, "posts"].sum())


def recounted(fact: Fact) -> bool:
    """Can a figure be added up again from counts of posts? Those that are counted, shared or compared, as numbers."""
    return isinstance(fact.value, (int, float)) and len(fact.rows) >= RECOUNTED.get(fact.made, 99)


def value_of(counts: Counts, fact: Fact) -> float | None:
    """Which value has a figure when it is added up again? None: divided by none. A share said as "fewer" loses its
    sign, and so does it here."""
    numbers = [counts.posts(rows) for rows in fact.rows[: RECOUNTED[fact.made]]]
    if fact.made == Made.COUNT:
        return float(numbers[0])
    if not numbers[1]:
        return None
    share = numbers[0] / numbers[1]
    return share if fact.made == Made.SHARE else fallen(fact) * (share - 1)


def fallen(fact: Fact) -> int:
    """With which sign is a change said? -1 where it is said as "37% fewer"."""
    return -1 if fact.key == "less" else 1


def counts_of(cube: pd.DataFrame, wanted: Iterable[Rows], language: str) -> Counts:
    """Which counts are behind these Rows? Cut in time only where one of them begins or ends, by the columns that one
    filters on, and all values together that none names."""
    spans = [rows for rows in dict.fromkeys(wanted) if rows.since <= rows.until]
    cuts = tuple(sorted({time for rows in spans for time in (rows.since, rows.until + HOUR)}))
    filters = list(dict.fromkeys(filtered for rows in spans for filtered in rows.where))
    columns = tuple(dict.fromkeys(column for column, _value in filters))
    names = named(filters, language)
    whole = cells_of(cube, Rows(cuts[0], cuts[-1] - HOUR)) if cuts else cube.iloc[:0]
    cells = pd.DataFrame({"span": span_of(whole["hour"], cuts)}, index=whole.index)
    for column in columns:
        cells[column] = called(whole[column], column, names, REST.to(language))
    cells["posts"] = whole["posts"]
    held = held_by(spans, cuts)
    cells = cells[cells["span"].isin(held)].groupby(["span", *columns], observed=True, sort=True)["posts"].sum()
    found = cells.reset_index()
    return Counts(cuts, columns, names, found[found["posts"] > 0].reset_index(drop=True))


def span_of(hours: pd.Series, cuts: Sequence[pd.Timestamp]) -> np.ndarray:
    """In which span (from 1 on) does each hour lie?"""
    starts = pd.DatetimeIndex(cuts, tz=hours.dt.tz).as_unit("ns").asi8
    return np.searchsorted(starts, pd.DatetimeIndex(hours).as_unit("ns").asi8, side="right")


def held_by(spans: Sequence[Rows], cuts: Sequence[pd.Timestamp]) -> set[int]:
    """Which spans (from 1 on) does some Rows hold? Those between are nobody's."""
    places = {cut: place for place, cut in enumerate(cuts)}
    return {span + 1 for rows in spans for span in range(places[rows.since], places[rows.until + HOUR])}


def called(values: pd.Series, column: str, names: dict[tuple[str, str], str], rest: str) -> pd.Categorical:
    """How is each value of a column called here?"""
    kinds = values.astype("category").cat
    words = [names.get((column, str(value)), rest) for value in kinds.categories]
    known = list(dict.fromkeys([*words, rest]))
    places = np.array([known.index(word) for word in words] or [0])
    return pd.Categorical.from_codes(places[kinds.codes], categories=known)


def named(filters: Sequence[tuple[str, str]], language: str) -> dict[tuple[str, str], str]:
    """How is each value called that is filtered on? By its label; an id of ours by itself; what is foreign by a number,
    for the name may stand in a formula. No two of a column have the same name, not even in small letters."""
    names: dict[tuple[str, str], str] = {}
    taken: set[tuple[str, str]] = {("", "")}
    for number, (column, value) in enumerate(filters, start=1):
        label = LABELS.get(column, {}).get(value)
        own = column == "event" and OWN_ID.fullmatch(value)
        name = label.to(language) if label else value if own else f"#{number}"
        name = NONE.to(language) if value == "" else name
        if (column, name.lower()) in taken or name == REST.to(language):
            name = f"#{number}"
        taken.add((column, name.lower()))
        names[column, value] = name
    return names
