"""Forms of time beyond the usual ones, whole columns, and the time in a file's name."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts.values import parse_times, time_in_name

RECEIVED = pd.Timestamp("2025-10-08 12:00", tz="Asia/Shanghai")


def read(*written: str) -> list[str]:
    """What is read of these cells of one column, at +08:00 also in the summers of 1990? "" = unreadable."""
    times = parse_times(pd.Series(written, dtype="str"), RECEIVED)
    return (times.dt.tz_convert("UTC") + pd.Timedelta(hours=8)).dt.strftime("%Y-%m-%d %H:%M:%S").fillna("").tolist()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-10-08T01:00:00Z", "2025-10-08 09:00:00"),
        ("2025-10-08T09:05:03.250+08:00", "2025-10-08 09:05:03"),
        ("2025-10-08 09:05:03+08", "2025-10-08 09:05:03"),
        ("2025-10-08 01:05 UTC", "2025-10-08 09:05:00"),
        ("2025-10-07 20:35:00 -0430", "2025-10-08 09:05:00"),
        ("2025-10-08 24:00", "2025-10-09 00:00:00"),
        ("2025-12-31 24:00:00", "2026-01-01 00:00:00"),
        ("25-10-08 09:00", "2025-10-08 09:00:00"),
        ("25/10/8", "2025-10-08 00:00:00"),
        ("25年10月8日", "2025-10-08 00:00:00"),
        ("12年10月8日 9时", "2012-10-08 09:00:00"),
        ("2025-10-08 周三 09:05", "2025-10-08 09:05:00"),
        ("2025年10月8日 星期三", "2025-10-08 00:00:00"),
        ("周三 2025-10-08 09:05", "2025-10-08 09:05:00"),
        ("2025-10-08(周三)09:05", "2025-10-08 09:05:00"),
        ("2025年10月8号 9点5分", "2025-10-08 09:05:00"),
        ("2025/10/8 晚上8:05", "2025-10-08 20:05:00"),
        ("2025/10/8 凌晨 3:05", "2025-10-08 03:05:00"),
        ("2025/10/8 中午11:30", "2025-10-08 11:30:00"),
        ("2025/10/8 12:30 AM", "2025-10-08 00:30:00"),
        ("20251008T090503", "2025-10-08 09:05:03"),
        ("20251008 0905", "2025-10-08 09:05:00"),
        ("Wed, 08 Oct 2025 01:05:03 GMT", "2025-10-08 09:05:03"),
        ("Wed Oct 08 09:05:03 CST 2025", "2025-10-08 09:05:03"),
        ("Oct 8, 2025 9:05 PM", "2025-10-08 21:05:00"),
        ("１０月７日　０９：０５", "2025-10-07 09:05:00"),
        ("'2025-10-08 09:05", "2025-10-08 09:05:00"),
        (" 2025-10-08 09:05 ", "2025-10-08 09:05:00"),
        ("大前天 8:30", "2025-10-05 08:30:00"),
        ("半小时前", "2025-10-08 11:30:00"),
        ("10/13/2025 9:05", "2025-10-13 09:05:00"),
        ("8/8/2025", "2025-08-08 00:00:00"),
    ],
)
def test_forms_of_time(written: str, expected: str) -> None:
    assert read(written) == [expected]


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-31 09:00:00",
        "2025-02-29",
        "2025/2/29 9:05",
        "2025-10-08 24:01",
        "2025-10-08 09:60",
        "2025-10-08 09:05:03 +99:00",
        "2025-10-08-10:00",
        "2025/10/8 晚上12:05",
        "10/8/2025 9:05",
        "10-11-12",
        "15/10/25",
        "08-10-25",
        "50-10-08",
        "2025-10-0809:05:03x",
        "2025-10-08 9:",
        "2025--10-08",
        "1989-12-31 23:59:59",
        "2101-01-01 00:00:00",
        "13812345678",
    ],
)
def test_times_that_could_be_another_or_none_are_not_read(written: str) -> None:
    assert read(written) == [""]


def test_a_column_tells_the_order_of_day_and_month_where_no_row_contradicts() -> None:
    assert read("10/8/2025", "10/25/2025") == ["2025-10-08 00:00:00", "2025-10-25 00:00:00"]
    assert read("10/8/2025", "25/10/2025") == ["2025-08-10 00:00:00", "2025-10-25 00:00:00"]
    assert read("10/8/2025", "25/10/2025", "10/26/2025") == ["", "2025-10-25 00:00:00", "2025-10-26 00:00:00"]
    assert read("25-10-15", "25-10-08") == ["2025-10-15 00:00:00", "2025-10-08 00:00:00"]
    assert read("25-10-15", "08-10-25") == ["", ""]


def test_every_row_counts_from_its_own_reference() -> None:
    reference = pd.Series(pd.to_datetime(["2025-03-01 10:00", "2024-03-01 10:00", None])).dt.tz_localize(
        "Asia/Shanghai"
    )
    written = pd.Series(["昨天 08:30", "昨天 08:30", "昨天 08:30"], dtype="str")
    times = parse_times(written, reference)
    assert times[0] == pd.Timestamp("2025-02-28 08:30", tz="Asia/Shanghai")
    assert times[1] == pd.Timestamp("2024-02-29 08:30", tz="Asia/Shanghai")
    assert pd.isna(times[2])


LOCAL_TIMES = st.datetimes(min_value=pd.Timestamp("1990-01-01"), max_value=pd.Timestamp("2100-12-31 23:59:59"))
FORMS = [
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d",
    "%Y年%m月%d日 %H:%M",
    "%Y-%m-%dT%H:%M:%S+08:00",
    "%Y%m%d%H%M%S",
]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(LOCAL_TIMES, st.sampled_from(FORMS), st.booleans()), max_size=8))
def test_a_column_of_mixed_forms_is_read_row_by_row(rows: list[tuple[pd.Timestamp, str, bool]]) -> None:
    padded = [moment.strftime(form) for moment, form, _bare in rows]
    bare = [
        text.replace("-0", "-").replace("/0", "/") if short else text
        for text, (*_, short) in zip(padded, rows, strict=True)
    ]
    expected = [
        str(pd.to_datetime(text, format=form).tz_localize(None))
        for text, (_m, form, _s) in zip(padded, rows, strict=True)
    ]
    assert read(*bare) == expected


def test_a_slice_of_a_column_is_read_as_the_column_is() -> None:
    days = pd.date_range("1990-01-01", "2100-12-31", freq="7h", unit="us")
    column = pd.Series(days.strftime("%Y-%m-%d %H:%M:%S"), dtype="str")
    answer = parse_times(column.iloc[1000:], RECEIVED)
    assert (answer.dt.tz_convert("UTC").dt.tz_localize(None) + pd.Timedelta(hours=8) == days[1000:]).all()


def test_impossible_days_are_refused_in_every_year() -> None:
    years = np.arange(1990, 2101)
    leap = [(year % 4 == 0) and (year % 100 != 0 or year % 400 == 0) for year in years]
    answer = read(*(f"{year}-02-29 00:00:00" for year in years))
    assert [text != "" for text in answer] == leap


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("weibo_2025-10-08_0900.csv", "2025-10-08 09:00:00"),
        ("舆情20251008.xlsx", "2025-10-08 23:59:59"),
        ("2025年10月8日9时.csv", "2025-10-08 09:00:00"),
        ("2025年10月8日9时30分.csv", "2025-10-08 09:30:00"),
        ("export-20251008153000.csv", "2025-10-08 15:30:00"),
        ("export_20251008_153000(1).csv", "2025-10-08 15:30:00"),
        ("2025.10.08 15-30 微博.csv", "2025-10-08 15:30:00"),
        ("微博２０２５１００８.csv", "2025-10-08 23:59:59"),
        ("2025-10-01至2025-10-08.csv", "2025-10-08 23:59:59"),
        ("数据_2025-10-08_1.csv", "2025-10-08 23:59:59"),
    ],
)
def test_the_time_in_a_name(name: str, expected: str) -> None:
    assert time_in_name(name) == pd.Timestamp(expected, tz="Asia/Shanghai")


@pytest.mark.parametrize(
    "name",
    [
        "10月8日.csv",
        "posts.csv",
        "",
        "20251308.csv",
        "13820251008.csv",
        "uid_5013380437903744.csv",
        "2025.csv",
        "0120251008.csv",
        "202510081.csv",
        "2025-10.csv",
        "v1990.1.csv",
    ],
)
def test_names_without_a_time(name: str) -> None:
    assert time_in_name(name) is None
