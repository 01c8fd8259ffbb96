"""Which damage befalls exports, and how does a damaged file look? Seeded; each kind a pure function on a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

import opencc

from benchmarks import damage_bytes as in_bytes
from benchmarks import damage_rows as rows
from benchmarks.damage_rows import told_text
from benchmarks.export import COUNTS, TEXT, Draft, Export, Line, Post, drafted, encoded, finished, hit, piece, written

SETTING, PLAIN, WRITTEN, LAYOUT, BYTES = range(5)
FOLDED = ("平台", "媒体级别", "认证类型", "地域")  # read as one of a list, whatever the script
TITLES = ("青禾市第一人民医院舆情监测数据", "导出时间:2025-11-26 00:00:00", "关键词：市一院；共 312 条", "")
FOOTERS = ("共 312 条", "导出时间:2025-11-26 00:00:00", "以上数据来自青禾舆情监测平台，仅供内部参考", "制表人：宣传科")
REMARKS = ("{}（必填）", " {} ", "\ufeff{}", "{}\u200b", "{}(次)", "【{}】", "{}", "{}", "\u3000{}")

HARD = ('"', '"{}"', "{}", "\n", "\n\n", "“”", '""', "\\")


@dataclass(frozen=True)
class Kind:
    """One kind of damage. Kinds of one `axis` exclude each other; `stage`: when it happens to the draft."""

    name: str
    stage: int
    change: Callable[[Draft, Random], Draft]
    axis: str = ""


def damaged(posts: Iterable[Post], kinds: Iterable[Kind], dice: Random) -> Export:
    """Which file becomes of these posts when all this happens to it?"""
    draft = drafted(posts)
    for stage in range(5):
        if stage == WRITTEN:
            draft = written(draft)
        if stage == BYTES:
            draft = encoded(draft)
        for kind in kinds:
            if kind.stage == stage:
                draft = kind.change(draft, dice)
    return finished(draft)


def pairs() -> list[tuple[Kind, Kind]]:
    """Which two kinds can befall one file?"""
    return [(a, b) for a, b in combinations(KINDS, 2) if not a.axis or a.axis != b.axis]


def setting(**values: object) -> Callable[[Draft, Random], Draft]:
    """Which change sets these properties of the file?"""
    return lambda draft, _dice: replace(draft, **values)  # type: ignore[arg-type]


# --- plain cells


def traditional(draft: Draft, _dice: Random) -> Draft:
    """A file from Taiwan or Hong Kong: all in traditional characters; posts that Big5 cannot write are left out."""
    convert = opencc.OpenCC("s2t").convert

    def encodable(line: Line) -> bool:
        return all(cell == cell.encode("big5", "replace").decode("big5") for cell in line.cells)

    lines = [replace(line, cells=tuple(convert("\x1f".join(line.cells)).split("\x1f"))) for line in draft.lines]
    kept = tuple(line for line in lines if not line.posts or encodable(line))
    truth = {key: dict(post) for key, post in draft.truth.items()}
    for line in kept:
        for post in line.posts:
            told = dict(zip(line.columns, line.cells, strict=True))
            truth[post].update((name, cell) for name, cell in told.items() if name not in FOLDED)
    return replace(draft, lines=kept, truth=truth, codec="big5")


def hard_texts(draft: Draft, dice: Random) -> Draft:
    """A third of the texts hold quotation marks, the separator and line breaks."""

    def change(line: Line) -> Line:
        place = line.columns.index(TEXT)
        text = line.cells[place]
        marks = dice.sample(HARD, 3) if draft.escape == '"' else ['"', *dice.sample(HARD, 2)]
        for mark in (one.format(draft.separator) for one in marks):
            middle = dice.randrange(len(text) + 1)
            text = text[:middle] + mark + text[middle:]
        text = text.strip().strip("\\") or line.cells[place]
        return told_text(replace(line, cells=(*line.cells[:place], text, *line.cells[place + 1 :])), text)

    return hit(draft, dice, change, 0.33)


def backslashes(draft: Draft, dice: Random) -> Draft:
    """Quotation marks are written \\" as databases do; each hard text has one, so that the file shows it."""
    return hard_texts(replace(draft, escape="\\"), dice)


def entities(draft: Draft, dice: Random) -> Draft:
    """A web page's marks left in the text are the text: nobody can tell what the author typed."""

    def change(line: Line) -> Line:
        place = line.columns.index(TEXT)
        text = line.cells[place] + dice.choice(("&amp;", "&nbsp;", "<br/>", "&#39;", "&lt;3", "<b>急</b>"))
        return told_text(replace(line, cells=(*line.cells[:place], text, *line.cells[place + 1 :])), text)

    return hit(draft, dice, change, 0.1)


def header_reordered(draft: Draft, dice: Random) -> Draft:
    """Half-way a second export was appended, with its own header and another order of columns."""
    half, width = len(draft.lines) // 2, len(draft.lines[0].columns)
    order = dice.sample(range(width), width)

    def reordered(line: Line) -> Line:
        return replace(
            line, cells=tuple(line.cells[at] for at in order), columns=tuple(line.columns[at] for at in order)
        )

    return replace(draft, lines=(*draft.lines[:half], *map(reordered, (draft.lines[0], *draft.lines[half:]))))


# --- layout and encoding


def in_gb18030(change: Callable[[Draft, Random], Draft]) -> Callable[[Draft, Random], Draft]:
    """Which change is this to the same file in GB18030?"""
    return lambda draft, dice: change(encoded(replace(draft, codec="gb18030")), dice)


def titles_above(draft: Draft, dice: Random) -> Draft:
    above = [_wide(text, draft) if dice.random() < 0.5 else Line((text,)) for text in TITLES[-dice.randint(1, 4) :]]
    return replace(draft, lines=(*above, *draft.lines))


def footers_below(draft: Draft, dice: Random) -> Draft:
    sums = {name: str(sum(int(post[name] or 0) for post in draft.truth.values())) for name in COUNTS}
    total = Line(tuple(piece(sums.get(name, ""), draft) for name in next(iter(draft.truth.values()))))
    total = replace(total, cells=("合计", *total.cells[1:]))
    below = [_wide(text, draft) if dice.random() < 0.3 else Line((text,)) for text in dice.sample(FOOTERS, 2)]
    return replace(draft, lines=(*draft.lines, total, *below))


def header_again(draft: Draft, dice: Random) -> Draft:
    lines = list(draft.lines)
    for place in sorted(dice.sample(range(2, len(lines)), 2), reverse=True):
        lines.insert(place, _header(draft))
    return replace(draft, lines=tuple(lines))


def no_header(draft: Draft, _dice: Random) -> Draft:
    """Without names nobody can tell which counter is which; time and text tell themselves."""
    untold = rows.EVERYTHING - {TEXT, "发布时间"}
    lines = [replace(line, lost=line.lost | untold) for line in draft.lines if line.posts or not line.columns]
    return replace(draft, lines=tuple(lines))


def header_decorated(draft: Draft, dice: Random) -> Draft:
    def decorated(line: Line) -> Line:
        return line if line.posts else replace(line, cells=tuple(dice.choice(REMARKS).format(c) for c in line.cells))

    return replace(draft, lines=tuple(map(decorated, draft.lines)))


def blank_lines(draft: Draft, dice: Random) -> Draft:
    lines = [(line, *[Line(("",))] * dice.choices((0, 1, 2), (85, 10, 5))[0]) for line in draft.lines]
    return replace(draft, lines=tuple(line for group in lines for line in group))


def trailing_separators(draft: Draft, dice: Random) -> Draft:
    more = ("",) * dice.randint(1, 3)
    lines = (replace(line, cells=(*line.cells, *more)) if len(line.cells) > 1 else line for line in draft.lines)
    return replace(draft, lines=tuple(lines))


def endings_mixed(draft: Draft, dice: Random) -> Draft:
    marks = dice.choices(("\n", "\r\n", "\r"), (45, 45, 10), k=len(draft.lines))
    lines = (replace(line, ending=mark) for line, mark in zip(draft.lines, marks, strict=True))
    return replace(draft, lines=tuple(lines))


def endings_doubled(draft: Draft, _dice: Random) -> Draft:
    """What Windows makes of a file that was written as text once too often."""
    lines = (replace(line, cells=tuple(cell.replace("\n", "\r\n") for cell in line.cells)) for line in draft.lines)
    return replace(draft, lines=tuple(lines), ending="\r\r\n")


def _header(draft: Draft) -> Line:
    return next(line for line in draft.lines if line.columns and not line.posts)


def _wide(text: str, draft: Draft) -> Line:
    return Line((text, *[""] * (len(next(iter(draft.truth.values()))) - 1)))


KINDS: tuple[Kind, ...] = (
    Kind("utf8", SETTING, setting(), "encoding"),
    Kind("utf8_mark", SETTING, setting(mark=b"\xef\xbb\xbf"), "encoding"),
    Kind("utf8_bad_byte", BYTES, in_bytes.bad_byte, "encoding"),
    Kind("utf16_le_mark", SETTING, setting(codec="utf-16-le", mark=b"\xff\xfe"), "encoding"),
    Kind("utf16_be_mark", SETTING, setting(codec="utf-16-be", mark=b"\xfe\xff"), "encoding"),
    Kind("utf16_le", SETTING, setting(codec="utf-16-le"), "encoding"),
    Kind("utf16_be", SETTING, setting(codec="utf-16-be"), "encoding"),
    Kind("gb18030", SETTING, setting(codec="gb18030"), "encoding"),
    Kind("gb18030_bad_byte", BYTES, in_gb18030(in_bytes.bad_byte), "encoding"),
    Kind("gb18030_byte_deleted", BYTES, in_gb18030(in_bytes.byte_deleted), "encoding"),
    Kind("big5", SETTING, traditional, "encoding"),
    Kind("lines_differ", BYTES, in_bytes.lines_differ, "encoding"),
    Kind("mark_in_the_middle", BYTES, in_bytes.mark_in_the_middle, "encoding"),
    Kind("nul_inside", BYTES, in_bytes.nul_inside, "encoding"),
    Kind("nul_tail", BYTES, in_bytes.nul_tail, "tail"),
    Kind("cut_in_character", BYTES, in_bytes.cut_in_character, "tail"),
    Kind("truncated", BYTES, in_bytes.truncated, "tail"),
    Kind("semicolon", SETTING, setting(separator=";"), "separator"),
    Kind("tab", SETTING, setting(separator="\t"), "separator"),
    Kind("pipe", SETTING, setting(separator="|"), "separator"),
    Kind("fullwidth_comma", SETTING, setting(separator="，"), "separator"),
    Kind("all_quoted", SETTING, setting(all_quoted=True)),
    Kind("hard_texts", PLAIN, hard_texts, "hard texts"),
    Kind("backslashes", PLAIN, backslashes, "hard texts"),
    Kind("endings_crlf", SETTING, setting(ending="\r\n"), "ending"),
    Kind("endings_cr", SETTING, setting(ending="\r"), "ending"),
    Kind("endings_mixed", LAYOUT, endings_mixed, "ending"),
    Kind("endings_doubled", LAYOUT, endings_doubled, "ending"),
    Kind("titles_above", LAYOUT, titles_above),
    Kind("footers_below", LAYOUT, footers_below, "tail"),
    Kind("header_again", LAYOUT, header_again, "header"),
    Kind("header_reordered", PLAIN, header_reordered, "header"),
    Kind("header_decorated", LAYOUT, header_decorated, "header"),
    Kind("no_header", LAYOUT, no_header, "header"),
    Kind("blank_lines", LAYOUT, blank_lines),
    Kind("trailing_separators", LAYOUT, trailing_separators),
    Kind("bare_separator", WRITTEN, rows.bare_separator),
    Kind("bare_break", WRITTEN, rows.bare_break),
    Kind("cell_missing", WRITTEN, rows.cell_missing),
    Kind("cell_extra", WRITTEN, rows.cell_extra),
    Kind("cells_cut", WRITTEN, rows.cells_cut),
    Kind("shifted", PLAIN, rows.shifted),
    Kind("quote_opens", WRITTEN, rows.quote_opens),
    Kind("quote_inside", WRITTEN, rows.quote_inside),
    Kind("quote_unclosed", WRITTEN, rows.quote_unclosed),
    Kind("rows_glued", WRITTEN, rows.rows_glued),
    Kind("row_doubled", PLAIN, rows.row_doubled),
    Kind("row_empty", WRITTEN, rows.row_empty),
    Kind("row_garbage", WRITTEN, rows.row_garbage),
    Kind("time_nonsense", PLAIN, rows.time_nonsense),
    Kind("count_words", PLAIN, rows.count_words),
    Kind("excel_id", PLAIN, rows.excel_id),
    Kind("excel_serial", PLAIN, rows.excel_serial),
    Kind("excel_apostrophe", PLAIN, rows.excel_apostrophe),
    Kind("excel_formula", WRITTEN, rows.excel_formula),
    Kind("entities", PLAIN, entities),
)
