"""Names to platforms, tiers, regions: each form by hand, and the fast ways against the plain ones."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.posts import fold
from analysis.posts.strings import arrow
from analysis.posts.vendors import lookup

MEDIA = sorted(lookup("media_tiers"))
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(MEDIA),
    st.tuples(st.sampled_from(MEDIA), st.sampled_from(["", " ", "\u200b", "!", "報", "A", "😀"])).map("".join),
)


def strings(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")


def test_media_are_known_in_every_spelling() -> None:
    authors = ["新华社", "新華社", " 新华社", "新 华 社", "新华社\u200b", "ＣＣＴＶ", "cctv", "CCTV", "小新华社", ""]
    expected = ["central"] * 8 + ["", ""]
    none = strings([""] * len(authors))
    assert fold.tiers(none, none, strings(authors)).tolist() == expected


@settings(deadline=None, max_examples=200)
@given(st.lists(NAMES, max_size=6))
def test_authors_get_the_tier_of_their_name(names: list[str]) -> None:
    whole = [name.encode("utf-8", "ignore").decode() for name in names]
    assert fold.author_tiers(arrow(strings(whole))).to_pylist() == [fold.tier_of(name) for name in whole]


def test_a_slice_of_authors_is_read_as_it_stands() -> None:
    authors = strings(["新華社", "甲", "新华社", "新華社 ", "乙"]).iloc[1:4]
    assert fold.author_tiers(arrow(authors)).to_pylist() == ["", "central", "central"]


LINKS = [
    "https://m.weibo.cn/1",
    "//WEIBO.com?x",
    "weibo.com/1",
    "http://a:b@weibo.com",
    "http://weibo.com:80",
    "http://[",
]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LINKS), st.text(alphabet="htps:/.@?#[]weibocmn 1\n", max_size=20)), max_size=5)
)
def test_links_lead_where_their_host_says(links: list[str]) -> None:
    expected = [fold.host_platform(link) or "other" for link in links]
    assert fold.platforms(strings([""] * len(links)), strings(links)).tolist() == expected


def test_the_headers_tell_the_platform_where_neither_name_nor_link_does() -> None:
    names, links = strings(["抖音", "", "", "飞鸽"]), strings(["", "https://zhihu.com/1", "", ""])
    assert fold.platforms(names, links, "weibo").tolist() == ["douyin", "zhihu", "weibo", "weibo"]


@pytest.mark.parametrize(
    ("written", "province"),
    [
        ("杭州", "浙江"),
        ("杭州市", "浙江"),
        ("杭州市西湖区", "浙江"),
        ("杭州西湖区", "浙江"),
        ("浙江 杭州", "浙江"),
        ("浙江省杭州市", "浙江"),
        ("中国 广东 深圳", "广东"),
        ("深圳 · 南山", "广东"),
        ("IP属地:北京", "北京"),
        ("發布於 臺北", "台湾"),
        ("恩施土家族苗族自治州", "湖北"),
        ("海南", "海南"),
        ("海南省", "海南"),
        ("海南藏族自治州", "青海"),
        ("吉林市", "吉林"),
        ("朝阳市", "辽宁"),
        ("朝阳", "朝阳"),
        ("朝阳区", "朝阳区"),
        ("中山区", "中山区"),
        ("南京路", "南京路"),
        ("阿里巴巴", "阿里巴巴"),
        ("日本", "日本"),
    ],
)
def test_cities_are_in_their_province_and_unknown_places_stay(written: str, province: str) -> None:
    assert fold.regions(strings([written])).tolist() == [province]


def test_every_city_lies_in_a_known_province() -> None:
    cities = fold._cities()
    assert len(cities) > 340
    assert {fold.region_of(province) for province in cities.values()} == set(cities.values())
    assert [city for city, province in cities.items() if fold.region_of(city) != province and len(city) > 2] == []
