"""Times and counts, each form once, against answers worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts.values import parse_counts, parse_times
from analysis.schema import TIME_DTYPE

RECEIVED = pd.Timestamp("2024-06-10 12:00", tz="Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1710795303", "2024-03-19 04:55:03"),
        ("1710795303000", "2024-03-19 04:55:03"),
        ("2024-03-18 20:55:03+08:00", "2024-03-18 20:55:03"),
        ("2024-03-18T20:55:03Z", "2024-03-19 04:55:03"),
        ("2022-05-03 00:00", "2022-05-03 00:00"),
        ("2022/5/3 8:05", "2022-05-03 08:05"),
        ("Sat Jun 29 12:40:09 +0800 2013", "2013-06-29 12:40:09"),
        ("5月31日 23:54", "2024-05-31 23:54"),
        ("12月31日 23:54", "2023-12-31 23:54"),
        ("2月29日", "2024-02-29"),
        ("2024年3月15日 8时", "2024-03-15 08:00"),
        ("2024年3月15日 8时5分", "2024-03-15 08:05"),
        ("2024年3月15日8點5分", "2024-03-15 08:05"),
        ("昨天 08:30", "2024-06-09 08:30"),
        ("今天08:30", "2024-06-10 08:30"),
        ("前天", "2024-06-08 00:00"),
        ("刚刚", "2024-06-10 12:00"),
        ("3分钟前", "2024-06-10 11:57"),
        ("3小时前", "2024-06-10 09:00"),
        ("2天前", "2024-06-08 12:00"),
        ("45366", "2024-03-15 00:00"),
        ("45366.3368055556", "2024-03-15 08:05"),
        ("2024/3/15 下午 3:05", "2024-03-15 15:05"),
        ("２０２４－０３－１５　０８：０５", "2024-03-15 08:05"),
    ],
)
def test_every_time_of_the_exports(written: str, expected: str) -> None:
    answer = parse_times(pd.Series([written]), RECEIVED)
    assert answer.dtype == TIME_DTYPE
    assert answer[0] == pd.Timestamp(expected, tz="Asia/Shanghai")


@pytest.mark.parametrize(
    "written",
    ["", "-", "昨夜", "2024-02-30", "2024-13-01", "2024-03-15 25:00", "1989-12-31", "2101-01-01", "1.71E+09"],
)
def test_unreadable_and_absurd_times_are_unknown(written: str) -> None:
    assert parse_times(pd.Series([written]), RECEIVED).isna().all()


def test_times_without_year_are_never_after_receipt() -> None:
    january = pd.Timestamp("2024-01-01 00:10", tz="Asia/Shanghai")
    answer = parse_times(pd.Series(["12月31日 23:54", "1月1日 00:10", "1月1日 00:11"]), january)
    assert answer.dt.strftime("%Y-%m-%d").tolist() == ["2023-12-31", "2024-01-01", "2023-01-01"]


def test_receipt_in_another_zone_counts_in_shanghai() -> None:
    utc = pd.Timestamp("2024-06-09 20:00", tz="UTC")
    assert parse_times(pd.Series(["昨天 08:30"]), utc)[0] == pd.Timestamp("2024-06-09 08:30", tz="Asia/Shanghai")


def test_receipt_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tz-aware"):
        parse_times(pd.Series(["刚刚"]), pd.Timestamp("2024-06-10"))


def test_the_index_stays_and_nothing_gives_nothing() -> None:
    assert parse_times(pd.Series(["刚刚", None], index=[7, 3]), RECEIVED).index.tolist() == [7, 3]
    assert parse_times(pd.Series([], dtype="str"), RECEIVED).dtype == TIME_DTYPE


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_no_text_breaks_the_readers(texts: list[str]) -> None:
    values = pd.Series(texts, dtype=object)
    assert len(parse_times(values, RECEIVED)) == len(parse_counts(values)) == len(texts)


@settings(deadline=None)
@given(st.datetimes(min_value=pd.Timestamp("1990-01-02"), max_value=pd.Timestamp("2100-12-30")))
def test_iso_times_come_back(moment: object) -> None:
    moment = pd.Timestamp(moment)  # type: ignore[arg-type]
    answer = parse_times(pd.Series([f"{moment.isoformat()}+08:00"]), RECEIVED)[0]
    assert answer.tz_convert("UTC").tz_localize(None) == moment - pd.Timedelta(hours=8)


def test_every_count_of_the_exports() -> None:
    written = ["69", "1.2万", "3亿", "100+", "10w+", "1,234", "转发", "评论", "赞", "69.0", "１２", "转发 12"]
    expected = [69, 12_000, 300_000_000, 100, 100_000, 1_234, 0, 0, 0, 69, 12, 12]
    answer = parse_counts(pd.Series(written))
    assert answer.dtype == "Int64"
    assert answer.tolist() == expected


@pytest.mark.parametrize("written", ["", "-", "null", "-3", "69.5", "很多", "1.2.3", "9" * 30, None])
def test_counts_that_say_nothing_are_unknown(written: str | None) -> None:
    assert parse_counts(pd.Series([written], dtype=object)).isna().all()
