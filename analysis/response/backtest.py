"""How well would a profile have done on past incidents: how late, how many false alarms, what was missed?

Everything is judged from the level as it was said hour by hour, which looks at no later hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.response.replay import Shares, held, scores
from analysis.schema import Level
from analysis.signals.clock import whole_hour

HOUR = pd.Timedelta(hours=1)
DAY, MONTH = 24, 30 * 24  # hours
NEAR = 24  # hours before and after an incident in which an alarm that touches it is not false
FLAP = 24  # hours after a fall within which a rise is a flap
MISSED, NEVER = np.inf, np.iinfo(int).max
LOWEST, HIGHEST = 0.5, 100.0  # thresholds that a curve goes through


@dataclass(frozen=True)
class Outcome:
    """How did one incident go?

    due: the first hour whose true level reaches the alarm level; detected: the first hour of the incident with an
    alarm in force, and delay_hours from due to it, 0 when it was earlier; None when missed. level_true, level_reached:
    the gravest in truth and as said, from start to end.
    """

    name: str
    start: pd.Timestamp
    due: pd.Timestamp
    detected: pd.Timestamp | None
    delay_hours: float | None
    level_true: Level
    level_reached: Level
    missed: bool


@dataclass(frozen=True)
class Backtest:
    """How well would it have gone?

    outcomes: of the incidents whose gravest true level reaches the alarm level; below: the names of the others.
    false_alarms: (first hour, last hour); one counts once for every 24 hours begun. false_hours: their hours. Both per
    30 days of the timeline. median_delay_hours: missed ones counted as endless; None without incident, or when half of
    them or more are missed. flaps: rises of the level within 24 h after a fall. agreement: share of the hours inside
    incidents in which the level equals the true one, NaN without incident. days: how many the timeline has.
    """

    alarm: Level
    outcomes: tuple[Outcome, ...]
    below: tuple[str, ...]
    false_alarms: tuple[tuple[pd.Timestamp, pd.Timestamp], ...]
    false_alarms_per_30d: float
    false_hours_per_30d: float
    median_delay_hours: float | None
    missed: int
    flaps: int
    agreement: float
    days: float


@dataclass(frozen=True)
class Sought:
    """At which hours (positions) do the true incidents begin, end, and become due?"""

    begin: np.ndarray
    end: np.ndarray
    due: np.ndarray


@dataclass(frozen=True)
class Found:
    """What do alarms catch? detected: position of the hour, -1 = missed; delay: hours, inf = missed, both by incident.

    false: (n × 2) first and last position of what is false; alarms: how often that counts.
    """

    detected: np.ndarray
    delay: np.ndarray
    false: np.ndarray
    alarms: int

    @property
    def missed(self) -> int:
        return int((self.detected < 0).sum())

    @property
    def median(self) -> float:
        """In hours; inf when half or more are missed, NaN without incident."""
        return middle(self.delay)


def backtest(timeline: pd.DataFrame, incidents: Sequence[Incident], alarm: Level = Level.MILD) -> Backtest:
    """How well would a profile have done? timeline: `level` (0..3) by hour, without gaps; incidents: as checked.

    alarm: from which level on the desk would have called somebody.
    """
    level, index = timeline["level"].to_numpy(), pd.DatetimeIndex(timeline.index)
    wanted, aims = true_incidents(incidents, alarm), sought(incidents, index, alarm)
    found = judged(level >= alarm, aims)
    truth = true_levels(incidents, index)
    inside, months = truth >= 0, len(index) / MONTH
    return Backtest(
        alarm=alarm,
        outcomes=tuple(outcome(incident, at, aims, found, level, index) for at, incident in enumerate(wanted)),
        below=tuple(incident.name for incident in incidents if incident.gravest < alarm),
        false_alarms=tuple((index[first], index[last]) for first, last in found.false),
        false_alarms_per_30d=found.alarms / months,
        false_hours_per_30d=float((found.false[:, 1] - found.false[:, 0] + 1).sum() / months),
        median_delay_hours=found.median if np.isfinite(found.median) else None,
        missed=found.missed,
        flaps=flaps(level),
        agreement=float((level == truth)[inside].mean()) if inside.any() else float("nan"),
        days=len(index) / DAY,
    )


def outcome(
    incident: Incident, at: int, aims: Sought, found: Found, level: np.ndarray, index: pd.DatetimeIndex
) -> Outcome:
    """How did one incident go? at: its place among the true ones."""
    missed = bool(found.detected[at] < 0)
    return Outcome(
        name=incident.name,
        start=incident.start,
        due=index[aims.due[at]],
        detected=None if missed else index[found.detected[at]],
        delay_hours=None if missed else float(found.delay[at]),
        level_true=incident.gravest,
        level_reached=Level(int(level[aims.begin[at] : aims.end[at] + 1].max())),
        missed=missed,
    )


def true_incidents(incidents: Sequence[Incident], alarm: Level) -> list[Incident]:
    """Which incidents should have raised an alarm of this level?"""
    return [incident for incident in incidents if incident.gravest >= alarm]


def sought(incidents: Sequence[Incident], index: pd.DatetimeIndex, alarm: Level) -> Sought:
    """Which hours are looked for alarms? Of the true incidents; index: every hour of the timeline."""
    wanted = true_incidents(incidents, alarm)
    begin = np.array([position(incident.start, index) for incident in wanted], dtype=int)
    later = [int(np.argmax(np.array(incident.hours) >= alarm)) if incident.hours else 0 for incident in wanted]
    end = np.array([position(incident.end, index) for incident in wanted], dtype=int)
    return Sought(begin, end, begin + np.array(later, dtype=int))


def position(time: pd.Timestamp, index: pd.DatetimeIndex) -> int:
    """At which position of a timeline without gaps does the hour of a time stand?"""
    return int((whole_hour(time) - index[0]) // HOUR)


def true_levels(incidents: Sequence[Incident], index: pd.DatetimeIndex) -> np.ndarray:
    """Which level was true at each hour? -1 outside all incidents; where two meet, the graver."""
    truth = np.full(len(index), -1)
    for incident in incidents:
        begin = position(incident.start, index)
        told = incident.hours or (int(incident.level),) * incident.length
        truth[begin : begin + incident.length] = np.maximum(truth[begin : begin + incident.length], told)
    return truth


def judged(on: np.ndarray, aims: Sought) -> Found:
    """What do these alarms (bool by hour) catch, and what of them is false?

    An alarm is a run of hours. One that touches no incident is false; of one that does, the hours beyond NEAR before
    its start and after its end, so that an alarm which never ends does not look perfect.
    """
    places = np.append(np.flatnonzero(on), NEVER)
    first = places[np.searchsorted(places, aims.begin)]
    caught = first <= aims.end
    delay = np.where(caught, np.maximum(first - aims.due, 0), MISSED)
    false = runs(on & ~excused(on, aims))
    alarms = int(np.ceil((false[:, 1] - false[:, 0] + 1) / DAY).sum())
    return Found(np.where(caught, first, -1), delay, false, alarms)


def excused(on: np.ndarray, aims: Sought) -> np.ndarray:
    """Which hours of alarm are near an incident that this alarm touches?"""
    alarms = runs(on)
    run, incident = np.nonzero((alarms[:, :1] <= aims.end) & (alarms[:, 1:] >= aims.begin))
    edges = np.zeros(len(on) + 1)
    np.add.at(edges, np.maximum(alarms[run, 0], aims.begin[incident] - NEAR), 1)
    np.add.at(edges, np.minimum(alarms[run, 1], aims.end[incident] + NEAR) + 1, -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)


def runs(on: np.ndarray) -> np.ndarray:
    """From where to where does each run of true hours go? (n × 2) first and last position."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return edges.reshape(-1, 2) - [0, 1]


def middle(delay: np.ndarray) -> float:
    """What is the median delay, missed ones counted as endless? inf when half or more are missed, NaN without any."""
    return float(np.median(delay)) if len(delay) else float("nan")


def flaps(level: np.ndarray) -> int:
    """How often did the level rise within FLAP hours after it fell?"""
    change = np.diff(level)
    rises, falls = np.flatnonzero(change > 0), np.flatnonzero(change < 0)
    if not len(falls):
        return 0
    last = np.searchsorted(falls, rises) - 1
    return int(((last >= 0) & (rises - falls[last] <= FLAP)).sum())


def curve(
    found: Shares, profile: Profile, incidents: Sequence[Incident], alarm: Level = Level.MILD, points: int = 200
) -> pd.DataFrame:
    """What would each threshold of the alarm level cost: false alarms against hours late?

    A row a threshold, from 0.5 to 100 in `points` equal steps, ascending, all else as in the profile: threshold,
    false_alarms_per_30d, median_delay_hours (inf = half of the incidents or more missed, NaN = there is none), missed.
    The thresholds of the other levels are moved aside where they would be in the way; the alarm does not depend on
    them, for whatever enters or holds a graver level enters or holds this one.
    """
    score, aims = scores(found, profile.weights), sought(incidents, found.index, alarm)
    rows = []
    for threshold in np.linspace(LOWEST, HIGHEST, points):
        now = judged(held(found, score, float(threshold), int(alarm), profile.hysteresis), aims)
        rows.append((threshold, now.alarms / (len(found.index) / MONTH), now.median, now.missed))
    return pd.DataFrame(rows, columns=["threshold", "false_alarms_per_30d", "median_delay_hours", "missed"])
