"""How sure is the level? As bars, and in words where the most probable level is another one."""

from __future__ import annotations

from html import escape

from analysis.language import Text, _
from analysis.report.charts import LEVEL_MARKS, level_colour
from analysis.report.distance_tables import chance_text
from analysis.response.likelihood import Likelihood
from analysis.response.profile import Profile
from analysis.schema import Level


def chance_bars(likelihood: Likelihood, in_force: Level, profile: Profile, language: str) -> str:
    """Which HTML shows how probable each level is? A bar each, gravest first; the one in force is set in bold."""
    rows = "".join(
        bar(level, likelihood, level == in_force, level_colour(level, 0, profile), language)
        for level in sorted(Level, reverse=True)
    )
    return (
        f'<div data-testid="chances" style="display:grid;grid-template-columns:max-content 1fr max-content;'
        f'gap:8px 12px;align-items:center">{rows}</div>'
    )


def bar(level: Level, likelihood: Likelihood, in_force: bool, colour: str, language: str) -> str:
    """How does one level's probability look? Mark and name, bar, and number."""
    weight = 700 if in_force else 400
    name = f"{LEVEL_MARKS[level]} {level.label.to(language)}"
    chance = chance_text(likelihood.chances[level]).to(language)
    return (
        f'<div style="font-weight:{weight}">{escape(name)}</div>'
        f'<div style="background:rgba(128,142,156,.18);border-radius:4px;height:14px" aria-hidden="true">'
        f'<div style="background:{colour};border-radius:4px;height:14px;'
        f'width:{100 * likelihood.chances[level]:.1f}%"></div></div>'
        f'<div style="font-weight:{weight};text-align:right">{escape(chance)}</div>'
    )


def chances_text(likelihood: Likelihood) -> Text:
    """How probable is each level that is at all, in a line? Most probable first."""
    told = sorted((level for level in Level if likelihood.chances[level] > 0), key=lambda one: -likelihood.chances[one])
    pairs = [_("{level} {chance}", level=one.label, chance=chance_text(likelihood.chances[one])) for one in told]
    return Text("{pairs}", (("pairs", pairs),))


def rule_text(likelihood: Likelihood, in_force: Level) -> Text | None:
    """Is another level more probable than the one in force? It stays in force all the same."""
    if likelihood.probable == in_force:
        return None
    return _(
        "The rule gives {level}; given what is uncertain, {other} is more probable. "
        "The level in force stays that of the rule.",
        level=in_force.label,
        other=likelihood.probable.label,
    )
