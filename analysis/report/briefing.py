"""How is a briefing written down, as JSON for scripts and in words for people?"""

from __future__ import annotations

from typing import Any

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.posts.report import ImportReport
from analysis.report.cause import cause
from analysis.report.distance_tables import ahead_lines, crossing_json, fall_json, likelihood_json
from analysis.report.events_json import events_json
from analysis.report.outlook_words import facts
from analysis.report.plan_tables import clock_json, clock_words, draft_text, task_json
from analysis.report.reach_tables import as_json as reach_json
from analysis.report.reach_tables import iso, rounded
from analysis.report.sureness import chances_text
from analysis.response.level import level_label
from analysis.response.margins import Margin
from analysis.response.plan import Skeleton
from analysis.response.playbook import Assignment
from analysis.response.reasons import Reason
from analysis.schema import Platform, Topic


def as_json(briefing: Briefing, reports: tuple[ImportReport, ...], language: str) -> dict[str, Any]:
    """What does a script get? Facts about the files stand under `sources` alone."""
    assessment, standing = briefing.assessment, briefing.standing
    drafts = standing.statement.drafts if standing.statement else ()
    return {
        "sources": [report.as_json(language) for report in reports],
        "as_of": iso(briefing.as_of),
        "level": assessment.level.name,
        "level_label": level_label(assessment.level, assessment.score, briefing.profile).to(language),
        "score": round(assessment.score, 2),
        "why": standing.why.to(language),
        "reasons": [reason_json(reason, language) for reason in standing.reasons],
        "margins": [margin_json(margin, language) for margin in standing.margins],
        "red_lines": [
            {"name": line.name, "posts": line.posts, "level": line.level.name, "text": line.text.to(language)}
            for line in assessment.red_lines
        ],
        "flags": [flag.to(language) for flag in briefing.flags],
        "heat": round(float(briefing.situation.hourly["heat"].iloc[-1]), 2),
        "stage": str(briefing.situation.hourly["stage"].iloc[-1]),
        "posts": briefing.posts,
        "left_aside": briefing.left_aside,
        "posts_24h": briefing.posts_24h,
        "negative_share": share_json(briefing),
        "topics": briefing.topics,
        "platforms": briefing.platforms,
        "likelihood": likelihood_json(standing.likelihood, language),
        "fall": fall_json(standing.fall, language),
        "crossing": crossing_json(standing.crossing, language),
        "clocks": [clock_json(clock, briefing.as_of, language) for clock in standing.clocks],
        "tasks": [task_json(task, briefing.as_of, language) for task in standing.tasks],
        "statements": [draft_json(draft, language) for draft in drafts],
        **ahead_json(briefing, language),
        "bursts": bursts_json(briefing),
        "reach": reach_json(briefing.from_posts.reach) if briefing.from_posts else {},
        "events": events_json(briefing.from_posts.events, briefing.profile, language) if briefing.from_posts else [],
    }


def ahead_json(briefing: Briefing, language: str) -> dict[str, Any]:
    """How is what will come written for scripts? forecast is [] and no_forecast says why where it is not told."""
    outlook = briefing.outlook
    found: list[dict[str, Any]] = [
        {"hours": ahead.hours, "posts": round(ahead.posts, 1), "low": round(ahead.low, 1), "high": round(ahead.high, 1)}
        for ahead in outlook.ahead
    ]
    for told, later in zip(found, briefing.later, strict=True):
        heat = {"heat": later.heat, "heat_low": later.heat_low, "heat_high": later.heat_high}
        told |= {name: round(value, 2) for name, value in heat.items()} | {"level": later.level.name}
    none = outlook.none.to(language) if outlook.none else None
    return {"forecast": found, "no_forecast": none, "peak_passed": rounded(outlook.peak_passed)}


def bursts_json(briefing: Briefing) -> list[dict[str, Any]]:
    """How are bursts written for scripts? Those of all posts and of negative ones (`of`), in order of time."""
    told = briefing.from_posts.bursts if briefing.from_posts else ()
    terms = {(burst.of, burst.onset): list(burst.terms) for burst in told}
    return [
        {
            "of": burst.of,
            "onset": iso(burst.onset),
            "peak": iso(burst.peak),
            "end": iso(burst.end),
            "strength": round(burst.strength, 2),
            "running": bool(burst.running),
            "terms": terms.get((burst.of, burst.onset), []),
        }
        for burst in briefing.situation.bursts.sort_values("onset", kind="stable").itertuples()
    ]


def share_json(briefing: Briefing) -> dict[str, Any] | None:
    """How is the negative share written for scripts? None without posts."""
    if briefing.negative_share is None:
        return None
    ends = dict(zip(("value", "low", "high"), map(rounded, briefing.negative_share), strict=True))
    return {**ends, "corrected": briefing.corrections > 0, "corrections": briefing.corrections}


def reason_json(reason: Reason, language: str) -> dict[str, Any]:
    """How is a reason written for scripts?"""
    return {
        "indicator": reason.indicator,
        "value": rounded(reason.value),
        "unit": reason.unit,
        "points": round(reason.points, 2),
        "text": reason.text.to(language),
    }


def margin_json(margin: Margin, language: str) -> dict[str, Any]:
    """How is a margin written for scripts?"""
    return {
        "indicator": margin.indicator,
        "to_level": margin.to_level.name,
        "change": margin.change,
        "unit": margin.unit,
        "text": margin.text.to(language),
    }


def draft_json(draft: Skeleton, language: str) -> dict[str, Any]:
    """How is the skeleton of a text written for scripts?"""
    return {
        "kind": str(draft.kind),
        "text": draft_text(draft, language),
        "checklist": [line.to(language) for line in draft.checklist],
        "avoid": [line.to(language) for line in draft.avoid],
    }


def in_words(briefing: Briefing) -> list[Text]:
    """What does a person read in a terminal? One message a line, gravest first."""
    assessment, standing = briefing.assessment, briefing.standing
    level = level_label(assessment.level, assessment.score, briefing.profile)
    time = f"{briefing.as_of:%Y-%m-%d %H:%M}"
    topics = [named(Topic(key).label, count) for key, count in briefing.topics.items()]
    platforms = [named(Platform(key).label, count) for key, count in briefing.platforms.items()]
    lines = [
        _("As of {time}: {level}. {why}", time=time, level=level, why=standing.why),
        cause(briefing.parts[0], gravest_name(briefing), assessment.level),
        _("Posts: {posts:,}, in the last 24 h {day:,}.", posts=briefing.posts, day=briefing.posts_24h),
        _("Topics: {counts}.", counts=topics),
        _("Platforms: {counts}.", counts=platforms),
    ]
    if briefing.negative_share:
        lines.insert(3, share_words(*briefing.negative_share, briefing.corrections))
    lines += [_("{label}: {lines}.", label=fact.label, lines=list(fact.lines)) for fact in facts(briefing)]
    lines += [line.text for line in assessment.red_lines]
    lines += [margin.text for margin in standing.margins]
    sure = _("How sure: {chances}.", chances=chances_text(standing.likelihood))
    lines += [*ahead_lines(standing.fall, standing.crossing), sure]
    lines += briefing.flags
    lines += [clock_words(clock, briefing.as_of) for clock in standing.clocks if clock.deadline is not None]
    return lines + [task_words(task) for task in standing.tasks]


def gravest_name(briefing: Briefing) -> str:
    """What is the event called that makes the level? Its id where the posts were not at hand."""
    told = briefing.from_posts.events if briefing.from_posts else ()
    gravest = briefing.parts[0].id
    return next((event.description.name for event in told if event.part.id == gravest), gravest)


def share_words(value: float, low: float, high: float, corrections: int) -> Text:
    """How does the negative share read, and does it allow for the classifier's errors?"""
    if corrections:
        return _(
            "Negative in 24 h: {value:.0%} ({low:.0%} to {high:.0%}), corrected for the classifier's errors by "
            "{corrections:,} posts drawn at random.",
            value=value,
            low=low,
            high=high,
            corrections=corrections,
        )
    return _(
        "Negative in 24 h: {value:.0%} ({low:.0%} to {high:.0%}), uncorrected: the classifier's errors are not in it.",
        value=value,
        low=low,
        high=high,
    )


def task_words(task: Assignment) -> Text:
    """How does a task read?"""
    time = "" if task.deadline is None else f"{task.deadline:%m-%d %H:%M}"
    return _("{time} {group}: {task} ({channel})", time=time, group=task.group, task=task.text, channel=task.channel)


def named(label: Text, count: int) -> Text:
    """How is a count shown beside its name?"""
    return _("{name} {count:,}", name=label, count=count)
