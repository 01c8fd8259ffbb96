"""An unknown export is mapped by similar names and by what its columns hold, and every guess says why."""

from collections.abc import Sequence

import pytest

from analysis.posts.kinds import Kind
from analysis.posts.mapping import Evidence, How, fingerprint, header_position, headerless, mapped, proposed

DAYS = [f"2024-03-{day:02d} 08:00" for day in range(1, 7)]
LATER = [f"2024-03-{day:02d} 09:30" for day in range(1, 7)]
TEXTS = [f"门诊排队等了{number}个小时，没有人管" for number in range(6)]
SHORT = [f"排队{number}小时" for number in range(6)]
NUMBERS = ["3", "12", "1.2万", "0", "7", "40"]
LINKS = [f"https://weibo.com/1/{number}" for number in range(6)]
IDS = [f"66fad51c00000000{number:08x}aabbccddeeff00112233445566" for number in range(6)]
EMPTY = [""] * 6


def found(given: dict[str, str] | None = None, **columns: Sequence[str]) -> dict[str, Evidence]:
    """What is proposed for these columns of six cells?"""
    evidence = proposed(list(columns), list(zip(*columns.values(), strict=True)), given)
    return {item.column: item for item in evidence}


def test_a_similar_name_counts_when_its_cells_agree() -> None:
    item = found(帖子发布时间点=EMPTY, 发布的时间=DAYS, 正文=TEXTS)["published_at"]
    assert (item.header, item.how) == ("发布的时间", How.SIMILAR)
    assert str(item.detail) == 'similar to "发布时间" (0.89)'
    assert "published_at" not in found(发布的时间=SHORT, 正文=TEXTS)


def test_names_that_are_like_ours_and_are_not() -> None:
    answer = found(
        发布时间=DAYS,
        正文=TEXTS,
        关注数=NUMBERS,
        收藏数=NUMBERS,
        源用户昵称=SHORT,
        用户id=IDS,
        更新时间=LATER,
        头像链接=LINKS,
    )
    assert set(answer) == {"published_at", "text"}


def test_without_any_name_the_cells_tell() -> None:
    columns = {"Column 1": IDS, "Column 2": DAYS, "Column 3": ["浙江", "IP属地：广东", "北京市", "四川", "", "上海"]}
    columns |= {"Column 4": TEXTS, "Column 5": LINKS, "Column 6": ["微博", "抖音", "新浪微博", "微信", "知乎", "微博"]}
    answer = found(**columns, **{"Column 7": NUMBERS, "Column 8": ["甲", "乙", "丙", "丁", "戊", "己"]})
    assert mapped(tuple(answer.values())) == {
        "published_at": "Column 2",
        "platform": "Column 6",
        "region": "Column 3",
        "text": "Column 4",
        "url": "Column 5",
    }
    assert {item.how for item in answer.values()} == {How.CONTENT}
    assert str(answer["text"].detail) == "longest free text: 15 characters on average"
    assert str(answer["published_at"].detail) == "its cells are times"


def test_which_counter_a_nameless_column_is_is_never_guessed() -> None:
    answer = found(**{"Column 1": DAYS, "Column 2": TEXTS, "Column 3": NUMBERS, "Column 4": NUMBERS})
    assert set(answer) == {"published_at", "text"}


def test_of_several_times_the_earliest_is_published_and_only_when_it_is_clear() -> None:
    item = found(**{"Column 1": LATER, "Column 2": DAYS, "Column 3": TEXTS})["published_at"]
    assert (item.header, str(item.detail)) == ("Column 2", "its cells are the earliest of 2 columns of times")
    mixed = [*DAYS[:3], *LATER[3:]]
    other = [*LATER[:3], *DAYS[3:]]
    assert "published_at" not in found(**{"Column 1": mixed, "Column 2": other, "Column 3": TEXTS})


def test_a_known_name_whose_cells_say_otherwise_gives_way_and_is_named() -> None:
    answer = found(时间=SHORT, 入院时间点=DAYS, 内容=EMPTY, 摘要=TEXTS, 地址=["西湖区某路"] * 6)
    assert (answer["published_at"].header, answer["text"].header) == ("入院时间点", "摘要")
    told = str(answer["published_at"].detail)
    assert told == 'its cells are times; "时间" is not used: only 0% of its cells are times'
    assert str(answer["text"].detail) == 'known header; "内容" is not used: it is empty in the first 6 rows'
    assert (answer["url"].header, str(answer["url"].detail)) == (
        "",
        '"地址" is not used: only 0% of its cells are links',
    )
    assert "url" not in mapped(tuple(answer.values()))


def test_numbers_under_the_name_of_the_text_are_kept_only_when_nothing_else_is_there() -> None:
    assert found(发布时间=DAYS, 内容=NUMBERS, 摘要=TEXTS)["text"].header == "摘要"
    item = found(发布时间=DAYS, 内容=NUMBERS)["text"]
    assert (item.header, str(item.detail)) == ("内容", "known header, but it holds counts")


def test_comments_that_are_sentences_are_no_counter_and_may_be_the_text() -> None:
    answer = found(发布时间=DAYS, 评论=TEXTS)
    assert answer["text"].header == "评论" and "comments" not in answer


def test_a_title_is_the_text_and_a_shorter_remark_is_not() -> None:
    answer = found(发布时间=DAYS, 标题=TEXTS, 其它说明=SHORT)
    assert answer["title"].header == "标题" and "text" not in answer


def test_network_addresses_give_way_to_places() -> None:
    item = found(发布时间=DAYS, 正文=TEXTS, ip=["202.96.1.1"] * 6, 省份=["浙江"] * 6)["region"]
    assert (item.header, str(item.detail)) == ("省份", 'known header; "ip" is not used: it holds network addresses')


def test_the_users_choice_goes_first_and_may_leave_a_column_out() -> None:
    answer = found({"text": "备注", "likes": ""}, 发布时间=DAYS, 正文=TEXTS, 备注=SHORT, 点赞数=NUMBERS)
    assert (answer["text"].header, str(answer["text"].detail)) == ("备注", "chosen by you")
    assert (answer["likes"].header, str(answer["likes"].detail)) == ("", "left out by you")


@pytest.mark.parametrize(
    "header",
    [
        "转发数(次)",
        "转发数（条）",
        "\ufeff转发数",
        "转发数 ",
        ' "转发数"',
        "转\n发数",
        "转发数 (2)",
        "【转发数】",
        "转发数：",
        "轉發數",
    ],
)
def test_a_header_with_marks_around_it(header: str) -> None:
    assert proposed([header], [])[0].column == "reposts"


def test_of_equal_headers_the_first_is_read_unless_it_is_empty() -> None:
    assert found(**{"标题 (2)": SHORT, "标题": TEXTS, "发布时间": DAYS})["title"].header == "标题"
    assert found(**{"标题": EMPTY, "标题 (2)": TEXTS, "发布时间": DAYS})["title"].header == "标题 (2)"
    assert proposed(["", "\u200b", "正文"], [["x", "y", "z"]])[0].header == "正文"


ROWS = [["2024-03-15 08:05", "小李", "门诊排队", "12"], ["2024-03-16 09:00", "小王", "挂不上号", "转发"]]


def test_the_header_is_found_by_names_by_choice_and_by_contrast() -> None:
    assert header_position([["舆情导出", "", "", ""], ["", "", "", ""], ["发布时间", "作者", "正文", "赞"], *ROWS]) == 2
    assert header_position([["甲", "乙", "丙", "丁"], *ROWS], {"text": "丙"}) == 0
    assert header_position([["某院周报", "", "", ""], ["何时", "何人", "说了什么", "几次"], *ROWS]) == 1
    assert header_position([["何时", "何人", "说了什么", "何人"], *ROWS]) is None


def test_a_row_of_values_is_no_header_although_words_in_it_are_names() -> None:
    weibo = [["2024-03-15 08:05", "媒体", "门诊排队", "转发", "评论", "赞"]] * 4
    assert header_position(weibo) is None and headerless(weibo)


def test_without_header_the_first_row_is_data() -> None:
    assert headerless(ROWS) and header_position(ROWS) is None
    assert headerless([["导出于周一"], *ROWS]) and headerless(ROWS[:1])
    assert not headerless([["何时", "何人", "说了什么", "几次"], *ROWS])
    assert not headerless([["甲", "乙"], ["丙", "丁"], ["戊", "己"]]) and not headerless([])


def test_choices_are_kept_for_the_same_headers_or_without_them_for_the_same_kinds() -> None:
    kinds = [Kind.TIME, Kind.FREE]
    assert fingerprint(["a", "b"]) == fingerprint(["a", "b"]) != fingerprint(["b", "a"])
    assert fingerprint(["#1", "#2"], kinds) == fingerprint(["x", "y"], kinds)
    assert (
        len({fingerprint(["#1", "#2"]), fingerprint(["#1", "#2"], kinds), fingerprint(["#1", "#2"], kinds[::-1])}) == 3
    )


def test_five_thousand_columns() -> None:
    headers = [f"列{number}" for number in range(5_000)]
    assert proposed(headers, [["12"] * 5_000] * 300) == ()
