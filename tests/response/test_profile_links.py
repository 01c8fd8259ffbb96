"""A link carries numbers, and nothing of whom they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.response.links import KEYS, from_params, mark, to_params
from analysis.response.names import MediaNames
from analysis.response.profile import SCHEMES, Profile, profile_label
from analysis.response.shipped import SHIPPED
from analysis.schema import InputError

COUNTY = SHIPPED["county"]
OURS = (["市一院"], ["外省市一院"], ["市一院官微"], MediaNames(local=("小城早知道",)))


@settings(max_examples=30)
@given(
    st.sampled_from(list(SHIPPED)),
    st.sampled_from(list(SCHEMES)),
    st.dictionaries(st.sampled_from([key for key in KEYS if key.startswith("gravity.")]), st.floats(0, 100)),
    st.floats(1, 168),
)
def test_a_link_brings_every_number_back(base: str, scheme: str, gravity: dict[str, float], half_life: float) -> None:
    profile = SHIPPED[base].with_numbers({**gravity, "heat.half_life": half_life}).with_scheme(scheme)
    back = from_params(to_params(profile.with_names(*OURS).with_name("市一院 夜班")))
    assert back is not None
    assert (back.numbers(), back.scheme) == (profile.numbers(), scheme)
    assert back.names() == Profile().names()


def test_a_link_is_short_and_tells_no_name() -> None:
    profile = COUNTY.with_numbers({"thresholds.mild": 28, "scales.followers_full": 3e7}).with_names(*OURS)
    carried = to_params(profile.with_name("市一院 夜班"))
    assert carried == {
        "profile": f"county-{mark(COUNTY)}",
        "thresholds.mild": "28",
        "scales.followers_full": "3e+07",
    }
    found = from_params(carried)
    assert found is not None and str(profile_label(found)) == "From a link"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_comes_back_as_itself(name: str) -> None:
    assert from_params(to_params(SHIPPED[name].with_names(*OURS))) == SHIPPED[name]


def test_parameters_of_other_links_are_none_of_ours() -> None:
    assert from_params({}) is None
    assert from_params({"event": "20251005-1", "at": "2025-10-05T20"}) is None
    assert from_params({"event": "x", **to_params(COUNTY)}) == COUNTY


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"profile": "village-123456"}, "damaged at profile: 'village-123456' cannot be (known are tertiary, county"),
        ({"profile": ""}, "damaged at profile: ''"),
        ({"profile": "county-000000"}, "a desk whose shipped numbers are others"),
        ({"scheme": "green"}, "damaged at scheme: 'green' cannot be (known are mild-first"),
        ({"thresholds.mild": "abc"}, "damaged at thresholds.mild: 'abc' cannot be (it is no number)"),
        ({"thresholds.mild": ""}, "thresholds.mild"),
        ({"thresholds.mild": "nan"}, "it is no number"),
        ({"thresholds.mild": "-1"}, "it is no number"),
        ({"thresholds.mild": "３０"}, "it is no number"),
        ({"thresholds.mild": "1e999"}, "thresholds"),
        ({"thresholds.mild": "9" * 5_000}, "it is no number"),
        ({"thresholds.mild": "99"}, "mild < moderate < severe < gravest"),
        ({"hysteresis.hours": "200"}, "hysteresis.hours must be a number from 0 to 72. Got 200"),
        ({"thresholds.mild\n": "3"}, "no number is called so"),
        ({"colours.red": "3"}, "damaged at colours.red: '3' cannot be (no number is called so)"),
        (
            {"weights.heat": "0", **{f"weights.{n}": "0" for n in ("reach", "gravity", "negativity", "growth")}},
            "above 0",
        ),
    ],
)
def test_what_is_damaged_is_named(change: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        from_params({**to_params(COUNTY), **change})
    assert said in str(caught.value) and len(str(caught.value)) < 300 and "\n" not in str(caught.value)


def test_numbers_without_a_base_are_damaged() -> None:
    with pytest.raises(InputError, match="damaged at profile"):
        from_params({"thresholds.mild": "30"})
