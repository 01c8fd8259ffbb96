"""If nothing more comes: when the level falls, worked out by hand and by waiting; and when the next is reached."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from frames import EXAMPLE, HIGH, at, cube
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.response.ahead import Fall, crossing, fall
from analysis.response.level import Assessment, assess
from analysis.response.profile import Profile
from analysis.schema import Level
from analysis.signals.situation import Situation, situation

# Only gravity gives points: 150 complaints about care in 24 hours give all of 90, 10 give none, and nothing cools.
GRAVITY = EXAMPLE.with_values("weights", {"heat": 0, "reach": 0, "gravity": 1, "negativity": 0, "growth": 0})
THREE = GRAVITY.with_values("hysteresis", {"hours": 3})
GRAVE = {"topic": "medical_quality", "posts": 150}


def seen(cells: pd.DataFrame, profile: Profile, hour: float) -> tuple[Assessment, Situation]:
    now = situation(cells, at(hour), profile.heat)
    return assess(now, profile), now


def fallen(
    cells: pd.DataFrame,
    profile: Profile,
    hour: float,
    others: Sequence[tuple[Assessment, Situation]] = (),
    whole: Situation | None = None,
) -> Fall | None:
    return fall(*seen(cells, profile, hour), profile, None, others, whole)


def test_the_level_falls_after_three_calm_hours() -> None:
    """150 posts of hour 0 leave the window of 24 hours in hour 24: calm in 24, 25 and 26, and then it falls."""
    found = fallen(cube(GRAVE), THREE, 10)
    assert found is not None
    assert (found.to_level, found.at, found.hours) == (Level.ROUTINE, at(26), 16)
    assert found.missing == pytest.approx(90 - 80)  # SEVERE from 85, calm below 80
    assert (found.calm, found.needed, found.red_line) == (0, 3, False)
    assert str(found.text) == "If nothing more comes, this falls to Routine at 03-04 02:00, after 16 more quiet hours."
    assert str(found.detail) == (
        "The score must fall by more than 10.0 points before an hour counts as calm; "
        "3 calm hours in a row lower the level."
    )


def test_calm_hours_that_were_counted_are_told() -> None:
    found = fallen(cube(GRAVE), THREE, 25)
    assert found is not None
    assert (found.calm, found.missing, found.hours) == (2, 0, 1)
    assert str(found.detail) == "2 of 3 calm hours in a row are counted."
    assert "after one more quiet hour." in str(found.text)


def test_it_falls_step_by_step_where_the_posts_came_so() -> None:
    """150 posts in hour 0 and 40 in hour 12: when the first are gone, ln 4 / ln 15 of 90 points are left, 46: MILD."""
    found = fallen(cube(GRAVE, GRAVE | {"hour": 12, "posts": 40}), THREE, 12)
    assert found is not None
    assert (found.to_level, found.hours) == (Level.MILD, 26 - 12)


def test_at_routine_there_is_nothing_to_fall_from_and_a_lasting_level_says_so() -> None:
    assert fallen(cube({"posts": 1}), THREE, 0) is None
    endless = THREE.with_values("thresholds", {"mild": 0})
    found = fallen(cube({"posts": 1}), endless, 0)
    assert found is not None
    assert (found.at, found.hours) == (None, None)
    assert str(found.text) == "Even if nothing more comes, this does not fall within two weeks."


def test_a_red_line_holds_the_level_for_a_day() -> None:
    found = fallen(cube({"death_blamed": 15, "posts": 15}), HIGH, 2)
    assert found is not None
    assert (found.red_line, found.calm, found.hours) == (True, 0, 24 + 5 - 2)  # 6 calm hours: 24 to 29
    assert str(found.detail) == "A red line holds it as long as its posts are younger than 24 hours."


def test_over_all_the_other_parts_and_the_red_lines_of_all_posts_hold_it_too() -> None:
    cells, later = cube(GRAVE), cube(GRAVE | {"hour": 5})
    other = seen(later, THREE, 10)
    found = fallen(cells, THREE, 10, others=[other])
    assert found is not None
    assert (found.to_level, found.hours) == (Level.ROUTINE, 16 + 5)
    blamed = cube({"hour": 8, "death_blamed": 15})
    held = fallen(cells, THREE, 10, whole=situation(blamed, at(10), THREE.heat))
    assert held is not None
    assert held.hours == 16 + 8


CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "hour": st.integers(0, 30),
            "posts": st.integers(20, 200),
            "topic": st.sampled_from(["medical_quality", "service", "other"]),
            "sentiment": st.sampled_from(["negative", "neutral", "positive"]),
            "reposts": st.integers(0, 3000),
            "death_blamed": st.integers(0, 9),
        }
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=5, deadline=None)
@given(CELLS)
def test_so_many_quiet_hours_bring_that_level_and_one_less_does_not(rows: list[dict]) -> None:
    cells = cube(*sorted(rows, key=lambda row: row["hour"]))
    now = seen(cells, EXAMPLE, 30)[0].level
    found = fallen(cells, EXAMPLE, 30)
    assume(found is not None and found.hours is not None)
    assert found is not None and found.hours is not None
    assert seen(cells, EXAMPLE, 30 + found.hours)[0].level == found.to_level < now
    assert seen(cells, EXAMPLE, 30 + found.hours - 1)[0].level >= now


def test_the_next_level_is_reached_when_the_forecast_has_brought_enough() -> None:
    """Of 90 points for 150 posts, MILD at 38 takes 31.35 posts in 24 hours (10 · 15^(38/90)): 20, and 4 an hour."""
    now = seen(cube(GRAVE | {"posts": 20}), GRAVITY, 0)
    found = crossing(*now, np.full(48, 4.0), GRAVITY, None)
    assert found is not None
    assert (found.to_level, found.at, found.hours) == (Level.MILD, at(3), 3)
    assert str(found.text) == "If it goes on as forecast, this becomes Mild at 03-03 03:00, in 3 h."


def test_what_is_not_reached_or_not_forecast_says_so() -> None:
    now = seen(cube(GRAVE | {"posts": 20}), GRAVITY, 0)
    never = crossing(*now, np.full(48, 0.1), GRAVITY, None)
    untold = crossing(*now, np.zeros(0), GRAVITY, None)
    assert never is not None and untold is not None
    assert (never.at, untold.at) == (None, None)
    assert str(never.text) == "If it goes on as forecast, this does not become Mild within 48 hours."
    assert str(untold.text) == "When this may become Mild cannot be told: there is no forecast."
    assert crossing(*seen(cube(GRAVE), GRAVITY, 0), np.ones(48), GRAVITY, None) is None  # SEVERE


def test_what_was_said_before_an_event_was_known_holds_no_level() -> None:
    now = situation(cube(GRAVE), at(20), THREE.heat)
    late = assess(now, THREE, None, at(24))  # known when the window is empty: never a level
    assert fall(late, now, THREE, None) is None
    known = assess(situation(cube(GRAVE, GRAVE | {"hour": 22, "posts": 30}), at(25), THREE.heat), THREE, None, at(25))
    assert known.level == Level.ROUTINE  # the hours before, at SEVERE, hold nothing
    then = crossing(
        known, situation(cube(GRAVE, GRAVE | {"hour": 22, "posts": 30}), at(25), THREE.heat), np.zeros(48), THREE, None
    )
    assert then is not None and then.at is None
