"""Does a new user find on the Response page alone: which level, why, how far, how sure, what now, and by when?"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
from desks import OpenDesk
from operating import banner, errors, html, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest

from analysis.response.plan import Grade
from analysis.response.playbook import shipped_playbook, to_toml

SAFETY = "Report of a medical-safety event"
BAD = "<img src=x onerror=alert(1)>![x](http://evil.example/y.png)"


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.main.text]


def clocks(app: AppTest) -> pd.DataFrame:
    return next(table.value for table in app.table if "Limit" in table.value).set_index("Limit")


def pick(app: AppTest, place: int) -> AppTest:
    return app.main.selectbox[0].select_index(place).run()


def test_the_six_questions_are_answered_for_all_and_for_each_event(desk: OpenDesk) -> None:
    app = desk("response", "en-GB")
    wellness(app)
    said = banner(app)
    for question in ("Why", "How far", "How sure", "What now", "By when"):
        assert f" {question} " in said
    assert "Severe (level III)" in said and "This is the highest level." in said
    assert "If nothing more comes, this falls to" in said
    assert re.search(r"Severe (≈ \d+%|over 99%)", said)  # how sure
    lines = next(table.value for table in app.table if "Red line" in table.value).set_index("Red line")
    assert lines.loc["A death is claimed and care is blamed", "State"].startswith("⚠ crossed: 15")
    missing = lines.loc["Patients' records have leaked"]
    assert missing["State"].startswith(f"{30 - int(missing['Posts in 24 h'])} more are missing (30")
    shown = [caption.value for caption in app.caption]
    assert any("not from now" in caption for caption in shown)  # the sample is of last year

    options = app.main.selectbox[0].options
    assert options[0] == "● Severe · Over all" and options[1].startswith("● Severe · ") and len(options) > 3
    calm = next(place for place, option in enumerate(options) if option.startswith("○ Routine · "))
    app = pick(app, calm)
    wellness(app)
    assert "Routine" in banner(app) and "No clock runs while the level is routine." in banner(app)
    assert "This is the lowest level." in texts(app)
    assert set(clocks(app)["State"]) == {"not yet"}
    assert not re.search(r"\d h (left|past)", " ".join(shown_tasks(app)))
    app = turn_to(turn_to(app, "overview"), "response")
    assert "Routine" in banner(app)  # the event that was asked about stays


def shown_tasks(app: AppTest) -> list[str]:
    """What stands beneath the boxes of the tasks?"""
    return [caption.value for caption in app.caption if "group" in caption.value]


def test_a_grade_a_done_task_and_a_playbook_come_into_force_and_are_taken_back(desk: OpenDesk) -> None:
    app = desk("response", "en-GB")
    grade = next(box for box in app.selectbox if box.label == "Grade of the medical-safety event")
    assert sum(name.startswith(SAFETY) for name in clocks(app).index) == 3
    app = grade.set_value(str(Grade.SERIOUS)).run()
    assert [name for name in clocks(app).index if name.startswith(SAFETY)] == [f"{SAFETY}, serious grade"]

    first = app.checkbox[0]
    app = first.check().run()
    wellness(app)
    assert app.checkbox[0].value and any("Done: 1," in caption.value for caption in app.caption)
    assert any(re.search(r"done \d\d\\?-\d\d", caption) for caption in shown_tasks(app))
    app = pick(app, 1)  # the event that makes the level: what was done about it is done
    assert app.checkbox[0].value
    app = app.checkbox[0].uncheck().run()
    assert any("Done: 0," in caption.value for caption in app.caption)

    plan = shipped_playbook()
    own = replace(plan, tasks=tuple(replace(task, hours=task.hours + 1) for task in plan.tasks))
    before = shown_tasks(app)
    app = hand_in(app, to_toml(own).replace("version = 1", "version = 9"))
    assert "was not taken" in errors(app) and "The playbook in force stays." in errors(app)
    assert shown_tasks(app) == before
    app = hand_in(app, to_toml(own))
    wellness(app)
    assert "The hospital's own playbook is in force." in texts(app) and shown_tasks(app) != before
    app = app.button(key="playbook_back").click().run()
    assert "The shipped playbook is in force." in texts(app) and shown_tasks(app) == before


def hand_in(app: AppTest, written: str) -> AppTest:
    box = next(box for box in app.get("file_uploader") if box.label.startswith("Put your own"))
    return box.set_value([("own.toml", written.encode(), "application/toml")]).run()


def test_one_post_and_hostile_events_are_shown_as_what_they_are(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("one.csv", "发布时间,正文\n2025-03-03 08:10,挂号排队两小时\n"))
    app = turn_to(app, "response")
    wellness(app)
    assert "Routine" in banner(app) and len(app.main.selectbox[0].options) == 2  # all, and the posts of no event
    rows = "".join(f"2025-03-03 0{hour % 9}:{hour:02}:00,{BAD} 医院害死病人 {hour} {BAD}\n" for hour in range(40))
    app = turn_to(upload(turn_to(app, "data"), ("bad.csv", "发布时间,正文\n" + rows)), "response")
    for place in range(len(app.main.selectbox[0].options)):
        app = pick(app, place)
        wellness(app)
        assert "<img" not in html(app)
        for kind in ("markdown", "caption", "info", "error", "checkbox"):
            for node in app.get(kind):
                text = getattr(node, "value", None) if kind != "checkbox" else node.label
                assert not re.search(r"(?<!\\)[<\[!]", str(text)), text
