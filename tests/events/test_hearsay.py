"""Hearsay and refutation: counted by words, a refutation is no rumour, a demand for one is no refutation."""

import pytest
from frames import posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.hearsay import shares


def of(*texts: str, **told: str) -> tuple[float, float]:
    return shares(posts(*({"text": text, **told} for text in texts)))


def test_the_shares_are_of_all_posts() -> None:
    said = of("网传医院出事了", "听说死了人", "警方辟谣：系误传", "今天去看病", "排队两小时", "挂不上号")
    assert said == pytest.approx((2 / 6, 1 / 6))


def test_a_post_that_refutes_is_no_rumour() -> None:
    assert of("网传医院封楼是谣言") == (0, 1)


@pytest.mark.parametrize(
    "text", ["求辟谣", "医院怎么还不出来辟谣", "这不是谣言，我亲眼看见的", "真的假的？", "是谣言吗"]
)
def test_a_doubt_or_a_demand_refutes_nothing(text: str) -> None:
    assert of(text)[1] == 0


@pytest.mark.parametrize(
    "text", ["该消息不实", "系编造的聊天截图", "没有此事", "救护车集结系演练，无人受伤", "假的！别再转了"]
)
def test_refutations_are_seen(text: str) -> None:
    assert of(text) == (0, 1)


def test_what_the_title_says_counts() -> None:
    assert of("详情见下", title="网传医院封楼") == (1, 0)


def test_no_posts_have_no_share() -> None:
    assert shares(posts()) == (0, 0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("网传辟谣听说不实求是假的吗，。", max_size=12), min_size=1, max_size=6))
def test_the_two_shares_never_add_up_to_more_than_all(texts: list[str]) -> None:
    rumour, refuted = of(*texts)
    assert 0 <= rumour <= rumour + refuted <= 1
