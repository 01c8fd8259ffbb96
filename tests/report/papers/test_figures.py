"""Does a chart of a story read the same at a desk and on a wall, whatever its names are?"""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import NASTY, hours_chart, topics_chart

from analysis.language import Text
from analysis.report.papers.blocks import Chart, ChartKind
from analysis.report.papers.figures import figure, fitting, folded, height_of, highest


def test_a_line_stands_at_its_hours_with_a_gap_where_nothing_is_known() -> None:
    posts, forecast = figure(hours_chart(), "en").data
    assert list(posts.x)[:2] == ["2025-03-03 10:00", "2025-03-03 11:00"]
    assert list(posts.y) == [3, 5, 40, 22, None, None]
    assert (posts.line.dash, forecast.line.dash, forecast.connectgaps) == ("solid", "dash", False)


def test_the_first_category_is_on_top_and_two_of_one_name_stay_two() -> None:
    twice = topics_chart((Text("same"), Text("same"), Text("other")))
    drawn = figure(twice, "en")
    assert drawn.layout.yaxis.autorange == "reversed"
    assert list(drawn.data[0].y) == [0, 1, 2]
    assert list(drawn.layout.yaxis.ticktext) == ["same", "same", "other"]
    assert list(drawn.data[0].x) == [30, 12, 0]


def test_a_threshold_is_a_line_with_its_name() -> None:
    drawn = figure(topics_chart(), "en")
    assert [(shape.x0, shape.line.color) for shape in drawn.layout.shapes] == [(25, "#E8B923")]
    assert [note.text for note in drawn.layout.annotations] == ["Mild"]


def test_names_of_near_thresholds_do_not_stand_on_each_other() -> None:
    near = replace(topics_chart(), lines=((25, Text("a"), "#E8B923"), (27, Text("b"), "#D9661F")))
    shifts = [note.yshift for note in figure(near, "en").layout.annotations]
    assert abs(shifts[0] - shifts[1]) >= 12
    upright = figure(replace(near, kind=ChartKind.COLUMN), "en")
    assert [note.xanchor for note in upright.layout.annotations] == ["right", "left"]


def test_the_wall_has_bigger_type_thicker_lines_and_fewer_ticks() -> None:
    desk, wall = figure(hours_chart(), "en"), figure(hours_chart(), "en", scale=2.0)
    assert wall.layout.font.size == 2 * desk.layout.font.size
    assert wall.data[0].line.width == 2 * desk.data[0].line.width
    assert wall.layout.yaxis.nticks < desk.layout.yaxis.nticks
    assert wall.layout.height == 2 * desk.layout.height


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_of_nothing_says_so(kind: ChartKind) -> None:
    empty = replace(topics_chart(), kind=kind, categories=(), lines=())
    empty = replace(empty, series=tuple(replace(series, values=()) for series in empty.series))
    assert [note.text for note in figure(empty, "en").layout.annotations] == ["No data"]


def test_few_posts_are_never_halved() -> None:
    few = replace(topics_chart(), lines=())
    few = replace(few, series=(replace(few.series[0], values=(2, 1, 0)),))
    assert figure(few, "en").layout.xaxis.dtick == 1


def test_the_axis_reaches_the_highest_stack_or_threshold() -> None:
    assert highest(topics_chart()) == 40  # 30 negative and 10 neutral posts
    assert highest(replace(topics_chart(), lines=((70, Text("x"), "#000000"),))) == 70
    assert highest(hours_chart()) == 40


@pytest.mark.parametrize("word", NASTY)
def test_hostile_names_are_text(word: str) -> None:
    foreign = Text("{word}", (("word", word),))
    chart: Chart = replace(topics_chart((foreign,) * 3), title=foreign, unit=foreign)
    chart = replace(chart, series=tuple(replace(series, name=foreign) for series in chart.series))
    drawn = figure(chart, "zh_CN")
    drawn.to_json().encode("utf-8")
    told = [*drawn.layout.yaxis.ticktext, drawn.layout.xaxis.title.text, *(trace.name for trace in drawn.data)]
    assert all("<" not in name.replace("<br>", "") for name in told)
    assert drawn.layout.height == height_of(chart) < 400


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="ab 字&<", max_size=80), st.integers(4, 30), st.integers(1, 3))
def test_a_folded_name_fits_its_lines_and_loses_nothing_unsaid(text: str, width: int, most: int) -> None:
    lines = [unescape(line) for line in folded(text, width, most)]
    assert len(lines) <= most
    assert all(fitting(line, width) == len(line) for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())
