"""Which numbers decide the level? All of them live in one frozen Profile, saved as TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import Any, Self

import tomli_w

from analysis.language import Text, _
from analysis.response.groups import Gravity, Hysteresis, MediaWeights, RedLines, Scales, Thresholds, Weights
from analysis.schema import InputError
from analysis.signals.arrival import Pace
from analysis.signals.heat import HeatSettings
from analysis.signals.warning import WarningSettings

VERSION = 1
TERMS = ("about", "not_about", "own_accounts")
SCHEMES = {
    "mild-first": _("Mild first: Ⅰ mild … Ⅲ severe"),
    "severe-first": _("Severe first: Ⅲ mild … Ⅰ severe"),
    "national": _("National colours: Ⅳ blue … Ⅰ red"),
}


@dataclass(frozen=True)
class Profile:
    """Every number that decides a level. Frozen, so it can be a cache key; change it with `with_value`.

    `about`: names of the institution, its services, departments and people; only posts that name one of them and
    none of `not_about` count. Without names every post does. `own_accounts`: by which accounts the institution speaks
    itself; their posts in an event are its official response.
    """

    name: str = "Standard"
    scheme: str = "mild-first"
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    own_accounts: tuple[str, ...] = ()
    weights: Weights = Weights()
    thresholds: Thresholds = Thresholds()
    hysteresis: Hysteresis = Hysteresis()
    heat: HeatSettings = HeatSettings()
    scales: Scales = Scales()
    gravity: Gravity = Gravity()
    media: MediaWeights = MediaWeights()
    red_lines: RedLines = RedLines()
    pace: Pace = Pace()
    warning: WarningSettings = WarningSettings()

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise InputError(_("scheme {name} is unknown. Known are: {known}.", name=self.scheme, known=list(SCHEMES)))
        if sum(asdict(self.weights).values()) <= 0:
            raise InputError(_("At least one of the five weights must be above 0."))
        for group, settings in self.groups().items():
            for setting in fields(settings):
                check(f"{group}.{setting.name}", getattr(settings, setting.name), setting.metadata)

    def groups(self) -> dict[str, Any]:
        """Which groups of numbers does the profile hold, by name?"""
        return {part.name: value for part in fields(self) if is_dataclass(value := getattr(self, part.name))}

    def with_values(self, group: str, values: Mapping[str, float]) -> Self:
        """Which profile results when some numbers of one group change?"""
        return replace(self, **{group: replace(getattr(self, group), **values)})

    def with_scheme(self, scheme: str) -> Self:
        """Which profile results when the levels are numbered otherwise?"""
        return replace(self, scheme=scheme)

    def with_names(self, about: Sequence[str], not_about: Sequence[str], own_accounts: Sequence[str]) -> Self:
        """Which profile results when other names are ours?"""
        ours, others = terms("about", list(about)), terms("not_about", list(not_about))
        return replace(self, about=ours, not_about=others, own_accounts=terms("own_accounts", list(own_accounts)))

    def names(self) -> tuple[tuple[str, ...], ...]:
        """Which names are ours? Those of the institution, those that are not meant, and its own accounts."""
        return self.about, self.not_about, self.own_accounts

    def with_name(self, name: str) -> Self:
        """Which profile results under another name?"""
        return replace(self, name=name)


def profile_label(profile: Profile) -> Text:
    """How is a profile called? By the name its author gave; the shipped one in the reader's language."""
    return _("Standard") if profile.name == Profile().name else Text("{name}", (("name", profile.name),))


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


def shown(value: object) -> str:
    """How is a wrong value shown? Cut short; "…" for a whole number that is too long to be written."""
    try:
        return repr(value)[:40]
    except ValueError:
        return "…"


def to_toml(profile: Profile) -> str:
    """How is a profile written down? TOML with its version; `from_toml` reads it back unchanged."""
    return tomli_w.dumps({"version": VERSION, **asdict(profile)})


def from_toml(written: str | bytes) -> Profile:
    """Which profile does this TOML hold? What it leaves out keeps the shipped value.

    Raises InputError that names the key for unknown keys, wrong values, another version, or broken TOML.
    """
    if len(written) > 100_000:
        raise InputError(_("This is no profile: it is longer than 100,000 characters."))
    try:
        given = tomllib.loads(written if isinstance(written, str) else written.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_("The profile is not text in UTF-8.")) from error
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits, or 50,000 brackets
        raise InputError(_("The profile is not valid TOML: {reason}.", reason=str(error)[:200])) from error
    if given.pop("version", None) != VERSION:
        raise InputError(_("The profile needs the line: version = {version}.", version=VERSION))
    shipped = Profile()
    groups = shipped.groups()
    known = {part.name for part in fields(Profile)}
    refuse_unknown("", set(given) - known)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in groups:
            values[key] = terms(key, value) if key in TERMS else text(key, value)
            continue
        if not isinstance(value, dict):
            raise InputError(_("{key} must be a table of numbers.", key=key))
        allowed = {setting.name: setting.metadata for setting in fields(groups[key])}
        refuse_unknown(f"{key}.", set(value) - set(allowed))
        for name, got in value.items():
            check(f"{key}.{name}", got, allowed[name])
        values[key] = replace(groups[key], **{name: float(got) for name, got in value.items()})
    return replace(shipped, **values)


def text(key: str, value: object) -> str:
    """Is this text? At most its first 80 characters."""
    if not isinstance(value, str):
        raise InputError(_("{key} must be text. Got {value}.", key=key, value=shown(value)))
    return value[:80]


def terms(key: str, values: object) -> tuple[str, ...]:
    """Is this a list of names? Blank ones and repetitions go."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise InputError(_("{key} must be a list of names. Got {value}.", key=key, value=shown(values)))
    return tuple(dict.fromkeys(value.strip()[:80] for value in values if value.strip()))


def refuse_unknown(where: str, unknown: set[str]) -> None:
    """Does a profile hold keys that we do not know? Raises InputError that names them."""
    if unknown:
        raise InputError(
            _(
                "Unknown in the profile: {keys}. Remove it.",
                keys=[where + key[:40] for key in sorted(unknown)][:10],
            )
        )
