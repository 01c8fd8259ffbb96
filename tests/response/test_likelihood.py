"""The probability of each level: laws that any resampling must keep, on hours whose score is known."""

import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, HIGH, LEARNT, at, cube, posts
from hypothesis import given, settings

from analysis.classify.prevalence import ErrorRates
from analysis.response.late import UNTOLD, Late
from analysis.response.level import Assessment, assess
from analysis.response.likelihood import Likelihood, likelihood
from analysis.response.profile import Profile
from analysis.schema import Level
from analysis.signals.cube import count
from analysis.signals.situation import Situation, situation

ONLY = dict.fromkeys(("heat", "reach", "gravity", "negativity", "growth"), 0)
GRAVITY = EXAMPLE.with_values("weights", ONLY | {"gravity": 1})
TONE = EXAMPLE.with_values("weights", ONLY | {"negativity": 1})
GRAVE = {"topic": "medical_quality", "posts": 50}


def part(cells: pd.DataFrame, profile: Profile, hour: float, rates: ErrorRates | None) -> tuple[Assessment, Situation]:
    now = situation(cells, at(hour), profile.heat)
    return assess(now, profile, rates), now


def sure(
    cells: pd.DataFrame, profile: Profile, hour: float = 0, rates: ErrorRates | None = None, late: Late = UNTOLD
) -> Likelihood:
    one = part(cells, profile, hour, rates)
    return likelihood([one], one[0], profile, rates, late)


def mild_from_here(cells: pd.DataFrame, profile: Profile, more: float = 0) -> Profile:
    """Which profile has MILD just where these posts stand, or so many points above?"""
    return profile.with_values(
        "thresholds",
        {"mild": part(cells, profile, 0, None)[0].score + more, "moderate": 97, "severe": 98, "gravest": 99},
    )


@settings(max_examples=5, deadline=None)
@given(FULL_ROWS)
def test_the_probabilities_sum_to_one_and_are_the_same_every_time(rows: list[dict]) -> None:
    cells = count(posts(*rows))
    low = EXAMPLE.with_values("thresholds", {"mild": 20, "moderate": 30, "severe": 40})
    first, again = sure(cells, low, 60, LEARNT), sure(cells, low, 60, LEARNT)
    assert set(first.chances) == set(Level) and sum(first.chances.values()) == pytest.approx(1)
    assert first == again


def test_far_from_every_threshold_the_level_is_certain() -> None:
    """3,000 posts on a topic of gravity 90: all points are reached with 150 already."""
    assert sure(cube(GRAVE | {"posts": 3000}), GRAVITY).chances[Level.SEVERE] == 1
    assert sure(cube({"posts": 3000, "sentiment": "positive"}), EXAMPLE).chances[Level.ROUTINE] == 1


def test_on_a_threshold_both_levels_are_about_as_probable() -> None:
    found = sure(cube(GRAVE), mild_from_here(cube(GRAVE), GRAVITY))
    assert 0.3 < found.chances[Level.MILD] < 0.7
    assert found.chances[Level.MILD] + found.chances[Level.ROUTINE] == pytest.approx(1)


def test_the_further_above_the_threshold_the_surer() -> None:
    chances = [sure(cube(GRAVE), mild_from_here(cube(GRAVE), GRAVITY, -points)).chances for points in (0, 5, 15, 30)]
    mild = [chance[Level.MILD] for chance in chances]
    assert mild == sorted(mild) and mild[-1] > 0.95


def test_a_red_line_is_sure_as_soon_as_it_is_crossed() -> None:
    blamed = cube({"death_blamed": 15, "posts": 15})
    assert sure(blamed, HIGH).chances[Level.SEVERE] == 1
    calm, all_posts = part(cube({"posts": 1}), HIGH, 0, None), part(blamed, HIGH, 0, None)
    assert likelihood([calm], all_posts[0], HIGH, None).chances[Level.SEVERE] == 1  # scattered over events


def test_corrections_that_leave_nothing_open_make_the_tone_sure() -> None:
    """45% of 20,000 posts are negative, a few points above where MILD begins: counted plainly, that may be wrong."""
    tones = cube(
        {"posts": 9_000, "lean": 7_200},  # negative posts lean 0.8, the others 0.2
        {"posts": 11_000, "lean": 2_200, "sentiment": "neutral"},
    )
    learnt, plain = (
        sure(tones, TONE.with_values("thresholds", {"mild": 36}), 0, CERTAIN),
        sure(tones, TONE.with_values("thresholds", {"mild": 36})),
    )
    assert learnt.chances[Level.MILD] == 1
    assert plain.chances[Level.MILD] < 0.6 and plain.chances[Level.ROUTINE] > 0.2


def test_posts_that_are_still_to_come_in_raise_it() -> None:
    profile = mild_from_here(cube(GRAVE), GRAVITY, 5)
    known, missing = sure(cube(GRAVE), profile), sure(cube(GRAVE), profile, late=Late(missing=(0.5,) + (0.0,) * 23))
    assert missing.chances[Level.MILD] > known.chances[Level.MILD] + 0.2


def test_of_several_parts_the_gravest_counts() -> None:
    profile = mild_from_here(cube(GRAVE), GRAVITY)
    one = part(cube(GRAVE), profile, 0, None)
    alone, both = (likelihood([one] * n, one[0], profile, None).chances[Level.MILD] for n in (1, 2))
    assert both >= alone


def test_what_was_in_force_before_the_hours_that_are_counted_again_is_held() -> None:
    """SEVERE for 62 hours; then the score lies in the band in which a level is neither entered nor left."""
    wide = GRAVITY.with_values("hysteresis", {"points": 30}).with_values("scales", {"gravity_full": 20})
    steady = [{"hour": hour, **GRAVE, "posts": 400 if hour == 0 else 3} for hour in range(0, 100)]
    cells = cube(*steady)
    profile = wide.with_values("thresholds", {"mild": 60, "moderate": 75, "severe": 89.9})
    assert part(cells, profile, 99, None)[0].level == Level.SEVERE
    assert sure(cells, profile, 99).chances[Level.SEVERE] > 0.9


def test_an_event_that_is_not_known_yet_has_no_say() -> None:
    now = situation(cube(GRAVE | {"posts": 3000}), at(5), GRAVITY.heat)
    unknown = assess(now, GRAVITY, None, at(6))
    assert (
        likelihood([(unknown, now)], part(cube({"posts": 1}), GRAVITY, 0, None)[0], GRAVITY, None).chances[
            Level.ROUTINE
        ]
        == 1
    )


def test_it_says_what_is_in_it_and_what_is_not() -> None:
    plain, learnt = sure(cube(GRAVE), GRAVITY), sure(cube(GRAVE), GRAVITY, 0, LEARNT, Late((0.1,) * 24, 1.0))
    assert "is off by some 9 points" in str(plain.counted[0])
    assert "after 100 random corrections" in str(learnt.counted[0])
    assert any("still to be collected" in str(text) for text in plain.not_counted)
    assert any("still to be collected" in str(text) for text in learnt.counted)
    assert len(learnt.not_counted) < len(plain.not_counted)
