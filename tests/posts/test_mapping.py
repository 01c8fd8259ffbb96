"""Every export that the data README names maps by itself."""

import pandas as pd
import pytest

from analysis.posts import fold, mapping
from analysis.posts.read import read
from analysis.posts.vendors import vendors
from analysis.schema import COLUMNS, InputError, MediaTier, Platform

RECEIVED = pd.Timestamp("2024-06-10 12:00", tz="Asia/Shanghai")


def one_row(header: str, row: dict[str, str]) -> pd.Series:
    """What is read of one invented row under these headers?"""
    frame = pd.DataFrame([{name: row.get(name, "") for name in header.split(",")}])
    data = frame.to_csv(index=False).encode("utf-8-sig")
    posts, report = read(data, "export.csv", RECEIVED)
    assert (report.rows, report.good, len(posts)) == (1, 1, 1)
    return posts.iloc[0]


def when(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="Asia/Shanghai")


def test_weibo_search() -> None:
    header = (
        "id,bid,user_id,用户昵称,微博正文,头条文章url,发布位置,艾特用户,话题,转发数,评论数,点赞数,发布时间,发布工具,"
        "微博图片url,微博视频url,retweet_id,ip,user_authentication,会员类型,会员等级"
    )
    row = {
        "id": "5013380437903744",
        "bid": "O1",
        "用户昵称": "小李",
        "微博正文": "门诊排队三小时",
        "艾特用户": "某某",
    }
    row |= {
        "转发数": "12",
        "评论数": "3",
        "点赞数": "40",
        "发布时间": "2024-03-15 08:05",
        "retweet_id": "5013380437903000",
    }
    post = one_row(header, row | {"ip": "发布于 浙江", "发布位置": "某医院", "user_authentication": "蓝V"})
    assert (post["platform"], post["author"], post["text"]) == ("weibo", "小李", "门诊排队三小时")
    assert (post["post_id"], post["parent_id"]) == ("5013380437903744", "5013380437903000")
    assert (post["reposts"], post["comments"], post["likes"]) == (12, 3, 40)
    assert (post["region"], post["author_verified"], post["url"]) == ("浙江", True, "")
    assert post["published_at"] == when("2024-03-15 08:05")
    assert post["collected_at"] == when("2024-03-15 08:05")


@pytest.mark.parametrize("more", ["", ",是否原创,源用户id,源用户昵称"])
def test_weibo_crawler(more: str) -> None:
    header = (
        "id,bid,正文,头条文章url,原始图片url,视频url,Live Photo视频url,位置,日期,工具,"
        "点赞数,评论数,转发数,话题,@用户,"
        "完整日期,是否编辑过,编辑次数" + more
    )
    row = {
        "id": "5013380437903744",
        "正文": "电梯坏了",
        "日期": "2024-03-15",
        "完整日期": "2024-03-15 08:05:09",
    }
    post = one_row(header, row | {"点赞数": "4", "评论数": "3", "转发数": "12", "@用户": "医院", "位置": "杭州"})
    assert (post["platform"], post["author"], post["text"], post["region"]) == (
        "weibo",
        "",
        "电梯坏了",
        "浙江",
    )
    assert (post["reposts"], post["comments"], post["likes"]) == (12, 3, 4)
    assert post["published_at"] == when("2024-03-15 08:05:09")


def test_mediacrawler_weibo() -> None:
    header = (
        "note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,last_modify_ts,note_url,"
        "creator_hash,nickname,source_keyword"
    )
    row = {
        "note_id": "5013380437903744",
        "content": "急诊",
        "create_time": "1710795303",
        "nickname": "小***李",
    }
    row |= {
        "create_date_time": "2024-03-18 20:55:03+08:00",
        "last_modify_ts": "1710799200000",
        "liked_count": "69",
    }
    post = one_row(header, row | {"comments_count": "2", "shared_count": "", "note_url": "https://m.weibo.cn/detail/5"})
    assert (post["platform"], post["author"], post["likes"], post["comments"]) == ("weibo", "小***李", 69, 2)
    assert pd.isna(post["reposts"])
    assert post["published_at"] == when("2024-03-18 20:55:03")
    assert post["collected_at"] == when("2024-03-19 06:00")


def test_mediacrawler_douyin() -> None:
    header = (
        "aweme_id,aweme_type,title,desc,create_time,creator_hash,nickname,liked_count,collected_count,comment_count,"
        "share_count,last_modify_ts,aweme_url"
    )
    row = {
        "aweme_id": "7347",
        "aweme_type": "0",
        "title": "题",
        "desc": "护士很好",
        "create_time": "1710795303",
    }
    row |= {
        "nickname": "甲",
        "liked_count": "1.2万",
        "collected_count": "9",
        "comment_count": "8",
        "share_count": "7",
    }
    post = one_row(header, row | {"last_modify_ts": "1710799200000", "aweme_url": "https://www.douyin.com/video/7347"})
    assert (post["platform"], post["title"], post["text"]) == ("douyin", "题", "护士很好")
    assert (post["reposts"], post["comments"], post["likes"]) == (7, 8, 12_000)
    assert post["published_at"] == when("2024-03-19 04:55:03")


def test_mediacrawler_xiaohongshu() -> None:
    header = (
        "note_id,type,title,desc,video_url,time,last_update_time,nickname,liked_count,collected_count,comment_count,"
        "share_count,image_list,tag_list"
    )
    row = {"note_id": "66fad51c", "type": "normal", "title": "产检", "desc": "流程", "time": "1710795303000"}
    row |= {
        "last_update_time": "1710799200000",
        "nickname": "乙",
        "liked_count": "100+",
        "comment_count": "2",
    }
    post = one_row(header, row | {"share_count": "1", "collected_count": "5", "video_url": "https://v.cn/1.mp4"})
    assert (post["platform"], post["title"], post["text"], post["url"]) == ("xiaohongshu", "产检", "流程", "")
    assert (post["reposts"], post["comments"], post["likes"]) == (1, 2, 100)
    assert post["published_at"] == when("2024-03-19 04:55:03")


@pytest.mark.parametrize("text", ["正文", "内容", "摘要"])
@pytest.mark.parametrize("platform", ["平台", "媒体类型"])
@pytest.mark.parametrize("source", ["来源", "媒体名称"])
@pytest.mark.parametrize("region", ["地域", "省份"])
@pytest.mark.parametrize(("url", "tone"), [("链接", "情感"), ("原文链接", "倾向性")])
def test_monitoring_vendors(text: str, platform: str, source: str, region: str, url: str, tone: str) -> None:
    header = (
        f"标题,{text},{source},{platform},发布时间,作者,转发数,评论数,点赞数,阅读数,"
        f"{region},{url},{tone},粉丝数,认证类型"
    )
    row = {
        "标题": "某医院回应",
        text: "全文",
        source: "人民日报",
        platform: "网媒",
        "作者": "张记者",
        tone: "负面",
    }
    row |= {"发布时间": "2024年3月15日 8时", "转发数": "1", "评论数": "2", "点赞数": "3", "阅读数": "10w+"}
    row |= {region: "浙江省杭州市", url: "https://example.cn/1", "粉丝数": "1.2万", "认证类型": "无认证"}
    post = one_row(header, row)
    assert (post["title"], post["text"], post["author"]) == ("某医院回应", "全文", "张记者")
    assert (post["platform"], post["media_tier"], post["region"]) == ("news", "central", "浙江")
    assert (post["reads"], post["followers"], post["author_verified"]) == (100_000, 12_000, False)
    assert post["url"] == "https://example.cn/1"


def test_vendor_headers_in_traditional_characters_and_full_width() -> None:
    found = mapping.guess(["\ufeff標題", " 內容 ", "發佈時間", "轉發數", "ＩＰ屬地", "點讚數（次）"])
    expected = {"title": "\ufeff標題", "text": " 內容 ", "published_at": "發佈時間", "reposts": "轉發數"}
    assert found == expected | {"region": "ＩＰ屬地", "likes": "點讚數（次）"}


def test_our_own_columns_map_to_themselves() -> None:
    names = [column.name for column in COLUMNS]
    assert mapping.guess(names) == {name: name for name in names}


def test_without_author_the_medium_is_the_author_and_shows_its_tier() -> None:
    found = mapping.guess(["标题", "发布时间", "平台", "来源"])
    assert (found["platform"], found["author"], found["media_tier"]) == ("平台", "来源", "来源")


def test_the_users_choice_goes_first_and_may_leave_a_column_out() -> None:
    chosen = mapping.mapped(mapping.proposed(["正文", "备注", "时间"], (), {"text": "备注", "published_at": ""}))
    assert chosen == {"text": "备注"}


def test_a_choice_that_the_file_lacks_is_refused_with_the_columns() -> None:
    with pytest.raises(InputError, match="正文, 时间"):
        mapping.proposed(["正文", "时间"], (), {"text": "备注"})
    with pytest.raises(InputError, match="nonsense"):
        mapping.proposed(["正文"], (), {"nonsense": "正文"})


def test_a_heading_above_the_header_is_no_header() -> None:
    data = "舆情导出,\n\n发布时间,正文\n2024-03-15,甲\n坏,乙\n".encode()
    posts, report = read(data, "x.csv", RECEIVED)
    assert posts["text"].tolist() == ["甲"]
    assert [aside.row for aside in report.set_aside] == [5]


def test_the_lists_name_only_what_the_schema_knows() -> None:
    assert list(vendors()["headers"]) and set(vendors()["headers"]) == {column.name for column in COLUMNS}
    assert set(vendors()["platforms"]) == set(Platform)
    assert set(vendors()["platforms_within"]) <= set(Platform)
    assert set(vendors()["media_tiers"]) == set(MediaTier)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新浪微博", "weibo"),
        ("weibo.com", "weibo"),
        ("微信公众号", "wechat"),
        ("抖音", "douyin"),
        ("小紅書", "xiaohongshu"),
        ("快手", "kuaishou"),
        ("今日头条", "toutiao"),
        ("网媒", "news"),
        ("报刊", "news"),
        ("客户端", "news"),
        ("新华社", "news"),
        ("论坛", "forum"),
        ("百度贴吧", "tieba"),
        ("12345", "letter"),
        ("市长信箱", "letter"),
        ("人民网领导留言板", "letter"),
        ("", "other"),
        ("飞鸽", "other"),
    ],
)
def test_platform_names(name: str, expected: str) -> None:
    assert fold.platforms(pd.Series([name]), pd.Series([""])).tolist() == [expected]


def test_the_link_tells_the_platform_when_no_name_does() -> None:
    urls = pd.Series(
        [
            "https://m.weibo.cn/1",
            "http://tieba.baidu.com/p/1",
            "x",
            "http://[",
            "https://notweibo.com.evil.cn",
        ]
    )
    answer = fold.platforms(pd.Series([""] * 5), urls)
    assert answer.tolist() == ["weibo", "tieba", "other", "other", "other"]


def test_regions_are_provinces_and_never_addresses() -> None:
    written = [
        "发布于 浙江",
        "IP属地：广东",
        "来自北京市",
        "內蒙古自治區",
        "美国",
        "202.96.1.1",
        "fe80::1",
        "",
    ]
    expected = ["浙江", "广东", "北京", "内蒙古", "美国", "", "", ""]
    assert fold.regions(pd.Series(written)).tolist() == expected


def test_verified_of_every_colour() -> None:
    answer = fold.verified(pd.Series(["蓝V", "金V", "红V", "黄V", "普通用户", "不详"]))
    assert answer.dtype == "boolean"
    assert answer.tolist() == [True, True, True, True, False, pd.NA]


def test_media_tiers() -> None:
    names = pd.Series(["央媒", "省级媒体", "地方媒体", "行业媒体", "自媒体", "小李"])
    none = pd.Series([""] * 6)
    expected = ["central", "provincial", "local", "trade", "self_media", ""]
    assert fold.tiers(names, none, none).tolist() == expected
    assert fold.tiers(none, names, none).tolist() == expected
    assert fold.tiers(none[:1], none[:1], pd.Series(["央视新闻"])).tolist() == ["central"]


def test_an_unknown_export_lists_its_columns() -> None:
    with pytest.raises(InputError) as caught:
        read("标题,正文,点赞\n1,2,3\n".encode(), "x.csv", RECEIVED)
    assert "No time column was found. The file's columns: 标题, 正文, 点赞." in str(caught.value)
    with pytest.raises(InputError, match="No text column"):
        read("时间,点赞\n2024-03-15,3\n".encode(), "x.csv", RECEIVED)
