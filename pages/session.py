"""What does this browser session hold? The only place that touches session state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis import language as words
from analysis.classify.model import Model
from analysis.classify.train import current_model
from analysis.dataset import Dataset, default_as_of, edited, load_dataset, only_about_us
from analysis.events.edits import Edit
from analysis.language import Text
from analysis.pipeline import Briefing
from analysis.posts.read import Choices
from analysis.response.profile import Profile
from analysis.response.replay import Track, replayed
from analysis.response.shipped import check_honest
from analysis.schema import TIMEZONE, InputError
from analysis.workspace import event_edits, store
from analysis.workspace.places import corpus_files, model_path, store_url
from pages.escape import plain as plain
from pages.kept import (
    desk_default,
    kept_briefing,
    kept_model,
    kept_sample,
    kept_store,
    kept_track,
    model_state,
    profile_called,
    save_profile,
)
from pages.progress import Progress


def start() -> None:
    """What does a new session begin with? The browser's language; what was chosen before stays."""
    st.session_state.setdefault("language", words.nearest(st.context.locale))
    read_edits()


def language() -> str:
    """Which language does the reader want?"""
    return str(st.session_state["language"])


def _(msgid: str, **values: object) -> str:
    """How does a message read in the reader's language?"""
    return Text(msgid, tuple(values.items())).to(language())


def said(text: Text) -> str:
    """How does a Text read in the reader's language, with nothing in it that Markdown would act on?"""
    return plain(text.to(language()))


def now() -> pd.Timestamp:
    """What time is it at the hospital?"""
    return pd.Timestamp.now(tz=TIMEZONE)


def model() -> Model:
    """Which classifier serves? Trained anew, with a progress bar, when the corpus has changed."""
    state = model_state()
    if held("model_ready") != state[0]:
        with Progress(language()) as progress:  # outside the cached function, which must not draw
            current_model(model_path(), corpus_files(), progress.tell)
        hold("model_ready", state[0])
    return kept_model(state)


def load_sample() -> None:
    """How does the sample become the session's dataset?"""
    serving = model()
    use(kept_sample(model_state(), serving))


def load_files(files: list[tuple[str, bytes]], engine: str, choices: Mapping[str, Choices], upload: str = "") -> None:
    """How do uploaded files become the session's dataset? Raises InputError; the old one then stays.

    `upload`: as whose reading it can be cancelled, "" = not.
    """
    serving = model()
    cancel = partial(hold, "cancelled", upload) if upload else None
    with Progress(language(), cancel) as progress:
        use(load_dataset(files, now(), serving, engine, choices, progress.tell))


def use(dataset: Dataset) -> None:
    """How does a dataset become the one that every page shows? Its time starts where there is most to see."""
    start_at(opening_time(dataset, profile()))  # before: a dataset without one is refused
    put(dataset)
    begin_anew()


def put(dataset: Dataset) -> None:
    """How does a dataset, or what another classifier says of it, come into force? The time looked from stays."""
    st.session_state["dataset"] = dataset
    hold("judged_by", model_state())


def opening_time(dataset: Dataset, profile: Profile) -> pd.Timestamp:
    """At which time does a dataset open? The latest post; the synthetic sample at its gravest hour."""
    latest = default_as_of(dataset.posts, now())
    if not dataset.synthetic:
        return latest
    half_life, pace, cube = profile.heat.half_life, profile.pace, dataset.cube
    track = kept_track(dataset.id, latest.isoformat(), half_life, pace, cube, dataset.events)
    return end_of_hour(replayed(track, profile, dataset.rates)["score"].idxmax())


def start_at(when: pd.Timestamp, by: str = "", playing: bool = False) -> None:
    """How is the as-of time set? To the hour; the last second of it counts in. What plays stops.

    The controls of the time begin anew with it as their default, but for the one it was set `by`. A value that is
    set into a control can be lost on its way to the browser when a click interrupts the run; a default cannot.
    """
    was = st.session_state.get("time", {})
    runs = {control: was.get(control, 0) + (control != by) for control in ("slider", "exact")}
    trail = (*was.get("trail", ()), end_of_hour(when))[-3:]
    st.session_state["time"] = {"trail": trail, "playing": playing, **runs}  # at once: nothing comes between


def of_time(part: str) -> Any:
    """Which times were set last ("trail"), is it "playing", and which run of the "slider" or "exact" control is it?"""
    return st.session_state["time"][part]


def end_of_hour(when: pd.Timestamp) -> pd.Timestamp:
    """Which is the last second of the hour that a time lies in?"""
    return when.floor("h") + pd.Timedelta(minutes=59, seconds=59)


def choose(key: str, value: Any) -> None:
    """How does a control that is about to be drawn follow what came into force elsewhere?"""
    st.session_state[key] = value


def answer(key: str) -> Any:
    """What is chosen in the control with this key? None if it does not stand."""
    return st.session_state.get(key)


def loaded() -> Dataset:
    """What was loaded in this session, posts about others included? The sample until something is."""
    if "dataset" not in st.session_state:
        load_sample()
    return st.session_state["dataset"]


def dataset() -> Dataset:
    """Which dataset does this session look at? The posts about us, events as edited. Raises InputError if none is.

    Kept here and not in a cache: texts must not come to another session whose posts only count alike.
    """
    ours, made = about_us(), edits()
    if not made:
        return ours
    kept = st.session_state.get("edited")
    if kept is None or kept[0] is not ours or kept[1] != made:
        kept = (ours, made, edited(ours, made))
        st.session_state["edited"] = kept
    return kept[2]


def about_us() -> Dataset:
    """Which posts are about us, before the analyst's edits of events? Raises InputError if none is."""
    whole, names = loaded(), (profile().about, profile().not_about, profile().media_names)
    kept = st.session_state.get("about_us")
    if kept is None or kept[0] is not whole or kept[1] != names:
        kept = (whole, names, only_about_us(whole, profile()))
        st.session_state["about_us"] = kept
    return kept[2]


def edits() -> tuple[Edit, ...]:
    """Which events did the analysts of this desk merge, split, rename or mute? As when this run began."""
    return tuple(st.session_state["edits"])


def read_edits() -> None:
    """How do edits that were just made come into force in this session?"""
    st.session_state["edits"] = event_edits.edits(kept_store(store_url()))


def begin_anew() -> None:
    """Where does time begin when other posts count? As at a new dataset; without any there is no time to choose."""
    try:
        start_at(opening_time(dataset(), profile()))
    except InputError:
        st.session_state.pop("about_us", None)  # every page says what is wrong


def as_of() -> pd.Timestamp:
    """As of which time does the session look? The end of the chosen hour, never after the latest post."""
    data = dataset()
    return min(max(of_time("trail")[-1], data.posts["published_at"].iloc[0]), latest(data))


def latest(data: Dataset) -> pd.Timestamp:
    """When was the latest post of a dataset that is not in the future?"""
    last: pd.Timestamp = data.posts["published_at"].iloc[-1]  # asked often: only a future one makes it worth a search
    return last if last <= now() else default_as_of(data.posts, now())


def choose_profile() -> None:
    """How does the profile chosen in the sidebar come into force? A shipped one keeps the names that are."""
    try:
        use_profile(profile_called(st.session_state["profile_name"], profile()))
    except InputError as error:
        show_error(error)


def profile() -> Profile:
    """Which profile is in force in this session? At first the desk's own default, the shipped one if it has none."""
    if "profile" not in st.session_state:
        try:
            st.session_state["profile"] = desk_default()
        except InputError as error:
            st.session_state["profile"] = Profile()
            show_error(error)
    chosen: Profile = st.session_state["profile"]
    return chosen


def draft_version() -> int:
    """How many profiles came into force? Controls that hold parts of one begin anew with each."""
    return int(st.session_state.setdefault("draft_version", 0))


def held(name: str) -> Any:
    """What does this session remember under a name? None if nothing."""
    return st.session_state.get(f"held-{name}")


def hold(name: str, value: Any) -> None:
    """How is something remembered, so that a rerun does not do it again? None forgets it."""
    st.session_state[f"held-{name}"] = value


def use_profile(chosen: Profile) -> None:
    """How does a profile come into force in this session? What was in force before can be had back."""
    check_honest(chosen)
    before = profile()
    st.session_state["profile"] = chosen
    st.session_state["draft_version"] = st.session_state.get("draft_version", 0) + 1
    if chosen != before:
        hold("profiles_before", (*(held("profiles_before") or ()), before)[-10:])
    if (chosen.about, chosen.not_about) != (before.about, before.not_about):
        begin_anew()


def use_names(chosen: Profile) -> None:
    """How does the profile come into force with other names of ours? Kept if it is a saved one."""
    if chosen.name in saved_profiles():
        save_and_use(chosen)
    else:
        use_profile(chosen)


def save_and_use(chosen: Profile) -> None:
    """How is a profile kept for later sessions and put in force?"""
    save_profile(chosen)
    use_profile(chosen)


def briefing() -> Briefing:
    """What does the desk say of the session's dataset, as of its time, under its profile?"""
    data = dataset()
    when, aside = as_of().isoformat(), data.left_aside
    return kept_briefing(data.id, when, profile(), aside, data.rates, data.by_day, data.cube, data.events)


def track(chosen: Profile) -> Track:
    """What is the level read from at every hour of the whole dataset? For any profile of this half-life and pace."""
    data = dataset()
    return kept_track(data.id, latest(data).isoformat(), chosen.heat.half_life, chosen.pace, data.cube, data.events)


def whole_timeline(chosen: Profile) -> pd.DataFrame:
    """Which score and level would a profile have given over the whole dataset? Every hour as seen from that hour."""
    return replayed(track(chosen), chosen, dataset().rates)


def saved_profiles() -> list[str]:
    """Which profiles were saved on this desk?"""
    return store.keys(kept_store(store_url()), "profile")


def show_error(error: InputError) -> None:
    """How is a mistake shown? What, where and the remedy, with foreign text made harmless."""
    st.error(said(error.text), icon=":material/error:")
