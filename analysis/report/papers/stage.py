"""How does a scene look on the wall? HTML for a board of 1920 × 1080, which is shown as large as the screen allows.

Whatever came from posts and files is escaped. Colours of type and ground are the reader's theme: nothing here sets
them, but for the level, which tells itself by mark and name as well.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import partial
from html import escape

from analysis.language import Text, _
from analysis.report.charts import LEVEL_MARKS
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Quote, Quotes, Scene, Story, Table
from analysis.report.papers.facts import pieces, source_words
from analysis.report.papers.house import House
from analysis.report.papers.safe import clean
from analysis.report.papers.stage_fit import (
    BETWEEN,
    LEAD,
    LEAD_LINES,
    LEAD_LONG,
    LEFT,
    SHORT,
    WIDTH,
    Box,
    Fit,
    fit,
    lead_lines,
    places,
    wide,
    words_of,
)

COLOUR = re.compile("#[0-9A-Fa-f]{6}")
WAY_OUT = _("Press Esc to go back to the desk.")


def scene_html(scene: Scene, story: Story, house: House, language: str) -> str:
    """How does a scene read: title, level, what it says, and its words; all but its chart?"""
    box, _chart = places(scene, language)
    words = "" if box is None else words_html(words_of(scene), box, language)
    title = plain(scene.title.to(language))
    return (
        f'<section class="wall-scene" data-testid="scene" aria-live="polite" aria-label="{title}" '
        f'lang="{tag(language)}">'
        f'<div class="wall-bar" style="background:{colour(house.colour)}"></div>'
        f'<div class="wall-head"><div class="wall-title" role="heading" aria-level="1">{title}</div>'
        f"{level_html(story, language)}</div>{lead_html(scene.lead, language)}{words}</section>"
    )


def level_html(story: Story, language: str) -> str:
    """Which level is in force? By colour, mark and name."""
    ground = colour(story.colour)
    return (
        f'<div class="wall-level" data-testid="wall-level" style="background:{ground};color:{ink_on(ground)}">'
        f'<span aria-hidden="true">{LEVEL_MARKS[story.level]}</span> {plain(story.level_name.to(language))}</div>'
    )


def lead_html(lead: Text, language: str) -> str:
    """What does a scene say? On two lines; a long one is set smaller, a longer one cut."""
    size = LEAD if lead_lines(lead, language) <= LEAD_LINES else LEAD_LONG
    inside = cut_to(LEAD_LINES, said(lead, language))
    return f'<div class="wall-lead" data-testid="wall-lead" style="font-size:{size}px">{inside}</div>'


def words_html(blocks: tuple[Block, ...], box: Box, language: str) -> str:
    """How do the words beside a chart, or alone, fill their place?"""
    found = fit(blocks, box, language)
    inside = "".join(
        f'<div style="margin-top:{BETWEEN if at else 0}em">{block_html(block, found, language)}</div>'
        for at, block in enumerate(blocks)
    )
    return (
        f'<div class="wall-words" style="left:{box.left}px;top:{box.top}px;width:{box.width}px;height:{box.height}px;'
        f'font-size:{found.size}px">{inside}</div>'
    )


def block_html(block: Block, found: Fit, language: str) -> str:
    """How does one block read?"""
    if isinstance(block, Table):
        return table_html(block, found, language)
    if isinstance(block, Quotes):
        quotes = "".join(quote_html(quote, found, language) for quote in block.quotes)
        return f'<div class="wall-bold">{cut_to(1, said(block.title, language))}</div>{quotes}'
    if isinstance(block, Lines):
        return "".join(
            f'<div{" class=wall-point" if block.points else ""} style="margin-top:{BETWEEN if at else 0}em">'
            f"{cut_to(found.cut, said(text, language))}</div>"
            for at, text in enumerate(block.texts)
        )
    return ""


def quote_html(quote: Quote, found: Fit, language: str) -> str:
    """How does a quotation read, with who said it?"""
    words = f"“{plain(quote.text)}”"
    by = f'<div class="wall-by">{cut_to(found.cut, said(quote.by, language))}</div>'
    return f'<div class="wall-quote" style="margin-top:{BETWEEN}em">{cut_to(found.cut, words)}{by}</div>'


def table_html(table: Table, found: Fit, language: str) -> str:
    """How does a table read? A last row tells how many are left out."""
    write = partial(row_html, found=found, language=language)
    columns = "".join(f'<col style="width:{share:.1%}">' for share in table.widths)
    body = "".join(write(cells, "td") for cells in table.rows[: found.rows])
    left = len(table.rows) - found.rows
    more = _("and {n:,} more", n=left).to(language)
    if left > 0:
        body += f'<tr><td colspan="{len(table.widths)}">{escape(more)}</td></tr>'
    return (
        f'<table class="wall-table" aria-label="{plain(table.title.to(language))}"><colgroup>{columns}</colgroup>'
        f"<thead>{write(table.headers, 'th')}</thead><tbody>{body}</tbody></table>"
    )


def row_html(cells: tuple[Text, ...], kind: str, found: Fit, language: str) -> str:
    """How does one row read?"""
    inside = "".join(
        f"<{kind}{' class=wall-short' if wide(cell.to(language)) <= SHORT else ''}>"
        f"{cut_to(found.cut, said(cell, language))}</{kind}>"
        for cell in cells
    )
    return f"<tr>{inside}</tr>"


def cut_to(lines: int, inside: str) -> str:
    """How is something cut to so many lines? Its end then reads "…". inside: HTML that is escaped already."""
    return f'<div class="wall-cut" style="-webkit-line-clamp:{lines}">{inside}</div>'


def foot_html(story: Story, house: House, language: str, at: int, of: int, draft: bool = False) -> str:
    """What stands below every scene: whose it is, as of when, which scene of how many, and what a reader must know?

    draft: it is told under settings that are not in force.
    """
    kind = "png" if house.logo.startswith(b"\x89PNG") else "jpeg"
    logo = f'<img alt="" src="data:image/{kind};base64,{b64encode(house.logo).decode()}">' if house.logo else ""
    as_of = _("As of {time}", time=f"{story.as_of:%Y-%m-%d %H:%M}").to(language)
    where = _("Scene {at} of {of}", at=at, of=of).to(language)
    told = [
        plain(house.hospital),
        escape(as_of),
        escape(where),
        *(plain(note.to(language)) for note in story.notes[:1]),
    ]
    warned = _("What if: not in force").to(language)
    mark = f'<span class="wall-draft">{escape(warned)}</span>' if draft else ""
    rest = "".join(f"<span>{one}</span>" for one in told if one)
    return f'<div class="wall-foot" data-testid="wall-foot">{logo}{mark}{rest}</div>'


def message_html(text: Text, language: str) -> str:
    """What stands on the wall where there is nothing to show? What is wrong, in big letters, and what to do."""
    box = f"left:{LEFT}px;top:300px;width:{WIDTH}px;height:600px"
    return (
        f'<section class="wall-scene" data-testid="scene" role="alert" lang="{tag(language)}">'
        f'<div style="{box}"><div class="wall-title" style="white-space:normal">{cut_to(5, plain(text.to(language)))}'
        f'</div><div style="font-size:36px;margin-top:1em">{plain(WAY_OUT.to(language))}</div></div></section>'
    )


def said(text: Text, language: str) -> str:
    """How does a sentence read? Its figures tell on hovering what they were counted from."""
    return "".join(
        plain(run) if fact is None or fact.made == Made.QUOTED else figure_html(run, fact, language)
        for run, fact in pieces(text, language)
    )


def figure_html(run: str, fact: Fact, language: str) -> str:
    """How does one figure read?"""
    return f'<span title="{plain(source_words(fact).to(language))}">{plain(run)}</span>'


def plain(text: str) -> str:
    """How is foreign text written in HTML, also between quotation marks?"""
    return escape(clean(text))


def tag(language: str) -> str:
    """Which language do browsers and screen readers take it for?"""
    return "zh-CN" if language == "zh_CN" else "en"


def colour(value: str) -> str:
    """Which colour is this, where only colours may stand? Grey for what is none."""
    return value if COLOUR.fullmatch(value) else "#76828E"


def ink_on(ground: str) -> str:
    """Which ink is read on a ground (#RRGGBB)? Black or white, whichever differs more (WCAG relative luminance)."""
    parts = [int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#FFFFFF"


def change_html(before: Story, score: float, after: Story, then: float, language: str) -> str:
    """Which level was it, and which is it under settings that are tried? Scores of 0 to 100, rounded."""
    rows_ = (
        (_("In force").to(language), before, score),
        (_("Tried").to(language), after, then),
    )
    cells = "".join(
        f'<div style="opacity:.8;margin-top:.5em">{escape(name)}</div><div style="display:flex;gap:.6em;'
        f'align-items:center;flex-wrap:wrap"><span style="background:{colour(story.colour)};'
        f'color:{ink_on(colour(story.colour))};border-radius:1.2em;padding:.15em .8em;font-weight:700;font-size:1.3em">'
        f'<span aria-hidden="true">{LEVEL_MARKS[story.level]}</span> {plain(story.level_name.to(language))}</span>'
        f"<span>{escape(_('score {score:.0f}', score=value).to(language))}</span></div>"
        for name, story, value in rows_
    )
    return f'<div data-testid="whatif-change">{cells}</div>'
