"""JSON as crawlers write it: which records, and what of it could not be read."""

import json
import time

import pytest

from analysis.posts.documents import json_grid, looks_like_json
from analysis.posts.grid import Grid
from analysis.schema import InputError


def grid(text: str) -> Grid:
    found, bad = json_grid(text.encode(), "x.json")
    assert bad == []
    return found


def records(found: Grid) -> list[dict[str, str]]:
    columns = [column.to_pylist() for column in found.cells.columns]
    return [dict(zip(found.headers, cells, strict=True)) for cells in zip(*columns, strict=True)]


def refusal(text: bytes) -> str:
    with pytest.raises(InputError) as caught:
        json_grid(text, "x.json")
    return str(caught.value)


def test_every_kind_of_value_as_text() -> None:
    written = (
        '[{"id": 5013380437903744123, "big": 123456789012345678901234567890, "whole": 1.0, "money": 1.50,'
        ' "small": 1.5E-7, "yes": true, "no": false, "none": null, "nan": NaN, "text": "a\\nb", "zeros": "007",'
        ' "tags": ["甲", 1, null], "media": [{"w": 1.50, "n": null}], "empty": [], "object": {}}]'
    )
    assert records(grid(written)) == [
        {
            "id": "5013380437903744123",
            "big": "123456789012345678901234567890",
            "whole": "1",
            "money": "1.50",
            "small": "1.5E-7",
            "yes": "true",
            "no": "false",
            "none": "",
            "nan": "",
            "text": "a\nb",
            "zeros": "007",
            "tags": "甲,1,",
            "media": '[{"w": 1.50, "n": null}]',
            "empty": "",
            "object": "",
        }
    ]


def test_nested_objects_are_flattened_and_headers_are_the_union_in_order() -> None:
    found = grid('[{"b": 1, "user": {"name": "甲", "at": {"city": "北京"}}}, {"a": 2, "user": {"name": "乙"}}]')
    assert found.headers == ("b", "user.name", "user.at.city", "a")
    assert found.cells.column_names == ["0", "1", "2", "3"]
    assert records(found)[1] == {"b": "", "user.name": "乙", "user.at.city": "", "a": "2"}


@pytest.mark.parametrize(
    "written",
    [
        '{"code": 0, "data": {"page": {"list": [{"a": 1}, {"a": 2}]}, "tags": [{"t": 1}], "n": [1, 2, 3, 4]}}',
        '{\n  "statuses": [\n    {\n      "a": 1\n    },\n    {"a": 2}\n  ]\n}',
        '\ufeff[{"a": 1}, {"a": 2}]',
        '{"a": 1}{"a": 2}',
        '{"a": 1}\r\n\r\n{"a": 2}\r\n',
        '{"a": 1},\n{"a": 2},\n',
    ],
)
def test_the_list_is_found_wherever_it_stands(written: str) -> None:
    assert [record["a"] for record in records(grid(written))] == ["1", "2"]


def test_rows_are_lines_in_json_lines_and_places_in_a_list() -> None:
    assert grid('\n{"a": 1}\n\n{"a": 2}\n{}\n{"a": 3}\n').rows.tolist() == [2, 4, 6]
    assert grid('[\n\n{"a": 1},\n\n{"a": 2}]').rows.tolist() == [1, 2]


def test_a_single_object_is_one_record() -> None:
    assert records(grid('{"a": 1, "b": {"c": 2}}')) == [{"a": "1", "b.c": "2"}]


def test_bad_lines_are_set_aside_and_the_others_kept() -> None:
    text = '{"a": 1}\n{"a": 2, oops}\n[1, 2]\n{"a": 3}\n{"a": "cut of'
    found, bad = json_grid(text.encode(), "x.jsonl")
    assert (records(found), found.rows.tolist()) == ([{"a": "1"}, {"a": "3"}], [1, 4])
    assert bad == [(2, '{"a": 2, oops}'), (3, "[1, 2]"), (5, '{"a": "cut of')]


def test_a_damaged_first_line_does_not_cost_the_others() -> None:
    found, bad = json_grid(b'{"a": oops}\n{"a": 2}\n', "x.jsonl")
    assert (found.rows.tolist(), bad) == ([2], [(1, '{"a": oops}')])


@pytest.mark.parametrize("indent", [None, 4])
def test_a_list_that_is_cut_off_loses_its_last_record_only(indent: int | None) -> None:
    posts = [{"id": number, "user": {"id": 9}} for number in (1, 2, 3)]
    text = json.dumps(posts, indent=indent)
    found, bad = json_grid(text[: text.rindex("user")].encode(), "x.json")
    assert [record["id"] for record in records(found)] == ["1", "2"]
    assert [row for row, _raw in bad] == [3]


def test_damage_inside_a_list_neither_costs_the_next_records_nor_invents_one() -> None:
    text = (
        '[{"id": 1, "t": "a", "pics": [{"id": 7}]}, {"id": 2, oops, "pics": [{"id": 8}, {"id": 9}]}, '
        '{"id": 3, "t": "c", "pics": []}]'
    )
    found, bad = json_grid(text.encode(), "x.json")
    assert [record["id"] for record in records(found)] == ["1", "3"]
    assert [row for row, _raw in bad] == [2]
    assert bad[0][1].startswith('{"id": 2, oops')


def test_what_mongodb_writes_is_unwrapped() -> None:
    text = '{"_id": {"$oid": "ab"}, "n": {"$numberLong": "5"}, "d": {"$date": {"$numberLong": "1710460800000"}}}'
    assert records(grid(text)) == [{"_id": "ab", "n": "5", "d": "1710460800000"}]


def test_half_an_emoji_does_not_stop_the_file() -> None:
    assert records(grid('[{"a": "\\ud83d", "\\ud83d": "😀"}]')) == [{"a": "\ufffd", "\ufffd": "😀"}]


def test_what_holds_no_records_is_refused_with_the_remedy() -> None:
    assert "without a list of objects" in refusal(b"[]")
    assert "without a list of objects" in refusal(b"[{}, {}]")
    assert "no record in it can be read; the first fault is in row 1" in refusal(b"[1, 2]")
    assert "no record in it can be read" in refusal(b'{"data": [{"a": 1}, {"a"')
    keys = ",".join(f'"k{number}": 1' for number in range(5_001))
    assert "5,001 different keys in 1 records" in refusal(f"{{{keys}}}".encode())


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_deep_nesting_gives_a_message_soon(opening: bytes) -> None:
    started = time.monotonic()
    assert "nested too deep" in refusal(opening * (10_000_000 // len(opening)))
    assert time.monotonic() - started < 10


def test_a_deep_line_is_set_aside() -> None:
    found, bad = json_grid(b'{"a": 1}\n' + b'{"a":' * 5_000 + b'\n{"a": 2}\n', "x.jsonl")
    assert (found.rows.tolist(), [row for row, _raw in bad]) == ([1, 3], [2])


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        ('{"a": 1}', True),
        ('\ufeff \n[{"a": 1}]', True),
        ('{"a": 1}\n{"a": 2}', True),
        ('{"a": 1}{"a": 2}', True),
        ('[{"a": "cut', True),
        ("[" + '{"a": "' + "x" * 100_000 + '"}]', True),
        ("[" * 100_000, True),
        ("[标题],正文\n甲,乙\n", False),
        ("[1]编号,正文\n1,2\n", False),
        ('{"a": 1},正文\n', False),
        ("标题,正文\n", False),
        ("", False),
    ],
)
def test_json_is_told_from_a_csv_with_brackets(text: str, is_json: bool) -> None:
    assert looks_like_json(text.encode()) is is_json
