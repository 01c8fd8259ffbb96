"""How is foreign text shown where Streamlit reads Markdown?"""

from __future__ import annotations

import re

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")


def plain(text: str) -> str:
    """How is foreign text shown where Streamlit reads Markdown? Every special character escaped."""
    return MARKDOWN.sub(r"\\\1", text.replace("\n", " "))
