"""How does it read how many posts there were, how many of them negative, about what, and where?"""

from __future__ import annotations

from analysis.language import Text, _
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.counting import (
    change_fact,
    count_fact,
    narrowed,
    part_of,
    posts_by,
    share_fact,
    spans,
)
from analysis.report.papers.facts import LABELS
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import changed, interval, percent, posted, said_on
from analysis.schema import Sentiment, Topic

MOST_NAMED = 3  # topics or platforms in a sentence
POSTS, NEGATIVE = _("Posts"), _("Negative share")
EARLIER = {Span.DAILY: _("the 24 hours before"), Span.WEEKLY: _("the 7 days before")}


def count_sentence(material: Material, span: Span) -> Text:
    """How many posts came in the span, how many more than before, and how many of them are negative?"""
    now, before = spans(material, span)
    posts = count_fact(material.cube, now, POSTS)
    hours = {"since": begin_said(now), "until": end_said(material, now)}
    if not posts.value:
        return silence(material, span, before, hours)
    words = {"posts": posted(posts), "tone": tone_words(material, span, now), **hours}
    if span == Span.EVENT:
        return _("From {since} to {until}: {posts} about this event, {tone}.", **words)
    if before is None:
        return _("From {since} to {until}: {posts} about us, {tone}.", **words)
    earlier = count_fact(material.cube, before, POSTS)
    words["change"] = changed(posts, earlier, change_fact(material.cube, now, before, POSTS), EARLIER[span])
    return _("From {since} to {until}: {posts} about us, {change}; {tone}.", **words)


def begin_said(now: Rows) -> Text:
    """When does a span begin?"""
    return said_on(now.since, _("Begin of the span"), (now,))


def end_said(material: Material, now: Rows) -> Text:
    """Until when is told? Until the time of the look."""
    return said_on(material.briefing.as_of, _("Time of the look"), (now,))


def silence(material: Material, span: Span, before: Rows | None, hours: dict[str, Text]) -> Text:
    """How does it read that there was no post in the span?"""
    if before is None:
        return _("From {since} to {until} there was no post about us.", **hours)
    earlier = count_fact(material.cube, before, POSTS)
    words = {"earlier": EARLIER[span], **hours}
    if not earlier.value:
        return _("From {since} to {until} there was no post about us, nor in {earlier}.", **words)
    return _("From {since} to {until} there was no post about us, against {n:,} in {earlier}.", n=earlier, **words)


def compared_sentence(material: Material, span: Span) -> Text | None:
    """Why is nothing said about the time before? None where something is."""
    now, before = spans(material, span)
    if span == Span.EVENT or before is not None or material.cube.empty:
        return None
    first = said_on(material.cube["hour"].iloc[0], _("First post of the data"), (now,), "event")
    return _("The data begin on {first}, too late to compare with {earlier}.", first=first, earlier=EARLIER[span])


def tone_words(material: Material, span: Span, now: Rows) -> Text:
    """How many of the posts are negative? With its interval where the desk has one for these very posts."""
    counted = share_fact(material.cube, narrowed(now, "sentiment", Sentiment.NEGATIVE), now, NEGATIVE)
    if counted is None:
        return _("none of them negative")
    bounds = bounds_of(material, span)
    if bounds is not None:
        return bounded(material, now, counted, bounds)
    if counted.value in (0, 1):
        return whole_words(counted)
    return _("{share} of them negative as the classifier answers", share=percent(counted))


def whole_words(share: Fact) -> Text:
    """How does a share of nothing or of all read?"""
    if share.value == 0:
        return _("none of them negative as the classifier answers", share=share)
    return _("all of them negative as the classifier answers", share=share)


def bounds_of(material: Material, span: Span) -> tuple[float, float, float] | None:
    """Which negative share, and its 90% interval, does the desk tell of the posts of this span? None: of none such."""
    if span == Span.DAILY and material.event is None:
        return material.briefing.negative_share
    part = part_of(material) if span == Span.EVENT else None
    return None if part is None else part.negative_share


def bounded(material: Material, now: Rows, counted: Fact, bounds: tuple[float, float, float]) -> Text:
    """How does a share with its interval read, and are the classifier's errors taken out?"""
    corrected = material.briefing.corrections > 0
    made = Made.CORRECTED if corrected else Made.MEASURE
    rows = (*counted.rows,)
    value, low, high = (
        Fact(number, made, NEGATIVE, rows, f"share.{name}")
        for name, number in zip(("value", "low", "high"), bounds, strict=True)
    )
    if corrected:
        words = {"share": percent(value), "between": interval(low, high)}
        return _("{share} of them negative ({between}, the classifier's errors taken out)", **words)
    if counted.value in (0, 1):
        return _("{share} (90% interval {between})", share=whole_words(counted), between=interval(low, high))
    words = {"share": percent(counted), "between": interval(low, high)}
    return _("{share} of them negative ({between}, the classifier's errors not taken out)", **words)


def topics_sentence(material: Material, span: Span) -> Text:
    """Of which risk types do most posts of the span speak, and how many speak of none?"""
    now = spans(material, span)[0]
    counts = posts_by(material.cube, now, "topic")
    if not counts:
        return _("There was no post about us in this time.")
    risk = [name for name in counts if name != Topic.OTHER]
    if not risk:
        return _("No post of this time speaks of a risk type.")
    named = named_shares(material, now, "topic", risk)
    rest = share_fact(material.cube, narrowed(now, "topic", Topic.OTHER), now, LABELS["topic"]["other"])
    if rest is None or not rest.value:
        return _("Most spoken of: {topics}.", topics=named)
    return _("Most spoken of: {topics}; {rest} of the posts speak of no risk type.", topics=named, rest=percent(rest))


def platforms_sentence(material: Material, span: Span) -> Text | None:
    """On which platforms do most posts of the span stand? None without a post."""
    now = spans(material, span)[0]
    names = list(posts_by(material.cube, now, "platform"))
    if not names:
        return None
    if len(names) == 1:
        return _("All posts stand on one platform: {platform}.", platform=label("platform", names[0]))
    platforms = named_shares(material, now, "platform", names)
    if len(names) <= MOST_NAMED:
        return _("Platforms: {platforms}.", platforms=platforms)
    count = Fact(len(names), Made.MEASURE, _("Platforms"), (now,), "reach.platforms")
    return _("Platforms: {platforms}; {n:,} in all.", platforms=platforms, n=count)


def named_shares(material: Material, now: Rows, column: str, names: list[str]) -> tuple[Text, ...]:
    """Which share of the posts have the first of these values? MOST_NAMED at most."""
    found = []
    for name in names[:MOST_NAMED]:
        share = share_fact(material.cube, narrowed(now, column, name), now, label(column, name))
        if share is not None:
            found.append(_("{name} {share}", name=label(column, name), share=percent(share)))
    return tuple(found)


def label(column: str, value: str) -> Text:
    """How is a topic, platform or tone called?"""
    return LABELS[column].get(value) or Text("{value}", (("value", value or "–"),))
