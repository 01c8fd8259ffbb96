"""Which settings are worth trying? Eight numbers decide when a level is reached and left; a candidate holds them.

A candidate is an array of 8: the threshold of the alarm level, the five weights, and the hysteresis' hours and points.
All that is tried is a whole number, for a number that is easy to say is easy to defend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np

from analysis.response.groups import INDICATORS, Hysteresis, Weights
from analysis.response.profile import Profile
from analysis.schema import Level

NAMES = ("mild", "moderate", "severe", "gravest")
THRESHOLD, WEIGHT, HOURS, POINTS = 0, slice(1, 6), 6, 7
LOW = np.array([1.0, 0, 0, 0, 0, 0, 1, 0])
HIGH = np.array([99.0, 100, 100, 100, 100, 100, 72, 30])
STEP = np.array([8.0, 12, 12, 12, 12, 12, 5, 4])  # how far one number must move to be as far off as another
LONG_HOURS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 48, 60, 72)
APART = 1.0  # between two thresholds, when one moves another aside


def numbers(profile: Profile, alarm: Level) -> np.ndarray:
    """Which candidate is a profile?"""
    weights = [getattr(profile.weights, name) for name in INDICATORS]
    hysteresis = profile.hysteresis
    return np.array(
        [getattr(profile.thresholds, NAMES[alarm - 1]), *weights, hysteresis.hours, hysteresis.points], dtype=float
    )


def with_numbers(profile: Profile, alarm: Level, candidate: np.ndarray) -> Profile:
    """Which profile results from a candidate? The other thresholds move aside where they are in the way."""
    hysteresis = {"hours": float(candidate[HOURS]), "points": float(candidate[POINTS])}
    weights = dict(zip(INDICATORS, map(float, candidate[WEIGHT]), strict=True))
    changed = profile.with_values("weights", weights).with_values("hysteresis", hysteresis)
    return with_threshold(changed, alarm, float(candidate[THRESHOLD]))


def with_threshold(profile: Profile, alarm: Level, value: float) -> Profile:
    """Which profile results when a level begins elsewhere? The other thresholds move aside to keep their order.

    value: 0..100, brought to where the others still have room (MILD at most 97).
    """
    at, told = alarm - 1, [getattr(profile.thresholds, name) for name in NAMES]
    if told[at] == value:
        return profile
    told[at] = min(max(value, at * APART), 100 - (len(NAMES) - 1 - at) * APART)
    for above in range(at + 1, len(NAMES)):
        if told[above] <= told[above - 1]:
            told[above] = told[above - 1] + APART
    for below in range(at - 1, -1, -1):
        if told[below] >= told[below + 1]:
            told[below] = told[below + 1] - APART
    return profile.with_values("thresholds", dict(zip(NAMES, told, strict=True)))


def weights_of(candidate: np.ndarray) -> Weights:
    """Which weights does a candidate hold?"""
    return Weights(*map(float, candidate[WEIGHT]))


def hysteresis_of(candidate: np.ndarray) -> Hysteresis:
    """Which hysteresis does a candidate hold?"""
    return Hysteresis(float(candidate[HOURS]), float(candidate[POINTS]))


def changed(candidates: np.ndarray, today: np.ndarray) -> np.ndarray:
    """How many numbers of each candidate (… × 8) differ from today's?"""
    return np.asarray((candidates != today).sum(axis=-1))


def distance(candidates: np.ndarray, today: np.ndarray) -> np.ndarray:
    """How far is each candidate (… × 8) from today's numbers, in steps?"""
    return np.asarray(np.abs((candidates - today) / STEP).sum(axis=-1))


def highest(alarm: Level) -> float:
    """Where can the threshold of a level end, so that those above it have room?"""
    return 100 - (len(NAMES) - int(alarm)) * APART


def singles(today: np.ndarray, alarm: Level) -> Iterator[np.ndarray]:
    """Which candidates change one number? Every threshold and point, every second weight, hours in growing steps."""
    values: dict[int, Iterable[float]] = dict.fromkeys(range(1, 6), range(0, 101, 2))
    values |= {THRESHOLD: range(int(alarm), int(highest(alarm)) + 1), HOURS: LONG_HOURS, POINTS: range(31)}
    for at, tried in values.items():
        for value in tried:
            yield moved(today, {at: float(value)})


def pairs(today: np.ndarray, alarm: Level) -> Iterator[np.ndarray]:
    """Which candidates change the threshold and one other number? The threshold within 24 of today's."""
    thresholds = today[THRESHOLD] + np.arange(-24, 25, 2)
    others: dict[int, Iterable[float]] = dict.fromkeys(range(1, 6), (0, 5, 10, 15, 20, 30, 40, 50, 70, 100))
    others |= {HOURS: (1, 3, 6, 9, 12, 18, 24, 36, 48), POINTS: (0, 2, 5, 8, 10, 15, 20)}
    for at, values in others.items():
        for threshold, value in product(thresholds, values):
            yield moved(today, {THRESHOLD: within(float(round(threshold)), alarm), at: float(value)})


def within(threshold: float, alarm: Level) -> float:
    """Which threshold of a level that can be set is nearest?"""
    return min(max(threshold, float(alarm)), highest(alarm))


def moved(candidate: np.ndarray, values: dict[int, float]) -> np.ndarray:
    """Which candidate results when some of its numbers change?"""
    result = candidate.copy()
    for at, value in values.items():
        result[at] = value
    return result


def nearby(candidate: np.ndarray, alarm: Level, dice: np.random.Generator, steps: float = 1.0) -> np.ndarray:
    """Which candidate lies near another? One to four of its numbers move at random, by so many STEPs or so."""
    result = candidate.copy()
    chosen = dice.choice(len(result), dice.integers(1, 5), replace=False)
    result[chosen] = np.round(result[chosen] + steps * STEP[chosen] * dice.normal(size=len(chosen)))
    result = np.clip(result, LOW, HIGH)
    result[THRESHOLD] = within(result[THRESHOLD], alarm)
    return result


def family(today: np.ndarray, alarm: Level) -> Iterator[np.ndarray]:
    """Which candidates does a suggestion choose among? Few and coarse, so that little can be fitted to chance.

    Thresholds within 12 of today's, four hysteresis hours and four points, and the weights as they are or with one of
    them doubled or halved. The first is today's.
    """
    weights = [today[WEIGHT]]
    weights += [moved(today, {at: min(factor * today[at], 100.0)})[WEIGHT] for at in range(1, 6) for factor in (2, 0.5)]
    thresholds = [
        today[THRESHOLD],
        *(within(today[THRESHOLD] + by, alarm) for by in (-12, -9, -6, -4, -2, 2, 4, 6, 9, 12)),
    ]
    hours, points = (
        dict.fromkeys((float(today[at]), *told)) for at, told in ((HOURS, (3, 6, 12, 24)), (POINTS, (2, 5, 10)))
    )
    for given, threshold, hour, point in product(weights, thresholds, hours, points):
        yield np.array([threshold, *given, hour, point])
