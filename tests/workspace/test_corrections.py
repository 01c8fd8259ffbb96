"""What the analyst says of posts is kept, masked, with who and when, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from analysis.classify.labelled import labelled_posts, read_labelled
from analysis.workspace import corrections, training
from analysis.workspace.corrections import COLUMNS
from analysis.workspace.places import CORPUS, corpus_files, training_folder
from analysis.workspace.store import open_store

EARLY, LATE = "2025-03-03T08:00:00+00:00", "2025-03-04T08:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'yanpan.db'}")


def rows(*found: tuple[str, str, str, str, bool, str, str]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(COLUMNS)


QUEUE = ("b1", "排队两小时", "service", "negative", True, "王", EARLY)
THANKS = ("a1", "谢谢医生", "other", "positive", False, "李", EARLY)
RUMOUR = ("c1", "听说要停诊", "rumour", "neutral", False, "王", LATE)


def test_corrections_come_back_oldest_first_and_those_of_one_time_by_key(store: Engine) -> None:
    assert corrections.corrections(store).equals(rows())
    corrections.save(store, rows(RUMOUR))
    corrections.save(store, rows(QUEUE, THANKS))
    assert corrections.corrections(store).equals(rows(THANKS, QUEUE, RUMOUR))
    assert corrections.latest(corrections.corrections(store)) == ["c1"]
    assert corrections.latest(rows(QUEUE, THANKS)) == ["b1", "a1"]


def test_a_text_that_is_corrected_again_has_one_record(store: Engine) -> None:
    corrections.save(store, rows(QUEUE))
    again = ("b1", "排队两小时", "service", "neutral", True, "李", LATE)
    corrections.save(store, rows(again))
    assert corrections.corrections(store).equals(rows(again))


def test_an_undone_correction_is_gone_and_the_state_is_as_before(store: Engine) -> None:
    assert corrections.state(store) == ""
    corrections.save(store, rows(QUEUE))
    before = corrections.state(store)
    corrections.save(store, rows(THANKS, RUMOUR))
    assert corrections.state(store) not in ("", before)
    corrections.forget(store, ["a1", "c1", "never"])
    assert corrections.state(store) == before
    assert corrections.corrections(store).equals(rows(QUEUE))


def test_personal_data_in_a_corrected_text_are_not_kept(store: Engine) -> None:
    corrections.save(store, rows(("k", "请打13812345678", "service", "negative", False, "王", EARLY)))
    assert corrections.corrections(store)["text"].tolist() == ["请打138****5678"]


def table(*labels: tuple[str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(labels, columns=["topic", "sentiment", "checked"])
    return frame.assign(key=[f"k{n}" for n in range(len(frame))], text=[f"第{n}帖" for n in range(len(frame))])


def test_a_changed_row_and_a_ticked_row_are_corrections_and_others_are_not() -> None:
    shown = table(*[("service", "negative", False)] * 4)
    answered = table(
        ("service", "negative", False),
        ("service", "neutral", False),
        ("policy", "negative", False),
        ("service", "negative", True),
    )
    found = corrections.judged(shown, answered.drop(columns=["key", "text"]), True, "王", LATE)
    assert found.equals(
        rows(
            ("k1", "第1帖", "service", "neutral", True, "王", LATE),
            ("k2", "第2帖", "policy", "negative", True, "王", LATE),
            ("k3", "第3帖", "service", "negative", True, "王", LATE),
        )
    )


def test_a_table_that_was_left_as_it_is_holds_no_correction() -> None:
    shown = table(("service", "negative", False), ("other", "neutral", False))
    assert corrections.judged(shown, shown.drop(columns=["key", "text"]), False, "王", LATE).equals(rows())


MADE = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.just("文"),
        st.sampled_from(["service", "other"]),
        st.sampled_from(["negative", "neutral", ""]),
        st.booleans(),
        st.sampled_from("王李"),
        st.sampled_from([EARLY, LATE]),
    ),
    max_size=6,
    unique_by=lambda row: row[0],
)


@settings(max_examples=30)
@given(MADE, MADE)
def test_what_is_looked_at_before_it_is_accepted_is_what_is_kept(
    first: list[tuple[str, str, str, str, bool, str, str]], then: list[tuple[str, str, str, str, bool, str, str]]
) -> None:
    store = open_store("sqlite://")
    corrections.save(store, rows(*first))
    expected = corrections.together(corrections.corrections(store), rows(*then))
    corrections.save(store, rows(*then))
    assert corrections.corrections(store).equals(expected)


# --- training sets of one's own


def labelled(text: str) -> pd.DataFrame:
    return labelled_posts("mine.csv", text.encode()).posts


def test_a_training_set_reads_as_it_was_given_save_for_personal_data(tmp_path: Path) -> None:
    given = '正文,情感,主题\n"排队,\n两小时",负面,服务投诉\n请打13812345678,1,\n'.replace("1,\n", "正面,\n")
    posts = labelled(given)
    file = training.keep(tmp_path / "training", "我们的 标注.csv", posts)
    assert read_labelled([file]).equals(posts.assign(text=["排队,\n两小时", "请打138****5678"]).astype("str"))
    (kept,) = training.sets(tmp_path / "training")
    assert (kept.file, kept.name, kept.posts) == (file, "我们的_标注", 2)
    training.remove(file)
    training.remove(file)
    assert training.sets(tmp_path / "training") == []


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "..\\..\\evil.csv", "/etc/passwd", "...", "", "a" * 300, "NUL:\x00.csv"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "home" / "training"
    file = training.keep(folder, name, labelled("text,label\n好,1\n坏,0\n"))
    assert file.parent == folder and file.suffix == ".csv"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_a_set_that_is_given_twice_is_kept_once(tmp_path: Path) -> None:
    for _time in range(2):
        training.keep(tmp_path, "mine.csv", labelled("text,label\n好,1\n坏,0\n"))
    assert len(training.sets(tmp_path)) == 1


def test_the_classifier_learns_from_the_corpus_and_from_own_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANPAN_HOME", str(tmp_path))
    assert corpus_files() == CORPUS
    file = training.keep(training_folder(), "mine.csv", labelled("text,label\n好,1\n坏,0\n"))
    assert corpus_files() == [*CORPUS, file]
