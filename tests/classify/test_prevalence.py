"""Is the share of negative posts right, and its interval honest, although the classifier errs?"""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify.prevalence import ERRORLESS, ErrorRates, error_rates, leaning, negative_share

# Negative posts lean 0.8 on average, the others 0.2, and nobody doubts it.
CERTAIN = ErrorRates(100, 0.8, 0.2, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)


def share_of(lean: float, posts: int, rates: ErrorRates | None) -> tuple[float, float, float]:
    """One window in which as many posts were answered negative as they lean."""
    share, low, high = negative_share(np.array([lean]), np.array([lean]), np.array([posts]), rates)
    return float(share[0]), float(low[0]), float(high[0])


@st.composite
def any_rates(draw: st.DrawFn) -> ErrorRates:
    """Rates of any classifier, also of one that cannot tell; standard errors up to 0.2."""
    unit = st.floats(0, 1)
    other, negative = sorted((draw(unit), draw(unit)))
    doubt = [draw(st.floats(0, 0.2)) for _ in range(2)]
    scatter = [draw(unit) * mean * (1 - mean) for mean in (negative, other)]
    covariance = draw(st.floats(-1, 1)) * doubt[0] * doubt[1]
    return ErrorRates(100, negative, other, *scatter, draw(unit), doubt[0] ** 2, doubt[1] ** 2, covariance)


WINDOWS = st.integers(1, 2000).flatmap(lambda posts: st.tuples(st.floats(0, posts), st.just(posts)))


# --- one window, worked out by hand


def test_without_corrections_the_share_is_the_counted_one_with_the_interval_of_wilson() -> None:
    # z² = 2.706: middle (0.3 + 0.1353) / 1.2706 = 0.3426, half width 1.645 · √(0.021 + 0.00677) / 1.2706 = 0.2157
    share, low, high = share_of(3, 10, None)
    assert share == pytest.approx(0.3)
    assert (low, high) == (pytest.approx(0.127, abs=5e-4), pytest.approx(0.558, abs=5e-4))


def test_known_errors_are_taken_out_of_the_share() -> None:
    # 0.8 · s + 0.2 · (1 - s) = 320 / 500 = 0.64 at s = 0.7333
    assert share_of(320, 500, CERTAIN)[0] == pytest.approx(0.7333, abs=1e-4)


def test_a_window_that_leans_less_than_posts_that_are_not_negative_holds_none() -> None:
    assert share_of(50, 500, CERTAIN)[:2] == (0.0, 0.0)


def test_a_handful_of_posts_read_unsurely_stays_near_the_share_of_all() -> None:
    unsure = replace(CERTAIN, scatter_negative=0.06, scatter_other=0.06, overall=0.3)
    # one post leaning 0.8: noise 0.06 / 0.36 = 0.1667, so it counts 0.04 / 0.2067 = 0.1935 of the way from 0.3 to 1
    assert share_of(0.8, 1, unsure)[0] == pytest.approx(0.4355, abs=1e-3)
    assert share_of(800, 1000, unsure)[0] == pytest.approx(0.997, abs=1e-3)


def test_unsure_rates_widen_the_interval() -> None:
    unsure = replace(CERTAIN, var_negative=0.05**2, var_other=0.05**2)
    sure_share, sure_low, sure_high = share_of(320, 500, CERTAIN)
    share, low, high = share_of(320, 500, unsure)
    assert share == sure_share
    assert low < sure_low - 0.05 and high > sure_high + 0.05


def test_no_posts_have_no_share() -> None:
    for rates in (None, CERTAIN):
        share, low, high = share_of(0, 0, rates)
        assert np.isnan(share) and (low, high) == (0.0, 1.0)


def test_a_post_answered_negative_leans_most_and_another_twice_its_probability() -> None:
    assert leaning(np.array([0.4, 0.4, 0.05]), np.array([True, False, False])).tolist() == [1.0, 0.8, 0.1]


# --- what corrections teach


def made_up(posts: int, dice: np.random.Generator, negatives: float) -> tuple[np.ndarray, np.ndarray]:
    """Posts of a classifier that misses almost half of the negatives: (p_negative, truth)"""
    truth = dice.random(posts) < negatives
    odds = dice.normal(np.where(truth, 0.2, -2.6), 1.6)
    return 1 / (1 + np.exp(-odds)), truth


def test_a_hundred_corrections_bring_the_share_near_the_truth_and_the_interval_over_it() -> None:
    dice = np.random.default_rng(5)
    errors, counted, covered = [], [], []
    for _draw in range(100):
        told, _truth = made_up(5_000, dice, 0.3)
        rates = error_rates(*made_up(100, dice, 0.3), told, leaning(told, told > 0.5))
        p, truth = made_up(500, dice, 0.6)
        sums = [np.array([sum_]) for sum_ in ((p > 0.5).sum(), leaning(p, p > 0.5).sum(), 500)]
        share, low, high = negative_share(*sums, rates)
        errors.append(abs(share[0] - truth.mean()))
        counted.append(abs((p > 0.5).mean() - truth.mean()))
        covered.append(low[0] <= truth.mean() <= high[0])
    assert np.mean(errors) < 0.05 < 0.15 < np.mean(counted)
    assert np.mean(covered) >= 0.88


def test_too_few_corrections_or_only_one_kind_teach_nothing() -> None:
    p, truth = made_up(400, np.random.default_rng(1), 0.4)
    assert error_rates(p[:29], truth[:29], p, leaning(p, p > 0.5)) is None
    assert error_rates(p[:30], np.ones(30, dtype=bool), p, leaning(p, p > 0.5)) is None
    assert error_rates(p[:30], np.zeros(30, dtype=bool), p, leaning(p, p > 0.5)) is None
    assert error_rates(p[:30], truth[:30], p[:0], p[:0]) is None
    assert error_rates(p[:30], truth[:30], p, leaning(p, p > 0.5)) is not None


def test_a_classifier_that_says_the_same_of_every_post_leaves_the_share_open() -> None:
    told, truth = np.full(200, 0.5), np.arange(200) < 80
    rates = error_rates(told, truth, told, leaning(told, told > 0.5))
    share, low, high = negative_share(np.array([0]), np.array([200.0]), np.array([200]), rates)
    assert share[0] == pytest.approx(0.4, abs=0.05)  # all that is known: two in five of the corrections
    assert (low[0], high[0]) == (0.0, 1.0)


@pytest.mark.parametrize("told", [0.0, 1.0])
def test_boundless_certainty_and_upside_down_corrections_give_finite_rates(told: float) -> None:
    p = np.where(np.arange(60) < 30, told, 1 - told)
    rates = error_rates(p, p < 0.5, p, leaning(p, p > 0.5))
    assert rates is not None and np.isfinite(list(asdict(rates).values())).all()


def test_rates_come_back_from_json_and_serve_as_a_key() -> None:
    p, truth = made_up(200, np.random.default_rng(2), 0.4)
    rates = error_rates(p[:100], truth[:100], p, leaning(p, p > 0.5))
    assert rates is not None
    assert {ErrorRates(**json.loads(json.dumps(asdict(rates)))): 1}[rates] == 1


@given(seed=st.integers(0, 50))
def test_the_order_of_corrections_and_posts_does_not_matter(seed: int) -> None:
    p, truth = made_up(200, np.random.default_rng(3), 0.4)
    order, other = (np.random.default_rng(seed).permutation(size) for size in (100, 200))
    plain = error_rates(p[:100], truth[:100], p, leaning(p, p > 0.5))
    mixed = error_rates(p[:100][order], truth[:100][order], p[other], leaning(p, p > 0.5)[other])
    assert plain is not None and mixed is not None
    assert list(asdict(mixed).values()) == pytest.approx(list(asdict(plain).values()), abs=1e-9)


# --- laws


@given(window=WINDOWS, rates=st.none() | any_rates())
def test_the_share_lies_between_its_ends_and_all_in_0_to_1(window: tuple[float, int], rates: ErrorRates | None) -> None:
    share, low, high = share_of(*window, rates)
    assert 0 <= low <= share <= high <= 1


@given(window=WINDOWS, rates=st.none() | any_rates())
def test_one_more_negative_post_never_lowers_the_share_nor_its_lower_end(
    window: tuple[float, int], rates: ErrorRates | None
) -> None:
    (lean, posts), slack = window, 1e-9
    before, after = share_of(lean, posts, rates), share_of(lean + 1, posts + 1, rates)
    assert after[0] >= before[0] - slack and after[1] >= before[1] - slack


@given(window=WINDOWS, rates=st.none() | any_rates(), swing=st.floats(0, 1))
def test_a_window_that_leans_more_has_no_lower_share(
    window: tuple[float, int], rates: ErrorRates | None, swing: float
) -> None:
    (lean, posts), slack = window, 1e-9
    before, after = share_of(lean, posts, rates), share_of(lean + swing * (posts - lean), posts, rates)
    assert all(later >= sooner - slack for sooner, later in zip(before, after, strict=True))


@given(window=WINDOWS)
def test_an_errorless_classifier_is_taken_at_its_word(window: tuple[float, int]) -> None:
    assert share_of(*window, ERRORLESS) == share_of(*window, None)
    assert share_of(*window, None)[0] == pytest.approx(window[0] / window[1], abs=1e-9)


@given(windows=st.lists(WINDOWS, min_size=1, max_size=6), rates=st.none() | any_rates())
def test_windows_do_not_know_of_each_other(windows: list[tuple[float, int]], rates: ErrorRates | None) -> None:
    lean, posts = (np.array(column) for column in zip(*windows, strict=True))
    together = np.column_stack(negative_share(lean, lean, posts, rates))
    assert together.tolist() == [list(share_of(*window, rates)) for window in windows]
