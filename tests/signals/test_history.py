"""A post that was exported several times: each reading of its counters counts when it was made."""

import numpy as np
import pandas as pd
import pytest
from frames import at, posts

from analysis.signals.arrival import arrivals
from analysis.signals.cube import count, hours, until
from analysis.signals.heat import HeatSettings
from analysis.signals.situation import situation


def history(*readings: tuple[str, int, float]) -> pd.DataFrame:
    """(post_id, hour of the reading, reposts)"""
    frame = pd.DataFrame(
        {
            "post_id": pd.array([reading[0] for reading in readings], dtype="str"),
            "platform": pd.array(["weibo"] * len(readings), dtype="str"),
            "collected_at": [at(reading[1]) for reading in readings],
            "reposts": pd.array([reading[2] for reading in readings], dtype="Int64"),
        }
    )
    return frame.assign(**{name: pd.array([pd.NA] * len(readings), "Int64") for name in ("comments", "likes", "reads")})


def test_what_came_between_two_readings_falls_between_them() -> None:
    # hour 0: 10 reposts when first read; 90 more until hour 4: none of them before hour 1, all by hour 4
    post = posts({"hour": 0, "post_id": "p1", "platform": "weibo", "reposts": 100, "collected": 4})
    cube = count(post, history(("p1", 0, 10), ("p1", 4, 100)))
    came = arrivals(cube, hours(at(0), at(9)), ["reposts"])[0]
    assert came[0] == pytest.approx(10)
    assert came[1:5].sum() == pytest.approx(90)
    # the curve between the ages 1 and 5: 0.28, 0.40, 0.46, 0.52, 0.55
    assert came[1] == pytest.approx(90 * 0.12 / 0.27)
    assert came[5:].sum() == 0


def test_posts_are_counted_once_however_often_they_were_read() -> None:
    frame = posts(
        {"hour": 0, "post_id": "p1", "platform": "weibo", "reposts": 100, "collected": 4},
        {"hour": 1, "post_id": "p2", "platform": "weibo", "reposts": 5, "collected": 4, "sentiment": "neutral"}
        | {"p_negative": 0.25},
    )
    cube = count(frame, history(("p1", 0, 10), ("p1", 2, 40), ("p1", 4, 100)))
    assert cube["posts"].sum() == 2
    assert cube["lean"].sum() == 1.5
    assert cube["reposts"].sum() == 105
    assert cube["most_reposts"].max() == 100


def test_a_counter_that_fell_adds_nothing() -> None:
    post = posts({"hour": 0, "post_id": "p1", "platform": "weibo", "reposts": 50, "collected": 6})
    cube = count(post, history(("p1", 1, 50), ("p1", 3, 20), ("p1", 6, 50)))
    assert cube["reposts"].sum() == 50
    assert arrivals(cube, hours(at(0), at(9)), ["reposts"])[0][2:].sum() == 0


def test_long_after_a_week_what_came_is_spread_evenly_between_the_readings() -> None:
    post = posts({"hour": 0, "post_id": "p1", "platform": "weibo", "reposts": 30, "collected": 300})
    cube = count(post, history(("p1", 200, 10), ("p1", 300, 30)))
    came = arrivals(cube, hours(at(0), at(400)), ["reposts"])[0]
    assert came[201:301] == pytest.approx(np.full(100, 0.2))
    assert came.sum() == pytest.approx(30)


def test_an_earlier_hour_sees_the_post_and_not_its_later_readings_as_posts() -> None:
    post = posts({"hour": 2, "post_id": "p1", "platform": "weibo", "reposts": 100, "collected": 9})
    cube = count(post, history(("p1", 3, 10), ("p1", 9, 100)))
    assert until(cube, at(1)).empty
    assert until(cube, at(2))["posts"].sum() == 1


def test_a_reading_that_tells_nothing_is_passed_over() -> None:
    # 10 reposts at hour 0, not told at hour 2, 30 at hour 4: 20 came after the reading that told 10
    post = posts({"hour": 0, "post_id": "p1", "platform": "weibo", "reposts": 30, "collected": 4})
    cube = count(post, history(("p1", 0, 10), ("p1", 2, None), ("p1", 4, 30)))
    assert arrivals(cube, hours(at(0), at(9)), ["reposts"])[0].sum() == pytest.approx(30)


def test_an_hour_that_came_twice_is_counted() -> None:
    # Shanghai's summer time ended on 15 September 1991: half past one came twice
    twice = pd.Timestamp("1991-09-14T17:30:00Z").tz_convert("Asia/Shanghai")
    post = posts({"hour": 0, "reposts": 8}).assign(published_at=twice, collected_at=twice)
    cube = count(post.astype({"published_at": post["published_at"].dtype}))
    assert cube["posts"].tolist() == [1]
    assert situation(cube, twice, HeatSettings()).hourly["risk"].tolist() == [1]
