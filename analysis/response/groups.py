"""Which numbers does a profile hold, group by group, and what can each be?"""

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


def number(default: float, label: Text, low: float, high: float) -> Any:
    """How is a setting declared? With its shipped value, label and range."""
    return field(default=default, metadata={"label": label, "low": low, "high": high})


@dataclass(frozen=True)
class Weights:
    """How many of the 100 points can each indicator give? They are scaled to sum to 100."""

    heat: float = number(30, INDICATOR_LABELS["heat"], 0, 100)
    reach: float = number(20, INDICATOR_LABELS["reach"], 0, 100)
    gravity: float = number(25, INDICATOR_LABELS["gravity"], 0, 100)
    negativity: float = number(20, INDICATOR_LABELS["negativity"], 0, 100)
    growth: float = number(5, INDICATOR_LABELS["growth"], 0, 100)


@dataclass(frozen=True)
class Thresholds:
    """From which score on does each level begin? `gravest` only splits SEVERE in the national scheme."""

    mild: float = number(35, _("Mild from"), 0, 100)
    moderate: float = number(58, _("Moderate from"), 0, 100)
    severe: float = number(87, _("Severe from"), 0, 100)
    gravest: float = number(94, _("National red from"), 0, 100)

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

    hours: float = number(6, _("Hours below before the level falls"), 0, 72)
    points: float = number(5, _("Points below the threshold"), 0, 30)


@dataclass(frozen=True)
class Scales:
    """Where does each indicator begin to give points (…_from), and where all of them (…_full)?"""

    heat_from: float = number(35, _("Heat: points from"), 0, 99)
    heat_full: float = number(85, _("Heat: all points at"), 1, 100)
    followers_from: float = number(3e5, _("Reach: followers in 24 h, points from"), 1, 1e9)
    followers_full: float = number(1e8, _("Reach: followers in 24 h, all points at"), 2, 1e10)
    platforms_from: float = number(2, _("Reach: platforms, points from"), 0, 12)
    platforms_full: float = number(8, _("Reach: platforms, all points at"), 1, 13)
    regions_from: float = number(1, _("Reach: regions, points from"), 0, 33)
    regions_full: float = number(15, _("Reach: regions, all points at"), 1, 34)
    media_from: float = number(3, _("Reach: weighted media posts, points from"), 1, 1e3)
    media_full: float = number(100, _("Reach: weighted media posts, all points at"), 2, 1e4)
    voices: float = number(5, _("Risk posts that make a platform or region count"), 1, 100)
    gravity_from: float = number(10, _("Gravity: risk posts of a topic, points from"), 1, 1e4)
    gravity_full: float = number(150, _("Gravity: risk posts of a topic, all points at"), 2, 1e6)
    negativity_from: float = number(0.35, _("Negative share, points from"), 0, 0.99)
    negativity_full: float = number(0.65, _("Negative share, all points at"), 0.01, 1)
    growth_from: float = number(1.3, _("Growth factor, points from"), 0.1, 50)
    growth_full: float = number(6, _("Growth factor, all points at"), 0.2, 100)
    growth_calm: float = number(10, _("Posts added to both sides of the growth factor"), 1, 1e4)

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

    medical_quality: float = number(90, Topic.MEDICAL_QUALITY.label, 0, 100)
    doctor_patient: float = number(80, Topic.DOCTOR_PATIENT.label, 0, 100)
    public_health: float = number(75, Topic.PUBLIC_HEALTH.label, 0, 100)
    privacy: float = number(65, Topic.PRIVACY.label, 0, 100)
    management: float = number(60, Topic.MANAGEMENT.label, 0, 100)
    rumour: float = number(60, Topic.RUMOUR.label, 0, 100)
    communication: float = number(60, Topic.COMMUNICATION.label, 0, 100)
    disaster: float = number(50, Topic.DISASTER.label, 0, 100)
    policy: float = number(45, Topic.POLICY.label, 0, 100)
    service: float = number(30, Topic.SERVICE.label, 0, 100)
    other: float = number(0, Topic.OTHER.label, 0, 100)


@dataclass(frozen=True)
class MediaWeights:
    """How much does one post of a medium count in reach?"""

    central: float = number(20, MediaTier.CENTRAL.label, 0, 100)
    provincial: float = number(8, MediaTier.PROVINCIAL.label, 0, 100)
    local: float = number(3, MediaTier.LOCAL.label, 0, 100)
    trade: float = number(2, MediaTier.TRADE.label, 0, 100)
    self_media: float = number(1, MediaTier.SELF_MEDIA.label, 0, 100)


@dataclass(frozen=True)
class RedLines:
    """How many posts in 24 hours cross each red line? 0 switches a red line off."""

    death_blamed: float = number(15, Claim.DEATH_BLAMED.label, 0, 1e4)
    attack_on_staff: float = number(10, Claim.ATTACK_ON_STAFF.label, 0, 1e4)
    records_leaked: float = number(30, Claim.RECORDS_LEAKED.label, 0, 1e4)
    central_media: float = number(1, _("Central media report it"), 0, 1e4)


RED_LINE_LEVELS = {
    "death_blamed": Level.SEVERE,
    "attack_on_staff": Level.MODERATE,
    "records_leaked": Level.MODERATE,
    "central_media": Level.MODERATE,
}
