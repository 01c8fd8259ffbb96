"""Is there a setting that would have done better on past incidents? Proposed, never applied by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.response.backtest import (
    MONTH,
    Backtest,
    Found,
    Sought,
    backtest,
    judged,
    sought,
    true_incidents,
)
from analysis.response.candidates import (
    THRESHOLD,
    changed,
    distance,
    family,
    hysteresis_of,
    moved,
    nearby,
    numbers,
    pairs,
    singles,
    weights_of,
    with_numbers,
)
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.response.replay import Shares, held, levels, scores
from analysis.schema import InputError, Level

TRIED = 3_000  # settings before the answer is that none is earlier
ROUND, PARENTS = 200, 12  # how many are tried near how many of the best at a time
FEWEST = 3  # incidents that a suggestion needs
SEED = 7
FAIR = 0.05  # how rarely chance may do as well for the evidence to be called fair


@dataclass(frozen=True)
class Earlier:
    """A setting that would have caught an incident an hour or more earlier, at no more false alarms than today.

    No other incident that is caught today is missed, nor is the median delay of the others worse. tried: how many
    settings were. delay_hours and false alarms per 30 days with it and today (None = missed today).
    """

    profile: Profile
    delay_hours: float
    false_alarms_per_30d: float
    tried: int
    today_delay_hours: float | None
    today_false_alarms_per_30d: float


@dataclass(frozen=True)
class Suggestion:
    """Which setting did best on the past, and how sure is that?

    by_incident: name, today_delay, left_out_delay (hours, inf = missed): by the setting chosen without this incident;
    better, worse, same: for how many incidents that is earlier, later, the same. words: how sure that is.
    """

    profile: Profile
    today: Backtest
    with_it: Backtest
    by_incident: pd.DataFrame
    better: int
    worse: int
    same: int
    tried: int
    words: tuple[Text, ...]


@dataclass(frozen=True)
class Tried:
    """What came of candidates? candidates: (n × 8); delay: (n × incidents), hours, inf = missed; alarms: false ones."""

    candidates: np.ndarray
    delay: np.ndarray
    alarms: np.ndarray


def tried(found: Shares, aims: Sought, alarm: Level, candidates: Iterable[np.ndarray]) -> Tried:
    """What would each of these candidates have caught? Those without any weight are left out."""
    kept = [candidate for candidate in candidates if candidate[1:6].any()]
    known: dict[bytes, np.ndarray] = {}
    results: list[Found] = []
    for candidate in kept:
        weights = candidate[1:6].tobytes()
        if weights not in known:
            known[weights] = scores(found, weights_of(candidate))
        on = held(found, known[weights], float(candidate[THRESHOLD]), int(alarm), hysteresis_of(candidate))
        results.append(judged(on, aims))
    delay = np.array([result.delay for result in results]).reshape(len(kept), len(aims.begin))
    return Tried(np.array(kept), delay, np.array([result.alarms for result in results], dtype=int))


def together(*parts: Tried) -> Tried:
    """What came of all of these?"""
    columns = zip(*((part.candidates, part.delay, part.alarms) for part in parts), strict=True)
    return Tried(*map(np.concatenate, columns))


def earlier(
    found: Shares, profile: Profile, incidents: Sequence[Incident], name: str, alarm: Level = Level.MILD
) -> Earlier | None:
    """Is there a setting that would have caught this incident an hour or more earlier, at no more false alarms?

    Changes of one number are tried first, then of the threshold with one other, then random ones near the best so far:
    up to TRIED, the same ones each time. Among those that are equally early the one with the fewest changed numbers is
    taken, then the nearest. None where none of them is, or where the incident is caught on time today. Raises
    InputError for an incident that is below the alarm level.
    """
    names = [incident.name for incident in true_incidents(incidents, alarm)]
    if name not in names:
        raise InputError(_("{name} is no incident of {level} or above.", name=name, level=alarm.label))
    at, aims, today = names.index(name), sought(incidents, found.index, alarm), numbers(profile, alarm)
    now = tried(found, aims, alarm, [today])
    if now.delay[0, at] < 1:
        return None
    every = searched(found, aims, alarm, today, now, at)
    order = np.lexsort((distance(every.candidates, today), changed(every.candidates, today), every.delay[:, at]))
    good = order[allowed(every, now, at)[order]]
    if not len(good):
        return None
    chosen = simplest(found, aims, alarm, every.candidates[good[0]], today, now, at)
    result = tried(found, aims, alarm, [chosen])
    months = len(found.index) / MONTH
    return Earlier(
        profile=with_numbers(profile, alarm, chosen),
        delay_hours=float(result.delay[0, at]),
        false_alarms_per_30d=float(result.alarms[0] / months),
        tried=len(every.alarms),
        today_delay_hours=float(now.delay[0, at]) if np.isfinite(now.delay[0, at]) else None,
        today_false_alarms_per_30d=float(now.alarms[0] / months),
    )


def searched(found: Shares, aims: Sought, alarm: Level, today: np.ndarray, now: Tried, at: int) -> Tried:
    """What came of up to TRIED candidates? It ends early once one of them is on time, for none can be earlier."""
    every = tried(found, aims, alarm, singles(today, alarm))
    if not on_time(every, now, at):
        every = together(every, tried(found, aims, alarm, pairs(today, alarm)))
    dice = np.random.default_rng(SEED)
    while len(every.alarms) < TRIED and not on_time(every, now, at):
        late = np.minimum(every.delay[:, at], float(aims.end[at] - aims.begin[at] + 1))
        best = np.lexsort((distance(every.candidates, today), late, price(every, now, at) + late))[:PARENTS]
        parents = [today, *every.candidates[best]]
        children = [
            nearby(parents[n % len(parents)], alarm, dice) for n in range(min(ROUND, TRIED - len(every.alarms)))
        ]
        every = together(every, tried(found, aims, alarm, children))
    return every


def on_time(every: Tried, now: Tried, at: int) -> bool:
    """Is there a candidate that catches the incident on time, at no price?"""
    return bool(((every.delay[:, at] == 0) & (price(every, now, at) == 0)).any())


def allowed(every: Tried, now: Tried, at: int) -> np.ndarray:
    """Which candidates (bool) are an hour or more earlier, at no price?"""
    delay = every.delay[:, at]
    return np.asarray(np.isfinite(delay) & (delay <= now.delay[0, at] - 1) & (price(every, now, at) == 0))


def price(every: Tried, now: Tried, at: int) -> np.ndarray:
    """What does each candidate cost against today: false alarms, others missed, their median later? 0 = nothing.

    In the hours that a search would pay for it: three for a false alarm or a later median, ten for one missed.
    """
    others = np.delete(np.arange(every.delay.shape[1]), at)
    newly_missed = (np.isinf(every.delay[:, others]) & np.isfinite(now.delay[0, others])).sum(axis=1)
    later = np.zeros(len(every.alarms))
    if len(others):
        later = (np.median(every.delay[:, others], axis=1) > np.median(now.delay[0, others])).astype(float)
    return np.asarray(3 * np.maximum(every.alarms - now.alarms[0], 0) + 10 * newly_missed + 3 * later)


def simplest(
    found: Shares, aims: Sought, alarm: Level, chosen: np.ndarray, today: np.ndarray, now: Tried, at: int
) -> np.ndarray:
    """Which candidate does as well with numbers nearer to today's? Each goes back as far as it may, one by one."""
    best = tried(found, aims, alarm, [chosen]).delay[0, at]
    for number in np.flatnonzero(chosen != today):
        for back in (1.0, 0.75, 0.5, 0.25):
            value = today[number] if back == 1 else round(chosen[number] + back * (today[number] - chosen[number]))
            result = tried(found, aims, alarm, [moved(chosen, {int(number): float(value)})])
            if len(result.alarms) and allowed(result, now, at)[0] and result.delay[0, at] <= best:
                chosen = result.candidates[0]
                break
    return chosen


def suggest(
    found: Shares, profile: Profile, incidents: Sequence[Incident], alarm: Level = Level.MILD
) -> Suggestion | None:
    """Which setting did best on these incidents, and would it have been chosen without the one it is judged on?

    Of a small family (`candidates.family`) the one with the least median delay, then the least mean (missed ones as
    long as they lasted), then the nearest to today's; with no more false alarms than today, and nothing missed that is
    caught today. None with fewer than FEWEST incidents of the alarm level.
    """
    aims, today = sought(incidents, found.index, alarm), numbers(profile, alarm)
    count = len(aims.begin)
    if count < FEWEST:
        return None
    every = tried(found, aims, alarm, family(today, alarm))
    everyone = np.arange(count)
    chosen = every.candidates[best_for(every, aims, everyone, today)]
    left_out = [every.delay[best_for(every, aims, np.delete(everyone, out), today), out] for out in everyone]
    names = [incident.name for incident in true_incidents(incidents, alarm)]
    by_incident = pd.DataFrame({"name": names, "today_delay": every.delay[0], "left_out_delay": left_out})
    better = int((by_incident["left_out_delay"] < by_incident["today_delay"]).sum())
    worse = int((by_incident["left_out_delay"] > by_incident["today_delay"]).sum())
    new = with_numbers(profile, alarm, chosen)
    return Suggestion(
        profile=new,
        today=replayed_test(found, profile, incidents, alarm),
        with_it=replayed_test(found, new, incidents, alarm),
        by_incident=by_incident,
        better=better,
        worse=worse,
        same=count - better - worse,
        tried=len(every.alarms),
        words=sureness(count, better, worse, len(every.alarms), new == profile),
    )


def best_for(every: Tried, aims: Sought, judges: np.ndarray, today: np.ndarray) -> int:
    """Which candidate do these incidents (positions) choose? The first one is today's setting."""
    delay = every.delay[:, judges]
    lasted = (aims.end - aims.begin + 1)[judges]
    kept = (every.alarms <= every.alarms[0]) & (np.isfinite(delay) | np.isinf(delay[0])).all(axis=1)
    means = np.minimum(delay, lasted).mean(axis=1)
    order = np.lexsort((distance(every.candidates, today), means, np.median(delay, axis=1), ~kept))
    return int(order[0])


def replayed_test(found: Shares, profile: Profile, incidents: Sequence[Incident], alarm: Level) -> Backtest:
    """How would a profile that differs in nothing but these numbers have done?"""
    level = levels(found, scores(found, profile.weights), profile.thresholds, profile.hysteresis)
    return backtest(pd.DataFrame({"level": level}, index=found.index), incidents, alarm)


def sureness(count: int, better: int, worse: int, settings: int, same: bool) -> tuple[Text, ...]:
    """How sure is a suggestion, chosen among so many settings on so few incidents?"""
    if same:
        return (_("None of {settings:,} settings did better on these {n} incidents.", settings=settings, n=count),)
    lines = [
        _("Chosen among {settings:,} settings on {n} incidents.", settings=settings, n=count),
        _(
            "Left out one by one, the setting chosen without it was earlier in {better}, later in {worse}, the same in "
            "{same}.",
            better=better,
            worse=worse,
            same=count - better - worse,
        ),
    ]
    if better <= worse:
        return (*lines, _("So it is no better on incidents that it was not chosen on: keep today's numbers."))
    chance = sum(comb(better + worse, k) for k in range(better, better + worse + 1)) / 2 ** (better + worse)
    values = {"chance": f"{chance:.0%}"}
    if chance > FAIR:
        return (*lines, _("Chance alone does as well in {chance} of cases: this is weak evidence.", **values))
    return (*lines, _("Chance alone does as well in {chance} of cases: this is fair evidence.", **values))
