"""Why this level, in plain words and with the numbers?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.language import Text, _
from analysis.response.groups import INDICATORS
from analysis.response.indicators import Readings, negative_shares
from analysis.response.level import Assessment
from analysis.response.profile import Profile
from analysis.schema import Level


@dataclass(frozen=True)
class Reason:
    """One indicator: its value in `unit`, the points it gives of the most it can give; value None = not known."""

    indicator: str
    value: float | None
    unit: str
    points: float
    most: float
    text: Text


def reasons(assessment: Assessment, profile: Profile) -> tuple[Reason, ...]:
    """Which indicators make the score? The one with most points first."""
    last = assessment.timeline.iloc[-1]
    known = [name for name in INDICATORS if not np.isnan(last[name])]
    total = sum(getattr(profile.weights, name) for name in known) or 1.0
    found = []
    for name in INDICATORS:
        value = float(last[f"value_{name}"]) if name in known else None
        most = 100 * getattr(profile.weights, name) / total if name in known else 0.0
        points = float(last[name]) if name in known else 0.0
        found.append(Reason(name, value, UNITS[name], points, most, sentence(name, value, assessment)))
    return tuple(sorted(found, key=lambda reason: -reason.points))


UNITS = {"heat": "0..100", "reach": "0..100", "gravity": "0..100", "negativity": "share", "growth": "factor"}


def sentence(name: str, value: float | None, assessment: Assessment) -> Text:
    """What does one indicator say, in words with the counts behind it?"""
    read = assessment.read
    if value is None:
        return _("Growth is not known yet: there is no day before to compare with.")
    if name == "heat":
        return _("Risk posts have a heat of {value:.0f} of 100.", value=value)
    if name == "reach":
        return _(
            "{platforms:.0f} platforms carry it; {followers} followers reached, counted once a post.",
            platforms=read.platforms[-1],
            followers=_("unknown") if read.followers is None else f"{read.followers[-1]:,.0f}",
        )
    if name == "gravity":
        return _("The gravest topic is “{topic}” (gravity {value:.0f}).", topic=assessment.topic.label, value=value)
    if name == "negativity":
        return negative_sentence(read)
    return _(
        "{recent:,.0f} risk posts in 6 h, {usual:,.0f} are usual at this time.",
        recent=read.recent[-1],
        usual=read.usual[-1],
    )


def negative_sentence(read: Readings) -> Text:
    """How large is the share of negative posts, and does it allow for the classifier's errors?"""
    share, low, high = (float(ends[-1]) for ends in negative_shares(read))
    if not read.posts[-1]:
        return _("There is no post in 24 h.")
    if read.rates is None:
        return _(
            "{negative:,.0f} of {posts:,.0f} posts in 24 h are negative, surely {low:.0%}, "
            "at most {high:.0%} (90%, uncorrected).",
            negative=read.negative[-1],
            posts=read.posts[-1],
            low=low,
            high=high,
        )
    return _(
        "{share:.0%} of {posts:,.0f} posts in 24 h are negative, surely {low:.0%}, "
        "at most {high:.0%} (90%, corrected).",
        share=share,
        posts=read.posts[-1],
        low=low,
        high=high,
    )


def summary(assessment: Assessment, profile: Profile) -> Text:
    """Why this level, in one sentence? A red line that holds it comes first, then the two strongest indicators."""
    lines = [line for line in assessment.red_lines if line.level == assessment.level]
    threshold = threshold_of(assessment.level, profile)
    if lines:
        return _("A red line is crossed: {line}", line=lines[0].text)
    if assessment.level == Level.ROUTINE:
        return _(
            "Score {score:.0f}, below {threshold:.0f} where “Mild” begins: normal watching.",
            score=assessment.score,
            threshold=profile.thresholds.mild,
        )
    if assessment.score < threshold:
        return _(
            "Score {score:.0f} is below {threshold:.0f}, but not for long enough to lower the level.",
            score=assessment.score,
            threshold=threshold,
        )
    first, second = reasons(assessment, profile)[:2]
    return _(
        "Score {score:.0f} (this level begins at {threshold:.0f}). {first} {second}",
        score=assessment.score,
        threshold=threshold,
        first=first.text,
        second=second.text,
    )


def threshold_of(level: Level, profile: Profile) -> float:
    """At which score does a level begin? ROUTINE begins at 0."""
    names = {Level.MILD: "mild", Level.MODERATE: "moderate", Level.SEVERE: "severe"}
    return float(getattr(profile.thresholds, names[level])) if level in names else 0.0
