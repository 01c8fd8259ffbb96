"""How do papers leave the desk: under which names, and all of them in one file?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pandas as pd

from analysis.language import _
from analysis.report.papers.blocks import Story
from analysis.report.papers.safe import file_name


def paper_name(story: Story, event: str, language: str, ending: str) -> str:
    """How is a file called? By what is told and as of which hour; event: its name, "" = over all."""
    hour = _("{hour:02d}h", hour=story.as_of.hour).to(language)
    words = [story.span.label.to(language), *filter(None, [event]), f"{story.as_of:%Y-%m-%d}", hour]
    return file_name(words, ending)


def together(files: Mapping[str, bytes], when: pd.Timestamp) -> bytes:
    """How do files (name → bytes) stand in one ZIP? Dated by what they tell: the same files give the same bytes."""
    out, date = io.BytesIO(), (when.year, when.month, when.day, when.hour, when.minute, when.second)
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, date), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
