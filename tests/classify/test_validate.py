"""Is the classifier judged on what it has not learnt, and are the tables about it right?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify import validate
from analysis.classify.model import Model
from analysis.classify.validate import confusion, cross_validated, learning_curve, parts, reliability, worst
from analysis.schema import InputError

# Twelve posts by three voices; each names its topic and its tone.
TOPICS, TONES = {"排队窗口": "service", "手术伤口": "medical_quality"}, {"太差": "negative", "很好": "positive"}
ENDINGS = {"甲": "一", "乙": "二", "丙": "三"}
Lessons = list[tuple[list[str], list[str]]]
WRITTEN = [
    (f"{what}{how}{ending}", topic, tone, voice)
    for voice, ending in ENDINGS.items()
    for what, topic in TOPICS.items()
    for how, tone in TONES.items()
]


def labelled(rows: list[tuple[str, str, str, str]] = WRITTEN) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["text", "topic", "sentiment", "voice"], dtype="str")


@pytest.fixture
def lessons(monkeypatch: pytest.MonkeyPatch) -> Lessons:
    """Which texts did each model learn from, and which did it judge? In the order of training."""
    found: Lessons = []
    trained, predicted = validate.train, validate.predict

    def train(rows: pd.DataFrame) -> Model:
        found.append((rows["text"].tolist(), []))
        return trained(rows)

    def predict(texts: pd.Series, model: Model) -> pd.DataFrame:
        found[-1][1].extend(texts)
        return predicted(texts, model)

    monkeypatch.setattr(validate, "train", train)
    monkeypatch.setattr(validate, "predict", predict)
    return found


# --- judged by what has not learnt it


def test_posts_are_answered_by_a_model_that_learnt_from_other_voices(
    lessons: Lessons,
) -> None:
    posts = labelled().set_axis(range(100, 112))
    answers = cross_validated(posts)
    assert answers.index.tolist() == posts.index.tolist()
    assert answers["topic"].tolist() == posts["topic"].tolist()
    assert answers["sentiment"].tolist() == posts["sentiment"].tolist()
    assert answers["by_voice"].all()
    # three voices, three models: each judged the four posts of one voice and learnt the eight of the others
    assert [(len(learnt), len(judged)) for learnt, judged in lessons] == [(8, 4)] * 3
    assert sorted("".join({text[-1] for text in judged}) for _learnt, judged in lessons) == ["一", "三", "二"]
    assert not any({text[-1] for text in learnt} & {text[-1] for text in judged} for learnt, judged in lessons)


def test_posts_without_a_voice_are_always_learnt_and_never_judged(lessons: Lessons) -> None:
    terms = [("新冠肺炎", "public_health", "", ""), ("核酸检测", "public_health", "", "")]
    answers = cross_validated(labelled(WRITTEN[:5] + terms + WRITTEN[5:]))
    assert answers.index.tolist() == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13]
    assert all({"新冠肺炎", "核酸检测"} <= set(learnt) for learnt, _judged in lessons)


@pytest.mark.parametrize("voice", ["", "甲"])
def test_without_two_voices_chance_cuts_and_the_answers_say_so(voice: str, lessons: Lessons) -> None:
    answers = cross_validated(labelled([(*row[:3], voice) for row in WRITTEN]))
    assert len(answers) == 12
    assert not answers["by_voice"].any()
    assert [(len(learnt), len(judged)) for learnt, judged in lessons] == [(9, 3), (9, 3), (10, 2), (10, 2), (10, 2)]
    assert not any(set(learnt) & set(judged) for learnt, judged in lessons)


def test_a_post_may_lack_a_label_and_is_answered_all_the_same() -> None:
    rows = [
        (text, "" if at == 0 else topic, "" if at == 1 else tone, v)
        for at, (text, topic, tone, v) in enumerate(WRITTEN)
    ]
    assert cross_validated(labelled(rows)).loc[0, "topic"] == "service"


def test_too_few_posts_are_refused_with_the_number() -> None:
    with pytest.raises(InputError, match="4 labelled posts are too few"):
        cross_validated(labelled(WRITTEN[:4]))


def test_a_label_that_one_voice_alone_uses_is_never_told() -> None:
    rows = [*WRITTEN, *((f"停车收费{n}", "policy", "neutral", "丁") for n in "一二三四")]
    answers = cross_validated(labelled(rows))
    assert set(answers["topic"]) <= {"service", "medical_quality", "policy"}
    assert (answers["topic"].iloc[12:] != "policy").all()


def test_progress_is_told_after_each_part() -> None:
    shares: list[float] = []
    cross_validated(labelled(), lambda share, text: shares.append(share))
    assert shares == pytest.approx([0, 1 / 3, 2 / 3, 1])


@given(voices=st.lists(st.sampled_from(["", "甲", "乙", "丙", "丁", "戊", "己", "庚"]), min_size=5, max_size=30))
def test_a_voice_is_in_one_part_and_every_told_post_in_exactly_one(voices: list[str]) -> None:
    posts = labelled([("文", "service", "negative", voice) for voice in voices])
    told = {voice for voice in voices if voice}
    held = parts(posts)
    places = sorted(int(at) for part in held for at in part)
    if len(told) < 2:
        assert places == list(range(len(voices)))
    else:
        assert places == [at for at, voice in enumerate(voices) if voice]
        assert sorted(voice for part in held for voice in {voices[at] for at in part}) == sorted(told)


# --- what more posts bring


def test_the_curve_learns_from_more_and_more_of_the_same_posts(lessons: Lessons) -> None:
    # the first part holds one voice, so eight posts are left to learn from; 6 and 50 are asked for
    shares: list[float] = []
    curve = learning_curve(labelled(), [50, 6], lambda share, text: shares.append(share))
    assert curve["posts"].tolist() == [6, 8]
    (few, judged), (all_, again) = lessons
    assert (len(few), len(all_), len(judged)) == (6, 8, 4)
    assert set(few) < set(all_) and judged == again and set(all_).isdisjoint(judged)
    assert shares == [0, 0.5, 1]
    assert curve.loc[1, ["topic_f1", "sentiment_f1"]].tolist() == [1, 1]


def test_terms_are_learnt_at_every_size_and_not_counted(lessons: Lessons) -> None:
    terms = [("新冠肺炎", "public_health", "", ""), ("核酸检测", "public_health", "", "")]
    assert learning_curve(labelled(terms + WRITTEN), [6, 8])["posts"].tolist() == [6, 8]
    assert [len(learnt) for learnt, _judged in lessons] == [8, 10]


# --- tables, worked out by hand


def test_reliability_of_six_answers() -> None:
    told = pd.Series([0.52, 0.58, 0.91, 0.99, 1.0, 0.95])
    right = pd.Series([True, False, True, True, True, False])
    table = reliability(told, right)
    assert table["n"].tolist() == [2, 4]
    assert table["told"].tolist() == pytest.approx([0.55, 0.9625])
    assert table["right"].tolist() == pytest.approx([0.5, 0.75])


def test_wide_bins_and_the_ends_of_the_scale() -> None:
    table = reliability(pd.Series([0.0, 0.5, 1.0]), pd.Series([False, True, True]), bins=2)
    assert (table["n"].tolist(), table["told"].tolist(), table["right"].tolist()) == ([1, 2], [0, 0.75], [0, 1])


@given(
    answers=st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30),
    bins=st.integers(1, 12),
)
def test_every_answer_is_in_one_bin(answers: list[tuple[float, bool]], bins: int) -> None:
    told, right = ([each[at] for each in answers] for at in (0, 1))
    table = reliability(pd.Series(told, dtype=float), pd.Series(right, dtype=bool), bins)
    assert table["n"].sum() == len(answers)
    assert (table["right"] * table["n"]).sum() == pytest.approx(sum(right))
    assert (table["told"] * table["n"]).sum() == pytest.approx(sum(told))
    assert table["told"].is_monotonic_increasing


def test_confusion_of_six_posts_in_the_order_of_the_schema() -> None:
    truth = pd.Series(["other", "other", "rumour", "service", "", "other"], dtype="str")
    given_ = pd.Series(["other", "service", "other", "service", "rumour", "other"], dtype="str")
    table = confusion(truth, given_)
    assert table.to_dict("split") == {
        "index": ["rumour", "service", "other"],
        "columns": ["rumour", "service", "other"],
        "data": [[0, 0, 1], [0, 1, 0], [0, 1, 2]],
    }


def test_a_label_that_was_only_answered_has_a_row_of_noughts() -> None:
    table = confusion(pd.Series(["negative"], dtype="str"), pd.Series(["neutral"], dtype="str"))
    assert table.to_numpy().tolist() == [[0, 1], [0, 0]]


def test_no_label_no_confusion() -> None:
    assert confusion(pd.Series(["", ""], dtype="str"), pd.Series(["other", "other"], dtype="str")).shape == (0, 0)


def answered(topics: list[str], sure: list[float], tones: list[str]) -> pd.DataFrame:
    shares = {
        f"p_{tone}": [0.8 if told == tone else 0.1 for told in tones] for tone in ("negative", "neutral", "positive")
    }
    return pd.DataFrame({"topic": topics, "topic_probability": sure, "sentiment": tones, **shares})


def test_the_surest_mistakes_come_first() -> None:
    rows = [(text, topic, "", "") for text, topic in zip("一二三四五", ["service"] * 4 + [""], strict=True)]
    told = answered(["other", "other", "service", "policy", "other"], [0.5, 0.9, 0.99, 0.7, 0.8], ["neutral"] * 5)
    found = worst(labelled(rows).set_axis([7, 8, 9, 10, 11]), told.set_axis([7, 8, 9, 10, 11]), "topic", 2)
    assert found.index.tolist() == [8, 10]
    assert found.to_dict("records") == [
        {"text": "二", "truth": "service", "answer": "other", "probability": 0.9},
        {"text": "四", "truth": "service", "answer": "policy", "probability": 0.7},
    ]


def test_mistakes_of_the_tone_carry_its_probability() -> None:
    rows = [("一", "", "negative", ""), ("二", "", "neutral", ""), ("三", "", "", "")]
    told = answered(["other"] * 3, [0.5] * 3, ["neutral"] * 3)
    found = worst(labelled(rows), told, "sentiment", 9)
    assert found.to_dict("records") == [{"text": "一", "truth": "negative", "answer": "neutral", "probability": 0.8}]
    assert np.issubdtype(found["probability"].dtype, np.floating)
