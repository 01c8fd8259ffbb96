"""How does a span compare with another one, of these posts or of the sample?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.dataset import Dataset
from analysis.report import signal_charts
from analysis.report.brush import Span
from analysis.report.chart_tables import since_start
from analysis.report.comparison import aligned, comparison_table
from analysis.signals.burst import bursts
from analysis.signals.series import MEASURES, series
from pages import kept, session
from pages.breakdowns import measure_control
from pages.drawing import show_chart
from pages.session import _

BEFORE, DAY = "before", "day"  # the other places to start from are onsets of bursts


def show_comparison(span: Span) -> None:
    """How did the span run, and how the same number of hours from another start?"""
    language, data = session.language(), session.dataset()
    hours = len(pd.date_range(span.start.floor("h"), span.end, freq="h"))
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    with left:
        measure = measure_control("compare_measure")
    with middle:
        other = other_dataset(data)
    until = span.end if other is data else session.latest(other)
    with right:
        start = other_start(other, span, hours, until)
    unit = MEASURES[measure]
    first = aligned(curve(data, span.end, measure, span), span.start, hours, called(span.start, data, other))
    second = aligned(curve(other, until, measure, span), start, hours, called(start, other, data))
    if second.empty:
        st.info(_("There are no posts to compare with at that time."), icon=":material/inbox:")
        return
    figure = signal_charts.compared(first, second, unit, language)
    show_chart(figure, lambda: since_start(first, second, language), "compared", "compared")
    st.table(comparison_table(first, second, measure, language), border="horizontal", hide_index=True)


def other_dataset(data: Dataset) -> Dataset:
    """With which posts is it compared: these, or the sample?"""
    names = {"same": _("These posts"), "sample": _("The sample (synthetic)")}
    if data.synthetic:
        names.pop("sample")
    chosen = st.selectbox(
        _("Compare with"),
        list(names),
        format_func=names.__getitem__,
        key="compare_with",
        persist_state="session",
    )
    return kept.kept_sample(kept.model_state(), session.model()) if chosen == "sample" else data


def other_start(other: Dataset, span: Span, hours: int, until: pd.Timestamp) -> pd.Timestamp:
    """From when on is the other one shown? The time before, the onset of a burst, or a day."""
    posts = series(other.cube, until, session.profile().heat)["all"]
    onsets = bursts(posts.to_numpy(), pd.DatetimeIndex(posts.index), "posts")["onset"]
    places = {f"{onset:%Y-%m-%d %H:%M}": onset for onset in onsets[::-1]}
    before = span.start.floor("h") - pd.Timedelta(hours=hours)
    names = {place: _("Burst of {time}", time=place) for place in places} | {DAY: _("A day")}
    if other is session.dataset() and before >= posts.index[0]:
        names = {BEFORE: _("The time just before")} | names
    of = "same" if other is session.dataset() else "sample"
    chosen = st.selectbox(
        _("Starting at"),
        list(names),
        format_func=names.__getitem__,
        key=f"compare_from_{of}",
        persist_state="session",
    )
    if chosen == DAY:
        first, last = posts.index[0].date(), posts.index[-1].date()
        day = st.date_input(_("Day"), first, min_value=first, max_value=last, key=f"compare_day_{other.id[:8]}")
        return pd.Timestamp(day, tz=posts.index.tz)
    return places.get(chosen, before)


def curve(data: Dataset, until: pd.Timestamp, measure: str, span: Span) -> pd.Series:
    """How does the measure run, hour by hour, up to a time?"""
    profile = session.profile()
    return series(data.cube, until, profile.heat, measure, risk_only=span.risk_only, pace=profile.pace)["all"]


def called(start: pd.Timestamp, data: Dataset, beside: Dataset) -> str:
    """How is a curve called? By its start; the sample's also by its name, beside another's."""
    time = f"{start:%Y-%m-%d %H:%M}"
    return _("Sample, from {time}", time=time) if data.synthetic and data is not beside else _("From {time}", time=time)
