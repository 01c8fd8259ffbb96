"""Which limits run and what is to be done, counted from onset and discovery."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import at
from plans import ALARMED, DISCOVERED, ONSET, assessed

from analysis.language import Text
from analysis.response.clocks import Clock, ClockState, clocks
from analysis.response.clocks import state as clock_state
from analysis.response.plan import OWN, Grade, Limit, Playbook
from analysis.response.playbook import GROUPS, STEPS, Assignment, TaskState, assignments, task_state
from analysis.schema import CARE_TOPICS, Level, Topic


def hours(deadline: pd.Timestamp | None) -> float | None:
    return None if deadline is None else (deadline - at(0)).total_seconds() / 3600


def running(level: Level, topic: Topic = Topic.SERVICE, **chosen: object) -> list[tuple[str, float | None]]:
    found = clocks(assessed(level, topic), **chosen)
    return [(str(clock.name), hours(clock.deadline)) for clock in found if clock.deadline is not None]


def waiting(level: Level, topic: Topic = Topic.SERVICE) -> list[tuple[str, Level | None]]:
    return [(str(c.name), c.level) for c in clocks(assessed(level, topic)) if c.deadline is None]


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


SEVERE_ALONE = [("Authoritative information", Level.SEVERE), ("Press conference", Level.SEVERE)]


@pytest.mark.parametrize(
    ("level", "later"),
    [
        (Level.ROUTINE, [(FIRST[0], Level.MILD), ("Public response", Level.MILD)]),
        (Level.MILD, [("Official statement", Level.MODERATE), *SEVERE_ALONE]),
        (Level.MODERATE, SEVERE_ALONE),
        (Level.SEVERE, []),
    ],
)
def test_limits_of_graver_levels_do_not_run_yet(level: Level, later: list[tuple[str, Level]]) -> None:
    assert waiting(level) == later


@pytest.mark.parametrize("level", ALARMED)
def test_a_medical_safety_event_is_reported_in_three_grades_from_its_discovery(level: Level) -> None:
    reports = {name: ends for name, ends in running(level, Topic.MEDICAL_QUALITY) if name.startswith("Report")}
    assert reports == {
        "Report of a medical-safety event, gravest grade": DISCOVERED + 2,
        "Report of a medical-safety event, serious grade": DISCOVERED + 12,
        "Report of a medical-safety event, general grade": DISCOVERED + 15 * 24,
    }


@pytest.mark.parametrize(("grade", "hour"), [(Grade.GRAVEST, 2), (Grade.SERIOUS, 12), (Grade.GENERAL, 360)])
def test_a_chosen_grade_leaves_one_report_and_all_other_limits(grade: Grade, hour: int) -> None:
    found = running(Level.MILD, Topic.MEDICAL_QUALITY, grade=grade)
    assert [ends for name, ends in found if name.startswith("Report")] == [DISCOVERED + hour]
    assert {name for name, _ends in found} >= {FIRST[0], "Public response"}
    assert running(Level.MILD, grade=grade) == running(Level.MILD)


def test_clocks_come_soonest_first_with_source_and_force() -> None:
    found = clocks(assessed(Level.SEVERE, Topic.MEDICAL_QUALITY))
    assert [clock.deadline for clock in found] == sorted(clock.deadline for clock in found)
    stated = {str(clock.name): (clock.source, str(clock.force), clock.binding) for clock in found}
    assert stated["Press conference"] == ("国办发〔2016〕61号、80号", "binding", True)
    assert stated["Authoritative information"] == ("国办发〔2016〕80号", "benchmark", False)
    assert stated["Report of a medical-safety event, serious grade"] == ("卫医管发〔2011〕4号", "binding", True)
    assert stated["First reaction (golden four hours)"][1:] == ("good practice", False)


def test_a_limit_of_the_hospital_s_own_runs_beside_the_others() -> None:
    own = Limit(
        name=Text("院内上报"),
        hours=1,
        source="本院预案",
        force=OWN,
        levels=(Level.MODERATE, Level.SEVERE),
        topics=frozenset({Topic.SERVICE}),
        from_discovery=True,
    )
    plan = Playbook((), (own,))
    assert running(Level.MODERATE, plan=plan) == [
        *[("院内上报", DISCOVERED + 1), FIRST],  # at the same hour the shorter one first
        *[("Official statement", 24), ("Public response", 48)],
    ]
    assert "院内上报" not in dict(running(Level.MODERATE, Topic.POLICY, plan=plan))
    mild = [clock for clock in clocks(assessed(Level.MILD), plan) if str(clock.name) == "院内上报"]
    assert [(clock.level, str(clock.force), clock.binding) for clock in mild] == [
        (Level.MODERATE, "the hospital's own", False)
    ]


@pytest.mark.parametrize(
    ("deadline", "as_of", "found"),
    [
        (at(4), at(3.99), ClockState.RUNNING),
        (at(4), at(4), ClockState.RUNNING),
        (at(4), at(4.01), ClockState.PASSED),
        (None, at(9), ClockState.NOT_YET),
    ],
)
def test_a_limit_passes_after_its_deadline(deadline: pd.Timestamp, as_of: pd.Timestamp, found: ClockState) -> None:
    clock = Clock(STEPS[1], deadline, "", OWN, False, 4)
    assert clock_state(clock, as_of) == found


def due(level: Level, topic: Topic) -> dict[str, Assignment]:
    return {str(task.text): task for task in assignments(assessed(level, topic))}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("topic", Topic)
def test_there_is_always_something_to_do_and_by_when(level: Level, topic: Topic) -> None:
    tasks = assignments(assessed(level, topic))
    assert tasks
    assert len({task.key for task in tasks}) == len(tasks)
    if level == Level.ROUTINE:
        assert {task.deadline for task in tasks} == {None}
    else:
        assert all(task.deadline > at(ONSET) for task in tasks)
        assert [task.deadline for task in tasks] == sorted(task.deadline for task in tasks)
        assert {task.step for task in tasks} == set(STEPS)
        assert tasks[-1].step == 6  # the review


@pytest.mark.parametrize("level", ALARMED)
@pytest.mark.parametrize("topic", Topic)
def test_lawyers_read_before_anything_goes_out_and_the_first_word_comes_within_four_hours(
    level: Level, topic: Topic
) -> None:
    tasks = assignments(assessed(level, topic))
    review = next(task for task in tasks if str(task.text).startswith("Legal review of every text"))
    going_out = [task for task in tasks if task.legal_review]
    assert going_out and all(review.deadline < task.deadline for task in going_out)
    assert min(task.deadline for task in going_out) <= at(ONSET + 4)
    silent = [task for task in tasks if str(task.text).startswith(("Publish", "Answer", "Hold the press"))]
    assert silent and all(task.legal_review for task in silent)


@pytest.mark.parametrize("topic", Topic)
def test_care_is_explained_and_service_is_mended(topic: Topic) -> None:
    texts = " ".join(due(Level.MILD, topic))
    assert ("Have medical experts explain" in texts) == (topic in CARE_TOPICS)
    assert ("Fix the thing" in texts) == (topic not in CARE_TOPICS)


@pytest.mark.parametrize("level", ALARMED)
@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (Topic.DOCTOR_PATIENT, "call the police"),
        (Topic.DISASTER, "rescue and surge"),
        (Topic.MEDICAL_QUALITY, "Seal the records"),
        (Topic.PUBLIC_HEALTH, "centre for disease control"),
        (Topic.RUMOUR, "refutation with evidence"),
        (Topic.PRIVACY, "Stop the leak"),
        (Topic.COMMUNICATION, "Correct the earlier statement"),
    ],
)
def test_some_topics_have_tasks_of_their_own(topic: Topic, said: str, level: Level) -> None:
    assert [other for other in Topic if said in " ".join(due(level, other))] == [topic]


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([Level.MILD], "customer service or a social-media reply"),
        ([Level.MODERATE], "official statement"),
        ([Level.MODERATE, Level.SEVERE], "Investigate internally"),
        ([Level.SEVERE], "press conference together with the health authority"),
        ([Level.SEVERE], "Leadership takes charge"),
    ],
)
def test_each_level_is_answered_in_its_own_way(levels: list[Level], said: str) -> None:
    assert [other for other in Level if said in " ".join(due(other, Topic.SERVICE))] == levels


def test_severe_is_led_from_the_top() -> None:
    tasks = due(Level.SEVERE, Topic.POLICY)
    assert next(task for text, task in tasks.items() if "takes charge" in text).group == GROUPS["leading"]


@pytest.mark.parametrize(
    ("deadline", "done", "found"),
    [
        (at(4), {}, TaskState.OPEN),
        (at(1), {}, TaskState.OVERDUE),
        (at(1), {"other": "2025-03-03T00:30:00+08:00"}, TaskState.OVERDUE),
        (at(1), {"task": "2026-03-03T00:30:00+08:00"}, TaskState.DONE),
        (None, {}, TaskState.OPEN),
    ],
)
def test_a_task_is_done_overdue_or_to_do(deadline: pd.Timestamp | None, done: dict[str, str], found: TaskState) -> None:
    task = Assignment(1, GROUPS["leading"], STEPS[1], STEPS[2], deadline, "task")
    assert task_state(task, done, at(2)) == found
