"""Which topic and sentiment does each post carry, and how sure is that?"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.classify.claims import claims
from analysis.classify.features import FORMS, WIDTH, ngram_counts, weigh
from analysis.classify.model import Model
from analysis.classify.snow import snow_probabilities
from analysis.language import Text, _
from analysis.schema import Sentiment, full_text

CHUNK, SLOW_CHUNK = 50_000, 200
COMPILED = find_spec("numba") is not None
WORTH_COMPILED = 20_000  # texts; fewer are scored the plain way before numba has even been loaded
SURROGATE = re.compile("[\ud800-\udfff]")
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
    chunk = SLOW_CHUNK if engine == "snownlp" else CHUNK
    parts = [empty()]
    for start in range(0, len(texts), chunk):
        tell(start / len(texts), _("Reading the posts"))
        parts.append(predict(texts.iloc[start : start + chunk], model, engine))
    tell(1.0, _("Reading the posts"))
    answers = pd.concat(parts, ignore_index=True)
    answers["claim"] = claims(texts).to_numpy(dtype=object)
    answers["claim"] = answers["claim"].astype("str")
    return posts.assign(**{name: answers[name].array for name in ADDED})


def predict(texts: pd.Series, model: Model, engine: str = "model") -> pd.DataFrame:
    """Which labels and probabilities do these texts get? One row a text, in order."""
    scores = linear_scores(texts, model)
    topics = probabilities(scores[:, : len(model.topic.labels)])
    if engine == "snownlp":
        labels, tones = tuple(map(str, Sentiment)), snow_probabilities(texts)
    else:
        labels, tones = model.sentiment.labels, probabilities(scores[:, len(model.topic.labels) :])
    answers = pd.DataFrame(
        {
            "topic": pd.array(model.topic.labels, dtype="str").take(topics.argmax(axis=1)),
            "topic_probability": topics.max(axis=1),
            "sentiment": pd.array(labels, dtype="str").take(tones.argmax(axis=1)),
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


def linear_scores(texts: pd.Series, model: Model) -> np.ndarray:
    """Which score does each label get? (texts × topics, then sentiments) float32; compiled where that pays."""
    if COMPILED and (len(texts) >= WORTH_COMPILED or "numba" in sys.modules):
        return compiled_scores(texts, model)
    return plain_scores(texts, model)


def plain_scores(texts: pd.Series, model: Model) -> np.ndarray:
    """The same without compiled code: the features as a sparse matrix, times the weights."""
    features = weigh(ngram_counts(texts.fillna("")), model.columns, model.idf)
    return np.hstack([features @ task.weights.T + task.bias for task in (model.topic, model.sentiment)])


def compiled_scores(texts: pd.Series, model: Model) -> np.ndarray:
    """The same straight over the text's bytes, some thirty times as fast."""
    from analysis.classify import kernel  # loads numba, which takes a second

    slots = np.full(WIDTH + FORMS, kernel.UNKNOWN, dtype=np.uint32)
    slots[model.columns] = np.arange(len(model.columns), dtype=np.uint32)
    weights = np.vstack([model.topic.weights, model.sentiment.weights]).T * model.idf[:, None]
    bias = np.concatenate([model.topic.bias, model.sentiment.bias])
    return kernel.linear_scores(utf8(texts), slots, model.idf, weights, bias)


def utf8(texts: pd.Series) -> pa.LargeStringArray:
    """Which Arrow array holds these texts? Lone surrogates, which UTF-8 cannot hold, become another dropped letter."""
    try:
        held = pa.array(texts, type=pa.large_string(), from_pandas=True)
    except UnicodeEncodeError:
        held = pa.array([SURROGATE.sub("\ue000", text) for text in texts.fillna("")], type=pa.large_string())
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def probabilities(scores: np.ndarray) -> np.ndarray:
    """How likely is each label? (posts × labels) float64, rows sum to 1: the softmax of the scores."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))  # as narrow as the scores: twice as fast
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float64)
