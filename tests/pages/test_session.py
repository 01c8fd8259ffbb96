"""What of the session can be asked without a page?"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages import session
from pages.progress import time_left

ACTING = "\\`*_{}[]()#+-.!|<>~$:&@"
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # the punctuation that a backslash escapes, by CommonMark


@given(st.text(st.sampled_from(ACTING + "ab1 排\n"), max_size=20))
@example("![x](http://evil.example/y.png)")
@example(r"\<img src=x>")
@example("1. :red[danger] $x^2$ & www.evil.example ~~no~~ |a|b|")
def test_plain_text_acts_on_nothing_and_reads_as_it_was(text: str) -> None:
    shown = session.plain(text)
    # what Markdown takes for an escape is taken away, two characters at a time: nothing that acts is left
    assert not set(ESCAPED.sub("", shown)) & set(ACTING)
    assert "\n" not in shown
    assert ESCAPED.sub(r"\1", shown) == text.replace("\n", " ")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "about 5 s left"), (12, "about 10 s left"), (88, "about 90 s left"), (90, "about 2 min left")],
)
def test_the_time_left_is_told_in_steps_that_do_not_flicker(seconds: float, said: str) -> None:
    assert str(time_left(seconds)) == said
