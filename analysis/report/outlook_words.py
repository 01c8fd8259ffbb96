"""Which few facts say where it stands and where it goes? Stage, bursts, usual, forecast, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.language import Text, _
from analysis.pipeline import Briefing, Later
from analysis.report.charts import LEVEL_MARKS
from analysis.schema import Stage
from analysis.signals.forecast import Outlook
from analysis.signals.normal import history_text
from analysis.signals.situation import Situation

DAY, SMALL = 24, 10
# Measured on the CED data set and on twelve hospital events, see docs/formulas.md.
PEAKS_TEXT = _(
    "Of 3,242 public weibo posts the median peaked within its first hour and 96% within 48 hours; 6% had a second "
    "wave. Whole events are slower: of twelve about hospitals ten peaked on the first or second day, and seven came "
    "in waves."
)
BURST_LABELS = {"posts": _("All posts"), "negative": _("Negative posts")}


@dataclass(frozen=True)
class Fact:
    """One fact: what it is about, what is said of it, line by line, and how that is meant (None = it says itself)."""

    label: Text
    lines: tuple[Text, ...]
    meaning: Text | None = None


def facts(briefing: Briefing) -> tuple[Fact, ...]:
    """What is known of now and of the next two days? In the order in which it is asked.

    Stage, running bursts, posts against the usual, posts ahead (or why no forecast is made), the probability that the
    peak is past (while something runs), and the level at each horizon; the last two only where there is a forecast.
    """
    told = [
        stage_fact(briefing.situation),
        burst_fact(briefing.situation),
        usual_fact(briefing.situation),
        ahead_fact(briefing.outlook),
    ]
    calm = briefing.situation.hourly["stage"].iloc[-1] == Stage.SETTLED
    if briefing.outlook.peak_passed is not None and not calm:
        told.append(peak_fact(briefing.outlook.peak_passed))
    if briefing.later:
        told.append(later_fact(briefing.later))
    return (*told, *peaks_fact(briefing.situation))


def stage_fact(situation: Situation) -> Fact:
    """In which stage is it, and since which hour?"""
    stage = situation.hourly["stage"]
    now = Stage(stage.iloc[-1])
    since = stage.index[(stage != stage.shift()).to_numpy().nonzero()[0][-1]]
    return Fact(_("Stage"), (now.label, _("since {time}", time=f"{since:%Y-%m-%d %H:%M}")))


def burst_fact(situation: Situation) -> Fact:
    """Which bursts run, and since when?"""
    running = situation.bursts[situation.bursts["running"].astype(bool)]
    lines = tuple(
        _("{posts} since {time}", posts=BURST_LABELS[str(of)], time=f"{onset:%Y-%m-%d %H:%M}")
        for of, onset in zip(running["of"], running["onset"], strict=True)
    )
    return Fact(_("Bursts running"), lines or (_("none"),))


def usual_fact(situation: Situation) -> Fact:
    """How many posts came in 24 hours, and how many usually do? Says so where the history is too short to know."""
    day = situation.hourly.tail(DAY)
    posts, usual = day["posts"].sum(), day["usual"].sum(min_count=len(day))
    if len(day) == DAY and usual == usual:
        lines = (
            _("{posts:,.0f} in 24 h", posts=posts),
            _("usually {usual}", usual=f"{usual:,.1f}" if usual < SMALL else f"{usual:,.0f}"),
        )
    else:
        lines = (_("{posts:,.0f} in {hours} h", posts=posts, hours=len(day)), history_text(situation.normal))
    return Fact(_("Posts against the usual"), lines, history_text(situation.normal))


def ahead_fact(outlook: Outlook) -> Fact:
    """How many posts will come? A line a horizon; or why that cannot be said."""
    label = _("Posts to come")
    if outlook.none is not None:
        return Fact(label, (_("no forecast"),), _("Why there is none: {why}", why=outlook.none))
    lines = tuple(
        _(
            "{hours} h: {posts:,.0f} ({low:,.0f} to {high:,.0f})",
            hours=ahead.hours,
            posts=ahead.posts,
            low=ahead.low,
            high=ahead.high,
        )
        for ahead in outlook.ahead
    )
    return Fact(label, lines, _("A forecast from what came so far. Four times in five the number is in the brackets."))


def peak_fact(probability: float) -> Fact:
    """How likely is it that the worst is over?"""
    meaning = _("How likely it is that no later three hours hold more posts than the busiest three so far.")
    return Fact(_("The peak is past"), (_("probability {share:.0%}", share=probability),), meaning)


def peaks_fact(situation: Situation) -> tuple[Fact, ...]:
    """How long did it take to the peak here, so far? () before a burst has ended."""
    over = situation.bursts[(situation.bursts["of"] == "posts") & ~situation.bursts["running"].astype(bool)]
    if over.empty:
        return ()
    hours = (over["peak"] - over["onset"]) / pd.Timedelta(hours=1)
    lines = (
        _("{hours:.0f} h (median of {bursts:,} bursts)", hours=hours.median(), bursts=len(over)),
        _("{least:.0f} to {most:.0f} h", least=hours.min(), most=hours.max()),
    )
    return (Fact(_("From onset to peak, here so far"), lines, PEAKS_TEXT),)


def later_fact(later: tuple[Later, ...]) -> Fact:
    """Which level and heat follow, if it goes on like this? A line a horizon."""
    lines = tuple(
        _(
            "{hours} h: {mark} {level}, heat {heat:.0f} ({low:.0f} to {high:.0f})",
            hours=then.hours,
            mark=LEVEL_MARKS[then.level],
            level=then.level.label,
            heat=then.heat,
            low=then.heat_low,
            high=then.heat_high,
        )
        for then in later
    )
    meaning = _("The level that the forecast would give, all else as it is now.")
    return Fact(_("If it goes on like this"), lines, meaning)
