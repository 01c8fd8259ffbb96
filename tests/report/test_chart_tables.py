"""The data of a chart as a table, and two spans beside each other."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
from frames import START, at

from analysis.language import Text
from analysis.report.burst_table import burst_table, burst_title, told_posts
from analysis.report.chart_tables import curve_table, since_start, timeline_table, tone_table
from analysis.report.comparison import aligned, comparison_table
from analysis.signals.forecast import Ahead, Outlook

HOURLY = pd.DataFrame(
    {
        "posts": [5.0, 2.0],
        "negative": [3.0, 0.0],
        "positive": [1.0, 2.0],
        "usual": [np.nan, 1.25],
        "heat": [40.04, 39.0],
        "stage": ["outbreak", "decline"],
    },
    index=pd.date_range(START, periods=2, freq="h"),
)
NONE = np.zeros(0)


def test_the_timelines_table_holds_what_came_and_then_what_is_forecast() -> None:
    outlook = Outlook(
        np.array([3.0, 4.0]), np.array([1.0, 2.0]), np.array([6.04, 8.0]), (Ahead(6, 7, 3, 14),), 0.5, None
    )
    table = timeline_table(HOURLY, outlook, "en")
    assert table["Time"].tolist() == [f"2025-03-03 0{hour}:00" for hour in range(4)]
    assert table["Neutral"].tolist()[:2] == [1.0, 0.0] and table["Neutral"].tolist()[2:] != [0.0, 0.0]
    assert table["Stage"].tolist()[:2] == ["Outbreak", "Decline"]
    assert table[["Forecast", "Forecast, lower end", "Forecast, upper end"]].iloc[2].tolist() == [3.0, 1.0, 6.0]
    assert table["Forecast"].isna().tolist() == [True, True, False, False]
    assert table["Posts"].isna().tolist() == [False, False, True, True]


def test_without_a_forecast_the_timelines_table_has_no_column_for_it() -> None:
    silent = Outlook(NONE, NONE, NONE, (), None, Text("no"))
    for outlook in (None, silent):
        names = list(timeline_table(HOURLY, outlook, "en"))
        assert names == ["Time", "Posts", "Negative", "Neutral", "Positive", "Usual", "Heat", "Stage"]


def test_curves_and_bars_are_named_as_the_reader_knows_them() -> None:
    frame = pd.DataFrame({"weibo": [1.0, 2.0], "…": [0.0, 1.0]}, index=HOURLY.index)
    assert list(curve_table(frame, "platform", "en")) == ["Time", "Weibo", "All others"]
    tones = pd.DataFrame({"negative": [2], "neutral": [1], "positive": [0]}, index=["北京"])
    assert tone_table(tones, "region", "en").iloc[0].tolist() == ["北京", 2, 1, 0]
    assert list(tone_table(tones, "region", "en")) == ["Name", "Negative", "Neutral", "Positive"]


def test_a_span_is_told_in_hours_since_its_start() -> None:
    curve = pd.Series([1.0, 5.0, 2.0, 7.0], index=pd.date_range(START, periods=4, freq="h"))
    assert aligned(curve, at(1.5), 2, "a").to_dict() == {0: 5.0, 1: 2.0}
    assert aligned(curve, at(3), 5, "a").to_dict() == {0: 7.0}  # the data end
    assert aligned(curve, at(-2), 4, "a").to_dict() == {2: 1.0, 3: 5.0}  # they begin later
    assert aligned(curve, at(9), 4, "a").empty


def test_two_spans_stand_beside_each_other_hour_by_hour_and_in_sum() -> None:
    first, second = pd.Series([1.0, 5.0, 2.0], name="a"), pd.Series([4.0], name="b")
    assert since_start(first, second, "en")["b"].isna().tolist() == [False, True, True]
    assert comparison_table(first, second, "posts", "en").to_numpy().tolist() == [
        ["Hours with data", "3", "1"],
        ["Altogether", "8", "4"],
        ["Most in an hour", "5", "4"],
        ["Hours from the start to the most", "1", "0"],
    ]
    assert "Altogether" not in comparison_table(first, second, "heat", "en")[""].tolist()


def burst(**told: object) -> SimpleNamespace:
    posts = pd.DataFrame(
        {"published_at": [at(1)], "platform": ["weibo"], "author": ["甲"], "text": ["电话13812345678，手术失误"]}
    )
    usual = {"of": "negative", "onset": at(1), "peak": at(2), "end": at(4), "strength": 11.6, "running": False}
    return SimpleNamespace(**usual | {"terms": ("手术", "失误", "#热搜#", "赔偿", "道歉"), "posts": posts} | told)


def test_a_burst_is_told_with_its_words_and_by_when_it_ended() -> None:
    table = burst_table([burst(), burst(of="posts", running=True)], "en")  # type: ignore[list-item]
    assert table.iloc[0].tolist() == [
        "Negative posts",
        "2025-03-03 01:00",
        "2025-03-03 02:00",
        "2025-03-03 04:00",
        12,
        "手术, 失误, #热搜#, 赔偿, 道歉",
    ]
    assert table.iloc[1, [0, 3]].tolist() == ["All posts", "running"]
    assert str(burst_title(burst())) == "Negative posts, from 2025-03-03 01:00"  # type: ignore[arg-type]


def test_the_posts_of_a_burst_are_masked() -> None:
    told = told_posts(burst(), "en").iloc[0]  # type: ignore[arg-type]
    assert told[["Published", "Platform", "Author"]].tolist() == ["2025-03-03 01:00", "Weibo", "甲"]
    assert "13812345678" not in told["Text"] and "手术失误" in told["Text"]
