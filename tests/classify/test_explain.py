"""Does an explanation show the text as it is, and add up to what the model answered?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import LABELLED
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.classify.explain import Explanation, explain, merged, placed
from analysis.classify.features import LONGEST, WIDTH, ngram_counts, tokens, weigh
from analysis.classify.model import Model, Task
from analysis.classify.predict import predict
from analysis.schema import InputError

# What people write, and what breaks: characters the model drops, joins, folds, or reads as one.
WORDS = ["手术", "排队", "窗口", "失误", "感谢", "a", "ＩＣＵ", "排隊", "１２", "ﷺ", "龘", "  ", "\t", "\n", "\x00"]
MARKS = ["[泪]", "[", "]", "@某人 ", "http://t.cn/a1", "https://", "😡", "👨\u200d👩\u200d👧", "❤\ufe0f"]
LEFT_OUT = ["\u200b", "\ufeff", "\ud83d", "\udc00", "\ue000"]
BITS_OF_TEXT = st.sampled_from([*WORDS, *MARKS, *LEFT_OUT])
TEXTS = st.lists(BITS_OF_TEXT | st.text(max_size=4), max_size=25).map("".join)


def score_lead(text: str, model: Model, task: Task, label: str) -> float:
    """The label's score less the mean of the others', bias and form left aside, from scikit-learn's matrices."""
    seen = weigh(ngram_counts(pd.Series([text], dtype=object)), model.columns, model.idf)
    ngrams = (model.columns < WIDTH).astype(float)
    scores = np.asarray(seen.multiply(ngrams) @ task.weights.T)[0]
    at = task.labels.index(label)
    return float(scores[at] - np.delete(scores, at).mean())


def push_of(found: Explanation, part: str) -> float:
    """How much do the characters of `part`, which stands once in the text, push? Spread evenly over each piece."""
    text, at = "".join(piece for piece, _push in found.pieces), 0
    first, total = text.index(part), 0.0
    for piece, push in found.pieces:
        inside = len(range(max(at, first), min(at + len(piece), first + len(part))))
        total, at = total + push * inside / len(piece), at + len(piece)
    return total


# --- one text, worked out by hand


def test_the_words_that_were_learnt_for_a_label_speak_for_it(tiny: Model) -> None:
    found = explain("窗口排队，手术失误", tiny, "topic", "service")
    assert push_of(found, "窗口排队") > 0 > push_of(found, "手术失误")


def test_another_label_is_pushed_the_other_way_where_there_are_two(tiny: Model) -> None:
    here, there = (explain("窗口排队，手术失误", tiny, "topic", label) for label in ("service", "medical_quality"))
    assert [push for _piece, push in here.pieces] == pytest.approx([-push for _piece, push in there.pieces])
    assert here.probability + there.probability == pytest.approx(1)


def test_without_a_label_the_answer_is_explained(tiny: Model) -> None:
    answer = predict(pd.Series(["手术失误了"], dtype="str"), tiny).loc[0]
    found = explain("手术失误了", tiny, "topic")
    assert (found.task, found.label) == ("topic", answer["topic"])
    assert found.probability == pytest.approx(answer["topic_probability"], abs=1e-6)
    assert explain("手术失误了", tiny, "sentiment").label == answer["sentiment"]


def hand_made() -> Model:
    """Knows 甲, 乙 and 甲乙 of three labels; the second is the one that they speak for."""
    parts = [ngram_counts(pd.Series([text], dtype="str")).indices for text in ("甲", "乙")]
    both = np.setdiff1d(ngram_counts(pd.Series(["甲乙"], dtype="str")).indices, np.concatenate(parts))
    worth = {int(parts[0][0]): 3.0, int(parts[1][0]): 0.0, int(both[0]): 6.0}
    columns = np.array(sorted(worth), dtype=np.int32)
    weights = np.zeros((3, 3), dtype=np.float32)
    weights[1] = [worth[int(column)] for column in columns]
    task = Task(("a", "b", "c"), weights, np.zeros(3, dtype=np.float32))
    return Model(columns, np.ones(3, dtype=np.float32), task, task, "", 1)


def test_a_pair_counts_half_for_each_of_its_characters() -> None:
    # three n-grams of weight 1: scaled by 1/√3. 甲 = 3 + 6/2 = 6, 乙 = 0 + 6/2 = 3, against others that score 0
    found = explain("甲乙", hand_made(), "topic", "b")
    assert [piece for piece, _push in found.pieces] == ["甲", "乙"]
    assert [push for _piece, push in found.pieces] == pytest.approx([6 / 3**0.5, 3 / 3**0.5])


def test_a_label_is_held_against_the_mean_of_the_others() -> None:
    # for a, the others b and c score (6, 0) and (3, 0): their means are 3 and 1.5
    found = explain("甲乙", hand_made(), "topic", "a")
    assert [push for _piece, push in found.pieces] == pytest.approx([-3 / 3**0.5, -1.5 / 3**0.5])


def test_an_n_gram_that_stands_twice_is_shared_by_both_places() -> None:
    # 甲丙甲: only 甲 is known, 1 + ln 2 scaled to length 1, worth 3: half for each place
    found = explain("甲丙甲", hand_made(), "topic", "b")
    assert found.pieces == (("甲", pytest.approx(1.5)), ("丙", 0.0), ("甲", pytest.approx(1.5)))


def test_neighbours_of_one_side_and_strength_are_one_piece() -> None:
    # strongest 9: steps of 4.5. 8 and 9 are strong, 4 weaker, 1 and -1 as good as nothing, -9 strong on the other side
    pushes = np.array([9.0, 8.0, 4.0, 1.0, -1.0, -9.0])
    assert merged("一二三四五六", np.arange(6), pushes) == (("一二", 17.0), ("三", 4.0), ("四五", 0.0), ("六", -9.0))


# --- what the model reads differently from what stands there


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("好[泪]吧", [0, 1, 4]),
        ("看http://t.cn/a1。", [0, 1, 15]),
        ("@某人 好", [0, 3, 4]),
        ("一  \n 二", [0, 1, 5]),
        ("\u200b一\ufe0f二", [1, 3]),
        ("😡\ud800怒", [0, 2]),
        ("", []),
    ],
)
def test_each_token_is_found_where_it_begins(text: str, begun: list[int]) -> None:
    assert placed(text)[1].tolist() == begun


def test_what_is_too_far_behind_to_be_read_pushes_nothing(tiny: Model) -> None:
    found = explain("无关" * (LONGEST // 2) + "手术失误", tiny, "topic", "service")
    assert found.pieces[-1] == ("手术失误", 0.0)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "龘", "\ud800"])
def test_a_text_that_tells_the_model_nothing_is_shown_as_it_is(tiny: Model, text: str) -> None:
    found = explain(text, tiny, "topic")
    assert found.pieces == (((text, 0.0),) if text else ())
    assert 0.5 <= found.probability <= 1


def test_a_label_that_the_model_never_learnt_is_refused(tiny: Model) -> None:
    with pytest.raises(InputError, match=r"knows no neutral here\. It knows: negative, positive"):
        explain("手术", tiny, "sentiment", "neutral")


# --- laws


@settings(max_examples=100)
@given(text=TEXTS)
@example("手术" * 50_000)
@example("[[泪]]@@http://https://a[泪")
def test_the_tokens_are_those_that_the_model_reads(text: str) -> None:
    read, begun = placed(text)
    assert "".join(map(chr, read)) == tokens(pd.Series([text], dtype=object))[0]
    assert (np.diff(begun) > 0).all()


@settings(max_examples=100)
@given(text=TEXTS, task=st.sampled_from(["topic", "sentiment"]), first=st.booleans())
@example("手术" * 50_000, "topic", True)
def test_pieces_joined_are_the_text_and_add_up_to_the_score(tiny: Model, text: str, task: str, first: bool) -> None:
    linear: Task = getattr(tiny, task)
    found = explain(text, tiny, task, linear.labels[0 if first else 1])
    assert "".join(piece for piece, _push in found.pieces) == text
    assert all(piece for piece, _push in found.pieces)
    total = sum(push for _piece, push in found.pieces)
    assert total == pytest.approx(score_lead(text, tiny, linear, found.label), abs=1e-4)


@settings(max_examples=30)
@given(text=TEXTS)
def test_it_adds_up_for_eleven_labels_too(many: Model, text: str) -> None:
    for label in many.topic.labels:
        found = explain(text, many, "topic", label)
        total = sum(push for _piece, push in found.pieces)
        assert total == pytest.approx(score_lead(text, many, many.topic, label), abs=1e-4)


@pytest.fixture(scope="module")
def many(tiny: Model) -> Model:
    """The tiny model with eleven topics of weights drawn at random."""
    weights = np.random.default_rng(3).normal(size=(11, len(tiny.columns))).astype(np.float32)
    labels = tuple(f"topic {number}" for number in range(11))
    return Model(tiny.columns, tiny.idf, Task(labels, weights, np.zeros(11)), tiny.sentiment, "", len(LABELLED))
