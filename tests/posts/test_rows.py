"""Damaged rows: what is surely repairable is repaired, what is not is set aside, neighbours lose nothing."""

import pytest

from analysis.posts.dialect import Dialect, dialect_of
from analysis.posts.rows import Record, records_of
from analysis.posts.shape import shape_of

# id, title, text, platform, time, reposts
GOOD = [
    f"p{n},,今天去看病排了很久的队{n},{'微博' if n % 2 else '抖音'},2025-10-08 09:{n:02d}:00,{n}" for n in range(30)
]
SHAPE = shape_of([line.split(",") for line in GOOD], 6)


def read(*lines: str) -> list[Record]:
    return records_of([f"{line}\n" for line in lines], len(lines), Dialect(), SHAPE)


def repaired(*lines: str) -> list[str]:
    """The cells of the only repaired row among these lines; every other line is a good row."""
    records = read(GOOD[0], *lines, GOOD[1])
    assert [record.cells for record in (records[0], records[-1])] == [GOOD[0].split(","), GOOD[1].split(",")]
    assert [record.problem for record in records] == [None] * 3
    assert records[1].repair is not None
    return records[1].cells


def set_aside(*lines: str) -> list[str]:
    records = read(GOOD[0], *lines, GOOD[1])
    assert [record.cells for record in (records[0], records[-1])] == [GOOD[0].split(","), GOOD[1].split(",")]
    return [str(record.problem) for record in records[1:-1]]


def test_a_sound_row_stays_as_it_is() -> None:
    assert read('p1,,"他说:""好,""\n再见",微博,2025-10-08 09:00:00,3')[0] == Record(
        0, 1, ["p1", "", '他说:"好,"\n再见', "微博", "2025-10-08 09:00:00", "3"]
    )


@pytest.mark.parametrize("second", ['"",,', "-,,", "NaN,甲,"])
def test_a_line_of_a_text_is_no_row_though_it_has_separators_enough_unless_a_time_stands_there(second: str) -> None:
    rows = [f"2025-10-08 09:{n:02d},甲{n},排队{n}" for n in range(5)]
    shape = shape_of([row.split(",") for row in rows], 3)
    lines = ['2025-10-08 09:30,甲,"好\n', second.replace('"', '""') + '"\n']
    assert records_of(lines, 2, Dialect(), shape) == [Record(0, 2, ["2025-10-08 09:30", "甲", f"好\n{second}"])]


def test_a_separator_inside_the_text_is_put_back_where_only_one_place_fits() -> None:
    assert repaired("p9,,先挂号,再排队,最后等,微博,2025-10-08 09:00:00,3")[2] == "先挂号,再排队,最后等"


def test_a_separator_that_may_belong_to_title_or_text_sets_the_row_aside() -> None:
    (problem,) = set_aside("p9,题目,先挂号,再排队,微博,2025-10-08 09:00:00,3")
    assert problem == "The row has 7 cells, the header has 6"


def test_line_breaks_inside_the_text_are_put_back() -> None:
    assert repaired("p9,,先挂号", "再排队", "", "最后等,微博,2025-10-08 09:00:00,3")[2] == "先挂号\n再排队\n\n最后等"


def test_a_lost_cell_sets_the_row_aside() -> None:
    assert set_aside("p9,,先挂号,微博,2025-10-08 09:00:00") == ["The row has 5 cells, the header has 6"]


def test_two_rows_glued_together_are_no_row() -> None:
    assert len(set_aside(GOOD[2] + GOOD[3])) == 1


def test_a_quotation_mark_that_does_not_close_is_text_and_swallows_nothing() -> None:
    assert repaired('p9,,"先挂号再排队,微博,2025-10-08 09:00:00,3')[2] == '"先挂号再排队'
    two = read(GOOD[0], 'p8,,"先挂号,微博,2025-10-08 09:00:00,3', GOOD[1], 'p9,,再见",抖音,2025-10-08 09:00:00,3')
    assert [record.cells[0] for record in two] == ["p0", "p8", "p1", "p9"]


def test_a_mark_lost_around_a_text_with_separators_sets_the_row_aside() -> None:
    assert len(set_aside('p9,,"先挂号,再排队,微博,2025-10-08 09:00:00,3')) == 1


@pytest.mark.parametrize("remark", ["合计,465", "共 30 条", "导出时间:2025-10-08", "????"])
def test_totals_and_remarks_are_no_posts(remark: str) -> None:
    assert set_aside(remark) == ["A total or a remark, not a post"]


def test_a_line_of_its_own_belongs_to_a_text_in_the_last_column() -> None:
    rows = [f"2025-10-08 09:{n:02d},甲{n},今天去看病排了很久的队很久很久很久很久{n}" for n in range(30)]
    shape = shape_of([row.split(",") for row in rows], 3)
    found = records_of([f"{line}\n" for line in [*rows, "第二段", "", "第三段"]], 33, Dialect(), shape)
    assert found[-1].cells[2].endswith("29\n第二段\n第三段")
    assert len(found) == 30


def test_rows_whose_empty_ends_were_left_out_are_whole() -> None:
    rows = [*GOOD[:20], *("p7,,排队,微博,2025-10-08 09:00:00" for _n in range(10))]
    shape = shape_of([row.split(",") for row in rows], 6)
    (record,) = records_of(["p9,,排队,微博,2025-10-08 09:00:00\n"], 1, Dialect(), shape)
    assert (record.cells[-1], record.problem) == ("", None)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "\uff0c"])
def test_the_separator_is_found_though_others_stand_in_the_texts(separator: str) -> None:
    rows = [
        "时间,正文,赞",
        *(f"2025-10-08 09:{n:02d},好|的;是{'' if separator == ',' else ',吧'},{n}" for n in range(9)),
    ]
    lines = [row.replace(",", separator, 1)[::-1].replace(",", separator, 1)[::-1] + "\n" for row in rows]
    assert dialect_of(lines).separator == separator


def test_escaped_quotation_marks_are_a_dialect() -> None:
    lines = ["时间,正文\n", *(f'2025-10-08 09:0{n},"他说 \\"好,行\\" 走了"\n' for n in range(5))]
    assert dialect_of(lines) == Dialect(",", "\\")
    shape = shape_of([["2025-10-08 09:00", "好"]] * 5, 2)
    assert records_of(lines[1:], 5, Dialect(",", "\\"), shape)[0].cells[1] == '他说 "好,行" 走了'
