"""How do the charts of a document look as pictures?"""

from __future__ import annotations

from analysis.report.papers.blocks import Chart, Story
from analysis.report.papers.browser import NoBrowser, Painter
from analysis.report.papers.figures import figure

WIDTH = 760  # pixels: the width of the text on A4, 15.5 cm, at the size of type that reads beside 12 points
SCALE = 2.0  # to some 250 dots an inch
INK, GROUND = "#3B4754", "#FFFFFF"  # darker than on a screen, for paper


def chart_pictures(story: Story, language: str, painter: Painter) -> dict[str, bytes]:
    """How do the charts of a story's sections look on paper? Key → PNG; {} where no browser can paint them, for then
    the document carries tables in their place and says so."""
    charts = {block.key: block for section in story.sections for block in section.blocks if isinstance(block, Chart)}
    drawn = [figure(chart, language, ink=INK).update_layout(paper_bgcolor=GROUND) for chart in charts.values()]
    try:
        return dict(zip(charts, painter.pictures(drawn, WIDTH, None, SCALE), strict=True)) if charts else {}
    except NoBrowser:
        return {}
