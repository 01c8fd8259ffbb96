"""What is told in the meeting and on paper, from what this session looks at? Told once: a change of scene tells nothing
anew.

Texts of posts are in it: it is held by the session and by no cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from analysis.parts import Part
from analysis.pipeline import Briefing
from analysis.report.papers.blocks import Span, Story
from analysis.report.papers.material import Material, told_events
from analysis.report.papers.story import tell
from analysis.reporting import event_called, with_span
from analysis.response.profile import Profile
from analysis.signals.reach import reach
from analysis.standing import of_part, planned
from pages import known, session
from pages.handling import case, done_tasks, grade, playbook
from pages.kept import kept_briefing

Told = TypeVar("Told")
MOST_KEPT = 6  # materials, and stories: the page's, the wall's, those of the span or event before, and a what-if


def story(span: Span, event: str | None = None, number: str = "", profile: Profile | None = None) -> Story:
    """What is told of a span as of the session's time, of one event or (None) of all?

    number: of the paper, "" = to be filled in by hand. profile: a what-if, None = the one in force. Raises InputError
    where nothing is loaded that counts, or the event is not known at this time.
    """
    wanted = ("story", span, number, *depends_on(event, profile))
    return remembered("stories", wanted, lambda: tell(material(event, profile, span), span, number))


def material(event: str | None = None, profile: Profile | None = None, span: Span = Span.DAILY) -> Material:
    """From what is it told? See `story`."""
    wanted = ("material", span, *depends_on(event, profile))
    return remembered("materials", wanted, lambda: gathered(event, profile, span))


def gathered(event: str | None, profile: Profile | None, span: Span) -> Material:
    """From what is it told, where it was not told before?"""
    briefing, data = briefing_under(profile), session.dataset()
    part, key = part_told_of(briefing, event), its_case(briefing, event)
    own = briefing.standing if event is None else of_part(part, briefing.profile, data.rates, briefing.late)
    found = Material(
        briefing,
        planned(own, part.seen, playbook(), grade(key)),
        data.cube,
        data.posts,
        reach(data.posts.iloc[:0], briefing.as_of, briefing.as_of),
        event,
        known.names(),
        {told.id: known.description(told.id) for told in told_events(briefing, event)},
        reports=session.loaded().reports,
        done=done_tasks(key),
        left_aside=data.left_aside + data.muted,
        synthetic=data.synthetic,
        engine=data.engine,
        checked=len(data.checked),
    )
    return with_span(found, span)


def briefing_under(profile: Profile | None) -> Briefing:
    """What does the desk say under a profile, None = the one in force?"""
    if profile is None:
        return session.briefing()
    data, when = session.dataset(), session.as_of().isoformat()
    return kept_briefing(data.id, when, profile, data.left_aside, data.rates, data.by_day, data.cube, data.events)


def part_told_of(briefing: Briefing, event: str | None) -> Part:
    """Which part is told of: the event, or (None) what makes the level? Raises InputError where it is not known."""
    return briefing.parts[0] if event is None else event_called(briefing, event)


def its_case(briefing: Briefing, event: str | None) -> str:
    """Under which key is kept what was done about an event, or (None) about what makes the level?"""
    part = part_told_of(briefing, event)
    return case(part.id, (briefing if event is None else part).assessment.onset)


def depends_on(event: str | None, profile: Profile | None) -> tuple[Any, ...]:
    """On what of this session, besides its posts, does rest what is told?"""
    key = its_case(briefing_under(profile), event)
    handled = (playbook(), grade(key), tuple(sorted(done_tasks(key).items())))
    return (event, profile or session.profile(), session.as_of(), session.edits(), *handled)


def remembered(name: str, wanted: tuple[Any, ...], make: Callable[[], Told]) -> Told:
    """What was made of these posts for the same wish before, or is made now? The MOST_KEPT latest are remembered."""
    data, held = session.dataset(), session.held(name)
    found = dict(held[1]) if held is not None and held[0] is data else {}
    made: Told = found.pop(wanted) if wanted in found else make()
    found[wanted] = made  # last: the one that was wanted longest ago is forgotten first
    session.hold(name, (data, dict(list(found.items())[-MOST_KEPT:])))
    return made
