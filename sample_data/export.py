"""How do the posts look in an export: columns, titles, texts, times?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.rows import PLATFORMS
from sample_data.stories import Story
from sample_data.timing import DAY_S, FIRST_DAY
from sample_data.wording import Template, render, render_repost

HEADERS = (
    "文章ID", "标题", "正文", "平台", "媒体名称", "媒体级别", "作者", "认证类型", "粉丝数", "发布时间",
    "地域", "转发数", "评论数", "点赞数", "阅读数", "原文链接", "原帖ID", "采集时间",
)  # fmt: skip
WEEK_HEADERS = (
    "内容", "来源平台", "发帖时间", "用户昵称", "粉丝", "IP属地", "转发", "评论", "点赞", "阅读", "链接",
)  # fmt: skip
WEEK_COLUMNS = (
    "正文", "平台", "发布时间", "作者", "粉丝数", "地域", "转发数", "评论数", "点赞数", "阅读数",
    "原文链接",
)  # fmt: skip
SITES = {"微博": "weibo", "小红书": "xiaohongshu", "抖音": "douyin", "快手": "kuaishou", "微信": "weixin"}
LETTER_DESKS = {"12345": "青禾市12345热线", "问政": "青禾问政平台"}
DAILY_TAGS = ("#青禾#", "#青禾生活#", "#看病日常#")


def table(
    rows: pd.DataFrame,
    pool: pd.DataFrame,
    stories: tuple[Story, ...],
    templates: tuple[Template, ...],
    days: int,
) -> pd.DataFrame:
    """How do these posts look in the vendor's export (columns HEADERS, all text or whole numbers)?"""
    author = pool.iloc[rows["author"]].reset_index(drop=True)
    platform = np.array(PLATFORMS, dtype=object)[rows["platform"]]
    voices = np.array([template.voice for template in templates], dtype=object)[rows["template"]]
    texts = _texts(rows, pool["name"].to_numpy(), stories, templates)
    ids = [f"p{draw:015x}" for draw in rows["draw"].tolist()]
    known = ~np.isin(platform, ["问政", "12345", "新闻"])
    public = (author["tier"] != "").to_numpy() | (author["verified"] == "蓝V").to_numpy()
    desk = np.array([LETTER_DESKS.get(name, name) for name in platform], dtype=object)
    columns = {
        "文章ID": ids,
        "标题": [_title(text, voice) for text, voice in zip(texts, voices, strict=True)],
        "正文": texts,
        "平台": platform,
        "媒体名称": np.where(public, author["name"], desk),
        "媒体级别": author["tier"],
        "作者": author["name"],
        "认证类型": author["verified"],
        "粉丝数": author["followers"].astype("Int64").where(known),
        "发布时间": clock(rows["second"].to_numpy()),
        "地域": author["region"],
        "转发数": rows["reposts"].to_numpy(),
        "评论数": rows["comments"].to_numpy(),
        "点赞数": rows["likes"].to_numpy(),
        "阅读数": rows["reads"].reset_index(drop=True).astype("Int64").where(lambda reads: reads >= 0),
        "原文链接": [f"https://{SITES.get(p, 'www')}.example/{i}" for p, i in zip(platform, ids, strict=True)],
        "原帖ID": [f"p{draw:015x}" if draw >= 0 else "" for draw in rows["parent_draw"].tolist()],
        "采集时间": clock(np.full(len(rows), (days + 7) * DAY_S)),
    }
    return pd.DataFrame(columns)[list(HEADERS)]


def _texts(
    rows: pd.DataFrame, names: np.ndarray, stories: tuple[Story, ...], templates: tuple[Template, ...]
) -> list[str]:
    """What does each post say?"""
    columns = ["template", "draw", "platform", "story", "parent_template", "parent_draw", "parent_author"]
    out = []
    for at, draw, platform, story, parent, parent_draw, parent_author in zip(
        *(rows[name].tolist() for name in columns), strict=True
    ):
        tags = stories[story].tags if story >= 0 else DAILY_TAGS
        if parent < 0:
            out.append(render(templates[at], draw, PLATFORMS[platform], tags))
        else:
            original = render(templates[parent], parent_draw, PLATFORMS[platform], tags)
            out.append(render_repost(templates[at], draw, names[parent_author], original))
    return out


def _title(text: str, voice: str) -> str:
    """Which title does the post carry (media, letters, WeChat and 小红书 have one)?"""
    if voice == "headline":
        return text
    if voice not in ("letter", "wechat", "notice", "xiaohongshu"):
        return ""
    first = text.split("\n")[0]
    return first if len(first) <= 24 else first[:23] + "…"


def clock(seconds: np.ndarray) -> list[str]:
    """Which local time (YYYY-MM-DD hh:mm:ss) is this many seconds after the first day began?"""
    moments = np.datetime64(FIRST_DAY, "s") + np.asarray(seconds, dtype="timedelta64[s]")
    return [text.replace("T", " ") for text in np.datetime_as_string(moments)]


def minute_clock(text: str) -> str:
    """How does another vendor write this time (2025/3/20 8:05)?"""
    day, time = text.split(" ")
    year, month, date = day.split("-")
    hour, minute, _ = time.split(":")
    return f"{year}/{int(month)}/{int(date)} {int(hour)}:{minute}"


def week_table(posts: pd.DataFrame) -> pd.DataFrame:
    """How does the second vendor name and write the same posts?"""
    renamed = posts[list(WEEK_COLUMNS)].set_axis(WEEK_HEADERS, axis=1)
    return renamed.assign(发帖时间=[minute_clock(text) for text in renamed["发帖时间"]])
