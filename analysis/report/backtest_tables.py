"""How does a back-test read: its figures, its incidents one by one, its false alarms, its cost curve in words?

Names of incidents come from files and are hostile: tables are shown as plain cells, whoever shows a text escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.chart_tables import timed
from analysis.report.charts import LEVEL_MARKS
from analysis.response.backtest import Backtest, Outcome
from analysis.response.incidents import Incident
from analysis.schema import Level

HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Figure:
    """One number of a back-test: its name, what it is in force, what it becomes (None: nothing is tried).

    better: 1 = what is tried is better in this, -1 = worse, 0 = the same.
    """

    label: Text
    value: Text
    tried: Text | None
    better: int
    meaning: Text


def figures(before: Backtest, after: Backtest | None) -> tuple[Figure, ...]:
    """How good is a profile on these incidents, and how good is the one that is tried? Five numbers."""
    kinds = (
        (_("Median delay"), late, lateness, _("From the hour an incident was due to the first alarm in it.")),
        (_("False alarms/30 d"), false_alarms, lambda found: found.false_alarms_per_30d, FALSE_MEANING),
        (_("Missed incidents"), missed, lambda found: found.missed, _("No alarm from their start to their end.")),
        (_("Flaps"), flaps, lambda found: found.flaps, _("The level rose again within 24 hours of a fall.")),
        (_("Agreement"), agreement, lambda found: -found.agreement, AGREEMENT_MEANING),
    )
    return tuple(
        Figure(
            label,
            shown(before),
            None if after is None else shown(after),
            0 if after is None else int(np.sign(cost(before) - cost(after))),
            meaning,
        )
        for label, shown, cost, meaning in kinds
    )


FALSE_MEANING = _(
    "Alarms outside every incident, one for each 24 hours begun; from a day before an incident to a day after it an "
    "alarm is not false."
)
AGREEMENT_MEANING = _("Share of the incidents' hours in which the level is the true one.")


def lateness(found: Backtest) -> float:
    """By how much is a profile late, where more is worse? Infinite where half of the incidents or more are missed."""
    return float("inf") if found.median_delay_hours is None else found.median_delay_hours


def late(found: Backtest) -> Text:
    """How late is a profile at the median?"""
    return hours_text(found.median_delay_hours)


def false_alarms(found: Backtest) -> Text:
    """How often is there an alarm for nothing?"""
    return Text("{n:.1f}", (("n", found.false_alarms_per_30d),))


def missed(found: Backtest) -> Text:
    """How many incidents of how many are missed?"""
    return _("{n} of {all}", n=found.missed, all=len(found.outcomes))


def flaps(found: Backtest) -> Text:
    """How often does the level go up and down?"""
    return Text("{n:,}", (("n", found.flaps),))


def agreement(found: Backtest) -> Text:
    """In which share of the incidents' hours is the level the true one? A dash without incidents."""
    if np.isnan(found.agreement):
        return Text("–")
    return _("{share:.0%}", share=found.agreement)


def hours_text(hours: float | None) -> Text:
    """How are hours told? A dash where there are none: missed."""
    return Text("–") if hours is None or np.isinf(hours) else _("{hours} h", hours=plain_number(hours))


def plain_number(value: float) -> str:
    """How is a number of hours told? Without decimals where it is whole."""
    return f"{value:,.1f}".removesuffix(".0")


def level_text(level: Level, language: str) -> str:
    """How does a level stand in a table? With its mark."""
    return f"{LEVEL_MARKS[level]} {level.label.to(language)}"


def numbered(incidents: Sequence[Incident]) -> dict[str, int]:
    """Which number has each incident, by name? By the order in time, from 1 on: the tables and figures use the same."""
    return {incident.name: at for at, incident in enumerate(incidents, start=1)}


def outcome_table(before: Backtest, after: Backtest | None, numbers: dict[str, int], language: str) -> pd.DataFrame:
    """What became of each incident? A row each, in time: due, detected, hours late, the level reached.

    after: of the profile that is tried, its columns stand beside; times are the hospital's, as text.
    """
    tried = {outcome.name: outcome for outcome in after.outcomes} if after else {}
    rows = [outcome_row(outcome, tried.get(outcome.name), numbers, language) for outcome in before.outcomes]
    names = [_("No."), _("Incident"), _("True level"), _("Due"), _("Detected"), _("Hours late"), _("Level reached")]
    if after:
        names[5:] = [_("Hours late"), _("Hours late, yours"), _("Level reached"), _("Level reached, yours")]
    return pd.DataFrame(rows, columns=[name.to(language) for name in names])


def outcome_row(outcome: Outcome, tried: Outcome | None, numbers: dict[str, int], language: str) -> list[object]:
    """How does one incident stand in the table? Where the draft is tried, its cells follow those in force."""
    both = [outcome] if tried is None else [outcome, tried]
    return [
        numbers[outcome.name],
        outcome.name,
        level_text(outcome.level_true, language),
        moment(outcome.due),
        moment(outcome.detected) if outcome.detected is not None else _("missed").to(language),
        *(_("missed").to(language) if one.missed else plain_number(one.delay_hours or 0) for one in both),
        *(level_text(one.level_reached, language) for one in both),
    ]


def moment(time: pd.Timestamp) -> str:
    """How is an hour told in a table?"""
    return f"{time:%Y-%m-%d %H:%M}"


def false_alarm_table(found: Backtest, language: str) -> pd.DataFrame:
    """When were the false alarms? A row each: first hour, end of the last one, hours."""
    rows = [(moment(first), moment(last + HOUR), int((last - first) / HOUR) + 1) for first, last in found.false_alarms]
    return pd.DataFrame(rows, columns=[name.to(language) for name in (_("From"), _("To"), _("Hours"))])


def curve_points(curve: pd.DataFrame) -> pd.DataFrame:
    """Which points has a cost curve? Thresholds in a row that cost the same are one: columns `low` and `high`.

    curve: as backtest.curve, by rising threshold. The other columns stay.
    """
    cost = ["false_alarms_per_30d", "median_delay_hours", "missed"]
    runs = (curve[cost] != curve[cost].shift()).any(axis=1).cumsum()
    points = curve.groupby(runs.to_numpy()).agg(
        low=("threshold", "first"), high=("threshold", "last"), **{name: (name, "first") for name in cost}
    )
    return points.reset_index(drop=True)


def range_text(low: float, high: float) -> Text:
    """Which thresholds does a point of the curve stand for?"""
    if low == high:
        return Text(f"{low:.1f}")
    return _("{low} to {high}", low=f"{low:.1f}", high=f"{high:.1f}")


def curve_table(curve: pd.DataFrame, language: str) -> pd.DataFrame:
    """What does the cost curve show? A row a threshold; hours late are empty where half of all or more is missed."""
    late_by = curve["median_delay_hours"].replace(np.inf, np.nan)
    columns = {
        _("Threshold"): curve["threshold"].round(2),
        _("False alarms in 30 days"): curve["false_alarms_per_30d"].round(2),
        _("Hours late, median"): late_by,
        _("Missed incidents"): curve["missed"],
    }
    return pd.DataFrame({name.to(language): values.to_numpy() for name, values in columns.items()})


def timeline_table(
    levels: Sequence[tuple[Text, pd.Series]], incidents: Sequence[Incident], language: str
) -> pd.DataFrame:
    """What does the figure over time show? A row an hour: the incident of that hour, the level by each profile."""
    index = pd.DatetimeIndex(levels[0][1].index)
    named = pd.Series("", index, dtype="str")
    for incident in incidents:
        named[incident.start.floor("h") : incident.end] = incident.name
    columns = {_("Incident").to(language): named}
    for name, level in levels:
        columns[name.to(language)] = level.map({int(one): one.label.to(language) for one in Level})
    return timed(pd.DataFrame(columns), language)
