"""How is a chart shown and taken away, as a picture and as a table for the spreadsheet, and how are posts shown?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from analysis.posts.clean import spreadsheet_safe
from analysis.report import signal_charts
from analysis.report.tables import post_table
from analysis.schema import COLUMN_LABELS
from pages import session
from pages.session import _


def show_chart(
    figure: Any, table: Callable[[], pd.DataFrame], name: str, key: str, select: Literal["points", "box"] | None = None
) -> Mapping[str, Any]:
    """What does a chart show, and what was selected in it? Below it stands its table, written when it is asked for.

    name: of the files, without ending. select: what can be selected, "points" or "box" (a span of time).
    Returns Streamlit's selection, empty where there is none; when it just changed, its key is held as `selected_in`.
    """
    config = signal_charts.picture(session.held("picture") or "png", name, session.language())
    if select:
        changed = partial(session.hold, "selected_in", key)
        chosen = st.plotly_chart(figure, theme=None, key=key, config=config, on_select=changed, selection_mode=select)
    else:
        st.plotly_chart(figure, theme=None, key=key, config=config)
        chosen = None
    st.download_button(
        _("Data of this chart (CSV)"),
        lambda: csv_file(table()),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=f"{key}_csv",
    )
    return chosen["selection"] if chosen else {}


def csv_file(table: pd.DataFrame) -> bytes:
    """How is a table taken to a spreadsheet? Its headers may be as foreign as its cells: no formula runs in either."""
    numbered = table.set_axis([str(at) for at in range(table.shape[1])], axis=1)
    headers = spreadsheet_safe(pd.DataFrame({"header": list(map(str, table.columns))}, dtype="str"))["header"]
    return spreadsheet_safe(numbered).set_axis(list(headers), axis=1).to_csv(index=False).encode("utf-8-sig", "replace")


def show_post_table(posts: pd.DataFrame) -> None:
    """How are posts shown? As plain cells, named in the reader's language; nothing in them is rendered."""
    widths = {
        COLUMN_LABELS["published_at"]: st.column_config.DatetimeColumn(format="MM-DD HH:mm"),
        COLUMN_LABELS["text"]: st.column_config.TextColumn(width=340),
    }
    config = {label.to(session.language()): column for label, column in widths.items()}
    st.dataframe(post_table(posts, session.language()), hide_index=True, column_config=config, placeholder="–")
