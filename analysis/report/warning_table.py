"""How do early warnings read as a table?"""

from __future__ import annotations

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.schema import Platform

LONGEST = 80  # characters of a root that say which thread is meant
EVENT_LABELS = {
    "posts": _("Event: the running burst of posts"),
    "negative": _("Event: the running burst of negative posts"),
}
LABELS = {
    "what": _("Thread or event"),
    "platform": _("Platform"),
    "started": _("Started"),
    "age": _("Age, hours"),
    "so_far": _("Posts so far"),
    "size": _("Posts in the end (median)"),
    "band": _("80% band"),
    "decile": _("Tenth by size, 10 = biggest"),
    "reach": _("Probability of {posts:,} posts"),
}


def warning_table(found: pd.DataFrame, severe: int, language: str) -> pd.DataFrame:
    """Which threads and events may become severe? A row each as in `threads.warnings`, in the same order.

    Columns are named for the reader; texts are cut and personal data masked, and as hostile as they were written. The
    probability is a share [0, 1], times are without zone.
    """
    roots = masked_series(found["what"]).str.replace(r"\s+", " ", regex=True).str.strip()
    pairs = zip(roots, found["kind"], strict=True)
    bands = zip(found["low"], found["high"], strict=True)
    shown = {
        "what": [EVENT_LABELS[kind].to(language) if kind in EVENT_LABELS else cut(root) for root, kind in pairs],
        "platform": [Platform(name).label.to(language) if name else "–" for name in found["platform"]],
        "started": found["started"].dt.tz_localize(None).array,
        "age": found["age"].astype(float).round(1).array,
        "so_far": found["so_far"].astype("int64").array,
        "size": found["size"].astype(float).round().astype("int64").array,
        "band": [_("{low:,.0f} to {high:,.0f}", low=low, high=high).to(language) for low, high in bands],
        "decile": found["decile"].astype("int64").array,
        "reach": found["reach"].astype(float).array,
    }
    return pd.DataFrame({label(name, severe).to(language): cells for name, cells in shown.items()})


def label(name: str, severe: int) -> Text:
    """What is a column called? The probability names the volume that it is of."""
    return Text(LABELS[name].msgid, (("posts", severe),) if name == "reach" else ())


def cut(text: str) -> str:
    """How does a long text read in a cell?"""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def basis_lines(found: pd.DataFrame) -> tuple[Text, ...]:
    """What do these warnings rest on? A line for the threads and one for the events, where there are any."""
    event = found["kind"].isin(list(EVENT_LABELS))
    lines = []
    if (~event).any():
        lines.append(_("Threads: {basis}.", basis=found.loc[~event, "basis"].iloc[0]))
    if event.any():
        lines.append(_("Events: {basis}.", basis=found.loc[event, "basis"].iloc[0]))
    return tuple(lines)
