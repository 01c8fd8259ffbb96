"""Cells to posts: collection times, ids, what could not be read."""

import pandas as pd
import pytest

from analysis.posts.columns import posts_of
from analysis.schema import COLUMNS

RECEIVED = pd.Timestamp("2025-10-10 12:30", tz="Asia/Shanghai")
EXPORTED = pd.Timestamp("2025-10-09 18:20", tz="Asia/Shanghai")


def cells(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype="str")


def shown(times: pd.Series) -> list[str]:
    return times.dt.strftime("%Y-%m-%d %H:%M").fillna("").tolist()


def collected(frame: pd.DataFrame, exported_at: pd.Timestamp | None) -> list[str]:
    return shown(posts_of(frame, "", "", exported_at, RECEIVED).posts["collected_at"])


def test_every_column_is_there_with_its_dtype() -> None:
    found = posts_of(cells(text=["文"], published_at=["2025-10-08"]), "weibo", "", None, RECEIVED)
    assert {name: str(dtype) for name, dtype in found.posts.dtypes.items()} == {c.name: c.dtype for c in COLUMNS}
    assert found.posts["platform"].tolist() == ["weibo"]
    empty = posts_of(cells(text=[], published_at=[]), "", "", None, RECEIVED)
    assert [str(dtype) for dtype in empty.posts.dtypes] == [column.dtype for column in COLUMNS]
    assert (len(empty.has_id), empty.unread.columns.tolist()) == (0, ["published_at"])


def test_a_row_was_collected_when_it_says_else_when_the_file_was_exported() -> None:
    frame = cells(
        published_at=["2025-10-08 09:00", "2025-10-08 09:00", "2025-10-09 18:10", "bad"],
        collected_at=["2025-10-08 11:45", "", "", ""],
    )
    assert collected(frame, EXPORTED) == [
        "2025-10-08 11:45",
        "2025-10-09 18:00",
        "2025-10-09 18:10",
        "2025-10-09 18:00",
    ]


def test_without_export_time_the_last_post_that_was_there_tells() -> None:
    frame = cells(published_at=["2025-10-08 09:00", "2025-10-09 10:20", "2099-01-01 00:00"])
    assert collected(frame, None) == ["2025-10-09 10:00", "2025-10-09 10:20", "2099-01-01 00:00"]
    assert collected(cells(published_at=["bad"]), None) == ["2025-10-10 12:00"]


def test_no_file_was_exported_after_it_was_received() -> None:
    end_of_day = pd.Timestamp("2025-10-10 23:59:59", tz="Asia/Shanghai")
    assert collected(cells(published_at=["2025-10-08 09:00"]), end_of_day) == ["2025-10-10 12:00"]


def test_times_without_a_day_count_from_the_collection_else_the_export_else_the_receipt() -> None:
    frame = cells(published_at=["3小时前", "昨天 08:30", "10月9日 20:00"], collected_at=["2025-10-08 11:45", "", ""])
    exported = posts_of(frame, "", "", EXPORTED, RECEIVED).posts
    assert shown(exported["published_at"]) == ["2025-10-08 08:45", "2025-10-08 08:30", "2024-10-09 20:00"]
    received = posts_of(frame, "", "", None, RECEIVED).posts
    assert shown(received["published_at"]) == ["2025-10-08 08:45", "2025-10-09 08:30", "2025-10-09 20:00"]


def test_what_holds_something_that_cannot_be_read_is_unread() -> None:
    frame = cells(
        published_at=["2025-10-08", "何时", "-"],
        collected_at=["", "昨夜", "2025-10-08"],
        likes=["1.2万", "很多", "null"],
        reads=["", "-3", " "],
    )
    unread = posts_of(frame, "", "", None, RECEIVED).unread
    assert unread.columns.tolist() == ["published_at", "collected_at", "likes", "reads"]
    assert all(unread[name].tolist() == [False, True, False] for name in unread)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5013380437903744", "5013380437903744"),
        (" O1xyz ", "O1xyz"),
        ('="5013380437903744"', "5013380437903744"),
        ("'5013380437903744", "5013380437903744"),
        ("5013380437903744.0", "5013380437903744"),
        ("5.01338E+15", ""),
        ("null", ""),
        ("0", ""),
        ("12", "12"),
    ],
)
def test_ids(written: str, read: str) -> None:
    found = posts_of(cells(text=["文"], post_id=[written]), "", "", None, RECEIVED)
    assert found.has_id.tolist() == [read != ""]
    assert found.posts["post_id"][0] == (read or found.posts["post_id"][0])
    assert len(found.posts["post_id"][0]) == (len(read) or 16)


def test_a_guessed_id_that_numbers_rows_is_none() -> None:
    frame = cells(text=["一", "二"], post_id=["12", "5013380437903744"])
    assert posts_of(frame, "", "id", None, RECEIVED).has_id.tolist() == [False, True]
    assert posts_of(frame, "", "", None, RECEIVED).has_id.tolist() == [True, True]


def test_made_ids_differ_by_platform_author_time_and_text() -> None:
    frame = cells(
        platform=["微博", "抖音", "微博", "微博", "微博", "微博"],
        author=["甲", "甲", "乙", "甲", "甲", "甲"],
        published_at=["2025-10-08"] * 3 + ["2025-10-09"] + ["2025-10-08"] * 2,
        text=["文"] * 4 + ["别", "文"],
    )
    ids = posts_of(frame, "", "", None, RECEIVED).posts["post_id"].tolist()
    assert ids[5] == ids[0]
    assert len(set(ids[:5])) == 5


def test_the_title_stands_in_for_a_text_of_nothing_and_texts_stay_as_they_came() -> None:
    frame = cells(text=[" 文 ", "\u200b\u3000\n", "", "😀", "\u201c引\u201d"], title=["题", "题", "\ufeff", "", ""])
    assert posts_of(frame, "", "", None, RECEIVED).posts["text"].tolist() == [" 文 ", "题", "", "😀", "\u201c引\u201d"]


def test_words_for_nothing_are_nothing() -> None:
    posts = posts_of(
        cells(author=["NULL", " - ", "nan", "甲 "], parent_id=["0", "None", "7", ""]), "", "", None, RECEIVED
    ).posts
    assert posts["author"].tolist() == ["", "", "", "甲"]
    assert posts["parent_id"].tolist() == ["", "", "7", ""]
