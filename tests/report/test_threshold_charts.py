"""What the figures of the Thresholds page show, read off their data."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest
from frames import EXAMPLE, at

from analysis.language import Text
from analysis.report import charts, threshold_charts
from analysis.response.sensitivity import Move, WhatIf
from analysis.schema import Level

UNIT = Text("Hours at Mild or above")
MILD = f"{charts.LEVEL_MARKS[Level.MILD]} Mild"
SEVERE = f"{charts.LEVEL_MARKS[Level.SEVERE]} Severe"
HOSTILE = "<b>a<img src=x>&"


def timeline(levels: list[int], score: float = 9.0) -> pd.DataFrame:
    index = pd.date_range(at(0), periods=len(levels), freq="h")
    return pd.DataFrame({"level": levels, "score": [score] * len(levels)}, index=index)


def stretches(figure: go.Figure, name: str, axis: str = "y") -> list[tuple[str, str]]:
    """From when to when is each shape of that name, in the upper ("y") or lower ("y2") row?"""
    (trace,) = (trace for trace in figure.data if trace.name == name and trace.yaxis == axis)
    return [(trace.x[at], trace.x[at + 2]) for at in range(0, len(trace.x), 6)]


def test_bands_stand_for_the_runs_of_each_level_and_frames_for_where_two_profiles_disagree() -> None:
    before, after = timeline([0, 1, 1, 2, 0, 0]), timeline([0, 0, 2, 2, 0, 1], 8.0)
    figure = threshold_charts.before_after(before, after, (EXAMPLE, EXAMPLE), "en")
    differing = [("2025-03-03 01:00", "2025-03-03 03:00"), ("2025-03-03 05:00", "2025-03-03 06:00")]
    assert stretches(figure, "The two disagree") == stretches(figure, "The two disagree", "y2") == differing
    assert stretches(figure, MILD) == [("2025-03-03 01:00", "2025-03-03 03:00")]
    assert stretches(figure, MILD, "y2") == [("2025-03-03 05:00", "2025-03-03 06:00")]
    assert stretches(figure, SEVERE) == stretches(figure, SEVERE, "y2") == []
    scores = {trace.name: (trace.yaxis, trace.x0, list(trace.y)) for trace in figure.data if trace.dx == 3_600_000}
    assert scores["Score before"] == ("y", "2025-03-03 00:00", [9] * 6)
    assert scores["Score after"] == ("y2", "2025-03-03 00:00", [8] * 6)


def test_two_profiles_that_agree_frame_nothing() -> None:
    same = timeline([0, 1])
    figure = threshold_charts.before_after(same, same, (EXAMPLE, EXAMPLE), "en")
    assert stretches(figure, "The two disagree") == stretches(figure, "The two disagree", "y2") == []


def test_a_year_of_hours_stays_a_small_figure() -> None:
    year = timeline([0] * 24 * 180 + [1] * 24 + [0] * 24 * 184)
    figure = threshold_charts.before_after(year, year, (EXAMPLE, EXAMPLE), "en")
    assert len(figure.to_json()) < 150_000
    assert len(figure.layout.shapes) == 6  # three thresholds in each row


def test_a_profiles_name_is_no_html_in_a_figure() -> None:
    profiles = EXAMPLE.with_name(HOSTILE), EXAMPLE
    figure = threshold_charts.before_after(timeline([0]), timeline([0]), profiles, "en")
    assert not any("<img" in note.text or "<b>a<" in note.text for note in figure.layout.annotations)
    figure = threshold_charts.what_if((ahead([0, 0], []),), profiles[:1], "en")
    assert not any("<" in (trace.name or "") for trace in figure.data)


MOVES = (
    Move("thresholds.mild", 40, 32, 48, today=100, at_low=150, at_high=40),
    Move("weights.heat", 30, 24, 36, today=100, at_low=90, at_high=120),
    Move("red_lines.central_media", 1, 0.8, 1.2, today=100, at_low=100, at_high=100),
)


def test_a_tornado_has_a_bar_down_and_up_for_each_number_that_matters() -> None:
    figure = threshold_charts.tornado(MOVES, UNIT, "en")
    less, more = figure.data
    assert (less.name, list(less.base), list(less.x)) == ("a fifth less", [100, 100], [50, -10])
    assert (more.name, list(more.base), list(more.x)) == ("a fifth more", [100, 100], [-60, 20])
    assert [row[0] for row in less.customdata] == ["thresholds.mild", "weights.heat"]
    first, second = (note for note in figure.layout.annotations)
    assert first.text == "Mild from: 40" and second.text.endswith(": 30")
    assert first.y < second.y and figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]  # the first on top
    assert less.hovertext[0] == "Mild from 40 → 32: 100 → 150 (Hours at Mild or above)"


def test_a_tornado_shows_twelve_numbers_at_most_and_none_where_none_matters() -> None:
    assert len(threshold_charts.tornado(MOVES[:1] * 20, UNIT, "en").data[0].x) == 12
    assert len(threshold_charts.tornado(MOVES[2:], UNIT, "en").data[0].x) == 0


@pytest.mark.parametrize(
    ("today", "shipped", "names"),
    [(40.0, 35.0, ["Shipped: 35", "Your changes: 40"]), (35.0, 35.0, ["Your changes: 35"])],
)
def test_a_curve_marks_todays_value_and_the_shipped_one(today: float, shipped: float, names: list[str]) -> None:
    curve = pd.DataFrame({"value": [0.0, 35.0, 40.0, 100.0], "measure": [200.0, 120.0, 100.0, 0.0]})
    figure = threshold_charts.over_range(curve, "thresholds.mild", today, shipped, UNIT, "en")
    assert [trace.name for trace in figure.data[1:]] == names
    assert (figure.data[-1].x, figure.data[-1].y) == ((today,), (100.0 if today == 40 else 120.0,))


def ahead(levels: list[int], rises: list[int], seen: int = 1) -> WhatIf:
    told = timeline(levels, 50.0)
    up = tuple((told.index[place], Level(levels[place])) for place in rises)
    return WhatIf(5, 10, told, told.index[seen - 1], up)


def test_the_hours_to_come_are_shaded_and_a_rise_is_named_where_it_happens() -> None:
    draft = EXAMPLE.with_values("thresholds", {"mild": 20})
    found = ahead([0, 0, 0, 0], []), ahead([0, 0, 1, 1], [2])
    figure = threshold_charts.what_if(found, (EXAMPLE, draft), "en")
    (coming,) = (shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (coming.x0, coming.x1) == ("2025-03-03 01:00", "2025-03-03 04:00")
    (mark,) = (trace for trace in figure.data if trace.mode == "markers+text")
    assert (mark.x, mark.text) == (("2025-03-03 02:00",), (MILD,))
    assert not [shape for shape in figure.layout.shapes if shape.type == "line"]  # whose thresholds would they be?
    alone = threshold_charts.what_if(found[:1], (EXAMPLE,), "en")
    assert len([shape for shape in alone.layout.shapes if shape.type == "line"]) == 3
