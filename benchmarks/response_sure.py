"""How often does a level come true that is told to be so probable?

Of each seed's posts a random 70% is given, as an export gives a part; what all of them give is taken for the truth. So
this judges the uncertainty of chance and of missing posts, not that of the classifier.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.pipeline import brief_cube  # noqa: E402
from analysis.response.incidents import read_incidents  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.standing import Standing  # noqa: E402
from benchmarks.response_data import Months, months  # noqa: E402

SEEDS = [631, 632, 633]
GIVEN = 0.7
EVERY = "21h"
BINS = (0, 0.7, 0.9, 0.99, 1.01)


def moments(found: Months) -> Iterator[pd.Timestamp]:
    """At which times is it judged? From 6 hours before each incident to 12 after it, at most six days."""
    for incident in read_incidents(found.truth):
        begin = incident.start - pd.Timedelta("6h")
        end = min(incident.end + pd.Timedelta("12h"), incident.start + pd.Timedelta("6D"))
        yield from pd.date_range(begin, end, freq=EVERY).floor("h") + pd.Timedelta("59min")


def standing(found: Months, time: pd.Timestamp) -> Standing:
    """What does the desk say of these months as of a time?"""
    return brief_cube(found.cube, Profile(), time, rates=found.rates, by_day=True, events=found.events).standing


def figures(seeds: Sequence[int] = SEEDS) -> None:
    """How probable was the most probable level said to be, and how often was it the level of all posts?"""
    told, right, rule = [], [], []
    for seed in seeds:
        whole, part = months(seed), months(seed, GIVEN)
        for time in moments(whole):
            truth, said = standing(whole, time).assessment.level, standing(part, time)
            told.append(said.likelihood.chances[said.likelihood.probable])
            right.append(said.likelihood.probable == truth)
            rule.append(said.assessment.level == truth)
    chance, hit = np.array(told), np.array(right)
    print(f"{len(hit)} moments: the rule is right in {np.mean(rule):.0%}, the most probable level in {hit.mean():.0%}")
    for low, high in pairwise(BINS):
        here = (chance >= low) & (chance < high)
        if here.any():
            print(
                f"told {low:.0%} to {min(high, 1):.0%}: {here.sum()}, told {chance[here].mean():.0%} on average", end=""
            )
            print(f", came true {hit[here].sum()}")


if __name__ == "__main__":
    figures()
