"""What stands in the speaker's notes of a scene: its sentences in full, and where each of its figures comes from?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.language import Text, _
from analysis.report.papers.blocks import Block, Chart, Fact, Lines, Made, Quotes, Scene, Table
from analysis.report.papers.facts import pieces, source_words, texts_of
from analysis.report.papers.slides_text import words

MOST = 60  # sources that notes list; all of them are in the sheet of figures


def notes_of(scene: Scene, numbers: Mapping[Fact, int], cut: bool, language: str) -> list[str]:
    """Which paragraphs have the notes of a scene? `numbers`: of the figures, through the whole story. cut: something
    did not fit the slide, so tables and names of charts follow in full."""
    told = [words(scene.lead, language)]
    for block in scene.blocks:
        told += [line for line in block_words(block, cut, language) if line not in told]
    sources = source_lines(scene, numbers, language)
    head = [_("Sources of the figures").to(language)] if sources else []
    return [line for line in (*told, *head, *sources) if line]


def source_lines(scene: Scene, numbers: Mapping[Fact, int], language: str) -> list[str]:
    """Where does each figure of a scene come from? "[3] 1,284: posts …: counted"; quoted words are no figures."""
    texts = [scene.title, scene.lead, *(text for block in scene.blocks for text in texts_of(block))]
    shown: dict[Fact, str] = {}
    for text in texts:
        for run, fact in pieces(text, language):
            if fact is not None and fact.made != Made.QUOTED:
                shown.setdefault(fact, run)
    lines = [
        words(f"[{numbers[fact]}] {run}: {source_words(fact).to(language)}", language) for fact, run in shown.items()
    ]
    if len(lines) > MOST:
        return [*lines[:MOST], _("and {n} more figures: see the sheet of figures", n=len(lines) - MOST).to(language)]
    return lines


def block_words(block: Block, full: bool, language: str) -> Iterator[str]:
    """What does a block say, in full? Of charts the note; of tables and names of a chart only when `full`."""
    match block:
        case Lines(texts):
            yield from (words(text, language) for text in texts)
        case Quotes(title, quotes):
            yield words(title, language)
            for quote in quotes:
                yield f"“{words(quote.text, language)}”"
                yield words(quote.by, language)
        case Chart():
            yield words(block.note, language)
            if full:
                names = [*(series.name for series in block.series), *block.categories]
                yield " · ".join(words(name, language) for name in names if isinstance(name, Text))
        case Table(_title, headers, rows, _widths) if full:
            yield from (" · ".join(words(cell, language) for cell in row) for row in (headers, *rows))
