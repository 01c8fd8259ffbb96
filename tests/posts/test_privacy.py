"""What is personal, what is public, and how it reads when it is masked."""

import time
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts.privacy import Personal, counted, found, masked, masked_series

# Every number is made up.
MASKED = [
    ("打138-0013-8000找我", "打138******8000找我"),
    ("打138.0013.8000找我", "打138******8000找我"),
    ("打１３８ ００１３ ８０００", "打１３８******８０００"),
    ("138\u200b00138000", "138*****8000"),
    ("家里0571-88881234没人接", "家里057******1234没人接"),
    ("（0571）88881234", "（05*******1234"),
    ("座机88231234", "座机882*1234"),
    ("身份证110101 19900307 123X", "身份证110*************123X"),
    ("证件110101900307123", "证件110********7123"),
    ("护照E12345678", "护照E12**5678"),
    ("4111111111111111", "411*********1111"),
    ("卡6222 0202 0011 2233急", "卡622************2233急"),
    ("病历号：00123456", "病历号：******56"),
    ("住院号ZY20230012", "住院号********12"),
    ("就诊卡号 M0012345", "就诊卡号 ******45"),
    ("浙A12345堵在门口", "浙A****5堵在门口"),
    ("浙A·D12345", "浙A******5"),
    ("浙A1234警", "浙A****警"),
    ("文三路88号3幢2单元501室", "文三路************"),
    ("阳光小区5-2-301", "阳光小区*******"),
    ("家住文三路88号", "家住文三路***"),
    ("微信号：abc_123", "微信号：a*****3"),
    ("加QQ 12345678", "加QQ 1******8"),
    ("vx:zhang2024", "vx:z*******4"),
    ("发到a@qq.com", "发到a***.com"),
    ("患者王建国昨天出院", "患者王**昨天出院"),
    ("患者王芳的丈夫", "患者王*的丈夫"),
    ("我叫欧阳雪，今年五岁", "我叫欧阳*，今年五岁"),
    ("姓名：赵敏 性别：女", "姓名：赵* 性别：女"),
    ("我妈妈陈桂芳住院了", "我妈妈陈**住院了"),
    ("女儿叫郑雨桐，八岁", "女儿叫郑**，八岁"),
    ("王建国，男，56岁", "王**，男，56岁"),
]
PUBLIC = [
    "拨打400-123-4567",
    "客服800 8100 888",
    "打12345投诉，急救120，报警110",
    "地址：文三路88号",
    "文三路88号门诊楼3楼",
    "门诊3楼305诊室",
    "2019-2020-2021-2022",
    "订单号202412345678901234",
    "https://m.weibo.cn/detail/4111111111111111",
    "微博4111111111111111",
    "1714521600000",
    "138****5678",
    "投资13800000000元",
    "国药准字H20123456",
    "沪A指数12345",
    "N95口罩",
    "微信app崩了，QQ音乐也是",
    "病历号不记得",
    "患者王某某和家属张女士",
    "病人刘某不在",
    "医生王建国态度好，感谢护士长陈晓燕",
    "患者王建国医生",
    "患者高兴，患者安全，患者方便，患者成功出院",
    "病人家属，家属黄了脸",
    "我叫号，我叫了救护车，我叫他来",
    "患者江苏人，患者武汉返乡，患者华山医院就诊",
    "//@小许的朋友:钟南山说得好",
    "患者于昨日出院，患者何时能报销",
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_personal_data_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert masked(expected) == expected


def test_a_number_in_words_is_masked() -> None:
    assert masked("电话一三八零零一三八零零零，急") == "电话一三八****八零零零，急"


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_or_only_looks_personal_stays(text: str) -> None:
    assert masked(text) == text


def test_places_and_kinds_are_told_in_order() -> None:
    text = "患者王芳，浙A12345，13800138000"
    assert found(text) == [(2, 4, Personal.NAME), (5, 12, Personal.PLATE), (13, 24, Personal.MOBILE)]


def test_a_post_id_is_masked_only_if_its_check_digit_makes_it_a_card() -> None:
    assert found("4111111111111111")[0][2] is Personal.BANK_CARD
    assert found("4111111111111112") == []
    assert found("银行卡4111111111111112")[0][2] is Personal.BANK_CARD


def test_each_kind_is_counted_and_absent_ones_are_left_out() -> None:
    texts = pd.Series(["13800138000和13900139000", "患者王芳", "没有"])
    assert counted(texts) == {"mobile": 2, "name": 1}
    assert counted(pd.Series([], dtype="str")) == {}


def test_a_series_keeps_its_index() -> None:
    shown = masked_series(pd.Series(["13800138000", "好"], index=[7, 3]))
    assert shown.index.tolist() == [7, 3]
    assert shown.tolist() == ["138****8000", "好"]
    assert shown.dtype == "str"


@pytest.mark.parametrize(("value", "shown"), [("1", "13800138000"), ("0", "138****8000"), ("", "138****8000")])
def test_a_setting_shows_everything(monkeypatch: pytest.MonkeyPatch, value: str, shown: str) -> None:
    monkeypatch.setenv("YANPAN_SHOW_PERSONAL", value)
    assert masked("13800138000") == shown
    assert masked_series(pd.Series(["13800138000"])).tolist() == [shown]
    assert counted(pd.Series(["13800138000"])) == {"mobile": 1}


@settings(deadline=None)
@given(st.text(alphabet="0123456789 -.()@aXx一三八患者我叫王建国浙A微信号路幢室\u200b８", max_size=60))
def test_masking_keeps_the_length_and_spans_do_not_overlap(text: str) -> None:
    spans = found(text)
    assert len(masked(text)) == len(text)
    assert all(0 <= start < end <= len(text) for start, end, _kind in spans)
    assert all(one[1] <= next_one[0] for one, next_one in pairwise(spans))


UNITS = [
    *("1", "1 ", "138 ", "0571-", "1-2-", "*1", "@", "a@", "a.", " ", "浙A", "路", "路1号", "号", "微信"),
    *("一", "患者", "患者王", "我叫", "，男"),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    UNITS,
)
def test_the_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        begin = time.process_time()
        masked((unit * size)[:size])
        return time.process_time() - begin

    seconds(1000)
    small, large = seconds(100_000), seconds(1_000_000)
    assert large < 5, "a megabyte must not hold the desk up"
    assert large < 40 * max(small, 0.01), "ten times the text must not take much more than ten times as long"
