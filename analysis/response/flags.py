"""What must be kept in mind that never raises the level?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _
from analysis.signals.arrival import EVEN, Pace, paces, seen_share
from analysis.signals.cube import risky, until

READS, REPOSTS = 5_000, 500  # 两高 2013 judicial interpretation on defamation, for one item


def defamation(cube: pd.DataFrame, as_of: pd.Timestamp, pace: Pace = EVEN) -> Text | None:
    """Has one risk post of the last 7 days reached 5,000 views or 500 reposts, by estimate as of then?."""
    cells = until(cube, as_of)
    cells = cells[risky(cells) & (cells["hour"] > as_of - pd.Timedelta(days=7))]
    if cells.empty:
        return None
    share = seen_share(cells["hour"], cells["collected"], as_of, paces(cells["platform"], pace))
    reads, reposts = cells["most_reads"].astype(float) * share, cells["most_reposts"].astype(float) * share
    if not ((reads >= READS) | (reposts >= REPOSTS)).any():
        return None
    return _(
        "Single posts are past 5,000 views or 500 reposts (up to {reads:,.0f} views, {reposts:,.0f} reposts): "
        "keep evidence and call the legal adviser if they are false. This does not raise the level.",
        reads=reads.max() if reads.notna().any() else 0,
        reposts=reposts.max() if reposts.notna().any() else 0,
    )
