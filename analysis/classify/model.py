"""What does a trained classifier consist of, and how is it kept in a file that cannot run code?

Plain arrays and a JSON header in one .npz; nothing in it is executed when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.language import _
from analysis.schema import InputError

VERSION = 7  # raise it whenever features or training change: a kept model of another version is trained anew
TASKS = ("topic", "sentiment")
# All that numpy, zipfile, zlib and json were seen to raise on files with wrong bytes.
UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)


@dataclass(frozen=True)
class Task:
    """One linear model: `weights` has a row a label and a column a feature; `bias` a value a label."""

    labels: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class Model:
    """Both tasks over one feature space.

    columns: hashed n-grams (below features.WIDTH) and forms that are used; idf: their weights. corpus: sha256 of
    what it was trained from; posts: how many labelled texts that were; trained_at: when, ISO.
    corrections: how many of the analyst's corrections it has learnt besides. checked: of
    those that were drawn at random, the p_negative [0, 1] of a model that had not learnt them, and whether
    they are negative (see prevalence.error_rates).
    """

    columns: np.ndarray
    idf: np.ndarray
    topic: Task
    sentiment: Task
    corpus: str
    posts: int
    trained_at: str = ""
    corrections: int = 0
    checked: tuple[tuple[float, bool], ...] = ()


def corpus_hash(files: list[Path]) -> str:
    """Which corpus is this? sha256 over the files' bytes, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def save(model: Model, path: Path) -> None:
    """How is a model kept? Writes `path` (.npz) whole or not at all. What corrections taught is not kept with it."""
    arrays = {
        "columns": model.columns,
        "idf": model.idf,
        "topic_weights": model.topic.weights,
        "topic_bias": model.topic.bias,
        "sentiment_weights": model.sentiment.weights,
        "sentiment_bias": model.sentiment.bias,
    }
    header = {
        "version": VERSION,
        "topic": model.topic.labels,
        "sentiment": model.sentiment.labels,
        "corpus": model.corpus,
        "posts": model.posts,
        "trained_at": model.trained_at,
        "content": content_hash(arrays),
    }
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    unfinished.replace(path)


def load(path: Path) -> Model:
    """Which model is in this file? Raises InputError if it is missing, foreign, damaged or of another version."""
    try:
        with np.load(path, allow_pickle=False) as file:
            header = json.loads(file["header"].tobytes())
            arrays = {name: file[name] for name in file.files if name != "header"}
        intact = header["version"] == VERSION and header["content"] == content_hash(arrays)
        fits = all(len(header[task]) == len(arrays[f"{task}_weights"]) for task in ("topic", "sentiment"))
    except UNREADABLE as error:
        raise unreadable(path) from error
    if not (intact and fits):
        raise unreadable(path)
    return Model(
        columns=arrays["columns"],
        idf=arrays["idf"],
        topic=Task(tuple(header["topic"]), arrays["topic_weights"], arrays["topic_bias"]),
        sentiment=Task(tuple(header["sentiment"]), arrays["sentiment_weights"], arrays["sentiment_bias"]),
        corpus=header["corpus"],
        posts=header["posts"],
        trained_at=header["trained_at"],
    )


def unreadable(path: Path) -> InputError:
    """What does the user read when a file holds no model of ours?"""
    return InputError(
        _(
            "{path} is not a model of this version of Yanpan, or it is damaged. "
            "Train one: python -m analysis train sample_data/training_posts.csv -o {path}",
            path=str(path),
        )
    )


def content_hash(arrays: dict[str, np.ndarray]) -> str:
    """Are the arrays those that were saved? sha256 over names, types and bytes."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name}{arrays[name].dtype}{arrays[name].shape}".encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()
