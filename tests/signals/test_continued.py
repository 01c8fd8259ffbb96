"""If it goes on like this: the posts of the forecast, in the mix of the last day."""

import numpy as np
import pytest
from frames import at, cube

from analysis.signals.continued import continued, heats
from analysis.signals.heat import HeatSettings, cooled
from analysis.signals.situation import situation

SETTINGS = HeatSettings(half_life=2)
# 4 posts in hour 0, of which 3 carry risk, 1 is praise, and 6 reposts came with the risk posts
CELLS = cube(
    {"posts": 2, "topic": "service", "reposts": 4},
    {"posts": 1, "topic": "policy", "platform": "news", "sentiment": "neutral", "reposts": 2},
    {"posts": 1, "sentiment": "positive"},
)


def test_what_comes_is_like_the_last_day() -> None:
    then = continued(situation(CELLS, at(0), SETTINGS), np.array([8.0, 2.0]), SETTINGS)
    told = then.hourly[["posts", "risk", "negative", "positive", "reposts"]]
    assert told.to_numpy().tolist() == [[4, 3, 2, 1, 6], [8, 6, 4, 2, 12], [2, 1.5, 1, 0.5, 3]]
    assert then.by_topic[["service", "policy"]].to_numpy().tolist() == [[2, 1], [4, 2], [1, 0.5]]
    assert then.by_platform["news"].tolist() == [1, 2, 0.5]
    assert then.as_of == at(2)
    assert then.hourly["cool_posts"].tolist() == pytest.approx(cooled(np.array([3, 6, 1.5]), 2).tolist())


def test_after_a_silent_day_nobody_knows_what_the_posts_will_be_about() -> None:
    now = situation(CELLS, at(40), SETTINGS)  # nothing in the last 24 hours
    then = continued(now, np.full(5, 3.0), SETTINGS)
    assert then.hourly[["posts", "risk", "reposts"]].tail(5).sum().tolist() == [15, 0, 0]
    assert then.hourly["heat"].is_monotonic_decreasing


def test_the_band_of_the_heat_holds_what_comes_apart_from_what_is_there() -> None:
    now = situation(CELLS, at(0), SETTINGS)
    then = continued(now, np.array([8.0, 2.0]), SETTINGS)
    expected, low, high = heats(now, then, 2, (10.0, 0.0, 20.0), SETTINGS)
    assert expected == pytest.approx(then.hourly["heat"].iloc[2])
    # without a further post, the heat is that of the old ones cooled for two hours: half of their weight
    silent = continued(now, np.zeros(2), SETTINGS).hourly["heat"].iloc[2]
    assert low == pytest.approx(silent)
    assert low < expected < high
