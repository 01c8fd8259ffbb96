"""What goes wrong in single rows of an export? Each function: a draft and dice in, the damaged draft out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.export import AUTHOR, COUNTS, ID, PUBLISHED, TEXT, TITLE, Draft, Line, hit, piece, with_cell

EVERYTHING = frozenset(
    (ID, TITLE, TEXT, AUTHOR, PUBLISHED, *COUNTS, "平台", "媒体名称", "媒体级别", "认证类型", "粉丝数", "地域")
) | {"原文链接", "原帖ID", "采集时间"}
# Once a cell is gone, nobody can tell which of its like it was.
ALIKE = (frozenset(COUNTS), frozenset((TITLE, TEXT)), frozenset(("媒体名称", "媒体级别", AUTHOR, "平台")))
NONSENSE = ("2025-13-45 99:99", "########", "很久以前", "0000-00-00 00:00:00", "时间不详", "2025-02-30 25:61:61")
WORDS = ("很多", "若干", "不详", "###", "#N/A", "火爆")
GARBAGE = ("????", "????,????,????", "锟斤拷锟斤拷", "###", "=====")
EPOCH_OF_EXCEL = dt.datetime.fromisoformat("1899-12-30")

Change = Callable[[Line], Line | tuple[Line, ...] | None]


def alike(columns: tuple[str, ...]) -> frozenset[str]:
    """Which columns can no longer be told for sure when these are in doubt?"""
    doubt = frozenset(columns)
    return doubt.union(*(group for group in ALIKE if group & doubt))


# --- plain cells


def time_nonsense(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: _replaced(line, PUBLISHED, dice.choice(NONSENSE)))


def count_words(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: _replaced(line, dice.choice(COUNTS), dice.choice(WORDS)))


def excel_id(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: _replaced(line, ID, f"{dice.uniform(1, 9.9):.5f}E+{dice.randint(15, 18)}"))


def excel_serial(draft: Draft, dice: Random) -> Draft:
    def change(line: Line) -> Line:
        place = line.columns.index(PUBLISHED)
        days = (dt.datetime.fromisoformat(line.cells[place]) - EPOCH_OF_EXCEL) / dt.timedelta(days=1)
        return with_cell(line, place, f"{days:.7f}")

    return hit(draft, dice, change)


def excel_apostrophe(draft: Draft, dice: Random) -> Draft:
    def change(line: Line) -> Line:
        place = line.columns.index(dice.choice((ID, PUBLISHED, "转发数")))
        return with_cell(line, place, "'" + line.cells[place])

    return hit(draft, dice, change)


def excel_formula(draft: Draft, dice: Random) -> Draft:
    """="…" keeps Excel from reading a number; some exporters quote it once more, as CSV asks, and some do not."""
    quoted = dice.random() < 0.5

    def change(line: Line) -> Line:
        place = line.columns.index(dice.choice((ID, PUBLISHED, "转发数")))
        formula = f'="{line.cells[place].strip(chr(34))}"'
        return with_cell(line, place, piece(formula, draft) if quoted else formula)

    return hit(draft, dice, change)


def row_doubled(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: (line, line))


def shifted(draft: Draft, dice: Random) -> Draft:
    """From some cell on everything stands one place further right (what was last is gone) or left."""

    def change(line: Line) -> Line:
        right, place = dice.random() < 0.5, dice.randrange(1, len(line.cells) - 3)
        if right:
            cells = (*line.cells[:place], "", *line.cells[place:-1])
            gone, doubt = line.columns[-1:], line.columns[max(place - 1, 0) : place + 1]
        else:
            cells = (*line.cells[:place], *line.cells[place + 1 :], "")
            gone, doubt = line.columns[place : place + 1], line.columns[place : place + 2]
        return replace(line, cells=cells, damaged=True, lost=line.lost | alike((*gone, *doubt)))

    return hit(draft, dice, change)


# --- written cells


def cell_missing(draft: Draft, dice: Random) -> Draft:
    def change(line: Line) -> Line:
        place = dice.randrange(1, len(line.cells) - 1)
        cells = (*line.cells[:place], *line.cells[place + 1 :])
        return replace(line, cells=cells, damaged=True, lost=line.lost | alike(line.columns[place : place + 1]))

    return hit(draft, dice, change)


def cell_extra(draft: Draft, dice: Random) -> Draft:
    """A cell too many. Beside the text nobody can tell it from a separator within the text."""

    def change(line: Line) -> Line:
        place = dice.randrange(1, len(line.cells))
        extra = dice.choice(("", "1", "无", "0"))
        cells = (*line.cells[:place], extra, *line.cells[place:])
        lost, text = alike(line.columns[place - 1 : place + 1]), line.columns.index(TEXT)
        plain = dict(line.told).get(TEXT, line.cells[text].strip('"'))
        if place in (text, text + 1):
            parts = (extra, plain) if place == text else (plain, extra)
            line = replace(line, also=(*line.also, (TEXT, draft.separator.join(parts))))
        return replace(line, cells=cells, damaged=True, lost=line.lost | lost)

    return hit(draft, dice, change)


def cells_cut(draft: Draft, dice: Random) -> Draft:
    def change(line: Line) -> Line:
        kept = len(line.cells) - dice.randint(1, 4)
        return replace(line, cells=line.cells[:kept], damaged=True, lost=line.lost | set(line.columns[kept:]))

    return hit(draft, dice, change)


def bare_separator(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: _bare(line, dice, draft.separator))


def bare_break(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: _bare(line, dice, draft.ending))


def quote_opens(draft: Draft, dice: Random) -> Draft:
    """A quotation mark stands before an unquoted cell and none closes it."""

    def change(line: Line) -> Line | None:
        column = dice.choice((TEXT, TEXT, AUTHOR))
        place = line.columns.index(column)
        cell = line.cells[place]
        return None if '"' in cell else _with_also(line, place, '"' + cell, column, '"' + cell)

    return hit(draft, dice, change)


def quote_inside(draft: Draft, dice: Random) -> Draft:
    def change(line: Line) -> Line | None:
        place = line.columns.index(TEXT)
        cell, plain = line.cells[place], line.cells[place].strip('"')
        if '"' in plain or len(plain) < 4:
            return None
        middle = dice.randrange(2, len(cell) - 1)
        broken = cell[:middle] + '"' + cell[middle:]
        return _with_also(line, place, broken, TEXT, broken[1:-1] if cell != plain else broken)

    return hit(draft, dice, change)


def quote_unclosed(draft: Draft, dice: Random) -> Draft:
    """The text is quoted, half the time for the separator that it holds, and its closing mark is missing."""

    def change(line: Line) -> Line | None:
        place = line.columns.index(TEXT)
        text = line.cells[place].strip('"') + dice.choice(("", f"{draft.separator}真的"))
        return (
            None
            if '"' in text or "\\" in text
            else told_text(_with_also(line, place, '"' + text, TEXT, '"' + text), text)
        )

    return hit(draft, dice, change)


def rows_glued(draft: Draft, dice: Random) -> Draft:
    """The line end between two rows is missing."""
    lines = list(draft.lines)
    sound = [place for place in range(1, len(lines) - 1) if _gluable(lines[place]) and _gluable(lines[place + 1])]
    for place in sorted(dice.sample(sound, max(1, len(sound) // 60)), reverse=True):
        first, second = lines[place : place + 2]
        if _gluable(second):
            cells = (*first.cells[:-1], first.cells[-1] + second.cells[0], *second.cells[1:])
            lost = first.lost | second.lost
            lines[place : place + 2] = [
                replace(first, cells=cells, posts=first.posts + second.posts, damaged=True, lost=lost)
            ]
    return replace(draft, lines=tuple(lines))


def row_empty(draft: Draft, dice: Random) -> Draft:
    blank = dice.choice(("", draft.separator * 17, " "))
    return hit(draft, dice, lambda line: (line, Line((blank,))))


def row_garbage(draft: Draft, dice: Random) -> Draft:
    return hit(draft, dice, lambda line: (line, Line((dice.choice(GARBAGE),))))


def _gluable(line: Line) -> bool:
    return len(line.posts) == 1 and not line.damaged


def _replaced(line: Line, column: str, cell: str) -> Line:
    changed = with_cell(line, line.columns.index(column), cell)
    return replace(changed, lost=line.lost | {column})


def _bare(line: Line, dice: Random, mark: str) -> Line | None:
    """The text holds `mark` and is not quoted."""
    place = line.columns.index(TEXT)
    plain = line.cells[place].strip('"')
    if '"' in plain or "\n" in plain or len(plain) < 4:
        return None
    middle = dice.randrange(2, len(plain) - 1)
    text = plain[:middle] + mark + plain[middle:]
    return told_text(with_cell(line, place, text), text)


def told_text(line: Line, text: str) -> Line:
    """The same row, whose post said this."""
    return replace(line, told=(*line.told, (TEXT, text)))


def _with_also(line: Line, place: int, cell: str, column: str, value: str) -> Line:
    return replace(with_cell(line, place, cell), also=(*line.also, (column, value)))
