"""From what is a report told? All that was found out before; nothing here is computed from posts again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.events.describe import Description
from analysis.parts import REST, Part
from analysis.pipeline import Briefing
from analysis.posts.report import ImportReport
from analysis.schema import Level
from analysis.signals.reach import Reach
from analysis.signals.wording import ExplainedBurst
from analysis.standing import Standing

MOST_TOLD = 6  # events that a report describes


@dataclass(frozen=True)
class Material:
    """Everything that a story is told from, as of one time.

    event: of which the report is, None = over all; standing: how it stands with that. cube, posts: about us, with
    later hours too (posts annotated, with event_id, in order of time; only few of them are read: those of the span).
    names: of events by id, masked; descriptions: of the events that are told of, by id. reach: of the span's posts.
    bursts: with their words. done: task key → when it was done. left_aside: posts that are not about us. checked: how
    many random corrections the classifier's errors were learnt from.
    """

    briefing: Briefing
    standing: Standing
    cube: pd.DataFrame
    posts: pd.DataFrame
    reach: Reach
    event: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, Description] = field(default_factory=dict)
    bursts: tuple[ExplainedBurst, ...] = ()
    reports: tuple[ImportReport, ...] = ()
    done: Mapping[str, str] = field(default_factory=dict)
    left_aside: int = 0
    synthetic: bool = False
    engine: str = "model"
    checked: int = 0


def told_events(briefing: Briefing, event: str | None = None) -> tuple[Part, ...]:
    """Which events does a report describe? The one it is of; else those of MODERATE or above, else those of the last
    24 hours; the MOST_TOLD gravest, gravest first."""
    there = [part for part in briefing.parts if part.id != REST]
    if event is not None:
        return tuple(part for part in there if part.id == event)
    grave = [part for part in there if part.assessment.level >= Level.MODERATE]
    return tuple((grave or [part for part in there if part.posts_24h])[:MOST_TOLD])
