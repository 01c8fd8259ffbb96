"""What do all browser sessions share: caches, and what the store keeps? The only place that touches caches.

A cache is keyed by what its caller may see.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.classify.model import Model
from analysis.classify.train import current_model
from analysis.pipeline import Briefing, Dataset, brief_cube, load_dataset
from analysis.posts.read import Choices, Proposal, proposals
from analysis.response.profile import Profile
from analysis.schema import TIMEZONE
from analysis.signals.situation import Situation, situation
from analysis.workspace import store
from analysis.workspace.places import CORPUS, SAMPLE, model_path, store_url


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_store(url: str) -> store.Engine:
    """Which store keeps mappings and profiles?"""
    return store.open_store(url)


def remembered_mapping(signature: str) -> dict[str, str]:
    """Which columns were corrected for these headers before?"""
    return store.load(kept_store(store_url()), "mapping", signature) or {}


def remember_mapping(signature: str, mapping: dict[str, str]) -> None:
    """How is a correction kept for the next file with these headers?"""
    store.save(kept_store(store_url()), "mapping", signature, mapping)


def corpus_state() -> str:
    """In which state is the corpus? It changes whenever a file of it is written."""
    return "-".join(str(file.stat().st_mtime_ns) for file in CORPUS)


@st.cache_resource(max_entries=2, show_spinner=False)
def kept_model(corpus: str) -> Model:
    """Which classifier serves this corpus (its files' times)?"""
    return current_model(model_path(), CORPUS)


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_sample(corpus: str, _model: Model) -> Dataset:
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


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_situation(dataset_id: str, as_of: str, settings: Any, _cube: pd.DataFrame) -> Situation:
    """What is the situation? Shared by all profiles with the same heat settings; read only."""
    return situation(_cube, pd.Timestamp(as_of).tz_convert(TIMEZONE), settings)


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_briefing(dataset_id: str, as_of: str, profile: Profile, left_aside: int, _cube: pd.DataFrame) -> Briefing:
    """What does the desk say? Read only."""
    return brief_cube(_cube, profile, pd.Timestamp(as_of).tz_convert(TIMEZONE), left_aside)
