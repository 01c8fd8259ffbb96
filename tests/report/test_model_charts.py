"""What the figures about the classifier show, read off their data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.report.model_charts import confusion_map, learning_line, reliability_line
from analysis.schema import Topic


def table(cells: list[list[int]], labels: list[str]) -> pd.DataFrame:
    return pd.DataFrame(cells, index=labels, columns=labels, dtype="int64")


CURVE = pd.DataFrame({"posts": [500, 4000], "topic_f1": [0.33349, 0.6], "sentiment_f1": [0.7, 0.8]})
TOLD = pd.DataFrame({"told": [0.55, 0.96], "right": [0.5, 0.75], "n": [2, 400]})


def test_the_map_counts_posts_and_is_shaded_by_the_share_of_each_true_label() -> None:
    figure = confusion_map(table([[6, 2], [0, 4]], ["negative", "positive"]), "sentiment", "en")
    (heat,) = figure.data
    assert list(heat.y) == list(heat.x) == ["Negative", "Positive"]
    assert np.asarray(heat.text).tolist() == [["6", "2"], ["", "4"]]
    assert np.nan_to_num(np.asarray(heat.z), nan=-1).tolist() == [[0.75, 0.25], [-1, 1]]
    assert figure.layout.yaxis.autorange == "reversed"  # the first label on top
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("Answer", "True label")


def test_a_label_that_nobody_meant_has_an_empty_row() -> None:
    (heat,) = confusion_map(table([[0, 0], [3, 1]], ["rumour", "other"]), "topic", "en").data
    assert np.asarray(heat.text).tolist() == [["", ""], ["3", "1"]]
    assert np.isnan(np.asarray(heat.z)[0]).all()


def test_names_are_in_the_readers_language_and_eleven_of_them_fit() -> None:
    labels = [str(topic) for topic in Topic]
    figure = confusion_map(table(np.eye(11, dtype=int).tolist(), labels), "topic", "zh_CN")
    (heat,) = figure.data
    assert heat.y[0] == "医疗质量与事故"
    assert figure.layout.xaxis.tickangle == -40
    assert figure.layout.height > 400


def test_the_line_shows_what_was_said_against_what_was_kept() -> None:
    ideal, own = reliability_line(TOLD, "en").data
    assert (list(ideal.x), list(ideal.y)) == ([0, 1], [0, 1])
    assert (list(own.x), list(own.y), list(own.customdata)) == ([0.55, 0.96], [0.5, 0.75], [2, 400])
    assert own.marker.sizemode == "area"  # 200 times the posts, 200 times the area
    assert list(own.marker.size) == [2, 400]


def test_both_axes_are_read_in_per_cent() -> None:
    layout = reliability_line(TOLD, "en").layout
    for axis in (layout.xaxis, layout.yaxis):
        assert list(axis.ticktext) == ["0%", "20%", "40%", "60%", "80%", "100%"]


def test_the_curve_has_a_line_a_task_over_the_posts() -> None:
    figure = learning_line(CURVE, "en")
    assert {line.name: (list(line.x), list(line.y)) for line in figure.data} == {
        "Topic": ([500, 4000], [0.333, 0.6]),
        "Sentiment": ([500, 4000], [0.7, 0.8]),
    }
    assert list(figure.layout.xaxis.ticktext) == ["500", "4,000"]
    assert tuple(figure.layout.yaxis.range) == (0, 1)


def test_a_task_without_labels_has_no_line() -> None:
    figure = learning_line(CURVE.assign(topic_f1=np.nan), "en")
    assert [line.name for line in figure.data] == ["Sentiment"]


NOTHING = [
    confusion_map(table([], []), "topic", "en"),
    reliability_line(TOLD.iloc[:0], "en"),
    learning_line(CURVE.iloc[:0], "en"),
]


@pytest.mark.parametrize("figure", NOTHING, ids=["confusion", "reliability", "learning"])
def test_nothing_counted_is_an_empty_figure(figure: go.Figure) -> None:
    assert figure.to_json()


@pytest.mark.parametrize(
    "figure",
    [
        confusion_map(table([[1]], ["other"]), "topic", "en"),
        reliability_line(TOLD, "en"),
        learning_line(CURVE, "en"),
    ],
    ids=["confusion", "reliability", "learning"],
)
def test_the_ground_is_see_through_and_the_box_plain(figure: go.Figure) -> None:
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    for trace in figure.data:
        assert "{posts}" not in str(trace.hovertemplate) and "{told}" not in str(trace.hovertemplate)
