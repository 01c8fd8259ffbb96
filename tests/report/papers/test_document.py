"""Does the 专报 have its usual form, and does everything in the story reach the page?"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pandas as pd
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from stories import AS_OF, NASTY, hours_chart, nasty_story, story, topics_chart

from analysis.language import Text, _
from analysis.report.papers.blocks import ChartKind, Lines, Section, Series, Story, Table
from analysis.report.papers.document import document
from analysis.report.papers.document_charts import MOST_ROWS, chart_table
from analysis.report.papers.house import House
from analysis.report.papers.safe import clean

HOUSE = House("市第一人民医院", "宣传科")
ROW = tuple[str, ...]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 400), "#DDE8F0").save(out, "PNG")
    return out.getvalue()


PICTURES = {"trend": picture(), "topics": picture()}


def read(told: Story, language: str = "zh_CN", house: House = HOUSE, **more: dict[str, bytes]) -> Document:
    return docx.Document(io.BytesIO(document(told, house, language, **more)))


def lines(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs]


def rows(made: Document) -> list[list[ROW]]:
    return [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in made.tables]


def test_the_head_tells_whose_it_is_its_number_date_level_and_that_it_is_synthetic() -> None:
    made = read(story())
    head = "\n".join(lines(made)[:8])
    for words in ("市第一人民医院", "〔2025〕第 1 期", "宣传科", "2025年3月4日", "关于“急诊排队”的舆情专报", "轻度"):
        assert words in head
    synthetic = _("Synthetic data").to("zh_CN")
    assert synthetic in head
    assert made.sections[0].header.paragraphs[0].text == synthetic


def test_a_number_that_was_not_given_can_be_filled_in_by_hand() -> None:
    assert "No. ________" in lines(read(replace(story(), number=""), "en"))


@pytest.mark.parametrize(
    ("language", "expected"), [("zh_CN", ["一、", "二、", "附："]), ("en", ["1. First", "2. Second", "Annex: Third"])]
)
def test_sections_are_numbered_and_an_annex_is_not(language: str, expected: list[str]) -> None:
    sections = (Section(Text("First"), ()), Section(Text("Second"), ()), Section(Text("Third"), (), annex=True))
    made = read(replace(story(), sections=sections), language)
    headings = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert [heading.startswith(start) for heading, start in zip(headings, expected, strict=True)] == [True] * 3


def test_tables_are_native_and_hold_what_the_story_holds() -> None:
    made = read(story(), "en", pictures=PICTURES)
    told = [("Limit", "Deadline"), ("回应", "03-06 10:00"), ("首次回应（黄金4小时）", "03-04 14:00")]
    assert rows(made) == [told, told]
    header, first = made.tables[0].rows[0]._tr, made.tables[0].rows[1]._tr
    assert header.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (header, first))
    assert [column.width for column in made.tables[0].columns] == pytest.approx(
        [0.6 * Mm(156), 0.4 * Mm(156)], rel=0.01
    )


def test_a_table_without_rows_says_that_there_are_no_data() -> None:
    empty = Section(Text("x"), (Table(Text("t"), (Text("a"), Text("b")), (), (0.5, 0.5)),))
    assert rows(read(replace(story(), sections=(empty,)), "en")) == [[("a", "b"), ("No data", "")]]


def test_charts_are_pictures_as_wide_as_the_text_with_words_for_those_who_do_not_see_them() -> None:
    made = read(story(), "en", pictures=PICTURES)
    assert [shape.width for shape in made.inline_shapes] == pytest.approx([Mm(156)] * 2, rel=0.01)
    words = made.inline_shapes[0]._inline.docPr.get("descr")
    assert words == "Posts an hour Posts about us, by hour of publication."
    assert [line for line in lines(made) if line.startswith("Figure")] == [
        "Figure 1. Posts an hour",
        "Figure 2. What it is about",
    ]
    assert not any("no browser" in line for line in lines(made))


def test_without_pictures_charts_are_tables_and_the_document_says_why() -> None:
    made = read(story(), "en")
    assert not made.inline_shapes
    assert sum("no browser was found" in line for line in lines(made)) == 1
    trend, topics = rows(made)[:2]
    assert trend[0] == ("Time", "Posts (posts an hour)", "Forecast (posts an hour)")
    assert trend[3:5] == [("03-03 12:00", "40", "–"), ("03-03 13:00", "22", "22")]
    assert topics[1] == ("医疗质量与事故", "30", "10")
    assert any("Mild 25" in line for line in lines(made))  # the line across the chart


def hourly(values: tuple[float | None, ...], start: str = "2025-03-01 00:00") -> tuple[Table, Text]:
    times = tuple(pd.date_range(start, periods=len(values), freq="h", tz="Asia/Shanghai"))
    forecast = Series(_("Forecast"), tuple(1.0 for _value in values), "#000000", dashed=True)
    return chart_table(
        replace(hours_chart(), categories=times, series=(Series(_("Posts"), values, "#000000"), forecast))
    )


def test_more_hours_than_fit_are_summed_and_a_forecast_is_not() -> None:
    table, told = hourly((1.0,) * 48 + (None,) * 12)
    assert [str(head) for head in table.headers] == ["Time", "Posts"]
    assert [str(cell) for cell in table.rows[0]] == ["03-01 00:00", "3"]
    assert len(table.rows) == 16
    assert "sums of 3 hours" in str(told)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.integers(0, 99), min_size=MOST_ROWS + 1, max_size=900), st.integers(0, 23))
def test_sums_keep_every_post_and_fit(values: list[int | None], hour: int) -> None:
    table, _told = hourly(tuple(values), f"2025-03-01 {hour:02d}:00")
    assert len(table.rows) <= MOST_ROWS
    shown = [str(row[1]).replace(",", "") for row in table.rows]
    assert sum(int(cell) for cell in shown if cell != "–") == sum(value or 0 for value in values)


def test_values_that_do_not_add_up_keep_their_last_points() -> None:
    names = tuple(Text(str(at)) for at in range(30))
    score = Series(_("Posts"), tuple(float(at) for at in range(30)), "#000000")
    table, told = chart_table(replace(topics_chart(names), kind=ChartKind.COLUMN, series=(score,), whole=False))
    assert [str(cell) for cell in table.rows[0]] == ["6", "6.0"]
    assert "the last 24 of 30" in str(told)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_style_names_a_chinese_typeface_and_none_is_left_to_a_theme(language: str) -> None:
    made = read(story(), language)
    faces = {
        style.name: style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").attrib
        for style in made.styles
        if style.type == docx.enum.style.WD_STYLE_TYPE.PARAGRAPH
    }
    assert {paragraph.style.name for paragraph in made.paragraphs} <= set(faces)
    assert {face[qn("w:eastAsia")] for face in faces.values()} == {"仿宋", "黑体", "楷体", "宋体"}
    default = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}").attrib
    assert not any("Theme" in name for face in (*faces.values(), default) for name in face)


def test_points_are_told_one_by_one_and_quotations_keep_their_lines() -> None:
    told = story()
    said = told.sections[0].blocks[2]
    quote = replace(said, quotes=(replace(said.quotes[0], text="一\n\n二"),))
    points = Lines((Text("a"), Text("b")), points=True)
    found = lines(read(replace(told, sections=(Section(Text("x"), (points, quote)),)), "en"))
    assert [line for line in found if line.startswith("(")] == ["(1) a", "(2) b"]
    assert "“一\n二”" in found


def test_pages_are_numbered_and_nothing_tells_of_the_machine() -> None:
    data = document(story(), HOUSE, "zh_CN", PICTURES)
    made = docx.Document(io.BytesIO(data))
    footer = made.sections[0].footer.paragraphs[0]
    assert footer._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
    known = made.core_properties
    assert (known.title, known.author, known.last_modified_by) == ("关于“急诊排队”的舆情专报", "宣传科", "宣传科")
    assert pd.Timestamp(known.created) == AS_OF.tz_convert("UTC")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not [name for name in packed.namelist() if "thumbnail" in name or "theme" in name]
        assert not [name for name in packed.namelist() if name.endswith(".rels") and b"External" in packed.read(name)]
    assert data == document(story(), HOUSE, "zh_CN", PICTURES)


def test_without_a_hospital_nothing_stands_for_it_and_a_logo_is_shown() -> None:
    assert len(read(story(), "en", House(logo=picture()), pictures=PICTURES).inline_shapes) == 3
    assert lines(read(story(), "en", House()))[0] == "〔2025〕第 1 期"


@pytest.mark.parametrize("word", NASTY)
def test_nasty_words_open_and_stay_text(word: str) -> None:
    told = nasty_story(word)
    house = replace(HOUSE, office=" ".join(clean(word).split()))
    made = read(told, "en", house)
    kept = " ".join(clean(word).split())
    table = rows(made)[2]
    assert table == [(kept, kept), (kept, kept)]
    assert f"“{clean(word).strip()}”" in lines(made)
    assert made.core_properties.title == kept
