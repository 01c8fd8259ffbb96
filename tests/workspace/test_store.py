"""What the user decided outlives the session, in one file that several sessions share."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from analysis.workspace.places import home, model_path, store_url
from analysis.workspace.store import delete, keys, load, open_store, save

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'deep' / 'yanpan.db'}")


def test_a_decision_is_kept_replaced_and_taken_back(store: Engine) -> None:
    assert load(store, "mapping", "微博导出") is None
    save(store, "mapping", "微博导出", {"published_at": "发布时间"})
    save(store, "mapping", "微博导出", {"published_at": "时间", "text": "正文"})
    assert load(store, "mapping", "微博导出") == {"published_at": "时间", "text": "正文"}
    delete(store, "mapping", "微博导出")
    delete(store, "mapping", "微博导出")
    assert load(store, "mapping", "微博导出") is None


def test_kinds_are_kept_apart_and_keys_come_in_order(store: Engine) -> None:
    for kind, key in (("profile", "b"), ("mapping", "z"), ("profile", "a")):
        save(store, kind, key, [kind, key])
    assert keys(store, "profile") == ["a", "b"]
    assert keys(store, "nothing") == []
    assert load(store, "mapping", "z") == ["mapping", "z"]
    assert load(store, "mapping", "a") is None


def test_two_sessions_on_one_file_see_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'yanpan.db'}"
    one, other = open_store(url), open_store(url)
    save(one, "profile", "p", 1)
    save(other, "profile", "p", 2)
    assert load(one, "profile", "p") == 2
    delete(one, "profile", "p")
    assert keys(other, "profile") == []


def test_a_power_cut_loses_nothing_that_was_saved(store: Engine) -> None:
    with store.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() >= 1000


def test_a_value_that_json_cannot_hold_changes_nothing(store: Engine) -> None:
    save(store, "profile", "p", 1)
    with pytest.raises(TypeError):
        save(store, "profile", "p", {1, 2})
    assert load(store, "profile", "p") == 1


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), JSON)
def test_any_value_comes_back(key: str, value: object) -> None:
    store = open_store("sqlite://")
    save(store, "drawn", key, value)
    assert load(store, "drawn", key) == value
    assert keys(store, "drawn") == [key]


def test_places_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YANPAN_HOME", str(tmp_path))
    assert home() == tmp_path
    assert model_path() == tmp_path / "model.npz"
    assert store_url() == f"sqlite:///{(tmp_path / 'yanpan.db').as_posix()}"
    monkeypatch.setenv("YANPAN_MODEL", str(tmp_path / "m"))
    monkeypatch.setenv("YANPAN_STORE", "postgresql://desk")
    assert (model_path(), store_url()) == (tmp_path / "m", "postgresql://desk")
    for name in ("YANPAN_HOME", "YANPAN_MODEL", "YANPAN_STORE"):
        monkeypatch.setenv(name, "")
    assert home().name == ".yanpan"
