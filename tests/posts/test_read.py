"""Bytes in, posts and a report out; bad input gives a clear message, never a trace."""

import csv
import io
import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.posts.read import Choices, read, read_many
from analysis.posts.report import ImportReport
from analysis.schema import COLUMNS, InputError

RECEIVED = pd.Timestamp("2024-06-10 12:30", tz="Asia/Shanghai")
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "exports" / "mediacrawler_weibo.csv"
HEADER = "发布时间,平台,作者,正文"


def csv_bytes(*rows: list[str], encoding: str = "utf-8", separator: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def xlsx_bytes(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def adds_up(report: ImportReport) -> bool:
    return report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows


def refusal(data: bytes, name: str = "x.csv") -> str:
    with pytest.raises(InputError) as caught:
        read(data, name, RECEIVED)
    return str(caught.value)


def test_the_frame_has_the_columns_and_dtypes_of_the_schema() -> None:
    posts, report = read(lines("2024-03-15 08:05,微博,甲,乙"), "x.csv", RECEIVED)
    assert {name: str(dtype) for name, dtype in posts.dtypes.items()} == {c.name: c.dtype for c in COLUMNS}
    assert list(posts.columns) == [column.name for column in COLUMNS]
    assert not posts[[column.name for column in COLUMNS if column.dtype == "str"]].isna().any().any()
    assert posts["collected_at"][0] == posts["published_at"][0]
    assert (report.format, report.encoding, report.dialect, report.rows) == ("csv", "utf-8", ",", 1)


def test_rows_are_sorted_and_equal_times_keep_their_order() -> None:
    posts, _ = read(
        lines("2024-03-15 09:00,,甲,3", "2024-03-15 08:00,,甲,1", "2024-03-15 08:00,,甲,2"), "x.csv", RECEIVED
    )
    assert posts["text"].tolist() == ["1", "2", "3"]
    assert posts.index.tolist() == [0, 1, 2]


def test_rows_that_cannot_be_read_are_set_aside_with_number_and_reason() -> None:
    data = lines(
        "2024-03-15,,甲,好",
        "何时,,甲,a",
        "2024-03-15,,甲,  ",
        "2024-03-15,甲",
        '2024-03-15,,甲,"两\n行"',
        "坏,,,b",
    )
    posts, report = read(data, "x.csv", RECEIVED)
    assert sorted(posts["text"]) == ["两\n行", "好"]
    assert [aside.row for aside in report.set_aside] == [3, 4, 5, 8]
    assert report.set_aside[0].raw == "何时,,甲,a"
    assert adds_up(report)
    said = report.as_json("en")
    assert said["set_aside"] == 4
    assert said["reasons"] == {
        "No time could be read in this row": 2,
        "The row has neither text nor title": 1,
        "The row has 2 cells, the header has 4": 1,
    }


def test_a_stray_quote_is_text_of_its_row_and_swallows_none_of_the_rows_after_it() -> None:
    posts, report = read(lines('2024-03-15,,甲,"坏', "2024-03-15,,甲,好", "2024-03-15,,甲,也好"), "x.csv", RECEIVED)
    assert posts["text"].tolist() == ['"坏', "好", "也好"]
    assert [(repair.row, str(repair.what)[:11]) for repair in report.repaired] == [(2, "A quotation")]
    assert (report.good, report.rows) == (2, 3)


def test_a_cut_file_loses_its_last_row_and_says_so() -> None:
    data = lines("2024-03-15,,甲,一二", "2024-03-15,,甲,三四").rstrip(b"\n")[:-1]
    posts, report = read(data, "x.csv", RECEIVED)
    assert posts["text"].tolist() == ["一二"]
    assert str(report.set_aside[0].reason) == "The file ends in the middle of this row"


def test_the_title_stands_in_for_a_missing_text() -> None:
    posts, _ = read("发布时间,标题,正文\n2024-03-15,题,\n2024-03-16,题,文\n".encode(), "x.csv", RECEIVED)
    assert posts["text"].tolist() == ["题", "文"]
    assert posts["title"].tolist() == ["题", "题"]


def test_emoji_are_a_text_and_future_posts_are_kept() -> None:
    posts, report = read(lines("2099-01-01,,甲,😀"), "x.csv", RECEIVED)
    assert posts["text"].tolist() == ["😀"]
    assert posts["collected_at"][0] == posts["published_at"][0]
    assert report.good == 1


def test_the_same_id_counts_once_with_the_highest_counters_and_latest_collection() -> None:
    header = "note_id,发布时间,平台,正文,转发数,点赞数,采集时间"
    rows = ["500001,2024-03-15,微博,旧,9,,2024-03-16", "500001,2024-03-15,微博,新,8,5,2024-03-17"]
    posts, report = read(lines(*rows, "500001,2024-03-15,抖音,别处,1,1,", header=header), "x.csv", RECEIVED)
    weibo = posts[posts["platform"] == "weibo"].iloc[0]
    assert (weibo["post_id"], weibo["text"], weibo["reposts"], weibo["likes"]) == ("500001", "新", 9, 5)
    assert weibo["collected_at"] == pd.Timestamp("2024-03-17", tz="Asia/Shanghai")
    assert (report.good, report.duplicates) == (2, 1)


def test_without_id_the_same_author_minute_and_text_count_once() -> None:
    rows = [
        "2024-03-15 08:05:01,微博,甲,同",
        "2024-03-15 08:05:59,微博,甲,同",
        "2024-03-15 08:05:01,微博,乙,同",
    ]
    posts, report = read(lines(*rows, "2024-03-15 08:06,微博,甲,同"), "x.csv", RECEIVED)
    assert (len(posts), report.duplicates) == (3, 1)
    assert posts["post_id"].is_unique


def test_running_numbers_and_rounded_ids_are_no_ids() -> None:
    first = lines("1,2024-03-15,甲", "2,2024-03-15,乙", header="id,时间,正文")
    second = lines("1,2024-03-15,丙", "5.01338E+15,2024-03-15,丁", "5.01338E+15,2024-03-15,戊", header="id,时间,正文")
    posts = read_many([("a.csv", first), ("b.csv", second)], RECEIVED).posts
    assert sorted(posts["text"]) == sorted("甲乙丙丁戊")
    chosen, _ = read(first, "a.csv", RECEIVED, {"post_id": "id"})
    assert chosen["post_id"].tolist() == ["1", "2"]


def test_files_together_count_a_post_for_the_first_of_them() -> None:
    first = lines("2024-03-15,微博,甲,一", "2024-03-16,微博,甲,二")
    second = lines("2024-03-16,微博,甲,二", "2024-03-17,微博,甲,三")
    found = read_many([("a.csv", first), ("b.csv", second)], RECEIVED)
    posts, (one, two) = found.posts, found.reports
    assert posts["text"].tolist() == ["一", "二", "三"]
    assert (one.good, one.duplicates, two.good, two.duplicates) == (2, 0, 1, 1)
    assert adds_up(one) and adds_up(two)


def test_no_files_and_a_bad_one_among_them() -> None:
    found = read_many([], RECEIVED)
    posts, reports = found.posts, found.reports
    assert (len(posts), reports) == (0, ())
    assert str(posts["published_at"].dtype) == "datetime64[us, Asia/Shanghai]"
    with pytest.raises(InputError, match=r"b\.csv"):
        read_many([("a.csv", lines("2024-03-15,,甲,一")), ("b.csv", "标题\n甲\n".encode())], RECEIVED)


def test_a_mapping_belongs_to_its_file() -> None:
    data = "何时,何言\n2024-03-15,甲\n".encode()
    posts = read_many([("a.csv", data)], RECEIVED, {"a.csv": Choices({"published_at": "何时", "text": "何言"})}).posts
    assert posts["text"].tolist() == ["甲"]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_separators(separator: str, encoding: str) -> None:
    rows = [HEADER.split(","), ["2024-03-15", "微博", "甲", "排队，很久; 真的, 是|的"]]
    data = csv_bytes(*rows, encoding=encoding, separator=separator)
    posts, report = read(data, "x.csv", RECEIVED)
    assert posts["text"].tolist() == [rows[1][3]]
    assert report.encoding == encoding.replace("utf-16", "utf-16-le")  # as this machine writes it, with a mark
    assert report.dialect == separator.replace("\t", "tab")


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_workbooks_by_content_whatever_their_name(name: str) -> None:
    row = [pd.Timestamp("2024-03-15 08:05").to_pydatetime(), "甲", "文", 12, 5013380437903744]
    data = xlsx_bytes(["发布时间", "作者", "正文", "转发数", "note_id"], row, [45366.5, "乙", "文", None, "7347001"])
    posts, report = read(data, name, RECEIVED)
    assert posts["published_at"].dt.strftime("%Y-%m-%d %H:%M").tolist() == [
        "2024-03-15 08:05",
        "2024-03-15 12:00",
    ]
    assert posts["reposts"].tolist() == [12, pd.NA]
    assert (report.format, report.encoding) == ("xlsx", "")
    assert posts["post_id"][1] == "7347001"
    assert posts["post_id"][0] != "5013380437903744"  # Excel keeps 15 digits


def test_the_sheet_with_the_posts_is_found_and_rows_are_numbered_as_in_excel() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "说明"
    sheet = book.create_sheet("数据")
    for row in (["舆情导出"], ["发布时间", "正文"], ["2024-03-15", "甲"], ["坏", "乙"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    posts, report = read(file.getvalue(), "x.xlsx", RECEIVED)
    assert posts["text"].tolist() == ["甲"]
    assert [aside.row for aside in report.set_aside] == [4]


def test_a_csv_named_xlsx_is_read_and_junk_named_xlsx_is_refused() -> None:
    assert read(lines("2024-03-15,,甲,一"), "x.xlsx", RECEIVED)[1].format == "csv"
    assert "neither a workbook nor text" in refusal(bytes(range(256)) * 4, "x.xlsx")
    assert "damaged" in refusal(b"PK\x03\x04" + b"x" * 100, "x.xlsx")


def test_bad_input_is_refused_with_the_remedy() -> None:
    assert "is empty" in refusal(b"")
    assert "is empty" in refusal(b"\xef\xbb\xbf\r\n")
    assert "no rows under it. Its columns: 发布时间, 平台, 作者, 正文" in refusal(lines())
    assert "neither a workbook nor text" in refusal(bytes(range(256)) * 4)
    assert "it begins with <html" in refusal(b"<html><table><tr><td>1</td></tr></table></html>")


def test_one_row_and_a_cell_of_ten_megabytes() -> None:
    text = "医" * 3_500_000
    posts, report = read(csv_bytes(["时间", "正文"], ["2024-03-15", text]), "x.csv", RECEIVED)
    assert posts["text"][0] == text
    assert report.rows == 1


def test_all_rows_set_aside_gives_an_empty_frame_and_the_reasons() -> None:
    posts, report = read(lines("坏,,甲,一"), "x.csv", RECEIVED)
    assert (len(posts), report.good, report.first, len(report.set_aside)) == (0, 0, None, 1)
    assert posts.dtypes.astype(str).to_dict() == {column.name: column.dtype for column in COLUMNS}


def test_damaged_workbooks_give_a_frame_or_a_message() -> None:
    sound = xlsx_bytes(["发布时间", "正文"], ["2024-03-15", "甲"])
    dice = random.Random(1)
    for _ in range(8):
        data = bytearray(sound)
        for place in dice.sample(range(len(data)), 8):
            data[place] = dice.randrange(256)
        try:
            assert adds_up(read(bytes(data), "x.xlsx", RECEIVED)[1])
        except InputError as error:
            assert str(error)


def test_a_real_export() -> None:
    if not REAL.exists():
        pytest.skip(f"the real export is not here: {REAL}")
    posts, report = read(REAL.read_bytes(), REAL.name, pd.Timestamp("2026-11-21", tz="Asia/Shanghai"))
    assert (report.rows, report.good, report.encoding) == (326, 326, "utf-8-sig")
    assert set(posts["platform"]) == {"weibo"}
    assert posts[["reposts", "comments", "likes"]].notna().all().all()
    assert (posts["collected_at"] >= posts["published_at"]).all()
