"""How far is it to the next level, in things that one can count?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from analysis.language import Text, _
from analysis.response.groups import INDICATOR_LABELS, RED_LINE_LEVELS
from analysis.response.indicators import TOPICS, WINDOW, Readings, last, points, values
from analysis.response.level import RED_LINE_LABELS, Assessment
from analysis.response.profile import Profile
from analysis.response.reasons import threshold_of
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
TRIED = 30  # numbers that are tried at once
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
RED_LINE = "red_line:"  # what the indicator of a red line's margin begins with


@dataclass(frozen=True)
class Margin:
    """The smallest change of one kind, within the running hour, that reaches a graver level.

    indicator: of the five, "all", or "red_line:" and its name. change is None where that kind of change cannot reach
    it by itself.
    """

    indicator: str
    to_level: Level
    change: int | None
    unit: str
    topic: Topic

    @property
    def label(self) -> Text:
        """What is this kind of change called?"""
        if self.indicator.startswith(RED_LINE):
            return _("Red line: {line}", line=RED_LINE_LABELS[self.indicator.removeprefix(RED_LINE)])
        return {**INDICATOR_LABELS, "all": _("All together")}[self.indicator]

    @property
    def text(self) -> Text:
        """How does the margin read?"""
        level = self.to_level.label
        if self.indicator.startswith(RED_LINE):
            return self.of_red_line(level)
        if self.unit == "percent":
            return self.of_everything(level)
        unit = UNITS[self.unit]
        if self.topic != Topic.OTHER:
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

    def of_red_line(self, level: Text) -> Text:
        """How does the margin to a red line read?"""
        line = RED_LINE_LABELS[self.indicator.removeprefix(RED_LINE)]
        if self.change == 1:
            return _(
                "One more post within the hour on the red line “{line}” would make this {level}.",
                line=line,
                level=level,
            )
        return _(
            "{n:,} more posts within the hour on the red line “{line}” would make this {level}.",
            n=self.change,
            line=line,
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


@dataclass(frozen=True)
class Places:
    """Where do the risk posts of the last 24 hours stand? How many on each platform, and from each region."""

    platforms: np.ndarray
    regions: np.ndarray


def margins(
    assessment: Assessment, situation: Situation, profile: Profile, everything: Readings | None = None
) -> tuple[Margin, ...]:
    """What would have to happen within the running hour for a graver level? One margin an indicator and a red line.

    Each is a kind of event with its effect on everything it touches: reposts (heat), followers of new
    authors (reach), negative posts on the gravest topic (gravity), negative posts on any topic
    (negativity), neutral reports on the gravest topic (growth); and, under "all", so many percent more of
    everything that was counted. Then, gravest first, the posts that are missing to each red line that would raise the
    level. everything: what was read of all posts, whose red lines count for the level over all; None = this part's own.
    Empty at SEVERE: there is no next.
    """
    if assessment.level == Level.SEVERE:
        return ()
    to_level = Level(assessment.level + 1)
    now = last(assessment.read)
    weights = effective_weights(situation.available, profile.heat)
    carrier = next((part for part in ("reposts", "comments", "likes", "reads") if part in weights), "posts")
    risk_topic = assessment.topic if assessment.topic != Topic.OTHER else Topic.SERVICE
    kinds = [
        ("heat", carrier, risk_topic if carrier == "posts" else Topic.OTHER),
        ("reach", "followers", Topic.OTHER),
        ("gravity", "negative posts", risk_topic),
        ("negativity", "negative posts", Topic.OTHER),
        ("growth", "neutral reports", risk_topic),
        ("all", "percent", Topic.OTHER),
    ]
    target = score_needed(assessment, to_level, profile)
    found = tuple(
        Margin(indicator, to_level, smallest(now, unit, topic, target, situation, profile), unit, topic)
        for indicator, unit, topic in kinds
        if unit != "followers" or now.followers is not None
    )
    return found + red_line_margins(assessment.level, everything or assessment.read, profile)


def score_needed(assessment: Assessment, to_level: Level, profile: Profile) -> float:
    """Which score in the running hour brings a level? Its threshold; less, where the level is left in this very hour:
    an hour that is not calm keeps it."""
    before = assessment.timeline["level"].iloc[-2:].max()
    threshold = threshold_of(to_level, profile)
    return threshold - profile.hysteresis.points if before >= to_level else threshold


def red_line_margins(level: Level, read: Readings, profile: Profile) -> tuple[Margin, ...]:
    """How many posts are missing to each red line that is on, not crossed, and graver than a level? Gravest first."""
    lines = [
        (line_level, name, needed - read.lines[name][-1])
        for name, line_level in RED_LINE_LEVELS.items()
        if line_level > level and (needed := getattr(profile.red_lines, name)) > 0
    ]
    return tuple(
        Margin(RED_LINE + name, line_level, ceil(missing), "posts", Topic.OTHER)
        for line_level, name, missing in sorted(lines, key=lambda line: -line[0])
        if missing > 0
    )


def smallest(
    now: Readings, unit: str, topic: Topic, target: float, situation: Situation, profile: Profile
) -> int | None:
    """How many of one kind does it take to reach the target score? None if no number within reason does.

    Found by doubling, then by looking at TRIED numbers between too few and enough, again and again.
    """
    where, most = places(situation), MOST.get(unit, MOST["posts"])

    def first_enough(counts: np.ndarray, too_few: int) -> tuple[int, int | None]:
        then = happened(repeated(now, len(counts)), unit, topic, counts)
        enough = scores(heard(then, where, unit, topic, counts, profile), situation, profile) >= target
        at = int(np.argmax(enough)) if enough.any() else len(counts)
        return int(counts[at - 1]) if at else too_few, int(counts[at]) if at < len(counts) else None

    low, high = first_enough(np.minimum(2 ** np.arange(most.bit_length() + 1), most), 0)
    while high is not None and high - low > 1:
        low, less = first_enough(np.unique(np.linspace(low, high, TRIED + 2).astype(int))[1:-1], low)
        high = high if less is None else less
    return high


def scores(read: Readings, situation: Situation, profile: Profile) -> np.ndarray:
    """What is the score of each hour's readings? [0, 100]"""
    return np.asarray(np.nansum(points(values(read, situation, profile), profile), axis=1))


def repeated(now: Readings, times: int) -> Readings:
    """What is read in so many hours that are all alike? now: one hour; red lines are left out."""
    return replace(
        now,
        cooled={part: np.repeat(left, times) for part, left in now.cooled.items()},
        topics=np.repeat(now.topics, times, axis=0),
        negative=np.repeat(now.negative, times),
        lean=np.repeat(now.lean, times),
        posts=np.repeat(now.posts, times),
        followers=None if now.followers is None else np.repeat(now.followers, times),
        media=np.repeat(now.media, times),
        recent=np.repeat(now.recent, times),
        usual=np.repeat(now.usual, times),
        lines={},
    )


def happened(now: Readings, unit: str, topic: Topic, count: np.ndarray) -> Readings:
    """What would be read if `count` more of something had come within the hour? One number an hour.

    A negative post is one that is answered negative, which leans 1; any other is neutral and leans as those that are
    not negative do on average. Posts on a topic carry risk; those on none (Topic.OTHER) do not. Where they stand is
    told by `heard`.
    """
    if unit == "percent":
        return grown(now, 1 + count / 100)
    if unit == "followers":
        return replace(now, followers=None if now.followers is None else now.followers + count)
    if unit in now.cooled and unit != "posts":
        return replace(now, cooled={**now.cooled, unit: now.cooled[unit] + count})
    spoken = now.topics.copy()
    spoken[:, TOPICS.index(topic)] += count
    risk = count if topic != Topic.OTHER else 0  # heat and growth count risk posts alone
    negative = count if unit == "negative posts" else 0
    lean = count if unit == "negative posts" else count * (now.rates.lean_other if now.rates else 0)
    return replace(
        now,
        cooled={**now.cooled, "posts": now.cooled["posts"] + risk},
        topics=spoken,
        posts=now.posts + count,
        negative=now.negative + negative,
        lean=now.lean + lean,
        recent=now.recent + risk,
    )


def places(situation: Situation) -> Places:
    """Where do the risk posts of the last 24 hours stand?"""
    tables = (situation.by_platform, situation.by_region)
    return Places(*(table.to_numpy()[-WINDOW:].sum(axis=0) for table in tables))


def heard(then: Readings, where: Places, unit: str, topic: Topic, count: np.ndarray, profile: Profile) -> Readings:
    """On how many platforms and from how many regions would be heard what happened? See `happened`.

    Further risk posts stand where most stand already and tell no region; of everything more means more everywhere.
    """
    platforms, regions = (np.tile(posts[:, None], len(count)) for posts in (where.platforms, where.regions))
    if unit == "percent":
        platforms, regions = platforms * (1 + count / 100), regions * (1 + count / 100)
    elif topic != Topic.OTHER:
        platforms = platforms if len(platforms) else np.zeros((1, len(count)))
        platforms[int(np.argmax(platforms[:, 0]))] += count
    enough = [(posts >= profile.scales.voices).sum(axis=0).astype(float) for posts in (platforms, regions)]
    return replace(then, platforms=enough[0], regions=None if then.regions is None else enough[1])


def grown(now: Readings, factor: np.ndarray) -> Readings:
    """What would be read if everything that can be counted were `factor` times as much?"""
    return replace(
        now,
        cooled={part: left * factor for part, left in now.cooled.items()},
        topics=now.topics * factor[:, None],
        negative=now.negative * factor,
        lean=now.lean * factor,
        posts=now.posts * factor,
        followers=None if now.followers is None else now.followers * factor,
        media=now.media * factor,
        recent=now.recent * factor,
    )
