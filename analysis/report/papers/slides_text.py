"""How does text stand on a slide: typefaces for Chinese too, language, size, and always inside its box?

Every run names its Latin, East Asian and complex-script typeface: a run that leaves the East Asian one open is shown
in whatever the reader's machine thinks fit. Element order is that of ECMA-376 (fill, latin, ea, cs), on which
PowerPoint insists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Inches

from analysis.language import Text
from analysis.report.papers.safe import clean
from analysis.report.papers.slides_fit import INDENT, Fitted, Para, fitted

CHINESE = "Microsoft YaHei"
LATIN = "Arial"  # digits in Chinese text too: every machine has it, or one of its widths
TYPEFACES = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface="{LATIN}"/>'
TAGS = {"zh_CN": ("zh-CN", "en-US"), "en": ("en-US", "zh-CN")}
SPACING = {"zh_CN": 90_000, "en": 95_000}  # of a line, in 1/1000%: YaHei has more air above its signs than Arial
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
INK, MUTED, PALE, WHITE, RULE = "#1F2933", "#55606B", "#F3F6F9", "#FFFFFF", "#D5DCE3"
EMU = Inches(1)


@dataclass(frozen=True)
class Box:
    """Where something stands on a slide, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def words(text: Text | str, language: str) -> str:
    """How does a text read on a slide? Cleaned of what XML does not allow, on one line."""
    return " ".join(clean(text.to(language) if isinstance(text, Text) else text).split())


def ink_on(colour: str) -> str:
    """Which ink can be read on this ground (#RRGGBB): dark, or white?"""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.6 else WHITE


def put(slide: Slide, paras: Sequence[Para], box: Box, language: str, name: str, anchor: str = "t") -> bool:
    """Where do these paragraphs stand? In a new text box, smaller or cut so that they fit; says whether they were cut.

    anchor: "t", "ctr" or "b". name: of the shape, for those who see or hear the list of shapes.
    """
    shape = slide.shapes.add_textbox(*box.emu())
    shape.name = name
    found = fitted(paras, box.width, box.height)
    write(shape.text_frame._txBody, found.paras, language, anchor)
    return found.cut


def ground(slide: Slide, kind: MSO_SHAPE, box: Box, colour: str, name: str) -> Shape:
    """Which shape is filled with a colour, has no outline and no words yet?"""
    shape = slide.shapes.add_shape(kind, *box.emu())
    shape.name = name
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))  # no shadow, and no ink of its own
    write(shape.text_frame._txBody, (Para("", 10, 10),), "en")
    return shape


def fill(shape_element: BaseOxmlElement, paras: Sequence[Para], box: Box, language: str, anchor: str = "ctr") -> Fitted:
    """How do paragraphs stand in a placeholder or drawn shape of this box? As `put` does."""
    found = fitted(paras, box.width, box.height)
    write(shape_element.find(qn("p:txBody")), found.paras, language, anchor)
    return found


def write(body: BaseOxmlElement, paras: Sequence[Para], language: str, anchor: str = "t", inset: float = 0.0) -> None:
    """Replaces what a text body holds. No inset of its own, so that the box is as wide as it was measured."""
    properties, side = body.find(qn("a:bodyPr")), str(Inches(inset))
    for old in list(properties):
        properties.remove(old)
    margins = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), side)
    for key, value in {"wrap": "square", **margins, "rtlCol": "0", "anchor": anchor}.items():
        properties.set(key, value)
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for para in paras:
        body.append(parse_xml(paragraph(para, language)))


def paragraph(para: Para, language: str) -> str:
    """How is a paragraph written in DrawingML?"""
    side = ' algn="r"' if para.right else ""
    indent = f' marL="{Inches(INDENT)}" indent="-{Inches(INDENT)}"' if para.point else ' marL="0" indent="0"'
    sign = '<a:buFont typeface="Arial"/><a:buChar char="&#8226;"/>' if para.point else "<a:buNone/>"
    gap = f'<a:spcBef><a:spcPts val="{round(para.gap * 100)}"/></a:spcBef>'
    line = f'<a:lnSpc><a:spcPct val="{SPACING[language]}"/></a:lnSpc>'
    form = run_form("a:rPr", language, para.size, para.colour, para.bold)
    run = f"<a:r>{form}<a:t>{escape(para.text)}</a:t></a:r>" if para.text else ""
    end = run_form("a:endParaRPr", language, para.size, para.colour, para.bold)
    return f"<a:p {DRAWING}><a:pPr{indent}{side}>{line}{gap}{sign}</a:pPr>{run}{end}</a:p>"


def run_form(tag: str, language: str, size: float, colour: str, bold: bool = False) -> str:
    """How is the form of a run written: `tag` is a:rPr, a:endParaRPr or (in charts) a:defRPr; size in points."""
    tongue, other = TAGS[language]
    ink = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
    start = f'<{tag} lang="{tongue}" altLang="{other}" sz="{round(size * 100)}" b="{int(bold)}" dirty="0">'
    return f"{start}{ink}{TYPEFACES}</{tag}>"
