"""What do the cost curve, a search for an earlier alarm, and a suggestion say in words? Honest where they find nothing.

Names of incidents are hostile: whoever shows a text escapes it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.backtest_tables import false_alarms, hours_text, late, lateness, plain_number
from analysis.response.backtest import Backtest, Outcome
from analysis.response.profile import Profile, profile_label
from analysis.response.suggest import TRIED, Earlier, Suggestion
from analysis.schema import Level


def curve_words(curve: pd.DataFrame, today: Backtest, threshold: float, alarm: Level) -> tuple[Text, ...]:
    """How does the cost curve read? Where it stands today, then what other thresholds alone would buy.

    today: the back-test of the profile in force, whose threshold of the alarm level is `threshold`.
    """
    here = _(
        "Now, with {level} from {threshold}: {false} false alarms in 30 days, {late} late, {missed} missed.",
        level=alarm.label,
        threshold=f"{threshold:g}",
        false=false_alarms(today),
        late=late(today),
        missed=today.missed,
    )
    return here, sooner(curve, today, threshold, alarm), quieter(curve, today, threshold, alarm)


def sooner(curve: pd.DataFrame, today: Backtest, threshold: float, alarm: Level) -> Text:
    """Which threshold alone would be earlier, and at what price? The cheapest in false alarms."""
    earlier = curve[(curve["median_delay_hours"] < lateness(today)) & (curve["missed"] <= today.missed)]
    if earlier.empty:
        return _("No threshold of {level} alone would be earlier.", level=alarm.label)
    best = cheapest(earlier, threshold)
    values = {"level": alarm.label, "threshold": f"{best['threshold']:.1f}"}
    values |= {"late": hours_text(best["median_delay_hours"]), "false": f"{best['false_alarms_per_30d']:.1f}"}
    if best["false_alarms_per_30d"] <= today.false_alarms_per_30d:
        return _(
            "Earlier at no more false alarms: {level} from {threshold}, {late} late, {false} false alarms.", **values
        )
    return _(
        "Earlier only for more false alarms: {level} from {threshold}, {late} late, {false} false alarms.", **values
    )


def quieter(curve: pd.DataFrame, today: Backtest, threshold: float, alarm: Level) -> Text:
    """Which threshold alone would cost fewer false alarms without being later? The quietest one."""
    same = curve[(curve["median_delay_hours"] <= lateness(today)) & (curve["missed"] <= today.missed)]
    fewer = same[same["false_alarms_per_30d"] < today.false_alarms_per_30d]
    if fewer.empty:
        return _("No threshold of {level} alone would have fewer false alarms without being later.", level=alarm.label)
    best = cheapest(fewer, threshold)
    return _(
        "Fewer false alarms without being later: {level} from {threshold}, {late} late, {false} false alarms.",
        level=alarm.label,
        threshold=f"{best['threshold']:.1f}",
        late=hours_text(best["median_delay_hours"]),
        false=f"{best['false_alarms_per_30d']:.1f}",
    )


def cheapest(curve: pd.DataFrame, threshold: float) -> pd.Series:
    """Which of these thresholds has the fewest false alarms, then the least delay, then is nearest to today's?"""
    away = (curve["threshold"] - threshold).abs()
    order = np.lexsort((away, curve["median_delay_hours"], curve["false_alarms_per_30d"]))
    return curve.iloc[int(order[0])]


def on_time(outcome: Outcome) -> Text | None:
    """Is there nothing to look for, because the alarm came in the hour it was due or before? None if it came later."""
    if outcome.missed or outcome.delay_hours:
        return None
    return _("{name} was caught by the hour it was due. No setting can be earlier than that.", name=outcome.name)


def earlier_words(found: Earlier | None, outcome: Outcome) -> tuple[Text, ...]:
    """Would another setting have caught an incident an hour or more earlier, at no more false alarms? Yes or no."""
    if found is None:
        return (
            _(
                "No: none of {tried} settings tried would have caught {name} an hour or more earlier with no more "
                "false alarms, no other incident missed, and the others no later at the median.",
                tried=f"{TRIED:,}",
                name=outcome.name,
            ),
        )
    then = hours_text(found.delay_hours)
    gain = hours_text((outcome.delay_hours or 0) - found.delay_hours)
    return (
        _("Yes: {name}, missed now, would be caught {then} late.", name=outcome.name, then=then)
        if outcome.missed
        else _(
            "Yes: {name} would be caught {gain} earlier, {then} late instead of {now}.",
            name=outcome.name,
            gain=gain,
            then=then,
            now=lateness_text(outcome),
        ),
        _(
            "False alarms in 30 days: {then} instead of {now}. No other incident is missed that was caught, and the "
            "others are no later at the median.",
            then=f"{found.false_alarms_per_30d:.1f}",
            now=f"{found.today_false_alarms_per_30d:.1f}",
        ),
    )


def lateness_text(outcome: Outcome) -> Text:
    """How late was an incident caught?"""
    return _("missed") if outcome.missed else hours_text(outcome.delay_hours)


def hindsight(tried: int) -> Text:
    """How far can what was found with hindsight be trusted?"""
    return _(
        "Best of {tried} settings tried, chosen knowing how it ended: it would have helped then. Whether it would help "
        "the next time is another question; “Suggested settings” tests just that.",
        tried=f"{tried:,}",
    )


def left_out_table(found: Suggestion, language: str) -> pd.DataFrame:
    """How late was each incident with today's settings, and with those chosen without knowing it? A row each."""
    table = found.by_incident
    names = [_("Incident"), _("Hours late"), _("Hours late, chosen without it")]
    cells = [
        table["name"],
        *([told(hours, language) for hours in table[name]] for name in ("today_delay", "left_out_delay")),
    ]
    return pd.DataFrame({name.to(language): list(column) for name, column in zip(names, cells, strict=True)})


def told(hours: float | None, language: str) -> str:
    """How does a delay stand in a cell?"""
    return _("missed").to(language) if hours is None or not np.isfinite(hours) else plain_number(hours)


def in_force(profile: Profile) -> Text:
    """How is what the profile in force said called?"""
    return _("In force: {name}", name=profile_label(profile))


YOURS = _("Your changes")


def below_words(found: Backtest, numbers: Mapping[str, int]) -> Text:
    """Which incidents raise no alarm rightly? Those that are below the alarm level in truth."""
    return _(
        "Truly below the alarm level, so that an alarm in them is false: {names}",
        names=[f"{numbers[name]} {name}" for name in found.below],
    )
