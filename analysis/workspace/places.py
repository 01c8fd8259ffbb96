"""Where do the model and the store lie? Both can be moved by an environment variable."""

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


def store_url() -> str:
    """Which database keeps mappings and profiles? YANPAN_STORE (an SQLAlchemy URL), else yanpan.db at home."""
    return os.environ.get("YANPAN_STORE") or f"sqlite:///{(home() / 'yanpan.db').as_posix()}"
