"""What the figures of the Trends page show, read off their data."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from eyes import BLIND, seen
from frames import at

from analysis.language import Text
from analysis.pipeline import Later
from analysis.report import charts, signal_charts, timeline, timeline_marks
from analysis.schema import Level, Stage
from analysis.signals.forecast import Ahead, Outlook
from analysis.signals.series import REST

POSTS = Text("Posts")
HOSTILE = "<b>安徽</b><img src=x>&"
ESCAPED = "&lt;b&gt;安徽&lt;/b&gt;&lt;img src=x&gt;&amp;"
NO_BURSTS = pd.DataFrame({name: [] for name in ("of", "onset", "peak", "end", "strength")}).astype(
    dict.fromkeys(("onset", "peak", "end"), "datetime64[us, Asia/Shanghai]")
)


def hourly(**columns: Any) -> pd.DataFrame:
    """Six hours from 22:00 on, over midnight; what is not told is nothing."""
    quiet = {"posts": 0.0, "negative": 0.0, "positive": 0.0, "usual": np.nan, "heat": 0.0, "stage": "settled"}
    return pd.DataFrame(quiet | columns, index=pd.date_range(at(22), periods=6, freq="h", name="hour"))


SIX = hourly(
    posts=[5.0, 4.0, 3.0, 2.0, 1.0, 9.0],
    negative=[2.0, 4.0, 0.0, 1.0, 0.0, 5.0],
    positive=[1.0, 0.0, 3.0, 0.0, 1.0, 1.0],
    usual=[np.nan, 2.0, 2.0, 2.5, 2.0, 1.5],
    heat=[10.0, 30.0, 25.0, 20.0, 15.0, 40.0],
    stage=["settled", "outbreak", "outbreak", "decline", "decline", "outbreak"],
)


def bursts(*rows: tuple[str, float, float, float, float]) -> pd.DataFrame:
    times = [(of, at(onset), at(peak), at(end), strength) for of, onset, peak, end, strength in rows]
    return pd.DataFrame(times, columns=NO_BURSTS.columns)


def drawn(hours: pd.DataFrame = SIX, step: str = "h", marked: pd.DataFrame = NO_BURSTS, **more: Any) -> go.Figure:
    parts = {"outlook": None, "later": (), "language": "en"} | more
    return signal_charts.timeline(hours, step, marked=marked, **parts)


def traces(figure: go.Figure) -> dict[str, Any]:
    """The traces that have a name, by it."""
    return {trace.name: trace for trace in figure.data if trace.name}


def times(trace: Any) -> list[str]:
    """Where on the time axis do the points of a trace lie, by its first and its step?"""
    return [f"{pd.Timestamp(trace.x0) + n * pd.Timedelta(trace.dx, 'ms'):%m-%d %H:%M}" for n in range(len(trace.y))]


def test_the_rows_of_the_timeline_hold_each_hour() -> None:
    found = traces(drawn())
    assert {name: list(found[name].y) for name in ("Posts", "Negative", "Neutral", "Positive", "Heat")} == {
        "Posts": [5, 4, 3, 2, 1, 9],
        "Negative": [2, 4, 0, 1, 0, 5],
        "Neutral": [2, 0, 0, 1, 0, 3],
        "Positive": [1, 0, 3, 0, 1, 1],
        "Heat": [10, 30, 25, 20, 15, 40],
    }
    assert list(found["Usual"].y)[1:] == [2, 2, 2.5, 2, 1.5] and np.isnan(found["Usual"].y[0])
    # the hospital's clock, over midnight, never UTC
    assert times(found["Posts"]) == [
        *("03-03 22:00", "03-03 23:00", "03-04 00:00", "03-04 01:00", "03-04 02:00", "03-04 03:00"),
    ]


def test_days_hold_sums_the_highest_heat_and_the_gravest_stage() -> None:
    figure = drawn(step="D")
    found = traces(figure)
    assert [list(found[name].y) for name in ("Posts", "Negative", "Heat")] == [[9, 15], [6, 6], [30, 40]]
    assert times(found["Posts"]) == ["03-03 00:00", "03-04 00:00"]
    assert np.isnan(found["Usual"].y[0]) and found["Usual"].y[1] == 8  # one hour of the first day is not known
    assert list(found["Outbreak"].width) == [48 * charts.HOUR]  # both days have an hour of it
    assert "Decline" not in found and "Settled" not in found


def test_the_rows_share_one_time_axis_and_are_brushed_along_it() -> None:
    figure = drawn()
    assert {trace.xaxis for trace in figure.data} <= {None, "x"}
    assert {trace.yaxis or "y" for trace in figure.data} == {"y", "y2", "y3", "y4"}
    assert (figure.layout.dragmode, figure.layout.selectdirection, figure.layout.hoversubplots) == (
        "select",
        "h",
        "axis",
    )


def test_where_nothing_is_usual_no_line_says_so() -> None:
    assert "Usual" not in traces(drawn(hourly(posts=1.0)))


def test_blocks_are_the_runs_of_the_stages() -> None:
    found = traces(drawn())
    blocks = {name: (list(found[name].x), list(found[name].width)) for name in ("Settled", "Outbreak", "Decline")}
    hour = charts.HOUR
    assert blocks == {
        "Settled": (["2025-03-03 22:00"], [hour]),
        "Outbreak": (["2025-03-03 23:00", "2025-03-04 03:00"], [2 * hour, hour]),
        "Decline": (["2025-03-04 01:00"], [2 * hour]),
    }
    assert list(traces(drawn(language="zh_CN"))["爆发"].text) == ["爆发", "爆发"]


def test_every_stage_has_a_place_among_the_gravest_and_a_block() -> None:
    assert set(timeline.GRAVEST) == set(map(str, Stage)) and set(timeline.BLOCKS) == set(Stage)


@pytest.mark.parametrize("eye", list(BLIND))
def test_a_colour_blind_eye_tells_the_stages_apart(eye: str) -> None:
    pairs = combinations(timeline.BLOCKS.values(), 2)
    assert min(np.linalg.norm(seen(one, eye) - seen(other, eye)) for one, other in pairs) >= 15


def test_bursts_are_marked_in_the_row_of_their_series() -> None:
    figure = drawn(marked=bursts(("posts", 23, 25, 26, 12.4), ("negative", 22, 23, 23, 3.0)))
    found = [trace for trace in figure.data if marks(trace)]
    assert [(list(t.x), list(t.y), list(t.marker.symbol), t.yaxis) for t in found] == [
        (["2025-03-03 23:00", "2025-03-04 01:00"], [4, 2], ["triangle-up", "diamond"], "y"),
        (["2025-03-03 22:00", "2025-03-03 23:00"], [2, 4], ["triangle-up", "diamond"], "y2"),
    ]
    assert list(found[0].customdata) == ["▲ onset", "◆ peak, 12 above the usual"]
    # a burst runs to the end of its last hour
    assert [(shape.path, shape.yref) for shape in figure.layout.shapes if shape.type == "path"] == [
        (block("2025-03-03_23:00", "2025-03-04_03:00"), "y domain"),
        (block("2025-03-03_22:00", "2025-03-04_00:00"), "y2 domain"),
    ]


def marks(trace: Any) -> bool:
    return trace.type == "scatter" and trace.mode == "markers"


def block(first: str, last: str) -> str:
    return f"M{first},0 L{last},0 L{last},1 L{first},1 Z"


def test_a_burst_that_began_before_what_is_shown_is_cut_there() -> None:
    marked = bursts(("posts", 10, 24, 25, 9.0), ("posts", 2, 3, 4, 5.0))
    figure = drawn(marked=marked)
    assert [shape.path for shape in figure.layout.shapes if shape.type == "path"] == [
        block("2025-03-03_22:00", "2025-03-04_02:00")
    ]
    assert [(list(t.x), list(t.customdata)) for t in figure.data if marks(t)] == [
        (["2025-03-04 00:00"], ["◆ peak, 9 above the usual"])
    ]


OUTLOOK = Outlook(
    path=np.arange(48.0),
    low=np.arange(48.0) / 2,
    high=np.arange(48.0) * 2,
    ahead=(Ahead(6, 15.0, 9.0, 30.0), Ahead(24, 276.0, 200.0, 400.0), Ahead(48, 1128.0, 700.0, 1900.0)),
    peak_passed=0.2,
    none=None,
)
LATER = (
    Later(6, 15.0, 9.0, 30.0, 45.0, 42.0, 50.0, Level.MODERATE),
    Later(24, 276.0, 200.0, 400.0, 60.0, 50.0, 70.0, Level.SEVERE),
    Later(48, 1128.0, 700.0, 1900.0, 70.0, 52.0, 88.0, Level.SEVERE),
)


def bands(figure: go.Figure) -> list[tuple[list[float], list[float]]]:
    """Between which lines does each band lie? Upper, lower."""
    return [
        (list(upper.y), list(lower.y))
        for upper, lower in zip(figure.data[:-1], figure.data[1:], strict=True)
        if lower.type == "scatter" and lower.fill == "tonexty"
    ]


def test_the_forecast_begins_where_the_last_hour_ends() -> None:
    figure = drawn(outlook=OUTLOOK)
    line = traces(figure)["Forecast, with 80% band"]
    assert (line.x[0], line.x[-1], list(line.y)) == ("2025-03-04 04:00", "2025-03-06 03:00", list(range(48)))
    assert bands(figure) == [(list(np.arange(48.0) * 2), list(np.arange(48.0) / 2))]
    assert {shape.x0 for shape in figure.layout.shapes} == {"2025-03-04 04:00"}


def test_by_day_the_forecast_holds_each_of_two_days() -> None:
    figure = drawn(step="D", outlook=OUTLOOK)
    line = traces(figure)["Forecast, with 80% band"]
    assert list(line.x) == ["2025-03-04 04:00", "2025-03-05 04:00", "2025-03-06 04:00"]
    assert list(line.y) == [276, 852, 852]
    assert bands(figure) == [([400, 1500, 1500], [200, 500, 500])]


def test_heat_goes_on_from_now_with_the_levels_mark() -> None:
    figure = drawn(outlook=OUTLOOK, later=LATER)
    line = traces(figure)["Heat ahead"]
    assert (list(line.y), list(line.text)) == ([40, 45, 60, 70], ["", "◑", "●", "●"])
    assert line.x[1] == "2025-03-04 10:00" and line.customdata[2][0] == "● Severe"
    assert bands(figure)[1] == ([40, 50, 70, 88], [40, 42, 50, 52])


@pytest.mark.parametrize("outlook", [None, Outlook(*[np.array([])] * 3, (), None, Text("too little history"))])
def test_without_a_forecast_nothing_stands_ahead(outlook: Outlook | None) -> None:
    figure = drawn(outlook=outlook, later=LATER)
    assert {"Forecast, with 80% band", "Heat ahead"} & set(traces(figure)) == set()
    assert figure.layout.xaxis.range[1] < "2025-03-04 04:30"


def test_the_time_looked_from_is_named_at_its_line() -> None:
    figure = drawn(as_of=at(27.75))
    assert "┊ as of 2025-03-04 03:45" in [note.text for note in figure.layout.annotations]


def test_many_hours_are_one_outline_with_the_same_counts() -> None:
    index = pd.date_range(at(0), periods=timeline.MOST_BARS + 1, freq="h")
    posts = np.arange(len(index)) % 7
    long = hourly().iloc[:1].reindex(index, method="nearest").assign(posts=posts, negative=posts, positive=0)
    found = traces(drawn(long))
    assert [found[name].type for name in ("Posts", "Negative")] == ["scatter", "scatter"]
    assert list(found["Posts"].y) == list(posts)
    assert len({found[name].stackgroup for name in ("Negative", "Neutral", "Positive")}) == 1


def test_panels_stand_largest_first_with_the_rest_last() -> None:
    index = pd.date_range(at(0), periods=2, freq="h")
    frame = pd.DataFrame({HOSTILE: [1.0, 2.0], "北京": [4.0, 0.0], REST: [9.0, 9.0]}, index=index)
    figure = signal_charts.small_multiples(frame, "region", POSTS, "en")
    assert [(trace.name, list(trace.y)) for trace in figure.data] == [
        *(("北京", [4, 0]), (ESCAPED, [1, 2]), ("All others", [9, 9])),
    ]
    assert figure.layout.annotations[0].text == "Posts, each on its own scale"
    assert len({figure.layout[f"yaxis{at}"].range for at in ("", 2, 3)}) == 3
    together = signal_charts.small_multiples(frame, "region", POSTS, "en", shared=True)
    assert together.layout.annotations[0].text == "Posts, one scale for all"
    assert len({together.layout[f"yaxis{at}"].range for at in ("", 2, 3)}) == 1


def test_two_stretches_run_from_their_own_start() -> None:
    first = pd.Series([1.0, 2.0], index=[0, 1], name=HOSTILE)
    second = pd.Series([3.0], index=[0], name="now")
    figure = signal_charts.compared(first, second, POSTS, "en")
    assert [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data] == [
        (ESCAPED, [0, 1], [1, 2]),
        ("now", [0], [3]),
    ]


def test_up_to_three_weeks_are_drawn_by_hour() -> None:
    assert [signal_charts.step_for(hours) for hours in (1, 504, 505)] == ["h", "h", "D"]


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_has_its_kind_and_a_name_that_every_file_system_takes(kind: str) -> None:
    config = signal_charts.picture(kind, '趋势/图: "1"', "zh_CN")
    assert config["toImageButtonOptions"] == {"format": kind, "filename": "趋势_图_1_", "scale": 2}
    assert "sendChartToCloud" in config["modeBarButtonsToRemove"]  # plotly would upload the figure
    words = config["locales"][config["locale"]]["dictionary"]
    assert words.keys() >= {"Download plot as a PNG", "Zoom", "Box Select"} and "" not in words.values()


def test_level_marks_give_way_where_they_would_lie_on_each_other() -> None:
    start = pd.Timestamp("2025-03-04")
    assert "text" in timeline_marks.hotter(LATER, 1.0, start, True, "en")[-1]["mode"]
    assert "text" not in timeline_marks.hotter(LATER, 1.0, start, False, "en")[-1]["mode"]
