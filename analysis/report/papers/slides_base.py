"""What does an empty deck of the hospital look like: 16:9, its typefaces and colours in the theme, two layouts?

What is set here and on the master holds for slides that the user adds, too.
"""

from __future__ import annotations

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from analysis.report.papers.house import House
from analysis.report.papers.slides_master import HEIGHT, WIDTH, draw_house, place_cover, place_master, without_date
from analysis.report.papers.slides_text import CHINESE, DRAWING, LATIN

TITLE_SLIDE, TITLE_ONLY, BLANK = 0, 5, 6  # of python-pptx's own template
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<TotalTime>0</TotalTime><Application>Microsoft Office PowerPoint</Application>"
    "<PresentationFormat>Widescreen</PresentationFormat><AppVersion>16.0000</AppVersion></Properties>"
)


def empty_deck(house: House, language: str) -> Deck:
    """Which deck has no slides yet, but everything that the hospital's slides share? Layouts: title, title only, blank.

    Raises InputError where the logo is no picture that slides can hold.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)
    _forget_its_maker(deck)
    layouts = list(deck.slide_layouts)
    for at, layout in enumerate(layouts):
        if at not in (TITLE_SLIDE, TITLE_ONLY, BLANK):
            deck.slide_layouts.remove(layout)
        else:
            without_date(layout)
    master = deck.slide_master
    theme = master.part.part_related_by(RT.THEME)
    theme.blob = serialize_part_xml(themed(parse_xml(theme.blob), house))
    place_master(master)
    place_cover(layouts[TITLE_SLIDE])
    draw_house(master, house, language)
    return deck


def themed(theme: BaseOxmlElement, house: House) -> BaseOxmlElement:
    """Which theme has the hospital's colours and typefaces, also for what the user types later?"""
    colours = {"accent1": house.colour, "accent2": house.accent, "dk2": house.colour}
    for key, colour in colours.items():
        place = theme.find(f".//{qn('a:' + key)}")
        place[:] = [parse_xml(f'<a:srgbClr {DRAWING} val="{colour.lstrip("#")}"/>')]
    for kind in ("a:majorFont", "a:minorFont"):
        fonts = theme.find(f".//{qn(kind)}")
        for tag, face in (("a:latin", LATIN), ("a:ea", CHINESE), ("a:cs", LATIN)):
            fonts.find(qn(tag)).set("typeface", face)
        for font in fonts.findall(qn("a:font")):
            if font.get("script") == "Hans":
                font.set("typeface", CHINESE)
    return theme


def _forget_its_maker(deck: Deck) -> None:
    """The template's printer, thumbnail and maker are none of ours."""
    for rel in list(deck.part.rels.values()):
        if rel.reltype == RT.PRINTER_SETTINGS:
            deck.part.rels.pop(rel.rId)
    package = deck.part.package
    for rel in list(package._rels.values()):
        if rel.reltype == RT.THUMBNAIL:
            package.drop_rel(rel.rId)
        elif rel.reltype == RT.EXTENDED_PROPERTIES:
            rel.target_part.blob = PROPERTIES.encode()
