"""Does the level at each incident's peak agree with what the story's facts say, on seeds never looked at?

    python benchmarks/levels.py [--seeds 101 102 103]

Prints, per seed: incidents whose level at the peak hour is right (of six), the share of hours inside
incidents with the true level, and the hours outside incidents in which a level was in force. The desk takes the level
of the gravest event. Peers, in the same run: the same score of all posts at once ("at once"), and three thresholds on
the number of posts in 24 hours, set where they do best on the first seed ("volume").
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from analysis.classify.predict import annotate  # noqa: E402
from analysis.classify.train import current_model  # noqa: E402
from analysis.dataset import with_events  # noqa: E402
from analysis.pipeline import brief_cube  # noqa: E402
from analysis.posts.read import read_many  # noqa: E402
from analysis.response.profile import Profile  # noqa: E402
from analysis.schema import TIMEZONE, Level  # noqa: E402
from analysis.signals.cube import count  # noqa: E402
from analysis.workspace.places import CORPUS, model_path  # noqa: E402


def hours_of(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What happened, hour by hour, in one seed's two months? (hours: truth, ours, at once, posts in 24 h; incidents)"""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "sample_data" / "generate.py"), "--seed", str(seed), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        files = [("posts.csv", (Path(folder) / "posts.csv").read_bytes())]
        incidents = pd.read_csv(Path(folder) / "incidents.csv", encoding="utf-8-sig")
        truth = pd.read_csv(Path(folder) / "incident_levels.csv", encoding="utf-8-sig")
    posts = read_many(files, pd.Timestamp.now(tz=TIMEZONE)).posts
    told, events = with_events(annotate(posts, current_model(model_path(), CORPUS)))
    cube = count(told)
    found = brief_cube(cube, Profile(), cube["hour"].max(), events=events)
    levels = {"ours": found.assessment.timeline["level"], "at once": found.everything.timeline["level"]}
    hours = pd.DataFrame(levels).assign(posts=found.situation.hourly["posts"].rolling(24, min_periods=1).sum())
    truth["hour"] = pd.to_datetime(truth["hour"]).dt.tz_localize(TIMEZONE)
    true = truth.groupby("hour")["level"].agg(lambda names: max(int(Level[name]) for name in names))
    hours["truth"] = true.reindex(hours.index)
    incidents["peak"] = pd.to_datetime(incidents["peak"]).dt.tz_localize(TIMEZONE)
    return hours, incidents


def rival(posts: pd.Series, bounds: tuple[float, float, float]) -> np.ndarray:
    """Which level do three thresholds on the posts of 24 hours give?"""
    return np.digitize(posts, bounds)


def best_bounds(hours: pd.DataFrame) -> tuple[float, float, float]:
    """Which three thresholds agree best with the truth on one seed? Searched over deciles of the volume."""
    steps = sorted(set(hours["posts"].quantile(np.linspace(0.3, 0.999, 18))))
    truth = hours["truth"].fillna(0)
    choices = [(a, b, c) for a in steps for b in steps for c in steps if a < b < c]
    return max(choices, key=lambda bounds: (rival(hours["posts"], bounds) == truth).mean())


def figures(name: str, level: pd.Series, hours: pd.DataFrame, incidents: pd.DataFrame) -> tuple[int, float, int]:
    """How right is one way of judging: peaks right, share of incident hours right, alarm hours outside?"""
    inside = hours["truth"].notna()
    peaks = [Level(int(level[row.peak])).name == row.level for row in incidents.itertuples()]
    share = float((level[inside] == hours["truth"][inside]).mean())
    alarms = int((level[~inside] > 0).sum())
    print(f"  {name:7} peaks right {sum(peaks)} of {len(peaks)}, hours right {share:.2f}, alarm hours outside {alarms}")
    return sum(peaks), share, alarms


def main() -> None:
    """What does the comparison say, seed by seed and as medians?"""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103, 104, 105])
    seeds = options.parse_args().seeds
    bounds, found = None, []
    for seed in seeds:
        hours, incidents = hours_of(seed)
        bounds = bounds or best_bounds(hours)
        print(f"seed {seed}")
        ours = figures("desk", hours["ours"], hours, incidents)
        once = figures("at once", hours["at once"], hours, incidents)
        peer = figures("volume", pd.Series(rival(hours["posts"], bounds), index=hours.index), hours, incidents)
        found.append((*ours, *once, *peer))
    names = [f"{way} {what}" for way in ("desk", "at once", "volume") for what in ("peaks", "hours", "alarms")]
    print("median:", ", ".join(f"{name} {median(row[at] for row in found):g}" for at, name in enumerate(names)))


if __name__ == "__main__":
    main()
