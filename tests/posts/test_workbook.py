"""Workbooks as text cells, read where a hostile file can harm nobody."""

import datetime as dt
import io
import struct
import time
import zipfile

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from analysis.posts import workbook
from analysis.posts.grid import Grid
from analysis.posts.workbook import grids
from analysis.schema import InputError


def moment_of(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - a workbook knows no zones


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def cells(grid: Grid) -> list[list[str]]:
    return [list(row) for row in zip(*(column.to_pylist() for column in grid.cells.columns), strict=True)]


def column(grid: Grid, place: int = 0) -> list[str]:
    return grid.cells.column(place).to_pylist()


def refusal(data: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        grids(data, "x")
    assert time.monotonic() - started < 10
    return str(caught.value)


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same workbook with one of its parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != part:
                new.writestr(entry, old.read(entry))
        new.writestr(part, content)
    return file.getvalue()


def test_every_cell_of_a_mixed_column_keeps_its_own_form() -> None:
    moment = moment_of(2024, 3, 15, 8, 5, 6, 600_000)
    values = ["表头", "00123", "a\nb", "x_x000D_\ny", " z ", 5, 5.0, 0.1, 1 / 3, -3, 12345678901.5, True, False, moment]
    values += [
        moment_of(2024, 3, 15).date(),
        dt.time(8, 5),
        dt.timedelta(hours=30),
        "#N/A",
        "5013380437903744",
        5013380437903744,
    ]
    (grid,) = grids(xlsx(*([value, "."] for value in values)), "x.xlsx")
    assert column(grid) == [
        "表头",
        "00123",
        "a\nb",
        "x\ny",
        " z ",
        "5",
        "5",
        "0.1",
        "0.3333333333333333",
        "-3",
        "12345678901.5",
        "true",
        "false",
        "2024-03-15 08:05:07",
        "2024-03-15 00:00:00",
        "08:05:00",
        "30:00:00",
        "",
        "5013380437903744",
        "5.01338043790374E+15",
    ]
    assert (grid.cells.schema.types, grid.headers) == ([pa.large_string()] * 2, ())


def test_long_columns_of_one_kind_read_as_single_cells_do() -> None:
    late, early = moment_of(2024, 3, 15, 23, 59, 59, 914_000), moment_of(2024, 3, 16, 8, 5)
    rows = [[5, 0.5, 5013380437903744, late, 7], [None, 12345678901.5, 0.5, early, 8]] * 100
    (grid,) = grids(xlsx(*rows), "x.xlsx")
    assert (
        cells(grid)
        == [
            ["5", "0.5", "5.01338043790374E+15", "2024-03-16 00:00:00", "7"],
            ["", "12345678901.5", "0.5", "2024-03-16 08:05:00", "8"],
        ]
        * 100
    )


def test_rows_are_numbered_as_in_excel_and_blank_ones_left_out() -> None:
    book = openpyxl.Workbook()
    for place, value in {"C5": "x", "D7": 3, "C8": "   ", "C10": 0}.items():
        book.active[place] = value
    (grid,) = grids(saved(book), "x.xlsx")
    assert (grid.rows.tolist(), cells(grid)) == ([5, 7, 10], [["x", ""], ["", "3"], ["0", ""]])
    assert grid.rows.dtype == np.int64


def test_sheets_come_in_order_hidden_ones_too_and_empty_ones_not() -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    for title, state in (("乙", "visible"), ("甲", "hidden"), ("丙", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet["A1"] = title
        sheet.sheet_state = state
    assert [(grid.name, column(grid)) for grid in grids(saved(book), "x")] == [
        ("乙", ["乙"]),
        ("甲", ["甲"]),
        ("丙", ["丙"]),
    ]


def test_an_old_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    sheet.write(1, 0, "007")
    sheet.write(1, 1, 5)
    sheet.write(1, 2, moment_of(2024, 3, 15, 8, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    file = io.BytesIO()
    book.save(file)
    (grid,) = grids(file.getvalue(), "x.xls")
    assert (grid.name, grid.rows.tolist(), cells(grid)) == ("数据", [2], [["007", "5", "2024-03-15 08:05:00"]])


def test_a_macro_workbook_reads_as_any_other() -> None:
    data = xlsx(["甲"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    sheet, macro = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    assert sheet in types
    (grid,) = grids(with_part(data, "[Content_Types].xml", types.replace(sheet, macro)), "x.xlsm")
    assert column(grid) == ["甲"]


def test_five_thousand_columns_and_a_cell_of_as_much_as_excel_takes() -> None:
    (grid,) = grids(xlsx(["医" * 32_767, *range(4_999)]), "x.xlsx")
    assert grid.cells.num_columns == 5_000
    assert (len(column(grid)[0]), column(grid, 4_999)) == (32_767, ["4998"])


def test_one_far_cell_ends_in_a_message_and_a_far_row_alone_is_read() -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    (grid,) = grids(saved(book), "x")
    assert (grid.rows.tolist(), column(grid)) == ([1_048_576], ["x"])
    book.active["A1048576"] = "y"
    (grid,) = grids(saved(book), "x")
    assert (grid.rows.tolist(), grid.cells.num_columns, column(grid)) == ([1_048_576], 16_384, ["y"])
    book.active["A1"] = "x"
    assert "one stray cell stands far below or right" in refusal(saved(book))


def test_a_sheet_of_too_many_cells_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook.child, "CELLS", 6)
    assert len(list(workbook.child.sheets(xlsx([1, 2, 3], [4, 5, 6])))) == 1
    with pytest.raises(workbook.child.Refused) as caught:
        list(workbook.child.sheets(xlsx([1, 2, 3], [4], [7])))
    assert caught.value.code == workbook.child.TOO_MANY_CELLS


def test_a_small_file_of_endless_text_is_bounded() -> None:
    text = b"x" * 5_000_000
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + text + b"</t></si></sst>"
    )
    row = b'<row><c t="s"><v>0</v></c></row>'
    data = with_part(xlsx(["甲"]), "xl/worksheets/sheet1.xml", head + row * 20_000 + b"</sheetData></worksheet>")
    assert "more memory than a file may take" in refusal(with_part(data, "xl/sharedStrings.xml", strings))


def test_entities_that_multiply_are_not_followed() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(12))
    sheet = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + laughs + b"]>"
    sheet += b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    sheet += b'<c r="A1" t="inlineStr"><is><t>&l12;</t></is></c></row></sheetData></worksheet>'
    data = with_part(xlsx(["甲"]), "xl/worksheets/sheet1.xml", sheet)
    try:
        assert sum(map(len, column(grids(data, "x")[0]))) < 100
    except InputError as error:
        assert "x " in str(error)


def test_a_protected_workbook_has_its_own_message() -> None:
    book = xlwt.Workbook()
    book.add_sheet("s").write(0, 0, "x")
    stream = book.get_biff_data()
    after_start = 4 + struct.unpack_from("<H", stream, 2)[0]
    password = struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2)
    old, new = io.BytesIO(), io.BytesIO()
    XlsDoc().save(old, stream[:after_start] + password + stream[after_start:])
    assert "protected by a password" in refusal(old.getvalue())
    XlsDoc().save(new, b"sealed")
    entry, sealed = "Workbook".encode("utf-16-le").ljust(34, b"\0"), "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    assert "protected by a password" in refusal(new.getvalue().replace(entry, sealed))


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"x" * 100, b"%PDF-1.7\n" * 50, xlsx(["甲"])[:3000], b"\xd0\xcf\x11\xe0" * 99]
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert "cannot be opened" in refusal(data)


def test_a_workbook_of_empty_sheets_is_refused() -> None:
    assert "no sheet with data" in refusal(xlsx())
    assert "no sheet with data" in refusal(xlsx([" ", ""]))


def test_a_reader_that_hangs_or_talks_nonsense_ends_in_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SECONDS", -10)
    assert "took too long" in refusal(xlsx(["甲"]))
    monkeypatch.setattr(workbook, "SECONDS", 10)
    monkeypatch.setattr(workbook.child, "__name__", "this")
    assert "cannot be opened" in refusal(xlsx(["甲"]))
