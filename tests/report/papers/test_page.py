"""Does the page stand on its own, tell where its figures come from, and let no foreign word do anything?"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from stories import NASTY, nasty_story, story

from analysis.report.papers.house import House
from analysis.report.papers.page import chinese_number, page


class Seen(HTMLParser):
    """What a browser finds on a page: tags with their attributes, scripts by what is in them, and the text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text, self.within = "", ""
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.within = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        if self.within == "script":
            self.scripts[-1] += data
        elif self.within != "style":
            self.text += data

    def all(self, tag: str, key: str) -> list[str | None]:
        return [attributes[key] for name, attributes in self.tags if name == tag and key in attributes]


def test_every_figure_leads_to_where_it_comes_from() -> None:
    seen = Seen(page(story(), House(), "en"))
    facts = [attributes for tag, attributes in seen.tags if tag == "a" and attributes.get("class") == "fact"]
    ids = {attributes.get("id") for _tag, attributes in seen.tags}
    assert [fact["href"] for fact in facts] == ["#s1", "#s2"] * 3
    assert all(fact["href"] and fact["href"][1:] in ids and fact["aria-describedby"] in ids for fact in facts)
    assert "1,284" in seen.text and "42%" in seen.text


def test_nothing_is_fetched_and_only_its_own_scripts_run() -> None:
    seen = Seen(page(story(), House(), "zh_CN"))
    policy = str(next(content for content in seen.all("meta", "content") if content and "default-src" in content))
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy.split("style-src")[0]
    for script in seen.scripts[1:]:
        assert b64encode(sha256(script.encode()).digest()).decode() in policy
    assert seen.all("script", "src") == seen.all("link", "href") == []
    assert all(str(source).startswith("data:") for source in seen.all("img", "src"))


def test_it_is_told_in_the_readers_language_with_one_main_and_numbered_sections() -> None:
    chinese, english = (Seen(page(story(), House("甲医院"), language)) for language in ("zh_CN", "en"))
    assert chinese.all("html", "lang") == ["zh-CN"] and english.all("html", "lang") == ["en"]
    assert "一、" in chinese.text and "1. Situation" in english.text
    assert [tag for tag, _attributes in english.tags if tag in ("header", "main", "nav", "h1")] == [
        *("header", "h1", "nav", "main")
    ]


def test_the_workbook_can_be_taken_from_it() -> None:
    seen = Seen(page(story(), House(), "en", appendix=b"PK-workbook"))
    links = [attributes for tag, attributes in seen.tags if tag == "a" and "download" in attributes]
    assert [b64decode(str(link["href"]).split(",")[1]) for link in links] == [b"PK-workbook"]
    assert str(links[0]["download"]).endswith(".xlsx")


def test_it_is_small_enough_to_be_sent() -> None:
    assert len(page(story(), House(), "zh_CN")) < 6_000_000


@pytest.mark.parametrize("word", [*NASTY, "</script><script>alert(2)</script>", '" onload="alert(3)'])
def test_foreign_words_stay_words(word: str) -> None:
    data = page(nasty_story(word), House(), "en")
    seen = Seen(data)
    assert len(seen.scripts) == 3 and set(json.loads(seen.scripts[0])) == {"c0-1", "c0-2"}
    assert not any(name.startswith("on") for _tag, attributes in seen.tags for name in attributes)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", data.decode("utf-8").split("<script")[0])


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_sections_are_numbered_as_in_a_document(number: int, written: str) -> None:
    assert chinese_number(number) == written
