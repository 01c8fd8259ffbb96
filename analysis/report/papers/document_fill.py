"""How is an own template filled: words in their places, sections where their placeholder stands?

Words pass through the template language as escaped values. Sections do not: a mark stands in for each while the
template is filled, and they are built where the marks are found. So no post can be taken for a placeholder.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu
from jinja2 import TemplateError
from lxml.etree import _Element

from analysis.language import Text, _
from analysis.report.papers.blocks import Story
from analysis.report.papers.document_base import blank, text_width, with_styles
from analysis.report.papers.document_parts import Paper, fill, write
from analysis.report.papers.document_sections import (
    day_of,
    draw_edges,
    draw_section,
    draw_sections,
    minute_of,
    notes_of,
    number_of,
    ruled,
)
from analysis.report.papers.document_styles import BODY, HEAD, LETTER, NOTE, TITLE, UNDER
from analysis.report.papers.document_template import ATTACHED, BLOCKS, INLINE, KNOWN, braced, environment, opened
from analysis.report.papers.house import House
from analysis.schema import InputError

MARK = "\ue000"  # of private use, and taken out of every word that is put in
MARKED = re.compile(f"{MARK}(.*?){MARK}")
MARKS = {name: f"{MARK}{name}{MARK}" for name in BLOCKS}
EMU_IN_TWIP, CELL_SIDES = 635, 200  # twips that a cell keeps free at its sides


def check_template(template: bytes) -> None:
    """Can this DOCX be used as a template? Raises InputError, with a remedy, where it cannot."""
    rendered(template, dict.fromkeys(INLINE, ""))


def filled(template: bytes, story: Story, house: House, language: str, pictures: Mapping[str, bytes]) -> Document:
    """Which document does an own template give? Styles that it has are used as they are, others come with it.

    Where it has no place for the notes, they stand above everything: nobody is left to think that synthetic data are
    real. Raises InputError as check_template does.
    """
    plain = Paper(blank(language), language, pictures, 0)
    document, names = rendered(template, inline(plain, story, house))
    with_styles(document, language)
    paper = replace(plain, document=document, width=text_width(document))
    places = marked(document)  # before any word of the story is in it: such a word could look like a mark
    notes = notes_of(paper, story)
    if notes and "notes" not in names:
        document.element.body.insert(0, write(paper, notes, NOTE)._p)
    for paragraph in places:
        place(paper, paragraph, story)
    return document


def inline(paper: Paper, story: Story, house: House) -> dict[str, str]:
    """Which words stand for the placeholders within a line?"""
    summary = next((scene.lead for scene in story.scenes if scene.key == "situation"), Text(""))
    texts: dict[str, Text | str] = {
        "title": story.title,
        "number": number_of(story),
        "date": day_of(story.as_of),
        "office": house.office,
        "hospital": house.hospital,
        "level": story.level_name,
        "as_of": minute_of(story.as_of),
        "summary": summary,
        "notes": notes_of(paper, story),
    }
    return {name: paper.words(text).replace(MARK, "") for name, text in texts.items()}


def rendered(template: bytes, words: Mapping[str, str]) -> tuple[Document, set[str]]:
    """Which document has these words in their places, and marks where sections come? And which placeholders has it?"""
    found = opened(template)
    try:
        found.render({**words, **MARKS}, environment(), autoescape=True)
    except (TemplateError, TypeError) as error:
        raise InputError(
            _("The template cannot be filled: {reason}. Use plain placeholders.", reason=str(error))
        ) from error
    if not found.found:
        raise InputError(
            _("The template holds no placeholder, in half-width braces. These are there: {known}.", known=braced(KNOWN))
        )
    for part in found.docx.part.package.iter_parts():
        if part is not found.docx.part and MARK.encode() in part.blob:
            known = braced(BLOCKS)
            raise InputError(_("{names} stand in the text, not in a header, footer or footnote. Move it.", names=known))
    out = io.BytesIO()
    found.save(out)
    document = docx.Document(out)
    forget_its_origin(document)
    return document, found.found


def forget_its_origin(document: Document) -> None:
    """A document does not ask for the file that its template was made from: that names a computer and its user."""
    settings = document.settings.element  # made where the template has none
    part = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    for relation in list(part.rels.values()):
        if relation.reltype == ATTACHED:
            part.rels.pop(relation.rId)
    for element in settings.findall(qn("w:attachedTemplate")):
        settings.remove(element)


def marked(document: Document) -> list[_Element]:
    """In which paragraphs do marks stand, in their order?"""
    texts = [text for text in document.element.body.iter(qn("w:t")) if MARK in (text.text or "")]
    return list(dict.fromkeys(next(text.iterancestors(qn("w:p"))) for text in texts))


def place(paper: Paper, paragraph: _Element, story: Story) -> None:
    """What stands where a paragraph holds marks? The sections follow its other words; without such, they replace it."""
    names: list[str] = []
    for text in paragraph.iter(qn("w:t")):
        names += MARKED.findall(text.text or "")
        text.text = MARKED.sub("", text.text or "")
    fitting = replace(paper, width=width_at(paragraph, paper.width))
    at = paragraph
    for name in names:
        for element in built(paper.document, partial(draw_block, fitting, name, story)):
            at.addnext(element)
            at = element
    cell = paragraph.getparent().tag == qn("w:tc") and at.tag != qn("w:p")
    words = "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()
    if not (words or cell or at is paragraph or paragraph.findall(f".//{qn('w:sectPr')}")):
        paragraph.getparent().remove(paragraph)


def draw_block(paper: Paper, name: str, story: Story) -> None:
    """What does a placeholder of its own paragraph stand for? A section that the story has not stands for nothing."""
    if name == "body":
        draw_sections(paper, story)
        return
    numbered = [section for section in story.sections if not section.annex]
    at = BLOCKS.index(name)
    chosen = [section for section in story.sections if section.annex] if name == "annex" else numbered[at : at + 1]
    for section in chosen:
        draw_section(paper, section)


def built(document: Document, draw: Callable[[], object]) -> list[_Element]:
    """Which elements does `draw` write at the end of a document?"""
    before = set(document.element.body)
    draw()
    return [element for element in document.element.body if element not in before]


def width_at(paragraph: _Element, width: int) -> int:
    """How wide is the text here, in EMU? In a cell, the cell less its sides, where it says how wide it is."""
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    size = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if cell is not None else None
    if size is None or size.get(qn("w:type")) != "dxa":
        return width
    return max(EMU_IN_TWIP, (int(size.get(qn("w:w"))) - CELL_SIDES) * EMU_IN_TWIP)


def example_template(language: str) -> bytes:
    """Which template can a user begin with? The usual form, with placeholders, and a line that tells how it is used."""
    document = blank(language)
    paper = Paper(document, language, {}, text_width(document))
    fill(document.add_paragraph(style=HEAD), "{{ hospital }}", language, House().colour)
    write(paper, "{{ number }}", UNDER)
    letter = document.add_paragraph("{{ office }}\t{{ date }}", LETTER)
    letter.paragraph_format.tab_stops.add_tab_stop(Emu(paper.width), WD_TAB_ALIGNMENT.RIGHT)
    ruled(letter, House().colour)
    write(paper, "{{ title }}", TITLE)
    write(paper, _("As of {time}", time="{{ as_of }}"), UNDER)
    write(paper, _("Level: {level}", level="{{ level }}"), UNDER)
    write(paper, "{{ notes }}", NOTE)
    told = _(
        "This line is not printed. Keep the placeholders that you need, change everything else; the report takes the "
        "styles of this document. Placeholders within a line: {inline}. In a paragraph of their own: {blocks}.",
        inline=INLINE,
        blocks=BLOCKS,
    )
    write(paper, Text("{{#p {told} #}}", (("told", told),)), LETTER)
    write(paper, "{{ body }}", BODY)
    draw_edges(paper, ())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
