"""Can these posts be trusted, or is something odd about their times, authors or counters?

Nothing here changes a number but `winsorised`; the rest only says what a reader of the curves must know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.schema import COLUMN_LABELS, Platform

DAY, HOUR = 86_400_000_000, 3_600_000_000  # microseconds
MOSTLY, TWO_DAYS = 0.9, 2
SHORTEST_GAP, RARE = 7, 0.01  # days; how seldom such a silence would come by chance
LOUD_SHARE, LOUD_POSTS = 0.2, 100
ENOUGH_DAYS, ENOUGH_POSTS, CLEARLY = 7, 20, 3
WINDOW, BETWEEN, FIRST = 4, 8, 2  # three windows of the day: 2 to 6, 10 to 14, 18 to 22
WEIGHED = ("reposts", "comments", "likes")  # counters without which heat is poorer; reads have no weight as shipped
OFF = {  # what it means that this window is the quietest
    1: _("fewest from 10 to 14 o'clock: the times may be 8 hours late."),
    2: _("fewest from 18 to 22 o'clock: the times may be in UTC, 8 hours early."),
}
# What no single post or account ever had: the records stand in docs/formulas.md.
HIGHEST = {"reposts": 10**8, "comments": 2 * 10**8, "likes": 10**8, "reads": 10**9, "followers": 10**9}
LONELY, BORNE_OUT = 1_000_000, 1_000


@dataclass(frozen=True)
class Finding:
    """Something odd: its kind (a key), what to know of it, and how many rows it touches (0 = none, it is a gap)."""

    kind: str
    text: Text
    rows: int


def findings(posts: pd.DataFrame, now: pd.Timestamp) -> tuple[Finding, ...]:
    """What is odd about these posts? In the order: future, dated, shifted, gap, author, counters; () = nothing.

    posts: the canonical frame. now: what lies after it is told as future and otherwise not looked at. To say what
    could be known at an earlier time, give the posts up to then.
    """
    later = posts["published_at"] > now
    ahead, seen = int(later.sum()), posts[~later] if later.any() else posts
    shifted = () if dated_only(seen) else shifted_hours(seen)
    told = _("{rows:,} posts are dated after {now}. They do not count yet.", rows=ahead, now=f"{now:%Y-%m-%d %H:%M}")
    future = (Finding("future", told, ahead),) if ahead else ()
    return (*future, *dates_without_times(seen), *shifted, *gap(seen), *loud_authors(seen), *silent_counters(seen))


def dated_only(posts: pd.DataFrame) -> bool:
    """Do the posts tell days but no times: 90% or more at exactly 00:00:00, on two days or more?"""
    clock = local(posts)
    midnight = clock[clock % DAY == 0]
    return len(midnight) > 0 and len(midnight) >= MOSTLY * len(clock) and len(np.unique(midnight)) >= TWO_DAYS


def dates_without_times(posts: pd.DataFrame) -> tuple[Finding, ...]:
    """Are there days without times? Then hours mean nothing."""
    if not dated_only(posts):
        return ()
    rows = int((local(posts) % DAY == 0).sum())
    text = _(
        "{rows:,} of {posts:,} posts stand at exactly 00:00: dates without times. Read the curves by day, not by hour.",
        rows=rows,
        posts=len(posts),
    )
    return (Finding("dated", text, rows),)


def shifted_hours(posts: pd.DataFrame) -> tuple[Finding, ...]:
    """On which platforms are the times 8 hours off, as when UTC is taken for Shanghai or the other way round?

    People sleep: of 2 to 6, 10 to 14 and 18 to 22 the first is the quietest. Where another one is, three times as
    quiet as both others, the clock is off. Each day has the same say, so that one night's burst proves nothing; 7 days
    and 20 posts in each of the other windows are the least.
    """
    clock, (platform, names) = local(posts), posts["platform"].factorize()
    quietest = np.array([quiet_window(clock[platform == code]) for code in range(len(names))])
    found = []
    for window, text in OFF.items():
        off = np.flatnonzero(quietest == window)
        if len(off):
            rows = int(np.isin(platform, off).sum())
            labels = tuple(Platform(names[code]).label for code in off)
            told = _("{platforms}: {rows:,} posts, {off}", platforms=labels, rows=rows, off=text)
            found.append(Finding("shifted", told, rows))
    return tuple(found)


def quiet_window(clock: np.ndarray) -> int:
    """Which of 2 to 6 (0), 10 to 14 (1) and 18 to 22 (2) is clearly the quietest? -1 when none is.

    clock: microseconds of local time. See `shifted_hours`.
    """
    hour = clock % DAY // HOUR - FIRST
    inside = (hour >= 0) & (hour % BETWEEN < WINDOW)
    window, day = hour[inside] // BETWEEN, clock // DAY - clock.min() // DAY
    said = np.bincount(window, weights=1 / np.bincount(day)[day[inside]], minlength=3)
    quietest = int(np.argmin(said))
    others = np.delete(np.arange(3), quietest)
    days, posts = np.count_nonzero(np.bincount(day[inside])), np.bincount(window, minlength=3)[others].min()
    clear = days >= ENOUGH_DAYS and posts >= ENOUGH_POSTS and said[others].min() >= CLEARLY * said[quietest]
    return quietest if clear else -1


def gap(posts: pd.DataFrame) -> tuple[Finding, ...]:
    """Is there a silence of a week or more that chance does not explain? The longest one.

    A silence of so many days is told when it would come less than once in 100 such files if each day fell silent with
    the share of silent days outside it (Laplace: one day of either kind added): days · share^length < 0.01.
    """
    day = local(posts) // DAY
    days = np.flatnonzero(np.bincount(day - day.min())) + day.min() if len(day) else day
    if len(days) <= TWO_DAYS:
        return ()
    steps = np.diff(days)
    place, silent = int(np.argmax(steps)), int(steps.max()) - 1
    span = int(days[-1] - days[0]) + 1
    share = 1 - (len(days) + 1) / (span - silent + 2)
    if silent < SHORTEST_GAP or span * share**silent >= RARE:
        return ()
    first, last = (pd.Timestamp(int(day) * DAY, unit="us") for day in (days[place] + 1, days[place + 1] - 1))
    text = _(
        "No post from {first} to {last}, {days:,} days. Is an export missing?",
        first=f"{first:%Y-%m-%d}",
        last=f"{last:%Y-%m-%d}",
        days=silent,
    )
    return (Finding("gap", text, 0),)


def loud_authors(posts: pd.DataFrame) -> tuple[Finding, ...]:
    """Does one author (of one platform) write more than a fifth of all posts, and more than 100?"""
    (author, names), (platform, platforms) = (posts[name].factorize() for name in ("author", "platform"))
    width = max(len(platforms), 1)
    counts = np.bincount(author * width + platform)
    loud = np.flatnonzero(counts > max(LOUD_SHARE * len(posts), LOUD_POSTS))
    told = [(str(names[place // width]), int(counts[place])) for place in loud]
    return tuple(
        Finding(
            "author",
            _(
                '"{author}" wrote {rows:,} of {posts:,} posts ({share:.0%}): that many are one voice.',
                author=name,
                rows=rows,
                posts=len(posts),
                share=rows / len(posts),
            ),
            rows,
        )
        for name, rows in sorted(told, key=lambda one: (-one[1], one[0]))
        if name
    )


def silent_counters(posts: pd.DataFrame) -> tuple[Finding, ...]:
    """Which of reposts, comments and likes does no post tell?"""
    names = [COLUMN_LABELS[name] for name in WEIGHED if len(posts) and posts[name].isna().all()]
    if not names:
        return ()
    text = _("No post tells {names}. Heat is made from what the posts do tell.", names=names)
    return (Finding("counters", text, len(posts)),)


def winsorised(posts: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """How do the posts look once no counter is absurd, and what was cut?

    A counter is cut to what no post ever had (HIGHEST), and one of reposts, comments and likes over a million to 1,000
    times the larger of the other two (plus 1) where both are known. Each row is judged by itself, so a later post never
    changes an earlier one; nothing is raised, nothing unknown becomes known. The frame itself comes back when nothing
    is cut. Fits a history (see `cube.count`) as well.
    """
    counted = {name: posts[name].to_numpy(dtype="float64", na_value=np.nan) for name in HIGHEST}
    cut, told = {}, []
    for name, highest in HIGHEST.items():
        bound = np.minimum(borne_out(counted, name), highest)
        over = counted[name] > bound
        if over.any():
            cut[name] = posts[name].mask(over, pd.Series(bound, posts.index).astype("Int64"))
            beyond = int((counted[name] > highest).sum())
            told += said_of(name, highest, beyond, int(over.sum()) - beyond)
    return (posts.assign(**cut), tuple(told)) if cut else (posts, ())


def borne_out(counted: dict[str, np.ndarray], name: str) -> np.ndarray:
    """How high can a counter be, given the post's others? HIGHEST where they say nothing."""
    others = [counted[other] for other in WEIGHED if other != name]
    limit = np.full(len(counted[name]), float(HIGHEST[name]))
    if name not in WEIGHED:
        return limit
    told = BORNE_OUT * (np.maximum(*others) + 1)  # NaN where one of them is unknown
    return np.where((counted[name] > LONELY) & (told < limit), told, limit)


def said_of(name: str, highest: int, beyond: int, lonely: int) -> list[Finding]:
    """What was cut of a column, by which of the two bounds?"""
    record = _(
        "{name}: {rows:,} values over {most:,}, more than was ever counted. They are cut to what is possible.",
        name=COLUMN_LABELS[name],
        rows=beyond,
        most=highest,
    )
    alone = _(
        "{name}: {rows:,} values over a million and over 1,000 times the post's other counters. "
        "They count as 1,000 times those.",
        name=COLUMN_LABELS[name],
        rows=lonely,
    )
    return [Finding("absurd", text, rows) for text, rows in ((record, beyond), (alone, lonely)) if rows]


def local(posts: pd.DataFrame) -> np.ndarray:
    """When was each post published, in microseconds of the local clock? Integers; a day begins at a multiple of DAY."""
    return posts["published_at"].dt.tz_localize(None).dt.as_unit("us").astype("int64").to_numpy()
