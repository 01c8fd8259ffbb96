"""Which posts say this, and where in their text does it stand?

Words are looked for as they are folded: width, case, accents, traditional characters, and signs that nobody sees make
no difference; any run of spaces is one space. Folding goes sign by sign, so that what was found can be shown where it
stands in the text as written. No pattern of the user's is ever run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

import numpy as np
import pandas as pd

from analysis.language import _
from analysis.posts.vendors import characters
from analysis.schema import InputError, full_text

LONGEST, MOST_WORDS = 200, 10
MOST = 200  # posts that are shown of those that were found
AT_ONCE = 1 << 10  # texts that are folded together: as many as the processor has at hand
SIGNS = 0x110000
# Where signs lie that fold to others; of the rest, ideographs alone do, which `characters` knows.
FOLDING = (
    *(range(0x3400), range(0xA000, 0xAC00), range(0xD7A4, 0xE000), range(0xF900, 0x12000)),
    *(range(0x13430, 0x13460), range(0x16800, 0x17000), range(0x1B000, 0x20000), range(0x2F800, 0x2FA20)),
    range(0xE0000, 0xE01F0),
)
UNSEEN = ("Cc", "Cf", "Cs", "Mn")
QUOTES = '"“”„‟〝〞＂'
WORD = re.compile(rf"([-－]?)(?:[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]?|([^\s{QUOTES}]+))")


@dataclass(frozen=True)
class Query:
    """words: all must occur; without: none may. Folded, none empty, at least one word."""

    words: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Folded:
    """What posts say, ready to be searched: each different wording once. said, by: which wording and author a post has.

    As large as the different texts together; whoever searches often keeps it.
    """

    said: np.ndarray
    by: np.ndarray
    wordings: list[str]
    authors: list[str]


def folded(posts: pd.DataFrame) -> Folded:
    """What do the titles, texts and authors of these posts say, folded?"""
    (title, titles), (text, texts), (by, authors) = (pd.factorize(posts[name]) for name in ("title", "text", "author"))
    said, pairs = pd.factorize(title.astype(np.int64) * len(texts) + text)
    read = (titles.to_numpy(object)[pairs // len(texts)], texts.to_numpy(object)[pairs % len(texts)])
    different = pd.DataFrame(dict(zip(("title", "text"), read, strict=True)), dtype=object)  # read fastest so
    return Folded(said, by, _folded(full_text(different).tolist()), _folded(authors.tolist()))


def read_query(query: str) -> Query:
    """What does the user look for? Words apart from each other, "a phrase" in quotes, -word for what must not occur.

    Raises InputError where no word is named, or more are than can be looked for.
    """
    if len(query) > LONGEST:
        raise InputError(
            _("The search has {signs:,} characters. Shorten it to {most} at most.", signs=len(query), most=LONGEST)
        )
    found = [(minus != "", fold(phrase or word).strip()) for minus, phrase, word in WORD.findall(query)]
    words, without = (
        tuple(dict.fromkeys(w for minus, w in found if w not in ("", "-") and minus == out)) for out in (False, True)
    )
    if not words:
        raise InputError(_("Write at least one word that the posts should say."))
    if len(words) + len(without) > MOST_WORDS:
        raise InputError(_("The search has too many words. Leave {most} at most.", most=MOST_WORDS))
    return Query(words, without)


def places(held: Folded, query: Query, among: int | None = None) -> np.ndarray:
    """Which posts say all the words and none of those they must not? Their places, first to last.

    among: how many of the posts that are held, from the first on, are looked at; None = all.
    """
    said, by = held.said[:among], held.by[:among]
    found = np.ones(len(said), dtype=bool)
    for words, wanted in ((query.words, True), (query.without, False)):
        for word in words:
            left = np.flatnonzero(found)
            says = _saying(word, held.wordings, said[left]) | _saying(word, held.authors, by[left])
            found[left] = says == wanted
    return np.flatnonzero(found)


def search(posts: pd.DataFrame, query: str, most: int = MOST, held: Folded | None = None) -> pd.DataFrame:
    """Which posts (in order of time) say what the user looks for? At most `most` of their rows, the latest first.

    query: as for `read_query`. held: what `folded` made of a frame that begins with these posts; None = made here.
    Raises InputError as `read_query` does.
    """
    asked = read_query(query)
    found = places(held or folded(posts), asked, len(posts))
    return posts.iloc[found[::-1][:most]]


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where do these words stand in a text as written? (start, end) in order; those that overlap or touch are one."""
    signs, origin = _fold(_signs(text))
    read = _text(signs)
    found = sorted(span for word in words for span in _standing(read, fold(word).strip()))
    merged: list[tuple[int, int]] = []
    for start, end in ((int(origin[start]), _with_accents(text, int(origin[end - 1]) + 1)) for start, end in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def fold(text: str) -> str:
    """How does a text read when it is searched? Folding what is folded changes nothing."""
    return _text(_fold(_signs(text))[0])


def _saying(word: str, texts: list[str], which: np.ndarray) -> np.ndarray:
    there = np.zeros(len(texts), dtype=bool)
    there[which] = True  # the word is looked for in texts that are still in question, in each once
    asked = np.flatnonzero(there)
    there[asked] = [word in texts[place] for place in asked.tolist()]
    return there[which]


def _standing(read: str, word: str) -> Iterator[tuple[int, int]]:
    at = read.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = read.find(word, at + 1)


def _with_accents(text: str, end: int) -> int:
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end


def _folded(texts: list[str]) -> list[str]:
    parts = (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))
    return [text for part in parts for text in _folded_together(part)]


def _folded_together(texts: list[str]) -> list[str]:
    signs, origin = _fold(_signs("".join(texts)))
    read, ends = _text(signs), np.cumsum([0, *map(len, texts)])
    cuts = np.searchsorted(origin, ends).tolist()
    return [read[start:end] for start, end in pairwise(cuts)]


def _fold(signs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which signs do these fold to, and from which place does each of them come?"""
    lengths, begins, pool = _table()
    each = lengths[signs]
    origin = np.repeat(np.arange(len(signs), dtype=np.int32), each)
    places = begins[signs][origin]
    behind = np.flatnonzero(origin[1:] == origin[:-1]) + 1  # signs that are not the first of what one folds to
    for _sign in range(int(each.max(initial=1)) - 1):
        places[behind] = places[behind - 1] + 1
    read = pool[places]
    space = read == ord(" ")
    again = np.flatnonzero(space[1:] & space[:-1]) + 1
    return (np.delete(read, again), np.delete(origin, again)) if len(again) else (read, origin)


@cache
def _table() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What does each sign fold to? How many signs, and where they begin in a pool, whose first part is every sign."""
    read = {number: _read(chr(number)) for number in chain(*FOLDING, map(ord, simple()))}
    changed = [number for number, text in read.items() if text != chr(number)]
    lengths, begins = np.ones(SIGNS, np.uint8), np.arange(SIGNS, dtype=np.int32)
    lengths[changed] = [len(read[number]) for number in changed]
    begins[changed] = SIGNS + np.cumsum([0, *(len(read[number]) for number in changed[:-1])])
    return lengths, begins, np.append(np.arange(SIGNS, dtype="<u4"), _signs("".join(map(read.__getitem__, changed))))


@cache
def simple() -> dict[str, str]:
    """Which simplified character does each traditional one stand for, at last? Some go by way of another."""
    known = {chr(old): new for old, new in characters().items()}
    return {old: known.get(new, new) for old, new in known.items()}


def _read(sign: str) -> str:
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    return "".join(simple().get(part, part) for part in plain if unicodedata.category(part) not in UNSEEN)


def _signs(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _text(signs: np.ndarray) -> str:
    return signs.tobytes().decode("utf-32-le", "surrogatepass")
