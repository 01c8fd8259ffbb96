"""How do the papers look? Makes a report in every format, and turns the pages of papers into pictures.

    python tests/rendered.py                      the written example in both languages, and its nasty twin
    python tests/rendered.py sample -o FOLDER     reports on the sample data: daily, weekly, and of the gravest event
    python tests/rendered.py FILE… -o FOLDER      papers that are there: .pptx, .docx, .xlsx, .html, .pdf

LibreOffice, poppler (pdftoppm, pdftotext) and a browser are used; a format for which one is missing is left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pandas as pd  # noqa: E402
from frames import posts  # noqa: E402
from stories import NASTY, SINCE, nasty_story, story  # noqa: E402

from analysis.language import LANGUAGES  # noqa: E402
from analysis.report.papers.appendix import appendix  # noqa: E402
from analysis.report.papers.blocks import Span, Story  # noqa: E402
from analysis.report.papers.browser import Painter, find_browser  # noqa: E402
from analysis.report.papers.document import document  # noqa: E402
from analysis.report.papers.house import House  # noqa: E402
from analysis.report.papers.page import page  # noqa: E402
from analysis.report.papers.pictures import chart_pictures  # noqa: E402
from analysis.report.papers.slides import slides  # noqa: E402
from analysis.schema import TIMEZONE  # noqa: E402
from analysis.signals.cube import count  # noqa: E402

PICTURES = ROOT / "test-artifacts" / "papers"
OFFICE = (".pptx", ".docx", ".xlsx")
SECONDS = 240  # that a program may take for all files together
ALL_NASTY = " ".join(NASTY)
SAMPLE = ROOT / "sample_data" / "posts.csv"
SAMPLE_TIME = "2025-10-08T20:00"


def missing_programs() -> list[str]:
    """Which programs that show papers are not installed?"""
    return [name for name in ("soffice", "pdftoppm", "pdftotext", "fc-list") if not shutil.which(name)]


def example_posts() -> pd.DataFrame:
    """Which posts do the written stories quote?"""
    frame = posts({"text": "窗口只开一个，排了三小时。", "author": "=1+1"})
    return frame.assign(published_at=[SINCE], collected_at=[SINCE])


def nasty() -> Story:
    """Which story has every word that breaks files in every place where there could be one?"""
    return nasty_story(ALL_NASTY)


def made(
    told: Story, house: House, language: str, counted: tuple[pd.DataFrame, pd.DataFrame], painter: Painter | None
) -> dict[str, bytes]:
    """Which files tell this story, by their endings? counted: posts and their cube. painter: None = no browser."""
    sheet = appendix(told, *counted, house, language)
    files = {
        ".pptx": slides(told, house, language),
        ".docx": document(told, house, language, chart_pictures(told, language, painter) if painter else {}),
        ".html": page(told, house, language, sheet),
        ".xlsx": sheet,
    }
    printed = {".pdf": painter.pdf(page(told, house, language, for_print=True))} if painter else {}
    return files | printed


def examples(painter: Painter | None) -> dict[str, bytes]:
    """Which files tell the written stories? By their names. What is nasty is so in every language: one will do."""
    frame = example_posts()
    calm, rough = House("市第一人民医院", "宣传科"), House(ALL_NASTY[:60], ALL_NASTY[60:120])
    told = [("example", story(), calm, language) for language in LANGUAGES] + [("nasty", nasty(), rough, "zh_CN")]
    return {
        f"{name}-{language}-{ending[1:]}{ending}": data
        for name, tells, house, language in told
        for ending, data in made(tells, house, language, (frame, count(frame)), painter).items()
    }


def converted(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Which PDF does LibreOffice make of each file (name → bytes)? All in one go, so that it starts once."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    own = f"-env:UserInstallation={(folder / 'office').resolve().as_uri()}"
    call = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*call, *(str(folder / name) for name in files)], capture_output=True, timeout=SECONDS, check=True)
    shutil.rmtree(folder / "office", ignore_errors=True)
    return {name: (folder / name).with_suffix(".pdf").read_bytes() for name in files}


def pictured(folder: Path, name: str, pdf: bytes) -> list[Path]:
    """How do the pages of a PDF look? A PNG each, called after `name` and numbered."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{name}.pdf"
    source.write_bytes(pdf)
    for old in folder.glob(f"{name}-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "60", "-png", source, folder / name], timeout=SECONDS, check=True)
    return sorted(folder.glob(f"{name}-*.png"))


def drawn(folder: Path, files: Mapping[str, bytes], painter: Painter | None) -> dict[str, list[Path]]:
    """How do these files (name → bytes) look? Pictures of their pages; PDFs stay beside them."""
    office = {name: data for name, data in files.items() if name.endswith(OFFICE)}
    pdfs = converted(folder, office) if office else {}
    pdfs |= {name: data for name, data in files.items() if name.endswith(".pdf")}
    if painter:
        pdfs |= {name: painter.pdf(data) for name, data in files.items() if name.endswith(".html")}
    return {name: pictured(folder, Path(name).stem, pdf) for name, pdf in pdfs.items()}


def sample(painter: Painter | None) -> dict[str, bytes]:
    """Which files tell of the sample data in the middle of its incident? With the classifier of this desk."""
    from analysis import reporting
    from analysis.console import shipped_model
    from analysis.posts.read import read_many
    from analysis.report.papers.story import tell
    from analysis.response.profile import Profile
    from analysis.workspace.store import open_store

    as_of, model = pd.Timestamp(SAMPLE_TIME, tz=TIMEZONE), shipped_model()
    received, store = pd.Timestamp.now(TIMEZONE), open_store("sqlite://")
    read = read_many([(SAMPLE.name, SAMPLE.read_bytes())], received)
    found = {}
    for span in Span:
        material = reporting.gathered(read, model, Profile(), as_of, span, None, store)
        told = tell(material, span)
        for language in LANGUAGES:
            files = made(told, House("市第一人民医院", "宣传科"), language, (material.posts, material.cube), painter)
            found |= {f"{span}-{language}-{ending[1:]}{ending}": data for ending, data in files.items()}
    return found


def run(options: argparse.Namespace) -> int:
    """What does this program do? Says where the pictures are."""
    if lacking := missing_programs():
        print(f"Not installed: {', '.join(lacking)}", file=sys.stderr)
        return 1
    with Painter() as browser:
        painter = browser if find_browser() else None
        if options.what == ["sample"]:
            files = sample(painter)
        elif options.what:
            files = {Path(file).name: Path(file).read_bytes() for file in options.what}
        else:
            files = examples(painter)
        for name, pictures in drawn(options.o, files, painter).items():
            print(f"{name}: {len(pictures)} pages")
    print(options.o)
    return 0


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("what", nargs="*", metavar="FILE")
    told.add_argument("-o", type=Path, default=PICTURES, metavar="FOLDER")
    raise SystemExit(run(told.parse_args()))
