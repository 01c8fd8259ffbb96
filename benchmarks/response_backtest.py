"""How late, how often in vain: the shipped profiles on fresh synthetic months, and two rivals at equal false alarms.

The months are synthetic (seeds of the generator that nothing was tuned on, and the sample); the truth is what their
stories say. Rivals: a threshold on the posts of 24 hours, and one on negative share × volume (negative posts in 24 h,
squared, over posts in 24 h). Each rival gets the threshold with which it is earliest at no more false alarms over all
seeds together than the desk has. What is missed counts as its length.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.parts import tracked  # noqa: E402
from analysis.response.backtest import Backtest, Found, Sought, backtest, judged, sought, true_incidents  # noqa: E402
from analysis.response.incidents import Incident, read_incidents  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.response.replay import Track, replayed  # noqa: E402
from analysis.response.shipped import SHIPPED  # noqa: E402
from analysis.schema import Level, Sentiment  # noqa: E402
from benchmarks.response_data import SAMPLE, Months, months  # noqa: E402

LATE, FALSE = 2.0, 2.0  # goals of the tertiary profile: hours at the median, false alarms in 30 days
STEPS = 400


class Case(NamedTuple):
    """One seed's months, ready to be judged. volume, negative: posts in the 24 hours up to each hour's end."""

    seed: int
    track: Track
    incidents: tuple[Incident, ...]
    found: Months
    volume: np.ndarray
    negative: np.ndarray


def cases(seeds: Sequence[int], profile: Profile) -> list[Case]:
    """Which months are judged? Tracked with the half-life and pace of a profile."""
    return [case(months(seed), profile) for seed in seeds]


def case(found: Months, profile: Profile) -> Case:
    """How are one seed's months judged?"""
    cube = found.cube
    track = tracked(cube, found.events, cube["hour"].iloc[-1], profile.heat, profile.pace)
    negative = cube[cube["sentiment"] == Sentiment.NEGATIVE]
    volume = (by_day(cells, track.index) for cells in (cube, negative))
    return Case(found.seed, track, read_incidents(found.truth), found, *volume)


def by_day(cells: pd.DataFrame, index: pd.DatetimeIndex) -> np.ndarray:
    """How many posts came in the 24 hours up to the end of each hour?"""
    per_hour = cells.groupby("hour")["posts"].sum().reindex(index, fill_value=0).to_numpy(dtype=float)
    total = np.concatenate([np.zeros(24), np.cumsum(per_hour)])
    return np.asarray(total[24:] - total[:-24])


def timelines(of: Sequence[Case], profile: Profile) -> list[pd.DataFrame]:
    """Which level is in force in each case, hour by hour?"""
    return [replayed(case.track, profile, case.found.rates) for case in of]


def figures(seeds: Sequence[int]) -> None:
    """How do the three profiles and the rivals do on the sample and on these seeds?"""
    for key, profile in SHIPPED.items():
        report(f"{key}, sample", profile, cases([SAMPLE], profile))
        report(f"{key}, {len(seeds)} seeds", profile, cases(seeds, profile), key == "tertiary")


def report(name: str, profile: Profile, of: Sequence[Case], goals: bool = False) -> None:
    """How does one profile do? Hours late over the incidents of all months together, the rest by month."""
    levels = timelines(of, profile)
    mild = [backtest(level, case.incidents) for level, case in zip(levels, of, strict=True)]
    severe = [backtest(level, case.incidents, Level.SEVERE) for level, case in zip(levels, of, strict=True)]
    outcomes = [outcome for test in mild for outcome in test.outcomes]
    delays = [np.inf if outcome.missed else outcome.delay_hours for outcome in outcomes]
    silent = sum(outcome.missed and outcome.level_true == Level.SEVERE for outcome in outcomes)
    late, false = float(np.median(delays)), mean([test.false_alarms_per_30d for test in mild])
    print(f"{name}: missed {sum(test.missed for test in mild)} of {len(outcomes)}, of them SEVERE {silent}", end="; ")
    print(f"never SEVERE where it should {sum(test.missed for test in severe)}", end="; ")
    print(f"median {late:g} h late (SEVERE {hours(severe)}), mean {np.mean(lasting(of, mild)):.1f} h", end="; ")
    print(f"false alarms {false:.2f}/30 d, {mean([test.false_hours_per_30d for test in mild]):.0f} h", end="; ")
    print(f"flaps {mean([test.flaps for test in mild]):.1f}, agreement {mean([test.agreement for test in mild]):.2f}")
    if goals:
        reached = f"{LATE:g} h late {met(late <= LATE)}, {FALSE:g} false alarms {met(false <= FALSE)}"
        print(f"  goals: 0 SEVERE missed {met(silent == 0)}, {reached}")
        by_incident(of, mild)


def met(reached: bool) -> str:
    """Is a goal met?"""
    return "met" if reached else "MISSED"


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def hours(tests: Sequence[Backtest]) -> str:
    """How late are they at the median, over all incidents?"""
    delays = [np.inf if one.missed else one.delay_hours for test in tests for one in test.outcomes]
    return f"{np.median(delays):g} h"


def lasting(of: Sequence[Case], tests: Sequence[Backtest]) -> list[float]:
    """How late is each incident, a missed one as late as it lasted?"""
    found = []
    for case, test in zip(of, tests, strict=True):
        length = {incident.name: incident.length for incident in case.incidents}
        found += [length[one.name] if one.delay_hours is None else one.delay_hours for one in test.outcomes]
    return found


def by_incident(of: Sequence[Case], tests: Sequence[Backtest]) -> None:
    """Which incidents are late, and what is false alarm about?"""
    rows = [
        (one.name, lasting([case], [test])[at], one.missed, one.level_reached < one.level_true)
        for case, test in zip(of, tests, strict=True)
        for at, one in enumerate(test.outcomes)
    ]
    table = pd.DataFrame(rows, columns=["name", "late", "missed", "too low"])
    for name, part in table.groupby("name", sort=False):
        quartiles = ", ".join(f"{value:g}" for value in part["late"].quantile([0.25, 0.5, 0.75]))
        print(f"    {name}: late {quartiles} h (quartiles), missed {part['missed'].sum()}", end=", ")
        print(f"level too low {part['too low'].sum()} of {len(part)}")
    false = [where(first, case) for case, test in zip(of, tests, strict=True) for first, _last in test.false_alarms]
    print(f"    false alarms begin: {pd.Series(false, dtype=str).value_counts().to_dict()}")


def where(time: pd.Timestamp, case: Case) -> str:
    """In or after which incident does a false alarm begin?"""
    inside = [one.name for one in case.incidents if one.start <= time <= one.end]
    before = [one.name for one in case.incidents if one.end < time and (time - one.end).total_seconds() < 3 * 86400]
    return f"in {inside[0]}" if inside else f"after {before[-1]}" if before else "elsewhere"


def rivals(seeds: Sequence[int]) -> None:
    """By how many hours is the tertiary profile earlier than two simple rivals at equal false alarms?"""
    profile = SHIPPED["tertiary"]
    of = cases(seeds, profile)
    aims = [sought(case.incidents, case.track.index, Level.MILD) for case in of]
    desk = [
        judged(level["level"].to_numpy() >= 1, aim) for level, aim in zip(timelines(of, profile), aims, strict=True)
    ]
    allowed = sum(found.alarms for found in desk)
    print(f"desk (tertiary): {allowed} false alarms on {len(of)} seeds")
    ways = {
        "posts in 24 h": [case.volume for case in of],
        "negative share x negative posts in 24 h": [case.negative**2 / np.maximum(case.volume, 1) for case in of],
    }
    for name, values in ways.items():
        threshold, found = best_threshold(values, aims, allowed)
        compare(f"{name} >= {threshold:.1f}", of, aims, desk, found)


def best_threshold(values: Sequence[np.ndarray], aims: Sequence[Sought], allowed: int) -> tuple[float, list[Found]]:
    """With which threshold is a rival earliest on average at no more false alarms in all?"""
    steps = np.unique(np.quantile(np.concatenate(values), np.linspace(0.02, 1, STEPS)))
    tried = [
        (float(step), [judged(value >= step, aim) for value, aim in zip(values, aims, strict=True)]) for step in steps
    ]
    fair = [one for one in tried if sum(found.alarms for found in one[1]) <= allowed]
    return min(fair, key=lambda one: late(one[1], aims).mean())


def late(found: Sequence[Found], aims: Sequence[Sought]) -> np.ndarray:
    """How late is each incident, a missed one as late as it lasted?"""
    return np.concatenate(
        [np.minimum(one.delay, aim.end - aim.begin + 1) for one, aim in zip(found, aims, strict=True)]
    )


def compare(
    name: str, of: Sequence[Case], aims: Sequence[Sought], desk: Sequence[Found], rival: Sequence[Found]
) -> None:
    """How many hours are gained over a rival, in all and by incident?"""
    gained = late(rival, aims) - late(desk, aims)
    names = [one.name for case in of for one in true_incidents(case.incidents, Level.MILD)]
    print(
        f"  {name}: {sum(one.alarms for one in rival)} false alarms, missed {sum(one.missed for one in rival)}",
        end=", ",
    )
    print(f"median {np.median(late(rival, aims)):g} h late against {np.median(late(desk, aims)):g} h", end="; ")
    print(f"gained: median {np.median(gained):g} h, mean {gained.mean():.1f} h", end="; ")
    print(f"earlier {np.mean(gained > 0):.0%}, later {np.mean(gained < 0):.0%}")
    each: Mapping[str, float] = pd.Series(gained).groupby(names, sort=False).median().to_dict()
    print("    median by incident: " + ", ".join(f"{incident} {value:g} h" for incident, value in each.items()))
