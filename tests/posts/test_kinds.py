"""A cell belongs in a column of times, of counts or of links, or it does not."""

import re

import pandas as pd
import pytest
from documents import section

from analysis.posts.kinds import Kind, blank, fits, kind_of, kinds_of
from analysis.posts.values import parse_counts, parse_times

RECEIVED = pd.Timestamp("2025-11-20 12:00", tz="Asia/Shanghai")
SENTENCE = "2024年3月15日，患者在门诊等了3小时"
TIMES = [
    "2022-05-03 00:00",
    "2025-10-08T20:00+08:00",
    "2024-03-18 20:55:03+08:00",
    "Sat Jun 29 12:40:09 +0800 2013",
    "5月31日 23:54",
    "2024年3月15日 8时",
    "２０２４年３月１５日　下午３：２０",
    "昨天 08:30",
    "3小时前",
    "刚刚",
    "25-10-08 8:05",
    "星期五 2024-03-15",
    "2024-03-15 星期五 08:05",
    "20240315 08:05",
    "15 Mar 2024 08:05",
    "45736.5",
    "1714521600",
    "1714521600000",
    "20250320",
    "'2024-03-15",
]
COUNTS = ["12", "0", "1.2万", "100+", "10w+", "1,234", "１２", "转发", "赞", "轉發 12", "3.5亿"]
LINKS = [
    "http://a.cn/x",
    "https://weibo.com/1/Oa?b=c#d",
    "www.people.com.cn",
    "//m.weibo.cn/detail/5",
    "weibo.com/1/Oa",
    "https://a.cn/1.jpg,https://a.cn/2.jpg",
]


@pytest.mark.parametrize("cell", TIMES)
def test_times_fit_times(cell: str) -> None:
    assert fits(cell, Kind.TIME) and not fits(cell, Kind.URL)
    assert fits(cell, Kind.FREE) and fits(cell, Kind.EMPTY)


@pytest.mark.parametrize("cell", COUNTS)
def test_counts_fit_counts(cell: str) -> None:
    assert fits(cell, Kind.COUNT) and not fits(cell, Kind.TIME) and not fits(cell, Kind.URL)


@pytest.mark.parametrize("cell", LINKS)
def test_links_fit_links(cell: str) -> None:
    assert fits(cell, Kind.URL) and not fits(cell, Kind.TIME) and not fits(cell, Kind.COUNT)


@pytest.mark.parametrize(
    "cell",
    [
        SENTENCE,
        "转发微博",
        "转发数",
        "小李",
        "Oa1",
        "12:30",
        "2024-13-40",
        "//@小李:好",
        "见 http://a.cn/x",
        "12 元钱",
        "5" * 70,
    ],
)
def test_other_text_fits_none_of_them(cell: str) -> None:
    assert [kind for kind in (Kind.TIME, Kind.COUNT, Kind.URL) if fits(cell, kind)] == []


@pytest.mark.parametrize("cell", ["", "  ", "-", "--", "null", "NaN", "None", "无", "\\N", "\ufeff"])
def test_blank_cells_and_words_for_unknown_fit_every_kind(cell: str) -> None:
    assert blank(cell) and all(fits(cell, kind) for kind in Kind)


def test_every_form_that_the_documents_promise_fits() -> None:
    cells = re.findall(r"^\| [^|]+ \| (`.+`) \|$", section("docs/data.md", "## Times"), re.M)
    times = [form for cell in cells for form in re.findall(r"`([^`]+)`", cell)]
    counts = re.findall(r"`([^`]+)`", section("docs/data.md", "## Counts").split("Empty, ")[0])
    assert len(times) > 15 and [form for form in times if not fits(form, Kind.TIME)] == []
    assert len(counts) > 8 and [form for form in counts if not fits(form, Kind.COUNT)] == []


def test_what_fits_here_is_what_the_values_read() -> None:
    assert parse_times(pd.Series(TIMES, dtype="str"), RECEIVED).notna().tolist() == [True] * len(TIMES)
    assert parse_counts(pd.Series(COUNTS, dtype="str")).notna().tolist() == [True] * len(COUNTS)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["", " ", "-"], Kind.EMPTY),
        (["2024-03-15", "刚刚", "5月31日 23:54"], Kind.TIME),
        (["2024-03-15", "2024-03-16", ""], Kind.FREE),
        (["12", "转发", "1.2万", ""], Kind.COUNT),
        (["1710795303", "1710795304", "1710795305"], Kind.TIME),
        (["1710795303000", "1710795304000", "1710795305000"], Kind.TIME),
        (["45736.5", "45737.25", "45738"], Kind.TIME),
        (["45736", "45737", "45738"], Kind.COUNT),
        (["20250320", "20250321", "20251231"], Kind.TIME),
        (["20250320", "20250321", "99"], Kind.COUNT),
        (["4013380437903744", "4013380437903745", "4013380437903746"], Kind.FREE),
        (["https://a.cn/1", "www.b.cn", "//c.cn/1"], Kind.URL),
        (["门诊", "12", "2024-03-15"], Kind.FREE),
    ],
)
def test_the_kind_of_a_column(cells: list[str], expected: Kind) -> None:
    assert kind_of(cells) is expected


def test_one_cell_in_ten_may_be_damaged_and_two_may_not() -> None:
    good = [f"2024-03-{day:02d}" for day in range(1, 11)]
    assert kind_of([*good[:9], "坏"]) is Kind.TIME
    assert kind_of([*good[:8], "坏", "坏"]) is Kind.FREE


def test_kinds_of_rows_of_which_one_is_short() -> None:
    rows = [["2024-03-15", "3", "甲"], ["2024-03-16", "4"], ["2024-03-17", "5", "乙"], ["2024-03-18", "6", "丙"]]
    assert kinds_of(rows, 3) == (Kind.TIME, Kind.COUNT, Kind.FREE)
    assert kinds_of([], 2) == (Kind.EMPTY, Kind.EMPTY)


def test_a_cell_of_ten_megabytes_is_no_time_at_once() -> None:
    assert not any(
        fits(cell, kind)
        for cell in ("1" * 10_000_000, " " * 9 + "排" * 10_000_000)
        for kind in (Kind.TIME, Kind.COUNT, Kind.URL)
    )
