"""What the figures show, read off their data."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from eyes import BLIND, seen
from frames import EXAMPLE, at, cube, hourly_cube

from analysis.language import Text
from analysis.pipeline import brief_cube
from analysis.report import charts, colours
from analysis.report.overview import breakdown
from analysis.response.profile import Profile
from analysis.schema import Level, Platform, Sentiment, Stage, Topic
from analysis.signals.burst import bursts
from analysis.signals.series import REST

NO_BURSTS = bursts(np.zeros(1), pd.DatetimeIndex([at(0)]), "posts")
HOSTILE = "<b>安徽</b><img src=x>&"
UNIT = Text("Posts")


def values(figure: go.Figure) -> dict[str, list]:
    """The y values of each trace, by its name."""
    return {trace.name: list(trace.y) for trace in figure.data}


def stretches(figure: go.Figure) -> list[tuple[str, str]]:
    """From when to when is each shaded band?"""
    return [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]


def lines(figure: go.Figure) -> list[float]:
    return [shape.y0 for shape in figure.layout.shapes if shape.type == "line"]


def hourly(stages: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"posts": [5.0, 4.0, 3.0, 2.0, 1.0, 0.0][: len(stages)], "risk": [2.0, 4.0, 0.0, 1.0, 1.0, 0.0][: len(stages)]}
        | {"stage": stages},
        index=pd.date_range(at(22), periods=len(stages), freq="h"),
    )


def test_the_bars_of_the_trend_sum_to_the_posts_of_each_hour() -> None:
    figure = charts.trend(hourly(["settled"] * 6), None, "en")
    assert values(figure) == {"Risk posts": [2, 4, 0, 1, 1, 0], "Other posts": [3, 0, 3, 1, 0, 0]}
    assert figure.layout.barmode == "stack"
    # the hospital's clock, over midnight, never UTC
    assert list(figure.data[0].x[:3]) == ["2025-03-03 22:00", "2025-03-03 23:00", "2025-03-04 00:00"]
    assert stretches(figure) == []


def test_a_band_stands_behind_each_run_of_a_stage() -> None:
    figure = charts.trend(hourly(["outbreak", "outbreak", "peak", "settled", "decline", "decline"]), None, "zh_CN")
    assert stretches(figure) == [
        ("2025-03-03 22:00", "2025-03-04 00:00"),
        ("2025-03-04 00:00", "2025-03-04 01:00"),
        ("2025-03-04 02:00", "2025-03-04 04:00"),
    ]
    assert [note.text for note in figure.layout.annotations] == ["爆发", "高峰", "消退"]
    assert [shape.fillcolor for shape in figure.layout.shapes] == [
        charts.STAGE_COLOURS[stage] for stage in (Stage.OUTBREAK, Stage.PEAK, Stage.DECLINE)
    ]


def test_the_trend_shows_the_last_days_alone() -> None:
    found = brief_cube(hourly_cube([1] * 100), EXAMPLE, at(99)).situation.hourly
    figure = charts.trend(found, 1, "en")
    assert [len(trace.x) for trace in figure.data] == [24, 24]
    assert figure.data[0].x[-1] == "2025-03-07 03:00"


def test_bars_hold_the_counts_by_sentiment_largest_on_top() -> None:
    cells = cube({"posts": 2}, {"posts": 5, "platform": "news"}, {"posts": 1, "sentiment": "positive"})
    figure = charts.bars(breakdown(cells, at(0), "platform", None), "platform", "en")
    assert list(figure.data[0].y) == ["Weibo", "News site"]  # plotly draws the last one on top
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Negative": [2, 5],
        "Neutral": [0, 0],
        "Positive": [1, 0],
    }


@pytest.mark.parametrize("step", ["curves", "bars"])
def test_what_stands_in_a_file_is_no_html_in_a_figure(step: str) -> None:
    if step == "curves":
        frame = pd.DataFrame({HOSTILE: [1.0, 2.0]}, index=pd.date_range(at(0), periods=2, freq="h"))
        figure = charts.curves(frame, "region", UNIT, NO_BURSTS, "en")
        assert list(figure.data[0].customdata) == [HOSTILE] * 2  # by which the posts are found; never shown
        shown = figure.data[0].name
    else:
        cells = cube({"region": HOSTILE})
        figure = charts.bars(breakdown(cells, at(0), "region", None), "region", "en")
        shown = figure.data[0].y[0]
    assert shown == "&lt;b&gt;安徽&lt;/b&gt;&lt;img src=x&gt;&amp;"


@pytest.mark.parametrize(
    ("key", "value", "english", "chinese"),
    [
        ("topic", "service", "Service complaints", "服务投诉"),
        ("platform", "weibo", "Weibo", "微博"),
        ("sentiment", "negative", "Negative", "负面"),
        ("region", "安徽", "安徽", "安徽"),
        ("region", "", "unknown", "未知"),
        ("region", REST, "All others", "其余合计"),
        ("all", "all", "All posts", "全部帖文"),
    ],
)
def test_values_have_names(key: str, value: str, english: str, chinese: str) -> None:
    assert (charts.name_of(key, value, "en"), charts.name_of(key, value, "zh_CN")) == (english, chinese)


def test_curves_hold_the_frame_and_mark_the_bursts() -> None:
    frame = pd.DataFrame(
        {"service": [1.0, 2.0, 3.005], "policy": [0.0, 0.0, 4.0]}, index=pd.date_range(at(0), periods=3, freq="h")
    )
    marked = pd.DataFrame([{"onset": at(1), "peak": at(1), "end": at(2), "strength": 3.0}])
    figure = charts.curves(frame, "topic", UNIT, marked, "en")
    assert values(figure) == {
        "Service complaints": [1, 2, pytest.approx(3.005, abs=0.006)],
        "Policy and charges": [0, 0, 4],
    }
    assert [trace.customdata[0] for trace in figure.data] == ["service", "policy"]
    assert stretches(figure) == [("2025-03-03 01:00", "2025-03-03 02:00")]
    assert figure.layout.clickmode == "event+select"


def test_the_waterfall_adds_up_to_the_score_and_shows_where_levels_begin() -> None:
    found = brief_cube(cube({"posts": 30, "topic": "medical_quality"}), EXAMPLE, at(0))
    fall = charts.waterfall(found.standing.reasons, EXAMPLE, "en").data[0]
    assert sum(fall.y[:-1]) == pytest.approx(found.assessment.score, abs=0.3)  # each rounded to a tenth
    assert fall.y[-1] == pytest.approx(found.assessment.score, abs=0.06)
    assert list(fall.measure) == ["relative"] * 5 + ["total"]
    assert fall.x[-1] == "Score" and fall.text[-1] == f"{found.assessment.score:.1f}"
    thresholds = EXAMPLE.thresholds
    figure = charts.waterfall(found.standing.reasons, EXAMPLE, "zh_CN")
    assert lines(figure) == [thresholds.mild, thresholds.moderate, thresholds.severe]
    assert [note.text for note in figure.layout.annotations] == ["◔ 轻度", "◑ 中度", "● 重度"]


def lightness(colour: str) -> float:
    """How light is #RRGGBB to the eye? 0 = black, 100 = white (CIE L*)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16


def test_the_colours_of_the_alarms_differ_in_lightness() -> None:
    mild, moderate, severe = (lightness(colours.LEVEL_COLOURS[level]) for level in colours.ALARMED)
    assert mild - moderate >= 10 and moderate - severe >= 10


@pytest.mark.parametrize("eye", list(BLIND))
@pytest.mark.parametrize(
    "used",
    [[*colours.LEVEL_COLOURS.values()], [*colours.NATIONAL_COLOURS.values(), colours.GRAVEST_COLOUR]],
    ids=["own", "national"],
)
def test_a_colour_blind_eye_tells_the_levels_apart(used: list[str], eye: str) -> None:
    apart = {(one, other): np.linalg.norm(seen(one, eye) - seen(other, eye)) for one, other in combinations(used, 2)}
    assert min(apart.values()) >= 15, apart  # 2 is just noticeable, 10 is seen at a glance


def test_the_national_scheme_has_the_colours_of_the_national_plan() -> None:
    national = Profile(scheme="national")
    blue, red = colours.NATIONAL_COLOURS[Level.MILD], colours.GRAVEST_COLOUR
    assert colours.level_colour(Level.MILD, 50, national) == blue
    assert colours.level_colour(Level.SEVERE, national.thresholds.gravest, national) == red
    assert colours.level_colour(Level.SEVERE, national.thresholds.gravest - 1, national) != red
    assert colours.level_colour(Level.SEVERE, 100, EXAMPLE) == colours.LEVEL_COLOURS[Level.SEVERE]


def test_every_known_value_has_a_colour_mark_or_label() -> None:
    assert set(colours.LEVEL_MARKS) == set(colours.LEVEL_COLOURS) == set(Level)
    assert len(set(colours.LEVEL_MARKS.values())) == len(Level)
    assert set(colours.SENTIMENT_COLOURS) == set(Sentiment)
    assert set(charts.STAGE_COLOURS) == set(Stage) - {Stage.SETTLED}
    for kind, key in ((Topic, "topic"), (Platform, "platform"), (Sentiment, "sentiment")):
        assert len({charts.name_of(key, str(value), "zh_CN") for value in kind}) == len(kind)
