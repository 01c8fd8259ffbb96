"""The word that decided is marked more strongly than a long run of weak ones, and no text becomes markup."""

import re

from analysis.report.marks import AGAINST, FOR, marked_text


def opacities(html: str) -> dict[str, float]:
    """How strongly is each marked piece coloured?"""
    found = re.findall(r"background:rgba\([\d,]+,([\d.]+)\)[^>]*>([^<]*)</span>", html)
    return {text: float(opacity) for opacity, text in found}


def test_strength_is_by_the_character() -> None:
    # 0.9 over one character against 1.8 over six: 0.9 and 0.3 a character
    found = opacities(marked_text([("误", 0.9), ("今天天气很好", 1.8)]))
    assert found == {"误": 0.6, "今天天气很好": 0.2}


def test_for_and_against_look_different_and_faint_pushes_stay_plain() -> None:
    html = marked_text([("好", 1.0), ("坏", -1.0), ("的", 0.05)])
    assert html.index(FOR) < html.index(AGAINST)
    assert "solid" in html and "dotted" in html
    assert opacities(html).keys() == {"好", "坏"}


def test_nothing_of_the_text_is_markup() -> None:
    html = marked_text([("<script>", 1.0), ("&amp;", 0.0), ("", 2.0)])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html and "&amp;amp;" in html
