"""Which posts should a person look at?

Two draws that serve two ends. `worth_a_look` picks what teaches most and is never a fair sample: no share may be
estimated from it. `at_random` is for that (see prevalence.error_rates). Both look at each text once; keys are made
of the few posts that are shown, so a million posts cost about a second.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

import numpy as np
import pandas as pd

from analysis.schema import INTERACTIONS, Sentiment, full_text

TONES = [f"p_{tone}" for tone in Sentiment]


def keys(posts: pd.DataFrame) -> pd.Series:
    """By which key is each post's text known? 16 hex digits of the sha256 of what a reader reads (full_text)."""
    read = (sha256(text.encode()).hexdigest()[:16] for text in full_text(posts))
    return pd.Series(list(read), index=posts.index, dtype="str")


def worth_a_look(posts: pd.DataFrame, most: int, seen: Collection[str]) -> pd.DataFrame:
    """Which posts teach the classifier most when a person labels them?

    posts: annotated. most: how many at the most. seen: keys that are left out. Returns rows of `posts` (index
    kept) with their `key` added, each text once, shown by the copy that was read most.

    A text is worth `doubt` × ln(1 + its posts + their interactions); an interaction that nobody counted adds
    nothing. The best of each predicted topic come first, then the second best of each, and so on, so that no
    topic takes all the places.
    """
    touched, text = 1 + interactions(posts), texts(posts)
    shown = most_touched(touched, text)
    worth = doubt(posts)[shown] * np.log1p(np.bincount(text, touched))
    best_first = np.argsort(-worth, kind="stable")
    topic = pd.factorize(posts["topic"])[0][shown][best_first]
    rank = pd.Series(topic).groupby(topic).cumcount().to_numpy()
    return unseen(posts, shown[best_first[np.argsort(rank, kind="stable")]], most, seen)


def at_random(posts: pd.DataFrame, most: int, seen: Collection[str], seed: int) -> pd.DataFrame:
    """Which posts does chance pick? Rows of `posts` as `worth_a_look` gives them, in the order of the draw.

    Every *post* has the same chance, as an estimate of a share of posts needs it: a text that a thousand accounts
    posted is a thousand times as likely to come up as one that stands once. It is shown, and labelled, once though,
    so where copies are many, or many of them have been `seen`, the draw says a little less of them than they
    are worth. The same posts and seed give the same order, so leaving out what was seen goes on where it ended.
    """
    return unseen(posts, np.random.default_rng(seed).permutation(len(posts)), most, seen)


def doubt(posts: pd.DataFrame) -> np.ndarray:
    """How unsure was the classifier of each post? [0, 1]: 0 = sure of both answers, 1 = two sentiments level.

    The larger of 1 - (likeliest less second likeliest sentiment) and 1 - the probability of the topic.
    """
    tones = np.sort(posts[TONES].to_numpy(dtype=float), axis=1)
    return np.asarray(np.maximum(1 - (tones[:, -1] - tones[:, -2]), 1 - posts["topic_probability"].to_numpy()))


def interactions(posts: pd.DataFrame) -> np.ndarray:
    """How many reposts, comments, likes and reads has each post, as far as they were counted?"""
    columns = [posts[name].to_numpy(dtype=float, na_value=np.nan) for name in INTERACTIONS if name in posts]
    return np.nansum(np.column_stack(columns), axis=1) if columns else np.zeros(len(posts))


def texts(posts: pd.DataFrame) -> np.ndarray:
    """Which text does each post carry? A number a pair of title and text, counted from 0."""
    title, _titles = pd.factorize(posts["title"])
    text, different = pd.factorize(posts["text"])
    return np.asarray(pd.factorize(title * np.int64(len(different) + 1) + text)[0])


def most_touched(touched: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Where does each text's copy with the most interactions stand? The earliest of those that are level."""
    least_first = np.argsort(-touched, kind="stable")[::-1]
    shown = np.zeros(int(text.max(initial=-1)) + 1, dtype=np.int64)
    shown[text[least_first]] = least_first  # of several values for one text the last stays
    return shown


def unseen(posts: pd.DataFrame, order: np.ndarray, most: int, seen: Collection[str]) -> pd.DataFrame:
    """Which posts of this order come first, those left out whose key was seen or came before?"""
    size = most + len(seen)
    while True:
        rows = posts.iloc[order[:size]]
        named = rows.assign(key=keys(rows))
        fresh = named[~named["key"].isin(list(seen)) & ~named["key"].duplicated()]
        if len(fresh) >= most or size >= len(order):
            return fresh.head(most)
        size *= 2
