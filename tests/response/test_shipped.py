"""Three profiles for three houses: each number has its reason, and each house is alarmed in its turn."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from frames import CERTAIN, LEARNT, at, cube
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.prevalence import ErrorRates
from analysis.language import LANGUAGES
from analysis.response.level import assess
from analysis.response.names import MediaNames
from analysis.response.profile import Profile, from_toml, profile_label, to_toml
from analysis.response.shipped import (
    DEVIATIONS,
    SHIPPED,
    base_of,
    check_honest,
    check_own_name,
    shipped_called,
    taken,
    why,
)
from analysis.schema import InputError
from analysis.signals.heat import HeatSettings, heat
from analysis.signals.situation import situation

COUNTY, COMMISSION = SHIPPED["county"], SHIPPED["commission"]
KEYS = list(Profile().numbers())


def test_the_tertiary_hospital_has_the_default_profile() -> None:
    assert list(SHIPPED) == ["tertiary", "county", "commission"]
    assert SHIPPED["tertiary"] == Profile()


CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "hour": st.integers(0, 50),
            "platform": st.sampled_from(["weibo", "douyin", "news", "wechat"]),
            "region": st.sampled_from(["北京", "安徽", "浙江"]),
            "topic": st.sampled_from(["medical_quality", "service", "rumour", "other"]),
            "sentiment": st.sampled_from(["negative", "negative", "neutral", "positive"]),
            "posts": st.integers(1, 200),
            "followers": st.integers(0, 10**8),
            "reposts": st.integers(0, 10**5),
            "local": st.integers(0, 9),
            "central": st.sampled_from([0, 0, 0, 1, 2]),
            "death_blamed": st.sampled_from([0, 0, 0, 9, 20, 50]),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(CELLS, st.sampled_from([None, CERTAIN, LEARNT]))
def test_a_smaller_house_is_alarmed_no_later(cells: list[dict], rates: ErrorRates | None) -> None:
    """At every hour, county hospital ≥ tertiary hospital ≥ commission, in score and in level."""
    counted = cube(*sorted(cells, key=lambda cell: cell["hour"]))
    seen = situation(counted, counted["hour"].max(), Profile().heat, Profile().pace)
    county, tertiary, commission = (
        assess(seen, SHIPPED[name], rates).timeline for name in ("county", "tertiary", "commission")
    )
    for earlier, later in ((county, tertiary), (tertiary, commission)):
        assert (earlier["level"] >= later["level"]).all()
        assert (earlier["score"] >= later["score"] - 1e-9).all()


def test_the_county_hospital_is_alarmed_where_the_others_are_not() -> None:
    told = {"topic": "medical_quality", "reposts": 200, "platform": "douyin"}
    seen = situation(cube({"sentiment": "neutral"}, {"hour": 40, "posts": 24, **told}), at(40), Profile().heat)
    levels = {name: assess(seen, profile).level.name for name, profile in SHIPPED.items()}
    assert levels == {"tertiary": "ROUTINE", "county": "MILD", "commission": "ROUTINE"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_has_a_reason(name: str) -> None:
    default = Profile().numbers()
    for key, value in SHIPPED[name].numbers().items():
        assert (value != default[key]) == (key in DEVIATIONS[name])
        assert all(len(why(key, name).to(language)) > 5 for language in LANGUAGES)
        if value != default[key] and key != "thresholds.gravest":
            assert why(key, name) != why(key, "tertiary")


def test_numbers_outside_the_scales_and_lines_are_the_same_in_all_three() -> None:
    """What a score means, and what a track is made of, does not depend on the house."""
    for name in ("county", "commission"):
        for group in ("weights", "heat", "gravity", "media", "pace"):
            assert getattr(SHIPPED[name], group) == getattr(Profile(), group)
        assert SHIPPED[name].names() == Profile().names() and SHIPPED[name].scheme == "mild-first"


def test_a_quarter_of_the_volume_is_twelve_points_of_heat() -> None:
    names = ("reposts", "comments", "likes")

    def read(*sums: float) -> float:
        parts = dict(zip(("posts", *names), map(np.array, sums), strict=True))
        return float(heat(parts, names, HeatSettings()))

    whole = read(300, 3_000, 6_000, 30_000)
    assert whole - read(75, 750, 1_500, 7_500) == pytest.approx(12, abs=0.5)
    assert read(30, 30, 60, 200) == pytest.approx(35, abs=2)  # the reasons of heat_from and heat_full
    assert read(2_000, 20_000, 30_000, 300_000) == pytest.approx(85, abs=2)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_nearest_shipped_profile_is_found_and_named(name: str) -> None:
    shipped = SHIPPED[name]
    other = shipped.with_numbers({"thresholds.mild": 20, "scales.heat_from": 12}).with_name("Night")
    assert base_of(other) == base_of(shipped) == name
    assert shipped_called(shipped.name) == shipped and shipped_called("Night") is None
    assert from_toml(to_toml(shipped)) == shipped
    labels = {profile_label(shipped).to(language) for language in LANGUAGES}
    assert all(taken(label) and taken(label.upper()) for label in labels)


def test_nobody_else_may_be_called_like_a_shipped_profile() -> None:
    check_own_name("Night")
    for name in ("County hospital", "county HOSPITAL", profile_label(COUNTY).to("zh_CN")):
        with pytest.raises(InputError, match="Choose another name"):
            check_own_name(name)
    check_honest(COUNTY.with_names(["市一院"], [], [], MediaNames()))
    check_honest(COUNTY.with_name("Night"))
    for other in (COUNTY.with_numbers({"thresholds.mild": 20}), Profile().with_name("Health commission")):
        with pytest.raises(InputError, match="Choose another name"):
            check_honest(other)


def test_deviations_speak_of_numbers_that_there_are() -> None:
    assert {key for deviations in DEVIATIONS.values() for key in deviations} <= set(KEYS)
    assert all(fields(COUNTY.groups()[key.split(".")[0]]) for key in DEVIATIONS["county"])
