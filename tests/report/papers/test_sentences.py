"""Sentences say what was counted, also where nothing is there, nothing changed, or there were too few to compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from frames import at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import described

from analysis.language import Text, _
from analysis.report.papers.blocks import Fact, Made, Rows, Span
from analysis.report.papers.carriers import first_sentence, hearsay_sentence, path_sentence, response_sentence
from analysis.report.papers.facts import facts_of
from analysis.report.papers.rounding import changed, hours_said, listed_off, percent, said_on, shortened
from analysis.report.papers.sentences import (
    compared_sentence,
    count_sentence,
    platforms_sentence,
    topics_sentence,
)

DAY = Rows(at(24), at(47))


def looked(
    *cells: dict[str, object], interval: tuple[float, float, float] | None = None, corrections: int = 0, hour: int = 47
) -> SimpleNamespace:
    """From what sentences about counts are told: cells, and the desk's interval of the negative share."""
    briefing = SimpleNamespace(
        as_of=at(hour) + pd.Timedelta(minutes=30), negative_share=interval, corrections=corrections, parts=()
    )
    return SimpleNamespace(briefing=briefing, cube=cube(*cells), event=None)


def read(*cells: dict[str, object], **told: object) -> str:
    return str(count_sentence(looked(*cells, **told), Span.DAILY))  # type: ignore[arg-type]


def test_a_day_is_told_with_change_and_negative_share() -> None:
    told = read({"hour": 0, "posts": 100}, {"hour": 24, "posts": 42}, {"hour": 40, "posts": 95, "sentiment": "neutral"})
    assert told == (
        "From 03-04 00:00 to 03-04 23:30: 137 posts about us, 37% more than in the 24 hours before; "
        "31% of them negative as the classifier answers."
    )


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (1, 5, "5 posts about us, against 1 in the 24 hours before;"),
        (19, 38, "38 posts about us, against 19 in the 24 hours before;"),
        (20, 40, "40 posts about us, 100% more than in the 24 hours before;"),
        (7, 7, "7 posts about us, as many as in the 24 hours before;"),
        (1000, 1003, "1,003 posts about us, about as many as in the 24 hours before (1,000);"),
        (1000, 997, "997 posts about us, about as many as in the 24 hours before (1,000);"),
        (100, 63, "63 posts about us, 37% fewer than in the 24 hours before;"),
        (2000, 1, "1 post about us, over 99% fewer than in the 24 hours before;"),
    ],
)
def test_a_change_is_said_so_that_it_does_not_mislead(before: int, now: int, words: str) -> None:
    assert words in read({"hour": 0, "posts": before}, {"hour": 24, "posts": now})


def test_nothing_now_nothing_before_and_nothing_known_are_told_apart() -> None:
    assert "no post about us, against 3 in the 24 hours before." in read({"hour": 0, "posts": 3})
    assert "no post about us, nor in the 24 hours before." in read({"hour": 0, "posts": 3}, hour=90)
    assert "none in the 24 hours before;" in read({"hour": 0}, {"hour": 90}, hour=95)
    unknown = looked({"hour": 20, "posts": 3}, {"hour": 30, "posts": 3})
    assert "before" not in str(count_sentence(unknown, Span.DAILY))
    assert str(compared_sentence(unknown, Span.DAILY)) == (
        "The data begin on 03-03 20:00, too late to compare with the 24 hours before."
    )
    assert compared_sentence(looked({"hour": 0}), Span.DAILY) is None


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "30% of them negative as the classifier answers."),
        ({"interval": (0.3, 0.2, 0.4)}, "30% of them negative (20% to 40%, the classifier's errors not taken out)."),
        (
            {"interval": (0.25, 0.2, 0.4), "corrections": 90},
            "25% of them negative (20% to 40%, the classifier's errors taken out).",
        ),
    ],
)
def test_the_negative_share_says_what_it_is_worth(told: dict[str, object], words: str) -> None:
    cells = ({"hour": 0}, {"hour": 24, "posts": 3}, {"hour": 25, "posts": 7, "sentiment": "neutral"})
    assert read(*cells, **told).endswith(words)


def test_none_and_all_negative_are_said_in_words() -> None:
    assert "none of them negative as the classifier answers" in read({"hour": 24, "sentiment": "neutral"})
    assert "all of them negative as the classifier answers" in read({"hour": 24, "posts": 3})


def test_the_week_and_the_day_count_different_hours() -> None:
    told = looked({"hour": 0, "posts": 5}, {"hour": 167, "posts": 2}, hour=167)
    assert "7 posts" in str(count_sentence(told, Span.WEEKLY)) and "2 posts" in str(count_sentence(told, Span.DAILY))


def test_the_largest_risk_types_and_platforms_are_named() -> None:
    told = looked(
        {"hour": 24, "posts": 50, "topic": "medical_quality", "platform": "douyin"},
        {"hour": 24, "posts": 30, "topic": "service"},
        {"hour": 25, "posts": 20, "topic": "other", "platform": "news"},
    )
    assert str(topics_sentence(told, Span.DAILY)) == (
        "Most spoken of: Medical quality and accidents 50%, Service complaints 30%; "
        "20% of the posts speak of no risk type."
    )
    assert str(platforms_sentence(told, Span.DAILY)) == "Platforms: Douyin 50%, Weibo 30%, News site 20%."
    plain = looked({"hour": 24, "topic": "other"})
    assert str(topics_sentence(plain, Span.DAILY)) == "No post of this time speaks of a risk type."
    assert str(platforms_sentence(plain, Span.DAILY)) == "All posts stand on one platform: Weibo."
    assert platforms_sentence(looked({"hour": 0}), Span.DAILY) is None


SHARES = {0: "0%", 0.004: "under 1%", 0.005: "under 1%", 0.006: "1%", 0.995: "over 99%", 0.999: "over 99%", 1: "100%"}


@pytest.mark.parametrize(("share", "words"), SHARES.items())
def test_a_share_is_never_rounded_to_nothing_or_to_all(share: float, words: str) -> None:
    text = percent(Fact(share, Made.SHARE, _("x"), (DAY, DAY)))
    assert str(text) == words and [fact.value for fact in facts_of(text)] == [share]


@pytest.mark.parametrize(
    ("hours", "words"), [(1, "1 hour"), (4.0, "4 hours"), (5.94, "5.9 hours"), (23.97, "24 hours")]
)
def test_hours_have_one_decimal_at_most(hours: float, words: str) -> None:
    assert str(hours_said(Fact(hours, Made.MEASURE, _("x")))) == words


@settings(max_examples=20)
@given(st.integers(0, 3000), st.integers(1, 3000))
def test_a_change_names_the_direction_in_which_posts_went(now: int, before: int) -> None:
    facts = [Fact(number, Made.COUNT, _("x")) for number in (now, before)]
    words = str(changed(*facts, Fact(now / before - 1, Made.CHANGE, _("x")), _("the 24 hours before")))
    assert ("more than" in words) <= (now > before) and ("fewer than" in words) <= (now < before)
    assert ("as many as" in words and "about" not in words) == (now == before)


def test_times_names_and_lists_read_well() -> None:
    assert (
        str(said_on(at(20), _("x"))) == "03-03 20:00"
        and str(said_on(at(20.1), _("x"), year=True)) == "2025-03-03 20:06"
    )
    assert shortened("字" * 41, 40) == "字" * 40 + "…" and shortened("字" * 40, 40) == "字" * 40
    assert shortened("ab👩\u200d⚕️x", 3) == "ab…"  # no sign is cut apart
    names: Sequence[Text] = (_("a, b"), _("c"))
    assert str(listed_off(names)) == "a, b; c"


def test_an_event_says_who_was_first_and_by_which_way_it_went() -> None:
    told = described({"hour": 5, "platform": "douyin", "author": "乙"}, {"hour": 3, "author": "甲"})
    assert str(first_sentence(told, DAY)) == "First spoken of on Weibo, 03-03 03:00, by the account “甲”."
    assert (
        str(path_sentence(told, DAY))
        == "It appeared one after the other on: Weibo (03-03 03:00), Douyin (03-03 05:00)."
    )
    assert str(first_sentence(described({"author": ""}), DAY)) == "First spoken of on Weibo, 03-03 00:00."
    assert path_sentence(described({}), DAY) is None and first_sentence(described(), DAY) is None


def test_an_event_says_whether_the_hospital_spoke() -> None:
    said = posts({"hour": 6})[["published_at", "platform", "author", "text"]]
    silent = described({}, accounts_set=True)
    spoke = replace(silent, official=said, answered_after=pd.Timedelta(hours=5.5))
    assert "not known whether" in str(response_sentence(described({}), DAY))
    assert str(response_sentence(silent, DAY)) == "The hospital's own accounts have not spoken yet."
    assert str(response_sentence(spoke, DAY)) == (
        "The hospital's own accounts have spoken: 1 post, the first on 03-03 06:00, "
        "5.5 hours after the first post by others."
    )
    assert "after" not in str(response_sentence(replace(spoke, answered_after=None), DAY))


@pytest.mark.parametrize(
    ("rumour", "refutation", "words"),
    [
        (0.0, 0.0, "No post bears the marks of hearsay, and none refutes anything."),
        (0.2, 0.0, "20% of the posts bear the marks of hearsay; none refutes anything."),
        (0.0, 0.001, "No post bears the marks of hearsay; under 1% refute something."),
        (0.2, 0.1, "20% of the posts bear the marks of hearsay, 10% refute something."),
    ],
)
def test_hearsay_and_its_refutation(rumour: float, refutation: float, words: str) -> None:
    told = described({}, rumour_share=rumour, refutation_share=refutation)
    assert str(hearsay_sentence(told, DAY)) == words


def test_in_chinese_it_reads_as_a_brief_does() -> None:
    told = looked(
        {"hour": 0, "posts": 100}, {"hour": 24, "posts": 42}, {"hour": 40, "posts": 95, "sentiment": "neutral"}
    )
    assert count_sentence(told, Span.DAILY).to("zh_CN") == (
        "3月4日0时至3月4日23时30分，共监测到相关信息137条，较前24小时上升37%，其中负面占31%（按分类器判断）。"
    )
    few = looked({"hour": 0, "posts": 5}, {"hour": 24, "posts": 5, "sentiment": "neutral"})
    assert count_sentence(few, Span.DAILY).to("zh_CN") == (
        "3月4日0时至3月4日23时30分，共监测到相关信息5条，与前24小时持平，未见负面信息（按分类器判断）。"
    )
