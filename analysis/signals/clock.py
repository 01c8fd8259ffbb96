"""In which hour does a time lie?

Floored in UTC: in the hours that came twice when Shanghai's summer time ended, the local clock cannot tell.
"""

from __future__ import annotations

import pandas as pd

from analysis.schema import TIMEZONE


def whole_hour(time: pd.Timestamp) -> pd.Timestamp:
    """When did the hour of this time begin?"""
    return time.tz_convert("UTC").floor("h").tz_convert(TIMEZONE)


def whole_hours(times: pd.Series) -> pd.Series:
    """When did the hour of each time begin?"""
    return times.dt.tz_convert("UTC").dt.floor("h").dt.tz_convert(TIMEZONE)
