"""Grave claims are found by words that a person can check, and not where they are denied."""

import pandas as pd
import pytest

from analysis.classify.claims import PATTERNS, claims
from analysis.schema import Claim

SAID = {
    "death_blamed": [
        "我爸昨晚在市一院没救回来，家属要求封存病历，讨个说法",
        "产妇大出血死亡，医院延误抢救谁负责？",
        "人没了，就因为误诊",
    ],
    "attack_on_staff": [
        "急诊门口有人持刀砍伤了医生",
        "护士被家属扇耳光，保安都不敢拦",
        "又见医闹！主任被围攻两小时",
    ],
    "records_leaked": [
        "几百份病历照片流出，姓名电话全在上面",
        "谁把我的检查报告转发到群里的？",
        "患者信息被卖给中介",
    ],
    "": [
        "排队两个小时，态度太差",
        "警方通报：网传产妇死亡系误诊的说法不实，已辟谣",
        "医院发布声明：病历泄露一事系谣传",
        "今天演练持刀伤医处置，保安和医生都很专业",
        "虚惊一场，网上说的病历外泄没有此事",
        "爷爷病逝了，谢谢医生这段时间的照顾",
        "医生今天给我做了检查报告的讲解",
        "",
    ],
}


@pytest.mark.parametrize(("claim", "text"), [(claim, text) for claim, texts in SAID.items() for text in texts])
def test_a_sentence_makes_its_claim(claim: str, text: str) -> None:
    assert claims(pd.Series([text], dtype="str")).tolist() == [claim]


def test_every_claim_of_a_profile_can_be_found() -> None:
    assert set(PATTERNS) == set(Claim) == {claim for claim in SAID if claim}


def test_of_two_claims_the_gravest_counts() -> None:
    both = pd.Series(["死亡原因是误诊，家属打伤了医生"], dtype="str")
    assert claims(both).tolist() == ["death_blamed"]


def test_the_index_stays_and_no_text_is_no_claim() -> None:
    found = claims(pd.Series(["人没了，误诊", "好"], index=[9, 4], dtype="str"))
    assert found.to_dict() == {9: "death_blamed", 4: ""}
    assert claims(pd.Series([], dtype="str")).tolist() == []
