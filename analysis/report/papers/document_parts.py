"""How does each block of a story stand in a document: sentences, quotations, pictures?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu, RGBColor
from docx.text.paragraph import Paragraph

from analysis.language import Text, _
from analysis.report.papers.blocks import Block, Chart, Lines, Quotes, Table
from analysis.report.papers.document_charts import chart_table
from analysis.report.papers.document_styles import BODY, CAPTION, NOTE, PART, PICTURE, POINT, SAID, SOURCE
from analysis.report.papers.document_tables import draw_table
from analysis.report.papers.safe import clean

TALLEST = 0.75  # of the text's width: what is taller is made narrower, so that its caption stays on the page
HINTS = {"zh_CN": "eastAsia", "en": ""}  # in which script marks are drawn that both have: “ ” … —


@dataclass(frozen=True)
class Paper:
    """A document that is being written, at its end. width: of its text in EMU; figures, tables: the next number."""

    document: Document
    language: str
    pictures: Mapping[str, bytes]
    width: int
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def words(self, text: Text | str) -> str:
        """How does a text read in this document? On one line, without what XML does not allow."""
        return " ".join(clean(text.to(self.language) if isinstance(text, Text) else text).split())


def write(paper: Paper, text: Text | str, style: str) -> Paragraph:
    """Where does a text stand? In a new last paragraph of this style."""
    return fill(paper.document.add_paragraph(style=style), paper.words(text), paper.language)


def fill(paragraph: Paragraph, text: str, language: str, colour: str = "") -> Paragraph:
    """How does a paragraph get a run? In Chinese, marks that both scripts have (“ ” … —) are drawn as Chinese ones."""
    run = paragraph.add_run(text)
    if HINTS[language]:
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), HINTS[language])
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    return paragraph


def draw(paper: Paper, blocks: Sequence[Block], body: str = BODY, point: str = POINT) -> None:
    """How do these blocks stand, one under the other? body, point: the styles of sentences."""
    for block in blocks:
        match block:
            case Lines():
                draw_lines(paper, block, body, point)
            case Chart():
                draw_chart(paper, block)
            case Table():
                write(paper, _("Table {n}. {title}", n=next(paper.tables), title=block.title), CAPTION)
                draw_rows(paper, block)
            case Quotes():
                draw_quotes(paper, block)


def draw_rows(paper: Paper, table: Table, note: Text | str = "") -> None:
    """How do the rows of a table stand, under its caption and above a note? Where there are none, that is said."""
    rows = table.rows or ((_("No data"), *(Text("") for _head in table.headers[1:])),)
    cells = [[paper.words(cell) for cell in row] for row in (table.headers, *rows)]
    after = draw_table(paper.document, cells, table.widths, paper.width, HINTS[paper.language])
    fill(after, paper.words(note), paper.language)


def draw_lines(paper: Paper, lines: Lines, body: str, point: str) -> None:
    """How do sentences stand: as one paragraph, or each as a point with its number?"""
    if not lines.points:
        between = "" if paper.language == "zh_CN" else " "
        write(paper, between.join(paper.words(text) for text in lines.texts), body)
        return
    for number, text in enumerate(lines.texts, start=1):
        write(paper, _("({n}) {text}", n=number, text=text) if len(lines.texts) > 1 else text, point)


def draw_quotes(paper: Paper, quotes: Quotes) -> None:
    """How do people's own words stand? Moved in, each with its source under it; line breaks stay."""
    write(paper, quotes.title, PART)
    for quote in quotes.quotes:
        said = "\n".join(filter(None, map(str.strip, clean(quote.text).splitlines())))
        fill(paper.document.add_paragraph(style=SAID), f"“{said}”", paper.language)
        write(paper, Text("—— {by}", (("by", quote.by),)), SOURCE)


def draw_chart(paper: Paper, chart: Chart) -> None:
    """How does a chart stand? As a picture with its caption; where there is none, as a table of its data."""
    picture = paper.pictures.get(chart.key)
    title = _("Figure {n}. {title}", n=next(paper.figures), title=chart.title)
    if picture is None:
        table, told = chart_table(chart)
        write(paper, title, CAPTION)
        draw_rows(paper, table, told)
        return
    draw_picture(paper, picture, chart)
    write(paper, title, CAPTION).paragraph_format.keep_with_next = bool(paper.words(chart.note))
    write(paper, chart.note, NOTE)


def draw_picture(paper: Paper, picture: bytes, chart: Chart) -> None:
    """How does a picture stand? As wide as the text, with words for those who do not see it."""
    run = paper.document.add_paragraph(style=PICTURE).add_run()
    shape = run.add_picture(io.BytesIO(picture), width=Emu(paper.width))
    if shape.height > TALLEST * paper.width:
        scale = TALLEST * paper.width / shape.height
        shape.width, shape.height = Emu(round(shape.width * scale)), Emu(round(shape.height * scale))
    for side in ("distT", "distB", "distL", "distR"):  # LibreOffice leaves a gap where they are not given
        shape._inline.set(side, "0")
    properties = shape._inline.docPr
    properties.set("title", paper.words(chart.title))
    properties.set("descr", paper.words(Text("{title} {note}", (("title", chart.title), ("note", chart.note)))))
