"""Where in its life cycle is what is going on? (生命周期: 潜伏 爆发 高峰 消退 平息)"""

from __future__ import annotations

import numpy as np

from analysis.schema import Stage
from analysis.signals.burst import ENDS_BELOW, rolling, surprise
from analysis.signals.heat import cooled

HALF_LIFE = 12.0  # hours; long enough to even out the night
RISING, NEAR_PEAK, SECOND_WAVE, SETTLED_AT = 1.05, 0.85, 1.3, 1.5


def stages(per_hour: np.ndarray, burst: np.ndarray) -> list[Stage]:
    """Which stage was each hour in, seen from that hour? No later hour is looked at.

    per_hour: risk posts an hour; burst: whether a burst runs. The load is the posts cooled with a
    half-life of 12 h. A burst begins the OUTBREAK; load near its maximum and not rising is the PEAK;
    under 85% of it the DECLINE; a burst that lifts the load 30% above its trough is a second wave,
    back to OUTBREAK; at 1.5 times the load before the onset it is SETTLED. Without a burst, a day with
    half as much again as the week before is INCUBATION.
    """
    load, day = cooled(per_hour.astype(float), HALF_LIFE), rolling(per_hour, 24)
    week = rolling(per_hour, 192) - day
    earlier = np.where(np.arange(len(day)) >= 48, week / np.clip((np.arange(len(day)) - 23) / 24, 1, 7), np.inf)
    simmering = (day >= 10) & (day >= 1.5 * earlier) & (rolling(surprise(per_hour) > 1, 24) >= 6)
    out: list[Stage] = []
    stage, before, top, trough = Stage.SETTLED, 0.0, 0.0, 0.0
    for hour, now in enumerate(load):
        earlier_load = load[max(hour - 3, 0)]
        top = max(top, now) if stage in (Stage.OUTBREAK, Stage.PEAK) else top
        trough = min(trough, now) if stage is Stage.DECLINE else now
        if stage in (Stage.SETTLED, Stage.INCUBATION):
            if burst[hour]:
                stage, before, top = Stage.OUTBREAK, earlier_load, now
            else:
                stage = Stage.INCUBATION if simmering[hour] else Stage.SETTLED
        elif stage is Stage.DECLINE:
            if burst[hour] and now > SECOND_WAVE * trough:
                stage, top = Stage.OUTBREAK, now
            elif not burst[hour] and now <= SETTLED_AT * before + 2:
                stage = Stage.SETTLED
        elif now < NEAR_PEAK * top:
            stage = Stage.DECLINE
        else:
            stage = Stage.OUTBREAK if now > RISING * earlier_load else Stage.PEAK
        out.append(stage)
    return out


def onsets(stage: list[Stage], per_hour: np.ndarray) -> np.ndarray:
    """At which position did the event begin that runs in each hour? -1 while none runs.

    A burst is called some hours after it began: the onset is the first hour of the run above the usual
    (surprise of the last 3 hours at 1.5 or more) that led to it.
    """
    out, began, above = np.full(len(stage), -1), -1, surprise(per_hour) >= ENDS_BELOW
    for hour, now in enumerate(stage):
        if now in (Stage.SETTLED, Stage.INCUBATION):
            began = -1
        elif began < 0:
            began = hour
            while began > 0 and above[began - 1]:
                began -= 1
        out[hour] = began
    return out
