"""With which profile does a new session of this desk begin? With the default that was set, else the shipped one."""

from __future__ import annotations

from sqlalchemy import Engine

from analysis.language import _
from analysis.response.names import shown
from analysis.response.profile import Profile, from_toml, to_toml
from analysis.response.shipped import check_honest, shipped_called
from analysis.schema import InputError
from analysis.workspace import store as records

PROFILES, KIND, KEY = "profile", "default_profile", "desk"


def saved_profile(store: Engine, name: str) -> Profile:
    """Which profile was saved under this name? Raises InputError if none was, or it cannot be read any more."""
    written = records.load(store, PROFILES, name)
    if written is None:
        raise InputError(_("No profile {name} is saved on this desk.", name=shown(name)))
    return from_toml(written)


def set_default(store: Engine, profile: Profile) -> None:
    """How does a profile become the desk's default? One that is not shipped is saved as well, and followed: what is
    saved under its name later is the default then. Raises InputError if a shipped profile's name is not honest."""
    check_honest(profile)
    if shipped_called(profile.name) is None:
        records.save(store, PROFILES, profile.name, to_toml(profile))
    records.save(store, KIND, KEY, to_toml(profile))


def default_profile(store: Engine) -> Profile:
    """With which profile does a new session begin? A shipped one has today's shipped numbers, and the names of ours
    that it was set with. Raises InputError if it cannot be read any more."""
    written = records.load(store, KIND, KEY)
    if written is None:
        return Profile()
    chosen = from_toml(written)
    shipped = shipped_called(chosen.name)
    return saved_profile(store, chosen.name) if shipped is None else shipped.with_names(*chosen.names())


def clear_default(store: Engine) -> None:
    """How does the desk begin with the shipped profile again?"""
    records.delete(store, KIND, KEY)
