"""How does it read what an edit of an event would change, which posts it can take out, and which edits were made?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.language import Text, _
from analysis.parts import Part
from analysis.posts.privacy import masked_series
from analysis.report.charts import LEVEL_MARKS
from analysis.schema import COLUMN_LABELS, Platform, full_text

LONGEST_TEXT = 200
NOTHING = "–"


def change_table(
    before: Sequence[Part], after: Sequence[Part], called: Mapping[str, str], language: str
) -> pd.DataFrame:
    """What would an edit change? A row an event that it touches: its posts and its level, before and after.

    called: the events' names by id, as hostile as their posts. "–" where an event is not there before or after.
    """
    was, becomes = ({part.id: part for part in parts} for parts in (before, after))
    rows = [
        {
            _("Event"): called[event],
            _("Posts before"): posts_text(was.get(event)),
            _("Posts after"): posts_text(becomes.get(event)),
            _("Level before"): level_text(was.get(event)).to(language),
            _("Level after"): level_text(becomes.get(event)).to(language),
        }
        for event in dict.fromkeys([*was, *becomes])
    ]
    return pd.DataFrame([{name.to(language): cell for name, cell in row.items()} for row in rows])


def posts_text(part: Part | None) -> str:
    """How many posts has an event? "–" where it is not there."""
    return NOTHING if part is None else f"{part.posts:,}"


def level_text(part: Part | None) -> Text:
    """At which level is an event, with its score? "–" where it is not there."""
    if part is None:
        return Text(NOTHING)
    level, score = part.assessment.level, part.assessment.score
    return _("{mark} {level} ({score:.0f})", mark=LEVEL_MARKS[level], level=level.label, score=score)


def choice_table(posts: pd.DataFrame, language: str) -> pd.DataFrame:
    """Which posts can be ticked? Time, platform, author and text; personal data masked, texts hostile as written."""
    cells = {
        "published_at": posts["published_at"].dt.tz_localize(None),
        "platform": [Platform(value).label.to(language) for value in posts["platform"]],
        "author": masked_series(posts["author"]),
        "text": masked_series(full_text(posts)).str.slice(0, LONGEST_TEXT),
    }
    return pd.DataFrame(cells).rename(columns={name: COLUMN_LABELS[name].to(language) for name in cells})
