"""When do two posts say the same, and which cells are safe to open in a spreadsheet?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from hashlib import blake2b

import numpy as np
import pandas as pd

from analysis.posts.vendors import characters

KEY_BYTES = 8
AT_ONCE = 1 << 12
SIGNS, LAST_FOLDED = 0x110000, 0x30000
GONE, HARD = 0xFFFFFFFE, 0xFFFFFFFF
BETWEEN = chr(SIGNS - 1)
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
URL = re.compile(r"https?://[!-~]+|www\.[!-~]+")
CHAIN = re.compile(r"\s*//\s*@.*", re.S)
NAME = re.compile(r"@[\w·-]{1,30}:?")
FOLDED = re.compile(
    "[\\s!-/:-@\\[-`{-~\xa1-\xbf\u2000-\u206f\u2e00-\u2e7f\u3000-\u3006\u3008-\u303f\u30fb\ufe10-\ufe6f]+"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
FORMULA = re.compile("^[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")


def normalised(texts: pd.Series) -> pd.Series:
    """What does each text say, for matching?

    NFKC, lower case, simplified characters, without zero-width and control characters, URLs, @names and the
    repost chain ("//@name: …"; kept when the post adds nothing before it); each run of spaces and punctuation
    is one space, none at the ends. Emoji stay. "" when nothing else is there. Same index, str.
    """
    cells = texts.tolist()
    parts = (cells[start : start + AT_ONCE] for start in range(0, len(cells), AT_ONCE))
    return pd.Series([text for part in parts for text in _normal(part)], index=texts.index, dtype="str")


def text_keys(texts: pd.Series) -> pd.Series:
    """Which texts are the same? Equal 16-character keys (blake2b of the normalised text), same index.

    A text of which normalising leaves nothing (only a link, only punctuation) is matched as it stands.
    """
    normal = normalised(texts).tolist()
    keys = [_key(short or f"\x00{text}") for short, text in zip(normal, texts.tolist(), strict=True)]
    return pd.Series(keys, index=texts.index, dtype="str")


def spreadsheet_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Which frame can be opened in a spreadsheet without running a post's formula?

    In str and object columns control characters go (tabs and line breaks stay), and cells that begin with
    = + - @, their full-width forms, tab or CR get a leading apostrophe. Other columns are untouched.
    """
    safe = {
        name: [_safe(cell) for cell in frame[name].tolist()]
        for name in frame.columns
        if pd.api.types.is_string_dtype(frame[name]) or pd.api.types.is_object_dtype(frame[name])
    }
    return frame.assign(**{name: pd.Series(cells, frame.index, frame[name].dtype) for name, cells in safe.items()})


def _normal(texts: list[str]) -> list[str]:
    plain = _replaced(texts, _plain_signs(), _plain)
    own = [_own(text) if "@" in text or "http" in text or "www." in text else text for text in plain]
    return [" ".join(text.split()) for text in _replaced(own, _folded_signs(), lambda text: FOLDED.sub(" ", text))]


def _plain(text: str) -> str:
    return HIDDEN.sub("", unicodedata.normalize("NFKC", text)).lower().translate(characters())


def _own(plain: str) -> str:
    """A post that only reposts is what it reposts."""
    without = URL.sub(" ", plain)
    own = NAME.sub(" ", CHAIN.sub("", without))
    return own if FOLDED.sub("", own) else NAME.sub(" ", without)


def _replaced(texts: list[str], table: np.ndarray, one_by_one: Callable[[str], str]) -> list[str]:
    """Every sign by its entry in `table`, in all texts at once; texts with a sign that has none, one by one."""
    signs = np.frombuffer(BETWEEN.join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    found = table[signs]
    ends = np.flatnonzero(signs == ord(BETWEEN))
    if len(ends) != len(texts) - 1:
        return [one_by_one(text) for text in texts]
    hard = np.unique(np.searchsorted(ends, np.flatnonzero(found == HARD)))
    kept = found[(found != GONE) & (found != HARD)]
    result = kept.tobytes().decode("utf-32-le", "surrogatepass").split(BETWEEN)
    for place in hard:
        result[place] = one_by_one(texts[place])
    return result


@cache
def _plain_signs() -> np.ndarray:
    """What does `_plain` make of each sign? HARD where its neighbours decide or it is not one sign."""
    table, numbers = np.arange(SIGNS, dtype="<u4"), range(LAST_FOLDED)
    signs = list(map(chr, numbers))
    composed = unicodedata.normalize("NFKC", BETWEEN.join(signs))  # all at once: what stands BETWEEN joins with none
    plain = composed.lower().translate(characters()).split(BETWEEN)
    for number, sign, whole, lower in zip(numbers, signs, composed.split(BETWEEN), plain, strict=True):
        if sign != lower or _depends(sign):
            table[number] = HARD if len(lower) != 1 or any(map(_depends, sign + whole)) else ord(lower)
    table[[found.start() for found in HIDDEN.finditer("".join(signs))]] = GONE
    return table


def _depends(sign: str) -> bool:
    """Combining marks and Hangul letters join their neighbours, a capital sigma ends a word differently."""
    return unicodedata.category(sign).startswith("M") or "ᄀ" <= sign <= "ᇿ" or sign == "Σ"


@cache
def _folded_signs() -> np.ndarray:
    table = np.arange(SIGNS, dtype="<u4")
    signs = "".join(map(chr, range(LAST_FOLDED)))
    table[[place for found in FOLDED.finditer(signs) for place in range(*found.span())]] = ord(" ")
    return table


def _key(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).hexdigest()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    plain = CONTROL.sub("", cell)
    return f"'{plain}" if FORMULA.match(plain) else plain
