"""What did a line of GB18030 say before it lost a byte, or got one too many?

Every pair of bytes after the damage is read askew: wrong characters, often rare ones, up to the next ASCII.
"""

from __future__ import annotations

import re

import numpy as np

from analysis.posts.characters import likeness

NEVER = 0xFF  # in no character of GB 18030
BEHIND, LONGEST_RUN, MOST_DAMAGES = 120, 600, 4  # bytes, bytes, a line
GAIN = 3  # common characters
FEW = 0.02  # of the Chinese characters: more of them are a text's own
HANZI, PRIVATE, REPLACED = slice(0x4E00, 0xA000), slice(0xE000, 0xF900), "\ufffd"
WRITTEN = REPLACED.encode("gb18030")
NO_TEXT = re.compile("[\ue000-\uf8ff\ufffd]")
EMOTICON_ENDS = re.compile(r"[^\[\]\s]{1,8}\]")


def _strange() -> np.ndarray:
    """Characters that a text in simplified Chinese hardly holds: beyond GB 2312, for private use, unreadable."""
    usual = bytes(byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    table = np.zeros(0x10000, dtype=bool)
    table[HANZI] = table[PRIVATE] = table[ord(REPLACED)] = True
    table[np.frombuffer(usual.decode("gb2312", "ignore").encode("utf-16-le"), "<u2")] = False
    table.flags.writeable = False
    return table


STRANGE = _strange()


def askew(text: str) -> bool:
    """Are there a few strange characters in this text? Many are its own: it is traditional, or has rare names."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    found = int(np.count_nonzero(STRANGE[codes]))
    few = found <= FEW * int(np.count_nonzero(codes >= HANZI.start))
    return found > 0 and (few or NO_TEXT.search(text) is not None)


def realigned(line: bytes) -> str:
    """What does the line say when each byte too many is left out, with U+FFFD in its place?

    A byte is left out only where that makes clearly more sense: the run of characters around the first strange one
    then has more common ones. What else cannot be read becomes U+FFFD too.
    """
    if WRITTEN in line:  # a program wrote U+FFFD before
        return line.decode("gb18030", "replace")
    before = ""
    for _damage in range(MOST_DAMAGES):
        text = line.decode("gb18030", "replace")
        first, last = _without_sense(text, line)
        if first == last:
            break
        inside = not _reads(line[:first])  # the byte stands between the two of a character
        before += line[: first - inside].decode("gb18030", "replace") + REPLACED
        line = line[first - inside : first] + line[last:]
    return before + line.decode("gb18030", "replace")


def _without_sense(text: str, line: bytes) -> tuple[int, int]:
    """Which bytes of the line make no sense, from where to where? Two equal places if leaving none out helps.

    Where several places are equally likely, all that lies between them.
    """
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), 0xFFFF)
    places = np.flatnonzero(STRANGE[codes])
    if not len(places):
        return 0, 0
    first = int(places[0])
    end = len(text[:first].encode("gb18030"))
    run = re.search(r"[^\x00-\x7f]*\Z", text[:first])
    start = max(end - len(run[0].encode("gb18030")) if run else end, end - LONGEST_RUN)
    window = text[first : first + BEHIND // 2]
    if not NO_TEXT.search(window) and np.count_nonzero(STRANGE[codes[first : first + BEHIND // 2]]) < 2:
        cut_bracket = line[end + 1 : end + 2] == b"[" and EMOTICON_ENDS.match(text, first + 1)
        return end, end + bool(cut_bracket)
    plain = _sense(line[start : end + BEHIND])
    tried = [at for at in range(start, min(end + 3, len(line))) if _reads(line[start:at]) or line[at] == NEVER]
    ways = [(at, length) for length in (1, 2) for at in tried]
    gained = {way: _sense(line[start : way[0]] + line[sum(way) : end + BEHIND]) for way in ways}
    best = max(gained.values(), default=0)
    if best < plain + GAIN:
        return 0, 0
    length = next(length for at, length in ways if gained[at, length] == best)
    likely = [at for at in tried if gained[at, length] == best]
    return min(likely), max(likely) + length


def _reads(part: bytes) -> bool:
    try:
        part.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _sense(part: bytes) -> int:
    text = part.decode("gb18030", "replace")
    return likeness(text).common - len(NO_TEXT.findall(text))
