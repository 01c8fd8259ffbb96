"""How does it read which bursts there were, in which stage it is, and what is to come?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.counting import part_of, spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import ended, hidden, percent, quoted, said_on
from analysis.schema import Stage
from analysis.signals.forecast import Ahead, Outlook
from analysis.signals.situation import Situation

MOST_BURSTS, MOST_WORDS = 3, 5  # that are told
DAY = 24
BURST, FORECAST = _("Burst"), _("Forecast")
ABOVE = _("Posts an hour above the usual")
BURST_OF = {"posts": _("posts"), "negative": _("negative posts")}


def situation_of(material: Material, span: Span) -> Situation:
    """Whose course is told: the event's, or that of all posts?"""
    part = part_of(material) if span == Span.EVENT else None
    return material.briefing.situation if part is None else part.situation


def outlook_of(material: Material, span: Span) -> Outlook:
    """Whose forecast is told: the event's, or that of all posts?"""
    part = part_of(material) if span == Span.EVENT else None
    return material.briefing.outlook if part is None else part.outlook


def burst_sentences(material: Material, span: Span) -> tuple[Text, ...]:
    """When did bursts begin and peak in the span, how strong were they, and which words set them apart?

    The MOST_BURSTS strongest, in order of time.
    """
    now, bursts = spans(material, span)[0], situation_of(material, span).bursts
    bursts = bursts[((bursts["end"] >= now.since) & (bursts["onset"] <= now.until)).to_numpy(dtype=bool)]
    if bursts.empty:
        return (_("There was no burst in this time."),)
    strongest = bursts.sort_values("strength", ascending=False, kind="stable").head(MOST_BURSTS).sort_values("onset")
    told = tuple(burst_sentence(material, now, row) for _place, row in strongest.iterrows())
    if len(bursts) == len(strongest):
        return told
    count = Fact(len(bursts), Made.MEASURE, BURST, (now,), "burst.count")
    return (*told, _("There were {n:,} bursts in this time; the strongest are told here.", n=count))


def burst_sentence(material: Material, now: Rows, burst: pd.Series) -> Text:
    """When did one burst begin and peak, how strong was it, and what were its words?"""
    strength = Fact(float(burst["strength"]), Made.MEASURE, ABOVE, (now,), "burst.strength")
    words: dict[str, object] = {
        "of": BURST_OF[str(burst["of"])],
        "onset": said_on(burst["onset"], BURST, (now,), "burst.onset"),
        "peak": said_on(burst["peak"], BURST, (now,), "burst.peak"),
        "strength": strength,
        "end": burst_end(burst, now),
    }
    terms = () if now.where else burst_terms(material, burst)
    if not terms:
        return _(
            "A burst of {of} began on {onset} and peaked on {peak}, {strength:,.0f} an hour above the usual; {end}.",
            **words,
        )
    words["terms"] = terms
    return _(
        "A burst of {of} began on {onset} and peaked on {peak}, {strength:,.0f} an hour above the usual; {end}. "
        "Its words: {terms}.",
        **words,
    )


def burst_end(burst: pd.Series, now: Rows) -> Text:
    """Is a burst over, and since when?"""
    if bool(burst["running"]):
        return _("it is still running")
    return _("it ended on {time}", time=said_on(burst["end"], BURST, (now,), "burst.end"))


def burst_terms(material: Material, burst: pd.Series) -> tuple[Fact, ...]:
    """Which words set a burst of all posts apart, where they are known?"""
    same = (found for found in material.bursts if found.of == burst["of"] and found.onset == burst["onset"])
    terms = next((found.terms for found in same), ())
    return tuple(quoted(hidden(term), _("Words of posts")) for term in terms[:MOST_WORDS])


def stage_sentence(material: Material, span: Span) -> Text:
    """In which stage of the life cycle is it, and since when?"""
    now, stage = spans(material, span)[0], situation_of(material, span).hourly["stage"]
    since = stage.index[(stage != stage.shift()).to_numpy().nonzero()[0][-1]]
    words = {"stage": Stage(str(stage.iloc[-1])).label, "since": said_on(since, _("Stage"), (now,), "stage.since")}
    return _("Stage of the life cycle: {stage}, since {since}.", **words)


def forecast_sentences(material: Material, span: Span) -> tuple[Text, ...]:
    """How many posts will come in the next 24 hours, and is the peak past? Or why that cannot be told."""
    outlook, now = outlook_of(material, span), spans(material, span)[0]
    day = next((ahead for ahead in outlook.ahead if ahead.hours == DAY), None)
    if day is None:
        return (no_forecast(outlook, now),)
    told = [day_sentence(day, now)]
    settled = situation_of(material, span).hourly["stage"].iloc[-1] == Stage.SETTLED
    if outlook.peak_passed is not None and not settled:
        chance = Fact(outlook.peak_passed, Made.MEASURE, _("The peak is past"), (now,), "forecast.peak_passed")
        told.append(_("The probability that the peak is past is {chance}.", chance=percent(chance)))
    return tuple(told)


def day_sentence(day: Ahead, now: Rows) -> Text:
    """How many posts will come in the next 24 hours?"""
    facts = {
        name: Fact(getattr(day, name), Made.MEASURE, FORECAST, (now,), f"forecast.{name}")
        for name in ("posts", "low", "high")
    }
    return _(
        "If it goes on like this, the next 24 hours bring some {posts:,.0f} posts ({low:,.0f} to {high:,.0f} four "
        "times in five).",
        **facts,
    )


def no_forecast(outlook: Outlook, now: Rows) -> Text:
    """Why can it not be told how many posts will come?"""
    if outlook.none is None:
        return _("How many posts will come cannot be told.")
    why = sourced(outlook.none, Made.MEASURE, FORECAST, (now,), "forecast.none")
    return _("How many posts will come cannot be told: {why}", why=ended(why))
