"""Do hot-search titles of one affair on different days come into one event, and others not? Real titles.

Each title is a post of its own account, at noon of its day; then each stands for a hot search: after it VOICES - 1 more
accounts post "#title#" with words of their own (everyday training posts that have nothing to do with it) within six
hours. Nothing of the titles is written to a file.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.events.detect import detect
from analysis.posts.read import read_many
from analysis.schema import TIMEZONE
from benchmarks.events_mix import EVERYDAY, training

SAMPLE, SEED, VOICES, LONGEST = 50, 7, 12, 40
DAYS_APART, ALIKE = 2, 0.4  # near-identical titles: shared pairs of characters over all of them (Jaccard)


def figures(path: Path, show: bool) -> None:
    """How are the titles followed from day to day?"""
    if not path.exists():
        print(f"{path} is not there: no titles")
        return
    titles = pd.read_csv(path, dtype=str)
    near = near_pairs(titles)
    for voices in (1, VOICES):
        event = events_of(titles, voices)
        print(f"{len(titles):,} titles, {voices} post{'s' if voices > 1 else ''} each:")
        pairs = followed_pairs(titles, event)
        days = len(set(event[pairs[:, 0]]))
        print(
            f"  {len(set(event[event >= 0]))} events; {(event >= 0).sum()} titles in one; {days} events go on for days:"
            f" {len(pairs)} pairs of titles on different days"
        )
        first, second = event[near[:, 0]], event[near[:, 1]]
        known = (first >= 0) & (second >= 0)
        print(
            f"  of {len(near)} pairs of near-identical titles within {DAYS_APART} days, both in an event {known.sum()},"
            f" of these in one {((first == second) & known).sum() / max(known.sum(), 1):.2f}"
        )
        if show:
            shown("followed", titles, pairs, event)
            shown("near-identical", titles, near, event)


def events_of(titles: pd.DataFrame, voices: int) -> np.ndarray:
    """Which event (-1 = none) is each title in, when so many accounts post it?"""
    order, minutes = np.arange(len(titles)), titles.groupby("date").cumcount()
    noon = pd.to_datetime(titles["date"]) + pd.Timedelta(hours=12) + pd.to_timedelta(minutes, "min")
    dice, words = np.random.default_rng(SEED), training(EVERYDAY).str.slice(0, LONGEST).to_numpy(object)
    parts = []
    for voice in range(voices):
        own = dice.choice(words, len(titles))
        part = {
            "文章ID": [f"t{at}_{voice}" for at in order],
            "正文": "#" + titles["title"] + "#" + own if voice else titles["title"],
            "平台": "微博",
            "作者": [f"u{at}_{voice}" for at in order],
            "发布时间": (noon + pd.Timedelta(minutes=29 * voice)).dt.strftime("%Y-%m-%d %H:%M:%S"),
        }
        parts.append(pd.DataFrame(part))
    data = pd.concat(parts).to_csv(index=False).encode()
    posts = read_many([("titles.csv", data)], pd.Timestamp("2026-01-01", tz=TIMEZONE)).posts
    event = pd.Series(detect(posts).event, index=posts["post_id"])
    return event.reindex([f"t{at}_0" for at in order], fill_value=-1).to_numpy(np.int64)


def followed_pairs(titles: pd.DataFrame, event: np.ndarray) -> np.ndarray:
    """Which titles (places) follow one another in an event, on different days?"""
    found = []
    for _event, places in titles[event >= 0].groupby(event[event >= 0]).groups.items():
        days = titles.loc[places].drop_duplicates("date").index
        found += list(pairwise(days))
    return np.array(found, np.int64).reshape(-1, 2)


def near_pairs(titles: pd.DataFrame) -> np.ndarray:
    """Which titles (places) on different days, at most two apart, are nearly the same?"""
    days = pd.to_datetime(titles["date"]).to_numpy("datetime64[D]").astype(int)
    terms = [{title[at : at + 2] for at in range(len(title) - 1)} for title in titles["title"]]
    found = []
    for one in range(len(titles)):
        later = np.flatnonzero((days > days[one]) & (days <= days[one] + DAYS_APART))
        found += [(one, at) for at in later if len(terms[one] & terms[at]) >= ALIKE * len(terms[one] | terms[at])]
    return np.array(found, np.int64).reshape(-1, 2)


def shown(name: str, titles: pd.DataFrame, pairs: np.ndarray, event: np.ndarray) -> None:
    """Prints a seeded sample of pairs, to be read."""
    drawn = np.random.default_rng(SEED).permutation(len(pairs))[:SAMPLE]
    for number, (one, other) in enumerate(pairs[np.sort(drawn)], start=1):
        left, right = titles.loc[one], titles.loc[other]
        ids = f"{event[one]}/{event[other]}"
        print(f"    {name} {number:2} [{ids}] {left['date']} {left['title']} | {right['date']} {right['title']}")
