"""Which parts of a post made the classifier answer as it does?

The model is linear, so its answer is a sum: every n-gram of the text adds something. Here each n-gram's part goes
to the characters that it consists of. Nothing is estimated, and what the pieces say adds up to the score.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from analysis.classify.features import (
    BASIC,
    BITS,
    DROPPED,
    LONGEST,
    MIX,
    TOKENS,
    folding,
    ngram_counts,
    token_of,
    weigh,
)
from analysis.classify.model import Model, Task
from analysis.classify.predict import probabilities
from analysis.language import _
from analysis.schema import InputError

STEPS = 2  # strengths that are told apart on each side; weaker than half a step counts as none


@dataclass(frozen=True)
class Explanation:
    """Why does a text carry a label?

    task: "topic" or "sentiment"; label: the one that is explained; probability [0, 1]: how likely the model finds
    it; likely: the same of every label that it knows. pieces: (part of the text, how much it pushed towards the
    label). Joined they are the text, character for character. A push is in units of the model's score: above 0 it
    speaks for the label, below 0 for the others. It is the piece's sum, and a long piece sums many weak tokens: mark a
    piece by its push a character.
    """

    task: str
    label: str
    probability: float
    likely: dict[str, float]
    pieces: tuple[tuple[str, float], ...]


def explain(text: str, model: Model, task: str, label: str | None = None) -> Explanation:
    """Which parts of this text spoke for a label, and which against it?

    text: as `schema.full_text` gives it. task: "topic" or "sentiment". label: None = the one that is answered.
    All pushes sum to the label's score less the mean score of the other labels, its bias and the text's form left
    aside. An n-gram of two tokens counts half for each. Neighbours that push alike are one piece; what the model does
    not read (an unknown n-gram, or what stands beyond LONGEST characters) pushes 0. Raises InputError for a label
    that the model does not know.
    """
    linear = {"topic": model.topic, "sentiment": model.sentiment}[task]
    features = weigh(ngram_counts(pd.Series([text], dtype=object)), model.columns, model.idf)
    chances = probabilities(features @ linear.weights.T + linear.bias)[0]
    chosen = linear.labels[chances.argmax()] if label is None else label
    if chosen not in linear.labels:
        raise InputError(
            _("The classifier knows no {label} here. It knows: {known}.", label=chosen, known=linear.labels)
        )
    at = linear.labels.index(chosen)
    pull = lead(linear, at)
    values = np.zeros(len(model.columns))
    values[features.indices] = features.data * pull[features.indices]
    letters, starts = placed(text)
    pushes = shared(letters, model.columns, values)
    likely = dict(zip(linear.labels, map(float, chances), strict=True))
    return Explanation(task, chosen, likely[chosen], likely, merged(text, starts, pushes))


def lead(linear: Task, at: int) -> np.ndarray:
    """How far does each n-gram move a label's score away from the mean of the other labels' scores?"""
    weights = linear.weights.astype(np.float64)
    others = (weights.sum(axis=0) - weights[at]) / (len(weights) - 1)
    return np.asarray(weights[at] - others)


def placed(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Which tokens does the model read, and where in the text does each begin?

    Tokens as `features.tokens` finds them, as code points. What is left out of the reading belongs to the token
    before it.
    """
    letters = np.frombuffer(text[:LONGEST].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    basic = letters < BASIC
    folded = np.where(basic, folding()[np.where(basic, letters, 0)], letters)
    kept = np.flatnonzero(folded != DROPPED)
    plain = folded[kept].tobytes().decode("utf-32-le")
    codes: list[int] = []
    firsts: list[int] = []
    at = 0
    for found in TOKENS.finditer(plain):
        codes += [*map(ord, plain[at : found.start()]), ord(token_of(found))]
        firsts += range(at, found.start() + 1)
        at = found.end()
    codes += map(ord, plain[at:])
    firsts += range(at, len(plain))
    read, begun = np.array(codes, dtype=np.uint32), kept[np.array(firsts, dtype=np.int64)]
    again = np.zeros(len(read), dtype=bool)  # a blank after a blank is part of it
    again[1:] = (read[1:] == ord(" ")) & (read[:-1] == ord(" "))
    return read[~again], begun[~again]


def shared(letters: np.ndarray, columns: np.ndarray, values: np.ndarray) -> np.ndarray:
    """How much of the n-grams' values falls to each token?

    letters: tokens; columns: the n-grams that the model knows, ascending; values: what each adds in this text. An
    n-gram that stands there several times is shared by its places.
    """
    single = (letters * MIX[0]) >> np.uint32(32 - BITS)
    pair = (((letters[:-1] * MIX[1]) ^ (letters[1:] * MIX[2])) * MIX[0]) >> np.uint32(32 - BITS)
    cells = np.concatenate([single, pair])
    slot = np.minimum(np.searchsorted(columns, cells), len(columns) - 1)
    known = columns[slot] == cells
    times = np.bincount(slot[known], minlength=len(columns))
    each = np.where(known, values[slot] / np.maximum(times[slot], 1), 0.0)
    alone, halves = each[: len(single)], each[len(single) :] / 2
    return np.asarray(alone + np.append(halves, 0.0)[: len(alone)] + np.append(0.0, halves)[: len(alone)])


def merged(text: str, starts: np.ndarray, pushes: np.ndarray) -> tuple[tuple[str, float], ...]:
    """Which pieces does the text fall into? Neighbours of one side and about one strength are one piece.

    A piece's push is the sum over its tokens. Weak tokens of either side are one kind. What stands before the
    first token goes with it; what the model did not read is a piece of its own with 0.
    """
    strongest = np.abs(pushes).max(initial=0.0)
    kinds = np.rint(pushes / strongest * STEPS) if strongest > 0 else np.zeros(len(pushes))
    runs = [list(run) for _kind, run in groupby(range(len(kinds)), key=lambda at: kinds[at])]
    ends = [int(starts[run[0]]) for run in runs[1:]] + [min(len(text), LONGEST)]
    pieces, begin = [], 0
    for run, end in zip(runs, ends, strict=False):
        pieces.append((text[begin:end], float(pushes[run].sum())))
        begin = end
    return (*pieces, *([(text[begin:], 0.0)] if begin < len(text) else ()))
