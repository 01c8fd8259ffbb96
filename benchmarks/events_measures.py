"""How well do the events found agree with the true ones? Labels are whole numbers; below 0 = of no event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

BIGGEST = 5


@dataclass(frozen=True)
class Agreement:
    """precision, recall: B-cubed means over the posts judged; f1: of these two."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Found:
    """Which true events were found?

    events: how many are in the answer; owned: the true event that most posts of an event are of, by event (others
    belong to none); true: how many there are in truth; purity: the share of the commonest true event in each of the
    biggest events, biggest first.
    """

    events: int
    owned: dict[int, int]
    true: int
    purity: tuple[float, ...]

    @property
    def right(self) -> int:
        return len(set(self.owned.values()))


def agreement(true: np.ndarray, answer: np.ndarray, judged: np.ndarray | None = None) -> Agreement:
    """How far do the groups agree, post by post (B-cubed, Amigó et al. 2009)?

    A post's precision is the share of its group in the answer that shares its true group, its recall the share of
    its true group that shares its group in the answer; a post of no event is a group of its own on either side.
    `judged` (bool a post): over whom the means go; groups always hold all posts.
    """
    frame = pd.DataFrame({"true": apart(true), "answer": apart(answer), "one": 1})
    both, ours, theirs = (
        frame.groupby(by)["one"].transform("size").to_numpy() for by in (["true", "answer"], "answer", "true")
    )
    judged = np.ones(len(frame), bool) if judged is None else judged
    precision, recall = float((both / ours)[judged].mean()), float((both / theirs)[judged].mean())
    return Agreement(precision, recall, 2 * precision * recall / (precision + recall))


def apart(labels: np.ndarray) -> np.ndarray:
    """Which labels say the same, with each post of no event under a label of its own?"""
    labels = np.asarray(labels, np.int64).copy()
    lone = labels < 0
    labels[lone] = -1 - np.arange(lone.sum())
    return labels


def found(true: np.ndarray, answer: np.ndarray) -> Found:
    """Which true events were found? An event counts as a true one's when more than half of its posts are that one's."""
    inside = answer >= 0
    counts = pd.crosstab(answer[inside], apart(true)[inside])
    if counts.empty:
        return Found(0, {}, len(set(true[true >= 0])), ())
    sizes, most, owner = counts.sum(axis=1), counts.max(axis=1), counts.idxmax(axis=1)
    owned = {int(event): int(owner[event]) for event in counts.index if most[event] > sizes[event] / 2}
    purity = (most / sizes).loc[sizes.sort_values(ascending=False, kind="stable").index[:BIGGEST]]
    owned = {event: one for event, one in owned.items() if one >= 0}
    return Found(len(counts), owned, len(set(true[true >= 0])), tuple(purity))


def delays(
    posts: pd.DataFrame, true: np.ndarray, answer: np.ndarray, table: pd.DataFrame, owned: dict[int, int]
) -> pd.DataFrame:
    """How long after its first post was each true event known: an event of its own was there, with a post of it?

    A row a true event that was found: posts (of it, up to that time) and minutes. `table` as detection gives it.
    """
    rows: dict[int, dict[str, float]] = {}
    for one in sorted(set(owned.values())):
        times = posts["published_at"][true == one]
        ours = [event for event, owner in owned.items() if owner == one]
        known = min(max(table["exists"][event], times[answer[true == one] == event].min()) for event in ours)
        rows[one] = {"posts": int((times <= known).sum()), "minutes": (known - times.min()).total_seconds() / 60}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["posts", "minutes"])
