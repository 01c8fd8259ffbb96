"""Papers open again, and nothing in them is cut, blank or missing: looked at by machine, page by page.

Where LibreOffice, poppler or a browser is not installed, what needs it is left out, and the test says so. The pictures
stay in test-artifacts/papers, to be looked at by people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paper_checks import blank, faults, leads, lines, missing, outside, unsaid
from rendered import PICTURES, drawn, examples, missing_programs
from stories import story

from analysis.report.papers.blocks import Story
from analysis.report.papers.browser import Painter, find_browser

Said = Callable[[Story, str], Iterator[str]]
SAID: dict[str, Said] = {".pptx": leads, ".docx": lines, ".pdf": lines}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The example in both languages and its nasty twin, in every format; no PDF without a browser."""
    with Painter() as painter:
        return examples(painter if find_browser() else None)


def test_every_paper_opens_again(files: dict[str, bytes]) -> None:
    wrong = {name: faults(Path(name).suffix, data) for name, data in files.items()}
    assert {name: told for name, told in wrong.items() if told} == {}
    assert len(files) == 3 * (5 if find_browser() else 4)


def test_pages_are_neither_blank_nor_cut_and_say_what_is_told(files: dict[str, bytes]) -> None:
    if lacking := missing_programs():
        pytest.skip(f"{', '.join(lacking)} not installed: pages are not looked at")
    wrong: dict[str, list[str]] = {}
    for name, pictures in drawn(PICTURES, files, None).items():
        pdf = PICTURES / f"{Path(name).stem}.pdf"
        said = SAID.get(Path(name).suffix)
        language = name.split("-")[1]
        told = [f"{picture.name} is blank" for picture in pictures if blank(picture)]
        told += [f"outside: {word}" for word in outside(pdf)]
        if said and name.startswith("example"):
            told += [f"not said: {sentence}" for sentence in unsaid(pdf, said(story(), language))]
        told += [f"missing: {sign}" for sign in missing(pdf)]
        wrong |= {name: told} if told or not pictures else {}
    assert wrong == {}
