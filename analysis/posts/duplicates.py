"""Which rows are the same post, what remains of them, and what did their counters say when?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts.strings import arrow, encoded, hashed, mixed
from analysis.schema import COLUMNS

COUNTERS = tuple(column.name for column in COLUMNS if column.dtype == "Int64")
BETWEEN = "\x1f"
SEEN = ("post_id", "platform", "collected_at", *COUNTERS)
LOWEST = np.iinfo("int64").min
MINUTE = 60_000_000


@dataclass(frozen=True)
class Groups:
    """The posts that stand in several rows. `rows`: the places of those rows in the frame, post by post;
    `starts`: where in `rows` each post begins; `of`: for each of `rows`, which post (0, 1, …) it is."""

    rows: np.ndarray
    starts: np.ndarray
    of: np.ndarray

    def only(self, chosen: np.ndarray) -> Groups:
        """What remains with these of `rows` (boolean)? Each post must keep one."""
        return _groups(self.rows[chosen], self.of[chosen])


def keys(posts: pd.DataFrame, has_id: pd.Series) -> pd.Series:
    """Which rows are one post? Same key (int64), same post; keys of two calls say nothing about each other.

    With an id of the file's own (`has_id`): platform and id. Without: platform, author, minute and text.
    """
    own = has_id.to_numpy(dtype=bool)
    result = np.arange(len(posts))
    rows = np.flatnonzero(own)
    result[rows] = rows[_first_equal(*_cells(posts, rows, "platform", "post_id"))]
    rows = np.flatnonzero(~own)
    first = _first_equal(*_cells(posts, rows, "platform", "author", "published_at"))
    result[rows] = rows[_parted(first, arrow(posts["text"]), rows)]
    return pd.Series(result, index=posts.index)


def merged(posts: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """What is known of each post once its duplicates are one row?

    Counters: the highest (NA only when all are NA); collected_at: the latest. The other columns come from
    the row collected last; among equals the choice does not depend on the order of the rows. Index and
    order of the rows that remain are kept.
    """
    groups = _repeated(key)
    if not len(groups.rows):
        return posts
    chosen = _last(posts, groups)
    alone = np.ones(len(posts), bool)
    alone[groups.rows] = False
    places = np.sort(np.concatenate([np.flatnonzero(alone), chosen]))
    where = np.searchsorted(places, chosen)
    remaining = posts.take(places)
    highest = {name: _replaced(remaining[name], where, _highest(posts[name], groups)) for name in COUNTERS}
    return remaining.assign(**highest)


def history(posts: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """What did each post's counters say when?

    `posts` before `merged`, and the same `key`. One row for each post and collection time, for the posts that
    were seen at two or more; columns post_id and platform (of the row that `merged` keeps), collected_at and the
    counters: the highest that were read at that time, NA = unknown. Sorted by platform, post_id, collected_at.
    """
    groups = _repeated(key)
    seen = posts["collected_at"].astype("int64").to_numpy()
    order = np.lexsort((seen[groups.rows], groups.of))
    rows, of = groups.rows[order], groups.of[order]
    first = np.flatnonzero(_changes(of) | _changes(seen[rows]))
    several = np.bincount(of[first], minlength=len(groups.starts)) > 1
    moments = _groups(rows, np.repeat(np.arange(len(first)), np.diff([*first, len(rows)])))
    kept = several[of[first]]
    post = _last(posts, groups)[of[first]][kept]
    found = posts[["post_id", "platform"]].take(post).reset_index(drop=True)
    found["collected_at"] = posts["collected_at"].take(rows[first][kept]).array
    for name in COUNTERS:
        found[name] = _integers(_highest(posts[name], moments)[kept])
    return found.sort_values(["platform", "post_id", "collected_at"], ignore_index=True)


def _cells(posts: pd.DataFrame, rows: np.ndarray, *names: str) -> tuple[pa.Array | np.ndarray, ...]:
    """The cells of these rows: texts as Arrow arrays, times as minutes."""
    part = posts[list(names)].take(rows)
    minutes = {"published_at": lambda: part["published_at"].astype("int64").to_numpy() // MINUTE}
    return tuple(minutes[name]() if name in minutes else arrow(part[name]) for name in names)


def _first_equal(*columns: pa.Array | np.ndarray) -> np.ndarray:
    """In which place stands the first row that is equal to each? By hashes, which are then checked."""
    code = np.zeros(len(columns[0]), "uint64")
    for column in columns:
        code = mixed(code, column.view("uint64") if isinstance(column, np.ndarray) else hashed(column))
    first = _first_places(code)
    again = np.flatnonzero(first != np.arange(len(first)))
    if all(_same(column, again, first[again]).all() for column in columns):
        return first
    exact = [column if isinstance(column, np.ndarray) else encoded(column)[0] for column in columns]
    return _first_places(pd.DataFrame(dict(enumerate(exact))).groupby(list(range(len(exact)))).ngroup().to_numpy())


def _parted(first: np.ndarray, texts: pa.Array, rows: np.ndarray) -> np.ndarray:
    """The same where equal rows must also hold the same text; texts stand at `rows`."""
    again = np.flatnonzero(first != np.arange(len(first)))
    other = ~_same(texts, rows[again], rows[first[again]])
    open_ = np.flatnonzero(np.isin(first, first[again[other]]))
    if not len(open_):
        return first
    codes, _texts = encoded(texts.take(pa.array(rows[open_])))
    pairs = first[open_] * len(open_) + codes
    result = first.copy()
    result[open_] = open_[_first_places(pairs)]
    return result


def _first_places(code: np.ndarray) -> np.ndarray:
    ordered = np.sort(code)
    if not (ordered[1:] == ordered[:-1]).any():
        return np.arange(len(code))
    order = np.argsort(code)
    starts = np.flatnonzero(_changes(code[order]))
    first = np.minimum.reduceat(order, starts)
    result = np.zeros(len(code), "int64")
    result[order] = np.repeat(first, np.diff([*starts, len(code)]))
    return result


def _repeated(key: pd.Series) -> Groups:
    values = key.to_numpy()
    rows = np.flatnonzero(pd.Series(values).duplicated(keep=False).to_numpy())
    rows = rows[np.argsort(values[rows], kind="stable")]
    return _groups(rows, np.cumsum(_changes(values[rows])) - 1)


def _groups(rows: np.ndarray, of: np.ndarray) -> Groups:
    return Groups(rows, np.flatnonzero(_changes(of)), of)


def _changes(values: np.ndarray) -> np.ndarray:
    """Where does a value differ from the one before it? The first one does."""
    return np.concatenate([np.ones(min(len(values), 1), bool), values[1:] != values[:-1]])


def _last(posts: pd.DataFrame, groups: Groups) -> np.ndarray:
    """Which row of each post was collected last? Equal ones are told apart by counters, then by every column."""
    others = [name for name in posts.columns if name not in (*COUNTERS, "collected_at")]
    for name in ("collected_at", *COUNTERS, *others):
        if len(groups.rows) == len(groups.starts):
            break
        rank = _rank(posts[name], groups)
        groups = groups.only(rank == np.maximum.reduceat(rank, groups.starts)[groups.of])
    return groups.rows[groups.starts]


def _rank(column: pd.Series, groups: Groups) -> np.ndarray:
    """A number for each of the rows that orders those of one post as their cells are ordered, NA lowest."""
    if column.dtype != "str":
        return _numbers(column)[groups.rows]
    texts = arrow(column)
    rank = np.zeros(len(groups.rows), "int64")
    differs = ~_same(texts, groups.rows, groups.rows[groups.starts][groups.of])
    open_ = np.flatnonzero(np.logical_or.reduceat(differs, groups.starts)[groups.of])
    if len(open_):
        codes, uniques = encoded(texts.take(pa.array(groups.rows[open_])))
        places = np.empty(len(uniques), "int64")
        places[pc.sort_indices(uniques).to_numpy()] = np.arange(len(uniques))
        rank[open_] = places[codes]
    return rank


def _same(texts: pa.Array | np.ndarray, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    if isinstance(texts, np.ndarray):
        return texts[rows] == texts[others]
    equal = pc.equal(texts.take(pa.array(rows)), texts.take(pa.array(others)))
    return equal.to_numpy(zero_copy_only=False)


def _numbers(column: pd.Series) -> np.ndarray:
    """Times, counters and yes/no as int64, LOWEST where unknown."""
    if column.dtype in ("Int64", "boolean"):
        return column.astype("Int64").to_numpy(dtype="int64", na_value=LOWEST)
    return column.astype("int64").to_numpy()


def _highest(column: pd.Series, groups: Groups) -> np.ndarray:
    values = _numbers(column)[groups.rows]
    return np.maximum.reduceat(values, groups.starts) if len(values) else values


def _integers(values: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.where(values == LOWEST, 0, values), values == LOWEST)


def _replaced(column: pd.Series, where: np.ndarray, values: np.ndarray) -> pd.Series:
    numbers = _numbers(column).copy()
    numbers[where] = values
    return pd.Series(_integers(numbers), index=column.index)
