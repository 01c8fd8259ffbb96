"""Assessments at a chosen level and topic, to ask what the plan says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from frames import EXAMPLE, at, cube

from analysis.response.level import Assessment, assess
from analysis.schema import Level, Topic
from analysis.signals.situation import situation

ALARMED = [Level.MILD, Level.MODERATE, Level.SEVERE]
ONSET, DISCOVERED = 0, 3  # hours


@cache
def quiet() -> Assessment:
    return assess(situation(cube({"posts": 1}), at(5), EXAMPLE.heat), EXAMPLE)


def assessed(level: Level, topic: Topic = Topic.SERVICE) -> Assessment:
    """Which assessment stands at this level, with its onset at hour 0 and discovered in hour 3?"""
    runs = level > Level.ROUTINE
    return replace(
        quiet(),
        level=level,
        topic=topic,
        onset=at(ONSET) if runs else None,
        discovered=at(DISCOVERED) if runs else None,
    )
