"""What does a column hold, judged by its cells?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from analysis.posts.vendors import simplified

SHARE = 0.9
LEAST_CELLS = 3
LONGEST, LONGEST_WORD = 64, 10
UNKNOWN = frozenset(
    {"", "-", "--", "—", "——", "nan", "none", "null", "nat", "n/a", "na", "<na>", "\\n", "无", "暂无", "未知", "不详"}
)

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_NAMES = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:\(?(?:(?:星期|周|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})\)?[\s,]*)?"
_HALF = r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上|am|pm)?"
_CLOCK = (
    rf"(?:[t\s,]*{_WEEKDAY}{_HALF}\s*(?:[01]?\d|2[0-4])\s*(?:[:时点]\s*(?:[0-5]?\d\s*[:分]?\s*"
    r"(?:[0-5]?\d(?:[.,]\d{1,9})?\s*秒?)?)?)\s*(?:am|pm)?)?"
)
_ZONE = r"\s*(?:z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?|cst)?"
_TIMES = (
    rf"(?:\d{{4}}|\d{{2}})\s*[-/.年]\s*{_MONTH}\s*[-/.月]\s*{_DAY}\s*[日号]?{_CLOCK}{_ZONE}",
    rf"{_DAY}\s*[-/.]\s*{_DAY}\s*[-/.]\s*(?:\d{{4}}|\d\d){_CLOCK}{_ZONE}",
    rf"{_MONTH}\s*(?:[-/月]\s*{_DAY}\s*[日号]?){_CLOCK}",
    rf"(?:[a-z]{{3,9}},?\s+)?{_NAMES}\s+{_DAY},?\s+(?:\d{{4}}{_CLOCK}|\d\d:\d\d:\d\d\s*(?:[+-]\d{{4}}|[a-z]{{3}})?\s*\d{{4}})",
    rf"(?:[a-z]{{3,9}},?\s+)?{_DAY}[\s-]{_NAMES}[\s-]\d{{4}}{_CLOCK}{_ZONE}",
    rf"(?:今天|今日|昨天|昨日|大前天|前天|前日|today|yesterday){_CLOCK}",
    r"(?:\d{1,5}|半|几)\s*个?(?:秒|分|小时|时|天|日|周|星期|月|年)钟?(?:之|以)?前|刚刚|刚才|just now",
    r"(?:19|20)\d{6}[t _]+[0-2]\d:?[0-5]\d(?::?[0-5]\d)?z?",
    r"\d{1,5}\s*(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago",
)
TIME = re.compile(rf"{_WEEKDAY}(?:{'|'.join(_TIMES)}) ?{_WEEKDAY}", re.A)
# Ranges as in values.parse_times: epoch seconds, milliseconds and microseconds of 1990..2100, Excel serials.
NUMBER = re.compile(r"\d+(?:\.\d+)?", re.A)
COMPACT = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?", re.A
)
EPOCHS = ((631_152_000, 4_133_980_800), (1_104_537_600, 2_051_222_400))
SCALES = (1, 1_000, 1_000_000)
SERIALS = (32_874, 73_416)
EPOCH_DIGITS = (10, 13, 16)
DIGIT = re.compile(r"\d")

_COUNTED = r"(?:转发|转载|分享|评论|回复|跟帖|点赞|赞|喜欢|收藏|在看|阅读|浏览|观看|播放|粉丝|关注)"
_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?(?:e\+?\d{1,2})?"
_UNIT = r"(?:千万|百万|十万|万|亿|千|w|k|m)?"
COUNT = re.compile(rf"{_COUNTED}|(?:{_COUNTED}[数量]? ?:? ?)?{_NUMBER} ?{_UNIT} ?\+?", re.A)
URL = re.compile(
    r"(?:(?:https?|weixin|sinaweibo|snssdk\d+):)?//[a-z0-9][\w.-]*\.[a-z]{2,}(?:[:/?#]\S*)?"
    r"|https?:/\S+|www\.[\w-]+\.\S+|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|hk|tw|tv|cc)/\S*",
    re.I,
)


class Kind(StrEnum):
    """What stands in a column; FREE is any text: sentences, names, ids."""

    EMPTY = "empty"
    TIME = "time"
    COUNT = "count"
    URL = "url"
    FREE = "free"


def blank(cell: str) -> bool:
    """Does this cell say nothing? Empty, spaces, or a word for "unknown" such as -, null, nan, 无."""
    return len(cell) <= LONGEST and cell.strip("\ufeff\u200b \t\r\n'\"").lower() in UNKNOWN


def fits(cell: str, kind: Kind) -> bool:
    """May this cell stand in a column of this kind? Blank cells may stand in any, any cell in FREE
    and in EMPTY, of which nothing is known.

    TIME: every form that `values.parse_times` reads, bare numbers among them (epoch, Excel serial, 20240315).
    COUNT: 12, 1,234, 1.2万, 100+, 转发, "赞 3". URL: http(s)://…, www.…, //host/…, host.cn/….
    """
    if kind in (Kind.FREE, Kind.EMPTY) or blank(cell):
        return True
    if kind is Kind.URL:
        return bool(URL.fullmatch(cell.strip()))
    text = _plain(cell)
    if kind is Kind.TIME:
        return bool(TIME.fullmatch(text)) or _dated(text, EPOCHS[0])
    return bool(COUNT.fullmatch(text))


def kind_of(cells: Sequence[str], least: int = LEAST_CELLS) -> Kind:
    """Of which kind are these cells: the one that at least 90% of those that are not blank fit?

    EMPTY when all are blank, FREE when fewer than `least` are not. Bare numbers are counts unless they look
    like times together: 10, 13 or 16 digits within 2005..2034, Excel serials most of which have a fraction,
    or days such as 20240315.
    """
    filled = [cell for cell in cells if not blank(cell)]
    if len(filled) < max(least, 1):
        return Kind.FREE if filled else Kind.EMPTY
    needed = SHARE * len(filled)
    texts = [_plain(cell) for cell in filled]
    numbers = [text for text in texts if NUMBER.fullmatch(text)]
    worded = sum(bool(TIME.fullmatch(text)) for text in texts)
    if worded + _dates(numbers) >= needed:
        return Kind.TIME
    if sum(bool(COUNT.fullmatch(text)) for text in texts) >= needed:
        return Kind.COUNT
    if sum(bool(URL.fullmatch(cell.strip())) for cell in filled) >= needed:
        return Kind.URL
    return Kind.FREE


def kinds_of(rows: Sequence[Sequence[str]], width: int, least: int = LEAST_CELLS) -> tuple[Kind, ...]:
    """Of which kind is each of the first `width` columns of these rows? A row that is short counts as blank there."""
    return tuple(
        kind_of([row[position] if position < len(row) else "" for row in rows], least) for position in range(width)
    )


def _plain(cell: str) -> str:
    """As `parse_times` sees it, with single spaces; "" for what is too long to be a time or a count."""
    bare = cell.strip()
    if len(bare) > LONGEST or (len(bare) > LONGEST_WORD and not DIGIT.search(bare)):
        return ""
    return " ".join(simplified(bare).strip("'\"= \ufeff\u200b").split())


def _dated(text: str, epoch: tuple[int, int]) -> bool:
    """Is this bare number a time: an epoch within these seconds, an Excel serial, 20240315 or 20240315080500?"""
    if not NUMBER.fullmatch(text):
        return False
    if COMPACT.fullmatch(text):
        return True
    number = float(text)
    return SERIALS[0] <= number < SERIALS[1] or any(epoch[0] * scale <= number < epoch[1] * scale for scale in SCALES)


def _dates(numbers: Sequence[str]) -> int:
    """How many of these bare numbers are times, when all of one column are looked at together?"""
    epochs = [text for text in numbers if len(text.split(".")[0]) in EPOCH_DIGITS and _dated(text, EPOCHS[1])]
    days = [text for text in numbers if COMPACT.fullmatch(text)]
    serials = [text for text in numbers if SERIALS[0] <= float(text) < SERIALS[1]]
    fractions = sum("." in text for text in serials)
    return max(len(epochs), len(days), len(serials) if 2 * fractions >= len(serials) else 0)
