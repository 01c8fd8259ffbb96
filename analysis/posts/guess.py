"""Which encoding is the likeliest, of a file or of one line, and how sure is that?"""

from __future__ import annotations

import codecs
import re

import numpy as np

from analysis.posts.characters import WEIGHTS, Likeness, likeness

CODECS = {"utf-8": "utf-8", "gb18030": "gb18030", "big5": "cp950", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
BIG5_OF_HONG_KONG = "big5hkscs"
OF_LINES = ("utf-8", "gb18030", "big5")
WIDE = {"utf-16-le": "<u2", "utf-16-be": ">u2"}
MARKS = {encoding: "\ufeff".encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")}
HIGH, BEYOND_ASCII = re.compile(rb"[\x80-\xff]"), bytes(range(0x80, 0x100))
SAMPLE, SAMPLE_PIECES = 1 << 16, 8  # bytes
MARGIN = 2  # common characters that a line must gain to be read in another encoding than the line before it
MOSTLY, HARDLY = 0.75, 0.6  # of the bytes beyond ASCII; a line of GB18030, read as UTF-8, keeps about 0.35
ORDINARY = 0.5  # ordinary Chinese text has 0.75 to 0.85 common characters, misread text up to 0.2
SUREST_GUESS = 0.99


def guess(data: bytes) -> str:
    """Which encoding are most of these bytes in? By their mark, else by the most common characters."""
    mark = marked(data)
    if mark and mark != "utf-8":  # which programs put before other encodings too
        return mark
    sample = sample_of(data)
    # GB18030 comes first where nothing speaks for either: what is left after UTF-8 is mostly that.
    order = ("gb18030", "utf-8", "big5", "utf-16-le", "utf-16-be")
    return max(order, key=lambda encoding: _likeness(sample, encoding).score)


def marked(data: bytes) -> str:
    """Which encoding's byte order mark do the data begin with? "" for none."""
    return next((encoding for encoding, mark in MARKS.items() if data.startswith(mark)), "")


def sample_of(data: bytes) -> bytes:
    """Up to 64 kB: pieces spread evenly from the first byte beyond ASCII on, at even places as UTF-16 needs."""
    high = HIGH.search(data)
    start = high.start() & ~1 if high else 0
    if len(data) - start <= SAMPLE:
        return data[start:]
    length = SAMPLE // SAMPLE_PIECES
    step = (len(data) - start - length) // (SAMPLE_PIECES - 1) & ~1
    return b"".join(data[start + k * step : start + k * step + length] for k in range(SAMPLE_PIECES))


def confidence(sample: bytes, encoding: str) -> float:
    """How sure is it that these bytes are in this encoding, 0..0.99? The rule: `Decoded` in encoding.py."""
    own = _likeness(sample, encoding)
    gained = own.score - max(_likeness(sample, other).score for other in CODECS if other != encoding)
    sure = 1 - 0.5 ** (1 + gained) if gained > -1 else 0.0
    return min(SUREST_GUESS, sure * min(1.0, own.share / ORDINARY))


def encoding_of(line: bytes, main: str, before: str) -> str:
    """Which of OF_LINES is this line in, in a file mostly in `main`, after a line in `before`?

    In doubt that of the line before: what was appended stands together.
    """
    if line.isascii():
        return before
    readable = _fits(line, CODECS[main])
    if main == "utf-8" and readable:
        return main
    if main != "utf-8" and _is_utf8(line, readable):
        return "utf-8" if _likeness(line, "utf-8").common >= _likeness(line, main).common else main
    if readable:
        return main
    kept = _share_of_utf8(line)
    if main == "utf-8" and kept > MOSTLY:
        return "utf-8"
    if kept < HARDLY and (main != "utf-8" or (before != "utf-8" and _fits(line, CODECS[before]))):
        return main if main != "utf-8" else before
    candidates = OF_LINES if main == "utf-8" else ("utf-8", main)
    common = {encoding: _likeness(line, encoding).common for encoding in candidates}
    best = max(common, key=lambda encoding: common[encoding])
    return best if common[best] >= common[before] + MARGIN else before


def holds_utf8(piece: bytes) -> bool:
    """Are there two characters of UTF-8 side by side, with a byte from 80 to A0 in one?

    Text in GB18030 hardly ever has them, in Big5 never; of all pairs of Chinese characters 95% are such.
    """
    octets = np.frombuffer(piece, np.uint8)
    low = octets - np.uint8(0x80) < 0x21
    if not low.any():
        return False
    leads, follows = octets - np.uint8(0xE3) < 0x0D, octets & 0xC0 == 0x80
    whole = leads[:-2] & follows[1:-1] & follows[2:]
    with_low = whole & (low[1:-1] | low[2:])
    return bool(with_low.any() and (whole[:-3] & whole[3:] & (with_low[:-3] | with_low[3:])).any())


def _share_of_utf8(line: bytes) -> float:
    """Which share of the bytes beyond ASCII forms valid UTF-8?"""
    ascii_only = len(line.translate(None, BEYOND_ASCII))
    return (len(line.decode("utf-8", "ignore").encode()) - ascii_only) / max(1, len(line) - ascii_only)


def unfinished(data: bytes, encoding: str) -> int:
    """How many bytes at the end begin a character that the data do not finish?"""
    decoder = codecs.getincrementaldecoder(CODECS[encoding])("replace")
    decoder.decode(data)
    return len(decoder.getstate()[0])


def text_of(line: bytes, encoding: str, errors: str) -> str:
    """What does a line say? `errors`: "replace" puts U+FFFD for each that cannot be read, "ignore" nothing.

    In UTF-16 a byte too many or too few spoils one character, not the rest of the line.
    """
    codec = CODECS[encoding]
    if encoding == "big5" and not _fits(line, codec) and _fits(line, BIG5_OF_HONG_KONG):
        codec = BIG5_OF_HONG_KONG
    if encoding in WIDE and len(line) % 2:
        place = _odd_byte(line, encoding)
        lone = "\ufffd" if errors == "replace" else ""
        return line[:place].decode(codec, errors) + lone + line[place + 1 :].decode(codec, errors)
    return line.decode(codec, errors)


def _likeness(data: bytes, encoding: str) -> Likeness:
    if encoding not in WIDE:
        return likeness(text_of(data, encoding, "replace"))
    lines = data.split("\n".encode(encoding))
    found = likeness("\n".join(text_of(line, encoding, "replace") for line in lines))
    # Read by bytes, the same data may show two characters of ASCII for each of these.
    return found._replace(score=2 * found.score)


def _odd_byte(line: bytes, encoding: str) -> int:
    """Where does a byte stand alone, so that the most characters before and after it are common?"""
    before, after = (WEIGHTS[np.frombuffer(part, WIDE[encoding])].cumsum() for part in (line[:-1], line[1:]))
    return 2 * int(np.argmax(np.append(0, before) - np.append(0, after)))


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(line: bytes, readable: bool) -> bool:
    """A line of a GB18030 or Big5 file: may be cut, and must hold what those never do or be unreadable in them."""
    whole = line[: len(line) - unfinished(line[-4:], "utf-8")]
    return _fits(whole, "utf-8") and (holds_utf8(whole) or (len(whole) == len(line) and not readable))
