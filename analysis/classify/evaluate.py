"""How right is a classifier on posts whose labels are known?"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import predict
from analysis.classify.snow import snow_probabilities
from analysis.language import _
from analysis.schema import InputError, Sentiment

BASELINES = ("snownlp",)
BASELINE_POSTS, SEED = 1_000, 20260101
DRAWS = 1_000


def evaluate(labelled: pd.DataFrame, model: Model, baseline: str | None = None) -> dict[str, Any]:
    """How right, and how fast, is the model on these labelled posts?

    labelled: text, topic, sentiment, "" = no label; each task is judged over the rows that carry a label
    for it. Returns n, posts_per_second (text to probabilities), topic and sentiment (see `scores`), and
    with baseline="snownlp" the same for SnowNLP's sentiment on at most 1,000 of the posts, drawn with a
    seed. Raises InputError if there is no label at all.
    """
    if not ((labelled["topic"] != "") | (labelled["sentiment"] != "")).any():
        raise InputError(_("The file holds no labels: fill the columns topic or sentiment."))
    predict(labelled["text"].iloc[:1], model)  # its tables load once; that is not its speed
    begin = time.perf_counter()
    answers = predict(labelled["text"], model)
    seconds = time.perf_counter() - begin
    result: dict[str, Any] = {"n": len(labelled), "posts_per_second": round(len(labelled) / seconds, 1)}
    for task in ("topic", "sentiment"):
        result[task] = scores(labelled[task], answers[task])
    if baseline:
        result["baseline"] = {"name": baseline, **rival(labelled)}
    return result


def rival(labelled: pd.DataFrame) -> dict[str, Any]:
    """How right, and how fast, is SnowNLP's sentiment on (a seeded draw of) the same posts?"""
    drawn = labelled[labelled["sentiment"] != ""]
    drawn = drawn.sample(min(len(drawn), BASELINE_POSTS), random_state=SEED)
    snow_probabilities(pd.Series(["预热"]))  # its dictionaries load once; that is not its speed
    begin = time.perf_counter()
    tones = snow_probabilities(drawn["text"])
    seconds = time.perf_counter() - begin
    answers = pd.Series([str(list(Sentiment)[at]) for at in tones.argmax(axis=1)], index=drawn.index, dtype="str")
    speed = round(len(drawn) / seconds, 1) if len(drawn) else None
    return {"posts_per_second": speed, "sentiment": scores(drawn["sentiment"], answers)}


def scores(truth: pd.Series, answers: pd.Series) -> dict[str, Any]:
    """How right are the answers where the truth is known?

    n; accuracy; macro_f1, the plain mean of F1 over the labels that occur in the truth, and macro_f1_interval,
    between which values it lies at 90% (see `interval`); per_class with precision, recall, f1 [0, 1] and n a label.
    Accuracy, macro_f1 and its interval are None when nothing is labelled.
    """
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support  # takes seconds to load

    known = (truth != "").to_numpy()
    right, given = truth[known].astype(object), answers[known].astype(object)
    if not len(right):
        return {"n": 0, "accuracy": None, "macro_f1": None, "macro_f1_interval": None, "per_class": {}}
    labels = sorted(set(right))
    precision, recall, f1, count = precision_recall_fscore_support(right, given, labels=labels, zero_division=0)
    per_class = {
        label: {
            "precision": round(float(precision[at]), 4),
            "recall": round(float(recall[at]), 4),
            "f1": round(float(f1[at]), 4),
            "n": int(count[at]),
        }
        for at, label in enumerate(labels)
    }
    accuracy = round(float(accuracy_score(right, given)), 4)
    return {
        "n": len(right),
        "accuracy": accuracy,
        "macro_f1": round(float(f1.mean()), 4),
        "macro_f1_interval": interval(right, given, labels),
        "per_class": per_class,
    }


def interval(truth: pd.Series, answers: pd.Series, labels: list[str]) -> list[float]:
    """Between which values does the macro-F1 lie at 90%, had other posts of the kind been drawn? Bootstrap.

    A resample is a draw of (truth, answer) pairs as often as each occurs, so the posts need not be touched.
    """
    known = [*labels, *sorted(set(answers) - set(labels))]
    pairs = pd.crosstab(truth, answers).reindex(index=labels, columns=known, fill_value=0).to_numpy()
    draws = np.random.default_rng(SEED).multinomial(pairs.sum(), (pairs / pairs.sum()).ravel(), DRAWS)
    draws = draws.reshape(DRAWS, *pairs.shape)
    right = np.diagonal(draws, axis1=1, axis2=2)
    occurs = draws.sum(axis=2) + draws.sum(axis=1)[:, : len(labels)]
    f1 = np.where(occurs > 0, 2 * right / np.maximum(occurs, 1), np.nan)
    return [round(float(bound), 4) for bound in np.quantile(np.nanmean(f1, axis=1), (0.05, 0.95))]
