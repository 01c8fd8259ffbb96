"""Does this text fit its box? Estimated from the width of its signs, for no slide program tells before it is opened.

Widths are of Microsoft YaHei and Arial, rounded up; what stands in no font of ours (emoji, symbols) counts as one em.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

LEADING = 1.35  # height of a line in its size, at the line spacing that slides_text sets; Noto Sans CJK needs 1.31
SLACK = 0.96  # share of a line that can be used: what is kept free for signs wider than estimated
BOLD = 1.06
POINTS = 72  # to an inch
INDENT = 0.28  # inches that a point of a list stands in
NARROW, BROAD = frozenset(" ijltfrI.,:;'!|()[]{}/\\`-"), frozenset("mwMW@%&—…Ω≈")
WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
WIDE += "\U0001f000-\U0001faff\U00020000-\U0003fffd"
OPEN, CLOSED = "（《〈「『【〔“‘(", "，。、；：？！）》〉」』】〕”’…—,.;:?!)%"
# A line breaks between these: a Chinese sign or a Latin word, with the marks that must not stand alone.
UNIT = re.compile(rf"\s+|[{OPEN}]*(?:[{WIDE}]|[^\s{WIDE}{re.escape(OPEN)}]+)?[{re.escape(CLOSED)}]*")
SHRINK = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)


@dataclass(frozen=True)
class Para:
    """One paragraph of a slide, whole or cut; size and least in points, gap above it in points."""

    text: str
    size: float
    least: float
    colour: str = "#1F2933"
    bold: bool = False
    point: bool = False
    gap: float = 0.0
    right: bool = False


@dataclass(frozen=True)
class Fitted:
    """Paragraphs that fit; `cut`: some of the words had to go (and stand in the notes)."""

    paras: tuple[Para, ...]
    cut: bool = False


def width_of(text: str, bold: bool = False) -> float:
    """How wide is the text on one line, in em?"""
    return sum(map(_em, text)) * (BOLD if bold else 1.0)


def lines_of(text: str, room: float, bold: bool = False) -> int:
    """How many lines does the text take where a line has `room` em? At least 1. Words too long for a line break."""
    return len(_wrapped(text, room, bold))


def shortened(text: str, room: float, lines: int, bold: bool = False) -> str:
    """What of the text fits into so many lines of `room` em? All of it, or its beginning with "…"."""
    wrapped = _wrapped(text, room, bold)
    if len(wrapped) <= lines:
        return text
    kept = "".join(wrapped[:lines]).rstrip()
    while kept and lines_of(f"{kept}…", room, bold) > lines:
        kept = kept[:-1].rstrip()
    # A joined emoji must not be cut in its middle: nothing but its joiner would be left.
    return f"{kept.rstrip(chr(0x200D))}…"


def height_of(paras: Sequence[Para], width: float) -> float:
    """How high do the paragraphs stand in a box `width` inches wide, in inches?"""
    return sum(_height(para, width) for para in paras)


def fitted(paras: Sequence[Para], width: float, height: float) -> Fitted:
    """How do the paragraphs fit a box of so many inches? As they are; else smaller, down to their least size; else
    cut with "…", the longest first; else without the last ones."""
    for scale in SHRINK:
        smaller = [replace(para, size=max(para.least, round(para.size * scale, 1))) for para in paras]
        if height_of(smaller, width) <= height:
            return Fitted(tuple(smaller))
    most = max((lines_of(para.text, _room(para, width), para.bold) for para in smaller), default=1)
    for limit in range(most, 0, -1):
        shorter = [replace(para, text=shortened(para.text, _room(para, width), limit, para.bold)) for para in smaller]
        if height_of(shorter, width) <= height:
            return Fitted(tuple(shorter), cut=True)
    return Fitted(_first_ones(shorter, width, height), cut=True)


def _first_ones(paras: list[Para], width: float, height: float) -> tuple[Para, ...]:
    """Which of the paragraphs, each of one line, still fit? At least the first; a last one says "…"."""
    kept = list(paras)
    while len(kept) > 1 and height_of(kept, width) > height:
        kept.pop()
    last = shortened(f"{kept[-1].text} …", _room(kept[-1], width), 1, kept[-1].bold)
    return (*kept[:-1], replace(kept[-1], text=last))


def _height(para: Para, width: float) -> float:
    return (lines_of(para.text, _room(para, width), para.bold) * para.size * LEADING + para.gap) / POINTS


def _room(para: Para, width: float) -> float:
    """How many em has a line of the paragraph?"""
    return max(1.0, (width - (INDENT if para.point else 0.0)) * POINTS / para.size)


def _wrapped(text: str, room: float, bold: bool) -> list[str]:
    """Which lines does the text take? Joined they equal it; a space at the end of a line takes no room."""
    room = room * SLACK / (BOLD if bold else 1.0)
    lines, used = [""], 0.0
    for unit in UNIT.findall(text):
        for part in [unit] if sum(map(_em, unit)) <= room else list(unit):
            wide = sum(map(_em, part))
            if used + wide > room and used and part.strip():
                lines.append("")
                used = 0.0
            lines[-1] += part
            used += wide
    return lines


@cache
def _em(sign: str) -> float:
    """How wide is a sign, in em? Marks that stand on another take no room."""
    if sign in NARROW:
        return 0.31
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if sign in BROAD or unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return 0.7 if sign.isupper() else 0.56
