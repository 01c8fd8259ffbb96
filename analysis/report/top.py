"""Which posts stand behind a number?"""

from __future__ import annotations

import pandas as pd

from analysis.posts.privacy import masked_series
from analysis.schema import TIMEZONE, full_text
from analysis.signals.arrival import EVEN, Pace, paces, seen_share
from analysis.signals.cube import risky

SHOWN = ["published_at", "platform", "author", "text", "topic", "sentiment", "reposts", "comments", "likes", "copies"]
COUNTERS = ("reposts", "comments", "likes")


def telling_posts(
    posts: pd.DataFrame,
    as_of: pd.Timestamp,
    start: pd.Timestamp,
    split: str = "all",
    value: str = "",
    risk_only: bool = False,
    most: int = 50,
    pace: Pace = EVEN,
) -> pd.DataFrame:
    """Which posts between `start` (included) and `as_of` (included) drew the most interactions?

    posts: annotated. split and value narrow to one topic, sentiment, platform or region. Counters are what is
    estimated to have come by as_of, at the platforms' pace; unknown ones stay NA. Posts of the same text are one row,
    the one that drew most, with their number in `copies`. Returns at most `most` rows of SHOWN, most interactions
    first, personal data masked, in names of accounts too. Text is as hostile as it was written.
    """
    found = posts[posts["published_at"].between(start, as_of)]
    if split != "all":
        found = found[found[split] == value]
    if risk_only:
        found = found[risky(found)]
    share = seen_share(found["published_at"], found["collected_at"], as_of, paces(found["platform"], pace))
    seen = {name: (found[name].astype("Float64") * share).round().astype("Int64") for name in COUNTERS}
    found = found.assign(**seen, drawn=sum(counter.fillna(0) for counter in seen.values()))
    found = found.sort_values("drawn", ascending=False, kind="stable")
    found = found.assign(text=full_text(found))
    found = found.assign(copies=found.groupby("text")["text"].transform("size"))
    found = found.drop_duplicates("text").head(most)
    hidden = {name: masked_series(found[name]) for name in ("text", "author")}
    shown = found.assign(**hidden, published_at=found["published_at"].dt.tz_localize(None))
    return shown[SHOWN].reset_index(drop=True)


def span_of(position: pd.Timestamp, step: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Which time does a point of a chart stand for? Its first and last moment: an hour or a day."""
    first = position.tz_localize(TIMEZONE) if position.tzinfo is None else position.tz_convert(TIMEZONE)
    length = pd.Timedelta(hours=1) if step == "h" else pd.Timedelta(days=1)
    return first, first + length - pd.Timedelta(microseconds=1)
