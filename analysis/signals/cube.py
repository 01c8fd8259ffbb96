"""How many posts of which kind does each hour hold? The waist of the desk: right of it, no post is touched."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.schema import INTERACTIONS, TIMEZONE, Claim, MediaTier, Sentiment, Topic

KEYS = ["hour", "collected", "platform", "region", "topic", "sentiment"]
SUMS = ("posts", "authors", *INTERACTIONS, "followers", *Claim, *MediaTier)
LONGEST = pd.Timedelta(days=20 * 365)
MOST = ("most_reposts", "most_reads")


def count(posts: pd.DataFrame) -> pd.DataFrame:
    """Which cells of hour × platform × region × topic × sentiment hold a post, and how much?

    posts: annotated (topic, sentiment, claim). Returns one row per cell that holds a post:
    hour (start of the hour of publication), collected (hour in which the counters were read off),
    platform, region, topic, sentiment; posts, authors (distinct in the cell); sums of reposts,
    comments, likes, reads, followers (NaN where no post of
    the cell tells); posts by claim and by media tier; most_reposts and most_reads of a single post.
    The sum of `posts` equals len(posts), always.
    """
    cells = posts[["platform", "region", "topic", "sentiment", "author"]].assign(
        hour=posts["published_at"].dt.floor("h"),
        collected=posts["collected_at"].dt.floor("h"),
        posts=1,
        **{name: posts[name].astype("float64") for name in (*INTERACTIONS, "followers")},
        **{str(claim): (posts["claim"] == claim).astype("int64") for claim in Claim},
        **{str(tier): (posts["media_tier"] == tier).astype("int64") for tier in MediaTier},
    )
    groups = cells.groupby(KEYS, observed=True, sort=True)
    sums = [name for name in map(str, SUMS) if name != "authors"]
    cube = groups[sums].sum(min_count=1)
    cube.insert(1, "authors", groups["author"].nunique())
    cube["most_reposts"], cube["most_reads"] = groups["reposts"].max(), groups["reads"].max()
    return cube.reset_index()


def until(cube: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Which cells were published by the hour of `as_of`? Later ones are not seen."""
    return cube[cube["hour"] <= as_of.floor("h")]


def available(cube: pd.DataFrame) -> tuple[str, ...]:
    """Which interaction columns does the export have?"""
    return tuple(name for name in INTERACTIONS if cube[name].notna().any())


def risky(cells: pd.DataFrame) -> pd.Series:
    """Which rows (cells or posts) carry risk: those on a risk topic that are not positive?"""
    return (cells["topic"] != Topic.OTHER) & (cells["sentiment"] != Sentiment.POSITIVE)


def hours(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Which hours lie between two times, both ends included? At most the 20 years before the last.

    A single post dated decades away must not cost the memory of every hour in between.
    """
    first = max(first, last - LONGEST)
    return pd.date_range(first.floor("h"), last.floor("h"), freq="h", tz=TIMEZONE, name="hour")


def dense(cells: pd.DataFrame, index: pd.DatetimeIndex, column: str = "posts") -> np.ndarray:
    """How much of `column` does each hour hold? A float array along `index`, 0 where nothing was said."""
    places = index.get_indexer(pd.DatetimeIndex(cells["hour"]))
    inside = places >= 0
    values = cells[column].to_numpy(dtype="float64", na_value=0.0)[inside]
    return np.bincount(places[inside], weights=values, minlength=len(index)).astype(float)
