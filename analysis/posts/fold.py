"""Which platform, media tier, region and verification does an export's wording mean?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pandas as pd

from analysis.posts.vendors import key, lookup, vendors
from analysis.schema import MediaTier, Platform

ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?=[0-9a-f:]*:[0-9a-f]*:)[0-9a-f:]{3,45}", re.A)
HOST_PARTS = 2


def platforms(names: pd.Series, urls: pd.Series, otherwise: str = "") -> pd.Series:
    """On which platform does each post stand?

    The name in the export decides, else the host of the link, else `otherwise` (what the headers tell),
    else "other". Returns values of `schema.Platform`, never NA.
    """
    named = _each(names, platform_of)
    hosts = _each(urls, host_platform)
    found = named.where(named != "", hosts)
    return found.where(found != "", otherwise or Platform.OTHER.value).astype("str")


def tiers(names: pd.Series, platform_names: pd.Series, authors: pd.Series) -> pd.Series:
    """Which rank has the medium that speaks? "" for ordinary users and media that are not listed.

    The first that tells decides: the tier column or the medium's name, the platform column ("央媒"
    stands there in some exports), the author.
    """
    found = _each(names, tier_of)
    for other in (platform_names, authors):
        found = found.where(found != "", _each(other, tier_of))
    return found.astype("str")


def regions(names: pd.Series) -> pd.Series:
    """Which province is meant? "浙江省杭州市" is "浙江"; unknown names stay as they are.

    Network addresses are not regions but personal data: they give "".
    """
    return _each(names, region_of)


def verified(names: pd.Series) -> pd.Series:
    """Is the author verified (nullable boolean)? A V of any colour is; words not listed are unknown."""
    answers = {"yes": True, "no": False}
    known = lookup("verified")
    return _each(names, lambda name: known.get(key(name), "")).map(answers).astype("boolean")


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
    found = _province().match(place)
    return found["province"] if found else _prefix().sub("", name.strip()).strip()


def _host(url: str) -> str:
    link = url.strip().lower()
    try:
        return urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return ""


def _each(names: pd.Series, answer: Callable[[str], str]) -> pd.Series:
    """Names repeat, so each is looked up once."""
    codes, uniques = pd.factorize(names.to_numpy(dtype=object))
    answers = pd.array([answer(str(name)) for name in uniques], dtype="str")
    return pd.Series(answers.take(codes), index=names.index)


@cache
def _prefix() -> re.Pattern[str]:
    longest_first = sorted(vendors()["regions"]["prefixes"], key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(longest_first)})[\s::]*)+", re.I)


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf"(?:中国)?(?P<province>{'|'.join(vendors()['regions']['provinces'])})")
