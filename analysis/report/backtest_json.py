"""How does a back-test read for machines, and on a console?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.backtest_tables import figures, hours_text
from analysis.report.backtest_words import curve_words
from analysis.report.reach_tables import iso
from analysis.response.backtest import Backtest, Outcome
from analysis.response.profile import Profile


def backtest_json(tested: Backtest, curve: pd.DataFrame) -> dict[str, Any]:
    """How does a back-test read for machines? Times ISO; null for what is missed, endless or not told."""
    return {
        "alarm": tested.alarm.name,
        "days": number(tested.days),
        "incidents": [outcome_json(outcome) for outcome in tested.outcomes],
        "below": list(tested.below),
        "median_delay_hours": number(tested.median_delay_hours),
        "missed": tested.missed,
        "false_alarms_per_30d": number(tested.false_alarms_per_30d),
        "false_hours_per_30d": number(tested.false_hours_per_30d),
        "false_alarms": [{"first": iso(first), "last": iso(last)} for first, last in tested.false_alarms],
        "flaps": tested.flaps,
        "agreement": number(tested.agreement),
        "curve": [
            {name: int(value) if name == "missed" else number(value) for name, value in row.items()}
            for row in curve.to_dict("records")
        ],
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """How does the outcome of one incident read for machines?"""
    return {
        "name": outcome.name,
        "start": iso(outcome.start),
        "due": iso(outcome.due),
        "detected": iso(outcome.detected),
        "delay_hours": number(outcome.delay_hours),
        "level_true": outcome.level_true.name,
        "level_reached": outcome.level_reached.name,
        "missed": outcome.missed,
    }


def number(value: float | None) -> float | None:
    """How is a number written? At most four digits after the point; null for none, endless, or not a number."""
    return None if value is None or not np.isfinite(value) else round(float(value), 4)


def backtest_words(tested: Backtest, curve: pd.DataFrame, profile: Profile) -> list[Text]:
    """How does a back-test read on a console? Incident by incident, then the figures, then what thresholds cost."""
    lines = [outcome_words(outcome) for outcome in tested.outcomes]
    if tested.below:
        below = ", ".join(tested.below)
        lines.append(_("Truly below the alarm level, so that an alarm in them is false: {names}", names=below))
    lines += [_("{name}: {value}", name=figure.label, value=figure.value) for figure in figures(tested, None)]
    threshold = getattr(profile.thresholds, tested.alarm.name.lower())
    return [*lines, *curve_words(curve, tested, threshold, tested.alarm)]


def outcome_words(outcome: Outcome) -> Text:
    """How does the outcome of one incident read?"""
    values: dict[str, object] = {"name": outcome.name, "due": f"{outcome.due:%Y-%m-%d %H:%M}"}
    values |= {"true": outcome.level_true.label, "reached": outcome.level_reached.label}
    if outcome.detected is None:
        return _("{name}: due {due}, missed; {true} in truth, {reached} reached.", **values)
    values |= {"detected": f"{outcome.detected:%Y-%m-%d %H:%M}", "late": hours_text(outcome.delay_hours)}
    return _("{name}: due {due}, alarm {detected}, {late} late; {true} in truth, {reached} reached.", **values)
