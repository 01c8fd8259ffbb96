"""What is just beginning, how big will it get, and how likely does it become severe?"""

from __future__ import annotations

from math import ceil

import pandas as pd
import streamlit as st

from analysis.report.warning_table import LABELS, basis_lines, label, warning_table
from analysis.signals.threads import FEWEST_KNOWN, FEWEST_REPOSTS, MOST_THREADS, warnings
from analysis.signals.warning import ENOUGH
from pages import session
from pages.session import _


def show_warnings() -> None:
    """Which threads and events of the last day may become severe, as far as their first hours tell?"""
    language, profile = session.language(), session.profile()
    severe = ceil(profile.warning.severe_posts)
    found = kept_warnings()
    if found.empty:
        st.info(
            _("No thread and no burst has begun in the last 24 hours and is an hour old."),
            icon=":material/inbox:",
        )
        return
    st.caption(
        _(
            "From the first hours alone: how many posts there will be in the end, and how likely {posts:,} are.",
            posts=severe,
        )
    )
    st.dataframe(
        warning_table(found, severe, language),
        hide_index=True,
        column_config={
            LABELS["what"].to(language): st.column_config.TextColumn(width=320),
            LABELS["started"].to(language): st.column_config.DatetimeColumn(format="MM-DD HH:mm"),
            LABELS["age"].to(language): st.column_config.NumberColumn(format="%.1f"),
            label("reach", severe).to(language): st.column_config.ProgressColumn(
                format="percent", min_value=0.0, max_value=1.0
            ),
        },
    )
    for line in basis_lines(found):
        st.caption(session.said(line))
    st.caption(
        _(
            "At most {most} threads, with {fewest} reposts and comments or more; "
            "{known} or more until {enough} are finished.",
            most=MOST_THREADS,
            fewest=FEWEST_REPOSTS,
            known=FEWEST_KNOWN,
            enough=ENOUGH,
        )
    )


def kept_warnings() -> pd.DataFrame:
    """Which early warnings are there at as-of? Found once in a session for the same posts, time and settings."""
    data, as_of, settings = session.dataset(), session.as_of(), session.profile().warning
    asked = (data.id, as_of, settings)
    held = session.held("warnings")
    if held is None or held[0] != asked or held[1] is not data.posts:
        told = warnings(data.posts, as_of, session.briefing().situation.bursts, settings)
        session.hold("warnings", (asked, data.posts, told))
        return told
    return held[2]
