"""What could be known at a time is the same, bit for bit, whatever came later."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from frames import EXAMPLE, START, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.model import Model
from analysis.pipeline import Briefing, brief, brief_cube
from analysis.report.briefing import as_json
from analysis.signals.arrival import arrived_share
from analysis.signals.cube import count

DAYS, TEXTS = 17, ("排队两小时窗口没人", "手术失误导致病人受伤", "手术很成功感谢医生")


def stream() -> list[dict]:
    """17 days of posts, some 3 an hour, with an outbreak on the 12th day; ids, authors and counters of all sizes."""
    dice = np.random.default_rng(3)
    hours = np.sort(np.concatenate([dice.uniform(0, 24 * DAYS, 1200), 270 + dice.exponential(12, 300)]))
    return [
        {
            "hour": float(hour),
            "author": f"用户{dice.integers(40)}",
            "platform": str(dice.choice(["weibo", "douyin", "news"])),
            "text": TEXTS[dice.integers(3)],
            "followers": int(dice.integers(1, 10**6)),
            "reposts": int(dice.pareto(1.2) * 5),
            "comments": int(dice.pareto(1.2) * 3),
            "likes": int(dice.integers(0, 50)),
            "collected": float(hour + dice.uniform(0, 400)),
        }
        for hour in hours
    ]


STREAM = posts(*stream())


def same(one: Briefing, other: Briefing) -> None:
    """Are two briefings the same to the last bit, posts of the bursts and accounts included?"""
    assert as_json(one, (), "en") == as_json(other, (), "en")
    for frame in ("hourly", "by_topic", "by_platform", "bursts"):
        told = (getattr(briefing.situation, frame) for briefing in (one, other))
        pd.testing.assert_frame_equal(*told, check_exact=True)
    pd.testing.assert_frame_equal(one.assessment.timeline, other.assessment.timeline, check_exact=True)
    for name in ("path", "low", "high"):
        np.testing.assert_array_equal(getattr(one.outlook, name), getattr(other.outlook, name))
    assert one.outlook.ahead == other.outlook.ahead and one.later == other.later


@settings(max_examples=4)
@given(st.floats(1, 24 * DAYS))
def test_later_rows_of_the_file_change_no_bit(tiny: Model, hour: float) -> None:
    whole, cut = STREAM, STREAM[STREAM["published_at"] <= at(hour)]
    one, other = (brief(some, tiny, EXAMPLE, at(hour)) for some in (whole, cut))
    same(one, other)
    assert one.from_posts is not None and other.from_posts is not None
    for part in fields(one.from_posts.reach):
        told = [getattr(briefing.from_posts.reach, part.name) for briefing in (one, other)]
        if isinstance(told[0], pd.DataFrame):
            pd.testing.assert_frame_equal(*told, check_exact=True)


@settings(max_examples=5)
@given(st.integers(1, 24 * DAYS - 1))
def test_the_time_machine_sees_what_a_file_of_that_hour_would_show(hour: int) -> None:
    told = STREAM.assign(p_negative=1.0)
    cut = told[told["published_at"] < at(hour)]
    if len(cut):
        end = at(hour) - pd.Timedelta(seconds=1)
        same(brief_cube(count(told), EXAMPLE, end), brief_cube(count(cut), EXAMPLE, end))


@settings(max_examples=6)
@given(st.integers(0, 200), st.integers(10**3, 10**9), st.integers(168, 5000))
def test_huge_late_counters_show_no_earlier_than_the_curve_lets_them(age: int, reposts: int, collected: int) -> None:
    told = posts({"reposts": reposts, "collected": collected, "comments": None, "likes": None, "reads": None})
    hourly = brief_cube(count(told), EXAMPLE, at(age)).situation.hourly
    seen = hourly["reposts"].sum()
    assert seen <= reposts * arrived_share(np.array([age + 1.0]))[0] * (1 + 1e-9)
    # as hot as if the export had been made then, with the counter that the curve gives
    then = posts({"reposts": round(seen), "collected": age, "comments": None, "likes": None, "reads": None})
    alike = brief_cube(count(then), EXAMPLE, at(age)).situation.hourly["reposts"].sum()
    assert alike == pytest.approx(seen, abs=1)


def test_an_hour_that_has_not_ended_is_not_taken_for_a_quiet_one(tiny: Model) -> None:
    # six posts in each of 300 hours; looked from a quarter past, the running hour holds one or two of them
    rows = posts(*({"hour": hour + part / 6} for hour in range(300) for part in range(6)))
    whole, running = (brief(rows, tiny, EXAMPLE, START + pd.Timedelta(hours=hours)) for hours in (269.999, 270.2))
    assert running.outlook.ahead[0].posts == pytest.approx(whole.outlook.ahead[0].posts, rel=0.15)
