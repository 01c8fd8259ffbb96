"""What may be said now? The plan's skeletons, with the desk's numbers and blanks that the hospital fills."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.response.indicators import WINDOW, Readings, negative_shares
from analysis.response.level import Assessment
from analysis.response.plan import Kind, Playbook, Skeleton
from analysis.response.playbook import shipped_playbook
from analysis.schema import Level, Platform, Stage
from analysis.signals.situation import Situation

BLANK = "____"


@dataclass(frozen=True)
class Statement:
    """The texts for the level in force: title and parts filled with numbers; each with its checklist and what to avoid.

    The first is for the inside of the house, where the plan has one.
    """

    drafts: tuple[Skeleton, ...]


def statement(assessment: Assessment, situation: Situation, plan: Playbook | None = None) -> Statement | None:
    """What may be said at the level in force on the leading topic? None at ROUTINE, and where the plan has no text.

    situation: of the posts that the assessment is of. plan: None = as shipped. Public statements hold no number of the
    desk: what it counts is not verified, and concerns the posts, not the event.
    """
    if assessment.level == Level.ROUTINE:
        return None
    known = numbers(assessment, situation)
    due = [
        filled(skeleton, known)
        for skeleton in (plan or shipped_playbook()).statements
        if assessment.level in skeleton.levels and assessment.topic in skeleton.topics
    ]
    return Statement(tuple(sorted(due, key=lambda draft: draft.kind != Kind.INTERNAL))) if due else None


def filled(skeleton: Skeleton, known: dict[str, object]) -> Skeleton:
    """How does a skeleton read with the desk's numbers?"""
    title, *parts = (Text(text.msgid, text.values + tuple(known.items())) for text in (skeleton.title, *skeleton.parts))
    return replace(skeleton, title=title, parts=tuple(parts))


def numbers(assessment: Assessment, situation: Situation) -> dict[str, object]:
    """Which numbers can the desk put into an internal report? By name, as in `plan.NUMBERS`."""
    hourly = situation.hourly
    return {
        "as_of": time(situation.as_of),
        "level": assessment.level.label,
        "since": time(assessment.since),
        "topic": assessment.topic.label,
        "onset": time(assessment.onset),
        "discovered": time(assessment.discovered),
        "stage": Stage(hourly["stage"].iloc[-1]).label,
        "heat": f"{hourly['heat'].iloc[-1]:.0f}",
        "posts": f"{hourly['posts'].sum():,.0f}",
        "posts_24h": f"{hourly['posts'].iloc[-WINDOW:].sum():,.0f}",
        "negative": negative_text(assessment.read),
        "platforms": platforms_told(situation),
    }


def time(moment: pd.Timestamp | None) -> str:
    """How is a time written? A blank where it is not known."""
    return BLANK if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def negative_text(read: Readings) -> Text:
    """How is the negative share of the last 24 hours written? With its 90% interval."""
    value, low, high = (float(ends[-1]) for ends in negative_shares(read))
    if np.isnan(value):
        return _("not known")
    share = {"value": value, "low": low, "high": high}
    if read.rates is None:
        return _("{value:.0%} ({low:.0%} to {high:.0%}, uncorrected for the classifier's errors)", **share)
    return _("{value:.0%} ({low:.0%} to {high:.0%})", **share)


def platforms_told(situation: Situation) -> tuple[Text, ...]:
    """On which platforms were there risk posts in the last 24 hours? Most first."""
    posts = situation.by_platform.iloc[-WINDOW:].sum().sort_values(ascending=False, kind="stable")
    told = tuple(_("{name} {count:,}", name=Platform(name).label, count=int(n)) for name, n in posts.items() if n >= 1)
    return told or (_("none"),)
