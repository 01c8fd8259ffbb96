"""The five indicators read what the posts of the last hours say, each on its scale."""

from math import log

import numpy as np
import pytest
from frames import CERTAIN, EXAMPLE, LEARNT, at, cube, hourly_cube
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import INDICATORS
from analysis.response.indicators import Readings, points, ramp, readings, steps, values
from analysis.signals.situation import Situation, situation


def read(cells, hour: float = 0, rates: ErrorRates | None = None) -> tuple[Readings, Situation]:
    now = situation(cells, at(hour), EXAMPLE.heat)
    return readings(now, EXAMPLE, rates), now


def last(cells, hour: float = 0, rates: ErrorRates | None = None) -> dict[str, float]:
    found = values(*read(cells, hour, rates), EXAMPLE)
    return {name: float(value[-1]) for name, value in found.items()}


@pytest.mark.parametrize(
    ("negative", "others", "low"),
    [
        # 50 of 100, z = 1.645: middle 1/2, half width 1.645·√(0.0025 + 2.706/40000)/(1 + 0.02706) = 0.0812
        (50, 50, 0.4188),
        (0, 10, 0),
        (10, 0, 0.78703),  # all of n: n/(n + z²) = 10/12.706
    ],
)
def test_negativity_is_the_share_that_is_surely_reached(negative: int, others: int, low: float) -> None:
    cells = cube({"posts": negative}, {"posts": others, "sentiment": "neutral"})
    assert last(cells)["negativity"] == pytest.approx(low, abs=1e-4)


def test_a_silent_day_surely_reaches_no_share() -> None:
    for rates in (None, LEARNT):
        assert last(cube({"posts": 9}), 24, rates)["negativity"] == 0


def test_known_errors_are_taken_out_of_negativity_by_hand() -> None:
    # 100 posts lean 64: 0.8·s + 0.2·(1 − s) = 0.64 at s = 0.7333; Wilson's lower end of 73.33 of 100:
    # (0.7333 + 0.01353 − 1.645·√(0.19556/100 + 2.706/40000)) / 1.02706 = 0.6552
    cells = cube({"posts": 40}, {"posts": 60, "sentiment": "neutral", "lean": 24})
    assert last(cells, rates=CERTAIN)["negativity"] == pytest.approx(0.6552, abs=1e-4)
    # what the corrections leave open lowers what is sure
    assert last(cells, rates=LEARNT)["negativity"] < 0.6
    # nobody corrected: 40 of 100 are (0.4 + 0.01353 − 1.645·√(0.24/100 + 2.706/40000)) / 1.02706 = 0.3231
    assert last(cells)["negativity"] == pytest.approx(0.3231, abs=1e-4)


def test_how_posts_lean_is_read_only_where_the_errors_are_known() -> None:
    one, other = (cube({"posts": 40}, {"posts": 60, "sentiment": "neutral", "lean": lean}) for lean in (0, 50))
    assert last(one)["negativity"] == last(other)["negativity"]
    assert last(one, rates=LEARNT)["negativity"] < last(other, rates=LEARNT)["negativity"]


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
