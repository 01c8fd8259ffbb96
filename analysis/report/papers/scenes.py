"""Which scenes does the meeting see, and the slides show? Short enough to be read from five metres.

The same figures as in the sections of the document; each scene says one thing, and beside it at most one chart or
table and four lines.
"""

from __future__ import annotations

from analysis.language import Text, _
from analysis.parts import REST
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Quotes, Scene, Span
from analysis.report.papers.carriers import carrier_sentences
from analysis.report.papers.chartdata import carriers_chart, topic_chart, trend_chart
from analysis.report.papers.counting import change_fact, count_fact, narrowed, posts_by, posts_in, share_fact, spans
from analysis.report.papers.judged import (
    NAMES,
    WHY,
    event_name,
    judged,
    last_day,
    level_name,
)
from analysis.report.papers.material import Material
from analysis.report.papers.outlook import BURST, burst_terms, forecast_sentences, situation_of, stage_sentence
from analysis.report.papers.quotes import quotes
from analysis.report.papers.rounding import changed, interval, percent, posted, said_on
from analysis.report.papers.scenes_events import event_scenes
from analysis.report.papers.scenes_plan import level_scene, overdue_sentence, question_scene, task_scene
from analysis.report.papers.sentences import (
    EARLIER,
    NEGATIVE,
    POSTS,
    bounds_of,
    count_sentence,
    label,
    platforms_sentence,
    topics_sentence,
)
from analysis.response.level import RED_LINE_LABELS
from analysis.response.reasons import threshold_of
from analysis.schema import Level, Sentiment, Topic

MOST_LINES, MOST_TOPICS, MOST_QUOTES = 4, 3, 1
LATELY = {Span.DAILY: _("the last 24 hours"), Span.WEEKLY: _("the last 7 days")}


def scenes(material: Material, span: Span) -> tuple[Scene, ...]:
    """Which scenes are there, in their order? See blocks.Scene.

    Without a post in the span those about topics and carriers are left out, and the first one says so.
    """
    spoken = posts_in(material.cube, spans(material, span)[0]) > 0
    return (
        situation_scene(material, span),
        trend_scene(material, span),
        *((topic_scene(material, span),) if spoken else ()),
        *event_scenes(material, span),
        *((carrier_scene(material, span),) if spoken and material.reach.posts else ()),
        level_scene(material),
        task_scene(material),
        question_scene(material),
    )


def lines(*texts: Text | None) -> tuple[Block, ...]:
    """Which block holds these lines, MOST_LINES at most? () without one."""
    there = tuple(text for text in texts if text is not None)[:MOST_LINES]
    return (Lines(there, points=True),) if there else ()


def situation_scene(material: Material, span: Span) -> Scene:
    """Which level is in force, by what, and which few figures tell how it stands?"""
    last = overdue_sentence(material) or stage_sentence(material, span)
    return Scene(
        "situation",
        _("The situation"),
        _("{level} {why}", level=level_lead(material), why=why_lead(material)),
        lines(posts_line(material, span), tone_line(material, span), reach_line(material, span), last),
    )


def level_lead(material: Material) -> Text:
    """Which level is in force, and which event makes it?"""
    assessment, gravest = material.standing.assessment, material.briefing.parts[0]
    words: dict[str, object] = {"level": level_name(assessment, material)}
    if material.event is not None:
        part = next(part for part in material.briefing.parts if part.id == material.event)
        return _("“{event}”: response level {level}.", event=event_name(material, part), **words)
    if assessment.level == Level.ROUTINE:
        return _("Response level {level}: normal watching.", **words)
    if assessment.level > gravest.assessment.level:
        return _("Response level {level}, by the posts of all events together.", **words)
    if gravest.id == REST:
        return _("Response level {level}, by posts of no event.", **words)
    return _("Response level {level}, because of “{event}”.", event=event_name(material, gravest), **words)


def why_lead(material: Material) -> Text:
    """Why this level, in a few words?"""
    assessment, profile = material.standing.assessment, material.briefing.profile
    crossed = [line for line in assessment.red_lines if line.level == assessment.level]
    if crossed:
        return _("A red line is crossed: {line}.", line=RED_LINE_LABELS[crossed[0].name])
    named, least = NAMES[assessment.level], max(assessment.level, Level.MILD)
    threshold = Fact(threshold_of(least, profile), Made.SETTING, _("Setting of the profile"), (), f"thresholds.{named}")
    score = Fact(assessment.score, Made.MEASURE, WHY, (judged(material),), "score")
    words = {"score": score, "threshold": threshold}
    if assessment.level == Level.ROUTINE:
        return _("The score is {score:.0f}; “Mild” begins at {threshold:g}.", **words)
    if assessment.score < float(threshold.value):
        return _("The score is {score:.0f}, but has not been under {threshold:g} for long enough.", **words)
    return _("The score is {score:.0f}; this level begins at {threshold:g}.", **words)


def posts_line(material: Material, span: Span) -> Text:
    """How many posts were there, and how many more than before?"""
    now, before = spans(material, span)
    posts = count_fact(material.cube, now, POSTS)
    if not posts.value:
        return count_sentence(material, span)
    if span == Span.EVENT:
        since = said_on(now.since, _("Begin of the span"), (now,))
        return _("{posts} since {since}.", posts=posted(posts), since=since)
    words = {"posts": posted(posts), "span": LATELY[span]}
    if before is None:
        return _("{posts} in {span}.", **words)
    earlier = count_fact(material.cube, before, POSTS)
    change = changed(posts, earlier, change_fact(material.cube, now, before, POSTS), EARLIER[span])
    return _("{posts} in {span}, {change}.", change=change, **words)


def tone_line(material: Material, span: Span) -> Text | None:
    """How many of the posts are negative, and between which ends does that lie? None without a post."""
    now, bounds = spans(material, span)[0], bounds_of(material, span)
    counted = share_fact(material.cube, narrowed(now, "sentiment", Sentiment.NEGATIVE), now, NEGATIVE)
    if counted is None:
        return None
    if bounds is None:
        return _("Negative share {share}.", share=percent(counted))
    made = Made.CORRECTED if material.briefing.corrections else Made.MEASURE
    value, low, high = (
        Fact(number, made, NEGATIVE, counted.rows, f"share.{name}")
        for name, number in zip(("value", "low", "high"), bounds, strict=True)
    )
    share = value if material.briefing.corrections else counted
    return _("Negative share {share} ({between}).", share=percent(share), between=interval(low, high))


def reach_line(material: Material, span: Span) -> Text:
    """How hot is it, and on how many platforms was it spoken of in the span?"""
    now, value = spans(material, span)[0], float(situation_of(material, span).hourly["heat"].iloc[-1])
    heat = Fact(value, Made.MEASURE, _("Heat of risk posts"), (last_day(material),), "heat")
    found = len(posts_by(material.cube, now, "platform"))
    platforms = Fact(found, Made.MEASURE, _("Platforms"), (now,), "reach.platforms")
    if not found:
        return _("Heat {heat:.0f} of 100.", heat=heat)
    if found == 1:
        return _("Heat {heat:.0f} of 100; posts on {n:,} platform.", heat=heat, n=platforms)
    return _("Heat {heat:.0f} of 100; posts on {n:,} platforms.", heat=heat, n=platforms)


def trend_scene(material: Material, span: Span) -> Scene:
    """How does it run, was there a burst, and what is to come?"""
    lead, terms = burst_lead(material, span)
    told = (terms, *forecast_sentences(material, span), stage_sentence(material, span))
    return Scene("trend", _("How it runs"), lead, (trend_chart(material, span), *lines(*told)))


def burst_lead(material: Material, span: Span) -> tuple[Text, Text | None]:
    """Which burst of posts runs, else which was the strongest in the span; and which words set it apart?"""
    now, bursts = spans(material, span)[0], situation_of(material, span).bursts
    inside = (bursts["end"] >= now.since) & (bursts["onset"] <= now.until) & (bursts["of"] == "posts")
    bursts = bursts[inside.to_numpy(dtype=bool)]
    if bursts.empty:
        return _("There was no burst in this time."), None
    burst = bursts.sort_values(["running", "strength"], kind="stable").iloc[-1]
    words: dict[str, object] = {
        name: said_on(burst[name], BURST, (now,), f"burst.{name}") for name in ("onset", "peak")
    }
    words["strength"] = Fact(float(burst["strength"]), Made.MEASURE, BURST, (now,), "burst.strength")
    named = burst_terms(material, burst)
    terms = _("Words of the burst: {terms}.", terms=named) if named else None
    if burst["running"]:
        pattern = _("A burst has run since {onset}; its peak on {peak} was {strength:,.0f} posts above the usual.")
    else:
        pattern = _("A burst ran from {onset} to {end}; its peak on {peak} was {strength:,.0f} posts above the usual.")
        words["end"] = said_on(burst["end"], BURST, (now,), "burst.end")
    return Text(pattern.msgid, tuple(words.items())), terms


def topic_scene(material: Material, span: Span) -> Scene:
    """What is it about, and what do people say where no event is told?"""
    now = spans(material, span)[0]
    risk = [name for name in posts_by(material.cube, now, "topic") if name != Topic.OTHER][:MOST_TOPICS]
    told = lines(*(topic_line(material, span, name) for name in risk))
    said = (
        ()
        if material.descriptions
        else tuple(Quotes(one.title, one.quotes[:MOST_QUOTES]) for one in quotes(material, span)[:1])
    )
    return Scene(
        "topics",
        _("What it is about"),
        topics_sentence(material, span),
        (topic_chart(material, span), *told, *said),
    )


def topic_line(material: Material, span: Span, topic: str) -> Text | None:
    """How many posts speak of a topic, and how many of them are negative? None without one."""
    whole = narrowed(spans(material, span)[0], "topic", topic)
    share = share_fact(material.cube, narrowed(whole, "sentiment", Sentiment.NEGATIVE), whole, NEGATIVE)
    if share is None:
        return None
    posts = posted(count_fact(material.cube, whole, label("topic", topic)))
    return _("{topic}: {posts}, {share} negative.", topic=label("topic", topic), posts=posts, share=percent(share))


def carrier_scene(material: Material, span: Span) -> Scene:
    """Who carries it: few or many, which media, on which platforms?"""
    lead, *more = carrier_sentences(material, span)
    told = lines(platforms_sentence(material, span), *more)
    return Scene("carriers", _("Who carries it"), lead, (carriers_chart(material, span), *told))
