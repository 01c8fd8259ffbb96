"""What may be said: skeletons for the level and topic, numbers inside the house alone, blanks for the rest."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from frames import EXAMPLE, LEARNT, at, cube, hourly_cube
from plans import ALARMED, assessed

from analysis.language import LANGUAGES
from analysis.response.level import assess
from analysis.response.plan import NUMBERS, Kind, Playbook, Skeleton
from analysis.response.playbook import from_toml, shipped_playbook
from analysis.response.statements import numbers, statement
from analysis.schema import CARE_TOPICS, Level, Topic
from analysis.signals.situation import Situation, situation

SHIPPED = shipped_playbook()
PUBLIC = [skeleton for skeleton in SHIPPED.statements if skeleton.kind == Kind.PUBLIC]


def seen(*cells: dict, hour: float = 5) -> Situation:
    return situation(cube(*cells), at(hour), EXAMPLE.heat)


ONE = seen({"posts": 1})


def drafts(level: Level, topic: Topic = Topic.SERVICE) -> tuple[Skeleton, ...]:
    found = statement(assessed(level, topic), ONE)
    return found.drafts if found else ()


@pytest.mark.parametrize("level", ALARMED)
@pytest.mark.parametrize("topic", Topic)
def test_there_is_a_report_for_the_inside_and_a_text_for_the_public(level: Level, topic: Topic) -> None:
    kinds = [draft.kind for draft in drafts(level, topic)]
    assert kinds[0] == Kind.INTERNAL and Kind.PUBLIC in kinds[1:]


@pytest.mark.parametrize(
    ("level", "titles"),
    [
        (Level.ROUTINE, []),
        (Level.MILD, ["Reply to the person concerned"]),
        (Level.MODERATE, ["Official statement on ____", "First holding statement on ____"]),
        (Level.SEVERE, ["First holding statement on ____", "Opening of the press conference on ____"]),
    ],
)
@pytest.mark.parametrize("topic", [Topic.SERVICE, Topic.MEDICAL_QUALITY])
def test_each_level_has_its_own_texts(level: Level, titles: list[str], topic: Topic) -> None:
    assert [str(draft.title) for draft in drafts(level, topic) if draft.kind == Kind.PUBLIC] == titles


@pytest.mark.parametrize("topic", Topic)
@pytest.mark.parametrize("level", ALARMED)
def test_care_looks_after_people_and_service_says_what_is_put_right(level: Level, topic: Topic) -> None:
    said = " ".join(str(part) for draft in drafts(level, topic) for part in draft.parts)
    assert ("medical expert" in said) == (topic in CARE_TOPICS)
    assert ("put right" in said) == (topic not in CARE_TOPICS)
    assert ("have claimed that" in said) == (topic == Topic.RUMOUR)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("skeleton", PUBLIC, ids=[skeleton.key for skeleton in PUBLIC])
def test_a_public_text_says_nothing_that_the_hospital_did_not_write(skeleton: Skeleton, language: str) -> None:
    told = statement(assessed(skeleton.levels[0], min(skeleton.topics)), ONE)
    assert told
    draft = next(draft for draft in told.drafts if draft.key == skeleton.key)
    written = [part.to(language) for part in draft.parts]
    assert all("____" in part for part in written)
    assert not re.findall(r"\d(?!\. )", " ".join(written))  # no number but that of a paragraph
    assert not {str(number) for number in re.findall(r"\{(\w+)\}", " ".join(written))}


@pytest.mark.parametrize("skeleton", PUBLIC, ids=[skeleton.key for skeleton in PUBLIC])
def test_every_public_text_asks_for_the_five_facts_and_warns_of_the_five_faults(skeleton: Skeleton) -> None:
    asked, warned = (" ".join(map(str, texts)) for texts in (skeleton.checklist, skeleton.avoid))
    for word in ("Facts known", "being done", "Care for those affected", "Next update", "Contact", "Legal review"):
        assert word in asked
    for word in ("blame", "Guessing", "patients", "legal action", "Wording"):
        assert word in warned


def test_a_report_carries_the_numbers_as_of_then() -> None:
    now = seen(
        {"hour": 0, "posts": 5, "topic": "medical_quality"},
        {"hour": 30, "posts": 2, "platform": "douyin", "topic": "medical_quality"},
        {"hour": 31, "posts": 3, "topic": "medical_quality"},
        {"hour": 31, "posts": 1, "sentiment": "neutral", "topic": "other", "platform": "zhihu"},
        hour=31.5,
    )
    assessment = replace(
        assess(now, EXAMPLE), level=Level.MODERATE, onset=at(29), discovered=at(30), since=at(31), topic=Topic.RUMOUR
    )
    found = {name: str(value) for name, value in numbers(assessment, now).items() if name != "platforms"}
    assert found == {
        **{"as_of": "2025-03-04 07:30", "onset": "2025-03-04 05:00", "discovered": "2025-03-04 06:00"},
        **{"since": "2025-03-04 07:00", "level": "Moderate", "topic": "Online rumour"},
        **{"stage": "Settled", "heat": found["heat"], "posts": "11", "posts_24h": "6"},
        "negative": found["negative"],
    }
    assert found["heat"] == f"{now.hourly['heat'].iloc[-1]:.0f}"
    assert found["negative"].startswith("83% (") and "uncorrected" in found["negative"]  # 5 of 6
    drafted = statement(assessment, now)
    assert drafted
    report = " ".join(str(part) for part in drafted.drafts[0].parts)
    assert "11 posts up to now, 6 of them in the last 24 hours" in report
    assert "risk posts in the last 24 hours: Weibo 3, Douyin 2." in report
    assert str(drafted.drafts[0].title) == "Report on public opinion, as of 2025-03-04 07:30"


def test_what_is_not_known_is_said_and_what_is_corrected_too() -> None:
    quiet = situation(hourly_cube([1, 0]), at(40), EXAMPLE.heat)
    told = numbers(assess(quiet, EXAMPLE), quiet)
    assert str(told["negative"]) == "not known" and [str(name) for name in told["platforms"]] == ["none"]
    assert told["onset"] == "____"
    corrected = numbers(assess(ONE, EXAMPLE, LEARNT), ONE)["negative"]
    assert "uncorrected" not in str(corrected)


def test_every_number_of_a_report_is_filled() -> None:
    assert set(numbers(assessed(Level.MILD), ONE)) == set(NUMBERS)
    file = """
        version = 1
        [[task]]
        key = "a"
        step = 1
        levels = ["MILD"]
        family = "all"
        hours = 1
        group = "leading"
        channel = "会议"
        text = "商议"
        [[statement]]
        key = "all"
        kind = "internal report"
        levels = ["MILD"]
        family = "all"
        title = "{as_of}"
        parts = [%s, "没有{{数字}}"]
        checklist = []
        avoid = []
    """
    plan = from_toml(file % ", ".join(f'"{number}是{{{number}}}。"' for number in NUMBERS))
    told = statement(assessed(Level.MILD), ONE, plan)
    assert told
    *filled, plain = (part.to("zh_CN") for part in told.drafts[0].parts)
    assert [part for part in filled if "{" in part or not re.fullmatch(r"\w+是.+。", part)] == []
    assert plain == "没有{{数字}}"
    assert statement(assessed(Level.SEVERE), ONE, plan) is None


def test_a_plan_without_texts_gives_none() -> None:
    assert statement(assessed(Level.SEVERE), ONE, Playbook(SHIPPED.tasks)) is None
