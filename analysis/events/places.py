"""Which places does a text name: provinces, cities, and what ends as the name of a place does?"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from analysis.signals.wording import cutter

HAN = "\u4e00-\u9fff"
LONGEST = 14  # characters before the ending of a place's name: 省市 and 第一人民 before 医院
AS_GOOD, FEWEST = 0.7, 2  # share of the texts with a short name that must have a longer one, for the longer to be it
PARTS = {"市", "区", "县", "镇", "乡", "村", "街道", "大道", "路", "大街", "小区"}  # named without where they lie
WITHIN = re.compile("[省市区县镇乡]")
SOLE = ("北京", "天津", "上海", "重庆", "香港", "澳门")  # provinces that no city names
NAMED = re.compile(rb"^(\S{6,}) \d+ n[stz]", re.M)  # the dictionary's places, institutions and other names


def places(texts: list[str]) -> list[set[str]]:
    """Which places does each text name? A city of the gazetteer by its short name: "武汉市" is 武汉."""
    known = known_cities("\n".join(texts))
    read: dict[str, tuple[str, ...]] = {}
    ends = [list(endings(text, read)) for text in texts]
    counts = Counter(name for found in ends for name in {name for tails in found for name in tails})
    cities = set(gazetteer())
    out = []
    for text, found in zip(texts, ends, strict=True):
        told = {settled(tails, counts) for tails in found}
        named = {name[:-1] if name.endswith("市") and name[:-1] in cities else name for name in told}
        out.append(named | set(known.findall(text)))
    return out


def known_cities(everything: str) -> re.Pattern[str]:
    """How do the provinces and cities read that can stand in this text? Not within "南京路" or "三明治"."""
    everyday = set(words_of("everyday"))
    found = sorted((name for name in gazetteer() if name in everything), key=lambda name: (-len(name), name))
    read = [name + ("(?=[市州])" if name in everyday else f"(?![{HAN}]?[路街巷])") for name in found]
    return re.compile("|".join(read) or "(?!)")


def endings(text: str, read: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Which names may end where one can end? For each such place in a text the possible names, shortest first.

    A name begins where a word does, holds a word or character that is none of every day, and has two characters at
    least before its ending. `read` keeps what was cut into words.
    """
    for found in ending().finditer(text):
        before = run_before(text, found.start())
        before = WITHIN.split(before)[-1] if found.group() in PARTS else before
        if len(before) < 2:
            continue
        if before not in read:
            read[before] = tuple(cutter().cut(before, HMM=False))
        told = tuple(tail + found.group() for tail in names_of(read[before]))
        told = tuple(name for name in told if not name.endswith(words_of("no")) and name not in words_of("alone"))
        if told:
            yield told


def run_before(text: str, end: int) -> str:
    """Which Chinese characters, LONGEST at most, stand straight before a place in a text?"""
    start = end
    while start > max(end - LONGEST, 0) and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    return text[start:end]


def names_of(words: tuple[str, ...]) -> Iterator[str]:
    """Which last words of a run can be a name, two characters or more, shortest first?"""
    within, apart, known = set(words_of("within")), set(words_of("apart")), place_words()
    tail, proper = "", False
    for word in reversed(words):
        own = word in known or (len(word) == 1 and word not in apart and word not in within)
        if not own and word not in within:
            return
        tail, proper = word + tail, proper or own
        if proper and len(tail) > 1:
            yield tail


def settled(tails: tuple[str, ...], counts: Counter[str]) -> str:
    """Which of the names that may end here is it? The longest that stands nearly as often as the shortest."""
    least = max(AS_GOOD * counts[tails[0]], FEWEST)
    return next((tail for tail in reversed(tails) if counts[tail] >= least), tails[0])


@cache
def ending() -> re.Pattern[str]:
    """What ends as a place's name does? The longest ending first."""
    told = sorted(words_of("endings"), key=lambda pair: -len(pair[0]))
    return re.compile("|".join(f"{end}(?![{no}])" if no else end for end, no in told))


@cache
def place_words() -> frozenset[str]:
    """Which words of the dictionary are names of places or institutions, or are such names besides?"""
    with cutter().get_dict_file() as file:
        found = NAMED.findall(file.read())
    return frozenset({*(word.decode("utf-8") for word in found), *words_of("names"), *gazetteer()})


@cache
def gazetteer() -> tuple[str, ...]:
    """Which provinces and cities are there?"""
    with (Path(__file__).parents[1] / "posts" / "regions.toml").open("rb") as file:
        cities = tomllib.load(file)["cities"]
    return tuple(dict.fromkeys((*SOLE, *cities, *(city for own in cities.values() for city in own))))


@cache
def words_of(entry: str) -> tuple[Any, ...]:
    """What does an entry of `mentions.toml` under [places] hold? Words, characters, or pairs of its table."""
    with Path(__file__).with_name("mentions.toml").open("rb") as file:
        table = tomllib.load(file)["places"]
    told = table["no"]["names" if entry == "no" else entry] if entry in ("no", "alone") else table[entry]
    return tuple(told.items() if isinstance(told, dict) else (sign for sign in told if sign != "\n"))
