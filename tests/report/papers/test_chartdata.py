"""What the charts of a report draw, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from frames import EXAMPLE, FULL_ROWS, HOUR, at, cube, hourly_cube, posts
from hypothesis import given, settings
from materials import STEADY, end_of, material_of

from analysis.language import Text
from analysis.report.papers.blocks import Chart, Span
from analysis.report.papers.chartdata import (
    carriers_chart,
    event_chart,
    level_chart,
    platform_chart,
    topic_chart,
    trend_chart,
)
from analysis.report.papers.material import Material
from analysis.signals.cube import count
from analysis.signals.reach import reach


def values(chart: Chart, name: str) -> tuple[float | None, ...]:
    """Which values has a series, called by its English name?"""
    assert all(len(series.values) == len(chart.categories) for series in chart.series)
    return next(series.values for series in chart.series if str(series.name) == name)


def names(chart: Chart) -> list[str]:
    assert all(isinstance(name, Text) for name in chart.categories)
    return [str(name) for name in chart.categories]


def stated(material: Material, **changed: object) -> Material:
    """The same, with other facts in the briefing."""
    return replace(material, briefing=replace(material.briefing, **changed))


@pytest.fixture(scope="module")
def small() -> Material:
    """Three complaints in the first hour, two words of praise in the sixth, and one more post after the look."""
    cells = cube({"posts": 3}, {"hour": 5, "posts": 2, "sentiment": "positive"}, {"hour": 6, "posts": 9})
    return material_of(cells, 5)


def test_a_day_is_drawn_by_the_hour_from_where_the_data_begin(small: Material) -> None:
    chart = trend_chart(small, Span.DAILY)
    assert chart.categories == tuple(at(hour) for hour in range(6))
    assert values(chart, "Posts") == (3, 0, 0, 0, 0, 2)
    assert values(chart, "Of them negative") == (3, 0, 0, 0, 0, 0)
    assert [str(series.name) for series in chart.series] == ["Posts", "Of them negative"]  # no burst, no forecast
    assert (str(chart.unit), chart.note.msgid[-6:]) == ("Posts an hour", " {why}")


@pytest.fixture(scope="module")
def long() -> Material:
    """One post an hour for 17 days, of which an event has those of the last but nine hours."""
    cells = [{"hour": hour, "event": "e" if 100 <= hour < 399 else ""} for hour in range(408)]
    return material_of(cube(*cells), 407)


@pytest.mark.parametrize(
    ("span", "points", "first", "each"), [(Span.DAILY, 72, 336, 1), (Span.WEEKLY, 112, 72, 3)], ids=["daily", "weekly"]
)
def test_days_before_the_span_are_drawn_too(long: Material, span: Span, points: int, first: int, each: int) -> None:
    chart = trend_chart(long, span)
    assert (len(chart.categories), chart.categories[0]) == (points, at(first))
    assert values(chart, "Posts") == (float(each),) * points
    assert chart.categories[-1] == at(407) + HOUR - each * HOUR  # the last step ends with the last hour


def test_an_event_is_drawn_from_the_silence_before_it(long: Material) -> None:
    # hours 88 to 407 are 320: 107 steps of 3 hours, the first from hour 87; its 299 posts begin in the fifth step
    chart = event_chart(long, "e")
    shown = values(chart, "Posts")
    assert (len(shown), chart.categories[0], chart.key) == (107, at(87), "event:e")
    assert (sum(shown), shown[:6]) == (299, (0, 0, 0, 0, 2, 3))


def test_what_is_expected_follows_the_past_with_both_ends_of_its_band(small: Material, long: Material) -> None:
    by_hour = trend_chart(stated(small, outlook=STEADY), Span.DAILY)
    assert values(by_hour, "Forecast") == (None,) * 6 + (2.0,) * 24
    assert values(by_hour, "Posts")[6:] == (None,) * 24 and by_hour.categories[6] == at(6)
    in_steps = trend_chart(stated(long, outlook=STEADY), Span.WEEKLY)  # of 3 hours
    assert values(in_steps, "Forecast, low end (80%)")[112:] == (3.0,) * 16
    assert values(in_steps, "Forecast, high end (80%)")[112:] == (12.0,) * 16


def test_hours_of_a_burst_are_drawn_once_more(small: Material) -> None:
    burst = {"of": ["posts", "negative"], "onset": [at(4), at(0)], "peak": [at(5), at(0)], "end": [at(5), at(0)]}
    found = pd.DataFrame(burst).assign(strength=2.0, running=True)
    situation = replace(small.briefing.situation, bursts=found)
    assert values(trend_chart(stated(small, situation=situation), Span.DAILY), "In a burst") == (
        *(None, None, None, None, 0, 2),
    )


def test_an_hour_that_has_just_begun_is_not_drawn_as_a_fall(small: Material) -> None:
    chart = trend_chart(stated(small, as_of=at(5) + 29 * HOUR / 60, outlook=STEADY), Span.DAILY)
    assert values(chart, "Posts") == (3, 0, 0, 0, 0, None) + (None,) * 24
    assert "just begun" in str(chart.note)
    assert values(trend_chart(stated(small, as_of=at(5.5)), Span.DAILY), "Posts")[-1] == 2


def test_an_event_that_lasted_for_months_is_drawn_in_longer_steps() -> None:
    chart = event_chart(material_of(cube({"event": "e"}, {"event": "e", "hour": 2000, "posts": 4}), 2000), "e")
    assert (str(chart.unit), sum(values(chart, "Posts"))) == ("Posts in 12 h", 5)
    assert len(chart.categories) == 167  # 2001 hours


def test_topics_stand_by_size_and_tone_and_the_smallest_together() -> None:
    risky = ["service", "policy", "rumour", "privacy", "disaster", "management", "public_health", "communication"]
    cells = [{"topic": topic, "posts": 20 - place} for place, topic in enumerate(risky)]
    cells += [{"topic": "doctor_patient", "posts": 3}, {"topic": "other", "posts": 2, "sentiment": "neutral"}]
    chart = topic_chart(material_of(cube(*cells, {"topic": "rumour", "sentiment": "positive"}), 0), Span.DAILY)
    # with its word of praise "rumour" has 19 posts as "policy" has: what stands first in the cube stays first
    assert names(chart)[0] == "Service complaints" and set(names(chart)[1:3]) == {"Policy and charges", "Online rumour"}
    assert (len(names(chart)), names(chart)[-1]) == (9, "All others")
    assert [values(chart, tone)[-1] for tone in ("Negative", "Neutral", "Positive")] == [3, 2, 0]


@settings(max_examples=15, deadline=None)
@given(FULL_ROWS)
def test_bars_and_lines_hold_every_post_of_the_span_once(small: Material, rows: list[dict]) -> None:
    material = replace(small, cube=count(posts(*({**row, "hour": row["hour"] % 6} for row in rows))))
    for chart in (topic_chart(material, Span.DAILY), platform_chart(material, Span.WEEKLY)):
        assert sum(sum(values(chart, str(series.name))) for series in chart.series) == len(rows)
    assert sum(values(trend_chart(material, Span.DAILY), "Posts")) == len(rows)


def test_without_a_post_in_the_span_there_is_no_bar() -> None:
    silent = material_of(cube({}), 30)
    assert topic_chart(silent, Span.DAILY).categories == ()
    assert len(topic_chart(silent, Span.WEEKLY).categories) == 1
    assert set(values(trend_chart(silent, Span.DAILY), "Posts")) == {0, 1}


def carried(*rows: dict) -> Material:
    """Who carries these posts of the first hour?"""
    found = posts(*rows)
    return replace(material_of(count(found), 0), reach=reach(found, at(0), end_of(0)))


def test_accounts_are_told_by_what_they_drew_masked_and_cut() -> None:
    long_name, phone = "很" * 200, "小王13812345678"
    chart = carriers_chart(
        carried(
            {"author": long_name, "reposts": 1, "comments": 2, "collected": 0},
            {"author": phone, "reposts": 50, "author_verified": True, "collected": 0},
            {"author": "青禾日报", "reposts": 90, "media_tier": "local", "collected": 0},
            {"author": "静"},
        ),
        Span.DAILY,
    )
    first, second, third = names(chart)
    assert first == "青禾日报 · Weibo · Local media"
    assert "13812345678" not in second and second.endswith(" · Weibo · verified")
    assert third == "很" * 23 + "… · Weibo"
    assert values(chart, "Reposts") == (90, 50, 1) and values(chart, "Comments") == (0, 0, 2)


def test_platforms_stand_in_where_nothing_was_drawn() -> None:
    chart = carriers_chart(carried({"author": ""}, {"platform": "douyin"}), Span.DAILY)
    assert (chart.key, sorted(names(chart))) == ("carriers", ["Douyin", "Weibo"])


def test_the_level_is_drawn_as_its_score_beside_the_thresholds_and_its_parts() -> None:
    chart = level_chart(material_of(hourly_cube([200], topic="medical_quality"), 0))
    reached, missing = values(chart, "Points"), values(chart, "Not reached")
    assert reached[0] == pytest.approx(sum(reached[1:]), abs=0.3) and reached[0] + missing[0] == 100
    most = dict(zip(names(chart), map(sum, zip(reached, missing, strict=True)), strict=True))
    # growth is not known on the first day: the other four share the 100 points, 30 : 20 : 25 : 15 of 90
    assert most["Heat of risk posts"] == pytest.approx(33.3, abs=0.1)
    assert (most["Gravity"], most["Growth"]) == (pytest.approx(27.8, abs=0.1), 0)
    told = EXAMPLE.thresholds
    assert [line[0] for line in chart.lines] == [told.mild, told.moderate, told.severe]
    assert [str(line[1]) for line in chart.lines] == ["◔ Mild", "◑ Moderate", "● Severe"]
    assert not chart.whole
