"""Which numbers does a profile hold, group by group, what can each be, and why is it what it is?"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from analysis.language import Text, _
from analysis.schema import Claim, InputError, Level, MediaTier, Topic

INDICATORS = ("heat", "reach", "gravity", "negativity", "growth")
INDICATOR_LABELS = {
    "heat": _("Heat of risk posts"),
    "reach": _("Reach"),
    "gravity": _("Gravity"),
    "negativity": _("Negativity"),
    "growth": _("Growth"),
}


def number(default: float, label: Text, why: Text, low: float, high: float) -> Any:
    """How is a setting declared? With its shipped value, label, the reason of that value, and range."""
    return field(default=default, metadata={"label": label, "why": why, "low": low, "high": high})


@dataclass(frozen=True)
class Weights:
    """How many of the 100 points can each indicator give? They are scaled to sum to 100."""

    heat: float = number(
        30, INDICATOR_LABELS["heat"], _("Plans judge by heat and reach first; heat is read in every export."), 0, 100
    )
    reach: float = number(
        20, INDICATOR_LABELS["reach"], _("Plans judge by heat and reach first; together they give half."), 0, 100
    )
    gravity: float = number(
        25,
        INDICATOR_LABELS["gravity"],
        _("What it is about decides which plan is needed, even at little volume."),
        0,
        100,
    )
    negativity: float = number(
        20,
        INDICATOR_LABELS["negativity"],
        _("Tells praise and neutral reports from anger; it errs, so not more."),
        0,
        100,
    )
    growth: float = number(
        5, INDICATOR_LABELS["growth"], _("An early sign, but restless: with more weight the level would flap."), 0, 100
    )


@dataclass(frozen=True)
class Thresholds:
    """From which score on does each level begin? `gravest` only splits SEVERE in the national scheme."""

    mild: float = number(
        35,
        _("Mild from"),
        _("Everyday talk of the synthetic samples stays under it, their small incidents do not."),
        0,
        100,
    )
    moderate: float = number(
        58, _("Moderate from"), _("Parts the synthetic incidents that touch the reputation from complaints."), 0, 100
    )
    severe: float = number(
        87,
        _("Severe from"),
        _("Nearly every indicator must be full: of the synthetic incidents only the gravest."),
        0,
        100,
    )
    gravest: float = number(
        94, _("National red from"), _("The middle between the beginning of SEVERE and 100; colours only."), 0, 100
    )

    def __post_init__(self) -> None:
        if not self.mild < self.moderate < self.severe < self.gravest:
            raise InputError(
                _(
                    "thresholds must rise: mild < moderate < severe < gravest. Got {values}.",
                    values=[f"{value:g}" for value in asdict(self).values()],
                )
            )


@dataclass(frozen=True)
class Hysteresis:
    """When may the level fall? Only after so many hours in a row that far below the threshold."""

    hours: float = number(
        6, _("Hours below before the level falls"), _("As long as a night, in which talk always falls silent."), 0, 72
    )
    points: float = number(
        5,
        _("Points below the threshold"),
        _("More than the score wavers from hour to hour while nothing happens."),
        0,
        30,
    )


@dataclass(frozen=True)
class Scales:
    """Where does each indicator begin to give points (…_from), and where all of them (…_full)?"""

    heat_from: float = number(
        35,
        _("Heat: points from"),
        _("30 risk posts, 30 reposts, 60 comments, 200 likes: a quiet day of a large hospital."),
        0,
        99,
    )
    heat_full: float = number(
        85,
        _("Heat: all points at"),
        _("2,000 risk posts, 20,000 reposts, 30,000 comments, 300,000 likes: the country looks on."),
        1,
        100,
    )
    followers_from: float = number(
        3e5,
        _("Reach: followers in 24 h, points from"),
        _("The followers behind the complaints of a quiet day."),
        1,
        1e9,
    )
    followers_full: float = number(
        1e8, _("Reach: followers in 24 h, all points at"), _("The followers of one national medium."), 2, 1e10
    )
    platforms_from: float = number(
        2, _("Reach: platforms, points from"), _("Complaints of an ordinary day stand on one or two platforms."), 0, 12
    )
    platforms_full: float = number(
        8, _("Reach: platforms, all points at"), _("All platforms that most vendors deliver."), 1, 13
    )
    regions_from: float = number(
        1, _("Reach: regions, points from"), _("The hospital's own province is no spread."), 0, 33
    )
    regions_full: float = number(
        15, _("Reach: regions, all points at"), _("Half of the country's provinces speak of it."), 1, 34
    )
    media_from: float = number(
        3, _("Reach: weighted media posts, points from"), _("One report of a local medium is ordinary."), 1, 1e3
    )
    media_full: float = number(
        100,
        _("Reach: weighted media posts, all points at"),
        _("Five reports of central media, or a dozen provincial ones."),
        2,
        1e4,
    )
    voices: float = number(
        5, _("Risk posts that make a platform or region count"), _("One person's posts are no spread."), 1, 100
    )
    gravity_from: float = number(
        10,
        _("Gravity: risk posts of a topic, points from"),
        _("On an ordinary day only service complaints are so many."),
        1,
        1e4,
    )
    gravity_full: float = number(
        150,
        _("Gravity: risk posts of a topic, all points at"),
        _("More than an ordinary day of the synthetic sample has posts about anything (114)."),
        2,
        1e6,
    )
    negativity_from: float = number(
        0.35,
        _("Negative share, points from"),
        _("The lower end of the interval on an ordinary day of the synthetic sample."),
        0,
        0.99,
    )
    negativity_full: float = number(
        0.65,
        _("Negative share, all points at"),
        _("Two of three, for certain: hardly anybody takes the hospital's side."),
        0.01,
        1,
    )
    growth_from: float = number(
        1.3, _("Growth factor, points from"), _("A third more than usual comes by chance every few days."), 0.1, 50
    )
    growth_full: float = number(
        6,
        _("Growth factor, all points at"),
        _("Six times the usual within 6 hours: no day of the week does that."),
        0.2,
        100,
    )
    growth_calm: float = number(
        10,
        _("Posts added to both sides of the growth factor"),
        _("So that 1 → 3 posts is no growth: 13 / 11 = 1.2."),
        1,
        1e4,
    )

    def __post_init__(self) -> None:
        for name in ("heat", "followers", "platforms", "regions", "media", "gravity", "negativity", "growth"):
            begins, ends = getattr(self, f"{name}_from"), getattr(self, f"{name}_full")
            if not begins < ends:
                raise InputError(
                    _(
                        "scales.{name}_from must be below scales.{name}_full. Got {begins} and {ends}.",
                        name=name,
                        begins=f"{begins:g}",
                        ends=f"{ends:g}",
                    )
                )


@dataclass(frozen=True)
class Gravity:
    """How grave is each topic by nature, 0..100?"""

    medical_quality: float = number(
        90, Topic.MEDICAL_QUALITY.label, _("Death or injury under care: what a hospital is there to prevent."), 0, 100
    )
    doctor_patient: float = number(
        80, Topic.DOCTOR_PATIENT.label, _("People may come to harm while it goes on; police are needed."), 0, 100
    )
    public_health: float = number(
        75, Topic.PUBLIC_HEALTH.label, _("Many may be in danger, and fear spreads faster than the disease."), 0, 100
    )
    privacy: float = number(
        65, Topic.PRIVACY.label, _("Breaks the law and cannot be undone, but harms nobody's body."), 0, 100
    )
    management: float = number(
        60, Topic.MANAGEMENT.label, _("Touches the institution's reputation and calls the supervisors."), 0, 100
    )
    rumour: float = number(
        60, Topic.RUMOUR.label, _("Touches the reputation until it is refuted; may cause panic."), 0, 100
    )
    communication: float = number(
        60, Topic.COMMUNICATION.label, _("One's own mistake about another event: makes that one worse."), 0, 100
    )
    disaster: float = number(
        50, Topic.DISASTER.label, _("Grave in itself, but the hospital helps and is not blamed."), 0, 100
    )
    policy: float = number(
        45, Topic.POLICY.label, _("Angers many, but is decided elsewhere and can be explained."), 0, 100
    )
    service: float = number(30, Topic.SERVICE.label, _("Every day's complaints; can be mended at once."), 0, 100)
    other: float = number(0, Topic.OTHER.label, _("Carries no risk by definition."), 0, 100)


@dataclass(frozen=True)
class MediaWeights:
    """How much does one post of a medium count in reach?"""

    central: float = number(20, MediaTier.CENTRAL.label, _("Reprinted by everybody else within hours."), 0, 100)
    provincial: float = number(
        8, MediaTier.PROVINCIAL.label, _("Read in the whole province, and by its offices."), 0, 100
    )
    local: float = number(3, MediaTier.LOCAL.label, _("Read in one city."), 0, 100)
    trade: float = number(2, MediaTier.TRADE.label, _("Read by colleagues, little by the public."), 0, 100)
    self_media: float = number(
        1, MediaTier.SELF_MEDIA.label, _("The measure of the others: one voice that has readers."), 0, 100
    )


@dataclass(frozen=True)
class RedLines:
    """How many posts in 24 hours cross each red line? 0 switches a red line off."""

    death_blamed: float = number(
        15, Claim.DEATH_BLAMED.label, _("More than one family and its friends; words err, so not fewer."), 0, 1e4
    )
    attack_on_staff: float = number(
        10, Claim.ATTACK_ON_STAFF.label, _("Rarer than talk of deaths, and seldom meant otherwise."), 0, 1e4
    )
    records_leaked: float = number(
        30, Claim.RECORDS_LEAKED.label, _("Leaks are told of hospitals every day without one having happened."), 0, 1e4
    )
    central_media: float = number(
        1, _("Central media report it"), _("The first report already brings the supervisors' questions."), 0, 1e4
    )


RED_LINE_LEVELS = {
    "death_blamed": Level.SEVERE,
    "attack_on_staff": Level.MODERATE,
    "records_leaked": Level.MODERATE,
    "central_media": Level.MODERATE,
}
