"""Found posts are shown with the words marked, personal data masked, and nothing of them as markup."""

from __future__ import annotations

import html
import re

import pytest

from analysis.report.found import SHOWN, marked_posts
from tests.frames import posts


def texts(shown: str) -> list[str]:
    """What does a reader read in each card, above and below?"""
    return [html.unescape(part) for part in re.findall(r">([^<]*)", re.sub("</?mark[^>]*>", "", shown)) if part]


def marks(shown: str) -> list[str]:
    return [html.unescape(part) for part in re.findall(r"<mark[^>]*>([^<]*)</mark>", shown)]


def test_a_card_says_when_where_who_and_what() -> None:
    shown = marked_posts(posts({"hour": 1, "text": "護士很差"}, {"platform": "news", "title": "题"}), ["护士"], "en")
    assert texts(shown) == ["2025-03-03 01:00 · Weibo · 甲", "護士很差", "2025-03-03 00:00 · News site · 甲", "题 文"]
    assert marks(shown) == ["護士"]
    assert marked_posts(posts(), ["护士"], "en") == ""
    assert "微博" in marked_posts(posts({}).drop(columns="title"), [], "zh_CN")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<mark></mark></div><h1>",
    '"><svg/onload=alert(1)>',
    "&lt;b&gt; &amp;",
    "**bold** [a](javascript:alert(1)) ![x](http://e) $x$ :red[x]",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_a_post_is_markup(hostile: str) -> None:
    shown = marked_posts(posts({"text": hostile, "author": hostile}), ["script", "<", "&", "mark", "lt;"], "en")
    assert set(re.findall(r"</?(\w+)", shown)) <= {"div", "mark"}
    assert all(re.fullmatch(r'<(div|mark) style="[^"<>]*">|</(div|mark)>', tag) for tag in re.findall("<[^>]*>", shown))
    above, *parts = texts(shown)
    assert "".join(parts) == hostile
    assert above == f"2025-03-03 00:00 · Weibo · {hostile[:60]}"


def test_signs_that_turn_or_hide_text_are_gone_and_emoji_stay() -> None:
    shown = marked_posts(
        posts({"text": "a\u202eb\x00c\u200bd\n\n\ne 👨\u200d⚕️", "author": "甲\u202e乙"}), ["bcd"], "en"
    )
    assert texts(shown) == ["2025-03-03 00:00 · Weibo · 甲乙", "abcd e 👨\u200d⚕️"]
    assert marks(shown) == ["bcd"]


def test_personal_data_are_masked_before_anything_is_marked() -> None:
    post = posts({"text": "请打13812345678找我", "author": "电话13812345678"})
    shown = marked_posts(post, ["13812345678", "1234"], "en")
    assert texts(shown) == ["2025-03-03 00:00 · Weibo · 电话138****5678", "请打138****5678找我"]
    assert marks(shown) == []


def test_a_long_text_is_cut_around_what_was_found() -> None:
    shown = marked_posts(posts({"text": "前" * 50_000 + "护士" + "后" * 50_000}), ["护士"], "en")
    assert texts(shown)[1] == "…" + "前" * 60 + "护士" + "后" * (SHOWN - 62) + "…"
    assert marks(shown) == ["护士"]
    assert texts(marked_posts(posts({"text": "前" * 400}), ["护士"], "en"))[1] == "前" * SHOWN + "…"
    assert texts(marked_posts(posts({"text": "前" * 300 + "护士"}), ["护士"], "en"))[1] == "…" + "前" * 298 + "护士"


@pytest.mark.parametrize("before", [0, 2, 238, 239, 250, 1000])
def test_no_cut_lets_a_number_through(before: int) -> None:
    text = "前" * before + "护士" + "，" * 237 + "13812345678" + "后" * 3000
    shown = marked_posts(posts({"text": text}), ["护士"], "en")
    assert not re.search(r"\d{5}", texts(shown)[1])  # three digits and four may stay, and no more in a row
