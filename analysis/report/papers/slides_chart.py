"""How does a chart of the story become a chart that PowerPoint edits, with its data in the workbook inside?"""

from __future__ import annotations

import math
from typing import cast

import pandas as pd
from pptx.chart.chart import Chart as Native
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from analysis.language import _
from analysis.report.papers.blocks import Chart, ChartKind, Series
from analysis.report.papers.slides_fit import POINTS, Para, shortened, width_of
from analysis.report.papers.slides_sheet import SafeData
from analysis.report.papers.slides_strokes import Room, dotted, ground_of, labelled, rgb, stroked
from analysis.report.papers.slides_text import DRAWING, INK, MUTED, RULE, Box, put, run_form, words
from analysis.report.papers.slides_threshold import draw_thresholds

KINDS = {
    ChartKind.LINE: XL_CHART_TYPE.LINE,
    ChartKind.BAR: XL_CHART_TYPE.BAR_STACKED,
    ChartKind.COLUMN: XL_CHART_TYPE.COLUMN_STACKED,
}
SIZE = 13.0  # points, of whatever is written in a chart
CAPTION, NOTE = 0.34, 0.3  # inches above and under it
LABEL_ROOM = 1.15  # inches that the label of an hour takes along the axis
CATEGORY, NAME = 19.0, 22.0  # em of a category's and a series' name; whole names stand in the notes
STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720)  # hours between labels
FEW = {ChartKind.LINE: 8, ChartKind.BAR: 12, ChartKind.COLUMN: 12}  # so few points are told by number, too
AIR = 1.75  # times its size a name needs of a bar's height
AROUND = 1.25  # inches of a frame that legend and axes take of its height
CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


def put_chart(slide: Slide, chart: Chart, box: Box, language: str, captioned: bool) -> bool:
    """Where does the chart stand? In its box, under its title (where `captioned`: the slide's own title says
    something else), above its note; a chart without any value says "No data". Says whether words were cut."""
    cut, top = False, box.top
    title = words(chart.title, language)
    if captioned:
        place = Box(box.left, box.top, box.width, CAPTION)
        cut |= put(slide, (Para(title, 14, 11, MUTED, bold=True),), place, language, "Chart title", "ctr")
        top += CAPTION
    place = Box(box.left, box.bottom - NOTE, box.width, NOTE)
    cut |= put(slide, (Para(words(chart.note, language), 11, 9, MUTED),), place, language, "Chart note", "b")
    room = Box(box.left, top, box.width, box.bottom - NOTE - top)
    if not any(value is not None for series in chart.series for value in series.values):
        put(slide, (Para(_("No data").to(language), 20, 16, MUTED),), room, language, "Chart", "ctr")
        return cut
    made = slide.shapes.add_chart(KINDS[chart.kind], *room.emu(), data_of(chart, language))
    frame = cast(GraphicFrame, made)  # python-pptx says "Chart", and gives the frame around it
    frame.name = "Chart"
    described = f"{title}. {words(chart.note, language)}"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
    form(frame.chart, chart, room, language)
    if chart.lines and chart.kind != ChartKind.LINE:
        draw_thresholds(slide, frame.chart, chart, room, language)
    return cut or names_are_cut(chart, language)


def data_of(chart: Chart, language: str) -> SafeData:
    """Which data stand behind the chart? Those that are shown; None stays empty; a threshold of LINE is one series."""
    data = SafeData(number_format=number_format(chart))
    data.categories = categories_of(chart, language)
    for series in shown_series(chart):
        data.add_series(name_of(series, language), series.values)
    return data


def shown_series(chart: Chart) -> tuple[Series, ...]:
    """Which series has the native chart? The chart's own; across LINE also its thresholds."""
    if chart.kind != ChartKind.LINE:
        return chart.series
    lines = (Series(name, (value,) * len(chart.categories), colour, True) for value, name, colour in chart.lines)
    return (*chart.series, *lines)


def categories_of(chart: Chart, language: str) -> list[str]:
    """What stands along the axis? Times as numbers alone; texts cut to what an axis can hold."""
    days = all(isinstance(time, pd.Timestamp) and time == time.normalize() for time in chart.categories)
    return [
        f"{category:{'%m-%d' if days else '%m-%d %H:%M'}}"
        if isinstance(category, pd.Timestamp)
        else shortened(words(category, language), CATEGORY, 1)
        for category in chart.categories
    ]


def name_of(series: Series, language: str) -> str:
    """What is a series called in the legend?"""
    return shortened(words(series.name, language), NAME, 1)


def names_are_cut(chart: Chart, language: str) -> bool:
    """Is any name longer than the chart shows?"""
    names = [words(series.name, language) for series in chart.series]
    texts = [words(text, language) for text in chart.categories if not isinstance(text, pd.Timestamp)]
    shown = [name_of(series, language) for series in chart.series] + categories_of(chart, language)[: len(texts)]
    return names + texts != shown


def number_format(chart: Chart) -> str:
    """How are its numbers written?"""
    return "#,##0" if chart.whole else "#,##0.0"


def form(native: Native, chart: Chart, room: Box, language: str) -> None:
    """How does the chart look: typefaces, axes, legend, colours, gaps, labels where there are few points?"""
    for number in native._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        number.set("val", number.get("val").lstrip("-"))  # python-pptx counts below 0, the standard does not
    native.has_title = False
    native.font.size = None
    body(native._chartSpace.find(qn("c:txPr")), language, INK)
    native.has_legend = len(shown_series(chart)) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
        unnamed(native, chart)
    form_values(native, chart, language)
    form_categories(native, chart, room, language)
    if chart.kind != ChartKind.LINE:
        native.plots[0].gap_width = 45 if len(chart.categories) > 2 else 120
    bars = room_of(chart, native, room)
    for made, series in zip(native.plots[0].series, shown_series(chart), strict=True):
        if chart.kind == ChartKind.LINE:
            stroked(made, series)
            dotted(made, series)
        else:
            made.invert_if_negative = False
            made.format.fill.solid()
            made.format.fill.fore_color.rgb = rgb(ground_of(series))
        if len(chart.categories) <= FEW[chart.kind]:
            labelled(made, series, chart, bars, language)


def room_of(chart: Chart, native: Native, room: Box) -> Room:
    """How much room have numbers in the bars of this frame, roughly?"""
    end = float(native.value_axis.maximum_scale or 1.0)
    if chart.kind != ChartKind.BAR:
        return Room((room.height - AROUND) / end, (room.width - 1.0) / max(1, len(chart.categories)) / 1.5)
    names = max(width_of(str(name)) for name in native.plots[0].categories) * SIZE / POINTS
    return Room((room.width - names - 0.5) / end, (room.height - AROUND) / max(1, len(chart.categories)) / 1.5)


def unnamed(native: Native, chart: Chart) -> None:
    """Takes series without any value out of the legend: there is nothing to be told by their colour."""
    place = native.legend._element.find(qn("c:legendPos"))
    for at, series in reversed(list(enumerate(chart.series))):
        if all(value is None for value in series.values):
            entry = f'<c:legendEntry {CHART}><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'
            place.addnext(parse_xml(entry))


def form_values(native: Native, chart: Chart, language: str) -> None:
    """How does the axis of values look? From 0 on, in round steps, whole where things are counted; its title is the
    unit."""
    axis, most = native.value_axis, highest(chart)
    step = round_step(most, chart.whole)
    axis.minimum_scale = min(0.0, math.floor(lowest(chart) / step) * step)
    above = 1.06 if chart.kind == ChartKind.LINE else 1.0  # a number may stand over the highest point
    axis.maximum_scale, axis.major_unit = max(step, math.ceil(most * above / step) * step), step
    axis.tick_labels.number_format = "#,##0" if step == int(step) else "#,##0.0"
    axis.tick_labels.number_format_is_linked = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.major_gridlines.format.line.color.rgb = rgb(RULE)
    axis.format.line.fill.background()
    axis.has_title = True
    title = axis._element.find(qn("c:title"))
    turned = ' rot="0" vert="horz"' if chart.kind == ChartKind.BAR else ' rot="-5400000" vert="horz"'
    run = run_form("a:rPr", language, SIZE - 1, MUTED)
    text = f"<a:p><a:pPr>{run_form('a:defRPr', language, SIZE - 1, MUTED)}</a:pPr><a:r>{run}<a:t/></a:r></a:p>"
    rich = parse_xml(f"<c:tx {CHART} {DRAWING}><c:rich><a:bodyPr{turned}/><a:lstStyle/>{text}</c:rich></c:tx>")
    rich.find(f".//{qn('a:t')}").text = shortened(words(chart.unit, language), NAME, 1)
    for old in title.findall(qn("c:tx")):
        title.remove(old)
    title.insert(0, rich)


def form_categories(native: Native, chart: Chart, room: Box, language: str) -> None:
    """How does the other axis look? Times with few labels; bars from top to bottom, as the story tells them."""
    axis = native.category_axis
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(MUTED)
    if chart.kind == ChartKind.BAR:
        axis.reverse_order = True
        # Else reversing would carry the axis of values to the top.
        native.value_axis._element.find(qn("c:crosses")).set("val", "max")
    timed = all(isinstance(category, pd.Timestamp) for category in chart.categories)
    every = label_step(len(chart.categories), room.width) if timed else 1
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = parse_xml(f'<{tag} {CHART} val="{every}"/>')
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    text = f'<c:txPr {CHART} {DRAWING}><a:bodyPr vert="horz"/><a:lstStyle/><a:p/></c:txPr>'
    properties = parse_xml(text)
    body(properties, language, INK, name_size(chart, room))
    for old in axis._element.findall(qn("c:txPr")):
        axis._element.remove(old)
    axis._element.find(qn("c:crossAx")).addprevious(properties)


def body(properties: BaseOxmlElement, language: str, colour: str, size: float = SIZE) -> None:
    """Gives text properties of a chart (c:txPr) every typeface."""
    for old in properties.findall(qn("a:p")):
        properties.remove(old)
    style = run_form("a:defRPr", language, size, colour)
    properties.append(parse_xml(f"<a:p {DRAWING}><a:pPr>{style}</a:pPr></a:p>"))


def name_size(chart: Chart, room: Box) -> float:
    """How large are names along the axis, in points? Those of many bars smaller, so that none is left out."""
    if chart.kind != ChartKind.BAR:
        return SIZE
    row = (room.height - AROUND) * POINTS / max(1, len(chart.categories))
    return max(8.0, min(SIZE, round(row / AIR, 1)))


def label_step(points: int, width: float) -> int:
    """Every how many points is there room for a label?"""
    least = points / max(1.0, (width - 0.8) / LABEL_ROOM)
    return next((step for step in STEPS if step >= least), math.ceil(least))


def highest(chart: Chart) -> float:
    """How far up do values reach: the highest line, the tallest stack, or a threshold?"""
    columns = zip(*(series.values for series in chart.series), strict=True)
    if chart.kind == ChartKind.LINE:
        tops = [value for column in columns for value in column if value is not None]
    else:
        tops = [sum(value for value in column if value and value > 0) for column in columns]
    return max([0.0, *tops, *(value for value, _name, _colour in chart.lines)])


def lowest(chart: Chart) -> float:
    """How far down do values reach? 0 where all are counts."""
    return min([0.0, *(value for series in chart.series for value in series.values if value is not None)])


def round_step(most: float, whole: bool) -> float:
    """How far apart are the lines of the axis? 1, 2 or 5 times a power of ten, about five of them; of counts whole."""
    if most <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(most / 5))
    step = next(times * size for times in (1, 2, 5, 10) if times * size >= most / 5)
    return max(1.0, step) if whole else step
