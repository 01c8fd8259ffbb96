"""Interactions are seen when they came, as far as an export lets one tell."""

import numpy as np
import pytest
from frames import FULL_ROWS, at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.arrival import arrivals, arrived_share, seen_share
from analysis.signals.cube import count, hours

WEEK = 168


def hourly(cells, until: int, column: str = "reposts") -> np.ndarray:
    return arrivals(cells, hours(at(0), at(until)), [column])[0]


@pytest.mark.parametrize(
    ("age", "share"),
    [(0, 0), (1, 0.28), (2, 0.40), (3, 0.46), (4, 0.52), (24, 0.90), (36, 0.9275), (168, 1), (5000, 1)],
)
def test_the_curve_is_the_measured_one_straight_between_its_points(age: float, share: float) -> None:
    assert arrived_share(np.array([age]))[0] == pytest.approx(share)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_the_curve_never_falls(one: float, other: float) -> None:
    early, late = arrived_share(np.array(sorted([one, other])))
    assert 0 <= early <= late <= 1


def test_a_post_collected_after_a_week_gets_its_reposts_by_the_curve() -> None:
    # 100 reposts; 28% within the first hour, 40% within two, 46% within three, 52% within four
    came = hourly(cube({"hour": 2, "reposts": 100, "collected": 500}), 2 + WEEK)
    assert came[:2].tolist() == [0, 0]
    assert came[2:6] == pytest.approx([28, 12, 6, 6])
    assert came.sum() == pytest.approx(100)


def test_a_post_collected_an_hour_later_has_all_its_reposts_by_then() -> None:
    # of what had come after two hours (40%), 28/40 came in the first
    came = hourly(cube({"hour": 0, "reposts": 100, "collected": 1}), 5)
    assert came == pytest.approx([70, 30, 0, 0, 0, 0])


def test_a_post_collected_in_its_own_hour_has_them_in_that_hour() -> None:
    assert hourly(cube({"hour": 1, "reposts": 9, "collected": 1}), 3) == pytest.approx([0, 9, 0, 0])


def test_unknown_interactions_are_none() -> None:
    assert hourly(cube({"hour": 0}, {"hour": 1, "reposts": 3, "collected": 1}), 2) == pytest.approx([0, 3, 0])


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"hour": st.integers(0, 40), "reposts": st.integers(0, 5000), "age": st.integers(0, 400)}
        ),
        min_size=1,
        max_size=6,
    )
)
def test_never_before_publication_never_more_than_counted_and_all_in_the_end(rows: list[dict]) -> None:
    cells = [{"hour": r["hour"], "reposts": r["reposts"], "collected": r["hour"] + r["age"]} for r in rows]
    so_far = hourly(cube(*cells), 40 + WEEK).cumsum()
    published = np.zeros(41 + WEEK)
    for row in rows:
        published[row["hour"] :] += row["reposts"]
    assert (np.diff(so_far, prepend=0) >= -1e-9).all()
    assert (so_far <= published + 1e-6).all()
    for hour in range(41 + WEEK):
        collected = sum(r["reposts"] for r in rows if hour >= r["hour"] + min(r["age"], WEEK - 1))
        assert so_far[hour] >= collected - 1e-6
    assert so_far[-1] == pytest.approx(sum(row["reposts"] for row in rows))


@settings(max_examples=15)
@given(FULL_ROWS)
def test_single_posts_and_counted_ones_are_seen_alike(rows: list[dict]) -> None:
    """What each post shows by itself adds up to what the cube shows."""
    frame, now = posts(*rows), at(60)
    seen = seen_share(frame["published_at"], frame["collected_at"], now) * frame["reposts"].astype(float)
    assert hourly(count(frame), 60).sum() == pytest.approx(seen.sum())


def test_a_post_shows_nothing_before_it_stands_and_all_once_collected() -> None:
    frame = posts({"hour": 0, "collected": 1}, {"hour": 3, "collected": 900}, {"hour": 1, "collected": 1})
    now = [seen_share(frame["published_at"], frame["collected_at"], at(hour)).tolist() for hour in (0, 1, 2)]
    assert now[0] == pytest.approx([0.7, 0, 0])  # 0.28 / 0.40
    assert now[1] == pytest.approx([1, 0, 1])
    assert now[2] == pytest.approx([1, 0, 1])
