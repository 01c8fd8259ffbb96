"""What do all browser sessions share: caches, and what the store keeps? The only place that touches caches.

A cache is keyed by what its caller may see.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.classify.correct import corrected
from analysis.classify.measure import Measure
from analysis.classify.model import Model
from analysis.classify.prevalence import ErrorRates
from analysis.classify.train import current_model
from analysis.dataset import Dataset, load_dataset
from analysis.parts import situations, track_of
from analysis.pipeline import Briefing, brief_situations
from analysis.posts.read import Choices, Proposal, proposals
from analysis.report.papers.browser import Painter
from analysis.response.profile import Profile, to_toml
from analysis.response.replay import Track
from analysis.response.shipped import check_own_name, shipped_called
from analysis.schema import TIMEZONE
from analysis.signals.arrival import Pace
from analysis.signals.heat import HeatSettings
from analysis.signals.situation import Situation, situation
from analysis.workspace import corrections, store
from analysis.workspace.defaults import default_profile, saved_profile
from analysis.workspace.places import SAMPLE, corpus_files, model_path, store_url


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_store(url: str) -> store.Engine:
    """Which store keeps mappings and profiles?"""
    return store.open_store(url)


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_painter() -> Painter:
    """Which browser draws the pictures and prints? One for all sessions, started when one is needed first."""
    return Painter()


def profile_called(name: str, now: Profile) -> Profile:
    """Which profile has this name? A shipped one gets the names of ours that are in force `now`.

    Raises InputError if none was saved under it, or it cannot be read any more.
    """
    shipped = shipped_called(name)
    return saved_profile(kept_store(store_url()), name) if shipped is None else shipped.with_names(*now.names())


def save_profile(chosen: Profile) -> None:
    """How is a profile kept for later sessions? Raises InputError if a shipped one is called so."""
    check_own_name(chosen.name)
    store.save(kept_store(store_url()), "profile", chosen.name, to_toml(chosen))


def desk_default() -> Profile:
    """With which profile does a new session begin? Raises InputError if it cannot be read any more."""
    return default_profile(kept_store(store_url()))


def remembered_mapping(signature: str) -> dict[str, str]:
    """Which columns were corrected for these headers before?"""
    return store.load(kept_store(store_url()), "mapping", signature) or {}


def remember_mapping(signature: str, mapping: dict[str, str]) -> None:
    """How is a correction kept for the next file with these headers?"""
    store.save(kept_store(store_url()), "mapping", signature, mapping)


def corpus_state() -> str:
    """In which state is what the classifier learns from? It changes whenever a file comes, goes or is written."""
    return "-".join(f"{file.name}:{file.stat().st_mtime_ns}" for file in corpus_files())


def model_state() -> tuple[str, str]:
    """From what does the classifier learn now? The states of the corpus and of the corrections."""
    return corpus_state(), corrections.state(kept_store(store_url()))


def kept_corrections() -> pd.DataFrame:
    """Which corrections were made on this desk? See workspace.corrections."""
    return corrections.corrections(kept_store(store_url()))


@st.cache_resource(max_entries=2, show_spinner=False)
def kept_base(corpus: str) -> Model:
    """Which classifier does this corpus (its state) give?"""
    return current_model(model_path(), corpus_files())


@st.cache_resource(max_entries=2, show_spinner=False)
def kept_model(state: tuple[str, str]) -> Model:
    """Which classifier serves? What the corpus taught, moved by the corrections; `state`: see `model_state`."""
    return corrected(kept_base(state[0]), kept_corrections())


@st.cache_resource(max_entries=8, show_spinner=False)
def kept_measures(measured_on: str, state: tuple[str, str]) -> list[Measure]:
    """Where is it kept how good the classifier is on its corpus or corrections? In this list, empty at first."""
    return []


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_sample(state: tuple[str, str], _model: Model) -> Dataset:
    """What does the sample hold? Public and synthetic, so all sessions share it."""
    files = [("posts.csv", (SAMPLE / "posts.csv").read_bytes())]
    return load_dataset(files, pd.Timestamp.now(tz=TIMEZONE), _model, synthetic=True)


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_proposals(
    upload: str, name: str, encodings: tuple[tuple[str, str], ...], _data: bytes
) -> tuple[Proposal, ...]:
    """Which tables has a file, and what would be read from them? `upload` is the id of one session's upload.

    `encodings`: (table, encoding) pairs that the user chose. Raises InputError if there is no table in it.
    """
    return proposals(name, _data, {table: Choices(encoding=encoding) for table, encoding in encodings})


@st.cache_resource(max_entries=16, show_spinner=False)
def kept_situation(dataset_id: str, as_of: str, heat: HeatSettings, pace: Pace, _cube: pd.DataFrame) -> Situation:
    """What is the situation? Shared by all profiles with the same settings of heat and pace; read only."""
    return situation(_cube, pd.Timestamp(as_of).tz_convert(TIMEZONE), heat, pace)


@st.cache_resource(max_entries=16, show_spinner=False)
def kept_situations(
    dataset_id: str, as_of: str, heat: HeatSettings, pace: Pace, _cube: pd.DataFrame, _events: pd.DataFrame
) -> dict[str, Situation]:
    """What is the situation of each event and of the rest? As `kept_situation`."""
    before = latest_situations(dataset_id, heat, pace)
    found = situations(_cube, _events, pd.Timestamp(as_of).tz_convert(TIMEZONE), heat, pace, before)
    before.update(found)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def latest_situations(dataset_id: str, heat: HeatSettings, pace: Pace) -> dict[str, Situation]:
    """Where is it kept what was found last of each event? In this dictionary, empty at first."""
    return {}


@st.cache_resource(max_entries=4, show_spinner=False)
def kept_track(
    dataset_id: str, as_of: str, half_life: float, pace: Pace, _cube: pd.DataFrame, _events: pd.DataFrame
) -> Track:
    """What is the level read from at every hour up to a time? For profiles of this half-life and pace; read only."""
    heat = HeatSettings(half_life=half_life)  # a track rests on no other setting of heat
    found = kept_situations(dataset_id, as_of, heat, pace, _cube, _events)
    return track_of(found, _events, kept_situation(dataset_id, as_of, heat, pace, _cube))


@st.cache_resource(max_entries=16, show_spinner=False)
def kept_briefing(
    dataset_id: str,
    as_of: str,
    profile: Profile,
    left_aside: int,
    rates: ErrorRates | None,
    by_day: bool,
    _cube: pd.DataFrame,
    _events: pd.DataFrame,
) -> Briefing:
    """What does the desk say? Read only."""
    now = kept_situation(dataset_id, as_of, profile.heat, profile.pace, _cube)
    found = kept_situations(dataset_id, as_of, profile.heat, profile.pace, _cube, _events)
    return brief_situations(_cube, profile, now, found, left_aside, rates, by_day, _events)
