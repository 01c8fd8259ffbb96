"""What the figures of a back-test show, read off their data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.report.backtest_charts import cost_curve, over_time
from analysis.report.backtest_rows import Shown
from analysis.report.backtest_words import YOURS, in_force
from analysis.response.backtest import Backtest, Outcome
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.schema import TIMEZONE, Level


def at(hour: int) -> pd.Timestamp:
    return pd.Timestamp("2025-10-01", tz=TIMEZONE) + pd.Timedelta(hours=hour)


FIRE = Incident("<b>Fire</b>", at(2), at(4), Level.SEVERE, (0, 3, 3))
FLOOD = Incident("Flood", at(8), at(9), Level.MILD)
LEVEL = pd.Series([0, 0, 0, 2, 2, 1, 1, 0, 0, 0], pd.date_range(at(0), periods=10, freq="h"))
OUTCOMES = (
    Outcome("<b>Fire</b>", at(2), at(3), at(3), 0.0, Level.SEVERE, Level.MODERATE, False),
    Outcome("Flood", at(8), at(8), None, None, Level.MILD, Level.ROUTINE, True),
)
FOUND = Backtest(Level.MILD, OUTCOMES, (), ((at(6), at(6)),), 2.0, 2.0, 4.0, 1, 0, 0.5, 0.4)
NOW = Shown(in_force(Profile(name="<i>Night")), Profile(), LEVEL, FOUND)


def named(figure: go.Figure, name: str) -> list[go.BaseTraceType]:
    return [trace for trace in figure.data if trace.name == name]


def test_each_run_of_a_level_is_a_block_as_long_as_the_run() -> None:
    figure = over_time([NOW], [FIRE, FLOOD], "en")
    (moderate,), (mild,), (severe,) = (named(figure, name) for name in ("◑ Moderate", "◔ Mild", "● Severe"))
    assert (list(moderate.x), list(moderate.width), list(moderate.y)) == (["2025-10-01 03:00"], [2 * 3_600_000], [2])
    assert (list(mild.x), list(mild.width), list(mild.y)) == (["2025-10-01 05:00"], [2 * 3_600_000], [1])
    assert len(severe.x) == 0
    assert list(mild.customdata) == ["2025-10-01 05:00 – 2025-10-01 07:00"]


def test_incidents_are_bands_with_their_numbers_and_the_true_level_inside() -> None:
    figure = over_time([NOW], [FIRE, FLOOD], "en")
    bands = [(shape.x0, shape.x1) for shape in figure.layout.shapes]
    assert bands == [("2025-10-01 02:00", "2025-10-01 05:00"), ("2025-10-01 08:00", "2025-10-01 10:00")]
    assert [note.text for note in figure.layout.annotations[:2]] == ["<b>1</b>", "<b>2</b>"]
    (truth,) = named(figure, "True level")
    assert list(truth.x) == [
        *("2025-10-01 02:00", "2025-10-01 03:00", "2025-10-01 05:00", None),
        *("2025-10-01 08:00", "2025-10-01 10:00", None),
    ]
    assert list(truth.y) == [0, 3, 3, None, 1, 1, None]


def test_what_was_caught_missed_and_false_is_marked_where_it_was() -> None:
    figure = over_time([NOW], [FIRE, FLOOD], "en")
    (caught,), (missed,), (false,) = (named(figure, name) for name in ("Detected", "Missed", "False alarm"))
    assert [list(marks.x) for marks in (caught, missed, false)] == [
        ["2025-10-01 03:00"],
        ["2025-10-01 08:00"],
        ["2025-10-01 06:00"],
    ]
    assert len({marks.marker.symbol for marks in (caught, missed, false)}) == 3  # told apart without a colour


def test_no_name_is_read_as_html_and_the_draft_has_a_row_of_its_own() -> None:
    figure = over_time([NOW, Shown(YOURS, Profile(), LEVEL, FOUND)], [FIRE, FLOOD], "en")
    spec = figure.to_json()
    assert "<b>Fire" not in spec and "<i>Night" not in spec and "&lt;b&gt;Fire" in spec
    assert {trace.yaxis for trace in named(figure, "True level")} == {"y2", "y3"}
    assert [trace.showlegend for trace in named(figure, "True level")] == [True, False]
    assert figure.layout.height > over_time([NOW], [], "en").layout.height


CURVE = pd.DataFrame(
    {
        "threshold": [10.0, 20.0, 30.0, 40.0],
        "false_alarms_per_30d": [9.0, 3.0, 3.0, 0.0],
        "median_delay_hours": [0.0, 1.0, 1.0, np.inf],
        "missed": [0, 1, 1, 2],
    }
)


def test_the_curve_has_a_point_a_cost_open_where_more_is_missed_and_today_stands_in_it() -> None:
    figure = cost_curve(CURVE, [(in_force(Profile()), FOUND), (YOURS, FOUND)], Level.MILD, "en")
    line, yours, now = figure.data
    assert list(line.x) == [9, 3, 0]
    assert list(line.y)[:2] == [0, 1] and list(line.y)[2] > max(4.0, 1.0)  # endless: on top of all that has a median
    assert list(line.marker.symbol) == ["circle", "circle", "circle-open"]
    assert [row[0] for row in line.customdata] == ["10.0", "20.0 to 30.0", "40.0"]
    assert "half or more missed" in line.customdata[2][1]
    assert (list(now.x), list(now.y), list(yours.x)) == ([2], [4], [2])
    assert now.marker.symbol != yours.marker.symbol
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (
        "False alarms in 30 days",
        "Hours late, median",
    )
