"""How do incidents stand in a table that is edited by hand, and which of them can a back-test use?

Names of incidents come from files and are hostile: they are shown as plain cells, whoever shows a text escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.language import Text, _
from analysis.response.incidents import Incident, check_incidents, refuse_twice
from analysis.schema import TIMEZONE, InputError, Level

LABELS = {
    "name": _("Incident"),
    "start": _("Start"),
    "end": _("End"),
    "level": _("True level"),
    "by_hour": _("Told by hour"),
}
WRITTEN = ("name", "start", "end", "level")


def usable(
    incidents: Sequence[Incident], first: pd.Timestamp, last: pd.Timestamp
) -> tuple[tuple[Incident, ...], tuple[Text, ...]]:
    """Which incidents can be judged on data from `first` to `last`, and why can the others not? By start.

    Of two that overlap the earlier one stays. No two share a name.
    """
    kept: list[Incident] = []
    why: list[Text] = []
    for incident in sorted(incidents, key=lambda one: (one.start, one.end)):
        try:
            check_incidents([incident], first, last)
            check_incidents([*kept[-1:], incident], first, last)
        except InputError as error:
            why.append(error.text)
        else:
            kept.append(incident)
    return tuple(kept), tuple(why)


def incident_frame(incidents: Sequence[Incident], language: str) -> pd.DataFrame:
    """Which incidents are there? A row each, to be edited: columns of LABELS, times as on the hospital's clock."""
    rows = [
        (one.name, local(one.start), local(one.end), one.level.label.to(language), bool(one.hours)) for one in incidents
    ]
    frame = pd.DataFrame(rows, columns=list(LABELS))
    return frame.astype({"start": "datetime64[us]", "end": "datetime64[us]", "by_hour": bool})


def local(time: pd.Timestamp) -> pd.Timestamp:
    """Which time is it on the hospital's clock?"""
    return time.tz_convert(TIMEZONE).tz_localize(None)


def edited_incidents(frame: pd.DataFrame, before: Sequence[Incident], language: str) -> tuple[Incident, ...]:
    """Which incidents does an edited table hold? Blank rows are none.

    The levels by hour of an incident stay while its times and level do; it may have another name. Raises InputError
    that names the row and what is missing, and for a name that is there twice.
    """
    levels = {level.label.to(language): level for level in Level}
    by_hour = {(one.start, one.end, one.level): one.hours for one in before}
    found = []
    for at, row in enumerate(frame.itertuples(index=False), start=1):
        cells = {name: getattr(row, name) for name in WRITTEN}
        if all(blank(cell) for cell in cells.values()):
            continue
        refuse_missing(at, [name for name, cell in cells.items() if blank(cell)])
        start, end = (pd.Timestamp(cells[name]).tz_localize(TIMEZONE) for name in ("start", "end"))
        level = levels[cells["level"]]
        name = " ".join(str(cells["name"]).split())[:100]
        found.append(Incident(name, start, end, level, by_hour.get((start, end, level), ())))
    refuse_twice(found)
    return tuple(found)


def blank(cell: object) -> bool:
    """Is nothing written in a cell?"""
    return cell is None or cell is pd.NaT or cell != cell or not str(cell).strip()


def refuse_missing(row: int, missing: Sequence[str]) -> None:
    """Is something missing in a row? Raises InputError that names it."""
    if missing:
        raise InputError(
            _(
                "Row {row} is not counted yet: it needs {missing}. Fill it in, or delete the row.",
                row=row,
                missing=[LABELS[name] for name in missing],
            )
        )


def with_marked(
    incidents: Sequence[Incident], name: str, start: pd.Timestamp, end: pd.Timestamp, level: Level
) -> tuple[Incident, ...]:
    """Which incidents are there once another one was marked by hand? Raises InputError that says what it lacks."""
    called = " ".join(name.split())
    if not called:
        raise InputError(_("Give the incident a name."))
    marked = Incident(called, start, end, level)
    check_incidents([marked], start, end)
    refuse_twice([*incidents, marked])
    return (*incidents, marked)
