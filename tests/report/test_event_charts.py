"""What the figures of events show, read off their data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from frames import EXAMPLE, at, posts
from several import DRAWN, EVENTS, bare, end_of, one, several

from analysis.parts import Part
from analysis.report.event_charts import event_timeline, event_timeline_table, lanes, river
from analysis.report.lanes import MIDDLE, THICKEST, THINNEST, bands
from analysis.report.river import COLOURS, DARK
from analysis.schema import Level

FOUND = several(30, {"": {0: 9}, "a": {4: 2, 6: 8}, "b": {5: 3, 6: 3, 30: 1}})
NOW = end_of(30)
NOTHING = posts({"hour": 4}).iloc[:0]


def traces(figure: go.Figure) -> dict[str, Any]:
    """The traces that have a name, by it."""
    return {trace.name: trace for trace in figure.data if trace.name}


def written(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


# --- river


def test_the_river_stacks_events_in_the_order_of_their_first_posts() -> None:
    figure = river(FOUND, EVENTS, "en", NOW)
    found = traces(figure)
    assert list(found) == ["1 产妇术后死亡", f"2 {DRAWN}"]
    assert [sum(trace.y) for trace in found.values()] == [10, 7]
    assert len({trace.stackgroup for trace in found.values()}) == 1
    assert figure.layout.yaxis.title.text == "Posts an hour" and figure.layout.xaxis.range[1] == "2025-03-04 07:00"


def test_the_numbers_stand_in_the_middle_of_the_highest_step() -> None:
    told = next(trace for trace in river(FOUND, EVENTS, "en", NOW).data if trace.mode == "text")
    # both are highest at 05:00 or 06:00: eight posts of the first, on them three of the second; of b 05:00 is first
    assert list(zip(told.text, told.x, told.y, strict=True)) == [
        ("<b>1</b>", "2025-03-03 06:30", 4.0),
        ("<b>2</b>", "2025-03-03 05:30", 1.5),
    ]


def test_posts_of_no_event_are_in_the_river_where_they_are_asked_for() -> None:
    found = traces(river(several(3, {"": {0: 9}, "a": {0: 2}}), EVENTS, "en", end_of(3), rest=True))
    assert {name: sum(trace.y) for name, trace in found.items()} == {"1 产妇术后死亡": 2, "Posts of no event": 9}


def test_many_events_leave_eight_and_the_others() -> None:
    many = [bare({number: 10 + number}, 20, f"e{number}") for number in range(11)]
    names = {part.id: part.id for part in many}
    found = traces(river(many, names, "en", end_of(20)))
    assert list(found) == [*(f"{number} e{number + 2}" for number in range(1, 9)), "3 other events"]
    assert sum(found["3 other events"].y) == 10 + 11 + 12


@pytest.mark.parametrize("draw", [river, lambda *given: lanes(*given, EXAMPLE)])
def test_without_an_event_the_figure_says_so(draw: Any) -> None:
    figure = draw([part for part in FOUND if part.id == ""], EVENTS, "en", NOW)
    assert len(figure.data) == 0 and written(figure) == ["No event in this span"]


def test_the_numbers_can_be_read_on_every_layer() -> None:
    assert min(contrast(DARK, colour) for colour in COLOURS) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2, 1.4.3: how much lighter is the lighter of two colours?"""
    lights = []
    for colour in (one, other):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


# --- lanes


def test_a_lane_is_named_with_its_level_and_no_html() -> None:
    told = written(lanes(FOUND, EVENTS, "en", NOW, EXAMPLE))
    assert any("○</span> Routine · <b>产妇术后死亡</b>" in text for text in told)
    assert any(f"<b>{DRAWN}</b>" in text for text in told)
    assert "┊ as of 2025-03-04 06:59" in told


def test_a_lane_is_as_thick_as_its_heat_in_the_colour_of_its_level() -> None:
    frame = pd.DataFrame(
        {
            "lane": [0, 0, 1],
            "id": ["a", "a", "b"],
            "start": [at(hour).tz_localize(None) for hour in (1, 2, 2)],
            "heat": [0.0, 100.0, 50.0],
            "level": [0, 3, 3],
            "score": [0.0, 90.0, 95.0],
        }
    )
    routine, severe = bands(frame, 1, EXAMPLE, "en")
    assert (routine["name"], severe["name"]) == ("○ Routine", "● Severe (level III)")
    first, second = "2025-03-03 01:00", "2025-03-03 02:00"
    assert routine["x"] == [first, second, second, first, None]
    assert routine["y"][:4] == pytest.approx([MIDDLE - THINNEST] * 2 + [MIDDLE + THINNEST] * 2)
    half = (THINNEST + THICKEST) / 2
    thick = [MIDDLE - THICKEST] * 2 + [MIDDLE + THICKEST] * 2 + [1 + MIDDLE - half] * 2 + [1 + MIDDLE + half] * 2
    assert [y for y in severe["y"] if y is not None] == pytest.approx(thick)
    national = bands(frame, 1, replace(EXAMPLE, scheme="national"), "en")
    assert [trace["name"] for trace in national] == ["○ Routine", "● Severe (II orange)", "● Severe (I red)"]


def test_onset_and_peak_are_marked_in_the_lane() -> None:
    figure = lanes(FOUND, EVENTS, "en", NOW, EXAMPLE)
    peak = traces(figure)["Peak"]
    assert dict(zip(peak.customdata, peak.x, strict=True)) == {
        "产妇术后死亡": "2025-03-03 06:30",
        DRAWN: "2025-03-03 05:30",
    }
    assert len(traces(figure)["Onset"].x) == 2


def test_the_pointer_tells_what_a_lane_holds() -> None:
    told = next(trace for trace in lanes(FOUND, EVENTS, "zh_CN", NOW, EXAMPLE).data if trace.customdata is not None)
    rows = {(row[0], x): row[1] for row, x in zip(told.customdata, told.x, strict=True)}
    assert rows["产妇术后死亡", "2025-03-03 06:30"] == 8 and rows[DRAWN, "2025-03-04 06:30"] == 1
    assert told.customdata[0][3] in {"平息", "爆发", "高峰", "消退"} and told.customdata[0][4] == "○ 常态"


def test_more_lanes_than_can_be_read_are_cut_and_counted() -> None:
    many = [replace(one(FOUND, "a"), id=f"e{number}") for number in range(17)]
    figure = lanes(many, {part.id: part.id for part in many}, "en", NOW, EXAMPLE)
    assert written(figure)[-2] == "15 of 17 events. Thickness: heat. Colour: level."
    assert len(written(figure)) == 15 + 2


# --- one event


def said(*hours: float) -> pd.DataFrame:
    """Official statements at these hours."""
    return posts(*({"hour": hour, "platform": "wechat", "text": "情况通报"} for hour in hours))


def timeline_of(event: str, official: pd.DataFrame = NOTHING, found: tuple[Part, ...] = FOUND) -> go.Figure:
    return event_timeline(one(found, event), "en", official)


def test_an_events_timeline_begins_shortly_before_its_first_post() -> None:
    found = traces(timeline_of("a"))
    assert found["Posts"].x0 == "2025-03-03 01:00" and list(found["Posts"].y)[:6] == [0, 0, 0, 2, 0, 8]
    assert list(found["Negative"].y)[:6] == [0, 0, 0, 2, 0, 8]
    assert "Usual" not in found  # nothing is usual of what did not exist


def test_official_statements_are_flagged_in_order() -> None:
    figure = timeline_of("a", said(20, 5.5))
    flags = [note for note in figure.layout.annotations if note.hovertext]
    assert [(flag.text, flag.x, flag.hovertext) for flag in flags] == [
        ("1", "2025-03-03 05:30", "Official statement 1: 2025-03-03 05:30, WeChat"),
        ("2", "2025-03-03 20:00", "Official statement 2: 2025-03-03 20:00, WeChat"),
    ]
    lines = [shape for shape in figure.layout.shapes if shape.type == "path" and shape.line.dash == "dot"]
    drawn = " ".join(f"M{time},0 L{time},1" for time in ("2025-03-03_05:30", "2025-03-03_20:00"))
    assert {shape.path for shape in lines} == {drawn}
    assert figure.layout.yaxis.range[1] > 8 and "Official statement" in traces(figure)


def test_statements_close_together_share_a_flag() -> None:
    flags = [note for note in timeline_of("a", said(5, 5.2, 5.4, 28)).layout.annotations if note.hovertext]
    assert [flag.text for flag in flags] == ["1–3", "4"] and flags[0].hovertext.count("<br>") == 2


def test_a_statement_outside_what_is_shown_has_no_flag() -> None:
    assert not any(note.hovertext for note in timeline_of("a", said(0, 60)).layout.annotations)


def test_no_text_of_a_post_enters_the_figure() -> None:
    assert "情况通报" not in str(timeline_of("a", said(5)).to_dict())


def test_an_event_that_is_over_is_shown_to_a_day_after_its_last_post() -> None:
    figure = timeline_of("a", found=several(300, {"": {0: 1}, "a": {4: 2, 6: 8}}))
    assert len(traces(figure)["Posts"].y) == 3 + 3 + 24
    assert "┊ over, last post 2025-03-03 06:00" in written(figure)


def test_the_table_counts_official_statements_by_hour() -> None:
    table = event_timeline_table(one(FOUND, "a"), "en", said(5.5, 5.7, 20))
    told = table.set_index("Time")["Official statements"]
    assert told["2025-03-03 05:00"] == 2 and told["2025-03-03 20:00"] == 1 and told.sum() == 3


def test_every_level_has_its_mark_in_the_lanes() -> None:
    starts = [at(hour).tz_localize(None) for hour in range(4)]
    frame = pd.DataFrame({"lane": 0, "id": "a", "start": starts, "heat": 9.0, "level": range(4), "score": 0.0})
    names = [trace["name"] for trace in bands(frame, 1, EXAMPLE, "en")]
    assert [name[0] for name in names] == list("○◔◑●") and len(names) == len(Level)
