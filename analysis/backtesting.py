"""From posts to a back-test: count, track, replay, and hold the level against past incidents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.classify.prevalence import ErrorRates
from analysis.dataset import about_us, rates_on, with_events, with_media
from analysis.parts import tracked
from analysis.posts.read import Reading
from analysis.response.backtest import Backtest, backtest, curve
from analysis.response.incidents import Incident, check_incidents
from analysis.response.profile import Profile
from analysis.response.replay import Track, replayed, shares
from analysis.schema import Level
from analysis.signals.cube import count
from analysis.signals.sanity import winsorised


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
    seen = with_media(read.posts[read.posts["published_at"] <= as_of], profile.media_names)
    posts = seen[about_us(seen, profile)]
    checked = check_incidents(incidents, posts["published_at"].min(), as_of)
    track, rates = followed(posts, read.history, model, profile, as_of)
    timeline = replayed(track, profile, rates)
    return backtest(timeline, checked, alarm), curve(shares(track, profile, rates), profile, checked, alarm)


def followed(
    posts: pd.DataFrame, history: pd.DataFrame | None, model: Model, profile: Profile, as_of: pd.Timestamp
) -> tuple[Track, ErrorRates | None]:
    """What is the level read from, hour by hour up to as_of, and how does the classifier err? posts: those about us."""
    told, events = with_events(annotate(winsorised(posts)[0].reset_index(drop=True), model))
    cube = count(told, None if history is None else winsorised(history)[0])
    return tracked(cube, events, as_of, profile.heat, profile.pace), rates_on(told, model.checked)
