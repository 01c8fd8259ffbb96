"""Materials of reports, counted from cells that are written by hand. See tellings.py for those from posts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from frames import EXAMPLE, HOUR, at, posts

from analysis.dataset import NO_EVENTS
from analysis.parts import REST
from analysis.pipeline import brief_cube
from analysis.report.papers.material import Material
from analysis.response.profile import Profile
from analysis.signals.forecast import Ahead, Outlook
from analysis.signals.reach import reach
from analysis.standing import of_part

STEADY = Outlook(  # two posts an hour, for two days
    path=np.full(48, 2.0),
    low=np.full(48, 1.0),
    high=np.full(48, 4.0),
    ahead=(Ahead(24, 48.0, 20.0, 100.0),),
    peak_passed=0.834,
    none=None,
)


def end_of(hour: int) -> pd.Timestamp:
    """Which is the last second of an hour? Then the hour is whole."""
    return at(hour) + HOUR - pd.Timedelta(seconds=1)


def material_of(
    cells: pd.DataFrame,
    hour: int,
    event: str | None = None,
    names: Mapping[str, str] | None = None,
    done: Mapping[str, str] | None = None,
    profile: Profile = EXAMPLE,
) -> Material:
    """What is known at the end of an hour? Each event of the cells exists from its first hour on; nothing is forecast.

    The posts themselves are not at hand: nothing is quoted, and no account is known.
    """
    as_of, held = end_of(hour), cells[cells["event"] != ""].groupby("event", sort=True)["hour"].min()
    rows = [{"id": str(name), "began": first, "exists": first, "spam": False} for name, first in held.items()]
    table = pd.DataFrame(rows, columns=list(NO_EVENTS.columns)) if rows else NO_EVENTS
    briefing = brief_cube(cells, profile, as_of, by_day=True, events=table)
    part = next((part for part in briefing.parts if part.id == event), None)
    told = {part.id: part.id for part in briefing.parts if part.id != REST}
    return Material(
        briefing,
        briefing.standing if part is None else of_part(part, profile, None, briefing.late),
        cells.astype(dict.fromkeys(("platform", "region", "topic", "sentiment", "event"), "category")),
        posts(),
        reach(posts(), as_of, as_of),
        event,
        {**told, **(names or {})},
        done=done or {},
    )
