"""How long does one slider of the profile take, from the new number to the level of every hour of 60 days?

    python benchmarks/response_speed.py [--posts 10000 1000000]

Posts of the sample data's generator, counted once and kept in the folder for temporary files (a million take minutes).
Each move sets one number of the profile, drawn at random, to a value drawn from its range; half-life and pace, for
which the track is made anew, stand apart. Milliseconds of computing (of this process alone) and by the clock. Peers in
the same run: every part assessed anew, as a briefing does it, and pandas adding up 24 hours of the same hours.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.parts import overall, parts, situations, track_of, tracked  # noqa: E402
from analysis.response.level import assess  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.response.replay import levels, replayed, scores, shares  # noqa: E402
from analysis.schema import InputError  # noqa: E402
from analysis.signals.situation import situation  # noqa: E402
from benchmarks.response_data import Months, counted, version  # noqa: E402
from sample_data.generate import generate  # noqa: E402

SIZES, SEED, DAYS = (10_000, 1_000_000), 404, 60
MOVES, ROUNDS, SLOW_ROUNDS = 300, 60, 5
APART = ("pace", "warning")  # the pace is told apart; an early warning is no part of the level
GOAL, GOAL_LEVELS = 10.0, 2.0


def months(posts: int) -> Months:
    """What was counted in 60 days of so many posts? Made once, then read from where it is kept."""
    file = Path(tempfile.gettempdir()) / "yanpan-response" / f"{version()}-{SEED}-{posts}.pickle"
    if file.exists():
        return Months(*pickle.loads(file.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        generate(SEED, DAYS, posts, Path(folder))
        made = counted(SEED, Path(folder))
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(pickle.dumps(tuple(made)))
    return made


def moves(dice: np.random.Generator) -> Iterator[Profile]:
    """Which profiles does one move of a random slider give?"""
    shipped = Profile()
    numbers = [
        (group, number)
        for group, settings in shipped.groups().items()
        if group not in APART
        for number in fields(settings)
        if "low" in number.metadata and number.name != "half_life"
    ]
    while True:
        group, number = numbers[dice.integers(len(numbers))]
        value = float(dice.uniform(number.metadata["low"], number.metadata["high"]))
        try:
            yield shipped.with_values(group, {number.name: value})
        except InputError:  # Mild above Moderate: the page refuses it, too
            continue


def milliseconds(run: Callable[[], object], rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """How long does it take? Computing and by the clock, in each round; the first one is not counted."""
    run()
    found = []
    for _round in range(rounds):
        begin, clock = time.process_time(), time.perf_counter()
        run()
        found.append((time.process_time() - begin, time.perf_counter() - clock))
    computing, clock_time = 1000 * np.array(found).T
    return computing, clock_time


def told(name: str, times: tuple[np.ndarray, np.ndarray], goal: float | None = None) -> None:
    """How is it said?"""
    (half, slow), (half_clock, slow_clock) = ([np.quantile(some, share) for share in (0.5, 0.95)] for some in times)
    met = "" if goal is None else f" (goal {goal:g}) {'reached' if slow <= goal else 'MISSED'}"
    print(f"  {name}: p50 {half:.1f} ms, p95 {slow:.1f} ms{met}; by the clock {half_clock:.1f}, {slow_clock:.1f}")


def measured(posts: int) -> None:
    """What does one move cost on so many posts?"""
    found, shipped = months(posts), Profile()
    cube, events, as_of, heat, pace = found.cube, found.events, found.cube["hour"].iloc[-1], shipped.heat, shipped.pace
    now, everything = situations(cube, events, as_of, heat, pace), situation(cube, as_of, heat, pace)
    track, chosen = track_of(now, events, everything), iter(list(islice(moves(np.random.default_rng(SEED)), MOVES + 1)))
    print(
        f"{cube['posts'].sum():,.0f} posts, {len(cube):,} cells, {len(events)} events, {len(track.index):,} hours,"
        f" {len(track.place):,} hours of parts",
        flush=True,
    )
    move = milliseconds(lambda: replayed(track, next(chosen), found.rates), MOVES)
    told("one slider", move, GOAL)
    share = shares(track, shipped, found.rates)
    score = scores(share, shipped.weights)
    threshold = milliseconds(lambda: levels(share, score, shipped.thresholds, shipped.hysteresis), ROUNDS)
    told("a threshold alone", threshold, GOAL_LEVELS)
    told("half-life or pace", milliseconds(lambda: replayed(tracked(cube, events, as_of, heat, pace), shipped), 3))

    def anew() -> None:
        overall(
            parts(now, events, as_of, shipped, found.rates, by_day=True),
            assess(everything, shipped, found.rates),
            shipped,
        )

    present = milliseconds(anew, SLOW_ROUNDS)
    told("peer, every part assessed anew", present)
    hourly = everything.hourly.select_dtypes("number")
    rolled = milliseconds(lambda: hourly.rolling(24, min_periods=1).sum(), ROUNDS)
    told(f"peer, pandas adding up 24 hours of {hourly.shape[1]} columns", rolled)
    mine, theirs, pandas = (float(np.median(times[0])) for times in (move, present, rolled))
    print(f"  one slider: {mine / theirs:.2f} x assessing anew, {mine / pandas:.2f} x pandas", flush=True)


def figures(sizes: tuple[int, ...] = SIZES) -> None:
    """What does one move cost at each size?"""
    for posts in sizes:
        measured(posts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, nargs="+", default=SIZES)
    figures(tuple(parser.parse_args().posts))
