"""Which places, departments and persons do the posts of an event name?

Only what at least two different texts name, most named first. Words and patterns (`mentions.toml`, the cities of
`posts/regions.toml`), no model: what no pattern fits is not seen, and whether two texts mean the same person is not
known. The texts are masked before they come here; of a private name its surname is left.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.events.places import HAN, places
from analysis.posts.people import COMPOUND, GIVEN, SURNAMES, WORD, names, surname_length

READ = 400  # characters of a text that are looked at
FEWEST, MOST = 2, 8  # texts that name it; names that are told
ACCOUNT = re.compile(r"@[^\s:：,，。]+")
BEFORE = frozenset(
    "科部室院的位名叫找请是和与跟给对被让问见约挂由经姓及谢感送赞骂怪诉向从在"
)  # what may stand before a surname
SURELY = frozenset("科室姓")  # behind these even a surname that is a word of every day is one
BRANCH = re.compile(f"[{HAN}]{{1,10}}科(?![学技普目室研长班])")
# "张某", "张*" (masked), "张女士"; "某医院" and "某人" are no names.
NAMELESS = re.compile(
    f"(?:(?<![{HAN}])|(?<=[科室院的位名叫找请是和与跟给对被让问见约由经姓及谢诉向从在者属人妇]))"
    f"(?P<surname>{COMPOUND}|[{SURNAMES}])"
    "(?:某{1,2}(?![某医个些人地市区县平单公学小科专三大网媒博机种家院时天年月日省高国明])|[*]{1,3}(?![*])|"
    "(?P<called>女士|先生|阿姨|大爷|大妈|奶奶|爷爷|婆婆|师傅))"
)


@dataclass(frozen=True)
class Mentions:
    """What posts name, most named first, at most eight each: places, departments, persons (surname and office)."""

    places: tuple[str, ...]
    departments: tuple[str, ...]
    persons: tuple[str, ...]


def mentions(texts: Iterable[str]) -> Mentions:
    """What do these texts, all different and masked, name? Each text counts once for a name."""
    read = [ACCOUNT.sub(" ", text[:READ]) for text in texts]
    return Mentions(*(most_named(read, found) for found in (places, departments, persons)))


def most_named(read: list[str], found: Callable[[list[str]], list[set[str]]]) -> tuple[str, ...]:
    """What is named in two texts or more? Most texts first, of equal ones in order of the names."""
    counts = Counter(name for text in found(read) for name in text)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, texts in ranked if texts >= FEWEST)[:MOST]


def departments(texts: list[str]) -> list[set[str]]:
    """Which departments does each text name? By their usual names: "ICU" is 重症医学科."""
    known, everything = known_departments(), "\n".join(texts)
    there = re.compile("|".join(longest_first(form for form in known if form in everything)) or "(?!)")
    out = []
    for text in texts:
        named = [*there.findall(text), *(name for part in BRANCH.findall(text) for name in made().findall(part))]
        out.append({known.get(name, name) for name in named})
    return out


@cache
def made() -> re.Pattern[str]:
    """How does a department read that is made of parts which such names have, with 科 behind them?"""
    parts = "|".join(longest_first(words_of("parts")["parts"]))
    return re.compile(f"(?:{parts}){{1,4}}(?:内|外|医学)?科$")


@cache
def known_departments() -> dict[str, str]:
    """Which word means which department?"""
    return {form: name for name, others in words_of("departments").items() for form in (name, *others)}


def persons(texts: list[str]) -> list[set[str]]:
    """Whom does each text name? "王主任" (surname and office), "张某" (whose name is private), "李女士"."""
    return [{*in_office(text), *private(text)} for text in texts]


def in_office(text: str) -> Iterator[str]:
    """Who is named with an office, before or behind the name ("院长王建国", "王建国院长")? Surname and office."""
    everyday = words_of("persons")["everyday"]
    for found in office().finditer(text):
        surname = surname_before(text[max(found.start() - 5, 0) : found.start()])
        if surname:
            yield surname + found["office"]
        after = found["after"]
        if after and after[0] not in everyday and not WORD.match(after):
            yield after[: surname_length(after)] + found["office"]


def surname_before(text: str) -> str:
    """Which surname does the name at the end of a text have? "" when there is none.

    A given name has up to two characters; before the name stands no other word, or one that a name can follow.
    """
    for length in (1, 2, 3):
        name, before = text[-length:], text[:-length][-1:]
        if len(name) < length or name[0] not in SURNAMES or any(sign not in GIVEN for sign in name[1:]):
            continue
        open_here = not re.match(f"[{HAN}]", before) or before in BEFORE
        certain = before in SURELY or name[0] not in words_of("persons")["everyday"]
        if open_here and certain and not WORD.match(name):
            return name[0]
    compound = text[-2:]
    return compound if compound in COMPOUND.split("|") else ""


def private(text: str) -> Iterator[str]:
    """Who is named and holds no office? Surname and 某, or as they are called: "李女士"."""
    told = [(found["surname"], found["called"] or "某") for found in NAMELESS.finditer(text)]
    whole = (text[start:end] for start, end in names(text))  # none where names are masked
    told += [(name[: surname_length(name)], "某") for name in whole]
    yield from (surname + called for surname, called in told if surname not in words_of("persons")["everyday"])


@cache
def office() -> re.Pattern[str]:
    """What reads as an office, with the whole name that may follow it?"""
    offices, given = "|".join(longest_first(words_of("persons")["offices"])), "".join(sorted(GIVEN))
    name = f"(?:{COMPOUND}|[{SURNAMES}])(?:[{given}]{{2}}|[{given}](?![{HAN}]))"
    return re.compile(f"(?P<office>{offices})(?=(?P<after>{name})?)")


def longest_first(words: Iterable[str]) -> list[str]:
    """In which order must words stand in an expression that takes the longest?"""
    return sorted(words, key=lambda word: (-len(word), word))


@cache
def words_of(table: str) -> dict[str, Any]:
    """What does a table of `mentions.toml` hold?"""
    with Path(__file__).with_name("mentions.toml").open("rb") as file:
        return dict(tomllib.load(file)[table])
