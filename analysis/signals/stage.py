"""Where in its life cycle is what is going on? (生命周期: 潜伏 爆发 高峰 消退 平息, 次生舆情)"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.schema import Stage
from analysis.signals.burst import rolling, surprise
from analysis.signals.heat import cooled

HALF_LIFE = 12.0  # hours; long enough to even out the night
RISING, NEAR_PEAK, SETTLED_AT = 1.05, 0.85, 1.5
AGAIN, OF_THE_TOP = 1.3, 0.25  # of the trough (and of the day before), and of the largest load, to be another wave
DAY, LASTS = 24, 3  # hours; a stage lasts three at least, or until a burst begins
ABOVE = 1.5  # surprise from which an hour belongs to the rise that led to a burst
QUIET = (Stage.SETTLED, Stage.INCUBATION)


def stages(per_hour: np.ndarray, burst: np.ndarray) -> list[Stage]:
    """Which stage was each hour in, seen from that hour? No later hour is looked at.

    per_hour: risk posts an hour; burst: whether a burst runs. The load is the posts cooled with a half-life of 12 h.
    A burst begins the OUTBREAK; load near its maximum and not rising is the PEAK; under 85% of it the DECLINE; at
    1.5 times the load before the onset, without a burst, it is SETTLED. In the decline a load that rises again (see
    `another_wave`) is an OUTBREAK still on the first day, later a SECOND_WAVE. Without a burst, a day with half as
    much again as the week before is INCUBATION. A stage lasts 3 hours, unless a burst begins.
    """
    loads = cooled(per_hour.astype(float), HALF_LIFE)
    load, bursting = loads.tolist(), burst.tolist()
    waves, simmer = another_wave(loads, burst).tolist(), simmering(per_hour).tolist()
    out: list[Stage] = []
    stage, since, onset, before, top, wave, trough, rise = Stage.SETTLED, -LASTS, 0, 0.0, 0.0, 0.0, 0.0, Stage.OUTBREAK
    for hour, now in enumerate(load):
        begins = bursting[hour] and not (hour and bursting[hour - 1])
        rising = now > RISING * load[max(hour - 3, 0)]
        trough = min(trough, now) if stage is Stage.DECLINE else now
        wave = now if stage in QUIET else max(wave, now) if stage is not Stage.DECLINE else wave
        told = stage
        if stage in QUIET:
            told = Stage.OUTBREAK if bursting[hour] else Stage.INCUBATION if simmer[hour] else Stage.SETTLED
        elif stage is not Stage.DECLINE:
            told = Stage.DECLINE if now < NEAR_PEAK * wave else rise if rising else Stage.PEAK
        elif now > max(AGAIN * trough, OF_THE_TOP * top) and (waves[hour] or begins):
            told = Stage.OUTBREAK if hour - onset < DAY else Stage.SECOND_WAVE
        elif not bursting[hour] and now <= SETTLED_AT * before + 2:
            told = Stage.SETTLED
        if told is not stage and (begins or hour - since >= LASTS):
            if stage in QUIET and told is Stage.OUTBREAK:
                onset, before, top = hour, load[max(hour - 3, 0)], 0.0
            if told in (Stage.OUTBREAK, Stage.SECOND_WAVE):
                rise, wave = told, now
            stage, since = told, hour
        top = max(top, now)
        out.append(stage)
    return out


def another_wave(load: np.ndarray, burst: np.ndarray) -> np.ndarray:
    """In which hours does a burst lift the load 30% above that of the day before?

    The load of a decline rises every morning; it is above that of yesterday's morning only if something came.
    """
    yesterday = np.concatenate([np.zeros(DAY), load])[: len(load)]
    return np.asarray(burst & (load > AGAIN * yesterday))


def simmering(per_hour: np.ndarray) -> np.ndarray:
    """In which hours did the last day hold half as much again as a day of the week before, surprisingly often?"""
    day = rolling(per_hour, DAY)
    week = rolling(per_hour, 8 * DAY) - day
    hour = np.arange(len(day))
    earlier = np.where(hour >= 2 * DAY, week / np.clip((hour - DAY + 1) / DAY, 1, 7), np.inf)
    return np.asarray((day >= 10) & (day >= 1.5 * earlier) & (rolling(surprise(per_hour) > 1, DAY) >= 6))


def onsets(stage: Sequence[str], per_hour: np.ndarray) -> np.ndarray:
    """At which position did the event begin that runs in each hour? -1 while none runs.

    A burst is called some hours after it began: the onset is the first hour of the run above the usual
    (surprise of the last 3 hours at 1.5 or more) that led to it.
    """
    out, began, above = np.full(len(stage), -1), -1, surprise(per_hour) >= ABOVE
    for hour, now in enumerate(stage):
        if now in QUIET:
            began = -1
        elif began < 0:
            began = hour
            while began > 0 and above[began - 1]:
                began -= 1
        out[hour] = began
    return out
