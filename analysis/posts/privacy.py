"""Which personal data stand in a text, and how does it read without them?

Masked are telephone numbers, identity and bank cards, e-mail addresses, medical records, number plates, homes,
accounts, and the names of patients and their families (`people.py`). Service numbers (400, 800, 12345), the
addresses of institutions and the names of staff are public and stay.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

import pandas as pd

from analysis.language import Text, _
from analysis.posts import numbers, people
from analysis.posts.people import surname_length

Span = tuple[int, int]


class Personal(StrEnum):
    """Kinds of personal data; where two claim the same characters, the one that begins first counts."""

    MOBILE = "mobile"
    TELEPHONE = "telephone"
    IDENTITY = "identity"
    BANK_CARD = "bank_card"
    EMAIL = "email"
    RECORD = "record"
    PLATE = "plate"
    ADDRESS = "address"
    ACCOUNT = "account"
    NAME = "name"

    @property
    def label(self) -> Text:
        return PERSONAL_LABELS[self]


PERSONAL_LABELS = {
    Personal.MOBILE: _("Mobile number"),
    Personal.TELEPHONE: _("Fixed telephone number"),
    Personal.IDENTITY: _("Identity card or passport"),
    Personal.BANK_CARD: _("Bank card"),
    Personal.EMAIL: _("E-mail address"),
    Personal.RECORD: _("Medical record or insurance card"),
    Personal.PLATE: _("Number plate"),
    Personal.ADDRESS: _("Home address"),
    Personal.ACCOUNT: _("WeChat or QQ number"),
    Personal.NAME: _("Name of a patient or relative"),
}
# How many characters stay ahead and behind, so that two posts with the same number can be told to be alike.
KEPT = {
    Personal.RECORD: (0, 2),
    Personal.PLATE: (2, 1),
    Personal.ADDRESS: (0, 0),
    Personal.ACCOUNT: (1, 1),
    Personal.NAME: (1, 0),
}
KEPT_OF_A_NUMBER = (3, 4)


def found(text: str) -> list[tuple[int, int, Personal]]:
    """Where do personal data stand, and of which kind? Start, end and kind, in order, without overlap."""
    places: list[int] | range = range(len(text) + 1)
    spans: list[tuple[int, int, Personal]] = []
    if numbers.MARKED.search(text):
        text, places = numbers.plain(text)
        spans += [(start, end, Personal(kind)) for start, end, kind in numbers.numbers(text)]
    spans += [(start, end, Personal(kind)) for start, end, kind in numbers.spoken(text)]
    spans += [(start, end, Personal.NAME) for start, end in people.names(text)]
    return [(places[start], places[end], kind) for start, end, kind in _apart(spans)] if spans else []


def masked(text: str) -> str:
    """How does the text read without personal data? `*` stands for what is hidden; the length does not change.

    Of a number the first three and last four characters stay, of an account the first and last, of a record the
    last two, of a plate the place, of an address the road or estate, of a name the surname. With
    YANPAN_SHOW_PERSONAL=1 the text stays as it is.
    """
    return text if personal_data_are_shown() else _hidden(text)


def masked_series(texts: pd.Series) -> pd.Series:
    """How do these texts read without personal data? As `masked`, same index, str."""
    words = texts.tolist() if personal_data_are_shown() else [_hidden(text) for text in texts.tolist()]
    return pd.Series(words, index=texts.index, dtype="str")


def counted(texts: pd.Series) -> dict[str, int]:
    """How often does each kind stand in these texts? Kind → count; kinds that are not there are left out."""
    counts = Counter(kind for text in texts.tolist() for _start, _end, kind in found(text))
    return {str(kind): counts[kind] for kind in Personal if counts[kind]}


def personal_data_are_shown() -> bool:
    """Is masking switched off? By YANPAN_SHOW_PERSONAL=1 alone; anything else masks."""
    return os.environ.get("YANPAN_SHOW_PERSONAL") == "1"


def _apart(spans: list[tuple[int, int, Personal]]) -> Iterator[tuple[int, int, Personal]]:
    """How do spans read without overlap? One that begins within another extends it."""
    last: tuple[int, int, Personal] | None = None
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if last and start < last[1]:
            last = (last[0], max(last[1], end), last[2])
            continue
        if last:
            yield last
        last = (start, end, kind)
    if last:
        yield last


def _hidden(text: str) -> str:
    parts, done = [], 0
    for start, end, kind in found(text):
        parts += [text[done:start], _starred(text[start:end], kind)]
        done = end
    return "".join([*parts, text[done:]]) if parts else text


def _starred(written: str, kind: Personal) -> str:
    ahead, behind = KEPT.get(kind, KEPT_OF_A_NUMBER)
    if kind is Personal.NAME:
        ahead = surname_length(written)
    elif kind is Personal.EMAIL and re.search(r"[^\w.%+-]", written[1 : ahead + 1]):
        ahead = 1  # a short local part would stand there whole
    hidden = max(len(written) - ahead - behind, 1)
    return written[:ahead] + "*" * hidden + written[ahead + hidden :]
