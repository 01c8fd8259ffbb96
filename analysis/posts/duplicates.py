"""Which rows are the same post, and what remains of them?"""

from __future__ import annotations

import pandas as pd

from analysis.schema import COLUMNS

COUNTERS = tuple(column.name for column in COLUMNS if column.dtype == "Int64")
BETWEEN = "\x1f"


def keys(posts: pd.DataFrame, has_id: pd.Series) -> pd.Series:
    """Which rows are one post? Same key, same post.

    With an id of the file's own (`has_id`): platform and id. Without: platform, author, minute and text.
    """
    minute = posts["published_at"].dt.floor("min").astype("int64").astype("str")
    by_id = "id" + BETWEEN + posts["platform"] + BETWEEN + posts["post_id"]
    by_text = BETWEEN.join(("text", "")) + posts["platform"] + BETWEEN + posts["author"]
    by_text = by_text + BETWEEN + minute + BETWEEN + posts["text"]
    return by_id.where(has_id, by_text)


def merged(posts: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """What is known of each post once its duplicates are one row?

    Counters: the highest (NA only when all are NA); collected_at: the latest. The other columns come from
    the row collected last; among equals the choice does not depend on the order of the rows. Index and
    order of the rows that remain are kept.
    """
    repeated = key.duplicated(keep=False)
    if not repeated.any():
        return posts
    groups = posts[repeated].assign(_key=key[repeated])
    ordered = groups.sort_values(["collected_at", *COUNTERS, *_texts(posts)], kind="stable", na_position="first")
    last = ordered.drop_duplicates("_key", keep="last").set_index("_key", append=True)
    highest = groups.groupby("_key")[[*COUNTERS, "collected_at"]].max()
    rows = last.index.get_level_values("_key")
    last = last.assign(**{name: highest[name].loc[rows].array for name in highest.columns})
    remaining = pd.concat([posts[~repeated], last.droplevel("_key")[posts.columns]])
    return remaining.sort_index().astype(posts.dtypes.to_dict())


def _texts(posts: pd.DataFrame) -> list[str]:
    """Every further column, so that equal sort keys mean equal rows."""
    return [name for name in posts.columns if name not in (*COUNTERS, "collected_at")]
