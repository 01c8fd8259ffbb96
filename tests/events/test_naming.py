"""An event's name: its own words, settled, short, and nothing personal in it."""

import re
from typing import Any

import pandas as pd
import pytest
from frames import at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.events.describe import event_names

LATER = at(1000)
TALK = ["窗口排队两小时", "护士态度很好", "停车场没有位置", "取药等了很久", "今天挂号很顺利"]


def named(*rows: dict[str, Any], given: str = "") -> str:
    """What is the event called that holds these posts, among others of their time?"""
    others = [{"text": text, "author": f"路人{n}", "hour": -30 - n} for n, text in enumerate(TALK)]
    own = [{"author": f"甲{n}", "hour": n / 60, **row, "event_id": "e"} for n, row in enumerate(rows)]
    return name_in(*others, *own, given=given)


def name_in(*rows: dict[str, Any], given: str = "") -> str:
    told = [{name: value for name, value in row.items() if name != "event_id"} for row in rows]
    frame = posts(*told).assign(event_id=[str(row.get("event_id", "")) for row in rows])
    frame = frame.sort_values("published_at", kind="stable", ignore_index=True)
    return event_names(frame, ["e"], LATER, {"e": given} if given else {})["e"]


def tagged(tag: str, texts: list[str]) -> list[dict[str, Any]]:
    return [{"text": f"{tag}{text}"} for text in texts]


def test_a_hashtag_of_many_accounts_is_the_name() -> None:
    assert named(*tagged("#青禾产妇去世#", ["太惨了", "要真相", "谁来负责"])) == "青禾产妇去世"


def test_a_hashtag_of_one_account_is_not() -> None:
    rows = [
        {"text": f"#青禾产妇去世# {what}", "author": "甲"}
        for what in ("产妇大出血去世", "产妇没有人管", "产妇家属来了")
    ]
    assert named(*rows) != "青禾产妇去世"


@pytest.mark.parametrize("tag", ["#医院#", "#青禾市第一人民医院#", "#青禾身边事#", "#加群vx.com领取#"])
def test_a_hashtag_of_everything_is_not(tag: str) -> None:
    assert tag.strip("#") not in named(*tagged(tag, ["产妇大出血", "产妇去世了", "产妇家属来了"]))


def test_a_hashtag_that_others_use_as_much_is_not() -> None:
    texts = ["产妇大出血去世", "产妇去世家属来了", "产妇去世要真相"]
    others = [{"text": f"#青禾看病记录#{text}", "author": f"乙{n}", "hour": -n - 1} for n, text in enumerate(TALK)]
    own = [{**row, "author": f"甲{n}", "event_id": "e"} for n, row in enumerate(tagged("#青禾看病记录#", texts))]
    assert "产妇" in name_in(*others, *own)


def test_a_mediums_headline_is_the_name_up_to_a_clause() -> None:
    title = "29岁产妇剖宫产术后死亡 家属质疑抢救延误 院方：正在核实"
    rows = [
        {"title": title, "text": title, "platform": "news"},
        {"text": "产妇死亡，我姐姐吓哭了"},
        {"text": "抢救延误家属喊了三次"},
    ]
    assert named(*rows) == "29岁产妇剖宫产术后死亡 家属质疑抢救延误"


@pytest.mark.parametrize(
    "text",
    [
        "【青禾一院病历外泄】https://spam.example/x @张三 转发[怒]",
        "青禾一院病历外泄[怒][怒]😡//@李四:什么时候的事",
        "@青禾日报 青禾一院病历外泄！加微信 www.spam.com",
    ],
)
def test_links_accounts_emoticons_and_brackets_are_no_part_of_it(text: str) -> None:
    assert named({"text": text}) == "青禾一院病历外泄"


def test_where_no_clause_fits_the_terms_are_the_name() -> None:
    long = "医院病历泄露" * 5
    assert set(named({"text": long}).split("、")) == {"病历", "泄露", "医院"}


def test_where_there_are_no_terms_day_and_platform_are_the_name() -> None:
    assert named({"text": "？？", "hour": 30, "platform": "douyin"}) == "03-04 douyin"


def test_the_analysts_name_comes_first() -> None:
    assert named(*tagged("#青禾产妇去世#", ["太惨了", "要真相", "谁来负责"]), given="产妇事件") == "产妇事件"


def test_an_event_that_is_not_there_has_its_id_for_a_name() -> None:
    frame = posts({"hour": 5}).assign(event_id="e")
    assert event_names(frame, ["e", "f"], at(1), {}) == {"e": "e", "f": "f"}


@pytest.mark.parametrize("secret", ["王建国", "13912345678", "110101199003074518"])
def test_nothing_personal_is_in_a_name(secret: str) -> None:
    # The name stands bare in the headline; another post gives away whose it is.
    texts = [f"{secret}手术失误", f"#{secret}手术失误#手术失误", f"患者{secret}手术失误要真相"]
    rows = [{"text": f"#{secret}手术失误#{text}", "title": texts[0], "platform": "news"} for text in texts]
    assert secret not in named(*rows)
    assert secret[1:] not in named(*rows)


def test_the_name_does_not_change_after_the_300th_post() -> None:
    first = [{"text": f"病历外泄第{n}次", "hour": n, "author": f"甲{n}", "event_id": "e"} for n in range(300)]
    later = [{"text": "#停车费翻倍了#", "hour": 300 + n, "author": f"乙{n}", "event_id": "e"} for n in range(300)]
    other = [{"text": "病历外泄", "hour": 301 + n} for n in range(50)]
    assert name_in(*first) == name_in(*first, *later, *other)
    assert name_in(*first[:100]) == name_in(*first[:299])


SAID = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(["病历", "外泄", "护士", "手术", "排队", "@甲", "#停车费#", "，", "。", " ", "😡"]),
            max_size=9,
        ),
        st.sampled_from("甲乙丙丁"),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12, deadline=None)
@given(SAID, st.randoms())
def test_a_name_is_made_of_the_posts_words_whatever_their_order(
    said: list[tuple[list[str], str, int]], random: Any
) -> None:
    rows = [
        {"text": "".join(words), "author": author, "hour": hour, "event_id": "e", "post_id": f"q{n}"}
        for n, (words, author, hour) in enumerate(said)
    ]
    name = name_in(*rows)
    shuffled = random.sample(rows, len(rows))
    assert name_in(*shuffled) == name
    assert len(name) <= 24
    if not re.fullmatch(r"\d\d-\d\d \w+", name):
        everything = "\n".join(row["text"] for row in rows)
        assert all(piece in everything for piece in re.split(r"[、\s]", name))


def test_ids_and_times_are_all_that_is_needed_of_others() -> None:
    frame = posts({"text": "病历外泄了"}).assign(event_id="e")
    assert event_names(frame[frame["event_id"] == "e"], ["e"], pd.Timestamp(at(1)), {}) == {"e": "病历外泄了"}
