"""At which hours of which days do posts come? The cells of the calendar."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_DAYS = 60  # as columns of their own; beyond, a column is a week


def calendar_grid(hourly: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Which cells has the calendar? A frame a panel, a row an hour of the day, NaN where nothing is known.

    Up to 60 days: "days", a column a day, holding posts. More: "workdays" (Monday to Friday) and "weekends", a column
    a week by its Monday, holding the mean posts of such a day in that week; public holidays are not known.
    """
    when = pd.DatetimeIndex(hourly.index.tz_localize(None))
    days = when.floor("D")
    cells = pd.DataFrame({"posts": hourly["posts"].to_numpy(dtype=float), "hour": when.hour, "column": days})
    panels = {"days": np.ones(len(days), dtype=bool)}
    if (days[-1] - days[0]).days >= MOST_DAYS:
        cells["column"] = days - pd.to_timedelta(days.day_of_week, unit="D")
        panels = {"workdays": days.day_of_week < 5, "weekends": days.day_of_week >= 5}
    columns = pd.DatetimeIndex(cells["column"].unique())
    return {
        name: cells[chosen]
        .pivot_table(index="hour", columns="column", values="posts", aggfunc="mean")
        .reindex(index=range(24), columns=columns)
        for name, chosen in panels.items()
    }
