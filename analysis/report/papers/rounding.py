"""How is a figure said? The one place that rounds: whole counts and per cent, hours to a tenth, times by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.papers.blocks import Fact, Made, Rows

LONGEST_NAME = 40  # characters of an event's name within a sentence
FEWEST = 20  # posts before, under which a percentage misleads: the counts are said instead
HOUR = pd.Timedelta(hours=1)


def posted(fact: Fact) -> Text:
    """How is a number of posts said?"""
    return _("{n:,} post", n=fact) if fact.value == 1 else _("{n:,} posts", n=fact)


def percent(fact: Fact) -> Text:
    """How is a share [0, 1] said? In whole per cent; never 0% where there is some, nor 100% where some lacks."""
    shown, value = f"{fact:.0%}", float(fact.value)
    if shown == "0%" and value > 0:
        return _("under 1%", share=fact)
    if shown == "100%" and value < 1:
        return _("over 99%", share=fact)
    return _("{share:.0%}", share=fact)


def interval(low: Fact, high: Fact) -> Text:
    """How are the ends of a share's interval said?"""
    return _("{low} to {high}", low=percent(low), high=percent(high))


def changed(now: Fact, before: Fact, change: Fact | None, earlier: Text) -> Text:
    """How is a number of posts said against the one before? earlier: of when that was.

    change: None = there was nothing before. From few, and where nothing but the rounding says "no change", the count
    before is said.
    """
    if change is None:
        return _("none in {earlier}", earlier=earlier)
    if now.value == before.value:
        return _("as many as in {earlier}", earlier=earlier)
    if int(before.value) < FEWEST:
        return _("against {n:,} in {earlier}", n=before, earlier=earlier)
    if abs(float(change.value)) < 0.005:
        return _("about as many as in {earlier} ({n:,})", n=before, earlier=earlier)
    if float(change.value) > 0:
        return _("{change:,.0%} more than in {earlier}", change=change, earlier=earlier)
    return _("{less} fewer than in {earlier}", less=percent(less(change)), earlier=earlier)


def less(change: Fact) -> Fact:
    """By which share were there fewer? The change, said without its sign."""
    return replace(change, value=-float(change.value), key="less")


def hours_said(fact: Fact) -> Text:
    """How is a number of hours said? To a tenth, without one where it is whole."""
    if fact.value == 1:
        return _("{n:.0f} hour", n=fact)
    return _("{n:.0f} hours", n=fact) if f"{fact:.1f}".endswith(".0") else _("{n:.1f} hours", n=fact)


def said_on(time: pd.Timestamp, what: Text, rows: tuple[Rows, ...] = (), key: str = "", year: bool = False) -> Text:
    """How is a moment said? By day and minute, by day and hour where it is whole, and with its year where asked."""
    fact = Fact(time, Made.TIME, what, rows, key)
    whole = time.minute == 0
    if year:
        return _("{time:%Y-%m-%d %H}:00", time=fact) if whole else _("{time:%Y-%m-%d %H:%M}", time=fact)
    return _("{time:%m-%d %H}:00", time=fact) if whole else _("{time:%m-%d %H:%M}", time=fact)


def day_said(time: pd.Timestamp, what: Text) -> Text:
    """How is a day said, with its year?"""
    return _("{day:%Y-%m-%d}", day=Fact(time, Made.TIME, what))


def quoted(words: str, what: Text, most: int = LONGEST_NAME) -> Fact:
    """How do words of posts stand in a sentence? Cut where they are long; digits in them are no figures of the desk."""
    return Fact(shortened(words, most), Made.QUOTED, what)


def hidden(words: str) -> str:
    """How do words read without personal data?"""
    return str(masked_series(pd.Series([words], dtype="str")).iloc[0])


def shortened(words: str, most: int) -> str:
    """How is a text cut to so many characters, "…" not counted? No sign that is made of several is cut apart."""
    if len(words) <= most:
        return words
    joins = "\u200d\ufe0f"
    while most > 1 and (words[most] in joins or words[most - 1] in joins):
        most -= 1
    return words[:most].rstrip() + "…"


def listed_off(texts: Sequence[Text]) -> Text:
    """How are things named one after the other that may hold commas themselves?"""
    first, *others = texts
    return _("{first}; {others}", first=first, others=listed_off(others)) if others else first


def ended(reason: Text) -> Text:
    """How does a reason end as a sentence does?"""
    return reason if reason.msgid.endswith((".", "。")) else _("{reason}.", reason=reason)
