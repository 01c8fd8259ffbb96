"""What does a file say about each post, in our columns?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts import fold
from analysis.posts.duplicates import BETWEEN, COUNTERS
from analysis.posts.strings import arrow, raw, series
from analysis.posts.values import parse_counts, parse_times
from analysis.posts.vendors import key, vendors
from analysis.schema import COLUMNS, TIMEZONE

UNKNOWN = frozenset({"", "-", "--", "nan", "none", "null", "nat", "n/a", "<na>", "\\n"})
LONGEST_UNKNOWN = max(map(len, UNKNOWN))
LOSSY_ID = r"^[0-9.]+[eE][+-]?[0-9]+$"
ROW_NUMBER_DIGITS = 6
KEPT_AS_TEXT = r'^="((?s:.*))"$'
SPACES = r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
BLANK = rf"^[{SPACES}\x{{200b}}-\x{{200f}}\x{{2028}}-\x{{202e}}\x{{2060}}-\x{{2064}}\x{{feff}}\x00-\x1f\x7f]*$"
BLANK_BEGINS = np.isin(np.arange(256), [*range(0x21), 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF])
WORDS = ("text", "title", "author")
TIMES = ("published_at", "collected_at")
HASHED_AT_ONCE = 1 << 16
WORKERS = 2


@dataclass(frozen=True)
class Converted:
    """A file's cells as posts.

    `posts`: all of `schema.COLUMNS` with their dtypes, on the index of the cells; published_at may be NaT and
    text "" where unreadable. `has_id`: which have an id of the file's own. `unread`: boolean, for each column
    of times or counts that the cells have: the cell holds something, but it could not be read.
    """

    posts: pd.DataFrame
    has_id: pd.Series
    unread: pd.DataFrame


def posts_of(
    cells: pd.DataFrame,
    platform: str,
    id_header: str,
    exported_at: pd.Timestamp | None,
    received_at: pd.Timestamp,
) -> Converted:
    """What are these cells as posts?

    `cells`: str columns under canonical names, some missing. `platform`: the one that the headers tell, ""
    for none. `id_header`: the header from which post_id was guessed; "" when the user chose it.
    `exported_at`: when the file was written, None = unknown; never later than `received_at`. A row was
    collected when its own cell says; else, to the full hour before, when the file was exported; else at the
    last post in it that was not published after `received_at`; never before it was published. "3小时前" and
    days without year count from the row's own collection time, else from the export, else from the receipt.
    """
    found = {column.name: _column(cells, column.name) for column in COLUMNS}
    steps = (
        lambda: _timed(found, exported_at, received_at),
        lambda: _folded(found, platform),
        lambda: {name: parse_counts(found[name]) for name in COUNTERS},
        lambda: _worded(found),
        lambda: {"post_id": _ids(found["post_id"], id_header)},
    )
    with ThreadPoolExecutor(WORKERS) as pool:
        posts = {name: column for columns in pool.map(lambda step: step(), steps) for name, column in columns.items()}
    unread = _unread(cells, posts)
    posts["collected_at"] = _collected(posts["collected_at"], posts["published_at"], exported_at, received_at)
    has_id = posts["post_id"] != ""
    posts["post_id"] = _with_hashes(posts["post_id"], posts)
    frame = pd.DataFrame({column.name: posts[column.name] for column in COLUMNS}, copy=False)
    return Converted(frame, has_id, unread)


def dtypes() -> dict[str, str]:
    """Which dtype has each column of the posts frame?"""
    return {column.name: column.dtype for column in COLUMNS}


def known(values: pd.Series) -> pd.Series:
    """What do these cells say, without outer spaces? "" for words that mean nothing: "-", "null", "nan"."""
    bare = pc.utf8_trim_whitespace(arrow(values))
    short = pc.less_equal(pc.binary_length(bare), LONGEST_UNKNOWN)
    words = pc.ascii_lower(bare.filter(short))
    nothing = pc.is_in(words, pa.array(sorted(UNKNOWN - {""}), words.type))
    if pc.any(nothing).as_py():
        kept = pc.if_else(nothing, "", bare.filter(short))
        bare = pc.replace_with_mask(bare, short, kept)
    return series(bare, values.index)


def _column(cells: pd.DataFrame, name: str) -> pd.Series:
    """Some exports write ="123" to keep Excel from reading a number; in words it may be what was written."""
    if name not in cells:
        return pd.Series("", cells.index, "str")
    found = arrow(cells[name])
    wrapped = name not in WORDS and pc.any(pc.starts_with(found, '="')).as_py()
    return series(_unwrapped(found) if wrapped else found, cells.index)


def _timed(
    found: dict[str, pd.Series], exported_at: pd.Timestamp | None, received_at: pd.Timestamp
) -> dict[str, pd.Series]:
    told = received_at if exported_at is None else min(exported_at, received_at)
    collected = parse_times(found["collected_at"], told)
    reference = collected.fillna(told.tz_convert(TIMEZONE).as_unit("us")) if collected.notna().any() else told
    return {"published_at": parse_times(found["published_at"], reference), "collected_at": collected}


def _folded(found: dict[str, pd.Series], platform: str) -> dict[str, pd.Series]:
    return {
        "platform": fold.platforms(known(found["platform"]), found["url"], platform),
        "media_tier": fold.tiers(found["media_tier"], found["platform"], found["author"]),
        "region": fold.regions(known(found["region"])),
        "author_verified": fold.verified(found["author_verified"]),
    }


def _worded(found: dict[str, pd.Series]) -> dict[str, pd.Series]:
    words = {name: known(found[name]) for name in ("author", "title", "url", "parent_id")}
    words["parent_id"] = words["parent_id"].where(words["parent_id"] != "0", "")
    return words | {"text": _text(found["text"], words["title"])}


def _unread(cells: pd.DataFrame, read: dict[str, pd.Series]) -> pd.DataFrame:
    """Words that mean nothing are not unread: nothing was there to read."""
    found = {}
    for name in (*TIMES, *COUNTERS):
        if name in cells:
            open_ = read[name].isna().to_numpy()
            rows = np.flatnonzero(open_ & (pc.binary_length(arrow(cells[name])).to_numpy() > 0))
            found[name] = np.zeros(len(cells), bool)
            found[name][rows] = known(cells[name].iloc[rows]) != ""
    return pd.DataFrame(found, index=cells.index, dtype=bool)


def _text(texts: pd.Series, titles: pd.Series) -> pd.Series:
    """The title stands in for a missing text. Otherwise the text stays as it came, outer spaces included."""
    blank = _blank(texts)
    if not blank.any():
        return texts
    standing_in = titles[blank]
    return pd.concat([texts[~blank], standing_in.where(~_blank(standing_in), "")]).reindex(texts.index)


def _blank(texts: pd.Series) -> np.ndarray:
    """Few texts begin with a byte that a space may begin with, so few are looked at whole."""
    array = arrow(texts)
    data, offsets = raw(array)
    blank = np.diff(offsets) == 0
    rows = np.flatnonzero(~blank)
    rows = rows[BLANK_BEGINS[data[offsets[rows]]]]
    blank[rows] = pc.match_substring_regex(array.take(pa.array(rows)), BLANK).to_numpy(zero_copy_only=False)
    return blank


def _collected(
    written: pd.Series, published: pd.Series, exported_at: pd.Timestamp | None, received_at: pd.Timestamp
) -> pd.Series:
    """Counters cannot be older than the post, so neither is their time."""
    past = published.where(published <= received_at).max()
    last = received_at if pd.isna(past) else past
    whole = min(exported_at, received_at) if exported_at is not None else last
    collected = written.fillna(whole.tz_convert(TIMEZONE).floor("h").as_unit("us"))
    return collected.where(~(collected < published), published)


def _ids(values: pd.Series, id_header: str) -> pd.Series:
    """A guessed "id" of up to six digits numbers the rows of a file and would merge posts of other files."""
    ids = arrow(known(values))
    if pc.any(pc.starts_with(ids, "'")).as_py():
        ids = pc.utf8_trim_whitespace(pc.utf8_ltrim(ids, "'"))
    if pc.any(pc.ends_with(ids, ".0")).as_py():
        ids = pc.replace_substring_regex(ids, r"^([0-9]+)\.0$", r"\1")
    none = pc.or_(pc.equal(ids, "0"), _lossy(ids))
    if key(id_header) in vendors()["row_numbers"]["headers"]:
        short = pc.less_equal(pc.binary_length(ids), ROW_NUMBER_DIGITS)
        none = pc.or_(none, pc.and_(pc.ascii_is_decimal(ids), short))
    return series(pc.if_else(none, "", ids), values.index)


def _unwrapped(ids: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(ids, KEPT_AS_TEXT, r"\1")


def _lossy(ids: pa.Array) -> pa.Array:
    """1.71E+15: a spreadsheet has rounded the number away."""
    maybe = pc.invert(pc.ascii_is_decimal(ids))
    return pc.replace_with_mask(maybe, maybe, pc.match_substring_regex(ids.filter(maybe), LOSSY_ID))


def _with_hashes(ids: pd.Series, posts: dict[str, pd.Series]) -> pd.Series:
    """A post without id gets one from what it is."""
    without = (ids == "").to_numpy()
    if not without.any():
        return ids
    parts = [arrow(posts[name].loc[without]) for name in ("platform", "author", "text")]
    minutes = pa.array(posts["published_at"].loc[without].astype("int64").to_numpy()).cast(pa.large_string())
    joined = pc.binary_join_element_wise(*parts[:2], minutes, parts[2], pa.scalar(BETWEEN, pa.large_string()))
    made: list[str] = []
    for start in range(0, len(joined), HASHED_AT_ONCE):
        rows = joined.slice(start, HASHED_AT_ONCE).cast(pa.large_binary()).to_pylist()
        made += [blake2b(row, digest_size=8).hexdigest() for row in rows]
    return series(pc.replace_with_mask(arrow(ids), pa.array(without), pa.array(made, pa.large_string())), ids.index)
