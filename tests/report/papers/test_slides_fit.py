"""Does text on slides fit its box, and is nothing lost unnoticed?"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from analysis.report.papers.slides_fit import (
    INDENT,
    LEADING,
    Para,
    _wrapped,
    fitted,
    height_of,
    lines_of,
    shortened,
    width_of,
)

WORDS = st.text(st.sampled_from("字，。（“1aW .-👩\u200d"), max_size=60)
ARIAL = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")  # as wide as Arial


def test_a_chinese_sign_is_as_wide_as_high():
    assert width_of("急诊排队") == 4


def test_lines_are_filled_to_their_end_and_a_bit_is_kept_free():
    assert lines_of("字" * 9, 10) == 1
    assert lines_of("字" * 10, 10) == 2  # 96% of a line can be used
    assert lines_of("字" * 19, 10) == 3


def test_a_line_neither_begins_with_a_stop_nor_breaks_a_number():
    assert _wrapped("共监测到相关信息，其中", 8.5, False) == ["共监测到相关信", "息，其中"]
    assert _wrapped("约 1,284 条", 3.5, False) == ["约 ", "1,284 ", "条"]


def test_a_word_longer_than_a_line_is_broken():
    assert lines_of("W" * 20, 10.5) == 2


def test_what_is_cut_says_so():
    assert shortened("字" * 20, 10, 2) == "字" * 17 + "…"
    assert shortened("字" * 18, 10, 2) == "字" * 18


@given(WORDS, st.floats(2, 30), st.integers(1, 4))
@settings(max_examples=20)
def test_shortened_text_takes_no_more_lines_and_begins_alike(text, room, lines):
    short = shortened(text, room, lines)
    assert lines_of(short, room) <= lines
    assert short == text or text.startswith(short.removesuffix("…").rstrip())


@given(WORDS, st.floats(2, 30))
@settings(max_examples=20)
def test_breaking_loses_nothing(text, room):
    assert "".join(_wrapped(text, room, False)) == text


def test_paragraphs_become_smaller_before_they_are_cut():
    para = Para("字" * 30, 20, 10)  # at 20 points 3 inches hold 10 signs: 3 lines
    assert height_of([para], 3) == pytest.approx(3 * 20 * LEADING / 72)
    whole = fitted([para], 3, 2)
    assert (whole.paras, whole.cut) == ((para,), False)
    small = fitted([para], 3, 0.8)
    assert small.paras[0].size < 20 and small.paras[0].text == para.text and not small.cut
    cut = fitted([para], 3, 0.2)
    assert cut.paras[0].size == 10 and cut.paras[0].text.endswith("…") and cut.cut


@given(st.lists(WORDS, min_size=1, max_size=5), st.floats(2, 10), st.floats(0.3, 4))
@settings(max_examples=20)
def test_what_was_fitted_fits(texts, width, height):
    found = fitted([Para(text, 24, 12, point=True, gap=4) for text in texts], width, height)
    assert height_of(found.paras, width) <= height or len(found.paras) == 1


def test_points_of_a_list_have_less_room():
    text = "字" * 9  # 9 signs of 20 points: 2.5 inches
    assert height_of([Para(text, 20, 10)], 2.7) < height_of([Para(text, 20, 10, point=True)], 2.7 + INDENT / 2)


@pytest.mark.skipif(not ARIAL.exists(), reason="no typeface as wide as Arial is installed")
@pytest.mark.parametrize(
    "text",
    ["1,284 posts, 42% of them negative.", "The leading group meets; WHO and how?", "03-04 14:00", "illicit filling"],
)
def test_latin_words_are_not_wider_than_estimated(text):
    real = ImageFont.truetype(str(ARIAL), 100).getlength(text) / 100
    assert real <= width_of(text) <= 1.4 * real
