"""How does a vendor write posts into a CSV file, and what is then true of it? The sound file, before any damage."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

SAMPLE = Path(__file__).parents[1] / "sample_data" / "posts.csv"
ID, TITLE, TEXT, AUTHOR, PUBLISHED = "文章ID", "标题", "正文", "作者", "发布时间"
COUNTS = ("转发数", "评论数", "点赞数", "阅读数")
BREAK = re.compile(r"\r\n|\r|\n")
BREAKS = re.compile(r"\r*\n|\r")  # a line end that was written twice over ("\r\r\n") is one

Post = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One row of the file in the making.

    `cells`: plain, and as they are written (quotes included) once the draft is `written`. `posts`: ids of the
    posts that it tells (none: a title, a total). `columns`: what each cell holds while it is whole. `damaged`:
    something was done to this very row. `lost`: columns that it no longer tells, or not for sure. `also`:
    (column, value) that may be read as well as the truth. `ending`: its own line end, None for the file's.
    """

    cells: tuple[str, ...]
    posts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    damaged: bool = False
    lost: frozenset[str] = frozenset()
    told: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    ending: str | None = None
    data: bytes = b""


@dataclass(frozen=True)
class Draft:
    """A file in the making: the truth (id -> post as the sample has it), its rows, its dialect and encoding."""

    truth: Mapping[str, Post]
    lines: tuple[Line, ...]
    separator: str = ","
    all_quoted: bool = False
    escape: str = '"'
    ending: str = "\n"
    codec: str = "utf-8"
    mark: bytes = b""


@dataclass(frozen=True)
class Export:
    """A finished file and what is true of it.

    `rows`: post id -> the numbers by which the row on which it starts may be called (1 = the first line).
    `damaged`, `lost`, `also`: by post id, as in `Line`.
    """

    data: bytes
    truth: Mapping[str, Post]
    rows: Mapping[str, frozenset[int]]
    damaged: frozenset[str]
    lost: Mapping[str, frozenset[str]]
    also: Mapping[str, tuple[tuple[str, str], ...]]


def sample_posts(path: Path = SAMPLE) -> list[Post]:
    """Which posts of the sample have an id and a text that no other has?"""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_id = {row[ID]: row for row in rows}
    return list({row[TEXT]: row for row in by_id.values()}.values())


def drafted(posts: Iterable[Post]) -> Draft:
    """How would a sound export of these posts begin: a header, and a row a post?"""
    truth = {post[ID]: dict(post) for post in posts}
    columns = tuple(next(iter(truth.values())))
    rows = (Line(tuple(post.values()), (key,), columns) for key, post in truth.items())
    return Draft(truth, (Line(columns, (), columns), *rows))


def written(draft: Draft) -> Draft:
    """How do the plain cells look in the file? Quoted where the dialect asks for it."""
    lines = (replace(line, cells=tuple(piece(cell, draft) for cell in line.cells)) for line in draft.lines)
    return replace(draft, lines=tuple(lines))


def piece(cell: str, draft: Draft) -> str:
    """How does this cell look in the file?"""
    special = draft.separator in cell or any(mark in cell for mark in '"\r\n') or (draft.escape in cell)
    if not special and not draft.all_quoted:
        return cell
    inner = cell if draft.escape == '"' else cell.replace(draft.escape, draft.escape * 2)
    return '"' + inner.replace('"', f'{draft.escape}"') + '"'


def encoded(draft: Draft) -> Draft:
    """Which bytes has each row, line end included?"""
    lines = (replace(line, data=_text(line, draft).encode(draft.codec, "replace")) for line in draft.lines)
    return replace(draft, lines=tuple(lines))


def finished(draft: Draft) -> Export:
    """Which file is this, and what is true of it?"""
    rows: dict[str, frozenset[int]] = {}
    lost: dict[str, frozenset[str]] = {}
    also: dict[str, tuple[tuple[str, str], ...]] = {}
    truth = {key: dict(post) for key, post in draft.truth.items()}
    single = twofold = 1
    for line in draft.lines:
        for post in line.posts:
            rows[post] = rows.get(post, frozenset()) | {single, twofold}
            lost[post] = lost.get(post, frozenset()) | line.lost
            also[post] = also.get(post, ()) + line.also
            truth[post].update(line.told)
        text = _text(line, draft)
        single += len(BREAKS.findall(text))
        twofold += len(BREAK.findall(text))
    damaged = frozenset(post for line in draft.lines for post in line.posts if line.damaged)
    data = draft.mark + b"".join(line.data for line in draft.lines)
    return Export(data, {key: truth[key] for key in rows}, rows, damaged, lost, also)


def _text(line: Line, draft: Draft) -> str:
    return draft.separator.join(line.cells) + (draft.ending if line.ending is None else line.ending)


def hit(
    draft: Draft, dice: Random, change: Callable[[Line], Line | tuple[Line, ...] | None], share: float = 0.03
) -> Draft:
    """What becomes of the file when `change` befalls about this share of its rows, at least one?

    Rows that were hit before are left; so are rows for which `change` returns None, while others are tried.
    """
    sound = [place for place, line in enumerate(draft.lines) if len(line.posts) == 1 and not line.damaged]
    wanted = max(1, round(share * len(sound)))
    changed: dict[int, tuple[Line, ...]] = {}
    for place in dice.sample(sound, len(sound)):
        after = change(draft.lines[place])
        if after is not None:
            changed[place] = after if isinstance(after, tuple) else (after,)
        if len(changed) == wanted:
            break
    lines = (new for place, line in enumerate(draft.lines) for new in changed.get(place, (line,)))
    return replace(draft, lines=tuple(lines))


def with_cell(line: Line, place: int, cell: str) -> Line:
    """How does the row look, damaged in this cell?"""
    return replace(line, cells=(*line.cells[:place], cell, *line.cells[place + 1 :]), damaged=True)
