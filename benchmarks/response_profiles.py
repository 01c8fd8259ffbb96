"""Do the county hospital's and the commission's profile do in their house what the tertiary hospital's does in its?

    python benchmarks/response_profiles.py [--seeds 621 622 623]

A large hospital: each seed's posts. A county hospital: a quarter of them, drawn at random, each with its interactions.
Prints, for each shipped profile, the incidents that reached their true level, by how many hours SEVERE was late, and
the hours above ROUTINE outside incidents. A region: the posts of no event of all seeds together; prints the hours above
ROUTINE outside every incident. The peer in each is the tertiary hospital's profile.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import annotate  # noqa: E402
from analysis.classify.train import current_model  # noqa: E402
from analysis.dataset import NO_EVENTS, with_events  # noqa: E402
from analysis.parts import tracked  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.response.replay import Track, replayed  # noqa: E402
from analysis.response.shipped import SHIPPED  # noqa: E402
from analysis.schema import TIMEZONE, Level  # noqa: E402
from analysis.signals.cube import count  # noqa: E402
from analysis.signals.sanity import winsorised  # noqa: E402
from analysis.workspace.places import CORPUS, model_path  # noqa: E402

SHARE = 0.25


def hospital(seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Which posts, incidents and levels by hour does the generator write for a seed?"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "sample_data" / "generate.py"), "--seed", str(seed), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        data = {
            name: (Path(folder) / name).read_bytes() for name in ("posts.csv", "incidents.csv", "incident_levels.csv")
        }
    received = pd.Timestamp("2025-12-01", tz=TIMEZONE)
    posts = winsorised(read_many([("posts.csv", data["posts.csv"])], received).posts)[0]
    truth = [pd.read_csv(io.BytesIO(data[name])) for name in ("incidents.csv", "incident_levels.csv")]
    for table in truth:
        for column in {"start", "end", "hour"} & set(table):
            table[column] = pd.to_datetime(table[column]).dt.tz_localize(TIMEZONE)
    return annotate(posts, current_model(model_path(), CORPUS)), truth[0], truth[1]


def followed(posts: pd.DataFrame) -> tuple[Track, pd.DataFrame]:
    """What is the level read from, and which posts belong to no event?"""
    told, events = with_events(posts.reset_index(drop=True))
    cube = count(told)
    shipped = Profile()
    return tracked(cube, events, cube["hour"].max(), shipped.heat, shipped.pace), told[told["event_id"] == ""]


def outside(index: pd.DatetimeIndex, incidents: pd.DataFrame) -> np.ndarray:
    """Which hours lie in no incident?"""
    spans = zip(incidents["start"].dt.floor("h"), incidents["end"], strict=True)
    return ~np.any([(index >= start) & (index <= end) for start, end in spans], axis=0)


def house(name: str, track: Track, incidents: pd.DataFrame, truth: pd.DataFrame) -> None:
    """How does a profile do on the posts of one hospital? Prints a line."""
    level = replayed(track, SHIPPED[name])["level"]
    reached, late = 0, "missed"
    for incident in incidents[incidents["level"] != "ROUTINE"].itertuples():
        due = truth.loc[(truth["name"] == incident.name) & (truth["level"] == incident.level), "hour"].min()
        span = level[(level.index >= incident.start.floor("h")) & (level.index <= incident.end)]
        there = span[span >= int(Level[str(incident.level)])]
        reached += len(there) > 0
        if incident.level == "SEVERE" and len(there):
            late = f"{(there.index[0] - due) / pd.Timedelta(hours=1):+.0f} h"
    alarms = int((level[outside(level.index, incidents)] > 0).sum())
    of = int((incidents["level"] != "ROUTINE").sum())
    print(f"  {name:10} true level reached {reached} of {of}, SEVERE late {late}, hours above ROUTINE outside {alarms}")


def main() -> None:
    """What do the profiles say, house by house?"""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, nargs="+", default=[621, 622, 623])
    rest, all_incidents = [], []
    for seed in options.parse_args().seeds:
        posts, incidents, truth = hospital(seed)
        whole, calm_posts = followed(posts)
        rest.append(calm_posts)
        all_incidents.append(incidents)
        quarter, _none = followed(posts[np.random.default_rng(seed).random(len(posts)) < SHARE])
        for track, which in ((whole, "all posts"), (quarter, "a quarter of the posts")):
            print(f"seed {seed}, {which}")
            for name in SHIPPED:
                house(name, track, incidents, truth)
    cube = count(pd.concat(rest).sort_values("published_at", ignore_index=True))
    shipped = Profile()
    region = tracked(cube, NO_EVENTS, cube["hour"].max(), shipped.heat, shipped.pace)
    calm = outside(region.index, pd.concat(all_incidents))
    print(f"a region: the posts of no event of {len(rest)} hospitals, {int(calm.sum())} hours outside every incident")
    for name in SHIPPED:
        level = replayed(region, SHIPPED[name])["level"]
        print(f"  {name:10} hours above ROUTINE {int((level[calm] > 0).sum())}")


if __name__ == "__main__":
    main()
