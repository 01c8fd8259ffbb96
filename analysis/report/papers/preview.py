"""How does a report read before it is sent? Its text as it will stand on paper, for the page that makes the files."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analysis.language import Text, _
from analysis.report.charts import LEVEL_MARKS
from analysis.report.papers.blocks import Block, Chart, Lines, Made, Quote, Quotes, Story, Table
from analysis.report.papers.facts import pieces, source_words
from analysis.report.papers.house import House
from analysis.report.papers.page import heading
from analysis.report.papers.page_blocks import Teller
from analysis.report.papers.stage import plain

FIGURE = "border-bottom:1px dotted currentColor;cursor:help"
TEXT = "line-height:1.75;overflow-wrap:anywhere;margin:0 0 .5em"
SMALL = "font-size:.875rem;opacity:.75"
RULE = "1px solid rgba(128,128,128,.35)"
CELL = f"border-bottom:{RULE};padding:4px 10px 4px 0;vertical-align:top;text-align:left;overflow-wrap:break-word"
BLANK = "＿＿＿＿"


def preview(story: Story, house: House, language: str) -> tuple[str | Chart, ...]:
    """How does a report read? HTML (everything in it escaped) and, where one stands, charts, from top to bottom.

    Each figure is underlined and tells on hovering what it was counted from.
    """
    parts: list[str | Chart] = [head(story, house, language)]
    for part in body(story, language):
        if isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(parts)


def head(story: Story, house: House, language: str) -> str:
    """What stands above the text: whose it is, title, number, time, level, and what a reader must know?"""
    whose = " · ".join(plain(name) for name in (house.hospital, house.office) if name)
    number = plain(story.number) or (BLANK if language == "zh_CN" else "________")
    level = Text("{mark} {name}", (("mark", LEVEL_MARKS[story.level]), ("name", story.level_name)))
    facts = [
        _("No. {number}", number=number).to(language),
        _("As of {time}", time=f"{story.as_of:%Y-%m-%d %H:%M}").to(language),
    ]
    notes = "".join(f"<div>{plain(note.to(language))}</div>" for note in story.notes)
    return (
        f'<div data-testid="paper-head" style="border-bottom:3px solid {escape(house.colour)};padding-bottom:.6em;'
        f'margin-bottom:.8em;overflow-wrap:anywhere"><div style="opacity:.75">{whose}</div>'
        f'<div style="font-size:1.5rem;font-weight:700;line-height:1.35">{plain(story.title.to(language))}</div>'
        f'<div style="opacity:.75">{" · ".join(facts)}</div>'
        f'<div style="border-left:8px solid {escape(story.colour)};padding-left:.6em;margin:.5em 0;font-weight:600">'
        f'{plain(level.to(language))}</div><div style="{SMALL}">{notes}</div></div>'
    )


def body(story: Story, language: str) -> Iterator[str | Chart]:
    """What stands in the sections, in their order?"""
    for at, section in enumerate(story.sections):
        style = "font-size:1.2rem;font-weight:700;margin:1em 0 .4em"
        title = heading(section, at, Teller(language, {}))
        yield f'<div role="heading" aria-level="3" style="{style}">{title}</div>'
        for block in section.blocks:
            yield from shown(block, language)


def shown(block: Block, language: str) -> Iterator[str | Chart]:
    """How does one block read?"""
    match block:
        case Lines():
            yield lines(block, language)
        case Chart():
            yield titled(block.title, language)
            yield block
            yield f'<div style="{SMALL};margin-bottom:.8em">{sentence(block.note, language)}</div>'
        case Table():
            yield table(block, language)
        case Quotes():
            yield titled(block.title, language)
            yield "".join(quote(said, language) for said in block.quotes)


def titled(title: Text, language: str) -> str:
    """How is it said what a chart, a table or quotations are about?"""
    return f'<div style="font-weight:600;margin:.6em 0 .2em">{sentence(title, language)}</div>'


def lines(block: Lines, language: str) -> str:
    """How do sentences read, as a paragraph or as points of a list?"""
    told = [sentence(text, language) for text in block.texts]
    if block.points:
        items = "".join(f'<li style="margin:0 0 .2em">{line}</li>' for line in told)
        return f'<ul style="{TEXT};padding-left:1.3em">{items}</ul>'
    return f'<p style="{TEXT}">{("" if language == "zh_CN" else " ").join(told)}</p>'


def table(block: Table, language: str) -> str:
    """How does a table read? Its cells wrap: nothing of it is cut off."""
    head_cells = "".join(
        f'<th style="{CELL};width:{width:.0%};font-weight:600">{sentence(header, language)}</th>'
        for header, width in zip(block.headers, block.widths, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f'<td style="{CELL}">{sentence(cell, language)}</td>' for cell in row) + "</tr>"
        for row in block.rows
    )
    style = "width:100%;min-width:28rem;border-collapse:collapse;font-size:.9rem;margin-bottom:.9em"
    return (
        f'{titled(block.title, language)}<div style="overflow-x:auto"><table style="{style}">'
        f"<thead><tr>{head_cells}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def quote(said: Quote, language: str) -> str:
    """How do the words of a post read, with where they come from?"""
    return (
        f'<blockquote style="border-left:3px solid rgba(128,128,128,.5);margin:0 0 .6em;padding:.1em 0 .1em .8em;'
        f'overflow-wrap:anywhere"><div style="unicode-bidi:isolate">{plain(said.text)}</div>'
        f'<div style="{SMALL}">{sentence(said.by, language)}</div></blockquote>'
    )


def sentence(text: Text, language: str) -> str:
    """How does a sentence read, with its figures marked? Words that were quoted are no figures."""
    return "".join(
        plain(run)
        if fact is None or fact.made == Made.QUOTED
        else f'<span title="{plain(source_words(fact).to(language))}" style="{FIGURE}">{plain(run)}</span>'
        for run, fact in pieces(text, language)
    )


def house_sample(house: House) -> str:
    """Which HTML shows whose papers these are: name, office and both colours?"""
    style = f"border-bottom:4px solid {escape(house.colour)};overflow-wrap:anywhere"
    return (
        f'<div data-testid="house-sample" style="{style}"><div style="font-weight:700">{plain(house.hospital)}</div>'
        f'<div style="opacity:.75">{plain(house.office)}</div>'
        f'<div style="height:4px;width:30%;background:{escape(house.accent)}"></div></div>'
    )
