"""Which sheets does a workbook hold, and which records a Parquet file? Read in a child process with limits.

A hostile workbook can ask its reader for hundreds of gigabytes, and the reader then ends the whole process:
that must never be the one in which everybody's session lives.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyarrow as pa

from analysis.language import Text, _
from analysis.posts import workbook_child as child
from analysis.posts.grid import Grid
from analysis.schema import InputError

ROOT = Path(__file__).parents[2]
SECONDS, SECONDS_PER_MEGABYTE = 8, 2


def grids(data: bytes, name: str) -> list[Grid]:
    """Which sheets of this workbook (XLSX, XLSM, XLSB, XLS, ODS) hold something? In order, hidden ones too.

    Rows are numbered as Excel shows them. Raises InputError for a workbook that is damaged, protected, too
    large, or empty.
    """
    found = _read("workbook", data, name)
    if not found:
        raise InputError(_("{name} holds no sheet with data. Export the posts again.", name=name))
    return found


def parquet(data: bytes, name: str) -> Grid:
    """Which records does this Parquet file hold? Headers are its columns, rows count from 1.

    Raises InputError for a file that is damaged, too large, or without rows.
    """
    found = _read("parquet", data, name)
    if not found:
        raise InputError(_("{name} holds no rows. Export the posts again and load the new file.", name=name))
    return found[0]


def _read(kind: str, data: bytes, name: str) -> list[Grid]:
    seconds = math.ceil(SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1e6)
    started = time.monotonic()
    with _process(kind, seconds) as process:
        assert process.stdin and process.stdout
        clock = threading.Timer(seconds, process.kill)
        feeder = threading.Thread(target=_feed, args=(process.stdin, data))
        clock.start()
        feeder.start()
        try:
            found = _grids(process.stdout)
            process.stdout.close()  # a child that still writes ends by this
            code = process.wait()
        finally:
            clock.cancel()
            process.kill()
            feeder.join()
    if code or found is None:
        raise InputError(_problem(kind, code, time.monotonic() - started >= seconds, name))
    return found


def _process(kind: str, seconds: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", child.__name__, kind, str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no console flashes up on Windows
    )


def _feed(stdin: IO[bytes], data: bytes) -> None:
    # A child that ends early closes the pipe; its exit code says why.
    with suppress(OSError), stdin:
        stdin.write(data)


def _grids(stream: IO[bytes]) -> list[Grid] | None:
    """The sheets that the child wrote, None when it ended before the last."""
    found = []
    while (mark := stream.read(1)) == child.SHEET:
        try:
            with pa.ipc.open_stream(stream) as reader:
                table = reader.read_all()
        except (pa.ArrowException, OSError):
            return None
        said = table.schema.metadata
        rows = table["row"].to_numpy()
        headers = tuple(json.loads(said[b"headers"]))
        found.append(Grid(table.drop_columns("row").replace_schema_metadata(), rows, headers, said[b"name"].decode()))
    return found if mark == child.END else None


def _problem(kind: str, code: int, late: bool, name: str) -> Text:
    if code == child.PASSWORD:
        return _("{name} is protected by a password. Remove the password in Excel and load it again.", name=name)
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return _(
            "{name} took too long to read and was stopped. "
            "Save it as CSV (UTF-8), or in several smaller files, and load those.",
            name=name,
        )
    if code == child.TOO_MANY_CELLS:
        return _(
            "{name} spans more than {limit:,} cells. Often one stray cell stands far below or right of the posts: "
            "copy the posts to a new sheet, or save them as CSV (UTF-8), and load that file.",
            name=name,
            limit=child.CELLS,
        )
    if code in (child.TOO_MUCH_TEXT, child.OUT_OF_MEMORY, -signal.SIGABRT, -getattr(signal, "SIGKILL", 0)):
        return _(
            "{name} needs more memory than a file may take. Often one stray cell stands far below or right of the "
            "posts: copy the posts to a new sheet, or save them as CSV (UTF-8) in several files, and load those.",
            name=name,
        )
    if kind == "parquet":
        return _(
            "{name} looks like a Parquet file, but it cannot be opened: it is damaged or encrypted. "
            "Export it again, or as CSV (UTF-8), and load that file.",
            name=name,
        )
    return _(
        "{name} looks like a workbook, but it cannot be opened: it is damaged or of another kind. "
        "Open it in Excel, save it as XLSX or CSV (UTF-8) and load that file.",
        name=name,
    )
