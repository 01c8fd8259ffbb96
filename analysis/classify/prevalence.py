"""How large is the share of negative posts, given that the classifier errs?

Counting the answers is biased: a classifier that misses a third of the negative posts counts too few when
many are negative, and too many when few are. What random corrections (posts drawn at random from the
loaded data, labelled by the analyst) say about its errors takes the bias away, and the interval widens
by what they leave open.

1. Every post leans to negative by so much (`leaning`); a window is the sum over its posts.
2. `error_rates`: a logistic line through the corrections says how likely a post is negative at each
   probability of the classifier; over *all* loaded posts that gives the mean leaning of negative posts and
   of the others. A hundred corrections fix two numbers of a line far better than two rates within classes
   (Platt 1999; the rates over the unlabelled posts as in Saerens et al. 2002, without their iteration).
3. `negative_share`: the share that explains the window's mean leaning (adjusted count: Gart & Buck 1966,
   Forman 2008), with the interval of Fieller (1954). With an errorless classifier it is Wilson's interval.

What it cannot know: whether a window's posts are *as hard to read* as the loaded posts. Where all of a
window is of another kind (only headlines, say), the interval is too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CONFIDENCE_Z = 1.645  # both ends of a 90% interval
LEAST = 30  # random corrections, with at least LEAST_OF_EACH negative ones and others, before rates are learnt
LEAST_OF_EACH = 3
LEAST_GAP = 0.01  # a classifier to which both kinds look closer than this tells nothing
SMALLEST, LARGEST = 0.02, 0.98  # probabilities beyond are no surer than these
# How far the classifier's log-odds are off on real posts that it never saw: truth = offset + slope × told.
# Centred on three sets of weibo (offsets -0.2 to 0.4, slopes 0.9 to 1.0); the spread says how much another data
# set may differ, and heavy tails (Student t) let clear corrections overrule it. benchmarks/negative_share.py
# prints the lines: measure again after the classifier changed.
OFFSET, OFFSET_SPREAD = 0.2, 0.4
SLOPE, SLOPE_SPREAD = 0.95, 0.25
TAILS = 4.0  # degrees of freedom
WINDOWS_SPREAD = 0.2  # by how much the shares of windows scatter about the share of all: steadies tiny windows


@dataclass(frozen=True)
class ErrorRates:
    """How do negative posts and others look to the classifier?

    corrections: how many this was learnt from. lean_negative, lean_other: mean leaning [0, 1] of posts that
    are negative, and of those that are not; scatter_*: its variance from post to post. overall: share of
    negative posts in all loaded data. var_*, covariance: how unsure the two means still are.
    """

    corrections: int
    lean_negative: float
    lean_other: float
    scatter_negative: float
    scatter_other: float
    overall: float
    var_negative: float
    var_other: float
    covariance: float


# A classifier taken at its word.
ERRORLESS = ErrorRates(0, 1.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)


def leaning(p_negative: np.ndarray, answered: np.ndarray) -> np.ndarray:
    """How much does each post lean to negative? [0, 1]: 1 if answered negative, else twice its probability.

    The sum tells more than the number of answers: many a negative post hides just below the line. And a post
    answered negative counts most of all, so that one more of them never lowers a share.
    """
    return np.where(answered, 1.0, np.minimum(2 * p_negative, 1.0))


def error_rates(
    p_corrected: np.ndarray, truth: np.ndarray, p_loaded: np.ndarray, lean_loaded: np.ndarray
) -> ErrorRates | None:
    """What do random corrections say about the classifier's errors on the loaded posts?

    p_corrected: p_negative of the corrected posts, told by a model that had not learnt from them (out of
    fold); truth: whether the analyst says negative. p_loaded, lean_loaded: p_negative and `leaning` of all
    loaded posts. Only corrections drawn at random from the loaded posts may go in.
    None if there are fewer than LEAST, fewer than LEAST_OF_EACH of a kind, or no loaded post.
    """
    negatives = int(np.count_nonzero(truth))
    if len(truth) < LEAST or min(negatives, len(truth) - negatives) < LEAST_OF_EACH or not len(p_loaded):
        return None
    line, doubt = calibration(log_odds(p_corrected), np.asarray(truth, dtype=float))
    told = log_odds(p_loaded)
    chance = 1 / (1 + np.exp(-(line[0] + line[1] * told)))
    high, scatter_high, slope_high = moments(lean_loaded, chance, chance * (1 - chance), told)
    low, scatter_low, slope_low = moments(lean_loaded, 1 - chance, -chance * (1 - chance), told)
    return ErrorRates(
        corrections=len(truth),
        lean_negative=high,
        lean_other=low,
        scatter_negative=scatter_high,
        scatter_other=scatter_low,
        overall=float(chance.mean()),
        var_negative=float(slope_high @ doubt @ slope_high),
        var_other=float(slope_low @ doubt @ slope_low),
        covariance=float(slope_high @ doubt @ slope_low),
    )


def log_odds(p: np.ndarray) -> np.ndarray:
    """How sure is each probability, on the scale on which a classifier adds evidence?"""
    kept = np.clip(np.asarray(p, dtype=float), SMALLEST, LARGEST)
    return np.log(kept / (1 - kept))


def calibration(told: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which line turns the classifier's log-odds into the true ones? (offset, slope) and their covariance.

    The most likely line under logistic errors and the prior above, by Newton's method; steps are kept short
    so that it settles however odd the corrections are.
    """
    prior, spread = np.array([OFFSET, SLOPE]), np.array([OFFSET_SPREAD, SLOPE_SPREAD])
    design = np.column_stack([np.ones_like(told), told])
    line = prior.copy()
    for _step in range(100):
        trust = (TAILS + 1) / (TAILS + ((line - prior) / spread) ** 2) / spread**2
        chance = 1 / (1 + np.exp(-design @ line))
        bend = (design.T * (chance * (1 - chance))) @ design + np.diag(trust)
        step = np.linalg.solve(bend, design.T @ (truth - chance) - trust * (line - prior))
        line = line + np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-9:
            break
    return line, np.linalg.inv(bend)


def moments(
    lean: np.ndarray, weight: np.ndarray, bend: np.ndarray, told: np.ndarray
) -> tuple[float, float, np.ndarray]:
    """How do posts lean that count by `weight`? Mean, variance, and how the mean follows (offset, slope).

    bend: how each weight follows the line's height.
    """
    total = weight.sum()
    mean = float(weight @ lean / total)
    pull = bend * (lean - mean) / total
    return mean, float(weight @ (lean - mean) ** 2 / total), np.array([pull.sum(), pull @ told])


def negative_share(
    negative: np.ndarray, lean: np.ndarray, posts: np.ndarray, rates: ErrorRates | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How large is the share of negative posts in each window, and between which shares does it lie at 90%?

    negative: posts answered negative; lean: their posts' summed `leaning`; posts: how many; arrays of one
    shape. rates: None = uncorrected, the counted share with Wilson's interval; `lean` is not read then.
    Returns share, low, high in [0, 1], low <= share <= high. Without posts the share is NaN and the ends are
    0 and 1.
    """
    known = rates or ERRORLESS
    count = np.maximum(np.asarray(posts, dtype=float), 1e-9)
    gap = known.lean_negative - known.lean_other
    if gap < LEAST_GAP:  # the answers say nothing about the truth
        return np.where(posts > 0, known.overall, np.nan), np.zeros_like(count), np.ones_like(count)
    mean = np.asarray(lean if rates else negative, dtype=float) / count
    low, high = fieller(np.clip(mean, known.lean_other, known.lean_negative), count, known)
    found = (mean - known.lean_other) / gap
    noise = (known.overall * known.scatter_negative + (1 - known.overall) * known.scatter_other) / gap**2 / count
    steady = known.overall + (found - known.overall) * WINDOWS_SPREAD**2 / (WINDOWS_SPREAD**2 + noise)
    share = np.clip(steady, low, 1)
    high = np.maximum(high, share)
    return np.where(posts > 0, share, np.nan), np.where(posts > 0, low, 0.0), np.where(posts > 0, high, 1.0)


def fieller(mean: np.ndarray, count: np.ndarray, rates: ErrorRates) -> tuple[np.ndarray, np.ndarray]:
    """Which shares are compatible with this mean leaning of so many posts?

    Those p for which |mean - lean_other - p·gap| is at most z deviations, where the variance at p comes from
    the rates (they are unsure) and from the window (which posts happened to be written, how they happened to
    look): a quadratic in p. (0, 1) where the corrections cannot tell the two kinds apart.
    """
    z2, gap = CONFIDENCE_Z**2, rates.lean_negative - rates.lean_other
    above = mean - rates.lean_other
    twist = rates.var_other - 2 * rates.covariance + rates.var_negative
    square = gap**2 - z2 * (twist - gap**2 / count)
    between = (rates.scatter_negative - rates.scatter_other + gap**2) / count
    half = gap * above + z2 / 2 * (between + 2 * (rates.covariance - rates.var_other))
    rest = above**2 - z2 * (rates.var_other + rates.scatter_other / count)
    root = np.sqrt(np.maximum(half**2 - square * rest, 0))
    if gap**2 <= z2 * twist:
        return np.zeros_like(mean), np.ones_like(mean)
    return np.clip((half - root) / square, 0, 1), np.clip((half + root) / square, 0, 1)
