"""How do posts read in which words were looked for? As cards of HTML in which nothing of a post is markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import pandas as pd

from analysis.events.search import spans
from analysis.posts.privacy import masked_series
from analysis.report.marks import FOR
from analysis.schema import Platform, full_text

SHOWN, BEFORE = 300, 60  # characters of a text that are shown, and of them before the first word that was found
AROUND = 1000  # characters on either side that are read with them, so that no personal data are cut in two unseen
AUTHOR = 60
# Signs that nobody sees, or that would turn the text beside them around, and halves of signs.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\uffff]+"
)
MARK = f"background:rgba({FOR},0.3);border-bottom:2px solid rgb({FOR});color:inherit;padding:0"
TEXT = "overflow-wrap:anywhere;unicode-bidi:isolate;line-height:1.6"
CARD = "padding:0.5rem 0;border-bottom:1px solid rgba(128,128,128,0.25);overflow:hidden"
ABOVE = "font-size:0.85rem;opacity:0.75;overflow-wrap:anywhere;unicode-bidi:isolate"


def marked_posts(posts: pd.DataFrame, words: Iterable[str], language: str) -> str:
    """How do these posts read, with the words marked? A card each: time, platform, author, and the text about a word.

    posts: published_at, platform, author, text, and title where there are titles. words: as they stand in a text or
    as they are folded, see `events.search.spans`. Personal data in texts and names are masked, and no word is found in
    what is masked. The text is cut to about 300 characters around the first word.
    """
    wanted = tuple(words)
    read = full_text(posts) if "title" in posts else posts["text"]
    parts = [around(seen(text), wanted) for text in read.tolist()]
    texts = masked_series(pd.Series([text for text, _first in parts], dtype="str"))
    authors = masked_series(pd.Series([seen(name)[:AROUND] for name in posts["author"].tolist()], dtype="str"))
    told = zip(posts["published_at"], posts["platform"], authors, texts, parts, strict=True)
    return "".join(
        card(
            f"{time:%Y-%m-%d %H:%M} · {Platform(platform).label.to(language)} · {author[:AUTHOR]}",
            excerpt(text, first, wanted),
        )
        for time, platform, author, text, (_text, first) in told
    )


def card(above: str, inside: str) -> str:
    """How does one post stand among others? above: plain text; inside: HTML."""
    return (
        f'<div style="{CARD}"><div style="{ABOVE}">{html.escape(above)}</div><div style="{TEXT}">{inside}</div></div>'
    )


def excerpt(text: str, first: int, words: tuple[str, ...]) -> str:
    """How does a masked text read about its first word? HTML, "…" where it was cut. first: shown where none stands."""
    found = spans(text, words)
    begin = max(min((found[0][0] if found else first) - BEFORE, len(text) - SHOWN), 0)
    end = begin + SHOWN
    shown = "…" if begin else ""
    at = begin
    for start, stop in ((max(start, begin), min(stop, end)) for start, stop in found if start < end and stop > begin):
        shown += f'{html.escape(text[at:start])}<mark style="{MARK}">{html.escape(text[start:stop])}</mark>'
        at = stop
    return shown + html.escape(text[at:end]) + ("…" if end < len(text) else "")


def around(text: str, words: tuple[str, ...]) -> tuple[str, int]:
    """Which part of a text is read, and where in it does the first word stand (0 = nowhere)?"""
    first = next((start for start, _end in spans(text, words)), 0)
    begin = max(first - AROUND, 0)
    return text[begin : first + SHOWN + AROUND], first - begin


def seen(text: str) -> str:
    """How does a text read on one line, without signs that nobody sees?"""
    return " ".join(UNSEEN.sub("", text).split())
