"""What does the meeting show? The report, the scenes and their order, as the presenter chose them in this session.

Also which scene stands on the wall. Kept here so that the page Reports makes slides of the same scenes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.report.papers.blocks import Scene, Span, Story
from analysis.report.papers.running_order import Order, only, shown
from analysis.report.papers.scene_links import SceneLink
from pages import linking, session, telling


@dataclass(frozen=True)
class Subject:
    """Of what is the meeting? event: its id, None = of all."""

    span: Span = Span.DAILY
    event: str | None = None


@dataclass(frozen=True)
class OnWall:
    """What stands on the wall? scene: its key; asking: the what-if panel is open; run: counts its openings."""

    scene: str
    asking: bool = False
    run: int = 0


def subject() -> Subject:
    """Of what is the meeting? Of all, until something else was chosen for these posts."""
    held: tuple[str, Subject] | None = session.held("meeting_subject")
    return held[1] if held is not None and held[0] == linking.dataset_mark() else Subject()


def choose_subject(chosen: Subject) -> None:
    """How is it chosen of what the meeting is?"""
    session.hold("meeting_subject", (linking.dataset_mark(), chosen))


def told() -> Story:
    """What is told in the meeting? Raises InputError where there are no posts, or the event is not there yet."""
    chosen = subject()
    return telling.story(chosen.span, chosen.event)


def order() -> Order:
    """Which scenes were chosen, in which order?"""
    found: Order = session.held("meeting_order") or Order()
    return found


def choose_order(chosen: Order) -> None:
    """How are scenes and their order chosen?"""
    session.hold("meeting_order", chosen)


def shown_scenes(story: Story) -> tuple[Scene, ...]:
    """Which scenes of a story are shown, in which order? As chosen for the meeting; never none of them."""
    return shown(story.scenes, order())


def on_wall() -> OnWall | None:
    """What stands on the wall? None while the meeting is prepared."""
    found: OnWall | None = session.held("on_wall")
    return found


def put_on_wall(scene: str) -> None:
    """How does a scene come onto the wall? "": the first."""
    session.hold("on_wall", OnWall(scene, run=of_run()))


def of_run() -> int:
    """How often was the what-if panel opened? Its sliders begin anew with each."""
    return int(session.held("whatif_run") or 0)


def place(scenes: tuple[Scene, ...]) -> int:
    """At which position stands the scene on the wall? The first where it is not there any more."""
    there = on_wall()
    keys = [scene.key for scene in scenes]
    return keys.index(there.scene) if there is not None and there.scene in keys else 0


def step(keys: tuple[str, ...], by: int) -> None:
    """How does the wall go on, or back, by so many scenes? Not beyond the first and the last. keys: in their order."""
    there = on_wall()
    if there is not None and keys:
        at = keys.index(there.scene) if there.scene in keys else 0
        session.hold("on_wall", replace(there, scene=keys[min(max(at + by, 0), len(keys) - 1)]))


def ask(asking: bool) -> None:
    """How is the what-if panel opened and closed? What was tried in it is forgotten."""
    there = on_wall()
    if there is not None:
        session.hold("whatif_run", of_run() + 1)
        session.hold("on_wall", replace(there, asking=asking, run=of_run()))


def leave() -> None:
    """How does the wall become the desk again? An open what-if panel is closed first."""
    there = on_wall()
    if there is not None and there.asking:
        ask(False)
    else:
        session.hold("on_wall", None)


def follow(link: SceneLink) -> None:
    """How does a link to a scene come onto the wall? Its time is in force already."""
    choose_subject(Subject(link.span, link.event))
    choose_order(only(told().scenes, link.scenes))
    put_on_wall(link.scene)
