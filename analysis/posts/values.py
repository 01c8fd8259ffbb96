"""When was it published, and how often was it reposted? Times and counts as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts.strings import arrow, encoded, raw
from analysis.posts.times import DAY, EPOCH_FROM, EPOCH_TO, LOCAL, NAT, SECOND, absolute_times, relative_times
from analysis.posts.vendors import simplified
from analysis.schema import TIME_DTYPE, TIMEZONE

FIRST_YEAR, LAST_YEAR = 1990, 2100
MONTHS = np.arange(f"{FIRST_YEAR}-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
FIRST_DAYS, MONTH_DAYS = MONTHS[:-1].astype("int64"), np.diff(MONTHS).astype("int64")
EARLIEST, TOO_LATE = int(FIRST_DAYS[0]) * DAY, (int(FIRST_DAYS[-1]) + 31) * DAY
LAYOUT, WIDTHS = "0000-00-00 00:00:00", (19, 16, 10)
SEPARATORS = {
    kind: np.isin(np.arange(256), list(signs.encode())) for kind, signs in zip("- :", ("-/.", " Tt", ":"), strict=True)
}
ZERO, TEN = np.uint8(ord("0")), np.uint8(10)
SHORTEST, LONGEST = len("2025-1-1"), len(LAYOUT)
AT_ONCE = 1 << 14
LARGEST_COUNT = 10**15
PLAIN_DIGITS = 15

IN_NAME = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<between>[-_.年]?)(?P<month>[0-9]{1,2})(?:(?P=between)|月)"
    r"(?P<day>[0-9]{1,2})日?(?:[ tT_-]*(?P<hour>[0-9]{1,2})"
    r"(?:[-_.:时点]?(?P<minute>[0-9]{2})(?:[-_.:分]?(?P<second>[0-9]{2})秒?)?|[时点]))?(?![0-9])"
)
COUNT = re.compile(
    r"(?:(?P<word>转发|转载|分享|评论|回复|点赞|赞|喜欢|阅读|浏览|播放|粉丝)数?\s*:?\s*)?"
    r"(?:(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>千万|百万|十万|万|亿|千|w|k|m)?\s*\+?)?",
    re.A,
)
UNITS = {"千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "十万": 1e5, "百万": 1e6, "m": 1e6, "千万": 1e7, "亿": 1e8}


def parse_times(values: pd.Series, reference: pd.Timestamp | pd.Series) -> pd.Series:
    """When is each of these times, in Asia/Shanghai?

    Reads epoch seconds, milliseconds and microseconds, Excel serials (32874..73415), dates with or
    without time and zone, times without year (the latest that is not after `reference`), "昨天 08:30",
    "3小时前" and the like, both counted from `reference` (tz-aware; a Series on the index of `values` gives
    each row its own, NaT: none). Times without a zone are local; a day without a time is its midnight, 24:00
    the next one. "25-10-08" and "10/13/2025" are read where the column allows one order of day, month and
    year only. Unreadable, before 1990 or after 2100: NaT. Same index as `values`.
    """
    now = _now(reference)
    texts = arrow(values)
    micros = _plain_times(texts)
    open_ = np.flatnonzero((micros == NAT) & (pc.binary_length(texts).to_numpy(zero_copy_only=False) > 0))
    if len(open_):
        micros[open_] = _other_times(texts.take(pa.array(open_)), now if now.ndim == 0 else now[open_])
    micros = np.where((micros >= EARLIEST) & (micros < TOO_LATE), micros, NAT)
    return pd.Series(from_local(micros), index=values.index)


def parse_counts(values: pd.Series) -> pd.Series:
    """How large is each of these counters (Int64)?

    "1.2万" = 12000, "100+" = 100, "1,234" = 1234; the bare word "转发", "评论" or "赞" = 0, for the sites
    show it when there are none. Empty, "-", "null", negative, not whole or above 10^15: NA = unknown.
    """
    texts = arrow(values)
    length = pc.binary_length(texts)
    plain = pc.and_(pc.ascii_is_decimal(texts), pc.less_equal(length, PLAIN_DIGITS))
    other = pc.and_not(pc.greater(length, 0), plain)
    digits = texts if pc.all(plain).as_py() else pc.if_else(plain, texts, pa.scalar(None, texts.type))
    counts = pc.cast(digits, pa.int64())
    if pc.any(other).as_py():
        codes, uniques = encoded(texts.filter(other))
        read = pa.array([_count(text) for text in _simple(uniques).to_pylist()], pa.int64())
        counts = pc.replace_with_mask(counts, other, read.take(pa.array(codes)))
    unknown = pc.is_null(counts).to_numpy(zero_copy_only=False)
    numbers = pc.fill_null(counts, 0).to_numpy(zero_copy_only=False).copy()
    return pd.Series(pd.arrays.IntegerArray(numbers, unknown), index=values.index, name=values.name)


def time_in_name(name: str) -> pd.Timestamp | None:
    """When was a file exported, as far as its name tells (Asia/Shanghai)? None when it does not.

    "weibo_2025-10-08_0900.csv", "舆情20251008.xlsx", "2025年10月8日9时.csv". A day without a time is its last
    second: all that a file of that day holds had happened by then. The last date in the name counts; without
    its year it is none, nor is one within a longer run of digits.
    """
    for found in reversed(list(IN_NAME.finditer(simplified(name)))):
        parts = {part: found[part] for part in ("year", "month", "day", "hour", "minute", "second")}
        clock = {part: int(digits) for part, digits in parts.items() if digits}
        day_only = {} if "hour" in clock else {"hour": 23, "minute": 59, "second": 59}
        try:
            moment = pd.Timestamp(**{**clock, **day_only})
        except ValueError:
            continue
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return moment.tz_localize(TIMEZONE)
    return None


def from_local(micros: np.ndarray) -> pd.Series:
    """Which moments are these Shanghai clock times? At a fixed +08:00: no summer time of 1990 raises."""
    utc = np.where(micros == NAT, NAT, micros - LOCAL).view("datetime64[us]")
    return pd.Series(utc).dt.tz_localize("UTC").dt.tz_convert(TIMEZONE).astype(TIME_DTYPE).array


def _now(reference: pd.Timestamp | pd.Series) -> np.ndarray:
    """What does a clock at a fixed +08:00 show then? int64 microseconds, NAT where there is no reference."""
    zone = reference.dt.tz if isinstance(reference, pd.Series) else reference.tzinfo
    if zone is None:
        raise ValueError(f"reference must be tz-aware, got {reference!r}")
    if isinstance(reference, pd.Timestamp):
        return np.array(reference.to_datetime64().astype("datetime64[us]").astype("int64") + LOCAL)
    micros = reference.dt.as_unit("us").astype("int64").to_numpy()
    return np.where(micros == NAT, NAT, micros + LOCAL)


def _plain_times(texts: pa.Array) -> np.ndarray:
    """What whole files are written in: 2025-10-08 09:05:03 with its variants, and epoch seconds or milliseconds."""
    result = _iso_times(texts)
    length = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    for digits, scale in ((10, 1), (13, 1_000)):
        rows = np.flatnonzero((length == digits) & (result == NAT))
        if len(rows):
            result[rows] = _epoch(texts.take(pa.array(rows)), scale)
    return result


def _iso_times(texts: pa.Array) -> np.ndarray:
    data, offsets = raw(texts)
    data = np.concatenate([data[: offsets[-1]], np.zeros(LONGEST + 2, "uint8")])
    begin, length = offsets[:-1], np.diff(offsets)
    result = np.full(len(texts), NAT)
    for width in WIDTHS:
        windows = np.lib.stride_tricks.sliding_window_view(data, width)
        for rows in _portions(np.flatnonzero(length == width)):
            result[rows] = _padded(windows[begin[rows]])
    for rows in _portions(np.flatnonzero((result == NAT) & (length >= SHORTEST) & (length <= LONGEST))):
        result[rows] = _ragged(data, begin[rows], begin[rows] + length[rows])
    return result


def _portions(rows: np.ndarray) -> Iterator[np.ndarray]:
    """Few enough at a time for the processor's cache."""
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _padded(cells: np.ndarray) -> np.ndarray:
    """2025-10-08 09:05:03 or a beginning of it, each number with all its digits; (n, width) bytes."""
    columns = np.ascontiguousarray(cells.T)
    digits = columns - ZERO
    valid = np.ones(len(cells), bool)
    for place, kind in enumerate(LAYOUT[: len(columns)]):
        valid &= digits[place] <= 9 if kind == "0" else SEPARATORS[kind][columns[place]]
    pairs = [digits[place] * TEN + digits[place + 1] for place in range(5, len(columns), 3)]
    year = (digits[0] * TEN + digits[1]).astype("int64") * 100 + digits[2] * TEN + digits[3]
    return _moment(year, pairs + [np.zeros(len(cells), "uint8")] * (5 - len(pairs)), valid)


def _ragged(data: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """2025/10/8 9:05: the same with one digit or two, read from left to right in all cells at once."""
    year, valid = np.zeros(len(begin), "int64"), np.ones(len(begin), bool)
    for place in range(4):
        digit = data[begin + place] - ZERO
        valid &= digit <= 9
        year = year * 10 + digit
    at, numbers, over = begin + 4, [], np.zeros(len(begin), bool)
    for number, separator in enumerate("-- ::"):
        over = at >= end if number in (2, 4) else over
        first, second = data[at + 1] - ZERO, data[at + 2] - ZERO
        two = (second <= 9) & (at + 2 < end)
        valid &= over | (SEPARATORS[separator][data[at]] & (first <= 9) & (at + 1 < end))
        numbers.append(np.where(over, 0, np.where(two, first * TEN + second, first)))
        at = np.where(valid & ~over, at + 2 + two, at)
    return _moment(year, numbers, valid & (at == end))


def _moment(year: np.ndarray, numbers: list[np.ndarray], valid: np.ndarray) -> np.ndarray:
    month, day, hour, minute, second = numbers
    valid = valid & (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
    place = np.where(valid, (year - FIRST_YEAR) * 12 + month - 1, 0)
    valid &= (day >= 1) & (day <= MONTH_DAYS[place]) & (hour <= 23) & (minute <= 59) & (second <= 59)
    clock = (hour.astype("int32") * 60 + minute) * 60 + second
    return np.where(valid, ((FIRST_DAYS[place] + day - 1) * 86_400 + clock) * SECOND, NAT)


def _epoch(texts: pa.Array, scale: int) -> np.ndarray:
    digits = pc.if_else(pc.ascii_is_decimal(texts), texts, "0")
    number = pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False)
    inside = (number >= EPOCH_FROM * scale) & (number < EPOCH_TO * scale)
    return np.where(inside, number * (SECOND // scale) + LOCAL, NAT)


def _other_times(texts: pa.Array, now: np.ndarray) -> np.ndarray:
    """Every other form, each different text once (for each `now` that it counts from, if it does)."""
    codes, uniques = encoded(texts)
    told = _iso_times(_as_iso(uniques))
    open_ = np.flatnonzero(told == NAT)
    plain = _simple(uniques.take(pa.array(open_)))
    told[open_] = absolute_times(plain)
    result = told[codes]
    rows = np.flatnonzero(result == NAT)
    moments, different = pd.factorize(np.broadcast_to(now, len(codes))[rows])
    pairs, unique = pd.factorize(codes[rows].astype("int64") * max(len(different), 1) + moments)
    place = np.searchsorted(open_, unique // max(len(different), 1))
    result[rows] = relative_times(plain.take(pa.array(place)), different[unique % max(len(different), 1)])[pairs]
    return result


def _as_iso(texts: pa.Array) -> pa.Array:
    """2025年10月8日 09:05 and 2025-10-08T09:05+08:00 are the plain form in other clothes."""
    for old, new in (("年", "-"), ("月", "-"), ("日 ", " "), ("日", " "), ("+08:00", ""), ("+0800", "")):
        texts = pc.replace_substring(texts, old, new)
    return pc.utf8_rtrim_whitespace(texts)


def _simple(texts: pa.Array) -> pa.Array:
    """Leading apostrophes and quotes are how exports keep a spreadsheet from reading a number."""
    plain = pc.ascii_lower(texts)
    foreign = pc.invert(pc.string_is_ascii(texts))
    if pc.any(foreign).as_py():
        read = pa.array([simplified(text) for text in texts.filter(foreign).to_pylist()], pa.large_string())
        plain = pc.replace_with_mask(plain, foreign, read)
    return pc.utf8_trim(pc.utf8_trim_whitespace(plain), "'\" ")


def _count(text: str) -> int | None:
    found = COUNT.fullmatch(text)
    if not found or not text:
        return None
    if found["number"] is None:
        return 0
    size = float(found["number"].replace(",", "")) * UNITS.get(found["unit"] or "", 1.0)
    whole = found["unit"] is not None or size.is_integer()
    return round(size) if whole and size <= LARGEST_COUNT else None
