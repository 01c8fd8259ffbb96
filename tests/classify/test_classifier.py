"""The classifier learns from examples, answers any text, and says how sure it is."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frames import LABELLED, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.model import Model
from analysis.classify.predict import ADDED, annotate, predict
from analysis.classify.train import current_model, train
from analysis.schema import InputError

TONES = ["p_negative", "p_neutral", "p_positive"]


def labelled(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["text", "topic", "sentiment"], dtype="str")


def test_it_answers_right_what_it_was_taught(tiny: Model) -> None:
    answers = predict(LABELLED["text"], tiny)
    assert answers["topic"].tolist() == LABELLED["topic"].tolist()
    assert answers["sentiment"].tolist() == LABELLED["sentiment"].tolist()


def test_it_answers_right_what_is_alike(tiny: Model) -> None:
    answers = predict(pd.Series(["手术时伤口失误", "窗口排队没人管"], dtype="str"), tiny)
    assert answers["topic"].tolist() == ["medical_quality", "service"]
    assert answers["sentiment"].tolist() == ["negative", "negative"]


def test_a_label_that_was_never_taught_has_no_probability(tiny: Model) -> None:
    assert predict(LABELLED["text"], tiny)["p_neutral"].tolist() == [0] * 6


def test_width_and_case_of_letters_do_not_matter(tiny: Model) -> None:
    same = predict(pd.Series(["ICU手术 失误", "ｉｃｕ手术　失误"], dtype="str"), tiny)
    assert same.loc[0].tolist() == same.loc[1].tolist()


def test_texts_are_judged_one_by_one(tiny: Model) -> None:
    together = predict(LABELLED["text"], tiny)
    alone = pd.concat([predict(LABELLED["text"].iloc[[row]], tiny) for row in range(6)], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)


STRANGE = ["", " \n\t", "😀😀👍🏽", "手术" * 50_000, "\x00", "{} {0} %s", "=1+1", "\u202e手术"]


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_is_too_strange(tiny: Model, text: str) -> None:
    (row,) = annotate(posts({"text": text}), tiny).to_dict("records")
    assert row["topic"] in ("medical_quality", "service")
    assert sum(row[tone] for tone in TONES) == pytest.approx(1)
    assert 0.5 <= row["topic_probability"] <= 1


def test_half_a_character_is_no_obstacle(tiny: Model) -> None:
    answers = predict(pd.Series(["\ud800手术失误\udfff", "\udc00"], dtype=object), tiny)
    assert answers["topic"].tolist()[0] == "medical_quality"
    assert answers[TONES].sum(axis=1).tolist() == pytest.approx([1, 1])


@settings(max_examples=40)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=5))
def test_probabilities_of_any_texts_sum_to_1_and_name_the_answer(tiny: Model, texts: list[str]) -> None:
    answers = predict(pd.Series(texts, dtype="str"), tiny)
    assert len(answers) == len(texts)
    assert answers[TONES].sum(axis=1).to_numpy() == pytest.approx(np.ones(len(texts)))
    assert ("p_" + answers["sentiment"] == answers[TONES].idxmax(axis=1)).all() or not texts


def test_title_and_text_are_read_together(tiny: Model) -> None:
    frame = posts({"title": "手术失误", "text": "如题"}, {"title": "排队两小时", "text": "排队两小时窗口没人"})
    assert annotate(frame, tiny)["topic"].tolist() == ["medical_quality", "service"]


def test_annotating_adds_columns_and_leaves_the_posts_alone(tiny: Model) -> None:
    frame = posts({"text": "手术失误致人死亡"}, {"text": "排队"}).drop(
        columns=["topic", "sentiment", "p_negative", "claim"]
    )
    frame.index = pd.Index([7, 3])
    found = annotate(frame, tiny)
    assert list(found) == [*frame, *ADDED]
    assert found.index.tolist() == [7, 3]
    assert found["claim"].tolist() == ["death_blamed", ""]
    pd.testing.assert_frame_equal(found[list(frame)], frame)


def test_no_post_no_answer(tiny: Model) -> None:
    found = annotate(posts(), tiny)
    assert len(found) == 0
    assert set(ADDED) <= set(found)


def test_progress_runs_from_0_to_1(tiny: Model) -> None:
    shares: list[float] = []
    annotate(posts({}, {}), tiny, progress=lambda share, text: shares.append(share))
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)


def test_the_same_examples_give_the_same_classifier(tiny: Model) -> None:
    again = train(LABELLED)
    assert (again.topic.weights == tiny.topic.weights).all()
    assert (again.columns == tiny.columns).all()


def test_a_class_with_one_example_is_left_out() -> None:
    model = train(pd.concat([LABELLED, labelled(("停车收费太贵", "policy", ""))], ignore_index=True))
    assert model.topic.labels == ("medical_quality", "service")
    assert model.posts == 7


def test_rows_may_carry_one_label_only() -> None:
    halves = [(text, topic, "") for text, topic, _ in LABELLED.itertuples(index=False)]
    halves += [(text, "", tone) for text, _, tone in LABELLED.itertuples(index=False)]
    answers = predict(LABELLED["text"], train(labelled(*halves)))
    assert answers["topic"].tolist() == LABELLED["topic"].tolist()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("排队", "service", "negative")] * 4, "topic cannot be learnt"),
        ([("排队", "service", ""), ("手术", "medical_quality", ""), ("排队", "service", "")], "Found: service 2, medi"),
        ([(f"排队{tone}", topic, "") for topic in ("service", "policy") for tone in "一二"], "sentiment cannot be"),
        ([("", "", "")] * 3, "two labels with two examples each"),
    ],
)
def test_too_few_examples_of_a_class_are_said(rows: list[tuple[str, str, str]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        train(labelled(*rows))


def test_texts_that_share_no_letter_are_learnt_by_heart() -> None:
    rows = [("甲", "policy", "negative"), ("乙", "policy", "negative"), ("丙", "service", "positive")]
    model = train(labelled(*rows, ("丁", "service", "positive")))
    answers = predict(pd.Series(["甲", "丁"], dtype="str"), model)
    assert answers["topic"].tolist() == ["policy", "service"]


def test_the_classifier_is_trained_once_and_again_when_the_corpus_changed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.csv"
    LABELLED.to_csv(corpus, index=False)
    kept, told = tmp_path / "deep" / "model.npz", []

    def progress(share: float, text: object) -> None:
        told.append(share)

    first = current_model(kept, [corpus], progress)
    assert told[-1] == 1
    told.clear()
    second = current_model(kept, [corpus], progress)
    assert (told, second.corpus) == ([], first.corpus)
    LABELLED.iloc[1:].to_csv(corpus, index=False)
    assert current_model(kept, [corpus], progress).posts == 5
    assert told
    kept.write_bytes(b"damaged")
    assert current_model(kept, [corpus]).posts == 5
