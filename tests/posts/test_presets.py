"""Known exports are recognised by their headers and mapped without help; users add their own names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.posts.mapping import guess, preset_of, signature
from analysis.posts.vendors import characters, extended, key, lookup, simplified, vendors
from analysis.schema import COLUMNS, InputError

WEIBO_SEARCH = (
    "id,bid,user_id,用户昵称,微博正文,头条文章url,发布位置,艾特用户,话题,转发数,评论数,点赞数,发布时间,发布工具,微博图片url,"
    "微博视频url,retweet_id,ip,user_authentication,会员类型,会员等级"
)
WEIBO_CRAWLER = (
    "id,bid,正文,头条文章url,原始图片url,视频url,Live Photo视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户,"
    "完整日期,是否编辑过,编辑次数"
)
OF_THE_ORIGINAL = ",是否原创,源用户id,源用户昵称,源微博id,源微博正文,源微博日期,源微博点赞数,源微博@用户,源微博完整日期"
MC_WEIBO = (
    "note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,last_modify_ts,note_url,"
    "creator_hash,nickname,source_keyword"
)
MC_DOUYIN = (
    "aweme_id,aweme_type,title,desc,create_time,creator_hash,nickname,liked_count,collected_count,comment_count,"
    "share_count,last_modify_ts,aweme_url,cover_url,video_download_url,music_download_url,source_keyword"
)
MC_XIAOHONGSHU = (
    "note_id,type,title,desc,video_url,time,last_update_time,nickname,liked_count,collected_count,comment_count,"
    "share_count,image_list,tag_list,last_modify_ts,note_url,source_keyword"
)
MC_KUAISHOU = (
    "video_id,video_type,title,desc,create_time,user_id,nickname,avatar,liked_count,viewd_count,last_modify_ts,video_url,"
    "video_cover_url,video_play_url,source_keyword"
)
MC_BILIBILI = (
    "video_id,video_type,title,desc,create_time,user_id,nickname,liked_count,disliked_count,video_play_count,"
    "video_favorite_count,video_share_count,video_coin_count,video_danmaku,video_comment,last_modify_ts,video_url,"
    "video_cover_url,source_keyword"
)
MC_ZHIHU = (
    "content_id,content_type,content_text,content_url,question_id,title,desc,created_time,updated_time,voteup_count,"
    "comment_count,source_keyword,user_id,user_link,user_nickname,user_avatar,user_url_token"
)
MC_TIEBA = (
    "note_id,title,desc,note_url,publish_time,user_link,user_nickname,user_avatar,tieba_name,tieba_link,total_replay_num,"
    "total_replay_page,ip_location"
)
COMMENT = (
    "comment_id,create_time,ip_location,content,nickname,sub_comment_count,like_count,last_modify_ts,parent_comment_id"
)


def pairs(written: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in written.split())


KNOWN = [
    (
        WEIBO_SEARCH,
        "weibo-search",
        "weibo",
        "post_id=id published_at=发布时间 author=用户昵称 author_verified=user_authentication region=ip text=微博正文 "
        "reposts=转发数 comments=评论数 likes=点赞数 parent_id=retweet_id",
    ),
    (
        WEIBO_CRAWLER,
        "weibo-crawler",
        "weibo",
        "post_id=id published_at=完整日期 region=位置 text=正文 reposts=转发数 comments=评论数 likes=点赞数",
    ),
    (
        WEIBO_CRAWLER + OF_THE_ORIGINAL,
        "weibo-crawler",
        "weibo",
        "post_id=id published_at=完整日期 region=位置 text=正文 reposts=转发数 comments=评论数 likes=点赞数 "
        "parent_id=源微博id",
    ),
    (
        MC_WEIBO,
        "mediacrawler-weibo",
        "weibo",
        "post_id=note_id published_at=create_date_time author=nickname text=content url=note_url reposts=shared_count "
        "comments=comments_count likes=liked_count collected_at=last_modify_ts",
    ),
    (
        MC_DOUYIN,
        "mediacrawler-douyin",
        "douyin",
        "post_id=aweme_id published_at=create_time author=nickname title=title text=desc url=aweme_url "
        "reposts=share_count comments=comment_count likes=liked_count collected_at=last_modify_ts",
    ),
    (
        MC_XIAOHONGSHU,
        "mediacrawler-xiaohongshu",
        "xiaohongshu",
        "post_id=note_id published_at=time author=nickname title=title text=desc url=note_url reposts=share_count "
        "comments=comment_count likes=liked_count collected_at=last_modify_ts",
    ),
    (
        MC_KUAISHOU,
        "mediacrawler-kuaishou",
        "kuaishou",
        "post_id=video_id published_at=create_time author=nickname title=title text=desc url=video_url "
        "likes=liked_count reads=viewd_count collected_at=last_modify_ts",
    ),
    (
        MC_BILIBILI,
        "mediacrawler-bilibili",
        "bilibili",
        "post_id=video_id published_at=create_time author=nickname title=title text=desc url=video_url "
        "reposts=video_share_count comments=video_comment likes=liked_count reads=video_play_count "
        "collected_at=last_modify_ts",
    ),
    (
        MC_ZHIHU,
        "mediacrawler-zhihu",
        "zhihu",
        "post_id=content_id published_at=created_time author=user_nickname title=title text=content_text "
        "url=content_url comments=comment_count likes=voteup_count",
    ),
    (
        MC_TIEBA,
        "mediacrawler-tieba",
        "tieba",
        "post_id=note_id published_at=publish_time author=user_nickname region=ip_location title=title text=desc "
        "url=note_url comments=total_replay_num",
    ),
    (
        "標題,內容,來源,媒體類型,發佈時間,作者,轉發數,評論數,點讚數,閱讀數,地域,原文連結,情感,粉絲數,認證類型",
        "monitoring-vendor",
        "",
        "title=標題 text=內容 media_tier=來源 platform=媒體類型 published_at=發佈時間 author=作者 reposts=轉發數 "
        "comments=評論數 likes=點讚數 reads=閱讀數 region=地域 url=原文連結 followers=粉絲數 author_verified=認證類型",
    ),
    (
        "Title,Content,Source,Media Type,Publish Time,Author,Shares,Comments,Likes,Views,Region,URL,Tone,Followers",
        "monitoring-vendor-english",
        "",
        "title=Title text=Content media_tier=Source published_at=Publish_Time author=Author reposts=Shares "
        "comments=Comments likes=Likes reads=Views region=Region url=URL followers=Followers platform=Media_Type",
    ),
]


@pytest.mark.parametrize(("header", "preset", "platform", "expected"), KNOWN, ids=[case[1] for case in KNOWN])
def test_an_export_that_users_have(header: str, preset: str, platform: str, expected: str) -> None:
    headers = header.split(",")
    found = {column: name.replace(" ", "_") for column, name in guess(headers).items()}
    assert found == pairs(expected)
    assert (preset_of(headers), signature(headers)) == (preset, platform)


@pytest.mark.parametrize("text", ["正文", "内容", "摘要"])
@pytest.mark.parametrize("source", ["来源", "媒体名称"])
@pytest.mark.parametrize("place", ["地域", "省份"])
def test_monitoring_vendors_in_simplified_chinese(text: str, source: str, place: str) -> None:
    header = f"标题,{text},{source},平台,发布时间,作者,转发数,评论数,点赞数,阅读数,{place},链接,倾向性,粉丝数,认证类型"
    headers = header.split(",")
    found = guess(headers)
    assert (found["title"], found["text"], found["media_tier"], found["region"]) == ("标题", text, source, place)
    assert "倾向性" not in found.values() and len(found) == 14
    assert preset_of(headers) == "monitoring-vendor"


@pytest.mark.parametrize(
    ("post", "platform"),
    [
        ("note_id,create_date_time", "weibo"),
        ("aweme_id", "douyin"),
        ("note_id,pictures", "xiaohongshu"),
        ("video_id", "bilibili"),
        ("content_id", "zhihu"),
        ("note_id,tieba_name", "tieba"),
    ],
)
def test_comments_are_posts_under_the_post_that_they_answer(post: str, platform: str) -> None:
    headers = f"{COMMENT},{post}".split(",")
    found = guess(headers)
    assert (preset_of(headers), signature(headers)) == (f"mediacrawler-{platform}-comments", platform)
    assert (found["post_id"], found["parent_id"], found["text"]) == ("comment_id", post.split(",")[0], "content")
    assert (found["comments"], found["likes"]) == ("sub_comment_count", "like_count")


def test_comments_of_kuaishou_have_no_likes() -> None:
    headers = ["comment_id", "create_time", "video_id", "content", "nickname", "sub_comment_count", "last_modify_ts"]
    assert (preset_of(headers), guess(headers)["parent_id"]) == ("mediacrawler-kuaishou-comments", "video_id")


def test_our_own_output_is_known_and_unknown_headers_are_not() -> None:
    names = [column.name for column in COLUMNS]
    assert preset_of([*names, "topic", "sentiment"]) == "yanpan" and signature(names) == ""
    assert guess([*names, "topic", "sentiment", "p_negative"]) == {name: name for name in names}
    assert preset_of(["标题", "备注"]) == "" and signature([]) == ""


def test_every_preset_is_reached_by_its_own_headers() -> None:
    for preset in vendors()["preset"]:
        headers = [name if isinstance(name, str) else name[0] for name in preset["headers"]]
        assert preset_of([*headers, *preset.get("columns", {}).values()]) == preset["name"]
        assert set(preset.get("columns", {})) <= {column.name for column in COLUMNS}


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("帳號", "帐号"),
        ("轉發數", "转发数"),
        ("讚", "赞"),
        ("臺灣", "台湾"),
        ("發佈時間", "发布时间"),
        ("以後", "以后"),
    ],
)
def test_traditional_characters(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected == simplified(expected)


def test_simplifying_keeps_the_length_and_twice_is_once() -> None:
    assert all(len(new) == 1 for new in characters().values())
    once = simplified("乾隆著書，後裡有髮，臺灣讚好")
    assert len(once) == 14 and simplified(once) == once


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("人民日报", "central"),
        ("浙江日报", "provincial"),
        ("澎湃新闻", "provincial"),
        ("新京报", "provincial"),
        ("極目新聞", "provincial"),
        ("红星新闻", "local"),
        ("健康时报", "trade"),
    ],
)
def test_media_are_ranked_by_their_owner(name: str, tier: str) -> None:
    assert lookup("media_tiers")[key(name)] == tier


def own(folder: Path, text: str) -> Path:
    file = folder / "vendors.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_users_names_are_added_and_win(tmp_path: Path) -> None:
    file = own(
        tmp_path,
        '[media_tiers]\ncentral = ["丁香园"]\nlocal = ["小城早知道"]\n[headers]\nlikes = ["鼓掌数"]\n'
        '[[preset]]\nname = "ours"\nheaders = ["鼓掌数"]\n',
    )
    lists = extended(vendors(), file)
    assert lists["media_tiers"]["central"][0] == "丁香园" and "丁香园" not in lists["media_tiers"]["trade"]
    assert "小城早知道" in lists["media_tiers"]["local"] and "健康报" in lists["media_tiers"]["trade"]
    assert lists["headers"]["likes"][:2] == ["鼓掌数", "likes"] and lists["preset"][0]["name"] == "ours"
    assert lists["platforms"] == vendors()["platforms"]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('[media_tiers]\nlocal = ["甲"\n', 2, "no TOML"),
        ('# ours\n\n[media]\nlocal = ["甲"]\n', 3, r"\[media\] is unknown, use \[headers\]"),
        ('[media_tiers]\ncentral = ["甲"]\ncounty = ["乙"]\n', 3, 'has no "county", use central'),
        ('[platforms]\nweibo = "围脖"\n', 2, '"weibo" must be a list'),
        ("[media_tiers]\nlocal = [1]\n", 2, '"local" must be a list'),
        ('media_tiers = ["甲"]\n', 1, "media_tiers"),
        ('[[preset]]\nname = "x"\n', 1, "needs a name and headers"),
        ('[[preset]]\nname = "x"\nheaders = ["a"]\nplatform = "围脖"\n', 1, "needs a name and headers"),
    ],
)
def test_a_broken_file_of_the_users_is_named_with_line_and_remedy(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    file = own(tmp_path, text)
    with pytest.raises(InputError, match=problem) as caught:
        extended(vendors(), file)
    assert str(caught.value).startswith(f"{file}, line {line}: ") and "Correct the file" in str(caught.value)


def test_a_missing_file_and_one_that_is_not_utf_8(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        extended(vendors(), tmp_path / "none.toml")
    own(tmp_path, "").write_bytes("# 甲".encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        extended(vendors(), tmp_path / "vendors.toml")


def test_the_environment_names_the_users_file(tmp_path: Path) -> None:
    file = own(tmp_path, '[media_tiers]\nlocal = ["小城早知道"]\n')
    code = "from analysis.posts.fold import tier_of; print(tier_of('小城早知道'))"
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"YANPAN_VENDORS": str(file)}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "local", done.stderr
