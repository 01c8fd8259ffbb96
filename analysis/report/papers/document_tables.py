"""How does a table stand in a document: native, ruled, its header on every page, no row over two pages?"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from analysis.report.papers.document_styles import CELL, CELL_HEAD, NOTE, WORD

EMU_IN_TWIP = 635
SHORT = 8  # letters: a column of such cells stands centred, as in 公文
RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A949E"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F5"/>'


def draw_table(
    document: Document,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    width: int,
    hint: str = "",
) -> Paragraph:
    """Where does a table stand? At the end, before a small free line: two tables that touch would become one.

    That line is given back: a note can stand in it.

    rows: cells as they read, the headers first; shares: of the width (EMU) by column; hint: "eastAsia" where marks
    that both scripts have are Chinese ones.
    """
    twips = [round(share * width / EMU_IN_TWIP) for share in shares]
    ids = {style.name: style.style_id for style in document.styles if style.name in (CELL, CELL_HEAD)}
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in twips)
    sides = ["center" if at and all(len(row[at]) <= SHORT for row in rows[1:]) else "left" for at in range(len(shares))]
    head = row_xml(rows[0], twips, ["center"] * len(shares), ids[CELL_HEAD], hint, head=True)
    below = "".join(row_xml(row, twips, sides, ids[CELL], hint) for row in rows[1:])
    form = (
        f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{RULES}</w:tblBorders>'
    )
    after = document.add_paragraph(style=NOTE)
    table = (
        f'<w:tbl {WORD}>{form}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{below}</w:tbl>'
    )
    after._p.addprevious(parse_xml(table))
    return after


def row_xml(
    cells: Sequence[str], twips: Sequence[int], sides: Sequence[str], style: str, hint: str, head: bool = False
) -> str:
    """How is a row written? It never breaks over two pages; a header comes again on each."""
    again = "<w:tblHeader/>" if head else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{SHADE if head else ""}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{side}"/></w:pPr>{run_xml(cell, hint)}</w:p></w:tc>'
        for cell, size, side in zip(cells, twips, sides, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{written}</w:tr>"


def run_xml(text: str, hint: str) -> str:
    """How is a text written?"""
    form = f'<w:rPr><w:rFonts w:hint="{hint}"/></w:rPr>' if hint else ""
    return f'<w:r>{form}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
