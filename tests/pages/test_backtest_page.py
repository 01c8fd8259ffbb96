"""Does the back-test part answer whether a setting would have been earlier, and take incidents in?"""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
import streamlit
from desks import OpenDesk
from operating import errors, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest

from analysis.response import suggest
from analysis.response.candidates import family

FIRE = "name,start,end,level\n<b>起火</b>,2025-10-07 18:00,2025-10-14 18:00,SEVERE\n"
OVER = "烟雾,2025-10-08 18:00,2025-10-09 18:00,轻度\n"
OUTSIDE = "来年,2026-10-08 18:00,2026-10-09 18:00,轻度\n"
QUIET = "发布时间,正文\n2025-03-03 08:00,挂号排队两小时，窗口没人\n2025-03-09 08:00,今天挂号很快\n"


def backtest(app: AppTest, part: str | None = None) -> AppTest:
    """Go to the back-test, and there to a part."""
    app = turn_to(app, "thresholds")
    app.button_group(key="thresholds_part").set_value("backtest").run()
    return app if part is None else app.button_group(key="backtest_part").set_value(part).run()


def said(app: AppTest) -> str:
    nodes = [*app.text, *app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return " ".join(str(node.value) for node in nodes).replace("\\", "")


def named(app: AppTest, label: str) -> Any:
    return next(button for button in app.button if button.label == label)


def test_whether_a_setting_would_have_caught_an_incident_earlier_is_answered_and_tried(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest, "TRIED", 100)  # how well is sought, its own tests say
    monkeypatch.setattr(suggest, "family", lambda today, alarm: islice(family(today, alarm), 100))
    app = backtest(desk("overview", "en-GB"))
    wellness(app)
    assert [metric.label for metric in app.metric] == [
        *("Median delay", "False alarms/30 d", "Missed incidents", "Flaps", "Agreement"),
    ]
    assert app.metric[2].value.endswith("of 5") and "应急演练被误认" in said(app)  # a drill that was taken for real
    box = app.selectbox(key="earlier_of")
    assert [option.split(" · ")[0] for option in box.options] == ["1", "2", "3", "4", "6"]
    assert box.value == "产妇术后死亡"  # the first that was late
    named(app, "Look for a setting").click().run()
    wellness(app)
    assert "Yes: " in said(app) or "No: none of " in said(app)
    app.button_group(key="backtest_part").set_value("suggestion").run()
    named(app, "Suggest settings").click().run()
    wellness(app)
    assert "left out" in said(app) or "without it" in said(app)
    if [button for button in app.button if button.label == "Try it"]:
        named(app, "Try it").click().run()
        wellness(app)
        assert "not in force yet" in said(app) and all(metric.delta for metric in app.metric)
        named(app, "Take all changes back").click().run()
    assert not any(metric.delta for metric in app.metric)
    for part in ("curve", "false", "incidents"):
        wellness(app.button_group(key="backtest_part").set_value(part).run())
    app.button_group(key="backtest_alarm").set_value("3").run()
    wellness(app)
    assert app.metric[2].value.endswith("of 1")


def test_incidents_come_from_files_and_by_hand_and_what_cannot_be_judged_is_named(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = backtest(desk("overview", "en-GB"), "incidents")
    assert len(app.metric) == 5
    app.file_uploader(key="incident_files").set_value([("i.csv", b"name,start\nA,1\n", "text/csv")]).run()
    wellness(app)
    assert "i.csv" in errors(app) and app.metric[2].value.endswith("of 5")  # what was there stays
    given = FIRE + OVER + OUTSIDE
    app.file_uploader(key="incident_files").set_value([("i.csv", given.encode(), "text/csv")]).run()
    wellness(app)
    assert app.metric[2].value.endswith("of 1")
    assert "烟雾" in app.warning[0].value and "来年" in app.warning[0].value
    assert "<b>起火" not in " ".join(str(node.value) for node in [*app.markdown, *app.warning])
    real = streamlit.plotly_chart

    def dragging(figure: Any, **how: Any) -> Any:
        found = real(figure, **how)
        if not how["key"].startswith("backtest-"):
            return found
        how["on_select"]()
        return {"selection": {"box": [{"x": ["2025-10-20 20:20", "2025-10-21 01:40"]}], "points": []}}

    with monkeypatch.context() as patched:
        patched.setattr(streamlit, "plotly_chart", dragging)
        app.run()
    app.text_input[0].set_value("漏水")
    named(app, "Mark").click().run()
    wellness(app)
    assert app.metric[2].value.endswith("of 2")
    named(app, "The sample's incidents again").click().run()
    assert app.metric[2].value.endswith("of 5")


def test_posts_of_ones_own_begin_without_an_incident(desk: OpenDesk) -> None:
    app = backtest(upload(turn_to(desk("overview", "en-GB"), "data"), ("quiet.csv", QUIET)))
    wellness(app)
    assert len(app.metric) == 0 and "no incident yet" in said(app)
    assert "synthetic" not in said(app)
    app.text_input[0].set_value("投诉")
    named(app, "Mark").click().run()
    wellness(app)
    assert app.metric[2].value.endswith("of 1")
    app.button_group(key="backtest_part").set_value("suggestion").run()
    assert "from 3 incidents on" in said(app)
