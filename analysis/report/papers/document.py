"""How does a story become a 舆情专报: a Word document in the usual form, or in the hospital's own?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from docx.document import Document

from analysis.report.papers.blocks import Story
from analysis.report.papers.bundle import together
from analysis.report.papers.document_base import blank, text_width
from analysis.report.papers.document_fill import check_template, example_template, filled
from analysis.report.papers.document_parts import Paper
from analysis.report.papers.document_sections import draw_edges, draw_head, draw_sections
from analysis.report.papers.house import House

__all__ = ["check_template", "document", "example_template"]
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
LONGEST = 255  # letters of a property of the file


def document(
    story: Story,
    house: House,
    language: str,
    pictures: Mapping[str, bytes] = NO_PICTURES,
    template: bytes = b"",
) -> bytes:
    """Which DOCX tells this story in `language`?

    pictures: PNG by chart key; a chart without one stands as a table of its data, and the document says so. template:
    an own DOCX with placeholders (see document_template), b"" = the usual form. The same input gives the same bytes.
    Raises InputError where the template cannot be used.
    """
    told = (story, house, language, pictures)
    made = filled(template, *told) if template else usual(*told)
    describe(made, story, house, language)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as packed:
        return together({name: packed.read(name) for name in packed.namelist()}, story.as_of)


def usual(story: Story, house: House, language: str, pictures: Mapping[str, bytes]) -> Document:
    """Which document has the usual form: head, sections, annex, page numbers?"""
    made = blank(language)
    paper = Paper(made, language, pictures, text_width(made))
    draw_edges(paper, story.notes)
    draw_head(paper, story, house)
    draw_sections(paper, story)
    return made


def describe(made: Document, story: Story, house: House, language: str) -> None:
    """What does a list of files tell of it? Title, office and time; nothing of the computer it was made on."""
    paper, known = Paper(made, language, {}, 0), made.core_properties
    known.title = paper.words(story.title)[:LONGEST]
    known.author = known.last_modified_by = paper.words(house.office or house.hospital)[:LONGEST]
    known.created = known.modified = story.as_of.tz_convert("UTC").tz_localize(None).to_pydatetime()
    known.language = "zh-CN" if language == "zh_CN" else "en-GB"
    known.subject, known.comments, known.keywords = paper.words(story.span.label), "", ""
    known.revision = 1
