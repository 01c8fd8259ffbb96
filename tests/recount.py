"""Every figure of a story is found again: in the posts by plain pandas, or by asking the desk anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import LANGUAGES, Text
from analysis.report.papers.blocks import Fact, Made, Rows, Story
from analysis.report.papers.facts import pieces, sentences, walked
from analysis.report.papers.material import Material
from analysis.response.profile import VERSION, Profile
from analysis.schema import Claim

HOUR = pd.Timedelta(hours=1)
COLUMN = {"event": "event_id"}
Z90 = 1.645
DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class World:
    """What is looked into: the posts up to the time of the look, and what the desk says of them when asked anew."""

    posts: pd.DataFrame
    fresh: Material


class Nothing:
    """A value that shows nothing, whatever the format."""

    def __format__(self, form: str) -> str:
        return ""

    def __str__(self) -> str:
        return ""


def faults(story: Story, world: World) -> list[str]:
    """Which digits of a story are no figures, and which figures cannot be found again?"""
    found = []
    for _place, text in sentences(story):
        found += [f"bare digits: {text.to(language)}" for language in LANGUAGES if bare(text, language)]
        found += [f"{fact} in: {text}" for fact in walked(text) if not found_again(fact, story, world)]
    return found


def bare(text: Text, language: str) -> bool:
    """Do digits stand in a sentence that are neither of a figure nor of the message's own words?"""
    plain = "".join(run for run, fact in pieces(text, language) if fact is None)
    return DIGITS.findall(plain) != DIGITS.findall(emptied(text).to(language))


def emptied(value: object) -> Text:
    """How does a message read with nothing in it?"""

    def inside(part: object) -> object:
        if isinstance(part, Text):
            return Text(part.msgid, tuple((name, inside(value)) for name, value in part.values))
        return tuple(map(inside, part)) if isinstance(part, (tuple, list)) else Nothing()

    return inside(value)  # type: ignore[return-value]


def found_again(fact: Fact, story: Story, world: World) -> bool:
    """Does a figure come out the same when it is worked out again?"""
    return any(same(fact.value, value) for value in again(fact, story, world))


def same(one: object, other: object) -> bool:
    numbers = (int, float, np.integer, np.floating)
    if isinstance(one, numbers) and isinstance(other, numbers):
        return bool(np.isclose(float(one), float(other), rtol=1e-9, atol=1e-9))
    return type(one) is type(other) and one == other


def again(fact: Fact, story: Story, world: World) -> Iterable[object]:
    """Which values can a figure have?"""
    chosen = [world.posts[inside(world.posts, rows)] for rows in fact.rows]
    match fact.made:
        case Made.COUNT:
            return [len(chosen[0])]
        case Made.SHARE:
            return [len(chosen[0]) / len(chosen[1])]
        case Made.CHANGE:
            change = len(chosen[0]) / len(chosen[1]) - 1
            return [-change if fact.key == "less" else change]
        case Made.COUNTER:
            position, name = fact.key.split(".")
            return [int(world.fresh.posts[name].iloc[int(position)])]
        case Made.FILE:
            reports = world.fresh.reports
            return [world.fresh.left_aside, world.fresh.checked, *(n for one in reports for n in counts(one))]
        case Made.SETTING:
            return settings(fact.key, world)
        case Made.QUOTED:
            return [fact.value] if quoted(str(fact.value), world) else []
    return measures(fact, story, world, chosen)


def inside(posts: pd.DataFrame, rows: Rows) -> np.ndarray:
    """Which posts are of these hours, and of these kinds?"""
    hour = posts["published_at"].dt.floor("h")
    found = (hour >= rows.since) & (hour <= rows.until)
    for column, value in rows.where:
        found &= posts[COLUMN.get(column, column)] == value
    return found.to_numpy(dtype=bool)


def counts(report: object) -> tuple[int, ...]:
    return (*(getattr(report, name) for name in ("rows", "good", "duplicates")), 0)


def settings(key: str, world: World) -> Iterable[object]:
    """Which value does a setting of the profile or the plan have?"""
    group, _dot, name = key.partition(".")
    if group == "clock":
        return [clock.hours for clock in world.fresh.standing.clocks]
    if key == "profile.version":
        return [VERSION]
    if key == "profile.changes":
        return different(world.fresh.briefing.profile)
    if key == "program.version":
        return re.findall(r'^version = "(.+)"', open("pyproject.toml").read(), re.M)
    return [getattr(getattr(world.fresh.briefing.profile, group), name)]


def different(profile: Profile) -> list[object]:
    """In how many numbers and names does a profile differ from the tertiary hospital's, and which are they?"""
    usual, mine = Profile().numbers(), profile.numbers()
    keys = [key for key in mine if mine[key] != usual[key]]
    return [len(keys) + len(profile.own_accounts), *(f"{table[key]:,.15g}" for table in (usual, mine) for key in keys)]


def quoted(words: str, world: World) -> bool:
    """Do words stand in a post, an account's name, an event's name, a file's name or a limit's source?"""
    posts, fresh = world.fresh.posts, world.fresh
    sources = [clock.source for clock in fresh.standing.clocks]
    known = [*posts["text"], *posts["author"], *fresh.names.values(), *sources, fresh.briefing.profile.name]
    known += [report.name for report in fresh.reports]
    return any(words.removesuffix("…") in text for text in known)


def measures(fact: Fact, story: Story, world: World, chosen: list[pd.DataFrame]) -> Iterable[object]:
    """Which values can a measure or a time have, by what its key begins with?"""
    head, _dot, rest = fact.key.partition(".")
    fresh, standing, briefing = world.fresh, world.fresh.standing, world.fresh.briefing
    part = next((part for part in briefing.parts if part.id == story.event), None)
    now, outlook = (briefing.situation, briefing.outlook) if part is None else (part.situation, part.outlook)
    assessment = standing.assessment
    match head:
        case "":
            days = pd.date_range(story.since.normalize(), story.until, freq="D")
            return [story.as_of, story.since, story.until, *days]
        case "heat":
            return [now.hourly["heat"].iloc[-1]]
        case "post":
            return [fresh.posts["published_at"].iloc[int(rest)]]
        case "score":
            missing = [at - assessment.score for at in vars(briefing.profile.thresholds).values()]
            return [*leaves(standing.why), assessment.score, assessment.since, *missing]
        case "reason" if rest in set(Claim):
            posts = int((chosen[0]["claim"] == rest).sum())
            return [posts, getattr(briefing.profile.red_lines, rest) - posts]
        case "reason":
            told = [reason for reason in standing.reasons if reason.indicator == rest]
            more = [value for reason in told for value in (reason.value, reason.points, reason.most)]
            central = int((chosen[0]["media_tier"] == "central").sum())
            return [*(value for reason in told for value in leaves(reason.text)), *more, central, 1 - central]
        case "margin":
            return [value for margin in standing.margins for value in leaves(margin.text)]
        case "likelihood":
            return [*standing.likelihood.chances.values(), 0.01, 0.99]
        case "fall" | "crossing":
            texts = (standing.fall.text, standing.fall.detail) if standing.fall else ()
            return [
                value
                for text in (*texts, *([standing.crossing.text] if standing.crossing else ()))
                for value in leaves(text)
            ]
        case "clock" | "task":
            return due(rest, world)
        case "forecast":
            day = [value for ahead in outlook.ahead if ahead.hours == 24 for value in vars(ahead).values()]
            return [*day, outlook.peak_passed, *(leaves(outlook.none) if outlook.none else ())]
        case "burst":
            return [len(now.bursts), *now.bursts[["onset", "peak", "end"]].stack(), *now.bursts["strength"]]
        case "stage":
            stage = now.hourly["stage"]
            return [stage.index[(stage != stage.iloc[-1]).to_numpy().nonzero()[0][-1] + 1]]
        case "flag":
            return [*(value for flag in briefing.flags for value in leaves(flag)), briefing.late.estimated]
    return in_posts(head, rest, chosen, world, part)


def in_posts(head: str, rest: str, chosen: list[pd.DataFrame], world: World, part: object) -> Iterable[object]:
    """Which values can a measure have that plain counting finds again?"""
    match head:
        case "share":
            return shares(rest, chosen, world, part)
        case "event":
            return events(rest, chosen, world)
        case "reach":
            return carried(rest, chosen[0])
        case "hearsay":
            marks = {"rumour_share": "听说", "refutation_share": "辟谣"}
            return [chosen[0]["text"].str.contains(marks[rest]).mean()]
        case "answered":
            return answered(chosen[0], world)
    return []


def leaves(value: object) -> Iterator[object]:
    """Which plain values stand in a message?"""
    if isinstance(value, Text):
        for _name, part in value.values:
            yield from leaves(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from leaves(part)
    else:
        yield value


def due(rest: str, world: World) -> list[object]:
    """Which deadlines are there, how long is left, and how many stand how?"""
    standing, as_of, done = world.fresh.standing, world.fresh.briefing.as_of, world.fresh.done
    clocks = [clock.deadline for clock in standing.clocks if clock.deadline is not None]
    tasks = [task.deadline for task in standing.tasks if task.deadline is not None]
    left = {task.key: task.deadline for task in standing.tasks if task.key not in done}
    late = sum(one is not None and one < as_of for one in left.values())
    numbers = {
        "running": sum(one >= as_of for one in clocks),
        "passed": sum(one < as_of for one in clocks),
        "all": len(standing.tasks),
        "done": len(standing.tasks) - len(left),
        "overdue": late,
        "legal": sum(task.legal_review for task in standing.tasks),
    }
    if rest in numbers:
        return [numbers[rest]]
    times = [*clocks, *tasks]
    hours = [abs((time - as_of) / HOUR) for time in times]
    return [*times, *hours, *(value * unit for value in hours for unit in (60, 1 / 24)), *range(len(tasks))]


def shares(rest: str, chosen: list[pd.DataFrame], world: World, part: object) -> list[float]:
    """Which negative share, and which ends of its 90% interval (Wilson, where errors are not taken out)?"""
    if world.fresh.briefing.corrections:
        told = world.fresh.briefing.negative_share if part is None else part.negative_share  # type: ignore[attr-defined]
        return [told[("value", "low", "high").index(rest)]]  # type: ignore[index]
    n, p = len(chosen[1]), len(chosen[0]) / len(chosen[1])
    middle, half = p + Z90**2 / (2 * n), Z90 * np.sqrt(p * (1 - p) / n + Z90**2 / (4 * n**2))
    side = {"low": -1, "value": 0, "high": 1}[rest]
    return [(middle + side * half) / (1 + Z90**2 / n) if side else p]


def events(rest: str, chosen: list[pd.DataFrame], world: World) -> list[object]:
    """When did an event begin, where did it go, how many of its posts are negative, and how many events are there?"""
    posts, parts = world.posts, world.fresh.briefing.parts
    if rest.startswith("share"):
        told = next(part for part in parts if part.id == rest.removeprefix("share."))
        plain = [] if world.fresh.briefing.corrections else [(chosen[0]["sentiment"] == "negative").mean()]
        return plain or [told.negative_share[0]]  # type: ignore[index, list-item]
    if rest == "count":
        lately = chosen[0][chosen[0]["event_id"] != ""]
        return [lately["event_id"].nunique()]
    if rest in ("rest", "left"):
        return list(range(len(parts)))
    return [posts["published_at"].min().floor("h"), *chosen[0].groupby("platform")["published_at"].min()]


def carried(rest: str, posts: pd.DataFrame) -> list[object]:
    """How many accounts, platforms and media wrote, and how much of it the ten that wrote most?"""
    told = posts[posts["author"] != ""]
    often = told.groupby(["platform", "author"]).size().sort_values(ascending=False)
    found: dict[str, object] = {
        "accounts": len(often),
        "top_10": often.head(10).sum() / len(told),
        "verified_share": posts["author_verified"].mean(),
        "platforms": posts["platform"].nunique(),
    }
    if rest == "loudest":
        return [often.iloc[0], len(told), often.iloc[0] / len(told), often.index[0][1]]
    return [found[rest] if rest in found else int((posts["media_tier"] == rest.removeprefix("media.")).sum())]


def answered(posts: pd.DataFrame, world: World) -> list[object]:
    """How often, first when, and how long after the others did own accounts speak?"""
    own = posts["author"].isin(world.fresh.briefing.profile.own_accounts)
    first = posts.loc[own, "published_at"].min()
    return [int(own.sum()), first, (first - posts.loc[~own, "published_at"].min()) / HOUR]
