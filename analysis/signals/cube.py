"""How many posts of which kind does each hour hold? The waist of the desk: right of it, no post is touched."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.classify.prevalence import leaning
from analysis.schema import INTERACTIONS, TIMEZONE, Claim, MediaTier, Sentiment, Topic

KEYS = ["hour", "since", "collected", "platform", "region", "topic", "sentiment"]
SUMS = ("posts", "lean", "authors", *INTERACTIONS, "followers", *Claim, *MediaTier)
LONGEST = pd.Timedelta(days=20 * 365)
MOST = ("most_reposts", "most_reads")
LEAN_STEPS = 2**20  # leanings are kept to a millionth, in a power of two: their sums are exact in any order


def count(posts: pd.DataFrame, history: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which cells of hour × platform × region × topic × sentiment hold a post, and how much?

    posts: annotated (topic, sentiment, p_negative, claim). history: earlier counters of posts that were exported
    several times (post_id, platform, collected_at, counters). Returns one row per cell: hour (start of the hour of
    publication), since and collected (first and last hour in which the counted interactions can have come),
    platform, region, topic, sentiment; posts; lean (the sum of prevalence.leaning); authors (distinct in the cell);
    sums of reposts, comments, likes, reads, followers (NaN where no post of the cell tells); posts by claim and by
    media tier; most_reposts and most_reads of a single post. What a later export adds to a post's counters is a
    cell of its own, with 0 posts.
    The sum of `posts` equals len(posts), always.
    """
    hour, negative = posts["published_at"].dt.floor("h"), posts["sentiment"] == Sentiment.NEGATIVE
    cells = posts[["post_id", "platform", "region", "topic", "sentiment", "author"]].assign(
        hour=hour,
        since=hour,
        collected=posts["collected_at"].dt.floor("h"),
        posts=1,
        lean=np.round(leaning(posts["p_negative"].to_numpy(), negative.to_numpy()) * LEAN_STEPS) / LEAN_STEPS,
        **{name: posts[name].astype("float64") for name in (*INTERACTIONS, "followers")},
        **{str(claim): (posts["claim"] == claim).astype("int64") for claim in Claim},
        **{str(tier): (posts["media_tier"] == tier).astype("int64") for tier in MediaTier},
    )
    cells = cells.assign(most_reposts=cells["reposts"], most_reads=cells["reads"])
    if history is not None and len(history):
        cells = observed(cells, history)
    groups = cells.groupby(KEYS, observed=True, sort=True)
    sums = [name for name in map(str, SUMS) if name != "authors"]
    cube = groups[sums].sum(min_count=1)
    cube.insert(2, "authors", groups["author"].nunique())
    cube[list(MOST)] = groups[list(MOST)].max()
    return cube.reset_index()


def observed(cells: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """How do posts (one row each) look when their counters were read off several times?

    The post carries its first counters; what each later reading adds is a row with 0 posts, which came after the
    hour of the reading before. A counter that fell adds 0.
    """
    names = ["platform", "post_id"]
    counters = history[[*names, *INTERACTIONS]].astype(dict.fromkeys(INTERACTIONS, "float64"))
    read = counters.assign(collected=history["collected_at"].dt.floor("h")).sort_values([*names, "collected"])
    groups = read.groupby(names, sort=False)
    before = groups[list(INTERACTIONS)].cummax().groupby([read[name] for name in names]).shift(1)
    added = (read[list(INTERACTIONS)] - before.fillna(0)).clip(lower=0)
    since = groups["collected"].shift(1) + pd.Timedelta(hours=1)
    rows = read.assign(
        **{name: added[name] for name in INTERACTIONS},
        since=since.where(since <= read["collected"], read["collected"]).where(since.notna()),
        most_reposts=read["reposts"],
        most_reads=read["reads"],
    )
    told = ["since", "collected", *INTERACTIONS, *MOST]
    kept = cells.drop(columns=told).merge(rows, on=names, how="inner")
    kept["since"] = kept["since"].fillna(kept["hour"])
    later = kept.duplicated(names)
    zero = [name for name in map(str, SUMS) if name not in (*INTERACTIONS, "authors", "followers")]
    kept.loc[later, zero] = 0
    kept.loc[later, "followers"] = np.nan
    kept["author"] = kept["author"].where(~later)
    again = pd.MultiIndex.from_frame(cells[names]).isin(pd.MultiIndex.from_frame(rows[names]))
    return pd.concat([cells[~again], kept[cells.columns]], ignore_index=True)


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
