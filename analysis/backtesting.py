"""From posts to a back-test: count, track, replay, and hold the level against past incidents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.classify.model import Model
from analysis.parts import tracked
from analysis.pipeline import counts
from analysis.posts.read import Reading
from analysis.response.backtest import Backtest, backtest, curve
from analysis.response.incidents import Incident, check_incidents
from analysis.response.profile import Profile
from analysis.response.replay import replayed, shares
from analysis.schema import Level


def backtested(
    read: Reading,
    model: Model,
    profile: Profile,
    as_of: pd.Timestamp,
    incidents: Sequence[Incident],
    alarm: Level = Level.MILD,
) -> tuple[Backtest, pd.DataFrame]:
    """How well would a profile have done on these posts up to as_of, and what would other thresholds cost (`curve`)?

    Only posts about us count. Raises InputError where there is none, and for incidents that cannot be judged.
    """
    found = counts(read.posts, model, profile, as_of, read.history)
    checked = check_incidents(incidents, found.posts["published_at"].min(), as_of)
    track = tracked(found.cube, found.events, as_of, profile.heat, profile.pace)
    timeline = replayed(track, profile, found.rates)
    return backtest(timeline, checked, alarm), curve(shares(track, profile, found.rates), profile, checked, alarm)
