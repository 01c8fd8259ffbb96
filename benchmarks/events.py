"""How right and how fast are the events found?

    python benchmarks/events.py [--only quality|speed|titles] [--full] [--show]

quality: on the sample data of seeds 401-403 and on a harder mix of seeds 501-503, of texts written for it alone
(events_mix.py); with real weibo as its daily talk, too, where ../shared/data has them. B-cubed precision, recall and
F1 over all posts (a post of no event is a group of its own) and over the posts of the incidents alone; events found;
purity of the five biggest; how long after an incident's first post its event was known. Peers on the same posts, in
the same run: HDBSCAN and MiniBatchKMeans, see events_peers.py, and finding nothing, which is right about most posts:
what counts are the incidents' posts.
speed: 100,000 posts of the sample data, with `--full` a million too; seconds beside sklearn's HashingVectorizer of the
same texts, memory, and one more hour.
titles: hot-search titles of ../shared/data as posts; `--show` prints pairs to read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.events.detect import detect  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.schema import TIMEZONE, full_text  # noqa: E402
from benchmarks import events_peers, events_speed, events_titles  # noqa: E402
from benchmarks.events_measures import agreement, delays, found  # noqa: E402
from benchmarks.events_mix import mix  # noqa: E402
from sample_data.generate import build, generate  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
REAL_TALK = ("ewect_usual", "weibo2018_train")
SAMPLE_SEEDS, MIX_SEEDS, REAL_SEED = (401, 402, 403), (501, 502, 503), 501
DAYS, POSTS = 60, 12_600
GOAL_F1, GOAL_POSTS, GOAL_MINUTES = 0.85, 15, 60


def sample(seed: int) -> pd.DataFrame:
    """Which posts does the sample data of this seed hold, and of which incident is each (`true`, -1 = daily talk)?"""
    with tempfile.TemporaryDirectory() as folder:
        generate(seed, DAYS, POSTS, Path(folder))
        data = (Path(folder) / "posts.csv").read_bytes()
    posts = read_many([("posts.csv", data)], pd.Timestamp("2026-01-01", tz=TIMEZONE)).posts
    rows, _pool, _stories = build(seed, DAYS, POSTS)
    true = {f"p{draw:015x}": story for draw, story in zip(rows["draw"].tolist(), rows["story"].tolist(), strict=True)}
    return posts.assign(true=posts["post_id"].map(true).to_numpy(np.int64))


def judged(name: str, true: np.ndarray, answer: np.ndarray, seconds: float) -> tuple[float, float]:
    """How right is one way of grouping? Prints a line; F1 over all posts and over those of the incidents."""
    every, inside, events = agreement(true, answer), agreement(true, answer, true >= 0), found(true, answer)
    purity = " ".join(f"{share:.2f}" for share in events.purity)
    print(
        f"  {name:8} all P {every.precision:.3f} R {every.recall:.3f} F1 {every.f1:.3f}; incidents P"
        f" {inside.precision:.3f} R {inside.recall:.3f} F1 {inside.f1:.3f}; {events.events} events, of incidents"
        f" {len(events.owned)}, {events.right} of {events.true} found; purity {purity}; {seconds:.1f} s"
    )
    return every.f1, inside.f1


def compared(name: str, posts: pd.DataFrame) -> tuple[dict[str, tuple[float, float]], pd.DataFrame]:
    """How right are the desk and its peers on the same posts? Their two F1 by name; the desk's delays."""
    true = posts["true"].to_numpy()
    print(f"{name}: {len(posts):,} posts, incidents of {', '.join(map(str, np.bincount(true[true >= 0])))}")
    begin = time.perf_counter()
    ours = detect(posts.drop(columns="true"))
    out = {"desk": judged("desk", true, ours.event, time.perf_counter() - begin)}
    late = delays(posts, true, ours.event, ours.table, found(true, ours.event).owned)
    minutes, spam = " ".join(f"{value:.0f}" for value in late["minutes"]), int(ours.table["spam"].sum())
    print(
        f"           known after posts {' '.join(map(str, late['posts']))}; minutes {minutes}; flagged as spam: {spam}"
    )
    out["nothing"] = judged("nothing", true, np.full(len(posts), -1), 0.0)
    begin = time.perf_counter()
    unique, same = np.unique(full_text(posts).to_numpy(str), return_inverse=True)
    places = events_peers.vectors(unique)
    shared = time.perf_counter() - begin
    for peer in (events_peers.hdbscan, events_peers.kmeans):
        begin = time.perf_counter()
        answer = peer(places, same, true)
        out[peer.__name__] = judged(peer.__name__, true, answer, shared + time.perf_counter() - begin)
    return out, late


def series(name: str, sets: dict[str, Callable[[], pd.DataFrame]]) -> None:
    """How right are they over several seeds? Means of F1, median and worst of the delays."""
    results, late = [], []
    for title, posts in sets.items():
        figures, delay = compared(title, posts())
        results.append(figures)
        late.append(delay)
    for way in results[0]:
        every, inside = (mean(figures[way][at] for figures in results) for at in (0, 1))
        goal = f" (goal {GOAL_F1})" if way == "desk" else ""
        print(f"{name}, mean F1 of {way}: all {every:.3f}, incidents {inside:.3f}{goal}")
    known = pd.concat(late)
    soon = ((known["posts"] <= GOAL_POSTS) | (known["minutes"] <= GOAL_MINUTES)).sum()
    print(
        f"{name}, known after: median {median(known['posts']):.0f} posts, {median(known['minutes']):.0f} min; worst"
        f" {known['posts'].max()} posts, {known['minutes'].max():.0f} min; within {GOAL_POSTS} posts or"
        f" {GOAL_MINUTES} min: {soon} of {len(known)} found"
    )


def quality() -> None:
    """How right are the events on the sample data and on the mix?"""
    series("sample data", {f"sample data, seed {seed}": lambda seed=seed: sample(seed) for seed in SAMPLE_SEEDS})  # type: ignore[misc]
    series("mix", {f"mix, seed {seed}": lambda seed=seed: mix(seed) for seed in MIX_SEEDS})  # type: ignore[misc]
    files = [DATA / "sentiment" / f"{name}.csv" for name in REAL_TALK]
    if not all(file.exists() for file in files):
        print("../shared/data/sentiment is not there: no mix with real weibo as daily talk")
        return
    talk = pd.concat([pd.read_csv(file, dtype=str)["text"].dropna() for file in files])
    series("mix among real weibo", {f"mix among real weibo, seed {REAL_SEED}": lambda: mix(REAL_SEED, talk=talk)})


def main() -> None:
    """What does the comparison say?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["quality", "speed", "titles"])
    parser.add_argument("--full", action="store_true", help="speed: a million posts, too (minutes)")
    parser.add_argument("--show", action="store_true", help="titles: print pairs to read")
    given = parser.parse_args()
    parts = {
        "quality": quality,
        "speed": lambda: events_speed.figures(given.full),
        "titles": lambda: events_titles.figures(DATA / "titles" / "hotsearch_medical_2020_2024.csv", given.show),
    }
    for name, run in parts.items():
        if given.only in (None, name):
            print(f"== {name}")
            run()


if __name__ == "__main__":
    main()
