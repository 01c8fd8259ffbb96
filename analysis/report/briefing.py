"""How is a briefing written down, as JSON for scripts and in words for people?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import Text, _
from analysis.pipeline import Briefing
from analysis.posts.read import ImportReport
from analysis.response.level import level_label
from analysis.schema import Platform, Topic


def iso(time: pd.Timestamp | None) -> str | None:
    """How is a time written for scripts? ISO 8601 with its offset; None stays None."""
    return None if time is None else time.isoformat(timespec="seconds")


def as_json(briefing: Briefing, reports: tuple[ImportReport, ...], language: str) -> dict[str, Any]:
    """What does a script get? Facts about the files stand under `sources` alone."""
    assessment = briefing.assessment
    share = briefing.negative_share
    return {
        "sources": [report.as_json(language) for report in reports],
        "as_of": iso(briefing.as_of),
        "level": assessment.level.name,
        "level_label": level_label(assessment.level, assessment.score, briefing.profile).to(language),
        "score": round(assessment.score, 2),
        "why": briefing.why.to(language),
        "reasons": [
            {
                "indicator": reason.indicator,
                "value": None if reason.value is None else round(reason.value, 4),
                "unit": reason.unit,
                "points": round(reason.points, 2),
                "text": reason.text.to(language),
            }
            for reason in briefing.reasons
        ],
        "margins": [
            {
                "indicator": margin.indicator,
                "to_level": margin.to_level.name,
                "change": margin.change,
                "unit": margin.unit,
                "text": margin.text.to(language),
            }
            for margin in briefing.margins
        ],
        "red_lines": [
            {"name": line.name, "posts": line.posts, "level": line.level.name, "text": line.text.to(language)}
            for line in assessment.red_lines
        ],
        "flags": [flag.to(language) for flag in briefing.flags],
        "heat": round(float(briefing.situation.hourly["heat"].iloc[-1]), 2),
        "stage": str(briefing.situation.hourly["stage"].iloc[-1]),
        "posts": briefing.posts,
        "posts_24h": briefing.posts_24h,
        "negative_share": None
        if share is None
        else {name: round(value, 4) for name, value in zip(("value", "low", "high"), share, strict=True)},
        "topics": briefing.topics,
        "platforms": briefing.platforms,
        "clocks": [
            {
                "name": clock.name.to(language),
                "deadline": iso(clock.deadline),
                "source": clock.source,
                "force": clock.force.to(language),
            }
            for clock in briefing.clocks
        ],
        "tasks": [
            {
                "group": task.group.to(language),
                "task": task.text.to(language),
                "channel": task.channel.to(language),
                "deadline": iso(task.deadline),
            }
            for task in briefing.tasks
        ],
    }


def in_words(briefing: Briefing) -> list[Text]:
    """What does a person read in a terminal? One message a line, gravest first."""
    assessment, share = briefing.assessment, briefing.negative_share
    lines = [
        _(
            "As of {time}: {level}. {why}",
            time=f"{briefing.as_of:%Y-%m-%d %H:%M}",
            level=level_label(assessment.level, assessment.score, briefing.profile),
            why=briefing.why,
        ),
        _("Posts: {posts:,}, in the last 24 h {day:,}.", posts=briefing.posts, day=briefing.posts_24h),
    ]
    if share:
        lines.append(
            _(
                "Negative in 24 h: {value:.0%} ({low:.0%} to {high:.0%}).",
                value=share[0],
                low=share[1],
                high=share[2],
            )
        )
    lines.append(_("Topics: {counts}.", counts=[named(Topic(key).label, n) for key, n in briefing.topics.items()]))
    lines.append(
        _(
            "Platforms: {counts}.",
            counts=[named(Platform(key).label, n) for key, n in briefing.platforms.items()],
        )
    )
    lines += [line.text for line in assessment.red_lines]
    lines += [margin.text for margin in briefing.margins]
    lines += briefing.flags
    lines += [
        _(
            "By {time}: {name} ({force}, {source})",
            time=f"{clock.deadline:%m-%d %H:%M}",
            name=clock.name,
            force=clock.force,
            source=clock.source,
        )
        for clock in briefing.clocks
    ]
    lines += [
        _(
            "{time} {group}: {task} ({channel})",
            time=f"{task.deadline:%m-%d %H:%M}" if task.deadline is not None else "",
            group=task.group,
            task=task.text,
            channel=task.channel,
        )
        for task in briefing.tasks
    ]
    return lines


def named(label: Text, count: int) -> Text:
    """How is a count shown beside its name?"""
    return _("{name} {count:,}", name=label, count=count)
