"""What do the tests of the pages know about a desk?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a busy machine is no failure
OpenDesk = Callable[..., AppTest]  # (page, locale)


@dataclass(frozen=True)
class Server:
    """A desk that serves: its address, and when (time.monotonic) it was ready."""

    address: str
    ready: float
