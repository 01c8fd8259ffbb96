"""The level rises at once, falls late, and is never lowered by more of a bad thing."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, HIGH, LEARNT, ROWS, at, cube, hourly_cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import RED_LINE_LEVELS, Hysteresis, Thresholds
from analysis.response.level import Assessment, assess, held_levels, level_label
from analysis.response.profile import SCHEMES, Profile
from analysis.schema import Claim, Level, MediaTier, Topic
from analysis.signals.cube import count
from analysis.signals.situation import situation

# A profile in which a handful of posts moves every indicator and every level.
TENDER = Profile(
    thresholds=Thresholds(mild=10, moderate=20, severe=30, gravest=40),
    red_lines=replace(EXAMPLE.red_lines, death_blamed=2, attack_on_staff=3, records_leaked=2, central_media=2),
    scales=replace(
        EXAMPLE.scales,
        heat_from=5,
        followers_from=100,
        platforms_from=0,
        regions_from=0,
        media_from=1,
        voices=1,
        gravity_from=1,
        gravity_full=6,
        negativity_from=0,
        growth_calm=1,
    ),
)


def assessed(
    cells: pd.DataFrame, hour: float, profile: Profile = EXAMPLE, rates: ErrorRates | None = None
) -> Assessment:
    return assess(situation(cells, at(hour), profile.heat), profile, rates)


def held(scores: list[float], floor: list[int] | None = None, hours: float = 3, points: float = 5) -> list[int]:
    profile = Profile(
        thresholds=Thresholds(mild=40, moderate=60, severe=85, gravest=93),
        hysteresis=Hysteresis(hours=hours, points=points),
    )
    return held_levels(np.array(scores, dtype=float), np.array(floor or [0] * len(scores)), profile).tolist()


def test_a_level_is_entered_at_once_and_left_after_three_hours_well_below() -> None:
    # 36 is not 5 points below 40; the third hour of 34 in a row is the hour in which the level falls
    assert held([10, 40, 39, 36, 34, 34, 34, 70, 40]) == [0, 1, 1, 1, 1, 1, 0, 2, 2]


def test_exactly_five_points_below_is_not_below_enough() -> None:
    assert held([40, 35, 35, 35, 35]) == [1, 1, 1, 1, 1]


def test_one_hour_back_starts_the_waiting_anew() -> None:
    assert held([40, 30, 30, 36, 30, 30, 30]) == [1, 1, 1, 1, 1, 1, 0]


def test_the_level_falls_to_the_one_that_still_holds() -> None:
    # from severe (85): 70 is three hours below 80, but above 60
    assert held([90, 70, 70, 70, 70]) == [3, 3, 3, 2, 2]
    assert held([90, 0, 0, 0]) == [3, 3, 3, 0]


def test_without_hysteresis_the_level_follows_the_score() -> None:
    assert held([40, 39, 60, 59, 86], hours=0, points=0) == [1, 0, 2, 1, 3]


def test_a_red_line_holds_the_level_and_then_it_waits_too() -> None:
    assert held([0, 0, 0, 0, 0, 0], [0, 2, 2, 0, 0, 0]) == [0, 2, 2, 2, 2, 0]


SCORES = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@given(SCORES, st.lists(st.integers(0, 50), min_size=4, max_size=4, unique=True), st.data())
def test_higher_thresholds_never_give_a_higher_level(scores: list[float], low: list[int], data: st.DataObject) -> None:
    raised = sorted(data.draw(st.lists(st.integers(0, 50), min_size=4, max_size=4)))
    hysteresis = data.draw(st.builds(Hysteresis, hours=st.integers(0, 6), points=st.integers(0, 20)))
    floor = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(scores), max_size=len(scores))))
    names = ("mild", "moderate", "severe", "gravest")
    lower, higher = (
        Profile(thresholds=Thresholds(**dict(zip(names, ends, strict=True))), hysteresis=hysteresis)
        for ends in (sorted(low), [a + b for a, b in zip(sorted(low), raised, strict=True)])
    )
    assert (held_levels(np.array(scores), floor, higher) <= held_levels(np.array(scores), floor, lower)).all()


@given(SCORES, st.integers(1, 30))
def test_a_level_sees_no_later_hour_and_is_never_under_what_the_score_demands(scores: list[float], cut: int) -> None:
    levels = held(scores)
    assert held(scores[:cut]) == levels[:cut]
    assert all(
        level >= (score >= 40) + (score >= 60) + (score >= 85) for level, score in zip(levels, scores, strict=True)
    )


@settings(max_examples=20)
@given(FULL_ROWS, ROWS, st.integers(0, 60), st.sampled_from([None, CERTAIN, LEARNT]))
def test_one_more_negative_post_in_the_last_hour_never_lowers_score_or_level(
    rows: list[dict], more: dict, now: int, rates: ErrorRates | None
) -> None:
    seen = [row | {"hour": min(row["hour"], now)} for row in rows]
    worse = [*seen, more | {"hour": now, "sentiment": "negative"}]
    before, after = (assessed(count(posts(*some)), now, TENDER, rates) for some in (seen, worse))
    assert after.level >= before.level
    assert after.score >= before.score - 1e-9


def test_the_level_follows_the_corrected_share() -> None:
    # 20 of 100 answered negative, but the rest lean as far as posts that are: 0.8·s + 0.2·(1 − s) = 0.76, s = 0.93
    cells = cube({"posts": 20, "topic": "other"}, {"posts": 80, "topic": "other", "sentiment": "neutral", "lean": 56})
    only = EXAMPLE.with_values("weights", {"heat": 0, "reach": 0, "gravity": 0, "growth": 0})
    assert assessed(cells, 0, only).level == Level.ROUTINE
    assert assessed(cells, 0, only, CERTAIN).level == Level.SEVERE


@settings(max_examples=12)
@given(FULL_ROWS, st.integers(0, 5), st.sampled_from(["reposts", "comments", "likes", "followers"]))
def test_one_more_repost_of_a_post_never_lowers_score_or_level(rows: list[dict], which: int, what: str) -> None:
    chosen = rows[which % len(rows)]
    more = [row | {what: row[what] + 1} if row is chosen else row for row in rows]
    before, after = (assessed(count(posts(*some)), 60, TENDER) for some in (rows, more))
    assert after.level >= before.level
    assert after.score >= before.score - 1e-9


@pytest.mark.parametrize(("name", "level"), RED_LINE_LEVELS.items())
def test_a_red_line_raises_at_once_from_its_number_on(name: str, level: Level) -> None:
    needed = int(getattr(EXAMPLE.red_lines, name))
    column = "central" if name == "central_media" else name
    quiet = assessed(cube({"posts": needed, column: needed - 1}), 0, HIGH)
    alarmed = assessed(cube({"posts": needed, column: needed}), 0, HIGH)
    assert (quiet.level, quiet.red_lines) == (Level.ROUTINE, ())
    assert alarmed.level == level
    assert [(line.name, line.posts, line.needed) for line in alarmed.red_lines] == [(name, needed, needed)]
    assert f"{needed} posts in 24 h" in str(alarmed.red_lines[0].text)


def test_the_shipped_red_lines_are_the_stated_ones() -> None:
    assert RED_LINE_LEVELS["death_blamed"] == Level.SEVERE
    assert all(level >= Level.MODERATE for level in RED_LINE_LEVELS.values())
    assert set(RED_LINE_LEVELS) == {*map(str, Claim), "central_media"}


@pytest.mark.parametrize("name", RED_LINE_LEVELS)
def test_0_switches_a_red_line_off(name: str) -> None:
    column = "central" if name == "central_media" else name
    off = HIGH.with_values("red_lines", {name: 0})
    found = assessed(cube({"posts": 500, column: 500}), 0, off)
    assert (found.level, found.red_lines) == (Level.ROUTINE, ())


def test_the_gravest_red_line_comes_first() -> None:
    found = assessed(cube({"posts": 50, "central": 1, "death_blamed": 20}), 0, HIGH)
    assert [line.name for line in found.red_lines] == ["death_blamed", "central_media"]
    assert found.level == Level.SEVERE


def test_a_red_line_is_left_a_day_and_six_hours_later() -> None:
    # crossed in hours 0 to 23; then six hours without it: the sixth is hour 29
    cells = cube({"posts": 1, "central": 1}, {"hour": 40})
    levels = assessed(cells, 40, HIGH).timeline["level"]
    assert levels[levels > 0].index.tolist() == [at(hour) for hour in range(29)]


def test_the_event_begins_with_its_outbreak_and_is_discovered_with_its_level() -> None:
    # 2 complaints an hour for 8 days, then 30: a burst from hour 192; the red line raises the level in hour 195
    jump = hourly_cube([2] * 192 + [30] * 10)
    found = assessed(pd.concat([jump, cube({"hour": 195, "central": 1})]), 201, HIGH)
    assert (found.onset, found.discovered, found.since) == (at(192), at(195), at(195))
    assert found.level == Level.MODERATE


def test_an_event_without_a_burst_begins_with_its_level() -> None:
    found = assessed(cube({"hour": 0}, {"hour": 40, "central": 1}), 44, HIGH)
    assert (found.onset, found.discovered) == (at(40), at(40))


def test_since_tells_when_the_level_in_force_was_reached() -> None:
    found = assessed(cube({"central": 1}, {"hour": 7, "posts": 15, "death_blamed": 15}), 9, HIGH)
    assert (found.level, found.discovered, found.since) == (Level.SEVERE, at(0), at(7))


def test_while_all_is_routine_nothing_began() -> None:
    found = assessed(hourly_cube([2] * 48), 47)
    assert (found.level, found.onset, found.discovered) == (Level.ROUTINE, None, None)


def test_the_leading_topic_is_the_gravest_that_is_spoken_of_enough() -> None:
    few, many = {"topic": "medical_quality", "posts": 60}, {"topic": "service", "posts": 900}
    assert assessed(cube(few, many), 0).topic == Topic.MEDICAL_QUALITY
    assert assessed(cube(few | {"posts": 3}, many), 0).topic == Topic.SERVICE
    # before any is grave (10 posts), the most talked of
    assert assessed(cube(few | {"posts": 3}, many | {"posts": 5}), 0).topic == Topic.SERVICE


@pytest.mark.parametrize(
    ("scheme", "labels"),
    {
        "mild-first": ["Routine", "Mild (level I)", "Moderate (level II)", "Severe (level III)", "Severe (level III)"],
        "severe-first": ["Routine", "Mild (level III)", "Moderate (level II)", "Severe (level I)", "Severe (level I)"],
        "national": ["Routine", "Mild (IV blue)", "Moderate (III yellow)", "Severe (II orange)", "Severe (I red)"],
    }.items(),
)
def test_the_scheme_numbers_the_levels(scheme: str, labels: list[str]) -> None:
    profile = replace(EXAMPLE, scheme=scheme)
    below, red = profile.thresholds.gravest - 0.1, profile.thresholds.gravest
    shown = [str(level_label(level, below, profile)) for level in Level]
    assert [*shown, str(level_label(Level.SEVERE, red, profile))] == labels


def test_the_level_is_named_in_chinese() -> None:
    names = [level_label(level, 50, EXAMPLE).to("zh_CN") for level in Level]
    assert names[0] == "常态"
    assert [name[:2] for name in names[1:]] == ["轻度", "中度", "重度"]
    assert all(number in name for number, name in zip(("一级", "二级", "三级"), names[1:], strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_changes_nothing_but_the_label(scheme: str) -> None:
    cells = cube({"posts": 400, "topic": "medical_quality", "death_blamed": 3}, {"hour": 5, "posts": 90})
    one, other = assessed(cells, 6), assessed(cells, 6, replace(EXAMPLE, scheme=scheme))
    pd.testing.assert_frame_equal(one.timeline, other.timeline)
    assert (one.level, one.onset, one.topic) == (other.level, other.onset, other.topic)


def test_every_medium_can_reach() -> None:
    for tier in MediaTier:
        quiet, spoken = (assessed(cube({"posts": 30, str(tier): n}), 0, TENDER).timeline for n in (0, 5))
        assert spoken["value_reach"].iloc[-1] > quiet["value_reach"].iloc[-1]
