"""Which posts belong to a thread, what the finished ones teach, and what is warned of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import HOUR, START, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.threads import COLUMNS, MOST_THREADS, past, threads, warnings
from analysis.signals.warning import ENOUGH, WarningSettings

NO_BURSTS = pd.DataFrame({"of": [], "onset": [], "peak": [], "end": [], "strength": [], "running": []}).astype(
    {"of": "str", "running": "bool", **dict.fromkeys(["onset", "peak", "end"], "datetime64[us, Asia/Shanghai]")}
)
AT_300 = WarningSettings(severe_posts=300)


def thread(root: str, hour: float, reposts: int, gap: float = 0.1, **shared: object) -> list[dict[str, object]]:
    """Which rows are a post and its reposts, `gap` hours apart?"""
    first = {"post_id": root, "hour": hour, "text": f"根 {root}", **shared}
    rest = [
        {"post_id": f"{root}-{n}", "parent_id": root, "hour": hour + gap * n, **shared} for n in range(1, reposts + 1)
    ]
    return [first, *rest]


def burst(onset: float, end: float, of: str = "posts", running: bool = True) -> pd.DataFrame:
    """Which bursts are there? One."""
    times = {"onset": at(onset), "peak": at(onset), "end": at(end)}
    return pd.DataFrame([{"of": of, **times, "strength": 9.0, "running": running}]).astype(NO_BURSTS.dtypes.to_dict())


def test_reposts_of_reposts_count_for_the_root() -> None:
    frame = posts(
        {"post_id": "a", "hour": 1},
        {"post_id": "b", "parent_id": "a", "hour": 2},
        {"post_id": "c", "parent_id": "b", "hour": 3},
        {"post_id": "d", "parent_id": "c", "hour": 4.5},
        {"post_id": "e", "hour": 1},
        {"post_id": "f", "parent_id": "e", "hour": 2},
    )
    found = threads(frame, at(9))
    assert found.heads.to_dict("list") == {"place": [0], "started": [at(1)]}
    assert sorted(found.ages) == [1, 2, 3.5]
    assert len(threads(frame, at(4)).heads) == 0  # only two of them had come


def test_a_thread_whose_root_was_not_exported_starts_with_the_first_that_was() -> None:
    frame = posts(*({"post_id": f"r{n}", "parent_id": "gone", "hour": 5 - n} for n in range(3)))
    found = threads(frame, at(9))
    assert found.heads.to_dict("list") == {"place": [2], "started": [at(3)]}
    assert sorted(found.ages) == [0, 1, 2]


def test_the_same_id_on_two_platforms_is_not_one_thread() -> None:
    frame = posts(
        *({"post_id": f"w{n}", "parent_id": "1", "hour": n, "platform": "weibo"} for n in range(1, 3)),
        *({"post_id": f"d{n}", "parent_id": "1", "hour": n, "platform": "douyin"} for n in range(1, 3)),
    )
    assert len(threads(frame, at(9)).heads) == 0


def test_a_repost_dated_before_its_root_counts_as_at_once() -> None:
    frame = posts(*thread("a", 5, 3), {"post_id": "x", "parent_id": "a", "hour": 2})
    assert min(threads(frame, at(9)).ages) == 0


def test_dates_without_times_tell_no_ages() -> None:
    frame = posts({"post_id": "a"}, *({"post_id": f"b{n}", "parent_id": "a", "hour": 24 * (n // 2)} for n in range(4)))
    assert len(threads(frame, at(99)).heads) == 0


def test_posts_that_name_each_other_do_no_harm() -> None:
    ring = [{"post_id": str(n), "parent_id": str((n + 1) % 4), "hour": n + 0.5} for n in range(4)]
    assert len(threads(posts(*ring), at(9)).ages) <= 4
    assert len(threads(posts({"post_id": "a", "parent_id": "a", "hour": 1}), at(9)).heads) == 0


def test_only_threads_a_week_old_are_finished() -> None:
    rows = [row for number in range(ENOUGH) for row in thread(f"t{number}", number / 10, 4)]
    frame = posts(*rows)
    week = START + 7 * 24 * HOUR
    assert past(frame, week + 4.8 * HOUR).finished == 49
    assert past(frame, week + 4.8 * HOUR).sizes == ()
    ended = past(frame, week + 4.9 * HOUR)
    assert (ended.finished, ended.sizes) == (50, (4,) * 50)


def test_a_running_thread_is_warned_of() -> None:
    frame = posts(*thread("a", 9, 30, gap=0.03, platform="douyin"), *thread("old", -20, 30), *thread("small", 9, 5))
    told = warnings(frame, at(10), NO_BURSTS, AT_300)
    assert list(told.columns) == COLUMNS
    assert told[["kind", "what", "platform", "started", "age", "so_far"]].values.tolist() == [
        ["thread", "根 a", "douyin", at(9), 1.0, 30]
    ]
    assert 30 < told["low"][0] < told["size"][0] < told["high"][0]
    assert 0 < told["reach"][0] < 1


def test_small_threads_are_told_once_there_is_a_past_of_their_own() -> None:
    rows = [row for number in range(ENOUGH) for row in thread(f"t{number}", number, 4)]
    frame = posts(*rows, *thread("now", 999, 4))
    told = warnings(frame, at(1000.5), NO_BURSTS, AT_300)
    assert told["what"].tolist() == ["根 now"]
    assert told["size"][0] == pytest.approx(4, abs=1)
    assert told["reach"][0] < 0.01


def test_a_running_burst_is_an_event_and_a_finished_one_is_not() -> None:
    frame = posts(*({"hour": 3 + n / 5, "sentiment": "negative" if n % 2 else "neutral"} for n in range(10)))
    told = warnings(frame, at(5), burst(3, 4), AT_300)
    assert told[["kind", "what", "platform", "started", "so_far"]].values.tolist() == [["posts", "", "", at(3), 10]]
    assert warnings(frame, at(5), burst(3, 4, "negative"), AT_300)["so_far"].tolist() == [5]
    assert warnings(frame, at(5), burst(3, 4, running=False), AT_300).empty
    assert warnings(frame, at(40), burst(3, 40), AT_300).empty  # a day and more old


def test_the_likeliest_stand_first_and_not_too_many() -> None:
    frame = posts(*(row for n in range(MOST_THREADS + 5) for row in thread(f"t{n}", 9, 20 + n, gap=0.02)))
    told = warnings(frame, at(10), NO_BURSTS, AT_300)
    assert len(told) == MOST_THREADS
    assert told["reach"].is_monotonic_decreasing
    assert told["what"].iloc[0] == f"根 t{MOST_THREADS + 4}"


def test_without_posts_that_name_others_nothing_is_warned_of() -> None:
    assert warnings(posts({"hour": 1}, {"hour": 2}), at(9), NO_BURSTS, AT_300).empty


HOURS = np.random.default_rng(5).uniform(0, 60, 60)
WHOLE = posts(
    *({"post_id": f"root{n}", "hour": 12 * n, "text": f"根{n}"} for n in range(4)),
    *({"post_id": f"r{n}", "parent_id": f"root{n % 4}", "hour": hour} for n, hour in enumerate(HOURS)),
)


@settings(max_examples=12)
@given(st.floats(0, 60))
def test_later_rows_change_nothing(cut: float) -> None:
    seen = WHOLE[WHOLE["published_at"] <= at(cut)].reset_index(drop=True)
    event = burst(np.floor(max(cut - 5, 0)), cut)
    pd.testing.assert_frame_equal(warnings(WHOLE, at(cut), event, AT_300), warnings(seen, at(cut), event, AT_300))
