"""Streams of posts: everyday talk in which no two posts are alike, and affairs that share some words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.frames import posts

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
DEATH = ("产妇大出血", "剖宫产手术", "家属要病历")
PARKING = ("停车费上涨", "地下车库", "收费公示牌")


def filler(rng: np.random.Generator, characters: int) -> str:
    """Which words of no meaning does a post hold? Two posts have a pair of characters in common only by chance."""
    return "".join(rng.choice(CHARACTERS, characters))


def chatter(number: int, hours: tuple[float, float] = (0, 48), seed: int = 0, tag: str = "") -> pd.DataFrame:
    """Which everyday posts come evenly in these hours, each by another account?"""
    rng = np.random.default_rng([seed, 1])
    times = np.linspace(*hours, number)
    rows = [{"hour": float(hour), "text": tag + filler(rng, 14), "author": f"c{at}"} for at, hour in enumerate(times)]
    return posts(*rows).assign(post_id=[f"c{at}" for at in range(number)])


def affair(words: tuple[str, ...], number: int, start: float, name: str, hours: float = 10) -> pd.DataFrame:
    """Which posts, each by another account and otherwise worded differently, speak of it, two of its words each?"""
    rng = np.random.default_rng([ord(name), 2])
    rows = []
    for at in range(number):
        first, second = words[at % len(words)], words[(at + 1) % len(words)]
        text = f"{filler(rng, 4)}{first}{filler(rng, 4)}，{second}{filler(rng, 4)}"
        rows.append({"hour": start + hours * at / number, "text": text, "author": f"{name}{at}"})
    return posts(*rows).assign(post_id=[f"{name}{at}" for at in range(number)])


def stream(*parts: pd.DataFrame) -> pd.DataFrame:
    """Which posts are these together, in order of time?"""
    return pd.concat(parts).sort_values(["published_at", "post_id"], kind="stable", ignore_index=True)


def written(*rows: dict[str, object]) -> pd.DataFrame:
    """Which posts are these? Ids as given, else by place."""
    return posts(*rows)
