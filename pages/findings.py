"""What is odd about the loaded posts, where a reader of the curves must know it?"""

from __future__ import annotations

import streamlit as st

from pages import session


def show_findings() -> None:
    """What is odd about the posts of this session? A line each; nothing where all is well."""
    for finding in session.loaded().findings:
        st.warning(session.said(finding.text), icon=":material/troubleshoot:")
