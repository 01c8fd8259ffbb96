"""Do the sliders change the level, and are settings kept?"""

from __future__ import annotations

import pandas as pd
from desks import ROOT, OpenDesk
from operating import banner, errors, go_to, jump_box, turn_to, wellness
from streamlit.testing.v1 import AppTest

from analysis.response.profile import Profile, to_toml
from analysis.workspace import store
from analysis.workspace.places import store_url


def test_a_contradiction_between_thresholds_is_said_and_the_page_lives(desk: OpenDesk) -> None:
    app = desk("thresholds", "en-GB")
    mild = next(slider for slider in app.slider if slider.label == "Mild from")
    mild.set_value(99.0).run()
    wellness(app)
    assert "thresholds must rise" in errors(app)
    assert len(app.metric) == 0 and "Use now" not in [button.label for button in app.button]
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(20.0).run()
    assert (len(app.error), len(app.metric)) == (0, 2)


def test_all_weights_at_nought_are_said_to_be_wrong(desk: OpenDesk) -> None:
    app = desk("thresholds", "en-GB")
    names = {"Heat of risk posts", "Reach", "Gravity", "Negativity", "Growth"}
    for slider in app.slider:
        if slider.label in names:
            slider.set_value(0.0)
    app.run()
    wellness(app)
    assert "At least one of the five weights must be above 0." in errors(app)


def test_a_moved_threshold_changes_the_level_after_and_not_before(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    assert [metric.value for metric in app.metric] == ["Routine", "Routine"]
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(1.0).run()
    assert [metric.value for metric in app.metric] == ["Routine", "Mild"]
    assert app.metric[1].delta.startswith("Mild (level I), score ")
    hours = app.table[0].value.set_index("Level")
    assert int(hours.loc["Routine", "Hours after"].replace(",", "")) < int(
        hours.loc["Routine", "Hours before"].replace(",", "")
    )
    # every hour has a level, before and after
    for column in ("Hours before", "Hours after"):
        assert sum(int(cell.replace(",", "")) for cell in hours[column]) == span_in_hours(app)


def span_in_hours(app: AppTest) -> int:
    """How many hours does the sample span, both ends included?"""
    posts = pd.read_csv(ROOT / "sample_data" / "posts.csv", encoding="utf-8-sig", usecols=["发布时间"])
    times = pd.to_datetime(posts["发布时间"]).dt.floor("h")
    return int((times.max() - times.min()) / pd.Timedelta(hours=1)) + 1


def named(app: AppTest, label: str) -> object:
    return next(button for button in app.button if button.label == label)


def test_settings_are_used_saved_chosen_and_taken_back(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(1.0).run()
    app.text_input(key="profile_title").set_value("Night <b>*watch*</b>").run()
    named(app, "Save").click().run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "Night <b>*watch*</b>"
    assert "Mild" in banner(turn_to(app, "overview"))

    other = go_to(desk("overview", "en-GB"), "2025-11-18", 23)  # another session, another day
    assert "Routine" in banner(other)
    other.selectbox(key="profile_name").set_value("Night <b>*watch*</b>").run()
    wellness(other)
    assert "Mild" in banner(other)
    other.selectbox(key="profile_name").set_value("Standard").run()
    assert "Routine" in banner(other)

    named(turn_to(app, "thresholds"), "Shipped values").click().run()
    assert app.metric[0].value == "Routine"


def test_a_profile_is_loaded_from_its_file_and_a_broken_one_refused(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    chosen = Profile().with_values("thresholds", {"mild": 1.0}).with_name("From file")
    app.file_uploader(key="profile_file").set_value(("p.toml", to_toml(chosen).encode(), "application/toml")).run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "From file"
    assert app.metric[0].value == "Mild"
    for broken in (b"\xff\xfe", b"version = 1\nweights = 3", b"not toml", b"version = 1\n[weights]\nfame = 1"):
        app.file_uploader(key="profile_file").set_value(("p.toml", broken, "application/toml")).run()
        wellness(app)
        assert len(app.error) == 1
        assert app.selectbox(key="profile_name").value == "From file"


def test_a_saved_profile_that_can_no_longer_be_read_is_said_to_be_so(desk: OpenDesk) -> None:
    store.save(store.open_store(store_url()), "profile", "old", "version = 0")
    app = desk("overview", "en-GB")
    app.selectbox(key="profile_name").set_value("old").run()
    wellness(app)
    assert "version" in errors(app)


def test_the_jump_goes_to_where_the_level_rose(desk: OpenDesk) -> None:
    app = desk("overview", "en-GB")
    *_others, rise = (place for place in jump_box(app).options if place.endswith("Mild"))  # "09-29 18:59 ◔ Mild"
    jump_box(app).select_index(jump_box(app).options.index(rise)).run()
    wellness(app)
    assert rise[:5] in banner(app) and rise.split()[-1] in banner(app)
    assert jump_box(app).value is None
