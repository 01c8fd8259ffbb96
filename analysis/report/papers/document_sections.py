"""What stands in a 专报, from its head to its annex, and on every page?"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph

from analysis.language import Text, _
from analysis.report.papers.blocks import Chart, Section, Story
from analysis.report.papers.document_parts import Paper, draw, fill, write
from analysis.report.papers.document_styles import ANNEX, BODY, HEAD, LETTER, NOTE, POINT, SECTION, TITLE, UNDER, WORD
from analysis.report.papers.house import House

NUMBERS = "一二三四五六七八九十"
LOGO_HEIGHT = Mm(14)
TOP_LETTERS = 60  # of a note above every page: one line


def draw_head(paper: Paper, story: Story, house: House) -> None:
    """What stands above the text: whose it is, number, office and date, a rule, title, time and level, notes?"""
    if house.logo:
        paper.document.add_paragraph(style=HEAD).add_run().add_picture(io.BytesIO(house.logo), height=LOGO_HEIGHT)
    if house.hospital:
        whose = paper.document.add_paragraph(style=HEAD)
        fill(whose, paper.words(house.hospital), paper.language, house.colour)
    write(paper, number_of(story), UNDER)
    letter = paper.document.add_paragraph(style=LETTER)
    letter.paragraph_format.tab_stops.add_tab_stop(Emu(paper.width), WD_TAB_ALIGNMENT.RIGHT)
    fill(letter, f"{paper.words(house.office)}\t{paper.words(day_of(story.as_of))}", paper.language)
    ruled(letter, house.colour)
    write(paper, story.title, TITLE)
    draw_level(paper, story)
    if notes := notes_of(paper, story):
        write(paper, notes, NOTE)


def draw_level(paper: Paper, story: Story) -> None:
    """As of when, and at which level? The level's colour stands beside its name."""
    line = paper.document.add_paragraph(style=UNDER)
    fill(line, paper.words(_("As of {time}", time=minute_of(story.as_of))) + " " * 4, paper.language)
    fill(line, "■ ", paper.language, story.colour)
    fill(line, paper.words(_("Level: {level}", level=story.level_name)), paper.language)


def draw_sections(paper: Paper, story: Story) -> None:
    """What stands below the head: every section under its heading, an annex in smaller letters?"""
    number = 0
    for section in story.sections:
        number += not section.annex
        write(paper, heading_of(section, number, paper.language), SECTION)
        draw_section(paper, section)


def draw_section(paper: Paper, section: Section) -> None:
    """What stands in a section, without its heading?"""
    draw(paper, section.blocks, *((ANNEX, ANNEX) if section.annex else (BODY, POINT)))


def draw_edges(paper: Paper, notes: Sequence[Text]) -> None:
    """What stands on every page: above, the first of the notes; below, its number?"""
    edges = paper.document.sections[0]
    top = " ".join(paper.words(note) for note in notes[:1])
    fill(edges.header.paragraphs[0], top[:TOP_LETTERS] + "…" * (len(top) > TOP_LETTERS), paper.language)
    number = edges.footer.paragraphs[0]
    number.add_run("— ")
    number._p.append(parse_xml(f'<w:fldSimple {WORD} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    number.add_run(" —")


def ruled(paragraph: Paragraph, colour: str) -> None:
    """How is a head set apart? By a rule below it. Borders stand before everything but keeps (ECMA-376)."""
    line = f'<w:bottom w:val="single" w:sz="18" w:space="4" w:color="{colour.lstrip("#")}"/>'
    rule = parse_xml(f"<w:pBdr {WORD}>{line}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def heading_of(section: Section, number: int, language: str) -> Text:
    """How does a section begin? 一、 or 1., an annex by 附."""
    if section.annex:
        return _("Annex: {heading}", heading=section.heading)
    sign = f"{NUMBERS[number - 1]}、" if language == "zh_CN" else f"{number}. "
    return Text("{sign}{heading}", (("sign", sign), ("heading", section.heading)))


def number_of(story: Story) -> Text:
    """Which number has it? A line to be filled in by hand where none was given."""
    return Text("{number}", (("number", story.number),)) if story.number else _("No. ________")


def day_of(time: pd.Timestamp) -> Text:
    """Of which day is it?"""
    return _("{year}-{month:02d}-{day:02d}", year=time.year, month=time.month, day=time.day)


def minute_of(time: pd.Timestamp) -> str:
    """Up to which minute does it tell?"""
    return f"{time:%Y-%m-%d %H:%M}"


def notes_of(paper: Paper, story: Story) -> str:
    """What must a reader know first: the story's notes, and why charts stand as tables where they do?"""
    charts = [block for section in story.sections for block in section.blocks if isinstance(block, Chart)]
    notes = story.notes
    if not all(chart.key in paper.pictures for chart in charts):
        told = _("Charts stand as tables here: no browser was found on this computer that could draw them.")
        notes = (*notes, told)
    return ("" if paper.language == "zh_CN" else " ").join(paper.words(note) for note in notes)
