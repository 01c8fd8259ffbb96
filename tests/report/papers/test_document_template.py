"""Can a hospital's own Word document be filled, and is one refused that cannot, or must not, be?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from stories import NASTY, nasty_story, story

from analysis.report.papers import document_template
from analysis.report.papers.document import document
from analysis.report.papers.document_base import blank
from analysis.report.papers.document_fill import check_template, example_template
from analysis.report.papers.document_template import KNOWN, LARGEST
from analysis.report.papers.house import House
from analysis.report.papers.safe import clean
from analysis.schema import InputError

HOUSE = House("市第一人民医院", "宣传科")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(made: Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def template(*paragraphs: str) -> bytes:
    made = blank("en")
    for text in paragraphs:
        made.add_paragraph(text)
    return saved(made)


def filled(data: bytes, language: str = "en") -> Document:
    return docx.Document(io.BytesIO(document(story(), HOUSE, language, template=data)))


def lines(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs]


def repacked(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def as_it_is(_name: str, content: bytes) -> bytes:
    return content


# --- filled


def test_words_stand_in_their_places_and_own_words_stay() -> None:
    found = lines(filled(template("Own words: {{ title }}", "{{ hospital }}, {{ office }}, {{ level }}", "{{ date }}")))
    assert "Own words: 关于“急诊排队”的舆情专报" in found
    assert "市第一人民医院, 宣传科, Mild" in found
    assert "2025-03-04" in found


@pytest.mark.parametrize("placeholder", ["{{ body }}", "{{p body }}", "{{body}}", "{{ body }} "])
def test_sections_stand_where_their_placeholder_stood_in_any_spelling(placeholder: str) -> None:
    made = filled(template("above", placeholder, "below"))
    found = lines(made)
    assert found.index("above") < found.index("1. Situation") < found.index("below")
    assert "" not in found[found.index("above") : found.index("1. Situation")]
    assert len(made.tables) == 4  # two charts, the limits, and those of the annex


def test_a_placeholder_that_word_cut_into_runs_is_one() -> None:
    made = blank("en")
    paragraph = made.add_paragraph()
    for run in ("{", "{ ti", "tle }", "}"):
        paragraph.add_run(run).bold = run == "tle }"
    assert "关于“急诊排队”的舆情专报" in lines(filled(saved(made)))


def test_a_section_stands_without_its_heading_and_one_that_is_missing_leaves_nothing() -> None:
    found = lines(filled(template("I. {{ section_1 }}", "II. {{ section_2 }}", "{{ annex }}")))
    assert "1. Situation" not in found
    assert found[found.index("I. ") + 1] == "1,284 posts, 42% of them negative."
    assert "II. " in found


def test_what_is_synthetic_is_said_even_where_the_template_does_not_ask() -> None:
    assert lines(filled(template("{{ title }}")))[0].startswith("Synthetic data")
    assert sum("Synthetic data" in line for line in lines(filled(template("{{ title }}", "{{ notes }}")))) == 1


def test_a_condition_keeps_or_drops_words() -> None:
    kept = template("{% if number %}No. {{ number }}{% endif %}{% if level == 'Severe' %} urgent{% endif %}")
    assert "No. 〔2025〕第 1 期" in lines(filled(kept))


def test_own_styles_are_used_and_missing_ones_come_with_the_text() -> None:
    made = docx.Document()
    made.styles["Heading 1"].font.name = "Own Face"
    made.add_paragraph("{{ body }}")
    found = filled(saved(made), "zh_CN")
    assert found.styles["Heading 1"].font.name == "Own Face"
    quoted = found.styles["Table Text"].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert quoted.get(qn("w:eastAsia")) == "仿宋"


def test_in_a_cell_a_table_is_as_wide_as_the_cell() -> None:
    made = blank("en")
    cell = made.add_table(1, 2).rows[0].cells[0]
    cell.width, cell.text = Mm(60), "{{ annex }}"
    outer = filled(saved(made)).tables[0].rows[0].cells[0]
    assert sum(column.width for column in outer.tables[0].columns) < Mm(60)
    assert outer._tc[-1].tag == qn("w:p")  # Word repairs a cell that ends with a table


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_example_can_be_used_as_it_is_and_its_instructions_are_not_printed(language: str) -> None:
    data = example_template(language)
    check_template(data)
    found = "\n".join(lines(filled(data, language)))
    assert "关于“急诊排队”的舆情专报" in found
    assert "section_1" not in found
    assert "{" not in found


@pytest.mark.parametrize("word", [*NASTY, "{_{ 7*7 }_}", "\ue000body\ue000"])
def test_words_of_posts_are_never_taken_for_placeholders(word: str) -> None:
    told = nasty_story(word)
    made = docx.Document(io.BytesIO(document(told, HOUSE, "en", template=template("{{ title }}", "{{ body }}"))))
    found = lines(made)
    assert not any("49" in line for line in found)
    assert f"“{clean(word).strip()}”" in found
    assert sum(line.startswith("1.") for line in found) == 1


def test_a_document_does_not_ask_for_the_file_its_template_was_made_from() -> None:
    made = docx.Document(io.BytesIO(template("{{ title }}")))
    part = made.part.part_related_by(f"{OFFICE}/settings")
    key = part.relate_to("file:///C:/Users/li/own.dotx", f"{OFFICE}/attachedTemplate", is_external=True)
    attached = made.settings.element.makeelement(qn("w:attachedTemplate"), {qn("r:id"): key})
    made.settings.element.insert(1, attached)
    with zipfile.ZipFile(io.BytesIO(document(story(), HOUSE, "en", template=saved(made)))) as packed:
        assert not [name for name in packed.namelist() if b"Users" in packed.read(name)]


# --- refused


def test_every_placeholder_there_is_may_be_used() -> None:
    check_template(template(*(f"{{{{ {name} }}}}" for name in KNOWN)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no placeholder", "holds no placeholder"),
        ("｛｛ title ｝｝", "half-width"),
        ("{{ titel }}", "{{ titel }}"),
        ("{{ title", "cannot be read, in the paragraph “{{ title”"),
        ("{% if title %}", "cannot be read"),
        ("{{ title.__class__.__mro__ }}", "more than a placeholder"),
        ("{{ title|upper }}", "more than a placeholder"),
        ("{{ cycler.__init__() }}", "more than a placeholder"),
        ("{% for x in range(999999999) %}{{ x }}{% endfor %}", "more than a placeholder"),
        ("{{ 9 * 9 }}{{ title }}", "more than a placeholder"),
        ("{% set title = 1 %}", "more than a placeholder"),
        ("{% if title > 3 %}x{% endif %}", "cannot be filled"),
    ],
)
def test_what_is_no_plain_placeholder_is_refused_and_shown(text: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        check_template(template("above", text))
    assert told in str(error.value)


def test_the_known_placeholders_are_told() -> None:
    with pytest.raises(InputError) as error:
        check_template(template("{{ titel }}"))
    assert all(f"{{{{ {name} }}}}" in str(error.value) for name in KNOWN)


def test_sections_cannot_stand_in_a_header_but_words_can() -> None:
    made = docx.Document(io.BytesIO(template("{{ title }}")))
    made.sections[0].header.paragraphs[0].text = "{{ hospital }}"
    assert filled(saved(made)).sections[0].header.paragraphs[0].text == "市第一人民医院"
    made.sections[0].header.paragraphs[0].text = "{{ body }}"
    with pytest.raises(InputError, match="header"):
        check_template(saved(made))


GOOD = template("{{ title }}")
MACRO = repacked(GOOD, as_it_is, {"word/vbaProject.bin": b"x"})
MACRO_KIND = repacked(
    GOOD,
    lambda _name, content: content.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ),
)
CUT_XML = repacked(GOOD, lambda name, content: content[:200] if name == "word/document.xml" else content)
NO_TYPES = repacked(GOOD, lambda name, content: b"" if name == "[Content_Types].xml" else content)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 not a zip", "no Word document"),
        ("文字".encode(), "no Word document"),
        (GOOD[: len(GOOD) // 2], "no Word document"),
        (CUT_XML, "no Word document"),
        (NO_TYPES, "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (MACRO, "macros"),
        (MACRO_KIND, "macros"),
        (bytes(LARGEST + 1), "larger than 20 MB"),
    ],
    ids=["empty", "no_zip", "text", "half", "cut_xml", "no_types", "doc", "macro", "macro_kind", "large"],
)
def test_files_that_are_no_safe_template_are_refused_with_a_remedy(data: bytes, told: str) -> None:
    with pytest.raises(InputError) as error:
        check_template(data)
    assert told in str(error.value)


def test_a_template_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document_template, "LARGEST_UNPACKED", 10**6)
    check_template(GOOD)
    with pytest.raises(InputError, match="larger than"):
        check_template(repacked(GOOD, as_it_is, {"word/media/1.bin": bytes(10**6)}))


def test_a_template_that_fetches_from_elsewhere_is_refused() -> None:
    made = docx.Document(io.BytesIO(GOOD))
    made.part.relate_to("http://intranet/logo.png", f"{OFFICE}/image", is_external=True)
    with pytest.raises(InputError, match=r"logo\.png"):
        check_template(saved(made))


def test_a_number_that_is_missing_is_a_blank_in_a_template_too() -> None:
    data = document(replace(story(), number=""), HOUSE, "en", template=template("{{ number }}"))
    assert "No. ________" in lines(docx.Document(io.BytesIO(data)))
