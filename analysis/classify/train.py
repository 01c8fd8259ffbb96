"""What do labelled posts teach?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis.classify.features import ngram_counts, weigh
from analysis.classify.labelled import read_labelled
from analysis.classify.model import Model, Task, corpus_hash, load, save
from analysis.language import Text, _
from analysis.schema import InputError

LEAST = 2  # examples that a class needs before it can be learnt


def train(labelled: pd.DataFrame, corpus: str = "", progress: Callable[[float, Text], None] | None = None) -> Model:
    """Which classifier do these labelled posts give?

    labelled: text, topic, sentiment ("" = no label). corpus: hash of its source, kept in the model.
    progress: called with a share [0, 1] and what is being done. n-grams that stand in fewer than two
    texts are left out. Topics keep their natural frequency, sentiments are balanced: measured best on
    real posts. Raises InputError if a task has fewer than two classes with two examples.
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, _("Reading the corpus"))
    counts = ngram_counts(labelled["text"])
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(frequency >= min(2, frequency.max()))  # a tiny corpus may share none
    idf = (np.log((1 + len(labelled)) / (1 + frequency[columns])) + 1).astype(np.float32)
    features = weigh(counts, columns, idf)
    tell(0.2, _("Learning the topics"))
    topic = fit(features, labelled["topic"], "topic", None)
    tell(0.7, _("Learning the sentiments"))
    sentiment = fit(features, labelled["sentiment"], "sentiment", "balanced")
    tell(1.0, _("The classifier is ready"))
    return Model(columns.astype(np.int32), idf, topic, sentiment, corpus, len(labelled), now())


def now() -> str:
    """When was the model trained? To the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def fit(features: csr_matrix, labels: pd.Series, task: str, class_weight: str | None) -> Task:
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
    regression = LogisticRegression(C=3, class_weight=class_weight, max_iter=300, tol=1e-3)
    regression.fit(features[learnt], labels[learnt].astype(object))
    weights, bias = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return Task(tuple(map(str, regression.classes_)), weights.astype(np.float32), bias.astype(np.float32))


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
