"""Which rows are one post, what remains, and the history of counters; frames small enough to do by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts import duplicates, strings
from analysis.posts.duplicates import COUNTERS, history, keys, merged
from analysis.schema import COLUMNS

ZONE = "Asia/Shanghai"


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    """Posts of 15 March 2024, 08:05, collected on the 16th, with these differences."""
    usual = {"post_id": "1", "platform": "weibo", "author": "甲", "text": "文", "published_at": "2024-03-15 08:05"}
    filled = [{"collected_at": "2024-03-16"} | usual | row for row in rows]
    columns = {}
    for column in COLUMNS:
        values = [row.get(column.name, "" if column.dtype == "str" else None) for row in filled]
        if column.dtype.startswith("datetime"):
            columns[column.name] = (
                pd.Series(pd.to_datetime(values, format="ISO8601")).dt.tz_localize(ZONE).astype(column.dtype)
            )
        else:
            columns[column.name] = pd.Series(values, dtype=column.dtype)
    return pd.DataFrame(columns)


def groups(posts: pd.DataFrame, *has_id: bool) -> list[int]:
    """Which number has each row's post, in the order in which they appear?"""
    return pd.factorize(keys(posts, pd.Series(has_id, index=posts.index)))[0].tolist()


def test_an_id_counts_on_its_platform() -> None:
    posts = frame({}, {"text": "别"}, {"platform": "news"}, {"post_id": "2"}, {})
    assert groups(posts, True, True, True, True, True) == [0, 0, 1, 2, 0]


def test_without_id_author_minute_and_text_count() -> None:
    posts = frame(
        {"post_id": "a", "published_at": "2024-03-15 08:05:01"},
        {"post_id": "b", "published_at": "2024-03-15 08:05:59"},
        {"post_id": "c", "published_at": "2024-03-15 08:06:00"},
        {"post_id": "d", "author": "乙"},
        {"post_id": "e", "text": "别"},
        {"post_id": "f", "text": "别"},
        {"post_id": "g", "platform": "news"},
    )
    assert groups(posts, *[False] * 7) == [0, 0, 1, 2, 3, 3, 4]


def test_a_row_with_id_is_never_one_without() -> None:
    assert groups(frame({}, {}, {}), True, False, True) == [0, 1, 0]


def test_cells_that_run_together_are_not_the_same() -> None:
    posts = frame(
        {"author": "ab", "text": "c"}, {"author": "a", "text": "bc"}, {"author": "a" * 65 + "b"}, {"author": "a" * 66}
    )
    assert groups(posts, *[False] * 4) == [0, 1, 2, 3]


def test_long_ids_that_differ_in_the_middle_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    long = ["x" * 80 + middle + "y" * 80 for middle in "ab"]
    assert groups(frame({"post_id": long[0]}, {"post_id": long[1]}, {"post_id": long[0]}), True, True, True) == [
        0,
        1,
        0,
    ]
    monkeypatch.setattr(duplicates, "hashed", lambda array: strings.hashed(array) * 0)
    posts = frame({"post_id": "1"}, {"post_id": "2"}, {"post_id": "1"}, {"post_id": "3", "author": "乙"})
    assert groups(posts, True, True, True, True) == [0, 1, 0, 2]
    assert groups(posts, False, False, False, False) == [0, 0, 0, 1]


def test_the_highest_counters_and_the_row_collected_last_remain() -> None:
    posts = frame(
        {"text": "旧", "likes": 9, "reads": None, "collected_at": "2024-03-16"},
        {"post_id": "2", "likes": 7},
        {"text": "新", "likes": 5, "comments": 0, "collected_at": "2024-03-17", "title": "题"},
    )
    left = merged(posts, keys(posts, pd.Series([True] * 3)))
    assert left.index.tolist() == [1, 2]
    assert left["text"].tolist() == ["文", "新"]
    assert left["likes"].tolist() == [7, 9]
    assert left["comments"].tolist() == [pd.NA, 0]
    assert left["reads"].isna().all()
    assert left.dtypes.tolist() == posts.dtypes.tolist()


def test_nothing_repeated_changes_nothing() -> None:
    posts = frame({}, {"post_id": "2"})
    key = keys(posts, pd.Series([True, True]))
    assert merged(posts, key) is posts
    assert history(posts, key).empty
    assert history(posts, key).columns.tolist() == ["post_id", "platform", "collected_at", *COUNTERS]
    empty = posts.iloc[:0]
    assert merged(empty, keys(empty, pd.Series([], dtype=bool))).empty


CELLS = st.fixed_dictionaries(
    {
        "post_id": st.sampled_from(["1", "2"]),
        "text": st.sampled_from(["文", "别", "文别"]),
        "title": st.sampled_from(["", "题"]),
        "author_verified": st.sampled_from([True, False, None]),
        "likes": st.sampled_from([1, 2, None]),
        "collected_at": st.sampled_from(["2024-03-16", "2024-03-17"]),
    }
)


@settings(deadline=None, max_examples=40)
@given(st.data(), st.lists(CELLS, min_size=1, max_size=8))
def test_the_order_of_the_rows_does_not_matter(data: st.DataObject, rows: list[dict[str, object]]) -> None:
    def result(of: list[dict[str, object]]) -> tuple[pd.DataFrame, pd.DataFrame]:
        posts = frame(*of)
        key = keys(posts, pd.Series([True] * len(of)))
        return merged(posts, key).sort_values("post_id", ignore_index=True), history(posts, key)

    (left, seen), (other_left, other_seen) = result(rows), result(data.draw(st.permutations(rows)))
    pd.testing.assert_frame_equal(left, other_left)
    pd.testing.assert_frame_equal(seen, other_seen)
    highest = frame(*rows).groupby("post_id")["likes"].max()
    assert left.set_index("post_id")["likes"].equals(highest)


def test_counters_have_a_history_where_a_post_was_seen_at_several_times() -> None:
    posts = frame(
        {"post_id": "2", "likes": 8, "collected_at": "2024-03-17"},
        {"post_id": "2", "likes": 3, "reads": 10, "collected_at": "2024-03-16"},
        {"post_id": "2", "likes": 4, "collected_at": "2024-03-16"},
        {"post_id": "1", "likes": 1},
        {"post_id": "1", "likes": 2},
        {"post_id": "3", "likes": 5},
        {"post_id": "9", "platform": "douyin", "likes": 1},
        {"post_id": "9", "platform": "douyin", "likes": None, "collected_at": "2024-03-18"},
    )
    seen = history(posts, keys(posts, pd.Series([True] * 8)))
    assert seen["post_id"].tolist() == ["9", "9", "2", "2"]
    assert seen["platform"].tolist() == ["douyin", "douyin", "weibo", "weibo"]
    assert seen["collected_at"].dt.day.tolist() == [16, 18, 16, 17]
    assert seen["likes"].tolist() == [1, pd.NA, 4, 8]
    assert seen["reads"].tolist() == [pd.NA, pd.NA, 10, pd.NA]
    assert seen["likes"].dtype == "Int64"


def test_a_history_names_the_post_as_the_row_that_remains() -> None:
    posts = frame(
        {"post_id": "a", "published_at": "2024-03-15 08:05:01", "likes": 1},
        {"post_id": "b", "published_at": "2024-03-15 08:05:30", "likes": 2, "collected_at": "2024-03-17"},
    )
    key = keys(posts, pd.Series([False, False]))
    assert merged(posts, key)["post_id"].tolist() == ["b"]
    assert history(posts, key)["post_id"].tolist() == ["b", "b"]
