"""How hot is it, on a scale that compares between hospitals? Form: BCI, see docs/formulas.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import Text, _
from analysis.schema import full_text
from analysis.signals.arrival import EVEN, LONGEST, Pace, arrived_share, paces
from analysis.signals.cube import available, risky
from analysis.signals.history import added

PARTS = ("posts", "reposts", "comments", "likes", "reads")


def setting(default: float, label: Text, why: Text, low: float, high: float) -> Any:
    """How is a setting declared? With its shipped value, label, the reason of that value, and range."""
    return field(default=default, metadata={"label": label, "why": why, "low": low, "high": high})


BCI = _("The published communication index (BCI): posts 20%, reposts 32%, comments 32%, likes 16%.")
ONCE = _("A convention, the same in all shipped profiles, so that heat compares between houses.")


@dataclass(frozen=True)
class HeatSettings:
    """How are posts and interactions weighed into heat? The reference is the load that counts as 100."""

    half_life: float = setting(
        24.0, _("Half-life, hours"), _("Talk has a daily rhythm; public hot lists cool faster."), 1.0, 168.0
    )
    posts: float = setting(0.2, _("Weight of posts"), BCI, 0.0, 1.0)
    reposts: float = setting(0.32, _("Weight of reposts"), BCI, 0.0, 1.0)
    comments: float = setting(0.32, _("Weight of comments"), BCI, 0.0, 1.0)
    likes: float = setting(0.16, _("Weight of likes"), BCI, 0.0, 1.0)
    reads: float = setting(
        0.0, _("Weight of reads"), _("Few platforms tell reads, some only up to 100,000; the index has none."), 0.0, 1.0
    )
    posts_at_100: float = setting(5e3, _("Posts at heat 100"), ONCE, 10.0, 1e7)
    reposts_at_100: float = setting(2e5, _("Reposts at heat 100"), ONCE, 10.0, 1e9)
    comments_at_100: float = setting(2e5, _("Comments at heat 100"), ONCE, 10.0, 1e9)
    likes_at_100: float = setting(1e6, _("Likes at heat 100"), ONCE, 10.0, 1e9)
    reads_at_100: float = setting(5e7, _("Reads at heat 100"), ONCE, 10.0, 1e10)


def effective_weights(available: tuple[str, ...], settings: HeatSettings) -> dict[str, float]:
    """Which weight has each part when some columns are missing? Sums to 1; missing ones drop out."""
    weights = {part: getattr(settings, part) for part in PARTS if part == "posts" or part in available}
    total = sum(weights.values())
    if total == 0:  # every weighted column is missing: what is left is the number of posts
        return {"posts": 1.0}
    return {part: weight / total for part, weight in weights.items() if weight > 0}


def heat(sums: Mapping[str, np.ndarray], available: tuple[str, ...], settings: HeatSettings) -> np.ndarray:
    """How hot are these cooled sums of posts and interactions?

    sums: NaN in hours in which a part was not told yet; it drops out there. heat: [0, 100], 0 = silence, 100 = the
    reference or above; logarithmic, so ten times the interactions adds the same step anywhere on the scale.
    heat = k · Σ w·ln(1+sum), with k = 100 / Σ w·ln(1+reference).
    """
    return heat_of_logs({part: np.log1p(sums[part]) for part in ("posts", *available)}, settings)


def heat_of_logs(logs: Mapping[str, np.ndarray], settings: HeatSettings) -> np.ndarray:
    """How hot is it, where ln(1+sum) of each part is known already? See `heat`.

    As the weights cancel out, they need not sum to 1; so what is told later changes no bit of the hours before.
    """
    raw, reference = np.zeros_like(logs["posts"]), np.zeros_like(logs["posts"])
    for part in PARTS:
        weight, full = getattr(settings, part), np.log1p(getattr(settings, f"{part}_at_100"))
        if weight > 0 and part in logs:
            told = ~np.isnan(logs[part])
            raw += weight * logs[part] if told.all() else np.where(told, weight * logs[part], 0.0)
            reference += weight * full * told
    alone = reference == 0  # nothing that weighs was told yet: what is left is the number of posts
    if alone.any():
        full = np.log1p(settings.posts_at_100)
        raw, reference = np.where(alone, logs["posts"], raw), np.where(alone, full, reference)
    return np.minimum(100 * raw / reference, 100.0)


def cooled(per_hour: np.ndarray, half_life: float) -> np.ndarray:
    """What is left of everything so far, when a count loses half of its weight in `half_life` hours?

    Newton cooling along the first axis: the current hour counts whole.
    """
    out, keep, step = np.array(per_hour, dtype=float), 0.5 ** (1 / half_life), 1
    while step < len(out):  # after each turn, out[t] holds the last 2·step hours
        out[step:] += keep**step * out[:-step]
        step *= 2
    return out


def contributions(
    posts: pd.DataFrame,
    as_of: pd.Timestamp,
    settings: HeatSettings,
    most: int = 20,
    history: pd.DataFrame | None = None,
    pace: Pace = EVEN,
) -> pd.DataFrame:
    """Which posts make it hot, and how much of the heat does each make?

    posts: annotated, sorted by published_at; only risk posts up to `as_of` count. history: as in `cube.count`. The
    heat is divided exactly: each part (posts, reposts …) has the share of the heat that its term w·ln(1+sum) has of
    all terms, and a post has of each part what it has of the cooled sum. Returns the `most` hottest (ties: the
    earlier one first): post_id, platform, published_at, author, text (title included; as hostile as it was
    written), heat (points of the 0..100) and of these posts (for being there), reposts, comments, likes, reads.
    Over all posts `heat` sums to the heat of the situation.
    """
    seen = posts[posts["published_at"] <= as_of]
    known = available(seen)
    risk = seen[risky(seen)]
    left = remaining(risk, as_of, known, settings.half_life, history, pace)
    given = dict.fromkeys(PARTS, np.zeros(len(risk))) | divided(left, known, settings)
    total = np.sum(list(given.values()), axis=0)
    first = np.argsort(-total, kind="stable")[:most]
    shown = risk.iloc[first]
    told = {"text": full_text(shown), "heat": total[first], **{part: given[part][first] for part in PARTS}}
    return shown[["post_id", "platform", "published_at", "author"]].assign(**told).reset_index(drop=True)


def divided(left: Mapping[str, np.ndarray], known: tuple[str, ...], settings: HeatSettings) -> dict[str, np.ndarray]:
    """How many points of heat has each post, part by part? left: see `remaining`. Sums to the heat."""
    sums = {part: float(amounts.sum()) for part, amounts in left.items()}
    return {part: left[part] / sums[part] * given for part, given in points(sums, known, settings).items() if given > 0}


def points(sums: Mapping[str, float], known: tuple[str, ...], settings: HeatSettings) -> dict[str, float]:
    """How many points of heat does each part give? In the proportion of their terms; they sum to the heat."""
    weights = effective_weights(known, settings)
    terms = {part: weight * float(np.log1p(sums[part])) for part, weight in weights.items()}
    whole = float(heat({part: np.array(amount) for part, amount in sums.items()}, known, settings))
    total = sum(terms.values())
    return {part: whole * term / total if total > 0 else 0.0 for part, term in terms.items()}


def remaining(
    risk: pd.DataFrame,
    as_of: pd.Timestamp,
    known: tuple[str, ...],
    half_life: float,
    history: pd.DataFrame | None,
    pace: Pace,
) -> dict[str, np.ndarray]:
    """How much of each post, and of its interactions that had come by `as_of`, is left after cooling?

    "posts" and each of `known`: arrays along the posts. Their sums are the cooled sums of the situation.
    """
    age = hour_of(as_of) - hours_of(risk["published_at"])
    left: dict[str, np.ndarray] = {"posts": 0.5 ** (age / half_life)}
    rows = readings(risk, known, history)
    post, slow = rows["post"].to_numpy(), paces(risk["platform"], pace)
    came = np.empty(len(rows))
    for speed in np.unique(slow):
        same = slow[post] == speed
        ages = (rows["begin"].to_numpy()[same], rows["end"].to_numpy()[same], age[post[same]])
        came[same] = cooled_share(*ages, float(speed), half_life)
    for name in known:
        counted = np.nan_to_num(rows[name].to_numpy(dtype="float64", na_value=0.0))
        left[name] = np.bincount(post, weights=counted * came, minlength=len(risk)).astype(float)
    return left


def readings(risk: pd.DataFrame, known: tuple[str, ...], history: pd.DataFrame | None) -> pd.DataFrame:
    """What did each reading of a post's counters add, and at which ages can that have come?

    A row a reading: post (place of the post), begin and end (first and last age in hours), `known` counters.
    """
    hour = hours_of(risk["published_at"])
    end = np.maximum(hours_of(risk["collected_at"]) - hour, 0)
    rows = risk[list(known)].assign(post=np.arange(len(risk)), begin=0, end=end)
    if history is None or history.empty:
        return rows
    found = added(risk, history, known)
    end = np.maximum(hours_of(found["collected"]) - hour[found["post"]], 0)
    later = hours_of(found["since"].fillna(found["collected"])) - hour[found["post"]]
    begin = np.where(found["since"].isna(), 0, np.maximum(later, 0))
    alone = ~np.isin(rows["post"], found["post"])
    return pd.concat([rows[alone], found[[*known, "post"]].assign(begin=begin, end=end)], ignore_index=True)


def cooled_share(begin: np.ndarray, end: np.ndarray, age: np.ndarray, pace: float, half_life: float) -> np.ndarray:
    """What is left, at the post's `age` in hours, of one interaction that came at an age from `begin` to `end`?

    Arrays, both ends included; spread as in `arrival.spread`, what has not come yet is not there, the rest cooled.
    In [0, 1]. Closed form of `cooled` after `arrivals`, for each post by itself: what the ages up to n leave, less
    what those before `begin` leave.
    """
    length = int(np.ceil(LONGEST * pace))
    share = arrived_share(np.arange(length + 1), pace)
    up_to = np.append(cooled(np.diff(share), half_life), 0.0)  # the last place is the sum over no age

    def left(last: np.ndarray) -> np.ndarray:
        inside = np.minimum(last, length - 1)
        return up_to[inside] * 0.5 ** (np.maximum(age - inside, 0) / half_life)

    end = np.where(begin > 0, end, np.minimum(end, length - 1))
    last = np.minimum(end, age)
    by_curve = left(last) - left(begin - 1)
    counted = share[np.minimum(end + 1, length)] - share[np.minimum(begin, length)]
    keep = 0.5 ** (1 / half_life)
    evenly = (keep ** (age - last) - keep ** (age - begin + 1)) / (1 - keep) / (end - begin + 1)
    found = np.where(counted > 0, by_curve / np.where(counted > 0, counted, 1.0), evenly)
    return np.where(age < begin, 0.0, np.clip(found, 0.0, 1.0))


def hours_of(times: pd.Series) -> np.ndarray:
    """In which hour since 1970 does each time lie? Integers."""
    return times.dt.as_unit("us").astype("int64").to_numpy() // 3_600_000_000


def hour_of(time: pd.Timestamp) -> int:
    """In which hour since 1970 does a time lie?"""
    return int(time.timestamp() // 3600)
