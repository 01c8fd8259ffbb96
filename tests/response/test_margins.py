"""What it takes to reach the next level, in things one can count: enough, and not one more than enough."""

import numpy as np
import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, LEARNT, at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import INDICATORS, Thresholds
from analysis.response.indicators import last
from analysis.response.level import Assessment, assess
from analysis.response.margins import MOST, Margin, happened, margins, score
from analysis.response.profile import Profile
from analysis.schema import Level, Topic
from analysis.signals.cube import count
from analysis.signals.situation import Situation, situation

NAMES = {Level.MILD: "mild", Level.MODERATE: "moderate", Level.SEVERE: "severe"}
# Sixty complaints in one hour, told in full; MILD is a few points away.
BUSY = {"posts": 60, "topic": "service", "reposts": 50, "comments": 50, "likes": 50, "followers": 1_000}


def found(
    cells: pd.DataFrame, profile: Profile, hour: float = 0, rates: ErrorRates | None = None
) -> tuple[Situation, Assessment, tuple[Margin, ...]]:
    now = situation(cells, at(hour), profile.heat)
    assessment = assess(now, profile, rates)
    return now, assessment, margins(assessment, now, profile)


def enough_and_not_one_too_many(
    cells: pd.DataFrame, profile: Profile, hour: float, rates: ErrorRates | None = None
) -> None:
    now, assessment, all_margins = found(cells, profile, hour, rates)
    for margin in all_margins:
        target = getattr(profile.thresholds, NAMES[margin.to_level])
        here = last(assessment.read)

        def after(n: int, margin: Margin = margin, here=here) -> float:
            return score(happened(here, margin.unit, margin.topic, n), now, profile)

        assert margin.to_level == assessment.level + 1
        if margin.change is None:
            assert after(MOST.get(margin.unit, MOST["posts"])) < target
        else:
            assert margin.change >= 1
            assert after(margin.change) >= target
            assert after(margin.change - 1) < target


@settings(max_examples=15)
@given(FULL_ROWS, st.sampled_from([None, CERTAIN, LEARNT]))
def test_each_margin_reaches_the_level_and_one_less_does_not(rows: list[dict], rates: ErrorRates | None) -> None:
    low = Profile(thresholds=Thresholds(mild=30, moderate=45, severe=60, gravest=90))
    enough_and_not_one_too_many(count(posts(*rows)), low, 60, rates)


@pytest.mark.parametrize("rates", [None, LEARNT], ids=["uncorrected", "corrected"])
@pytest.mark.parametrize("mild", [30, 38, 45, 55, 70, 90])
def test_each_margin_reaches_the_level_from_a_busy_hour(mild: float, rates: ErrorRates | None) -> None:
    profile = EXAMPLE.with_values("thresholds", {"mild": mild, "moderate": 91, "severe": 92})
    enough_and_not_one_too_many(cube(BUSY), profile, 0, rates)
    enough_and_not_one_too_many(cube({"posts": 60}), profile, 0, rates)


def test_there_is_a_margin_for_each_indicator_that_can_be_read() -> None:
    assert [m.indicator for m in found(cube(BUSY), EXAMPLE)[2]] == [*INDICATORS, "all"]
    silent = found(cube({"posts": 60}), EXAMPLE)[2]
    assert "reach" not in [m.indicator for m in silent]  # nobody knows the followers
    assert silent[0].unit == "posts"


def test_at_severe_there_is_no_next_level() -> None:
    assert found(cube(BUSY | {"death_blamed": 15}), EXAMPLE)[2] == ()


def test_what_cannot_do_it_alone_says_so() -> None:
    hard = EXAMPLE.with_values("thresholds", {"mild": 97, "moderate": 98, "severe": 99, "gravest": 100})
    heat = found(cube(BUSY), hard)[2][0]
    assert heat.change is None
    assert str(heat.text) == "reposts alone cannot make this Mild."


def test_a_margin_reads_as_a_sentence() -> None:
    margin = Margin("heat", Level.MODERATE, 1400, "reposts", Topic.OTHER)
    assert str(margin.text) == "1,400 more reposts within the hour would make this Moderate."
    grave = Margin("gravity", Level.MILD, 3, "negative posts", Topic.SERVICE)
    assert "3 more negative posts on “Service complaints” within the hour" in str(grave.text)


NOTHING = dict.fromkeys(("reposts", "comments", "likes", "followers"), 0)


def with_events(before: pd.DataFrame, margin: Margin, n: int, rates: ErrorRates | None) -> pd.DataFrame:
    """Which cube has that come true, in its last hour, on its platform? Reports lean as those do on average."""
    now = {"hour": 48, **NOTHING}
    if margin.unit in NOTHING:
        return pd.concat([before, cube(now | {"posts": 0, margin.unit: n})])
    topic = margin.topic if margin.topic != Topic.OTHER else "other"
    tone = "negative" if margin.unit == "negative posts" else "neutral"
    lean = n if tone == "negative" else n * (rates.lean_other if rates else 0.0)
    return pd.concat([before, cube(now | {"posts": n, "topic": str(topic), "sentiment": tone, "lean": lean})])


def near(cells: pd.DataFrame, hour: float, profile: Profile = EXAMPLE, rates: ErrorRates | None = None) -> Profile:
    """Which profile has MILD half a point above where these posts stand?"""
    now = assess(situation(cells, at(hour), profile.heat), profile, rates).score
    return profile.with_values("thresholds", {"mild": now + 0.5, "moderate": 91, "severe": 92})


@pytest.mark.parametrize("rates", [None, CERTAIN, LEARNT], ids=["uncorrected", "known errors", "learnt errors"])
@pytest.mark.parametrize("indicator", ["heat", "reach", "gravity", "negativity", "growth"])
def test_when_it_really_happens_the_level_is_reached(indicator: str, rates: ErrorRates | None) -> None:
    praise = {"hour": 26, "posts": 60, "topic": "other", "sentiment": "positive", **NOTHING}
    before = cube({"posts": 20, **NOTHING}, {"hour": 24, "posts": 20, **NOTHING}, praise, BUSY | {"hour": 48})
    profile = near(before, 48, EXAMPLE.with_values("weights", {"growth": 60}), rates)
    assessment, all_margins = found(before, profile, 48, rates)[1:]
    margin = next(m for m in all_margins if m.indicator == indicator)
    assert assessment.level == Level.ROUTINE
    assert margin.change is not None
    after = with_events(before, margin, margin.change, rates)
    assert found(after, profile, 48, rates)[1].level >= Level.MILD


@pytest.mark.parametrize("rates", [None, LEARNT], ids=["uncorrected", "corrected"])
def test_negative_posts_on_any_topic_are_enough_on_any_topic(rates: ErrorRates | None) -> None:
    """The margin of negativity names no topic, so it must hold for talk that carries no risk too."""
    calm = cube({"posts": 30, "hour": 48}, {"posts": 60, "hour": 48, "topic": "other", "sentiment": "positive"})
    profile = near(calm, 48, rates=rates)
    _, before, all_margins = found(calm, profile, 48, rates)
    margin = next(m for m in all_margins if m.indicator == "negativity")
    assert before.level == Level.ROUTINE
    assert margin.change is not None
    more = cube({"posts": margin.change, "hour": 48, "topic": "other"})
    assert found(pd.concat([calm, more]), profile, 48, rates)[1].level == Level.MILD


def test_half_as_much_again_of_everything_is_what_it_says() -> None:
    calm = BUSY | {"posts": 100, "topic": "service"}
    profile = near(cube(calm), 0)
    margin = found(cube(calm), profile)[2][-1]
    assert margin.change is not None
    grown = {name: value * (1 + margin.change / 100) for name, value in calm.items() if isinstance(value, int)}
    assert found(cube(calm | grown), profile)[1].level == Level.MILD
    assert f"{margin.change}% more of everything" in str(margin.text)


def test_nothing_happens_to_the_readings_themselves() -> None:
    here = last(found(cube(BUSY), EXAMPLE)[1].read)
    happened(here, "negative posts", Topic.SERVICE, 100)
    assert here.topics.sum() == 60
    assert np.array_equal(here.posts, [60])
