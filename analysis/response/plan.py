"""What can an emergency plan hold: tasks, time limits of the hospital's own, and skeletons of statements?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.language import Text, _
from analysis.schema import CARE_TOPICS, Level, Topic

ALARMED = (Level.MILD, Level.MODERATE, Level.SEVERE)
GROUPS = {
    "leading": _("Leading group"),
    "monitoring": _("Monitoring and analysis group"),
    "handling": _("Response and handling group"),
    "logistics": _("Logistics group"),
    "spokesperson": _("Spokesperson"),
    "outside": _("Liaison with outside bodies"),
}
STEPS = {
    1: _("Monitor and report"),
    2: _("Assess and order"),
    3: _("Respond and publish"),
    4: _("Media and public"),
    5: _("On site and follow-up"),
    6: _("Review"),
}
FAMILIES = {"all": frozenset(Topic), "care": CARE_TOPICS, "service": frozenset(Topic) - CARE_TOPICS}
FAMILY_LABELS = {"all": _("All topics"), "care": _("Care topics"), "service": _("Service topics")}
BINDING, BENCHMARK, PRACTICE = _("binding"), _("benchmark"), _("good practice")
OWN = _("the hospital's own")
# What a skeleton can leave to the desk: see `statements.numbers`.
NUMBERS = (
    *("as_of", "level", "since", "topic", "onset", "discovered", "stage", "heat", "posts", "posts_24h"),
    *("negative", "platforms"),
)


class Grade(StrEnum):
    """Grade of a medical-safety event (卫医管发〔2011〕4号); the analyst chooses it."""

    GRAVEST = "gravest"
    SERIOUS = "serious"
    GENERAL = "general"

    @property
    def label(self) -> Text:
        return GRADE_LABELS[self]


GRADE_LABELS = {
    Grade.GRAVEST: _("Gravest grade: report within 2 h"),
    Grade.SERIOUS: _("Serious grade: report within 12 h"),
    Grade.GENERAL: _("General grade: report within 15 days"),
}


class Kind(StrEnum):
    """Who reads a text: only the internal report may carry the desk's numbers."""

    INTERNAL = "internal report"
    PUBLIC = "public statement"

    @property
    def label(self) -> Text:
        return KIND_LABELS[self]


KIND_LABELS = {Kind.INTERNAL: _("Internal report"), Kind.PUBLIC: _("Public statement")}


@dataclass(frozen=True)
class Limit:
    """A time limit: hours from the onset (or the discovery), for which levels, topics and grade it runs."""

    name: Text
    hours: float
    source: str
    force: Text
    levels: tuple[Level, ...]
    topics: frozenset[Topic] = FAMILIES["all"]
    from_discovery: bool = False
    grade: Grade | None = None


@dataclass(frozen=True)
class Task:
    """One task of the plan: when it is due (levels, topics), and hours after the onset as its deadline.

    key: by which it is known when its texts change. legal_review: what goes out here is read by lawyers before.
    """

    key: str
    step: int
    levels: tuple[Level, ...]
    topics: frozenset[Topic]
    hours: float
    group: str
    channel: Text
    text: Text
    checklist: tuple[Text, ...] = ()
    legal_review: bool = False


@dataclass(frozen=True)
class Skeleton:
    """A text with blanks (____) that the hospital fills; parts of an internal report may hold {NUMBERS}."""

    key: str
    kind: Kind
    levels: tuple[Level, ...]
    topics: frozenset[Topic]
    title: Text
    parts: tuple[Text, ...]
    checklist: tuple[Text, ...] = ()
    avoid: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Playbook:
    """The emergency plan as the hospital keeps it."""

    tasks: tuple[Task, ...]
    limits: tuple[Limit, ...] = ()
    statements: tuple[Skeleton, ...] = ()
