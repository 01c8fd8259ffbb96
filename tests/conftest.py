"""What do all tests share? A home of their own, so that none touches the user's desk, and one trained model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from frames import LABELLED, posts
from hypothesis import settings

from analysis.classify.model import Model
from analysis.classify.train import current_model, train
from analysis.events.detect import detect
from analysis.workspace.places import CORPUS, model_path

settings.register_profile("desk", deadline=None)  # a busy machine is no failure
settings.load_profile("desk")

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """What groups posts is compiled once, before the workers and their servers would each begin to."""
    if not hasattr(config, "workerinput"):
        detect(posts({}))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The desk's folder during the tests, for subprocesses too."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YANPAN_HOME", str(folder))
        patch.delenv("YANPAN_MODEL", raising=False)
        patch.delenv("YANPAN_STORE", raising=False)
        yield folder


@pytest.fixture(scope="session")
def shipped(home: Path) -> Model:
    """The classifier that the desk ships: the one that run.py trained, else trained here (half a minute)."""
    installed = ROOT / ".yanpan" / "model.npz"
    if installed.exists() and not model_path().exists():
        shutil.copyfile(installed, model_path())
    return current_model(model_path(), CORPUS)


@pytest.fixture(scope="session")
def tiny() -> Model:
    """A classifier of two topics and two tones, learnt from six texts."""
    return train(LABELLED)
