"""What stands at the head of an event, in its story, and in the tables of its edits?"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
from frames import EXAMPLE, at, posts
from lives import described
from several import DRAWN, EVENTS, one, several

from analysis.events.follow import Related
from analysis.language import Text
from analysis.report.event_edit_tables import change_table, choice_table
from analysis.report.event_head import chips, dates_text, event_facts, event_head, event_metrics, titles
from analysis.report.event_story import official_table, official_text, related_table
from analysis.schema import Level

FOUND = several(30, {"": {0: 1}, "a": {1: 3, 29: 5}, "b": {4: 2, 26: 6}}, spam=["b"])
A, B, REST = (one(FOUND, event) for event in ("a", "b", ""))


def test_the_head_names_the_event_its_level_and_why_and_escapes_its_name() -> None:
    head = event_head(B, EVENTS["b"], EXAMPLE, "en")
    assert f">{DRAWN}</div>" in head.replace("&#x27;", "'") and "<b>" not in head
    words = re.sub(r"<[^>]+>", " ", head)
    assert "Routine" in words and "normal watching" in words and "spam campaign" in words
    assert "8 posts" in words and "first 2025-03-03 04:00" in words
    assert "spam" not in event_head(A, EVENTS["a"], EXAMPLE, "en")
    assert str(dates_text(REST)) == "Leading topic: Service complaints · 1 posts"


def test_the_four_numbers_are_of_the_event_alone() -> None:
    day, _heat, share, ahead = event_metrics(A)
    assert (str(day.value), str(day.note)) == ("5", "8 so far")
    assert str(share.value) == "100%" and str(share.note).endswith("to 100%, uncorrected")  # all of them complain
    assert share.curve[-1] == 100  # of 24 hours, in percent; not a count of posts
    assert str(event_metrics(replace(A, negative_share=None))[2].value) == "no posts"
    assert str(ahead.value) == "no forecast" and ahead.note == A.outlook.none
    assert [str(fact.label) for fact in event_facts(A)] == ["Stage", "Bursts running"]


def test_no_two_events_are_called_alike_where_one_is_chosen() -> None:
    assert titles(FOUND, EVENTS, "en") == {
        "a": "产妇术后死亡 · 03-03",
        "b": "<b>排队</b>&两小时 · 03-03",
        "": "Posts of no event",
    }
    told = titles(FOUND, {"a": "停车", "b": "停车"}, "en")
    assert sorted(told) == ["", "a", "b"] and len(set(told.values())) == 3


def test_words_of_posts_are_no_markup() -> None:
    assert "<b>" not in chips([EVENTS["b"]]) and DRAWN in chips([EVENTS["b"]])
    assert chips([]) == "–"


def test_an_official_answer_is_told_with_how_long_it_took() -> None:
    said = pd.DataFrame({"published_at": [at(3)], "platform": ["weibo"], "author": ["一院"], "text": ["通报"]})
    spoken = replace(described(), official=said, accounts_set=True, answered_after=pd.Timedelta(minutes=90))
    assert str(official_text(spoken)).endswith("first at 2025-03-03 03:00: 1.5 h after the first post.")
    assert "after" not in str(official_text(replace(spoken, answered_after=None)))
    assert "None of the own accounts" in str(official_text(replace(spoken, official=said.head(0))))
    assert "no own accounts are named" in str(official_text(replace(spoken, accounts_set=False)))
    assert official_table(spoken, "en").iloc[0].tolist() == [pd.Timestamp("2025-03-03 03:00"), "Weibo", "一院", "通报"]


def test_earlier_events_are_told_with_how_they_went() -> None:
    went = Related("a", "停车", at(0), 62, False, 40, 300, Level.MODERATE, True, Text("same topic"), 0.5)
    row = related_table([went, replace(went, running=True)], "en")
    assert row["Lasted"].tolist() == ["62 h", "62 h, still running"]
    assert row.iloc[0][["Highest level", "Posts", "Posts in its busiest hour"]].tolist() == ["◑ Moderate", 300, 40]


def test_a_change_is_told_before_and_after() -> None:
    merged = replace(B, posts=16)
    table = change_table((A, B), (merged,), EVENTS, "en")
    assert table["Event"].tolist() == [EVENTS["a"], EVENTS["b"]]
    assert table["Posts before"].tolist() == ["8", "8"] and table["Posts after"].tolist() == ["–", "16"]
    assert table["Level after"].tolist()[0] == "–" and "Routine" in table["Level after"].tolist()[1]


def test_posts_to_choose_from_are_masked_and_short() -> None:
    table = choice_table(posts({"text": "电话13812345678" + "长" * 500, "author": "李四13812345678"}), "en")
    assert "13812345678" not in table.to_string() and len(table["Text"][0]) <= 200
