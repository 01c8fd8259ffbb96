"""Where do thresholds stand across bars and columns? As lines over a plot whose place and scale are fixed.

A native chart of bars knows no line across it. Place and scale of the plot are set here, so the lines stay right
when the data are edited.
"""

from __future__ import annotations

from pptx.chart.chart import Chart as Native
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from analysis.report.papers.blocks import Chart, ChartKind
from analysis.report.papers.slides_fit import POINTS, Para, width_of
from analysis.report.papers.slides_strokes import CHART, rgb
from analysis.report.papers.slides_text import INK, Box, put, words

SIZE = 12.0  # points, of the lines' names
ROW = 0.26  # inches that a row of them takes
LEGEND, AXIS, UNIT = 0.4, 0.32, 0.34  # inches for what stands around the plot
EDGE = 0.25
WIDEST = 0.4  # of the frame, for the names of bars


def draw_thresholds(slide: Slide, native: Native, chart: Chart, room: Box, language: str) -> None:
    """Draws each threshold with its name: above the plot of bars, right of the plot of columns."""
    names = [f"{words(name, language)} {value:g}" for value, name, _colour in chart.lines]
    plot = plot_of(native, chart, room, names)
    place_plot(native, plot, room)
    axis = native.value_axis
    low, high = float(axis.minimum_scale or 0.0), float(axis.maximum_scale or 1.0)
    last_ends = list[float]()
    for name, (value, _name, colour) in sorted(zip(names, chart.lines, strict=True), key=lambda pair: pair[1][0]):
        share = (value - low) / (high - low)
        if chart.kind == ChartKind.COLUMN:
            y = plot.bottom - share * plot.height
            _draw(slide, plot.left, y, plot.left + plot.width, y, colour)
            _write(slide, name, Box(plot.left + plot.width + 0.05, y - ROW / 2, _wide(name), ROW), language)
            continue
        x = plot.left + share * plot.width
        left = min(x - _wide(name) / 2, room.left + room.width - _wide(name))
        row = next((row for row, end in enumerate(last_ends) if left > end), len(last_ends))
        last_ends[row : row + 1] = [left + _wide(name)]
        top = plot.top - ROW * (row + 1)
        _draw(slide, x, top + ROW, x, plot.bottom, colour)
        _write(slide, name, Box(left, top, _wide(name), ROW), language)


def plot_of(native: Native, chart: Chart, room: Box, names: list[str]) -> Box:
    """Which part of the frame has the plot? What legend, axes and the thresholds' names leave of it."""
    top = room.top + (LEGEND if native.has_legend else 0.1)
    labels = [str(category) for category in native.plots[0].categories]
    if chart.kind == ChartKind.COLUMN:
        right = room.left + room.width - max(map(_wide, names)) - 0.1
        return Box(room.left + 1.0, top, right - room.left - 1.0, room.bottom - AXIS - top)
    left = room.left + min(room.width * WIDEST, max(map(width_of, labels)) * 13.0 / POINTS + EDGE)
    top += ROW * len(names)
    return Box(left, top, room.left + room.width - EDGE - left, room.bottom - AXIS - UNIT - top)


def place_plot(native: Native, plot: Box, room: Box) -> None:
    """Fixes where the plot stands in the chart's frame; as shares of it, without labels and titles ("inner")."""
    shares = {
        "x": (plot.left - room.left) / room.width,
        "y": (plot.top - room.top) / room.height,
        "w": plot.width / room.width,
        "h": plot.height / room.height,
    }
    places = "".join(f'<c:{key} val="{share:.5f}"/>' for key, share in shares.items())
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    layout = f"<c:layout {CHART}><c:manualLayout>{modes}{places}</c:manualLayout></c:layout>"
    area = native._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, parse_xml(layout))


def _draw(slide: Slide, left: float, top: float, right: float, bottom: float, colour: str) -> None:
    ends = (Inches(left), Inches(top), Inches(right), Inches(bottom))
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    line.name = "Threshold"
    line.line.color.rgb, line.line.width, line.line.dash_style = rgb(colour), Pt(2), MSO_LINE.DASH


def _write(slide: Slide, name: str, box: Box, language: str) -> None:
    put(slide, (Para(name, SIZE, 9, INK, bold=True),), box, language, "Threshold name", "ctr")


def _wide(name: str) -> float:
    """How wide is a name, in inches? At most a fifth of the slide."""
    return min(2.6, width_of(name, bold=True) * SIZE / POINTS + 0.12)
