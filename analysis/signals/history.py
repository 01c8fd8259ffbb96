"""What did each reading of a post's counters add, where a post was exported several times?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.signals.clock import whole_hours


def added(posts: pd.DataFrame, history: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """What did each reading add to the highest counters that the same post had before?

    posts: one row each; history: readings of some of them (post_id, platform, collected_at, counters). Returns a row a
    reading of these posts, by post and time: post (its place in `posts`), collected (hour), since (the hour after the
    reading before, never after `collected`; NaT for the first), `names` (what was added: 0 where a counter fell, NaN
    where it was not told), and total_<name> (what was read).
    """
    key = keys(posts, history)
    post = pd.Index(key[: len(posts)]).get_indexer(key[len(posts) :])
    counters = {name: history[name].to_numpy(dtype="float64", na_value=np.nan) for name in names}
    read = pd.DataFrame({"post": post, "collected": whole_hours(history["collected_at"]).array, **counters})
    read = read[post >= 0].sort_values(["post", "collected"], kind="stable", ignore_index=True)
    highest = read.groupby("post")[list(names)].cummax().groupby(read["post"]).ffill()
    before = highest.groupby(read["post"]).shift(1).fillna(0)
    since = read.groupby("post")["collected"].shift(1) + pd.Timedelta(hours=1)
    since = since.where(since.isna() | (since <= read["collected"]), read["collected"])
    totals = {f"total_{name}": read[name] for name in names}
    return read.assign(since=since, **totals, **(read[list(names)] - before).clip(lower=0))


def keys(posts: pd.DataFrame, history: pd.DataFrame) -> np.ndarray:
    """Which rows of the two frames are of the same post (platform and id)? Equal integers, posts first."""
    named = pd.concat([posts[["post_id", "platform"]], history[["post_id", "platform"]]])
    post, platform = (named[name].astype("str").factorize()[0].astype("int64") for name in named)
    return np.asarray(post * (platform.max(initial=0) + 1) + platform)
