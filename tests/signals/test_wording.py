"""The words and posts that explain a burst: what sets it apart, once a wording, nothing personal, nothing later."""

import numpy as np
import pandas as pd
import pytest
from frames import at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.wording import explained, telling, telling_terms

# Ten different everyday remarks, and nine about something new.
DAILY = [f"医院门口{what}" for what in ["停车", "排队", "买饭", "打车", "问路", "聊天", "下雨", "看书", "散步", "等人"]]
NEWS = [f"{who}说病历外泄了" for who in ["同学", "邻居", "司机", "老师", "朋友", "亲戚", "老板", "学生", "会计"]]


def burst(first: int, last: int, of: str = "posts", still: bool = False) -> pd.DataFrame:
    times = {"onset": at(first), "peak": at(first), "end": at(last)}
    return pd.DataFrame([{"of": of, **times, "strength": 9.0, "running": still}])


def said(texts: list[str], hour: int, **shared: object) -> list[dict[str, object]]:
    return [{"text": text, "hour": hour, "topic": "other", "sentiment": "neutral", **shared} for text in texts]


def terms(inside: list[str], before: list[str]) -> tuple[str, ...]:
    return telling_terms(pd.Series(inside, dtype="str"), pd.Series(before, dtype="str"))


def test_words_that_are_new_tell_and_words_that_are_always_there_do_not() -> None:
    found = terms([f"医院{text}" for text in NEWS], DAILY)
    assert {"病历", "外泄"} <= set(found)
    assert not {"医院", "门口", "停车"} & set(found)


def test_the_log_odds_are_those_of_monroe_and_others() -> None:
    # A word that general Chinese does not have (a hashtag) in 4 of 8 words inside and in 1 of 12 before: prior
    # 0.1·5 + 0.01 = 0.51, its rest 0.1·20 + 5000 words of general Chinese; δ = ln(4.51/5005.49) − ln(1.51/5012.49),
    # = −7.0120 + 8.1076; σ² = 1/4.51 + 1/1.51; z = 1.0956 / 0.9402
    inside = [("#事#", "甲")] * 4
    before = [("#事#",), *[("乙",)] * 11]
    weights = telling(inside * 2, before * 2)
    x, y, rest = 8 + 1.01, 2 + 1.01, 0.1 * 40 + 5000
    delta = np.log(x / (16 + rest - x)) - np.log(y / (24 + rest - y))
    assert weights["#事#"] == pytest.approx(delta / np.sqrt(1 / x + 1 / y))
    assert "#事#" not in telling(inside, before)  # z = 1.17 is too little


def test_a_text_copied_thousands_of_times_counts_once() -> None:
    copied = ["广告优惠酬宾大甩卖"] * 5_000
    assert terms([*NEWS, *copied], DAILY) == terms([*NEWS, *copied[:1]], DAILY)
    rows = posts(*said(DAILY, 0), *said(NEWS, 30))
    many = pd.concat([rows, *[rows.tail(1)] * 300], ignore_index=True)
    (once,), (often,) = (explained(burst(30, 31), frame, at(40)) for frame in (rows, many))
    assert once.terms == often.terms
    assert once.posts["text"].tolist() == often.posts["text"].tolist()


def test_a_copy_with_something_put_before_or_behind_is_no_new_wording() -> None:
    copies = [
        f"{mood}，医院食堂的包子涨价到五块钱一个了，{end}"
        for mood in ["唉", "哦", "嗯", "哎"]
        for end in ["气", "烦", "累"]
    ]
    assert "包子" not in terms([*NEWS, *copies], DAILY)


def test_a_hashtag_stays_whole_and_counts_in_altered_copies() -> None:
    tagged = [f"{text} #青禾病历外传#" for text in NEWS]
    assert "#青禾病历外传#" in terms(tagged, DAILY)


@pytest.mark.parametrize(
    "text",
    ["我们就是这样", "12345 2024 120", "的 了 吗 呢", "电话13812345678", "身份证110101199003078515", "a@b.cn @某某"],
)
def test_stop_words_numbers_single_characters_and_personal_data_are_no_terms(text: str) -> None:
    found = terms([f"{who}，{text}" for who in ["同学", "邻居", "司机", "老师", "朋友"]] * 4, DAILY)
    assert not [word for word in found if any(c.isdigit() for c in word) or len(word) < 2 or word in "我们就是这样"]


def test_quoted_posts_are_not_what_is_said() -> None:
    assert "涨价" not in terms([f"{text}//@某人:食堂涨价" for text in NEWS], DAILY)


def test_a_burst_is_explained_by_its_own_posts_and_the_week_before() -> None:
    rows = posts(*said(DAILY, 0), *said(NEWS, 30), *said(["食堂着火啦"], 60))
    (found,) = explained(burst(30, 31), rows, at(100))
    assert {"病历", "外泄"} <= set(found.terms)
    assert (found.of, found.onset, found.end, found.running) == ("posts", at(30), at(31), False)
    assert list(found.posts.columns) == ["published_at", "platform", "author", "text"]
    assert len(found.posts) == 3
    assert found.posts["text"].isin(NEWS).all()


def test_the_three_posts_say_different_things() -> None:
    # "病历外泄" is the talk of nine, "医保停用" of four: the second post adds what the first did not say
    other = [f"{who}讲医保停用" for who in ["护士", "保安", "记者", "工人"]]
    rows = posts(*said(DAILY, 0), *said(NEWS, 30), *said(other, 31))
    (found,) = explained(burst(30, 31), rows, at(100))
    assert any("医保" in text for text in found.posts["text"])
    assert any("病历" in text for text in found.posts["text"])


def test_negative_bursts_are_explained_by_negative_posts() -> None:
    rows = posts(*said(DAILY, 0), *said(NEWS, 30, sentiment="negative"), *said(["食堂包子好吃"], 30))
    (found,) = explained(burst(30, 31, "negative"), rows, at(100))
    assert found.posts["text"].isin(NEWS).all()


def test_telephone_numbers_are_masked_in_the_posts() -> None:
    rows = posts(*said(["打13812345678找病历贩子"], 30))
    (found,) = explained(burst(30, 31), rows, at(100))
    assert found.posts["text"].tolist() == ["打138****5678找病历贩子"]


def test_no_burst_and_no_posts_give_nothing() -> None:
    assert explained(burst(0, 1).iloc[:0], posts(*said(DAILY, 0)), at(9)) == ()
    (found,) = explained(burst(30, 31), posts(*said(DAILY, 0)), at(40))
    assert (found.terms, len(found.posts)) == ((), 0)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([*DAILY, *NEWS])), min_size=1, max_size=40), st.randoms())
def test_later_posts_and_the_order_of_rows_change_nothing(said_at: list[tuple[int, str]], random: object) -> None:
    rows = posts(*({"hour": hour, "text": text} for hour, text in said_at))
    seen = rows[rows["published_at"] <= at(40)]
    shuffled = rows.sample(frac=1, random_state=random.randrange(1000))  # type: ignore[attr-defined]
    told = [explained(burst(30, 40, still=True), frame, at(40)) for frame in (seen, rows, shuffled)]
    for (one,), (other,) in ((told[0], told[1]), (told[0], told[2])):
        assert one.terms == other.terms
        pd.testing.assert_frame_equal(one.posts, other.posts)
