"""What makes it hot? The formula with the numbers of now, what each part gives, and the posts behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.report.heat_table import (
    POINTS,
    cooling_text,
    formula_text,
    heat_now,
    hot_table,
    lacking_text,
    part_table,
    rest_text,
)
from analysis.schema import COLUMN_LABELS
from analysis.signals.heat import contributions
from pages import session
from pages.session import _

LISTED = 20


def show_heat() -> None:
    """How hot is it at as-of, by which formula, and because of which posts?"""
    language, briefing = session.language(), session.briefing()
    now, settings = briefing.situation, briefing.profile.heat
    st.subheader(_("Heat: {heat:.1f} of 100", heat=heat_now(now)))
    st.markdown(session.said(formula_text(now, settings)))
    table = part_table(now, settings, language)
    config = {name: st.column_config.NumberColumn(format="localized") for name in table.select_dtypes("number")}
    st.dataframe(table, hide_index=True, column_config=config, placeholder="–")
    lacking = lacking_text(now, settings)
    if lacking:
        st.caption(session.said(lacking))
    st.caption(
        session.said(cooling_text(settings))
        + " "
        + _("Risk posts only; when interactions came is estimated from how real posts collect theirs.")
    )
    st.page_link("pages/thresholds.py", label=_("Change half-life, weights, reference"), icon=":material/tune:")
    show_hottest()


def show_hottest() -> None:
    """Which posts make it hot?"""
    language, briefing = session.language(), session.briefing()
    now, settings = briefing.situation, briefing.profile.heat
    st.subheader(_("What makes it hot"))
    found = kept_contributions()
    if found.empty:
        st.info(_("No risk posts up to this time."), icon=":material/inbox:")
        return
    st.caption(session.said(rest_text(found, now)))
    table = hot_table(found, now, settings, language)
    most = float(found["heat"].max())
    named = {
        COLUMN_LABELS["published_at"]: st.column_config.DatetimeColumn(format="MM-DD HH:mm"),
        COLUMN_LABELS["text"]: st.column_config.TextColumn(width=240),
        POINTS: st.column_config.ProgressColumn(format="%.2f", min_value=0, max_value=most),
    }
    config = {name: st.column_config.NumberColumn(format="%.2f") for name in table.select_dtypes("number")}
    config |= {label.to(language): column for label, column in named.items()}
    st.dataframe(table, hide_index=True, column_config=config, placeholder="–")


def kept_contributions() -> pd.DataFrame:
    """Which posts make the heat? Kept in the session: texts must not come to another one."""
    data, as_of, profile = session.dataset(), session.as_of(), session.profile()
    asked = (data, as_of, profile.heat, profile.pace)
    kept = session.held("contributions")
    if kept is None or kept[0][0] is not data or kept[0][1:] != asked[1:]:
        found = contributions(data.posts, as_of, profile.heat, LISTED, data.history, profile.pace)
        kept = (asked, found)
        session.hold("contributions", kept)
    return kept[1]
