"""What would a monitoring vendor have exported about a hospital in these days? SYNTHETIC data.

    python sample_data/generate.py --seed 20250920 --days 60 --posts 12600 --out sample_data

The hospital (青禾市第一人民医院), every account, medium and event are invented.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

if not __package__:  # run as a script: its folder is on the path, the project is not
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sample_data.authors import author_pool
from sample_data.export import clock, table, week_table
from sample_data.interactions import add_likes, add_reactions
from sample_data.rows import (
    choose_parents,
    draw_authors,
    draw_phases,
    draw_platforms,
    draw_templates,
    pinned,
    speaker_kind,
)
from sample_data.stories import Story, level_at
from sample_data.timing import (
    DAY_S,
    DEFAULT_SEED,
    arrival_seconds,
    daily_intensity,
    scheduled,
    story_intensity,
)
from sample_data.wording import Template, read_templates

DUPLICATE_SHARE = 0.005
CHUNK = 50_000


def build(seed: int, days: int, posts: int) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Story, ...]]:
    """Which posts are there, in numbers only (texts are written later), by whom, and in which stories?

    Returns the rows (time order, duplicates included; `story` is the number in the stories, -1 = daily
    talk), the pool of authors, and the stories as scheduled.
    """
    templates, stories = read_templates(), scheduled(seed, days, posts)
    pool = author_pool(np.random.default_rng([seed, 2]), 4000 + posts // 10)
    rest = max(posts - sum(story.posts for story in stories), 0.0)
    parts = []
    for number, story in enumerate((None, *stories), start=-1):
        rng = np.random.default_rng([seed, 4 + number])
        intensity = story_intensity(story) if story else daily_intensity(rng, days, rest)
        part = _story_rows(rng, story, arrival_seconds(rng, intensity), templates, pool)
        parts.append(part.assign(story=np.int8(number)))
    rows = pd.concat(parts, ignore_index=True)
    again = np.random.default_rng([seed, 3]).random(len(rows)) < DUPLICATE_SHARE
    rows = pd.concat([rows, rows[again]]).sort_values(["second", "draw"], kind="stable", ignore_index=True)
    return rows, pool, stories


def _story_rows(
    rng: np.random.Generator,
    story: Story | None,
    seconds: np.ndarray,
    templates: tuple[Template, ...],
    pool: pd.DataFrame,
) -> pd.DataFrame:
    """Which posts does one story (None: daily talk) have, in numbers?"""
    use = story.key if story else "daily"
    facts = pinned(templates, story) if story else None
    phases = draw_phases(rng, story, seconds) if story else np.full(len(seconds), "-")
    taken = {int(n) for n in facts["template"] if templates[n].voice != "headline"} if facts is not None else set()
    drawn = draw_templates(rng, templates, use, phases, frozenset(taken))
    rows = pd.DataFrame({"second": np.maximum(seconds, 60), "template": drawn, "fact": np.nan, "boost": 0.0})
    if facts is not None:
        posted = facts["hour"] * 3600 + rng.integers(0, 60, len(facts))
        rows = pd.concat([facts[["template", "fact", "boost"]].assign(second=posted), rows], ignore_index=True)
    rows = _describe(rng, rows, templates, facts)
    rows["author"] = _authors(rng, rows, pool, story, facts)
    rows = add_likes(rng, rows, pool["followers"].to_numpy()[rows["author"]], story)
    rows["parent"] = choose_parents(rng, rows, use)
    return _numbers(rng, add_reactions(rng, rows, story), story)


def _describe(
    rng: np.random.Generator, rows: pd.DataFrame, templates: tuple[Template, ...], facts: pd.DataFrame | None
) -> pd.DataFrame:
    """What do the texts' labels say of each post? Adds voice, phase, sentiment, text, platform."""
    table = pd.DataFrame([(t.voice, t.phase, t.sentiment, t.text) for t in templates])
    table = table.set_axis(["voice", "phase", "sentiment", "text"], axis=1).astype(object)
    rows = rows.join(table, on="template")
    rows["platform"] = draw_platforms(rng, rows["voice"].to_numpy())
    if facts is not None:
        rows.loc[: len(facts) - 1, "platform"] = facts["platform"].to_numpy(np.int8)
    return rows


def _authors(
    rng: np.random.Generator,
    rows: pd.DataFrame,
    pool: pd.DataFrame,
    story: Story | None,
    facts: pd.DataFrame | None,
) -> np.ndarray:
    """Who writes each post? Facts have speakers of their own; all posts of one fact share the speaker."""
    authors = draw_authors(rng, pool, rows, story)
    if facts is not None:
        for _, same in facts.groupby("fact"):
            kind = speaker_kind(same["speaker"].iloc[0])
            authors[same.index] = rng.choice(np.flatnonzero(pool["kind"].to_numpy() == kind))
    return authors


def _numbers(rng: np.random.Generator, rows: pd.DataFrame, story: Story | None) -> pd.DataFrame:
    """What is kept of each post for writing: numbers only, the parent by its own text, draw and author?"""
    start = story.start * 3600 if story else 0
    draw = rng.integers(1, 1 << 60, len(rows))
    parent, child = rows["parent"].to_numpy(), rows["parent"].to_numpy() >= 0
    kept = rows[["template", "platform", "author", "likes", "comments", "reposts", "reads"]]
    return kept.assign(
        second=rows["second"] + start,
        draw=draw,
        parent_draw=np.where(child, draw[parent], -1),
        parent_template=np.where(child, rows["template"].to_numpy()[parent], -1),
        parent_author=np.where(child, rows["author"].to_numpy()[parent], -1),
    )


def incident_tables(stories: tuple[Story, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is the truth: incidents (one row each) and their level by hour?"""

    def iso(hour: int) -> str:
        return clock(np.array([hour * 3600]))[0].replace(" ", "T")

    incidents = [(s.name, s.topic, *(iso(s.start + h) for h in (0, s.peak, s.end)), s.level) for s in stories]
    levels = [(iso(s.start + h), s.name, level_at(s, h)) for s in stories for h in range(s.end + 1)]
    return (
        pd.DataFrame(incidents, columns=["name", "topic", "start", "peak", "end", "level"]),
        pd.DataFrame(levels, columns=["hour", "name", "level"]),
    )


def week_rows(rows: pd.DataFrame, stories: tuple[Story, ...], days: int) -> pd.DataFrame:
    """Which posts fall into the week that holds the sudden outbreak (else the last week)?"""
    first = next((story.day - 1 for story in stories if story.key == "surgery"), max(days - 7, 0))
    return rows[rows["second"].between(first * DAY_S, (first + 7) * DAY_S - 1)]


def write(frames: Iterator[pd.DataFrame], path: Path, encoding: str) -> None:
    """Which file holds these frames, one after the other under one header, the same on every system?"""
    with path.open("w", encoding=encoding, newline="") as file:
        for number, frame in enumerate(frames):
            frame.to_csv(file, index=False, header=number == 0, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


def generate(seed: int, days: int, posts: int, out: Path) -> None:
    """Which four files hold the synthetic posts and the truth about them? Writes them to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    rows, pool, stories = build(seed, days, posts)
    templates = read_templates()

    def tables(part: pd.DataFrame) -> Iterator[pd.DataFrame]:
        for first in range(0, max(len(part), 1), CHUNK):
            yield table(part.iloc[first : first + CHUNK], pool, stories, templates, days)

    incidents, levels = incident_tables(stories)
    week = week_rows(rows, stories, days)
    write(tables(rows), out / "posts.csv", "utf-8-sig")
    write((week_table(posts) for posts in tables(week)), out / "posts_gb18030.csv", "gb18030")
    write(iter([incidents]), out / "incidents.csv", "utf-8")
    write(iter([levels]), out / "incident_levels.csv", "utf-8")


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Which seed, days, number of posts and folder does the user want?"""
    parser = argparse.ArgumentParser(
        description="Write SYNTHETIC posts about an invented hospital, and the truth about them."
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="same seed, same bytes")
    parser.add_argument("--days", type=int, default=60, help="days from 2025-09-20")
    parser.add_argument("--posts", type=int, default=12_600, help="expected number of posts")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to")
    return parser.parse_args(argv)


if __name__ == "__main__":
    given = arguments()
    generate(given.seed, given.days, given.posts, given.out)
