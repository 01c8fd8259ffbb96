"""Small annotated posts and cubes, written by hand or drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.schema import COLUMNS, Claim, MediaTier, Sentiment, Topic
from analysis.signals.cube import count

START = pd.Timestamp("2025-03-03 00:00", tz="Asia/Shanghai")
HOUR = pd.Timedelta(hours=1)
PLAIN = {
    "author": "甲",
    "platform": "weibo",
    "media_tier": "",
    "region": "",
    "title": "",
    "text": "文",
    "url": "",
    "parent_id": "",
    "topic": "service",
    "sentiment": "negative",
    "claim": "",
}
TOLD = {"author_verified": False, "followers": 0, "reposts": 0, "comments": 0, "likes": 0, "reads": 0}


def at(hours: float) -> pd.Timestamp:
    """Which time is so many hours after the first?"""
    return START + hours * HOUR


def posts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Which annotated posts are these? A row says how it differs from a complaint on weibo in the first hour.

    `hour` stands for published_at, in hours after START; `collected` for collected_at (default: a month on).
    """
    full = []
    for number, row in enumerate(rows):
        times = {
            "published_at": at(row.get("hour", 0)),
            "collected_at": at(row.get("collected", row.get("hour", 0) + 720)),
        }
        rest = {name: value for name, value in row.items() if name not in ("hour", "collected")}
        full.append({**PLAIN, **TOLD, "post_id": f"p{number}", **times, **rest})
    types = {column.name: column.dtype for column in COLUMNS} | {
        "topic": "str",
        "sentiment": "str",
        "claim": "str",
    }
    return pd.DataFrame(full, columns=list(types)).astype(types)


CUBE_COLUMNS = list(count(posts()).columns)


def cube(*cells: dict[str, Any]) -> pd.DataFrame:
    """Which cube holds these cells? A row says how it differs from one complaint; `posts` says how many.

    Interactions and followers are unknown unless a cell tells them.
    """
    numbers = {name: 0 for name in (*map(str, Claim), *map(str, MediaTier))}
    unknown = dict.fromkeys(
        ("reposts", "comments", "likes", "reads", "followers", "most_reposts", "most_reads"), np.nan
    )
    keys = {name: PLAIN[name] for name in ("platform", "region", "topic", "sentiment")}
    rows = []
    for cell in cells:
        hour = at(cell.get("hour", 0))
        times = {"hour": hour, "collected": at(cell["collected"]) if "collected" in cell else hour}
        rest = {name: value for name, value in cell.items() if name not in ("hour", "collected")}
        rows.append({**times, **keys, "posts": 1, "authors": 1, **numbers, **unknown, **rest})
    return pd.DataFrame(rows).astype(dict.fromkeys(unknown, "float64"))[CUBE_COLUMNS]


def hourly_cube(per_hour: list[int], **shared: Any) -> pd.DataFrame:
    """Which cube has so many posts in each hour from START on?"""
    return cube(*({"hour": hour, "posts": n, **shared} for hour, n in enumerate(per_hour) if n))


COUNTS = st.integers(0, 2000)
# A post of an export that tells everything.
ROWS = st.fixed_dictionaries(
    {
        "hour": st.integers(0, 60),
        "author": st.sampled_from("甲乙丙"),
        "platform": st.sampled_from(["weibo", "douyin", "news"]),
        "region": st.sampled_from(["北京", "安徽"]),
        "topic": st.sampled_from(list(map(str, Topic))),
        "sentiment": st.sampled_from(list(map(str, Sentiment))),
        "claim": st.sampled_from(["", *map(str, Claim)]),
        "media_tier": st.sampled_from(["", "", *map(str, MediaTier)]),
        "followers": st.integers(0, 10_000_000),
        "reposts": COUNTS,
        "comments": COUNTS,
        "likes": COUNTS,
        "reads": COUNTS,
    }
)
FULL_ROWS = st.lists(ROWS, min_size=1, max_size=6)
