"""What does SnowNLP say of a sentiment? A named alternative, and the peer that ours is measured against."""

from __future__ import annotations

import numpy as np
import pandas as pd

NEGATIVE_BELOW, POSITIVE_ABOVE = 0.4, 0.6


def snow_probabilities(texts: pd.Series) -> np.ndarray:
    """How negative, neutral, positive is each text by SnowNLP? (posts × 3), rows sum to 1.

    SnowNLP gives one probability of "positive"; below 0.4 counts as negative, above 0.6 as positive,
    between them as neutral. The neutral column is how close to the middle the score is, scaled so that
    the largest column is the class those two bounds give.
    """
    from snownlp import SnowNLP  # its dictionaries take a second to load, and few runs need them

    scores = np.array([SnowNLP(text[:1000]).sentiments if text.strip() else 0.5 for text in texts])
    neutral = np.clip(1 - np.abs(scores - 0.5) / 0.5, 0, 1) * POSITIVE_ABOVE / (2 * (1 - POSITIVE_ABOVE))
    raw = np.column_stack([1 - scores, neutral, scores])
    return raw / raw.sum(axis=1, keepdims=True)
