"""A profile is saved and read back unchanged, and what is wrong in it is named by its key."""

from dataclasses import fields

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.response.profile import SCHEMES, Profile, from_toml, to_toml
from analysis.schema import InputError

SHIPPED = Profile()


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        from_toml(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile that the sliders could make."""
    profile = Profile(
        name=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=80)),
        scheme=draw(st.sampled_from(list(SCHEMES))),
    )
    for group, numbers in SHIPPED.groups().items():
        allowed = {setting.name: setting.metadata for setting in fields(numbers)}
        drawn = {name: draw(st.floats(m["low"], m["high"], allow_subnormal=False)) for name, m in allowed.items()}
        try:
            profile = profile.with_values(group, drawn)
        except InputError:  # ends in the wrong order, or all weights 0: the shipped numbers stay
            assume(group in ("thresholds", "scales", "weights"))
    return profile


@settings(max_examples=40)
@given(profiles())
def test_what_is_saved_is_read_back(profile: Profile) -> None:
    assert from_toml(to_toml(profile)) == profile


def test_what_a_file_leaves_out_keeps_its_shipped_value() -> None:
    assert from_toml("version = 1") == SHIPPED
    one = from_toml("version = 1\nname = '我院'\n[hysteresis]\nhours = 12")
    assert one == Profile(name="我院").with_values("hysteresis", {"hours": 12})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 1\nnmae = 'x'", "nmae"),
        ("version = 1\n[weights]\nheet = 3", "weights.heet"),
        ("version = 1\n[colours]\nred = 3", "colours"),
        ("version = 1\n[thresholds]\nmild = 70\nmoderate = 60", "mild < moderate < severe < gravest. Got 70, 60"),
        ("version = 1\n[weights]\nheat = -1", "weights.heat must be a number from 0 to 100. Got -1"),
        ("version = 1\n[weights]\nheat = true", "weights.heat must be a number from 0 to 100. Got True"),
        ("version = 1\n[weights]\nheat = nan", "weights.heat must be a number from 0 to 100. Got nan"),
        ("version = 1\n[weights]\nheat = inf", "weights.heat must be a number"),
        ("version = 1\n[weights]\nheat = '30'", "weights.heat must be a number from 0 to 100. Got '30'"),
        ("version = 1\n[weights]\nheat = [30]", "weights.heat must be a number"),
        ("version = 1\n[heat]\nhalf_life = 0", "heat.half_life must be a number from 1 to 168. Got 0"),
        ("version = 1\n[scales]\nheat_from = 90", "scales.heat_from must be below scales.heat_full. Got 90 and 85"),
        ("version = 1\nweights = 3", "weights must be a table"),
        ("version = 1\nname = 3", "name must be text. Got 3"),
        ("version = 1\nscheme = 'green'", "scheme green is unknown. Known are: mild-first"),
        ("version = 2", "version = 1"),
        ("", "version = 1"),
        ("version = '1'", "version = 1"),
        ("version = 1\n[weights", "not valid TOML"),
        ("{不是}", "not valid TOML"),
        ("\x00\x01", "not valid TOML"),
        ("version = 1\nname = '" + "x" * 1_000_000 + "'", "longer than 100,000 characters"),
        ("version = 1\nname = " + "[" * 50_000, "not valid TOML"),
        ("version = 1\nname = " + "1" * 5_000, "not valid TOML"),
        ("version = 1\n[weights]\nheat = 0x" + "f" * 5_000, "weights.heat must be a number from 0 to 100"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    assert said in refusal(text)


def test_all_weights_0_cannot_be_scaled_to_100() -> None:
    nothing = "version = 1\n[weights]\nheat = 0\nreach = 0\ngravity = 0\nnegativity = 0\ngrowth = 0"
    assert refusal(nothing) == "At least one of the five weights must be above 0."


def test_many_unknown_keys_are_a_short_message() -> None:
    many = "\n".join(f"k{n}{'x' * 60} = 1" for n in range(300))
    assert len(refusal("version = 1\n" + many)) < 1_000


@given(st.text(max_size=60))
def test_any_text_is_a_profile_or_a_refusal(text: str) -> None:
    for given_text in (text, f"version = 1\n{text}", f"version = 1\n[weights]\nheat = {text}"):
        try:
            assert isinstance(from_toml(given_text), Profile)
        except InputError as error:
            assert str(error)


def test_settings_out_of_range_are_refused_wherever_they_come_from() -> None:
    with pytest.raises(InputError, match=r"hysteresis\.hours must be a number from 0 to 72"):
        SHIPPED.with_values("hysteresis", {"hours": float("nan")})
    with pytest.raises(InputError, match="mild < moderate"):
        SHIPPED.with_values("thresholds", {"mild": float("nan")})


def test_every_number_has_a_label_and_a_range_that_holds_its_shipped_value() -> None:
    for group, numbers in SHIPPED.groups().items():
        for setting in fields(numbers):
            low, high = setting.metadata["low"], setting.metadata["high"]
            assert low <= getattr(numbers, setting.name) <= high, f"{group}.{setting.name}"
            assert str(setting.metadata["label"])
