"""Which settings are being tried on the Thresholds page? The sliders' draft: in force only once it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.response.profile import Profile
from analysis.schema import InputError
from pages import session


@dataclass(frozen=True)
class Begun:
    """Which sliders are these? run: counts them; groups: by group, how often it began anew within this run.

    of: the profile that was in force then; numbers: what the sliders began with, both without names of ours.
    """

    run: int
    of: Profile
    numbers: Profile
    groups: Mapping[str, int] = field(default_factory=dict)

    def key(self, group: str, name: str) -> str:
        """By which key is a control known? Another run is another control."""
        return f"draft{self.run}.{self.groups.get(group, 0)}-{group}.{name}"


def begun() -> Begun:
    """Which sliders stand, and with which numbers did they begin? A profile that comes into force begins new ones."""
    kept: Begun | None = session.held("draft_begun")
    if kept is None or kept.of != bare(session.profile()):
        begin(session.profile())
        kept = session.held("draft_begun")
    assert kept is not None
    return kept


def begin(numbers: Profile) -> None:
    """How are settings tried without coming into force? The sliders begin anew with them.

    As their default: a value that is set into a control can be lost on its way to the browser.
    """
    kept: Begun | None = session.held("draft_begun")
    session.hold("draft_begun", Begun(kept.run + 1 if kept else 0, bare(session.profile()), bare(numbers)))
    session.hold("draft", None)


def begin_group(group: str, values: Mapping[str, float]) -> None:
    """How does one group of sliders begin anew with these values, while the others stay as they are?"""
    kept = begun()
    runs = {**kept.groups, group: kept.groups.get(group, 0) + 1}
    session.hold("draft_begun", replace(kept, numbers=kept.numbers.with_values(group, values), groups=runs))


def draft() -> Profile:
    """Which profile do the sliders make, with our names as they are in force?

    What they began with until one was moved. Raises InputError while they contradict each other.
    """
    numbers = begun().numbers
    made = session.held("draft") or numbers
    if isinstance(made, InputError):
        raise made
    return made.with_names(*session.profile().names())


def hold(made: Profile | InputError) -> None:
    """What do the sliders say now? Kept for the other parts and pages."""
    session.hold("draft", bare(made) if isinstance(made, Profile) else made)


def bare(profile: Profile) -> Profile:
    """What is a profile without the names of ours? These are kept on the Data page, and no slider moves them."""
    return profile.with_names(*Profile().names())
