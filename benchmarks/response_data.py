"""Which hospitals' two months are the levels measured on? Seeds of the generator and the sample, counted once and kept.

What a seed gives is kept in the folder for temporary files, for it takes a quarter of a minute to make: by the code
and texts that make it, so that a change of either makes it anew.
"""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import annotate  # noqa: E402
from analysis.classify.prevalence import ErrorRates  # noqa: E402
from analysis.classify.train import current_model  # noqa: E402
from analysis.dataset import rates_on, with_events  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.schema import TIMEZONE  # noqa: E402
from analysis.signals.cube import count  # noqa: E402
from analysis.signals.sanity import winsorised  # noqa: E402
from analysis.workspace.places import CORPUS, model_path  # noqa: E402

MAKERS = ("sample_data/*.py", "sample_data/texts/*.csv", "analysis/classify/*.py", "analysis/events/*.py")
SAMPLE = 0  # stands for the sample that ships


class Months(NamedTuple):
    """Two months of one hospital: the counted posts, the events among them, how the classifier errs, and the truth."""

    seed: int
    cube: pd.DataFrame
    events: pd.DataFrame
    rates: ErrorRates | None
    truth: tuple[tuple[str, bytes], ...]


def months(seed: int, share: float = 1.0) -> Months:
    """What happened in one seed's two months? Made once, then read from where it is kept.

    share: how many of the posts are given, drawn at random.
    """
    name = f"{version()}-{seed}" + (f"-{share:g}" if share < 1 else "")
    file = Path(tempfile.gettempdir()) / "yanpan-response" / f"{name}.pickle"
    if file.exists():
        return Months(*pickle.loads(file.read_bytes()))
    made = shipped() if seed == SAMPLE else generated(seed, share)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_bytes(pickle.dumps(tuple(made)))
    return made


@cache
def version() -> str:
    """Which code and texts make the months? A short hash of them."""
    files = sorted(file for pattern in MAKERS for file in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def generated(seed: int, share: float) -> Months:
    """What does the generator write for a seed, and what does the desk count of it?"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "sample_data" / "generate.py"), "--seed", str(seed), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return counted(seed, Path(folder), share)


def shipped() -> Months:
    """What does the desk count of the sample that ships?"""
    return counted(SAMPLE, ROOT / "sample_data", 1.0)


def counted(seed: int, folder: Path, share: float) -> Months:
    """What does the desk count of the posts in a folder of the generator, or of a share of them?"""
    received = pd.Timestamp("2025-12-01", tz=TIMEZONE)
    posts = winsorised(read_many([("posts.csv", (folder / "posts.csv").read_bytes())], received).posts)[0]
    posts = posts.sample(frac=share, random_state=seed).sort_index().reset_index(drop=True)
    model = current_model(model_path(), CORPUS)
    told, events = with_events(annotate(posts, model))
    truth = tuple((name, (folder / name).read_bytes()) for name in ("incidents.csv", "incident_levels.csv"))
    return Months(seed, count(told), events, rates_on(told, model.checked), truth)


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:]):
        found = months(seed)
        print(seed, len(found.cube), "cells,", len(found.events), "events", flush=True)
