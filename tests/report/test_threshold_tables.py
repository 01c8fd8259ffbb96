"""Are hours and alerts of each level counted before and after?"""

from __future__ import annotations

import pandas as pd
import pytest
from frames import at

from analysis.report.threshold_tables import alerts_per_30d, level_table


def timeline(levels: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"level": levels}, index=pd.date_range(at(0), periods=len(levels), freq="h"))


def test_hours_and_alerts_are_counted_before_and_after() -> None:
    before, after = timeline([1, 1, 0, 1, 3, 3]), timeline([0, 0, 0, 2, 1, 2])
    assert level_table(before, after, "en").values.tolist() == [
        ["Routine", "1", "3", "–", "–"],
        ["Mild", "3", "1", "2", "0"],
        ["Moderate", "0", "2", "0", "2"],
        ["Severe", "2", "0", "1", "0"],
    ]


@pytest.mark.parametrize(("levels", "alerts"), [([0] * 72, 0), ([0, 1] + [0] * 70, 10), ([1, 2, 0, 1] + [0] * 68, 30)])
def test_alerts_are_told_for_30_days(levels: list[int], alerts: float) -> None:
    assert alerts_per_30d(timeline(levels)) == pytest.approx(alerts)
