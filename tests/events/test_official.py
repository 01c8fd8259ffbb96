"""The hospital's own accounts: whole names alone, and an answer is counted from the first post by others."""

import pandas as pd
import pytest
from frames import posts

from analysis.events.official import answered_after, by_own_accounts, official_posts

OWN = ("青禾市第一人民医院", "Qinghe Hospital")


def after(*rows: tuple[float, str]) -> float | None:
    """How many hours until the answer, in an event of posts at these hours by these authors?"""
    frame = posts(*({"hour": hour, "author": author} for hour, author in rows))
    waited = answered_after(frame, by_own_accounts(frame, OWN))
    return None if waited is None else waited / pd.Timedelta(hours=1)


@pytest.mark.parametrize(
    "name", ["青禾市第一人民医院", "＠青禾市第一人民医院", " 青禾市 第一人民医院 ", "QINGHE　hospital"]
)
def test_width_case_and_spaces_do_not_matter(name: str) -> None:
    assert by_own_accounts(posts({"author": name}), OWN).tolist() == [True]


@pytest.mark.parametrize("name", ["青禾市第一人民医院急诊科", "第一人民医院", "", "甲"])
def test_a_part_of_a_name_is_another_account(name: str) -> None:
    assert by_own_accounts(posts({"author": name}), (*OWN, "")).tolist() == [False]


def test_the_answer_is_counted_from_the_first_post_by_others() -> None:
    assert after((1, "甲"), (2, "乙"), (7, OWN[0]), (9, OWN[0])) == 6
    assert after((1, "甲"), (2, "乙")) is None


def test_a_notice_that_began_the_talk_is_no_answer() -> None:
    assert after((0, OWN[0]), (2, "甲")) is None
    assert after((0, OWN[0]), (2, "甲"), (5, OWN[0])) == 3
    assert after((0, OWN[0]), (5, OWN[0])) is None


def test_official_posts_come_first_to_last_and_masked() -> None:
    rows = [(5, "情况通报：患者王建国已转院"), (3, "正在核实，电话13912345678")]
    frame = posts(*({"hour": hour, "author": OWN[0], "text": text} for hour, text in rows), {"hour": 4})
    said = official_posts(frame, by_own_accounts(frame, OWN))
    assert said["text"].tolist() == ["正在核实，电话139****5678", "情况通报：患者王**已转院"]
    assert list(said.columns) == ["published_at", "platform", "author", "text"]
