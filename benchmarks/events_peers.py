"""Which events do two usual ways of grouping texts find? Both see all posts at once, the future too, and no times."""

from __future__ import annotations

import numpy as np
from sklearn.cluster import HDBSCAN, MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from benchmarks.events_measures import agreement

DIMENSIONS, MOST_TERMS, SEED = 100, 30_000, 0
SMALLEST, SAMPLES = (10, 25, 60), 5


def vectors(texts: np.ndarray) -> np.ndarray:
    """Where does each text lie (unit vectors)? TruncatedSVD of the TF-IDF of its pairs and triples of characters."""
    terms = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), max_features=MOST_TERMS, sublinear_tf=True)
    return normalize(TruncatedSVD(DIMENSIONS, random_state=SEED).fit_transform(terms.fit_transform(texts)))


def hdbscan(places: np.ndarray, same: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Which events does HDBSCAN find among the unique texts (noise = no event)?

    `same`: the unique text of each post. The smallest size of a group is the one that the truth likes best.
    """
    answers = []
    for smallest in SMALLEST:
        groups = HDBSCAN(min_cluster_size=smallest, min_samples=SAMPLES, algorithm="brute", copy=True).fit(places)
        answers.append(groups.labels_[same])
    return max(answers, key=lambda answer: agreement(true, answer).f1 + agreement(true, answer, true >= 0).f1)


def kmeans(places: np.ndarray, same: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Which events does MiniBatchKMeans find, told the true number of events and one group more for daily talk?

    Its biggest group is taken for the daily talk (no event).
    """
    groups = MiniBatchKMeans(len(set(true[true >= 0])) + 1, random_state=SEED, n_init=10)
    answer = groups.fit(places[same]).labels_
    return np.where(answer == np.bincount(answer).argmax(), -1, answer)
