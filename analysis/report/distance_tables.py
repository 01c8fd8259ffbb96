"""How far is it to the next level, how sure is this one, and what comes? As a table, in words, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.report.charts import LEVEL_MARKS
from analysis.report.reach_tables import iso
from analysis.report.tables import Row, shown
from analysis.response.ahead import Crossing, Fall
from analysis.response.likelihood import Likelihood
from analysis.response.margins import Margin
from analysis.schema import Level

SMALLEST, LARGEST = 0.01, 0.99  # nobody is surer than this


def margin_table(margins: Sequence[Margin], language: str) -> pd.DataFrame:
    """How far is it up, by indicator and red line? What it takes, and which level that would make."""
    rows: list[Row] = [
        {
            _("Indicator"): margin.label,
            _("What it takes"): margin.text,
            _("Leads to"): _("{mark} {level}", mark=LEVEL_MARKS[margin.to_level], level=margin.to_level.label),
        }
        for margin in margins
    ]
    return shown(rows, language)


def chance_text(chance: float) -> Text:
    """How is a probability said? In whole per cent, and never surer than 99%."""
    if chance > LARGEST:
        return _("over {share:.0%}", share=LARGEST)
    if chance < SMALLEST:
        return _("under {share:.0%}", share=SMALLEST)
    return _("≈ {share:.0%}", share=chance)


def ahead_lines(fall: Fall | None, crossing: Crossing | None) -> tuple[Text, ...]:
    """What comes, in sentences? When the level falls and what holds it, and when the next is reached; () = neither."""
    down = () if fall is None else (fall.text, fall.detail)
    return (*down, *(() if crossing is None else (crossing.text,)))


def likelihood_json(likelihood: Likelihood, language: str) -> dict[str, Any]:
    """How are the probabilities written for scripts?"""
    return {
        "chances": {level.name: round(likelihood.chances[level], 3) for level in Level},
        "probable": likelihood.probable.name,
        "draws": likelihood.draws,
        "counted": [text.to(language) for text in likelihood.counted],
        "not_counted": [text.to(language) for text in likelihood.not_counted],
    }


def fall_json(fall: Fall | None, language: str) -> dict[str, Any] | None:
    """How is the fall written for scripts? None at ROUTINE."""
    if fall is None:
        return None
    return {
        "to_level": fall.to_level.name,
        "at": iso(fall.at),
        "hours": fall.hours,
        "missing": round(fall.missing, 2),
        "calm_hours": fall.calm,
        "needed_hours": fall.needed,
        "red_line": fall.red_line,
        "text": fall.text.to(language),
        "detail": fall.detail.to(language),
    }


def crossing_json(crossing: Crossing | None, language: str) -> dict[str, Any] | None:
    """How is the crossing written for scripts? None at SEVERE."""
    if crossing is None:
        return None
    return {
        "to_level": crossing.to_level.name,
        "at": iso(crossing.at),
        "hours": crossing.hours,
        "told": crossing.told,
        "text": crossing.text.to(language),
    }
