"""How far is it to the next level, in things that one can count?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.language import Text, _
from analysis.response.indicators import TOPICS, Readings, last, points, values
from analysis.response.level import Assessment
from analysis.response.profile import Profile
from analysis.schema import Level, Topic
from analysis.signals.heat import effective_weights
from analysis.signals.situation import Situation

MOST = {  # beyond these, "cannot by itself" is the honest answer
    "reposts": 10**6,
    "comments": 10**6,
    "likes": 10**7,
    "reads": 10**8,
    "followers": 10**9,
    "posts": 10**4,
    "percent": 10**4,
}
THRESHOLDS = {Level.MILD: "mild", Level.MODERATE: "moderate", Level.SEVERE: "severe"}
UNITS = {
    "reposts": _("reposts"),
    "comments": _("comments"),
    "likes": _("likes"),
    "reads": _("reads"),
    "posts": _("posts"),
    "followers": _("followers"),
    "negative posts": _("negative posts"),
    "neutral reports": _("neutral reports"),
}


@dataclass(frozen=True)
class Margin:
    """The smallest change of one kind, within the running hour, that reaches the next level.

    change is None where that kind of change cannot reach it by itself.
    """

    indicator: str
    to_level: Level
    change: int | None
    unit: str
    topic: Topic

    @property
    def text(self) -> Text:
        level = self.to_level.label
        if self.unit == "percent":
            return self.of_everything(level)
        unit = UNITS[self.unit]
        if self.unit in ("negative posts", "neutral reports") and self.topic != Topic.OTHER:
            unit = _("{unit} on “{topic}”", unit=unit, topic=self.topic.label)
        if self.change is None:
            return _("{unit} alone cannot make this {level}.", unit=unit, level=level)
        if self.unit == "followers":
            return _(
                "Authors with {n:,} more followers in all speaking up within the hour would make this {level}.",
                n=self.change,
                level=level,
            )
        return _(
            "{n:,} more {unit} within the hour would make this {level}.",
            n=self.change,
            unit=unit,
            level=level,
        )

    def of_everything(self, level: Text) -> Text:
        """How does the margin of everything at once read?"""
        if self.change is None:
            return _("Even a hundred times as much of everything would not make this {level}.", level=level)
        return _(
            "{n:,}% more of everything at once (posts, interactions, followers) would make this {level}.",
            n=self.change,
            level=level,
        )


def margins(assessment: Assessment, situation: Situation, profile: Profile) -> tuple[Margin, ...]:
    """What would have to happen within the running hour for the next level? One margin an indicator.

    Each is a kind of event with its effect on everything it touches: reposts (heat), followers of new
    authors (reach), negative posts on the gravest topic (gravity), negative posts on any topic
    (negativity), neutral reports on the gravest topic (growth); and, under "all", so many percent more of
    everything that was counted. Empty at SEVERE: there is no next.
    """
    if assessment.level == Level.SEVERE:
        return ()
    to_level = Level(assessment.level + 1)
    now = last(assessment.read)
    weights = effective_weights(situation.available, profile.heat)
    carrier = next((part for part in ("reposts", "comments", "likes", "reads") if part in weights), "posts")
    risk_topic = assessment.topic if assessment.topic != Topic.OTHER else Topic.SERVICE
    kinds = [
        ("heat", carrier, Topic.OTHER),
        ("reach", "followers", Topic.OTHER),
        ("gravity", "negative posts", risk_topic),
        ("negativity", "negative posts", Topic.OTHER),
        ("growth", "neutral reports", risk_topic),
        ("all", "percent", Topic.OTHER),
    ]
    target = getattr(profile.thresholds, THRESHOLDS[to_level])
    return tuple(
        Margin(indicator, to_level, smallest(now, unit, topic, target, situation, profile), unit, topic)
        for indicator, unit, topic in kinds
        if unit != "followers" or now.followers is not None
    )


def smallest(
    now: Readings, unit: str, topic: Topic, target: float, situation: Situation, profile: Profile
) -> int | None:
    """How many of one kind does it take to reach the target score? None if no number within reason does."""

    def reaches(count: int) -> bool:
        return score(happened(now, unit, topic, count), situation, profile) >= target

    most, high = MOST.get(unit, MOST["posts"]), 1
    while not reaches(high):
        if high >= most:
            return None
        high = min(high * 2, most)
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high


def score(read: Readings, situation: Situation, profile: Profile) -> float:
    """What is the score of one hour's readings? [0, 100]"""
    return float(np.nansum(points(values(read, situation, profile), profile)))


def happened(now: Readings, unit: str, topic: Topic, count: int) -> Readings:
    """What would be read if `count` more of something had come within the hour?

    A negative post is one that is answered negative, which leans 1; any other leans as those do on average.
    """
    if unit == "percent":
        return grown(now, 1 + count / 100)
    if unit == "followers":
        return replace(now, followers=None if now.followers is None else now.followers + count)
    if unit in now.cooled and unit != "posts":
        return replace(now, cooled={**now.cooled, unit: now.cooled[unit] + count})
    spoken = now.topics.copy()
    spoken[:, TOPICS.index(topic)] += count
    risk = count if unit == "posts" or topic != Topic.OTHER else 0  # heat and growth count risk posts alone
    negative = count if unit == "negative posts" else 0
    lean = negative or (count * now.rates.lean_other if now.rates else 0)
    return replace(
        now,
        cooled={**now.cooled, "posts": now.cooled["posts"] + risk},
        topics=spoken,
        posts=now.posts + count,
        negative=now.negative + negative,
        lean=now.lean + lean,
        recent=now.recent + risk,
    )


def grown(now: Readings, factor: float) -> Readings:
    """What would be read if everything that can be counted were `factor` times as much?"""
    return replace(
        now,
        cooled={part: left * factor for part, left in now.cooled.items()},
        topics=now.topics * factor,
        negative=now.negative * factor,
        lean=now.lean * factor,
        posts=now.posts * factor,
        followers=None if now.followers is None else now.followers * factor,
        media=now.media * factor,
        recent=now.recent * factor,
    )
