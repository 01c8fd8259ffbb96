"""The measures of the benchmark of events, against sums done by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.events_measures import agreement, delays, found

LABELS = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), min_size=1, max_size=6)


def labels(*numbers: int) -> np.ndarray:
    """Which labels are these?"""
    return np.array(numbers)


def test_the_textbook_answer_is_perfect() -> None:
    """Two groups of two under other numbers, and talk of its own: nothing is wrong."""
    told = agreement(labels(0, 0, 1, 1, -1), labels(7, 7, 3, 3, -1))
    assert (told.precision, told.recall, told.f1) == (1, 1, 1)


def test_one_event_split_in_two_loses_recall_alone() -> None:
    """Three posts of one event, two together and one apart: recall (2/3 + 2/3 + 1/3) / 3 = 5/9."""
    told = agreement(labels(0, 0, 0), labels(1, 1, 2))
    assert told.precision == 1
    assert told.recall == pytest.approx(5 / 9)
    assert told.f1 == pytest.approx(5 / 7)


def test_daily_talk_pulled_in_costs_precision() -> None:
    """Two posts of an event with one of daily talk in a group: 2/3, 2/3, 1/3; its recall is whole."""
    told = agreement(labels(0, 0, -1), labels(0, 0, 0))
    assert told.precision == pytest.approx(5 / 9)
    assert told.recall == 1


def test_posts_of_daily_talk_are_no_group() -> None:
    """Two posts of no event do not belong together: said to be one event, each is half right."""
    assert agreement(labels(-1, -1), labels(0, 0)).precision == 0.5
    assert agreement(labels(0, 0), labels(-1, -1)).recall == 0.5


def test_judged_over_some_posts_groups_hold_all() -> None:
    """Over the incident's posts alone the daily talk among them still counts: 2/3."""
    true = labels(0, 0, -1, -1)
    told = agreement(true, labels(0, 0, 0, -1), true >= 0)
    assert told.precision == pytest.approx(2 / 3)
    assert told.recall == 1


@settings(max_examples=30, deadline=None)
@given(LABELS)
def test_precision_and_recall_change_places_with_truth_and_answer(pairs: list[tuple[int, int]]) -> None:
    """What is precision from one side is recall from the other; both lie in (0, 1]."""
    true, answer = (np.array(side) for side in zip(*pairs, strict=True))
    there, back = agreement(true, answer), agreement(answer, true)
    assert there.precision == pytest.approx(back.recall)
    assert 0 < there.precision <= 1
    assert 0 < there.recall <= 1


def test_an_event_is_the_one_that_more_than_half_of_it_is() -> None:
    """Event 0 is incident 4 (two of three posts); event 1 is half and half: nobody's; incident 5 is not found."""
    told = found(labels(4, 4, -1, 4, 5), labels(0, 0, 0, 1, 1))
    assert told.owned == {0: 4}
    assert (told.events, told.right, told.true) == (2, 1, 2)
    assert told.purity == (pytest.approx(2 / 3), 0.5)


def test_an_event_of_daily_talk_is_nobodys_and_impure() -> None:
    """Four posts that have nothing to do with one another: a quarter is the best that can be said."""
    told = found(labels(-1, -1, -1, -1), labels(0, 0, 0, 0))
    assert told.owned == {}
    assert told.purity == (0.25,)


def test_nothing_found_is_nothing_found() -> None:
    told = found(labels(0, 0, -1), labels(-1, -1, -1))
    assert (told.events, told.right, told.true, told.purity) == (0, 0, 1, ())


def test_the_delay_runs_from_the_first_post_to_the_earliest_event() -> None:
    """Posts at 0, 10, 30 and 50 minutes; events known at 30 and 50: three posts, half an hour."""
    start = pd.Timestamp("2025-03-03", tz="Asia/Shanghai")
    at = [start + pd.Timedelta(minutes=minutes) for minutes in (0, 10, 30, 50)]
    table = pd.DataFrame({"exists": [at[3], at[2]]})
    told = delays(pd.DataFrame({"published_at": at}), labels(2, 2, 2, 2), labels(0, 1, 1, 1), table, {0: 2, 1: 2})
    assert told.loc[2].to_dict() == {"posts": 3, "minutes": 30}


def test_an_event_older_than_the_incident_is_known_when_it_takes_it_in() -> None:
    """The event is there from the start (talk at 0 minutes); the incident's posts at 20 and 40: it joins with its
    second, 20 minutes after its first."""
    start = pd.Timestamp("2025-03-03", tz="Asia/Shanghai")
    at = [start + pd.Timedelta(minutes=minutes) for minutes in (0, 20, 40, 41)]
    table = pd.DataFrame({"exists": [start]})
    told = delays(pd.DataFrame({"published_at": at}), labels(-1, 2, 2, 2), labels(0, -1, 0, 0), table, {0: 2})
    assert told.loc[2].to_dict() == {"posts": 2, "minutes": 20}
