"""What it takes to reach the next level, in things one can count: enough, and not one more than enough."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, HIGH, LEARNT, at, cube, posts
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.response.groups import INDICATORS, Thresholds
from analysis.response.indicators import Readings, last
from analysis.response.level import Assessment, assess
from analysis.response.margins import MOST, RED_LINE, Margin, happened, heard, margins, places, scores
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
    where = places(now)
    for margin in (one for one in all_margins if not one.indicator.startswith(RED_LINE)):
        target = getattr(profile.thresholds, NAMES[margin.to_level])
        here = last(assessment.read)

        def after(n: int, margin: Margin = margin, here: Readings = here) -> float:
            count = np.array([n])
            then = happened(here, margin.unit, margin.topic, count)
            return float(scores(heard(then, where, margin.unit, margin.topic, count, profile), now, profile)[0])

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


def test_there_is_a_margin_for_each_indicator_that_can_be_read_and_each_red_line() -> None:
    lines = ["death_blamed", "attack_on_staff", "records_leaked", "central_media"]  # gravest first
    told = [*INDICATORS, "all", *(f"red_line:{name}" for name in lines)]
    assert [m.indicator for m in found(cube(BUSY), EXAMPLE)[2]] == told
    silent = found(cube({"posts": 60}), EXAMPLE)[2]
    assert "reach" not in [m.indicator for m in silent]  # nobody knows the followers
    assert (silent[0].unit, silent[0].topic) == ("posts", Topic.SERVICE)
    assert "more posts on “Service complaints” within the hour" in str(silent[0].text)


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


def red_lines(cells: pd.DataFrame, profile: Profile = EXAMPLE) -> dict[str, tuple[int | None, Level]]:
    return {
        m.indicator.removeprefix(RED_LINE): (m.change, m.to_level)
        for m in found(cells, profile)[2]
        if m.indicator.startswith(RED_LINE)
    }


def test_a_red_line_tells_how_many_posts_are_missing_if_it_is_on_and_would_raise_the_level() -> None:
    off = EXAMPLE.with_values("red_lines", {"records_leaked": 0, "attack_on_staff": 2.5})
    assert red_lines(cube({"death_blamed": 4, "attack_on_staff": 1}), off) == {
        "death_blamed": (11, Level.SEVERE),  # 15 are enough
        "attack_on_staff": (2, Level.MODERATE),  # 3 reach 2.5, and 2 do not
        "central_media": (1, Level.MODERATE),
    }
    assert red_lines(cube({"central": 1})) == {"death_blamed": (15, Level.SEVERE)}  # MODERATE already


def test_red_lines_over_all_count_the_posts_of_all_parts() -> None:
    part, whole = cube({"death_blamed": 4}), cube({"posts": 2, "death_blamed": 9})
    now, assessment, _margins = found(part, EXAMPLE)
    over_all = margins(assessment, now, EXAMPLE, found(whole, EXAMPLE)[1].read)
    line = next(m for m in over_all if m.indicator == "red_line:death_blamed")
    assert (line.change, str(line.label)) == (6, "Red line: A death is claimed and care is blamed")
    assert str(line.text) == (
        "6 more posts within the hour on the red line “A death is claimed and care is blamed” would make this Severe."
    )


NOTHING = dict.fromkeys(("reposts", "comments", "likes", "reads", "followers"), 0)
CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "hour": st.integers(0, 60),
            "posts": st.integers(1, 60),
            "platform": st.sampled_from(["weibo", "douyin", "news"]),
            "region": st.sampled_from(["", "北京", "安徽"]),
            "topic": st.sampled_from(["medical_quality", "service", "other"]),
            "sentiment": st.sampled_from(["negative", "neutral", "positive"]),
            "death_blamed": st.integers(0, 2),  # 15 cross the line
        },
        optional={name: st.integers(0, 3000) for name in NOTHING},
    ),
    min_size=1,
    max_size=6,
)
RATES = st.sampled_from([None, CERTAIN, LEARNT])


def with_events(before: pd.DataFrame, margin: Margin, n: int, rates: ErrorRates | None, hour: int = 48) -> pd.DataFrame:
    """Which cube has that come true in its last hour, where most is said? Reports lean as those do on average."""
    silent = {name: 0 for name in NOTHING if before[name].notna().any()}
    now = {"hour": hour, **silent, "platform": busiest(before, hour)}
    if margin.indicator.startswith(RED_LINE):
        line = margin.indicator.removeprefix(RED_LINE)
        told = now | {"posts": n, ("central" if line == "central_media" else line): n}
    elif margin.unit in NOTHING:
        told = now | {"posts": 0, margin.unit: n}
    else:
        tone = "negative" if margin.unit == "negative posts" else "neutral"
        lean = n if tone == "negative" else n * (rates.lean_other if rates else 0.0)
        told = now | {"posts": n, "topic": str(margin.topic), "sentiment": tone, "lean": lean}
    return pd.concat([before, cube(told)]) if n else before


def busiest(cells: pd.DataFrame, hour: int) -> str:
    """On which platform are most risk posts of the 24 hours up to this one?"""
    risk = (cells["topic"] != "other") & (cells["sentiment"] != "positive") & (cells["hour"] > at(hour - 24))
    posts = cells[risk].groupby("platform", observed=True)["posts"].sum()
    return str(posts.idxmax()) if len(posts) else "weibo"


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
    margin = next(m for m in found(cube(calm), profile)[2] if m.indicator == "all")
    assert margin.change is not None
    grown = {name: value * (1 + margin.change / 100) for name, value in calm.items() if isinstance(value, int)}
    assert found(cube(calm | grown), profile)[1].level == Level.MILD
    assert f"{margin.change}% more of everything" in str(margin.text)


@settings(max_examples=12, deadline=None)
@given(CELLS, RATES, st.floats(1, 25), st.data())
def test_what_a_margin_says_flips_the_level_of_the_desk_and_one_less_does_not(
    rows: list[dict], rates: ErrorRates | None, away: float, data: st.DataObject
) -> None:
    before = cube(*sorted(rows, key=lambda row: row["hour"]))
    now = assessed(before, HIGH, rates).score
    profile = HIGH.with_values("thresholds", {"mild": now + away, "moderate": 98, "severe": 99, "gravest": 100})
    told = [m for m in found(before, profile, 60, rates)[2] if m.change is not None and m.unit != "percent"]
    assume(told)
    margin = data.draw(st.sampled_from(told))
    assert margin.change is not None
    after = with_events(before, margin, margin.change, rates, 60)
    assert assessed(after, profile, rates).level >= margin.to_level
    if not margin.indicator.startswith(RED_LINE):  # whose posts count for the score as well
        less = with_events(before, margin, margin.change - 1, rates, 60)
        assert assessed(less, profile, rates).level < margin.to_level


def assessed(cells: pd.DataFrame, profile: Profile, rates: ErrorRates | None, hour: int = 60) -> Assessment:
    return assess(situation(cells, at(hour), profile.heat), profile, rates)


@settings(max_examples=4, deadline=None)
@given(CELLS, RATES, st.floats(0.5, 10))
def test_so_many_percent_more_of_everything_flips_the_level(
    rows: list[dict], rates: ErrorRates | None, away: float
) -> None:
    """Of a single hour, before which nothing was in force; without red lines, which more posts cross as well."""
    before = cube(*({**row, "hour": 20} for row in rows))
    calm = HIGH.with_values("red_lines", dict.fromkeys(asdict(HIGH.red_lines), 0))
    profile = calm.with_values("thresholds", {"mild": assessed(before, calm, rates, 20).score + away})
    margin = next(m for m in found(before, profile, 20, rates)[2] if m.indicator == "all")
    assume(margin.change is not None)
    assert margin.change is not None
    numbers = before.select_dtypes("number").columns
    for percent, reached in ((margin.change, True), (margin.change - 1, False)):
        grown = before.assign(**{name: before[name] * (1 + percent / 100) for name in numbers})
        assert (assessed(grown, profile, rates, 20).level >= Level.MILD) == reached


def test_a_level_that_is_left_in_this_very_hour_is_kept_by_less() -> None:
    """6 calm hours end MILD: in the sixth, one hour that is not calm keeps it (5 points below the threshold)."""
    before = cube({"posts": 40, "hour": 0, **NOTHING})
    scores = found(before, HIGH, 40)[1].timeline["score"]
    profile = HIGH.with_values("thresholds", {"mild": scores.iloc[0]})
    left = int(np.argmin(found(before, profile, 40)[1].timeline["level"]))  # the first hour at ROUTINE
    margin = found(before, profile, left)[2][2]
    assert margin.unit == "negative posts" and margin.change is not None
    kept = with_events(before, margin, margin.change, None, left)
    now = found(kept, profile, left)[1]
    assert (now.level, now.score < profile.thresholds.mild) == (Level.MILD, True)


def test_nothing_happens_to_the_readings_themselves() -> None:
    here = last(found(cube(BUSY), EXAMPLE)[1].read)
    happened(here, "negative posts", Topic.SERVICE, np.array([100]))
    assert here.topics.sum() == 60
    assert np.array_equal(here.posts, [60])
