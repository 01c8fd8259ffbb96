"""What holds for the level whatever the posts are: of an event, of all of them, and hour after hour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, LEARNT, ROWS, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st
from test_level import TENDER

from analysis.classify.prevalence import ErrorRates
from analysis.dataset import NO_EVENTS
from analysis.parts import tracked
from analysis.pipeline import brief_cube
from analysis.response.groups import Hysteresis
from analysis.response.level import assess, held_levels
from analysis.response.profile import SCHEMES
from analysis.response.replay import replayed
from analysis.signals.cube import count
from analysis.signals.situation import situation

LATE = 60  # the hour from which is looked
KNOWN = NO_EVENTS.astype({"id": "str"})
EVENTS = KNOWN.reindex([0, 1]).assign(
    id=["a", "b"], began=[at(0), at(20)], exists=[at(10), at(30)], spam=[False, False]
)
IDS = st.sampled_from(["", "a", "b"])
RATES = st.sampled_from([None, CERTAIN, LEARNT])


def overall(rows: list[dict], rates: ErrorRates | None) -> int:
    track = tracked(count(posts(*rows)), EVENTS, at(LATE), TENDER.heat, TENDER.pace)
    return int(replayed(track, TENDER, rates)["level"].iloc[-1])


@settings(max_examples=8)
@given(FULL_ROWS, ROWS, st.lists(IDS, min_size=1), IDS, RATES)
def test_one_more_negative_post_never_lowers_the_level_of_all(
    rows: list[dict], more: dict, ids: list[str], event: str, rates: ErrorRates | None
) -> None:
    before = [row | {"event_id": ids[place % len(ids)]} for place, row in enumerate(rows)]
    worse = [*before, more | {"hour": LATE, "sentiment": "negative", "event_id": event}]
    assert overall(worse, rates) >= overall(before, rates)


@settings(max_examples=15)
@given(FULL_ROWS, ROWS, RATES)
def test_one_more_platform_never_lowers_score_or_level(rows: list[dict], more: dict, rates: ErrorRates | None) -> None:
    heard = [row | {"hour": min(row["hour"], LATE)} for row in rows]
    further = [*heard, more | {"hour": LATE, "sentiment": "negative", "topic": "service", "platform": "zhihu"}]
    before, after = (
        assess(situation(count(posts(*some)), at(LATE), TENDER.heat), TENDER, rates) for some in (heard, further)
    )
    assert after.level >= before.level and after.score >= before.score - 1e-9
    assert after.read.platforms[-1] == before.read.platforms[-1] + 1  # a single voice counts there (TENDER)


@settings(max_examples=30)
@given(st.lists(st.floats(0, 100), min_size=24, max_size=120), st.integers(1, 24), st.integers(0, 20))
def test_hysteresis_bounds_the_changes_of_a_day(scores: list[float], hours: int, points: int) -> None:
    # a level that was left was calm for `hours`, so it is left at most every hours + 1; and it rises once between
    profile = replace(EXAMPLE, hysteresis=Hysteresis(hours=hours, points=points))
    level = held_levels(np.array(scores), np.zeros(len(scores), dtype=int), profile)
    for rank in (1, 2, 3):
        changes = np.flatnonzero(np.diff((level >= rank).astype(int)))
        falls = np.flatnonzero(np.diff((level >= rank).astype(int)) < 0)
        assert (np.diff(falls) >= hours + 1).all()
        day = [np.count_nonzero((changes >= start) & (changes < start + 24)) for start in range(len(scores))]
        assert max(day) <= 2 * (24 // (hours + 1) + 1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_changes_no_reason_margin_or_task(scheme: str) -> None:
    rows = posts(*({"hour": hour, "topic": "medical_quality", "reposts": 50} for hour in range(40)))
    one, other = (brief_cube(count(rows), replace(TENDER, scheme=name), at(40)) for name in (TENDER.scheme, scheme))
    for told in ("reasons", "margins", "likelihood", "fall", "crossing", "clocks", "tasks"):
        assert getattr(one.standing, told) == getattr(other.standing, told), told
