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
BEYOND = 0x110000
ORDINARY = 0.4  # misread text has up to 0.2 common characters
NEXT_ASCII = re.compile(r"[\x00-\x7f]")
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
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), ord(REPLACED) + 1)
    return _askew(codes, np.flatnonzero(STRANGE[codes]))


def _askew(codes: np.ndarray, places: np.ndarray) -> bool:
    few = len(places) <= FEW * int(np.count_nonzero(codes >= HANZI.start))
    return len(places) > 0 and (few or bool((codes[places] >= PRIVATE.start).any()))


def straightened(piece: bytes, text: str) -> tuple[str, int]:
    """What do these lines say once each that is askew is realigned, and how many characters could not be read?

    `text`: what the piece says as it is; it reads without error.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    places = np.flatnonzero(STRANGE[np.minimum(codes, ord(REPLACED) + 1)])
    if not len(places) or not _askew(codes, places):
        return text, 0
    breaks = np.flatnonzero(codes == ord("\n"))
    different = np.unique(np.searchsorted(breaks, places) * BEYOND + codes[places], return_index=True)
    numbers, firsts, counts = np.unique(different[0] // BEYOND, return_index=True, return_counts=True)
    ends = [EMOTICON_ENDS.match(text, place + 1) is not None for place in places[different[1]][firsts].tolist()]
    doubtful = numbers[(counts > 1) | np.array(ends, dtype=bool)].tolist()
    if not doubtful:  # a rare name, most often
        return text, 0
    lines, raws = text.split("\n"), piece.split(b"\n")
    replaced = 0
    for number in doubtful:
        line = realigned(raws[number])
        replaced += line.count(REPLACED) - lines[number].count(REPLACED)
        lines[number] = line
    return "\n".join(lines), replaced


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
    if not NO_TEXT.search(window) and _different(codes[first : first + BEHIND // 2]) < 2:
        cut_bracket = line[end + 1 : end + 2] == b"[" and EMOTICON_ENDS.match(text, first + 1)
        return end, end + bool(cut_bracket)
    if not NO_TEXT.search(window) and likeness(NEXT_ASCII.split(window, maxsplit=1)[0]).share > ORDINARY:
        return 0, 0  # strange characters among ordinary ones are the text's own
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


def _different(codes: np.ndarray) -> int:
    return len(np.unique(codes[STRANGE[codes]]))


def _reads(part: bytes) -> bool:
    try:
        part.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _sense(part: bytes) -> int:
    text = part.decode("gb18030", "replace")
    return likeness(text).common - len(NO_TEXT.findall(text))
