"""Where do the model, what it learns from, and the store lie? They can be moved by environment variables."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
CORPUS = [SAMPLE / "training_posts.csv", SAMPLE / "topic_terms.csv"]


def home() -> Path:
    """In which folder does the desk keep its files? YANPAN_HOME, else .yanpan beside the code."""
    return Path(os.environ.get("YANPAN_HOME") or ROOT / ".yanpan")


def model_path() -> Path:
    """Where is the classifier kept? YANPAN_MODEL, else model.npz in the home folder."""
    return Path(os.environ.get("YANPAN_MODEL") or home() / "model.npz")


def training_folder() -> Path:
    """Where are training sets of one's own kept? The folder training at home."""
    return home() / "training"


def corpus_files() -> list[Path]:
    """From which files does the classifier learn? The shipped ones, then the training sets of one's own."""
    return [*CORPUS, *sorted(training_folder().glob("*.csv"))]


def store_url() -> str:
    """Which database keeps what was decided? YANPAN_STORE (an SQLAlchemy URL), else yanpan.db at home."""
    return os.environ.get("YANPAN_STORE") or f"sqlite:///{(home() / 'yanpan.db').as_posix()}"
