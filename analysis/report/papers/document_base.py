"""What does an empty document look like, before anything is written in it? A4 with the margins of 公文.

It is made here rather than taken from a library's template: that one brings a Japanese theme, a maker's name, a
thumbnail and 400 KB of styles that nobody uses.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm

from analysis.report.papers.document_styles import (
    FANGSONG,
    HEI,
    KAI,
    LATIN,
    SONG,
    STYLES,
    WORD,
    fonts,
    style_xml,
    tongue,
)

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument"
PARTS = {"styles": "styles", "settings": "settings", "fontTable": "fontTable"}  # relation → part of word/
MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26, "header": 15, "footer": 25}  # mm, GB/T 9704-2012
SETTINGS = (
    f'<w:settings {WORD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
# Other names of the same typeface, and who stands in for it: Windows, macOS, WPS (方正), Linux.
OTHER_NAMES = {
    FANGSONG: "FangSong,仿宋_GB2312,FangSong_GB2312,STFangsong,华文仿宋,FZFangSong-Z02,方正仿宋_GBK",
    HEI: "SimHei,STHeiti,华文黑体,Heiti SC,FZHei-B01,方正黑体_GBK,Noto Sans CJK SC",
    KAI: "KaiTi,楷体_GB2312,KaiTi_GB2312,STKaiti,华文楷体,Kaiti SC,FZKai-Z03,方正楷体_GBK",
    SONG: "SimSun,STSong,华文宋体,Songti SC,FZShuSong-Z01,方正书宋_GBK,Noto Serif CJK SC",
    LATIN: "Times,Liberation Serif",
}
PANOSE = {FANGSONG: "02010609060101010101", HEI: "02010609060101010101", KAI: "02010609060101010101"}
PANOSE |= {SONG: "02010600030101010101", LATIN: "02020603050405020304"}


def blank(language: str) -> Document:
    """Which document is empty, but has the page, the typefaces and the styles of a 专报?"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts(language):
            packed.writestr(name, HEADER + text)
    out.seek(0)
    return docx.Document(out)


def with_styles(document: Document, language: str) -> Document:
    """How does a document get the styles that it lacks? One of the same name stays as its owner made it."""
    there = {style.element.name_val.lower() for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    for style in STYLES:
        if style.name.lower() not in there:
            document.styles.element.append(parse_xml(style_xml(style, language)))
    return document


def text_width(document: Document) -> int:
    """How wide is the text, in EMU? Of the narrowest section; A4's where the document does not say."""
    widths = []
    for section in document.sections:
        whole, left, right = section.page_width, section.left_margin, section.right_margin
        if whole is not None and left is not None and right is not None:
            widths.append(whole - left - right)
    return min(widths, default=Mm(156))


def parts(language: str) -> Iterator[tuple[str, str]]:
    """Which parts make up the package (ECMA-376 part 2)?"""
    types = [("document", f"{KIND}.wordprocessingml.document.main+xml")]
    types += [(part, f"{KIND}.wordprocessingml.{part}+xml") for part in PARTS.values()]
    overrides = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/>' for part, kind in types)
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        f'<Override PartName="/docProps/app.xml" ContentType="{KIND}.extended-properties+xml"/></Types>',
    )
    yield "_rels/.rels", relations({"officeDocument": "word/document.xml", "extended-properties": "docProps/app.xml"})
    yield "word/_rels/document.xml.rels", relations({name: f"{part}.xml" for name, part in PARTS.items()})
    yield "docProps/app.xml", properties()
    yield "word/document.xml", f"<w:document {WORD}><w:body>{page()}</w:body></w:document>"
    yield "word/styles.xml", styles(language)
    yield "word/settings.xml", SETTINGS
    yield "word/fontTable.xml", font_table()


def relations(targets: dict[str, str]) -> str:
    """Which parts does a part point to?"""
    rows = (
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{name}" Target="{target}"/>'
        for at, (name, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def properties() -> str:
    """Which program wrote it? Nothing about a machine or its user."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{space}"><Application>Microsoft Office Word</Application></Properties>'


def page() -> str:
    """Which page: A4 upright, with the margins of 公文?"""
    margins = " ".join(f'w:{side}="{Mm(size).twips}"' for side, size in MARGINS.items())
    return f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins} w:gutter="0"/></w:sectPr>'


def styles(language: str) -> str:
    """Which styles are there? The defaults name typefaces too: nothing falls back to a theme."""
    default = f'<w:rPrDefault><w:rPr>{fonts(FANGSONG)}<w:sz w:val="24"/><w:szCs w:val="24"/>{tongue(language)}</w:rPr>'
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    letter = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    own = "".join(style_xml(style, language) for style in STYLES)
    start = f"<w:docDefaults>{default}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    return f"<w:styles {WORD}>{start}{letter}{table}{own}</w:styles>"


def font_table() -> str:
    """Under which other names may a reader's machine know our typefaces?"""
    rows = (
        f'<w:font w:name="{face}"><w:altName w:val="{names}"/><w:panose1 w:val="{PANOSE[face]}"/>'
        f'<w:charset w:val="{"00" if face == LATIN else "86"}"/>'
        f'<w:family w:val="{"roman" if face in (LATIN, SONG) else "modern"}"/>'
        f'<w:pitch w:val="{"variable" if face == LATIN else "fixed"}"/></w:font>'
        for face, names in OTHER_NAMES.items()
    )
    return f"<w:fonts {WORD}>{''.join(rows)}</w:fonts>"
