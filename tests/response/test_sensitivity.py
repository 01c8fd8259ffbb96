"""How much does each number matter, and what if an event grew? Against the level worked out another way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from frames import EXAMPLE, at, hourly_cube
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dataset import NO_EVENTS
from analysis.parts import tracked
from analysis.response import sensitivity
from analysis.response.level import assess
from analysis.response.profile import Profile
from analysis.response.sensitivity import Move, bounds, curve, hours_from, keys, score_at, tornado, whatif, whatif_text
from analysis.schema import Level
from analysis.signals.continued import continued
from analysis.signals.situation import situation

# A complaint an hour for two days, then an outbreak of six hours.
CUBE = hourly_cube([1] * 48 + [10, 15, 20, 20, 15, 10], topic="medical_quality", reposts=500.0, followers=2e5)
NOW = at(53)
SEEN = situation(CUBE, NOW, EXAMPLE.heat, EXAMPLE.pace)
TRACK = tracked(CUBE, NO_EVENTS, NOW, EXAMPLE.heat, EXAMPLE.pace)


def timeline(profile: Profile) -> pd.DataFrame:
    """What is the level, worked out hour by hour? All posts belong to no event."""
    return assess(SEEN, profile).timeline


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("thresholds.mild", 0, 60 - 0.01 * 22),  # 38, below 60
        ("thresholds.severe", 60 + 0.01 * 25, 93 - 0.01 * 8),
        ("scales.heat_from", 0, 85 - 0.01 * 50),
        ("scales.platforms_full", 2 + 0.01 * 6, 13),
        ("scales.voices", 1, 100),
        ("red_lines.central_media", 0, 10_000),
    ],
)
def test_a_number_stays_in_its_range_and_its_order(key: str, low: float, high: float) -> None:
    assert bounds(EXAMPLE, key) == pytest.approx((low, high))


def test_the_only_weight_above_0_keeps_something() -> None:
    alone = EXAMPLE.with_values("weights", {"heat": 40, "reach": 0, "gravity": 0, "negativity": 0, "growth": 0})
    assert bounds(alone, "weights.heat") == pytest.approx((0.4, 100))
    assert bounds(alone, "weights.reach") == (0, 100)


@settings(max_examples=30)
@given(st.lists(st.floats(0, 100), min_size=4, max_size=4, unique=True), st.sampled_from(keys()), st.booleans())
def test_every_move_within_the_bounds_gives_a_profile(drawn: list[float], key: str, lower: bool) -> None:
    names = ("mild", "moderate", "severe", "gravest")
    profile = Profile().with_values("thresholds", dict(zip(names, sorted(drawn), strict=True)))
    low, high = bounds(profile, key)
    assert low <= profile.numbers()[key] <= high
    end = low if lower else high
    assert profile.with_numbers({key: end}).numbers()[key] == end  # and is not refused


def test_moves_say_what_the_desk_says_with_that_number() -> None:
    moves = {move.key: move for move in tornado(TRACK, EXAMPLE, None, score_at(NOW))}
    assert set(moves) == set(keys())
    for key in ("weights.heat", "scales.gravity_full", "gravity.medical_quality", "heat.reposts_at_100"):
        ends = [timeline(EXAMPLE.with_numbers({key: value}))["score"].iloc[-1] for value in ends_of(moves[key])]
        assert [moves[key].at_low, moves[key].at_high] == pytest.approx(ends, abs=1e-9)
        assert moves[key].swing > 0
    assert moves["gravity.medical_quality"].high == 100  # 90 and a fifth would leave the range
    assert moves["gravity.other"].swing == moves["red_lines.death_blamed"].swing == moves["thresholds.mild"].swing == 0


def ends_of(move: Move) -> tuple[float, float]:
    return move.low, move.high


def test_hours_above_routine_follow_the_threshold_and_the_greatest_swing_comes_first() -> None:
    moves = tornado(TRACK, EXAMPLE, None, hours_from(Level.MILD))
    assert [move.swing for move in moves] == sorted((move.swing for move in moves), reverse=True)
    (mild,) = (move for move in moves if move.key == "thresholds.mild")
    hours = [(timeline(EXAMPLE.with_numbers({"thresholds.mild": value}))["level"] > 0).sum() for value in ends_of(mild)]
    assert (mild.low, mild.high) == pytest.approx((0.8 * 38, 1.2 * 38))
    assert [mild.at_low, mild.at_high] == hours


def test_hours_are_counted_from_a_level_on() -> None:
    levels = pd.DataFrame({"level": [0, 1, 3, 2, 0]})
    assert [hours_from(level)(levels) for level in Level] == [5, 3, 2, 1]


def test_a_curve_goes_over_the_whole_range_and_through_today() -> None:
    found = curve(TRACK, EXAMPLE, None, hours_from(Level.MILD), "thresholds.mild")
    assert (found["value"].iloc[0], found["value"].iloc[-1]) == bounds(EXAMPLE, "thresholds.mild")
    assert found["measure"].is_monotonic_decreasing  # a higher threshold never gives more hours
    today = found.loc[found["value"] == 38, "measure"]
    assert today.tolist() == [(timeline(EXAMPLE)["level"] > 0).sum()]
    assert found["measure"].iloc[0] == len(timeline(EXAMPLE))  # a threshold of 0 is always reached


def test_wide_ranges_are_gone_over_in_equal_factors() -> None:
    found = curve(TRACK, EXAMPLE, None, score_at(NOW), "heat.reposts_at_100")["value"]
    assert found.iloc[0] == pytest.approx(10) and found.iloc[-1] == pytest.approx(1e9)
    assert found.iloc[1] / found.iloc[0] == pytest.approx(1e8 ** (1 / (sensitivity.STEPS - 1)))


def test_so_many_times_as_many_posts_come_as_in_the_last_hours() -> None:
    found = whatif(SEEN, EXAMPLE, None, factor=2, hours=3)
    assert (found.posts, found.coming) == (45, 90)  # 20 + 15 + 10, twice
    then = continued(SEEN, np.full(3, 30.0), EXAMPLE.heat)
    expected = assess(then, EXAMPLE).timeline[["score", "level"]].tail(24 + 3)
    pd.testing.assert_frame_equal(found.timeline, expected)
    assert found.now == NOW.floor("h") == found.timeline.index[-4]
    seen = assess(SEEN, EXAMPLE).timeline.loc[found.timeline.index[:-3], "level"]
    assert found.timeline["level"].iloc[:-3].tolist() == seen.tolist()


def test_a_rise_is_told_with_its_hour_and_none_where_there_is_none() -> None:
    score = whatif(SEEN, EXAMPLE, None, 10, 6).timeline["score"]
    now, after_two = score.iloc[-7], score.iloc[-5]
    assert now < score.iloc[-6] < after_two  # so a threshold between the two is crossed in the second hour
    between = thresholds(now + 0.1, (score.iloc[-6] + after_two) / 2)
    found = whatif(SEEN, EXAMPLE.with_values("thresholds", between), None, 10, 6)
    assert (found.now + pd.Timedelta(hours=2), Level.MODERATE) in found.rises
    assert "Moderate from 03-05 07:00 on, 2 h ahead" in str(whatif_text(found))
    calm = whatif(SEEN, EXAMPLE.with_values("thresholds", thresholds(98.0, 98.5)), None, 10, 6)
    assert calm.rises == () and str(whatif_text(calm)).endswith("The level does not rise.")


def thresholds(mild: float, moderate: float) -> Mapping[str, float]:
    return {"mild": mild, "moderate": moderate, "severe": 99, "gravest": 100}


def test_an_event_has_no_level_before_it_was_known() -> None:
    found = whatif(SEEN, EXAMPLE.with_values("thresholds", thresholds(1, 98)), None, 1, 2, known=at(50))
    assert found.timeline["level"].loc[: at(49)].sum() == 0
    assert found.timeline["level"].loc[at(50) :].tolist() == [1] * 6
