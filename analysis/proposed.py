"""What would an edit of an event change? Told before it is made, from the posts of the events that it touches."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.events.edits import MUTED, Edit, edited_ids, edited_table
from analysis.parts import REST, Part, parts, situations
from analysis.response.profile import Profile
from analysis.signals.cube import count


def proposed(data: Dataset, edit: Edit, profile: Profile, as_of: pd.Timestamp) -> tuple[Part, ...]:
    """Which events would stand in the place of those that an edit touches? Gravest first; none where it mutes them.

    data: with the edits so far. Only posts up to as_of are looked at. Costs what the posts of the touched events cost.
    """
    touched = (edit.event, edit.into)
    mine = data.posts["event_id"].isin(touched) & (data.posts["published_at"] <= as_of)
    own = data.posts[mine.to_numpy(dtype=bool)].reset_index(drop=True)
    ids = edited_ids(own, (edit,))
    after = own.assign(event_id=ids)[(ids != MUTED).to_numpy(dtype=bool)]
    if after.empty:
        return ()
    table = edited_table(data.events[data.events["id"].isin(touched).to_numpy(dtype=bool)], own, (edit,))
    # The first cell of all says how far back there were posts at all: silence before an event is a number, too.
    cells = pd.concat([data.cube.head(1).assign(event=REST), count(after, data.history)], ignore_index=True)
    found = situations(cells, table, as_of, profile.heat, profile.pace)
    return tuple(part for part in parts(found, table, as_of, profile, data.rates, data.by_day) if part.id != REST)
