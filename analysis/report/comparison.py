"""How do two spans compare, hour by hour since their start?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _

HOUR = pd.Timedelta(hours=1)


def aligned(curve: pd.Series, start: pd.Timestamp, hours: int, name: str) -> pd.Series:
    """How did a curve run in the `hours` since a start?

    curve: indexed by hour, dense. Returns its part within these hours, indexed by whole hours since the start (0 =
    the hour of the start), called `name`; what lies outside the data is left out.
    """
    start = start.floor("h")
    found = curve.loc[start : start + (hours - 1) * HOUR]
    return pd.Series(found.to_numpy(), index=((found.index - start) // HOUR).astype(int), name=name)


def comparison_table(first: pd.Series, second: pd.Series, measure: str, language: str) -> pd.DataFrame:
    """How much was it in each, when was the most, and how much of the span is there? A row a question.

    Heat is a state, not a sum: it has no total.
    """
    rows: dict[Text, tuple[Text, Text]] = {
        _("Hours with data"): (number(len(first)), number(len(second))),
        _("Altogether"): (number(first.sum()), number(second.sum())),
        _("Most in an hour"): (number(first.max()), number(second.max())),
        _("Hours from the start to the most"): (number(first.idxmax()), number(second.idxmax())),
    }
    if measure == "heat":
        del rows[_("Altogether")]
    columns = ["", str(first.name), str(second.name)]
    told = [(name.to(language), *(value.to(language) for value in values)) for name, values in rows.items()]
    return pd.DataFrame(told, columns=columns)


def number(value: float) -> Text:
    """How is a count shown?"""
    return _("{n:,.0f}", n=value)
