"""The scenes of the meeting: which there are, what they say, and that they can be read from five metres."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from frames import at, cube, hourly_cube, posts
from materials import STEADY, end_of, material_of

from analysis.parts import Part
from analysis.report.papers.blocks import Chart, Lines, Quotes, Scene, Span, Table
from analysis.report.papers.material import Material
from analysis.report.papers.scenes import scenes
from analysis.response.playbook import TaskState, task_state
from analysis.schema import Level
from analysis.signals.reach import reach

KEYS = ["situation", "trend", "topics", "level", "tasks", "questions"]
LONG = "急诊排队三小时" * 30


@pytest.fixture(scope="module")
def grave() -> Material:
    """Yesterday two posts of no event; today 30 complaints about care, of an event with a name of 210 characters."""
    cells = cube(
        {"posts": 2, "topic": "other", "sentiment": "neutral"},
        *({"hour": hour, "event": "e", "topic": "medical_quality", "posts": 10} for hour in (24, 25, 26)),
    )
    return material_of(cells, 26, names={"e": LONG})


def by_key(material: Material, span: Span = Span.DAILY) -> dict[str, Scene]:
    found = scenes(material, span)
    for scene in found:
        wide = [block for block in scene.blocks if isinstance(block, Chart | Table)]
        lines = [text for block in scene.blocks if isinstance(block, Lines) for text in block.texts]
        said = [quote for block in scene.blocks if isinstance(block, Quotes) for quote in block.quotes]
        assert len(wide) <= 1 and len(lines) <= 4 and len(said) <= 2, scene.key
        assert scene.blocks and len(str(scene.title)) <= 45 and len(str(scene.lead)) <= 160, scene.key
        for chart in (block for block in wide if isinstance(block, Chart)):
            assert chart.series and all(len(series.values) == len(chart.categories) for series in chart.series)
    return {scene.key: scene for scene in found}


def told(scene: Scene) -> list[str]:
    return [str(text) for block in scene.blocks if isinstance(block, Lines) for text in block.texts]


def rows(scene: Scene) -> list[list[str]]:
    return [[str(cell) for cell in row] for block in scene.blocks if isinstance(block, Table) for row in block.rows]


def at_level(material: Material, level: Level) -> Material:
    """The same with another level in force, over all and of its gravest part."""
    part = material.briefing.parts[0]
    part = replace(part, assessment=replace(part.assessment, level=level))
    briefing = replace(material.briefing, parts=(part, *material.briefing.parts[1:]))
    assessment = replace(material.standing.assessment, level=level)
    return replace(material, briefing=briefing, standing=replace(material.standing, assessment=assessment))


def test_a_grave_event_has_its_scene_between_topics_and_level(grave: Material) -> None:
    found = by_key(at_level(grave, Level.MODERATE))
    assert list(found) == [*KEYS[:3], "event:e", *KEYS[3:]]
    event = found["event:e"]
    assert str(event.title) == LONG[:24] + "…"
    assert str(event.lead).startswith("Level Moderate, stage ")
    assert str(event.lead).endswith(": 30 posts so far, 30 in the last 24 hours, 100% of all negative.")


def test_the_situation_is_one_sentence_and_few_figures(grave: Material) -> None:
    # of the 24 hours up to 26 the posts are 30, all negative; hours 0 to 2 are the 24 before, as far as they are known
    scene = by_key(at_level(grave, Level.MODERATE))["situation"]
    score, least = grave.standing.assessment.score, grave.briefing.profile.thresholds.moderate
    why = f"but has not been under {least:g} for long enough" if score < least else f"this level begins at {least:g}"
    assert str(scene.lead).startswith(f"Response level Moderate (level II), because of “{LONG[:40]}…”.")
    assert f"The score is {score:.0f}" in str(scene.lead) and why in str(scene.lead)
    assert told(scene)[0] == "30 posts in the last 24 hours."
    assert told(scene)[1].startswith("Negative share 100% (9")
    assert told(scene)[2].endswith(" of 100; posts on 1 platform.")
    assert len(scene.lead.to("zh_CN")) <= 160


def test_before_there_is_a_whole_day_to_compare_with_nothing_is_compared() -> None:
    scene = by_key(material_of(hourly_cube([1] * 48), 47))["situation"]
    assert told(scene)[0] == "24 posts in the last 24 hours, as many as in the 24 hours before."


def test_of_many_grave_events_four_have_scenes_and_the_rest_a_table(grave: Material) -> None:
    first = at_level(grave, Level.MODERATE).briefing.parts[0]
    many = tuple(replace(first, id=f"e{place}") for place in range(40))
    briefing = replace(grave.briefing, parts=many)
    found = by_key(replace(grave, briefing=briefing, names={part.id: LONG for part in many}))
    assert [key for key in found if key.startswith("event")] == [f"event:e{place}" for place in range(4)] + ["events"]
    assert str(found["events"].lead) == "36 more events; the gravest is at level Moderate."
    assert len(rows(found["events"])) == 8 and told(found["events"]) == ["and 28 more events."]


def test_events_that_are_not_grave_stand_in_one_table() -> None:
    calm = material_of(cube({"event": "a"}, {"event": "b", "posts": 2}), 3)
    found = by_key(calm)
    assert list(found) == [*KEYS[:3], "events", *KEYS[3:]]
    assert sorted(row[0] for row in rows(found["events"])) == ["a", "b"]
    assert str(found["events"].lead) == "2 events; the gravest is at level Routine."


@pytest.fixture(scope="module")
def silent() -> Material:
    """One post, and then nothing for 29 hours."""
    return material_of(cube({}), 29)


def test_a_silent_day_has_its_scenes_and_says_so(silent: Material) -> None:
    found = by_key(silent)
    assert list(found) == [key for key in KEYS if key != "topics"]
    assert "there was no post about us" in told(found["situation"])[0]
    assert str(found["situation"].lead).startswith("Response level Routine: normal watching. The score is 0;")
    assert str(found["trend"].lead) == "There was no burst in this time."
    assert "topics" in by_key(silent, Span.WEEKLY)


def part_of(material: Material) -> Part:
    return next(part for part in material.briefing.parts if part.id == "e")


def test_a_report_of_one_event_tells_of_it_alone(grave: Material) -> None:
    found = by_key(replace(grave, event="e"), Span.EVENT)
    assert str(found["situation"].lead).startswith(f"“{LONG[:40]}…”: response level ")
    assert told(found["situation"])[0] == "30 posts since 03-04 00:00."
    assert "events" not in found
    assert sum(value or 0 for value in found["trend"].blocks[0].series[0].values) == part_of(grave).posts


def test_a_burst_that_runs_comes_before_a_stronger_one_that_ended(silent: Material) -> None:
    burst = {"of": ["posts", "posts", "negative"], "onset": [at(5), at(20), at(0)], "peak": [at(6), at(21), at(0)]}
    ends = {"end": [at(9), at(29), at(29)], "strength": [90.0, 12.4, 99.0], "running": [False, True, True]}
    situation = replace(silent.briefing.situation, bursts=pd.DataFrame({**burst, **ends}))
    material = replace(silent, briefing=replace(silent.briefing, situation=situation, outlook=STEADY))
    trend = by_key(material)["trend"]
    lead = "A burst has run since 03-03 20:00; its peak on 03-03 21:00 was 12 posts above the usual."
    assert str(trend.lead) == lead
    assert "the next 24 hours bring some 48 posts (20 to 100 four times in five)" in told(trend)[0]


def test_carriers_have_a_scene_where_accounts_are_known(silent: Material) -> None:
    found = posts({"hour": 20, "author": "甲" * 200, "reposts": 5}, {"hour": 20, "author": "乙", "likes": 3})
    material = material_of(cube({"hour": 20, "posts": 2}), 29)
    carried = replace(material, reach=reach(found, at(0), end_of(29)))
    assert list(by_key(carried)) == ["situation", "trend", "topics", "carriers", "level", "tasks", "questions"]
    assert str(by_key(carried)["carriers"].lead) == "2 accounts spoke."


def test_tasks_show_what_is_overdue_and_what_comes_next(grave: Material) -> None:
    material = at_level(grave, Level.SEVERE)
    task = replace(material.standing.tasks[0], deadline=at(20))
    tasks = [replace(task, key=f"late{place}", deadline=at(place)) for place in range(9)]
    tasks += [replace(task, key=f"next{place}", deadline=at(30 + place)) for place in range(2)]
    tasks += [replace(task, key="done", deadline=at(1))]
    done = {"done": "2025-03-03T00:30:00+08:00"}
    found = replace(material, standing=replace(material.standing, tasks=tuple(tasks)), done=done)
    scene = by_key(found)["tasks"]
    assert str(scene.lead) == "Tasks of the plan: 12; done: 1; overdue: 9."
    assert [row[3] for row in rows(scene)] == ["overdue"] * 5 + ["to do"] * 2
    assert told(scene)[0] == "and 5 more tasks."
    assert task_state(tasks[0], done, found.briefing.as_of) == TaskState.OVERDUE
    answer = rows(by_key(found)["questions"])[-1][1]
    assert answer.startswith("Overdue tasks: 9; time limits that have passed: ")


def test_the_questions_are_those_of_the_people_who_decide(grave: Material, silent: Material) -> None:
    for material in (grave, silent, at_level(grave, Level.SEVERE)):
        asked = [row[0] for row in rows(by_key(material)["questions"])]
        assert asked == [
            *("Why this level?", "How far from the next?", "What if we wait?", "How sure is this?", "What is overdue?")
        ]
    assert rows(by_key(silent)["questions"])[-1][1] == "No deadline runs at this level."


def test_the_level_says_how_many_points_the_next_is_away(silent: Material) -> None:
    mild = silent.briefing.profile.thresholds.mild
    assert str(by_key(silent)["level"].lead) == f"The score is 0.0; Mild begins at {mild:g}: {mild:.1f} points more."
