"""How well does the early warning tell, on real cascades that its numbers were not fitted to?

    python benchmarks/signals_warning.py [--data ../shared/data]

Prints, at 1, 3 and 6 h and for 200, 300 and 500 posts and the biggest tenth: the AUC of `reach` beside that of the
count so far, and its expected calibration error (10 bins); coverage and width of the 80% band; the same when the
cascades of the other part serve as the user's own past, all of them and 60 of them; and the numbers that ship as
they come out of a new fit. Without the data it says so and ends.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import rankdata

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.schema import TIMEZONE  # noqa: E402
from analysis.signals import warning  # noqa: E402
from analysis.signals.warning import JUDGED_AT, EarlyWarning, Past, by_parts, early_warning, learnt  # noqa: E402

VOLUMES = (200, 300, 500)
GAIN, ERROR = 0.03, 0.05
NOTHING = learnt(np.zeros(0, dtype=int), np.zeros(0), pd.DatetimeIndex([], tz=TIMEZONE))


def cascades(data: Path) -> pd.DataFrame:
    """Which cascades are there? Indexed by number: started, ages (hours of each repost and comment), size, test."""
    folder = data / "cascades"
    events = pd.read_parquet(folder / "ced_events.parquet").sort_values(["cascade", "hours_after_post"])
    ages = {number: part.to_numpy(dtype=float) for number, part in events.groupby("cascade")["hours_after_post"]}
    posted = pd.to_datetime(pd.read_csv(folder / "ced_posts.csv").set_index("cascade")["posted"])
    found = pd.DataFrame({"started": posted.dt.tz_localize(TIMEZONE)}).loc[[n for n in posted.index if n in ages]]
    return found.assign(
        ages=[ages[number] for number in found.index],
        size=[len(ages[number]) for number in found.index],
        test=[hashlib.sha256(str(number).encode()).digest()[0] < 77 for number in found.index],
    )


def flat(found: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, pd.DatetimeIndex]:
    """How do cascades look to `learnt`? Owner, ages, started."""
    owner = np.repeat(np.arange(len(found)), found["size"])
    return owner, np.concatenate(list(found["ages"])), pd.DatetimeIndex(found["started"])


def told(found: pd.DataFrame, hours: int, volume: float, past: Past) -> list[EarlyWarning]:
    """What is warned of each cascade at an age?"""
    pairs = zip(found["ages"], found["started"], strict=True)
    answers = [early_warning(ages, started, volume, past, age=hours) for ages, started in pairs]
    return [answer for answer in answers if answer is not None]


def calibration_error(true: np.ndarray, likely: np.ndarray) -> float:
    """How far is what was said from what came: the mean distance in ten bins of probability, each by its weight?"""
    at = np.minimum((likely * 10).astype(int), 9)
    return sum(abs(true[at == k].mean() - likely[at == k].mean()) * (at == k).mean() for k in np.unique(at))


def report(test: pd.DataFrame, tenth: float, past: Past, name: str) -> None:
    """How good are the warnings with what this past has taught?"""
    size, volumes = test["size"].to_numpy(), (*VOLUMES, tenth)
    print(f"\n{name}: {len(test)} cascades")
    for hours in JUDGED_AT:
        cases = []
        for volume in volumes:
            answers = told(test, hours, volume, past)
            cases.append(
                (size >= volume, *(np.array([getattr(a, key) for a in answers]) for key in ("reach", "so_far")))
            )
        rows = [(auc(true, likely), auc(true, count), calibration_error(true, likely)) for true, likely, count in cases]
        ours, theirs, error = np.mean(rows, axis=0)
        least, most = interval(cases)
        print(f"{hours} h  AUC {ours:.3f}, count so far {theirs:.3f}, gain {ours - theirs:+.3f}", end=" ")
        print(f"[90%: {least:+.3f} to {most:+.3f}]", verdict(ours - theirs >= GAIN))
        print(f"     calibration error {error:.3f}", verdict(error <= ERROR))
        for volume, (a, c, e) in zip(volumes, rows, strict=True):
            print(f"     {volume:4.0f} posts: AUC {a:.3f}, count {c:.3f}, calibration error {e:.3f}")
        low, middle, high = (np.array([getattr(answer, key) for answer in answers]) for key in ("low", "size", "high"))
        print(f"     band holds {np.mean((size >= low) & (size <= high)):.1%}, is {np.median(high / low):.1f}", end=" ")
        print(f"times as high as low; median off by {np.exp(np.median(np.abs(np.log(middle / size)))):.2f} times")


def interval(pairs: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> tuple[float, float]:
    """Between which gains does the mean gain lie with 90%, had other cascades of the kind been held out? Bootstrap.

    pairs: for each volume, what came true, how likely it was said to be, and the count so far.
    """
    draws, gains = np.random.default_rng(1), []
    for _draw in range(200):
        rows = draws.integers(0, len(pairs[0][0]), len(pairs[0][0]))
        gains.append(np.mean([auc(t[rows], p[rows]) - auc(t[rows], n[rows]) for t, p, n in pairs]))
    return float(np.quantile(gains, 0.05)), float(np.quantile(gains, 0.95))


def auc(true: np.ndarray, score: np.ndarray) -> float:
    """How likely is a true one scored above a false one? Area under the ROC curve, by ranks; ties count half."""
    ranks, hits = rankdata(score), int(true.sum())
    return float((ranks[true].sum() - hits * (hits + 1) / 2) / (hits * (len(true) - hits)))


def verdict(met: bool) -> str:
    """Is the goal met?"""
    return "met" if met else "MISSED"


def fitted(found: pd.DataFrame) -> str:
    """Which numbers come out when they are fitted anew? Least squares over the three ages; the base by trial."""
    owner, ages, started = flat(found)
    best = min(fit(found["size"].to_numpy(), owner, ages, started, base) for base in range(50, 501, 50))
    spread = np.polyfit(np.log(JUDGED_AT), np.log(best[3]), 1)
    shares = np.arange(0.1, 0.95, 0.1)
    slope, least = np.polyfit(shares, np.log(found["size"].quantile(shares)), 1)
    numbers = ", ".join(f"{number:.3f}" for number in best[2])
    return (
        f"BASE {best[1]}; LEVEL, SLOWING, SPIKING, NIGHT, AGE {numbers}; SPREAD {np.exp(spread[1]):.3f}, "
        f"WIDENING {spread[0]:.3f}; SMALLEST {np.exp(least):.0f}, LARGEST {np.exp(least + slope):.0f}"
    )


def fit(
    size: np.ndarray, owner: np.ndarray, ages: np.ndarray, started: pd.DatetimeIndex, base: float
) -> tuple[float, float, tuple[float, ...], tuple[float, ...]]:
    """How well does the law fit with this base? Mean squared error, base, weights, standard deviation by age."""
    columns, targets = [], []
    for hours in JUDGED_AT:
        parts = by_parts(owner, ages, len(size), hours)
        night = warning.night_hours(warning.clock(started), hours)
        columns.append(np.column_stack([np.ones(len(size)), *warning.signs(parts, night, hours)]))
        so_far = parts.sum(axis=1)
        targets.append(np.log(size - so_far + warning.FEW) - np.log(so_far + base))
    weights = np.linalg.lstsq(np.concatenate(columns), np.concatenate(targets), rcond=None)[0]
    left = [np.mean((target - rows @ weights) ** 2) for rows, target in zip(columns, targets, strict=True)]
    return float(np.mean(left)), base, tuple(map(float, weights)), tuple(np.sqrt(left))


def figures(root: Path) -> None:
    """How good is the early warning? root: the folder of the project; the data are beside it."""
    measure(root.parent / "shared" / "data")


def measure(data: Path) -> None:
    """How good is the early warning on the cascades in this folder?"""
    if not (data / "cascades" / "ced_events.parquet").exists():
        print(f"early warning: there are no cascades in {data}")
        return
    found = cascades(data)
    test, others = found[found["test"]], found[~found["test"]]
    tenth = float(others["size"].quantile(0.9))
    report(test, tenth, NOTHING, "early warning, shipped numbers")
    report(test, tenth, learnt(*flat(others)), f"early warning, learnt from {len(others)} cascades")
    report(test, tenth, learnt(*flat(others.sample(60, random_state=1))), "early warning, learnt from 60 cascades")
    print("\nfitted anew:", fitted(others))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    measure(parser.parse_args().data)
