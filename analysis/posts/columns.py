"""What does a file say about each post, in our columns?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import pandas as pd

from analysis.posts import fold, mapping
from analysis.posts.duplicates import BETWEEN
from analysis.posts.values import parse_counts, parse_times
from analysis.posts.vendors import key, vendors
from analysis.schema import COLUMNS, TIMEZONE

UNKNOWN = frozenset({"", "-", "--", "nan", "none", "null", "nat", "n/a", "<na>", "\\n"})
LOSSY_ID = re.compile(r"[0-9.]+e[+-]?[0-9]+", re.I)
ROW_NUMBER = re.compile(r"[0-9]{1,6}")
KEPT_AS_TEXT = re.compile(r"^=\"(.*)\"$", re.S)
BLANK = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]*")


def posts_of(
    cells: pd.DataFrame, headers: Sequence[str], id_header: str, received_at: pd.Timestamp
) -> tuple[pd.DataFrame, pd.Series]:
    """What are these cells as posts, and which have an id of the file's own?

    `cells`: str columns under canonical names, some missing. `id_header`: the header from which post_id
    was guessed; "" when the user chose it. Returns a frame with all of `schema.COLUMNS` and their dtypes,
    on the index of `cells` (published_at may be NaT and text "" where unreadable), and a boolean Series.
    """
    found = {column.name: _column(cells, column.name) for column in COLUMNS}
    posts = pd.DataFrame(index=cells.index)
    posts["published_at"] = parse_times(found["published_at"], received_at)
    posts["platform"] = fold.platforms(known(found["platform"]), found["url"], mapping.signature(headers))
    posts["media_tier"] = fold.tiers(found["media_tier"], found["platform"], found["author"])
    posts["region"] = fold.regions(known(found["region"]))
    posts["author_verified"] = fold.verified(found["author_verified"])
    for name in ("followers", "reposts", "comments", "likes", "reads"):
        posts[name] = parse_counts(found[name])
    for name in ("author", "title", "url", "parent_id"):
        posts[name] = known(found[name])
    posts["parent_id"] = posts["parent_id"].where(posts["parent_id"] != "0", "")
    posts["text"] = _text(found["text"], posts["title"])
    posts["collected_at"] = _collected(found["collected_at"], posts["published_at"], received_at)
    ids = _ids(found["post_id"], id_header)
    posts["post_id"] = ids.where(ids != "", _hashes(posts))
    return posts[[column.name for column in COLUMNS]].astype(dtypes()), ids != ""


def dtypes() -> dict[str, str]:
    """Which dtype has each column of the posts frame?"""
    return {column.name: column.dtype for column in COLUMNS}


def known(values: pd.Series) -> pd.Series:
    """What do these cells say, without outer spaces? "" for words that mean nothing: "-", "null", "nan"."""
    bare = values.str.strip()
    return bare.where(~bare.str.lower().isin(UNKNOWN), "")


def _column(cells: pd.DataFrame, name: str) -> pd.Series:
    return cells[name] if name in cells else pd.Series("", index=cells.index, dtype="str")


def _text(texts: pd.Series, titles: pd.Series) -> pd.Series:
    """The title stands in for a missing text. Otherwise the text stays as it came, outer spaces included."""
    blank = pd.Series([bool(BLANK.fullmatch(text)) for text in texts], index=texts.index, dtype=bool)
    title_blank = pd.Series([bool(BLANK.fullmatch(title)) for title in titles], index=texts.index, dtype=bool)
    return texts.where(~blank, titles.where(~title_blank, ""))


def _collected(written: pd.Series, published: pd.Series, received_at: pd.Timestamp) -> pd.Series:
    """Counters cannot be older than the post, so neither is their time."""
    received = received_at.tz_convert(TIMEZONE).floor("h").as_unit("us")
    collected = parse_times(written, received_at).fillna(received)
    return collected.where(~(collected < published), published)


def _ids(values: pd.Series, id_header: str) -> pd.Series:
    """A guessed "id" of up to six digits numbers the rows of a file and would merge posts of other files."""
    ids = known(values).str.replace(KEPT_AS_TEXT, r"\1", regex=True).str.lstrip("'").str.strip()
    ids = ids.str.replace(re.compile(r"^([0-9]+)\.0$"), r"\1", regex=True)
    lossy = ids.str.fullmatch(LOSSY_ID)
    if key(id_header) in vendors()["row_numbers"]["headers"]:
        lossy |= ids.str.fullmatch(ROW_NUMBER)
    return ids.where(~lossy & (ids != "0"), "")


def _hashes(posts: pd.DataFrame) -> list[str]:
    rows = zip(posts["platform"], posts["author"], posts["published_at"].astype("int64"), posts["text"], strict=True)
    return [_hash(BETWEEN.join(map(str, row))) for row in rows]


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
