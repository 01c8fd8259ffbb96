"""By how many hours does MODERATE precede half of the final volume of real posts that become big?

On the weibo posts of the CED data set with 100 reposts and comments or more. Their texts are about anything, so a
construction makes them a case for the desk, the same for all of them:
- every repost or comment is a negative post on weibo about the gravest topic (medical quality), as a keyword search
  exports them; the first post brings its author's followers. No media, no regions, no red lines.
- the counters of the first post are read off every hour: as many reposts and comments so far as events came, divided
  as in its totals.
- before it there were two days of silence, so that growth can be read; the first three days are looked at.
What differs between cascades is thus volume over time and followers, nothing else: the desk can hardly gain much over a
threshold on volume here, and what it shows is what logarithms, cooling and hysteresis cost or gain.

The threshold on volume (posts in 24 hours) is set so that it raises as many alarms among the others (cascades that do
not end in the top tenth) as the desk does. Positive hours = before half of the final volume had come; a big one
without alarm counts as one at the end of the three days.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.response.level import assess  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.schema import TIMEZONE, Claim, Level, MediaTier  # noqa: E402
from analysis.signals.situation import situation  # noqa: E402

FEWEST, WINDOW, SILENCE = 100, 3 * 24, 2 * 24  # events; hours looked at, and hours of silence before
HOUR = pd.Timedelta(hours=1)
NEVER = WINDOW


def figures(root: Path) -> None:
    """By how many hours does MODERATE come before half of the final volume? root: the project; data are beside it."""
    folder = root.parent / "shared" / "data" / "cascades"
    if not (folder / "ced_events.parquet").exists():
        print(f"cascades: there are none in {folder}")
        return
    found = cascades(folder)
    big = (found["size"] >= found["size"].quantile(0.9)).to_numpy()
    profile = Profile()
    desk = np.array([alarm_hour(row, profile) for row in found.itertuples()])
    volumes = [rolling(np.asarray(ages)) for ages in found["ages"]]
    least = found["size"][big].min()
    print(f"{len(found)} cascades of {FEWEST} events or more; the {big.sum()} biggest have {least} or more")
    report("desk, MODERATE", desk, found, big)
    allowed = int((desk[~big] < NEVER).sum())
    threshold = next(
        v for v in range(1, 10_000) if sum(reached(one, v) < NEVER for one in select(volumes, ~big)) <= allowed
    )
    rival = np.array([reached(one, threshold) for one in volumes])
    report(f"volume, {threshold} posts in 24 h", rival, found, big)
    gained = rival[big] - desk[big]
    print(
        f"  hours gained by the desk on the big ones: median {np.median(gained):g}, mean {gained.mean():.1f}", end="; "
    )
    print(f"earlier {np.mean(gained > 0):.0%}, later {np.mean(gained < 0):.0%}, the same {np.mean(gained == 0):.0%}")


def cascades(folder: Path) -> pd.DataFrame:
    """Which cascades have enough events? started, ages (hours, ascending), size, half (hours until half of them), share
    of reposts among the totals, followers (0 = not told)."""
    events = pd.read_parquet(folder / "ced_events.parquet").sort_values(["cascade", "hours_after_post"])
    ages = {number: part.to_numpy(dtype=float) for number, part in events.groupby("cascade")["hours_after_post"]}
    posts = pd.read_csv(folder / "ced_posts.csv").set_index("cascade")
    posts = posts.loc[[number for number in posts.index if len(ages.get(number, ())) >= FEWEST]]
    chosen = [ages[number] for number in posts.index]
    totals = (posts["reposts"] + posts["comments"]).clip(lower=1)
    return pd.DataFrame(
        {
            "started": pd.to_datetime(posts["posted"]).dt.tz_localize(TIMEZONE),
            "ages": chosen,
            "size": [len(each) for each in chosen],
            "half": [float(each[(len(each) - 1) // 2]) for each in chosen],
            "reposted": (posts["reposts"] / totals).clip(0, 1),
            "followers": posts["followers"].fillna(0),
        }
    )


def select(volumes: list[np.ndarray], kept: np.ndarray) -> list[np.ndarray]:
    return [one for one, keep in zip(volumes, kept, strict=True) if keep]


def rolling(ages: np.ndarray) -> np.ndarray:
    """How many posts came in the 24 hours up to the end of each hour? The first post counts."""
    per_hour = np.bincount(np.minimum(ages, WINDOW).astype(int), minlength=WINDOW + 1)[:WINDOW].astype(float)
    per_hour[0] += 1
    total = np.concatenate([np.zeros(24), np.cumsum(per_hour)])
    return total[24:] - total[:-24]


def reached(volume: np.ndarray, threshold: float) -> int:
    """At the end of which hour does a volume reach a threshold? NEVER if it does not."""
    hits = np.flatnonzero(volume >= threshold)
    return int(hits[0]) + 1 if len(hits) else NEVER


def alarm_hour(cascade: object, profile: Profile) -> int:
    """At the end of which hour after the post is MODERATE reached? NEVER if it is not in three days."""
    cells = cube_of(cascade)
    start = cells["hour"].iloc[0]
    now = situation(cells, start + (WINDOW - 1) * HOUR, profile.heat, first=start - SILENCE * HOUR)
    level = assess(now, profile).timeline["level"].to_numpy()[SILENCE:]
    return reached(level, Level.MODERATE)


def cube_of(cascade: object) -> pd.DataFrame:
    """Which cells hold a cascade? Hours count from its first post, whose time of day the level does not read."""
    start = pd.Timestamp("2014-01-01", tz=TIMEZONE)
    ages = np.asarray(cascade.ages)  # type: ignore[attr-defined]
    per_hour = np.bincount(np.minimum(ages, WINDOW).astype(int), minlength=WINDOW + 1)[:WINDOW].astype(float)
    reposts = np.diff(np.round(np.cumsum(per_hour) * cascade.reposted), prepend=0)  # type: ignore[attr-defined]
    posts = per_hour.copy()
    posts[0] += 1
    hour = pd.Series([start + n * HOUR for n in range(WINDOW)]).astype(f"datetime64[us, {TIMEZONE}]")
    cells = pd.DataFrame({"hour": hour, "since": hour, "collected": hour, "platform": "weibo", "region": ""})
    cells = cells.assign(
        topic="medical_quality", sentiment="negative", event="", posts=posts, lean=posts, authors=posts
    )
    cells = cells.assign(reposts=reposts, comments=per_hour - reposts, likes=np.nan, reads=np.nan, followers=0.0)
    cells.loc[0, "followers"] = cascade.followers  # type: ignore[attr-defined]
    cells = cells.assign(**dict.fromkeys((*map(str, Claim), *map(str, MediaTier)), 0), most_reposts=0.0, most_reads=0.0)
    names = ["platform", "region", "topic", "sentiment", "event"]
    return cells[cells["posts"] > 0].astype(dict.fromkeys(names, "category")).reset_index(drop=True)


def report(name: str, alarm: np.ndarray, found: pd.DataFrame, big: np.ndarray) -> None:
    """How early is one way of judging, and how often in vain?"""
    lead = found["half"].to_numpy()[big] - alarm[big]
    told = alarm[big] < NEVER
    others = int((alarm[~big] < NEVER).sum())
    print(f"  {name}: told {told.mean():.0%} of the big ones, {others} of the {(~big).sum()} others", end="; hours ")
    print(f"before half of the volume: median {np.median(lead):.1f}, of those told {np.median(lead[told]):.1f}", end="")
    print(f" (before it in {np.mean(lead[told] > 0):.0%} of them)")


if __name__ == "__main__":
    figures(ROOT)
