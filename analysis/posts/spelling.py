"""Which columns does a header name, exactly or nearly?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz, process

from analysis.posts.vendors import key, vendors
from analysis.schema import COLUMNS

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
EDGES = "\"'“”‘’*:、,。.【】[]()_-"
SHORTEST, SHORTEST_LATIN = 3, 4
CUTOFF, CUTOFF_LATIN = 80, 85
LONGEST = 40
MARKS = ("id", "url")


def plain(header: str) -> str:
    """By which key is a header compared? "Media Type", "mediaType" and "media_type" have the same."""
    return key(header).replace("_", "").replace("-", "")


def bare(header: str) -> str:
    """What is left of a header's key without remarks in brackets, quotes and marks at its ends?"""
    name = plain(header)
    return BRACKETS.sub("", name).strip(EDGES) or name.strip(EDGES)


def named(headers: Sequence[str]) -> dict[str, list[str]]:
    """Which headers are called as `column` is, the best first? For each column that has any.

    Names that vendors.toml lists first go first; of one name its exact spelling, then with a remark in
    brackets ("转发数(次)", "转发数 (2)"), then one side of a slash ("来源/媒体").
    """
    spelled = _spellings(headers)
    found: dict[str, list[str]] = {}
    for column in COLUMNS:
        order = [header for name in _known(column.name) if name for header in spelled.get(name, ())]
        if order:
            found[column.name] = list(dict.fromkeys(order))
    return found


def similar(header: str) -> tuple[str, str, float] | None:
    """Which column is this header nearly called as? The column, the known name, how similar they are (0..1).

    None for names of other things (vendors.toml, [not_ours]), short ones and those that resemble none.
    """
    name = bare(header)
    if len(name) > LONGEST or not_ours(header):
        return None
    least = CUTOFF_LATIN if name.isascii() else CUTOFF
    choices = _long_names()
    best = process.extractOne(name, list(choices), scorer=fuzz.ratio, score_cutoff=least)
    if best is None or any(name.endswith(mark) != best[0].endswith(mark) for mark in MARKS):
        return None
    return choices[best[0]], best[0], best[1] / 100


def not_ours(header: str) -> bool:
    """Is this the name of something that is no column of ours, such as a picture or the time of an edit?"""
    name = bare(header)
    inside = any(part in name for part in _not_ours("within"))
    return inside or bool({plain(header), name} & set(_not_ours("names"))) or name.startswith(_not_ours("starts"))


def _spellings(headers: Sequence[str]) -> dict[str, list[str]]:
    """Exact names come before names with a remark in brackets and before either side of a slash."""
    found: dict[str, list[str]] = {}
    whole = [(plain(header), header) for header in headers]
    without = [(bare(header), header) for header in headers]
    parts = [(part, header) for name, header in without for part in name.split("/")]
    for name, header in (*whole, *without, *parts):
        if name:
            found.setdefault(name, []).append(header)
    return found


@cache
def _known(column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(header) for header in vendors()["headers"][column]))


@cache
def _not_ours(which: str) -> tuple[str, ...]:
    return tuple(plain(name) for name in vendors()["not_ours"][which])


@cache
def _long_names() -> dict[str, str]:
    """Known names that are long enough to be similar to anything, with the first column that lists them."""
    found: dict[str, str] = {}
    for column in COLUMNS:
        for name in _known(column.name):
            if len(name) >= (SHORTEST_LATIN if name.isascii() else SHORTEST):
                found.setdefault(name, column.name)
    return found
