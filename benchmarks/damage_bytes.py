"""What goes wrong in the bytes of an export? Each function: a draft whose rows are encoded and dice in, a draft out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.damage_rows import EVERYTHING
from benchmarks.export import TEXT, Draft, Line, hit

BOM = "\ufeff"


def bad_byte(draft: Draft, dice: Random) -> Draft:
    """In some rows one byte of a character of the text is another one."""

    def change(line: Line) -> Line | None:
        at = _character(line, draft, dice)
        return None if at is None else _changed(line, line.data[:at] + b"\xff" + line.data[at + 1 :])

    return hit(draft, dice, change)


def byte_deleted(draft: Draft, dice: Random) -> Draft:
    """In some rows one byte of a character of the text is missing."""

    def change(line: Line) -> Line | None:
        at = _character(line, draft, dice)
        return None if at is None else _changed(line, line.data[:at] + line.data[at + 1 :])

    return hit(draft, dice, change)


def cut_in_character(draft: Draft, dice: Random) -> Draft:
    """The file ends within a character of the last row's text."""
    last = _last(draft)
    line = draft.lines[last]
    at = _character(line, draft, dice)
    return _ended(draft, last, line.data[: (at or 40) + 1])


def truncated(draft: Draft, dice: Random) -> Draft:
    """The file ends anywhere within its last row."""
    last = _last(draft)
    data = draft.lines[last].data
    return _ended(draft, last, data[: dice.randrange(len(data) // 4, len(data) - 2)])


def lines_differ(draft: Draft, _dice: Random) -> Draft:
    """An export in GB18030 was appended to one in UTF-8."""
    half = len(draft.lines) // 2
    other = (replace(line, data=line.data.decode("utf-8").encode("gb18030")) for line in draft.lines[half:])
    return replace(draft, lines=(*draft.lines[:half], *other))


def mark_in_the_middle(draft: Draft, dice: Random) -> Draft:
    """An export with a byte-order mark was appended, with its header or without."""
    half = max(2, len(draft.lines) // 2)
    header = next((line for line in draft.lines if line.columns and not line.posts), None)
    again = [header] if header and dice.random() < 0.5 else []
    first, *rest = [*again, *draft.lines[half:]]
    return replace(
        draft, mark=BOM.encode(), lines=(*draft.lines[:half], replace(first, data=BOM.encode() + first.data), *rest)
    )


def nul_inside(draft: Draft, dice: Random) -> Draft:
    """In some texts a NUL stands; it may be kept or dropped."""

    def change(line: Line) -> Line | None:
        at = _character(line, draft, dice)
        return None if at is None else _changed(line, line.data[:at] + b"\x00" + line.data[at:])

    return hit(draft, dice, change)


def nul_tail(draft: Draft, _dice: Random) -> Draft:
    """A disk that was full left zeros after the last row."""
    return replace(draft, lines=(*draft.lines, Line(("",), ending="", data=b"\x00" * 512)))


def _character(line: Line, draft: Draft, dice: Random) -> int | None:
    """Where in the row's bytes does a character of its text begin that takes more than one byte?"""
    if TEXT not in line.columns or len(line.cells) < len(line.columns):
        return None
    place = line.columns.index(TEXT)
    before = draft.separator.join((*line.cells[:place], "")).encode(draft.codec, "replace")
    text = line.cells[place]
    wide = [at for at, character in enumerate(text) if ord(character) > 0x2E80]
    if not wide:
        return None
    return len(before) + len(text[: dice.choice(wide)].encode(draft.codec, "replace"))


def _changed(line: Line, data: bytes) -> Line:
    return replace(line, data=data, damaged=True)


def _last(draft: Draft) -> int:
    return max(place for place, line in enumerate(draft.lines) if line.posts)


def _ended(draft: Draft, last: int, data: bytes) -> Draft:
    line = replace(draft.lines[last], data=data, damaged=True, lost=EVERYTHING)
    return replace(draft, lines=(*draft.lines[:last], line))
