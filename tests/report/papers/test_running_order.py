"""Are scenes shown in the order that was chosen, and does a link lead to the same one?"""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import Text
from analysis.report.papers.blocks import Scene, Span
from analysis.report.papers.running_order import Order, arranged, moved, only, shown, with_shown
from analysis.report.papers.scene_links import read_scene_link, scene_link
from analysis.schema import InputError

SCENES = tuple(Scene(key, Text(key), Text(""), ()) for key in "abcd")
AS_OF = pd.Timestamp("2025-03-04 09:59:59", tz="Asia/Shanghai")
EVENT = "20250304-0123456789abcdef~2"


def keys(scenes: tuple[Scene, ...]) -> str:
    return "".join(scene.key for scene in scenes)


def test_scenes_are_moved_left_out_and_taken_back() -> None:
    chosen = moved(SCENES, Order(), "c", -1)
    assert keys(arranged(SCENES, chosen)) == "acbd"
    assert keys(arranged(SCENES, moved(SCENES, chosen, "a", 9))) == "cbda"
    without = with_shown(chosen, "b", False)
    assert (keys(shown(SCENES, without)), keys(arranged(SCENES, without))) == ("acd", "acbd")
    assert keys(shown(SCENES, with_shown(without, "b", True))) == "acbd"


def test_a_scene_that_came_up_since_stands_behind_the_one_it_follows() -> None:
    chosen = only((SCENES[0], SCENES[3]), ("d", "a"))
    assert keys(arranged(SCENES, chosen)) == "dabc"
    assert keys(shown(SCENES[1:3], chosen)) == "bc"


def test_none_is_never_what_is_shown() -> None:
    chosen = only(SCENES, ("x",))
    assert chosen.left == frozenset("abcd") and keys(shown(SCENES, chosen)) == "abcd"
    assert only(SCENES, ()) == Order()


@pytest.mark.parametrize(("span", "event"), [(Span.WEEKLY, None), (Span.EVENT, EVENT)])
def test_a_link_leads_back_to_its_scene(span: Span, event: str | None) -> None:
    params = scene_link("0123456789abcdef" * 4, AS_OF, span, event, f"event:{EVENT}", ("trend", f"event:{EVENT}"))
    found = read_scene_link({**params, "other": "1"})
    assert found is not None
    assert (found.as_of, found.span, found.event) == (AS_OF, span, event)
    assert (found.scene, found.scenes) == (f"event:{EVENT}", ("trend", f"event:{EVENT}"))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("scene", "<b>"),
        ("scene", ""),
        ("scenes", "a,,b"),
        ("span", "yearly"),
        ("span", "event"),
        ("event", "../x"),
        ("event", EVENT),
        ("dataset", "xyz"),
        ("as_of", "2025-99-99T00:00:00Z"),
    ],
)
def test_a_damaged_link_says_which_part_is(part: str, value: str) -> None:
    params = scene_link("0123456789abcdef" * 4, AS_OF, Span.DAILY, None, "trend")
    with pytest.raises(InputError, match="damaged"):
        read_scene_link({**params, part: value})


def test_an_address_without_any_part_is_no_link() -> None:
    assert read_scene_link({"x": "1"}) is None
