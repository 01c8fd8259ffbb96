"""Which training sets of one's own does the classifier learn from, besides the shipped corpus?

Each is a CSV in a folder of the desk's home: text, topic, sentiment, voice; personal data masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.posts.privacy import masked_series

COLUMNS = ["text", "topic", "sentiment", "voice"]
STRANGE = re.compile(r"[^\w一-鿿-]+")
LONGEST_NAME = 60


@dataclass(frozen=True)
class TrainingSet:
    """A training set: its file, what it was called, how many labelled texts it holds, when it was taken in (UTC)."""

    file: Path
    name: str
    posts: int
    taken_at: datetime


def keep(folder: Path, name: str, posts: pd.DataFrame) -> Path:
    """How is a training set kept? posts: COLUMNS, labels as the keys of the schema. Returns its file.

    The same content under the same name replaces itself.
    """
    rows = posts.assign(text=masked_series(posts["text"]))[COLUMNS]
    data = rows.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
    stem = STRANGE.sub("_", Path(name.replace("\\", "/")).stem)[:LONGEST_NAME].strip("_")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{stem or 'set'}-{sha256(data).hexdigest()[:8]}.csv"
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(file)
    return file


def sets(folder: Path) -> list[TrainingSet]:
    """Which training sets are kept in this folder? By name."""
    found = []
    for file in sorted(folder.glob("*.csv")):
        posts = len(pd.read_csv(file, dtype="str", usecols=[0], keep_default_na=False))
        taken_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        found.append(TrainingSet(file, file.stem.rpartition("-")[0] or file.stem, posts, taken_at))
    return found


def remove(file: Path) -> None:
    """How is a training set given up? Nothing happens if it is gone already."""
    file.unlink(missing_ok=True)
