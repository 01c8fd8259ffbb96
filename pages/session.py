"""What does this browser session hold? The only place that touches session state and caches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis import language as words
from analysis.classify.model import Model
from analysis.classify.train import current_model
from analysis.language import Text
from analysis.pipeline import Briefing, Dataset, brief_cube, default_as_of, load_dataset
from analysis.posts.read import columns_of
from analysis.report import charts
from analysis.report.tables import post_table
from analysis.response.level import Assessment, assess
from analysis.response.profile import Profile, from_toml, to_toml
from analysis.schema import COLUMN_LABELS, TIMEZONE, InputError
from analysis.signals.situation import Situation, situation
from analysis.workspace import store
from analysis.workspace.places import CORPUS, SAMPLE, model_path, store_url

END_OF_HOUR = pd.Timedelta(minutes=59, seconds=59)
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")


def start() -> None:
    """What does a new session begin with? The browser's language; what was chosen before stays."""
    st.session_state.setdefault("language", words.nearest(st.context.locale))


def language() -> str:
    """Which language does the reader want?"""
    return str(st.session_state["language"])


def _(msgid: str, **values: object) -> str:
    """How does a message read in the reader's language?"""
    return Text(msgid, tuple(values.items())).to(language())


def said(text: Text) -> str:
    """How does a Text read in the reader's language, with nothing in it that Markdown would act on?"""
    return plain(text.to(language()))


def plain(text: str) -> str:
    """How is foreign text shown where Streamlit reads Markdown? Every special character escaped."""
    return MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def now() -> pd.Timestamp:
    """What time is it at the hospital?"""
    return pd.Timestamp.now(tz=TIMEZONE)


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_store(url: str) -> store.Engine:
    """Which store keeps mappings and profiles?"""
    return store.open_store(url)


@st.cache_resource(max_entries=2, show_spinner=False)
def kept_model(corpus: str) -> Model:
    """Which classifier serves this corpus (its files' times)?"""
    return current_model(model_path(), CORPUS)


def corpus_state() -> str:
    """In which state is the corpus? It changes whenever a file of it is written."""
    return "-".join(str(file.stat().st_mtime_ns) for file in CORPUS)


def warm() -> None:
    """How is the first page made ready before anybody asks? The caches hold the sample, plotly's parts are loaded."""
    serving = kept_model(corpus_state())
    data = kept_sample(serving.corpus, serving)
    time = opening_time(data, Profile())
    found = kept_briefing(data.id, time.isoformat(), Profile(), data.cube)
    charts.trend(found.situation.hourly, 7, words.DEFAULT).to_json()


def model() -> Model:
    """Which classifier serves? Trained anew, with a progress bar, when the corpus has changed."""
    corpus = corpus_state()
    if st.session_state.get("model_ready") != corpus:
        with Progress() as progress:  # outside the cached function, which must not draw
            current_model(model_path(), CORPUS, progress.tell)
        st.session_state["model_ready"] = corpus
    return kept_model(corpus)


class Progress:
    """A bar that shows what is being done, and goes when it is done."""

    def __enter__(self) -> Progress:
        self.place = st.empty()
        return self

    def tell(self, share: float, text: Text) -> None:
        self.place.progress(min(max(share, 0.0), 1.0), text=said(text))

    def __exit__(self, *_error: object) -> None:
        self.place.empty()


@st.cache_resource(max_entries=1, show_spinner=False)
def kept_sample(corpus: str, _model: Model) -> Dataset:
    """What does the sample hold? Public and synthetic, so all sessions share it."""
    files = [("posts.csv", (SAMPLE / "posts.csv").read_bytes())]
    return load_dataset(files, now(), _model, synthetic=True)


@st.cache_data(max_entries=16, show_spinner=False)
def kept_headers(file_hash: str, name: str, _data: bytes) -> tuple[Sequence[str], dict[str, str]]:
    """Which headers has a file, and what are they taken for? Raises InputError if there is no table in it."""
    return columns_of(name=name, data=_data)


def load_sample() -> None:
    """How does the sample become the session's dataset?"""
    serving = model()
    use(kept_sample(serving.corpus, serving))


def load_files(files: list[tuple[str, bytes]], engine: str, mappings: dict[str, dict[str, str]]) -> None:
    """How do uploaded files become the session's dataset? Raises InputError; the old one then stays."""
    serving = model()
    with Progress() as progress:
        use(load_dataset(files, now(), serving, engine, mappings, progress.tell))


def use(dataset: Dataset) -> None:
    """How does a dataset become the one that every page shows? Its time starts where there is most to see."""
    start_at(opening_time(dataset, profile()))  # before: a dataset without one is refused
    st.session_state["dataset"] = dataset


def opening_time(dataset: Dataset, profile: Profile) -> pd.Timestamp:
    """At which time does a dataset open? The latest post; the synthetic sample at its gravest hour."""
    latest = default_as_of(dataset.posts, now())
    if not dataset.synthetic:
        return latest
    return assessed(dataset, profile, latest).timeline["score"].idxmax() + END_OF_HOUR


def start_at(time: pd.Timestamp) -> None:
    """How is the as-of time set? To the hour; the last second of it counts in.

    The controls begin anew with it as their default. A value that is set into a control can be lost on its way to
    the browser when a click interrupts the run; a default cannot.
    """
    st.session_state["starts_at"] = time
    st.session_state["starts"] = st.session_state.get("starts", 0) + 1


def time_control(part: str) -> tuple[str, Any]:
    """Under which key does the control of the "day" or "hour" stand, and where does it begin?"""
    time = st.session_state["starts_at"]
    return f"as_of_{part}-{st.session_state['starts']}", time.date() if part == "day" else time.hour


def dataset() -> Dataset:
    """Which dataset does this session look at? The sample until something is loaded."""
    if "dataset" not in st.session_state:
        load_sample()
    return st.session_state["dataset"]


def as_of() -> pd.Timestamp:
    """As of which time does the session look? The end of the chosen hour, never after the latest post."""
    day, hour = (st.session_state.get(*time_control(part)) for part in ("day", "hour"))
    chosen = pd.Timestamp(day, tz=TIMEZONE) + pd.Timedelta(hours=hour) + END_OF_HOUR
    posts = dataset().posts["published_at"]
    return min(max(chosen, posts.iloc[0]), latest())


def latest() -> pd.Timestamp:
    """When was the latest post that is not in the future?"""
    return default_as_of(dataset().posts, now())


def jump() -> None:
    """How does the session get to the chosen place in time?"""
    place = st.session_state.get("jump")
    if place:
        start_at(latest() if place[0] == "latest" else place[0])
        st.session_state["jump"] = None


def choose_profile() -> None:
    """How does the profile chosen in the sidebar come into force?"""
    name = st.session_state["profile_name"]
    written = store.load(kept_store(store_url()), "profile", name)
    try:
        use_profile(from_toml(written) if written else Profile())
    except InputError as error:
        show_error(error)


def profile() -> Profile:
    """Which profile is in force in this session?"""
    return st.session_state.get("profile") or Profile()


def draft_version() -> int:
    """Which run of sliders is this? Each profile that comes into force begins a new one."""
    return int(st.session_state.setdefault("draft_version", 0))


def show_profile_name() -> None:
    """How does the sidebar follow a profile that came into force elsewhere?"""
    st.session_state["profile_name"] = profile().name


def taken(kind: str) -> str | None:
    """Which upload of a kind was taken in when the page last ran?"""
    return st.session_state.get(f"taken-{kind}")


def mark_taken(kind: str, upload: str | None) -> None:
    """How is an upload remembered, so that a rerun does not take it in again? None forgets it."""
    st.session_state[f"taken-{kind}"] = upload


def use_profile(chosen: Profile) -> None:
    """How does a profile come into force in this session? The sliders start anew from it."""
    st.session_state["profile"] = chosen
    st.session_state["draft_version"] = st.session_state.get("draft_version", 0) + 1


def save_and_use(chosen: Profile) -> None:
    """How is a profile kept for later sessions and put in force?"""
    store.save(kept_store(store_url()), "profile", chosen.name, to_toml(chosen))
    use_profile(chosen)


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_situation(dataset_id: str, as_of: str, settings: Any, _cube: pd.DataFrame) -> Situation:
    """What is the situation? Shared by all profiles with the same heat settings; read only."""
    return situation(_cube, pd.Timestamp(as_of).tz_convert(TIMEZONE), settings)


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_briefing(dataset_id: str, as_of: str, profile: Profile, _cube: pd.DataFrame) -> Briefing:
    """What does the desk say? Read only."""
    return brief_cube(_cube, profile, pd.Timestamp(as_of).tz_convert(TIMEZONE))


def briefing() -> Briefing:
    """What does the desk say of the session's dataset, as of its time, under its profile?"""
    data = dataset()
    return kept_briefing(data.id, as_of().isoformat(), profile(), data.cube)


def assessed(data: Dataset, chosen: Profile, time: pd.Timestamp) -> Assessment:
    """Which level would a profile have given, hour by hour up to a time?"""
    return assess(kept_situation(data.id, time.isoformat(), chosen.heat, data.cube), chosen)


def whole_timeline(chosen: Profile) -> pd.DataFrame:
    """Which level would a profile have given over the whole dataset? Every hour as seen from that hour."""
    data = dataset()
    return assessed(data, chosen, latest()).timeline


def saved_profiles() -> list[str]:
    """Which profiles were saved on this desk?"""
    return store.keys(kept_store(store_url()), "profile")


def remembered_mapping(signature: str) -> dict[str, str] | None:
    """Which mapping was chosen for these headers before?"""
    return store.load(kept_store(store_url()), "mapping", signature)


def remember_mapping(signature: str, mapping: dict[str, str]) -> None:
    """How is a mapping kept for the next file with these headers?"""
    store.save(kept_store(store_url()), "mapping", signature, mapping)


def show_posts(posts: pd.DataFrame) -> None:
    """How are posts shown? As plain cells, named in the reader's language; nothing in them is rendered."""
    widths = {
        COLUMN_LABELS["published_at"]: st.column_config.DatetimeColumn(format="MM-DD HH:mm"),
        COLUMN_LABELS["text"]: st.column_config.TextColumn(width=340),
    }
    config = {label.to(language()): column for label, column in widths.items()}
    st.dataframe(post_table(posts, language()), hide_index=True, column_config=config)


def show_error(error: InputError) -> None:
    """How is a mistake shown? What, where and the remedy, with foreign text made harmless."""
    st.error(said(error.text), icon=":material/error:")
