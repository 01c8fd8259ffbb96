"""Matching, safe cells and masked numbers, by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts.clean import normalised, spreadsheet_safe, text_keys
from analysis.posts.privacy import masked, masked_series


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ，你好！", "abc 你好"),
        ("看病\u200b难 http://t.cn/A6abc", "看病难"),
        ("转发说明//@张三: 医院打人 //@李四:是吗", "转发说明"),
        ("//@张三: 医院打人", "医院打人"),
        ("@协和医院 出来回应", "出来回应"),
        ("好  \n 的。。。", "好 的"),
        ("😀😀", "😀😀"),
        ("http://t.cn/A6abc", ""),
        ("醫院亂收費，看病難…", "医院乱收费 看病难"),
        ("ﾊﾞス①", "バス1"),
        ("한글 각", "한글 각"),
        ("❤️ ok\u0301", "❤ oḱ"),
        ("转发微博", "转发微博"),
        ("Repost", "repost"),
        ("", ""),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalised(pd.Series([text])).tolist() == [expected]


def test_keys_join_the_same_and_part_what_differs() -> None:
    keys = text_keys(pd.Series(["你好，世界", "你好 世界!", "你好", "😀", "https://a.cn/1", "https://a.cn/2"]))
    assert keys[0] == keys[1]
    assert keys.nunique() == 5
    assert keys.str.fullmatch("[0-9a-f]{16}").all()


def test_traditional_and_simplified_texts_have_one_key() -> None:
    keys = text_keys(pd.Series(["護士態度惡劣，掛號排隊三小時", "护士态度恶劣,挂号排队三小时", "护士态度很好"]))
    assert keys[0] == keys[1] != keys[2]


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_a_text_is_normalised_alike_among_others_and_alone(texts: list[str]) -> None:
    whole = [text.encode("utf-8", "ignore").decode() for text in texts]
    alone = [normalised(pd.Series([text], dtype="str"))[0] for text in whole]
    assert normalised(pd.Series(whole, dtype="str")).tolist() == alone


@settings(deadline=None)
@given(st.text())
def test_normalising_twice_changes_nothing_more_in_plain_words(text: str) -> None:
    plain = pd.Series([text.replace("@", "").replace("/", "").replace("www", "")])
    once = normalised(plain)
    assert once.dtype == "str"
    assert once[0] == once[0].strip()
    assert "  " not in once[0]


def test_formulas_are_text_in_a_spreadsheet() -> None:
    frame = pd.DataFrame({"text": ["=1+1", "+a", "-a", "@a", "\ta", "a\x07=b"], "likes": range(6)})
    safe = spreadsheet_safe(frame)
    assert safe["text"].tolist() == ["'=1+1", "'+a", "'-a", "'@a", "'\ta", "a=b"]
    assert safe["likes"].tolist() == frame["likes"].tolist()
    assert safe.dtypes.tolist() == frame.dtypes.tolist()
    assert spreadsheet_safe(pd.DataFrame({"a": ["\x01=1", "\r=1"]}))["a"].tolist() == ["'=1", "'\r=1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话13812345678找我", "电话138****5678找我"),
        ("电话+86 138 1234 5678找", "电话+86 138******5678找"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("身份证110101199003071233。", "身份证110***********1233。"),
        ("号11010119900307123X号", "号110***********123X号"),
        ("卡6222020200112233445急", "卡622************3445急"),
        ("卡6222 0202 0011 2233急", "卡622************2233急"),
        ("邮箱zhangsan@qq.com谢谢", "邮箱zha********.com谢谢"),
        ("邮箱ab@qq.com", "邮箱a****.com"),
        ("2024年3月15日花了12345元", "2024年3月15日花了12345元"),
        ("编号138123456789", "编号138123456789"),
        ("", ""),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert masked_series(pd.Series([text])).tolist() == [expected]


@settings(deadline=None)
@given(st.text(alphabet="0123456789 -@.aXx医１", max_size=60))
def test_masking_keeps_the_length_and_is_done_after_once(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert masked(masked(text)) == masked(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["a" * 1_000_000, "1" * 1_000_000, "a@" * 500_000, "6222 " * 200_000, "a." * 500_000])
def test_masking_is_linear(text: str) -> None:
    assert len(masked(text)) == len(text)
