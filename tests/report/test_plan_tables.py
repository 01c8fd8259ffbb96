"""What the tables and the JSON of time limits, tasks and the playbook say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from frames import at
from plans import assessed

from analysis.language import LANGUAGES, Text
from analysis.report.plan_tables import (
    clock_json,
    clock_table,
    clock_words,
    draft_text,
    limit_table,
    statement_table,
    task_entries,
    task_json,
    task_table,
)
from analysis.response.clocks import clocks
from analysis.response.plan import OWN, Limit
from analysis.response.playbook import assignments, shipped_playbook
from analysis.schema import Level, Topic

SAFETY = clocks(assessed(Level.MODERATE, Topic.MEDICAL_QUALITY))
TASKS = assignments(assessed(Level.MODERATE, Topic.MEDICAL_QUALITY))
NOW = at(5.5)


def test_clocks_say_how_they_stand_and_count_to_the_minute() -> None:
    table = clock_table(SAFETY, NOW, "en").set_index("Limit")
    assert table.loc["First reaction (golden four hours)", ["State", "Deadline"]].tolist() == [
        *["passed", "03-03 04:00 ⚠ 1:30 h past"]
    ]
    assert table.loc["Report of a medical-safety event, serious grade"].tolist() == [  # discovered in hour 3
        *["running", "03-03 15:00 ⏳ 9:30 h left", "binding, 卫医管发〔2011〕4号, from the discovery"]
    ]
    assert table.loc["Press conference"].tolist() == [
        *["not yet", "24 h from the onset, once the level is Severe"],
        "binding, 国办发〔2016〕61号、80号, from the onset",
    ]
    assert str(clock_words(SAFETY[-1], NOW)).startswith("Press conference: 24 h from the onset, once")


def test_tasks_say_how_they_stand() -> None:
    done = {"report_facts": "2025-03-03T00:30:00+08:00", "start_plan": "2025-03-02T18:00:30+00:00"}
    table = task_table(TASKS, NOW, "en", done)
    assert table["Deadline"].str[:11].tolist() == sorted(table["Deadline"].str[:11])
    rows = table.assign(key=[task.key for task in TASKS]).set_index("key")[["Deadline", "State"]]
    assert rows.loc["report_facts"].tolist() == ["03-03 01:00", "done 03-03 00:30"]
    assert rows.loc["start_plan"].tolist() == ["03-03 02:00", "done 03-03 02:00, after the deadline"]  # by 30 seconds
    assert rows.loc["legal_review"].tolist() == ["03-03 03:00 ⚠ 2:30 h past", "overdue"]
    assert rows.loc["explain"].tolist() == ["03-03 12:00 ⏳ 6:30 h left", "to do"]
    reviewed = [str(task.text) for task in TASKS if task.legal_review]
    assert table["Task"].str.endswith("(after legal review)").sum() == len(reviewed)


def test_tasks_of_routine_have_no_deadline_and_are_never_overdue() -> None:
    table = task_table(assignments(assessed(Level.ROUTINE)), NOW, "en", {"watch": "2025-03-03T00:30:00+08:00"})
    assert table["Deadline"].tolist() == ["", ""]
    assert table["State"].tolist() == ["done 03-03 00:30", "to do"]


def test_clocks_are_written_for_scripts_with_their_old_keys_and_new_ones() -> None:
    found = {clock["name"]: clock for clock in (clock_json(clock, NOW, "en") for clock in SAFETY)}
    json.dumps(found)
    assert found["Press conference"] == {
        **{"name": "Press conference", "deadline": None, "state": "not_yet", "level": "SEVERE", "hours": 24},
        **{"from": "onset", "source": "国办发〔2016〕61号、80号", "force": "binding", "binding": True},
    }
    first = found["First reaction (golden four hours)"]
    assert (first["deadline"], first["state"], first["level"]) == ("2025-03-03T04:00:00+08:00", "passed", None)
    assert (first["binding"], found["Official statement"]["state"]) == (False, "running")
    assert found["Report of a medical-safety event, gravest grade"]["from"] == "discovery"


def test_tasks_are_written_for_scripts_with_their_old_keys_and_new_ones() -> None:
    task = next(task for task in TASKS if task.key == "one_wording")
    assert task_json(task, NOW, "en") == {
        **{"key": "one_wording", "step": 3, "group": "Spokesperson", "channel": "Internal report"},
        "task": "Set one wording in writing and give it to everyone who may be asked",
        **{"deadline": "2025-03-03T02:00:00+08:00", "state": "overdue", "checklist": [], "legal_review": False},
    }
    quiet = task_json(assignments(assessed(Level.ROUTINE))[0], NOW, "en")
    assert (quiet["deadline"], quiet["state"]) == (None, "open")
    assert task_json(task, NOW, "en", {"one_wording": "2025-03-03T00:30:00+08:00"})["state"] == "done"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_playbook_is_laid_out_whole(language: str) -> None:
    plan = shipped_playbook()
    tasks, texts = task_entries(plan, language), statement_table(plan, language)
    assert (len(tasks), len(texts)) == (len(plan.tasks), len(plan.statements))
    assert tasks.iloc[0, 4] == plan.tasks[0].text.to(language)
    assert texts.iloc[0, 4].split("\n") == [part.to(language) for part in plan.statements[0].parts]
    assert limit_table(plan, language).empty


def test_the_playbook_names_families_and_single_topics_and_what_the_hospital_wrote() -> None:
    topics = task_entries(shipped_playbook(), "en")["Topics"]
    assert {"All topics", "Care topics", "Service topics", "Information security and privacy"} <= set(topics)
    name = Text("{text}", (("text", "{上报}<b>"),))
    limit = Limit(name, 0.5, "{本院}", OWN, (Level.MILD, Level.SEVERE), frozenset({Topic.RUMOUR, Topic.PRIVACY}), True)
    table = limit_table(replace(shipped_playbook(), limits=(limit,)), "en")
    assert table.values.tolist() == [
        ["{上报}<b>", "0.5", "discovery", "Mild, Severe", "Information security and privacy, Online rumour", "{本院}"]
    ]


def test_a_skeleton_is_one_text_to_copy() -> None:
    reply = next(skeleton for skeleton in shipped_playbook().statements if skeleton.key == "reply_service")
    paragraphs = draft_text(reply, "en").split("\n\n")
    assert paragraphs[0] == "Reply to the person concerned"
    assert len(paragraphs) == 1 + len(reply.parts)
    assert paragraphs[-1] == "____ (hospital), ____ (date)"
