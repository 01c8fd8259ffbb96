"""Which character n-grams does a text hold?

One space for both tasks: n-grams of 1 and 2 characters, hashed, so that no vocabulary is kept.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

WIDTH = 2**18
LONGEST = 4000  # characters that are read of one text; longer ones repeat themselves


def ngram_counts(texts: pd.Series) -> csr_matrix:
    """How often does each hashed n-gram stand in each text? (posts × WIDTH), damped as 1 + ln(count)."""
    hashing = HashingVectorizer(
        analyzer="char",
        ngram_range=(1, 2),
        n_features=WIDTH,
        alternate_sign=False,
        norm=None,
        lowercase=False,
    )
    plain = texts.astype("str").str.slice(0, LONGEST).str.normalize("NFKC").str.lower()
    counts = hashing.transform(plain.tolist())
    counts.data = 1 + np.log(counts.data)
    return counts.astype(np.float32)


def weigh(counts: csr_matrix, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """What does the model see of a text? Its known n-grams by inverse document frequency, rows of length 1.

    A text without a known n-gram is an all-zero row: the model then answers its prior.
    """
    kept = counts[:, columns]
    return normalize(kept.multiply(idf).tocsr(), copy=False)
