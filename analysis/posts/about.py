"""Which posts are about us?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.posts.strings import arrow, series

READ = ("title", "text", "author")


def matched_terms(posts: pd.DataFrame, terms: Sequence[str], exclude: Sequence[str] = ()) -> pd.Series:
    """Which of the terms does each post name in its title, text or author? Joined by "、"; "" = none.

    Upper and lower case are the same. A post that names one of `exclude` counts as naming none. `posts` has the
    columns of READ; same index, str.
    """
    columns = [arrow(posts[name]) for name in READ]
    wanted = _naming(columns, terms) & ~_naming(columns, exclude)
    found = np.full(len(posts), "", dtype=object)
    places = np.flatnonzero(wanted)
    inside = [column.take(pa.array(places)) for column in columns]
    for term in terms:
        named = places[_naming(inside, (term,))]
        found[named] = [f"{before}、{term}" if before else term for before in found[named]]
    return series(pa.array(found, pa.large_string()), posts.index)


def _naming(columns: Sequence[pa.Array], terms: Sequence[str]) -> np.ndarray:
    if not terms:
        return np.zeros(len(columns[0]), dtype=bool)
    pattern = "|".join(re.escape(term) for term in terms)
    found = [pc.match_substring_regex(column, pattern, ignore_case=True).to_numpy(False) for column in columns]
    return np.logical_or.reduce(found).astype(bool)
