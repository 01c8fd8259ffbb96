"""Strings and files that break readers: each comes back unchanged, is set aside, or is refused with a message."""

import csv
import io
import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pandas as pd
import pytest
from naughty_strings import NAUGHTY, SURROGATES, TEXTS

from analysis.posts.read import ImportReport, read
from analysis.schema import InputError, Platform

pytestmark = pytest.mark.timeout(60)
RECEIVED = pd.Timestamp("2024-06-10 12:30", tz="Asia/Shanghai")
HEADER = ["文章ID", "发布时间", "平台", "作者", "标题", "正文", "转发数"]
PLAIN = {"p1": "窗口排队两个小时", "p3": "护士很耐心，谢谢"}
BREAKS = re.compile(r"\r\n|\r")
DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SECONDS = 10
PER_FILE = 25
# Like strings stand in different files: a file full of control characters would rightly pass for no text at all.
FILES = [NAUGHTY[first :: len(NAUGHTY) // PER_FILE + 1] for first in range(len(NAUGHTY) // PER_FILE + 1)]
ORDINARY = 60


def csv_bytes(*rows: list[str], encoding: str = "utf-8", errors: str = "strict") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding, errors)


def row(number: int, text: str = "", **cells: str) -> list[str]:
    post = {"文章ID": f"p{number}", "发布时间": f"2024-03-15 08:0{number}", "平台": "微博", "作者": "甲", "标题": ""}
    post |= {"正文": text or PLAIN.get(f"p{number}", "检查结果出来了"), "转发数": "3"} | cells
    return list(post.values())


def between(*middle: list[str], encoding: str = "utf-8", errors: str = "strict") -> bytes:
    """Which file has these rows between two ordinary ones, and more ordinary ones below?"""
    return csv_bytes(HEADER, row(1), *middle, row(3), *ordinary(), encoding=encoding, errors=errors)


def ordinary() -> list[list[str]]:
    return [row(4, f"第{number}个窗口也要排队，等了很久", 文章ID=f"o{number}") for number in range(ORDINARY)]


def checked(data: bytes, name: str = "x.csv") -> tuple[dict[str, dict[str, object]], ImportReport]:
    """Which posts are read, by id? The report must add up, and ordinary rows that are there be as they were."""
    posts, report = read(data, name, RECEIVED)
    assert report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows
    found = {post["post_id"]: post for post in posts.to_dict("records")}
    assert all(found[key]["text"] == text for key, text in PLAIN.items() if key in found)
    return found, report


def sayable(text: str) -> bool:
    """Is this an ordinary text, if an odd one: something to read, and nothing that only binary files hold?"""
    return bool(re.search(r"[^\W_]", text)) and not DROPPED.search(text)


def same(got: object, text: str) -> bool:
    return BREAKS.sub("\n", str(got)).strip() == BREAKS.sub("\n", text).strip()


@contextmanager
def in_time() -> Iterator[None]:
    """Ten seconds of work, children included; that the machine has other work to do is no failure."""
    began = sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - began < SECONDS


def read_or_refused(data: bytes, name: str = "x.csv") -> ImportReport | None:
    """What does the report say? None after a refusal, which has a message."""
    with in_time():
        try:
            posts, report = read(data, name, RECEIVED)
        except InputError as error:
            assert str(error)
            return None
    assert report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows
    assert len(posts) == report.good + len(report.repaired)
    return report


def wrong_texts(texts: list[str], encoding: str = "utf-8") -> list[object]:
    """Which of these texts, in one file between two ordinary rows, are read as something else or lost?"""
    rows = [row(2, text, 文章ID=f"n{place}") for place, text in enumerate(texts)]
    try:
        found, report = checked(between(*rows, encoding=encoding))
    except InputError as error:
        return [(texts, str(error))]
    repaired = bool(report.repaired)
    wrong: list[object] = [(texts, key) for key in PLAIN if key not in found]
    for place, text in enumerate(texts):
        post = found.get(f"n{place}")
        if post is None and sayable(text):
            wrong.append((text, "lost"))
        if post is not None and not fits(post["text"], text, repaired):
            wrong.append((text, post["text"]))
    lost = [text for place, text in enumerate(texts) if f"n{place}" not in found]
    if len(lost) > len(report.set_aside) + report.duplicates:
        wrong.append((lost, "not set aside"))
    return wrong


def fits(got: object, text: str, repaired: bool) -> bool:
    """Is this the text, or, in a repaired row, the text without the characters that only binary files hold?"""
    told = text.replace("\x00", "\ufffd")
    return same(got, text) or (repaired and (same(got, told) or same(got, DROPPED.sub("", text))))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_from_a_file_of_three_rows(text: str) -> None:
    assert wrong_texts([text]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_every_string_comes_back_as_text_or_is_set_aside(encoding: str) -> None:
    assert [wrong for texts in FILES for wrong in wrong_texts(texts, encoding)] == []


@pytest.mark.parametrize("column", ["标题", "作者"])
def test_every_string_comes_back_as_title_and_author_or_is_unknown(column: str) -> None:
    name, wrong = {"标题": "title", "作者": "author"}[column], []
    for texts in FILES:
        rows = [row(2, f"第{n}条", 文章ID=f"n{n}", **{column: text}) for n, text in enumerate(texts)]
        found, report = checked(between(*rows))
        assert PLAIN.keys() <= found.keys()
        for place, text in enumerate(texts):
            got = found[f"n{place}"][name] if f"n{place}" in found else ""
            if not (got == "" or fits(got, text, bool(report.repaired))):
                wrong.append((text, got))
            if f"n{place}" not in found and sayable(text):
                wrong.append((text, "lost"))
    assert wrong == []


@pytest.mark.parametrize("column", ["平台", "转发数", "发布时间", "文章ID"])
def test_every_string_as_another_cell_leaves_the_other_rows_alone(column: str) -> None:
    for texts in FILES:
        found, _report = checked(between(*(row(2, f"第{n}条", **{column: text}) for n, text in enumerate(texts))))
        assert PLAIN.keys() <= found.keys()
        assert {str(post["platform"]) for post in found.values()} <= set(map(str, Platform))
        read_texts = {str(post["text"]) for post in found.values()}
        assert read_texts <= {f"第{n}条" for n in range(len(texts))} | {*PLAIN.values()} | {
            one[5] for one in ordinary()
        }


def test_every_string_as_a_header_leaves_the_rows_alone() -> None:
    for texts in FILES:
        rows = [[*post, *["甲"] * len(texts)] for post in (row(1), row(2), row(3), *ordinary())]
        found, _report = checked(csv_bytes([*HEADER, *texts], *rows))
        assert {"p1", "p2", "p3"} <= found.keys()
        assert len(found) == 3 + ORDINARY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_half_characters_cost_at_most_their_row(encoding: str) -> None:
    for text in SURROGATES:
        found, _report = checked(between(row(2, text), encoding=encoding, errors="surrogatepass"))
        assert PLAIN.keys() <= found.keys(), text
        assert all(str(post["text"]).encode() for post in found.values())


@pytest.mark.parametrize("text", ["医" * 3_500_000, "a" * 10_000_000, "啊," * 2_500_000, "\n" * 10_000_000 + "好"])
def test_a_cell_of_ten_megabytes_comes_back(text: str) -> None:
    with in_time():
        found, _report = checked(between(row(2, text)))
    assert same(found["p2"]["text"], text)
    assert len(found) == 3 + ORDINARY


@pytest.mark.parametrize(
    "cell", ['"' + "啊" * 3_500_000, '"' * 9_999_999, "," * 10_000_000, "啊\n" * 2_500_000, '",' * 3_000_000]
)
def test_ten_megabytes_written_wrongly_end_in_time(cell: str) -> None:
    data = csv_bytes(HEADER, row(1)) + f"p2,2024-03-15 08:02,微博,甲,,{cell},3\n".encode() + csv_bytes(row(3))
    report = read_or_refused(data)
    assert report is None or report.good <= 2


@pytest.mark.parametrize("column", ["转发数", "发布时间", "平台", "文章ID", "作者"])
def test_a_megabyte_of_digits_in_any_column_ends_in_time(column: str) -> None:
    with in_time():
        found, _report = checked(between(row(2, **{column: "9" * 1_000_000})))
    assert PLAIN.keys() <= found.keys()


def test_five_thousand_columns() -> None:
    more = [f"列{number}" for number in range(5_000)]
    rows = [[*row(number % 10, 文章ID=f"q{number}", 正文=f"第{number}条"), *more] for number in range(50)]
    with in_time():
        posts, report = read(csv_bytes([*HEADER, *more], *rows), "x.csv", RECEIVED)
    assert (len(posts), report.rows) == (50, 50)


def test_a_row_of_five_thousand_cells_among_others_costs_only_itself() -> None:
    found, report = checked(between([*row(2), *["x"] * 5_000]))
    assert PLAIN.keys() <= found.keys()
    assert "p2" not in found or any(one.row == 3 for one in report.repaired)


def test_a_workbook_of_empty_sheets_is_refused() -> None:
    book = openpyxl.Workbook()
    for number in range(200):
        book.create_sheet(f"表{number}")
    file = io.BytesIO()
    book.save(file)
    with in_time(), pytest.raises(InputError):
        read(file.getvalue(), "x.xlsx", RECEIVED)


@pytest.mark.parametrize("mark", [",", '"', "\n", "\r", "\t", " ", ";", "，", "\x00", "\ufeff", ",\n", '"\n', '""\r\n'])
@pytest.mark.parametrize("times", [1, 7, 1_000_000])
def test_a_file_of_one_mark_is_refused(mark: str, times: int) -> None:
    with in_time(), pytest.raises(InputError):
        read((mark * times).encode(), "x.csv", RECEIVED)


def test_a_megabyte_of_random_bytes_is_refused_or_adds_up() -> None:
    data = random.Random(0).randbytes(1_000_000)
    for content in (data, csv_bytes(HEADER, row(1)) + data, b"\xff\xfe" + data, b"PK\x03\x04" + data):
        report = read_or_refused(content)
        assert report is None or report.good <= 1
