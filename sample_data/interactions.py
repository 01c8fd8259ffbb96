"""How often is each post liked, commented on, passed on and read by the time of collection?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.rows import PLATFORMS
from sample_data.stories import Story

# Natural logarithms: what a post gains over a plain neutral post of daily talk by an account of its size.
OF_PHASE = {
    "start": 0.0,
    "spread": 0.2,
    "peak": 0.4,
    "again": 0.4,
    "response": 0.1,
    "decline": -0.5,
    "-": 0.0,
}
OF_SENTIMENT = {"negative": 0.25, "neutral": -0.1, "positive": 0.0}
OF_VOICE = {
    "weibo": 0.0, "comment": -0.8, "douyin": 0.9, "xiaohongshu": 0.4, "wechat": 0.2, "headline": 0.0,
    "notice": 0.0, "letter": 0.0,
}  # fmt: skip
BASE, PER_FOLLOWERS, SPREAD = -2.2, 0.45, 1.15
TAIL_SHARE, TAIL_SHAPE, TAIL_CAP = 0.015, 1.3, 100.0
MOST_LIKES, WECHAT_READS_SHOWN = 3_000_000, 100_001
READ_ON = ("微信", "新闻", "抖音", "小红书")
REPOST_REACH = -1.5
DAILY_REPOSTS = 0.05


def add_likes(rng: np.random.Generator, rows: pd.DataFrame, followers: np.ndarray, story: Story | None) -> pd.DataFrame:
    """How many likes does each post gather? Log-normal with a Pareto tail; posts of facts vary less."""
    fact = rows["fact"].notna().to_numpy()
    level = BASE + PER_FOLLOWERS * np.log(followers + 20.0) + (story.loudness if story else 0.0)
    level = level + rows["phase"].map(OF_PHASE).to_numpy() + rows["sentiment"].map(OF_SENTIMENT).to_numpy()
    level = level + rows["voice"].map(OF_VOICE).to_numpy() + rows["boost"].to_numpy()
    level = level - 1.5 * _on(rows, ("新闻",))
    noise = rng.normal(0.0, SPREAD, len(rows)) * np.where(fact, 0.25, 1.0)
    tail = np.minimum(1.0 + rng.pareto(TAIL_SHAPE, len(rows)), TAIL_CAP) * 3.0
    tail = np.where((rng.random(len(rows)) < TAIL_SHARE) & ~fact, tail, 1.0)
    likes = np.minimum(np.exp(level + noise) * tail, MOST_LIKES) * ~_on(rows, ("问政", "12345"))
    return rows.assign(likes=_whole(rng, likes))


def add_reactions(rng: np.random.Generator, rows: pd.DataFrame, story: Story | None) -> pd.DataFrame:
    """How many comments, reposts and reads come with the likes?

    Adds comments, reposts, reads (-1 = not shown). A repost gathers a fifth of what an original does; a
    parent has at least as many reposts as rows here.
    """
    own = rows["parent"].to_numpy() < 0
    likes = rows["likes"].to_numpy() * np.where(own, 1.0, np.exp(REPOST_REACH))
    share = story.reposts if story else DAILY_REPOSTS
    comments = likes * np.exp(rng.normal(np.log(0.28), 0.6, len(rows)))
    reposts = likes * share * np.exp(rng.normal(0.0, 0.6, len(rows)))
    reads = likes * np.exp(rng.normal(np.log(40.0), 0.5, len(rows))) + rng.integers(20, 200, len(rows))
    reads = np.where(_on(rows, ("微信",)), np.minimum(reads, WECHAT_READS_SHOWN), reads)
    passed_on = np.bincount(rows.loc[~own, "parent"], minlength=len(rows))
    return rows.assign(
        likes=_whole(rng, likes),
        comments=_whole(rng, comments),
        reposts=np.maximum(_whole(rng, reposts), passed_on),
        reads=np.where(_on(rows, READ_ON), reads.astype(np.int64), -1),
    )


def _on(rows: pd.DataFrame, platforms: tuple[str, ...]) -> np.ndarray:
    """Which posts stand on one of these platforms?"""
    return np.isin(rows["platform"].to_numpy(), [PLATFORMS.index(name) for name in platforms])


def _whole(rng: np.random.Generator, values: np.ndarray) -> np.ndarray:
    """Which whole numbers have these expectations?"""
    return np.floor(values + rng.random(len(values))).astype(np.int64)
