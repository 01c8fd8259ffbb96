"""SnowNLP's one number becomes three tones: under 0.4 negative, over 0.6 positive, else neutral."""

import numpy as np
import pandas as pd
import pytest
import snownlp
from frames import posts
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.snow import snow_probabilities


class Fixed:
    """A SnowNLP that reads the number that stands in the text."""

    def __init__(self, text: str) -> None:
        self.sentiments = float(text)


def tones(*scores: float) -> np.ndarray:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snownlp, "SnowNLP", Fixed)
        return snow_probabilities(pd.Series([repr(score) for score in scores], dtype="str"))


def test_the_bounds_are_at_04_and_06() -> None:
    found = tones(0, 0.399, 0.401, 0.5, 0.599, 0.601, 1).argmax(axis=1)
    assert found.tolist() == [0, 0, 1, 1, 1, 2, 2]  # negative, neutral, positive


@given(st.floats(0, 1))
def test_the_three_tones_sum_to_1(score: float) -> None:
    (row,) = tones(score)
    assert row.sum() == pytest.approx(1)
    assert (row >= 0).all()


def test_the_real_one_tells_praise_from_anger_and_takes_empty_texts(tiny: Model) -> None:
    frame = posts({"text": "非常好，很满意，谢谢"}, {"text": "太差了，垃圾，很失望"}, {"text": "😀"}, {"text": " "})
    found = annotate(frame, tiny, engine="snownlp")
    assert found["sentiment"].tolist()[:2] == ["positive", "negative"]
    assert found["sentiment"].iloc[3] == "neutral"
    assert found[["p_negative", "p_neutral", "p_positive"]].sum(axis=1).tolist() == pytest.approx([1] * 4)
    assert set(found["topic"]) <= {"medical_quality", "service"}
