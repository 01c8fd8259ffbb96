"""How can a reader add up every figure of a story again? A workbook: the figures, the counts, the posts, the sources.

Formulas are the desk's own alone; whatever posts, files or people wrote stands as text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import xlsxwriter

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.papers.appendix_counts import Counts, counts_of, fallen, recounted, value_of
from analysis.report.papers.appendix_posts import listed
from analysis.report.papers.appendix_sheet import Sheet, formats
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Quotes, Story, Table
from analysis.report.papers.counting import posts_in
from analysis.report.papers.facts import LABELS, Told, pieces, source_words, told_facts
from analysis.report.papers.house import House
from analysis.report.papers.safe import clean
from analysis.response.profile import Profile, key_label, number_text, profile_label
from analysis.schema import COLUMN_LABELS, INTERACTIONS, full_text
from analysis.signals.cube import NAMES

FIGURES, COUNTS, POSTS, SOURCES = _("Figures"), _("Counts"), _("Posts"), _("Sources")
SAME, DIFFERENT = _("yes"), _("NO")
CLOSE = 1e-9  # what rounding in binary may leave
MADE = {
    Made.COUNT: _("counted"),
    Made.SHARE: _("share"),
    Made.CORRECTED: _("share, corrected for the classifier's errors"),
    Made.CHANGE: _("change"),
    Made.MEASURE: _("formula"),
    Made.COUNTER: _("counter of a post"),
    Made.SETTING: _("setting"),
    Made.TIME: _("time"),
    Made.FILE: _("of the files"),
    Made.QUOTED: _("quoted words"),
}
SHOWN = ("post_id", "published_at", "platform", "author", "topic", "sentiment", "event_id", *INTERACTIONS, "text")
MASKED = ("author", "text")
COUNTERS = {name: _("{counter}, as read off", counter=COLUMN_LABELS[name]) for name in INTERACTIONS}
NAMED = {"topic": _("Topic"), "sentiment": _("Sentiment"), "event_id": _("Event"), "event": _("Event")}
HEADS = {**COLUMN_LABELS, **COUNTERS, **NAMED}
POST_WIDTHS = {"post_id": 16, "published_at": 16, "author": 14, "topic": 18, "event_id": 18, "text": 70}


@dataclass(frozen=True)
class Column:
    """One column of the sheet of figures."""

    head: Text
    width: float


FIGURE_COLUMNS = (
    *(Column(_("No."), 7), Column(_("Section"), 15), Column(_("Sentence"), 46), Column(_("As shown"), 15)),
    *(Column(_("Value"), 17), Column(_("Added up again from the counts"), 15), Column(_("The same?"), 9)),
    *(Column(_("How it came about"), 13), Column(_("Posts counted"), 10), Column(_("Source"), 44)),
)


def appendix(
    story: Story,
    posts: pd.DataFrame,
    cube: pd.DataFrame,
    house: House,
    language: str,
    profile: Profile | None = None,
) -> bytes:
    """Which workbook (XLSX) lists every figure of a story with its source, and adds it up again?

    posts: in order of time; few are read. cube: of the posts that are counted. profile: all its numbers are listed.
    The work depends on the story and its hours, not on how many posts there are.
    """
    out, cube = io.BytesIO(), cube[["hour", *NAMES, "posts"]]  # what stands in no row costs when rows are taken
    told = told_facts(story)
    facts = [entry.fact for entry in told]
    counts = counts_of(cube, (rows for fact in facts if recounted(fact) for rows in fact.rows), language)
    behind = listed(story, told, posts, cube)
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(properties(story, house, language))
        looks = formats(book)
        write_figures(Sheet(book, FIGURES.to(language), house, looks), told, counts, cube, language)
        write_counts(Sheet(book, COUNTS.to(language), house, looks), counts, language)
        write_posts(Sheet(book, POSTS.to(language), house, looks), posts, behind, language)
        write_sources(Sheet(book, SOURCES.to(language), house, looks), story, profile, language)
    return out.getvalue()


def properties(story: Story, house: House, language: str) -> dict[str, object]:
    """What does the file say of itself? The time of the look, not that of the writing."""
    title = " ".join(clean(story.title.to(language)).split())
    names = {"company": " ".join(clean(house.hospital).split()), "author": " ".join(clean(house.office).split())}
    return {"title": title[:250], **names, "created": story.as_of.tz_localize(None).to_pydatetime()}


def write_figures(sheet: Sheet, told: Sequence[Told], counts: Counts, cube: pd.DataFrame, language: str) -> None:
    """Which figures are told, where, from what, and are they the same when they are added up again?"""
    sheet.head([(column.head.to(language), column.width) for column in FIGURE_COLUMNS])
    for row, entry in enumerate(told, start=1):
        fact = entry.fact
        texts = (entry.place.to(language), entry.sentence.to(language), shown(entry, language))
        for column, text in enumerate(texts, start=1):
            sheet.text(row, column, text)
        sheet.value(row, 0, entry.number)
        sheet.value(row, 4, fact.value, share=fact.made in (Made.SHARE, Made.CORRECTED, Made.CHANGE))
        write_again(sheet, row, fact, counts, language)
        sheet.text(row, 7, MADE[fact.made].to(language))
        if fact.rows:
            sheet.value(row, 8, posts_in(cube, fact.rows[0]))
        sheet.text(row, 9, source_words(fact).to(language))
    sheet.done(len(told))


def write_again(sheet: Sheet, row: int, fact: Fact, counts: Counts, language: str) -> None:
    """What does a figure come to when it is added up from the sheet of counts, live in the reader's program?"""
    if not recounted(fact):
        return
    found = value_of(counts, fact)
    same = found is not None and abs(found - float(fact.value)) < CLOSE
    sheet.formula(row, 5, formula(counts, fact, COUNTS.to(language)), found, share=fact.made != Made.COUNT)
    yes, no = SAME.to(language), DIFFERENT.to(language)
    told = f'=IF(ISNUMBER(F{row + 1}),IF(ABS(F{row + 1}-E{row + 1})<{CLOSE:.9f},"{yes}","{no}"),"{no}")'
    sheet.formula(row, 6, told, yes if same else no)


def formula(counts: Counts, fact: Fact, sheet: str) -> str:
    """Which formula adds a figure up? Spans by their numbers, filters by our own names of them."""
    sums = [summed(counts, fact, place, sheet) for place in range(1 if fact.made == Made.COUNT else 2)]
    if fact.made == Made.COUNT:
        return f"={sums[0]}"
    if fact.made == Made.SHARE:
        return f'=IF({sums[1]}=0,"–",{sums[0]}/{sums[1]})'
    change = f"{sums[0]}/{sums[1]}-1" if fallen(fact) > 0 else f"1-{sums[0]}/{sums[1]}"
    return f'=IF({sums[1]}=0,"–",{change})'


def summed(counts: Counts, fact: Fact, place: int, sheet: str) -> str:
    """Which SUMIFS adds up one Rows of a figure?"""
    rows, last = fact.rows[place], max(len(counts.cells) + 1, 2)

    def cells(column: int) -> str:
        letter = xlsxwriter.utility.xl_col_to_name(column)
        return f"'{sheet}'!${letter}$2:${letter}${last}"

    begin, end = counts.spans(rows)
    parts = [cells(3 + len(counts.columns)), cells(0), f'">={begin}"', cells(0), f'"<={end}"']
    for column, value in rows.where:
        parts += [cells(3 + counts.columns.index(column)), f'"{counts.names.get((column, value), "")}"']
    return f"SUMIFS({','.join(parts)})"


def shown(entry: Told, language: str) -> str:
    """How does a figure read in its sentence?"""
    return next((run for run, fact in pieces(entry.sentence, language) if fact == entry.fact), str(entry.fact))


def write_counts(sheet: Sheet, counts: Counts, language: str) -> None:
    """How many posts of which kind does each span of hours hold?"""
    names = [(HEADS[column].to(language), 20.0) for column in counts.columns]
    times = [(_("First hour").to(language), 16.0), (_("Last hour").to(language), 16.0)]
    sheet.head([(_("Span").to(language), 8.0), *times, *names, (_("Posts").to(language), 10.0)])
    for row, (span, *kinds, posts) in enumerate(counts.cells.itertuples(index=False), start=1):
        sheet.value(row, 0, int(span))
        sheet.value(row, 1, counts.cuts[span - 1])
        sheet.value(row, 2, counts.cuts[span] - pd.Timedelta(hours=1))
        for column, kind in enumerate(kinds, start=3):
            sheet.text(row, column, str(kind))
        sheet.value(row, 3 + len(kinds), int(posts))
    sheet.done(len(counts.cells))


def write_posts(sheet: Sheet, posts: pd.DataFrame, behind: Mapping[int, Sequence[int]], language: str) -> None:
    """Which posts are quoted or behind figures of few posts? Personal data masked."""
    near = posts.iloc[list(behind)]
    columns = [name for name in SHOWN if name in near]
    near = near.assign(text=full_text(near))
    near = near.assign(**{name: masked_series(near[name].fillna("").astype("str")) for name in MASKED})
    heads = [(HEADS[name].to(language), float(POST_WIDTHS.get(name, 12))) for name in columns]
    sheet.head([*heads, (_("Behind figures no. (none: quoted)").to(language), 24.0)])
    for row, (cells, numbers) in enumerate(zip(near[columns].itertuples(index=False), behind.values(), strict=True), 1):
        for column, (name, cell) in enumerate(zip(columns, cells, strict=True)):
            label = LABELS.get(name, {}).get(str(cell))
            sheet.value(row, column, label.to(language) if label else cell)
        sheet.text(row, len(columns), ", ".join(map(str, numbers)))
    sheet.done(len(near))


def write_sources(sheet: Sheet, story: Story, profile: Profile | None, language: str) -> None:
    """From which files, with which settings? What the annexes of the document say, notes, and the profile's numbers."""
    lines: list[tuple[Text, ...]] = [(_("Note"), note) for note in story.notes]
    for section in story.sections:
        if section.annex:
            lines += [line for block in section.blocks for line in told_lines(section.heading, block)]
    if profile:
        lines.append((_("Profile"), profile_label(profile)))
        lines += [
            (_("Profile"), key_label(key), Text("{n}", (("n", number_text(value)),)))
            for key, value in profile.numbers().items()
        ]
    width = max(map(len, lines), default=2)
    sheet.head(
        [(_("Of what").to(language), 20.0), *[(f"{place}", 60.0 if place == 1 else 14.0) for place in range(1, width)]]
    )
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            sheet.text(row, column, text.to(language))
    sheet.done(len(lines))


def told_lines(heading: Text, block: Block) -> list[tuple[Text, ...]]:
    """Which rows does a block of an annex fill? A table its rows, under what it is called; others what they say."""
    match block:
        case Lines(texts):
            return [(heading, text) for text in texts]
        case Table(title, headers, rows):
            return [(title, *headers), *[(title, *row) for row in rows]]
        case Quotes(title, quotes):
            return [(title, quote.by) for quote in quotes]
        case _:
            return [(heading, block.title), (heading, block.note)]
