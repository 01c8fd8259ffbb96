"""What is odd about the loaded posts, where a reader of the curves must know it?"""

from __future__ import annotations

import streamlit as st

from pages import session


def show_findings() -> None:
    """What is odd about the posts of this session? One box, a line each; nothing where all is well."""
    found = session.loaded().findings
    if found:
        st.info("\n\n".join(session.said(finding.text) for finding in found), icon=":material/troubleshoot:")
