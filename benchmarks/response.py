"""How fast is the level when a number changes, how well does it do on past incidents, and against what?

    python benchmarks/response.py [--only speed|curve|seeds|sure|cascades] [--seeds 601 602 …]

speed: from a changed profile to the new level timeline of 60 days. curve: a cost curve of 200 thresholds on the sample.
seeds: the shipped profiles on the sample and on seeds of the generator that nothing was tuned on, and two simple rivals
at equal false alarms. sure: whether levels come true as often as they are told to. cascades: real posts of the CED
data set; skipped with a message where the data are absent.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.response.backtest import curve  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.response.replay import shares  # noqa: E402
from benchmarks import response_backtest, response_cascades, response_speed, response_sure  # noqa: E402
from benchmarks.response_data import SAMPLE  # noqa: E402

FRESH = list(range(601, 621))
ROUNDS, GOAL = 11, 2.0


def curve_time() -> None:
    """How long does a cost curve of 200 thresholds take on the sample? The track is at hand, as on the page."""
    profile = Profile()
    case = response_backtest.cases([SAMPLE], profile)[0]
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        points = curve(shares(case.track, profile, case.found.rates), profile, case.incidents)
        times.append(time.perf_counter() - begin)
    slow = float(np.quantile(times, 0.95))
    print(f"{len(points)} thresholds over {len(case.track.index):,} hours: median {np.median(times):.2f} s", end=", ")
    print(f"p95 {slow:.2f} s (goal {GOAL:g}) {response_backtest.met(slow <= GOAL)}")


def main() -> None:
    """What do the comparisons say?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["speed", "curve", "seeds", "sure", "cascades"])
    parser.add_argument("--seeds", type=int, nargs="+", default=FRESH)
    options = parser.parse_args()
    parts = {
        "speed": lambda: response_speed.figures(),
        "curve": curve_time,
        "seeds": lambda: (response_backtest.figures(options.seeds), response_backtest.rivals(options.seeds)),
        "sure": response_sure.figures,
        "cascades": lambda: response_cascades.figures(ROOT),
    }
    for name, run in parts.items():
        if options.only in (None, name):
            print(f"== {name}", flush=True)
            run()


if __name__ == "__main__":
    main()
