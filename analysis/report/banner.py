"""How does the level look at the head of a page: its name, why, and how far it is to the next?"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.report.cause import cause
from analysis.report.charts import LEVEL_MARKS, level_colour
from analysis.response.level import Assessment, level_label
from analysis.response.margins import Margin
from analysis.response.profile import Profile
from analysis.schema import Level, Stage
from analysis.signals.situation import Situation

# Read across a room: both grow with the width of the screen.
TITLE, SAID = "clamp(1.7rem,1rem + 1.5vw,2.8rem)", "clamp(1rem,.55rem + .6vw,1.4rem)"


def banner(briefing: Briefing, language: str, event: str = "") -> str:
    """Which HTML says level, the event that causes it, reason and distance? Everything that is not ours is escaped.

    event: what the gravest event is called.
    """
    assessment, standing, gravest = briefing.assessment, briefing.standing, briefing.parts[0]
    said = [said_line(text.to(language)) for text in (standing.why, distance(assessment.level, standing.margins))]
    head, facts = cause(gravest, event, assessment.level), facts_line(assessment, gravest.situation, briefing.as_of)
    return framed(assessment, briefing.profile, head, "".join(said), facts, language)


def facts_line(assessment: Assessment, situation: Situation, as_of: pd.Timestamp) -> Text:
    """What stands in the small print: time, score, life cycle and topic?"""
    return _(
        "As of {time} · score {score:.0f} of 100 · life cycle: {stage} · leading topic: {topic}",
        time=f"{as_of:%Y-%m-%d %H:%M}",
        score=assessment.score,
        stage=Stage(situation.hourly["stage"].iloc[-1]).label,
        topic=assessment.topic.label,
    )


def said_line(line: str) -> str:
    """How does one line of the banner read?"""
    return f'<div style="font-size:{SAID}">{escape(line)}</div>'


def framed(assessment: Assessment, profile: Profile, head: Text, inside: str, facts: Text, language: str) -> str:
    """Which HTML frames the level with its colour, mark and name? inside: HTML that is escaped already."""
    colour = level_colour(assessment.level, assessment.score, profile)
    label = level_label(assessment.level, assessment.score, profile).to(language)
    return (
        f'<div data-testid="level-banner" style="border-left:12px solid {colour};background:{colour}1F;'
        f'border-radius:6px;padding:14px 20px;line-height:1.55;overflow-wrap:anywhere">'
        f'<div style="font-size:{TITLE};font-weight:700;line-height:1.3"><span aria-hidden="true" '
        f'style="color:{colour}">{LEVEL_MARKS[assessment.level]}</span> {escape(label)}</div>'
        f'<div style="font-size:{SAID};font-weight:600;unicode-bidi:isolate">{escape(head.to(language))}</div>{inside}'
        f'<div style="font-size:.9rem;opacity:.75;margin-top:4px">{escape(facts.to(language))}</div></div>'
    )


def distance(level: Level, margins: Sequence[Margin]) -> Text:
    """How far is the next level, in one sentence? The nearest of the margins, by reposts first."""
    if level == Level.SEVERE:
        return _("This is the highest level.")
    reachable = [margin for margin in margins if margin.change is not None]
    if not reachable:
        return _("Even a hundred times as much of everything would not reach the next level.")
    return nearest(reachable).text


def nearest(reachable: list[Margin]) -> Margin:
    """Which margin says best how far it is?

    The one in reposts, else the fewest posts, else followers, else of everything at once, else the nearest red line.
    """
    order = {"heat": 0, "reach": 2, "all": 3}
    return min(
        reachable,
        key=lambda margin: (
            4 if margin.indicator.startswith("red_line:") else order.get(margin.indicator, 1),
            margin.change or 0,
        ),
    )
