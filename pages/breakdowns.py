"""How does a span split: by topic, tone, platform, region, by day and hour?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.report import charts, signal_charts
from analysis.report.brush import Span
from analysis.report.chart_tables import curve_table, tone_table
from analysis.report.overview import ANSWERS_TEXT, breakdown
from analysis.report.tables import PART_LABELS, missing_text
from analysis.report.top import span_of, telling_posts
from analysis.signals.cube import risky
from analysis.signals.heat import PARTS
from analysis.signals.series import MEASURES, SPLITS, series
from pages import session
from pages.drawing import show_chart, show_post_table
from pages.session import _


def show_curves(span: Span) -> None:
    """How does a measure run, split by a key? One chart, or a small one for each value; a point shows its posts."""
    language = session.language()
    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    with left:
        measure = measure_control("trend_measure")
    split = middle.selectbox(
        _("Split by"),
        list(SPLITS),
        format_func=lambda key: SPLITS[key].to(language),
        key="trend_split",
        persist_state="session",
    )
    apart = right.toggle(_("A small chart each"), key="trend_apart", persist_state="session")
    shared = apart and right.toggle(_("One scale for all"), key="trend_shared", persist_state="session")
    frame = curves(measure, split, span)
    if apart:
        figure = signal_charts.small_multiples(frame, split, MEASURES[measure], language, shared)
    else:
        figure = charts.curves(frame, split, MEASURES[measure], marked(frame), language)
    name = f"{measure}_{split}"
    selection = show_chart(
        figure, lambda: curve_table(frame, split, language), name, "curves", None if apart else "points"
    )
    explain(measure, split, apart)
    show_point(selection, split, span)


def measure_control(key: str) -> str:
    """What is measured?"""
    chosen = st.segmented_control(
        _("Measure"),
        list(MEASURES),
        format_func=lambda measure: MEASURES[measure].to(session.language()),
        default="posts",
        required=True,
        key=key,
        persist_state="session",
    )
    return str(chosen)


def curves(measure: str, split: str, span: Span) -> pd.DataFrame:
    """How does the measure run within the span, a column a value of the split?"""
    profile, cube = session.profile(), session.dataset().cube
    frame = series(cube, span.end, profile.heat, measure, split, span.step, span.risk_only, profile.pace)
    return frame.loc[span.start.floor(span.step) :]


def marked(frame: pd.DataFrame) -> pd.DataFrame:
    """Which bursts of posts touch the time of the curves?"""
    found = session.briefing().situation.bursts
    return found[(found["of"] == "posts") & (found["end"] >= frame.index[0])]


def explain(measure: str, split: str, apart: bool) -> None:
    """What do the measure and its split mean, and what is missing from them?"""
    if not apart:
        st.caption(_("Shaded: bursts. Drag to zoom, double-click to zoom out, click a point to see its posts."))
    if split == "sentiment":
        st.caption(session.said(ANSWERS_TEXT))
    if measure == "posts":
        return
    known = session.briefing().situation.available
    missing = [part for part in PARTS[1:] if part not in known]
    if missing:
        st.caption(session.said(missing_text([PART_LABELS[part] for part in missing])))
    st.caption(_("An export tells totals; when they came is estimated from how real posts collect theirs."))


def show_point(selection: Mapping[str, Any], split: str, span: Span) -> None:
    """Which posts stand behind the chosen point of a curve?"""
    points = selection.get("points")
    if not points:
        return
    start, end = span_of(pd.Timestamp(points[0]["x"]), span.step)
    value = str(points[0].get("customdata") or "")
    name = charts.label_of(split, value, session.language())
    st.subheader(session.plain(f"{start:%Y-%m-%d %H:%M} · {name}"))
    posts = session.dataset().posts
    found = telling_posts(posts, min(end, span.end), start, split, value, span.risk_only, pace=session.profile().pace)
    if found.empty:
        st.info(_("No posts here."), icon=":material/inbox:")
        return
    show_post_table(found)


def show_calendar(span: Span) -> None:
    """On which days, and at which hours, is it said?"""
    language = session.language()
    hourly = session.briefing().situation.hourly.loc[span.start.floor("h") : span.end]
    if span.risk_only:
        hourly = hourly.assign(posts=hourly["risk"])
    figure = signal_charts.calendar(hourly, language)
    show_chart(figure, lambda: curve_table(hourly[["posts"]], "measure", language), "calendar", "calendar")


def show_regions(span: Span) -> None:
    """Where is it said, and in which tone? Bars, and the provinces as tiles."""
    language = session.language()
    cells = session.dataset().cube
    cells = cells[cells["hour"] >= span.start.floor("h")]
    if span.risk_only:
        cells = cells[risky(cells)]
    table = breakdown(cells, span.end, "region", None)
    if table.empty or set(table.index) == {""}:
        st.info(_("No post of this span tells its region."), icon=":material/location_off:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        figure = signal_charts.regions(table, language)
        show_chart(figure, lambda: tone_table(table, "region", language), "regions", "regions")
    with right:
        figure = signal_charts.tile_map(table.sum(axis=1), language)
        show_chart(figure, lambda: tone_table(table, "region", language), "tile_map", "tile_map")
    st.caption(session.said(ANSWERS_TEXT))
