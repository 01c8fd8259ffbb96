"""What will the situation be if it goes on like this?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.signals.heat import HeatSettings, cooled, heat
from analysis.signals.situation import Situation, told_sums

RECENT = 24  # hours whose mix of tones, topics, platforms and interactions is taken to go on


def continued(now: Situation, posts: np.ndarray, settings: HeatSettings) -> Situation:
    """What will the situation be in some hours, if posts come as forecast and are like those of the last 24 hours?

    posts: expected in each of the coming hours. Every other count keeps its proportion to them: risk posts, tones,
    interactions, followers, claims, media, topics, platforms and regions (0 where the last 24 hours had none). Returns
    the situation with these hours added; in them no burst is looked for, and the stage stays.
    """
    hourly, coming = now.hourly, pd.date_range(now.hourly.index[-1], periods=len(posts) + 1, freq="h")[1:]
    told = [name for name in hourly if name not in ("usual", "heat", "burst", "stage") and not name.startswith("cool_")]
    recent = hourly[told].tail(RECENT).sum()
    added = {name: share(recent[name], recent["posts"]) * posts for name in told} | {"posts": posts}
    counts = pd.concat([hourly[told], pd.DataFrame(added, index=coming)])
    left = cooled(counts[["risk", *now.available]].to_numpy(dtype=float), settings.half_life)
    counts = counts.assign(**{f"cool_{name}": left[:, at] for at, name in enumerate(("posts", *now.available))})
    usual = np.concatenate([now.normal.ahead, np.full(len(posts), np.nan)])  # further ahead nothing is usual
    counts = counts.assign(
        heat=heat(told_sums(counts, now.available, now.since), now.available, settings),
        usual=np.concatenate([hourly["usual"], usual[: len(posts)]]),
        burst=np.concatenate([hourly["burst"], np.zeros(len(posts), dtype=bool)]),
        stage=pd.array([*hourly["stage"], *[hourly["stage"].iloc[-1]] * len(posts)], dtype="str"),
    )
    return replace(
        now,
        as_of=now.as_of + len(posts) * pd.Timedelta(hours=1),
        hourly=counts,
        by_topic=extended(now.by_topic, posts, coming, recent["posts"]),
        by_platform=extended(now.by_platform, posts, coming, recent["posts"]),
        by_region=extended(now.by_region, posts, coming, recent["posts"]),
    )


def extended(table: pd.DataFrame, posts: np.ndarray, coming: pd.DatetimeIndex, recent: float) -> pd.DataFrame:
    """How do the columns of an hourly table go on, each with its share of the posts of the last 24 hours?"""
    shares = np.array([share(part, recent) for part in table.tail(RECENT).sum()])
    return pd.concat([table, pd.DataFrame(np.outer(posts, shares), index=coming, columns=table.columns)])


def share(part: float, whole: float) -> float:
    """How much of one comes with each of the other? 0 where there is nothing."""
    return float(part / whole) if whole > 0 else 0.0


def heats(
    now: Situation, then: Situation, hours: int, band: tuple[float, float, float], settings: HeatSettings
) -> tuple[float, float, float]:
    """How hot will it be `hours` hours on: expected, and at the low and the high end of the band?

    then: `now` continued. band: posts within these hours, expected, low, high; what comes is scaled to each end, what
    is there already cools as it does.
    """
    row, last = then.hourly.iloc[len(now.hourly) - 1 + hours], now.hourly.iloc[-1]
    kept, parts = 0.5 ** (hours / settings.half_life), ("posts", *now.available)
    found = []
    for end in band:
        factor = end / band[0] if band[0] > 0 else 1.0
        old = {part: last[f"cool_{part}"] * kept for part in parts}
        sums = {part: np.array([old[part] + factor * (row[f"cool_{part}"] - old[part])]) for part in parts}
        found.append(float(heat(sums, now.available, settings)[0]))
    return found[0], found[1], found[2]
