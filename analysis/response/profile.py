"""Which numbers decide the level? All of them live in one frozen Profile, saved as TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import Any, Self

import tomli_w

from analysis.language import Text, _
from analysis.response.checks import check, numbers_of, refuse_others, table, text
from analysis.response.groups import Gravity, Hysteresis, MediaWeights, RedLines, Scales, Thresholds, Weights
from analysis.response.names import NO_MEDIA, MediaNames, check_name, shown, terms
from analysis.schema import InputError, MediaTier
from analysis.signals.arrival import Pace
from analysis.signals.heat import HeatSettings
from analysis.signals.warning import WarningSettings

VERSION = 2
LONGEST = 100_000  # characters of a profile that is read
TERMS, MEDIA = ("about", "not_about", "own_accounts"), "media_names"
SCHEMES = {
    "mild-first": _("Mild first: Ⅰ mild … Ⅲ severe"),
    "severe-first": _("Severe first: Ⅲ mild … Ⅰ severe"),
    "national": _("National colours: Ⅳ blue … Ⅰ red"),
}
SHIPPED_LABELS = {
    label.msgid: label for label in (_("Tertiary hospital"), _("County hospital"), _("Health commission"))
}
LINKED = _("From a link")


@dataclass(frozen=True)
class Profile:
    """Every number that decides a level. Frozen, so it can be a cache key; change it with the `with_…` functions.

    `about`: names of the institution, its services, departments and people; only posts that name one of them and
    none of `not_about` count. Without names every post does. `own_accounts`: by which accounts the institution speaks
    itself; their posts in an event are its official response. `media_names`: accounts that are media, where the export
    does not tell it. Raises InputError for a name, scheme or number that cannot be.
    """

    name: str = "Tertiary hospital"
    scheme: str = "mild-first"
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    own_accounts: tuple[str, ...] = ()
    media_names: MediaNames = NO_MEDIA
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
        check_name(self.name)
        if self.scheme not in SCHEMES:
            raise InputError(
                _("scheme {name} is unknown. Known are: {known}.", name=shown(self.scheme), known=list(SCHEMES))
            )
        if sum(asdict(self.weights).values()) <= 0:
            raise InputError(_("At least one of the five weights must be above 0."))
        for group, settings in self.groups().items():
            for setting in fields(settings):
                check(f"{group}.{setting.name}", getattr(settings, setting.name), setting.metadata)

    def groups(self) -> dict[str, Any]:
        """Which groups of numbers does the profile hold, by name?"""
        parts = {part.name: getattr(self, part.name) for part in fields(self) if part.name != MEDIA}
        return {name: value for name, value in parts.items() if is_dataclass(value)}

    def numbers(self) -> dict[str, float]:
        """Which numbers does the profile hold? By key: "thresholds.mild"."""
        return {
            f"{group}.{name}": value
            for group, settings in self.groups().items()
            for name, value in asdict(settings).items()
        }

    def with_values(self, group: str, values: Mapping[str, float]) -> Self:
        """Which profile results when some numbers of one group change?"""
        return replace(self, **{group: replace(getattr(self, group), **values)})

    def with_numbers(self, numbers: Mapping[str, float]) -> Self:
        """Which profile results when numbers of several groups change at once? By key, as in `numbers`."""
        changed: dict[str, dict[str, float]] = {}
        for key, value in numbers.items():
            group, name = key.split(".")
            changed.setdefault(group, {})[name] = value
        return replace(self, **{group: replace(getattr(self, group), **values) for group, values in changed.items()})

    def with_scheme(self, scheme: str) -> Self:
        """Which profile results when the levels are numbered otherwise?"""
        return replace(self, scheme=scheme)

    def with_names(
        self, about: Sequence[str], not_about: Sequence[str], own_accounts: Sequence[str], media_names: MediaNames
    ) -> Self:
        """Which profile results when other names are ours, or media?"""
        return replace(
            self,
            about=terms("about", about),
            not_about=terms("not_about", not_about),
            own_accounts=terms("own_accounts", own_accounts),
            media_names=media_names,
        )

    def names(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], MediaNames]:
        """Which names are ours? Those of the institution, those not meant, its own accounts, and its media."""
        return self.about, self.not_about, self.own_accounts, self.media_names

    def with_name(self, name: str) -> Self:
        """Which profile results under another name?"""
        return replace(self, name=name)


def profile_label(profile: Profile) -> Text:
    """How is a profile called? By the name its author gave; a shipped one in the reader's language."""
    return name_label(profile.name)


def name_label(name: str) -> Text:
    """How is a profile of this name called? See `profile_label`."""
    labels = {**SHIPPED_LABELS, LINKED.msgid: LINKED}
    return labels.get(name, Text("{name}", (("name", name),)))


def to_toml(profile: Profile) -> str:
    """How is a profile written down? TOML with its version; `from_toml` reads it back unchanged."""
    return tomli_w.dumps({"version": VERSION, **asdict(profile)})


def from_toml(written: str | bytes) -> Profile:
    """Which profile does this TOML hold? Every key must be there, so that no file changes its meaning unnoticed.

    Raises InputError that names the key, the reason and the remedy: for unknown, missing and wrong ones, another
    version, broken TOML, or more than LONGEST characters.
    """
    given = parsed(written)
    if given.get("version") != VERSION or isinstance(given["version"], bool):
        raise InputError(other_version(given))
    del given["version"]
    groups = Profile().groups()
    refuse_others("", given, {part.name for part in fields(Profile)})
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key in groups:
            values[key] = replace(groups[key], **numbers_of(key, value, groups[key]))
        elif key == MEDIA:
            tiers = table(key, value, {tier.name for tier in fields(MediaNames)})
            values[key] = MediaNames(**{tier: terms(f"{key}.{tier}", names) for tier, names in tiers.items()})
        else:
            values[key] = terms(key, value) if key in TERMS else text(key, value)
    return Profile(**values)


def parsed(written: str | bytes) -> dict[str, Any]:
    """Which keys and values does this TOML hold?"""
    if len(written) > LONGEST:
        raise InputError(_("This is no profile: it is longer than 100,000 characters."))
    try:
        return tomllib.loads(written if isinstance(written, str) else written.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_("The profile is not text in UTF-8.")) from error
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits, or 50,000 brackets
        raise InputError(_("The profile is not valid TOML: {reason}.", reason=str(error)[:200])) from error


def other_version(given: Mapping[str, Any]) -> Text:
    """What is to be done with a profile of another version? Its own numbers are told, to be set anew by hand."""
    if given.get("version") != 1 or isinstance(given["version"], bool):
        return _("The profile needs the line: version = {version}.", version=VERSION)
    told = []
    for key, now in Profile().numbers().items():
        group, name = key.split(".")
        was = given[group].get(name, now) if isinstance(given.get(group), dict) else now
        if was != now:
            told.append(f"{key} = {shown(was)}")
    told += [f"{key} = {shown(given[key])}" for key in ("scheme", *TERMS) if given.get(key)]
    return _(
        "version 1 of profiles is not read any more. Set its numbers on the Thresholds page and save it anew; its "
        "names on the Data page. It says: {told}",
        told=told[:30] or ["–"],
    )


# What it means for the level that a number rose, and that it fell.
EARLIER_OR_LATER = _("later"), _("earlier")
MEANS = {
    "weights": (_("counts more"), _("counts less")),
    "thresholds": EARLIER_OR_LATER,
    "thresholds.gravest": (_("red later"), _("red earlier")),
    "hysteresis": (_("the level stays longer"), _("the level falls sooner")),
    "heat": (_("counts more"), _("counts less")),
    "heat.half_life": (_("cools more slowly"), _("cools faster")),
    "scales": EARLIER_OR_LATER,
    "gravity": (_("counts more"), _("counts less")),
    "media": (_("counts more"), _("counts less")),
    "red_lines": EARLIER_OR_LATER,
    "pace": (_("comes more slowly"), _("comes faster")),
    "warning": (_("severe by volume later"), _("severe by volume earlier")),
}
# Labels that say too little where their group does not stand beside them.
IN_WORDS = {
    "weights": _("Weight of “{label}”"),
    "gravity": _("Gravity of “{label}”"),
    "media": _("Weight of “{label}” in reach"),
    "red_lines": _("Red line “{label}”, posts in 24 h"),
    "pace": _("Pace on {label}"),
}
NAMES = {
    "about": _("Our names"),
    "not_about": _("Not meant"),
    "own_accounts": _("Our own accounts"),
    **{f"{MEDIA}.{tier.name}": MediaTier(tier.name).label for tier in fields(MediaNames)},
}


def key_label(key: str) -> Text:
    """What is a number of the profile called where its group does not stand beside it? key: "thresholds.mild"."""
    group, name = key.split(".")
    label: Text = next(part.metadata["label"] for part in fields(Profile().groups()[group]) if part.name == name)
    pattern = IN_WORDS.get(group)
    return label if pattern is None else Text(pattern.msgid, (("label", label),))


def differences(before: Profile, after: Profile) -> tuple[Text, ...]:
    """What is different in `after`, in words, and does it raise the level earlier? Numbers group by group, then the
    numbering of the levels and the names; () if nothing is. The profiles' own names do not count."""
    was, now = before.numbers(), after.numbers()
    told = [number_changed(key, was[key], now[key]) for key in was if was[key] != now[key]]
    if before.scheme != after.scheme:
        schemes = {"before": SCHEMES[before.scheme], "after": SCHEMES[after.scheme]}
        told.append(_("Numbering of the levels: {before} → {after}", **schemes))
    mine, theirs = named(before), named(after)
    return (*told, *(text for key in mine for text in names_changed(NAMES[key], mine[key], theirs[key])))


def number_changed(key: str, before: float, after: float) -> Text:
    """How is it told that a number changed?"""
    meaning = EARLIER_OR_LATER if key.endswith("_at_100") else MEANS.get(key, MEANS[key.split(".")[0]])
    means = meaning[0] if after > before else meaning[1]
    if key.startswith("red_lines.") and 0 in (before, after):
        means = _("switched off") if after == 0 else _("switched on")
    values = {"before": number_text(before), "after": number_text(after)}
    return _("{label}: {before} → {after} ({means})", label=key_label(key), **values, means=means)


def number_text(value: float) -> str:
    """How is a number of the profile written? 300,000 and 0.35."""
    return f"{value:,.15g}"


def named(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Which names does a profile hold, by the keys of NAMES?"""
    media = {f"{MEDIA}.{tier}": names for tier, names in asdict(profile.media_names).items()}
    return {**{key: getattr(profile, key) for key in TERMS}, **media}


def names_changed(label: Text, before: Sequence[str], after: Sequence[str]) -> list[Text]:
    """How is it told that names came or went?"""
    came, went = [name for name in after if name not in before], [name for name in before if name not in after]
    told = [_("{label}: new: {names}", label=label, names=came)] if came else []
    return told + ([_("{label}: gone: {names}", label=label, names=went)] if went else [])
