"""Which three posts stand for an event: the most central, the most read and the most negative?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from analysis.events.sample import ORDER
from analysis.posts.privacy import masked_series
from analysis.schema import Sentiment, full_text
from analysis.signals.wording import wording

SHOWN = ["role", "published_at", "platform", "author", "text", "post_id"]
CANDIDATES = 50  # posts that drew most, or are most negative, of which the first of different wording is taken
DRAWN = ("reposts", "comments", "likes")


def representative(
    posts: pd.DataFrame, texts: pd.DataFrame, weights: dict[str, float], share: np.ndarray
) -> pd.DataFrame:
    """Which posts stand for an event? Columns SHOWN, up to three rows of different wording; texts and accounts masked.

    posts: index 0..n-1. texts: the rows of them that were read, each wording once, with words (see `wording.spoken`);
    weights: how much each word tells;
    share: of each post's counters, what has come. central: the text nearest to what all of them say. most_read: by
    reads, or where no post tells them by reposts, comments and likes together; most_negative: the highest p_negative
    of the posts that are negative. A role is left out where no post of other wording fills it.
    """
    chosen = [earliest_of(posts, int(texts.index[most_central(texts["words"].tolist(), weights)]))]
    told = [number_of(posts, share), posts["p_negative"].where(posts["sentiment"] == Sentiment.NEGATIVE)]
    roles = ["central"]
    for role, number in zip(("most_read", "most_negative"), told, strict=True):
        found = highest(posts, number.to_numpy(dtype=float), chosen)
        if found is not None:
            chosen.append(found)
            roles.append(role)
    table = posts.iloc[chosen].assign(role=pd.array(roles, dtype="str"))
    return table.assign(text=masked_series(full_text(table)), author=masked_series(table["author"]))[SHOWN].reset_index(
        drop=True
    )


def most_central(said: list[tuple[str, ...]], weights: dict[str, float]) -> int:
    """Which text (its place) is nearest to what all of them say? Of equal ones the first.

    Nearest by the cosine with the sum of all texts over the telling words (all words where none tells), each weighed
    by how much it tells; a text of few words is not nearest because it is short.
    """
    counts = Counter(word for words in said for word in words)
    pull = {word: n * weights.get(word, 0.0 if weights else 1.0) for word, n in counts.items()}
    scores = [sum(pull[word] for word in words) / (5 + len(words)) ** 0.5 for words in said]
    return int(np.argmax(scores))


def number_of(posts: pd.DataFrame, share: np.ndarray) -> pd.Series:
    """How much was each post read by then? Reads; where no post tells them, reposts, comments and likes together."""
    told = ["reads"] if posts["reads"].notna().any() else list(DRAWN)
    counted = posts[told].astype("float64")
    return counted.sum(axis=1, min_count=1) * share


def earliest_of(posts: pd.DataFrame, place: int) -> int:
    """Where stands the first post that says the same at the same time as the one in this place, by platform and id?"""
    same = np.logical_and.reduce([posts[name] == posts[name].iloc[place] for name in ("published_at", "title", "text")])
    return int(posts.loc[same, ORDER].sort_values(ORDER).index[0])


def highest(posts: pd.DataFrame, number: np.ndarray, chosen: list[int]) -> int | None:
    """Which post (its place) has the highest number, of other wording than those chosen? Of equal ones the earliest.

    None: all that have a number, or the CANDIDATES highest, say the same as one that was chosen.
    """
    taken = posts.iloc[chosen]
    number = np.where(posts["text"].isin(taken["text"]), np.nan, number)
    known = np.flatnonzero(~np.isnan(number))
    if not len(known):
        return None
    least = np.sort(number[known])[-CANDIDATES:][0] if len(known) > CANDIDATES else number[known].min()
    places = known[number[known] >= least]
    ranked = posts[ORDER].iloc[places].assign(place=places, number=number[places])
    ranked = ranked.sort_values(["number", *ORDER], ascending=[False] + [True] * len(ORDER)).head(CANDIDATES)
    said = set(wording(full_text(taken)))
    other = ranked[~wording(full_text(posts.iloc[ranked["place"]])).isin(said).to_numpy()]
    return int(other["place"].iloc[0]) if len(other) else None
