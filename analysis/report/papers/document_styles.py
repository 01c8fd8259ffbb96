"""Which styles has a 专报: typefaces, sizes, spacing and indents of 公文, in Chinese and in English?

Every style stands for itself (based on none) and names its typeface for Chinese too, so that it looks the same in a
document whose own default is another. Sizes and spacing in points, near GB/T 9704-2012: the text is 小三 instead of
三号, since a 专报 has charts and tables beside its text.
"""

from __future__ import annotations

from dataclasses import dataclass

FANGSONG, HEI, KAI, SONG, LATIN = "仿宋", "黑体", "楷体", "宋体", "Times New Roman"
INK, MUTED = "1F2933", "55606B"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS = 20  # in a point


@dataclass(frozen=True)
class Style:
    """A paragraph style; name as Word knows it (in lower case where it is one of Word's own headings).

    size: in points, in Chinese and in English; line: exact points in Chinese, 0 = single; first: indent of the first
    line by two characters in Chinese; side: indent of both sides in points; outline: level of a heading, -1 = none.
    """

    name: str
    face: str
    size: tuple[float, float]
    line: float = 0
    before: float = 0
    after: float = 0
    align: str = "left"
    first: bool = False
    side: float = 0
    bold: bool = False
    keep: bool = False
    outline: int = -1
    colour: str = INK

    @property
    def id(self) -> str:
        return self.name.title().replace(" ", "")


HEAD, TITLE, UNDER, LETTER = "Paper Head", "Title", "Subtitle", "Paper Letter"
SECTION, PART, BODY, POINT, ANNEX = "heading 1", "heading 2", "Body Text", "Paper Point", "Annex Text"
SAID, SOURCE, CAPTION, PICTURE, NOTE = "Quote", "Quote Source", "caption", "Picture", "Source Note"
CELL, CELL_HEAD, TOP, FOOT = "Table Text", "Table Head", "header", "footer"
STYLES = (
    Style("Normal", FANGSONG, (15, 12), 27),
    Style(HEAD, HEI, (26, 22), after=8, align="center", bold=True),
    Style(UNDER, KAI, (14, 11), 24, align="center"),
    Style(LETTER, FANGSONG, (14, 11), 24),
    Style(TITLE, HEI, (22, 18), 34, before=14, after=8, align="center"),
    Style(SECTION, HEI, (15, 14), 27, before=8, after=2, first=True, keep=True, outline=0),
    Style(PART, KAI, (15, 12), 27, before=4, first=True, bold=True, keep=True, outline=1),
    Style(BODY, FANGSONG, (15, 12), 27, align="both", first=True),
    Style(POINT, FANGSONG, (15, 12), 27, align="both", first=True),
    Style(ANNEX, FANGSONG, (12, 10.5), 21, align="both", first=True),
    Style(SAID, KAI, (14, 11), 25, before=3, align="both", side=30, keep=True),
    Style(SOURCE, FANGSONG, (10.5, 9.5), 17, after=4, side=30, colour=MUTED),
    Style(CAPTION, HEI, (12, 10.5), 22, before=6, after=3, align="center", keep=True),
    Style(PICTURE, FANGSONG, (10.5, 10.5), before=6, align="center", keep=True),
    Style(NOTE, FANGSONG, (10.5, 9.5), 17, after=8, align="center", colour=MUTED),
    Style(CELL, FANGSONG, (10.5, 10), 16, before=1, after=1),
    Style(CELL_HEAD, HEI, (10.5, 10), 16, before=1, after=1, align="center", keep=True),
    Style(TOP, KAI, (10.5, 9), colour=MUTED, align="center"),
    Style(FOOT, SONG, (14, 10.5), align="center"),
)


def style_xml(style: Style, language: str) -> str:
    """How is a style written in WordprocessingML? The order of its parts is that of ECMA-376."""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    kept = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    known = style.name not in (HEAD, LETTER, POINT, ANNEX, SOURCE, PICTURE, NOTE, CELL, CELL_HEAD)
    kind = ' w:default="1"' if style.name == "Normal" else "" if known else ' w:customStyle="1"'
    return (
        f'<w:style {WORD} w:type="paragraph"{kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:qFormat/>'
        f"<w:pPr>{kept}{spacing(style, language)}{indent(style, language)}"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>{run_form(style, language)}</w:style>'
    )


def spacing(style: Style, language: str) -> str:
    """How high is a line, and what is free above and below? English lines follow their size, and have air below."""
    exact = style.line and language == "zh_CN"
    line = f'w:line="{round(style.line * TWIPS)}" w:lineRule="exact"' if exact else 'w:line="264" w:lineRule="auto"'
    if not style.line:
        line = 'w:line="240" w:lineRule="auto"'
    after = style.after + (4 if style.first and language == "en" else 0)
    return f'<w:spacing w:before="{round(style.before * TWIPS)}" w:after="{round(after * TWIPS)}" {line}/>'


def indent(style: Style, language: str) -> str:
    """How far is a paragraph moved in? In Chinese the first line by two characters, which follow the size."""
    first = ""
    if style.first and language == "zh_CN":
        first = f' w:firstLineChars="200" w:firstLine="{round(2 * style.size[0] * TWIPS)}"'
    side = round(style.side * TWIPS)
    return f'<w:ind w:left="{side}" w:right="{side}"{first}/>'


def run_form(style: Style, language: str) -> str:
    """Which typeface, size and colour has a style?"""
    size = round(2 * style.size[language == "en"])
    weight = "<w:b/><w:bCs/>" if style.bold else ""
    return (
        f'<w:rPr>{fonts(style.face)}{weight}<w:color w:val="{style.colour}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{tongue(language)}</w:rPr>'
    )


def fonts(face: str) -> str:
    """Which typefaces: Latin, Chinese and complex scripts? None is left to a theme."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}"/>'


def tongue(language: str) -> str:
    """Which language is spelt and broken into lines?"""
    return f'<w:lang w:val="{"en-US" if language == "zh_CN" else "en-GB"}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
