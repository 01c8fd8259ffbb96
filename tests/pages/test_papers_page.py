"""Does the Reports page show what is sent before it is sent, and do its files hold just that?"""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from desks import OpenDesk
from docx import Document
from openpyxl import load_workbook
from operating import errors, html, wellness
from pptx import Presentation
from streamlit.testing.v1 import AppTest

BAD = '<img src=x onerror="alert(1)">=1+1 {{ 7*7 }}'
ENDINGS = [".pptx", ".docx", ".html", ".pdf", ".xlsx", ".zip"]


def made(app: AppTest) -> dict[str, object]:
    """Which files did this session make, or why not?"""
    held = app.session_state["held-papers_made"]
    return {key[0]: found for key, found in held[1].items()}


def offered(app: AppTest) -> set[str]:
    """Which files can be downloaded?"""
    return {node.proto.label for node in app.get("download_button") if node.proto.label.startswith("Download: ")}


def words(text: str) -> str:
    """A text without what differs between formats: tags, spaces, line ends."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", text)))


def paragraphs(page: str) -> list[str]:
    """Which sentences and cells does the preview show?"""
    return [words(part) for part in re.findall(r"<(?:p|li|td)\b[^>]*>(.*?)</(?:p|li|td)>", page, re.S)]


def of_document(data: bytes) -> str:
    """What does a Word document say, with its tables?"""
    return words("".join(node.text or "" for node in Document(io.BytesIO(data)).element.body.iter() if node.text))


def of_slides(data: bytes) -> str:
    """What do slides say, with their tables and notes?"""
    told = []
    for slide in Presentation(io.BytesIO(data)).slides:
        told += [node.text for node in slide.element.iter() if node.text]
        told.append(slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "")
    return words("".join(told))


def test_the_files_hold_what_the_page_showed(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.report.papers.browser.PLACES", ())  # a computer without a browser
    monkeypatch.delenv("YANPAN_BROWSER", raising=False)
    app = desk("papers", "en-GB")
    wellness(app)
    assert any("No browser was found here" in caption.value for caption in app.caption)
    app.text_input(key="papers_number").set_value("〔2025〕第 12 期")
    box = next(box for box in app.text_input if box.label == "Name of the hospital")
    box.set_value(BAD)
    app = next(button for button in app.button if button.label == "Save").click().run()
    wellness(app)
    shown = html(app)
    assert "<img src=x" not in shown and "&lt;img src=x" in shown and "No. 〔2025〕第 12 期" in shown

    app = app.button(key="make.zip").click().run()
    wellness(app)
    found = made(app)
    assert list(found) == ENDINGS and len(offered(app)) == 5
    assert "Install Chrome, Chromium or Edge" in errors(app) and ".pdf" not in str(offered(app))
    with zipfile.ZipFile(io.BytesIO(found[".zip"])) as packed:
        assert packed.testzip() is None
        there = {name[-5:]: packed.read(name) for name in packed.namelist()}
        assert [name.startswith("Daily report_") for name in packed.namelist()] == [True] * 4
    assert there == {ending: found[ending] for ending in (".pptx", ".docx", ".html", ".xlsx")}

    told = [part for part in paragraphs(shown) if any(sign.isdigit() for sign in part)]
    assert len(told) > 30
    document, page = of_document(found[".docx"]), words(found[".html"].decode().split("<script", 1)[0])
    assert [part for part in told if part not in page] == []
    assert [part for part in told if part not in document] == []
    figures = {words(figure) for figure in re.findall(r'<span title="[^"]*"[^>]*>(.*?)</span>', shown)}
    sheet = load_workbook(io.BytesIO(found[".xlsx"]), read_only=True).worksheets[0]
    listed = {words(str(cell)) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    assert figures - listed == set()
    slides = of_slides(found[".pptx"])
    first = app.session_state["held-stories"][1]
    lead = next(reversed(first.values())).scenes[0].lead.to("en")
    assert words(lead) in slides and words(BAD) in slides


def test_what_cannot_be_used_is_named_and_nothing_is_seen_by_another_session(desk: OpenDesk) -> None:
    app = desk("papers", "en-GB")
    wellness(app)
    assert "held-papers_made" not in app.session_state and offered(app) == set()
    app = hand_in(app, "Logo", ("logo.png", b"GIF89a no picture", "image/png"))
    app = next(button for button in app.button if button.label == "Save").click().run()
    wellness(app)
    assert "PNG" in errors(app) and any("Nothing was changed." in caption.value for caption in app.caption)
    app = hand_in(app, "Your template", ("own.docx", b"PK no document", "application/octet-stream")).run()
    wellness(app)
    assert "own.docx was not taken" in errors(app)

    app = app.radio[0].set_value("event").run()
    wellness(app)
    names = app.selectbox
    event = next(box for box in names if box.label == "Event")
    assert len(event.options) > 3 and event.options[0].startswith("● Severe · ")
    assert "Event report" in [radio.options[2] for radio in app.radio] and "paper-head" in html(app)


def hand_in(app: AppTest, label: str, file: tuple[str, bytes, str]) -> AppTest:
    box = next(box for box in app.get("file_uploader") if box.label.startswith(label))
    box.set_value([file])
    return app
