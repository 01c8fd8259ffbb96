"""Parquet files as text cells, read in the same child process as workbooks."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.posts.grid import Grid
from analysis.posts.workbook import parquet
from analysis.schema import InputError


def parquet_bytes(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def cells(grid: Grid) -> list[list[str]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in grid.cells.columns), strict=True)]


def column(grid: Grid, place: int = 0) -> list[str]:
    return grid.cells.column(place).to_pylist()


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        parquet(data, "x")
    return str(caught.value)


def test_parquet_values_as_text() -> None:
    frame = pd.DataFrame(
        {
            "id": [5013380437903744123, 7],
            "likes": [69.0, None],
            "score": [0.5, 12345678901.5],
            "at": pd.to_datetime(["2024-03-15 08:05:06.6", None]),
            "zone": pd.to_datetime(["2024-03-15 08:05", None]).tz_localize("Asia/Shanghai"),
            "ok": [True, None],
            "tags": [["甲", "乙"], None],
            "user": [{"name": "甲", "more": {"n": 1}}, None],
            "kind": pd.Categorical(["x", None]),
            "text": ["007", None],
        },
        index=[8, 9],
    )
    grid = parquet(parquet_bytes(pa.Table.from_pandas(frame)), "x.parquet")
    assert grid.headers == (
        "id",
        "likes",
        "score",
        "at",
        "zone",
        "ok",
        "tags",
        "user.name",
        "user.more",
        "kind",
        "text",
    )
    assert cells(grid)[0] == [
        "5013380437903744123",
        "69",
        "0.5",
        "2024-03-15 08:05:07",
        "2024-03-15 00:05:00+00:00",
        "true",
        "甲,乙",
        "甲",
        '{"n": 1}',
        "x",
        "007",
    ]
    assert cells(grid)[1] == ["7", "", "12345678901.5", *[""] * 8]
    assert grid.rows.tolist() == [1, 2]


def test_parquet_rounded_ids_show_it_and_empty_files_are_refused() -> None:
    table = pa.table({"id": [5013380437903744.0, 1.0]})
    assert column(parquet(parquet_bytes(table), "x")) == ["5.01338043790374E+15", "1"]
    assert "holds no rows" in refusal(parquet_bytes(table.slice(0, 0)))


def test_parquet_of_too_many_cells_is_refused_before_it_is_read() -> None:
    table = pa.table({str(place): pa.repeat(pa.scalar(0, pa.int8()), 600_001) for place in range(100)})
    assert "more than 60,000,000 cells" in refusal(parquet_bytes(table))


def test_what_is_no_parquet_is_refused() -> None:
    sound = parquet_bytes(pa.table({"a": ["x" * 1000]}))
    for data in (b"", b"PAR1" + b"x" * 100, b"%PDF-1.7\n", sound[:-20]):
        assert "cannot be opened" in refusal(data)
