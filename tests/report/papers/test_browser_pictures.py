"""Does an installed browser paint and print, offline, and is one that does not answer never waited for too long?"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image
from pypdf import PdfReader
from stories import hours_chart, story

from analysis.report.papers.browser import NoBrowser, Painter, find_browser
from analysis.report.papers.figures import figure
from analysis.report.papers.house import House
from analysis.report.papers.page import page
from analysis.report.papers.pictures import chart_pictures


@pytest.fixture(scope="module")
def painter() -> Iterator[Painter]:
    if not find_browser():
        pytest.skip("No browser is installed.")
    with Painter() as painting:
        yield painting


def test_each_chart_of_the_sections_becomes_a_picture(painter: Painter) -> None:
    found = chart_pictures(story(), "zh_CN", painter)
    assert set(found) == {"trend", "topics"}
    with Image.open(io.BytesIO(found["trend"])) as picture:
        assert picture.width == 2 * 760
        colours = picture.convert("RGB").getcolors(1_000_000)
        assert colours is not None and (0x3D, 0x85, 0xB8) in {colour for _count, colour in colours}


def test_the_printed_page_is_text_with_its_title(painter: Painter) -> None:
    printed = PdfReader(io.BytesIO(painter.pdf(page(story("Report"), House("Example"), "en", for_print=True))))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert printed.metadata is not None and printed.metadata.title == "Report"
    assert "1,284" in text and "42%" in text
    width, height = printed.pages[0].mediabox[2:]
    assert (float(width), float(height)) == pytest.approx((595.3, 841.9), abs=1)  # A4, in points


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_browser_that_was_killed_is_started_again(painter: Painter) -> None:
    painter.pictures([figure(hours_chart(), "en")], 200, 100)
    running = painter._running
    assert running is not None and running.process is not None
    os.killpg(running.process.pid, signal.SIGKILL)
    assert painter.pictures([figure(hours_chart(), "en")], 200, 100)[0].startswith(b"\x89PNG")
    assert not running.folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="a script stands for a browser")
@pytest.mark.parametrize("does", ["sleep 60", "exit 1"])
def test_what_is_no_browser_is_not_waited_for(does: str, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    program.chmod(0o755)
    began = monotonic()
    with pytest.raises(NoBrowser, match="does not start"):
        Painter(str(program), start=0.5).pictures([figure(hours_chart(), "en")], 200, 100)
    assert monotonic() - began < 8


def test_without_a_browser_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.report.papers.browser.find_browser", lambda: "")
    assert chart_pictures(story(), "en", Painter()) == {}


def test_the_browser_that_was_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANPAN_BROWSER", sys.executable)
    assert find_browser() == sys.executable
