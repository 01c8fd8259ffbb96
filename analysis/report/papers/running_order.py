"""Which scenes are shown, and in which order? What the presenter chose, applied to the scenes that there are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.report.papers.blocks import Scene


@dataclass(frozen=True)
class Order:
    """What did the presenter choose? order: keys of scenes as they were put; left: of those that are not shown.

    A scene that is in neither (an event that came up since) stands behind the one that it follows in the story.
    """

    order: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()


def arranged(scenes: Sequence[Scene], chosen: Order) -> tuple[Scene, ...]:
    """In which order do all scenes stand, those that are not shown among them?"""
    by_key = {scene.key: scene for scene in scenes}
    found = [key for key in chosen.order if key in by_key]
    before = ""
    for key in by_key:
        if key not in found:
            found.insert(found.index(before) + 1 if before else 0, key)
        before = key
    return tuple(by_key[key] for key in found)


def shown(scenes: Sequence[Scene], chosen: Order) -> tuple[Scene, ...]:
    """Which scenes are shown, in their order? All of them where none would be left."""
    found = arranged(scenes, chosen)
    return tuple(scene for scene in found if scene.key not in chosen.left) or found


def moved(scenes: Sequence[Scene], chosen: Order, key: str, by: int) -> Order:
    """What is chosen when one scene is moved by so many places, as far as there are?"""
    order = [scene.key for scene in arranged(scenes, chosen)]
    at = order.index(key)
    order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
    return replace(chosen, order=tuple(order))


def with_shown(chosen: Order, key: str, wanted: bool) -> Order:
    """What is chosen when one scene is to be shown, or not?"""
    return replace(chosen, left=chosen.left - {key} if wanted else chosen.left | {key})


def only(scenes: Sequence[Scene], keys: Sequence[str]) -> Order:
    """What is chosen when these scenes, in this order, are all that is shown? Keys of scenes that are not there count
    nothing; () = all, as they come."""
    if not keys:
        return Order()
    return Order(tuple(keys), frozenset(scene.key for scene in scenes if scene.key not in keys))
