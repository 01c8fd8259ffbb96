"""Of which terms does a text consist, and how common is each in everyday talk about hospitals?

A term is a pair of neighbouring characters, or a whole number or Latin word; terms are hashed, so that no vocabulary
is kept. Pairs do not reach over punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numba import njit

from analysis.posts.clean import normalised
from analysis.workspace.places import CORPUS

BITS = 18
WIDTH = 1 << BITS
LONGEST = 1000  # characters that are read of one text: an article says first what it is about
SHORTEST_ORIGINAL = 8  # characters from which on a quoted original says by itself what is passed on
CLAUSE = 8  # characters of a clause that no two people write by chance
AT_ONCE = 50_000  # texts
ZERO, NINE, LOW_A, LOW_Z, BLANK = 48, 57, 97, 122, 32
FNV, FNV_PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
CHAIN = re.compile(r"//\s*@[\w·-]{1,30}\s*[:：]?")


@dataclass(frozen=True)
class Terms:
    """The different terms of texts, one text after the other in `term` (int32, in order of the text), from `start` on.

    key: equal for copies (of what is quoted, if anything is); twin: equal where the longest clause is, as in most near
    copies.
    """

    term: np.ndarray
    start: np.ndarray
    key: np.ndarray
    twin: np.ndarray


def compiled(function: Callable) -> Callable:
    """Compiles a function into those that call it."""
    return njit(nogil=True, error_model="numpy")(function)


def kept(function: Callable) -> Callable:
    """Compiles a function; what comes of it is kept on disk, where numba finds a folder that it may write to."""
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # it found none: the same code, compiled anew at each start
        return njit(nogil=True, error_model="numpy")(function)


def terms(texts: list[str]) -> Terms:
    """Of which terms do these texts consist?

    Remarks, quoted originals and hashtags count, names behind "@" and links do not (see `clean.normalised`).
    """
    parts = [_part(texts[first : first + AT_ONCE]) for first in range(0, max(len(texts), 1), AT_ONCE)]
    shifts = np.cumsum([0, *(part.start[-1] for part in parts)])
    return Terms(
        np.concatenate([part.term for part in parts]),
        np.concatenate([[0], *(part.start[1:] + shift for part, shift in zip(parts, shifts[:-1], strict=True))]),
        np.concatenate([part.key for part in parts]),
        np.concatenate([part.twin for part in parts]),
    )


@cache
def everyday() -> np.ndarray:
    """In which share of our own corpus of posts does each hashed term stand? float32, WIDTH long."""
    texts = pd.read_csv(CORPUS[0], encoding="utf-8-sig", usecols=["text"], dtype="str")["text"].tolist()
    return (np.bincount(terms(texts).term, minlength=WIDTH) / len(texts)).astype(np.float32)


def _part(texts: list[str]) -> Terms:
    said, original = list(texts), {}
    for at, text in enumerate(texts):
        if "//" in text and "@" in text:
            pieces = CHAIN.split(text)
            said[at] = "。".join(pieces)
            if len(pieces) > 1 and len(pieces[-1]) >= SHORTEST_ORIGINAL:
                original[at] = pieces[-1]
    letters, ends = _letters(said)
    term, start, key, twin = _terms(letters, ends)
    if original:
        places = np.fromiter(original, np.int64)
        quoted = _terms(*_letters(list(original.values())))
        key[places], twin[places] = quoted[2], quoted[3]
    return Terms(term, start, key, twin)


def _letters(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The normalised texts' code points, a blank behind each text, and where each text's blank stands."""
    normal = normalised(pd.Series(texts, dtype="str")).tolist()
    ends = np.cumsum([len(text) + 1 for text in normal], dtype=np.int64) - 1
    joined = " ".join([*normal, ""]).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, dtype="<u4"), ends


@compiled
def _latin(letter: int) -> bool:
    return ZERO <= letter <= NINE or LOW_A <= letter <= LOW_Z


@compiled
def _mixed(word: int) -> np.uint64:
    """Scatters a number over all 64 bits (SplitMix64)."""
    z = np.uint64(word) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def _next(letters: np.ndarray, at: int, stop: int) -> tuple[np.int64, int]:
    """The hashed term that begins here (-1 = none), and where to look for the next one."""
    if _latin(letters[at]):
        hashed, begin = np.uint64(2166136261), at
        while at < stop and _latin(letters[at]):
            hashed = ((hashed ^ np.uint64(letters[at])) * np.uint64(16777619)) & np.uint64(0xFFFFFFFF)
            at += 1
        term = np.int64(_mixed(np.int64(hashed)) & np.uint64(WIDTH - 1)) if at - begin > 1 else np.int64(-1)
        return term, at
    if letters[at] == BLANK or at + 1 >= stop or letters[at + 1] == BLANK or _latin(letters[at + 1]):
        return np.int64(-1), at + 1
    pair = np.uint64(letters[at]) << np.uint64(32) | np.uint64(letters[at + 1])
    return np.int64(_mixed(np.int64(pair)) & np.uint64(WIDTH - 1)), at + 1


@compiled
def _hashed(letters: np.ndarray, begin: int, end: int) -> np.int64:
    """FNV-1a over these code points, as a number that is not negative."""
    whole = FNV
    for at in range(begin, end):
        whole = (whole ^ np.uint64(letters[at])) * FNV_PRIME
    return np.int64(whole >> np.uint64(1))


@compiled
def _longest_clause(letters: np.ndarray, begin: int, end: int) -> tuple[int, int]:
    """Where does the longest stretch without a blank begin and end? The whole text if it is shorter than CLAUSE."""
    best, last, at = begin, begin, begin
    for place in range(begin, end + 1):
        if place == end or letters[place] == BLANK:
            if place - at > last - best:
                best, last = at, place
            at = place + 1
    return (best, last) if last - best >= CLAUSE else (begin, end)


@kept
def _terms(letters: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """See Terms."""
    term, start = np.empty(letters.size, np.int32), np.zeros(ends.size + 1, np.int64)
    key, twin = np.empty(ends.size, np.int64), np.empty(ends.size, np.int64)
    seen, found, begin = np.full(WIDTH, -1, np.int64), 0, 0
    for text in range(ends.size):
        key[text] = _hashed(letters, begin, ends[text])
        clause, until = _longest_clause(letters, begin, ends[text])
        twin[text] = _hashed(letters, clause, until)
        at, stop = begin, min(ends[text], begin + LONGEST)
        while at < stop:
            word, at = _next(letters, at, stop)
            if word >= 0 and seen[word] != text:
                seen[word] = text
                term[found] = word
                found += 1
        start[text + 1], begin = found, ends[text] + 1
    return term[:found].copy(), start, key, twin
