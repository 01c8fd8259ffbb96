"""Which limits run and what is to be done, counted from onset and discovery."""

from dataclasses import replace
from functools import cache

import pytest
from frames import EXAMPLE, at, cube

from analysis.response.clocks import clocks
from analysis.response.level import Assessment, assess
from analysis.response.playbook import GROUPS, STEPS, Assignment, assignments, playbook
from analysis.schema import CARE_TOPICS, Level, Topic
from analysis.signals.situation import situation

ALARMED = [Level.MILD, Level.MODERATE, Level.SEVERE]
ONSET, DISCOVERED = 0, 3


@cache
def quiet() -> Assessment:
    return assess(situation(cube({"posts": 1}), at(5), EXAMPLE.heat), EXAMPLE)


def state(level: Level, topic: Topic = Topic.SERVICE) -> Assessment:
    """Which assessment stands at this level, with its onset at hour 0 and discovered in hour 3?"""
    runs = level > Level.ROUTINE
    return replace(
        quiet(),
        level=level,
        topic=topic,
        onset=at(ONSET) if runs else None,
        discovered=at(DISCOVERED) if runs else None,
    )


def running(level: Level, topic: Topic = Topic.SERVICE) -> list[tuple[str, float]]:
    return [(str(c.name), (c.deadline - at(0)).total_seconds() / 3600) for c in clocks(state(level, topic))]


FIRST = ("First reaction (golden four hours)", 4)


@pytest.mark.parametrize(
    ("level", "deadlines"),
    [
        (Level.ROUTINE, []),
        (Level.MILD, [FIRST, ("Public response", 48)]),
        (Level.MODERATE, [FIRST, ("Official statement", 24), ("Public response", 48)]),
        (Level.SEVERE, [FIRST, ("Authoritative information", 5), ("Press conference", 24)]),
    ],
)
def test_each_level_has_its_limits_from_the_onset(level: Level, deadlines: list[tuple[str, float]]) -> None:
    assert running(level) == deadlines


@pytest.mark.parametrize("level", ALARMED)
def test_a_medical_safety_event_is_reported_in_three_grades_from_its_discovery(level: Level) -> None:
    reports = {name: hours for name, hours in running(level, Topic.MEDICAL_QUALITY) if name.startswith("Report")}
    assert reports == {
        "Report of a medical-safety event, gravest grade": DISCOVERED + 2,
        "Report of a medical-safety event, serious grade": DISCOVERED + 12,
        "Report of a medical-safety event, general grade": DISCOVERED + 15 * 24,
    }


def test_clocks_come_soonest_first_with_source_and_force() -> None:
    found = clocks(state(Level.SEVERE, Topic.MEDICAL_QUALITY))
    assert [clock.deadline for clock in found] == sorted(clock.deadline for clock in found)
    stated = {str(clock.name): (clock.source, str(clock.force)) for clock in found}
    assert stated["Press conference"] == ("国办发〔2016〕61号、80号", "binding")
    assert stated["Authoritative information"] == ("国办发〔2016〕80号", "benchmark")
    assert stated["Report of a medical-safety event, serious grade"][0] == "卫医管发〔2011〕4号"
    assert stated["First reaction (golden four hours)"][1] == "good practice"


def due(level: Level, topic: Topic) -> dict[str, Assignment]:
    return {str(task.text): task for task in assignments(state(level, topic))}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("topic", Topic)
def test_there_is_always_something_to_do_and_by_when(level: Level, topic: Topic) -> None:
    tasks = assignments(state(level, topic))
    assert tasks
    if level == Level.ROUTINE:
        assert {task.deadline for task in tasks} == {None}
    else:
        assert all(task.deadline > at(ONSET) for task in tasks)
        assert [task.deadline for task in tasks] == sorted(task.deadline for task in tasks)
        assert tasks[-1].step == 6  # the review


@pytest.mark.parametrize("level", [Level.MODERATE, Level.SEVERE])
@pytest.mark.parametrize("topic", Topic)
def test_lawyers_read_before_anything_is_published(level: Level, topic: Topic) -> None:
    tasks = due(level, topic)
    review = next(task for text, task in tasks.items() if text.startswith("Legal review of every text"))
    published = [task for text, task in tasks.items() if text.startswith(("Publish", "Hold the press"))]
    assert len(published) >= 2
    assert all(review.deadline < task.deadline for task in published)


@pytest.mark.parametrize("topic", Topic)
def test_care_is_explained_and_service_is_mended(topic: Topic) -> None:
    texts = " ".join(due(Level.MILD, topic))
    assert ("Have medical experts explain" in texts) == (topic in CARE_TOPICS)
    assert ("Fix the thing" in texts) == (topic not in CARE_TOPICS)


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (Topic.DOCTOR_PATIENT, "call the police"),
        (Topic.DISASTER, "rescue and surge"),
        (Topic.MEDICAL_QUALITY, "Seal the records"),
        (Topic.PUBLIC_HEALTH, "centre for disease control"),
        (Topic.RUMOUR, "refutation with evidence"),
        (Topic.PRIVACY, "Stop the leak"),
    ],
)
def test_some_topics_have_tasks_of_their_own(topic: Topic, said: str) -> None:
    assert [other for other in Topic if said in " ".join(due(Level.SEVERE, other))] == [topic]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Level.MILD, "customer service or a social-media reply"),
        (Level.MODERATE, "official statement"),
        (Level.SEVERE, "press conference together with the health authority"),
    ],
)
def test_each_level_is_answered_in_its_own_way(level: Level, said: str) -> None:
    assert [other for other in Level if said in " ".join(due(other, Topic.SERVICE))] == [level]


def test_severe_is_led_from_the_top() -> None:
    tasks = due(Level.SEVERE, Topic.POLICY)
    assert next(task for text, task in tasks.items() if "takes charge" in text).group == GROUPS["leading"]


def test_every_task_has_a_known_group_step_channel_and_text() -> None:
    for task in playbook():
        assert task.group in GROUPS
        assert task.step in STEPS
        assert task.levels and task.topics and task.hours > 0
        assert str(task.channel) and str(task.text)
