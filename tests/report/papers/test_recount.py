"""No figure in a report is invented: each is recomputed, each digit belongs to one, and a changed one is caught."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from frames import EXAMPLE, LEARNT, posts
from lives import described
from recount import World, faults, found_again, inside
from tellings import material

from analysis.classify.prevalence import ErrorRates
from analysis.language import Text, _
from analysis.posts.report import ImportReport
from analysis.report.papers.blocks import Fact, Lines, Made, Section, Span, Story
from analysis.report.papers.facts import told_facts
from analysis.report.papers.material import Material
from analysis.report.papers.story import tell

PROFILE = replace(EXAMPLE, name="本院2025版", own_accounts=("我们医院",))
AS_OF, BEGAN = 400, 380  # hours; more than two weeks, so that weeks can be compared
PLATFORMS = ("weibo", "douyin", "news", "xiaohongshu", "zhihu")
TOPICS = ("service", "other", "medical_quality", "policy")
TONES = ("negative", "neutral", "neutral", "positive")
REPORT = ImportReport("导出3.csv", "", "csv", "utf-8", 1.0, 0, ",", "", (), 260, 255, (), (), 5, (), None, None)


def everyday(number: int) -> dict[str, object]:
    """A post of the ordinary days, two in three hours."""
    return {
        "hour": number * 1.5,
        "author": f"用户{number % 90}",
        "platform": PLATFORMS[number % 5],
        "topic": TOPICS[number % 4],
        "sentiment": TONES[number % 4],
        "text": f"日常{number}",
    }


def eventful(number: int) -> dict[str, object]:
    """A post of the event, three an hour; the hospital speaks once."""
    own = number == 31
    return {
        "hour": BEGAN + number / 3,
        "author": "我们医院" if own else f"网民{number % 40}",
        "platform": PLATFORMS[number % 3],
        "topic": "medical_quality",
        "sentiment": "neutral" if number % 4 == 0 else "negative",
        "text": f"{'听说' if number % 5 == 0 else '辟谣' if own else '产科'}第{number}条",
        "event_id": "e1",
        "claim": "death_blamed" if number % 7 == 0 else "",
        "media_tier": "local" if number % 9 == 0 else "",
        "author_verified": number % 3 == 0,
        "reposts": number,
        "followers": 1000,
    }


def collected(row: dict[str, object]) -> dict[str, object]:
    """Counters were read off at the time of the look: nothing of them is estimated."""
    return {**row, "collected": AS_OF}


FRAME = posts(
    *(collected(everyday(number)) for number in range(254)), *(collected(eventful(number)) for number in range(63))
)
FRAME = FRAME.sort_values(["published_at", "post_id"], ignore_index=True)


LATER = posts(*(collected({**eventful(number), "hour": AS_OF + 5, "post_id": f"later{number}"}) for number in range(9)))


def gathered(
    span: Span, event: str | None = None, rates: ErrorRates | None = None, frame: pd.DataFrame = FRAME
) -> Material:
    mine = FRAME[(FRAME["event_id"] == "e1").to_numpy(dtype=bool)]
    shown = mine[["published_at", "platform", "author", "text", "post_id"]]
    told = replace(
        described(),
        terms=("产科", "第3条"),
        sources=mine.drop_duplicates("platform")[["platform", "published_at", "author", "text", "url"]],
        representative=shown.iloc[[3, 50]].assign(role="central"),
        official=shown[shown["author"] == "我们医院"],
        accounts_set=True,
        answered_after=pd.Timedelta(hours=31 / 3),
        rumour_share=13 / 63,
        refutation_share=1 / 63,
    )
    return material(
        frame,
        AS_OF,
        span,
        event,
        rates,
        PROFILE,
        by_day=False,
        descriptions={"e1": told},
        reports=(REPORT,),
        left_aside=17,
        done={"facts": "2025-03-19T21:00:00+08:00"},
    )


@pytest.fixture(scope="module")
def daily() -> tuple[Story, World]:
    """Told from data that go on after the time of the look; looked into without what came later."""
    found = gathered(Span.DAILY, frame=pd.concat([FRAME, LATER], ignore_index=True))
    return tell(found, Span.DAILY), World(FRAME, gathered(Span.DAILY))


def test_every_figure_of_a_day_is_found_again(daily: tuple[Story, World]) -> None:
    assert faults(*daily) == []
    made = [told.fact.made for told in told_facts(daily[0])]
    assert {Made.COUNT, Made.SHARE, Made.MEASURE, Made.COUNTER, Made.SETTING, Made.TIME} <= set(made)
    assert len(made) > 100


def test_every_figure_of_a_week_is_found_again() -> None:
    found = gathered(Span.WEEKLY)
    story = tell(found, Span.WEEKLY)
    assert faults(story, World(FRAME, found)) == []
    assert Made.CHANGE in {told.fact.made for told in told_facts(story)}


def test_every_figure_of_an_event_is_found_again_with_the_classifier_s_errors_taken_out() -> None:
    found = gathered(Span.EVENT, "e1", LEARNT)
    story = tell(found, Span.EVENT)
    assert faults(story, World(FRAME, found)) == []
    assert Made.CORRECTED in {told.fact.made for told in told_facts(story)}


def test_what_makes_the_level_points_at_the_posts_of_the_event_that_does(daily: tuple[Story, World]) -> None:
    """ "So many of so many posts are negative" is told of the gravest event, not of all posts."""
    story, world = daily
    facts = [told.fact for told in told_facts(story) if told.fact.key == "reason.negativity"]
    assert {fact.rows[0].where for fact in facts} == {(("event", "e1"),)}
    assert int(inside(world.posts, facts[0].rows[0]).sum()) in [fact.value for fact in facts]


def saying(story: Story, *texts: Text) -> Story:
    """The same story, which says this instead."""
    return replace(story, sections=(Section(_("Situation"), (Lines(texts),)),), scenes=(), notes=())


def test_a_figure_that_is_changed_or_invented_is_caught(daily: tuple[Story, World]) -> None:
    story, world = daily
    for one in told_facts(story):
        if one.fact.made in (Made.COUNT, Made.SHARE, Made.CHANGE, Made.COUNTER):
            wrong = replace(one.fact, value=float(one.fact.value) + 1)
            assert not found_again(wrong, story, world)
    assert faults(saying(story, Text("7 posts more")), world) == []  # words of a message are looked at by its readers
    assert faults(saying(story, Text("{n} posts", (("n", 7),))), world)
    assert faults(saying(story, Text("{n}", (("n", Fact("7,123", Made.QUOTED, _("Posts"))),))), world)
    assert faults(saying(story, Text("{n}", (("n", Fact(7.123, Made.MEASURE, _("Posts"), (), "heat")),))), world)
