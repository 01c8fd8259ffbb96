"""When are the incidents of the synthetic sample noticed, and how early against a fixed threshold?

    python benchmarks/signals_bursts.py [--seeds 311 312 313 314 315 316]

Seeds 301-306 served to choose the method; 311-316 were looked at when it stood. Prints, for all posts, negative posts
and risk posts: the error of the onset (hours between the burst's onset and the first post of the story), the delay
(hours from the start of the story until the post at which the burst is called, as seen then), and false alarms
(bursts called outside every incident). The peers, in the same run: the rule "T posts in a clock hour", with the T
that does best on these very seeds without more false alarms; and the robust count score (surprise of 4).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import annotate  # noqa: E402
from analysis.classify.train import current_model  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.schema import TIMEZONE, Sentiment  # noqa: E402
from analysis.signals.burst import began, burst_odds, running, surprise  # noqa: E402
from analysis.signals.cube import risky  # noqa: E402
from analysis.signals.normal import usual_hours  # noqa: E402
from analysis.workspace.places import CORPUS, model_path  # noqa: E402

SEEDS = (311, 312, 313, 314, 315, 316)
KINDS = ("posts", "negative", "risk")
HOUR = pd.Timedelta(hours=1)
MISSED = 99.0  # hours of onset error of an incident without a burst


@dataclass(frozen=True)
class Seed:
    """One synthetic sample: its hours, the exact times (hours since the first) of each kind's posts, the truth."""

    index: pd.DatetimeIndex
    times: dict[str, np.ndarray]
    incidents: pd.DataFrame  # name, and start and end as positions in the index

    def per_hour(self, kind: str) -> np.ndarray:
        return np.bincount(self.times[kind].astype(int), minlength=len(self.index)).astype(float)


# A call: the hour from which the burst is said to run, the hour in which it is called, the exact time of that.
Call = tuple[int, int, float]


def seed_of(number: int) -> Seed:
    """What does the generator write for a seed, read and annotated as the desk does it?"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "sample_data" / "generate.py"), "--seed", str(number), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        raw = (Path(folder) / "posts.csv").read_bytes()
        truth = pd.read_csv(Path(folder) / "incidents.csv")
    posts = annotate(
        read_many([("posts.csv", raw)], pd.Timestamp.now(tz=TIMEZONE)).posts, current_model(model_path(), CORPUS)
    )
    first = posts["published_at"].min().floor("h")
    time = ((posts["published_at"] - first) / HOUR).sort_values()
    kinds = {"posts": time >= 0, "negative": posts["sentiment"] == Sentiment.NEGATIVE, "risk": risky(posts)}
    hours = {
        name: (pd.to_datetime(truth[name]).dt.tz_localize(TIMEZONE).dt.floor("h") - first) // HOUR
        for name in ("start", "end")
    }
    return Seed(
        pd.date_range(first, posts["published_at"].max(), freq="h"),
        {kind: time[mask.reindex(time.index)].to_numpy() for kind, mask in kinds.items()},
        truth[["name"]].assign(**hours),
    )


def automaton(seed: Seed, kind: str) -> list[Call]:
    """When does the desk call a burst?

    The moment is the first post of the hour with which, seen at that moment, a burst runs.
    """
    counts = seed.per_hour(kind)
    usual, days = usual_hours(counts, seed.index)
    odds = burst_odds(counts, usual, days)
    runs, start = running(counts, odds, days), began(odds)
    calls = []
    for hour in np.flatnonzero(np.diff(runs.astype(int), prepend=0) > 0):
        until = slice(max(0, hour - 24 * 14), hour + 1)  # the odds of two weeks ago are forgotten

        def called(n: int, hour: int = hour, until: slice = until) -> bool:
            so_far = np.append(counts[until][:-1], float(n))
            seen = burst_odds(so_far, usual[until], days[until])
            return bool(running(so_far, seen, days[until])[-1])

        first = next((n for n in range(1, int(counts[hour]) + 1) if called(n)), int(counts[hour]))
        calls.append((int(start[hour]), int(hour), moment(seed.times[kind], int(hour), first)))
    return calls


def rule(flags: np.ndarray, moment_of: Callable[[int], float]) -> list[Call]:
    """When does a rule call that flags hours? Flags less than 6 hours apart are one call."""
    hours = np.flatnonzero(flags)
    first = hours[np.diff(hours, prepend=-99) > 6]
    return [(int(hour), int(hour), moment_of(int(hour))) for hour in first]


def moment(times: np.ndarray, hour: int, n: int) -> float:
    """When came the n-th post of an hour?"""
    return float(times[np.searchsorted(times, hour) + n - 1])


def threshold(seed: Seed, kind: str, needed: int) -> list[Call]:
    return rule(seed.per_hour(kind) >= needed, lambda hour: moment(seed.times[kind], hour, needed))


def score_of_four(seed: Seed, kind: str) -> list[Call]:
    return rule(surprise(seed.per_hour(kind)) >= 4, lambda hour: hour + 1.0)


def judged(calls: list[Call], seed: Seed) -> tuple[list[float], list[float], int]:
    """How far off is the onset and how late the first call of each incident, and how many calls are false?"""
    errors, delays, inside = [], [], set()
    for row in seed.incidents.itertuples():
        within = [call for call in calls if row.start <= call[1] <= row.end]
        inside |= {call for call in calls if row.start - 1 <= call[1] <= row.end}
        errors.append(abs(within[0][0] - row.start) if within else MISSED)
        delays.append(within[0][2] - row.start if within else float(row.end - row.start))
    return errors, delays, len(calls) - len(inside)


def over(seeds: list[Seed], calls: Callable[[Seed], list[Call]]) -> tuple[np.ndarray, np.ndarray, int]:
    """How does a way of calling do over all seeds? (onset errors, delays, false alarms)"""
    found = [judged(calls(seed), seed) for seed in seeds]
    errors, delays = (np.array([value for row in found for value in row[at]]) for at in (0, 1))
    return errors, delays, sum(row[2] for row in found)


def best_threshold(seeds: list[Seed], kind: str, alarms: int) -> tuple[int, tuple[np.ndarray, np.ndarray, int]]:
    """Which T calls earliest without more false alarms, and how does it do?"""
    needed, best = 80, over(seeds, lambda seed: threshold(seed, kind, 80))
    for lower in range(79, 2, -1):
        found = over(seeds, lambda seed, lower=lower: threshold(seed, kind, lower))
        if found[2] > alarms:
            break
        needed, best = lower, found
    return needed, best


def line(name: str, found: tuple[np.ndarray, np.ndarray, int], names: list[str]) -> None:
    errors, delays, alarms = found
    print(
        f"  {name:34} onset median {np.median(errors):4.1f} h, within 1 h {np.mean(errors <= 1):.2f}; "
        f"delay median {np.median(delays):5.2f} h, mean {delays.mean():5.2f} h; false alarms {alarms}"
    )
    each = np.median(delays.reshape(-1, len(names)), axis=0)
    print("      " + ", ".join(f"{name} {delay:.1f}" for name, delay in zip(names, each, strict=True)))


def figures(root: Path, numbers: tuple[int, ...] = SEEDS) -> None:
    """What does the comparison say? `root` is not read: the incidents are generated."""
    seeds = [seed_of(number) for number in numbers]
    names = seeds[0].incidents["name"].tolist()
    print(f"bursts: {len(seeds)} seeds, {len(seeds) * len(names)} incidents in {len(seeds) * 60} days; delays by name")
    for kind in KINDS:
        found = over(seeds, lambda seed, kind=kind: automaton(seed, kind))
        line(f"{kind}: the desk", found, names)
        line(f"{kind}: surprise of 4", over(seeds, lambda seed, kind=kind: score_of_four(seed, kind)), names)
        for other in dict.fromkeys((kind, "posts")):
            needed, peer = best_threshold(seeds, other, found[2])
            line(f"  {needed} {other} an hour", peer, names)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    figures(ROOT.parent / "shared" / "data", tuple(options.parse_args().seeds))
