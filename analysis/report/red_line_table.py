"""Which red lines are there, and how far is each from being crossed?"""

from __future__ import annotations

from math import ceil

import pandas as pd

from analysis.language import Text, _
from analysis.report.tables import shown
from analysis.response.groups import RED_LINE_LEVELS
from analysis.response.indicators import Readings
from analysis.response.level import RED_LINE_LABELS
from analysis.response.profile import Profile


def red_line_table(read: Readings, profile: Profile, language: str) -> pd.DataFrame:
    """How many posts has each red line, how many are enough, and how many are missing? Gravest level first.

    read: what the last 24 hours hold, of the posts whose red lines are meant. A row each, those that are off too.
    """
    rows: list[dict[Text, Text | str]] = [
        {
            _("Red line"): RED_LINE_LABELS[name],
            _("Leads to"): level.label,
            _("Posts in 24 h"): f"{int(read.lines[name][-1]):,}",
            _("State"): state(int(read.lines[name][-1]), getattr(profile.red_lines, name)),
        }
        for name, level in sorted(RED_LINE_LEVELS.items(), key=lambda line: -line[1])
    ]
    return shown(rows, language)


def state(posts: int, needed: float) -> Text:
    """Is a red line crossed, and if not, how many posts are missing? needed: 0 = it is off."""
    if needed <= 0:
        return _("switched off in this profile")
    if posts >= needed:
        return _("⚠ crossed: {needed:,} are enough", needed=ceil(needed))
    return _("{missing:,} more are missing ({needed:,} are enough)", missing=ceil(needed) - posts, needed=ceil(needed))
