"""How long does each format of a report take, and how much memory, on the sample and on a million posts?

    python benchmarks/report.py [--posts 1000000] [--rounds 7]

A report is told from what was found out before (a Material), which the pages have at hand; gathering it is timed
apart, for it reads all posts. Each format is written in a process of its own: the median of the rounds after the first
by the clock, the seconds that the process itself was busy (their ratio is told, for a busy machine bends the clock),
and by how much the process grew at its peak. Pictures and the PDF are made by a browser that
is up already; its memory is not counted. Peer in the same process: the same charts as pictures, with a browser
started for them and pasted onto empty slides, as python-pptx and kaleido do it without the desk.
"""

from __future__ import annotations

import argparse
import pickle
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from pptx import Presentation  # noqa: E402

from analysis.posts.read import read_many  # noqa: E402
from analysis.report.papers.blocks import Span, Story  # noqa: E402
from analysis.report.papers.browser import Painter, find_browser  # noqa: E402
from analysis.report.papers.house import House  # noqa: E402
from analysis.report.papers.material import Material  # noqa: E402
from analysis.report.papers.pictures import chart_pictures  # noqa: E402
from analysis.report.papers.story import tell  # noqa: E402
from analysis.reporting import ENDINGS, gathered, written  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.schema import TIMEZONE  # noqa: E402
from analysis.workspace.places import SAMPLE  # noqa: E402
from analysis.workspace.store import open_store  # noqa: E402
from benchmarks.response_data import CORPUS, current_model, model_path, version  # noqa: E402
from sample_data.generate import generate  # noqa: E402

SEED, DAYS, LANGUAGE = 404, 60, "zh_CN"
SAMPLE_AS_OF = "2025-10-08T20:59:59"  # the sample's gravest day
GOALS = {".pptx": 2.0, ".docx": 4.0, ".html": 2.0}
PEER = "peer"


def material(posts: int) -> tuple[Material, float]:
    """From what is the daily report told, and how many seconds did gathering it take? posts: 0 = the sample.

    Made once, then read from where it is kept.
    """
    file = Path(tempfile.gettempdir()) / "yanpan-report" / f"{version()}-{posts}.pickle"
    if not file.exists():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_bytes(pickle.dumps(made(posts)))
    found: tuple[Material, float] = pickle.loads(file.read_bytes())
    return found


def made(posts: int) -> tuple[Material, float]:
    """How is a material made anew?"""
    with tempfile.TemporaryDirectory() as folder:
        if posts:
            generate(SEED, DAYS, posts, Path(folder))
        data = (Path(folder) if posts else SAMPLE).joinpath("posts.csv").read_bytes()
        read = read_many([("posts.csv", data)], pd.Timestamp.now(tz=TIMEZONE))
        model = current_model(model_path(), CORPUS)
        store = open_store(f"sqlite:///{folder}/store.db")
        as_of = read.posts["published_at"].max() if posts else pd.Timestamp(SAMPLE_AS_OF, tz=TIMEZONE)
        begin = time.perf_counter()
        found = gathered(read, model, Profile(), as_of, Span.DAILY, None, store)
        return found, time.perf_counter() - begin


def pasted(story: Story) -> bytes:
    """How long does the way without the desk take? Each chart as a picture on an empty slide."""
    out, deck = BytesIO(), Presentation()
    with Painter() as painter:
        for picture in chart_pictures(story, LANGUAGE, painter).values():
            deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(BytesIO(picture), 0, 0)
    deck.save(out)
    return out.getvalue()


def told(posts: int, ending: str, rounds: int) -> None:
    """What does one process say of one format? Median seconds, bytes written, and bytes by which it grew."""
    found, _gathering = material(posts)
    before, took, worked, data = resident(afresh=True), [], [], b""
    with Painter() as painter:
        for _round in range(rounds + 1):
            begin, busy = time.perf_counter(), time.process_time()
            story = tell(found, Span.DAILY)
            data = pasted(story) if ending == PEER else written(story, found, House(), ending, LANGUAGE, painter)
            took.append(time.perf_counter() - begin)
            worked.append(time.process_time() - busy)
    print(np.median(took[1:]), len(data), resident() - before, took[0], np.median(worked[1:]))


def resident(afresh: bool = False) -> int:
    """How much memory did this process hold at its peak, in bytes? afresh: the peak counts anew from now on.

    Linux alone tells it: reading the posts needs more than any report, and must not hide what that needs.
    """
    if afresh:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    peak = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) * 1024


def measured(posts: int, ending: str, rounds: int) -> list[float]:
    """What does a process of its own say of one format?"""
    line = [sys.executable, __file__, "--posts", str(posts), "--rounds", str(rounds), "--one", ending]
    return [float(word) for word in subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()]


def main() -> None:
    """Which figures are there?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        told(options.posts, options.one, options.rounds)
        return
    print(f"browser: {find_browser() or 'none: documents with tables, no PDF'}")
    for posts in (0, options.posts):
        found, gathering = material(posts)
        print(f"{len(found.posts):,} posts, {len(found.cube):,} cells: gathered in {gathering:.1f} s")
    heads = "sample s", "first s", "many s", "busy", "many busy", "ratio", "sample MB", "many MB", "file MB"
    print("format ", *(f"{head:>9}" for head in heads))
    for ending in (*ENDINGS, PEER):
        if not find_browser() and ending in (".pdf", PEER):
            continue
        few, many = (measured(posts, ending, options.rounds) for posts in (0, options.posts))
        goal = f"goal {GOALS[ending]:g} s" if ending in GOALS else ""
        busy = few[4], many[4], many[4] / few[4]
        figures = few[0], few[3], many[0], *busy, few[2] / 1e6, many[2] / 1e6, few[1] / 1e6
        print(f"{ending:7}", *(f"{figure:9.2f}" for figure in figures), goal)


if __name__ == "__main__":
    main()
