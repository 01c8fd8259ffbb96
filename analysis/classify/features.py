"""Which character n-grams does a text hold?

One space for both tasks: n-grams of 1 and 2 characters, hashed, so that no vocabulary is kept.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags_array

BITS = 18
WIDTH = 2**BITS
LONGEST = 4000  # characters that are read of one text; longer ones repeat themselves
MIX = np.array([2654435769, 2246822507, 3266489909], dtype=np.uint32)  # odd numbers of Knuth and Murmur3


def ngram_counts(texts: pd.Series) -> csr_matrix:
    """How often does each hashed n-gram stand in each text? (posts × WIDTH), damped as 1 + ln(count).

    Texts are folded to NFKC and lower case, white space to one blank.
    """
    plain = texts.str.slice(0, LONGEST).str.normalize("NFKC").str.lower().str.replace(r"\s+", " ", regex=True)
    lengths = plain.str.len().to_numpy(dtype=np.int64, na_value=0)
    letters = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    post = np.repeat(np.arange(len(plain)), lengths)
    inside = post[1:] == post[:-1]  # a pair does not reach into the next text
    single = (letters * MIX[0]) >> np.uint32(32 - BITS)
    pair = (((letters[:-1] * MIX[1]) ^ (letters[1:] * MIX[2])) * MIX[0]) >> np.uint32(32 - BITS)
    cells = np.concatenate([post * WIDTH + single, post[:-1][inside] * WIDTH + pair[inside]])
    cell, times = np.unique(cells, return_counts=True)
    damped = (1 + np.log(times)).astype(np.float32)
    starts = np.searchsorted(cell, np.arange(len(plain) + 1) * WIDTH)
    return csr_matrix((damped, cell % WIDTH, starts), shape=(len(plain), WIDTH))


def weigh(counts: csr_matrix, columns: np.ndarray, idf: np.ndarray) -> csr_matrix:
    """What does the model see of a text? Its known n-grams by inverse document frequency, rows of length 1.

    A text without a known n-gram is an all-zero row: the model then answers its prior.
    """
    kept = csr_matrix(counts[:, columns].multiply(idf))
    length = np.sqrt(kept.multiply(kept).sum(axis=1)).A1
    return csr_matrix(diags_array(1 / np.where(length > 0, length, 1), dtype=np.float32) @ kept)
