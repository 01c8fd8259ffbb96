"""What do vendors.toml's lists say, and when are two names the same?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f\x7f]+")


@cache
def vendors() -> dict[str, Any]:
    """Which headers and names are known? Reads vendors.toml once; treat the answer as read-only."""
    with Path(__file__).with_name("vendors.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def characters() -> dict[int, str]:
    """Which traditional characters stand for which simplified ones (those that occur in the lists)?"""
    table = vendors()["characters"]
    return {ord(old): new for old, new in zip(table["traditional"], table["simplified"], strict=True)}


def simplified(text: str) -> str:
    """How does this read in NFKC, lower case and simplified characters? Spaces at the ends go."""
    return unicodedata.normalize("NFKC", text).lower().translate(characters()).strip()


def key(name: str) -> str:
    """By which key is a name looked up? Simplified, without spaces, BOM and invisible characters."""
    return INVISIBLE.sub("", simplified(name))


@cache
def lookup(section: str) -> dict[str, str]:
    """Which answer belongs to which key in a section such as "platforms"? The first list wins."""
    found: dict[str, str] = {}
    for answer, names in vendors()[section].items():
        for name in names:
            found.setdefault(key(name), answer)
    return found
