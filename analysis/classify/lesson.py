"""What would it change if the classifier learnt from these corrections? To be looked at before it is accepted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.classify.correct import out_of_fold
from analysis.classify.evaluate import scores
from analysis.classify.model import TASKS, Model
from analysis.classify.predict import predict
from analysis.schema import full_text


def before_and_after(base: Model, corrections: pd.DataFrame) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """How right is the classifier on the corrections, without and with them? By task: two of `evaluate.scores`.

    base: the model that the corpus gave. After: each correction is judged by a model that learnt from the others.
    """
    before, after = predict(corrections["text"], base), out_of_fold(base, corrections)
    answers = before.set_axis(corrections.index), after
    return {
        task: (scores(corrections[task], answers[0][task]), scores(corrections[task], answers[1][task]))
        for task in TASKS
    }


def flipped(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Which posts would be answered differently?

    before, after: the same annotated posts, judged by either model. Returns those whose topic or sentiment
    differs, in their order: text (as a reader reads it), topic_before, topic_after, sentiment_before, sentiment_after.
    """
    differs = pd.Series(False, index=before.index)
    for task in TASKS:
        differs |= before[task] != after[task]
    was, now = before[differs], after[differs]
    pairs = {f"{task}_{when}": side[task] for task in TASKS for when, side in (("before", was), ("after", now))}
    return pd.DataFrame({"text": full_text(was), **pairs})


def flip_counts(flips: pd.DataFrame, task: str) -> pd.DataFrame:
    """How many posts go from which answer to which? before, after, posts; most first."""
    pairs = flips[[f"{task}_before", f"{task}_after"]].set_axis(["before", "after"], axis=1)
    moved = pairs[pairs["before"] != pairs["after"]]
    counts = moved.value_counts(sort=False).rename("posts").reset_index()
    return counts.sort_values(["posts", "before", "after"], ascending=[False, True, True]).reset_index(drop=True)
