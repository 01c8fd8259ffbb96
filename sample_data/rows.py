"""Which posts does one story have: when, which text, by whom, on which platform, from which parent?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.authors import CENTRAL, LOCAL, MEDIA, OFFICES, PROVINCIAL, SELF_MEDIA, TRADE, office_of
from sample_data.stories import Story
from sample_data.wording import Template

PLATFORMS = ("微博", "小红书", "抖音", "快手", "微信", "新闻", "今日头条", "知乎", "B站", "问政", "12345")
PLATFORM_OF_VOICE = {
    "weibo": {"微博": 1.0},
    "xiaohongshu": {"小红书": 1.0},
    "douyin": {"抖音": 0.82, "快手": 0.18},
    "wechat": {"微信": 1.0},
    "letter": {"12345": 0.5, "问政": 0.5},
    "headline": {"新闻": 0.5, "微博": 0.2, "今日头条": 0.18, "微信": 0.12},
    "notice": {"微信": 0.5, "微博": 0.5},
    "comment": {"微博": 0.44, "今日头条": 0.2, "知乎": 0.12, "B站": 0.12, "快手": 0.12},
}
VOICE_SHARE = {
    "weibo": 0.35, "comment": 0.32, "douyin": 0.12, "xiaohongshu": 0.08, "headline": 0.07, "letter": 0.03,
    "wechat": 0.03, "notice": 0.0,
}  # fmt: skip
DAILY_VOICE_SHARE = VOICE_SHARE | {
    "comment": 0.18,
    "xiaohongshu": 0.16,
    "letter": 0.05,
    "wechat": 0.05,
    "notice": 0.03,
}
TIER_SHARE = {CENTRAL: 0.12, PROVINCIAL: 0.25, LOCAL: 0.4, TRADE: 0.13, SELF_MEDIA: 0.1}
EARLIER_PHASE_SHARE = 0.12
QUIET_PHASES = ("start", "decline")
DAILY_REPOST_SHARE, STORY_REPOST_SHARE = 0.06, 0.45
PARENTS = 40
# Delays of reposts: half within 3.7 h, 90% within 28.9 h (CED weibo cascades, 2010-2014): log-normal.
DELAY_MEDIAN_S, DELAY_SIGMA = 3.7 * 3600, np.log(28.9 / 3.7) / 1.2816


def draw_templates(
    rng: np.random.Generator,
    templates: tuple[Template, ...],
    use: str,
    phases: np.ndarray,
    taken: frozenset[int],
) -> np.ndarray:
    """Which text does each post take, given the phase that it falls into?

    Voices come in fixed shares; within a voice each text is as likely as the next. `taken` texts belong to
    single posts of the facts and are not drawn.
    """
    shares, out = DAILY_VOICE_SHARE if use == "daily" else VOICE_SHARE, np.zeros(len(phases), np.int64)
    for phase in pd.unique(phases):
        fits = [i for i, t in enumerate(templates) if (t.use, t.phase) == (use, phase) and i not in taken]
        voices = pd.Series([templates[i].voice for i in fits])
        weight = (voices.map(shares) / voices.map(voices.value_counts())).to_numpy(float)
        here = phases == phase
        out[here] = rng.choice(fits, here.sum(), p=weight / weight.sum())
    return out


def draw_phases(rng: np.random.Generator, story: Story, seconds: np.ndarray) -> np.ndarray:
    """Which phase does each post speak from? Mostly the present one, at times still the one before."""
    starts = np.array([hour for hour, _ in story.phases])
    names = np.array([phase for _, phase in story.phases])
    now = np.searchsorted(starts, seconds // 3600, side="right") - 1
    late = (rng.random(len(now)) < EARLIER_PHASE_SHARE) & (now > 0) & (names[now] != "again")
    return names[now - late]


def draw_platforms(rng: np.random.Generator, voices: np.ndarray) -> np.ndarray:
    """On which platform (its number in PLATFORMS) does each voice speak?"""
    out = np.zeros(len(voices), np.int8)
    for voice, shares in PLATFORM_OF_VOICE.items():
        here = voices == voice
        numbers = [PLATFORMS.index(name) for name in shares]
        out[here] = rng.choice(numbers, here.sum(), p=list(shares.values()))
    return out


def draw_authors(rng: np.random.Generator, pool: pd.DataFrame, rows: pd.DataFrame, story: Story | None) -> np.ndarray:
    """Who writes each post (row number in the pool)? Media report from the hours the story states."""
    out = np.zeros(len(rows), np.int64)
    kinds = _kinds(rng, rows, story)
    for kind in sorted(set(kinds)):
        here, members = kinds == kind, np.flatnonzero(pool["kind"].to_numpy() == kind)
        activity = 1.0 / (np.arange(len(members)) + 20.0) ** 0.6
        out[here] = rng.choice(members, here.sum(), p=activity / activity.sum())
    return out


def _kinds(rng: np.random.Generator, rows: pd.DataFrame, story: Story | None) -> np.ndarray:
    """Which kind of account writes each post?"""
    voices, hours = rows["voice"].to_numpy(), rows["second"].to_numpy() // 3600
    quiet, wide = story.home if story else (0.92, 0.92)
    home = np.where(np.isin(rows["phase"], QUIET_PHASES), quiet, wide)
    kinds = np.where(rng.random(len(rows)) < home, "local", "outside").astype(object)
    kinds[voices == "letter"] = "citizen"
    for voice, tiers in (("headline", tuple(MEDIA)), ("wechat", (LOCAL, TRADE, SELF_MEDIA))):
        here = np.flatnonzero(voices == voice)
        kinds[here] = _tiers(rng, tiers, hours[here], story)
    notice = voices == "notice"
    kinds[notice] = [office_of(text) for text in rows.loc[notice, "text"]]
    return kinds


def _tiers(rng: np.random.Generator, tiers: tuple[str, ...], hours: np.ndarray, story: Story | None) -> np.ndarray:
    """Which media tier reports at each hour?"""
    weight = np.tile([TIER_SHARE[tier] for tier in tiers], (len(hours), 1))
    begin = {PROVINCIAL: story.provincial if story else None, CENTRAL: story.central if story else None}
    for column, tier in enumerate(tiers):
        if tier in begin:
            first = begin[tier]
            weight[:, column] *= np.zeros(len(hours)) if first is None else hours >= first
    edges = weight.cumsum(axis=1)
    drawn = (rng.random((len(hours), 1)) * edges[:, -1:] > edges).sum(axis=1)
    return np.array(tiers, dtype=object)[drawn]


def choose_parents(rng: np.random.Generator, rows: pd.DataFrame, use: str) -> np.ndarray:
    """Which earlier popular weibo does each repost pass on (its row number, -1 = an original)?

    The time of a repost is kept; the likelier parent is the more popular one at a likelier delay.
    """
    parents = np.full(len(rows), -1)
    weibo = (rows["platform"] == PLATFORMS.index("微博")).to_numpy() & rows["fact"].isna().to_numpy()
    share = DAILY_REPOST_SHARE if use == "daily" else STORY_REPOST_SHARE
    reposts = np.flatnonzero(weibo & (rows["voice"] == "weibo").to_numpy() & (rng.random(len(rows)) < share))
    can = (rows["platform"] == PLATFORMS.index("微博")).to_numpy().copy()
    can[reposts] = False
    likes, second = rows["likes"].to_numpy(), rows["second"].to_numpy()
    originals = np.flatnonzero(can)
    top = originals[np.argsort(-likes[originals], kind="stable")[: PARENTS * (5 if use == "daily" else 1)]]
    for part in np.array_split(reposts, max(1, len(reposts) // 20_000)):
        delay = second[part][:, None] - second[top][None, :]
        log_delay = np.log(np.maximum(delay, 1) / DELAY_MEDIAN_S)
        weight = np.exp(-0.5 * (log_delay / DELAY_SIGMA) ** 2) / np.maximum(delay, 60)
        weight = np.where(delay > 0, weight, 0.0) * (likes[top] + 10.0) ** 0.8
        edges = weight.cumsum(axis=1)
        drawn = (rng.random((len(part), 1)) * edges[:, -1:] >= edges).sum(axis=1)
        found = (edges[:, -1] > 0) & (drawn < len(top)) if len(top) else np.zeros(len(part), bool)
        parents[part[found]] = top[drawn[found]]
    return parents


def pinned(templates: tuple[Template, ...], story: Story) -> pd.DataFrame:
    """Which posts stand for the story's facts? A notice goes out on WeChat and on weibo."""
    number = {name: i for i, name in enumerate(PLATFORMS)}
    found = []
    for i, fact in enumerate(story.facts):
        if fact.speaker is None:
            continue
        (at,) = [n for n, t in enumerate(templates) if t.use == story.key and fact.text in t.text]
        voice = templates[at].voice
        posted = ("微信", "微博") if voice == "notice" else (("新闻", "微博") if voice == "headline" else ("",))
        for platform in posted:
            name = platform or max(PLATFORM_OF_VOICE[voice], key=lambda p: PLATFORM_OF_VOICE[voice][p])
            found.append((fact.hour, i, at, number[name], fact.speaker, fact.boost))
    return pd.DataFrame(found, columns=["hour", "fact", "template", "platform", "speaker", "boost"])


def speaker_kind(speaker: str) -> str:
    """Which kind of account is this speaker of a fact?"""
    tiers = {"central": CENTRAL, "provincial": PROVINCIAL, "local": LOCAL, "self_media": SELF_MEDIA}
    return tiers.get(speaker, speaker if speaker in OFFICES else "local")
