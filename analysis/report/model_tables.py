"""How are the figures of the classifier, corrections, and what they change laid out as tables?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.schema import TIMEZONE, Sentiment, Topic

TASK_LABELS = {"topic": _("Topic"), "sentiment": _("Sentiment")}
LABELS = {
    "topic": {str(topic): topic.label for topic in Topic},
    "sentiment": {str(tone): tone.label for tone in Sentiment},
}


def label_of(task: str, key: str, language: str) -> str:
    """How does a label read? One that this version does not know reads as its key."""
    return LABELS[task][key].to(language) if key in LABELS[task] else key or "–"


def labelled(column: pd.Series, task: str, language: str) -> list[str]:
    """How do these labels read?"""
    return [label_of(task, key, language) for key in column]


def told(share: float | None) -> str:
    """How is a score written? Two places; "–" = nothing was labelled."""
    return "–" if share is None else f"{share:.2f}"


def headed(table: dict[Text, list[Any]], language: str) -> pd.DataFrame:
    """How does a table read with its headers in the reader's language?"""
    return pd.DataFrame({name.to(language): cells for name, cells in table.items()})


def before_after_table(figures: dict[str, tuple[dict[str, Any], dict[str, Any]]], language: str) -> pd.DataFrame:
    """How right was the classifier on the corrections, and how right would it be? See lesson.before_and_after."""
    return headed(
        {
            _("Task"): [TASK_LABELS[task].to(language) for task in figures],
            _("Posts judged"): [f"{before['n']:,}" for before, _after in figures.values()],
            _("Accuracy before"): [told(before["accuracy"]) for before, _after in figures.values()],
            _("Accuracy after"): [told(after["accuracy"]) for _before, after in figures.values()],
            _("Macro-F1 before"): [told(before["macro_f1"]) for before, _after in figures.values()],
            _("Macro-F1 after"): [told(after["macro_f1"]) for _before, after in figures.values()],
        },
        language,
    )


def flip_count_table(counts: dict[str, pd.DataFrame], language: str) -> pd.DataFrame:
    """How many posts go from which answer to which? counts: task -> see lesson.flip_counts."""
    rows = [(task, row) for task, table in counts.items() for row in table.itertuples(index=False)]
    return headed(
        {
            _("Task"): [TASK_LABELS[task].to(language) for task, _row in rows],
            _("From"): [label_of(task, row.before, language) for task, row in rows],
            _("To"): [label_of(task, row.after, language) for task, row in rows],
            _("Posts"): [int(row.posts) for _task, row in rows],
        },
        language,
    )


def flip_table(flips: pd.DataFrame, most: int, language: str) -> pd.DataFrame:
    """Which posts would be answered differently? See lesson.flipped; the first `most`, personal data masked."""
    first = flips.head(most)
    return headed(
        {
            _("Text"): masked_series(first["text"]).tolist(),
            _("Topic before"): labelled(first["topic_before"], "topic", language),
            _("Topic after"): labelled(first["topic_after"], "topic", language),
            _("Sentiment before"): labelled(first["sentiment_before"], "sentiment", language),
            _("Sentiment after"): labelled(first["sentiment_after"], "sentiment", language),
        },
        language,
    )


def correction_table(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Which corrections were made? See workspace.corrections; latest first."""
    newest = rows.iloc[::-1]
    times = pd.to_datetime(newest["at"], utc=True, format="ISO8601").dt.tz_convert(TIMEZONE).dt.tz_localize(None)
    drawn = {True: _("at random").to(language), False: _("chosen").to(language)}
    return headed(
        {
            _("Time"): times.tolist(),
            _("Who"): newest["by"].tolist(),
            _("Text"): masked_series(newest["text"]).tolist(),
            _("Topic"): labelled(newest["topic"], "topic", language),
            _("Sentiment"): labelled(newest["sentiment"], "sentiment", language),
            _("Drawn"): [drawn[bool(random)] for random in newest["random"]],
        },
        language,
    )


def score_table(scores: dict[str, dict[str, Any]], language: str) -> pd.DataFrame:
    """How right is it, by task? See evaluate.scores."""
    return headed(
        {
            _("Task"): [TASK_LABELS[task].to(language) for task in scores],
            _("Posts judged"): [f"{found['n']:,}" for found in scores.values()],
            _("Accuracy"): [told(found["accuracy"]) for found in scores.values()],
            _("Macro-F1"): [told(found["macro_f1"]) for found in scores.values()],
        },
        language,
    )


def class_table(scores: dict[str, Any], task: str, language: str) -> pd.DataFrame:
    """How right is it, by label? See evaluate.scores; most posts first."""
    rows = sorted(scores["per_class"].items(), key=lambda item: -item[1]["n"])
    return headed(
        {
            TASK_LABELS[task]: [label_of(task, label, language) for label, _found in rows],
            _("Posts judged"): [f"{found['n']:,}" for _label, found in rows],
            _("Of those answered so, right"): [told(found["precision"]) for _label, found in rows],
            _("Of those that are so, found"): [told(found["recall"]) for _label, found in rows],
            _("F1"): [told(found["f1"]) for _label, found in rows],
        },
        language,
    )


def rival_table(ours: dict[str, Any], theirs: dict[str, Any], language: str) -> pd.DataFrame:
    """How right is the sentiment of either classifier on the same posts?"""
    named = {_("Yanpan's classifier"): ours, Text("SnowNLP"): theirs}
    return headed(
        {
            _("Classifier"): [name.to(language) for name in named],
            _("Posts judged"): [f"{found['n']:,}" for found in named.values()],
            _("Accuracy"): [told(found["accuracy"]) for found in named.values()],
            _("Macro-F1"): [told(found["macro_f1"]) for found in named.values()],
        },
        language,
    )


def probability_table(likely: dict[str, float], task: str, language: str, most: int = 3) -> pd.DataFrame:
    """How likely is each label? The likeliest first."""
    rows = sorted(likely.items(), key=lambda item: -item[1])[:most]
    return headed(
        {
            TASK_LABELS[task]: [label_of(task, label, language) for label, _share in rows],
            _("Probability"): [f"{share:.1%}" for _label, share in rows],
        },
        language,
    )


def worst_table(mistakes: pd.DataFrame, task: str, language: str) -> pd.DataFrame:
    """Which mistakes was it surest of? See validate.worst; personal data masked."""
    return headed(
        {
            _("Text"): masked_series(mistakes["text"]).tolist(),
            _("Labelled as"): labelled(mistakes["truth"], task, language),
            _("Answered"): labelled(mistakes["answer"], task, language),
            _("How sure"): [f"{sure:.0%}" for sure in mistakes["probability"]],
        },
        language,
    )
