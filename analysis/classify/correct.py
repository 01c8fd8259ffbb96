"""What do the analyst's corrections teach, in a moment, on top of what the corpus taught?

The model that the corpus gave is where learning starts and what it is pulled back to: the most likely weights
under a normal prior around the old ones. A hundred corrections so move what they speak of, and nothing else; it
takes a fraction of a second, and undoing a correction gives the old model back exactly.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis.classify.features import ngram_counts, weigh
from analysis.classify.model import Model, Task
from analysis.classify.predict import predict
from analysis.schema import Sentiment

FOLDS = 5
# How strongly a weight, and a label's overall bias, is held to what the corpus taught (benchmarks/classify.py).
HOLD_WEIGHTS = {"topic": 2.0, "sentiment": 1.0}
HOLD_BIAS = {"topic": 1e4, "sentiment": 50.0}


def corrected(model: Model, corrections: pd.DataFrame) -> Model:
    """Which classifier do these corrections make of a model?

    corrections: text, topic, sentiment ("" = not judged), random (bool: the post was drawn at random, so that it
    may tell how often the model errs). Labels that the model does not know are left out. Returns `model` itself
    when there is nothing to learn.
    """
    if corrections.empty:
        return model
    random = corrections["random"].to_numpy() & (corrections["sentiment"] != "").to_numpy()
    told = out_of_fold(model, corrections)["p_negative"].to_numpy()[random]
    negative = (corrections["sentiment"] == Sentiment.NEGATIVE).to_numpy()[random]
    checked = tuple(zip(map(float, told), map(bool, negative), strict=True))
    return replace(learnt(model, corrections), corrections=len(corrections), checked=checked)


def out_of_fold(model: Model, corrections: pd.DataFrame) -> pd.DataFrame:
    """What does a model that learnt from the other corrections say of each? Rows as `predict` gives them.

    FOLDS parts; a text's part follows from its place, so the same corrections give the same answers.
    """
    fold = np.arange(len(corrections)) % FOLDS
    parts = [
        predict(corrections["text"][fold == part], learnt(model, corrections[fold != part])).set_axis(
            np.flatnonzero(fold == part)
        )
        for part in range(min(FOLDS, len(corrections)))
    ]
    return pd.concat(parts).sort_index().set_axis(corrections.index)


def learnt(model: Model, corrections: pd.DataFrame) -> Model:
    """Which weights are most likely, given the corrections and the model's weights as prior?"""
    features = weigh(ngram_counts(corrections["text"]), model.columns, model.idf)
    return replace(
        model,
        topic=moved(model.topic, features, corrections["topic"], "topic"),
        sentiment=moved(model.sentiment, features, corrections["sentiment"], "sentiment"),
    )


def moved(task: Task, features: csr_matrix, labels: pd.Series, name: str) -> Task:
    """Where do these labels move a linear model? Multinomial loss, held to the old weights; by L-BFGS."""
    from scipy.optimize import minimize  # takes a second or two to load, and without corrections nobody needs it

    known = labels.isin(task.labels).to_numpy()
    if not known.any():
        return task
    part = features[known]
    spread, turn = np.linalg.eigh((part @ part.T).toarray().astype(np.float64))
    kept = spread > spread.max() * 1e-9
    # Weights outside the corrections' span stay where they are: as many unknowns as corrections are enough.
    axes, posts = turn[:, kept] / np.sqrt(spread[kept]), turn[:, kept] * np.sqrt(spread[kept])
    start = np.asarray(part @ task.weights.T + task.bias, dtype=np.float64)
    wanted = np.array([task.labels.index(label) for label in labels[known]])
    truth = np.eye(len(task.labels))[wanted]
    share = np.bincount(wanted)[wanted] / len(wanted) * len(set(wanted))
    counts = np.sqrt(1 / share)  # a rare label's correction says more than one of a label that is everywhere
    counts /= counts.mean()
    hold, hold_bias = HOLD_WEIGHTS[name], HOLD_BIAS[name]

    def loss(step: np.ndarray) -> tuple[float, np.ndarray]:
        bias, weights = step[: len(task.labels)], step[len(task.labels) :].reshape(len(task.labels), -1)
        scores = start + posts @ weights.T + bias
        scores -= scores.max(axis=1, keepdims=True)
        total = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        off = (np.exp(scores - total) - truth) * counts[:, None]
        value = counts @ (total - scores)[truth > 0] + hold / 2 * (weights**2).sum() + hold_bias / 2 * (bias**2).sum()
        slope = np.concatenate([off.sum(axis=0) + hold_bias * bias, (off.T @ posts + hold * weights).ravel()])
        return float(value), slope

    found = minimize(loss, np.zeros(len(task.labels) * (1 + kept.sum())), jac=True, method="L-BFGS-B").x
    bias, weights = found[: len(task.labels)], found[len(task.labels) :].reshape(len(task.labels), -1)
    step = np.asarray(part.T @ (axes @ weights.T)).T
    return Task(task.labels, task.weights + step.astype(np.float32), task.bias + bias.astype(np.float32))
