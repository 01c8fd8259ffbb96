"""What of the session can be asked without a page?"""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from pages import session

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
