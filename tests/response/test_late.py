"""How complete the last hours are: posts that come late, and interactions whose counters were read off later."""

import pytest
from frames import at, cube

from analysis.response.late import late

# Collected in hours 10, 20 and 30. Of the hour in which a collection happens 60 of 100 posts are there, the rest
# comes with the next; of the hour of the last collection 50 are there so far.
COLLECTED = cube(
    {"hour": 10, "collected": 10, "posts": 60, "reposts": 100},
    {"hour": 10, "collected": 20, "posts": 40, "reposts": 300},
    {"hour": 20, "collected": 20, "posts": 60},
    {"hour": 20, "collected": 30, "posts": 40},
    {"hour": 30, "collected": 30, "posts": 50},
)


def test_earlier_collections_tell_how_many_posts_are_still_missing() -> None:
    found = late(COLLECTED, at(30)).missing
    assert found[0] == pytest.approx(100 / 60 - 1)  # 40 come for every 60
    assert set(found[1:]) == {0.0}


def test_of_an_earlier_time_all_has_been_collected_since() -> None:
    assert set(late(COLLECTED, at(20)).missing) == {0.0}


def test_one_export_does_not_tell_how_late_posts_come() -> None:
    once = cube(*({"hour": hour, "collected": 40, "posts": 50} for hour in range(10)))
    assert late(once, at(9)).missing == ()
    assert late(cube({"posts": 3}, {"hour": 1}, {"hour": 2}), at(2)).missing == ()  # too few


def test_interactions_are_an_estimate_where_their_counters_were_read_off_later() -> None:
    assert late(COLLECTED, at(15)).estimated == pytest.approx(300 / 400)
    assert late(COLLECTED, at(30)).estimated == 0
    assert late(cube({"posts": 3}), at(0)).estimated == 0  # no interactions at all
