"""Which text may stand in a file, and what may a file be called? Words of posts, events and hospitals are hostile."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
# What XML 1.0 does not allow (control characters, halves of a character, U+FFFE and U+FFFF), the controls U+007F to
# U+009F, which it advises against, and what turns the direction of the text around it.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# What Windows forbids in names, and what nobody sees in one.
NOT_IN_NAMES = re.compile(
    '[<>:"/\\\\|?*\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff]'
)
# Windows takes these for devices, with any ending; the superscripts too.
RESERVED = re.compile("(?:con|prn|aux|nul|conin\\$|conout\\$|clock\\$|(?:com|lpt)[0-9¹²³])(?:[. ]|$)", re.I)
MOST_SIGNS, MOST_BYTES = 120, 240
NAMELESS = "report"


def clean(text: str) -> str:
    """How does a text read in a file of any format?

    Line ends are \\n, tabs are spaces; what XML 1.0 does not allow is gone, and so are control characters and the marks
    that turn the direction of text. All else stays, emoji and their joiners too. Cleaned again, it stays the same.
    """
    return UNWRITABLE.sub("", LINE_ENDS.sub("\n", text).replace("\t", " "))


def file_name(words: Sequence[str], ending: str) -> str:
    """What is a file called, so that every system takes it? The words joined by "_", and the ending (docx, ...).

    At most 120 signs and 240 bytes, cut before the ending; never empty, hidden, or the name of a device of Windows.
    """
    tail = "." + ending.lstrip(".")
    parts = (re.sub(r"\s+", " ", NOT_IN_NAMES.sub(" ", clean(word))).strip(" .") for word in words)
    name = "_".join(part for part in parts if part)
    name = f"_{name}" if RESERVED.match(name) else name
    return (cut(name, MOST_SIGNS - len(tail), MOST_BYTES - len(tail.encode())) or NAMELESS) + tail


def cut(name: str, signs: int, most_bytes: int) -> str:
    """How does a name begin that has at most so many signs and bytes? No dot or space at its ends."""
    return name[:signs].encode()[:most_bytes].decode(errors="ignore").strip(" .")
