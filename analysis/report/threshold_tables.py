"""How many hours and alerts does each level have under one profile and under another?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _
from analysis.report.overview import hours_in_level, rises
from analysis.report.tables import Row, shown
from analysis.schema import Level

DAYS_30 = 30 * 24  # hours
BEFORE_AFTER = (_("Hours before"), _("Hours after"), _("Alerts before"), _("Alerts after"))
FIRST_SECOND = (_("Hours, first"), _("Hours, second"), _("Alerts, first"), _("Alerts, second"))


def level_table(
    before: pd.DataFrame, after: pd.DataFrame, language: str, titles: tuple[Text, ...] = BEFORE_AFTER
) -> pd.DataFrame:
    """For how many hours was each level in force, and how often was it risen to, before and after?

    before, after: timelines (level by hour). A level that was begun with counts as risen to.
    """
    hours = [hours_in_level(timeline["level"]) for timeline in (before, after)]
    alerts = [alerts_by_level(timeline) for timeline in (before, after)]
    rows: list[Row] = [
        {_("Level"): level.label}
        | {title: f"{count[level]:,}" for title, count in zip(titles[:2], hours, strict=True)}
        | {
            title: "–" if level == Level.ROUTINE else f"{count[level]:,}"
            for title, count in zip(titles[2:], alerts, strict=True)
        }
        for level in Level
    ]
    return shown(rows, language)


def alerts_by_level(timeline: pd.DataFrame) -> dict[int, int]:
    """How often did the level rise to each? 0..3, all named."""
    reached = [level for _hour, level in rises(timeline)]
    return {level: reached.count(level) for level in Level}


def alerts_per_30d(timeline: pd.DataFrame) -> float:
    """How often does the level rise in 30 days, as often as it did over this timeline?"""
    return len(rises(timeline)) * DAYS_30 / len(timeline)
