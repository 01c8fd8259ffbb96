"""A classifier is kept in a file that cannot run code, and a file that is not one is refused."""

import json
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frames import LABELLED

from analysis.classify.model import VERSION, Model, corpus_hash, load, save
from analysis.classify.predict import predict
from analysis.schema import InputError


class Trap:
    """When this is unpickled, it writes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.write_text, (self.mark, "caught")


def refused(path: Path) -> bool:
    with pytest.raises(InputError, match="is not a model of this version of Yanpan, or it is damaged"):
        load(path)
    return True


@pytest.fixture
def kept(tiny: Model, tmp_path: Path) -> Path:
    path = tmp_path / "model.npz"
    save(replace(tiny, corpus="abc"), path)
    return path


def test_a_kept_classifier_answers_as_before(tiny: Model, kept: Path) -> None:
    again = load(kept)
    texts = pd.concat([LABELLED["text"], pd.Series(["别的", ""], dtype="str")])
    pd.testing.assert_frame_equal(predict(texts, again), predict(texts, tiny))
    assert (again.corpus, again.posts) == ("abc", 6)
    assert [file.name for file in kept.parent.iterdir()] == ["model.npz"]


def test_a_pickle_is_refused_and_never_unpickled(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    (tmp_path / "bare").write_bytes(pickle.dumps(Trap(mark)))
    np.save(tmp_path / "array.npy", np.array([Trap(mark)], dtype=object), allow_pickle=True)
    traps = {"header": np.array([Trap(mark)], dtype=object), "columns": np.array([Trap(mark)], dtype=object)}
    np.savez(tmp_path / "traps.npz", **traps)
    for name in ("bare", "array.npy", "traps.npz"):
        assert refused(tmp_path / name)
    assert not mark.exists()
    pickle.loads((tmp_path / "bare").read_bytes())
    assert mark.exists()  # the trap does work


@pytest.mark.parametrize("content", [b"", b"PK", b"junk" * 100, b"\x93NUMPY", b"PK\x05\x06" + b"\x00" * 18])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    assert refused(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.npz")
    assert refused(tmp_path)


def test_a_cut_file_is_refused(kept: Path) -> None:
    whole = kept.read_bytes()
    for length in range(0, len(whole), 97):
        kept.write_bytes(whole[:length])
        assert refused(kept)


def test_a_file_with_a_wrong_byte_is_refused_or_the_same(kept: Path, tiny: Model) -> None:
    whole, loaded = kept.read_bytes(), 0
    for position in range(0, len(whole), 3):
        kept.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        try:
            found = load(kept)
        except InputError:
            continue
        loaded += 1  # a byte that says nothing, such as the time in the zip's list of files
        assert (found.topic.weights == tiny.topic.weights).all()
        assert (found.columns == tiny.columns).all()
        assert (found.topic.labels, found.sentiment.labels) == (tiny.topic.labels, tiny.sentiment.labels)
    assert loaded < len(whole) / 3 / 2


def rewritten(kept: Path, **changes: object) -> Path:
    """Which file is it with other values in its header?"""
    with np.load(kept) as file:
        arrays = {name: file[name] for name in file.files}
    header = json.loads(arrays.pop("header").tobytes()) | changes
    np.savez(kept, header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8), **arrays)
    return kept


def test_another_version_or_other_weights_are_refused(kept: Path) -> None:
    assert load(rewritten(kept)).posts == 6
    assert refused(rewritten(kept, version=VERSION + 1))
    assert refused(rewritten(kept, version=VERSION, content="0" * 64))


def test_a_header_that_does_not_fit_the_weights_is_refused(kept: Path) -> None:
    assert refused(rewritten(kept, topic=["service"]))
    assert refused(rewritten(kept, topic=None))


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.npy", "no array")
    assert refused(path)


def test_the_corpus_is_known_by_its_content_whatever_the_line_ends(tmp_path: Path) -> None:
    for name, content in (("a", b"x\ny\n"), ("b", b"x\r\ny\r\n"), ("c", b"x\nz\n")):
        (tmp_path / name).write_bytes(content)
    a, b, c = (corpus_hash([tmp_path / name]) for name in "abc")
    assert a == b != c
