"""How is a profile carried by a link? By the shipped one it is nearest to, and the numbers that differ from it.

Names of the institution, its accounts and media never stand in a link, nor the name its author gave.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from analysis.language import Text, _
from analysis.response.names import shown
from analysis.response.profile import LINKED, SCHEMES, Profile
from analysis.response.shipped import SHIPPED, base_of
from analysis.schema import InputError

BASE, SCHEME = "profile", "scheme"
KEYS = tuple(Profile().numbers())
NUMBER = re.compile(r"\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,3})?", re.ASCII)
MARK = 6  # digits


def to_params(profile: Profile) -> dict[str, str]:
    """Which query parameters carry this profile?

    "profile": the nearest shipped one and a mark of its numbers ("county-3fa2c1"), so that a desk whose shipped
    numbers are others does not take them for these; "scheme" if it is another; each number that differs, by key.
    """
    base = SHIPPED[base_of(profile)]
    there = base.numbers()
    changed = {key: written(value) for key, value in profile.numbers().items() if value != there[key]}
    scheme = {SCHEME: profile.scheme} if profile.scheme != base.scheme else {}
    return {BASE: f"{base_of(profile)}-{mark(base)}", **scheme, **changed}


def from_params(params: Mapping[str, str]) -> Profile | None:
    """Which profile do these query parameters carry? None if they carry none; parameters of other links are left.

    Without names of ours; one that deviates from its base is called LINKED. Raises InputError that names the part
    that is damaged.
    """
    ours = {key: value for key, value in params.items() if key in (BASE, SCHEME) or "." in key}
    if not ours:
        return None
    base = base_named(ours.pop(BASE, ""))
    scheme = ours.pop(SCHEME, base.scheme)
    if scheme not in SCHEMES:
        raise damaged(SCHEME, scheme, _("known are {known}", known=list(SCHEMES)))
    numbers = {key: number(key, value) for key, value in ours.items()}
    found = base.with_numbers(numbers).with_scheme(scheme)
    return found if found == base else found.with_name(LINKED.msgid)


def base_named(value: str) -> Profile:
    """Which shipped profile is meant by "county-3fa2c1"? Raises InputError if none is, or its numbers were others."""
    name, _dash, given = value.partition("-")
    if name not in SHIPPED:
        raise damaged(BASE, value, _("known are {known}", known=list(SHIPPED)))
    if given != mark(SHIPPED[name]):
        raise damaged(
            BASE, value, _("it was made by a desk whose shipped numbers are others; send the profile as a file")
        )
    return SHIPPED[name]


def number(key: str, value: str) -> float:
    """Which number does a part of a link hold? Its range is the profile's to check."""
    if key not in KEYS:
        raise damaged(key, value, _("no number is called so"))
    if not NUMBER.fullmatch(value):
        raise damaged(key, value, _("it is no number"))
    return float(value)


def damaged(part: str, value: str, reason: Text) -> InputError:
    """What is said of a part of a link that cannot be?"""
    return InputError(
        _(
            "The link is damaged at {part}: {value} cannot be ({reason}). Ask for it again.",
            part=shown(part)[1:-1],
            value=shown(value),
            reason=reason,
        )
    )


def written(value: float) -> str:
    """How is a number written in a link? As short as reads back unchanged."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def mark(base: Profile) -> str:
    """By which digits are a shipped profile's numbers known?"""
    numbers = [f"{key}={value!r}" for key, value in base.numbers().items()]
    return sha256("\n".join(numbers).encode()).hexdigest()[:MARK]
