"""Which earlier events were like this one, how did they go, and for how long?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from frames import START, at, cube
from lives import described, event_cube, part_at

from analysis.events.follow import Related, lasted_text, related
from analysis.parts import Part
from analysis.schema import Level, Topic


@cache
def small() -> Part:
    """An event of 3 posts in hour 60 and 2 in hour 69, long over."""
    return part_at(event_cube({60: 3, 69: 2}), 400)


def lived(id: str, began: float, **told: object) -> Part:
    """A small event, until hour 70, as if its first post had come at another time."""
    return replace(small(), id=id, began=at(began), **{"topic": Topic.OTHER, **told})  # type: ignore[arg-type]


def now() -> Part:
    return lived("now", 390, topic=Topic.SERVICE)


ABOUT = described(departments=("产科",), terms=("剖腹产", "护士", "#产科#"))


def test_earlier_events_of_the_same_department_kind_or_words_are_related_the_most_alike_first() -> None:
    earlier = [
        (lived("words", 10), described(terms=("剖腹产", "护士", "停车"), name="词")),
        (lived("kind", 20, topic=Topic.SERVICE), described(name="类")),
        (lived("department", 30.9), described(departments=("产科", "急诊科"), name="科")),
        (lived("all", 40), described(departments=("产科",), terms=("剖腹产",), name="全")),
        (lived("one word", 50), described(terms=("护士", "停车"))),
        (lived("nothing", 60), described(departments=("骨科",), terms=("停车",))),
    ]
    found = related(now(), ABOUT, earlier)
    # all: 0.4 + 0.3/√3 = 0.57; kind: 0.3; department: 0.4/√2 = 0.28; words: 0.3 · 2/3 = 0.2
    assert [(event.id, round(event.score, 2)) for event in found] == [
        ("all", 0.57),
        ("kind", 0.3),
        ("department", 0.28),
        ("words", 0.2),
    ]
    assert [event.why.to("en") for event in found] == [
        "same department: 产科, same words: 剖腹产",
        "same topic: Service complaints",
        "same department: 产科",
        "same words: 剖腹产, 护士",
    ]
    assert [(event.name, event.lasted) for event in found] == [("全", 30), ("类", 50), ("科", 40), ("词", 60)]
    assert {(event.posts, event.peak_posts, event.running, event.second_wave) for event in found} == {
        (5, 3, False, False)
    }
    assert related(now(), ABOUT, earlier, most=1) == found[:1]


def test_what_began_later_is_itself_or_is_spam_is_no_earlier_event() -> None:
    alike = described(departments=("产科",), name="科")
    later, spam = lived("later", 395), lived("spam", 20, spam=True)
    rest = lived("", 10)
    assert related(now(), ABOUT, [(now(), ABOUT), (later, alike), (spam, alike), (rest, alike)]) == ()
    assert [event.id for event in related(replace(now(), spam=True), ABOUT, [(spam, alike)])] == ["spam"]
    assert related(replace(now(), id=""), ABOUT, [(lived("a", 10), alike)]) == ()


def test_other_topics_are_no_kind() -> None:
    assert related(replace(now(), topic=Topic.OTHER), described(), [(lived("a", 10), described())]) == ()


def one_way(part: Part) -> Related:
    (found,) = related(replace(now(), began=at(1000)), ABOUT, [(part, ABOUT)])
    return found


def test_an_event_lasts_until_it_settles_and_runs_until_then() -> None:
    waves = {200: 1, **dict.fromkeys(range(220, 232), 40), **dict.fromkeys(range(262, 268), 60)}
    part = part_at(event_cube({**waves, 430: 1}, topic="service"), 440)
    stage = part.situation.hourly["stage"]
    settled = stage.index[(stage != "settled").to_numpy().nonzero()[0][-1] + 1]
    found = one_way(replace(part, began=at(200.7)))
    assert not found.running
    assert found.lasted == (settled - START) / pd.Timedelta(hours=1) - 200  # not until the straggler at 430
    assert (found.peak_posts, found.posts, found.second_wave) == (60, 12 * 40 + 6 * 60 + 2, True)
    running = one_way(part_at(event_cube(waves, topic="service"), 270))
    assert (running.lasted, running.running) == (270 - 200 + 1, True)


@pytest.mark.parametrize(("until", "hours", "running"), [(365, 16, True), (390, 11, False)])
def test_a_small_event_is_running_while_there_was_a_post_within_a_day(until: int, hours: int, running: bool) -> None:
    found = one_way(part_at(event_cube({350: 3, 360: 2}), until))
    assert (found.lasted, found.running) == (hours, running)


def test_the_highest_level_is_told_also_when_it_has_fallen() -> None:
    grave = {"topic": "medical_quality", "death_blamed": 20}
    part = part_at(cube({"hour": 0}, {"event": "e", "hour": 100, "posts": 40, **grave}), 250)
    assert part.assessment.level == Level.ROUTINE
    assert one_way(replace(part, topic=Topic.SERVICE)).level == Level.SEVERE


def test_how_long_they_lasted_is_summed_up() -> None:
    found = one_way(lived("a", 10))
    over = [replace(found, lasted=hours) for hours in (10, 62, 100)]
    running = replace(found, lasted=5, running=True)
    assert (
        str(lasted_text([*over, running])) == "3 earlier events like this one lasted 62 h in the median (10 to 100 h)."
    )
    assert str(lasted_text([over[1], running])) == "One earlier event like this one is over: it lasted 62 h."
    assert str(lasted_text([running, running])) == "Earlier events like this one: 2, none of them over."
    assert str(lasted_text([])) == "No earlier event in these posts is like this one."
