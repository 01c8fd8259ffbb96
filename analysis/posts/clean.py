"""When do two posts say the same, and which cells are safe to open in a spreadsheet?"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

import pandas as pd

KEY_BYTES = 8
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

    NFKC, lower case, without zero-width and control characters, URLs, @names and the repost chain
    ("//@name: …"; kept when the post adds nothing before it); each run of spaces and punctuation is one
    space, none at the ends. Emoji stay. "" when nothing else is there. Same index, str.
    """
    return pd.Series([_normal(text) for text in texts.tolist()], index=texts.index, dtype="str")


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


def _normal(text: str) -> str:
    plain = URL.sub(" ", HIDDEN.sub("", unicodedata.normalize("NFKC", text)).lower())
    own = NAME.sub(" ", CHAIN.sub("", plain))
    return FOLDED.sub(" ", own).strip() or FOLDED.sub(" ", NAME.sub(" ", plain)).strip()


def _key(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).hexdigest()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    plain = CONTROL.sub("", cell)
    return f"'{plain}" if FORMULA.match(plain) else plain
