"""How many posts a second does the classifier read, and how many its peers? `classify.py` prints the figures.

The posts are the corpus's own clauses, put together anew: the first half of one text and the second half of
another, so that all differ and are as long as posts are.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import time
import warnings
from collections.abc import Callable
from statistics import median

import numpy as np
import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import CHUNK, annotate, plain_scores, predict
from analysis.classify.snow import snow_probabilities

CLAUSE = re.compile(r"[^，。！？；,!?;\n]*[，。！？；,!?;\n]*")
PLAIN_POSTS, SNOW_POSTS, JIEBA_POSTS, SEED = 10_000, 300, 5_000, 20260101


def seconds(run: Callable[[], object], rounds: int) -> float:
    """How long does it take? The median of some rounds, after one that is not counted."""
    run()
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return median(times)


def distinct_posts(corpus: pd.Series, count: int) -> pd.Series:
    """Which posts are read? So many, no two alike, put together from halves of the corpus's texts."""
    clauses = [list(filter(None, CLAUSE.findall(text))) for text in corpus]
    heads = ["".join(parts[: -(len(parts) // -2)]) for parts in clauses]
    tails = ["".join(parts[-(len(parts) // -2) :]) for parts in clauses]
    dice, made = np.random.default_rng(SEED), dict[str, None]()
    for _attempt in range(20):
        pairs = dice.integers(0, len(clauses), (count, 2))
        made |= dict.fromkeys(heads[first] + tails[second] for first, second in pairs)
        if len(made) >= count:
            return pd.Series(list(made)[:count], dtype="str")
    raise ValueError(f"{len(clauses)} texts make no {count} posts")


def jieba_peer(corpus: pd.DataFrame) -> Callable[[pd.Series], object]:
    """How is it usually done? Words by jieba, TF-IDF, and a logistic regression a task: a function of the texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's escapes and imports are of an older Python
        import jieba
    jieba.setLogLevel(logging.ERROR)
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
    features = words.fit_transform(corpus["text"])
    known = {task: (corpus[task] != "").to_numpy() for task in ("topic", "sentiment")}
    regressions = [
        LogisticRegression(max_iter=300, tol=1e-3).fit(features[rows], corpus[task][rows].astype(object))
        for task, rows in known.items()
    ]

    def read(texts: pd.Series) -> list[np.ndarray]:
        seen = words.transform(texts)  # once for both tasks
        return [regression.predict_proba(seen) for regression in regressions]

    return read


def read_by(model: Model, texts: pd.Series) -> None:
    """Reads the texts in the pieces in which `annotate` does."""
    for start in range(0, len(texts), CHUNK):
        predict(texts.iloc[start : start + CHUNK], model)


def speeds(model: Model, corpus: pd.DataFrame, count: int, rounds: int) -> dict[str, float]:
    """How many posts a second does each read? Topic and sentiment together, text to probabilities.

    ours (compiled), whole (`annotate`: red-line claims and the frame besides), plain (without numba),
    snownlp (sentiment alone) and, where it is installed, jieba.
    """
    texts = distinct_posts(corpus["text"], count)
    lengths = texts.str.len()
    print(
        f"{len(texts):,} distinct posts of {lengths.mean():.0f} characters on average ({lengths.median():.0f} median)"
    )
    posts = pd.DataFrame({"title": pd.Series("", index=texts.index, dtype="str"), "text": texts})
    found = {
        "ours": len(texts) / seconds(lambda: read_by(model, texts), rounds),
        "whole": len(texts) / seconds(lambda: annotate(posts, model), max(1, rounds // 2)),
    }
    part = texts.head(PLAIN_POSTS)
    found["plain"] = len(part) / seconds(lambda: plain_scores(part, model), rounds)
    few = texts.sample(SNOW_POSTS, random_state=SEED)
    snow_probabilities(few.head(3))  # its dictionaries load once; that is not its speed
    found["snownlp"] = len(few) / seconds(lambda: snow_probabilities(few), max(1, rounds // 2))
    if importlib.util.find_spec("jieba"):
        read, some = jieba_peer(corpus), texts.sample(JIEBA_POSTS, random_state=SEED)
        found["jieba"] = len(some) / seconds(lambda: read(some), max(1, rounds // 2))
    return found
