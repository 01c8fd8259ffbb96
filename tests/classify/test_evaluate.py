"""How right the answers are, worked out by hand, and over labelled rows only."""

import pandas as pd
import pytest
from frames import LABELLED

from analysis.classify.evaluate import evaluate, scores
from analysis.classify.model import Model
from analysis.schema import InputError


def judged(truth: list[str], answers: list[str]) -> dict:
    return scores(pd.Series(truth, dtype="str"), pd.Series(answers, dtype="str"))


def test_scores_worked_out_by_hand() -> None:
    # service: answered 3 times, 2 of them right, of 2; policy: answered once, right, of 3; F1 = 2pr/(p+r)
    found = judged(
        ["service", "service", "policy", "policy", "policy"],
        ["service", "service", "policy", "service", "other"],
    )
    assert (found["n"], found["accuracy"]) == (5, 0.6)
    assert found["per_class"] == {
        "policy": {"precision": 1, "recall": pytest.approx(1 / 3, abs=1e-4), "f1": 0.5, "n": 3},
        "service": {"precision": pytest.approx(2 / 3, abs=1e-4), "recall": 1, "f1": 0.8, "n": 2},
    }
    assert found["macro_f1"] == 0.65  # "other" is in no truth, so it is no class here


def test_rows_without_a_label_are_not_judged() -> None:
    found = judged(["service", "", ""], ["service", "policy", "service"])
    assert (found["n"], found["accuracy"], found["macro_f1"]) == (1, 1, 1)
    nothing = {"n": 0, "accuracy": None, "macro_f1": None, "macro_f1_interval": None, "per_class": {}}
    assert judged(["", ""], ["service", "policy"]) == nothing


def test_the_interval_is_a_point_where_nothing_can_vary_and_narrows_with_more_posts() -> None:
    assert judged(["service", "policy"] * 20, ["service", "policy"] * 20)["macro_f1_interval"] == [1, 1]
    # three of four right in each of two classes: macro-F1 0.75, standard error near sqrt(0.75 * 0.25 / n)
    truth = ["service"] * 4 + ["policy"] * 4
    answers = ["service"] * 3 + ["policy"] * 4 + ["service"]
    widths = []
    for times in (10, 160):
        found = judged(truth * times, answers * times)
        low, high = found["macro_f1_interval"]
        assert low < found["macro_f1"] == 0.75 < high
        assert high - low == pytest.approx(2 * 1.645 * (0.75 * 0.25 / (8 * times)) ** 0.5, rel=0.25)
        widths.append(high - low)
    assert widths[0] > 3 * widths[1]


def test_a_class_that_is_never_answered_scores_0() -> None:
    assert judged(["policy"], ["service"])["per_class"]["policy"] == {"precision": 0, "recall": 0, "f1": 0, "n": 1}


def test_each_task_is_judged_over_its_own_rows(tiny: Model) -> None:
    half = LABELLED.assign(sentiment=["negative", "", "", "", "", ""])
    found = evaluate(half, tiny)
    assert list(found) == ["n", "posts_per_second", "topic", "sentiment"]
    assert (found["n"], found["topic"]["n"], found["sentiment"]["n"]) == (6, 6, 1)
    assert found["topic"]["accuracy"] == found["sentiment"]["accuracy"] == 1
    assert found["posts_per_second"] > 0


def test_a_file_without_labels_is_refused(tiny: Model) -> None:
    with pytest.raises(InputError, match="no labels"):
        evaluate(LABELLED.assign(topic="", sentiment=""), tiny)


def test_the_baseline_is_drawn_with_a_seed_and_scored_on_at_most_1000(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.classify.evaluate.BASELINE_POSTS", 4)
    first, again = (evaluate(LABELLED, tiny, "snownlp")["baseline"] for _ in range(2))
    assert (first["name"], first["sentiment"]["n"]) == ("snownlp", 4)
    assert first["sentiment"] == again["sentiment"]
    assert first["posts_per_second"] > 0


def test_a_baseline_without_sentiments_has_no_figures(tiny: Model) -> None:
    baseline = evaluate(LABELLED.assign(sentiment=""), tiny, "snownlp")["baseline"]
    assert baseline["posts_per_second"] is None
    assert baseline["sentiment"]["accuracy"] is None
