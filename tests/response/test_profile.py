"""A profile is saved and read back unchanged, and what is wrong in it is named by its key."""

from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.response.names import MediaNames, terms
from analysis.response.profile import SCHEMES, Profile, differences, from_toml, key_label, to_toml
from analysis.schema import InputError

SHIPPED = Profile()
WHOLE = to_toml(SHIPPED)
NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), max_size=3)


def refusal(text: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        from_toml(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def altered(old: str, new: str) -> str:
    """The shipped profile's TOML with one line changed."""
    assert WHOLE.count(f"\n{old}\n") == 1
    return WHOLE.replace(f"\n{old}\n", f"\n{new}\n")


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile that the pages could make."""
    profile = Profile(scheme=draw(st.sampled_from(list(SCHEMES))))
    allowed = {f"{group}.{part.name}": part.metadata for group, of in SHIPPED.groups().items() for part in fields(of)}
    for key in draw(st.sets(st.sampled_from(list(allowed)), max_size=12)):
        value = draw(st.floats(allowed[key]["low"], allowed[key]["high"], allow_subnormal=False))
        with suppress(InputError):  # ends in the wrong order, or all weights 0
            profile = profile.with_numbers({key: value})
    media = MediaNames(local=terms("local", draw(NAMES)))
    profile = profile.with_names(draw(NAMES), draw(NAMES), draw(NAMES), media)
    with suppress(InputError):  # blank, a path, control characters
        profile = profile.with_name(draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=60)))
    return profile


@settings(max_examples=30, deadline=None)
@given(profiles())
def test_what_is_saved_is_read_back(profile: Profile) -> None:
    assert from_toml(to_toml(profile)) == profile
    assert from_toml(b"\xef\xbb\xbf" + to_toml(profile).encode()) == profile


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("mild = 35", "mild = 60", "mild < moderate < severe < gravest. Got 60, 58"),
        ("growth = 5", "growth = -1", "weights.growth must be a number from 0 to 100. Got -1"),
        ("growth = 5", "growth = true", "weights.growth must be a number from 0 to 100. Got True"),
        ("growth = 5", "growth = nan", "weights.growth must be a number from 0 to 100. Got nan"),
        ("growth = 5", "growth = inf", "weights.growth must be a number"),
        ("growth = 5", "growth = '30'", "weights.growth must be a number from 0 to 100. Got '30'"),
        ("growth = 5", "growth = [30]", "weights.growth must be a number"),
        ("growth = 5", "growth = 0x" + "f" * 5_000, "weights.growth must be a number from 0 to 100"),
        ("growth = 5", "growth = 5\nheet = 3", "Unknown in the profile: weights.heet"),
        ("growth = 5", "", "Missing in the profile: weights.growth"),
        ("half_life = 24.0", "half_life = 0", "heat.half_life must be a number from 1 to 168. Got 0"),
        ("heat_full = 85", "heat_full = 20", "scales.heat_from must be below scales.heat_full. Got 35 and 20"),
        ("[weights]", "[colours]", "Unknown in the profile: colours"),
        ("[weights]", "[colours]\nred = 1\n[weights]", "colours"),
        ('scheme = "mild-first"', "", "Missing in the profile: scheme"),
        ('scheme = "mild-first"', "scheme = 'green'", "scheme 'green' is unknown. Known are: mild-first"),
        ('scheme = "mild-first"', "scheme = 3", "scheme must be text. Got 3"),
        ("about = []", "about = '医院'", "about must be a list of names"),
        ("about = []", "about = [3]", "about must be a list of names"),
        ("about = []", f"about = ['{'医' * 81}']", "about: 医医"),
        ("local = []", "", "Missing in the profile: media_names.local"),
        ("local = []", "local = 'x'", "media_names.local must be a list of names"),
        ("local = []", "local = ['甲报']\nself_media = []", "Unknown in the profile: media_names.self_media"),
        ("local = []", "local = ['甲报', '乙报', '甲报']", ""),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    if said:
        assert said in refusal(altered(old, new))
    else:  # said twice is said once
        assert from_toml(altered(old, new)).media_names.local == ("甲报", "乙报")


def test_a_medium_cannot_stand_in_two_tiers() -> None:
    assert "'甲报' stands in two tiers" in refusal(
        altered("local = []", "local = ['甲报']").replace("trade = []", "trade = ['甲报']")
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "version = 2"),
        ("version = 3", "version = 2"),
        ("version = '2'", "version = 2"),
        ("version = true", "version = 2"),
        ("version = 2", "Missing in the profile: about"),
        ("version = 2\nname = '我院'\n[hysteresis]\nhours = 12", "Missing in the profile"),
        (
            WHOLE.replace("[hysteresis]\nhours = 6\npoints = 5\n", "").replace(
                "version = 2", "version = 2\nhysteresis = 3"
            ),
            "hysteresis must be a table. Got 3",
        ),
        ("version = 2\n[weights", "not valid TOML"),
        ("{不是}", "not valid TOML"),
        ("\x00\x01", "not valid TOML"),
        (b"\xff\xfe", "not text in UTF-8"),
        ("version = 2\nname = '" + "x" * 1_000_000 + "'", "longer than 100,000 characters"),
        ("version = 2\nname = " + "[" * 50_000, "not valid TOML"),
        ("version = 2\nname = " + "1" * 5_000, "not valid TOML"),
    ],
)
def test_what_is_no_profile_is_refused(text: str | bytes, said: str) -> None:
    assert said in refusal(text)


def test_a_profile_of_version_1_is_told_with_what_it_says() -> None:
    old = 'version = 1\nname = "Night"\nscheme = "national"\nabout = ["市一院"]\n'
    old += '[thresholds]\nmild = 30\nmoderate = 58\n[heat]\nhalf_life = "x"'
    said = refusal(old)
    assert "save it anew" in said
    assert "thresholds.mild = 30" in said and "scheme = 'national'" in said and "市一院" in said
    assert "moderate" not in said  # that number ships now as it did then
    assert refusal("version = 1").endswith("–")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd", "path"),
        ("..", "path"),
        ("a..b", "path"),
        (".hidden", "path"),
        ("夜班/白班", "path"),
        ("a\\b", "path"),
        ("C:night", "path"),
        ("two\nlines", "control character"),
        ("bell\x07", "control character"),
        ("turned \u202e around", "control character"),
        ("", "blank"),
        ("  ", "blank"),
        (" Night", "begins or ends with a blank"),
        ("夜" * 61, "has 61 characters. Use at most 60"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str, said: str) -> None:
    with pytest.raises(InputError, match=r"^name cannot be") as caught:
        SHIPPED.with_name(name)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["夜" * 60, 'Night\'s "watch" 🌙', "👩\u200d⚕️", "2025: 国庆", "v1.2", "甲、乙 & <b>"])
def test_any_other_name_will_do(name: str) -> None:
    assert from_toml(to_toml(SHIPPED.with_name(name))).name == name


def test_all_weights_0_cannot_be_scaled_to_100() -> None:
    nothing = dict.fromkeys(("heat", "reach", "gravity", "negativity", "growth"), 0.0)
    with pytest.raises(InputError, match=r"At least one of the five weights must be above 0\."):
        SHIPPED.with_values("weights", nothing)


def test_many_unknown_keys_are_a_short_message() -> None:
    many = "\n".join(f"k{n}{'x' * 60} = 1" for n in range(300))
    assert len(refusal("version = 2\n" + many)) < 1_000
    assert len(refusal("version = 2")) < 1_000


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_is_a_profile_or_a_refusal(text: str) -> None:
    for given_text in (text, f"version = 2\n{text}", f"version = 1\n{text}", altered("growth = 5", f"growth = {text}")):
        try:
            assert isinstance(from_toml(given_text), Profile)
        except InputError as error:
            assert str(error)


def test_settings_out_of_range_are_refused_wherever_they_come_from() -> None:
    with pytest.raises(InputError, match=r"hysteresis\.hours must be a number from 0 to 72"):
        SHIPPED.with_values("hysteresis", {"hours": float("nan")})
    with pytest.raises(InputError, match="mild < moderate"):
        SHIPPED.with_values("thresholds", {"mild": float("nan")})


def test_every_number_has_a_label_a_reason_and_a_range_that_holds_its_shipped_value() -> None:
    for group, numbers in SHIPPED.groups().items():
        for setting in fields(numbers):
            low, high = setting.metadata["low"], setting.metadata["high"]
            assert low <= getattr(numbers, setting.name) <= high, f"{group}.{setting.name}"
            assert str(setting.metadata["label"]) and len(str(setting.metadata["why"])) > 10


def test_numbers_of_several_groups_change_at_once() -> None:
    changed = SHIPPED.with_numbers({"thresholds.mild": 60, "thresholds.moderate": 70, "heat.half_life": 12})
    assert (changed.thresholds.mild, changed.thresholds.moderate, changed.heat.half_life) == (60, 70, 12)
    assert SHIPPED.with_numbers({}) == SHIPPED == SHIPPED.with_numbers(SHIPPED.numbers())


def test_a_difference_is_told_with_what_it_does() -> None:
    other = (
        SHIPPED.with_numbers(
            {"thresholds.mild": 28, "red_lines.records_leaked": 0, "scales.followers_from": 1e6, "gravity.policy": 60}
        )
        .with_scheme("national")
        .with_names(["市一院"], [], ["青禾发布"], MediaNames(local=("甲报",)))
        .with_name("Night")
    )
    assert [str(text) for text in differences(SHIPPED, other)] == [
        "Mild from: 35 → 28 (earlier)",
        "Reach: followers in 24 h, points from: 300,000 → 1,000,000 (later)",
        "Gravity of “Policy and charges”: 45 → 60 (counts more)",
        "Red line “Patients' records have leaked”, posts in 24 h: 30 → 0 (switched off)",
        "Numbering of the levels: Mild first: Ⅰ mild … Ⅲ severe → National colours: Ⅳ blue … Ⅰ red",
        "Our names: new: 市一院",
        "Our own accounts: new: 青禾发布",
        "Local media: new: 甲报",
    ]
    back = [str(text) for text in differences(other, SHIPPED)]
    assert back[0] == "Mild from: 28 → 35 (later)" and back[3].endswith("(switched on)")
    assert back[-1] == "Local media: gone: 甲报" and differences(SHIPPED, SHIPPED.with_name("x")) == ()


def test_no_two_numbers_are_called_alike() -> None:
    labels = [str(key_label(key)) for key in SHIPPED.numbers()]
    assert len(set(labels)) == len(labels)
