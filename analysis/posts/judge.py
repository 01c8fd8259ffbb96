"""Which of the rows that were read are posts, and which of those are not quite as the file had them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.language import Text, _
from analysis.posts.body import Body, rows_of
from analysis.posts.kinds import Kind
from analysis.posts.rows import REMARK
from analysis.posts.sources import Source
from analysis.posts.strings import raw
from analysis.schema import COLUMN_LABELS

REPLACEMENT = "\ufffd"
BEGINS_STRAY = np.isin(np.arange(256), np.frombuffer(b" \thHwW/0123456789", np.uint8))
STRAY = r"^\s*(?:https?:|www\.|//|[0-9]{4}[-/年.][0-9]{1,2}[-/月.][0-9])"


def judged(
    posts: pd.DataFrame, unread: pd.DataFrame, body: Body, source: Source
) -> tuple[dict[int, Text], dict[int, Text]]:
    """Which rows cannot be used, and which were repaired? Position in the body -> why, what was done.

    `posts` and `unread`: what `columns.posts_of` made of the body's cells.
    """
    untimed = posts["published_at"].isna().to_numpy()
    lost = np.flatnonzero(untimed | (posts["text"] == "").to_numpy())
    bad: dict[int, Text] = {}
    for at, cells in _each(body, lost):
        why = _("No time could be read in this row") if untimed[at] else _("The row has neither text nor title")
        bad[at] = _remark(cells, source) or why
    repaired = dict(body.repaired)
    others = unread.drop(columns="published_at", errors="ignore")
    flags, labels = others.to_numpy(dtype=bool), [COLUMN_LABELS[name] for name in others.columns]
    for at, cells in _each(body, np.flatnonzero(flags.any(axis=1) | _misplaced(body, source))):
        columns = [label for label, flag in zip(labels, flags[at], strict=True) if flag]
        if source.shape.misfits(cells) > 1:
            bad.setdefault(at, _("The cells do not fit their columns: they may have moved"))
        elif columns:
            repaired.setdefault(at, _("{columns} could not be read and counts as unknown", columns=columns))
    if source.text and source.text.replaced:
        words = (posts[name].str.contains(REPLACEMENT) for name in ("text", "title", "author"))
        marked = np.logical_or.reduce([found.to_numpy() for found in words])
        for at in np.flatnonzero(marked).tolist():
            repaired.setdefault(at, _("Characters that could not be read were replaced by �"))
    return bad, {at: what for at, what in repaired.items() if at not in bad}


def _misplaced(body: Body, source: Source) -> np.ndarray:
    """In which rows is a link no link, an id no id, or a link or time where none ever stood?"""
    found = np.zeros(body.cells.num_rows, dtype=bool)
    for column, place in zip(body.cells.columns, source.shape.places, strict=True):
        cells = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        if place.kind is Kind.URL:
            found |= pc.invert(pc.or_(pc.match_substring(cells, "."), pc.equal(cells, ""))).to_numpy(False)
        elif place.plain:
            found |= pc.invert(pc.string_is_ascii(cells)).to_numpy(False)
        if place.kind in (Kind.FREE, Kind.EMPTY) and not place.long:
            data, ends = raw(cells)
            told = np.flatnonzero(ends[1:] > ends[:-1])
            likely = told[BEGINS_STRAY[data[ends[told]]]]
            found[likely] |= pc.match_substring_regex(cells.take(pa.array(likely)), STRAY).to_numpy(False)
    return found


def _each(body: Body, places: np.ndarray) -> Iterator[tuple[int, list[str]]]:
    return zip(places.tolist(), rows_of(body.cells.take(pa.array(places))), strict=True)


def _remark(record: Sequence[str], source: Source) -> Text | None:
    """Is this no post at all, but the header once more, or a total?"""
    cells = [cell.strip() for cell in record]
    if [cell.lower() for cell in cells] == [header.strip().lower() for header in source.headers]:
        return _("The header stands here once more")
    told = [cell for cell in cells if cell]
    return _("A total or a remark, not a post") if told and REMARK.match(told[0]) else None


def record_of(body: Body, at: int) -> tuple[str, ...]:
    """Which cells has the row at this position?"""
    return tuple(column[at].as_py() for column in body.cells.columns)
