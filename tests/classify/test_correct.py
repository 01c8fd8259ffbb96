"""A few corrections move the classifier at once, move nothing else, and can be taken back."""

import numpy as np
import pandas as pd
import pytest
from frames import LABELLED
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.correct import corrected, out_of_fold
from analysis.classify.model import Model
from analysis.classify.predict import predict


def corrections(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["text", "topic", "sentiment", "random"])
    return frame.astype({"text": "str", "topic": "str", "sentiment": "str", "random": bool})


def test_what_was_corrected_is_answered_right(tiny: Model) -> None:
    text = "手术失误"  # taught as medical_quality, negative
    row = (text, "service", "positive", False)
    before = predict(pd.Series([text], dtype="str"), tiny).loc[0]
    after = predict(pd.Series([text], dtype="str"), corrected(tiny, corrections(*[row] * 4))).loc[0]
    assert (before["topic"], after["topic"]) == ("medical_quality", "service")
    assert (before["sentiment"], after["sentiment"]) == ("negative", "positive")


def test_texts_that_share_nothing_with_the_corrections_keep_their_order(tiny: Model) -> None:
    moved = corrected(tiny, corrections(("手术失误", "service", "", False), ("手术", "service", "", False)))
    unseen = np.ones(len(tiny.columns), dtype=bool)
    unseen[np.abs(moved.topic.weights - tiny.topic.weights).max(axis=0) > 0] = False
    assert 0 < (~unseen).sum() < len(unseen)
    assert (moved.sentiment.weights == tiny.sentiment.weights).all()


def test_no_correction_no_change(tiny: Model) -> None:
    assert corrected(tiny, corrections()) is tiny


def test_a_label_that_the_classifier_does_not_know_teaches_nothing(tiny: Model) -> None:
    moved = corrected(tiny, corrections(("手术", "privacy", "neutral", True)))
    assert (moved.topic.weights == tiny.topic.weights).all()
    assert (moved.sentiment.weights == tiny.sentiment.weights).all()
    assert moved.corrections == 1


def test_one_that_agrees_makes_it_surer(tiny: Model) -> None:
    row = LABELLED.iloc[0]
    moved = corrected(tiny, corrections((row["text"], row["topic"], row["sentiment"], False)))
    texts = LABELLED["text"].iloc[:1]
    assert predict(texts, moved).loc[0, "topic_probability"] > predict(texts, tiny).loc[0, "topic_probability"]


def test_only_random_ones_with_a_sentiment_tell_how_often_it_errs(tiny: Model) -> None:
    rows = [("手术失误", "", "negative", True), ("谢谢医生", "", "positive", True)]
    rows += [("排队", "service", "", True), ("窗口", "", "negative", False)]
    found = corrected(tiny, corrections(*rows)).checked
    assert [negative for _p, negative in found] == [True, False]
    assert all(0 <= p <= 1 for p, _negative in found)


def test_what_is_checked_was_told_by_a_model_that_had_not_learnt_it(tiny: Model) -> None:
    """Six texts in five folds: the first and the sixth are judged by a model that learnt the four others."""
    taught = corrections(*[(text, "service", "positive", True) for text in LABELLED["text"]])
    answers = out_of_fold(tiny, taught)
    without = corrected(tiny, taught.iloc[1:5])
    expected = predict(LABELLED["text"].iloc[[0, 5]], without)
    assert answers.loc[[0, 5], "p_negative"].to_numpy() == pytest.approx(expected["p_negative"].to_numpy(), abs=1e-6)


@settings(max_examples=10)
@given(labels=st.lists(st.sampled_from(["service", "medical_quality", ""]), min_size=1, max_size=12))
def test_any_corrections_leave_probabilities_that_sum_to_1(tiny: Model, labels: list[str]) -> None:
    rows = [(LABELLED["text"][at % 6] * (at % 3), label, "", True) for at, label in enumerate(labels)]
    answers = predict(LABELLED["text"], corrected(tiny, corrections(*rows)))
    assert answers[["p_negative", "p_neutral", "p_positive"]].sum(axis=1).to_numpy() == pytest.approx(np.ones(6))
    assert answers["topic_probability"].between(0.5, 1).all()
