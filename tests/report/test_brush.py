"""A span that is brushed in a chart: whole hours or days, on the hospital's clock."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.report.brush import brushed


def moment(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="Asia/Shanghai")


@pytest.mark.parametrize(
    ("step", "start", "end"),
    [
        ("h", "2025-03-03 08:00", "2025-03-03 11:59:59.999999"),
        ("D", "2025-03-03 00:00", "2025-03-03 23:59:59.999999"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_hours_and_days_that_are_touched_count_whole(step: str, start: str, end: str, order: int) -> None:
    drawn = ["2025-03-03 08:29:51.2", "2025-03-03 11:00:10"][::order]
    selection = {"box": [{"xref": "x", "yref": "y3", "x": drawn, "y": [3.0, 40.0]}], "points": [{"x": "2025-01-01"}]}
    assert brushed(selection, step) == (moment(start), moment(end))


@pytest.mark.parametrize("selection", [{}, {"box": [], "points": []}, {"points": [{"x": "2025-03-03 08:00"}]}])
def test_without_a_box_there_is_no_span(selection: dict[str, list[dict[str, str]]]) -> None:
    assert brushed(selection, "h") is None


def test_of_several_boxes_the_last_one_drawn_counts() -> None:
    boxes = [{"x": ["2025-03-03 08:10", "2025-03-03 09:10"]}, {"x": ["2025-03-04 01:00", "2025-03-04 02:30"]}]
    assert brushed({"box": boxes}, "h") == (moment("2025-03-04 01:00"), moment("2025-03-04 02:59:59.999999"))
