"""Nothing that a post or a hospital says breaks a file, or the name of one."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import NASTY

from analysis.report.papers.safe import clean, file_name

FORBIDDEN = set('<>:"/\\|?*') | set(map(chr, range(32)))
ANY = st.text(st.characters(), max_size=40) | st.sampled_from(NASTY)


def test_a_text_keeps_what_is_said_and_loses_what_breaks() -> None:
    assert clean("a\tb\r\nc\rd\u2028e") == "a b\nc\nd\ne"
    assert clean("\x00\x0b\ud83d\ufffe\x9f甲\u202eb\u202c\u2066") == "甲b"
    family = "👩‍👩‍👧‍👦🏥🇨🇳 é ＝ &<>"
    assert clean(family) == family


@given(ANY)
@settings(max_examples=20)
def test_cleaned_text_is_xml_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    told = once.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (ElementTree.fromstring(f"<a>{told}</a>").text or "") == once


def test_a_file_is_called_after_what_it_tells() -> None:
    assert file_name(["舆情日报", "2025-10-08", "20时"], "docx") == "舆情日报_2025-10-08_20时.docx"
    assert file_name(["a/b", "", " c.\n"], ".pdf") == "a b_c.pdf"


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "LPT¹", "aux.old", "prn "])
def test_no_file_is_called_like_a_device(name: str) -> None:
    assert file_name([name], "docx").startswith("_")


@pytest.mark.parametrize("words", [[], [""], ["..."], ["\x00"], ["???"]])
def test_a_file_without_words_has_a_name(words: list[str]) -> None:
    assert file_name(words, "xlsx") == "report.xlsx"


@given(st.lists(ANY, max_size=3))
@settings(max_examples=20)
def test_every_system_takes_a_name(words: list[str]) -> None:
    name = file_name(words, "docx")
    assert not FORBIDDEN & set(name) and name.endswith(".docx") and not name.startswith((".", " "))
    assert len(name) <= 120 and len(name.encode()) <= 240
    assert not name.removesuffix(".docx").endswith((".", " "))
    assert file_name([name.removesuffix(".docx")], "docx") == name
