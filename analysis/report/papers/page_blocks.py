"""How does each block of a story read as HTML? Whatever came from posts and files is escaped.

A figure in a sentence is a link to its line in the list of figures, and tells its source on hovering, focus or touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.language import Text, _
from analysis.report.papers.blocks import Block, Chart, Fact, Lines, Quote, Quotes, Table
from analysis.report.papers.facts import Told, pieces, source_words
from analysis.report.papers.figures import height_of
from analysis.report.papers.stage import plain


@dataclass(frozen=True)
class Teller:
    """What a writer of blocks must know: the language, and which number each figure has in the list.

    still: for paper, where nothing is clicked.
    """

    language: str
    numbers: Mapping[Fact, int]
    still: bool = False

    def plain(self, text: Text) -> str:
        """How does a text read where no link may stand?"""
        return plain(text.to(self.language))

    def said(self, text: Text) -> str:
        """How does a text read, with its figures marked?"""
        return "".join(self.marked(run, fact) for run, fact in pieces(text, self.language))

    def marked(self, run: str, fact: Fact | None) -> str:
        """How is one run written? Words of others keep their direction to themselves."""
        if fact is None:
            return plain(run)
        number = self.numbers.get(fact)
        if number is None:
            return f'<span class="quoted">{plain(run)}</span>'
        return f'<a class="fact" href="#s{number}" aria-describedby="w{number}">{plain(run)}</a>'


def block_html(block: Block, name: str, teller: Teller) -> str:
    """How does one block read? name: by which its chart is found on the page."""
    if isinstance(block, Lines):
        return lines_html(block, teller)
    if isinstance(block, Quotes):
        return f"<h3>{teller.said(block.title)}</h3>" + "".join(quote_html(quote, teller) for quote in block.quotes)
    return table_html(block, teller) if isinstance(block, Table) else chart_html(block, name, teller)


def lines_html(block: Lines, teller: Teller) -> str:
    """Sentences: as one paragraph, or each as a point."""
    told = [teller.said(text) for text in block.texts]
    if block.points:
        return '<ul class="points">' + "".join(f"<li>{one}</li>" for one in told) + "</ul>"
    return f"<p>{('' if teller.language == 'zh_CN' else ' ').join(told)}</p>"


def quote_html(quote: Quote, teller: Teller) -> str:
    """Words of a post, as they were written, and whose they are."""
    return f"<blockquote><p><q>{plain(quote.text)}</q></p><footer>{teller.said(quote.by)}</footer></blockquote>"


def table_html(table: Table, teller: Teller) -> str:
    """A table, in a frame that scrolls sideways where the screen is small."""
    columns = "".join(f'<col style="width:{width:.1%}">' for width in table.widths)
    head = "".join(f'<th scope="col">{teller.said(cell)}</th>' for cell in table.headers)
    body = "".join(f"<tr>{''.join(f'<td>{teller.said(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    title = teller.plain(table.title)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def chart_html(chart: Chart, name: str, teller: Teller) -> str:
    """A chart: its title, the place where it is drawn, what it was counted from, and its data as a table."""
    label = f"{teller.plain(chart.title)}. {teller.plain(chart.note)}"
    return (
        f"<figure><figcaption>{teller.said(chart.title)}</figcaption>"
        f'<div class="chart" id="{name}" role="img" aria-label="{label}" style="height:{height_of(chart)}px"></div>'
        f'<p class="note">{teller.said(chart.note)}</p>{"" if teller.still else data_html(chart, teller)}</figure>'
    )


def data_html(chart: Chart, teller: Teller) -> str:
    """What is behind a chart? A line a category, a column a series; "–" where nothing is known."""
    head = "".join(f'<th scope="col" class="number">{teller.plain(series.name)}</th>' for series in chart.series)
    rows = "".join(
        f'<tr><th scope="row">{category_html(category, teller)}</th>'
        + "".join(f'<td class="number">{number(series.values[at], chart.whole)}</td>' for series in chart.series)
        + "</tr>"
        for at, category in enumerate(chart.categories)
    )
    lines = [f"{teller.plain(name)} {number(value, False)}" for value, name, _colour in chart.lines]
    thresholds, title = teller.plain(_("Thresholds")), teller.plain(_("Data of this chart"))
    below = f'<p class="note">{thresholds}: {"; ".join(lines)}</p>' if lines else ""
    return (
        f"<details><summary>{title}</summary>"
        f'<div class="wide" role="region" tabindex="0" aria-label="{title}">'
        f'<table><thead><tr><th scope="col">{teller.plain(chart.unit)}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{below}</details>"
    )


def category_html(category: Text | pd.Timestamp, teller: Teller) -> str:
    """How is a category of a chart called?"""
    return teller.plain(category) if isinstance(category, Text) else f"{category:%Y-%m-%d %H:%M}"


def number(value: float | None, whole: bool) -> str:
    """How does a value of a chart read?"""
    if value is None:
        return "–"
    return f"{value:,.0f}" if whole else f"{value:,.2f}".rstrip("0").rstrip(".")


def sources_html(told: tuple[Told, ...], teller: Teller) -> str:
    """Where do the figures come from? A line each, by its number: the figure, what it is, what it was counted from."""
    heads = (_("No."), _("Figure"), _("What it is"), _("Where it comes from"))
    head = "".join(f'<th scope="col">{teller.plain(text)}</th>' for text in heads)
    rows = "".join(
        f'<tr id="s{one.number}" tabindex="-1"><td class="number">{one.number}</td>'
        f"<td>{plain(shown(one, teller.language))}</td><td>{teller.plain(one.fact.what)}</td>"
        f'<td id="w{one.number}">{teller.plain(source_words(one.fact))}</td></tr>'
        for one in told
    )
    return (
        f'<div class="wide"><table class="sources"><colgroup><col style="width:8%"><col style="width:17%">'
        f'<col style="width:25%"><col style="width:50%"></colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def shown(told: Told, language: str) -> str:
    """How does a figure read in the sentence that tells it first?"""
    runs = [run for run, fact in pieces(told.sentence, language) if fact == told.fact]
    return runs[0] if runs else str(told.fact)
