"""What do labelled posts teach?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis.classify.features import WIDTH, ngram_counts, weigh
from analysis.classify.labelled import read_labelled
from analysis.classify.model import Model, Task, corpus_hash, load, save
from analysis.language import Text, _
from analysis.schema import InputError, Sentiment

SEED = 20260101
LEAST = 2  # examples that a class needs before it can be learnt
# Of each task: the inverse strength of its regularisation; whether labels count alike or as often as they occur; and
# how much of naive Bayes' evidence is added, which holds better where words are used in other ways than in the corpus.
SETTINGS: dict[str, tuple[float, str | None, float]] = {"topic": (5.0, None, 0.0), "sentiment": (5.0, "balanced", 0.3)}
SMOOTHING = 0.3  # what an n-gram counts for in every label before any text has shown it
# Posts that were written for training make "neutral" too easy to tell, and the classifier too sure of itself. On real
# ones "neutral" needs so much more evidence, and all evidence counts for so much less: measured on two public sets
# of weibo (SMP2020-EWECT, 15,622 posts).
NEUTRAL_SHIFT, SENTIMENT_TEMPERATURE = -1.5, 1.6


def train(labelled: pd.DataFrame, corpus: str = "", progress: Callable[[float, Text], None] | None = None) -> Model:
    """Which classifier do these labelled posts give?

    labelled: text, topic, sentiment ("" = no label), and voice where they were written for training (see
    NEUTRAL_SHIFT). corpus: hash of its source, kept in the model. progress: called with a share [0, 1] and
    what is being done. n-grams that stand in fewer than two texts are left out.
    Raises InputError if a task has fewer than two classes with two examples.
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, _("Reading the corpus"))
    counts = ngram_counts(labelled["text"])
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(frequency >= min(2, frequency[:WIDTH].max(initial=0)))  # a tiny corpus may share none
    rarity = np.log((1 + len(labelled)) / (1 + frequency[columns])) + 1
    idf = np.where(columns < WIDTH, rarity, 1).astype(np.float32)
    features = weigh(counts, columns, idf)
    tell(0.2, _("Learning the topics"))
    topic = fit(features, labelled["topic"], "topic")
    tell(0.7, _("Learning the sentiments"))
    sentiment = fit(features, labelled["sentiment"], "sentiment")
    if "voice" in labelled:
        sentiment = sobered(sentiment, float((labelled["voice"] != "").mean()))
    tell(1.0, _("The classifier is ready"))
    return Model(columns.astype(np.int32), idf, topic, sentiment, corpus, len(labelled), now())


def now() -> str:
    """When was the model trained? To the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def fit(features: csr_matrix, labels: pd.Series, task: str) -> Task:
    """Which linear model tells the labels apart? Rows without a label, and classes too small, are left out."""
    from sklearn.linear_model import LogisticRegression  # takes seconds to load; only training needs it

    sizes = labels[labels != ""].value_counts()
    learnt = labels.isin(sizes[sizes >= LEAST].index).to_numpy()
    if labels[learnt].nunique() < 2:
        raise InputError(
            _(
                "{task} cannot be learnt: it needs two labels with two examples each. Found: {found}.",
                task=task,
                found=[f"{label} {count}" for label, count in sizes.items()] or "-",
            )
        )
    strength, class_weight, naive = SETTINGS[task]
    regression = LogisticRegression(  # saga: a tenth of the time that the default takes here, with the same answers
        C=strength, class_weight=class_weight, solver="saga", tol=2e-3, max_iter=1000, random_state=SEED
    )
    regression.fit(features[learnt], labels[learnt].astype(object))
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    weights = weights + naive * evidence(features[learnt], labels[learnt].to_numpy(), regression.classes_)
    return Task(tuple(map(str, regression.classes_)), weights.astype(np.float32), bias.astype(np.float32))


def evidence(features: csr_matrix, labels: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """How much more likely is each n-gram under a label than under the others? (labels × columns), log.

    Added to a regression's weights as in Wang & Manning (2012), who interpolate the two.
    """
    shares = np.vstack([features[labels == label].sum(axis=0).A1 + SMOOTHING for label in classes])
    told = np.log(shares / shares.sum(axis=1, keepdims=True))
    return np.asarray(told - told.mean(axis=0))


def sobered(task: Task, written: float) -> Task:
    """How does a sentiment that was learnt from written posts read on real ones? written: their share [0, 1]."""
    neutral = np.array([label == Sentiment.NEUTRAL for label in task.labels])
    temperature = np.float32(1 + (SENTIMENT_TEMPERATURE - 1) * written)
    bias = task.bias + np.where(neutral, NEUTRAL_SHIFT * written, 0).astype(np.float32)
    return replace(task, weights=task.weights / temperature, bias=bias / temperature)


def current_model(path: Path, corpus: list[Path], progress: Callable[[float, Text], None] | None = None) -> Model:
    """Which classifier serves? The one at `path`; trained anew, and kept there, if it is missing, damaged,
    or learnt from another corpus. progress says what is being done.
    """
    wanted = corpus_hash(corpus)
    try:
        model = load(path)
    except InputError:
        model = None
    if model is None or model.corpus != wanted:
        model = train(read_labelled(corpus), wanted, progress)
        save(model, path)
    return model
