"""Which personal numbers stand in a text, and how does it read without them?"""

from __future__ import annotations

import re

import pandas as pd

FULL_WIDTH = {ord("０") + digit: ord("0") + digit for digit in range(10)} | {
    ord("Ｘ"): ord("X"),
    ord("ｘ"): ord("x"),
}
KEPT_AHEAD, KEPT_BEHIND = 3, 4

# Lookarounds on digits, not \b: beside a Chinese character there is no word boundary. Every repetition is
# bounded and starts only where its kind of character starts, so that the time is linear in the text.
NUMBERS = re.compile(
    r"(?<![0-9])(?:"
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"|[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}"
    r"|(?:\+?(?:00)?86[ -]?)?(?P<mobile>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})"
    r"|[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
    r")(?![0-9])"
)
DIGITS = re.compile(r"[0-9０-９]{4}")
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
)


def masked(text: str) -> str:
    """How does the text read without mobile numbers, identity cards, bank cards and e-mail addresses?

    The first three and last four characters stay, `*` stands for the others; the length does not change.
    Mainland numbers, full-width digits too; a card or mobile may be grouped by spaces or hyphens. Long
    numbers that look like a card (16 to 19 digits that begin with 3..6) are masked even when they are ids.
    """
    if not DIGITS.search(text) and "@" not in text:
        return text
    plain = text.translate(FULL_WIDTH)
    spans = [found.span("mobile" if found["mobile"] else 0) for found in NUMBERS.finditer(plain)]
    if "@" in plain:
        spans += [found.span() for found in EMAIL.finditer(plain)]
    shown = list(text)
    for start, end in spans:
        shown[start:end] = _starred("".join(shown[start:end]))
    return "".join(shown)


def masked_series(texts: pd.Series) -> pd.Series:
    """How do these texts read without personal numbers? As `masked`, same index, str."""
    return pd.Series([masked(text) for text in texts.tolist()], index=texts.index, dtype="str")


def _starred(found: str) -> str:
    """A short local part of an e-mail address would stand there whole, so only its first character stays."""
    ahead = 1 if 0 <= found.find("@") <= KEPT_AHEAD else KEPT_AHEAD
    hidden = max(len(found) - ahead - KEPT_BEHIND, 1)
    return found[:ahead] + "*" * hidden + found[ahead + hidden :]
