"""What a script and a terminal get of the events."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from frames import EXAMPLE, LEARNT, at, cube, posts
from lives import described, event_cube, part_at

from analysis.events.describe import Description
from analysis.language import _
from analysis.parts import Part
from analysis.pipeline import Briefing, ToldEvent, brief_cube
from analysis.report.events_json import events_json, events_words

ISSUE = "id name topic level stage onset peak posts heat negative_share terms first_post representative"


@cache
def running() -> Part:
    """Five posts at hour 10 and twenty at hour 12, as of 14:59, in which the level is ROUTINE."""
    return part_at(event_cube({10: 5, 12: 20}), 14, began=10.5)


@cache
def about() -> Description:
    """Told by a weibo post and an earlier news report, with a statement three hours after the event began."""
    official = posts({"hour": 14.25}, {"hour": 13.5})[["published_at", "platform", "author", "text"]]
    return described(
        {"hour": 11, "text": "长" * 400},
        {"hour": 10.5, "platform": "news", "author": "报", "text": "首发", "url": "https://example.org/1"},
        name="门诊停电",
        terms=("停电", "门诊"),
        departments=("急诊科",),
        rumour_share=1 / 3,
        official=official,
        answered_after=pd.Timedelta(hours=3),
        accounts_set=True,
    )


def one(part: Part, description: Description, language: str = "en") -> dict:
    (found,) = events_json([ToldEvent(part, description, (_("not known"),))], EXAMPLE, language)
    assert json.loads(json.dumps(found)) == found  # nothing in it that JSON does not know
    return found


def test_an_event_has_all_that_was_asked_for_and_its_numbers() -> None:
    found = one(running(), about())
    assert set(ISSUE.split()) <= set(found)
    told = {
        name: found[name] for name in ("id", "name", "topic", "level", "stage", "posts", "posts_24h", "trend", "spam")
    }
    assert told == {
        "id": "e",
        "name": "门诊停电",
        "topic": "service",
        "level": "ROUTINE",
        "stage": "settled",
        "posts": 25,
        "posts_24h": 25,
        "trend": 1,
        "spam": False,
    }
    assert found["terms"] == ["停电", "门诊"]
    assert found["rumour_share"] == 0.3333
    # all 25 of 25 negative: Wilson's lower end at z = 1.645 is 25 / (25 + 1.645²) = 0.9023
    assert found["negative_share"] == {"value": 1.0, "low": 0.9023, "high": 1.0, "corrected": False, "corrections": 0}
    assert found["changes"] == ["not known"]


def test_times_have_their_offset() -> None:
    found = one(running(), about())
    assert found["began"] == "2025-03-03T10:30:00+08:00"
    assert found["peak"] == found["last_post"] == "2025-03-03T12:00:00+08:00"
    assert found["onset"] == "2025-03-03T10:00:00+08:00"


def test_the_first_post_is_the_earliest_and_texts_are_cut() -> None:
    found = one(running(), about())
    first = {"published_at": "2025-03-03T10:30:00+08:00", "platform": "news", "author": "报", "text": "首发"}
    assert found["first_post"] == {**first, "url": "https://example.org/1"}
    assert found["representative"][0]["text"] == "长" * 300
    assert found["representative"][1] == {"role": "central", "post_id": "p1", **first}


def test_the_official_response_says_how_late_it_came_and_whether_accounts_are_named() -> None:
    told = {"accounts_set": True, "posts": 2, "first": "2025-03-03T13:30:00+08:00", "hours_after": 3.0}
    assert one(running(), about())["official"] == told
    silent = described({"hour": 10}, accounts_set=False)
    assert one(running(), silent)["official"] == {"accounts_set": False, "posts": 0, "first": None, "hours_after": None}


def test_levels_and_reasons_are_in_the_readers_language() -> None:
    found = one(running(), about(), "zh_CN")
    assert (found["level"], found["level_label"], found["changes"]) == ("ROUTINE", "常态", ["未知"])


def test_a_share_corrected_for_errors_says_so() -> None:
    share = one(part_at(event_cube({10: 5}), 12, rates=LEARNT), about())["negative_share"]
    assert (share["corrected"], share["corrections"]) == (True, 100)


def test_events_are_told_in_the_order_given_with_earlier_ones_like_them() -> None:
    later = replace(running(), id="later", began=at(11))
    found = events_json([ToldEvent(part, about(), ()) for part in (later, running())], EXAMPLE, "en")
    assert [event["id"] for event in found] == ["later", "e"]
    assert [event["id"] for event in found[0]["related"]] == ["e"]
    assert found[0]["related"][0]["why"].startswith("same department: 急诊科, same topic: Service complaints")
    assert found[0]["related"][0]["running"] is True
    assert found[0]["related"][0]["level"] == "ROUTINE"
    assert found[1]["related"] == []
    assert json.dumps(found)


# --- words


@cache
def counted() -> Briefing:
    """What is known of an event of 25 posts and one post of none, as of hour 14."""
    cells = event_cube({10: 5, 12: 20})
    table = pd.DataFrame([{"id": "e", "began": at(10), "exists": at(10), "spam": False}])
    return brief_cube(cells, EXAMPLE, at(14.5), by_day=True, events=table)


def lines(*events: ToldEvent, briefing: Briefing | None = None, language: str = "en") -> list[str]:
    return [line.to(language) for line in events_words(events, briefing or counted())]


def test_a_terminal_shows_two_lines_an_event_and_one_for_the_rest() -> None:
    found = lines(ToldEvent(running(), about(), ()))
    assert found[0] == "As of 2025-03-03 14:30: 1 events in 26 posts."
    assert found[1].startswith("Routine: “门诊停电” (Service complaints). Settled, rising; heat ")
    assert found[1].endswith("; 25 posts, 25 in 24 h; 100% negative (90% to 100%).")
    assert found[2] == "  First 2025-03-03 10:30 (News site), busiest hour 2025-03-03 12:00; words: 停电, 门诊 [e]"
    assert found[3:] == ["Routine: posts of no event, 1, 1 of them in 24 h."]


def test_a_spam_campaign_is_marked() -> None:
    spam = ToldEvent(replace(running(), spam=True), described(), ())
    assert lines(spam)[2].endswith(" [e], spam campaign")


def test_events_that_are_not_told_are_counted() -> None:
    assert lines()[1] == "1 more events, less grave."


def test_that_there_is_no_event_is_said() -> None:
    nothing = brief_cube(cube({"hour": 0}, {"hour": 1, "posts": 2}), EXAMPLE, at(2), by_day=True)
    found = lines(briefing=nothing)
    assert found == [
        "As of 2025-03-03 02:00: no event in 3 posts.",
        "Routine: posts of no event, 3, 3 of them in 24 h.",
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_hostile_name_stands_as_it_is(language: str) -> None:
    name = "{0} {event} <b>"
    assert name in lines(ToldEvent(running(), described(name=name), ()), language=language)[1]
