"""Which posts stand behind a story: those it quotes, and those behind figures of a few posts?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.report.papers.appendix_counts import HOUR
from analysis.report.papers.blocks import Quotes, Rows, Scene, Section, Story
from analysis.report.papers.counting import cells_of
from analysis.report.papers.facts import Told

FEW = 50  # posts behind a figure that are listed one by one
MOST = 500  # posts that are listed


def listed(story: Story, told: Sequence[Told], posts: pd.DataFrame, cube: pd.DataFrame) -> dict[int, list[int]]:
    """Which posts are listed, and behind which figures (their numbers) does each stand? Position in `posts` → numbers.

    Those quoted, then those behind figures of at most FEW posts; at most MOST. posts: in order of time. Only posts of
    the hours that hold them are read.
    """
    found: dict[int, list[int]] = {at: [] for at in quoted(story) if at < len(posts)}
    few: dict[Rows, list[int]] = {}
    for entry in told:
        for rows in entry.fact.rows:
            few.setdefault(rows, []).append(entry.number)
    for rows, numbers in few.items():
        behind = positions(posts, cube, rows)
        if len(found.keys() | set(behind)) <= MOST:
            for at in behind:
                found.setdefault(at, []).extend(numbers)
    return {at: sorted(set(numbers)) for at, numbers in sorted(found.items())}


def quoted(story: Story) -> list[int]:
    """Which posts does a story quote? Their positions, each once, as they stand in it."""
    parts: tuple[Section | Scene, ...] = (*story.sections, *story.scenes)
    blocks = (block for part in parts for block in part.blocks)
    quotes = (quote for block in blocks if isinstance(block, Quotes) for quote in block.quotes)
    return list(dict.fromkeys(quote.position for quote in quotes if quote.position >= 0))[:MOST]


def positions(posts: pd.DataFrame, cube: pd.DataFrame, rows: Rows) -> list[int]:
    """Which posts are these, where they are at most FEW? () where they are more, or none."""
    cells = cells_of(cube, rows)
    if not 0 < cells["posts"].sum() <= FEW:
        return []
    hours = cells.loc[cells["posts"] > 0, "hour"].drop_duplicates()
    begins = posts["published_at"].searchsorted(hours, side="left")
    ends = posts["published_at"].searchsorted(hours + HOUR, side="left")
    places = np.concatenate([np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)])
    near = posts.iloc[places]
    for column, value in rows.where:
        kept = (near["event_id" if column == "event" else column] == value).to_numpy(dtype=bool)
        near, places = near[kept], places[kept]
    return [int(at) for at in places]
