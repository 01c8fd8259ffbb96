"""Do the sliders change the level, and are settings kept, handed on and taken back?"""

from __future__ import annotations

import pandas as pd
from desks import ROOT, OpenDesk
from operating import banner, errors, go_to, jump_box, turn_to, wellness
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, Slider

from analysis.response.links import to_params
from analysis.response.profile import Profile, to_toml
from analysis.workspace import store
from analysis.workspace.places import store_url

INDICATORS = ("Heat of risk posts", "Reach", "Gravity", "Negativity", "Growth")


def slider(app: AppTest, label: str) -> Slider:
    """A slider, whether its shipped value is written beside its name or not."""
    return next(found for found in app.slider if found.label.split(" · ")[0] == label)


def named(app: AppTest, label: str) -> Button:
    return next(button for button in app.button if button.label == label)


def levels(app: AppTest) -> list[str]:
    """Which level before, and which after?"""
    return [metric.value for metric in app.metric[:2]]


def texts(app: AppTest) -> str:
    return "\n".join(text.value for text in app.text)


def test_a_moved_number_changes_what_follows_and_a_contradiction_is_said(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    assert levels(app) == ["Routine", "Routine"]
    slider(app, "Mild from").set_value(99.0).run()
    wellness(app)
    assert "thresholds must rise" in errors(app)
    assert len(app.metric) == 0 and "Use now" not in [button.label for button in app.button]

    slider(app, "Mild from").set_value(1.0).run()
    assert len(app.error) == 0 and slider(app, "Mild from").label == "Mild from · shipped 35"
    assert levels(app) == ["Routine", "Mild"]
    assert app.metric[1].delta.startswith("Mild (level I), score ")
    assert "· Mild from: 35 → 1 (earlier)" in texts(app)
    hours = app.table[0].value.set_index("Level")
    assert number(hours.loc["Routine", "Hours after"]) < number(hours.loc["Routine", "Hours before"])
    for column in ("Hours before", "Hours after"):  # every hour has a level, before and after
        assert sum(number(cell) for cell in hours[column]) == span_in_hours()

    for weight in INDICATORS:
        slider(app, weight).set_value(0.0)
    app.run()
    wellness(app)
    assert "At least one of the five weights must be above 0." in errors(app)
    app.button(key="group_back_weights").click().run()  # one group goes back, the other changes stay
    assert len(app.error) == 0 and slider(app, "Reach").value == 20
    assert levels(app) == ["Routine", "Mild"]
    for look in ("tornado", "whatif", "compare"):
        app.button_group(key="thresholds_look").set_value(look).run()
        wellness(app)
    assert "· Mild from: 1 → 35 (later)" in texts(app)  # from the draft to the profile in force
    turn_to(turn_to(app, "data"), "thresholds")
    assert slider(app, "Mild from").value == 1 and levels(app) == ["Routine", "Mild"]
    named(app, "Take all changes back").click().run()
    assert slider(app, "Mild from").value == 35 and levels(app) == ["Routine", "Routine"]


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def span_in_hours() -> int:
    """How many hours does the sample span, both ends included?"""
    posts = pd.read_csv(ROOT / "sample_data" / "posts.csv", encoding="utf-8-sig", usecols=["发布时间"])
    times = pd.to_datetime(posts["发布时间"]).dt.floor("h")
    return int((times.max() - times.min()) / pd.Timedelta(hours=1)) + 1


def test_settings_are_used_saved_begun_with_and_taken_back(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    slider(app, "Mild from").set_value(1.0).run()
    for wrong in ("Tertiary hospital", "../night"):
        app.text_input(key="profile_title").set_value(wrong).run()
        assert "name cannot be" in errors(app) and "Save" not in [button.label for button in app.button]
    app.text_input(key="profile_title").set_value("Night <b>*watch*").run()
    named(app, "Save").click().run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "Night <b>*watch*"
    assert levels(app) == ["Mild", "Mild"]
    named(app, "Begin with the profile in force").click().run()
    assert "Mild" in banner(turn_to(app, "overview"))

    other = go_to(desk("overview", "en-GB"), "2025-11-18", 23)  # another session, another day
    assert "Mild" in banner(other)
    other.selectbox(key="profile_name").set_value("Tertiary hospital").run()
    wellness(other)
    assert "Routine" in banner(other)

    turn_to(app, "thresholds")
    named(app, "Undo: back to Tertiary hospital").click().run()
    assert levels(app)[0] == "Routine" and slider(app, "Mild from").value == 35
    named(app, "Begin with the shipped one again").click().run()
    wellness(app)
    assert "New sessions begin with: Tertiary hospital" in texts(app)


def test_settings_come_from_a_file_or_a_link_and_broken_ones_are_refused(desk: OpenDesk) -> None:
    store.save(store.open_store(store_url()), "profile", "old", "version = 0")
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    chosen = Profile().with_values("thresholds", {"mild": 1.0}).with_name("From file")
    app.file_uploader(key="profile_file").set_value(("p.toml", to_toml(chosen).encode(), "application/toml")).run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "From file"
    assert levels(app)[0] == "Mild"
    for broken in (b"\xff\xfe", b"not toml", to_toml(chosen).replace("heat", "fame").encode()):
        app.file_uploader(key="profile_file").set_value(("p.toml", broken, "application/toml")).run()
        wellness(app)
        assert len(app.error) == 1
        assert app.selectbox(key="profile_name").value == "From file"

    app.selectbox(key="profile_name").set_value("old").run()  # saved by another version
    wellness(app)
    assert "version" in errors(app)

    offered = Profile().with_values("thresholds", {"mild": 2.0, "severe": 80.0})
    for name, value in to_params(offered).items():
        app.query_params[name] = value
    app.run()
    wellness(app)
    assert "· Mild from: 1 → 2 (later)" in texts(app) and levels(app)[0] == "Mild"
    assert slider(app, "Mild from").value == 1  # nothing is applied by itself
    named(app, "Try these settings").click().run()
    assert slider(app, "Severe from").value == 80 and app.selectbox(key="profile_name").value == "From file"
    app.query_params["thresholds.mild"] = "many"
    app.run()
    wellness(app)
    assert "link is damaged" in errors(app)
    named(app, "Forget the link").click().run()
    assert len(app.error) == 0 and slider(app, "Severe from").value == 80


def test_the_jump_goes_to_where_the_level_rose(desk: OpenDesk) -> None:
    app = desk("overview", "en-GB")
    *_others, rise = (place for place in jump_box(app).options if place.endswith("Mild"))  # "09-29 18:59 ◔ Mild"
    jump_box(app).select_index(jump_box(app).options.index(rise)).run()
    wellness(app)
    assert rise[:5] in banner(app) and rise.split()[-1] in banner(app)
    assert jump_box(app).value is None
