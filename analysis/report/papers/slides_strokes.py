"""How are the series of a native chart drawn: lines with gaps, lone points, and numbers where there are few?"""

from __future__ import annotations

from dataclasses import dataclass

from pptx.chart.series import BarSeries, LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis.report.papers.blocks import Chart, ChartKind, Series
from analysis.report.papers.slides_fit import POINTS, width_of
from analysis.report.papers.slides_text import DRAWING, INK, ink_on, run_form

CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
STROKE, MARK, PALE = Pt(2.5), 7, 0.45
LABEL = 12.0  # points
LABEL_HEIGHT, LABEL_AIR = 0.17, 0.06  # inches that a number takes, and beside it
FORMATS = {True: "#,##0;-#,##0;", False: "#,##0.0;-#,##0.0;"}  # the empty third part: no number for nothing
AFTER_LABELS = ("c:trendline", "c:errBars", "c:cat", "c:val", "c:smooth", "c:shape", "c:extLst")


@dataclass(frozen=True)
class Room:
    """How large are bars? unit: inches that 1 is long; thick: inches across."""

    unit: float
    thick: float

    def holds(self, value: float, chart: Chart) -> bool:
        """Is a part of a bar large enough for its number?"""
        wide = width_of(f"{value:,.{0 if chart.whole else 1}f}") * LABEL / POINTS + LABEL_AIR
        along, across = (wide, LABEL_HEIGHT) if chart.kind == ChartKind.BAR else (LABEL_HEIGHT, wide)
        return value * self.unit >= along and self.thick >= across


def rgb(colour: str) -> RGBColor:
    """Which colour is #RRGGBB?"""
    return RGBColor.from_string(colour.lstrip("#").upper())


def ground_of(series: Series) -> str:
    """Which colour have a series' bars? Its own; paler where it tells what is not counted, for a bar has no dashes."""
    if not series.dashed:
        return series.colour
    parts = (int(series.colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * PALE):02X}" for part in parts)


def stroked(made: LineSeries, series: Series) -> None:
    """A straight line in the series' colour, dashed where it tells what is not counted."""
    made.smooth = False
    line = made.format.line
    line.color.rgb, line.width = rgb(series.colour), STROKE
    if series.dashed:
        line.dash_style = MSO_LINE.DASH


def dotted(made: LineSeries, series: Series) -> None:
    """A point between two gaps has no line: it gets a mark, or nobody would see it."""
    values = (None, *series.values, None)
    for at, (before, value, after) in enumerate(zip(values, values[1:], values[2:], strict=False)):
        if value is not None and before is None and after is None:
            marker = made.points[at].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, MARK
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = rgb(series.colour)


def labelled(made: BarSeries | LineSeries, series: Series, chart: Chart, room: Room, language: str) -> None:
    """Numbers at the points of a line, or within the parts of a bar that are large enough; none for 0."""
    if chart.kind == ChartKind.LINE:
        if series.dashed:
            return
        ink, place, hidden = INK, "t", list[int]()
    else:
        ink, place = ink_on(ground_of(series)), "ctr"
        hidden = [at for at, value in enumerate(series.values) if value is not None and not room.holds(value, chart)]
    gone = "".join(f'<c:dLbl><c:idx val="{at}"/><c:delete val="1"/></c:dLbl>' for at in hidden)
    form = run_form("a:defRPr", language, LABEL, ink)
    text = f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{form}</a:pPr></a:p></c:txPr>"
    shown = "".join(
        f'<c:show{what} val="{int(what == "Val")}"/>'
        for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    )
    labels = parse_xml(
        f'<c:dLbls {CHART} {DRAWING}>{gone}<c:numFmt formatCode="{FORMATS[chart.whole]}" sourceLinked="0"/>'
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text}<c:dLblPos val="{place}"/>{shown}</c:dLbls>'
    )
    next(child for child in made._element if child.tag in {qn(tag) for tag in AFTER_LABELS}).addprevious(labels)
