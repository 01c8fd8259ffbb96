"""How good is the classifier, and where is it wrong? All that the Model page shows of it, counted once.

The posts may come from the corpus (cross-validated), from the analyst's corrections (out of fold), or from a
labelled file; in none of them is a post judged by a model that learnt from it, save where the file is of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.classify.correct import out_of_fold
from analysis.classify.evaluate import BASELINE_POSTS, SEED, rival, scores
from analysis.classify.model import TASKS, Model
from analysis.classify.predict import predict
from analysis.classify.validate import confusion, cross_validated, learning_curve, reliability, worst
from analysis.language import Text, _
from analysis.schema import InputError, Sentiment

WORST = 20
STEPS = (8, 4, 2)  # the learning curve's sizes: these parts of the corpus
Tell = Callable[[float, Text], None]


@dataclass(frozen=True)
class Measure:
    """How right are the answers on posts whose labels are known?

    posts: how many were judged; by_voice: no writer stood on both sides (see validate.cross_validated; None = does
    not apply). Each by task: scores (see evaluate.scores), confusion, reliability, worst (see validate).
    rival: SnowNLP's scores of the sentiment; beside: the model's on the same posts; both None without a sentiment.
    learning: see validate.learning_curve; None = not measured.
    """

    posts: int
    by_voice: bool | None
    scores: dict[str, dict[str, Any]]
    confusion: dict[str, pd.DataFrame]
    reliability: dict[str, pd.DataFrame]
    worst: dict[str, pd.DataFrame]
    rival: dict[str, Any] | None
    beside: dict[str, Any] | None
    learning: pd.DataFrame | None = None


def of_corpus(labelled: pd.DataFrame, tell: Tell) -> Measure:
    """How right is the classifier on its own corpus, by cross-validation? Takes as long as some ten trainings."""
    answers = cross_validated(labelled, lambda share, text: tell(0.45 * share, text))
    sizes = sorted({len(labelled) // part for part in STEPS if len(labelled) // part})
    learning = learning_curve(labelled, sizes, lambda share, text: tell(0.45 + 0.35 * share, text))
    by_voice = bool(answers["by_voice"].all())
    tell(0.8, _("SnowNLP reads the same posts"))
    return measured(labelled.loc[answers.index], answers, by_voice, learning)


def of_corrections(base: Model, corrections: pd.DataFrame, tell: Tell) -> Measure:
    """How right is the classifier on corrected posts, each judged by a model that learnt from the others only?

    base: the model that the corpus gave. Raises InputError if there is no correction.
    """
    if corrections.empty:
        raise InputError(_("There are no such corrections yet. Correct some posts first."))
    tell(0.1, _("Judging each correction by the others"))
    answers = out_of_fold(base, corrections)
    tell(0.4, _("SnowNLP reads the same posts"))
    return measured(corrections, answers, None, None)


def of_file(labelled: pd.DataFrame, model: Model, tell: Tell) -> Measure:
    """How right is the classifier on labelled posts that were given?"""
    tell(0.1, _("Reading the posts"))
    answers = predict(labelled["text"], model).set_axis(labelled.index)
    tell(0.4, _("SnowNLP reads the same posts"))
    return measured(labelled, answers, None, None)


def measured(
    labelled: pd.DataFrame, answers: pd.DataFrame, by_voice: bool | None, learning: pd.DataFrame | None
) -> Measure:
    """How right are these answers? labelled: text, topic, sentiment ("" = no label), a row an answer."""
    toned = labelled[labelled["sentiment"] != ""]
    toned = toned.sample(min(len(toned), BASELINE_POSTS), random_state=SEED)
    beside = scores(toned["sentiment"], answers.loc[toned.index, "sentiment"]) if len(toned) else None
    known = {task: labelled[task] != "" for task in TASKS}
    sure = {task: certainty(answers, task) for task in TASKS}
    truth = {task: labelled.loc[known[task], task] for task in TASKS}
    told = {task: answers.loc[known[task], task] for task in TASKS}
    return Measure(
        posts=len(labelled),
        by_voice=by_voice,
        scores={task: scores(truth[task], told[task]) for task in TASKS},
        confusion={task: confusion(truth[task], told[task]) for task in TASKS},
        reliability={task: reliability(sure[task][known[task]], truth[task] == told[task]) for task in TASKS},
        worst={task: worst(labelled[known[task]], answers[known[task]], task, WORST) for task in TASKS},
        rival=rival(toned)["sentiment"] if len(toned) else None,
        beside=beside,
        learning=learning,
    )


def certainty(answers: pd.DataFrame, task: str) -> pd.Series:
    """How likely did the model find its own answers?"""
    if task == "topic":
        return answers["topic_probability"]
    return answers[[f"p_{tone}" for tone in Sentiment]].max(axis=1)
