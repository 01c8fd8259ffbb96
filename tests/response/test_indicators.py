"""The five indicators read what the posts of the last hours say, each on its scale."""

from math import log

import numpy as np
import pytest
from frames import EXAMPLE, at, cube, hourly_cube
from hypothesis import given
from hypothesis import strategies as st

from analysis.response.indicators import Readings, points, ramp, readings, steps, values, wilson
from analysis.response.profile import INDICATORS
from analysis.signals.situation import Situation, situation


def read(cells, hour: float = 0) -> tuple[Readings, Situation]:
    now = situation(cells, at(hour), EXAMPLE.heat)
    return readings(now, EXAMPLE), now


def last(cells, hour: float = 0) -> dict[str, float]:
    found = values(*read(cells, hour), EXAMPLE)
    return {name: float(value[-1]) for name, value in found.items()}


def bounds(part: int, whole: int) -> tuple[float, float]:
    low, high = wilson(np.array([part]), np.array([whole]))
    return float(low[0]), float(high[0])


def test_wilson_bounds_worked_out_by_hand() -> None:
    # 50 of 100, z = 1.645: middle 1/2; half width 1.645·√(0.0025 + 2.706/40000)/(1 + 0.02706) = 0.0812
    assert bounds(50, 100) == pytest.approx((0.4188, 0.5812), abs=0.0001)
    # none or all of n: z²/(n + z²) = 2.706/12.706 away from the end
    assert bounds(0, 10) == pytest.approx((0, 0.21297), abs=0.0001)
    assert bounds(10, 10) == pytest.approx((0.78703, 1), abs=0.0001)
    assert bounds(0, 0) == (0, 1)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_one_more_negative_post_never_makes_the_share_less_sure(part: int, others: int) -> None:
    low, high = bounds(part, part + others)
    assert 0 <= low <= part / max(part + others, 1) <= high <= 1
    assert bounds(part + 1, part + others + 1)[0] >= low


def test_scales_begin_and_end_where_they_say() -> None:
    assert ramp(np.array([1, 2, 5, 8, 9]), 2, 8).tolist() == [0, 0, 0.5, 1, 1]
    assert steps(np.array([0, 10, 100, 1000, 10**6]), 10, 1000) == pytest.approx([0, 0, 0.5, 1, 1])


def test_fifty_complaints_in_one_hour_by_hand() -> None:
    # posts alone heat: 100·ln(51)/ln(5001); one platform gives no reach; 30 is the nature of service,
    # ln(50/10)/ln(150/10) its scale; all negative: n/(n + z²); no day of history, no growth
    found = last(cube({"posts": 50}))
    assert found["heat"] == pytest.approx(100 * log(51) / log(5001))
    assert found["reach"] == 0
    assert found["gravity"] == pytest.approx(30 * log(5) / log(15))
    assert found["negativity"] == pytest.approx(50 / (50 + 1.645**2))
    assert np.isnan(found["growth"])


def test_points_without_history_are_shared_by_the_other_indicators() -> None:
    by_hand = {
        "heat": 30 * (100 * log(51) / log(5001) - 35) / 50,
        "reach": 0,
        "gravity": 25 * 0.3 * log(5) / log(15),
        "negativity": 15,  # 0.949 is past 0.75, where all points are given
    }
    cells = cube({"posts": 50})
    given_points = dict(zip(INDICATORS, points(values(*read(cells), EXAMPLE), EXAMPLE)[-1], strict=True))
    for name, expected in by_hand.items():
        assert given_points[name] == pytest.approx(expected * 100 / 90), name
    assert np.isnan(given_points["growth"])


def test_gravity_is_that_of_the_gravest_topic_and_never_a_mean() -> None:
    grave = {"topic": "medical_quality", "posts": 150}
    assert last(cube(grave))["gravity"] == pytest.approx(90)
    assert last(cube(grave, {"topic": "service", "posts": 4000}))["gravity"] == pytest.approx(90)
    assert last(cube({"topic": "other", "posts": 4000}))["gravity"] == 0


def test_reach_is_the_mean_of_the_parts_that_the_export_tells() -> None:
    # platforms: 5 of 2..8 → 1/2; media: 1 provincial (8) + 2 self-media = 10 → ln(10/3)/ln(100/3)
    five = [{"platform": name, "posts": 5} for name in ("weibo", "douyin", "zhihu", "tieba")]
    cells = [*five, {"platform": "news", "posts": 5, "provincial": 1, "self_media": 2}]
    media = log(10 / 3) / log(100 / 3)
    assert last(cube(*cells))["reach"] == pytest.approx(100 * (0.5 + media) / 2)
    # followers: 3 million of 300,000..100,000,000 on a log scale
    told = [{**cell, "followers": 600_000} for cell in cells]
    followers = log(10) / log(1e8 / 3e5)
    assert last(cube(*told))["reach"] == pytest.approx(100 * (0.5 + media + followers) / 3)


def test_four_posts_do_not_make_a_platform_count() -> None:
    read_of = read(cube({"platform": "weibo", "posts": 5}, {"platform": "news", "posts": 4}))[0]
    assert read_of.platforms.tolist() == [1]


def test_growth_compares_six_hours_with_the_same_hours_before() -> None:
    # 2 posts an hour, then 20: (120 + 10) / (12 + 10)
    found = last(hourly_cube([2] * 48 + [20] * 6), 53)
    assert found["growth"] == pytest.approx(130 / 22)


def test_steady_talk_does_not_grow_on_the_second_day() -> None:
    cells = hourly_cube([10] * 40)
    growth = values(*read(cells, 39), EXAMPLE)["growth"]
    assert np.nanmax(growth) == pytest.approx(1)
    assert np.isnan(growth[:24]).all()


def test_what_is_older_than_a_day_is_not_read() -> None:
    cells = cube({"posts": 30, "attack_on_staff": 3}, {"hour": 24})
    assert read(cells, 23)[0].lines["attack_on_staff"][-1] == 3
    assert read(cells, 24)[0].lines["attack_on_staff"][-1] == 0
    assert read(cells, 24)[0].posts[-1] == 1


@given(
    st.fixed_dictionaries(
        {
            "heat": st.floats(0, 100),
            "reach": st.floats(0, 100),
            "gravity": st.floats(0, 100),
            "negativity": st.floats(0, 1),
            "growth": st.floats(0, 1000) | st.just(float("nan")),
        }
    )
)
def test_points_lie_between_0_and_their_weight_and_sum_to_100_at_most(value: dict[str, float]) -> None:
    row = points({name: np.array([number]) for name, number in value.items()}, EXAMPLE)[0]
    assert np.nansum(row) <= 100 + 1e-9
    assert (row[~np.isnan(row)] >= 0).all()
    assert np.isnan(row).tolist() == [False] * 4 + [bool(np.isnan(value["growth"]))]


def test_everything_full_is_100_points() -> None:
    full = {"heat": 100, "reach": 100, "gravity": 100, "negativity": 1, "growth": 50}
    row = points({name: np.array([float(number)]) for name, number in full.items()}, EXAMPLE)[0]
    assert row.tolist() == pytest.approx([30, 20, 25, 15, 10])
