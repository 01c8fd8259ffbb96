"""Does the time machine move the whole desk, and stop where it should?"""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
import streamlit
from desks import OpenDesk
from hypothesis import example, given, settings
from hypothesis import strategies as st
from operating import banner, jump_box, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from pages import session, timemachine

THREE = "发布时间,正文\n2025-03-03 08:10,挂号排队\n2025-03-03 09:10,窗口没有人\n2025-03-04 09:40,还在排队\n"
ONE_HOUR = "发布时间,正文\n2025-03-03 08:10,挂号排队\n2025-03-03 08:30,窗口没有人\n"


def clock(text: str) -> datetime.datetime:
    """A time of the slider: the hospital's, without a zone."""
    return pd.Timestamp(text).to_pydatetime()


def button(app: AppTest, name: str) -> Button:
    return next(found for found in app.button if found.key == name)


def press(app: AppTest, name: str) -> AppTest:
    button(app, name).click().run()
    wellness(app)
    return app


def now(app: AppTest) -> str:
    """As of which time does the desk look? By the sidebar, on any page."""
    (exact,) = app.sidebar.get("popover")
    return exact.proto.popover.label.removeprefix("As of ")


def line(app: AppTest) -> list[str]:
    said = [caption.value.replace("\\", "") for caption in app.main.caption]
    return [words for words in said if "later posts" in words]


def opened(desk: OpenDesk, posts: str) -> AppTest:
    """A desk with these posts, on a page that is quickly drawn."""
    return turn_to(upload(desk("data", "en-GB"), ("given.csv", posts)), "model")


def test_steps_and_the_slider_move_the_desk_and_later_posts_are_said_to_be_hidden(desk: OpenDesk) -> None:
    app = opened(desk, THREE)
    assert now(app) == "2025-03-04 09:40" and line(app) == []
    assert button(app, "time_on").disabled and button(app, "time_back").label == "− 1 h"
    assert now(press(app, "time_back")) == "2025-03-04 08:59"
    assert line(app) == ["As of 2025-03-04 08:59, later posts are hidden: 1"]
    app.segmented_control(key="time_step").set_value("6h").run()
    assert now(press(app, "time_back")) == "2025-03-04 02:59"
    app.segmented_control(key="time_step").set_value("1d").run()
    assert now(press(app, "time_back")) == "2025-03-03 08:59"  # not before the first post
    assert button(app, "time_back").disabled
    assert line(app) == ["As of 2025-03-03 08:59, later posts are hidden: 2"]
    (slider,) = app.sidebar.slider
    assert [pd.Timestamp(end, unit="us") for end in (slider.min, slider.max)] == [
        clock("2025-03-03 08:59"),
        clock("2025-03-04 09:59"),
    ]
    slider.set_value(clock("2025-03-03 12:59")).run()
    assert now(app) == "2025-03-03 12:59"
    turn_to(app, "overview")
    assert "As of 2025-03-03 12:59" in banner(app) and app.metric[0].value == "2" and len(line(app)) == 1
    assert now(press(app, "line_latest")) == "2025-03-04 09:40" and line(app) == []


def test_the_play_goes_on_to_the_latest_post_and_stops(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    app, seen = opened(desk, THREE), []

    def at_once(_run: int) -> None:  # in place of a second's waiting, for which a browser is needed
        seen.append(session.as_of().strftime("%d %H:%M"))
        timemachine.move(1, playing=True)
        streamlit.rerun()

    monkeypatch.setattr(timemachine, "second", at_once)
    app.segmented_control(key="time_step").set_value("6h").run()
    assert button(app, "time_play").label == "Replay"
    press(app, "time_play")
    assert seen == ["03 08:59", "03 14:59", "03 20:59", "04 02:59", "04 08:59"]
    assert now(app) == "2025-03-04 09:40" and button(app, "time_play").label == "Replay"


def test_whoever_moves_the_time_stops_the_play(desk: OpenDesk) -> None:
    app = press(opened(desk, THREE), "time_play")
    assert button(app, "time_play").label == "Pause" and now(app) == "2025-03-03 08:59"  # no second has passed
    press(app, "time_on")
    assert button(app, "time_play").label == "Play" and now(app) == "2025-03-03 09:59"
    assert button(press(app, "time_play"), "time_play").label == "Pause"
    app.sidebar.slider[0].set_value(clock("2025-03-03 20:59")).run()
    assert button(app, "time_play").label == "Play" and now(app) == "2025-03-03 20:59"
    press(press(app, "time_play"), "line_pause")
    assert button(app, "time_play").label == "Play" and now(app) == "2025-03-03 20:59"


def test_there_is_no_time_to_move_within_a_single_hour(desk: OpenDesk) -> None:
    app = opened(desk, ONE_HOUR)
    assert now(app) == "2025-03-03 08:30" and line(app) == [] and list(app.sidebar.slider) == []
    assert all(button(app, f"time_{name}").disabled for name in ("back", "play", "on"))


def test_the_jump_leads_to_bursts_over_the_whole_dataset(desk: OpenDesk) -> None:
    app = desk("model", "en-GB")
    jump_box(app).select("First post").run()
    assert now(app) == "2025-09-20 01:59"
    latest, first, *happened = jump_box(app).options
    assert (latest, first) == ("Latest post", "First post")
    assert happened == sorted(happened, key=lambda place: place[:11], reverse=True)
    burst = next(place for place in happened if place.endswith("burst of posts"))
    jump_box(app).select(burst).run()
    assert now(app) == f"2025-{burst[:8]}:59"
    assert jump_box(app).value is None


@example(0)
@example(20 * 366 * 24)
@given(st.integers(0, 60 * 366 * 24))
@settings(max_examples=40)
def test_a_slider_gets_over_any_length_with_stops_that_can_be_told_apart(hours: int) -> None:
    length = pd.Timedelta(hours=hours)
    stops, step = timemachine.slider_stops(length)
    assert stops <= timemachine.STOPS
    assert max(stops - 1, 0) * step <= length <= stops * step
    assert hours > timemachine.STOPS or step == pd.Timedelta(hours=1)


@pytest.mark.parametrize(
    ("run", "playing", "told", "moved"),
    [(4, True, 6, [6]), (4, True, 8, []), (4, False, 8, [8]), (3, False, 6, [])],
    ids=["moved while it plays", "not yet moved on in the browser", "moved back", "has gone"],
)
def test_a_browser_that_lags_behind_takes_no_time_back(
    run: int, playing: bool, told: int, moved: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *trail = (pd.Timestamp(f"2025-03-03 {hour:02d}:59:59", tz="Asia/Shanghai") for hour in (6, 7, 8, 9))
    found: list[int] = []
    monkeypatch.setattr(session, "of_time", {"slider": 4, "playing": playing, "trail": tuple(trail)}.__getitem__)
    monkeypatch.setattr(session, "answer", lambda key: clock(f"2025-03-03 {told:02d}:59"))
    monkeypatch.setattr(session, "start_at", lambda when, by: found.append(when.hour))
    timemachine.choose_stop(run, first)
    assert found == moved
