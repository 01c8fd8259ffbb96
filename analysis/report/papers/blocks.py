"""What is told, on the wall and on paper: scenes and sections made of the same few blocks, in no language yet.

Whoever writes slides, documents, pages or sheets gets a Story and knows nothing of posts. Texts of posts and names of
events in it are masked, and as hostile as they were written: each writer escapes them for its format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.language import Text, _
from analysis.schema import Level


class Span(StrEnum):
    """Which report: of the last 24 hours, of the last 7 days, or of one event from its first post on."""

    DAILY = "daily"
    WEEKLY = "weekly"
    EVENT = "event"

    @property
    def label(self) -> Text:
        return SPAN_LABELS[self]


SPAN_LABELS = {Span.DAILY: _("Daily report"), Span.WEEKLY: _("Weekly report"), Span.EVENT: _("Event report")}


class Made(StrEnum):
    """How did a figure come about?"""

    COUNT = "count"  # the posts in rows[0]
    SHARE = "share"  # the posts in rows[0] of those in rows[1], as the classifier answers
    CORRECTED = "corrected"  # such a share (or an end of its interval) with the classifier's errors taken out
    CHANGE = "change"  # the posts in rows[0] against those in rows[1]: 0.37 = 37% more
    MEASURE = "measure"  # a formula over rows[0] (docs/formulas.md); `key` names it
    COUNTER = "counter"  # a counter of one quoted post
    SETTING = "setting"  # a number of the profile or the plan; `key` names it
    TIME = "time"  # a time: of a post, of the look, or by a limit
    FILE = "file"  # of the files that were read
    QUOTED = "quoted"  # words of posts or files: digits in them are no figures of the desk


@dataclass(frozen=True)
class Rows:
    """Which posts was a figure counted from? Those of the hours since..until (both included, whole hours) in which
    all of `where` (column of the cube, value) hold. event: value "" = no event."""

    since: pd.Timestamp
    until: pd.Timestamp
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fact:
    """A figure in a sentence, with where it comes from. It stands as a value in a Text and formats like its value.

    what: what was counted, in words. rows: see Made. key: of a measure or setting, "" = needs none.
    """

    value: float | int | str | pd.Timestamp
    made: Made
    what: Text
    rows: tuple[Rows, ...] = ()
    key: str = ""

    def __format__(self, form: str) -> str:
        if isinstance(self.value, pd.Timestamp):  # "3月4日" has no zeros, and not every strftime knows how to drop them
            for sign, part in (("%-m", self.value.month), ("%-d", self.value.day), ("%-H", self.value.hour)):
                form = form.replace(sign, str(part))
        return format(self.value, form)

    def __str__(self) -> str:
        return str(self.value)


class ChartKind(StrEnum):
    """LINE: over time; BAR: horizontal, stacked, first category on top; COLUMN: upright, stacked."""

    LINE = "line"
    BAR = "bar"
    COLUMN = "column"


@dataclass(frozen=True)
class Series:
    """One series of a chart: along its categories, None = nothing there. colour: #RRGGBB."""

    name: Text
    values: tuple[float | None, ...]
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart that every format draws its own way: native where it can be edited, interactive, or as a picture.

    categories: texts, or times (of LINE: whole hours or days, in order). unit: of the values. note: what was counted,
    and where the data come from. lines: (value, name, colour) of thresholds across the chart. whole: counts of things,
    shown without decimals.
    """

    key: str
    kind: ChartKind
    title: Text
    categories: tuple[Text | pd.Timestamp, ...]
    series: tuple[Series, ...]
    unit: Text
    note: Text
    lines: tuple[tuple[float, Text, str], ...] = ()
    whole: bool = True


@dataclass(frozen=True)
class Table:
    """A table; widths are shares of its width that sum to 1, along the headers."""

    title: Text
    headers: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Quote:
    """Words of one post, masked, never changed otherwise; `cut`: they were too long and end with "…".

    by: where, who and when, and what it drew (with its facts). position: of the post in the posts frame, so that
    its row can be listed.
    """

    text: str
    by: Text
    position: int
    cut: bool = False


@dataclass(frozen=True)
class Lines:
    """Sentences: as one paragraph, or each as a point of a list."""

    texts: tuple[Text, ...]
    points: bool = False


@dataclass(frozen=True)
class Quotes:
    """What people say, in their own words. title: whose words."""

    title: Text
    quotes: tuple[Quote, ...]


Block = Lines | Chart | Table | Quotes


@dataclass(frozen=True)
class Section:
    """A section of the document; heading without its number (一、…). annex: 附, not numbered."""

    heading: Text
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True)
class Scene:
    """One scene of the meeting, and one slide. key: "situation", "trend", "topics", "event:<id>", "events",
    "carriers", "level", "tasks" or "questions".

    title: what it is about; lead: what it says, in one sentence. At most one Chart or Table beside at most four Lines
    and two Quotes: it is read from five metres.
    """

    key: str
    title: Text
    lead: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Story:
    """All that is told as of a time.

    title, number ("" = to be filled in by hand), office and hospital stand at the head; since..until: the hours it
    tells of (both included); level, level_name, colour: which is in force. notes: what a reader must know (synthetic
    data, masked, uncorrected shares). event: its id, None = over all.
    """

    span: Span
    title: Text
    number: str
    as_of: pd.Timestamp
    since: pd.Timestamp
    until: pd.Timestamp
    level: Level
    level_name: Text
    colour: str
    sections: tuple[Section, ...]
    scenes: tuple[Scene, ...]
    notes: tuple[Text, ...] = ()
    event: str | None = None
