"""A sentence can be cut into words and figures, and each figure says what it was counted from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from frames import at
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import NASTY, nasty_story, story

from analysis.language import LANGUAGES, Text, _
from analysis.report.papers.blocks import Fact, Made, Rows
from analysis.report.papers.facts import facts_of, pieces, source_words, sourced, told_facts

DAY = Rows(at(0), at(23))
BAD = Rows(at(0), at(23), (("sentiment", "negative"), ("event", "e1")))
POSTS = Fact(1284, Made.COUNT, _("Posts"), (DAY,))
SHARE = Fact(0.42, Made.SHARE, _("Negative share"), (BAD, DAY))
NESTED = Text("{all:,}: {parts}.", (("all", POSTS), ("parts", (Text("{s:.0%}", (("s", SHARE),)), "x", POSTS))))


def test_a_sentence_is_cut_into_words_and_figures() -> None:
    text = Text("{n:,} posts, {share:.0%} bad", (("n", POSTS), ("share", SHARE)))
    assert pieces(text, "en") == (("1,284", POSTS), (" posts, ", None), ("42%", SHARE), (" bad", None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_nested_texts_and_lists_are_found(language: str) -> None:
    cut = pieces(NESTED, language)
    assert [run for run, fact in cut if fact] == ["1,284", "42%", "1284"]
    assert "".join(run for run, _fact in cut) == NESTED.to(language)
    assert facts_of(NESTED) == (POSTS, SHARE)


@settings(max_examples=20)
@given(st.text(max_size=20) | st.sampled_from(NASTY))
def test_whatever_stands_in_a_figure_the_pieces_make_the_sentence(word: str) -> None:
    foreign = Fact(word, Made.QUOTED, _("Posts"))
    text = Text("{a}\ue000{b:,}", (("a", foreign), ("b", POSTS)))
    cut = pieces(text, "zh_CN")
    assert "".join(run for run, _fact in cut) == text.to("zh_CN")
    assert ("1,284", POSTS) in cut


def test_a_figure_that_a_message_only_keeps_is_found_but_not_shown() -> None:
    text = Text("under 1%", (("share", SHARE),))
    assert pieces(text, "en") == (("under 1%", None),) and facts_of(text) == (SHARE,)


def test_values_that_show_digits_become_figures_in_nested_texts_too() -> None:
    inner = Text(
        "{posts:,.0f} posts until {time} on {name}",
        (("posts", np.float64(12.4)), ("time", "10-08 20:00"), ("name", "weibo")),
    )
    text = sourced(
        Text("{inner} {level} {kept}", (("inner", inner), ("level", None), ("kept", SHARE))),
        Made.MEASURE,
        _("Posts"),
        (DAY,),
        "reason.heat",
    )
    assert text.to("en") == "12 posts until 10-08 20:00 on weibo None 0.42"
    assert [(fact.value, fact.made) for fact in facts_of(text)] == [
        (12.4, Made.MEASURE),
        ("10-08 20:00", Made.MEASURE),
        (0.42, Made.SHARE),
    ]
    assert facts_of(text)[0].key == "reason.heat" and facts_of(text)[0].rows == (DAY,)


def test_times_are_said_without_zeros_where_the_language_has_none() -> None:
    time = Fact(at(9), Made.TIME, _("Published"))
    assert f"{time:%-m月%-d日%-H时%M分}" == "3月3日9时00分"


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (POSTS, "all posts of 2025-03-03 00:00 to 2025-03-03 23:59: counted"),
        (
            SHARE,
            "posts of 2025-03-03 00:00 to 2025-03-03 23:59 (Negative, event e1) as the classifier answers, "
            "as a share of all posts of 2025-03-03 00:00 to 2025-03-03 23:59",
        ),
        (Fact(38, Made.SETTING, _("x"), (), "thresholds.mild"), "Setting thresholds.mild of the profile or the plan"),
        (Fact(7.0, Made.MEASURE, _("x"), (), "heat"), "By the formula of the heat (docs/formulas.md)"),
        (Fact(12, Made.FILE, _("x")), "Counted in the files that were read"),
        (Fact(3, Made.COUNTER, _("x"), (), "0.reposts"), "Counter of the quoted post, as far as it is estimated"),
        (Fact("a 1", Made.QUOTED, _("x")), "Words of a post, an account or a file"),
    ],
)
def test_a_figure_says_where_it_comes_from(fact: Fact, words: str) -> None:
    assert source_words(fact).to("en").startswith(words)


def test_the_figures_of_a_story_are_numbered_once() -> None:
    told = told_facts(story())
    assert [one.number for one in told] == [1, 2] and [one.fact.value for one in told] == [1284, 0.42]
    assert told[0].place == story().sections[0].heading
    assert len(told_facts(replace(story(), sections=(), scenes=()))) == 0
    assert {one.fact.made for one in told_facts(nasty_story("=1+1"))} == {Made.QUOTED}
