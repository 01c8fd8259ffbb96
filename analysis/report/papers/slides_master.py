"""What stands on every slide: title and foot in their places, the hospital's bar, name and logo?"""

from __future__ import annotations

import io
from typing import cast

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.parts.image import ImagePart
from pptx.parts.slide import BaseSlidePart
from pptx.slide import SlideLayout, SlideMaster

from analysis.language import _
from analysis.report.papers.house import House
from analysis.report.papers.slides_fit import Para, fitted
from analysis.report.papers.slides_text import DRAWING, MUTED, RULE, Box, paragraph, words
from analysis.schema import InputError

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
ROOM = WIDTH - 2 * MARGIN
BAND, FOOT_RULE = Box(0.0, 0.0, WIDTH, 0.16), Box(MARGIN, 6.92, ROOM, 0.01)
TITLE, LOGO = Box(MARGIN, 0.36, 8.6, 0.68), Box(WIDTH - MARGIN - 1.3, 0.36, 1.3, 0.62)
BODY = Box(MARGIN, 2.3, ROOM, 4.5)
FOOT, PAGE = Box(MARGIN, 6.98, 10.4, 0.32), Box(WIDTH - MARGIN - 1.2, 6.98, 1.2, 0.32)
COVER, COVER_TEXT = Box(1.0, 1.9, 11.3, 1.6), Box(1.0, 4.5, 11.3, 1.5)
PLACES = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.BODY: BODY,
    PP_PLACEHOLDER.FOOTER: FOOT,
    PP_PLACEHOLDER.SLIDE_NUMBER: PAGE,
}
SLIDE = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
FIRST = 100  # number of the first shape that is drawn on the master


def place_master(master: SlideMaster) -> None:
    """Titles stand left in the hospital's colour; no date, for the foot tells the time that is looked at."""
    for shape in list(master.placeholders):
        place = PLACES.get(shape.placeholder_format.type)
        if place is None:
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = place.emu()
        if place is FOOT:
            shape._element.find(f".//{qn('a:lvl1pPr')}").set("algn", "l")
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    form = style.find(qn("a:defRPr"))
    form.set("sz", "2800")
    form.set("b", "1")
    form.find(qn("a:solidFill"))[0].set("val", "accent1")
    for level in master.element.find(f".//{qn('p:bodyStyle')}"):
        level.find(qn("a:defRPr")).set("sz", "2000")


def place_cover(layout: SlideLayout) -> None:
    """The title slide has no bar and no name of the master: it has its own."""
    layout.element.set("showMasterSp", "0")
    for shape, box in zip(layout.placeholders, (COVER, COVER_TEXT), strict=False):
        shape.left, shape.top, shape.width, shape.height = box.emu()
    for level in layout.element.iter(*(qn(f"a:lvl{depth}pPr") for depth in range(1, 10))):
        level.set("algn", "l")


def without_date(layout: SlideLayout) -> None:
    """Takes the date's place out of a layout: its master has none."""
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)


def draw_house(master: SlideMaster, house: House, language: str) -> None:
    """The bar in the hospital's colour, the rule above the foot, its logo, and its name left of that."""
    drawn = [bar(BAND, house.colour, FIRST, "Bar"), bar(FOOT_RULE, RULE, FIRST + 1, "Rule")]
    right, name = WIDTH - MARGIN, words(house.hospital, language)
    if house.logo:
        part, key = picture_part(master, house.logo)
        width, height = size_in(part, LOGO)
        box = Box(right - width, LOGO.top + (LOGO.height - height) / 2, width, height)
        drawn.append(picture(box, key, FIRST + 2))
        right -= width + 0.15
    if name:
        left = TITLE.left + TITLE.width + 0.1
        drawn.append(named(Box(left, LOGO.top, right - left, LOGO.height), name, language, FIRST + 3))
    # Before the placeholders, so that they lie behind whatever is written.
    for at, shape in enumerate(drawn, start=2):  # 0 and 1 are the properties of the tree itself
        master.shapes._spTree.insert(at, shape)


def picture_part(master: SlideMaster, logo: bytes) -> tuple[ImagePart, str]:
    """Which part of the file holds the logo, under which key? Raises InputError where it is no picture."""
    try:
        part, key = cast(BaseSlidePart, master.part).get_or_add_image_part(io.BytesIO(logo))
        if min(part.image.size) < 1:
            raise ValueError("no pixels")
    except (ValueError, KeyError, OSError) as error:
        raise InputError(
            _("The logo cannot be read as a picture. Choose a PNG or JPEG file in the hospital's settings.")
        ) from error
    return part, key


def size_in(part: ImagePart, box: Box) -> tuple[float, float]:
    """How large is the picture in the box, in inches? As large as fits, its sides in proportion."""
    width, height = part.image.size
    scale = min(box.width / width, box.height / height)
    return width * scale, height * scale


def bar(box: Box, colour: str, number: int, name: str) -> BaseOxmlElement:
    """Which shape is a filled bar without outline?"""
    fill = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    return parse_xml(
        f"<p:sp {SLIDE} {DRAWING}>{_named('p:nvSpPr', number, name, '<p:cNvSpPr/>')}"
        f"<p:spPr>{_place(box)}{fill}</p:spPr></p:sp>"
    )


def picture(box: Box, key: str, number: int) -> BaseOxmlElement:
    """Which shape shows the picture of this relationship?"""
    locked = '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
    return parse_xml(
        f"<p:pic {SLIDE} {DRAWING} {LINKS}>{_named('p:nvPicPr', number, 'Logo', locked)}"
        f'<p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f"<p:spPr>{_place(box)}</p:spPr></p:pic>"
    )


def named(box: Box, name: str, language: str, number: int) -> BaseOxmlElement:
    """Which shape says the hospital's name, at the right end of its box?"""
    paras = fitted((Para(name, 13, 9, MUTED, right=True),), box.width, box.height).paras
    text = "".join(paragraph(para, language) for para in paras)
    body = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="ctr"/><a:lstStyle/>'
    kind = '<p:cNvSpPr txBox="1"/>'
    return parse_xml(
        f"<p:sp {SLIDE} {DRAWING}>{_named('p:nvSpPr', number, 'Hospital', kind)}"
        f"<p:spPr>{_place(box)}<a:noFill/></p:spPr><p:txBody>{body}{text}</p:txBody></p:sp>"
    )


def _named(tag: str, number: int, name: str, kind: str) -> str:
    return f'<{tag}><p:cNvPr id="{number}" name="{name}"/>{kind}<p:nvPr userDrawn="1"/></{tag}>'


def _place(box: Box) -> str:
    left, top, width, height = (int(value) for value in box.emu())
    where = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    return f'{where}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
