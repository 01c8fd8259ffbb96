"""How are events written down, for scripts and in words for people?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.events.describe import Description
from analysis.events.follow import TREND_LABELS, Related, related, trend
from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.pipeline import Briefing, ToldEvent
from analysis.report.reach_tables import iso, rounded
from analysis.response.level import level_label
from analysis.response.profile import Profile
from analysis.schema import Platform, Stage
from analysis.signals.forecast import Outlook

LONGEST_TEXT = 300  # characters of a post
TOLD_WORDS = 6  # terms in a line


def events_json(events: Sequence[ToldEvent], profile: Profile, language: str) -> list[dict[str, Any]]:
    """What does a script get of the events? One entry each, in the order given; texts and accounts are masked in them.

    Related events are looked for among these.
    """
    pairs = [(event.part, event.description) for event in events]
    return [
        {
            **event_json(event.part, event.description, profile, language),
            "changes": [text.to(language) for text in event.changes],
            "related": [related_json(earlier, language) for earlier in related(event.part, event.description, pairs)],
        }
        for event in events
    ]


def event_json(part: Part, description: Description, profile: Profile, language: str) -> dict[str, Any]:
    """How is one event written for scripts, without what it is compared with?"""
    return {
        "id": part.id,
        "name": description.name,
        **state_json(part, profile, language),
        **ahead_json(part.outlook, language),
        "terms": list(description.terms),
        "sentiment": {str(tone): int(posts) for tone, posts in description.sentiment.items()},
        "first_post": first_post(description),
        "representative": [
            {"role": str(post["role"]), "post_id": str(post["post_id"]), **post_json(post)}
            for post in description.representative.to_dict("records")
        ],
        "places": list(description.places),
        "departments": list(description.departments),
        "persons": list(description.persons),
        "rumour_share": rounded(float(description.rumour_share)),
        "refutation_share": rounded(float(description.refutation_share)),
        "official": official_json(description),
    }


def state_json(part: Part, profile: Profile, language: str) -> dict[str, Any]:
    """How are an event's numbers written for scripts?"""
    hourly, assessment = part.situation.hourly, part.assessment
    return {
        "topic": str(part.topic),
        "level": assessment.level.name,
        "level_label": level_label(assessment.level, assessment.score, profile).to(language),
        "score": round(assessment.score, 2),
        "stage": str(hourly["stage"].iloc[-1]),
        "began": iso(part.began),
        "exists": iso(part.exists),
        "onset": iso(part.onset),
        "peak": iso(part.peak),
        "last_post": iso(part.last_post),
        "posts": part.posts,
        "posts_24h": part.posts_24h,
        "heat": round(float(hourly["heat"].iloc[-1]), 2),
        "negative_share": share_json(part),
        "trend": trend(part),
        "second_wave": bool((hourly["stage"] == Stage.SECOND_WAVE).any()),
        "spam": part.spam,
    }


def share_json(part: Part) -> dict[str, Any] | None:
    """How is the negative share of an event written for scripts? As that of a briefing; None without posts."""
    if part.negative_share is None:
        return None
    rates = part.assessment.read.rates
    corrections = rates.corrections if rates else 0
    ends = dict(zip(("value", "low", "high"), map(rounded, part.negative_share), strict=True))
    return {**ends, "corrected": corrections > 0, "corrections": corrections}


def ahead_json(outlook: Outlook, language: str) -> dict[str, Any]:
    """How is an event's forecast written for scripts? forecast is [] and no_forecast says why where it is not told."""
    found = [
        {"hours": ahead.hours, "posts": round(ahead.posts, 1), "low": round(ahead.low, 1), "high": round(ahead.high, 1)}
        for ahead in outlook.ahead
    ]
    none = outlook.none.to(language) if outlook.none else None
    return {"forecast": found, "no_forecast": none, "peak_passed": rounded(outlook.peak_passed)}


def first_post(description: Description) -> dict[str, Any] | None:
    """How is the first post written for scripts? None without a source."""
    if description.sources.empty:
        return None
    first = description.sources.sort_values("published_at", kind="stable").iloc[0]
    return {**post_json(first), "url": str(first["url"])}


def post_json(post: Mapping[str, Any] | pd.Series) -> dict[str, Any]:
    """How is a post written for scripts? Its text cut to 300 characters."""
    told = {name: str(post[name]) for name in ("platform", "author")}
    return {"published_at": iso(post["published_at"]), **told, "text": str(post["text"])[:LONGEST_TEXT]}


def official_json(description: Description) -> dict[str, Any]:
    """How is the official response written for scripts? hours_after: see `Description.answered_after`."""
    times, after = description.official["published_at"], description.answered_after
    return {
        "accounts_set": bool(description.accounts_set),
        "posts": len(times),
        "first": None if times.empty else iso(times.min()),
        "hours_after": None if after is None else round(after / pd.Timedelta(hours=1), 2),
    }


def related_json(event: Related, language: str) -> dict[str, Any]:
    """How is an earlier event written for scripts? hours: how long it lasted, up to now if it is running."""
    return {
        "id": event.id,
        "name": event.name,
        "began": iso(event.began),
        "hours": event.lasted,
        "running": event.running,
        "peak_posts": event.peak_posts,
        "posts": event.posts,
        "level": event.level.name,
        "second_wave": event.second_wave,
        "why": event.why.to(language),
        "score": rounded(event.score),
    }


def events_words(events: Sequence[ToldEvent], briefing: Briefing) -> tuple[Text, ...]:
    """What does a person read of the events in a terminal? What there is, two lines an event in the order given, the
    rest."""
    known = sum(part.id != REST for part in briefing.parts)
    time = f"{briefing.as_of:%Y-%m-%d %H:%M}"
    if not known:
        head = _("As of {time}: no event in {posts:,} posts.", time=time, posts=briefing.posts)
    else:
        head = _("As of {time}: {events:,} events in {posts:,} posts.", time=time, events=known, posts=briefing.posts)
    lines = [line for event in events for line in event_words(event.part, event.description, briefing.profile)]
    if known > len(events):
        lines.append(_("{more:,} more events, less grave.", more=known - len(events)))
    return (head, *lines, *(rest_words(part, briefing.profile) for part in briefing.parts if part.id == REST))


def event_words(part: Part, description: Description, profile: Profile) -> tuple[Text, Text]:
    """How does one event read in two lines: how grave it is, and where it came from?"""
    hourly, assessment = part.situation.hourly, part.assessment
    first = _(
        "{level}: “{event}” ({topic}). {stage}, {trend}; heat {heat:.0f}; {posts:,} posts, {day:,} in 24 h; "
        "{negative}.",
        level=level_label(assessment.level, assessment.score, profile),
        event=description.name,
        topic=part.topic.label,
        stage=Stage(hourly["stage"].iloc[-1]).label,
        trend=TREND_LABELS[trend(part)],
        heat=float(hourly["heat"].iloc[-1]),
        posts=part.posts,
        day=part.posts_24h,
        negative=negative_words(part),
    )
    return first, origin_words(part, description)


def negative_words(part: Part) -> Text:
    """How does the negative share read, with its 90% interval?"""
    if part.negative_share is None:
        return _("no posts")
    share, low, high = part.negative_share
    return _("{share:.0%} negative ({low:.0%} to {high:.0%})", share=share, low=low, high=high)


def origin_words(part: Part, description: Description) -> Text:
    """How does it read when and where an event began, when it was busiest, and what is said of it?"""
    platforms = description.sources.sort_values("published_at", kind="stable")["platform"]
    where = Platform(platforms.iloc[0]).label if len(platforms) else _("unknown")
    times = {"began": f"{part.began:%Y-%m-%d %H:%M}", "peak": f"{part.peak:%Y-%m-%d %H:%M}"}
    told = _("First {began} ({platform}), busiest hour {peak}", platform=where, **times)
    if description.terms:
        words = description.terms[:TOLD_WORDS]
        told = _("{facts}; words: {words}", facts=told, words=words)
    values = {"facts": told, "id": part.id}
    line = _("{facts} [{id}], spam campaign", **values) if part.spam else _("{facts} [{id}]", **values)
    return Text("  {line}", (("line", line),))


def rest_words(part: Part, profile: Profile) -> Text:
    """How do the posts of no event read?"""
    return _(
        "{level}: posts of no event, {posts:,}, {day:,} of them in 24 h.",
        level=level_label(part.assessment.level, part.assessment.score, profile),
        posts=part.posts,
        day=part.posts_24h,
    )
