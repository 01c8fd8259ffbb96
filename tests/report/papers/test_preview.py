"""Does the preview show a report as it will read, whatever stands in it? And how do its files leave the desk?"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from stories import NASTY, nasty_story, story

from analysis.report.papers.blocks import Chart
from analysis.report.papers.bundle import paper_name, together
from analysis.report.papers.facts import told_facts
from analysis.report.papers.house import House
from analysis.report.papers.preview import preview

OURS = {"div", "span", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote"}
HOUSE = House("某市第一医院", "宣传科")


class Reader(HTMLParser):
    """What a browser makes of the preview: tags, their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.names, self.titles, self.text = set[str](), set[str](), list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _value in attrs}
        self.titles += [value or "" for name, value in attrs if name == "title"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(parts: tuple[str | Chart, ...]) -> Reader:
    reader = Reader()
    reader.feed("".join(part for part in parts if isinstance(part, str)))
    return reader


@pytest.mark.parametrize(("language", "level"), [("en", "Mild"), ("zh_CN", "轻度")])
def test_everything_is_there_and_each_figure_tells_its_source(language: str, level: str) -> None:
    told = story()
    parts = preview(told, HOUSE, language)
    reader = read(parts)
    assert [part.key for part in parts if isinstance(part, Chart)] == ["trend", "topics"]
    for words in ("某市第一医院 · 宣传科", "关于“急诊排队”的舆情专报", "〔2025〕第 1 期", "2025-03-04 09:59", level):
        assert words in reader.text
    assert "窗口只开一个，排了三小时。" in reader.text and "首次回应（黄金4小时）" in reader.text
    assert reader.text.count("1,284") == 3 and len(reader.titles) == 6  # the sentence stands thrice, with two figures
    assert {fact.fact.value for fact in told_facts(told)} == {1284, 0.42} and "" not in reader.titles
    assert "________" in read(preview(replace(told, number=""), HOUSE, "en")).text


def test_foreign_words_stay_words() -> None:
    for word in NASTY:
        reader = read(preview(nasty_story(word), House(), "en"))
        assert reader.tags <= OURS
        assert reader.names <= {"style", "title", "role", "aria-level", "data-testid", "class"}
        if word.isprintable():
            assert word in reader.text


def test_files_have_safe_names_and_stand_together_in_one() -> None:
    told = story()
    assert paper_name(told, "", "zh_CN", ".docx").endswith("_2025-03-04_09时.docx")
    assert paper_name(told, "a/b:c", "en", ".pdf") == "Daily report_a b c_2025-03-04_09h.pdf"
    when = pd.Timestamp("2025-03-04 09:59:58", tz="Asia/Shanghai")
    packed = together({"日报.txt": b"one", "b.txt": b"two"}, when)
    assert packed == together({"日报.txt": b"one", "b.txt": b"two"}, when)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert {info.filename: opened.read(info) for info in opened.infolist()} == {"日报.txt": b"one", "b.txt": b"two"}
        assert opened.infolist()[0].date_time == (2025, 3, 4, 9, 59, 58)
