"""How does an event go on: does it rise or fall, what changed, and how did earlier ones like it go?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pandas as pd

from analysis.events.describe import Description
from analysis.events.lately import (
    beginning,
    burst_changes,
    direction,
    heat_change,
    joined,
    lately,
    level_change,
    loud_accounts,
    new_words,
    post_change,
    share_change,
    since,
    stage_change,
    statements,
    told,
    unchanged,
)
from analysis.language import Text, _
from analysis.parts import AFTER, REST, Part
from analysis.schema import Level, Stage, Topic
from analysis.signals.clock import whole_hour

MOST = 6  # sentences
DEPARTMENT, KIND, WORDS = 0.4, 0.3, 0.3  # of the likeness of two events; they sum to 1
FEWEST_WORDS = 2  # shared words that make events alike by themselves: one may be chance
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(hours=24)
TREND_LABELS = {1: _("rising"), 0: _("steady"), -1: _("falling")}


@dataclass(frozen=True)
class Related:
    """An earlier event that is like another, and how it went.

    began: its first post. lasted: hours from that hour on until it settled, or until its last post where it never broke
    out; up to now if it is still running. peak_posts: in its busiest hour. level: the highest it had. second_wave:
    whether there was one. why: what is alike. score: how much, (0, 1].
    """

    id: str
    name: str
    began: pd.Timestamp
    lasted: int
    running: bool
    peak_posts: int
    posts: int
    level: Level
    second_wave: bool
    why: Text
    score: float


def trend(part: Part) -> int:
    """Does it rise (1), fall (-1), or neither (0)? The last 6 h against the 6 h before; a night is not allowed for.

    A change counts if it is a fifth at least and too large for chance (90%): two Poisson counts, of which one is
    binomial given their sum (Przyborowski & Wilenski 1940).
    """
    return direction(lately(part))


def changes(part: Part, posts: pd.DataFrame, official: pd.DataFrame | None = None) -> tuple[Text, ...]:
    """What changed in the last 6 h against the 6 h before? At most six sentences with their numbers, gravest first.

    posts: of the event, annotated, in order of time, up to as_of. official: posts by own accounts (see
    `Description.official`), None = not known. Says so where nothing changed, and where the event is over. Where posts
    tell dates alone, days are compared. Personal data are masked; what posts and accounts say is as hostile as it was
    written.
    """
    if part.situation.as_of - part.last_post >= AFTER:
        last = told(part.last_post)
        return (_("It is over: the last of {posts:,} posts came at {time}.", posts=part.posts, time=last),)
    window = lately(part)
    first = int(posts["published_at"].searchsorted(window.start))
    now, earlier = posts.iloc[first:], posts.iloc[:first]
    found = (
        *level_change(part, window),
        *statements(official, window),
        *(beginning(part, now) if part.id != REST and part.began >= window.start else post_change(window)),
        *stage_change(part, window),
        *share_change(part, window),
        *loud_accounts(now, earlier, official),
        *joined(now, earlier, window),
        *burst_changes(part, window),
        *new_words(now, earlier),
        *heat_change(window),
    )
    return found[:MOST] or (unchanged(window),)


def related(
    part: Part, description: Description, earlier: Sequence[tuple[Part, Description]], most: int = 5
) -> tuple[Related, ...]:
    """Which earlier events were like this one, and how did they go? Most alike first, of equal ones the gravest.

    Alike: the same department, the same kind (topic), or two words in common. Only events that began before count;
    a spam campaign is compared with spam campaigns alone. earlier: may hold other events and this one too.
    """
    found = [
        went(other, described, why, score)
        for other, described in earlier
        if REST not in (other.id, part.id) and other.began < part.began and other.spam == part.spam
        for why, score in alike(part, description, other, described)
    ]
    order = sorted(found, key=lambda event: (event.score, event.level, event.posts, event.began), reverse=True)
    return tuple(order[:most])


def alike(part: Part, one: Description, other: Part, two: Description) -> tuple[tuple[Text, float], ...]:
    """In what are two events alike, and how much (0, 1]? () if they are not.

    Of departments and words the share in common is the cosine of the two sets (Ochiai 1957).
    """
    departments = tuple(name for name in one.departments if name in two.departments)
    words = tuple(word for word in one.terms if word in two.terms)
    kind = part.topic == other.topic != Topic.OTHER
    if not (departments or kind or len(words) >= FEWEST_WORDS):
        return ()
    why = (
        *((_("same department: {names}", names=departments),) if departments else ()),
        *((_("same topic: {topic}", topic=part.topic.label),) if kind else ()),
        *((_("same words: {words}", words=words),) if words else ()),
    )
    score = DEPARTMENT * cosine(departments, one.departments, two.departments) + KIND * kind
    return ((Text("{reasons}", (("reasons", why),)), score + WORDS * cosine(words, one.terms, two.terms)),)


def cosine(common: tuple[str, ...], one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much of two sets is common? [0, 1]"""
    return len(common) / (len(one) * len(other)) ** 0.5 if common else 0.0


def went(part: Part, description: Description, why: Text, score: float) -> Related:
    """How did an event go?"""
    hourly = part.situation.hourly
    hours, running = lasted(part)
    return Related(
        id=part.id,
        name=description.name,
        began=part.began,
        lasted=hours,
        running=running,
        peak_posts=int(hourly["posts"].max()),
        posts=part.posts,
        level=Level(int(part.assessment.timeline["level"].max())),
        second_wave=bool((hourly["stage"] == Stage.SECOND_WAVE).any()),
        why=why,
        score=score,
    )


def lasted(part: Part) -> tuple[int, bool]:
    """For how many hours has an event run, and does it run still?

    It runs until it settles; one that never broke out, until its last post, if there was none for a day.
    """
    stage, quiet = part.situation.hourly["stage"], part.situation.as_of - part.last_post
    settled = (stage == Stage.SETTLED).to_numpy(dtype=bool)
    broke_out = not settled.all()
    running = quiet < AFTER and not settled[-1] if broke_out else quiet < DAY
    end = since(stage) if broke_out and settled[-1] else part.last_post + HOUR
    return int(((stage.index[-1] + HOUR if running else end) - whole_hour(part.began)) / HOUR), bool(running)


def lasted_text(found: Sequence[Related]) -> Text:
    """How long did the earlier events that are like this one last?"""
    over = [event.lasted for event in found if not event.running]
    if not found:
        return _("No earlier event in these posts is like this one.")
    if not over:
        return _("Earlier events like this one: {events:,}, none of them over.", events=len(found))
    if len(over) == 1:
        return _("One earlier event like this one is over: it lasted {hours:,} h.", hours=over[0])
    return _(
        "{events:,} earlier events like this one lasted {middle:,.0f} h in the median ({least:,} to {most:,} h).",
        events=len(over),
        middle=median(over),
        least=min(over),
        most=max(over),
    )
