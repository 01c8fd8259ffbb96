"""Which threads and events are running, how big will each get, and what do the finished ones teach?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.schema import TIMEZONE, Sentiment, full_text
from analysis.signals.path import parents
from analysis.signals.warning import JUDGED_AT, LATEST, Past, WarningSettings, early_warning, learnt

FINISHED = pd.Timedelta(days=7)  # after its start; as the arrival curve has it, nothing comes later
FEWEST_REPOSTS = 3  # from so many on a post is the root of a thread
FEWEST_KNOWN = 20  # posts under which the shipped numbers, fitted to bigger posts, say nothing worth showing
MOST_THREADS = 20
CLIMBS = 6  # doublings: chains of up to 64 reposts of reposts are followed to their root
HOUR = pd.Timedelta(hours=1)
LAST_MOMENT = HOUR - pd.Timedelta(microseconds=1)
READ = ("post_id", "parent_id", "platform", "published_at")
TOLD = {"so_far": int, "size": float, "low": float, "high": float, "decile": int, "reach": float, "basis": object}
COLUMNS = ["kind", "what", "platform", "started", "age", *TOLD]


@dataclass(frozen=True)
class Cascades:
    """heads: a row each with `place` (of the post in the frame that stands for it) and `started`; owner, ages: to which
    row of heads each of its posts belongs, and how many hours after the start it came."""

    heads: pd.DataFrame
    owner: np.ndarray
    ages: np.ndarray

    def only(self, chosen: np.ndarray) -> Cascades:
        """What remains with these rows of heads (bool)?"""
        kept, number = chosen[self.owner], np.cumsum(chosen) - 1
        return Cascades(
            self.heads[chosen].reset_index(drop=True), number[self.owner[kept]].astype(int), self.ages[kept]
        )


def roots(posts: pd.DataFrame, naming: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At the root of which thread does each post stand that names a parent (`naming`: places in the frame)?

    Returns a number for each thread, and the place of its root in the frame, -1 where it is not there. Reposts of
    reposts count for the first post of the chain.
    """
    above = parents(posts)
    top = np.where(above >= 0, above, np.arange(len(posts)))
    for _doubling in range(CLIMBS):
        top = top[top]
    end = top[naming]
    missing = (posts["parent_id"].iloc[end] != "").to_numpy(dtype=bool)
    named = posts.iloc[end[missing]]
    sought = named["platform"].astype("str").to_numpy() + "\x1f" + named["parent_id"].astype("str").to_numpy()
    thread = end.copy()
    thread[missing] = len(posts) + pd.factorize(sought)[0]
    return thread, np.where(missing, -1, end)


def threads(posts: pd.DataFrame, as_of: pd.Timestamp) -> Cascades:
    """Which posts drew how many reposts and comments, when, among the posts up to `as_of`?

    posts: with post_id, parent_id, platform, published_at. A thread starts with its root, or, where the posts hold
    only what it drew, with the first of these; it has FEWEST_REPOSTS or more of them, the root not counted. One whose
    posts all stand at midnight has dates and no times, and is left out. Rows of heads are in order of start.
    """
    known = (posts["published_at"] <= as_of).to_numpy(dtype=bool)
    seen, places = posts.loc[known, list(READ)], np.flatnonzero(known)
    naming = np.flatnonzero((seen["parent_id"] != "").to_numpy(dtype=bool))
    thread, root = roots(seen, naming)
    time = seen["published_at"].dt.tz_convert(TIMEZONE)
    members = pd.DataFrame({"thread": thread, "root": root, "at": naming, "time": time.iloc[naming].array})
    members["dated"] = (members["time"] == members["time"].dt.normalize()).to_numpy()
    members = members[members["at"] != members["root"]].sort_values(["time", "at"], kind="stable")
    groups = members.groupby("thread", sort=False)
    members = members[(groups["at"].transform("size") >= FEWEST_REPOSTS) & ~groups["dated"].transform("all")]
    first = members.drop_duplicates("thread")
    head = np.where(first["root"] >= 0, first["root"], first["at"])
    heads = pd.DataFrame({"thread": first["thread"].array, "place": places[head], "started": time.iloc[head].array})
    heads = heads.sort_values(["started", "place"]).reset_index(drop=True)
    owner = pd.Index(heads["thread"]).get_indexer(members["thread"])
    ages = (members["time"].array - heads["started"].array[owner]) / HOUR
    return Cascades(heads[["place", "started"]], owner, np.clip(np.asarray(ages, dtype=float), 0, None))


def past(posts: pd.DataFrame, as_of: pd.Timestamp) -> Past:
    """What do the user's own finished threads say? Those that started a week or more before `as_of`."""
    return lessons(threads(posts, as_of), as_of)


def lessons(found: Cascades, as_of: pd.Timestamp) -> Past:
    """What do the finished ones among these threads say?"""
    ended = found.only((found.heads["started"] <= as_of - FINISHED).to_numpy(dtype=bool))
    return learnt(ended.owner, ended.ages, pd.DatetimeIndex(ended.heads["started"]))


def outbreaks(posts: pd.DataFrame, as_of: pd.Timestamp, bursts: pd.DataFrame) -> Cascades:
    """Which posts came in each burst, up to `as_of`? From its onset to its end, or to now while it runs.

    bursts: of ("posts" or "negative"), onset, end (its last hour), running; a row of heads for each, in their order.
    """
    times = {name: pd.DatetimeIndex(times).sort_values() for name, times in moments(posts).items()}
    ages = []
    for burst in bursts.itertuples():
        along = times[str(burst.of)]
        begins = along.searchsorted(burst.onset)
        ends = along.searchsorted(as_of if burst.running else min(as_of, burst.end + LAST_MOMENT), side="right")
        ages.append(np.asarray((along[begins:ends] - burst.onset) / HOUR, dtype=float))
    owner = np.repeat(np.arange(len(ages)), [len(part) for part in ages])
    heads = pd.DataFrame({"place": -1, "started": bursts["onset"].array})
    return Cascades(heads, owner, np.concatenate([np.zeros(0), *ages]))


def moments(posts: pd.DataFrame) -> dict[str, pd.Series]:
    """When were the posts of each series written that can burst?"""
    return {"posts": posts["published_at"], "negative": posts["published_at"][posts["sentiment"] == Sentiment.NEGATIVE]}


def warnings(posts: pd.DataFrame, as_of: pd.Timestamp, bursts: pd.DataFrame, settings: WarningSettings) -> pd.DataFrame:
    """Which running threads and events may become severe? Likeliest first, the bigger first among equals.

    posts: annotated; bursts: see `outbreaks`. A row for each running burst and each thread (at most 20) that began an
    hour to a day ago: kind ("posts" or "negative" for a burst of these, "thread"), what (title and text of the root as
    they were written, "" for a burst), platform ("" for a burst), started, age (hours), and as in EarlyWarning so_far,
    size, low, high, decile, reach, basis. Until 50 threads are finished, threads under FEWEST_KNOWN posts are left
    out: nothing is known of their like.
    """
    found, begun = threads(posts, as_of), outbreaks(posts, as_of, bursts)
    own, runs = lessons(found, as_of), bursts["running"].to_numpy(dtype=bool)
    ended = begun.only(~runs)
    events = learnt(ended.owner, ended.ages, pd.DatetimeIndex(ended.heads["started"]))
    fewest = FEWEST_REPOSTS if own.sizes else FEWEST_KNOWN
    big = np.bincount(found.owner, minlength=len(found.heads)) >= fewest
    likeliest = in_order(judged(found.only(big), as_of, own, settings)).head(MOST_THREADS).assign(kind="thread")
    running = begun.only(runs)
    kinds = bursts["of"][runs].reset_index(drop=True)
    told = judged(running, as_of, events, settings)
    told = in_order(pd.concat([likeliest, told.assign(kind=kinds.iloc[told.index])])).reset_index(drop=True)
    root, is_thread = posts.iloc[told["place"].clip(lower=0)], (told["kind"] == "thread").to_numpy(dtype=bool)
    what = pd.Series(full_text(root).array, dtype="str").where(is_thread, "")
    platform = pd.Series(root["platform"].array, dtype="str").where(is_thread, "")
    return told.assign(what=what, platform=platform)[COLUMNS]


def in_order(told: pd.DataFrame) -> pd.DataFrame:
    """How do early warnings stand in a table? Likeliest first, the bigger first among equals."""
    return told.sort_values(["reach", "size"], ascending=False, kind="stable")


def judged(found: Cascades, as_of: pd.Timestamp, past: Past, settings: WarningSettings) -> pd.DataFrame:
    """What is to be expected of each of these? A row for those from 1 to 24 h old, indexed by their row in heads."""
    age = ((as_of - found.heads["started"]) / HOUR).to_numpy(dtype=float)
    sizes = np.bincount(found.owner, minlength=len(age))
    ages = np.split(found.ages[np.argsort(found.owner, kind="stable")], np.cumsum(sizes)[:-1])
    rows = {}
    for at in np.flatnonzero((age >= JUDGED_AT[0]) & (age <= LATEST)):
        told = early_warning(ages[at], found.heads["started"][at], settings.severe_posts, past, age=age[at])
        rows[at] = [getattr(told, name) for name in TOLD]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(TOLD)).astype(TOLD)
    return found.heads.loc[frame.index].assign(age=age[frame.index.astype(int)]).join(frame)
