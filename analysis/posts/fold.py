"""Which platform, media tier, region and verification does an export's wording mean?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts.strings import arrow, each, encoded, raw, series
from analysis.posts.vendors import key, lookup, simplified, vendors
from analysis.schema import MediaTier, Platform

ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?=[0-9a-f:]*:[0-9a-f]*:)[0-9a-f:]{3,45}", re.A)
HOST_PARTS = 2
PLAIN_LINK = r"^(?:https?:)?//(?P<host>[a-z0-9.-]+)(?:[/?#].*)?$"
VERIFIED = {"yes": True, "no": False}
AT_ONCE = 1 << 16
HAN = range(0x4000, 0xA000)
LOW_BITS = np.uint8(0x3F)
HAN_BYTES, FIRST_OF_TWO = (np.uint8(0xE4), np.uint8(0xE9)), np.uint8(0xC0)
SPACE, DELETE = np.uint8(0x20), np.uint8(0x7F)


def platforms(names: pd.Series, urls: pd.Series, otherwise: str = "") -> pd.Series:
    """On which platform does each post stand?

    The name in the export decides, else the host of the link, else `otherwise` (what the headers tell),
    else "other". Returns values of `schema.Platform`, never NA.
    """
    found = each(names, platform_of)
    unnamed = (found == "").to_numpy()
    if unnamed.any():
        linked = _link_platforms(arrow(urls).filter(pa.array(unnamed)))
        told = pc.if_else(pc.equal(linked, ""), otherwise or Platform.OTHER.value, linked)
        found = series(pc.replace_with_mask(arrow(found), pa.array(unnamed), told), names.index)
    return found


def tiers(names: pd.Series, platform_names: pd.Series, authors: pd.Series) -> pd.Series:
    """Which rank has the medium that speaks? "" for ordinary users and media that are not listed.

    The first that tells decides: the tier column or the medium's name, the platform column ("央媒"
    stands there in some exports), the author.
    """
    found = arrow(each(names, tier_of))
    for other in (arrow(each(platform_names, tier_of)), author_tiers(arrow(authors))):
        found = pc.if_else(pc.equal(found, ""), other, found)
    return series(found, names.index)


def author_tiers(authors: pa.Array) -> pa.Array:
    """Which tier has each author, as `tier_of` says? Authors are many, so few are asked one by one.

    A name in ASCII and simplified Han characters has itself for its key; only the others (emoji, full width,
    spaces, traditional characters) need folding.
    """
    known = lookup("media_tiers")
    lower = pc.ascii_lower(authors)
    answers = pa.array(list(known.values()), pa.large_string())
    found = answers.take(pc.index_in(lower, pa.array(list(known), pa.large_string())))
    odd = pa.array(_odd(lower))
    folded = arrow(each(series(lower.filter(odd), None), tier_of))
    return pc.replace_with_mask(pc.fill_null(found, ""), odd, folded)


def regions(names: pd.Series) -> pd.Series:
    """Which province is meant? "浙江省杭州市" and "杭州" are "浙江"; unknown names stay as they are.

    Network addresses are not regions but personal data: they give "".
    """
    return each(names, region_of)


def verified(names: pd.Series) -> pd.Series:
    """Is the author verified (nullable boolean)? A V of any colour is; words not listed are unknown."""
    codes, uniques = encoded(arrow(names))
    answers = [VERIFIED.get(lookup("verified").get(key(name), "")) for name in uniques.to_pylist()]
    return pd.Series(pd.array(answers, dtype="boolean").take(codes), index=names.index)


def platform_of(name: str) -> str:
    """Which platform has this name? "" when none is known; a medium's own name means news."""
    looked_up = key(name)
    exact = lookup("platforms").get(looked_up)
    if exact or not looked_up:
        return exact or ""
    for platform, parts in vendors()["platforms_within"].items():
        if any(part in looked_up for part in parts):
            return str(platform)
    tier = tier_of(name)
    return Platform.NEWS.value if tier and tier != MediaTier.SELF_MEDIA else ""


def host_platform(url: str) -> str:
    """Which platform does a link lead to? "" when its host is unknown; the longest known ending decides."""
    labels = _host(url).split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels) - HOST_PARTS + 1))
    known = lookup("platforms")
    return next((known[ending] for ending in endings if ending in known), "")


def tier_of(name: str) -> str:
    """Which media tier has this name, be it a tier's or a medium's? "" when none is known."""
    return lookup("media_tiers").get(key(name), "")


def region_of(name: str) -> str:
    """Which province does a place name begin with? The name itself without prefix when none fits."""
    place = _prefix().sub("", key(name))
    if not place or ADDRESS.fullmatch(place):
        return ""
    if found := _city().match(place):
        return _cities()[found["city"]]
    found = _province().match(place)
    return found["province"] if found else _prefix().sub("", name.strip()).strip()


def _link_platforms(urls: pa.Array) -> pa.Array:
    """Links differ but their hosts repeat: only links in an odd form are taken apart one by one."""
    lower = pc.ascii_lower(urls)
    host = pc.struct_field(pc.extract_regex(lower, PLAIN_LINK), "host")
    return arrow(each(series(pc.if_else(pc.is_valid(host), host, urls), pd.RangeIndex(len(urls))), host_platform))


def _host(url: str) -> str:
    link = url.strip().lower()
    try:
        return urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return ""


def _odd(lower: pa.Array) -> np.ndarray:
    """Which names hold anything but small ASCII signs without spaces, and simplified Han characters?"""
    data, offsets = raw(lower)
    end = int(offsets[-1])
    padded = np.concatenate([data[:end], np.zeros(2, "uint8")])
    blocks = range(int(offsets[0]), end, AT_ONCE)
    places = [start + np.flatnonzero(_strange(padded[start : start + AT_ONCE + 2])) for start in blocks]
    odd = np.zeros(len(lower), bool)
    odd[np.searchsorted(offsets, np.concatenate(places or [offsets[:0]]), side="right") - 1] = True
    return odd


def _strange(data: np.ndarray) -> np.ndarray:
    """At which bytes begins such a sign? For all but the last two, which only end the one before them."""
    first, second, third = data[:-2], data[1:-1] & LOW_BITS, data[2:] & LOW_BITS
    han = (first >= HAN_BYTES[0]) & (first <= HAN_BYTES[1])
    code = (first.astype("uint16") << 12) | (second.astype("uint16") << 6) | third
    return (first <= SPACE) | (first == DELETE) | ((first >= FIRST_OF_TWO) & ~han) | (han & _traditional()[code])


@cache
def _traditional() -> np.ndarray:
    return np.array([simplified(chr(code)) != chr(code) if code in HAN else False for code in range(1 << 16)])


@cache
def _prefix() -> re.Pattern[str]:
    longest_first = sorted(vendors()["regions"]["prefixes"], key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(longest_first)})[\s::]*)+", re.I)


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf"(?:中国)?(?P<province>{'|'.join(vendors()['regions']['provinces'])})")


@cache
def _cities() -> dict[str, str]:
    with Path(__file__).with_name("regions.toml").open("rb") as file:
        provinces = tomllib.load(file)["cities"]
    return {city: province for province, cities in provinces.items() for city in cities}


@cache
def _city() -> re.Pattern[str]:
    """A city's name counts when it stands alone or as a place's name does, not within "南京路"."""
    longest_first = sorted(_cities(), key=len, reverse=True)
    return re.compile(
        rf"(?:中国)?(?P<city>{'|'.join(longest_first)})(?:$|市|地区|盟|州|[^一-龥]|[一-龥]{{0,8}}自治州|[一-龥]{{1,3}}[区县市旗]$)"
    )
