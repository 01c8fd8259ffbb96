"""How good and how fast are the signals: bursts, forecast, early warning, and their speed?

    python benchmarks/signals.py [--only bursts|forecast|warning|speed]

bursts: on synthetic incidents of seeds not used for choosing. forecast, warning: on the reposts of real posts of the
CED data set, on the 30% of cascades that nothing was fitted to; skipped with a message where the data are absent.
speed: a year of hours × 11 topics × 10 platforms, every cell filled, against pandas adding up the same cells once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.report import signal_charts  # noqa: E402
from analysis.schema import TIMEZONE, Platform, Sentiment, Topic  # noqa: E402
from analysis.signals.cube import MOST, NAMES, SUMS  # noqa: E402
from analysis.signals.forecast import forecast  # noqa: E402
from analysis.signals.heat import HeatSettings  # noqa: E402
from analysis.signals.situation import situation  # noqa: E402
from benchmarks import signals_bursts, signals_forecast, signals_warning  # noqa: E402

HOURS, PLATFORMS, SEED, ROUNDS = 8760, 10, 5, 9


def full_year() -> pd.DataFrame:
    """Which cube has a post in every hour × topic × platform of a year? 963,600 cells."""
    dice = np.random.default_rng(SEED)
    hours = pd.date_range("2024-01-01", periods=HOURS, freq="h", tz=TIMEZONE, unit="us")
    topics, platforms = [str(topic) for topic in Topic], [str(name) for name in Platform][:PLATFORMS]
    width = len(topics) * PLATFORMS
    rows = HOURS * width
    hour = hours.repeat(width)
    cells = pd.DataFrame({"hour": hour, "since": hour, "collected": hours[-1] + pd.Timedelta(days=7)})
    cells["platform"] = np.tile(np.tile(platforms, len(topics)), HOURS)
    cells["region"] = dice.choice(["四川", "北京", "广东", ""], rows)
    cells["topic"] = np.tile(np.repeat(topics, PLATFORMS), HOURS)
    cells["sentiment"] = dice.choice([str(tone) for tone in Sentiment], rows)
    numbers = {name: dice.poisson(2, rows).astype(float) for name in (*map(str, SUMS), *MOST)}
    return cells.astype(dict.fromkeys(NAMES, "category")).assign(**numbers | {"posts": dice.integers(1, 4, rows)})


def milliseconds(run: Callable[[], object]) -> float:
    """How long does it take? The median of some rounds, after one that is not counted."""
    run()
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return 1000 * median(times)


def speed() -> None:
    """What do the signals of a full year cost, once the cube is there?"""
    cube, settings = full_year(), HeatSettings()
    as_of = cube["hour"].iloc[-1]
    now = situation(cube, as_of, settings)
    peer = milliseconds(lambda: cube.groupby("hour")[[str(name) for name in SUMS]].sum())
    ours = milliseconds(lambda: situation(cube, as_of, settings))
    print(
        f"{len(cube):,} cells: every signal {ours:.0f} ms (goal 100), {ours / peer:.2f} x pandas adding them up by hour"
    )
    index, posts = pd.DatetimeIndex(now.hourly.index), now.hourly["posts"].to_numpy()
    ahead = milliseconds(lambda: forecast(posts, index, now.normal.ahead))
    outlook = forecast(posts, index, now.normal.ahead)
    figure = milliseconds(lambda: signal_charts.timeline(now.hourly, "h", outlook, (), now.bursts, "zh_CN"))
    by_day = milliseconds(lambda: signal_charts.timeline(now.hourly, "D", outlook, (), now.bursts, "zh_CN"))
    print(
        f"forecast {ahead:.1f} ms; figure of a year by the hour {figure:.0f} ms (goal 60), by the day {by_day:.0f} ms"
    )


def main() -> None:
    """What does the comparison say?"""
    parts = {
        "bursts": lambda: signals_bursts.figures(ROOT),
        "forecast": lambda: signals_forecast.figures(ROOT),
        "warning": lambda: signals_warning.figures(ROOT),
        "speed": speed,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=list(parts))
    chosen = parser.parse_args().only
    for name, run in parts.items():
        if chosen in (None, name):
            print(f"== {name}")
            run()


if __name__ == "__main__":
    main()
