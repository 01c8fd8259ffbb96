"""Which profiles come with the desk, for which house, and why is each number what it is?

The tertiary hospital's numbers and their reasons stand in the groups (groups.py and its neighbours); here stands where
the two others deviate. Weights, half-life, gravity and media weights are the same in all three, so that a score means
the same; the county hospital's scales and lines only ever begin earlier, the commission's later. So on the same posts
the county hospital's level is never lower than the tertiary hospital's, nor that lower than the commission's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from analysis.language import LANGUAGES, Text, _
from analysis.response.names import shown
from analysis.response.profile import SHIPPED_LABELS, Profile
from analysis.schema import InputError

Deviations = Mapping[str, tuple[float, Text]]

QUARTER = _("A county hospital draws about a quarter of the posts of a large one (12 points of heat).")
COUNTY: Deviations = {
    "thresholds.mild": (32, _("One or two people need a longer lead: a complaint is answered before it is passed on.")),
    "thresholds.moderate": (56, _("The leading group meets by telephone; it takes hours until a statement is signed.")),
    "thresholds.severe": (85, _("Help from the county and the city must be called before the country looks on.")),
    "thresholds.gravest": (93, _("The middle between the beginning of SEVERE and 100; colours only.")),
    "hysteresis.hours": (12, _("Nobody watches at night: what rose in the evening must still stand in the morning.")),
    "scales.heat_from": (23, QUARTER),
    "scales.heat_full": (73, QUARTER),
    "scales.followers_from": (75_000, _("A quarter: accounts of the county reach tens of thousands.")),
    "scales.followers_full": (2.5e7, _("A quarter: one provincial medium has so many.")),
    "scales.platforms_from": (1, _("Everyday complaints of a county stand on one platform.")),
    "scales.platforms_full": (6, _("Fewer platforms have readers in a county.")),
    "scales.regions_full": (8, _("The neighbouring provinces and a few more: it has spread beyond home.")),
    "scales.media_from": (2, _("One report of a local medium (weight 3) already gives points.")),
    "scales.media_full": (40, _("Two reports of central media, or five provincial ones.")),
    "scales.voices": (3, _("Three posts on one platform are seldom chance where few write.")),
    "scales.gravity_from": (4, _("A quarter: more posts on one topic than a county hospital's ordinary day has.")),
    "scales.gravity_full": (40, _("A quarter: more than an ordinary day has posts about anything.")),
    "scales.negativity_from": (0.3, _("With a quarter of the posts the interval's lower end lies 0.05 lower.")),
    "scales.negativity_full": (0.58, _("With a quarter of the posts the interval's lower end lies 0.07 lower.")),
    "scales.growth_calm": (3, _("A quarter: 3 posts where 1 is usual are already something.")),
    "red_lines.death_blamed": (8, _("In a county people know the family: they gather at the gate before many write.")),
    "red_lines.attack_on_staff": (4, _("A small house has few guards; the police must be called early.")),
    "red_lines.records_leaked": (10, _("A third: with a quarter of the posts so many are no everyday talk.")),
    "warning.severe_posts": (300, _("A quarter, rounded: more than one or two people can read in a day.")),
}
COMMISSION: Deviations = {
    "thresholds.mild": (40, _("Complaints are the hospital's to answer; the commission only watches.")),
    "thresholds.moderate": (62, _("The commission steps in where the hospital's own statement is not enough.")),
    "thresholds.severe": (90, _("Press conference and work across offices for the whole region: nothing less.")),
    "thresholds.gravest": (95, _("The middle between the beginning of SEVERE and 100; colours only.")),
    "scales.heat_from": (47, _("Several hospitals: four times the posts of one are ordinary (12 points of heat).")),
    "scales.heat_full": (92, _("Four times would be 97; less, so that what the whole country reads still fills it.")),
    "scales.followers_from": (1.2e6, _("Four times: the region's own accounts write about its hospitals every day.")),
    "scales.followers_full": (2e8, _("The followers of two national media.")),
    "scales.platforms_from": (3, _("Some hospital of the region is spoken of on three platforms every day.")),
    "scales.platforms_full": (10, _("Nearly all platforms that there are.")),
    "scales.regions_from": (2, _("One neighbouring province is ordinary where patients come from both sides.")),
    "scales.regions_full": (20, _("Two thirds of the country's provinces.")),
    "scales.media_from": (10, _("One provincial report a day about some hospital is ordinary.")),
    "scales.media_full": (200, _("Ten reports of central media.")),
    "scales.voices": (10, _("Five posts on one platform are ordinary where several hospitals are watched.")),
    "scales.gravity_from": (30, _("On a region's ordinary day several topics have ten posts or more.")),
    "scales.gravity_full": (450, _("Three times: more than a region's ordinary day has posts about anything.")),
    "scales.growth_calm": (30, _("Three times: one hospital's ordinary ups and downs are no growth of the region.")),
    "red_lines.death_blamed": (40, _("The hospital is alarmed by fewer; so many say that it does not hold it alone.")),
    "red_lines.attack_on_staff": (25, _("One attack is for the hospital and the police; so many call on the region.")),
    "red_lines.records_leaked": (80, _("So many speak for a leak that goes beyond one hospital.")),
    "red_lines.central_media": (
        2,
        _("Some hospital of a region is named every few weeks; a second report follows it up."),
    ),
    "warning.severe_posts": (3000, _("Three times: several hospitals, and a press office that works in shifts.")),
}
DEVIATIONS: dict[str, Deviations] = {"tertiary": {}, "county": COUNTY, "commission": COMMISSION}


def shaped(name: str, deviations: Deviations) -> Profile:
    """Which profile deviates so from the tertiary hospital's?"""
    return Profile(name=name).with_numbers({key: value for key, (value, _why) in deviations.items()})


SHIPPED = {key: shaped(name, DEVIATIONS[key]) for key, name in zip(DEVIATIONS, SHIPPED_LABELS, strict=True)}


def why(key: str, name: str) -> Text:
    """Why has this number ("thresholds.mild") its value in this shipped profile ("county")?"""
    if key in DEVIATIONS[name]:
        return DEVIATIONS[name][key][1]
    group, setting = key.split(".")
    reasons = {part.name: part.metadata["why"] for part in fields(SHIPPED[name].groups()[group])}
    reason: Text = reasons[setting]
    return reason


def base_of(profile: Profile) -> str:
    """From which shipped profile do the fewest numbers of this one differ? Of equals, the first."""
    mine = profile.numbers()
    return min(SHIPPED, key=lambda name: sum(mine[key] != value for key, value in SHIPPED[name].numbers().items()))


def shipped_called(name: str) -> Profile | None:
    """Which shipped profile has this name? None if none has."""
    return next((profile for profile in SHIPPED.values() if profile.name == name), None)


def taken(name: str) -> bool:
    """Is this what a shipped profile is called, in any language?"""
    labels = {label.to(language).casefold() for label in SHIPPED_LABELS.values() for language in LANGUAGES}
    return name.casefold() in labels


def check_own_name(name: str) -> None:
    """Can a profile be saved under this name? Raises InputError if a shipped one is called so."""
    if taken(name):
        raise InputError(
            _("name cannot be {value}: a shipped profile is called so. Choose another name.", value=shown(name))
        )


def check_honest(profile: Profile) -> None:
    """May a profile be called what it is called? Raises InputError for other numbers under a shipped one's name."""
    shipped = shipped_called(profile.name)
    if shipped is None or profile.with_names(*shipped.names()) != shipped:
        check_own_name(profile.name)
