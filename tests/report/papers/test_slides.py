"""Do slides open, tell what the story tells, and keep everything on the slide?"""

import io
import posixpath
import zipfile
from dataclasses import replace

import pytest
import stories
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from analysis.language import Text
from analysis.report.papers.blocks import Lines, Quote, Quotes, Scene, Series, Story, Table
from analysis.report.papers.house import House
from analysis.report.papers.slides import slides
from analysis.report.papers.slides_fit import Para, height_of, width_of
from analysis.schema import InputError

HOUSE = House("江城市第一人民医院", "宣传科")
# Orders of ECMA-376, where elements are inserted by hand: PowerPoint repairs, or refuses, what stands otherwise.
ORDERS = {
    "a:rPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym hlinkClick",
    "a:pPr": "lnSpc spcBef spcAft buClr buSzPct buFont buNone buAutoNum buChar tabLst defRPr",
    "c:catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "c:valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses crossBetween majorUnit",
    "c:ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
    "c:dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr",
    "c:chartSpace": "date1904 roundedCorners chart spPr txPr externalData",
    "p:presentation": "sldMasterIdLst notesMasterIdLst sldIdLst sldSz notesSz defaultTextStyle",
}
RUNS = (qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr"))


def opened(story: Story, language: str = "zh_CN", house: House = HOUSE):
    return Presentation(io.BytesIO(slides(story, house, language)))


def one_scene(*blocks, lead="一句话。") -> Story:
    return replace(stories.story(), scenes=(Scene("situation", Text("总体情况"), Text(lead), blocks),))


def parts(data: bytes) -> dict[str, etree._Element]:
    """Every XML part by name; raises where one is not well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = [name for name in file.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(file.read(name)) for name in names}


def chart_of(story: Story):
    slide = opened(story).slides[1]
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def all_texts(slide) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
    return "\n".join([*texts, *cells])


@pytest.fixture(scope="module")
def nasty() -> bytes:
    """One deck in which every nasty word stands in a chart and in words, a table or a quotation."""
    told = [stories.nasty_story(word).scenes for word in stories.NASTY]
    scenes = [scene for at, some in enumerate(told) for scene in (some[2], some[(0, 3, 4)[at % 3]])]
    house = House("".join(stories.NASTY)[:300], "=1+1")
    return slides(replace(stories.nasty_story("=1+1"), scenes=tuple(scenes)), house, "zh_CN")


def test_a_title_and_a_slide_a_scene_in_16_to_9():
    deck = opened(stories.story(), "en")
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-3)
    assert [slide.shapes.title.text for slide in deck.slides][1:] == ["Situation", "Time limits"]


def test_the_title_slide_says_who_what_how_grave_and_when():
    told = all_texts(opened(stories.story()).slides[0])
    for words in (
        "江城市第一人民医院",
        "关于“急诊排队”的舆情专报",
        "◔ 轻度",
        "2025-03-04 09:59",
        "〔2025〕第 1 期",
        "宣传科",
    ):
        assert words in told


def test_lines_keep_the_values_and_the_gaps_of_the_story():
    chart = chart_of(one_scene(stories.hours_chart()))
    posts, forecast = chart.plots[0].series
    assert posts.values == (3, 5, 40, 22, None, None)
    assert forecast.values == (None, None, None, 22, 18.4, 12.5)
    assert next(iter(chart.plots[0].categories)) == "03-03 10:00"
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet["B"]][1:] == [3, 5, 40, 22, None, None]
    assert sheet["A2"].value == "03-03 10:00"


def test_bars_stand_from_top_to_bottom_with_the_axis_under_them():
    chart = chart_of(one_scene(stories.topics_chart()))
    assert list(chart.plots[0].categories) == ["医疗质量与事故", "服务投诉", "其他"]
    assert [series.values for series in chart.plots[0].series] == [(30, 12, 0), (10, 8, 5)]
    assert chart.category_axis.reverse_order
    assert chart.value_axis._element.find(qn("c:crosses")).get("val") == "max"


def test_a_threshold_stands_where_its_value_is():
    slide = opened(one_scene(stories.topics_chart())).slides[1]
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    layout = {e.tag.split("}")[1]: e.get("val") for e in frame.chart._chartSpace.iter() if "}" in str(e.tag)}
    left, width = (Emu(round(float(layout[key]) * frame.width)) for key in ("x", "w"))
    line = next(shape for shape in slide.shapes if shape.name == "Threshold")
    # 25 of an axis that ends at 40
    assert abs(line.begin_x - (frame.left + left + width * 25 / 40)) < Inches(0.01)


def test_a_chart_without_values_says_so():
    empty = replace(stories.hours_chart(), series=())
    for chart in (empty, replace(empty, categories=())):
        assert "No data" in all_texts(opened(one_scene(chart), "en").slides[1])


def test_every_run_names_its_chinese_typeface_in_this_order(nasty):
    for data in (nasty, slides(stories.story(), HOUSE, "en")):
        for name, root in parts(data).items():
            if not name.startswith(("ppt/slides/", "ppt/charts/", "ppt/notesSlides/")):
                continue
            for run in root.iter(*RUNS):
                tags = [child.tag.split("}")[1] for child in run]
                assert tags[-3:] == ["latin", "ea", "cs"], (name, tags)
                assert run.find(qn("a:ea")).get("typeface") == "Microsoft YaHei"
            assert all(run.find(qn("a:rPr")) is not None for run in root.iter(qn("a:r")))
        themes = [root for name, root in parts(data).items() if "/theme/" in name]
        assert {font.get("typeface") for theme in themes for font in theme.iter(qn("a:ea"))} == {"Microsoft YaHei"}


def test_notes_hold_the_sentences_and_each_figures_source():
    notes = opened(stories.story(), "en").slides[1].notes_slide.notes_text_frame.text
    assert "1,284 posts, 42% of them negative." in notes
    assert "[1] 1,284: " in notes and "[2] 42%: " in notes


def test_words_without_room_stand_in_the_notes():
    long = "极长的任务说明" * 60
    rows = tuple((Text(f"第{at}步"), Text(long)) for at in range(9))
    slide = opened(one_scene(Table(Text("任务"), (Text("步骤"), Text("任务")), rows, (0.2, 0.8)))).slides[1]
    assert all_texts(slide).count(long) < 9 and "…" in all_texts(slide)
    assert slide.notes_slide.notes_text_frame.text.count(long) == 9


def test_rows_without_room_are_counted():
    rows = tuple((Text(f"第{at}行"),) for at in range(40))
    slide = opened(one_scene(Table(Text("表"), (Text("行"),), rows, (1.0,))), "en").slides[1]
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    shown = len(table.rows) - 2  # but the header and the last, which tells how many more there are
    assert table.cell(shown + 1, 0).text == f"and {40 - shown} more, in the notes"
    assert "第39行" in slide.notes_slide.notes_text_frame.text


def test_everything_stands_on_its_slide_and_in_its_box(nasty):
    for data in (nasty, slides(stories.story(), HOUSE, "en")):
        deck = Presentation(io.BytesIO(data))
        for slide in deck.slides:
            for shape in slide.shapes:
                left, top, width, height = shape.left, shape.top, shape.width, shape.height
                assert left >= 0 and left + width <= deck.slide_width + 1, shape.name
                assert top >= 0 and top + height <= deck.slide_height + 1, shape.name
                if shape.has_text_frame:
                    assert words_height(shape, width) <= height / Inches(1) + 0.02, shape.text_frame.text


def words_height(shape, width: int) -> float:
    """How high do the words of a shape stand, in inches, by the estimate?"""
    frame = shape.text_frame
    paras = []
    for para in frame.paragraphs:
        form = next(para._p.iter(*RUNS))
        bold, size = form.get("b") == "1", int(form.get("sz")) / 100
        gap = para.space_before.pt if para.space_before else 0
        paras.append(
            Para(para.text, size, size, bold=bold, gap=gap, point=para._p.find(f".//{qn('a:buChar')}") is not None)
        )
    inset = (frame.margin_left + frame.margin_right) / Inches(1)
    return height_of(paras, width / Inches(1) - inset)


def test_nasty_words_open_and_stay_words(nasty):
    deck = Presentation(io.BytesIO(nasty))
    assert len(deck.slides) == 1 + 2 * len(stories.NASTY)
    told = "\n".join(all_texts(slide) for slide in deck.slides)
    assert "<script>alert(1)</script>&amp;\"'" in told and "{{ 7*7 }}{% raw %}" in told
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                assert all(cell.data_type in "sn" for row in book.active for cell in row)  # no formula


def test_files_are_whole(nasty):
    """Unique numbers of shapes, relations that lead somewhere within the file, nothing of another machine."""
    for data in (nasty, slides(stories.story(), HOUSE, "en")):
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
        for name, root in parts(data).items():
            if name.endswith(".rels"):
                base = posixpath.dirname(posixpath.dirname(name))
                for link in root:
                    assert link.get("TargetMode") != "External"
                    target = link.get("Target")
                    assert posixpath.normpath(posixpath.join(base, target)).lstrip("/") in names, (name, target)
            numbers = [shape.get("id") for shape in root.iter(qn("p:cNvPr"))]
            assert len(numbers) == len(set(numbers)), name
        assert not names & {"docProps/thumbnail.jpeg", "ppt/printerSettings/printerSettings1.bin"}
        assert b"Steve" not in zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")


def test_elements_stand_in_the_order_of_the_standard(nasty):
    lone = replace(
        stories.hours_chart(), series=(*stories.hours_chart().series, Series(Text("空"), (None,) * 6, "#000000"))
    )
    for data in (nasty, slides(one_scene(lone), HOUSE, "zh_CN")):
        for name, root in parts(data).items():
            for tag, order in ORDERS.items():
                if name.startswith("ppt/") and not name.startswith(("ppt/theme/", "ppt/notesMasters/")):
                    for element in root.iter(qn(tag)):
                        places = [order.split().index(etree.QName(child).localname) for child in element]
                        assert places == sorted(places), (name, tag)


def test_properties_name_the_house_and_the_language():
    properties = opened(stories.story(), "en").core_properties
    assert (properties.title, properties.author) == ("关于“急诊排队”的舆情专报", "宣传科")
    assert (properties.last_modified_by, properties.language) == ("宣传科", "en-US")


def test_quotes_keep_their_words_and_their_source():
    said = Quotes(Text("群众怎么说"), (Quote("窗口只开一个。", Text("微博 · 03-04 08:12"), 0),))
    told = all_texts(opened(one_scene(Lines((Text("一点。"),), points=True), said)).slides[1])
    assert "“窗口只开一个。”" in told and "微博 · 03-04 08:12" in told


def test_a_logo_that_is_no_picture_is_told():
    with pytest.raises(InputError, match="PNG or JPEG"):
        slides(stories.story(), replace(HOUSE, logo=b"<svg/>"), "en")


def test_names_that_are_too_long_for_a_legend_are_cut():
    series = chart_of(one_scene(stories.hours_chart(Text("字" * 200)))).plots[0].series
    assert all(width_of(one.name) <= 22 for one in series)
