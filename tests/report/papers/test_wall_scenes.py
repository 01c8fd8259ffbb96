"""Does a scene on the wall stay within the board, harm nobody, and tell its level by more than a colour?"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import NASTY, nasty_story, story

from analysis.language import LANGUAGES, Text
from analysis.report.papers.blocks import Lines, Scene, Table
from analysis.report.papers.house import House
from analysis.report.papers.stage import foot_html, ink_on, message_html, scene_html
from analysis.report.papers.stage_fit import BOARD, CUTS, SIZES, chart_of, fit, height, places, words_of

HOUSE = House(hospital="市第一医院")
WORDS = st.text(alphabet="字 aW1。😀\n<", max_size=300).map(Text)


def spoken(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scene_tells_title_level_lead_and_words_and_its_figures_their_source(language: str) -> None:
    told = story()
    scene = told.scenes[0]
    html = scene_html(scene, told, HOUSE, language)
    for text in (scene.title, told.level_name, scene.lead):
        assert "".join(text.to(language).split()) in "".join(spoken(html).split())
    assert "◔" in html  # by its mark and name, too
    assert re.search(r'<span title="[^"]+">1,284</span>', html)


@pytest.mark.parametrize("word", NASTY)
def test_words_of_posts_are_written_and_never_obeyed(word: str) -> None:
    told = nasty_story(word)
    for scene in told.scenes:
        html = scene_html(scene, told, House(hospital=word), "zh_CN") + foot_html(told, HOUSE, "zh_CN", 1, 5)
        assert "<script" not in html and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", html)
        html.encode()
        assert not re.search(r"<(?!/?(section|div|span|table|thead|tbody|tr|th|td|colgroup|col)\b)", html)


@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans(), st.sampled_from(["zh_CN", "en"]))
@settings(max_examples=20, deadline=None)
def test_lines_are_set_as_large_as_they_fit_and_never_higher_than_their_place(
    texts: list[Text], points: bool, language: str
) -> None:
    scene = Scene("questions", Text("t"), Text("l"), (Lines(tuple(texts), points),))
    box, chart = places(scene, language)
    assert box is not None and chart is None
    found = fit(scene.blocks, box, language)
    assert found.size in SIZES and height(scene.blocks, found, box.width, language) <= box.height
    larger = [size for size in SIZES if size > found.size]
    assert not larger or height(scene.blocks, replace(found, size=larger[-1], cut=CUTS[0]), box.width, language) > (
        box.height
    )


def test_a_long_table_is_cut_and_says_so() -> None:
    table = Table(
        Text("t"), (Text("a"), Text("b")), tuple((Text("字" * 200), Text(str(n))) for n in range(40)), (0.9, 0.1)
    )
    scene = Scene("events", Text("t"), Text("l"), (table,))
    box, _none = places(scene, "en")
    assert box is not None
    found = fit(scene.blocks, box, "en")
    assert (found.size, found.cut) == (SIZES[-1], 1) and height(scene.blocks, found, box.width, "en") <= box.height
    # 788 pixels; a row is 28 × (1.32 + 0.46) + 2 = 51.84 high: 15 fit, and head and "and n more" take two of them.
    assert found.rows == 13 and "and 27 more" in scene_html(scene, story(), HOUSE, "en")


def test_a_chart_stands_beside_the_words_and_alone_on_the_whole_width() -> None:
    scene = story().scenes[0]
    words, chart = places(scene, "en")
    assert words and chart and chart_of(scene) and words_of(scene)
    assert words.left + words.width < chart.left and chart.left + chart.width < BOARD[0]
    none, whole = places(replace(scene, blocks=scene.blocks[:1]), "en")
    assert none is None and whole and whole.width > chart.width
    for box in (words, chart, whole):
        assert box.top + box.height <= BOARD[1] - 60


def test_the_foot_says_whose_when_which_and_that_it_is_not_in_force() -> None:
    foot = spoken(foot_html(story(), HOUSE, "en", 2, 8, draft=True))
    for part in ("市第一医院", "As of 2025-03-04 09:59", "Scene 2 of 8", "Synthetic data", "not in force"):
        assert part in foot
    assert "not in force" not in foot_html(story(), HOUSE, "en", 2, 8)


def test_the_ink_on_a_level_is_read_and_a_mistake_is_told_with_a_way_out() -> None:
    assert (ink_on("#E8B923"), ink_on("#C4164A"), ink_on("#FFFFFF")) == ("#000000", "#FFFFFF", "#000000")
    assert "<b>" not in message_html(Text("<b>no</b>"), "en")
    assert "Press Esc" in message_html(Text("no"), "en")


def test_a_colour_that_is_none_is_grey() -> None:
    html = scene_html(story().scenes[0], replace(story(), colour="red;}"), replace(HOUSE), "en")
    assert "red;}" not in html and "#76828E" in html
