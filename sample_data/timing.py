"""When does each story start, and how many posts come in each hour?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_data.stories import PLANNED_POSTS, STORIES, Story

FIRST_DAY = "2025-09-20"
DEFAULT_SEED = 20250920
DAY_S = 86_400

HOURLY = (30, 20, 13, 9, 8, 12, 25, 45, 70, 92, 105, 108, 98, 84, 88, 90, 90, 88, 92, 105, 118, 115, 92, 58)
WEEKLY = (1.06, 1.03, 1.01, 1.0, 0.99, 0.94, 0.97)  # Monday first


def rhythm(start: int, hours: int) -> np.ndarray:
    """How busy is each of `hours` hours from hour `start` (since the first day), on average 1?"""
    hour = np.arange(start, start + hours)
    weekday = (np.datetime64(FIRST_DAY).astype(int) + 3 + hour // 24) % 7
    return np.asarray(HOURLY)[hour % 24] / np.mean(HOURLY) * np.asarray(WEEKLY)[weekday]


def scheduled(seed: int, days: int, posts: int) -> tuple[Story, ...]:
    """Which stories fit into `days`, on which day does each start, and how many posts does each wave hold?

    The default seed takes days and volumes as the facts state them. Any other seed moves each start by up
    to two days (the hour of the day stays, no two stories overlap) and each volume by up to 15%.
    """
    rng = np.random.default_rng([seed, 1])
    stories: list[Story] = []
    for story in STORIES:
        if story.start + story.end > days * 24:
            continue
        free = stories[-1].start + stories[-1].end if stories else 0
        shifts = [
            shift
            for shift in range(-2, 3)
            if free < story.start + 24 * shift and story.start + 24 * shift + story.end <= days * 24
        ]
        drawn, factor = shifts[rng.integers(len(shifts))], rng.uniform(0.85, 1.15)
        shift, factor = (0, 1.0) if seed == DEFAULT_SEED else (drawn, factor)
        stories.append(_scaled(replace(story, day=story.day + shift), factor * posts / PLANNED_POSTS))
    return tuple(stories)


def _scaled(story: Story, factor: float) -> Story:
    """How does the story look with this many times its posts?"""
    return replace(story, waves=tuple(replace(wave, posts=wave.posts * factor) for wave in story.waves))


def story_intensity(story: Story) -> np.ndarray:
    """How many posts are expected in each hour of the story?

    A sum of rise-and-decay waves times the daily and weekly rhythm; each wave holds its stated posts.
    """
    busy, total = rhythm(story.start, story.end), np.zeros(story.end)
    for wave in story.waves:
        age = np.maximum(np.arange(story.end) + 0.5 - wave.hour, 0.0)
        shape = (1 - np.exp(-age / wave.rise)) * np.exp(-age / wave.decay) * busy
        total += wave.posts * shape / shape.sum()
    return total


def daily_intensity(rng: np.random.Generator, days: int, posts: float) -> np.ndarray:
    """How many posts of everyday talk are expected in each hour of all days (no two days quite alike)?"""
    shape = rhythm(0, days * 24) * np.repeat(rng.lognormal(0.0, 0.15, days), 24)
    return posts * shape / shape.sum()


def arrival_seconds(rng: np.random.Generator, intensity: np.ndarray) -> np.ndarray:
    """At which second since the start does each post come (Poisson by hour, even within the hour)?"""
    hours = np.repeat(np.arange(len(intensity)), rng.poisson(intensity))
    return np.sort(hours * 3600 + rng.integers(0, 3600, len(hours)))
