"""When was it published, and how often was it reposted? Times and counts as exports write them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.posts.vendors import simplified
from analysis.schema import TIME_DTYPE, TIMEZONE

EARLIEST = pd.Timestamp("1990-01-01")
TOO_LATE = pd.Timestamp("2101-01-01")
LOCAL = pd.Timedelta(hours=8)
EPOCH_FROM, EPOCH_TO = 631_152_000, 4_133_980_800
SERIAL_FROM, SERIAL_TO = 32_874, 73_416
SERIAL_START = pd.Timestamp("1899-12-30")
LARGEST_COUNT = 10**15
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_CLOCK = (
    r"(?:[t\s,]*(?:(?:星期|周).)?\s*(?P<half>上午|下午|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*[:分]?\s*"
    r"(?:(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?)?\s*(?P<half_after>am|pm)?)?"
)
_ZONE = r"\s*(?:(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}))?"
FULL = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?" + _CLOCK + _ZONE,
    re.A,
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?",
    re.A,
)
WEIBO = re.compile(
    r"[a-z]{3} (?P<name>[a-z]{3}) +(?P<day>\d{1,2}) (?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) "
    r"(?P<zone>[+-]\d{4}) (?P<year>\d{4})",
    re.A,
)
YEARLESS = re.compile(r"(?P<month>\d{1,2})\s*[-/月]\s*(?P<day>\d{1,2})\s*日?" + _CLOCK, re.A)
DAY_WORD = re.compile(r"(?P<word>今天|今日|昨天|昨日|大前天|前天|前日)" + _CLOCK, re.A)
AGO = re.compile(r"(?:(?P<number>\d{1,5}|半)\s*个?(?P<unit>秒|分|小时|天|日|周|星期)钟?(?:之|以)?前)|刚刚|刚才", re.A)
NUMBER = re.compile(r"\d{5,16}(?:\.\d+)?", re.A)
DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "大前天": 3}
SECONDS = {"秒": 1, "分": 60, "小时": 3600, "天": 86_400, "日": 86_400, "周": 604_800, "星期": 604_800}

COUNT = re.compile(
    r"(?:(?P<word>转发|转载|分享|评论|回复|点赞|赞|喜欢|阅读|浏览|播放|粉丝)数?\s*:?\s*)?"
    r"(?:(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>千万|百万|万|亿|千|w|k|m)?\s*\+?)?",
    re.A,
)
UNITS = {"千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "百万": 1e6, "m": 1e6, "千万": 1e7, "亿": 1e8}


def parse_times(values: pd.Series, received_at: pd.Timestamp) -> pd.Series:
    """When is each of these times, in Asia/Shanghai?

    Reads epoch seconds, milliseconds and microseconds, Excel serials (32874..73415), dates with or
    without time and zone, times without year (the latest that is not after `received_at`), "昨天 08:30",
    "3小时前" and the like, both counted from `received_at` (tz-aware). Times without a zone are local; a
    day without a time is its midnight. Unreadable, before 1990 or after 2100: NaT. Same index as `values`.
    """
    now = local(received_at)
    codes, uniques = pd.factorize(_plain(values))
    parsed = _parsed(pd.Series(uniques, dtype=object), now)
    taken = pd.Series(parsed.array.take(codes), index=values.index)
    return from_local(taken.where((taken >= EARLIEST) & (taken < TOO_LATE)))


def parse_counts(values: pd.Series) -> pd.Series:
    """How large is each of these counters (Int64)?

    "1.2万" = 12000, "100+" = 100, "1,234" = 1234; the bare word "转发", "评论" or "赞" = 0, for the sites
    show it when there are none. Empty, "-", "null", negative, not whole or above 10^15: NA = unknown.
    """
    codes, uniques = pd.factorize(_plain(values))
    parsed = pd.array([_count(text) for text in uniques], dtype="Int64")
    return pd.Series(parsed.take(codes), index=values.index, name=values.name)


def local(moment: pd.Timestamp) -> pd.Timestamp:
    """What does the clock in Shanghai show then (without zone)? ValueError when `moment` has no zone."""
    if moment.tzinfo is None:
        raise ValueError(f"received_at must be tz-aware, got {moment!r}")
    return moment.tz_convert(TIMEZONE).tz_localize(None)


def from_local(times: pd.Series) -> pd.Series:
    """Which moments are these Shanghai clock times? At a fixed +08:00: no summer time of 1990 raises."""
    return (times.astype("datetime64[us]") - LOCAL).dt.tz_localize("UTC").dt.tz_convert(TIMEZONE).astype(TIME_DTYPE)


def _plain(values: pd.Series) -> np.ndarray:
    """Leading apostrophes and quotes are how exports keep a spreadsheet from reading a number."""
    known = values.astype(object).where(values.notna(), "").tolist()
    return np.array([simplified(str(value)).strip("'\" ") for value in known], dtype=object)


def _parsed(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    """Naive local times; each reader sees only what those before it could not read."""
    result = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us]")
    for reader in (_full, _number, _weibo, _compact, _yearless, _day_word, _ago):
        unread = texts[result.isna() & (texts != "")]
        if unread.empty:
            break
        result.loc[unread.index] = reader(unread, now)
    return result


def _full(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    return _assembled(_groups(texts, FULL))


def _compact(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    return _assembled(_groups(texts, COMPACT))


def _weibo(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    parts = _groups(texts, WEIBO)
    months = {name: str(number) for number, name in enumerate(MONTHS, start=1)}
    return _assembled(parts.assign(month=parts["name"].map(months)))


def _number(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    number = pd.to_numeric(texts.where([bool(NUMBER.fullmatch(text)) for text in texts]), errors="coerce")
    number = number.astype("float64")
    result = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us]")
    for scale in (1, 1_000, 1_000_000):
        inside = number.between(EPOCH_FROM * scale, EPOCH_TO * scale, inclusive="left")
        micros = (number[inside] / scale * 1e6).round().astype("int64")
        result[inside] = micros.astype("datetime64[us]") + LOCAL
    serial = number[number.between(SERIAL_FROM, SERIAL_TO, inclusive="left")]
    seconds = (serial * 86_400).round().astype("int64")
    result[serial.index] = SERIAL_START + seconds.astype("timedelta64[s]").astype("timedelta64[us]")
    return result


def _yearless(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    """Eight years back are enough for any day, 29 February included."""
    parts = _groups(texts, YEARLESS)
    result = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us]")
    for year in range(now.year, now.year - 9, -1):
        open_ = parts[result.isna() & parts["month"].notna()]
        times = _assembled(open_.assign(year=year))
        result.loc[open_.index] = times.where(times <= now)
    return result


def _day_word(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    parts = _groups(texts, DAY_WORD)
    days = now.normalize() - pd.to_timedelta(parts["word"].map(DAYS_BACK).astype("float64"), unit="D")
    return _assembled(parts.assign(year=days.dt.year, month=days.dt.month, day=days.dt.day))


def _ago(texts: pd.Series, now: pd.Timestamp) -> pd.Series:
    parts = _groups(texts, AGO)
    matched = [bool(AGO.fullmatch(text)) for text in texts]
    number = pd.to_numeric(parts["number"].replace("半", "0.5"), errors="coerce").fillna(0)
    seconds = number.astype("float64") * parts["unit"].map(SECONDS).fillna(0).astype("float64")
    return (now - pd.to_timedelta(seconds, unit="s")).astype("datetime64[us]").where(matched)


def _groups(texts: pd.Series, pattern: re.Pattern[str]) -> pd.DataFrame:
    blank = (None,) * pattern.groups
    rows = [found.groups() if (found := pattern.fullmatch(text)) else blank for text in texts]
    return pd.DataFrame(rows, index=texts.index, columns=list(pattern.groupindex), dtype=object)


def _assembled(parts: pd.DataFrame) -> pd.Series:
    """Naive local times from text parts; a part out of its range (month 13, hour 25, 31 April) gives NaT."""
    year, month, day = (_part(parts, name) for name in ("year", "month", "day"))
    hour, minute, second = (_part(parts, name, 0.0) for name in ("hour", "minute", "second"))
    hour = _full_day(parts, hour)
    valid = month.between(1, 12) & day.between(1, 31) & year.between(1900, 2200)
    valid &= hour.between(0, 23) & minute.between(0, 59) & second.between(0, 59)
    months = ((year - 1970) * 12 + month - 1).where(valid, 0).to_numpy().astype("int64")
    starts = months.astype("datetime64[M]")
    days = starts.astype("datetime64[D]") + (day.where(valid, 1).to_numpy().astype("int64") - 1)
    valid &= days.astype("datetime64[M]") == starts
    micros = ((hour * 60 + minute) * 60 + second).where(valid, 0).to_numpy().astype("int64") * 1_000_000
    clock = days.astype("datetime64[us]") + (micros + _fraction(parts)).astype("timedelta64[us]")
    return (pd.Series(clock, index=parts.index) + _offset(parts)).where(valid)


def _part(parts: pd.DataFrame, name: str, default: float = np.nan) -> pd.Series:
    written = parts[name].tolist() if name in parts else [None] * len(parts)
    return pd.Series([default if part is None else float(part) for part in written], parts.index, "float64")


def _full_day(parts: pd.DataFrame, hour: pd.Series) -> pd.Series:
    """下午 3 is 15; 12 pm is noon, 12 am midnight. Hours above 12 with a half are taken as written."""
    if "half" not in parts:
        return hour
    half = parts["half"].fillna(parts["half_after"])
    later = half.isin(["下午", "pm"]) & (hour < 12)
    return (hour + later * 12).where(~(half.isin(["上午", "am"]) & (hour == 12)), 0)


def _fraction(parts: pd.DataFrame) -> np.ndarray:
    if "fraction" not in parts:
        return np.zeros(len(parts), dtype="int64")
    return np.array([int(f"{digits or '':0<6.6}") for digits in parts["fraction"].tolist()], dtype="int64")


def _offset(parts: pd.DataFrame) -> pd.Series:
    """How far a time in its own zone is behind Shanghai; none where no zone is written."""
    zones = parts["zone"].tolist() if "zone" in parts else [None] * len(parts)
    hours = [0.0 if zone is None else 8 - _zone_hours(zone) for zone in zones]
    return pd.Series(pd.to_timedelta(hours, unit="h"), index=parts.index)


def _zone_hours(zone: str) -> float:
    if zone in ("z", "utc", "gmt"):
        return 0.0
    digits = zone[1:].replace(":", "")
    size = int(digits[:2]) + int(digits[2:]) / 60
    return -size if zone[0] == "-" else size


def _count(text: str) -> int | None:
    found = COUNT.fullmatch(text)
    if not found or not text:
        return None
    if found["number"] is None:
        return 0
    size = float(found["number"].replace(",", "")) * UNITS.get(found["unit"] or "", 1.0)
    whole = found["unit"] is not None or size.is_integer()
    return round(size) if whole and size <= LARGEST_COUNT else None
