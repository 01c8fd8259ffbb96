"""How many posts will the next hours bring, how sure is that, and is the peak past?

What is above the usual cools like real cascades do; the usual goes on. Everything is judged from the hours given:
a later hour changes nothing. The fitted numbers and their source stand in docs/formulas.md, "Forecast".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analysis.language import Text, _
from analysis.signals.normal import normal

HORIZONS = (6, 24, 48)
AHEAD = 48  # hours that are forecast
AFTER = np.arange(1, AHEAD + 1)
AS_FITTED = np.ones(len(HORIZONS))  # the band at each horizon is not made wider
FAST, SLOW, LONG = 1.0, 4.0, 48.0  # waking hours over which the rate (half and half) and the total are felt
BACK = 240  # hours that are looked back on: five times the longest memory
QUIET_FROM = 72  # hours of data from which the quietest day stands in for a usual that is not known yet
FEWEST = 5  # posts under which there is nothing to forecast from
WEEK = 168  # hours within which the peak is looked for

# Fitted to the CED data set (70% of its cascades): the twelve numbers of docs/formulas.md.
DAY_WAVE = (-0.42, -0.56, 0.25, -0.50)  # log of the activity by clock hour: cos and sin of a day and of half a day
SCALE, SLOWING = 0.77, 9.6  # of the rate now; waking hours
PULL, TYPICAL = 0.69, 1.42  # towards the size of those cascades, in data as young as its event; posts a waking hour
SPREAD, WIDENING = 0.85, 0.13  # of log posts within 24 h; how it grows with the horizon
PEAK_SHIFT, PEAK_SPREAD = 0.36, 0.36  # of the fullest 3 hours to come, in logs
# Conventions.
FADING = 24.0  # hours of data in which the pull falls to a third
USUAL_SPREAD = 0.4  # of log posts that are usual, within 24 h: days differ, and now and then something begins
NOISE = 1.0  # standard deviations of a count by which an hour may exceed the usual before it counts as more
Z80 = 1.2816  # standard deviations on either side that hold 80%
OWN_PAST, ORIGINS, WARMING = 14, 40, 8  # days from which own history judges; moments it is tried at; days it needs
RECENT = 45 * 24  # hours of history that the usual and the trial look at
WIDEST = 3.0  # times that own history widens the band at most
NAIVE = {
    "hour": _("the last hour repeated"),
    "span": _("the last hours repeated"),
    "day": _("the last day repeated"),
    "power": _("decay by a power law"),
}


@dataclass(frozen=True)
class Ahead:
    """How many posts come within the next `hours` hours? The expected number and its 80% band."""

    hours: int
    posts: float
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """What do the next 48 hours bring? `none` says why there is no forecast; then the rest is empty.

    path, low, high: (48,) posts in each of the 48 hours from as_of on, and their 80% band. peak_passed: [0, 1],
    how likely no 3 hours of the next 48 hold more posts than the fullest 3 of the last 7 days.
    """

    path: np.ndarray
    low: np.ndarray
    high: np.ndarray
    ahead: tuple[Ahead, ...]
    peak_passed: float | None
    none: Text | None


@dataclass(frozen=True)
class State:
    """Where does talk stand at some moments, one row each? The input of the forecast, and of its back-test.

    past: (n, BACK) posts by hour, latest first; clock: (n,) hour of the day at which the forecast begins, with
    fraction; elapsed: share of the latest hour that has passed; age: (n,) hours since the first post of the data;
    usual: (n, 24) usual posts an hour by hour of the day.
    """

    past: np.ndarray
    clock: np.ndarray
    elapsed: float
    age: np.ndarray
    usual: np.ndarray


def activity() -> np.ndarray:
    """How busy is each hour of the day, (24,), on average 1?"""
    angle = 2 * np.pi * (np.arange(24) + 0.5) / 24
    waves = (np.cos(angle), np.sin(angle), np.cos(2 * angle), np.sin(2 * angle))
    busy = np.exp(np.sum([size * wave for size, wave in zip(DAY_WAVE, waves, strict=True)], axis=0))
    return np.asarray(busy / busy.mean())


def along(table: np.ndarray, clock: np.ndarray) -> np.ndarray:
    """How much of an hourly table of a day, (24,) or (n, 24), has come from midnight of day 0 to each (n, …) time?"""
    table = np.broadcast_to(table, (len(clock), 24))
    sums = np.concatenate([np.zeros((len(clock), 1)), np.cumsum(table, axis=1)], axis=1)
    day, within = np.divmod(clock, 24)
    hour = np.minimum(within.astype(int), 23)
    row = np.arange(len(clock)).reshape(-1, *[1] * (clock.ndim - 1))
    return np.asarray(day * sums[:, -1][row] + sums[row, hour] + (within - hour) * table[row, hour])


def excess_path(state: State) -> tuple[np.ndarray, np.ndarray]:
    """How many posts (n, 48) above the usual, and how many usual ones, does each of the next hours bring?

    The excess falls as 1 / (1 + t / (age + c))² in waking hours t, where age is how long ago, on average, it was
    written; its rate now is read over 1 and 4 waking hours. While the data is young, its size is drawn towards that
    of the cascades the numbers were fitted to.
    """
    edges = state.clock[:, None] - state.elapsed - np.arange(-1, BACK)  # ends of the past hours, latest first
    edges[:, 0] = state.clock
    busy, usual = along(activity(), edges), along(state.usual, edges)
    steady = np.maximum(-np.diff(usual, axis=1), 0.0)
    above = np.maximum(state.past - steady - NOISE * np.sqrt(steady), 0.0)
    ago = busy[:, :1] - (busy[:, 1:] + busy[:, :-1]) / 2
    felt = {memory: (above * np.exp(-ago / memory)).sum(axis=1) for memory in (FAST, SLOW, LONG)}
    mean_age = (above * ago * np.exp(-ago / LONG)).sum(axis=1) / np.maximum(felt[LONG], 1e-9)
    rate = SCALE * (felt[FAST] / FAST + felt[SLOW] / SLOW) / 2
    pull = PULL * np.exp(-state.age / FADING)
    rate = rate * (np.maximum(felt[LONG], 1e-9) / LONG / TYPICAL) ** -pull
    times = state.clock[:, None] + np.arange(AHEAD + 1)
    coming = along(activity(), times) - busy[:, :1]
    middle = (coming[:, 1:] + coming[:, :-1]) / 2
    falling = (1 + middle / (mean_age[:, None] + SLOWING)) ** -2
    return rate[:, None] * falling * np.diff(coming, axis=1), np.diff(along(state.usual, times), axis=1)


def band(excess: np.ndarray, usual: np.ndarray, hours: np.ndarray, wider: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Between which numbers of posts do 80% lie? Counts vary as counts do, what stands behind them in logs.

    excess, usual: (…, k) posts within (or in) the hours ahead, and wider: (k,), the second a factor on the band.
    """
    posts = excess + usual
    share = excess / np.maximum(posts, 1e-9)
    later = (hours / 24) ** WIDENING
    spread = np.sqrt((SPREAD * share * later) ** 2 + (USUAL_SPREAD * (1 - share) * later) ** 2 + 1 / (1 + posts))
    low, high = (np.expm1(np.log1p(posts) + side * Z80 * wider * spread) for side in (-1, 1))
    return np.maximum(low, 0.0), high


def peak_chance(past: np.ndarray, path: np.ndarray) -> np.ndarray:
    """How likely, (n,) in [0, 1], is it that no 3 hours to come are fuller than the fullest of the last 7 days?

    past: (n, BACK) posts by hour, latest first; path: (n, 48) expected posts. The path is smoother than what will
    come, so that its fullest 3 hours are taken a little higher (PEAK_SHIFT), give or take PEAK_SPREAD in logs.
    """
    top, most = (three_hours(hours).max(axis=1) for hours in (past[:, :WEEK], np.c_[past[:, 1::-1], path]))
    return np.asarray(ndtr((np.log1p(top) - np.log1p(most) - PEAK_SHIFT) / PEAK_SPREAD))


def three_hours(per_hour: np.ndarray) -> np.ndarray:
    """How many posts fall into each 3 hours in a row? (n, k) to (n, k - 2)."""
    return np.asarray(per_hour[:, 2:] + per_hour[:, 1:-1] + per_hour[:, :-2])


def forecast(
    per_hour: np.ndarray, index: pd.DatetimeIndex, usual_ahead: np.ndarray | None, elapsed: float = 1.0
) -> Outlook:
    """How many posts come within the next 6, 24 and 48 hours, and is the peak past?

    per_hour: posts in each hour of the dense index; its last hour is `elapsed` (0, 1] of an hour long, and the
    forecast begins there. usual_ahead: (48,) usual posts in the hours after the index; None: it is read from per_hour.
    No forecast where there is nothing to judge from, or where the same rule did worse on the own past than the best of
    four naive ones.
    """
    if reason := too_little(per_hour):
        return no_outlook(reason)
    known = normal(per_hour[-RECENT:], index[-RECENT:])
    coming = known.ahead if usual_ahead is None else usual_ahead
    usual = usual_day(per_hour, index, coming)
    if per_hour[-AHEAD:].sum() == 0 and usual.sum() == 0:
        return no_outlook(_("no post in the last 48 hours"))
    wider, reason = own_past(per_hour[-RECENT:], index[-RECENT:], known.expected)
    if reason:
        return no_outlook(reason)
    state = states(per_hour, index, np.array([len(per_hour)]), usual[None], elapsed)
    excess, steady = (part[0] for part in excess_path(state))
    if np.isnan(coming).any():  # what stands in for the usual is no surer than the rest
        excess, steady = excess + steady, np.zeros(AHEAD)
    low, high = band(excess, steady, AFTER, np.interp(AFTER, HORIZONS, wider))
    within = [np.cumsum(part)[np.array(HORIZONS) - 1] for part in (excess, steady)]
    bounds = band(within[0], within[1], np.array(HORIZONS), wider)
    ahead = tuple(
        Ahead(hours, float(posts), float(least), float(most))
        for hours, posts, least, most in zip(HORIZONS, within[0] + within[1], *bounds, strict=True)
    )
    chance = float(peak_chance(state.past, (excess + steady)[None])[0])
    return Outlook(excess + steady, low, high, ahead, chance, None)


def no_outlook(reason: Text) -> Outlook:
    """What is shown where there is no forecast? The reason."""
    return Outlook(np.zeros(0), np.zeros(0), np.zeros(0), (), None, reason)


def too_little(per_hour: np.ndarray) -> Text | None:
    """Why can nothing be forecast from so few posts? None where it can."""
    posts = int(per_hour.sum())
    return _("too few posts: {posts}", posts=posts) if posts < FEWEST else None


def states(
    per_hour: np.ndarray, index: pd.DatetimeIndex, origins: np.ndarray, usual: np.ndarray, elapsed: float = 1.0
) -> State:
    """Where did talk stand before each of these places of the index? usual: (n, 24) by hour of the day."""
    padded = np.concatenate([np.zeros(BACK), per_hour])
    past = padded[origins[:, None] + BACK - 1 - np.arange(BACK)]
    first = int(np.argmax(per_hour > 0))
    clock = (index[0].hour + origins - 1) % 24 + elapsed
    return State(past, clock, elapsed, origins - 1.0 + elapsed - first, usual)


def usual_day(per_hour: np.ndarray, index: pd.DatetimeIndex, ahead: np.ndarray) -> np.ndarray:
    """How many posts are usual in each hour of the day, (24,)? The mean of the next two days, `ahead` (48,).

    Where it is not known (NaN): from three days of data on, the quietest of the last seven days, spread over the day;
    before that 0, for all there is may be one event.
    """
    if not np.isnan(ahead).any():
        return np.asarray(np.roll(ahead.reshape(2, 24).mean(axis=0), index[-1].hour + 1))
    if len(per_hour) < QUIET_FROM:
        return np.zeros(24)
    days = min(len(per_hour) // 24, 7)
    quietest = per_hour[-24 * days :].reshape(days, 24).sum(axis=1).min()
    return np.asarray(quietest / 24 * activity())


def own_past(per_hour: np.ndarray, index: pd.DatetimeIndex, usual: np.ndarray) -> tuple[np.ndarray, Text | None]:
    """How much wider must the band be, by what came after 40 earlier moments, and why is there no forecast?

    usual: along `index`, each hour as seen from the days before it. Tried from 14 days of data on, else (1, 1, 1) and
    None. A reason where the forecast was worse than the best naive one by more than a standard error: mean |error| of
    log(1 + posts) over moments and horizons.
    """
    if len(per_hour) < OWN_PAST * 24:
        return AS_FITTED, None
    origins = np.unique(np.linspace(WARMING * 24, len(per_hour) - AHEAD - 1, ORIGINS).astype(int))
    days = usual[origins[:, None] - 24 + np.arange(24)]
    told = ~np.isnan(days).any(axis=1)
    if told.sum() < ORIGINS / 4:
        return AS_FITTED, None
    origins, days = origins[told], days[told]
    begins = (index[0].hour + origins) % 24
    tables = days[np.arange(len(days))[:, None], (np.arange(24) - begins[:, None]) % 24]
    state = states(per_hour, index, origins, tables)
    excess, steady = (part.cumsum(axis=1)[:, np.array(HORIZONS) - 1] for part in excess_path(state))
    sums = np.concatenate([[0.0], np.cumsum(per_hour)])
    came = np.log1p(sums[origins[:, None] + np.array(HORIZONS)] - sums[origins][:, None])
    missed = np.abs(np.log1p(excess + steady) - came)
    rivals = {name: np.abs(np.log1p(told) - came) for name, told in naive(state.past).items()}
    best = min(rivals, key=lambda name: rivals[name].mean())
    worse = (missed - rivals[best]).mean(axis=1)
    if worse.mean() > worse.std() / np.sqrt(len(worse)):  # by more than chance may do: ties must not flap
        return AS_FITTED, _(
            "on the own past it missed by {error} (log posts), {naive} by {other}",
            error=f"{missed.mean():.2f}",
            naive=NAIVE[best],
            other=f"{rivals[best].mean():.2f}",
        )
    half = np.log1p(band(excess, steady, np.array(HORIZONS), AS_FITTED)[1]) - np.log1p(excess + steady)
    return np.clip(np.quantile(missed / half, 0.8, axis=0), 1.0, WIDEST), None


def naive(past: np.ndarray) -> dict[str, np.ndarray]:
    """What do the naive forecasts say, (n, 3) posts within each horizon? past: (n, BACK) posts, latest first."""
    sums, hours = np.cumsum(past, axis=1), np.array(HORIZONS)
    day_before = sums[:, [23, 23, 23]] - np.c_[sums[:, 17], np.zeros((len(past), 2))]
    age = 6.0 + np.argmax(three_hours(past[:, :WEEK]), axis=1)[:, None]
    fallen = np.log((age + hours + 0.5) / (age + 0.5)) / np.log((age + 0.5) / (age - 5.5))
    return {
        "hour": past[:, :1] * hours,
        "span": sums[:, hours - 1],
        "day": day_before * np.array([1, 1, 2]),
        "power": sums[:, 5:6] * fallen,
    }
