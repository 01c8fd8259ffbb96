"""Which earlier post does each post pass on, repeat, or nearly repeat?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.posts.strings import arrow, hashed, mixed


@dataclass(frozen=True)
class Places:
    """At which place of all posts was each key seen? keys: int64, sorted, each once."""

    keys: np.ndarray
    places: np.ndarray

    def of(self, keys: np.ndarray) -> np.ndarray:
        """Where was each of these keys seen? -1 = nowhere."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, self.places[at], -1)

    def with_more(self, keys: np.ndarray, places: np.ndarray, replace: bool) -> Places:
        """What is known with these (sorted, each once)? `replace`: a key that was known moves to its new place."""
        at = np.searchsorted(self.keys, keys)
        known = np.zeros(len(keys), bool)
        inside = at < len(self.keys)
        known[inside] = self.keys[at[inside]] == keys[inside]
        moved = self.places
        if replace and known.any():
            moved = self.places.copy()
            moved[at[known]] = places[known]
        fresh = ~known
        return Places(np.insert(self.keys, at[fresh], keys[fresh]), np.insert(moved, at[fresh], places[fresh]))


NOWHERE = Places(np.zeros(0, np.int64), np.zeros(0, np.int64))


def previous(keys: np.ndarray, first: int, known: Places) -> tuple[np.ndarray, Places]:
    """At which place stood each key last, before its post? -1 = nowhere; `first`: the place of the first of these.

    Also gives what is known from now on.
    """
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    again = np.zeros(len(keys), bool)
    again[1:] = ranked[1:] == ranked[:-1]
    before = np.empty(len(keys), np.int64)
    before[order[again]] = first + order[:-1][again[1:]]
    heads = order[~again]
    before[heads] = known.of(keys[heads])
    ends = np.append(~again[1:], True)[: len(keys)]
    return before, known.with_more(ranked[ends], first + order[ends], replace=True)


def above(posts: pd.DataFrame, first: int, known: Places) -> tuple[np.ndarray, Places]:
    """Which earlier post does each post name as its parent, or which other one that names the same? -1 = none.

    A parent that the posts do not hold is stood for by the first post that names it.
    """
    platform = arrow_hash(posts["platform"])
    own, named = (mixed(platform, arrow_hash(posts[name])).view(np.int64) for name in ("post_id", "parent_id"))
    naming = np.flatnonzero((posts["parent_id"] != "").to_numpy(dtype=bool))
    having = np.flatnonzero((posts["post_id"] != "").to_numpy(dtype=bool))
    keys, owners = np.concatenate([own[having], named[naming]]), np.concatenate([having, naming])
    order = np.lexsort((owners, keys))
    head = np.ones(len(order), bool)
    head[1:] = keys[order][1:] != keys[order][:-1]
    found = known.with_more(keys[order][head], first + owners[order][head], replace=False)
    result = np.full(len(posts), -1, np.int64)
    result[naming] = found.of(named[naming])
    return np.where(result < first + np.arange(len(posts)), result, -1), found


def arrow_hash(cells: pd.Series) -> np.ndarray:
    """Which number (uint64) stands for each cell?"""
    return hashed(arrow(cells))
