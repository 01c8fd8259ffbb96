"""What is an event about, who carries it, and what is named in it? Computed from its posts; nothing is invented.

Texts and names of accounts are masked. Of a large event a sample of the different texts is read for its terms and for
what it names; counts, shares, sources and accounts are of all its posts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.events.hearsay import shares
from analysis.events.mentions import mentions
from analysis.events.naming import BEFORE, MADE_OF, name_of, private_names, said_before, settling, weights
from analysis.events.official import answered_after, by_own_accounts, official_posts
from analysis.events.representative import representative
from analysis.events.sample import distinct, sampled
from analysis.posts.privacy import masked_series
from analysis.schema import Sentiment, Topic
from analysis.signals.arrival import EVEN, Pace, paces, seen_share
from analysis.signals.cube import risky
from analysis.signals.path import earliest, first_sources
from analysis.signals.reach import DRAWN, accounts_of, amplifiers, summed
from analysis.signals.wording import between, spoken, telling

READ = 300  # different texts on either side that are cut into words
MOST_TERMS, MOST_ACCOUNTS = 8, 10
CARRIED = ["author", "platform", "verified", "media_tier", "followers", "posts", "drawn"]


@dataclass(frozen=True)
class Description:
    """What an event is about. Texts and accounts in it are masked.

    name: see `naming`, or the analyst's. terms: what sets it apart, most telling first. topic: of most of its posts
    that carry risk. sentiment: posts by tone, all three. sources: the first post on each platform. amplifiers: at most
    ten accounts by reposts, comments and likes together (drawn). representative: role, "central", "most_read" or
    "most_negative", of different wording. places, departments, persons: what two different texts name. rumour_share,
    refutation_share [0, 1]: see `hearsay`. official: posts by own accounts, first to last; accounts_set: whether own
    accounts are named; answered_after: how long after the first post by others theirs came, None = not yet.
    """

    name: str
    terms: tuple[str, ...]
    topic: Topic
    sentiment: dict[str, int]
    sources: pd.DataFrame
    amplifiers: pd.DataFrame
    representative: pd.DataFrame
    places: tuple[str, ...]
    departments: tuple[str, ...]
    persons: tuple[str, ...]
    rumour_share: float
    refutation_share: float
    official: pd.DataFrame
    accounts_set: bool
    answered_after: pd.Timedelta | None = None


def describe(
    posts: pd.DataFrame,
    background: pd.DataFrame,
    own_accounts: Sequence[str],
    name: str = "",
    as_of: pd.Timestamp | None = None,
    pace: Pace = EVEN,
) -> Description:
    """What is an event about?

    posts: all of the event up to as_of, annotated, in order of time; at least one (ValueError). background: other posts
    up to as_of, in order of time, of which the week before the event and the time since are read. name: the analyst's,
    "" = computed. as_of: counters count as far as they are estimated to have come by then; None = as collected.
    """
    if posts.empty:
        raise ValueError("An event has at least one post.")
    posts = posts.reset_index(drop=True)
    began = posts["published_at"].iloc[0]
    around = between(background, began - BEFORE, posts["published_at"].iloc[-1] + pd.Timedelta(microseconds=1))
    texts, weighed = spoken_of(posts, around)
    told = texts.loc[~texts["copy"], "text"]
    share = seen(posts, as_of, pace)
    named = mentions(told)
    rumour, refutation = shares(posts)
    own = by_own_accounts(posts, own_accounts)
    return Description(
        name=name or computed_name(posts, background),
        terms=key_terms(texts, weighed, private_names(posts.loc[texts.index])),
        topic=topic(posts),
        sentiment={str(tone): int((posts["sentiment"] == tone).sum()) for tone in Sentiment},
        sources=sources(posts),
        amplifiers=carriers(posts, share),
        representative=representative(posts, texts[~texts["copy"]], weighed, share),
        places=named.places,
        departments=named.departments,
        persons=named.persons,
        rumour_share=rumour,
        refutation_share=refutation,
        official=official_posts(posts, own),
        accounts_set=len(own_accounts) > 0,
        answered_after=answered_after(posts, own),
    )


def event_names(posts: pd.DataFrame, ids: Sequence[str], as_of: pd.Timestamp, given: dict[str, str]) -> dict[str, str]:
    """What are these events called at as_of? Id → name: the analyst's (`given`) where there is one, else computed.

    posts: with event_id, in order of time; those after as_of are not seen. An event without a post by then has its id
    for a name.
    """
    seen_posts = posts[[*MADE_OF, "event_id"]].iloc[: posts["published_at"].searchsorted(as_of, side="right")]
    codes, known = pd.factorize(seen_posts["event_id"])
    place = {str(event): code for code, event in enumerate(known)}
    texts, read = seen_posts["text"].tolist(), dict[str, tuple[str, ...]]()
    names = {}
    for event in ids:
        if event not in place or given.get(event):
            names[event] = given.get(event) or event
        else:
            names[event] = one_name(seen_posts, np.flatnonzero(codes == place[event]), texts, read)
    return names


def one_name(posts: pd.DataFrame, own: np.ndarray, texts: list[str], read: dict[str, tuple[str, ...]]) -> str:
    """What is the event called whose posts stand in these places? texts: of all posts; `read` keeps what was cut."""
    first, secret = settling(posts.iloc[own])
    ends = [first["published_at"].iloc[0] - BEFORE, first["published_at"].iloc[-1] + pd.Timedelta(microseconds=1)]
    start, end = posts["published_at"].searchsorted(ends)
    mine = set(own.tolist())
    elsewhere = [texts[place] for place in range(start, end) if place not in mine]
    return name_of(first, secret, said_before(posts, first["published_at"].iloc[0], read), elsewhere, read)


def computed_name(posts: pd.DataFrame, background: pd.DataFrame) -> str:
    """What is an event called? As in `event_names`, if background holds all other posts."""
    (first, secret), read = settling(posts[MADE_OF]), dict[str, tuple[str, ...]]()
    began, until = first["published_at"].iloc[0], first["published_at"].iloc[-1]
    elsewhere = between(background, began - BEFORE, until + pd.Timedelta(microseconds=1))["text"].tolist()
    return name_of(first, secret, said_before(background, began, read), elsewhere, read)


def spoken_of(posts: pd.DataFrame, around: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """What is said in an event (see `wording.spoken`), and how much does each word tell of it against the rest?"""
    read: dict[str, tuple[str, ...]] = {}
    texts = spoken(sampled(posts.iloc[distinct(posts)], 4 * READ), READ, read)
    others = spoken(sampled(around, 4 * READ), READ, read)
    return texts, telling(texts["words"].tolist(), others["words"].tolist())


def key_terms(texts: pd.DataFrame, weighed: dict[str, float], secret: frozenset[str]) -> tuple[str, ...]:
    """Which words set an event apart? At most eight; where texts are too few to tell, what most of them say.

    secret: names that no word may hold, see `naming.private_names`.
    """
    terms = weighed or weights(texts.loc[~texts["copy"], "words"].tolist(), [])
    return tuple(term for term in terms if not any(name in term for name in secret))[:MOST_TERMS]


def topic(posts: pd.DataFrame) -> Topic:
    """Of which topic are most posts that carry risk, or most of all where none does? Of equal ones the gravest."""
    risk = posts.loc[risky(posts), "topic"]
    counts = (risk if len(risk) else posts["topic"]).value_counts()
    return max(reversed(Topic), key=lambda each: (counts.get(str(each), 0), -list(Topic).index(each)))


def sources(posts: pd.DataFrame) -> pd.DataFrame:
    """Who posted first on each platform? See `path.first_sources`; texts and accounts masked."""
    first = first_sources(earliest(posts))
    return first.assign(text=masked_series(first["text"]), author=masked_series(first["author"]))


def seen(posts: pd.DataFrame, as_of: pd.Timestamp | None, pace: Pace) -> np.ndarray:
    """Which share [0, 1] of each post's counters had come by as_of? All of it where no time is told."""
    if as_of is None:
        return np.ones(len(posts))
    return seen_share(posts["published_at"], posts["collected_at"], as_of, paces(posts["platform"], pace))


def carriers(posts: pd.DataFrame, share: np.ndarray) -> pd.DataFrame:
    """Whose posts drew most? Columns CARRIED, at most ten, most first; see `reach.amplifiers`."""
    account, accounts = accounts_of(posts)
    drawn = np.nansum([summed(posts[name], share, account, len(accounts)) for name in DRAWN], axis=0)
    if not len(drawn):
        return pd.DataFrame(columns=CARRIED)
    least = np.partition(drawn, -MOST_ACCOUNTS)[-MOST_ACCOUNTS] if len(drawn) > MOST_ACCOUNTS else 0
    theirs = np.isin(account, np.flatnonzero(drawn >= max(least, 1)))
    few = posts[theirs]
    table = amplifiers(few, *accounts_of(few), np.full(len(few), -1), share[theirs])
    return table.assign(author=masked_series(table["author"]))[CARRIED].head(MOST_ACCOUNTS)
