"""How does one event look at the head of its page: its name, its level and why, its facts and its numbers?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.report.charts import LEVEL_MARKS, level_colour
from analysis.report.event_table import listed, name_of
from analysis.report.outlook_words import Fact, ahead_fact, burst_fact, peak_fact, stage_fact
from analysis.report.overview import Metric, difference, percent, recent
from analysis.response.indicators import negative_shares
from analysis.response.level import level_label
from analysis.response.profile import Profile
from analysis.response.reasons import summary
from analysis.schema import Stage

SPAM_TEXT = _("Looks like a spam campaign: many accounts, one text, within minutes. Its posts are no voices of people.")


def event_head(part: Part, name: str, profile: Profile, language: str) -> str:
    """Which HTML says what it is, how grave, and why? The name is as foreign as its posts: everything is escaped."""
    assessment = part.assessment
    colour = level_colour(assessment.level, assessment.score, profile)
    label = level_label(assessment.level, assessment.score, profile).to(language)
    lines = [summary(assessment, profile).to(language)] + [SPAM_TEXT.to(language)] * part.spam
    said = "".join(f'<div style="font-size:1.08rem">{escape(line)}</div>' for line in lines)
    return (
        f'<div data-testid="event-head" style="border-left:12px solid {colour};background:{colour}1F;'
        f'border-radius:6px;padding:14px 20px;line-height:1.5;overflow-wrap:anywhere">'
        f'<div style="font-size:1.7rem;font-weight:700;unicode-bidi:isolate">{escape(name)}</div>'
        f'<div style="font-size:1.15rem;font-weight:600"><span aria-hidden="true" style="color:{colour}">'
        f"{LEVEL_MARKS[assessment.level]}</span> {escape(label)}</div>{said}"
        f'<div style="font-size:.9rem;opacity:.75;margin-top:4px">{escape(dates_text(part).to(language))}</div></div>'
    )


def dates_text(part: Part) -> Text:
    """What is it about, when did it begin, when was it busiest, and when did it last speak?"""
    if part.id == REST:
        return _("Leading topic: {topic} · {posts:,} posts", topic=part.topic.label, posts=part.posts)
    return _(
        "{topic} · {posts:,} posts · first {began} · an event since {exists} · busiest hour {peak} · latest {last}",
        topic=part.topic.label,
        posts=part.posts,
        began=f"{part.began:%Y-%m-%d %H:%M}",
        exists=f"{part.exists:%m-%d %H:%M}",
        peak=f"{part.peak:%m-%d %H:00}",
        last=f"{part.last_post:%m-%d %H:00}",
    )


def event_metrics(part: Part) -> tuple[Metric, ...]:
    """What are its posts, its heat and its negative share now, and what is to come? With their last 7 days."""
    hourly, posts = part.situation.hourly, part.assessment.read.posts
    return (
        Metric(
            _("Posts in 24 h"),
            Text("{n:,}", (("n", part.posts_24h),)),
            percent(posts),
            recent(posts),
            _("Posts of this event in the last 24 hours; the change is against the 24 hours before."),
            _("{posts:,} so far", posts=part.posts),
        ),
        Metric(
            _("Heat of risk posts"),
            _("{n:.0f}", n=hourly["heat"].iloc[-1]),
            difference(hourly["heat"].to_numpy()),
            recent(hourly["heat"].to_numpy()),
            _("0 = silence, 100 = the profile's reference. Of this event's posts alone."),
            Stage(hourly["stage"].iloc[-1]).label,
        ),
        share_metric(part),
        ahead_metric(part),
    )


def share_metric(part: Part) -> Metric:
    """How many of its posts are negative, and between which ends does that lie?"""
    label = _("Negative share")
    meaning = _("Of all its posts so far, with its 90 percent interval. The curve is of 24 hours each.")
    read = part.assessment.read
    curve = recent(100 * negative_shares(read)[0])
    if part.negative_share is None:
        return Metric(label, _("no posts"), None, curve, meaning)
    value, low, high = part.negative_share
    if read.rates is None:
        note = _("{low:.0%} to {high:.0%}, uncorrected", low=low, high=high)
    else:
        note = _("{low:.0%} to {high:.0%}, corrected", low=low, high=high)
    return Metric(label, _("{share:.0%}", share=value), None, curve, meaning, note)


def ahead_metric(part: Part) -> Metric:
    """How many of its posts does the next day bring?"""
    label, fact = _("Posts to come in 24 h"), ahead_fact(part.outlook)
    meaning = Text("{lines}. {meaning}", (("lines", fact.lines), ("meaning", fact.meaning)))
    curve = recent(part.situation.hourly["posts"].to_numpy())
    day = next((ahead for ahead in part.outlook.ahead if ahead.hours == 24), None)
    if day is None:
        return Metric(label, _("no forecast"), None, curve, meaning, part.outlook.none)
    note = _("{low:,.0f} to {high:,.0f}", low=day.low, high=day.high)
    return Metric(label, _("{n:,.0f}", n=day.posts), None, curve, meaning, note)


def event_facts(part: Part) -> tuple[Fact, ...]:
    """Where does it stand? Stage, running bursts, and whether the peak is past."""
    told = [stage_fact(part.situation), burst_fact(part.situation)]
    calm = part.situation.hourly["stage"].iloc[-1] == Stage.SETTLED
    if part.outlook.peak_passed is not None and not calm:
        told.append(peak_fact(part.outlook.peak_passed))
    return tuple(told)


def chips(words: Iterable[str]) -> str:
    """How do words of posts stand side by side? HTML in which nothing of them is markup; "–" without any."""
    style = (
        "display:inline-block;border:1px solid rgba(128,142,156,.45);border-radius:12px;padding:1px 10px;"
        "margin:0 6px 6px 0;max-width:100%;overflow-wrap:anywhere;unicode-bidi:isolate"
    )
    return "".join(f'<span style="{style}">{escape(word)}</span>' for word in words) or "–"


def titles(parts: Sequence[Part], names: Mapping[str, str], language: str) -> dict[str, str]:
    """How are events called where one is chosen? By id: its name, the day of its first post, its id if two are equal.

    Names are as hostile as their posts. The posts of no event come last.
    """
    told = {
        part.id: name_of(part, names, language) if part.id == REST else f"{names[part.id]} · {part.began:%m-%d}"
        for part in listed(parts)
    }
    often = Counter(told.values())
    return {event: title if often[title] == 1 else f"{title} · {event}" for event, title in told.items()}
