"""How does it read what an event is about, what the hospital said to it, and how earlier ones like it went?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.events.describe import Description
from analysis.events.follow import Related
from analysis.language import Text, _
from analysis.report.charts import LEVEL_MARKS
from analysis.schema import COLUMN_LABELS, Platform

ROLE_LABELS = {
    "central": _("Speaks for most"),
    "most_read": _("Most read"),
    "most_negative": _("Most negative"),
}
WHY_LABELS = {
    "founder": _("Began the event"),
    "repost": _("Passes on a post of the event"),
    "same_text": _("Word for word the same"),
    "near_copy": _("Nearly the same text"),
    "terms": _("Shared words"),
}
HOUR = pd.Timedelta(hours=1)


def hearsay_text(description: Description) -> Text:
    """How much of the talk passes on what is only said, and how much refutes it?"""
    return _(
        "{rumour:.0%} of the posts bear the marks of hearsay, {refutation:.0%} refute something.",
        rumour=description.rumour_share,
        refutation=description.refutation_share,
    )


def official_text(description: Description) -> Text:
    """Did the hospital speak, and how long after the first post by others?"""
    said = description.official
    if not description.accounts_set:
        return _("Not known: no own accounts are named. Name them on the Data page, under “About us”.")
    if said.empty:
        return _("None of the own accounts has spoken in this event.")
    first = f"{said['published_at'].iloc[0]:%Y-%m-%d %H:%M}"
    if description.answered_after is None:
        return _("Own accounts spoke {n:,} times, first at {time}.", n=len(said), time=first)
    return _(
        "Own accounts spoke {n:,} times, first at {time}: {hours:.1f} h after the first post.",
        n=len(said),
        time=first,
        hours=description.answered_after / HOUR,
    )


def official_table(description: Description, language: str) -> pd.DataFrame:
    """What did the own accounts say? First to last; masked, and as hostile as it was written."""
    said = description.official
    platform = [Platform(value).label.to(language) for value in said["platform"]]
    shown = said.assign(published_at=said["published_at"].dt.tz_localize(None), platform=platform)
    return shown.rename(columns={name: COLUMN_LABELS[name].to(language) for name in shown})


def related_table(found: Sequence[Related], language: str) -> pd.DataFrame:
    """How did earlier events like this one go? Most alike first; names as hostile as their posts."""
    rows = [
        {
            _("Event"): event.name,
            _("What is alike"): event.why.to(language),
            _("First post"): f"{event.began:%Y-%m-%d %H:%M}",
            _("Lasted"): lasted_words(event).to(language),
            _("Highest level"): f"{LEVEL_MARKS[event.level]} {event.level.label.to(language)}",
            _("Posts"): event.posts,
            _("Posts in its busiest hour"): event.peak_posts,
            _("Second wave"): event.second_wave,
        }
        for event in found
    ]
    return pd.DataFrame([{name.to(language): cell for name, cell in row.items()} for row in rows])


def lasted_words(event: Related) -> Text:
    """For how long did an earlier event run?"""
    if event.running:
        return _("{hours:,} h, still running", hours=event.lasted)
    return _("{hours:,} h", hours=event.lasted)
