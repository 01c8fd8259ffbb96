"""Is what a profile's file holds what it must be? Each check raises InputError: which key, why not, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from analysis.language import _
from analysis.response.names import shown
from analysis.schema import InputError


def check(key: str, value: object, allowed: Mapping[str, Any]) -> None:
    """Is a number in its range? Raises InputError that names the key, the range and what was got."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not allowed["low"] <= value <= allowed["high"]:
        raise InputError(
            _(
                "{key} must be a number from {low} to {high}. Got {value}.",
                key=key,
                low=f"{allowed['low']:g}",
                high=f"{allowed['high']:g}",
                value=shown(value),
            )
        )


def table(key: str, value: object, names: set[str]) -> dict[str, Any]:
    """Which values does a table of a profile hold? Exactly those with these names, else InputError."""
    if not isinstance(value, dict):
        raise InputError(_("{key} must be a table. Got {value}.", key=key, value=shown(value)))
    refuse_others(f"{key}.", value, names)
    return value


def numbers_of(group: str, value: object, shipped: Any) -> dict[str, float]:
    """Which numbers does a group of a profile hold?"""
    allowed = {setting.name: setting.metadata for setting in fields(shipped)}
    given = table(group, value, set(allowed))
    for name, got in given.items():
        check(f"{group}.{name}", got, allowed[name])
    return {name: float(got) for name, got in given.items()}


def text(key: str, value: object) -> str:
    """Is this text?"""
    if not isinstance(value, str):
        raise InputError(_("{key} must be text. Got {value}.", key=key, value=shown(value)))
    return value


def refuse_others(where: str, given: Iterable[str], known: set[str]) -> None:
    """Does a profile hold each of the known keys and no other? Raises InputError that names those that it should not
    hold, or those that it lacks."""
    unknown, missing = sorted(set(given) - known), sorted(known - set(given))
    if unknown:
        raise InputError(
            _("Unknown in the profile: {keys}. Remove it.", keys=[where + key[:40] for key in unknown[:10]])
        )
    if missing:
        raise InputError(
            _(
                "Missing in the profile: {keys}. Add it; the Thresholds page gives whole ones (Download).",
                keys=[where + key for key in missing[:10]],
            )
        )
