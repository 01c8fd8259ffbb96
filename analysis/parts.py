"""Which events run, how grave is each, and which of them makes the level? What belongs to no event is a part too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.classify.prevalence import ErrorRates, negative_share
from analysis.language import _
from analysis.response.level import Assessment, assess, held_levels, red_line_floor, run_start
from analysis.response.profile import Profile
from analysis.response.replay import Track, track
from analysis.schema import INTERACTIONS, InputError, Level, Topic
from analysis.signals.arrival import Pace
from analysis.signals.clock import whole_hour, whole_hours
from analysis.signals.cube import KEYS, until
from analysis.signals.forecast import Outlook, forecast, no_outlook
from analysis.signals.heat import HeatSettings
from analysis.signals.situation import Situation, situation

REST = ""  # the id of the part that holds the posts of no event
SEEN = "as seen"  # the rest as it was seen hour by hour: with posts that belonged to no event yet when they came
BEFORE = pd.Timedelta(days=8)  # silence before an event that growth and the usual are read from: 7 days and one more
AFTER = pd.Timedelta(days=7)  # after its last post: by then every indicator is calm, and more hours tell nothing
QUIET = no_outlook(_("Nothing came in the last 24 hours."))
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(hours=24)


@dataclass(frozen=True)
class Part:
    """One event as of a time; id REST = the posts that belong to no event.

    began: its first post; exists: from when on it was known; spam: many accounts, one text, minutes. posts: so far, and
    posts_24h: in the last 24 hours; last_post: the hour of its latest. onset: when its outbreak began, its first post
    before one did; peak: the hour of most posts. negative_share: of all its posts so far (value, low, high; 90%).
    topic: which most of its risk posts speak of. situation, outlook: of its posts alone; those of an event whose last
    post is a week old are as of then. seen, assessment: what its level is read from, and that level; of an event its
    situation, of the rest `situations`' SEEN.
    """

    id: str
    began: pd.Timestamp
    exists: pd.Timestamp
    spam: bool
    posts: int
    posts_24h: int
    last_post: pd.Timestamp
    onset: pd.Timestamp
    peak: pd.Timestamp
    negative_share: tuple[float, float, float] | None
    topic: Topic
    situation: Situation
    seen: Situation
    assessment: Assessment
    outlook: Outlook


def known_events(table: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Which events are known at a time? Rows of the table (see `events.detect.Detection`), by id."""
    return table[(table["exists"] <= as_of).to_numpy(dtype=bool)].set_index("id")


def situations(
    cube: pd.DataFrame,
    table: pd.DataFrame,
    as_of: pd.Timestamp,
    heat: HeatSettings,
    pace: Pace,
    earlier: Mapping[str, Situation] = MappingProxyType({}),
) -> dict[str, Situation]:
    """What is the situation of each event that is known at as_of, and of the rest (REST)? Events in order of the table.

    Also SEEN: of the rest with what came before its event was known, in the hours in which it belonged to none. Read
    from it, the level of an hour is the same whenever one looks, and does not fall when an event is found; the same
    object as REST where they do not differ. Costs what the cells and hours cost: an event is read from 8 days before
    its first post to 7 days after its last. earlier: what this gave for the same cube, events and settings at another
    time: of an event that was over then, it is not worked out again. Raises InputError if there is no post up to as_of.
    """
    cells = until(cube, as_of)
    if cells.empty:
        raise InputError(_("There is no post up to {time}. Choose a later time.", time=f"{as_of:%Y-%m-%d %H:%M}"))
    first, known = cells["hour"].iloc[0], known_events(table, as_of)
    own = dict(split(cells, list(known.index)))
    found = rest(cells[belonged_to_none(cells, known)], own.pop(REST, None), as_of, heat, pace, first)
    for event, said in own.items():
        ends, begins = min(as_of, said["hour"].iloc[-1] + AFTER), max(first, said["hour"].iloc[0] - BEFORE)
        same = event in earlier and earlier[event].as_of == ends
        found[event] = earlier[event] if same else situation(said, ends, heat, pace, begins)
    return found


def rest(
    seen: pd.DataFrame,
    own: pd.DataFrame | None,
    as_of: pd.Timestamp,
    heat: HeatSettings,
    pace: Pace,
    first: pd.Timestamp,
) -> dict[str, Situation]:
    """What is the situation of the posts of no event, and of those that belonged to none when they came? None if none.

    seen, own: their cells, with and without the posts that an event has now; own: None = an event has them all.
    """
    if seen.empty:
        return {}
    now = situation(silent(seen) if own is None else own, as_of, heat, pace, first)
    same = own is not None and len(own) == len(seen)
    return {REST: now, SEEN: now if same else situation(seen, as_of, heat, pace, first)}


def silent(cells: pd.DataFrame) -> pd.DataFrame:
    """How does a part look that has no post any more? One cell without any."""
    nothing = {name: 0 for name in cells if name not in KEYS} | dict.fromkeys((*INTERACTIONS, "followers"), np.nan)
    return cells.head(1).assign(**nothing)


def belonged_to_none(cells: pd.DataFrame, known: pd.DataFrame) -> np.ndarray:
    """Which cells (bool) belonged to no event in their hour: to none of these, or to one that was not known yet?"""
    names = cells["event"].astype("category").cat
    since = pd.DatetimeIndex(whole_hours(known["exists"])).as_unit("s").asi8
    until_then = np.append(since, np.iinfo(np.int64).max)[known.index.get_indexer(names.categories)]
    return pd.DatetimeIndex(cells["hour"]).as_unit("s").asi8 < until_then[names.codes.to_numpy()]


def split(cells: pd.DataFrame, events: list[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Which cells are of which event, and which of none of these (REST, first)? Those without a cell are left out."""
    number = pd.Index(events).get_indexer(cells["event"].astype("category").cat.categories)
    code = number[cells["event"].astype("category").cat.codes.to_numpy()]
    order = np.argsort(code, kind="stable")
    bounds = np.searchsorted(code[order], np.arange(-1, len(events) + 1))
    for at, (begin, end) in enumerate(pairwise(bounds)):
        if end > begin:
            yield (REST, *events)[at], cells.iloc[order[begin:end]]


def parts(
    found: Mapping[str, Situation],
    table: pd.DataFrame,
    as_of: pd.Timestamp,
    profile: Profile,
    rates: ErrorRates | None = None,
    by_day: bool = False,
) -> tuple[Part, ...]:
    """How grave is each event, and the rest? Gravest first: by level, then score; what is over comes last.

    found: see `situations`. rates, by_day: as in `pipeline.brief_cube`.
    """
    events = known_events(table, as_of)
    told = [
        part_of(event, now, found[SEEN] if event == REST else now, events, as_of, profile, rates, by_day)
        for event, now in found.items()
        if event != SEEN
    ]
    return tuple(sorted(told, key=lambda part: severity(part, as_of), reverse=True))


def tracked(cube: pd.DataFrame, table: pd.DataFrame, as_of: pd.Timestamp, heat: HeatSettings, pace: Pace) -> Track:
    """What is the level read from at every hour up to as_of, for any profile of this half-life and pace?

    cube, table: as for `situations`. Raises InputError if there is no post up to as_of.
    """
    everything = situation(cube, as_of, heat, pace)
    return track_of(situations(cube, table, as_of, heat, pace), table, everything)


def track_of(found: Mapping[str, Situation], table: pd.DataFrame, everything: Situation) -> Track:
    """What is the level read from, where the situations are known? everything: of all; found: see `situations`."""
    known = {event: whole_hour(exists) for event, exists in zip(table["id"], table["exists"], strict=True)}
    return track({event: now for event, now in found.items() if event != REST}, known, everything)


def severity(part: Part, as_of: pd.Timestamp) -> tuple[bool, int, float, pd.Timestamp]:
    """In which order do parts stand? What runs before what is over; then level, score, and the latest post."""
    running = part.situation.as_of == as_of
    return running, int(part.assessment.level), part.assessment.score, part.last_post


def part_of(
    event: str,
    now: Situation,
    seen: Situation,
    events: pd.DataFrame,
    as_of: pd.Timestamp,
    profile: Profile,
    rates: ErrorRates | None,
    by_day: bool,
) -> Part:
    """What is known of one event (or the rest) at as_of?"""
    hourly = now.hourly
    posts, hours = hourly["posts"].to_numpy(), hourly.index
    said = hours[posts > 0] if posts.any() else hours[:1]  # what lies decades back is left out of the hours
    begun, exists, spam = events.loc[event, ["began", "exists", "spam"]] if event else (hours[0], hours[0], False)
    posts_24h = int(posts[hours > as_of - DAY].sum())
    assessment = assess(seen, profile, rates, whole_hour(exists) if event else None)
    return Part(
        id=event,
        began=begun,
        exists=exists,
        spam=bool(spam),
        posts=int(posts.sum()),
        posts_24h=posts_24h,
        last_post=said[-1],
        onset=assessment.onset or burst_onset(now) or said[0],
        peak=hours[int(np.argmax(posts))],
        negative_share=whole_share(hourly, rates),
        topic=Topic(str(now.by_topic.sum().idxmax())) if now.by_topic.to_numpy().any() else Topic.OTHER,
        situation=now,
        seen=seen,
        assessment=assessment,
        outlook=outlook_on(now, by_day) if posts_24h else QUIET,
    )


def burst_onset(now: Situation) -> pd.Timestamp | None:
    """When did the latest burst of posts begin? None where there was none."""
    onsets = now.bursts.loc[now.bursts["of"] == "posts", "onset"]
    return onsets.iloc[-1] if len(onsets) else None


def whole_share(hourly: pd.DataFrame, rates: ErrorRates | None) -> tuple[float, float, float] | None:
    """How large is the negative share of all these hours, and between which bounds (90%)? None without a post."""
    negative, lean, posts = (np.array([hourly[name].sum()]) for name in ("negative", "lean", "posts"))
    value, low, high = (float(ends[0]) for ends in negative_share(negative, lean, posts, rates))
    return None if np.isnan(value) else (value, low, high)


def outlook_on(now: Situation, by_day: bool) -> Outlook:
    """How many posts will come? None is told where the posts tell dates alone."""
    if by_day:
        return no_outlook(_("The posts tell dates without times: hours cannot be forecast."))
    elapsed = (now.as_of - whole_hour(now.as_of) + pd.Timedelta(seconds=1)) / HOUR
    index = pd.DatetimeIndex(now.hourly.index)
    return forecast(now.hourly["posts"].to_numpy(), index, now.normal.ahead, min(elapsed, 1.0))


def overall(found: tuple[Part, ...], everything: Assessment, profile: Profile) -> Assessment:
    """Which level is recommended, and since when? That of the gravest part; its timeline has each hour's gravest.

    found: see `parts`. everything: what all posts together give; their red lines hold the level too, so that claims
    which are scattered over several events are not lost. Onset and discovery are those of the part that is gravest now.
    """
    index, columns = everything.timeline.index, list(everything.timeline.columns)
    rows, best = np.zeros((len(index), len(columns))), np.full((2, len(index)), -1.0)
    for part in found:
        timeline = part.assessment.timeline
        place = int((timeline.index[0] - index[0]) / HOUR) + np.arange(len(timeline))
        level, score = timeline["level"].to_numpy(), timeline["score"].to_numpy()
        graver = (level > best[0, place]) | ((level == best[0, place]) & (score > best[1, place]))
        better = (place >= 0) & graver
        rows[place[better]] = timeline.to_numpy(dtype=float)[better]
        best[:, place[better]] = level[better], score[better]
    timeline, gravest = pd.DataFrame(rows, index, columns), found[0].assessment
    held = held_levels(np.zeros(len(index)), red_line_floor(everything.read, profile), profile)
    timeline["level"] = np.maximum(timeline["level"].to_numpy(dtype=int), held)
    onset, discovered = gravest.onset, gravest.discovered
    if timeline["level"].iloc[-1] > gravest.level:
        onset, discovered = everything.onset, everything.discovered
    return replace(
        gravest,
        level=Level(int(timeline["level"].iloc[-1])),
        timeline=timeline,
        red_lines=everything.red_lines,
        onset=onset,
        discovered=discovered,
        since=run_start(timeline["level"]),
    )
