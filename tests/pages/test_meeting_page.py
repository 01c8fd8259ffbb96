"""Is a meeting prepared, held, and shared by a link, without a browser?"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from desks import OpenDesk
from operating import CHINESE, errors, html, upload, wellness
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Slider

TWO = "发布时间,正文\n2025-03-03 08:10,挂号排队两小时\n2025-03-03 09:10,窗口没有人\n"


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    wellness(app)
    return app


def wall(app: AppTest) -> str:
    """What stands on the wall, without its tags?"""
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", html(app), flags=re.DOTALL)


def place(app: AppTest) -> tuple[int, int]:
    """Which scene of how many?"""
    found = re.search(r"Scene (\d+) of (\d+)", wall(app))
    assert found, wall(app)
    return int(found[1]), int(found[2])


def sliders(app: AppTest) -> list[Slider]:
    """What can be tried in the what-if panel?"""
    return [slider for slider in app.slider if (slider.key or "").startswith("whatif")]


def titles(app: AppTest) -> list[str]:
    return [box.label.split("\\. ", 1)[1] for box in app.checkbox]


def test_a_meeting_is_prepared_held_tried_and_left(desk: OpenDesk) -> None:
    app = desk("meeting", "en-GB")
    wellness(app)
    assert 6 <= len(titles(app)) <= 10
    first, second, *_rest = titles(app)
    assert any(button.label == "" and button.help == "Move down" for button in app.button)
    app = press(app, "scene_arrow_downward_situation")
    assert titles(app)[:2] == [second, first]
    app = app.checkbox[2].uncheck().run()
    wellness(app)
    address, every = app.code[0].value, len(titles(app)) - 1
    app = press(app, "meeting_start")
    assert place(app) == (1, every) and second in wall(app)
    assert not CHINESE.search(app.button(key="key_PageDown").label)
    app = press(app, "key_PageDown")
    assert place(app) == (2, every) and first in wall(app)

    before = app.session_state["profile"]
    app = press(app, "tool_ask")
    assert "not in force" in wall(app) and len(sliders(app)) == 3
    sliders(app)[2].set_value(90.0).run()
    for line in app.toggle:
        line.set_value(False)
    app = app.run()
    wellness(app)
    told = wall(app).split("In force")[1]
    assert "Severe" in told.split("Tried")[0] and "Severe" in told.split("Tried")[1] and "score" in told
    sliders(app)[0].set_value(95.0).run()
    assert "thresholds must rise" in wall(app) and "Press Esc" in wall(app)
    app = press(app, "tool_leave")  # the panel first
    assert not sliders(app) and place(app)[0] == 2 and app.session_state["profile"] == before
    app = press(app, "tool_ask")
    assert sliders(app)[0].value == before.thresholds.mild
    app = press(press(app, "tool_leave"), "tool_leave")
    assert titles(app)[:2] == [second, first]

    app.query_params.update(dict(parse_qsl(urlsplit(address).query)))
    app = app.run()
    wellness(app)
    assert place(app) == (1, every) and second in wall(app)


def test_a_link_asks_for_its_file_or_says_that_it_is_damaged_and_two_posts_make_a_meeting(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("two.csv", TWO)).switch_page("pages/meeting.py").run()
    wellness(app)
    app = press(app, "meeting_start")
    at, every = place(app)
    for _step in range(at, every):
        app = press(app, "key_Space")
    assert place(app) == (every, every)
    app = press(app, "tool_leave")
    link = {"dataset": "f" * 16, "as_of": "2025-03-03T01:59:59Z", "span": "daily", "scene": "trend"}
    app.query_params.update(link)
    app = app.run()
    wellness(app)
    assert any("their mark begins with ffffffff" in box.value for box in app.warning) and app.checkbox
    app.query_params.update({**link, "span": "hourly"})
    app = app.run()
    assert "in place of the report it says" in errors(app)
    gone = {**link, "dataset": app.session_state["held-dataset_mark"][1][:16], "span": "event"}
    app.query_params.update({**gone, "event": "20250303-abcdef012345"})
    app = app.run()
    wellness(app)
    assert app.error and app.selectbox
