"""How does a story become slides: a title, a slide a scene, native charts and tables, sources in the notes?

With the other slides_*.py the only door to python-pptx.
"""

from __future__ import annotations

import io
from typing import cast

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from analysis.report.papers.blocks import Story
from analysis.report.papers.facts import told_facts
from analysis.report.papers.house import House
from analysis.report.papers.slides_base import empty_deck, themed
from analysis.report.papers.slides_fit import Para
from analysis.report.papers.slides_notes import notes_of
from analysis.report.papers.slides_scene import as_of_words, put_cover, put_foot, put_scene
from analysis.report.papers.slides_text import INK, TAGS, words, write

NOTES_SIZE = 12.0


def slides(story: Story, house: House, language: str) -> bytes:
    """Which PPTX tells the story's scenes, in their order, after a title slide? 16:9; charts and tables are native and
    can be edited; typefaces are set for Chinese too; notes hold the sentences and the source of each figure.

    Raises InputError where the hospital's logo is no picture.
    """
    deck = empty_deck(house, language)
    describe(deck, story, house, language)
    cover, only_title = (deck.slide_layouts[at] for at in (0, 1))
    first = deck.slides.add_slide(cover)
    put_cover(first, story, house, language)
    put_notes(first, [as_of_words(story, language), *(words(note, language) for note in story.notes)], language)
    numbers = {told.fact: told.number for told in told_facts(story)}
    for at, scene in enumerate(story.scenes, start=2):
        slide = deck.slides.add_slide(only_title)
        cut = put_scene(slide, scene, house, language)
        put_foot(slide, story, at, language)
        put_notes(slide, notes_of(scene, numbers, cut, language), language)
    dress_notes(deck, house)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def describe(deck: Deck, story: Story, house: House, language: str) -> None:
    """What do the file's properties say? Nothing of the machine or the person; times are those of the look."""
    properties, maker = deck.core_properties, words(house.office or house.hospital, language)[:255]
    properties.title, properties.subject = words(story.title, language)[:255], story.span.label.to(language)
    properties.author = properties.last_modified_by = maker
    properties.language, properties.comments, properties.keywords = TAGS[language][0], "", ""
    moment = story.as_of.tz_convert("UTC").tz_localize(None) if story.as_of.tzinfo else story.as_of
    properties.created = properties.modified = moment.floor("s").to_pydatetime()


def put_notes(slide: Slide, lines: list[str], language: str) -> None:
    """Writes the speaker's notes of a slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        paras = [Para(line, NOTES_SIZE, NOTES_SIZE, INK, gap=3.0) for line in lines]
        write(frame._txBody, paras, language)


def dress_notes(deck: Deck, house: House) -> None:
    """Gives pages of notes the same typefaces, and tells the presentation of their master, which python-pptx omits."""
    master = deck.notes_master
    themed(cast(XmlPart, master.part.part_related_by(RT.THEME))._element, house)
    key = next(rel.rId for rel in deck.part.rels.values() if rel.reltype == RT.NOTES_MASTER)
    masters = deck.element.find(qn("p:sldMasterIdLst"))
    masters.addnext(
        parse_xml(
            '<p:notesMasterIdLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
        )
    )
