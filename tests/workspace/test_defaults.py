"""A new session begins with the profile that the desk was given."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from analysis.response.names import MediaNames
from analysis.response.profile import Profile, to_toml
from analysis.response.shipped import SHIPPED
from analysis.schema import InputError
from analysis.workspace.defaults import clear_default, default_profile, saved_profile, set_default
from analysis.workspace.store import keys, open_store, save

NIGHT = Profile(name="Night").with_values("thresholds", {"mild": 30})


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'yanpan.db'}")


def test_without_a_default_the_shipped_profile_is_one(store: Engine) -> None:
    assert default_profile(store) == Profile()
    clear_default(store)
    assert default_profile(store) == Profile()


def test_a_default_is_kept_followed_and_taken_back(store: Engine) -> None:
    set_default(store, NIGHT)
    assert default_profile(store) == saved_profile(store, "Night") == NIGHT
    later = NIGHT.with_names(["市一院"], [], [], MediaNames(local=("甲报",)))
    save(store, "profile", "Night", to_toml(later))
    assert default_profile(store) == later
    clear_default(store)
    assert default_profile(store) == Profile() and saved_profile(store, "Night") == later


def test_a_shipped_default_keeps_names_and_is_not_saved_as_ones_own(store: Engine) -> None:
    county = SHIPPED["county"].with_names(["县医院"], [], [], MediaNames())
    set_default(store, county)
    assert default_profile(store) == county and keys(store, "profile") == []
    with pytest.raises(InputError, match="a shipped profile is called so"):
        set_default(store, county.with_values("thresholds", {"mild": 1}))
    assert default_profile(store) == county


def test_a_default_that_can_no_longer_be_read_is_said_to_be_so(store: Engine) -> None:
    save(store, "default_profile", "desk", "version = 1")
    with pytest.raises(InputError, match="save it anew"):
        default_profile(store)
    with pytest.raises(InputError, match="No profile 'Nobody' is saved"):
        saved_profile(store, "Nobody")
