"""Which colour has a count on a map? From light to dark on a log scale."""

from __future__ import annotations

from typing import Any

import numpy as np

# Opaque, so that plotly can choose ink that is read on each shade; the ends differ on a light and a dark ground.
SHADES = [[0, "#DDE6EE"], [0.35, "#8FB7D3"], [0.7, "#2A6A99"], [1, "#12304F"]]
# Lighter in the middle: words stand on these.
WRITTEN_ON = [[0, "#E3EBF2"], [0.55, "#9DC1DB"], [0.8, "#2F72A3"], [1, "#12304F"]]


def shades(most: float) -> dict[str, Any]:
    """Which colour has a count? From light to dark on a log scale, which counts stand beside it."""
    steps = [count for count in (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000) if count <= most]
    return {
        "colorscale": SHADES,
        "cmin": 0,
        "cmax": float(np.log10(1 + max(most, 1))),
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [float(np.log10(1 + count)) for count in steps],
            "ticktext": [f"{count:,}" for count in steps],
            "len": 0.9,
        },
    }
