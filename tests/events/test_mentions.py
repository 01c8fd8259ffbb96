"""Places, departments and persons: what two different texts name, private names never whole."""

import pandas as pd
import pytest

from analysis.events.mentions import Mentions, mentions
from analysis.posts.privacy import masked_series


def of(*texts: str) -> Mentions:
    return mentions(masked_series(pd.Series(texts, dtype="str")))


def twice(text: str) -> Mentions:
    """What is named by two texts that differ in one word?"""
    return of(f"{text}。昨天", f"{text}。今天")


def test_what_one_text_names_is_not_told() -> None:
    assert of("武汉的王主任在儿科", "今天排队") == Mentions((), (), ())


def test_most_named_comes_first() -> None:
    found = of("武汉和长沙", "武汉下雨", "长沙天晴", "在武汉")
    assert found.places == ("武汉", "长沙")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我在青禾市柳溪区住", {"青禾市", "柳溪区"}),
        ("送到了青禾市第一人民医院", {"青禾市第一人民医院"}),
        ("武汉市有雨", {"武汉"}),
        ("堵在解放路上", {"解放路"}),
        ("南京路上人多", {"南京路"}),
        ("吃了个三明治", set()),
        ("逛超市然后走路回小区", set()),
        ("公立医院和三甲医院", set()),
        ("昨天下午三点推进市里", set()),
    ],
)
def test_places(text: str, names: set[str]) -> None:
    assert set(twice(text).places) >= names
    assert names or not twice(text).places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ICU满了", ("重症医学科",)),
        ("在甲乳外科看病", ("甲乳外科",)),
        ("妇产科的医生", ("妇产科",)),
        ("转到神经内科", ("神经内科",)),
        ("他是本科学历，学的文科", ()),
    ],
)
def test_departments_by_their_usual_names(text: str, names: tuple[str, ...]) -> None:
    assert twice(text).departments == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("找王主任看的", ("王主任",)),
        ("院长王建国表示歉意", ("王院长",)),
        ("骨科于医生做的", ("于医生",)),
        ("患者王建国投诉", ("王某",)),
        ("陈某某被拘留", ("陈某",)),
        ("家属李女士说", ("李女士",)),
        ("向医生求助，感谢医生", ()),
        ("于某医院就诊，产妇和家属都在", ()),
    ],
)
def test_persons(text: str, names: tuple[str, ...]) -> None:
    assert twice(text).persons == names


def test_a_private_name_stays_private_where_masking_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANPAN_SHOW_PERSONAL", "1")
    assert twice("患者王建国投诉").persons == ("王某",)


def test_a_name_of_an_account_names_nobody() -> None:
    assert twice("@王主任说健康 大家好").persons == ()
