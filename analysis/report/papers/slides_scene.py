"""Where does everything stand on a slide: of the title, and of one scene?"""

from __future__ import annotations

import copy
import io

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.slide import Slide

from analysis.language import _
from analysis.report.colours import LEVEL_MARKS
from analysis.report.papers.blocks import Chart, Lines, Quotes, Scene, Story, Table
from analysis.report.papers.house import House
from analysis.report.papers.slides_chart import put_chart
from analysis.report.papers.slides_fit import POINTS, Para, shortened, width_of
from analysis.report.papers.slides_master import (
    BODY,
    COVER,
    COVER_TEXT,
    FOOT,
    HEIGHT,
    MARGIN,
    PAGE,
    ROOM,
    TITLE,
    picture_part,
    size_in,
)
from analysis.report.papers.slides_side import ALONE, GAP, SMALL, needed, put_side
from analysis.report.papers.slides_table import put_table
from analysis.report.papers.slides_text import (
    DRAWING,
    INK,
    MUTED,
    Box,
    fill,
    ground,
    ink_on,
    put,
    run_form,
    words,
    write,
)

LEAD = Box(MARGIN + 0.22, 1.12, ROOM - 0.22, 0.96)
LEAD_EDGE = Box(MARGIN, 1.17, 0.07, 0.84)
BESIDE = 0.62  # of the width, for a chart that has words beside it
UNDER = 0.4  # of the height at most, for words under a table
COVER_BAR, COVER_EDGE = Box(0.0, 0.0, 0.42, HEIGHT), Box(0.42, 0.0, 0.07, HEIGHT)
COVER_HOUSE, COVER_LOGO = Box(1.0, 0.55, 8.3, 0.9), Box(10.3, 0.5, 2.0, 1.0)
COVER_NOTES, BADGE = Box(1.0, 6.35, 11.3, 0.7), Box(1.0, 3.7, 4.0, 0.58)
BADGE_SIZE = 20.0
NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"


def put_scene(slide: Slide, scene: Scene, house: House, language: str) -> bool:
    """What stands on the slide of a scene? Title, lead, and the blocks: words beside a chart, or under a table; says
    whether anything had to be cut."""
    title = words(scene.title, language)
    cut = fill(title_element(slide), (Para(title, 28, 18, house.colour, bold=True),), TITLE, language).cut
    ground(slide, MSO_SHAPE.RECTANGLE, LEAD_EDGE, house.accent, "Lead edge")
    cut |= put(slide, (Para(words(scene.lead, language), 24, 15, INK, bold=True),), LEAD, language, "Lead", "ctr")
    main = [block for block in scene.blocks if isinstance(block, Chart | Table)]
    side = [block for block in scene.blocks if isinstance(block, Lines | Quotes)]
    if not main:
        return put_side(slide, side, BODY, house, language, ALONE) or cut if side else cut
    room, beside = rooms(main, side, language)
    if side:
        largest = SMALL if any(isinstance(block, Table) for block in main) else 1.0
        cut |= put_side(slide, side, beside, house, language, largest)
    each = (room.height - GAP * (len(main) - 1)) / len(main)
    for at, block in enumerate(main):
        box = Box(room.left, room.top + at * (each + GAP), room.width, each)
        if isinstance(block, Chart):
            cut |= put_chart(slide, block, box, language, captioned=words(block.title, language) != title)
        else:
            cut |= put_table(slide, block, box, house, language)
    return cut


def rooms(main: list[Chart | Table], side: list[Lines | Quotes], language: str) -> tuple[Box, Box]:
    """Which part of a slide have charts and tables, and which has words? Tables need the whole width."""
    if not side:
        return BODY, BODY
    if any(isinstance(block, Table) for block in main):
        height = min(UNDER * BODY.height, needed(side, BODY.width, language, SMALL))
        table = Box(BODY.left, BODY.top, BODY.width, BODY.height - height - GAP)
        return table, Box(BODY.left, table.bottom + GAP, BODY.width, height)
    wide = BODY.width * BESIDE
    left = BODY.left + wide + 2 * GAP
    return Box(BODY.left, BODY.top, wide, BODY.height), Box(left, BODY.top, BODY.width - wide - 2 * GAP, BODY.height)


def put_cover(slide: Slide, story: Story, house: House, language: str) -> None:
    """What stands on the title slide? The hospital, the title, the level with its mark, the time, number and office."""
    ground(slide, MSO_SHAPE.RECTANGLE, COVER_BAR, house.colour, "Bar")
    ground(slide, MSO_SHAPE.RECTANGLE, COVER_EDGE, house.accent, "Edge")
    if hospital := words(house.hospital, language):
        put(slide, (Para(hospital, 22, 14, house.colour, bold=True),), COVER_HOUSE, language, "Hospital", "ctr")
    if house.logo:
        part, _key = picture_part(slide.slide_layout.slide_master, house.logo)
        width, height = size_in(part, COVER_LOGO)
        box = Box(COVER_LOGO.left + COVER_LOGO.width - width, COVER_LOGO.top, width, height)
        _picture(slide, house.logo, box)
    text = slide.placeholders[1]
    fill(title_element(slide), (Para(words(story.title, language), 40, 22, INK, bold=True),), COVER, language, "b")
    _badge(slide, story, language)
    lines = [as_of_words(story, language), _hours(story, language), words(story.number, language)]
    lines += [words(house.office, language)]
    paras = [Para(line, 18, 12, INK if at == 0 else MUTED, gap=4.0) for at, line in enumerate(filter(None, lines))]
    fill(text._element, paras, COVER_TEXT, language, "t")
    if notes := [Para(words(note, language), 13, 10, MUTED) for note in story.notes]:
        put(slide, notes, COVER_NOTES, language, "Notes", "b")


def title_element(slide: Slide) -> BaseOxmlElement:
    """Which element of a slide is its title?"""
    place = slide.shapes.title
    assert place is not None, "both layouts have one"
    return place._element


def put_foot(slide: Slide, story: Story, page: int, language: str) -> None:
    """What stands at the foot? The time that was looked at, what a reader must know, and the page."""
    notes = (words(note, language) for note in story.notes[:1])  # all stand on the first slide
    text = " · ".join(filter(None, [as_of_words(story, language), *notes]))
    for placed in slide.slide_layout.element.iter(qn("p:sp")):
        kind = placed.find(f".//{qn('p:ph')}").get("type")
        if kind not in ("ftr", "sldNum"):
            continue
        element = copy.deepcopy(placed)
        element.find(f".//{qn('p:cNvPr')}").set("id", str(1 + max(shape.shape_id for shape in slide.shapes)))
        slide.shapes._spTree.append(element)
        if kind == "ftr":
            room = FOOT.width * POINTS / 11
            fill(element, (Para(shortened(text, room, 1), 11, 11, MUTED),), FOOT, language)
        else:
            fill(element, (Para("", 11, 11, MUTED, right=True),), PAGE, language)
            field = f'<a:fld {DRAWING} id="{NUMBER_FIELD}" type="slidenum">'
            field += f"{run_form('a:rPr', language, 11, MUTED)}<a:t>{page}</a:t></a:fld>"
            element.find(f".//{qn('a:endParaRPr')}").addprevious(parse_xml(field))


def as_of_words(story: Story, language: str) -> str:
    """As of which time is all of this?"""
    return _("As of {time}", time=f"{story.as_of:%Y-%m-%d %H:%M}").to(language)


def _hours(story: Story, language: str) -> str:
    last = story.until + pd.Timedelta(minutes=59)  # the hours at both ends are included
    return _("Posts of {since} to {until}", since=f"{story.since:%m-%d %H:%M}", until=f"{last:%m-%d %H:%M}").to(
        language
    )


def _badge(slide: Slide, story: Story, language: str) -> None:
    """The level on its colour, with the mark that tells it without colour."""
    text = shortened(f"{LEVEL_MARKS[story.level]} {words(story.level_name, language)}", 28.0, 1, bold=True)
    width = width_of(text, bold=True) * BADGE_SIZE / POINTS + 0.6
    box = Box(BADGE.left, BADGE.top, width, BADGE.height)
    shape = ground(slide, MSO_SHAPE.ROUNDED_RECTANGLE, box, story.colour, "Level")
    para = Para(text, BADGE_SIZE, BADGE_SIZE, ink_on(story.colour), bold=True)
    write(shape.text_frame._txBody, (para,), language, "ctr")
    shape._element.find(f".//{qn('a:pPr')}").set("algn", "ctr")


def _picture(slide: Slide, logo: bytes, box: Box) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(logo), *box.emu())
    shape.name = "Logo"
