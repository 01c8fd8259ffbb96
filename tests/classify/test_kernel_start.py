"""Compiled code is thrown away when it is old, kept where that can be, and used where it pays."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.classify import kernel, predict
from analysis.classify.model import Model, save

ROOT = Path(__file__).resolve().parents[2]
COMPILED_IN = (
    *("BASIC", "BITS", "BLANK", "DROPPED", "EMOTICON_KINDS", "EMOTICONS", "LINK", "LONGEST", "LONGEST_EMOTICON"),
    *("LONGEST_LINK", "LONGEST_NAME", "NAME", "FORM_WEIGHT", "HEADLINE", "HEADLINE_MOST", "LONG", "MIDDLE", "WIDTH"),
    *("MIDDLE_MOST", "NEWS", "NEWS_WITHIN", "REPLY", "SHORT", "SHORT_MOST"),
)


# --- what is compiled, and where it is kept


def test_compiled_code_is_thrown_away_when_a_number_in_it_changes() -> None:
    numbers = [getattr(kernel, name) for name in COMPILED_IN]
    told = [float(number) for number in numbers] + kernel.MIX.tolist() + kernel.STANCE.tolist()
    mark = zlib.crc32(repr(told).encode())
    assert mark == kernel.COMPILED_IN, f"write COMPILED_IN = {mark} in kernel.py, or users keep the old compiled code"


START = """
import numpy as np; import pyarrow as pa; from analysis.classify import kernel
row = np.ones(1, dtype=np.float32)
texts = pa.array(["[泪]@名字 http://a.cn"], type=pa.large_string())
slots = np.r_[np.zeros(kernel.WIDTH, dtype=np.uint32), np.full(6, kernel.UNKNOWN)]
scores = kernel.linear_scores(texts, slots, row, row[:, None], row)
"""


def start(run: str, **settings: str) -> str:
    """What does a process of its own print?"""
    settings = {**os.environ, "PYTHONUTF8": "1", **settings}
    done = subprocess.run([sys.executable, "-c", run], cwd=ROOT, env=settings, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_second_start_compiles_nothing(tmp_path: Path) -> None:
    run = START + "stats = kernel.score.stats; print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))"
    assert start(run, NUMBA_CACHE_DIR=str(tmp_path)) == "0 1"
    assert list(tmp_path.rglob("kernel.score-*.nbi"))
    assert start(run, NUMBA_CACHE_DIR=str(tmp_path)) == "1 0"


def test_without_a_folder_to_write_to_it_works_all_the_same(tmp_path: Path) -> None:
    # A folder that cannot be had is complained of where the function is made, not where it is first called.
    forbidden = """
from numba.core.caching import CacheImpl
def forbid(self): raise OSError("read-only")
for locator in CacheImpl._locator_classes: locator.ensure_cache_path = forbid
from analysis.classify import kernel
print(callable(kernel.linear_scores))
"""
    assert start(forbidden, NUMBA_CACHE_DIR=str(tmp_path)) == "True"
    assert not list(tmp_path.iterdir())


# --- which way is taken


@pytest.mark.parametrize(
    ("installed", "loaded", "posts", "way"),
    [
        (True, False, 3, "compiled"),
        (True, False, 2, "plain"),
        (True, True, 1, "compiled"),
        (False, False, 3, "plain"),
    ],
    ids=["many", "few", "few, and numba is loaded anyway", "many, but numba is missing"],
)
def test_compiled_code_is_used_where_it_pays(
    installed: bool, loaded: bool, posts: int, way: str, tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predict, "COMPILED", installed)
    monkeypatch.setattr(predict, "WORTH_COMPILED", 3)
    if not loaded:
        monkeypatch.delitem(sys.modules, "numba")
    for name in ("compiled", "plain"):
        monkeypatch.setattr(predict, f"{name}_scores", lambda texts, model, name=name: name)
    assert predict.linear_scores(pd.Series(["医院"] * posts, dtype="str"), tiny) == way


def test_few_posts_do_not_load_numba(tiny: Model, tmp_path: Path) -> None:
    save(tiny, tmp_path / "tiny.npz")
    run = (
        "import sys; import pandas as pd; from pathlib import Path; from analysis.classify.model import load;"
        "from analysis.classify.predict import predict;"
        f"predict(pd.Series(['排队'] * 100, dtype='str'), load(Path({str(tmp_path / 'tiny.npz')!r})));"
        "print('numba' in sys.modules)"
    )
    assert start(run) == "False"
