"""Heat: 0 is silence, 100 the reference; more of anything is never cooler."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.schema import INTERACTIONS
from analysis.signals.heat import PARTS, HeatSettings, cooled, effective_weights, heat

STANDARD = HeatSettings()
COUNTS = st.fixed_dictionaries({part: st.integers(0, 10**8) for part in PARTS})
KNOWN = st.sets(st.sampled_from(INTERACTIONS)).map(tuple)
SETTINGS = st.builds(HeatSettings, **{part: st.just(0.0) | st.floats(0.01, 1) for part in PARTS})


def one(settings: HeatSettings = STANDARD, known: tuple[str, ...] = INTERACTIONS, **sums: float) -> float:
    full = dict.fromkeys(PARTS, 0.0) | sums
    return float(heat({part: np.array([full[part]]) for part in PARTS}, known, settings)[0])


def test_silence_is_0_and_the_reference_100() -> None:
    reference = {part: getattr(STANDARD, f"{part}_at_100") for part in PARTS}
    assert one() == 0
    assert one(**reference) == pytest.approx(100)
    assert one(**{part: 7 * most for part, most in reference.items()}) == 100
    assert one(**(reference | {"likes": 0})) < 100


def test_heat_worked_out_by_hand() -> None:
    # posts only, 100 at 99 posts: ln(1+9) / ln(1+99) = 1/2
    assert one(replace(STANDARD, posts_at_100=99), (), posts=9) == pytest.approx(50)
    # posts 0.2 and reposts 0.3, ln(100) and ln(1000) at the reference, ln(10) each now
    both = replace(STANDARD, posts=0.2, reposts=0.3, posts_at_100=99, reposts_at_100=999)
    by_hand = 100 * (0.2 * 1 + 0.3 * 1) / (0.2 * 2 + 0.3 * 3)
    assert one(both, ("reposts",), posts=9, reposts=9) == pytest.approx(by_hand)


def test_a_column_that_the_export_lacks_drops_out() -> None:
    assert effective_weights(("reposts",), STANDARD) == pytest.approx({"posts": 0.2 / 0.52, "reposts": 0.32 / 0.52})
    assert effective_weights((), STANDARD) == {"posts": 1}
    assert effective_weights((), replace(STANDARD, posts=0)) == {"posts": 1}
    assert "reads" not in effective_weights(INTERACTIONS, STANDARD)


def test_reads_count_only_with_a_weight() -> None:
    assert one(reads=10**7) == 0
    assert one(replace(STANDARD, reads=0.5), reads=10**7) > 0


@given(KNOWN, SETTINGS)
def test_the_weights_that_are_left_sum_to_1(known: tuple[str, ...], given_settings: HeatSettings) -> None:
    weights = effective_weights(known, given_settings)
    assert sum(weights.values()) == pytest.approx(1)
    assert all(weight > 0 for weight in weights.values())
    assert set(weights) <= {"posts", *known}


@given(COUNTS, st.sampled_from(PARTS), st.integers(1, 10**6), KNOWN)
def test_more_of_anything_is_never_cooler(sums: dict[str, int], part: str, more: int, known: tuple[str, ...]) -> None:
    before, after = one(known=known, **sums), one(known=known, **(sums | {part: sums[part] + more}))
    assert 0 <= before <= after <= 100


@given(st.integers(1000, 10**6))
def test_ten_times_the_reposts_is_the_same_step_anywhere(reposts: int) -> None:
    # ln(1+10n) - ln(1+n) is ln(10) but for 1/n; only reposts count and the reference is far off
    alone = replace(STANDARD, posts=0, reposts=1, comments=0, likes=0, reposts_at_100=1e9)
    step = one(alone, reposts=10 * reposts) - one(alone, reposts=reposts)
    assert step == pytest.approx(100 * log(10) / log(1 + 1e9), rel=1e-3)


def test_half_is_left_after_the_half_life() -> None:
    left = cooled(np.array([8.0, 0, 0, 0, 0]), 2)
    assert left[[0, 2, 4]] == pytest.approx([8, 4, 2])
    assert cooled(np.array([8.0, *[0] * 48]), 24)[[24, 48]] == pytest.approx([4, 2])


def test_what_comes_later_adds_to_what_is_left() -> None:
    assert cooled(np.array([8.0, 0, 3, 0, 0]), 2)[[2, 4]] == pytest.approx([4 + 3, 2 + 1.5])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.integers(1, 40))
def test_cooling_sees_no_later_hour(per_hour: list[int], cut: int) -> None:
    whole = cooled(np.array(per_hour, dtype=float), 24)
    assert cooled(np.array(per_hour[:cut], dtype=float), 24) == pytest.approx(whole[:cut])
