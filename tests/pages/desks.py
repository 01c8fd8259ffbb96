"""What do the tests of the pages know about a desk?"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.workspace.places import model_path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a busy machine is no failure
OpenDesk = Callable[..., AppTest]  # (page, locale)


@dataclass(frozen=True)
class Server:
    """A desk that serves: its address, and when (time.monotonic) it was ready."""

    address: str
    ready: float


@contextmanager
def served(home: Path) -> Iterator[Server]:
    """A desk at home in this folder, served as run.py serves it. Fails if the server logs a traceback."""
    shutil.copyfile(model_path(), home / "model.npz")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address, log = f"http://127.0.0.1:{port}", home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "pages", "run", "dashboard.py", f"--server.port={port}"],
            cwd=ROOT,
            env={**os.environ, "YANPAN_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(f"{address}/_stcore/health", process, log)
        yield Server(address, time.monotonic())
    finally:
        stop(process, log)
    said = log.read_text("utf-8", "replace")
    assert "Traceback" not in said, said[-4000:]


def stop(process: subprocess.Popen[bytes], log: Path) -> None:
    """End the server as Ctrl-C does. One that does not end is made to say what it does instead."""
    process.terminate()
    try:
        process.wait(2 * PATIENCE)  # a second alone, but a quarter of a minute where ten others work
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # writes where each thread stands
        process.wait()
        pytest.fail(f"The server did not stop:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"The server did not get ready:\n{log.read_text('utf-8', 'replace')[-4000:]}")
