"""How many posts of which kind does each hour hold? The waist of the desk: right of it, no post is touched."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.classify.prevalence import leaning
from analysis.schema import INTERACTIONS, TIMEZONE, Claim, MediaTier, Sentiment, Topic
from analysis.signals.clock import whole_hour, whole_hours
from analysis.signals.history import added

TIMES = ["hour", "since", "collected"]
NAMES = ["platform", "region", "topic", "sentiment", "event"]
KEYS = [*TIMES, *NAMES]
SUMS = ("posts", "lean", "authors", *INTERACTIONS, "followers", *Claim, *MediaTier)
LONGEST = pd.Timedelta(days=20 * 365)
MOST = ("most_reposts", "most_reads")
LEAN_STEPS = 2**20  # leanings are kept to a millionth, in a power of two: their sums are exact in any order


def count(posts: pd.DataFrame, history: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which cells of hour × platform × region × topic × sentiment × event hold a post, and how much?

    posts: annotated (topic, sentiment, p_negative, claim), with event_id ("" = no event; none where it is missing).
    history: earlier counters of posts that were exported several times (post_id, platform, collected_at, counters).
    Returns one row per cell: hour (start of the hour of publication), since and collected (first and last hour in
    which the counted interactions can have come), platform, region, topic, sentiment, event; posts; lean (the sum of
    prevalence.leaning); authors (distinct in the cell); sums of reposts, comments, likes, reads, followers (NaN where
    no post of the cell tells); posts by claim and by media tier; most_reposts and most_reads of a single post. What a
    later export adds to a post's counters is a cell of its own, with 0 posts. Rows are sorted by hour, since and
    collected; the five names are categoricals.
    The sum of `posts` equals len(posts), always.
    """
    hour, negative = whole_hours(posts["published_at"]), posts["sentiment"] == Sentiment.NEGATIVE
    cells = posts[["post_id", *NAMES[:-1], "author"]].assign(
        event=posts.get("event_id", ""),
        hour=hour,
        since=hour,
        collected=whole_hours(posts["collected_at"]),
        posts=1,
        lean=np.round(leaning(posts["p_negative"].to_numpy(), negative.to_numpy()) * LEAN_STEPS) / LEAN_STEPS,
        **{name: posts[name].astype("float64") for name in (*INTERACTIONS, "followers")},
        **{str(claim): (posts["claim"] == claim).astype("int64") for claim in Claim},
        **{str(tier): (posts["media_tier"] == tier).astype("int64") for tier in MediaTier},
    )
    cells = cells.assign(most_reposts=cells["reposts"], most_reads=cells["reads"])
    if history is not None and len(history):
        cells = observed(cells, history)
    cells = cells.astype(dict.fromkeys(NAMES, "category"))
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
    rows = added(cells, history, INTERACTIONS)
    kept = cells.iloc[rows["post"]].reset_index(drop=True)
    kept = kept.assign(
        **{name: rows[name] for name in INTERACTIONS},
        collected=rows["collected"],
        since=rows["since"].fillna(kept["hour"]),
        most_reposts=rows["total_reposts"],
        most_reads=rows["total_reads"],
    )
    later = rows["post"].duplicated()
    zero = [name for name in map(str, SUMS) if name not in (*INTERACTIONS, "authors", "followers")]
    kept.loc[later, zero] = 0
    kept.loc[later, "followers"] = np.nan
    kept["author"] = kept["author"].where(~later)
    once = ~np.isin(np.arange(len(cells)), rows["post"])
    return pd.concat([cells[once], kept], ignore_index=True)


def until(cube: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Which cells were published by the hour of `as_of`? Later ones are not seen. cube: sorted by hour."""
    return cube.iloc[: cube["hour"].searchsorted(whole_hour(as_of), side="right")]


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
    return pd.date_range(whole_hour(first), whole_hour(last), freq="h", tz=TIMEZONE, name="hour")


def collapsed(
    cells: pd.DataFrame, names: Iterable[str], kept: np.ndarray | None = None, first: np.ndarray | None = None
) -> pd.DataFrame:
    """How much do the cells hold of these columns, hour by hour, whoever said it about what?

    kept: which cells count (bool), None = all. first: their `runs`, where they are known already. A row for each hour,
    since and collected; unknown counts as 0. One pass over each column, for the rows of a cube stand together by time.
    """
    first = runs(cells) if first is None else first
    if len(first) == 0:
        return cells[TIMES].assign(**{name: np.zeros(0) for name in names})
    counting = None if kept is None else kept.astype("float64")
    sums = {name: summed(cells[name], first, counting) for name in names}
    return pd.DataFrame({name: cells[name].array.take(first) for name in TIMES} | sums)


def runs(cells: pd.DataFrame) -> np.ndarray:
    """At which rows does another hour, since or collected begin? Positions; the first row is one."""
    begins = np.zeros(len(cells), dtype=bool)
    begins[:1] = True
    for name in TIMES:
        time = cells[name].astype("int64").to_numpy()
        begins[1:] |= time[1:] != time[:-1]
    return np.flatnonzero(begins)


def summed(column: pd.Series, first: np.ndarray, counting: np.ndarray | None) -> np.ndarray:
    """What do the runs of cells that begin at `first` hold together? counting: 1 or 0 a cell, None = all count."""
    found = np.asarray(column, dtype="float64")
    sums = np.add.reduceat(found if counting is None else found * counting, first)
    if np.isnan(sums).any():  # looked for in the sums, which are few: unknown counts as 0
        found = np.nan_to_num(found)
        sums = np.add.reduceat(found if counting is None else found * counting, first)
    return sums


def amounts(cells: pd.DataFrame, name: str, kept: np.ndarray | None = None) -> np.ndarray:
    """How much does each cell hold of a column? Floats; 0 where it is unknown or the cell does not count."""
    found = np.nan_to_num(np.asarray(cells[name], dtype="float64"))
    return found if kept is None else found * kept


def dense(cells: pd.DataFrame, index: pd.DatetimeIndex, column: str = "posts") -> np.ndarray:
    """How much of `column` does each hour hold? A float array along `index`, 0 where nothing was said."""
    place = places(cells, index)
    inside = (place >= 0) & (place < len(index))
    return np.bincount(place[inside], weights=amounts(cells, column)[inside], minlength=len(index)).astype(float)


def places(cells: pd.DataFrame, index: pd.DatetimeIndex) -> np.ndarray:
    """At which position of `index` (whole hours) does each cell stand? Negative or past its end: outside."""
    hour = pd.DatetimeIndex(cells["hour"]).as_unit(index.unit).asi8
    return (hour - index.asi8[0]) // (pd.Timedelta(hours=1) // pd.Timedelta(1, index.unit))
