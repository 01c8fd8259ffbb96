"""A search finds what a reader would, however it is written, and marks it where it stands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.search import fold, folded, places, read_query, search, spans
from analysis.schema import InputError
from tests.frames import posts

POSTS = posts(
    {"hour": 0, "text": "護士態度很差，排队两小时"},
    {"hour": 1, "text": "护士很好", "title": "表扬"},
    {"hour": 2, "text": "ＩＣＵ 没有\n床位", "author": "护士长"},
    {"hour": 3, "text": "Icu的Ｃafe\u0301…医\u200b院"},
    {"hour": 4, "text": "a.c|d (x)* \\d+"},
    {"hour": 5, "text": "别的", "title": "护士"},
)


def found(query: str) -> list[int]:
    return search(POSTS, query).index.tolist()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("护士", [5, 2, 1, 0]),
        ("護士", [5, 2, 1, 0]),
        ("护士 很", [1, 0]),
        ("护士 -很好", [5, 2, 0]),
        ("护士　－“很好”", [5, 2, 0]),
        ('"护士很"', [1]),
        ("护士很", [1]),
        ('"护士 态度"', []),
        ("icu", [3, 2]),
        ("没有 床位", [2]),
        ('"没有  床位', [2]),
        ("café", [3]),
        ("CAFE...", [3]),
        ("医院", [3]),
        ("表扬护士", []),
        ("表扬 护士", [1]),
        (".", [4, 3]),
        ("(x)*", [4]),
        ("\\d+", [4]),
        ("a.c|d", [4]),
        ("护士 护士", [5, 2, 1, 0]),
        ("甲 护士 -排队", [5, 1]),
        ("护士 - 很好", [1]),
    ],
)
def test_all_words_must_occur_however_they_are_written(query: str, expected: list[int]) -> None:
    assert found(query) == expected


def test_the_latest_come_first_and_no_more_than_asked_for() -> None:
    assert search(POSTS, "护士", most=2).index.tolist() == [5, 2]
    assert search(POSTS, "护士")["text"].iloc[0] == "别的"
    assert search(POSTS[:0], "护士").empty


def test_texts_that_are_kept_serve_earlier_times_too() -> None:
    held = folded(POSTS)
    assert search(POSTS[:3], "护士", held=held).index.tolist() == [2, 1, 0]
    assert places(held, read_query("护士"), among=2).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "at least one word"),
        (" \u3000\n", "at least one word"),
        ("\u200b\x00", "at least one word"),
        ('""', "at least one word"),
        ("-护士", "at least one word"),
        ("- -", "at least one word"),
        ("护" * 201, "Shorten it to 200"),
        (" ".join("甲乙丙丁戊己庚辛壬癸子"), "Leave 10"),
    ],
)
def test_a_search_for_nothing_or_too_much_says_what_to_do(query: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        search(POSTS, query)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("護士与护士", ["护士"], ["護士", "护士"]),
        ("护士长", ["护士", "士长"], ["护士长"]),
        ("aaaa", ["aa"], ["aaaa"]),
        ("ＩＣＵ…x", ["icu", "."], ["ＩＣＵ…"]),
        ("医\u200b院里", ["医院"], ["医\u200b院"]),
        ("cafe\u0301s", ["café"], ["cafe\u0301"]),
        ("㍿内", ["株", "会"], ["㍿"]),
        ("a\u0301a", ["a"], ["a\u0301a"]),
        ("没有 \n\t 床", ["有 床"], ["有 \n\t 床"]),
        ("无", ["有", "", "\x00"], []),
        ("\ud800护", ["护"], ["护"]),
    ],
)
def test_words_are_found_where_they_stand_as_written(text: str, words: list[str], marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == marked


# --- laws

SIGNS = st.text(st.sampled_from("护護ＡａaÀ\u0301ß…㍿ﷺﾞｶ \n\u3000\u200b\u202e\x00\ud800🏥"), max_size=8)


@settings(max_examples=30, deadline=None)
@given(SIGNS, SIGNS, SIGNS)
def test_spans_are_apart_in_order_and_say_the_word(before: str, word: str, behind: str) -> None:
    text = before + word + behind
    found = spans(text, [word])
    assert all(a[1] < b[0] for a, b in pairwise(found))
    assert all(0 <= start < end <= len(text) for start, end in found)
    wanted = fold(word).strip()
    assert bool(found) == bool(wanted)
    assert all(wanted in fold(text[start:end]) for start, end in found)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=30, deadline=None)
@given(st.lists(SIGNS.map(lambda text: text.replace("\ud800", "")), min_size=1, max_size=6), SIGNS)
def test_many_texts_are_searched_as_each_alone(texts: list[str], word: str) -> None:
    held, wanted = folded(posts(*({"text": text, "author": ""} for text in texts))), fold(word).strip()
    assert [held.wordings[n].strip() for n in held.said] == [fold(text).strip() for text in texts]
    if wanted and '"' not in word and " " not in wanted:
        expected = np.flatnonzero([wanted in fold(text) for text in texts])
        assert places(held, read_query(word)).tolist() == expected.tolist()
