"""How do sentences and quotations stand on a slide: each in its share of the room, as large as all of them fit?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide

from analysis.report.papers.blocks import Lines, Quotes
from analysis.report.papers.house import House
from analysis.report.papers.slides_fit import SHRINK, Para, fitted, height_of
from analysis.report.papers.slides_text import INK, MUTED, PALE, Box, ground, put, words, write

LINE, LEAST_LINE = 20.0, 14.0  # points: read from five metres, and the least
SAID, LEAST_SAID, BY, LEAST_BY = 17.0, 13.0, 12.0, 10.0
GAP, PADDING, EDGE = 0.18, 0.16, 0.06  # inches between blocks, within a card, and of its coloured edge
ALONE, SMALL = 1.3, 0.8  # in size, where words have the slide for themselves, and under a table

Side = Lines | Quotes


def paras_of(block: Side, language: str) -> tuple[Para, ...]:
    """Which paragraphs does a block of words have?"""
    if isinstance(block, Lines):
        return tuple(
            Para(words(text, language), LINE, LEAST_LINE, point=block.points, gap=8.0 if at else 0.0)
            for at, text in enumerate(block.texts)
        )
    title = [Para(words(block.title, language), 14.0, 12.0, MUTED, bold=True)]
    for quote in block.quotes:
        said = Para(f"“{words(quote.text, language)}”", SAID, LEAST_SAID, INK, gap=8.0)
        title += [said, Para(words(quote.by, language), BY, LEAST_BY, MUTED, gap=2.0)]
    return tuple(title)


def needed(blocks: Sequence[Side], width: float, language: str, scale: float) -> float:
    """How high would the blocks like to stand, in inches, in `scale` of their usual size?"""
    heights = [_height(block, _scaled(paras_of(block, language), scale), width) for block in blocks]
    return sum(heights) + GAP * max(0, len(heights) - 1)


def put_side(slide: Slide, blocks: Sequence[Side], box: Box, house: House, language: str, largest: float = 1.0) -> bool:
    """Where do the blocks stand? One under the other; each as high as its words, all smaller where there is too
    little room, and cut in proportion where the least size is too large. largest: how large they may be, 1 = beside
    a chart. Says whether anything was cut."""
    room = box.height - GAP * (len(blocks) - 1)
    paras = [paras_of(block, language) for block in blocks]
    for scale in (largest * step for step in SHRINK):
        smaller = [_scaled(some, scale) for some in paras]
        heights = [_height(block, some, box.width) for block, some in zip(blocks, smaller, strict=True)]
        if sum(heights) <= room:
            break
    share, top, cut = min(1.0, room / sum(heights)), box.top, False
    for block, some, height in zip(blocks, smaller, heights, strict=True):
        place = Box(box.left, top, box.width, height * share)
        cut |= (
            _put_card(slide, some, place, house, language)
            if isinstance(block, Quotes)
            else put(slide, some, place, language, "Text")
        )
        top = place.bottom + GAP
    return cut


def _put_card(slide: Slide, paras: Sequence[Para], box: Box, house: House, language: str) -> bool:
    """A pale card with an edge in the hospital's colour, on which the quotations stand."""
    card = ground(slide, MSO_SHAPE.RECTANGLE, box, PALE, "Quotation")
    ground(slide, MSO_SHAPE.RECTANGLE, Box(box.left, box.top, EDGE, box.height), house.colour, "Edge")
    found = fitted(paras, box.width - 2 * PADDING, box.height - 2 * PADDING)
    write(card.text_frame._txBody, found.paras, language, "ctr", PADDING)
    return found.cut


def _height(block: Side, paras: Sequence[Para], width: float) -> float:
    around = 2 * PADDING if isinstance(block, Quotes) else 0.0
    return height_of(paras, width - around) + around + 0.01


def _scaled(paras: Sequence[Para], scale: float) -> tuple[Para, ...]:
    return tuple(replace(para, size=max(para.least, round(para.size * scale, 1))) for para in paras)
