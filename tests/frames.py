"""Small annotated posts and cubes, written by hand or drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import Gravity, Hysteresis, MediaWeights, RedLines, Scales, Thresholds, Weights
from analysis.response.profile import Profile
from analysis.schema import COLUMNS, Claim, MediaTier, Sentiment, Topic
from analysis.signals.cube import count
from analysis.signals.heat import HeatSettings

START = pd.Timestamp("2025-03-03 00:00", tz="Asia/Shanghai")
# Numbers of our own, so that tuning the shipped profile fails no arithmetic here.
EXAMPLE = Profile(
    weights=Weights(heat=30, reach=20, gravity=25, negativity=15, growth=10),
    thresholds=Thresholds(mild=38, moderate=60, severe=85, gravest=93),
    hysteresis=Hysteresis(hours=6, points=5),
    heat=HeatSettings(half_life=24, posts_at_100=5e3),
    scales=Scales(
        heat_from=35,
        heat_full=85,
        followers_from=3e5,
        followers_full=1e8,
        platforms_from=2,
        platforms_full=8,
        regions_from=1,
        regions_full=15,
        media_from=3,
        media_full=100,
        voices=5,
        gravity_from=10,
        gravity_full=150,
        negativity_from=0.25,
        negativity_full=0.75,
        growth_from=1.3,
        growth_full=6,
        growth_calm=10,
    ),
    gravity=Gravity(medical_quality=90, service=30, other=0),
    media=MediaWeights(central=20, provincial=8, local=3, trade=2, self_media=1),
    red_lines=RedLines(death_blamed=15, attack_on_staff=10, records_leaked=30, central_media=1),
)
HIGH = EXAMPLE.with_values("thresholds", {"mild": 97, "moderate": 98, "severe": 99, "gravest": 100})
# Negative posts lean 0.8 on average, the others 0.2: for sure, and as a hundred corrections leave it.
CERTAIN = ErrorRates(100, 0.8, 0.2, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)
LEARNT = ErrorRates(100, 0.8, 0.2, 0.05, 0.06, 0.3, 0.002, 0.001, 0.0005)
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
    "event_id": "",
}
TOLD = {"author_verified": False, "followers": 0, "reposts": 0, "comments": 0, "likes": 0, "reads": 0}

# Two topics and two tones, in six texts.
LABELLED = pd.DataFrame(
    [
        ("手术失误导致病人受伤", "medical_quality", "negative"),
        ("手术之后伤口感染了", "medical_quality", "negative"),
        ("手术很成功感谢医生", "medical_quality", "positive"),
        ("排队两小时窗口没人", "service", "negative"),
        ("排队太久窗口太少", "service", "negative"),
        ("窗口不用排队感谢服务", "service", "positive"),
    ],
    columns=["text", "topic", "sentiment"],
    dtype="str",
)


def at(hours: float) -> pd.Timestamp:
    """Which time is so many hours after the first?"""
    return START + hours * HOUR


def posts(*rows: dict[str, Any]) -> pd.DataFrame:
    """Which annotated posts are these? A row says how it differs from a complaint on weibo in the first hour.

    `hour` stands for published_at, in hours after START; `collected` for collected_at (default: a month on);
    p_negative is 1 for negative posts and 0 for others unless told.
    """
    full = []
    for number, row in enumerate(rows):
        times = {
            "published_at": at(row.get("hour", 0)),
            "collected_at": at(row.get("collected", row.get("hour", 0) + 720)),
        }
        sure = {"p_negative": float(row.get("sentiment", PLAIN["sentiment"]) == "negative")}
        rest = {name: value for name, value in row.items() if name not in ("hour", "collected")}
        full.append({**PLAIN, **TOLD, **sure, "post_id": f"p{number}", **times, **rest})
    types = {column.name: column.dtype for column in COLUMNS} | {
        "topic": "str",
        "sentiment": "str",
        "p_negative": "float64",
        "claim": "str",
        "event_id": "str",
    }
    return pd.DataFrame(full, columns=list(types)).astype(types)


CUBE_COLUMNS = list(count(posts()).columns)


def cube(*cells: dict[str, Any]) -> pd.DataFrame:
    """Which cube holds these cells? A row says how it differs from one complaint; `posts` says how many.

    Interactions and followers are unknown unless a cell tells them; negative posts lean 1, others 0 unless told.
    """
    numbers = dict.fromkeys((*map(str, Claim), *map(str, MediaTier)), 0)
    unknown = dict.fromkeys(
        ("reposts", "comments", "likes", "reads", "followers", "most_reposts", "most_reads"), np.nan
    )
    keys = {"event": "", **{name: PLAIN[name] for name in ("platform", "region", "topic", "sentiment")}}
    rows = []
    for cell in cells:
        hour = at(cell.get("hour", 0))
        times = {"hour": hour, "since": hour, "collected": at(cell["collected"]) if "collected" in cell else hour}
        rest = {name: value for name, value in cell.items() if name not in ("hour", "collected")}
        row = {**times, **keys, "posts": 1, "authors": 1, **numbers, **unknown, **rest}
        rows.append({"lean": row["posts"] if row["sentiment"] == "negative" else 0, **row})
    return pd.DataFrame(rows).astype(dict.fromkeys((*unknown, "lean"), "float64"))[CUBE_COLUMNS]


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
        "p_negative": st.floats(0, 1),
        "followers": st.integers(0, 10_000_000),
        "reposts": COUNTS,
        "comments": COUNTS,
        "likes": COUNTS,
        "reads": COUNTS,
    }
)
FULL_ROWS = st.lists(ROWS, min_size=1, max_size=6)
