"""Which of an event's posts are read, when reading all of them would take too long?

Whatever is chosen here depends on the posts and not on the order of their rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

ORDER = ["published_at", "platform", "post_id", "text"]
READING = ["published_at", "title", "text", "platform", "post_id"]  # one order, whichever of two copies was taken
MIXED = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # odd, so that no two times meet
LOW = np.uint64(32)


def first_posts(posts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Which posts came first? At most `most`, in order of time; of the same time by platform and id."""
    if len(posts) > most:
        times = posts["published_at"].astype("int64").to_numpy()
        posts = posts[times <= np.partition(times, most - 1)[most - 1]]
    return posts.sort_values(ORDER).head(most)


def distinct(posts: pd.DataFrame) -> np.ndarray:
    """Where (positions, ascending) does each different pair of title and text stand first? posts: in order of time."""
    text, _texts = pd.factorize(posts["text"])
    title, titles = pd.factorize(posts["title"])
    return np.flatnonzero(~pd.Series(text * (len(titles) + 1) + title).duplicated().to_numpy())


def drawn(posts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Which posts stand for all of them? At most `most`, each as likely as any other.

    Drawn by a number that is mixed from a post's time and the length of its text: the same posts give the same draw.
    """
    if len(posts) <= most:
        return posts
    number = mixed(posts)
    chosen = posts[number <= np.partition(number, most - 1)[most - 1]]
    if len(chosen) > most:  # of the same time and as long
        chosen = chosen.assign(number=mixed(chosen)).sort_values(["number", *READING]).head(most).drop(columns="number")
    return chosen


def sampled(posts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Which posts stand for all of them, in order of time? See `drawn`."""
    return drawn(posts, most).sort_values(READING)


def mixed(posts: pd.DataFrame) -> np.ndarray:
    """Which number is each post drawn by? uint64; equal only for equal times and lengths, but for chance."""
    times = posts["published_at"].astype("int64").to_numpy().astype(np.uint64)
    lengths = posts["text"].str.len().to_numpy().astype(np.uint64)
    number = (times + lengths) * MIXED[0]
    number = (number ^ (number >> LOW)) * MIXED[1]
    return np.asarray(number ^ (number >> LOW))
