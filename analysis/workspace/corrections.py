"""Which posts did the analyst label? Kept apart from the corpus, with author and time, so that each can be undone.

One record a text, personal data masked. No correction leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import pandas as pd
from sqlalchemy import Engine

from analysis.posts.privacy import masked_series
from analysis.workspace import store as records

KIND = "correction"
WORDS = ("text", "topic", "sentiment", "by", "at")
COLUMNS = {"key": "str", "text": "str", "topic": "str", "sentiment": "str", "random": "bool", "by": "str", "at": "str"}


def save(store: Engine, rows: pd.DataFrame) -> None:
    """How are corrections kept? rows: COLUMNS. A text that was corrected before is corrected anew."""
    for row in rows.assign(text=masked_series(rows["text"])).to_dict("records"):
        value = {name: str(row[name]) for name in WORDS} | {"random": bool(row["random"])}
        records.save(store, KIND, str(row["key"]), value)


def corrections(store: Engine) -> pd.DataFrame:
    """Which corrections were made? COLUMNS (at: ISO, UTC), oldest first; "" = not judged."""
    found = [{"key": key, **value} for key, value in records.records(store, KIND)]
    return in_order(pd.DataFrame(found, columns=list(COLUMNS)).astype(COLUMNS))


def forget(store: Engine, keys: Iterable[str]) -> None:
    """How are corrections undone? Nothing happens for a text that carries none."""
    for key in keys:
        records.delete(store, KIND, key)


def state(store: Engine) -> str:
    """In which state are the corrections? It changes whenever one is made or undone; "" = there is none."""
    found = records.records(store, KIND)
    return sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()[:16] if found else ""


def judged(shown: pd.DataFrame, answered: pd.DataFrame, random: bool, by: str, at: str) -> pd.DataFrame:
    """Which corrections did the analyst make of a table? COLUMNS, in the table's order.

    shown: key, text, topic, sentiment as the classifier answered; answered: the same rows as the analyst left them,
    with `checked` (bool). A row counts if it is ticked or one of its labels was changed.
    """
    marked = answered["checked"].astype(bool)
    for task in ("topic", "sentiment"):
        marked |= answered[task] != shown[task]
    known, told = shown.loc[marked, ["key", "text"]], answered.loc[marked, ["topic", "sentiment"]]
    made = pd.concat([known, told], axis=1).assign(random=random, by=by, at=at)
    return made[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def together(kept: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Which corrections are there once new ones are made? As `corrections` will give them when they are kept."""
    return in_order(pd.concat([kept[~kept["key"].isin(new["key"])], new]))


def latest(kept: pd.DataFrame) -> list[str]:
    """Which corrections were made last? The keys of those that came in together."""
    return kept.loc[kept["at"] == kept["at"].max(), "key"].tolist()


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Oldest first; those of one time by their key, so that the same corrections always teach the same."""
    return rows.sort_values(["at", "key"]).reset_index(drop=True)
