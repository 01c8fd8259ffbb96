"""How hot is it, on a scale that compares between hospitals? Form: BCI, see docs/formulas.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.language import _

PARTS = ("posts", "reposts", "comments", "likes", "reads")


@dataclass(frozen=True)
class HeatSettings:
    """How are posts and interactions weighed into heat? The reference is the load that counts as 100."""

    half_life: float = field(default=24.0, metadata={"label": _("Half-life, hours"), "low": 1.0, "high": 168.0})
    posts: float = field(default=0.2, metadata={"label": _("Weight of posts"), "low": 0.0, "high": 1.0})
    reposts: float = field(default=0.32, metadata={"label": _("Weight of reposts"), "low": 0.0, "high": 1.0})
    comments: float = field(default=0.32, metadata={"label": _("Weight of comments"), "low": 0.0, "high": 1.0})
    likes: float = field(default=0.16, metadata={"label": _("Weight of likes"), "low": 0.0, "high": 1.0})
    reads: float = field(default=0.0, metadata={"label": _("Weight of reads"), "low": 0.0, "high": 1.0})
    posts_at_100: float = field(default=5e3, metadata={"label": _("Posts at heat 100"), "low": 10.0, "high": 1e7})
    reposts_at_100: float = field(default=2e5, metadata={"label": _("Reposts at heat 100"), "low": 10.0, "high": 1e9})
    comments_at_100: float = field(default=2e5, metadata={"label": _("Comments at heat 100"), "low": 10.0, "high": 1e9})
    likes_at_100: float = field(default=1e6, metadata={"label": _("Likes at heat 100"), "low": 10.0, "high": 1e9})
    reads_at_100: float = field(default=5e7, metadata={"label": _("Reads at heat 100"), "low": 10.0, "high": 1e10})


def effective_weights(available: tuple[str, ...], settings: HeatSettings) -> dict[str, float]:
    """Which weight has each part when some columns are missing? Sums to 1; missing ones drop out."""
    weights = {part: getattr(settings, part) for part in PARTS if part == "posts" or part in available}
    total = sum(weights.values())
    if total == 0:  # every weighted column is missing: what is left is the number of posts
        return {"posts": 1.0}
    return {part: weight / total for part, weight in weights.items() if weight > 0}


def heat(sums: Mapping[str, np.ndarray], available: tuple[str, ...], settings: HeatSettings) -> np.ndarray:
    """How hot are these cooled sums of posts and interactions?

    heat: [0, 100], 0 = silence, 100 = the reference or above; logarithmic, so ten times the
    interactions adds the same step anywhere on the scale. heat = k · Σ w·ln(1+sum), with
    k = 100 / Σ w·ln(1+reference).
    """
    weights = effective_weights(available, settings)
    raw = sum(weight * np.log1p(sums[part]) for part, weight in weights.items())
    reference = sum(weight * np.log1p(getattr(settings, f"{part}_at_100")) for part, weight in weights.items())
    return np.minimum(100 * np.asarray(raw) / reference, 100.0)


def cooled(per_hour: np.ndarray, half_life: float) -> np.ndarray:
    """What is left of everything so far, when a count loses half of its weight in `half_life` hours?

    Newton cooling along the first axis: the current hour counts whole.
    """
    keep, left = 0.5 ** (1 / half_life), np.zeros(per_hour.shape[1:])
    out = np.empty(per_hour.shape, dtype=float)
    for hour, came in enumerate(per_hour):
        left = left * keep + came
        out[hour] = left
    return out
