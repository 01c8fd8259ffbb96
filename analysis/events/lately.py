"""What is different in the last six hours? Each answer is a sentence with its numbers, or none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import bdtr, bdtrc

from analysis.classify.prevalence import negative_share
from analysis.events.naming import private_names
from analysis.language import Text, _
from analysis.parts import Part
from analysis.posts.privacy import masked_series
from analysis.schema import Level, MediaTier, Platform, Stage
from analysis.signals.burst import bursting
from analysis.signals.clock import whole_hour
from analysis.signals.wording import LEAST_TEXTS, spoken, telling

LATELY, DATED = 6, 24  # hours that are compared with as many before them; the latter where posts tell dates alone
SURE = 0.05  # on either side, 90% in all
NOTABLE = 1.2  # times; a smaller change is no trend to a reader, however sure a thousand posts make it
HEAT_STEP = 5.0  # points; cooling alone takes one or two in six hours
HEARD_FAR = (str(MediaTier.CENTRAL), str(MediaTier.PROVINCIAL))
FOLLOWED = 1_000_000  # followers from which one account alone is loud
OFTEN, OF_ALL = 5, 0.2  # posts, and their share, from which an account that writes much is loud
MOST_WORDS, TEXTS = 5, 300  # words in a sentence; texts a side that are read for them
QUOTED = 60  # characters of a statement
HOUR = pd.Timedelta(hours=1)
BURST_TEXTS = {  # of what: that it began, that it is over
    "posts": (
        _("A burst of posts began at {onset}."),
        _("The burst of posts that began at {onset} is over; it ended at {end}."),
    ),
    "negative": (
        _("A burst of negative posts began at {onset}."),
        _("The burst of negative posts that began at {onset} is over; it ended at {end}."),
    ),
}


@dataclass(frozen=True)
class Lately:
    """Which hours are compared: rows of situation.hourly, `now` from `start` on and `before`, at most `hours` each.

    share (0, 1): of the time of both, how much is `now`'s, for the last hour may have only begun; NaN without a before.
    """

    start: pd.Timestamp
    hours: int
    now: pd.DataFrame
    before: pd.DataFrame
    share: float


def lately(part: Part) -> Lately:
    """Which hours are "lately", and which lie before? The last 6 and the 6 before; days where only dates are told."""
    hourly, as_of, dated = part.situation.hourly, part.situation.as_of, only_dates(part)
    hours = DATED if dated else LATELY
    now, before = hourly.iloc[-hours:], hourly.iloc[-2 * hours : -hours]
    begun = 1.0 if dated else min((as_of - whole_hour(as_of) + pd.Timedelta(seconds=1)) / HOUR, 1.0)
    time = len(now) - 1 + begun
    share = time / (time + len(before)) if len(before) else np.nan
    return Lately(hourly.index[-1] - (hours - 1) * HOUR, hours, now, before, share)


def only_dates(part: Part) -> bool:
    """Do its posts tell dates without times? Then the first stands at midnight to the second, and all in that hour."""
    posts = part.situation.hourly["posts"]
    return part.began == part.began.normalize() and bool((pd.DatetimeIndex(posts[posts > 0].index).hour == 0).all())


def direction(window: Lately) -> int:
    """Were there surely more posts an hour now than before (1), surely fewer (-1), or neither (0)?"""
    now, before = (int(rows["posts"].sum()) for rows in (window.now, window.before))
    if np.isnan(window.share) or now + before == 0:
        return 0
    rate, usual = now / window.share, before / (1 - window.share)
    if rate >= NOTABLE * usual and bdtrc(now - 1, now + before, window.share) <= SURE:
        return 1
    return -1 if usual >= NOTABLE * rate and bdtr(now, now + before, window.share) <= SURE else 0


def told(time: pd.Timestamp) -> str:
    """How is a time told in a sentence?"""
    return f"{time:%m-%d %H:%M}"


def counted(window: Lately) -> dict[str, object]:
    """How many posts came lately and before, and since when is lately? Values of a message."""
    now, before = (int(rows["posts"].sum()) for rows in (window.now, window.before))
    return {"posts": now, "time": told(window.start), "before": before, "hours": window.hours}


def unchanged(window: Lately) -> Text:
    """How is it said that nothing changed?"""
    return _("Nothing changed: {posts:,} posts since {time}, {before:,} in the {hours} h before.", **counted(window))


def beginning(part: Part, now: pd.DataFrame) -> tuple[Text, ...]:
    """How is it said that the event is new? now: its posts."""
    platforms = tuple(Platform(name).label for name in now["platform"].unique())
    began = told(part.began)
    return (_("It began at {time}: {posts:,} posts on {platforms}.", time=began, posts=len(now), platforms=platforms),)


def post_change(window: Lately) -> tuple[Text, ...]:
    """Do surely more or fewer posts come?"""
    way = direction(window)
    if way > 0:
        return (_("More posts: {posts:,} since {time}, {before:,} in the {hours} h before.", **counted(window)),)
    if way < 0:
        return (_("Fewer posts: {posts:,} since {time}, {before:,} in the {hours} h before.", **counted(window)),)
    return ()


def level_change(part: Part, window: Lately) -> tuple[Text, ...]:
    """Was the level raised or lowered? Before the first hour it was ROUTINE."""
    levels, now = part.assessment.timeline["level"], part.assessment.level
    before = Level(int(levels.iloc[-1 - window.hours])) if len(levels) > window.hours else Level.ROUTINE
    values = {"now": now.label, "before": before.label, "time": told(part.assessment.since)}
    if now > before:
        return (_("Level raised from {before} to {now} at {time}.", **values),)
    return (_("Level lowered from {before} to {now} at {time}.", **values),) if now < before else ()


def stage_change(part: Part, window: Lately) -> tuple[Text, ...]:
    """Is it in another stage than before? Before the first hour it was settled."""
    stage = part.situation.hourly["stage"]
    before = Stage(stage.iloc[-1 - window.hours]) if len(stage) > window.hours else Stage.SETTLED
    now, reached = Stage(stage.iloc[-1]), told(since(stage))
    if now == before:
        return ()
    return (_("Stage: {now} since {time}, {before} before.", now=now.label, time=reached, before=before.label),)


def since(stage: pd.Series) -> pd.Timestamp:
    """Since which hour has the last value of a series stood?"""
    changed: pd.Timestamp = stage.index[np.flatnonzero((stage != stage.shift()).to_numpy(dtype=bool))[-1]]
    return changed


def heat_change(window: Lately) -> tuple[Text, ...]:
    """Is it notably hotter or cooler than at the end of the hours before? Before the first hour it was 0."""
    now = float(window.now["heat"].iloc[-1])
    before = float(window.before["heat"].iloc[-1]) if len(window.before) else 0.0
    if abs(now - before) < HEAT_STEP:
        return ()
    return (_("Heat {now:.0f}, {hours} h ago {before:.0f}.", now=now, hours=window.hours, before=before),)


def share_change(part: Part, window: Lately) -> tuple[Text, ...]:
    """Is the negative share surely another (90%)? As it is shown elsewhere: corrected where the error rates are known.

    The difference of two shares, judged from the interval of each (Newcombe 1998, method 10). Where the classifier's
    error rates are unsure, both intervals hold that doubt: a change must then be larger to be sure.
    """
    sums = ([rows[name].sum() for rows in (window.before, window.now)] for name in ("negative", "lean", "posts"))
    negative, lean, posts = (np.array(pair, dtype=float) for pair in sums)
    if not posts.all():
        return ()
    (was, share), low, high = negative_share(negative, lean, posts, part.assessment.read.rates)
    doubt = (share - low[1], high[0] - was) if share > was else (high[1] - share, was - low[0])
    if abs(share - was) <= np.hypot(*doubt):
        return ()
    return (
        _(
            "Negative share: {share:.0%} of {posts:,} posts since {time}, {was:.0%} of {before:,} in the {hours} h "
            "before.",
            share=float(share),
            was=float(was),
            **counted(window),
        ),
    )


def burst_changes(part: Part, window: Lately) -> tuple[Text, ...]:
    """Which bursts were called, and which were over, within these hours?"""
    hourly, bursts, found = part.situation.hourly, part.situation.bursts, []
    for of, (begun, over) in BURST_TEXTS.items():
        runs = bursting(hourly[of].to_numpy(dtype=float), pd.DatetimeIndex(hourly.index))
        ran = len(runs) > window.hours and bool(runs[-1 - window.hours])
        if bool(runs[-1]) != ran:
            burst = bursts[bursts["of"] == of].iloc[-1]
            values = {"onset": told(burst["onset"])} | ({"end": told(burst["end"])} if ran else {})
            found.append(Text((over if ran else begun).msgid, tuple(values.items())))
    return tuple(found)


def statements(official: pd.DataFrame | None, window: Lately) -> tuple[Text, ...]:
    """What did the own accounts say, how often, and what last? official: None = not known which accounts these are."""
    if official is None or (said := official[official["published_at"] >= window.start]).empty:
        return ()
    last = said.sort_values("published_at", kind="stable").iloc[-1]
    return (
        _(
            "Official statements: {posts:,} since {start}; at {time} on {platform}: “{text}”",
            posts=len(said),
            start=told(window.start),
            time=told(last["published_at"]),
            platform=Platform(last["platform"]).label,
            text=cut(hidden(last["text"])),
        ),
    )


def cut(text: str) -> str:
    """How does a long text stand in a sentence?"""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}…"


def hidden(text: str) -> str:
    """How does a single text read without personal data?"""
    return str(masked_series(pd.Series([text], dtype="str")).iloc[0])


def joined(now: pd.DataFrame, earlier: pd.DataFrame, window: Lately) -> tuple[Text, ...]:
    """On which platforms is it talked of for the first time? None where all of it is new."""
    if now.empty or earlier.empty:
        return ()
    counts = now.loc[~now["platform"].isin(earlier["platform"].unique()), "platform"].value_counts()
    new = tuple(_("{name} {count:,}", name=Platform(name).label, count=posts) for name, posts in counts.items())
    return (_("New platforms since {time}: {platforms}", time=told(window.start), platforms=new),) if new else ()


def new_words(now: pd.DataFrame, earlier: pd.DataFrame) -> tuple[Text, ...]:
    """Which words set the posts of now apart from all earlier ones? None that holds the name of a private person."""
    if earlier.empty or len(now) < LEAST_TEXTS:
        return ()
    read: dict[str, tuple[str, ...]] = {}
    here, there = (spoken(posts, TEXTS, read) for posts in (now, earlier))
    secret = private_names(pd.concat([now.loc[here.index], earlier.loc[there.index]]))
    weights = telling(here["words"].tolist(), there["words"].tolist())
    words = tuple(word for word in weights if not any(name in word for name in secret))[:MOST_WORDS]
    return (_("Said more than before: {words}", words=words),) if words else ()


def loud_accounts(now: pd.DataFrame, earlier: pd.DataFrame, official: pd.DataFrame | None) -> tuple[Text, ...]:
    """Which loud account speaks of it for the first time? The loudest, and how many more there are.

    Central media come first, then the most followed. Own accounts (masked in `official`) are not meant.
    """
    if now.empty:
        return ()
    found = loud(now)
    before = earlier[["platform", "author"]][earlier["author"].isin(found["author"]).to_numpy(dtype=bool)]
    known = set(zip(before["platform"], before["author"], strict=True))
    own = set() if official is None else set(zip(official["platform"], official["author"], strict=True))
    pairs = zip(found["platform"], found["author"], strict=True)
    found = found[[pair not in known and (pair[0], hidden(pair[1])) not in own for pair in pairs]]
    if found.empty:
        return ()
    order = ["rank", "followers", "posts", "platform", "author"]
    loudest = found.sort_values(order, ascending=[True, False, False, True, True]).iloc[0]
    if len(found) > 1:
        return (_("New loud accounts: {account}, and {more:,} more", account=named(loudest), more=len(found) - 1),)
    return (_("New loud account: {account}", account=named(loudest)),)


def loud(posts: pd.DataFrame) -> pd.DataFrame:
    """Which accounts (a name on a platform) are loud? platform, author, rank (0 = central media), followers, posts.

    Loud: central or provincial media, a million followers, or a fifth of the posts and five.
    """
    spoke = posts[["platform", "author", "followers"]].assign(rank=np.nan, posts=1)
    for rank, tier in enumerate(HEARD_FAR):
        spoke.loc[(posts["media_tier"] == tier).to_numpy(dtype=bool), "rank"] = rank
    groups = spoke[(spoke["author"] != "").to_numpy(dtype=bool)].groupby(["platform", "author"], as_index=False)
    found = groups.agg({"rank": "min", "followers": "max", "posts": "sum"})
    much = (found["posts"] >= OFTEN) & (found["posts"] >= OF_ALL * len(posts))
    return found[found["rank"].notna() | (found["followers"].fillna(0) >= FOLLOWED) | much]


def named(found: pd.Series) -> Text:
    """How is an account told: by its name (masked), its platform, and what makes it loud?"""
    facts: list[Text] = [] if pd.isna(found["rank"]) else [MediaTier(HEARD_FAR[int(found["rank"])]).label]
    if pd.notna(found["followers"]) and found["followers"] > 0:
        facts.append(_("{followers:,} followers", followers=int(found["followers"])))
    if found["posts"] > 1:
        facts.append(_("{posts:,} posts", posts=int(found["posts"])))
    return _("“{author}” ({facts})", author=hidden(found["author"]), facts=(Platform(found["platform"]).label, *facts))
