"""How are bursts laid out: a row each, and the posts that tell each?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import masked_series
from analysis.report.outlook_words import BURST_LABELS
from analysis.schema import COLUMN_LABELS, Platform
from analysis.signals.wording import ExplainedBurst


def burst_table(found: Sequence[ExplainedBurst], language: str) -> pd.DataFrame:
    """When did each burst begin, peak and end, how strong is it, and which words set it apart? A row each.

    The words are as foreign as the posts they are from.
    """
    rows = [
        {
            _("Burst of"): BURST_LABELS[burst.of].to(language),
            _("Onset"): told(burst.onset),
            _("Peak"): told(burst.peak),
            _("End"): _("running").to(language) if burst.running else told(burst.end),
            _("Posts above the usual"): round(burst.strength),
            _("Words that set it apart"): listed(burst.terms).to(language),
        }
        for burst in found
    ]
    return pd.DataFrame([{name.to(language): cell for name, cell in row.items()} for row in rows])


def burst_title(burst: ExplainedBurst) -> Text:
    """How is a burst called? By what it is of, and its onset."""
    return _("{of}, from {time}", of=BURST_LABELS[burst.of], time=told(burst.onset))


def told_posts(burst: ExplainedBurst, language: str) -> pd.DataFrame:
    """Which posts tell a burst most? Personal data masked; texts as hostile as they were written."""
    posts = burst.posts
    shown = posts.assign(
        published_at=[told(time) for time in posts["published_at"]],
        platform=[Platform(value).label.to(language) for value in posts["platform"]],
        text=masked_series(posts["text"]),
    )
    return shown.rename(columns={name: COLUMN_LABELS[name].to(language) for name in shown})


def told(time: pd.Timestamp) -> str:
    """How is a time told in a table? With its year: the posts may be of several."""
    return f"{time:%Y-%m-%d %H:%M}"


def listed(terms: tuple[str, ...]) -> Text:
    """How are words named one after another?"""
    return Text("{terms}", (("terms", terms),))
