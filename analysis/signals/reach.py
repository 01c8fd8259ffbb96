"""Who carries it: which platforms, regions, media and accounts, who first, who furthest, and by which way?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.schema import INTERACTIONS, TIMEZONE, MediaTier
from analysis.signals.arrival import EVEN, Pace, paces, seen_share
from analysis.signals.path import earliest, first_sources, parents, path
from analysis.signals.sanity import LOUD_POSTS, LOUD_SHARE, dated_only
from analysis.signals.series import REST

HOURLY = pd.Timedelta(days=21)  # longer spans are counted by day
MOST_NAMED = 40  # values of a key that have a column of their own; 34 provinces and some abroad
MOST_ACCOUNTS = 20
DRAWN = ("reposts", "comments", "likes")
FEWEST = 20  # posts under which nothing is said about few or many
FEW, MANY = 0.5, 0.25  # share of posts by the ten accounts that wrote most: from here few, up to here many
FLOOD = 1000  # posts from which one account is loud, whatever its share
COUNTABLE = 1e18  # sums beyond it are absurd and fit no integer
AMPLIFIERS = ["platform", "author", "verified", "media_tier", "followers", "posts", *INTERACTIONS, "drawn", "passed_on"]
READ = ["post_id", "published_at", "collected_at", "platform", "author", "author_verified", "followers", "media_tier"]
READ += ["region", "title", "text", "url", "parent_id", *INTERACTIONS]


class Voices(StrEnum):
    """Do few loud accounts speak, or many?"""

    FEW = "few"
    SOME = "some"
    MANY = "many"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Concentration:
    """How unequally do accounts write? Counted over `posts` posts whose author is told.

    gini [0, 1): 0 = all wrote equally often. top_10 and top_percent (0, 1]: share of posts by the ten accounts, and
    by the hundredth of the accounts (at least one), that wrote most. effective [1, accounts]: as many accounts
    writing equally often would be as concentrated. loudest: the account that wrote most, with its posts; is_loud:
    they are so many that it must be named.
    """

    posts: int
    accounts: int
    gini: float
    top_10: float
    top_percent: float
    effective: float
    loudest: str
    loudest_platform: str
    loudest_posts: int
    is_loud: bool
    voices: Voices


@dataclass(frozen=True)
class Reach:
    """Who carried it in a span?

    step: "h" or "D". platforms, regions, media_tiers: posts an hour or day (dense), a column a value, largest first;
    "" = not told (of media tiers: no medium), "…" = all others; without columns where no post tells. accounts: by
    the same step, how many different ones wrote (accounts) and how many of them for the first time here (new).
    first_sources: see path.first_sources; path: see path.path; amplifiers: see `amplifiers`. verified_share and
    media_share [0, 1]: of the posts whose author is told to be verified or not, and by media other than self-media;
    None where no post tells. concentration: None where no author is told. dates_only: the export holds days
    without times (see sanity.dated_only), so the order within a day is not known. unknown: the columns of which no
    post tells.
    """

    step: str
    posts: int
    platforms: pd.DataFrame
    regions: pd.DataFrame
    media_tiers: pd.DataFrame
    accounts: pd.DataFrame
    first_sources: pd.DataFrame
    amplifiers: pd.DataFrame
    path: pd.DataFrame
    verified_share: float | None
    media_share: float | None
    concentration: Concentration | None
    dates_only: bool
    unknown: tuple[str, ...]


def reach(posts: pd.DataFrame, start: pd.Timestamp, as_of: pd.Timestamp, pace: Pace = EVEN) -> Reach:
    """Who carried what was posted from `start` to `as_of`, both included?

    posts: see schema.COLUMNS, in any order; ids are taken to be unique on each platform. Later posts are not seen,
    and counters are what is estimated to have come by as_of, at the platforms' `pace`. Nothing in the span gives an
    empty Reach. Linear in the posts.
    """
    inside = posts["published_at"].between(start, as_of)
    found = (posts[READ] if inside.all() else posts.loc[inside, READ]).reset_index(drop=True)
    dates_only = len(found) > 0 and dated_only(found)
    step = "D" if dates_only or (len(found) and as_of - found["published_at"].min() > HOURLY) else "h"
    places, index = steps_of(found["published_at"], as_of, step)
    account, accounts = accounts_of(found)
    share = seen_share(found["published_at"], found["collected_at"], as_of, paces(found["platform"], pace))
    parent, first = parents(found), earliest(found)
    verified = found["author_verified"].dropna()
    told_media = bool((found["media_tier"] != "").any())
    official = ~found["media_tier"].isin(["", str(MediaTier.SELF_MEDIA)])
    return Reach(
        step=step,
        posts=len(found),
        platforms=by_time(found["platform"], places, index),
        regions=by_time(found["region"], places, index),
        media_tiers=by_time(found["media_tier"], places, index),
        accounts=accounts_by_time(account, places, index),
        first_sources=first_sources(first),
        amplifiers=amplifiers(found, account, accounts, parent, share),
        path=path(found, first, parent),
        verified_share=float(verified.mean()) if len(verified) else None,
        media_share=float(official.mean()) if told_media else None,
        concentration=concentration(account, accounts),
        dates_only=dates_only,
        unknown=tuple(name for name in READ if len(found) and untold(found[name])),
    )


def untold(column: pd.Series) -> bool:
    """Does no post tell this column?"""
    return bool((column == "").all() if column.dtype == "str" else column.isna().all())


def steps_of(times: pd.Series, as_of: pd.Timestamp, step: str) -> tuple[np.ndarray, pd.DatetimeIndex]:
    """In which step (its place) does each time lie, and which steps are there from the first time to as_of?"""
    length = pd.Timedelta(hours=1) if step == "h" else pd.Timedelta(days=1)
    if times.empty:
        return np.zeros(0, int), pd.DatetimeIndex([], dtype=times.dtype, name="hour")
    first = times.min().floor(step, ambiguous=True, nonexistent="shift_forward")  # Shanghai had summer time until 1991
    index = pd.date_range(first, as_of, freq=length, tz=TIMEZONE, name="hour", unit="us")
    return ((times - first) // length).to_numpy(dtype=int), index


def by_time(values: pd.Series, places: np.ndarray, index: pd.DatetimeIndex) -> pd.DataFrame:
    """How many posts of each value lie in each step? Largest value first; no columns where no post tells a value."""
    codes, names = pd.factorize(values, sort=True)
    if untold(values):
        return pd.DataFrame(index=index)
    sizes = np.bincount(codes, minlength=len(names))
    order = np.argsort(-sizes, kind="stable")
    rank = np.minimum(np.argsort(order), MOST_NAMED)
    shown = [*map(str, names[order[:MOST_NAMED]]), *([REST] if len(names) > MOST_NAMED else [])]
    counts = np.bincount(places * len(shown) + rank[codes], minlength=len(index) * len(shown))
    return pd.DataFrame(counts.reshape(len(index), len(shown)), index=index, columns=shown)


def accounts_of(posts: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Which account (its place in the second answer, -1 = not told) wrote each post, and which accounts are there?

    An account is a name on a platform: whether two platforms' names are one person is not known.
    """
    author, names = pd.factorize(posts["author"], sort=True)
    platform, sites = pd.factorize(posts["platform"], sort=True)
    account, pairs = pd.factorize(platform * len(names) + author, sort=True)
    accounts = pd.DataFrame({"platform": sites[pairs // len(names)], "author": names[pairs % len(names)]}, dtype="str")
    return np.where((posts["author"] != "").to_numpy(dtype=bool), account, -1), accounts


def accounts_by_time(account: np.ndarray, places: np.ndarray, index: pd.DatetimeIndex) -> pd.DataFrame:
    """How many different accounts wrote in each step, and how many of them for the first time here?"""
    if not (account >= 0).any():
        return pd.DataFrame(index=index)
    told = account >= 0
    pairs = np.unique(account[told].astype("int64") * len(index) + places[told])
    who, when = pairs // len(index), pairs % len(index)
    new = np.concatenate([[True], who[1:] != who[:-1]])
    counts = {"accounts": np.bincount(when, minlength=len(index)), "new": np.bincount(when[new], minlength=len(index))}
    return pd.DataFrame(counts, index=index)


def amplifiers(
    posts: pd.DataFrame, account: np.ndarray, accounts: pd.DataFrame, parent: np.ndarray, share: np.ndarray
) -> pd.DataFrame:
    """Whose posts were carried furthest? The MOST_ACCOUNTS accounts whose posts drew most, most first.

    share: of each post's counters, what has come. Columns AMPLIFIERS: what is told of the account (NA, "" = not
    told), its posts here; the reposts, comments, likes and reads that have come (NA = no post tells), drawn = the
    first three together; passed_on = how many posts here, by others, name one of its posts as their parent.
    Accounts that drew nothing are left out.
    """
    size = len(accounts)
    sums = {name: summed(posts[name], share, account, size) for name in INTERACTIONS}
    counters = np.array([sums[name] for name in DRAWN])
    drawn = np.where(np.isnan(counters).all(axis=0), np.nan, np.nansum(counters, axis=0))
    source = np.where(parent >= 0, account[parent], -1)
    passed = np.bincount(source[(source >= 0) & (source != account)], minlength=size)
    table = accounts.assign(
        posts=np.bincount(account[account >= 0], minlength=size), **sums, drawn=drawn, passed_on=passed
    )
    table = table[(table["drawn"] > 0) | (table["passed_on"] > 0)]
    order = ["drawn", "passed_on", "posts", "platform", "author"]
    table = table.sort_values(order, ascending=[False] * 3 + [True] * 2).head(MOST_ACCOUNTS)
    table = table.assign(**told_of(posts, account, table.index))
    return table.astype(dict.fromkeys((*INTERACTIONS, "drawn"), "Int64"))[AMPLIFIERS].reset_index(drop=True)


def summed(counter: pd.Series, share: np.ndarray, account: np.ndarray, size: int) -> np.ndarray:
    """How much of a counter has come to each account by then? Whole numbers; NaN where no post of it tells."""
    values = counter.to_numpy(dtype="float64", na_value=np.nan) * share
    told = (account >= 0) & ~np.isnan(values)
    sums = np.bincount(account[told], weights=values[told], minlength=size).astype(float)
    sums[np.bincount(account[told], minlength=size) == 0] = np.nan
    return np.minimum(np.round(sums), COUNTABLE)


def told_of(posts: pd.DataFrame, account: np.ndarray, wanted: pd.Index) -> dict[str, pd.Series]:
    """What is told of these accounts? Verified if any post says so, the highest followers, the highest medium."""
    theirs = np.isin(account, wanted)
    told = posts.loc[theirs, ["author_verified", "followers", "media_tier"]]
    groups = told.groupby(account[theirs])
    tiers = [str(tier) for tier in MediaTier]
    ranks = told["media_tier"].map({tier: rank for rank, tier in enumerate(tiers)}).astype("float64")
    tier = ranks.groupby(account[theirs]).min().map(dict(enumerate(tiers))).reindex(wanted).fillna("").astype("str")
    return {
        "verified": groups["author_verified"].max().reindex(wanted).astype("boolean"),
        "followers": groups["followers"].max().reindex(wanted).astype("Int64"),
        "media_tier": tier,
    }


def concentration(account: np.ndarray, accounts: pd.DataFrame) -> Concentration | None:
    """How unequally do accounts write? None where no author is told.

    Gini (1912) over posts an account; effective number of accounts = 1 / Σ share² (Hill 1973; the inverse of the
    Herfindahl-Hirschman index).
    """
    counts = np.bincount(account[account >= 0], minlength=len(accounts))
    if not counts.sum():
        return None
    loudest = int(np.argmax(counts))  # of equal ones the first by platform and name
    sizes = np.sort(counts[counts > 0])
    posts, n = int(sizes.sum()), len(sizes)
    top_10 = float(sizes[-10:].sum() / posts)
    return Concentration(
        posts=posts,
        accounts=n,
        gini=float((2 * np.arange(1, n + 1) - n - 1) @ sizes / (n * posts)),
        top_10=top_10,
        top_percent=float(sizes[-max(n // 100, 1) :].sum() / posts),
        effective=float(1 / ((sizes / posts) ** 2).sum()),
        loudest=accounts["author"].iloc[loudest],
        loudest_platform=accounts["platform"].iloc[loudest],
        loudest_posts=int(sizes[-1]),
        is_loud=bool(sizes[-1] >= FLOOD or sizes[-1] > max(LOUD_SHARE * posts, LOUD_POSTS)),
        voices=voices(posts, top_10),
    )


def voices(posts: int, top_10: float) -> Voices:
    """Do few accounts speak, or many?"""
    if posts < FEWEST:
        return Voices.UNKNOWN
    return Voices.FEW if top_10 >= FEW else Voices.MANY if top_10 <= MANY else Voices.SOME
