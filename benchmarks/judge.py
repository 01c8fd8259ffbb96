"""Did a reader read a damaged file right? Each post of the truth is judged, and each row that was never a post.

The rule knows nothing of the reader: it compares the canonical columns with what the sample's cells say, by a
table of its own. A column that the damage destroyed may be unknown or right, never another value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

import pandas as pd

from benchmarks.export import BREAKS, ID, PUBLISHED, TEXT, Export, Post

COLUMNS = {
    "post_id": ID, "published_at": PUBLISHED, "platform": "平台", "author": "作者", "author_verified": "认证类型",
    "followers": "粉丝数", "media_tier": "媒体级别", "region": "地域", "title": "标题", "text": TEXT,
    "url": "原文链接", "reposts": "转发数", "comments": "评论数", "likes": "点赞数", "reads": "阅读数",
    "parent_id": "原帖ID", "collected_at": "采集时间",
}  # fmt: skip
PLATFORMS = {
    "微博": "weibo", "小红书": "xiaohongshu", "抖音": "douyin", "快手": "kuaishou", "微信": "wechat", "新闻": "news",
    "今日头条": "toutiao", "知乎": "zhihu", "B站": "bilibili", "问政": "letter", "12345": "letter",
}  # fmt: skip
TIERS = {
    "": "", "央媒": "central", "省级媒体": "provincial", "地方媒体": "local", "行业媒体": "trade",
    "自媒体": "self_media",
}  # fmt: skip
VERIFIED = {"普通用户": False, "黄V": True, "蓝V": True, "": None}
NUMBERS = ("followers", "reposts", "comments", "likes", "reads")
TIMES = ("published_at", "collected_at")
UNKNOWN = ("", None)
SECOND = 1_000_000
MADE = re.compile("[0-9a-f]{8,64}")  # an id made from the row; the sample's begin with "p"
REPLACED = re.compile("\ufffd+")


@dataclass
class Tally:
    """How many posts came out how? `wrong` includes `repaired_wrong` and rows that were never a post.

    `unknown`: in the frame, but a column that the file still tells is empty. `lost`: undamaged and not in the
    frame. `vanished`: damaged, neither in the frame nor set aside. `refused`: rows of files that were refused.
    `spoilt`: those of `wrong` that were not damaged.
    """

    files: int = 0
    rows: int = 0
    right: int = 0
    repaired_right: int = 0
    set_aside: int = 0
    wrong: int = 0
    repaired_wrong: int = 0
    unknown: int = 0
    lost: int = 0
    vanished: int = 0
    refused: int = 0
    spoilt: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def expected(post: Post) -> dict[str, object]:
    """What should the canonical columns of this post hold? Times in microseconds UTC, None = unknown."""
    found: dict[str, object] = {name: post[header] for name, header in COLUMNS.items()}
    found |= {name: _number(post[COLUMNS[name]]) for name in NUMBERS}
    found |= {name: _moment(post[COLUMNS[name]]) for name in TIMES}
    found["platform"] = PLATFORMS.get(post["平台"], post["平台"])
    found["media_tier"] = TIERS.get(post["媒体级别"], post["媒体级别"])
    found["author_verified"] = VERIFIED.get(post["认证类型"])
    return found


def plain(posts: pd.DataFrame) -> list[dict[str, object]]:
    """What does each row of a posts frame hold, in the form of `expected`?"""
    columns = {}
    for name in COLUMNS:
        values = posts[name]
        if name in TIMES:
            micros = values.dt.tz_convert("UTC").astype("datetime64[us, UTC]").astype("int64")
            columns[name] = micros.astype(object).where(values.notna(), None).tolist()
        else:
            columns[name] = values.astype(object).where(values.notna(), None).tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def judged(export: Export, found: list[dict[str, object]], repaired: frozenset[int], aside: frozenset[int]) -> Tally:
    """How did a reader do that found these rows, and says that it repaired and set aside these row numbers?"""
    truth = {key: expected(post) for key, post in export.truth.items()}
    tally = Tally(files=1, rows=len(truth))
    minutes = _by_minute(truth)
    seen: set[str] = set()
    for row in found:
        key = _post_of(row, truth, minutes)
        if key is None or key in seen:
            tally.wrong += 1
            tally.examples.append(f"{'twice' if key else 'invented'}: {str(dict(row))[:300]}")
            continue
        seen.add(key)
        _judge(tally, export, key, truth[key], row, bool(export.rows[key] & repaired))
    for key in truth.keys() - seen:
        if key not in export.damaged:
            tally.lost += 1
            tally.examples.append(f"good row lost: {export.truth[key][TEXT]!r}")
        elif export.rows[key] & aside:
            tally.set_aside += 1
        else:
            tally.vanished += 1
    return tally


def _judge(
    tally: Tally, export: Export, key: str, truth: Mapping[str, object], row: Mapping[str, object], repaired: bool
) -> None:
    lost, also = export.lost[key], _also(export.also[key])
    state = {name: _state(name, truth[name], row[name], lost, also, repaired, truth) for name in COLUMNS}
    worst = max(state.values())
    if worst == 2:
        tally.wrong += 1
        tally.repaired_wrong += repaired
        tally.spoilt += key not in export.damaged
    elif worst == 1:
        tally.unknown += 1
    elif repaired:
        tally.repaired_right += 1
    else:
        tally.right += 1
    kinds = ("right", "unknown", "repaired wrong" if repaired else "wrong")
    tally.examples.extend(
        f"{kinds[grade]} {name}: truth {truth[name]!r}, got {row[name]!r}"
        for name, grade in state.items()
        if grade == worst > 0
    )


def _state(
    name: str,
    truth: object,
    got: object,
    lost: frozenset[str],
    also: Mapping[str, tuple[object, ...]],
    repaired: bool,
    post: Mapping[str, object],
) -> int:
    """0 right, 1 unknown although the file tells it, 2 wrong."""
    told = COLUMNS[name] not in lost
    if any(_same(got, value, repaired) for value in (truth, *also.get(name, ()))):
        return 0
    if name == "post_id":  # an id that the file does not tell is made from the row
        return int(told) if MADE.fullmatch(str(got)) else 2
    if name == "collected_at" and not told:  # then it is the file's time
        return 0
    stand_in = name == "text" and not told and got == post["title"]  # a title stands in for a missing text
    unknown = got in UNKNOWN or (name == "platform" and got == "other") or stand_in
    return int(told) if unknown else 2


def _same(got: object, truth: object, repaired: bool) -> bool:
    if isinstance(truth, int) and not isinstance(truth, bool) and truth > 10**12 and isinstance(got, int):
        return abs(got - truth) <= SECOND
    if not isinstance(truth, str) or not isinstance(got, str):
        return got is truth or got == truth
    return _same_text(got, truth, repaired)


def _same_text(got: str, truth: str, repaired: bool) -> bool:
    got, truth = BREAKS.sub("\n", got).replace("\x00", "").strip(), BREAKS.sub("\n", truth).strip()
    if got == truth or "\ufffd" not in got or not repaired:
        return got == truth
    parts = (re.escape(part) for part in REPLACED.split(got))
    return bool(re.fullmatch(".{0,4}".join(parts), truth, re.S))


def _also(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[object, ...]]:
    names = {header: name for name, header in COLUMNS.items()}
    found: dict[str, tuple[object, ...]] = {}
    for header, value in pairs:
        found[names[header]] = (*found.get(names[header], ()), value)
    return found


def _by_minute(truth: Mapping[str, Mapping[str, object]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, post in truth.items():
        found.setdefault(_minute(post["published_at"]), []).append(key)
    return found


def _post_of(
    row: Mapping[str, object], truth: Mapping[str, Mapping[str, object]], minutes: Mapping[int, list[str]]
) -> str | None:
    """Which post of the truth is a row? By its id, else by its minute and text."""
    if row["post_id"] in truth:
        return str(row["post_id"])
    near = minutes.get(_minute(row["published_at"]), [])
    return next((key for key in near if _same_text(str(row["text"]), str(truth[key]["text"]), True)), None)


def _minute(moment: object) -> int:
    return moment // (60 * SECOND) if isinstance(moment, int) else -1


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _moment(cell: str) -> int:
    return int(dt.datetime.fromisoformat(f"{cell}+08:00").timestamp()) * SECOND
