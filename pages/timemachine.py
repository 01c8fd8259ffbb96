"""At which time does the desk look, and how is it moved? The controls in the sidebar, and the line over every page."""

from __future__ import annotations

import math
from datetime import datetime

import pandas as pd
import streamlit as st

from analysis.report.charts import LEVEL_MARKS
from analysis.report.overview import rises
from analysis.schema import TIMEZONE, Level
from pages import session
from pages.kept import kept_situation
from pages.session import _, end_of_hour

STEPS = {"1h": pd.Timedelta(hours=1), "6h": pd.Timedelta(hours=6), "1d": pd.Timedelta(days=1)}
STOPS = 2_000  # that a slider has at most: finer ones could not be told apart, even by keyboard
COARSER = tuple(pd.Timedelta(hours=hours) for hours in (1, 2, 6, 12, 24, 7 * 24, 28 * 24))
EVERY = 1.0  # seconds between two steps of the play
Place = tuple[pd.Timestamp, str, int]  # when, and what is there: "first", "latest", "posts", "negative" or "level"


def show_controls() -> None:
    """As of which time? A slider, steps, play, an exact hour, a jump. Raises InputError if no post is about us."""
    first, last = span()
    now = end_of_hour(session.as_of())
    with st.popover(
        _("As of {time}", time=f"{session.as_of():%Y-%m-%d %H:%M}"), icon=":material/schedule:", width="stretch"
    ):
        show_exact(first, last, now)
    show_slider(first, last, now)
    show_buttons(first, last, now)
    st.segmented_control(
        _("Step"),
        list(STEPS),
        format_func=step_names().__getitem__,
        default="1h",
        required=True,
        key="time_step",
        label_visibility="collapsed",
        width="stretch",
    )
    show_jump(first, last)


def show_exact(first: pd.Timestamp, last: pd.Timestamp, now: pd.Timestamp) -> None:
    """Which day and which hour exactly?"""
    run = session.of_time("exact")
    day, hour = f"as_of_day-{run}", f"as_of_hour-{run}"
    st.date_input(
        _("As of: day"), now.date(), first.date(), last.date(), key=day, on_change=choose_exact, args=(run, day, hour)
    )
    st.select_slider(
        _("As of: hour"),
        list(range(24)),
        now.hour,
        format_func=lambda hour: f"{hour:02d}:59",
        key=hour,
        on_change=choose_exact,
        args=(run, day, hour),
    )


def choose_exact(run: int, day_key: str, hour_key: str) -> None:
    """How does the chosen day and hour come into force? Not what a browser says of a run that is over."""
    day, hour = session.answer(day_key), session.answer(hour_key)
    if run == session.of_time("exact"):
        session.start_at(pd.Timestamp(day, tz=TIMEZONE) + pd.Timedelta(hours=hour), by="exact")


def show_slider(first: pd.Timestamp, last: pd.Timestamp, now: pd.Timestamp) -> None:
    """Where between the first post and the latest? Nothing to slide when all posts are of one hour.

    While it plays, the slider is moved and not begun anew, so that a hand on it is not shaken off.
    """
    stops, step = slider_stops(last - first)
    run, playing = session.of_time("slider"), session.of_time("playing")
    with st.container():  # so that nothing below moves when there is nothing to slide
        if not stops:
            return
        if playing:
            session.choose(f"as_of_slider-{run}", shown(now))
        st.slider(
            _("As of"),
            shown(first),
            shown(first + stops * step),
            None if playing else shown(now),
            step.to_pytimedelta(),
            format="YYYY-MM-DD HH:mm",
            key=f"as_of_slider-{run}",
            on_change=choose_stop,
            args=(run, first),
            label_visibility="collapsed",
        )


def slider_stops(length: pd.Timedelta) -> tuple[int, pd.Timedelta]:
    """How many steps of which length does a slider take to get over `length`? The last may lead beyond."""
    step = next((step for step in COARSER if length <= STOPS * step), COARSER[-1])
    return math.ceil(length / step), step


def shown(when: pd.Timestamp) -> datetime:
    """How is a time given to a slider? By the hospital's clock, to the minute."""
    return when.tz_localize(None).floor("min").to_pydatetime()


def choose_stop(run: int, first: pd.Timestamp) -> None:
    """How does the stop that the slider was moved to come into force?

    Not what a browser says of a run that is over; nor, while it plays, where the slider stood before it was moved on:
    the browser may not know yet.
    """
    chosen = session.answer(f"as_of_slider-{run}")
    passed = session.of_time("trail") if session.of_time("playing") else ()
    if run == session.of_time("slider") and chosen not in map(shown, passed):
        session.start_at(first + (chosen - shown(first)), by="slider")


def show_buttons(first: pd.Timestamp, last: pd.Timestamp, now: pd.Timestamp) -> None:
    """How is the time moved by steps, or by itself? Words and no tooltips, which would lie over the slider."""
    step, playing = step_names()[step_chosen()], session.of_time("playing")
    names = {True: _("Pause"), False: _("Replay") if now >= last else _("Play")}
    with st.container(horizontal=True, horizontal_alignment="distribute", gap="xxsmall"):
        st.button(f"− {step}", key="time_back", on_click=move, args=(-1,), disabled=now <= first)
        st.button(
            names[playing], key="time_play", type="primary", on_click=play, args=(not playing,), disabled=first == last
        )
        st.button(f"+ {step}", key="time_on", on_click=move, args=(1,), disabled=now >= last)


def step_names() -> dict[str, str]:
    """How are the lengths of a step named?"""
    return {"1h": _("1 h"), "6h": _("6 h"), "1d": _("1 d")}


def step_chosen() -> str:
    """How long is a step?"""
    return str(session.answer("time_step") or "1h")


def move(steps: int, playing: bool = False) -> None:
    """How does the time move by steps of the chosen length? From where it is when the click arrives."""
    first, last = span()
    there = session.as_of() + steps * STEPS[step_chosen()]
    session.start_at(min(max(there, first), last), "slider" if playing else "", playing and there < last)


def play(playing: bool) -> None:
    """How does the play begin, and stop? At the latest post it begins anew with the first."""
    (first, last), there = span(), session.as_of()
    if playing and end_of_hour(there) >= last:
        there = first
    session.start_at(there, "slider" if playing else "", playing)


def keep_playing() -> None:
    """How does the time move by itself? While it plays, each second; while it does not, nothing is set up."""
    if session.of_time("playing"):
        run = (session.held("played") or 0) + 1
        session.hold("played", run)
        second(run)


@st.fragment(run_every=EVERY)
def second(run: int) -> None:
    """What happens each second of the play? One step on, and the page anew; it never breaks into a page's run.

    run: which run of the page set it up. That run comes through here itself, and no second has passed then.
    """
    if session.held("seen_run") != run:
        session.hold("seen_run", run)
    elif session.of_time("playing"):
        move(1, playing=True)
        st.rerun()


def span() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Between which times can the desk look? The ends of the hours of the first post and of the latest."""
    data = session.dataset()
    return end_of_hour(data.posts["published_at"].iloc[0]), end_of_hour(session.latest(data))


def show_jump(first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Where is there something to see? The bursts of the whole dataset, where the level rose, first and latest post."""
    run = session.held("jumps") or 0
    several_years = first.year != last.year
    st.selectbox(
        _("Jump to"),
        [(last, "latest", 0), (first, "first", 0), *happenings()],
        format_func=lambda place: place_label(place, several_years),
        index=None,
        key=f"jump-{run}",
        placeholder=_("a burst or a rise in level"),
        on_change=jump,
        args=(run,),
    )


def happenings() -> list[Place]:
    """When did bursts begin and the level rise, over the whole dataset? Latest first. Kept in the session."""
    data, profile = session.dataset(), session.profile()
    kept = session.held("happenings")
    if kept is None or kept[0] is not data or kept[1] != profile:
        whole = kept_situation(data.id, session.latest(data).isoformat(), profile.heat, profile.pace, data.cube)
        begun = [(onset, str(of), 0) for onset, of in zip(whole.bursts["onset"], whole.bursts["of"], strict=True)]
        found = [(hour, "level", level) for hour, level in rises(session.whole_timeline(profile))] + begun
        kept = (data, profile, sorted(found, key=lambda place: place[0], reverse=True))
        session.hold("happenings", kept)
    return kept[2]


def place_label(place: Place, several_years: bool) -> str:
    """How is a place to jump to named?"""
    when, what, level = place
    names = {"first": _("First post"), "latest": _("Latest post")}
    if what in names:
        return names[what]
    if what == "level":
        name = f"{LEVEL_MARKS[Level(level)]} {Level(level).label.to(session.language())}"
    else:
        name = f"▲ {_('burst of negative posts') if what == 'negative' else _('burst of posts')}"
    return f"{when:%Y-%m-%d %H:%M} {name}" if several_years else f"{when:%m-%d %H:%M} {name}"


def jump(run: int) -> None:
    """How does the session get to the chosen place in time? Once: the control then begins anew, for the next."""
    place = session.answer(f"jump-{run}")
    if place and run == (session.held("jumps") or 0):
        session.start_at(place[0])
        session.hold("jumps", run + 1)


def show_line() -> None:
    """What stands over every page while later posts are hidden? Raises InputError if no post is about us."""
    now, data = session.as_of(), session.dataset()
    last = session.latest(data)
    with st.container(key="time_line"):  # so that nothing below moves when it goes
        if now >= last:
            return
        upto, until_last = data.posts["published_at"].searchsorted([now, last], side="right")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = _(
                "As of {time}, later posts are hidden: {posts:,}", time=f"{now:%Y-%m-%d %H:%M}", posts=until_last - upto
            )
            st.caption(session.plain(words), width="content")
            if session.of_time("playing"):
                st.button(
                    _("Pause"), key="line_pause", type="tertiary", icon=":material/pause:", on_click=play, args=(False,)
                )
            st.button(
                _("To the latest post"),
                key="line_latest",
                type="tertiary",
                icon=":material/last_page:",
                on_click=session.start_at,
                args=(end_of_hour(last),),
            )
