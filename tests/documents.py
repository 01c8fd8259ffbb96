"""What stands in the documents?"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
DOCS = (
    "docs/formulas.md",
    "docs/settings.md",
    "docs/command-line.md",
    "docs/data.md",
    "docs/model.md",
    "docs/playbook.md",
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(name: str) -> set[str]:
    """Which words stand in backticks?"""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text(name), flags=re.M | re.S)))


def section(name: str, heading: str) -> str:
    """What stands under a heading, up to the next of the same rank or above?"""
    rank = len(heading) - len(heading.lstrip("#"))
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{rank}}} |\Z)", text(name), re.M | re.S)
    assert found, f"{name} has no heading {heading}"
    return found[1]


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text(name), re.M | re.S)
