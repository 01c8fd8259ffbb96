"""Which text is this? Bytes in an unknown encoding, perhaps damaged, to UTF-8, with what was found."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from analysis.language import _
from analysis.posts.binary import refuse_binary, refuse_other_kinds
from analysis.posts.guess import (
    CODECS,
    HIGH,
    OF_LINES,
    SAMPLE,
    WIDE,
    confidence,
    encoding_of,
    guess,
    holds_utf8,
    marked,
    sample_of,
    text_of,
    unfinished,
)
from analysis.posts.realign import askew, realigned, straightened
from analysis.schema import InputError

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16-le", "utf-16-be", "mixed")
MARKS_AT_LINES = re.compile(rb"\n(?:\xef\xbb\xbf)+")
PIECE = 1 << 16  # bytes; stays in the processor's cache, which makes codecs twice as fast as on 1 MB


@dataclass(frozen=True)
class Decoded:
    """A file's text as UTF-8, and what was found.

    `text` has no byte order mark, neither at its start nor where an appended file brought one to the start
    of a line; it is the given bytes themselves where those are so already. `encoding` is one of ENCODINGS,
    "mixed" where lines differ. `replaced` counts characters that could not be read, each now one U+FFFD;
    `nuls` those of value 0 among them (those at the end are
    left out). `cut`: the file ends inside a character, and that part was dropped.

    `confidence`, 0..1: 1.0 where the bytes prove it: a byte order mark on text without damage, or nothing
    but ASCII. Valid UTF-8: each character of several bytes halves the doubt, 1 - 1/2^n. All else: 0.5, and
    each common Chinese character that this reading gives more than the next best one halves the doubt;
    times the share of common characters where it is below half of the text's share beyond ASCII, as in no
    ordinary text; never above 0.99. "mixed": the least sure of the encodings within.
    """

    text: bytes
    encoding: str
    confidence: float
    replaced: int
    cut: bool
    nuls: int = 0


class Part(NamedTuple):
    """A piece or a line of a file, as it was read."""

    raw: bytes
    text: bytes
    replaced: int
    encoding: str


def decoded(data: bytes, name: str, chosen: str = "") -> Decoded:
    """Which text do these bytes hold, in which encoding, and what of it was lost?

    `chosen`, one of ENCODINGS, is the user's word; "" means find out: byte order mark, else valid UTF-8 (a
    cut last character allowed), else the reading with the most common characters, in which lines of another
    encoding are read in theirs. Damage never raises, and stays within its line. Raises InputError for
    content that is no text (pictures, PDF, web pages, archives, many control characters) and for an
    encoding that is not on the list.
    """
    if chosen not in ("", *ENCODINGS):
        choices = ", ".join(ENCODINGS)
        raise InputError(_("{encoding} cannot be chosen. Choose one of {choices}.", encoding=chosen, choices=choices))
    refuse_other_kinds(data, name)
    utf8 = _valid_utf8(data, chosen) if _main(chosen) in ("", "utf-8") else None
    found = _without_marks(utf8 or _by_parts(data, chosen))
    if not chosen:
        refuse_binary(sample_of(found.text), found.nuls, len(found.text), name)
    return found


def _main(chosen: str) -> str:
    return "utf-8" if chosen in ("utf-8-sig", "mixed") else chosen


def _valid_utf8(data: bytes, chosen: str) -> Decoded | None:
    """The data as they are, where they are UTF-8 but for a cut last character."""
    end = len(data) - unfinished(data[-4:], "utf-8")
    if not _is_utf8(data, end):
        return None
    high, with_mark, cut = HIGH.search(data, 0, end), marked(data), end < len(data)
    if not chosen:
        # Plain ASCII with a cut tail is no sign of UTF-8: it may be the first Chinese character of GBK.
        if cut and not high:
            return None
        # ASCII as UTF-16 is valid UTF-8 as well, every second byte a NUL.
        if b"\x00" in data and guess(data) in WIDE:
            return None
    sure = 1.0
    if high and not with_mark:
        sample = np.frombuffer(data[high.start() : min(high.start() + SAMPLE, end)], np.uint8)
        sure = 1 - 0.5 ** int(np.count_nonzero(sample >= 0xC0))
    return Decoded(data[:end] if cut else data, "utf-8-sig" if with_mark else "utf-8", sure, 0, cut)


def _is_utf8(data: bytes, end: int) -> bool:
    """Arrow checks without making a string: three times as fast as bytes.decode, and no memory."""
    if not end:
        return True
    offsets = pa.py_buffer(np.array([0, end], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _last_line(data: bytes, encoding: str) -> bytes:
    """What stands behind the last line end; where that is more than a piece, behind the last comma."""
    for ends in ("\n", "\n\r", "\n\r,"):
        marks = [end.encode(CODECS[encoding]) for end in ends]
        start = max(data.rfind(mark) + len(mark) if mark in data else 0 for mark in marks)
        if len(data) - start <= PIECE:
            break
    return data[start:]


def _by_parts(data: bytes, chosen: str) -> Decoded:
    """Piece by piece, damaged pieces line by line: each line in its own encoding unless one was chosen."""
    main = _main(chosen) or guess(data)
    judged = chosen in ("", "mixed") and main in OF_LINES
    mark, data = marked(data), data.removeprefix(codecs.BOM_UTF8)
    last = _last_line(data, main)
    cut = unfinished(last, encoding_of(last, main, main) if judged else main)
    out, replaced, samples = io.BytesIO(), 0, dict[str, bytearray]()
    for part in _parts(data, len(data) - cut, main, judged):
        out.write(part.text)
        replaced += part.replaced
        if not part.raw.isascii():
            sample = samples.setdefault(part.encoding, bytearray())
            sample += part.raw[: SAMPLE - len(sample)]
    used = samples or {main: bytearray()}
    proven = list(used) == [mark] and not replaced and not cut
    sure = 1.0 if proven else min(confidence(bytes(sample), encoding) for encoding, sample in used.items())
    encoding = "mixed" if len(used) > 1 else "utf-8-sig" if list(used) == [mark] == ["utf-8"] else next(iter(used))
    return Decoded(out.getvalue(), encoding, sure, replaced, bool(cut))


def _parts(data: bytes, end: int, main: str, judged: bool) -> Iterator[Part]:
    """`judged`: lines that are more likely in another encoding are read in that one."""
    codec = CODECS[main]
    mark = "\n" if "\n".encode(codec) in data else "\r"
    newline = mark.encode(codec)
    before = main
    for piece in _pieces(data, end, (newline, ",".encode(codec))):
        stricter_first = sorted({main, before}, key=lambda encoding: encoding != "utf-8")
        if whole := next(filter(None, (_whole(piece, encoding, judged) for encoding in stricter_first)), None):
            before = whole.encoding
            yield whole
            continue
        lines = piece.split(newline)
        for line, ending in zip(lines, [mark.encode()] * (len(lines) - 1) + [b""], strict=True):
            before = encoding_of(line, main, before) if judged else main
            text = text_of(line, before, "replace")
            replaced = text.count("\ufffd") and text.count("\ufffd") - text_of(line, before, "ignore").count("\ufffd")
            if before == "gb18030" and askew(text):
                text = realigned(line)
                replaced = text.count("\ufffd")
            yield Part(line + newline, text.encode() + ending, replaced, before)


def _pieces(data: bytes, end: int, marks: tuple[bytes, ...]) -> Iterator[bytes]:
    """Each ends after the last of the first mark that is in it, a long one after the next of any."""
    start = 0
    while start < end:
        stop = min(start + PIECE, end)
        if stop < end:
            inside = (data.rfind(mark, start, stop) + len(mark) for mark in marks if mark in data[start:stop])
            beyond = (data.find(mark, stop, end) + len(mark) for mark in marks if data.find(mark, stop, end) >= 0)
            stop = next(inside, 0) or min(beyond, default=end)
        yield data[start:stop]
        start = stop


def _whole(piece: bytes, encoding: str, judged: bool) -> Part | None:
    """The piece in one encoding, where it is undamaged and no line of it looks like another."""
    if judged and encoding != "utf-8" and holds_utf8(piece):
        return None
    try:
        text = piece.decode(CODECS[encoding])
    except UnicodeDecodeError:
        return None
    if encoding in WIDE and text.count("\n") != piece.count("\n".encode(encoding)):
        return None  # two lost bytes leave an even number, and the lines between them askew
    replaced = 0
    if encoding == "gb18030":
        text, replaced = straightened(piece, text)
    return Part(piece, piece if encoding == "utf-8" else text.encode(), replaced, encoding)


def _without_marks(found: Decoded) -> Decoded:
    text = found.text
    while text.startswith(codecs.BOM_UTF8):
        text = text[len(codecs.BOM_UTF8) :]
    if _may_hold_marks(text):
        text = MARKS_AT_LINES.sub(b"\n", text)
    if b"\x00" not in text:
        return replace(found, text=text)
    written = text.rstrip(b"\x00")  # behind it a block that was never written, as after a crash
    text = written if 2 * len(written) > len(text) else text
    nuls = text.count(0)
    return replace(found, text=text.replace(b"\x00", "\ufffd".encode()), nuls=nuls, replaced=found.replaced + nuls)


def _may_hold_marks(text: bytes) -> bool:
    """Does a line begin with a mark's first byte? In pieces of numpy: twice as fast as `in`."""
    octets = np.frombuffer(text, np.uint8)
    for start in range(0, len(octets), PIECE):
        piece = octets[start : start + PIECE + 1]
        if ((piece[:-1] == ord("\n")) & (piece[1:] == codecs.BOM_UTF8[0])).any():
            return True
    return False
