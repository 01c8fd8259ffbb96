"""What did the hospital's own accounts say in an event, and how long after the others?"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd

from analysis.posts.privacy import masked_series
from analysis.schema import full_text

SHOWN = ["published_at", "platform", "author", "text"]


def account_name(name: str) -> str:
    """Under which spelling is an account's name compared? Without regard to width, case, spaces and a leading @."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.split()).removeprefix("@")


def by_own_accounts(posts: pd.DataFrame, own_accounts: Sequence[str]) -> pd.Series:
    """Which posts (bool) are by the hospital's own accounts?

    The whole name of the author must be one of `own_accounts` (see `account_name`), on whatever platform: "青禾市第一
    人民医院急诊科" is not the account "青禾市第一人民医院". An empty name is nobody's.
    """
    own = {account_name(name) for name in own_accounts} - {""}
    different = pd.unique(posts["author"])
    return posts["author"].isin([name for name in different if account_name(name) in own])


def official_posts(posts: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """What did the own accounts post, first to last? published_at, platform, author, text; personal data masked.

    own: which posts are theirs, see `by_own_accounts`.
    """
    said = posts[own].sort_values(["published_at", "platform", "post_id", "text"])
    said = said.assign(text=masked_series(full_text(said)), author=masked_series(said["author"]))
    return said[SHOWN].reset_index(drop=True)


def answered_after(posts: pd.DataFrame, own: pd.Series) -> pd.Timedelta | None:
    """How long after the event's first post did an own account first speak? None: not yet, or nobody else spoke.

    own: which posts are theirs, see `by_own_accounts`. Counted from the first post by anybody else to the first own
    post that is not earlier: where the event begins with a notice of the hospital itself, that notice is what the talk
    is about and no answer to it.
    """
    others = posts.loc[~own, "published_at"]
    if others.empty:
        return None
    answers = posts.loc[own & (posts["published_at"] >= others.min()), "published_at"]
    return None if answers.empty else answers.min() - others.min()
