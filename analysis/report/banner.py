"""How does the level look at the head of a page: its name, why, and how far it is to the next?"""

from __future__ import annotations

from html import escape

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.report.cause import cause
from analysis.report.charts import LEVEL_MARKS, level_colour
from analysis.response.level import level_label
from analysis.response.margins import Margin
from analysis.schema import Level, Stage


def banner(briefing: Briefing, language: str, event: str = "") -> str:
    """Which HTML says level, the event that causes it, reason and distance? Everything that is not ours is escaped.

    event: what the gravest event is called.
    """
    assessment, gravest = briefing.assessment, briefing.parts[0]
    colour = level_colour(assessment.level, assessment.score, briefing.profile)
    label = level_label(assessment.level, assessment.score, briefing.profile).to(language)
    stage = Stage(gravest.situation.hourly["stage"].iloc[-1]).label
    facts = _(
        "As of {time} · score {score:.0f} of 100 · life cycle: {stage} · leading topic: {topic}",
        time=f"{briefing.as_of:%Y-%m-%d %H:%M}",
        score=assessment.score,
        stage=stage,
        topic=assessment.topic.label,
    )
    return (
        f'<div data-testid="level-banner" style="border-left:12px solid {colour};background:{colour}1F;'
        f'border-radius:6px;padding:14px 20px;line-height:1.55">'
        f'<div style="font-size:2rem;font-weight:700"><span aria-hidden="true" style="color:{colour}">'
        f"{LEVEL_MARKS[assessment.level]}</span> {escape(label)}</div>"
        f'<div style="font-size:1.15rem;font-weight:600;overflow-wrap:anywhere;unicode-bidi:isolate">'
        f"{escape(cause(gravest, event, assessment.level).to(language))}</div>"
        f'<div style="font-size:1.08rem">{escape(briefing.why.to(language))}</div>'
        f'<div style="font-size:1.08rem">{escape(distance(briefing).to(language))}</div>'
        f'<div style="font-size:.9rem;opacity:.75;margin-top:4px">{escape(facts.to(language))}</div></div>'
    )


def distance(briefing: Briefing) -> Text:
    """How far is the next level, in one sentence? The nearest of the margins, by reposts first."""
    if briefing.assessment.level == Level.SEVERE:
        return _("This is the highest level.")
    reachable = [margin for margin in briefing.margins if margin.change is not None]
    if not reachable:
        return _("Even a hundred times as much of everything would not reach the next level.")
    return nearest(reachable).text


def nearest(reachable: list[Margin]) -> Margin:
    """Which margin says best how far it is? The one in reposts, else the fewest posts, else of everything at once."""
    order = {"heat": 0, "reach": 2, "all": 3}
    return min(reachable, key=lambda margin: (order.get(margin.indicator, 1), margin.change or 0))
