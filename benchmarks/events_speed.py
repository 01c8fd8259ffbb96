"""What does finding the events cost? Each size in a process of its own, on posts of the sample data's generator."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

SEED, DAYS, ROUNDS, MEGABYTE = 404, 60, 3, 1 << 20
SMALL, LARGE = 100_000, 1_000_000
GOALS = {SMALL: 10, LARGE: 90}
GOAL_HOUR = 1
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


def write(posts: int, path: Path) -> None:
    """Writes so many posts, as they are read from an export."""
    from analysis.posts.read import read_many
    from analysis.schema import TIMEZONE
    from sample_data.generate import generate

    with tempfile.TemporaryDirectory() as folder:
        generate(SEED, DAYS, posts, Path(folder))
        data = (Path(folder) / "posts.csv").read_bytes()
    read_many([("posts.csv", data)], pd.Timestamp("2026-01-01", tz=TIMEZONE)).posts.to_parquet(path)


def child(path: Path) -> None:
    """Prints what the posts cost in this process: number, unique texts, seconds (of ours, of one hour more, of the
    peer), memory in bytes before and at its peak."""
    from analysis.events.detect import detect
    from analysis.schema import full_text

    posts = pd.read_parquet(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    detect(posts.head(1000))  # what is loaded or compiled at first use
    earlier = posts[posts["published_at"] < posts["published_at"].iloc[-1].floor("h")]
    begin = time.perf_counter()
    found = detect(earlier)
    ours = time.perf_counter() - begin
    hours = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        detect(posts, found)
        hours.append(time.perf_counter() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    from sklearn.feature_extraction.text import HashingVectorizer

    texts = full_text(earlier)
    begin = time.perf_counter()
    HashingVectorizer(analyzer="char", ngram_range=(2, 3)).transform(texts)
    peer = time.perf_counter() - begin
    later = len(posts) - len(earlier)
    print(len(earlier), texts.nunique(), later, len(found.table), ours, median(hours), peer, before, peak)


def figures(full: bool) -> None:
    """What do 100,000 and (`full`) a million posts cost?"""
    grown = {}
    for posts in (SMALL, LARGE) if full else (SMALL,):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "posts.parquet"
            run("--write", str(posts), str(path))
            answer = run("--child", str(path)).split()[-9:]
        count, unique, later, events = map(int, answer[:4])
        ours, hour, peer = map(float, answer[4:7])
        before, peak = (int(size) / MEGABYTE for size in answer[7:])
        grown[posts] = peak
        print(
            f"{count:,} posts, {unique:,} texts: {ours:.1f} s (goal {GOALS[posts]}), {ours / peer:.1f} x sklearn's"
            f" HashingVectorizer ({peer:.1f} s), {events} events; memory {before:,.0f} MB with the posts, at its peak"
            f" {peak:,.0f} MB\n  one more hour ({later:,} posts): {hour:.2f} s (goal {GOAL_HOUR})"
        )
    if full:
        print(f"memory at its peak: {grown[LARGE] / grown[SMALL]:.1f} x for {LARGE / SMALL:.0f} x the posts")


def run(*words: str) -> str:
    """What does this file print in a process of its own?"""
    answer = subprocess.run(
        [sys.executable, __file__, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return answer.stdout


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        child(Path(sys.argv[2]))
