"""How long does each stage take, as a ratio to a named peer in the same run?

    python benchmarks/desk.py [--rounds 5]

Prints medians: reading against pandas.read_csv of the same file; annotating against SnowNLP, in posts a
second; a threshold moved (level over the whole period from the counted posts) against the whole path.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import annotate  # noqa: E402
from analysis.classify.snow import snow_probabilities  # noqa: E402
from analysis.classify.train import current_model  # noqa: E402
from analysis.pipeline import brief_cube  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.response.level import assess  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.schema import TIMEZONE  # noqa: E402
from analysis.signals.cube import count  # noqa: E402
from analysis.signals.situation import situation  # noqa: E402
from analysis.workspace.places import CORPUS, SAMPLE, model_path  # noqa: E402

SNOW_POSTS = 200


def seconds(run: Callable[[], object], rounds: int) -> float:
    """How long does it take? The median of some rounds, after one that is not counted."""
    run()
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return median(times)


def main() -> None:
    """What does each stage cost?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    data = (SAMPLE / "posts.csv").read_bytes()
    now = pd.Timestamp.now(tz=TIMEZONE)
    model = current_model(model_path(), CORPUS)
    posts = read_many([("posts.csv", data)], now).posts
    told = annotate(posts, model)
    cube = count(told)
    profile, as_of = Profile(), cube["hour"].max()
    state = situation(cube, as_of, profile.heat)
    ours = seconds(lambda: read_many([("posts.csv", data)], now), rounds)
    peer = seconds(lambda: pd.read_csv(io.BytesIO(data), encoding="utf-8-sig"), rounds)
    print(f"read {len(posts):,} posts: {ours:.2f} s, {ours / peer:.1f} x pandas.read_csv (which checks nothing)")
    labelling = seconds(lambda: annotate(posts, model), rounds)
    snow = seconds(lambda: snow_probabilities(posts["text"].head(SNOW_POSTS)), 1)
    speed, slow = len(posts) / labelling, SNOW_POSTS / snow
    print(f"annotate: {speed:,.0f} posts/s, {speed / slow:.0f} x SnowNLP ({slow:.0f} posts/s, sentiment alone)")
    path = seconds(lambda: brief_cube(cube, profile, as_of), rounds)
    slider = seconds(lambda: assess(state, profile), rounds)
    whole = ours + labelling + path
    print(f"briefing from the counted posts: {path * 1000:.0f} ms; a threshold moved: {slider * 1000:.1f} ms,")
    print(f"1/{whole / slider:.0f} of the whole path from the file ({whole:.2f} s)")


if __name__ == "__main__":
    main()
