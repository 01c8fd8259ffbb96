"""Which figures stand in a text, and where does each come from?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.report.papers.blocks import Block, Chart, Fact, Lines, Made, Quotes, Rows, Story, Table
from analysis.schema import Platform, Sentiment, Topic

LABELS: dict[str, dict[str, Text]] = {
    "topic": {str(topic): topic.label for topic in Topic},
    "platform": {str(platform): platform.label for platform in Platform},
    "sentiment": {str(tone): tone.label for tone in Sentiment},
}
CLASSIFIED = {"topic", "sentiment"}  # columns that the classifier fills
LAST_MINUTE = pd.Timedelta(minutes=59)
FIRST_MARK, LAST_MARK = 0xE000, 0xF8FF  # private use: signs without a meaning
# What a measure is, by what its key begins with; formulas in docs/formulas.md.
MEASURES = {
    "score": _("the score"),
    "reason": _("the five indicators"),
    "margin": _("the distance to the next level"),
    "likelihood": _("the probability of each level"),
    "fall": _("the level if nothing more comes"),
    "crossing": _("the level if it goes on as forecast"),
    "clock": _("the time limits"),
    "task": _("the deadlines of the plan"),
    "forecast": _("the forecast"),
    "burst": _("the bursts"),
    "stage": _("the life cycle"),
    "heat": _("the heat"),
    "reach": _("the reach"),
    "share": _("the negative share and its interval"),
    "hearsay": _("the marks of hearsay and refutation"),
    "answered": _("the hours until the first response"),
    "event": _("the grouping of posts into events"),
    "flag": _("the largest counters of a single post"),
}


@dataclass(frozen=True)
class Told:
    """A figure of a story: its number from 1 on, in which part it stands first, in which sentence."""

    number: int
    place: Text
    sentence: Text
    fact: Fact


@dataclass(frozen=True)
class Marked:
    """A figure that says, when it is shown, where it begins and ends, and its place among all."""

    fact: Fact
    place: int
    mark: str

    def __format__(self, form: str) -> str:
        return f"{self.mark}{self.place}{self.mark}{self.fact:{form}}{self.mark}"

    def __str__(self) -> str:
        return format(self, "")


def pieces(text: Text, language: str) -> tuple[tuple[str, Fact | None], ...]:
    """How is a sentence cut into plain runs (None) and figures? Joined, they are `text.to(language)`."""
    plain, facts = text.to(language), facts_of(text)
    if not facts:
        return ((plain, None),) if plain else ()
    mark = next(chr(sign) for sign in range(FIRST_MARK, LAST_MARK) if chr(sign) not in plain)
    parts = marked(text, list(facts), mark).to(language).split(mark)
    found: list[tuple[str, Fact | None]] = [(parts[0], None)]
    for place, shown, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        found += [(shown, facts[int(place)]), (after, None)]
    return tuple((run, fact) for run, fact in found if run)


def marked(value: object, facts: list[Fact], mark: str) -> Text:
    """Which text shows its figures between marks? Those in nested texts and sequences, too."""

    def inside(value: object) -> object:
        if isinstance(value, Fact):
            return Marked(value, facts.index(value), mark)
        if isinstance(value, Text):
            return Text(value.msgid, tuple((name, inside(part)) for name, part in value.values))
        return tuple(map(inside, value)) if isinstance(value, (tuple, list)) else value

    found = inside(value)
    assert isinstance(found, Text)
    return found


def facts_of(text: Text) -> tuple[Fact, ...]:
    """Which different figures stand in a text, in nested texts and sequences too? In order."""
    found: list[Fact] = []
    for fact in walked(text):
        if fact not in found:
            found.append(fact)
    return tuple(found)


def walked(value: object) -> Iterator[Fact]:
    """Which figures stand in a value? In order."""
    if isinstance(value, Fact):
        yield value
    elif isinstance(value, Text):
        for _name, part in value.values:
            yield from walked(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from walked(part)


def told_facts(story: Story) -> tuple[Told, ...]:
    """Which figures does a story tell, and where does each stand first? Sections, then scenes."""
    found: dict[Fact, Told] = {}
    for place, sentence in sentences(story):
        for fact in walked(sentence):
            if fact not in found:
                found[fact] = Told(len(found) + 1, place, sentence, fact)
    return tuple(found.values())


def sentences(story: Story) -> Iterator[tuple[Text, Text]]:
    """Which texts does a story hold, and in which part of it (its heading) does each stand?"""
    yield story.title, story.title
    for section in story.sections:
        yield section.heading, section.heading
        yield from ((section.heading, text) for block in section.blocks for text in texts_of(block))
    for scene in story.scenes:
        yield from ((scene.title, text) for text in (scene.title, scene.lead))
        yield from ((scene.title, text) for block in scene.blocks for text in texts_of(block))
    yield from ((story.title, note) for note in story.notes)


def texts_of(block: Block) -> Iterator[Text]:
    """Which texts does a block show?"""
    match block:
        case Lines(texts):
            yield from texts
        case Quotes(title, quotes):
            yield title
            yield from (quote.by for quote in quotes)
        case Table(title, headers, rows):
            yield from (title, *headers)
            yield from (cell for row in rows for cell in row)
        case Chart():
            yield from (block.title, block.unit, block.note, *(series.name for series in block.series))
            yield from (name for _value, name, _colour in block.lines)
            yield from (category for category in block.categories if isinstance(category, Text))


def sourced(text: Text, made: Made, what: Text, rows: tuple[Rows, ...] = (), key: str = "") -> Text:
    """How does a message read whose values that show digits are figures with a source? In nested texts too.

    Format specs go on working; values that are figures already stay as they are.
    """

    def wrapped(value: object) -> object:
        if isinstance(value, Text):
            return sourced(value, made, what, rows, key)
        if isinstance(value, (tuple, list)):
            return tuple(map(wrapped, value))
        plain = value.item() if isinstance(value, np.generic) else value
        figure = isinstance(plain, (int, float, str, pd.Timestamp)) and any(sign.isdigit() for sign in str(plain))
        return Fact(plain, made, what, rows, key) if figure else plain

    return Text(text.msgid, tuple((name, wrapped(value)) for name, value in text.values))


def source_words(fact: Fact) -> Text:
    """What was a figure counted from, or by which rule does it stand?"""
    told = tuple(rows_words(rows) for rows in fact.rows)
    match fact.made:
        case Made.COUNT if told:
            return _("{posts}: counted", posts=told[0])
        case Made.SHARE if len(told) > 1:
            return _("{part}, as a share of {whole}", part=told[0], whole=told[1])
        case Made.CORRECTED:
            return _("{posts}: the share with the classifier's errors taken out", posts=told)
        case Made.CHANGE if len(told) > 1:
            return _("{now}, against {before}", now=told[0], before=told[1])
        case Made.SETTING:
            return _("Setting {key} of the profile or the plan", key=fact.key or "–")
        case Made.MEASURE | Made.TIME:
            return measure_words(fact, told)
    return PLAIN_SOURCES.get(fact.made, _("Counted from the posts"))


PLAIN_SOURCES = {
    Made.COUNTER: _("Counter of the quoted post, as far as it is estimated to have come by then"),
    Made.FILE: _("Counted in the files that were read"),
    Made.QUOTED: _("Words of a post, an account or a file, as they stand there"),
}


def measure_words(fact: Fact, told: tuple[Text, ...]) -> Text:
    """By which formula was a figure found, and over which posts?"""
    name = MEASURES.get(fact.key.split(".")[0])
    if name is None:
        return _("Time at which the quoted post was published") if fact.key else _("A time on the calendar")
    if not told:
        return _("By the formula of {name} (docs/formulas.md)", name=name)
    return _("{posts}: by the formula of {name} (docs/formulas.md)", posts=told, name=name)


def rows_words(rows: Rows) -> Text:
    """Which posts are these: of which hours, and narrowed to what?"""
    span = {"since": f"{rows.since:%Y-%m-%d %H:%M}", "until": f"{rows.until + LAST_MINUTE:%Y-%m-%d %H:%M}"}
    if not rows.where:
        return _("all posts of {since} to {until}", **span)
    filters = tuple(filter_words(column, value) for column, value in rows.where)
    told = _("posts of {since} to {until} ({filters})", filters=filters, **span)
    answered = any(column in CLASSIFIED for column, _value in rows.where)
    return _("{posts} as the classifier answers", posts=told) if answered else told


def filter_words(column: str, value: str) -> Text:
    """How is a filter called?"""
    if column == "event":
        return _("event {id}", id=value) if value else _("no event")
    return LABELS.get(column, {}).get(value) or Text("{value}", (("value", value or "–"),))
