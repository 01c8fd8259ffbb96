"""Which topic and sentiment does each post carry, and how sure is that?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis.classify.claims import claims
from analysis.classify.features import ngram_counts, weigh
from analysis.classify.model import Model, Task
from analysis.classify.snow import snow_probabilities
from analysis.language import Text, _
from analysis.schema import Sentiment, full_text

CHUNK = 5_000
ENGINES = {"model": _("Yanpan's classifier"), "snownlp": _("SnowNLP (sentiment only)")}
ADDED = ("topic", "topic_probability", "sentiment", "p_negative", "p_neutral", "p_positive", "claim")


def annotate(
    posts: pd.DataFrame,
    model: Model,
    engine: str = "model",
    progress: Callable[[float, Text], None] | None = None,
) -> pd.DataFrame:
    """What is each post about, and in which tone?

    posts needs `title` and `text`. Adds topic, topic_probability [0, 1], sentiment, p_negative,
    p_neutral, p_positive (they sum to 1) and claim (the red-line claim that a text makes, "" = none).
    engine: "model", or "snownlp" for sentiment by SnowNLP, which is slow and trained on shop reviews.
    progress is called with a share [0, 1].
    """
    tell = progress or (lambda share, text: None)
    texts = full_text(posts)
    parts = [empty()]
    for start in range(0, len(texts), CHUNK if engine == "model" else 200):
        tell(start / len(texts), _("Reading the posts"))
        parts.append(predict(texts.iloc[start : start + (CHUNK if engine == "model" else 200)], model, engine))
    tell(1.0, _("Reading the posts"))
    answers = pd.concat(parts, ignore_index=True)
    answers["claim"] = claims(texts).to_numpy(dtype=object)
    answers["claim"] = answers["claim"].astype("str")
    return posts.assign(**{name: answers[name].array for name in ADDED})


def predict(texts: pd.Series, model: Model, engine: str = "model") -> pd.DataFrame:
    """Which labels and probabilities do these texts get? One row a text, in order."""
    features = weigh(ngram_counts(texts), model.columns, model.idf)
    topics = probabilities(features, model.topic)
    if engine == "snownlp":
        labels, tones = tuple(map(str, Sentiment)), snow_probabilities(texts)
    else:
        labels, tones = model.sentiment.labels, probabilities(features, model.sentiment)
    answers = pd.DataFrame(
        {
            "topic": pd.array(np.array(model.topic.labels)[topics.argmax(axis=1)], dtype="str"),
            "topic_probability": topics.max(axis=1),
            "sentiment": pd.array(np.array(labels)[tones.argmax(axis=1)], dtype="str"),
        }
    )
    for tone in Sentiment:
        answers[f"p_{tone}"] = tones[:, labels.index(tone)] if tone in labels else 0.0
    return answers


def empty() -> pd.DataFrame:
    """What does the answer for no text look like?"""
    strings = {name: pd.Series(dtype="str") for name in ("topic", "sentiment")}
    numbers = {name: pd.Series(dtype="float64") for name in ("topic_probability", *(f"p_{s}" for s in Sentiment))}
    return pd.DataFrame({**strings, **numbers})


def probabilities(features: csr_matrix, task: Task) -> np.ndarray:
    """How likely is each label? (posts × labels), rows sum to 1: the softmax of the linear scores."""
    scores = np.asarray(features @ task.weights.T + task.bias, dtype=np.float64)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
