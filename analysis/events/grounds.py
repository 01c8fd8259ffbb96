"""Why does each post of an event belong to it, and by which of its words?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from analysis.events.chains import NOWHERE, above, previous
from analysis.events.founding import FEWEST_WORDINGS
from analysis.events.terms import CHAIN, terms
from analysis.posts.privacy import masked_series
from analysis.schema import full_text
from analysis.signals.wording import words

COMPARED = 1000  # different wordings a side that are compared, evenly spaced in time
LIFT = 4.0  # a word of the event is so many times more frequent in it than outside
MOST_WORDS = 8


def grounds(posts: pd.DataFrame, event_id: str, rows: pd.Index | None = None) -> pd.DataFrame:
    """What put each post into the event, as can be read off the posts?

    posts: with event_id, index 0..n-1. A row for each of its posts (or for those in `rows`), same index. why:
    "founder" (one of the first few wordings), "repost" (passes on or answers one of its posts), "same_text",
    "near_copy" (of an earlier post of it), "terms". terms: up to 8 words and hashtags as they stand in the masked
    text, most telling first, that several wordings of the event hold and that are four times rarer outside.
    """
    mine = (posts["event_id"] == event_id).to_numpy(dtype=bool)
    own, others = posts[mine], posts[~mine]
    asked = own.index if rows is None else own.index.intersection(rows)
    cut: dict[str, tuple[str, ...]] = {}
    inside, outside = (spoken(full_text(side.iloc[evenly(len(side))]), cut) for side in (own, others))
    telling = telling_words(inside, outside)
    text = masked_series(full_text(own.loc[asked]))
    said = {each: shared_words(each, telling, cut) for each in text.unique()}
    shown = pd.Series([said[each] for each in text], asked, dtype=object)
    return pd.DataFrame({"why": reasons(own).loc[asked], "terms": shown})


def reasons(own: pd.DataFrame) -> pd.Series:
    """Why does each of an event's posts (in order of time) belong to it?"""
    text = full_text(own)
    read, quoted = terms(text.tolist()), text.str.contains(CHAIN).to_numpy(dtype=bool)
    parent = above(own, 0, NOWHERE)[0]
    same, near = (previous(keys, 0, NOWHERE)[0] >= 0 for keys in (read.key, read.twin))
    fresh = (parent < 0) & ~same & ~near
    founder = fresh & (np.cumsum(fresh) <= FEWEST_WORDINGS)
    cases = [(parent >= 0) | (same & quoted), same, near, founder]
    return pd.Series(np.select(cases, ["repost", "same_text", "near_copy", "founder"], "terms"), own.index, dtype="str")


def evenly(there: int) -> np.ndarray:
    """Which places are compared of those that are there? More than COMPARED, because wordings repeat."""
    return np.linspace(0, there - 1, min(there, 5 * COMPARED)).round().astype(int)


def spoken(texts: pd.Series, cut: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Which words do the different wordings hold? A near copy is no other wording. `cut`: see `wording.words`."""
    different = texts[~pd.Series(terms(texts.tolist()).twin, texts.index).duplicated()]
    some = np.linspace(0, len(different) - 1, min(len(different), COMPARED)).round().astype(int)
    return [words(CHAIN.sub("。", text), cut) for text in different.iloc[some]]


def telling_words(inside: list[tuple[str, ...]], outside: list[tuple[str, ...]]) -> dict[str, float]:
    """How many times more frequent than outside is each word that says what the event is about?"""
    here, there = (Counter(word for said in side for word in said) for side in (inside, outside))
    fewest = min(2, len(inside))
    lift = {word: n / len(inside) * (len(outside) + 1) / (there[word] + 1) for word, n in here.items() if n >= fewest}
    return {word: times for word, times in lift.items() if times >= LIFT}


def shared_words(text: str, telling: dict[str, float], cut: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Which of the telling words stand in the text? Most telling first."""
    said = [word for word in words(CHAIN.sub("。", text), cut) if word in telling and word in text]
    return tuple(sorted(said, key=lambda word: -telling[word]))[:MOST_WORDS]
