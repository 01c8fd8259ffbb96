"""Laws of reading: any bytes, any order of rows, any text."""

import csv
import io

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.posts.read import read
from analysis.schema import InputError

RECEIVED = pd.Timestamp("2024-06-10 12:30", tz="Asia/Shanghai")
HEADER = "发布时间,平台,作者,正文"


def csv_bytes(*rows: list[str], encoding: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode(encoding)


TEXTS = st.text(alphabet=st.sampled_from('甲乙a,"\n\r\t;| 😀，'), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6, unique=True), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_texts_written_come_back(texts: list[str], encoding: str) -> None:
    rows = [[f"2024-03-15 08:0{number}", "微博", f"甲{number}", text] for number, text in enumerate(texts)]
    posts, report = read(csv_bytes(HEADER.split(","), *rows, encoding=encoding), "x.csv", RECEIVED)
    assert posts["text"].tolist() == texts
    assert report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows


ROWS = [
    "500001,2024-03-15 08:05,微博,甲,一,3,2024-03-16",
    "500001,2024-03-15 08:05,微博,甲,二,9,2024-03-16",
    "500001,2024-03-15 08:05,微博,甲,二,,2024-03-17",
    ",2024-03-15 08:05,微博,甲,三,1,",
    ",2024-03-15 08:05:40,微博,甲,三,,",
    ",坏,微博,甲,四,1,",
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(ROWS))
def test_the_order_of_the_rows_does_not_matter(rows: list[str]) -> None:
    header = "note_id,发布时间,平台,作者,正文,转发数,采集时间"
    expected, _ = read("\n".join([header, *ROWS]).encode(), "x.csv", RECEIVED)
    posts, report = read("\n".join([header, *rows]).encode(), "x.csv", RECEIVED)
    pd.testing.assert_frame_equal(
        posts.sort_values("post_id", ignore_index=True), expected.sort_values("post_id", ignore_index=True)
    )
    assert (report.good, len(report.set_aside), report.duplicates) == (2, 1, 3)


@given(st.binary(max_size=200))
@example(b"\xff\xfea")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@settings(max_examples=80, deadline=None)
def test_any_bytes_give_a_frame_or_a_message(data: bytes) -> None:
    for content in (data, f"{HEADER}\n2024-03-15,".encode() + data):
        try:
            posts, report = read(content, "x.csv", RECEIVED)
        except InputError as error:
            assert str(error)
        else:
            assert report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows
            assert len(posts) == report.good + len(report.repaired)
