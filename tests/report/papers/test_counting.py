"""Figures of a report are counted from the cube, for whole hours, and know from which rows."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import material, spoken

from analysis.language import _
from analysis.report.papers.blocks import Made, Rows, Span
from analysis.report.papers.counting import (
    change_fact,
    count_fact,
    narrowed,
    posts_by,
    posts_in,
    share_fact,
    spans,
)
from analysis.signals.cube import count

SIX = cube(
    {"hour": 0, "posts": 7, "topic": "policy"},
    {"hour": 2, "posts": 3},
    {"hour": 2, "posts": 1, "platform": "douyin", "sentiment": "neutral"},
    {"hour": 4, "posts": 2, "event": "e"},
    {"hour": 5, "posts": 4, "sentiment": "positive"},
    {"hour": 9, "posts": 5},
)
SPAN, BEFORE, WHAT = Rows(at(2), at(5)), Rows(at(-2), at(1)), _("Posts")


def test_both_ends_of_a_span_count() -> None:
    fact = count_fact(SIX, SPAN, WHAT)
    assert (fact.value, fact.made, fact.rows) == (10, Made.COUNT, (SPAN,))


def test_filters_hold_together() -> None:
    assert posts_in(SIX, narrowed(SPAN, "sentiment", "negative")) == 5
    assert posts_in(SIX, narrowed(narrowed(SPAN, "sentiment", "negative"), "event", "e")) == 2
    assert posts_in(SIX, narrowed(SPAN, "platform", "no such platform")) == 0


def test_shares_and_changes() -> None:
    share = share_fact(SIX, narrowed(SPAN, "sentiment", "negative"), SPAN, WHAT)
    change = change_fact(SIX, SPAN, BEFORE, WHAT)
    assert share is not None and share.value == 0.5 and share.made == Made.SHARE
    assert change is not None and change.value == pytest.approx(10 / 7 - 1) and change.rows == (SPAN, BEFORE)


def test_nothing_is_shared_or_compared_where_nothing_is() -> None:
    empty = Rows(at(20), at(30))
    assert share_fact(SIX, empty, empty, WHAT) is None
    assert change_fact(SIX, SPAN, empty, WHAT) is None


def test_values_of_a_column_come_most_first_without_those_that_have_none() -> None:
    assert posts_by(SIX, SPAN, "platform") == {"weibo": 9, "douyin": 1}
    assert list(posts_by(SIX, SPAN, "sentiment")) == ["negative", "positive", "neutral"]


MANY = posts(*({"hour": n * n % 61, "sentiment": ("negative", "neutral")[n % 3 > 0]} for n in range(200)))
COUNTED = count(MANY.sort_values("published_at"))


@settings(max_examples=20)
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_cube_counts_what_the_posts_hold(begin: int, length: int) -> None:
    wanted = narrowed(Rows(at(begin), at(begin + length)), "sentiment", "negative")
    hour = (MANY["published_at"] - at(0)) / pd.Timedelta(hours=1)
    inside = (hour >= begin) & (hour < begin + length + 1) & (MANY["sentiment"] == "negative")
    assert posts_in(COUNTED, wanted) == inside.sum()


def test_a_day_is_compared_with_the_day_before_where_the_data_reach_back() -> None:
    now, before = spans(material(spoken({0: 1, 60: 1}), 60), Span.DAILY)
    assert (now.since, now.until) == (at(37), at(60))
    assert before is not None and (before.since, before.until) == (at(13), at(36))
    short = material(spoken({20: 1, 60: 1}), 60)
    assert spans(short, Span.DAILY)[1] is None  # part of a day is no day
    assert spans(short, Span.WEEKLY)[0] == Rows(at(60 - 167), at(60))


def test_an_event_is_told_from_its_first_hour_on() -> None:
    frame = pd.concat([spoken({0: 1}), spoken({7: 2, 9: 1}, event_id="e")], ignore_index=True)
    told = material(frame, 30, Span.EVENT, "e")
    assert spans(told, Span.EVENT) == (Rows(at(7), at(30), (("event", "e"),)), None)
    assert posts_in(told.cube, spans(told, Span.DAILY)[0]) == 3
