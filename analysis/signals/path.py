"""By which way did the talk come from platform to platform, and what is that known from?"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.language import Text, _
from analysis.posts.clean import normalised
from analysis.schema import full_text

FIRST_POSTS = 50  # so many posts of a platform are asked where it has its talk from,
FIRST_HOURS = pd.Timedelta(hours=24)  # if they came so soon after its first: later ones say nothing of the beginning
SHORTEST_TEXT = 12  # signs; shorter texts ("转发微博") are alike by chance
NORMALISED = 10_000  # the earliest posts whose texts are also compared without differences of writing
MICROSECOND = pd.Timedelta(microseconds=1)
BETWEEN = pa.scalar("\x1f", pa.large_string())
FIRST = ["post_id", "platform", "published_at", "author", "title", "text", "url"]
SOURCES = ["platform", "published_at", "author", "text", "url"]
STEPS = ["platform", "published_at", "origin", "evidence", "origin_at", "seen_at"]


class Evidence(StrEnum):
    """What a step of the path rests on, strongest first; FIRST has no step: nothing here is earlier."""

    REPOST = "repost"
    SAME_TEXT = "same_text"
    TIME_ORDER = "time_order"
    FIRST = "first"

    @property
    def label(self) -> Text:
        return EVIDENCE_LABELS[self]


EVIDENCE_LABELS = {
    Evidence.REPOST: _("a repost"),
    Evidence.SAME_TEXT: _("the same text"),
    Evidence.TIME_ORDER: _("time order alone"),
    Evidence.FIRST: _("first here"),
}


def earliest(posts: pd.DataFrame, most: int = FIRST_POSTS) -> pd.DataFrame:
    """Which posts were the first on each platform? At most `most` a platform within FIRST_HOURS, earliest first.

    posts: index 0..n-1, which is kept. Posts of the same time are ordered by id, so that the order of the rows does
    not matter.
    """
    times, (codes, _names) = posts["published_at"].astype("int64").to_numpy(), pd.factorize(posts["platform"])
    early = [early_on(np.flatnonzero(codes == code), times, most) for code in range(codes.max(initial=-1) + 1)]
    found = posts[FIRST].iloc[np.concatenate(early)] if early else posts[FIRST]
    found = found.sort_values(["published_at", "platform", "post_id"])
    return found[found.groupby("platform").cumcount() < most]


def early_on(places: np.ndarray, times: np.ndarray, most: int) -> np.ndarray:
    """Which of a platform's posts (their places) can be among its first ones? All that share the last one's time."""
    own = times[places]
    last = np.partition(own, most - 1)[most - 1] if len(own) > most else own.max()
    return places[own <= min(last, own.min() + FIRST_HOURS // MICROSECOND)]


def first_sources(first: pd.DataFrame) -> pd.DataFrame:
    """Who posted first on each platform? first: see `earliest`. A row a platform with SOURCES, earliest first.

    Texts and authors are as they were written: whoever shows them masks them.
    """
    found = first.drop_duplicates("platform")
    return found.assign(text=full_text(found))[SOURCES].reset_index(drop=True)


def parents(posts: pd.DataFrame) -> np.ndarray:
    """Which post (its place in the frame, -1 = none here) does each post name as its parent?

    On the post's own platform first. An id counts across platforms only where no id of these posts stands on two
    platforms: where each platform numbers for itself, equal ids mean nothing.
    """
    result = np.full(len(posts), -1)
    naming = np.flatnonzero((posts["parent_id"] != "").to_numpy(dtype=bool))
    sought = words(posts["parent_id"].iloc[naming])
    named = np.flatnonzero(pc.is_in(words(posts["post_id"]), sought.unique()).to_numpy(zero_copy_only=False))
    if not len(named):
        return result
    ids, site = words(posts["post_id"].iloc[named]), words(posts["platform"])
    keys = pc.binary_join_element_wise(ids, site.take(pa.array(named)), BETWEEN)
    found = where(pc.binary_join_element_wise(sought, site.take(pa.array(naming)), BETWEEN), keys)
    elsewhere = where(sought, ids) if (found < 0).any() else found
    if (elsewhere > found).any() and not ids_clash(posts):
        found = np.maximum(found, elsewhere)
    result[naming] = np.where(found >= 0, named[found], -1)
    result[result == np.arange(len(posts))] = -1
    return result


def ids_clash(posts: pd.DataFrame) -> bool:
    """Does an id stand on two platforms?"""
    again = posts.loc[posts["post_id"].duplicated(keep=False), ["post_id", "platform"]].drop_duplicates()
    return bool(again["post_id"].duplicated().any())


def words(column: pd.Series) -> pa.Array:
    """Which Arrow array holds these cells?"""
    return pa.array(column.array, pa.large_string())


def where(sought: pa.Array, among: pa.Array) -> np.ndarray:
    """In which place of `among` does each first stand? -1 = nowhere."""
    return pc.fill_null(pc.index_in(sought, among), -1).to_numpy(zero_copy_only=False)


def path(posts: pd.DataFrame, first: pd.DataFrame, parent: np.ndarray) -> pd.DataFrame:
    """After which platform did each platform join, and what is that known from?

    posts: index 0..n-1; first: see `earliest`; parent: see `parents`. A row a platform in the order of their first
    posts (published_at): origin ("" = none is earlier), evidence, and the times of the two posts that it rests on
    (origin_at, seen_at). For the first posts of the platform the strongest evidence counts, of equal evidence the
    earliest: REPOST, a post whose parent stands elsewhere; SAME_TEXT, a text that was seen elsewhere before;
    TIME_ORDER, nothing but that another platform had joined before (the one that joined last). A platform is never
    the origin of one that joined earlier.
    """
    joined = first.drop_duplicates("platform").set_index("platform")["published_at"]
    if len(joined) > 1:
        links = pd.concat([repost_links(posts, first, parent), text_links(posts, first)], ignore_index=True)
    else:
        links = pd.DataFrame(columns=STEPS)
    steps: list[dict[str, object]] = []
    origins: dict[str, str] = {}
    for platform, time in joined.items():
        step = linked(links[links["platform"] == platform], joined, time, origins) or ordered(joined, time)
        origins[str(platform)] = str(step["origin"])
        steps.append({"platform": platform, "published_at": time, **step})
    return pd.DataFrame(steps, columns=STEPS)


def linked(
    links: pd.DataFrame, joined: pd.Series, time: pd.Timestamp, origins: dict[str, str]
) -> dict[str, object] | None:
    """Which link tells where a platform that joined at `time` has its talk from? None: no link does."""
    for link in links.itertuples():
        if joined[link.origin] <= time and link.platform not in line_of(str(link.origin), origins):
            return {
                "origin": link.origin,
                "evidence": link.evidence,
                "origin_at": link.origin_at,
                "seen_at": link.seen_at,
            }
    return None


def line_of(platform: str, origins: dict[str, str]) -> list[str]:
    """Through which platforms did the talk come to this one, itself included?"""
    line = [platform]
    while origins.get(line[-1]):
        line.append(origins[line[-1]])
    return line


def ordered(joined: pd.Series, time: pd.Timestamp) -> dict[str, object]:
    """After which platform did one join by the clock alone? After none where none is earlier."""
    before = joined[joined < time]
    if before.empty:
        return {"origin": "", "evidence": Evidence.FIRST, "origin_at": pd.NaT, "seen_at": time}
    return {
        "origin": before.index[-1],
        "evidence": Evidence.TIME_ORDER,
        "origin_at": before.iloc[-1],
        "seen_at": time,
    }


def repost_links(posts: pd.DataFrame, first: pd.DataFrame, parent: np.ndarray) -> pd.DataFrame:
    """Which of the first posts pass on a post of another platform? Earliest first."""
    places = parent[first.index]
    passed, source = first[places >= 0], posts[FIRST].iloc[places[places >= 0]]
    found = links_between(passed, source, Evidence.REPOST)
    return found[(found["platform"] != found["origin"]) & (found["origin_at"] <= found["seen_at"])]


def text_links(posts: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """Which of the first posts say what another platform had said before? Earliest first.

    Texts are compared as they stand in all posts, and as `posts.clean.normalised` has them in the NORMALISED
    earliest: a million texts cannot be normalised while somebody waits.
    """
    asked = first.assign(key=normalised(first["text"]))
    asked = asked[asked["key"].str.len() >= SHORTEST_TEXT]
    before = posts[FIRST] if len(posts) <= NORMALISED else likely_copies(posts[FIRST], asked)
    keyed = before.assign(key=normalised(before["text"]))
    keyed = keyed[keyed["key"].isin(asked["key"])].sort_values(["published_at", "platform", "post_id"])
    source = keyed.drop_duplicates("key").set_index("key")
    asked = asked[asked["key"].isin(source.index)]
    found = links_between(asked, source.loc[asked["key"]], Evidence.SAME_TEXT)
    return found[(found["platform"] != found["origin"]) & (found["origin_at"] < found["seen_at"])]


def likely_copies(posts: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Which posts are worth normalising: the earliest, and on each platform the first with a text as it stands?"""
    times = posts["published_at"].astype("int64").to_numpy()
    soon = times < np.partition(times, NORMALISED)[NORMALISED]
    copies = posts[posts["text"].isin(asked["text"]).to_numpy(dtype=bool) & ~soon]
    copies = copies.sort_values(["published_at", "post_id"]).drop_duplicates(["platform", "text"])
    return pd.concat([posts[soon], copies])


def links_between(seen: pd.DataFrame, source: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Which links are these, row by row?"""
    return pd.DataFrame(
        {
            "platform": seen["platform"].to_numpy(),
            "origin": source["platform"].to_numpy(),
            "evidence": evidence,
            "origin_at": source["published_at"].array,
            "seen_at": seen["published_at"].array,
        }
    )
