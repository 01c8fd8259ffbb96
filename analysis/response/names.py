"""Which names does a profile hold, and what can each be? Its own, those of the institution, and those of media."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields

from analysis.language import Text, _
from analysis.schema import InputError

LONGEST_NAME, LONGEST_TERM, SHOWN = 60, 80, 40  # signs
# Signs that nobody sees or that turn the text beside them around.
UNSEEN = re.compile("[\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
PATH = re.compile(r"[/\\]|^[A-Za-z]:|\.\.|^\.")


@dataclass(frozen=True)
class MediaNames:
    """Which accounts are media, by tier? Beside those that the desk knows anyway (analysis/posts/vendors.toml)."""

    central: tuple[str, ...] = ()
    provincial: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    trade: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = [name for tier in fields(self) for name in getattr(self, tier.name)]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise InputError(
                _(
                    "media_names: {names} stands in two tiers. Leave it in one.",
                    names=[shown(name) for name in twice[:5]],
                )
            )


NO_MEDIA = MediaNames()


def check_name(name: object) -> None:
    """Can a profile be called this? Raises InputError that says why not and what to do."""
    if not isinstance(name, str):
        raise InputError(_("{key} must be text. Got {value}.", key="name", value=shown(name)))
    reason = wrong_with(name)
    if reason is not None:
        raise InputError(_("name cannot be {value}: {reason}", value=shown(name), reason=reason))


def wrong_with(name: str) -> Text | None:
    """What is wrong with a profile's name, and what is the remedy? None if nothing is."""
    if not name.strip():
        return _("it is blank. Give the profile a name.")
    if len(name) > LONGEST_NAME:
        return _("it has {n} characters. Use at most {most}.", n=len(name), most=LONGEST_NAME)
    if name != name.strip():
        return _("it begins or ends with a blank. Remove it.")
    if UNSEEN.search(name) or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        return _("it holds a control character. Remove it; a name is one line of signs that can be seen.")
    if PATH.search(name):
        return _("it is written like a path of files. Leave out / and \\, “..”, a dot in front and a drive letter.")
    return None


def terms(key: str, values: object) -> tuple[str, ...]:
    """Which names does this list hold? Blank ones and repetitions go. Raises InputError if it is no list of names."""
    if not isinstance(values, (list, tuple)) or not all(isinstance(value, str) for value in values):
        raise InputError(_("{key} must be a list of names. Got {value}.", key=key, value=shown(values)))
    found = tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
    if long := next((name for name in found if len(name) > LONGEST_TERM), None):
        raise InputError(
            _(
                "{key}: {value}… is longer than {most} characters. Shorten it.",
                key=key,
                value=long[:20],
                most=LONGEST_TERM,
            )
        )
    return found


def shown(value: object) -> str:
    """How is a wrong value shown? Cut short; "…" for a whole number that is too long to be written."""
    try:
        return repr(value)[:SHOWN]
    except ValueError:
        return "…"
