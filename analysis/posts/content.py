"""Does what a column holds agree with its name, and which column is it when the name says nothing?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.posts.fold import ADDRESS, platform_of
from analysis.posts.kinds import LEAST_CELLS, SHARE, Kind, blank, fits, kind_of
from analysis.posts.values import parse_times
from analysis.posts.vendors import key, lookup, vendors

MOST_CELLS, LEAST_ROWS, MOST_ROWS = 100_000, 20, 300
CONTRADICTED, HALF = 0.25, 0.5
LONG_ID, LONG_NAME = 64, 40
WANTED = dict.fromkeys(("published_at", "collected_at"), Kind.TIME) | {"url": Kind.URL}
WANTED |= dict.fromkeys(("followers", "reposts", "comments", "likes", "reads"), Kind.COUNT)
FOLDED = {"platform": "platforms", "media_tier": "media_tiers", "author_verified": "verified"}
LABELS = {Kind.TIME: _("times"), Kind.COUNT: _("counts"), Kind.URL: _("links")}
SENTENCE = re.compile(r"[\u3400-\u9fff]|\S\s+\S")
# Only the order of times is asked for, so any moment does for "3小时前" to count from.
SOME_MOMENT = pd.Timestamp("2030-01-01", tz="Asia/Shanghai")


@dataclass(frozen=True)
class Content:
    """The cells of one column of a sample."""

    cells: tuple[str, ...]

    @cached_property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if not blank(cell))

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.filled)

    @cached_property
    def length(self) -> float:
        """How many characters has a filled cell on average?"""
        return sum(map(len, self.filled)) / max(len(self.filled), 1)

    @cached_property
    def unique(self) -> float:
        """How many of the filled cells (0..1) are different ones?"""
        return len(set(self.filled)) / max(len(self.filled), 1)

    @property
    def judged(self) -> bool:
        return len(self.filled) >= LEAST_CELLS

    def share(self, true: Callable[[str], object]) -> float:
        """Of how many of the filled cells (0..1) is this true?"""
        return sum(bool(true(cell)) for cell in self.filled) / max(len(self.filled), 1)


def contents(headers: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, Content]:
    """What does each column of these rows hold? At most 300 rows are looked at, fewer of a very wide sample."""
    rows = sample[: min(MOST_ROWS, max(LEAST_ROWS, MOST_CELLS // max(len(headers), 1)))]
    return {
        header: Content(tuple(row[position] if position < len(row) else "" for row in rows))
        for position, header in enumerate(headers)
    }


def objection(column: str, content: Content) -> Text | None:
    """Why can a column that is named so not be `column`? None when its cells agree, or are too few to tell."""
    if content.cells and not content.filled:
        return _("it is empty in the first {rows} rows", rows=len(content.cells))
    if not content.judged:
        return None
    wanted = WANTED.get(column)
    if wanted is not None:
        share = content.share(lambda cell: fits(cell, wanted))
        return _only(share, LABELS[wanted]) if share < CONTRADICTED else None
    if column == "platform":
        share = content.share(platform_of)
        return _only(share, _("known platforms")) if share < CONTRADICTED else None
    if column == "region" and content.share(lambda cell: ADDRESS.fullmatch(key(cell))) >= SHARE:
        return _("it holds network addresses")
    names_as_numbers = column == "author" and content.kind is Kind.COUNT
    if column in ("text", "title", "author") and content.kind is not Kind.FREE and not names_as_numbers:
        return _("it holds {kind}", kind=LABELS[content.kind])
    return None


def agrees(column: str, content: Content) -> bool:
    """Does this hold what `column` holds? Asked when the name is only similar, so strictly."""
    if not content.judged:
        return False
    if column in WANTED:
        return content.kind is WANTED[column]
    if column in FOLDED:
        return content.share(lambda cell: key(cell) in lookup(FOLDED[column])) >= HALF
    if column == "region":
        return content.share(is_province) >= HALF
    if column in ("post_id", "parent_id"):
        short = content.kind in (Kind.FREE, Kind.COUNT) and content.length <= LONG_ID
        return short and (column == "parent_id" or content.unique >= SHARE)
    return content.kind is Kind.FREE and (column != "author" or content.length <= LONG_NAME)


def told(column: str, candidates: Mapping[str, Content], shortest: float = 0) -> tuple[str, Text] | None:
    """Which of these columns is `column`, judged by nothing but its cells, and what tells it?

    Times, links, the longest free text (longer on average than `shortest` characters), platforms and
    provinces tell it; which counter a column of counts is, nothing tells. None when none or several would do.
    """
    if column == "published_at":
        return _earliest({name: held for name, held in candidates.items() if held.kind is Kind.TIME})
    if column == "url":
        return _only_one(candidates, lambda held: held.kind is Kind.URL and held.unique >= SHARE, LABELS[Kind.URL])
    if column == "text":
        return _longest(candidates, shortest)
    if column == "platform":
        return _only_one(candidates, _all(lambda cell: key(cell) in lookup("platforms")), _("known platforms"))
    if column == "region":
        return _only_one(candidates, _all(is_province), _("provinces"))
    return None


def is_province(cell: str) -> bool:
    """Is this a province, with or without its city, and nothing else, such as a paper that is named after it?"""
    return bool(_province().fullmatch(key(cell)))


def _only(share: float, kind: Text) -> Text:
    return _("only {share} of its cells are {kind}", share=f"{share:.0%}", kind=kind)


def _all(true: Callable[[str], object]) -> Callable[[Content], bool]:
    return lambda held: held.judged and held.share(true) >= SHARE


def _only_one(
    candidates: Mapping[str, Content], true: Callable[[Content], bool], kind: Text
) -> tuple[str, Text] | None:
    found = [name for name, held in candidates.items() if true(held)]
    return (found[0], _("its cells are {kind}", kind=kind)) if len(found) == 1 else None


def _longest(candidates: Mapping[str, Content], shortest: float) -> tuple[str, Text] | None:
    """Sentences differ from row to row; ids do too, but they hold neither Chinese characters nor spaces."""
    free = {name: held for name, held in candidates.items() if held.kind is Kind.FREE and held.judged}
    texts = {name: held for name, held in free.items() if held.unique >= HALF and held.share(SENTENCE.search) >= HALF}
    longest = max(texts, key=lambda name: texts[name].length, default=None)
    if longest is None or texts[longest].length <= shortest:
        return None
    return longest, _("longest free text: {length} characters on average", length=round(texts[longest].length))


def _earliest(times: Mapping[str, Content]) -> tuple[str, Text] | None:
    """Published comes before every other time of a post; where the order is not the same in all rows, nothing is."""
    if len(times) < 2:
        return _only_one(times, lambda held: True, LABELS[Kind.TIME])
    moments = {name: _moments(held) for name, held in times.items()}
    for name, own in moments.items():
        others = [other for rival, other in moments.items() if rival != name]
        if all(_before(own, other) for other in others):
            return name, _("its cells are the earliest of {columns} columns of times", columns=len(times))
    return None


def _before(own: np.ndarray, other: np.ndarray) -> bool:
    both = ~(np.isnat(own) | np.isnat(other))
    return bool(
        both.sum() >= LEAST_CELLS and (own <= other)[both].mean() >= SHARE and (own < other)[both].mean() >= HALF
    )


def _moments(held: Content) -> np.ndarray:
    parsed = parse_times(pd.Series(held.cells, dtype="str"), SOME_MOMENT)
    return parsed.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[us]")


@cache
def _province() -> re.Pattern[str]:
    regions = vendors()["regions"]
    prefixes = "|".join(sorted(regions["prefixes"], key=len, reverse=True))
    rank = r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?"
    return re.compile(
        rf"(?:(?:{prefixes})[::]?)*(?:中国)?(?:{'|'.join(regions['provinces'])}){rank}(?:\w{{2,8}}[市州盟区县])?"
    )
