"""Bursts, forecasts, voices and levels are told in words, with what is not known said as such."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import at
from tellings import material, spoken

from analysis.language import Text, _
from analysis.report.papers.blocks import Made, Rows, Span
from analysis.report.papers.carriers import media_sentence, voices_sentence
from analysis.report.papers.facts import facts_of
from analysis.report.papers.judged import (
    level_sentence,
    running_sentence,
    task_sentence,
    why_sentence,
)
from analysis.report.papers.outlook import burst_sentences, forecast_sentences
from analysis.signals.forecast import Ahead, Outlook, no_outlook
from analysis.signals.reach import Voices

DAY = Rows(at(24), at(47))
BURSTS = ["of", "onset", "peak", "end", "strength", "running"]


def course(*bursts: tuple[Any, ...], outlook: Outlook | None = None, stage: str = "peak") -> Any:
    """From what the course of a day is told: bursts, forecast and stage as they are given."""
    hourly = pd.DataFrame({"stage": [stage]}, index=[at(47)])
    situation = SimpleNamespace(bursts=pd.DataFrame(bursts, columns=BURSTS), hourly=hourly)
    briefing = SimpleNamespace(as_of=at(47.5), situation=situation, outlook=outlook, parts=())
    told = SimpleNamespace(of="posts", onset=at(30), terms=("产科", "13812345678"))
    cube = pd.DataFrame({"hour": [at(0)]})
    return SimpleNamespace(briefing=briefing, event=None, cube=cube, bursts=(told,))


def test_bursts_are_told_with_their_words_the_strongest_in_order_of_time() -> None:
    told = [
        str(text)
        for text in burst_sentences(
            course(
                ("posts", at(30), at(33), at(36), 41.6, False),
                ("negative", at(40), at(44), at(47), 12.0, True),
                ("posts", at(2), at(3), at(5), 99.0, False),
            ),
            Span.DAILY,
        )
    ]
    assert told == [
        "A burst of posts began on 03-04 06:00 and peaked on 03-04 09:00, 42 an hour above the usual; "
        "it ended on 03-04 12:00. Its words: 产科, 138****5678.",
        "A burst of negative posts began on 03-04 16:00 and peaked on 03-04 20:00, 12 an hour above the usual; "
        "it is still running.",
    ]
    many = burst_sentences(
        course(*(("posts", at(30 + n), at(31 + n), at(32 + n), float(n), False) for n in range(5))), Span.DAILY
    )
    assert len(many) == 4 and str(many[-1]) == "There were 5 bursts in this time; the strongest are told here."
    assert str(burst_sentences(course(), Span.DAILY)[0]) == "There was no burst in this time."


def test_a_forecast_is_told_with_its_band_or_why_there_is_none() -> None:
    hours = np.zeros(48)
    outlook = Outlook(hours, hours, hours, (Ahead(6, 1, 0, 2), Ahead(24, 345.4, 115.2, 1035.9)), 0.999, None)
    day, peak = forecast_sentences(course(outlook=outlook), Span.DAILY)
    assert "some 345 posts (115 to 1,036 four times in five)." in str(day)
    assert str(peak) == "The probability that the peak is past is over 99%."
    assert len(forecast_sentences(course(outlook=outlook, stage="settled"), Span.DAILY)) == 1
    why = [_("too few posts: {posts}", posts=3), _("Nothing came in the last 24 hours.")]
    told = [forecast_sentences(course(outlook=no_outlook(reason)), Span.DAILY)[0] for reason in why]
    assert [str(text).partition("told: ")[2] for text in told] == [
        "too few posts: 3.",
        "Nothing came in the last 24 hours.",
    ]
    assert [fact.value for fact in facts_of(told[0])] == [3]


@pytest.mark.parametrize(
    ("accounts", "top", "voices", "words"),
    [
        (1, 1.0, Voices.UNKNOWN, "1 account spoke."),
        (9, 1.0, Voices.FEW, "9 accounts spoke."),
        (
            40,
            0.6,
            Voices.FEW,
            "40 accounts spoke; the ten that wrote most have 60% of the posts: few voices make most of it.",
        ),
        (
            1400,
            0.051,
            Voices.MANY,
            "1,400 accounts spoke; the ten that wrote most have 5% of the posts: many voices speak.",
        ),
    ],
)
def test_few_voices_or_many(accounts: int, top: float, voices: Voices, words: str) -> None:
    found: Any = SimpleNamespace(accounts=accounts, top_10=top, voices=voices)
    assert str(voices_sentence(found, DAY)) == words


def test_media_are_told_by_their_rank_and_what_is_not_known_is_said() -> None:
    told: Any = SimpleNamespace(media_tiers=pd.DataFrame({"": [9], "self_media": [2], "central": [1]}))
    assert str(media_sentence(told, DAY)) == "By media: Central media 1 post, Self-media 2 posts."
    silent: Any = SimpleNamespace(media_tiers=pd.DataFrame(index=[at(0)]))
    assert str(media_sentence(silent, DAY)) == "No post is known to be by a medium."
    assert "not known how many speak" in str(voices_sentence(None, DAY))


def test_the_level_names_its_number_its_red_line_and_how_many_are_enough() -> None:
    found = material(spoken({0: 1, 40: 16}, topic="medical_quality", claim="death_blamed"), 47)
    assert str(level_sentence(found)) == "Response level: Severe (level III), in force since 03-04 16:00."
    why = why_sentence(found)
    assert "16 posts in 24 h, 15 are enough for Severe" in str(why)
    made: dict[object, Text | Made] = {fact.value: fact.made for fact in facts_of(why)}
    assert made == {16: Made.MEASURE, 15: Made.SETTING}
    assert str(running_sentence(found, Span.DAILY, 0)) == "No event had a post in the last 24 hours."
    assert str(task_sentence(found)).startswith("Tasks of the plan: ")
