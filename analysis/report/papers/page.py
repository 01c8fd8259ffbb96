"""How does a story become one HTML file that works from a stick: no address is asked for, everything is inside?

Charts are interactive, each figure tells its source, light and dark follow the reader. The same page is printed.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from plotly.offline import get_plotlyjs

from analysis.language import _
from analysis.report.colours import INK, LEVEL_MARKS
from analysis.report.papers.blocks import Chart, Made, Section, Story
from analysis.report.papers.facts import told_facts
from analysis.report.papers.figures import figure
from analysis.report.papers.house import House
from analysis.report.papers.page_blocks import Teller, block_html, sources_html
from analysis.report.papers.safe import file_name
from analysis.report.papers.stage import colour, ink_on, plain, tag

HERE = Path(__file__).parent
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPER_INK = "#3A4550"  # on white
DIGITS = "一二三四五六七八九"


def page(story: Story, house: House, language: str, appendix: bytes = b"", for_print: bool = False) -> bytes:
    """How does a story read as a page? One HTML file in UTF-8; language: "en" or "zh_CN".

    appendix: a workbook that the page hands out; b"" = none. for_print: for paper, so without what is clicked; the
    promise `ready` of its window is kept when the charts are drawn.
    """
    here = {one.fact for one in told_facts(replace(story, scenes=()))}
    told = tuple(one for one in told_facts(story) if one.fact in here and one.fact.made != Made.QUOTED)
    teller = Teller(language, {one.fact: one.number for one in told}, for_print)
    charts = {
        f"c{at}-{place}": block
        for at, section in enumerate(story.sections)
        for place, block in enumerate(section.blocks)
        if isinstance(block, Chart)
    }
    main = "".join(section_html(section, at, teller) for at, section in enumerate(story.sections))
    if told:
        heading = teller.plain(_("Figures and where they come from"))
        main += (
            f'<section aria-labelledby="sources"><h2 id="sources">{heading}</h2>{sources_html(told, teller)}</section>'
        )
    contents = "" if for_print else contents_html(story, bool(told), teller)
    body = (
        f'{banner_html(house, teller)}<div class="body">{head_html(story, house, teller)}'
        f'<div class="columns">{contents}<main id="content" tabindex="-1">{main}</main></div>'
        f"{foot_html(story, house, appendix, teller)}</div>"
        + ("" if for_print else '<div id="tip" role="status" hidden></div>')
    )
    return document_html(story, house, teller, body, drawn(charts, teller)).encode("utf-8")


def document_html(story: Story, house: House, teller: Teller, body: str, figures: str) -> str:
    """How is the file laid out? Scripts are let in by what is in them, and nothing is let in from anywhere."""
    scripts = (plotly_script(), script())
    allowed = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    ground = colour(house.colour)
    own = f":root{{--house:{ground};--on-house:{ink_on(ground)};--accent:{colour(house.accent)}}}"
    still = ' data-print="1"' if teller.still else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{tag(teller.language)}"{still}>\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{teller.plain(story.title)}</title>\n<style>{own}\n{style()}</style>\n</head>\n<body>\n{body}\n"
        f'<script type="application/json" id="figures">{figures}</script>\n'
        f"<script>{scripts[0]}</script>\n<script>{scripts[1]}</script>\n</body>\n</html>\n"
    )


def banner_html(house: House, teller: Teller) -> str:
    """Whose page is it? Logo and name, and where it is read, the switch of light and dark."""
    if not (house.hospital or house.logo or not teller.still):
        return ""
    kind = "png" if house.logo.startswith(b"\x89PNG") else "jpeg"
    logo = f'<img alt="" src="data:image/{kind};base64,{b64encode(house.logo).decode()}">' if house.logo else ""
    to_text, dark = teller.plain(_("Skip to the text")), teller.plain(_("Dark"))
    skip = f'<a class="skip" href="#content">{to_text}</a>'
    switch = f'<button type="button" id="theme" aria-pressed="false" hidden>{dark}</button>'
    outside, inside = ("", "") if teller.still else (skip, switch)
    return f'{outside}<header class="banner"><div>{logo}<strong>{plain(house.hospital)}</strong>{inside}</div></header>'


def head_html(story: Story, house: House, teller: Teller) -> str:
    """What stands at its head: title, level, number, office, times, and what a reader must know?"""
    ground = colour(story.colour)
    level = (
        f'<span class="level" style="background:{ground};color:{ink_on(ground)}">'
        f'<span aria-hidden="true">{LEVEL_MARKS[story.level]}</span> {teller.plain(story.level_name)}</span>'
    )
    hours = _("{since} to {until}", since=f"{story.since:%Y-%m-%d %H:%M}", until=f"{story.as_of:%Y-%m-%d %H:%M}")
    told = [level, *(f"<span>{plain(word)}</span>" for word in (story.number, house.office) if word)]
    told += [f"<span>{teller.plain(text)}</span>" for text in (story.span.label, hours)]
    notes = "".join(f"<p>{teller.said(note)}</p>" for note in story.notes)
    noted = f'<div class="notes">{notes}</div>' if notes else ""
    return f'<div class="head"><h1>{teller.plain(story.title)}</h1><p class="facts">{"".join(told)}</p>{noted}</div>'


def contents_html(story: Story, listed: bool, teller: Teller) -> str:
    """What is on the page? A link to each section."""
    places = [(f"p{at}", heading(section, at, teller)) for at, section in enumerate(story.sections)]
    places += [("sources", teller.plain(_("Figures and where they come from")))] if listed else []
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in places)
    label = teller.plain(_("Contents"))
    return f'<nav aria-label="{label}"><ul>{links}</ul></nav>'


def section_html(section: Section, at: int, teller: Teller) -> str:
    """How does a section read?"""
    blocks = "".join(block_html(block, f"c{at}-{place}", teller) for place, block in enumerate(section.blocks))
    return f'<section aria-labelledby="p{at}"><h2 id="p{at}">{heading(section, at, teller)}</h2>{blocks}</section>'


def heading(section: Section, at: int, teller: Teller) -> str:
    """How is a section numbered? 一、二、… or 1. 2. …; an annex is called one."""
    if section.annex:
        return teller.said(_("Annex: {heading}", heading=section.heading))
    title = teller.said(section.heading)
    return f"{chinese_number(at + 1)}、{title}" if teller.language == "zh_CN" else f"{at + 1}. {title}"


def chinese_number(number: int) -> str:
    """How is 1 to 99 written: 一, 十, 十一, 二十一?"""
    tens, ones = divmod(number, 10)
    before = "" if not tens else ("" if tens == 1 else DIGITS[tens - 1]) + "十"
    return before + (DIGITS[ones - 1] if ones else "")


def foot_html(story: Story, house: House, appendix: bytes, teller: Teller) -> str:
    """What stands at its end: whose it is, as of when, and the workbook?"""
    words = [house.hospital, house.office, _("As of {time}", time=f"{story.as_of:%Y-%m-%d %H:%M}").to(teller.language)]
    taken = ""
    if appendix and not teller.still:
        name = plain(file_name((story.title.to(teller.language), _("appendix").to(teller.language)), "xlsx"))
        data = f"data:{WORKBOOK};base64,{b64encode(appendix).decode()}"
        title = teller.plain(_("Download the appendix: every figure with the posts that it was counted from"))
        taken = f'<p class="take"><a download="{name}" href="{data}">{title}</a></p>'
    return f'<footer class="foot">{taken}<p>{" · ".join(plain(word) for word in words if word)}</p></footer>'


def drawn(charts: dict[str, Chart], teller: Teller) -> str:
    """What has the page's script to draw? JSON by place, with no sign in it that could end the script."""
    ink = PAPER_INK if teller.still else INK
    figures = {name: json.loads(figure(chart, teller.language, ink=ink).to_json()) for name, chart in charts.items()}
    return json.dumps(figures).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def plotly_script() -> str:
    """Which script draws? Plotly's own, as it is installed; with line ends as browsers read them."""
    return str(get_plotlyjs()).replace("\r\n", "\n")


@cache
def script() -> str:
    """What does the page do by itself?"""
    return (HERE / "page.js").read_text("utf-8")


@cache
def style() -> str:
    """How does the page look?"""
    return (HERE / "page.css").read_text("utf-8")
