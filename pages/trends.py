"""How does it run: posts, interactions or heat, by hour or day, split; and which posts stand behind a point?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.report import charts
from analysis.report.overview import ANSWERS_TEXT
from analysis.report.tables import PART_LABELS, missing_text, weights_text
from analysis.report.top import span_of, telling_posts
from analysis.schema import InputError
from analysis.signals.burst import bursts
from analysis.signals.heat import PARTS, effective_weights
from analysis.signals.series import MEASURES, SPLITS, series
from pages import session
from pages.session import _


def main() -> None:
    """Which curve is asked for, and what does it show?"""
    language = session.language()
    briefing = session.briefing()
    left, middle, right = st.columns(3)
    measure = left.segmented_control(
        _("Measure"),
        list(MEASURES),
        format_func=lambda key: MEASURES[key].to(language),
        default="posts",
        required=True,
        key="trend_measure",
        persist_state="session",
    )
    split = middle.selectbox(
        _("Split by"),
        list(SPLITS),
        format_func=lambda key: SPLITS[key].to(language),
        key="trend_split",
        persist_state="session",
    )
    steps = {"h": _("Hour"), "D": _("Day")}
    step = right.segmented_control(
        _("Time step"),
        list(steps),
        format_func=steps.__getitem__,
        default="h",
        required=True,
        key="trend_step",
        persist_state="session",
    )
    risk_only = right.toggle(_("Risk posts only"), key="trend_risk", persist_state="session")
    frame = series(session.dataset().cube, briefing.as_of, session.profile().heat, measure, split, step, risk_only)
    marked = bursts(briefing.situation.hourly)
    figure = charts.curves(frame, split, MEASURES[measure], marked, language)
    chosen = st.plotly_chart(
        figure, theme=None, key="curves", on_select="rerun", selection_mode="points", config={"scrollZoom": True}
    )
    explain(measure, split)
    points = chosen["selection"]["points"] if chosen else []
    show_posts(points[0] if points else None, split, step, risk_only)
    show_bursts(marked)


def explain(measure: str, split: str) -> None:
    """What do the measure and its split mean, and what is missing from them?"""
    st.caption(_("Shaded: bursts. Drag to zoom, double-click to zoom out, click a point to see its posts."))
    if split == "sentiment":
        st.caption(session.said(ANSWERS_TEXT))
    if measure == "posts":
        return
    known = session.briefing().situation.available
    missing = [part for part in PARTS[1:] if part not in known]
    if missing:
        names = [PART_LABELS[part] for part in missing]
        st.caption(session.said(missing_text(names)))
    st.caption(_("An export tells totals; when they came is estimated from how real posts collect theirs."))
    if measure == "heat":
        weights = effective_weights(known, session.profile().heat)
        st.caption(session.said(weights_text(weights)))


def show_posts(point: dict | None, split: str, step: str, risk_only: bool) -> None:
    """Which posts stand behind the chosen point? Without one: those of the last day."""
    as_of = session.briefing().as_of
    if point is None:
        st.subheader(_("Posts of the last 24 hours"))
        start, end, value = as_of - pd.Timedelta(hours=24), as_of, ""
        split = "all"
    else:
        start, end = span_of(pd.Timestamp(point["x"]), step)
        value = str(point.get("customdata") or "")
        name = charts.label_of(split, value, session.language())
        st.subheader(session.plain(f"{start:%Y-%m-%d %H:%M} · {name}"))
    posts = telling_posts(session.dataset().posts, min(end, as_of), start, split, value, risk_only)
    if posts.empty:
        st.info(_("No posts here."), icon=":material/inbox:")
        return
    session.show_posts(posts)


def show_bursts(marked: pd.DataFrame) -> None:
    """When did bursts begin, peak and end?"""
    st.subheader(_("Bursts of risk posts"))
    if marked.empty:
        st.info(_("No burst up to this time."), icon=":material/inbox:")
        return
    shown = marked.iloc[::-1].assign(**{name: marked[name].dt.tz_localize(None) for name in ("onset", "peak", "end")})
    st.dataframe(
        shown,
        hide_index=True,
        column_config={
            "onset": st.column_config.DatetimeColumn(_("Onset"), format="MM-DD HH:mm"),
            "peak": st.column_config.DatetimeColumn(_("Peak"), format="MM-DD HH:mm"),
            "end": st.column_config.DatetimeColumn(_("End"), format="MM-DD HH:mm"),
            "strength": st.column_config.NumberColumn(_("Posts an hour above the usual, at the peak"), format="%.0f"),
        },
    )


try:
    main()
except InputError as error:
    session.show_error(error)
