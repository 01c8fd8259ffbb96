"""How fast is a large export read, and with how much memory, beside named peers in the same run?

    python benchmarks/read.py [--rows 1000000] [--workbook-rows 100000] [--rounds 3] [--keep FOLDER]

Makes a CSV of the sample's posts with ids, times, authors, texts and counters varied, its twin in GB18030, and a
workbook; then reads each in a fresh process, from the file to the frame. pyarrow and pandas read all cells as text
and check nothing. Medians. Goals: UTF-8 within 3 x pyarrow.csv, GB18030 within 6 x pyarrow.csv of the UTF-8 file,
peak memory at most 5 x the file, XLSX 8 times as fast as openpyxl.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

UTF8, GB18030, WORKBOOK = "utf-8", "gb18030", "xlsx"
OURS, ARROW, PANDAS, OPENPYXL = "ours", "pyarrow.csv", "pandas.read_csv", "openpyxl"
MEGABYTE = 1_000_000
FILES = {UTF8: "posts.csv", GB18030: "posts_gb18030.csv", WORKBOOK: "posts.xlsx"}
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True)
class Cost:
    """Seconds, peak memory in bytes, rows."""

    seconds: float
    peak: int
    rows: int


def read_ours(path: Path, _encoding: str) -> Callable[[], int]:
    """How many posts does the desk read?"""
    import pandas as pd

    from analysis.posts.read import read

    received = pd.Timestamp("2025-11-26 10:00", tz="Asia/Shanghai")
    return lambda: len(read(path.read_bytes(), path.name, received)[0])


def read_arrow(path: Path, encoding: str) -> Callable[[], int]:
    """How many rows does pyarrow.csv read, all as text?"""
    import pyarrow as pa
    from pyarrow import csv

    with path.open(encoding=encoding) as file:
        names = file.readline().strip().split(",")
    options = {
        "read_options": csv.ReadOptions(encoding=encoding),
        "parse_options": csv.ParseOptions(newlines_in_values=True),
        "convert_options": csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    }
    return lambda: csv.read_csv(path, **options).num_rows


def read_pandas(path: Path, encoding: str) -> Callable[[], int]:
    """How many rows does pandas.read_csv read, all as text?"""
    import pandas as pd

    return lambda: len(pd.read_csv(path, encoding=encoding, dtype=str, keep_default_na=False))


def read_openpyxl(path: Path, _encoding: str) -> Callable[[], int]:
    """How many rows does openpyxl read?"""
    import openpyxl

    def run() -> int:
        sheet = openpyxl.load_workbook(path, read_only=True).active
        return len(list(sheet.iter_rows(values_only=True))) - 1

    return run


READERS = {OURS: read_ours, ARROW: read_arrow, PANDAS: read_pandas, OPENPYXL: read_openpyxl}


def child(reader: str, path: Path, encoding: str) -> None:
    """Prints what one reading costs in this process: seconds, peak memory with that of its children, rows."""
    run = READERS[reader](path, encoding)
    began = time.perf_counter()
    rows = run()
    seconds = time.perf_counter() - began
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(seconds, peak * UNIT, rows)


def cost(reader: str, kind: str, folder: Path, rounds: int) -> Cost:
    """What does reading this file cost, in the median of some fresh processes?"""
    found = []
    for _round in range(rounds):
        command = [sys.executable, __file__, "--child", reader, str(folder / FILES[kind]), kind]
        answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        if answer.returncode:
            raise SystemExit(f"{reader} on {FILES[kind]} failed:\n{answer.stderr}")
        seconds, peak, rows = answer.stdout.split()[-3:]
        found.append(Cost(float(seconds), int(peak), int(rows)))
    return Cost(median(one.seconds for one in found), int(median(one.peak for one in found)), found[0].rows)


def shown(name: str, one: Cost, size: int, against: dict[str, Cost]) -> None:
    """Prints a line: rows a second, peak memory, ratios to the peers."""
    ratios = ", ".join(f"{one.seconds / peer.seconds:.2f} x {other}" for other, peer in against.items())
    print(
        f"  {name:<16}{one.seconds:>8.2f} s {one.rows / one.seconds:>12,.0f} rows/s "
        f"{one.peak / MEGABYTE:>8,.0f} MB {one.peak / size:>6.1f} x file   {ratios}",
        flush=True,
    )


def goal(text: str, value: float, limit: float, at_least: bool = False) -> None:
    """Prints whether a goal is reached."""
    reached = value >= limit if at_least else value <= limit
    sign = ">=" if at_least else "<="
    print(f"  {text}: {value:.2f}, goal {sign} {limit:g}: {'reached' if reached else 'NOT reached'}")


def tables(folder: Path, rounds: int) -> None:
    """Prints what reading the two CSV files costs everyone."""
    found: dict[tuple[str, str], Cost] = {}
    for kind in (UTF8, GB18030):
        size = (folder / FILES[kind]).stat().st_size
        print(f"CSV, {kind}, {size / MEGABYTE:,.0f} MB")
        for reader in (ARROW, PANDAS, OURS):
            found[reader, kind] = cost(reader, kind, folder, rounds)
            peers = {f"{ARROW} ({name})": found[ARROW, name] for name in dict.fromkeys((kind, UTF8))}
            shown(reader, found[reader, kind], size, peers)
        ours = found[OURS, kind]
        goal("time / pyarrow.csv of UTF-8", ours.seconds / found[ARROW, UTF8].seconds, 3 if kind == UTF8 else 6)
        goal("peak memory / file", ours.peak / size, 5)


def workbook(folder: Path, rounds: int) -> None:
    """Prints what reading the workbook costs openpyxl and us."""
    size = (folder / FILES[WORKBOOK]).stat().st_size
    print(f"XLSX, {size / MEGABYTE:,.0f} MB")
    peer = cost(OPENPYXL, WORKBOOK, folder, 1)
    shown(OPENPYXL, peer, size, {})
    ours = cost(OURS, WORKBOOK, folder, rounds)
    shown(OURS, ours, size, {OPENPYXL: peer})
    goal("times as fast as openpyxl", peer.seconds / ours.seconds, 8, at_least=True)


def arguments() -> argparse.Namespace:
    """How many rows, how many rounds, which folder?"""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workbook-rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="use the files of this folder, or write them there")
    parser.add_argument("--child", nargs=3, metavar=("READER", "FILE", "ENCODING"), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """How fast is reading?"""
    given = arguments()
    if given.child:
        reader, path, encoding = given.child
        child(reader, Path(path), encoding)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        # In a process of its own: a child's peak memory begins with what its parent holds.
        build = [sys.executable, str(Path(__file__).with_name("large.py")), str(folder)]
        subprocess.run([*build, str(given.rows), str(given.workbook_rows)], check=True)
        print(f"{given.rows:,} posts, median of {given.rounds}; peak memory of the whole process")
        tables(folder, given.rounds)
        if given.workbook_rows:
            workbook(folder, given.rounds)


if __name__ == "__main__":
    main()
