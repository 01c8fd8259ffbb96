"""How are reasons, the facts of an import and the hours of levels laid out as tables?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.language import Text, _
from analysis.posts.privacy import PERSONAL_LABELS, Personal, personal_data_are_shown
from analysis.posts.report import ImportReport
from analysis.response.groups import INDICATOR_LABELS
from analysis.response.reasons import Reason
from analysis.schema import COLUMN_LABELS, Platform, Sentiment, Topic

Row = dict[Text, Text | str]
ROWS_SHOWN = 1000
SURE_ENOUGH = 0.9
SURENESS = (
    (1.0, _("certain")),
    (0.99, _("almost certain")),
    (SURE_ENOUGH, _("very likely")),
    (0.0, _("not sure, please check")),
)
ENCODING_LABELS = {
    "utf-8": Text("UTF-8"),
    "utf-8-sig": _("UTF-8 (with mark)"),
    "gb18030": _("GB18030 (simplified Chinese)"),
    "big5": _("Big5 (traditional Chinese)"),
    "utf-16-le": Text("UTF-16"),
    "utf-16-be": _("UTF-16 (bytes swapped)"),
    "mixed": _("several encodings, line by line"),
}
SEPARATOR_LABELS = {
    ",": _("comma"),
    ";": _("semicolon"),
    "tab": _("tab"),
    "|": _("vertical bar"),
    "，": _("full-width comma"),
}
ESCAPED = ' \\"'


def reason_table(reasons: Sequence[Reason], language: str) -> pd.DataFrame:
    """Why this level? Indicator, points of the most it can give, and the sentence with its counts."""
    rows: list[Row] = [
        {
            _("Indicator"): INDICATOR_LABELS[reason.indicator],
            _("Points"): points_text(reason),
            _("What was counted"): reason.text,
        }
        for reason in reasons
    ]
    return shown(rows, language)


def points_text(reason: Reason) -> Text:
    """How many points does an indicator give, of the most it can?"""
    return _("{points:.1f} of {most:.0f}", points=reason.points, most=reason.most)


def post_table(posts: pd.DataFrame, language: str) -> pd.DataFrame:
    """How do the posts of `telling_posts` read? Labels in the reader's language, texts as they are."""
    named = posts.assign(
        platform=[Platform(value).label.to(language) for value in posts["platform"]],
        topic=[Topic(value).label.to(language) for value in posts["topic"]],
        sentiment=[Sentiment(value).label.to(language) for value in posts["sentiment"]],
    )
    labels = {**COLUMN_LABELS, "topic": _("Topic"), "sentiment": _("Sentiment"), "copies": _("Same text")}
    return named.rename(columns={name: labels[name].to(language) for name in posts})


def aside_table(report: ImportReport, language: str) -> pd.DataFrame:
    """Which rows were set aside, why, and what stood in them? The first 1,000, personal data masked."""
    rows: list[Row] = [
        {_("Row"): f"{aside.row:,}", _("Reason"): aside.reason, _("What stood there"): aside.raw}
        for aside in report.set_aside[:ROWS_SHOWN]
    ]
    return shown(rows, language)


def repaired_table(report: ImportReport, language: str) -> pd.DataFrame:
    """Which rows were repaired, and what was done? The first 1,000."""
    rows: list[Row] = [
        {_("Row"): f"{repaired.row:,}", _("What was done"): repaired.what} for repaired in report.repaired[:ROWS_SHOWN]
    ]
    return shown(rows, language)


def evidence_table(report: ImportReport, language: str) -> pd.DataFrame:
    """Which header was read as which column, and what told it? "–" where a known header was not used."""
    rows: list[Row] = [
        {
            _("Column"): COLUMN_LABELS[found.column],
            _("Header in the file"): found.header or "–",
            _("How it is known"): found.detail,
        }
        for found in report.evidence
    ]
    return shown(rows, language)


def sum_text(report: ImportReport) -> Text:
    """Do the counts of an import add up?"""
    return _(
        "{good:,} good + {repaired:,} repaired + {aside:,} set aside + {duplicates:,} duplicates = {rows:,} rows",
        good=report.good,
        repaired=len(report.repaired),
        aside=len(report.set_aside),
        duplicates=report.duplicates,
        rows=report.rows,
    )


def encoding_text(report: ImportReport) -> Text:
    """Which encoding was found, and how sure is it?"""
    if not report.encoding:
        return Text("–")
    sure = report.encoding_confidence
    words = next(words for least, words in SURENESS if sure >= least)
    share = 100 if sure == 1 else min(99, int(100 * sure))
    return _("{encoding}, {sure} ({share}%)", encoding=ENCODING_LABELS[report.encoding], sure=words, share=share)


def separator_text(report: ImportReport) -> Text:
    """What stands between the cells of a text file? In words."""
    separator = report.dialect.removesuffix(ESCAPED)
    if not separator:
        return Text("–")
    name = SEPARATOR_LABELS.get(separator, Text("{separator}", (("separator", separator),)))
    return name if separator == report.dialect else _("{separator}; quotation marks behind a backslash", separator=name)


def personal_text(report: ImportReport) -> Text:
    """Which personal data stand in the texts, and are they hidden?"""
    if not report.masked:
        return _("none found") if report.masked is not None else _("not counted")
    kinds = [
        _("{kind} {count:,}", kind=PERSONAL_LABELS[Personal(kind)], count=count)
        for kind, count in report.masked.items()
    ]
    if personal_data_are_shown():
        return _("{kinds}; shown, for masking is switched off", kinds=kinds)
    return _("{kinds}; masked wherever shown", kinds=kinds)


def until(deadline: pd.Timestamp, as_of: pd.Timestamp) -> Text:
    """When is a deadline, and how long is left or past?"""
    minutes = abs(int((deadline - as_of).total_seconds() // 60))
    length, time = f"{minutes // 60}:{minutes % 60:02d}", f"{deadline:%m-%d %H:%M}"
    if deadline < as_of:
        return _("{time} ⚠ {length} h past", time=time, length=length)
    return _("{time} ⏳ {length} h left", time=time, length=length)


def shown(rows: list[Row], language: str) -> pd.DataFrame:
    """How does a table read in the reader's language?"""
    words = [
        {name.to(language): cell.to(language) if isinstance(cell, Text) else cell for name, cell in row.items()}
        for row in rows
    ]
    return pd.DataFrame(words)


PART_LABELS = {
    "posts": _("Posts"),
    "reposts": _("Reposts"),
    "comments": _("Comments"),
    "likes": _("Likes"),
    "reads": _("Reads"),
}


def missing_text(names: list[Text]) -> Text:
    """What does the export lack, and what follows?"""
    return _("The export has no column for: {names}. Their weight goes to the others.", names=names)


def weights_text(weights: dict[str, float]) -> Text:
    """Which weights made the heat?"""
    shares = [_("{name} {share:.0%}", name=PART_LABELS[part], share=share) for part, share in weights.items()]
    return _("Heat = 100 · Σ weight · ln(1 + cooled sum), scaled to the reference. Weights: {shares}.", shares=shares)
