"""A replay tells what working out every part anew would tell, at every hour and for any profile."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
from frames import CERTAIN, EXAMPLE, HOUR, LEARNT, START, at, cube
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.parts import overall, parts, situations, track_of, tracked
from analysis.response.groups import Hysteresis, Thresholds
from analysis.response.level import assess, held_levels
from analysis.response.profile import Profile
from analysis.response.replay import Shares, held, levels, replayed, scores, shares
from analysis.signals.situation import Situation, situation

END = HOUR - pd.Timedelta(seconds=1)  # an hour is known at its end
NUMBERS = st.none() | st.integers(0, 10**6)
CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "hour": st.integers(0, 60),
            "posts": st.integers(1, 60),
            "event": st.sampled_from(["", "a", "b"]),
            "topic": st.sampled_from(["medical_quality", "policy", "other"]),
            "sentiment": st.sampled_from(["negative", "neutral", "positive"]),
            "platform": st.sampled_from(["weibo", "douyin"]),
            "region": st.sampled_from(["", "四川", "北京"]),
            "central": st.sampled_from([0, 0, 3]),
            "death_blamed": st.sampled_from([0, 0, 20]),
            "collected": st.integers(60, 90),
            **dict.fromkeys(("reposts", "comments", "likes", "reads", "followers"), NUMBERS),
        }
    ),
    min_size=3,
    max_size=6,
)
RATES = st.sampled_from([None, CERTAIN, LEARNT])
KNOWN = st.tuples(st.integers(0, 60), st.integers(0, 60))


def cells_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return cube(*sorted(rows, key=lambda row: row["hour"]))


def table_of(rows: list[dict[str, Any]], known: tuple[int, int]) -> pd.DataFrame:
    """Which events are there? Each known from so many hours after START, but not before its first post."""
    told = []
    for event, exists in zip("ab", known, strict=True):
        began = min((row["hour"] for row in rows if row["event"] == event), default=0)
        told.append({"id": event, "began": at(began), "exists": at(max(began, exists) + 0.5), "spam": False})
    return pd.DataFrame(told)


def worked_out(
    found: dict[str, Situation],
    everything: Situation,
    table: pd.DataFrame,
    as_of: pd.Timestamp,
    profile: Profile,
    rates: ErrorRates | None,
) -> pd.DataFrame:
    """Which score and level has each hour, worked out for every part anew? As in a briefing."""
    told = parts(found, table, as_of, profile, rates, by_day=True)
    return overall(told, assess(everything, profile, rates), profile).timeline[["score", "level"]]


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile of the example's half-life and pace."""
    found = EXAMPLE
    for group in ("weights", "heat", "gravity", "media", "red_lines", "hysteresis"):
        numbers = {part.name: part.metadata for part in fields(getattr(found, group)) if part.name != "half_life"}
        ends = {name: (told["low"], min(told["high"], 1000)) for name, told in numbers.items()}
        found = found.with_values(
            group, {name: draw(st.floats(max(low, 0.001), high)) for name, (low, high) in ends.items()}
        )
    low = draw(st.lists(st.floats(0.1, 95), min_size=3, max_size=3, unique=True).map(sorted))
    voices, calm = draw(st.integers(1, 40)), draw(st.floats(1, 100))
    found = found.with_values(
        "thresholds", dict(zip(("mild", "moderate", "severe"), low, strict=True)) | {"gravest": 99}
    )
    return found.with_values("scales", {"voices": voices, "growth_calm": calm})


@settings(max_examples=4)
@given(CELLS, KNOWN, profiles(), RATES)
def test_a_replay_is_what_every_part_worked_out_anew_gives(
    rows: list[dict[str, Any]], known: tuple[int, int], profile: Profile, rates: ErrorRates | None
) -> None:
    cells, table, as_of = cells_of(rows), table_of(rows, known), at(80) + END
    now = situations(cells, table, as_of, EXAMPLE.heat, EXAMPLE.pace)
    everything = situation(cells, as_of, EXAMPLE.heat, EXAMPLE.pace)
    expected = worked_out(now, everything, table, as_of, profile, rates)
    found = replayed(track_of(now, table, everything), profile, rates)
    np.testing.assert_array_equal(found["level"], expected["level"])
    np.testing.assert_allclose(found["score"], expected["score"], rtol=0, atol=1e-9)
    pd.testing.assert_index_equal(found.index, expected.index)


@settings(max_examples=4)
@given(CELLS, KNOWN, st.integers(0, 60), RATES)
def test_the_level_of_an_hour_is_the_same_whenever_one_looks(
    rows: list[dict[str, Any]], known: tuple[int, int], hour: int, rates: ErrorRates | None
) -> None:
    # events, interactions, followers and regions that come to be known later included
    rows = [rows[0] | {"hour": 0}, *rows[1:]]
    cells, table = cells_of(rows), table_of(rows, known)
    as_of, heat, pace = at(hour) + END, EXAMPLE.heat, EXAMPLE.pace
    found, everything = situations(cells, table, as_of, heat, pace), situation(cells, as_of, heat, pace)
    then = worked_out(found, everything, table, as_of, EXAMPLE, rates)  # what a briefing says at that hour
    later = replayed(tracked(cells, table, at(90) + END, heat, pace), EXAMPLE, rates)
    pd.testing.assert_frame_equal(then, later.loc[: at(hour)], check_exact=True)


def test_finding_an_event_does_not_lower_the_level() -> None:
    # 20 posts that blame a death on care make SEVERE; in the sixth hour it is told that they are an event
    cells = cube({"hour": 0, "posts": 20, "death_blamed": 20, "event": "a"}, {"hour": 6, "event": "a"})
    table = table_of([{"hour": 0, "event": "a"}], (6, 0))
    timeline = replayed(tracked(cells, table, at(8), EXAMPLE.heat, EXAMPLE.pace), EXAMPLE)
    assert timeline["level"].tolist() == [3] * 9


def by_hand(parts_scores: list[list[float]], floor_all: list[int] | None = None) -> Shares:
    """Shares of parts that all begin in the first hour; only heat gives points."""
    hours, n = len(parts_scores[0]), len(parts_scores)
    share = np.zeros((hours * n, 5))
    share[:, 0] = np.concatenate(parts_scores) / 100
    index = pd.date_range(START, periods=hours, freq="h")
    floor_all_posts = np.array(floor_all or [0] * hours)
    place, begins = np.tile(np.arange(hours), n), np.arange(n) * hours
    return Shares(index, place, begins, share, np.zeros(hours * n, dtype=int), floor_all_posts)


ONLY_HEAT = replace(EXAMPLE.weights, heat=10, reach=0, gravity=0, negativity=0, growth=0)
ENDS = Thresholds(mild=40, moderate=60, severe=80, gravest=90)


def test_the_gravest_part_makes_the_level_and_each_waits_for_itself() -> None:
    # the first part is left after two hours below 35, the second enters MODERATE in the fourth hour
    found, waits = by_hand([[50, 30, 30, 30], [0, 0, 0, 60]]), Hysteresis(hours=2, points=5)
    score = scores(found, ONLY_HEAT)
    assert levels(found, score, ENDS, waits).tolist() == [1, 1, 0, 2]
    assert held(found, score, 40, 1, waits).tolist() == [True, True, False, True]
    assert held(found, score, 60, 2, waits).tolist() == [False, False, False, True]


def test_a_part_does_not_inherit_the_level_of_the_one_before_it() -> None:
    found = by_hand([[0, 0, 90], [0, 0, 0]])
    assert levels(found, scores(found, ONLY_HEAT), ENDS, Hysteresis(hours=6, points=5)).tolist() == [0, 0, 3]


def test_red_lines_of_all_posts_together_hold_the_level() -> None:
    found = by_hand([[0, 50, 0, 0, 0]], floor_all=[0, 0, 2, 0, 0])
    levels_found = levels(found, scores(found, ONLY_HEAT), ENDS, Hysteresis(hours=2, points=5))
    assert levels_found.tolist() == [0, 1, 2, 2, 0]


@settings(max_examples=30)
@given(st.lists(st.lists(st.floats(0, 100), min_size=9, max_size=9), min_size=1, max_size=3), st.integers(0, 4))
def test_all_parts_in_one_pass_are_each_by_itself(parts_scores: list[list[float]], hours: int) -> None:
    found, profile = by_hand(parts_scores), replace(EXAMPLE, thresholds=ENDS, hysteresis=Hysteresis(hours, 5))
    score = scores(found, ONLY_HEAT)
    alone = [held_levels(rows, np.zeros(9, dtype=int), profile) for rows in score.reshape(-1, 9)]
    np.testing.assert_array_equal(levels(found, score, ENDS, profile.hysteresis), np.max(alone, axis=0))


def test_shares_leave_open_what_cannot_be_read() -> None:
    # no day of history: growth; 50 complaints in one hour, all negative: 50/52.706 of them surely
    cells = cube({"hour": 0, "posts": 50})
    track = tracked(cells, table_of([], (0, 0)), at(0), EXAMPLE.heat, EXAMPLE.pace)
    share = shares(track, EXAMPLE, None).share
    assert share.shape == (1, 5) and np.isnan(share[0, 4])
    assert share[0, 1] == 0 and share[0, 3] == 1
