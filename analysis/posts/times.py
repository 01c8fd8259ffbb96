"""Which moment does a written time mean? Every form that exports and sites use, on Arrow arrays.

Times are int64 microseconds of the clock in Shanghai since 1970; NAT where nothing could be read.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts.strings import encoded

NAT, LATEST = np.iinfo("int64").min, np.iinfo("int64").max
SECOND = 1_000_000
DAY = 86_400 * SECOND
LOCAL = 8 * 3600 * SECOND
EPOCH_FROM, EPOCH_TO = 631_152_000, 4_133_980_800
SERIAL_FROM, SERIAL_TO = 32_874, 73_416
SERIAL_START = int(np.datetime64("1899-12-30", "us").astype("int64"))
FARTHEST_ZONE, NO_HOUR = 14, 99
SHORT_FROM, SHORT_TO = 10, 49
YEARS_BACK = 8
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WEEKDAY = r"(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)"
_ZONE = r"(?:\s*(?P<zone>z|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|\+08)(?:\s*\(?cst\)?)?)?"
_CLOCK = (
    rf"(?:[t\s,]*{_WEEKDAY}?[t\s,]*(?P<half>上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[时点]|[:时点]\s*(?P<minute>\d{1,2})\s*[:分]?\s*"
    rf"(?:(?P<second>\d{{1,2}})(?:[.,](?P<fraction>\d{{1,9}}))?\s*秒?)?)\s*(?P<half_after>am|pm)?{_ZONE})?"
    rf"\s*{_WEEKDAY}?"
)
_LEAD = rf"(?:{_WEEKDAY}[\s,]*)?"
_MONTH = r"(?P<name>[a-z]{3})[a-z]*\.?"
FULL = rf"{_LEAD}(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*[日号]?{_CLOCK}"
SHORT = rf"{_LEAD}(?P<short>\d\d)\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]?{_CLOCK}"
COMPACT = (
    r"(?P<year>19\d\d|20\d\d|2100)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[t\s_]*(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)?(?P<zone>z)?)?"
)
WEIBO = (
    rf"[a-z]{{3}},? {_MONTH} +(?P<day>\d{{1,2}}) (?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) "
    r"(?P<zone>[+-]\d{4}|cst|gmt|utc) (?P<year>\d{4})"
)
DAY_MONTH_NAME = rf"(?:[a-z]{{3,9}}\.?,?\s*)?(?P<day>\d{{1,2}})[\s-]{_MONTH}[\s,-]+(?P<year>\d{{4}}){_CLOCK}"
MONTH_NAME_DAY = rf"(?:[a-z]{{3,9}}\.?,?\s*)?{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}"
THREE_NUMBERS = rf"(?P<first>\d{{1,2}})\s*[-/.]\s*(?P<middle>\d{{1,2}})\s*[-/.]\s*(?P<last>\d{{1,2}}|\d{{4}}){_CLOCK}"
YEARLESS = rf"{_LEAD}(?P<month>\d{{1,2}})\s*[-/月]\s*(?P<day>\d{{1,2}})\s*[日号]?{_CLOCK}"
DAY_WORD = rf"(?P<word>今天|今日|昨天|昨日|大前天|前天|前日){_CLOCK}"
AGO = r"(?:(?P<number>\d{1,5}|半)\s*个?(?P<unit>秒|分|小时|天|日|周|星期)钟?(?:之|以)?前)|(?P<now>刚刚|刚才)"
NUMBER = r"(?P<number>\d{5,16}(?:\.\d+)?)"
DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "大前天": 3}
UNIT_SECONDS = {"秒": 1, "分": 60, "小时": 3600, "天": 86_400, "日": 86_400, "周": 604_800, "星期": 604_800}
EVENING = ("下午", "晚上", "中午", "pm")
MORNING = ("上午", "凌晨", "早上", "am")
ORDERS = (("year", "month", "day"), ("month", "day", "year"), ("day", "month", "year"))
PLACES = ("first", "middle", "last")
NUMBERS = ("year", "month", "day", "minute", "second")

Groups = dict[str, pa.Array]
Parts = dict[str, np.ndarray]


def absolute_times(texts: pa.Array) -> np.ndarray:
    """When is each of these times that tell their year? `texts`: as `vendors.simplified` writes them.

    Numbers that could stand in several orders ("25-10-08", "13/10/2025") are read where only one order is
    possible, in the cell or for all such cells of `texts` together.
    """
    result = np.full(len(texts), NAT)
    for pattern in (FULL, NUMBER, WEIBO, COMPACT, SHORT, DAY_MONTH_NAME, MONTH_NAME_DAY, THREE_NUMBERS):
        open_ = np.flatnonzero(result == NAT)
        if not len(open_):
            break
        rows, groups = _groups(texts.take(pa.array(open_)), pattern)
        if len(rows):
            result[open_[rows]] = SPECIAL.get(pattern, _written)(groups)
    return result


def relative_times(texts: pa.Array, now: np.ndarray) -> np.ndarray:
    """When is each of these times that count from `now` (one for each text; int64 like the answer)?

    Days without year: the latest that is not after `now`. "昨天 08:30", "3小时前", "刚刚".
    """
    result = np.full(len(texts), NAT)
    for pattern, reader in ((YEARLESS, _yearless), (DAY_WORD, _day_word), (AGO, _ago)):
        open_ = np.flatnonzero((result == NAT) & (now != NAT))
        if not len(open_):
            break
        rows, groups = _groups(texts.take(pa.array(open_)), pattern)
        if len(rows):
            result[open_[rows]] = reader(groups, now[open_[rows]])
    return result


def assembled(parts: Parts) -> np.ndarray:
    """Which times are these numbers? A part out of its range (month 13, 31 April, 24:01) gives NAT."""
    year, month, day = (parts[name] for name in ("year", "month", "day"))
    hour, minute, second = (np.nan_to_num(parts.get(name, np.zeros(1))) for name in ("hour", "minute", "second"))
    valid = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1900) & (year <= 2200)
    valid &= (minute <= 59) & (second <= 59) & ((hour <= 23) | ((hour == 24) & (minute + second == 0)))
    months = np.where(valid, (year - 1970) * 12 + month - 1, 0).astype("int64").astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (np.where(valid, day, 1).astype("int64") - 1)
    valid &= days.astype("datetime64[M]") == months
    clock = np.where(valid, (hour * 60 + minute) * 60 + second, 0).astype("int64") * SECOND
    more = parts.get("more", np.zeros(1))
    valid &= ~np.isnan(more)
    clock += np.nan_to_num(more).astype("int64")
    return np.where(valid, days.astype("int64") * DAY + clock, NAT)


def _groups(texts: pa.Array, pattern: str) -> tuple[np.ndarray, Groups]:
    """Which texts does the pattern fit whole, and what do its groups hold there ("" = not there)?"""
    found = pc.extract_regex(texts, f"^(?:{pattern})$")
    rows = np.flatnonzero(pc.is_valid(found).to_numpy(zero_copy_only=False))
    fitting = found.drop_null()
    return rows, {field.name: fitting.field(place) for place, field in enumerate(found.type)}


def _written(groups: Groups) -> np.ndarray:
    return assembled(_parts(groups))


def _parts(groups: Groups) -> Parts:
    parts: Parts = {name: _number(groups[name]) for name in NUMBERS if name in groups}
    if "short" in groups:
        parts["year"] = _short_year(_number(groups["short"]))
    if "name" in groups:
        parts["month"] = _looked_up(groups["name"], lambda name: MONTHS.index(name) + 1.0 if name in MONTHS else np.nan)
    if "hour" in groups:
        parts["hour"] = _hour(groups)
    if "zone" in groups:
        parts["more"] = _looked_up(groups["zone"], _behind)
    if "fraction" in groups:
        parts["more"] = parts["more"] + _looked_up(groups["fraction"], lambda digits: float(f"{digits:0<6.6}"))
    return parts


def _number(group: pa.Array) -> np.ndarray:
    """float64, NaN where the group is not there."""
    written = pc.if_else(pc.equal(group, ""), pa.scalar(None, group.type), group)
    return pc.cast(written, pa.float64()).to_numpy(zero_copy_only=False)


def _looked_up(group: pa.Array, answer: Callable[[str], float]) -> np.ndarray:
    codes, uniques = encoded(group)
    return np.array([answer(text) for text in uniques.to_pylist()], "float64")[codes]


def _short_year(year: np.ndarray) -> np.ndarray:
    return np.where((year >= SHORT_FROM) & (year <= SHORT_TO), 2000 + year, np.nan)


def _hour(groups: Groups) -> np.ndarray:
    """下午 3 is 15; 12 pm is noon, 12 am midnight, 中午 11 is 11. Hours above 12 are taken as written."""
    hour = _number(groups["hour"])
    if "half" not in groups:
        return hour
    half = pc.binary_join_element_wise(groups["half"], groups["half_after"], pa.scalar("", groups["half"].type))
    evening, morning, noon, night = (
        pc.is_in(half, pa.array(words, half.type)).to_numpy(zero_copy_only=False)
        for words in (EVENING, MORNING, ("中午",), ("晚上",))
    )
    later = hour + 12 * (evening & (hour < 12) & ~(noon & (hour > 9)))
    return np.where(morning & (hour == 12), 0, np.where(night & (hour == 12), NO_HOUR, later))


def _behind(zone: str) -> float:
    """By how many microseconds is a clock in this zone behind Shanghai's? 0 without zone, NaN for no such zone."""
    if zone in ("", "cst"):
        return 0.0
    digits = zone.lstrip("zutcgm+-").replace(":", "")
    hours, minutes = int(digits[:2] or 0), int(digits[2:] or 0)
    if hours > FARTHEST_ZONE or minutes > 59:
        return np.nan
    east = (hours * 60 + minutes) * (-1 if "-" in zone else 1)
    return float(LOCAL - east * 60 * SECOND)


def _epoch_or_serial(groups: Groups) -> np.ndarray:
    """Epoch seconds, milliseconds, microseconds; days since 1899-12-30, as Excel counts them."""
    number = _number(groups["number"])
    result = np.full(len(number), NAT)
    for scale in (1, 1_000, 1_000_000):
        inside = (number >= EPOCH_FROM * scale) & (number < EPOCH_TO * scale)
        result[inside] = np.round(number[inside] / scale * 1e6).astype("int64") + LOCAL
    serial = (number >= SERIAL_FROM) & (number < SERIAL_TO)
    result[serial] = SERIAL_START + np.round(number[serial] * 86_400).astype("int64") * SECOND
    return result


def _three_numbers(groups: Groups) -> np.ndarray:
    """A four-digit year at the end, or a two-digit one in front: each kind by the order its cells allow."""
    full = pc.equal(pc.binary_length(groups["last"]), 4).to_numpy(zero_copy_only=False)
    readings = [_in_order(groups, order, full) for order in ORDERS]
    result = np.full(len(full), NAT)
    for kind in (full, ~full):
        result[kind] = _agreed([reading[kind] for reading in readings])
    return np.where(full | (result == readings[0]), result, NAT)


def _in_order(groups: Groups, order: tuple[str, ...], full: np.ndarray) -> np.ndarray:
    parts = _parts({name: group for name, group in groups.items() if name not in PLACES})
    parts |= {name: _number(groups[place]) for name, place in zip(order, PLACES, strict=True)}
    written = groups[PLACES[order.index("year")]]
    two = pc.equal(pc.binary_length(written), 2).to_numpy(zero_copy_only=False)
    short = np.where(two, _short_year(parts["year"]), np.nan)
    parts["year"] = np.where(full, parts["year"] if order[2] == "year" else np.nan, short)
    return assembled(parts)


def _agreed(readings: list[np.ndarray]) -> np.ndarray:
    """What do the orders that fit every readable cell say with one voice? Else what a cell allows alone."""
    readable = np.any([reading != NAT for reading in readings], axis=0)
    fitting = [reading for reading in readings if ((reading != NAT) == readable).all()] or readings
    highest, lowest = np.max(fitting, axis=0), np.min([np.where(r == NAT, LATEST, r) for r in fitting], axis=0)
    return np.where(highest == lowest, highest, NAT)


def _yearless(groups: Groups, now: np.ndarray) -> np.ndarray:
    """Eight years back are enough for any day, 29 February included."""
    parts = _parts(groups)
    year = now.astype("datetime64[us]").astype("datetime64[Y]").astype("int64") + 1970
    result = np.full(len(now), NAT)
    for back in range(YEARS_BACK + 1):
        open_ = np.flatnonzero(result == NAT)
        times = assembled({**{name: part[open_] for name, part in parts.items()}, "year": year[open_] - back})
        result[open_] = np.where(times <= now[open_], times, NAT)
    return result


def _day_word(groups: Groups, now: np.ndarray) -> np.ndarray:
    back = _looked_up(groups["word"], lambda word: DAYS_BACK[word]).astype("int64")
    days = (now // DAY - back).astype("datetime64[D]")
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    date = {"year": years.astype("int64") + 1970, "month": (months - years).astype("int64") + 1}
    return assembled({**_parts(groups), **date, "day": (days - months).astype("int64") + 1})


def _ago(groups: Groups, now: np.ndarray) -> np.ndarray:
    size = _looked_up(groups["number"], lambda number: 0.5 if number == "半" else float(number or 0))
    unit = _looked_up(groups["unit"], lambda unit: UNIT_SECONDS.get(unit, 0))
    return now - (size * unit).astype("int64") * SECOND


SPECIAL = {NUMBER: _epoch_or_serial, THREE_NUMBERS: _three_numbers}
