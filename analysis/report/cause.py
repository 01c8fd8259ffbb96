"""Which event makes the level, in a sentence?"""

from __future__ import annotations

from analysis.language import Text, _
from analysis.parts import REST, Part
from analysis.schema import Level


def cause(part: Part, name: str, level: Level) -> Text:
    """Which event makes the level in force, and how large is it?

    part: the gravest; its name is as foreign as its posts. level: of all; higher than that of the part where a red line
    is crossed by the posts of several together.
    """
    if level > part.assessment.level:
        return _("No single event: a red line is crossed by the posts of all together.")
    facts = {"day": part.posts_24h, "heat": float(part.situation.hourly["heat"].iloc[-1])}
    if part.id == REST:
        return _("No single event: posts of no event ({day:,} in 24 h, heat {heat:.0f}).", **facts)
    if part.assessment.level == Level.ROUTINE:
        return _("Gravest event: “{event}” ({day:,} posts in 24 h, heat {heat:.0f}).", event=name, **facts)
    return _("Because of “{event}” ({day:,} posts in 24 h, heat {heat:.0f}).", event=name, **facts)
