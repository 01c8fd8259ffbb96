"""The Trends page: its parts, a brushed span, bursts to go to, and its charts' data."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit
from desks import OpenDesk
from operating import turn_to, upload, wellness
from streamlit.testing.v1 import AppTest

from pages.drawing import csv_file

# Two quiet days, then thirty complaints within an hour, one of them by a name of its own.
QUIET = [f"2025-03-{3 + hour // 24:02d} {hour % 24:02d}:10,挂号窗口今天排队,路人" for hour in range(48)]
LOUD = [f"2025-03-05 00:{minute:02d},{{words}} {minute},住户{minute}" for minute in range(30)]
BURST = "发布时间,正文,作者\n" + "\n".join(QUIET + LOUD) + "\n"
PARTS = {"curves": 2, "calendar": 2, "regions": 1, "compare": 2}  # charts, the timeline included


def charts(app: AppTest) -> list[Any]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def curve(app: AppTest) -> float:
    """How many posts are there in the curve of all posts?"""
    return float(heights(charts(app)[1]["data"][0]).sum())


def heights(trace: dict[str, Any]) -> np.ndarray:
    """Which y values has a trace? Plotly sends long ones as bytes."""
    values = trace["y"]
    return np.frombuffer(b64decode(values["bdata"]), values["dtype"]) if isinstance(values, dict) else np.array(values)


def said(app: AppTest) -> str:
    nodes = [*app.text, *app.markdown, *app.caption, *app.subheader, *app.info, *app.get("expander")]
    return " ".join(getattr(node, "value", "") or getattr(node, "label", "") for node in nodes).replace("\\", "")


def test_each_part_draws_and_offers_its_data(desk: OpenDesk) -> None:
    app = turn_to(upload(desk("data", "en-GB"), ("loud.csv", BURST.format(words="手术失误"))), "trends")
    assert "Posts to come" in said(app) and "Stage" in said(app)
    for part in ("compare", "calendar", "regions", "warning", "reach", "heat", "curves"):
        app.button_group(key="trend_part").set_value(part).run()
        wellness(app)
        assert len(charts(app)) == PARTS.get(part, len(charts(app)))
        assert len([node for node in app.get("download_button") if "CSV" in node.proto.label]) == len(charts(app))
    app.toggle(key="trend_apart").set_value(True)
    app.toggle(key="trend_risk").set_value(True)
    app.button_group(key="trend_days").set_value("all")
    app.selectbox(key="trend_split").set_value("platform").run()
    wellness(app)
    assert "Forecast" not in json.dumps(charts(app)[0])


def test_a_brushed_span_narrows_the_page_until_it_is_cleared(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = turn_to(upload(desk("data", "en-GB"), ("loud.csv", BURST.format(words="手术失误"))), "trends")
    wellness(app)
    assert curve(app) == 78
    real = streamlit.plotly_chart

    def brushing(figure: Any, **how: Any) -> Any:
        found = real(figure, **how)
        if how["key"] != "timeline-0":
            return found
        how["on_select"]()
        return {"selection": {"box": [{"x": ["2025-03-03 20:20", "2025-03-04 01:40"]}], "points": []}}

    monkeypatch.setattr(streamlit, "plotly_chart", brushing)
    app.run()
    wellness(app)
    assert "2025-03-03 20:00 to 2025-03-04 01:59" in said(app)
    assert sum(app.dataframe[0].value["Same text"]) == 6
    assert "No burst in this span." in said(app)
    assert curve(app) == 6
    app.button(key="clear_brush").click().run()
    wellness(app)
    assert "2025-03-03 20:00 to" not in said(app) and curve(app) == 78


def test_a_burst_is_told_by_this_sessions_posts_and_can_be_gone_to(desk: OpenDesk) -> None:
    app = desk("data", "en-GB")
    for words in ("手术失误", "手术出错"):  # counts alike, said otherwise
        app = turn_to(upload(turn_to(app, "data"), ("loud.csv", BURST.format(words=words))), "trends")
        wellness(app)
        table = next(frame.value for frame in app.dataframe if "Burst of" in frame.value)
        assert set(table["Burst of"]) <= {"All posts", "Negative posts"} and "running" in set(table["End"])
        told = [
            frame.value for frame in app.dataframe if list(frame.value) == ["Published", "Platform", "Author", "Text"]
        ]
        assert len(told) == len(table)
        assert all(words in text for frame in told for text in frame["Text"])
    onset = table["Onset"].iloc[0]
    app.button(key="burst-0").click().run()
    wellness(app)
    assert onset[:13] in " ".join(str(note["text"]) for note in charts(app)[0]["layout"]["annotations"])


def test_dates_without_times_are_said_and_told_by_day(desk: OpenDesk) -> None:
    rows = [f"2025-03-{day:02d},挂号排队{n}" for day in range(1, 6) for n in range(day)]
    app = upload(desk("data", "en-GB"), ("dates.csv", "\n".join(["发布时间,正文", *rows])))
    assert "15 of 15 posts stand at exactly 00:00" in said(app)
    app = turn_to(app, "trends")
    wellness(app)
    assert "15 of 15 posts stand at exactly 00:00" in said(app)
    assert "dates without times: hours cannot be forecast" in said(app)
    assert [list(heights(trace)) for trace in charts(app)[0]["data"] if trace["name"] == "Posts"] == [[1, 2, 3, 4, 5]]


def test_a_charts_data_run_no_formula_and_open_in_excel() -> None:
    table = pd.DataFrame([["=cmd()", 1.5]], columns=["@cell", "北京"])
    assert csv_file(table).decode("utf-8") == "\ufeff'@cell,北京\n'=cmd(),1.5\n"
