"""What stands in the list of events, and in the tables behind its charts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from frames import HOUR, START
from hypothesis import given, settings
from hypothesis import strategies as st
from several import EVENTS, bare, end_of, one, several

from analysis.report.event_table import COLUMNS, curve, event_table, for_file, short
from analysis.report.lanes import lane_table, lanes
from analysis.report.river import MOST_EVENTS, OTHERS, flow, flow_table, folded
from analysis.schema import TIMEZONE

STEADY = {"a": 0, "b": 1, "c": -1, "": 0}
HOURS = st.dictionaries(st.integers(0, 400), st.integers(1, 9), min_size=1, max_size=4)


def test_the_posts_of_no_event_stand_last_however_grave() -> None:
    found = several(5, {"": {0: 900}, "a": {1: 3}, "b": {2: 5}})
    assert found[0].id == ""  # what is gravest comes first; the list keeps that order among events
    table = event_table(found, EVENTS, "en", STEADY)
    assert list(table["id"]) == [*(part.id for part in found if part.id), ""]
    assert table["event"].iloc[-1] == "Posts of no event"


def test_an_event_is_told_in_words_and_numbers() -> None:
    found = several(30, {"": {0: 1}, "b": {4: 2, 26: 6, 28: 1}}, spam=["b"])
    row = event_table(found, EVENTS, "en", STEADY).iloc[0]
    assert (row["event"], row["posts"], row["posts_24h"], bool(row["spam"])) == ("<b>排队</b>&两小时", 9, 7, True)
    assert (row["level"], row["trend"], row["topic"]) == ("○ Routine", "↗ rising", "Service complaints")
    moments = {name: f"{row[name]:%m-%d %H:%M}" for name in ("began", "peak", "last_post")}
    assert moments == {"began": "03-03 04:00", "peak": "03-04 02:00", "last_post": "03-04 04:00"}
    assert row["negative_share"] == 1 and row["negative_between"].endswith("–100%")  # all nine are complaints
    assert event_table(found, EVENTS, "zh_CN", STEADY).iloc[0]["topic"] == "服务投诉"


def test_every_column_says_how_it_is_shown() -> None:
    table = event_table(several(5, {"": {0: 1}, "a": {1: 3}}), EVENTS, "en", STEADY)
    assert list(table.columns) == list(COLUMNS)
    told = {"number": "int64", "decimal": "float64", "percent": "float64", "time": "datetime64[us]", "flag": "bool"}
    expected = {name: told[shown.kind] for name, shown in COLUMNS.items() if shown.kind in told}
    assert {name: str(table[name].dtype) for name in expected} == expected


def test_where_there_is_nothing_to_share_no_share_is_told() -> None:
    part = replace(one(several(5, {"": {0: 1}, "a": {1: 3}}), "a"), negative_share=None)
    row = event_table([part], EVENTS, "en", STEADY).iloc[0]
    assert np.isnan(row["negative_share"]) and row["negative_between"] == ""


def test_without_an_event_the_list_is_empty() -> None:
    table = event_table([], {}, "en", {})
    assert len(table) == 0 and list(table.columns) == list(COLUMNS)


def test_the_curve_of_a_young_event_is_its_last_48_hours() -> None:
    assert curve(bare({45: 2, 50: 3}, 50)) == [0] * 42 + [2, 0, 0, 0, 0, 3]


def test_the_curve_of_a_longer_event_is_its_whole_course() -> None:
    told = curve(bare({0: 4, 96: 3}, 96))  # 97 hours: 33 steps of 3, 2 hours before the first post in the first
    assert (len(told), told[0], told[-1], sum(told[1:-1])) == (33, 1.33, 1.0, 0)


def test_the_curve_of_an_event_that_is_over_ends_with_its_last_post() -> None:
    assert curve(bare({100: 2, 110: 5}, 400))[-11:] == [2, *[0] * 9, 5]


@given(HOURS, st.integers(0, 100))
@settings(max_examples=25)
def test_a_curve_holds_all_posts_of_its_event(per_hour: dict[int, int], later: int) -> None:
    told = curve(bare(per_hour, max(per_hour) + later))
    last = max(per_hour) if later >= 168 else max(per_hour) + later
    step = max(-(-(last - min(per_hour) + 1) // 48), 1)
    assert len(told) <= 48 and sum(told) * step == pytest.approx(sum(per_hour.values()), abs=0.005 * 48 * step)


@pytest.mark.parametrize(
    ("name", "most", "shown"),
    [
        ("急诊排队", 8, "急诊排队"),
        ("急诊排队", 7, "急诊排…"),
        ("queue at night", 9, "queue at…"),
        ("两\n行", 9, "两 行"),
        ("<img src=x>", 5, "&lt;img…"),
        ("", 9, ""),
    ],
)
def test_a_name_in_a_chart_is_short_and_no_html(name: str, most: int, shown: str) -> None:
    assert short(name, most) == shown


def test_the_list_goes_to_a_spreadsheet_without_its_curve() -> None:
    table = for_file(event_table(several(5, {"": {0: 1}, "a": {1: 3}}), EVENTS, "zh_CN", STEADY), "zh_CN")
    assert {"热度", "起始"} <= set(table.columns) and table.shape[1] == len(COLUMNS) - 1


# --- behind the river


def test_the_river_counts_posts_by_step() -> None:
    found = several(30, {"": {0: 7, 30: 1}, "b": {6: 2, 30: 1}, "a": {10: 4}})
    frame, step = flow(found, end_of(30), None)
    assert step == 1 and list(frame.columns) == ["b", "a"]  # in the order of their first posts
    assert frame.index[-1] == pd.Timestamp("2025-03-04 06:00")
    assert {f"{time:%d %H}": int(posts) for time, posts in frame["b"].items() if posts} == {"03 06": 2, "04 06": 1}
    table = flow_table(frame, found, EVENTS, "en")
    assert list(table.columns) == ["Time", "<b>排队</b>&两小时 (b)", "产妇术后死亡 (a)"]


@given(HOURS, st.integers(0, 60), st.sampled_from([None, 1, 3, 30]))
@settings(max_examples=25)
def test_the_river_loses_no_post(per_hour: dict[int, int], later: int, days: int | None) -> None:
    last = max(per_hour) + later
    frame, step = flow([bare(per_hour, last), bare({0: 5}, last, "")], end_of(last), days, rest=True)
    ends = frame.index[0], frame.index[-1] + step * HOUR
    first, end = ((time.tz_localize(TIMEZONE) - START) // HOUR for time in ends)
    inside = sum(posts for hour, posts in per_hour.items() if hour >= first)
    assert len(frame) <= 120 and end == last + 1
    assert (frame["a"].sum() if "a" in frame else 0) == inside
    assert days is not None or inside == sum(per_hour.values())


def test_the_largest_events_are_told_apart() -> None:
    frame = pd.DataFrame({f"e{number}": [float(number), 1.0] for number in range(10)} | {"": [5.0, 5.0]})
    shown = folded(frame)
    assert list(shown.columns) == [*(f"e{number}" for number in range(2, 10)), OTHERS, ""] and MOST_EVENTS == 8
    assert list(shown[OTHERS]) == [1, 2]
    assert OTHERS not in folded(frame[["e1", "e2"]])


# --- behind the lanes


def test_a_lane_runs_from_the_first_post_to_the_last() -> None:
    found = several(30, {"": {0: 7}, "a": {20: 2, 22: 1}, "b": {29: 50, 30: 50}})
    frame, step, events = lanes(found, end_of(30), None)
    assert (step, events, list(frame["id"])) == (1, 2, [part.id for part in found if part.id == "b"] * 2 + ["a"] * 3)
    told = frame[frame["id"] == "a"]
    assert list(told["posts"]) == [2, 0, 1] and list(told["start"].dt.hour) == [20, 21, 22]
    heat = one(found, "a").situation.hourly["heat"].iloc[-11:-8]
    assert list(told["heat"]) == list(heat)
    table = lane_table(frame, EVENTS, "en")
    assert list(table.iloc[-1][["Time", "Event id", "Event", "Posts"]]) == ["2025-03-03 22:00", "a", "产妇术后死亡", 1]


def test_steps_of_a_long_lane_hold_sums_and_the_hottest_hour() -> None:
    found = several(239, {"": {0: 1}, "a": {0: 3, 1: 4, 239: 1}})
    frame, step, _events = lanes(found, end_of(239), None)
    assert step == 3 and frame["posts"].sum() == 8  # 240 hours, the first shown step before the first post
    assert list(frame["posts"].iloc[[0, -1]]) == [7, 1]
    assert frame["heat"].iloc[0] == one(found, "a").situation.hourly["heat"].iloc[:3].max()


def test_what_ended_before_the_span_has_no_lane() -> None:
    found = several(100, {"": {0: 1}, "a": {1: 3}, "b": {90: 3}})
    frame, _step, events = lanes(found, end_of(100), 2)
    assert set(frame["id"]) == {"b"} and events == 1
