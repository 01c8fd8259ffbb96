"""How does a large export look? Writes the sample's posts, tiled and varied: CSV, its GB18030 twin, XLSX.

python benchmarks/large.py FOLDER ROWS WORKBOOK_ROWS
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

SAMPLE = Path(__file__).parents[1] / "sample_data" / "posts.csv"
SEED, CHUNK = 20250920, 50_000
FIRST = np.datetime64("2025-09-20T00:00:00")
COUNTS = ("转发数", "评论数", "点赞数")
NUMBERS = ("粉丝数", *COUNTS, "阅读数")
SAME_TEXT = 0.3  # of the posts say word for word what others say
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="posts" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def sample() -> pa.Table:
    """Which posts does the sample hold, each once, all as text?"""
    names = SAMPLE.open(encoding="utf-8-sig").readline().strip().split(",")
    table = csv.read_csv(
        SAMPLE,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    _values, first = np.unique(table["文章ID"].to_numpy(zero_copy_only=False), return_index=True)
    return table.take(np.sort(first))


def chunks(rows: int) -> Iterator[pa.Table]:
    """Which posts make a file of so many rows? Seeded; no two have the same id."""
    base, dice = sample(), np.random.default_rng(SEED)
    for start in range(0, rows, CHUNK):
        number = np.arange(start, min(start + CHUNK, rows))
        yield varied(base.take(number % base.num_rows), number, rows, dice)


def varied(part: pa.Table, number: np.ndarray, rows: int, dice: np.random.Generator) -> pa.Table:
    """How do these posts look as others: ids, links, times, authors, counters and most texts of their own?"""
    ids = pa.array([f"p{one:015x}" for one in (number * 2_654_435_761 % (1 << 60)).tolist()])
    moments = np.datetime_as_string(FIRST + (number * (60 * 86_400) // rows).astype("timedelta64[s]"))
    tail = pa.array(np.where(dice.random(len(number)) < SAME_TEXT, "", np.char.add(" ", number.astype(str))))
    columns = {
        "文章ID": ids,
        "正文": pc.binary_join_element_wise(part["正文"], tail, ""),
        "作者": pc.binary_join_element_wise(part["作者"], pa.array((number % 90_000).astype(str)), ""),
        "发布时间": pc.replace_substring(pa.array(moments), "T", " "),
        "原文链接": pc.binary_join_element_wise("https://weibo.example/", ids, ""),
    }
    columns |= {name: pa.array(dice.geometric(0.01, len(number)).astype(str)) for name in COUNTS}
    for name, values in columns.items():
        part = part.set_column(part.schema.get_field_index(name), name, values)
    return part


def lines(part: pa.Table) -> bytes:
    """How do these posts look in a CSV file, quoted only where they must be?"""
    columns = []
    for column in part.columns:
        quoted = pc.binary_join_element_wise('"', pc.replace_substring(column, '"', '""'), '"', "")
        columns.append(pc.if_else(pc.match_substring_regex(column, '[",\r\n]'), quoted, column))
    rows = pc.binary_join_element_wise(*columns, ",")
    return "\n".join([*rows.to_pylist(), ""]).encode()


def write_tables(folder: Path, rows: int) -> None:
    """Writes the CSV file and its twin."""
    with (folder / "posts.csv").open("wb") as utf8, (folder / "posts_gb18030.csv").open("wb") as other:
        for place, part in enumerate(chunks(rows)):
            data = (",".join(part.column_names) + "\n").encode() * (place == 0) + lines(part)
            utf8.write(data)
            other.write(data.decode("utf-8").encode("gb18030"))


def write_workbook(path: Path, rows: int) -> None:
    """Writes the workbook: text in place, counters as numbers."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{SHEET}"><sheetData>'.encode())
            for place, part in enumerate(chunks(rows)):
                if place == 0:
                    sheet.write(_row([_text(name) for name in part.column_names]).encode())
                columns = [_cells(name, part[name].to_pylist()) for name in part.column_names]
                sheet.write("".join(_row(cells) for cells in zip(*columns, strict=True)).encode())
            sheet.write(b"</sheetData></worksheet>")


def _cells(name: str, values: list[str]) -> list[str]:
    if name in NUMBERS:
        return [f"<c><v>{value}</v></c>" if value else "<c/>" for value in values]
    return [_text(value) for value in values]


def _text(value: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else "<c/>"


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"<row>{''.join(cells)}</row>"


def main() -> None:
    """Writes what is missing in the folder."""
    folder, rows, workbook_rows = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "posts.csv").exists():
        write_tables(folder, rows)
    if workbook_rows and not (folder / "posts.xlsx").exists():
        write_workbook(folder / "posts.xlsx", workbook_rows)


if __name__ == "__main__":
    main()
