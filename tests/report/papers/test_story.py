"""A report tells what there is: of nothing nothing, of forty events the gravest, and words of posts masked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from frames import EXAMPLE, at, posts
from lives import described
from stories import NASTY
from tellings import material, spoken

from analysis.language import LANGUAGES
from analysis.report.papers.blocks import Lines, Quotes, Section, Span, Story, Table
from analysis.report.papers.facts import facts_of, sentences
from analysis.report.papers.material import Material
from analysis.report.papers.story import tell

HEADINGS = ["The situation in brief", "How it spreads", "Main views and demands", "Assessment of the risk"]
PHONE = "13812345678"


def section(story: Story, heading: str) -> Section:
    return next(section for section in story.sections if str(section.heading) == heading)


def lines(story: Story, heading: str) -> str:
    blocks = section(story, heading).blocks
    return "\n".join(str(text) for block in blocks if isinstance(block, Lines) for text in block.texts)


def quoted(story: Story) -> list[Quotes]:
    return [block for section in story.sections for block in section.blocks if isinstance(block, Quotes)]


def test_without_a_post_it_says_so_in_every_section() -> None:
    story = tell(material(spoken({0: 1}, topic="other", sentiment="neutral"), 60), Span.DAILY)
    assert [str(section.heading) for section in story.sections] == [*HEADINGS, "Advice on handling", "About the data"]
    assert "there was no post about us, nor in the 24 hours before." in lines(story, HEADINGS[0])
    assert "No event had a post in the last 24 hours." in lines(story, HEADINGS[0])
    assert "There was no burst in this time." in lines(story, HEADINGS[1])
    assert "There is no post to quote." in lines(story, HEADINGS[2])
    assert section(story, "About the data").annex and quoted(story) == []
    assert all(section.blocks for section in story.sections)


@pytest.fixture(scope="module")
def forty() -> Material:
    """Forty events of two posts in the last hours, each with a name of 200 signs."""
    rows = [{"hour": 40 + n % 5, "event_id": f"e{n}"} for n in range(40) for _twice in range(2)]
    found = material(posts(*sorted(rows, key=lambda row: str(row["hour"]))), 48)
    return replace(found, names={event: "字" + "".join(NASTY) + "字" * 200 for event in found.names})


def test_of_forty_events_the_gravest_are_told_and_long_names_are_cut(forty: Material) -> None:
    story = tell(forty, Span.DAILY)
    told = lines(story, HEADINGS[0])
    assert "40 events ran in the last 24 hours; the gravest are told here." in told
    assert told.count("so far, 2 in the last 24 hours") == 6
    names = [str(fact.value) for _place, text in sentences(story) for fact in facts_of(text) if "字" in str(fact.value)]
    assert min(map(len, names)) <= 41 and max(map(len, names)) > 150
    tables = [block for block in section(story, HEADINGS[0]).blocks if isinstance(block, Table)]
    assert len(tables) == 1 and 2 <= len(tables[0].rows) < 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_stands_in_names_every_sentence_can_be_read(forty: Material, language: str) -> None:
    for span in (Span.DAILY, Span.WEEKLY):
        for _place, text in sentences(tell(forty, span)):
            assert isinstance(text.to(language), str)


def told_event(**told: Any) -> Material:
    """An event of six posts in its first hours; the second is by the hospital's own account."""
    rows = [
        {"hour": 30 + n, "event_id": "e", "text": f"第{n}条 电话{PHONE}", "reposts": n, "collected": 40}
        for n in range(6)
    ]
    rows[1] |= {"author": "我们医院", "text": "情况通报" + "长" * 200}
    frame = pd.concat([spoken({0: 1}), posts(*rows)], ignore_index=True).assign(post_id=[f"p{n}" for n in range(7)])
    shown = frame[["published_at", "platform", "author", "text", "post_id"]]
    masked = shown.assign(text=shown["text"].str.replace(PHONE, "138****5678"))
    found = described({"event_id": "e"}, accounts_set=True)
    found = replace(found, representative=masked.iloc[[1, 2, 4]].assign(role="central"), official=masked.iloc[[2]])
    return material(
        frame,
        40,
        Span.EVENT,
        "e",
        profile=replace(EXAMPLE, own_accounts=("我们医院",)),
        descriptions={"e": found},
        **told,
    )


def test_an_event_is_told_from_its_first_post_on_in_its_own_words() -> None:
    found = told_event(synthetic=True)
    story = tell(found, Span.EVENT, "〔2025〕第3期")
    assert str(story.title) == "Special report on “事件e”" and (story.event, story.number) == ("e", "〔2025〕第3期")
    assert (story.since, story.until) == (at(30), at(40))
    assert "6 posts about this event" in lines(story, HEADINGS[0])
    said, own = quoted(story)
    assert [quote.position for quote in said.quotes] == [1, 4]
    assert said.quotes[0].text == "第0条 电话138****5678" and not said.quotes[0].cut
    assert str(said.quotes[1].by) == "Weibo · 甲 · 03-04 09:00 · Reposts 3"
    assert own.quotes[0].cut and own.quotes[0].text == "情况通报" + "长" * 116 + "…"
    assert all(found.posts["author"].iloc[quote.position] != "我们医院" for quote in said.quotes)
    assert PHONE not in "".join(quote.text for block in (said, own) for quote in block.quotes)
    assert "The posts are synthetic" in str(story.notes[0])


def test_the_days_of_a_week_add_up_to_its_posts() -> None:
    story = tell(material(spoken({0: 3, 30: 4, 100: 5, 170: 6}), 180), Span.WEEKLY)
    (table,) = [block for block in section(story, HEADINGS[1]).blocks if isinstance(block, Table)]
    days = [[str(cell) for cell in row[:2]] for row in table.rows]
    assert days[0] == ["2025-03-03", "0"] and days[1] == ["2025-03-04", "4"] and len(days) == 8
    assert sum(int(posts) for _day, posts in days) == 15  # the first three came before the week
    assert "15 posts about us" in lines(story, HEADINGS[0])
