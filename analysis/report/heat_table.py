"""How is the heat explained: its formula with the numbers of now, its parts, and the posts that make it?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.tables import PART_LABELS, missing_text
from analysis.schema import COLUMN_LABELS, Platform
from analysis.signals.heat import PARTS, HeatSettings, effective_weights, points
from analysis.signals.situation import Situation

POINTS = _("Points of heat")
FEW = 10  # below it a sum is shown with a decimal


def formula_text(now: Situation, settings: HeatSettings) -> Text:
    """What is the heat, with the numbers of now put into its formula?"""
    weights, sums = effective_weights(now.available, settings), cooled_sums(now)
    top = " + ".join(f"{weight:.3g} · ln(1 + {amount(sums[part])})" for part, weight in weights.items())
    bottom = " + ".join(
        f"{weight:.3g} · ln(1 + {getattr(settings, f'{part}_at_100'):,.0f})" for part, weight in weights.items()
    )
    return _("Heat = 100 × ({top}) ÷ ({bottom}) = {heat:.1f}", top=top, bottom=bottom, heat=heat_now(now))


def part_table(now: Situation, settings: HeatSettings, language: str) -> pd.DataFrame:
    """What does each part of the formula hold now? A row a part; NaN where the export has no such column.

    Columns: part, points of heat, what is left of it after cooling, weight in force (percent), the sum that counts
    as 100.
    """
    weights, sums = effective_weights(now.available, settings), cooled_sums(now)
    given = points(sums, now.available, settings)
    rows = [
        {
            _("Part"): PART_LABELS[part].to(language),
            POINTS: round(given.get(part, 0), 1),
            _("Left after cooling"): round(left, int(left < FEW)) if (left := sums.get(part)) is not None else np.nan,
            _("Weight in force, %"): round(100 * weights.get(part, 0), 1),
            _("Counts as 100"): getattr(settings, f"{part}_at_100"),
        }
        for part in PARTS
    ]
    return pd.DataFrame(rows).rename(columns=lambda name: name.to(language))


def lacking_text(now: Situation, settings: HeatSettings) -> Text | None:
    """Which weighed columns does the export lack? None when it has them all."""
    names = [PART_LABELS[part] for part in PARTS[1:] if part not in now.available and getattr(settings, part) > 0]
    return missing_text(names) if names else None


def cooling_text(settings: HeatSettings) -> Text:
    """How fast does it cool, and from where are weights and references?"""
    return _(
        "Half-life {hours:g} h: what came {hours:g} h ago counts half, what came {twice:g} h ago a quarter.",
        hours=settings.half_life,
        twice=2 * settings.half_life,
    )


def hot_table(found: pd.DataFrame, now: Situation, settings: HeatSettings, language: str) -> pd.DataFrame:
    """Which posts make it hot? `signals.heat.contributions` for reading: parts with a weight, personal data masked."""
    labels = {
        "heat": POINTS,
        **{name: COLUMN_LABELS[name] for name in ("published_at", "platform", "author", "text")},
        **{part: PART_LABELS[part] for part in PARTS if part in effective_weights(now.available, settings)},
    }
    # The head of a part's column says that points stand there, not how often it was reposted.
    names = {name: _("of which {part}", part=label) if name in PARTS else label for name, label in labels.items()}
    shown = found[list(names)].assign(
        text=masked_series(found["text"]),
        published_at=found["published_at"].dt.tz_localize(None),
        platform=[Platform(name).label.to(language) for name in found["platform"]],
    )
    return shown.rename(columns={name: label.to(language) for name, label in names.items()})


def rest_text(found: pd.DataFrame, now: Situation) -> Text:
    """How much of the heat do the listed posts make, and who makes the rest?"""
    posts = int(now.hourly["risk"].sum())
    listed, whole = float(found["heat"].sum()), heat_now(now)
    if posts == len(found):
        return _("All {posts:,} risk posts: together {heat:.1f} points.", posts=posts, heat=whole)
    return _(
        "These {listed:,} posts make {part:.1f} of {heat:.1f} points, the other {others:,} risk posts {rest:.1f}.",
        listed=len(found),
        part=listed,
        heat=whole,
        others=posts - len(found),
        rest=whole - listed,
    )


def heat_now(now: Situation) -> float:
    """How hot is it at as-of?"""
    return float(now.hourly["heat"].iloc[-1])


def cooled_sums(now: Situation) -> dict[str, float]:
    """What is left of posts and of each known counter at as-of?"""
    return {part: float(now.hourly[f"cool_{part}"].iloc[-1]) for part in ("posts", *now.available)}


def amount(value: float) -> str:
    """How does a sum read?"""
    return f"{value:,.1f}" if value < FEW else f"{value:,.0f}"
