"""What do people say, in their own words, and what did the hospital say? Masked, cut where too long, never changed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.events.official import by_own_accounts
from analysis.language import Text, _
from analysis.parts import Part
from analysis.posts.privacy import masked_series
from analysis.report.papers.blocks import Fact, Made, Quote, Quotes, Span
from analysis.report.papers.counting import HOUR, spans
from analysis.report.papers.judged import event_name
from analysis.report.papers.material import Material, told_events
from analysis.report.papers.rounding import hidden, quoted, said_on, shortened
from analysis.report.papers.sentences import label
from analysis.report.tables import PART_LABELS
from analysis.report.top import COUNTERS, telling_posts
from analysis.schema import TIMEZONE, full_text
from analysis.signals.arrival import paces, seen_share
from analysis.signals.wording import between

LONGEST, LONGEST_NAME = 120, 24  # characters of a quote, and of an account's name
OF_ONE, OF_EACH, OF_ALL, OF_OWN = 3, 2, 5, 3  # quotes of the one event told, of each of several, of none, of our own


def quotes(material: Material, span: Span) -> tuple[Quotes, ...]:
    """What do people say? Of each event that is told its representative posts; without an event those that drew most.

    () where there is nothing to quote.
    """
    events = [part for part in told_events(material.briefing, material.event) if part.id in material.descriptions]
    found = [of_event(material, part, OF_ONE if len(events) == 1 else OF_EACH) for part in events]
    return tuple(one for one in found or [of_span(material, span)] if one.quotes)


def of_event(material: Material, part: Part, most: int) -> Quotes:
    """Which posts speak for an event?"""
    table = material.descriptions[part.id].representative.head(most)
    title = _("What people say about “{event}”", event=event_name(material, part))
    return Quotes(title, tuple(made(material, table, table["published_at"])))


def of_span(material: Material, span: Span) -> Quotes:
    """Which risk posts of the span drew most?"""
    now, as_of = spans(material, span)[0], material.briefing.as_of
    posts = between(material.posts, now.since, now.until + HOUR)
    if material.event is not None:
        posts = posts[(posts["event_id"] == material.event).to_numpy(dtype=bool)]
    pace = material.briefing.profile.pace
    posts = posts[~by_own_accounts(posts, material.briefing.profile.own_accounts)]
    table = telling_posts(posts, as_of, now.since, risk_only=True, most=OF_ALL, pace=pace)
    times = table["published_at"].dt.tz_localize(TIMEZONE, ambiguous=np.ones(len(table), bool), nonexistent="NaT")
    return Quotes(_("Posts on risk types that drew most"), tuple(made(material, table, times)))


def own_quotes(material: Material) -> tuple[Quotes, ...]:
    """What did the hospital's own accounts say in the events that are told? () where they did not speak."""
    found = []
    for part in told_events(material.briefing, material.event):
        if part.id in material.descriptions and len(table := material.descriptions[part.id].official.tail(OF_OWN)):
            title = _("What the hospital published on “{event}”", event=event_name(material, part))
            found.append(Quotes(title, tuple(made(material, table, table["published_at"], own=True))))
    return tuple(found)


def ours(material: Material, position: int) -> bool:
    """Is a post by one of the hospital's own accounts?"""
    return bool(by_own_accounts(material.posts.iloc[[position]], material.briefing.profile.own_accounts).iloc[0])


def made(material: Material, table: pd.DataFrame, times: pd.Series, own: bool = False) -> Iterator[Quote]:
    """How do these posts (platform, text; masked) read as quotations? Those by own accounts alone, or by none of them.

    One that cannot be found again is left out.
    """
    ids = table["post_id"] if "post_id" in table else [""] * len(table)
    for time, platform, text, post_id in zip(times, table["platform"], table["text"], ids, strict=True):
        position = place_of(material.posts, time, str(platform), str(text), str(post_id))
        if position is not None and ours(material, position) == own:
            yield Quote(
                shortened(str(text), LONGEST), by_line(material, position), position, cut=len(str(text)) > LONGEST
            )


def place_of(posts: pd.DataFrame, time: pd.Timestamp, platform: str, text: str, post_id: str) -> int | None:
    """Where (iloc) stands the post of this moment and platform that reads so when it is masked? None: nowhere.

    posts: in order of time; only those of the same moment are read.
    """
    if pd.isna(time):
        return None
    first, last = (int(posts["published_at"].searchsorted(time, side=side)) for side in ("left", "right"))
    same = posts.iloc[first:last]
    fits = (same["platform"] == platform).to_numpy(dtype=bool) & (masked_series(full_text(same)) == text).to_numpy()
    named = fits & (same["post_id"] == post_id).to_numpy(dtype=bool)
    found = np.flatnonzero(named if named.any() else fits)
    return first + int(found[0]) if len(found) else None


def by_line(material: Material, position: int) -> Text:
    """Where, by whom and when was a post published, and what has it drawn by the time of the look?"""
    post = material.posts.iloc[position]
    as_of = material.briefing.as_of
    year = post["published_at"].year != as_of.year
    words: dict[str, object] = {
        "platform": label("platform", str(post["platform"])),
        "time": said_on(post["published_at"], _("Published"), (), f"post.{position}", year),
    }
    drawn = counters(material, position)
    parts = ["{platform}"]
    if post["author"]:
        words["author"] = quoted(hidden(str(post["author"])), _("Account"), LONGEST_NAME)
        parts.append("{author}")
    parts.append("{time}")
    if drawn:
        words["drawn"] = drawn
        parts.append("{drawn}")
    return Text(" · ".join(parts), tuple(words.items()))


def counters(material: Material, position: int) -> tuple[Text, ...]:
    """How many reposts, comments and likes of a post are estimated to have come by the time of the look?"""
    one = material.posts.iloc[[position]]
    pace = paces(one["platform"], material.briefing.profile.pace)
    share = float(seen_share(one["published_at"], one["collected_at"], material.briefing.as_of, pace)[0])
    found = []
    for name in COUNTERS:
        count = one[name].iloc[0]
        come = 0 if pd.isna(count) else round(float(count) * share)
        if come:
            fact = Fact(come, Made.COUNTER, PART_LABELS[name], (), f"{position}.{name}")
            found.append(Text("{name} {n:,}", (("name", PART_LABELS[name]), ("n", fact))))
    return tuple(found)
