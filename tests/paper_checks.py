"""What is wrong with a paper? Files are opened again, and their pages looked at by machine."""

from __future__ import annotations

import html
import io
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
from PIL import Image
from pypdf import PdfReader

from analysis.report.papers.blocks import Lines, Story

SECONDS = 60  # that a program may take for one file
EDGE = 1.0  # points that a word may stand out of its page: rounding
XML = (".xml", ".rels", ".vml")
LATIN_END = 0x24F


def faults(ending: str, data: bytes) -> list[str]:
    """What is wrong with a file that is read back? Nothing, if it opens, and each of its parts is well-formed."""
    if ending == ".html":
        return page_faults(data.decode())
    if ending == ".pdf":
        return [] if len(PdfReader(io.BytesIO(data), strict=True).pages) else ["no page"]
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        broken = [f"{packed.testzip()} is broken"] if packed.testzip() else []
        names = packed.namelist()
        twice = [f"{name} is there twice" for name in set(names) if names.count(name) > 1]
        for name in names:
            if name.endswith(XML):
                ElementTree.fromstring(packed.read(name))
    open_again = {".pptx": pptx.Presentation, ".docx": docx.Document, ".xlsx": openpyxl.load_workbook}
    open_again[ending](io.BytesIO(data))
    return broken + twice


class Tags(HTMLParser):
    """What does a page load, and which handlers stand in its tags?"""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            told = value or ""
            if name.startswith("on") or (name in ("src", "href") and not told.startswith(("data:", "#", "blob:"))):
                self.found.append(f"<{tag} {name}={told[:60]}>")


def page_faults(text: str) -> list[str]:
    """What must not be in a page that stands alone: other files, handlers in tags, words of posts as markup?"""
    tags = Tags()
    tags.feed(text)
    return tags.found + ["a script of a post"] * ("<script>alert(1)" in text)


def blank(picture: Path) -> bool:
    """Is there nothing on a page?"""
    with Image.open(picture) as drawn:
        colours = drawn.convert("L").getextrema()
    return colours[0] == colours[1]


def outside(pdf: Path) -> list[str]:
    """Which words stand out of their page?"""
    found, width, height = [], 0.0, 0.0
    for line in read_by("-bbox", pdf).splitlines():
        if size := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            width, height = map(float, size.groups())
        elif word := re.search(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', line):
            left, top, right, bottom = map(float, word.groups()[:4])
            if left < -EDGE or top < -EDGE or right > width + EDGE or bottom > height + EDGE:
                found.append(html.unescape(word.group(5)))
    return found


def read_by(form: str, pdf: Path) -> str:
    """What does pdftotext read? Emoji come as two halves where LibreOffice wrote them so: they are put together."""
    told = subprocess.run(["pdftotext", form, pdf, "-"], capture_output=True, timeout=SECONDS, check=True)
    halves = told.stdout.decode("utf-8", "surrogatepass")
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def text_of(pdf: Path) -> str:
    """What does a PDF say, without the spaces and line ends that only its layout makes?"""
    return bare(read_by("-raw", pdf))


def bare(text: str) -> str:
    """How does a text read whatever its layout? Without spaces, the dashes of broken lines, and look-alike signs."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign)[0] not in "CZ")


def unsaid(pdf: Path, told: Iterator[str]) -> list[str]:
    """Which sentences does a PDF not say?"""
    text = text_of(pdf)
    return [sentence for sentence in told if bare(sentence) not in text]


def missing(pdf: Path) -> list[str]:
    """Which glyphs are missing in a PDF? Replacement signs in its text, and signs that no font of this machine has."""
    text = text_of(pdf)
    strange = sorted({sign for sign in text if ord(sign) > 0x24F and not "\u4e00" <= sign <= "\u9fff"})
    call = ["fc-list", "-f", "%{family}\n"]
    found = [
        sign for sign in strange if not subprocess.run([*call, f":charset={ord(sign):x}"], capture_output=True).stdout
    ]
    return found + ["\ufffd"] * ("\ufffd" in text) + [f"notdef on page {at}" for at in no_glyphs(pdf)]


def no_glyphs(pdf: Path) -> Iterator[int]:
    """On which pages (from 1 on) does a font show glyph 0, the box that stands for what it does not have?"""
    for at, shown in enumerate(PdfReader(pdf).pages, start=1):
        fonts, font = dict(shown.get("/Resources", {}).get("/Font", {})), None
        contents = shown.get_contents()
        for values, operator in contents.operations if contents else ():
            if operator == b"Tf":
                font = fonts[values[0]].get_object() if values[0] in fonts else None
            elif operator in (b"Tj", b"TJ") and font and font.get("/Encoding") == "/Identity-H":
                runs = values[0] if operator == b"TJ" else [values[0]]
                codes = b"".join(getattr(run, "original_bytes", b"") for run in runs)
                if any(codes[place : place + 2] == b"\0\0" for place in range(0, len(codes), 2)):
                    yield at
                    break


def leads(told: Story, language: str) -> Iterator[str]:
    """What must stand on the slides?"""
    yield told.title.to(language)
    for scene in told.scenes:
        yield from (scene.title.to(language), scene.lead.to(language))


def lines(told: Story, language: str) -> Iterator[str]:
    """What must stand in the document and on the page?"""
    yield told.title.to(language)
    for section in told.sections:
        yield section.heading.to(language)
        yield from (text.to(language) for block in section.blocks if isinstance(block, Lines) for text in block.texts)
