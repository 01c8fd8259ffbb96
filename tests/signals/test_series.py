"""The curves of a chart: dense, split by a key, and blind to what comes later."""

import pandas as pd
import pytest
from frames import at, cube

from analysis.signals.heat import HeatSettings
from analysis.signals.series import MEASURES, REST, SPLITS, series

HEAT = HeatSettings()


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("split", SPLITS)
def test_a_curve_does_not_know_later_posts(measure: str, split: str) -> None:
    now = cube({"posts": 3}, {"hour": 2, "posts": 2, "topic": "policy"})
    later = cube({"hour": 9, "reposts": 500, "platform": "news", "region": "安徽"})
    told = series(pd.concat([now, later], ignore_index=True), at(5), HEAT, measure, split)
    pd.testing.assert_frame_equal(told, series(now, at(5), HEAT, measure, split))


def test_posts_by_topic_have_a_column_each_and_a_row_each_hour() -> None:
    frame = series(cube({"posts": 3}, {"hour": 2, "posts": 5, "topic": "policy"}), at(3), HEAT, "posts", "topic")
    assert frame.index.tolist() == [at(hour) for hour in range(4)]
    assert {name: frame[name].tolist() for name in frame} == {"policy": [0, 0, 5, 0], "service": [3, 0, 0, 0]}
    assert list(frame) == ["policy", "service"]  # most first


def test_days_add_posts_up_and_keep_the_greatest_heat() -> None:
    cells = cube({"posts": 3}, {"hour": 23, "posts": 2}, {"hour": 24, "posts": 7})
    assert series(cells, at(30), HEAT, "posts", step="D")["all"].tolist() == [5, 7]
    by_hour = series(cells, at(30), HEAT, "heat")["all"]
    assert series(cells, at(30), HEAT, "heat", step="D")["all"].tolist() == [by_hour[:24].max(), by_hour[24:].max()]


def test_interactions_are_counted_when_they_came() -> None:
    # collected an hour later: 70% in the first hour, 30% in the second; reads are no interactions
    cells = cube({"reposts": 10, "comments": 10, "reads": 999, "collected": 1})
    assert series(cells, at(2), HEAT, "interactions")["all"].tolist() == pytest.approx([14, 6, 0])


def test_the_ninth_and_smaller_values_are_drawn_together() -> None:
    names = ["北京", "上海", "天津", "重庆", "河北", "山西", "辽宁", "吉林", "江苏", "浙江"]
    cells = cube(*({"region": name, "posts": 20 - number} for number, name in enumerate(names)))
    frame = series(cells, at(0), HEAT, "posts", "region")
    assert list(frame) == [*names[:8], REST]
    assert frame[REST].tolist() == [12 + 11]


def test_risk_alone_leaves_praise_and_daily_talk_out() -> None:
    cells = cube({"posts": 3}, {"posts": 4, "sentiment": "positive"}, {"posts": 5, "topic": "other"})
    assert series(cells, at(0), HEAT, "posts", risk_only=True)["all"].tolist() == [3]
