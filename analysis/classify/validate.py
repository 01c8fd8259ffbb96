"""How right is the classifier on posts that it has not learnt from, and does it know when it is not?

Posts by one writer are alike: one who has learnt from some of them answers the others too well. So the corpus is
cut between its voices, never through one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.classify.evaluate import scores
from analysis.classify.predict import predict
from analysis.classify.train import train
from analysis.language import Text, _
from analysis.schema import InputError, Sentiment, Topic

PARTS, SEED = 5, 20260101
LABELS = [str(label) for label in (*Sentiment, *Topic)]  # the order in which a table shows them


def cross_validated(labelled: pd.DataFrame, progress: Callable[[float, Text], None] | None = None) -> pd.DataFrame:
    """What does a model that learnt from the others say of each labelled post?

    labelled: text, topic, sentiment ("" = no label), voice (who wrote it). It is cut into PARTS (fewer where there
    are fewer voices), each judged by a model that learnt from the rest; a voice is in one part only. Posts without
    a voice are always learnt from and never judged. Returns rows as `predict` gives them, indexed as the rows that
    were judged (so `labelled.loc[answers.index]` is their truth), and `by_voice` (bool, the same for all): False =
    fewer than two voices are told, the parts were then drawn by chance from all posts, and the figures flatter.
    progress: called after each part with a share [0, 1]. Raises InputError where there are too few posts, or the
    rest teaches too few labels (see `train`).
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, _("Judging posts that were not learnt from"))
    held = parts(labelled)
    found = []
    for number, judged in enumerate(held, 1):
        model = train(labelled.drop(index=labelled.index[judged]))
        found.append(predict(labelled["text"].iloc[judged], model).set_axis(judged))
        tell(number / len(held), _("Judging posts that were not learnt from"))
    answers = pd.concat(found).sort_index()
    return answers.set_axis(labelled.index[answers.index]).assign(by_voice=several_voices(labelled))


def several_voices(labelled: pd.DataFrame) -> bool:
    """Do at least two voices stand in these posts?"""
    return labelled.loc[labelled["voice"] != "", "voice"].nunique() > 1


def parts(labelled: pd.DataFrame) -> list[np.ndarray]:
    """Which rows are judged together? Places of the rows; parts of about one size. See `cross_validated`."""
    from sklearn.model_selection import GroupKFold, KFold  # takes seconds to load; only this needs it

    if len(labelled) < PARTS:
        raise InputError(
            _("{n} labelled posts are too few: it takes {least} to cut them into parts.", n=len(labelled), least=PARTS)
        )
    if not several_voices(labelled):
        return [judged for _rest, judged in KFold(PARTS, shuffle=True, random_state=SEED).split(labelled)]
    told = np.flatnonzero(labelled["voice"] != "")
    voices = labelled["voice"].to_numpy(dtype=object)[told]
    cuts = GroupKFold(min(PARTS, len(set(voices)))).split(told, groups=voices)
    return [told[judged] for _rest, judged in cuts]


def learning_curve(
    labelled: pd.DataFrame, sizes: Sequence[int], progress: Callable[[float, Text], None] | None = None
) -> pd.DataFrame:
    """How right would the classifier be with fewer labelled posts? posts, topic_f1, sentiment_f1 (macro-F1 [0, 1]).

    The first part of `cross_validated` is judged by models that learnt from so many posts of the other parts, drawn
    with a seed, each draw holding the smaller ones; posts without a voice are learnt from besides and not counted.
    A size beyond what there is means all of it. NaN = nothing is labelled for the task. One part is judged, not
    all: read the slope, and take the height from `cross_validated`. progress: called after each size. Raises
    InputError where so few posts teach too few labels.
    """
    tell = progress or (lambda share, text: None)
    tell(0.0, _("Learning from fewer posts"))
    judged, *others = parts(labelled)
    order = np.random.default_rng(SEED).permutation(np.concatenate(others))
    always = np.setdiff1d(np.arange(len(labelled)), np.concatenate([judged, order]))
    steps = sorted({min(size, len(order)) for size in sizes})
    truth, rows = labelled.iloc[judged], []
    for number, size in enumerate(steps, 1):
        answers = predict(truth["text"], train(labelled.iloc[np.concatenate([always, order[:size]])]))
        right = {f"{task}_f1": scores(truth[task], answers[task])["macro_f1"] for task in ("topic", "sentiment")}
        rows.append({"posts": size, **right})
        tell(number / len(steps), _("Learning from fewer posts"))
    curve = pd.DataFrame(rows, columns=["posts", "topic_f1", "sentiment_f1"])
    return curve.astype({"posts": "int64", "topic_f1": "float64", "sentiment_f1": "float64"})


def reliability(probability: pd.Series, right: pd.Series, bins: int = 10) -> pd.DataFrame:
    """When the classifier says 80%, is it right in 80 of 100?

    probability [0, 1]: how sure it was; right (bool): whether it was; rows in the same order. One row a bin of
    equal width that holds posts: told, the mean probability; right, the share that was right; n, how many posts.
    Below the diagonal (right < told) it is too sure of itself.
    """
    told = np.asarray(probability, dtype=float)
    at = np.minimum((told * bins).astype(int), bins - 1)
    frame = pd.DataFrame({"told": told, "right": np.asarray(right, dtype=float), "n": 1})
    return frame.groupby(at).agg({"told": "mean", "right": "mean", "n": "sum"}).reset_index(drop=True)


def confusion(truth: pd.Series, answers: pd.Series) -> pd.DataFrame:
    """Which label is taken for which?

    truth ("" = no label: left out) and answers, in the same order. Number of posts; a row a true label, a column an
    answer: the same labels, those that occur in either, in the order of the schema.
    """
    known = (truth != "").to_numpy()
    right, given = truth.to_numpy(dtype=object)[known], answers.to_numpy(dtype=object)[known]
    labels = [label for label in LABELS if label in {*right, *given}]
    counts = pd.crosstab(right, given).reindex(index=labels, columns=labels, fill_value=0)
    return counts.rename_axis(index=None, columns=None).astype("int64")


def worst(labelled: pd.DataFrame, answers: pd.DataFrame, task: str, most: int) -> pd.DataFrame:
    """Which mistakes was the classifier surest of?

    labelled and answers: rows in the same order (see `cross_validated`). task: "topic" or "sentiment". At most
    `most` rows, surest first, index of `labelled`: text, truth, answer, probability [0, 1] of that answer. Some of
    them will be labels that a person got wrong.
    """
    sure = answers["topic_probability"]
    if task == "sentiment":
        sure = answers[[f"p_{tone}" for tone in Sentiment]].max(axis=1)
    told = {"truth": labelled[task].array, "answer": answers[task].array, "probability": sure.to_numpy()}
    rows = pd.DataFrame({"text": labelled["text"].array, **told}, index=labelled.index)
    mistakes = rows[(rows["truth"] != "") & (rows["truth"] != rows["answer"])]
    return mistakes.sort_values("probability", ascending=False, kind="stable").head(most)
