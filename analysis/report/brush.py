"""Which span of time does a page look at: the one that was brushed, or all that is shown?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.report.top import span_of


@dataclass(frozen=True)
class Span:
    """From when to when, both included; step: "h" or "D", as the charts count; brushed: chosen in the timeline."""

    start: pd.Timestamp
    end: pd.Timestamp
    step: str
    risk_only: bool = False
    brushed: bool = False


def brushed(selection: Mapping[str, Any], step: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Which whole hours (or days) lie under a selection in a chart? Its first and last moment; None if it is empty.

    selection: as Streamlit tells it of a plotly chart, `box` (each with its two ends on x, in either order; the last
    one counts). An hour or a day that is touched counts whole. Times without a zone are the hospital's.
    """
    boxes = selection.get("box") or []
    if not boxes:
        return None
    ends = boxes[-1]["x"]  # drawn in another row, the box before is still told
    spans = [span_of(pd.Timestamp(x).floor(step), step) for x in ends]
    return min(start for start, _end in spans), max(end for _start, end in spans)
