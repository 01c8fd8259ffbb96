"""Which colour has what? The same on screen, on the wall and on paper; without plotly, for writers that need none."""

from __future__ import annotations

from analysis.response.profile import Profile
from analysis.schema import Level, Sentiment

INK = "#76828E"  # readable on a light and on a dark ground: whoever changes the theme sees the same figure
# Told apart by lightness too, so that a colour-blind eye and a black-and-white print can.
LEVEL_COLOURS = {
    Level.ROUTINE: "#8FA3B5",
    Level.MILD: "#E8B923",
    Level.MODERATE: "#D9661F",
    Level.SEVERE: "#C4164A",
}
NATIONAL_COLOURS = {
    Level.ROUTINE: "#8FA3B5",
    Level.MILD: "#3A7CC2",
    Level.MODERATE: "#E8B923",
    Level.SEVERE: "#D9661F",
}
GRAVEST_COLOUR = "#C4164A"
ALARMED = (Level.MILD, Level.MODERATE, Level.SEVERE)
LEVEL_MARKS = {Level.ROUTINE: "○", Level.MILD: "◔", Level.MODERATE: "◑", Level.SEVERE: "●"}
SENTIMENT_COLOURS = {
    Sentiment.NEGATIVE: "#B3454A",
    Sentiment.NEUTRAL: "#9AA7B3",
    Sentiment.POSITIVE: "#2E8B74",
}
LINES = ["#3D85B8", "#D0803A", "#35997F", "#C4585C", "#8E6DBC", "#A08C48", "#58A9CF", "#7B8894", "#A9B4BE"]


def level_colour(level: Level, score: float, profile: Profile) -> str:
    """Which colour has a level in the profile's scheme? The national scheme names its colours."""
    if profile.scheme != "national":
        return LEVEL_COLOURS[level]
    gravest = level == Level.SEVERE and score >= profile.thresholds.gravest
    return GRAVEST_COLOUR if gravest else NATIONAL_COLOURS[level]
