"""On what data does a report rest: which files, what was set aside, which classifier, and whose settings?"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.language import Text, _
from analysis.posts.privacy import personal_data_are_shown
from analysis.posts.report import ImportReport
from analysis.report.papers.blocks import Block, Fact, Lines, Made, Rows, Section, Span, Table
from analysis.report.papers.counting import posts_in, spans
from analysis.report.papers.facts import sourced
from analysis.report.papers.material import Material
from analysis.report.papers.rounding import hidden, percent, posted, quoted, said_on
from analysis.response.profile import VERSION, differences, name_label
from analysis.response.shipped import SHIPPED, base_of

MOST_FILES, MOST_CHANGES = 30, 20  # that are listed
FILES = _("Files that were read")
PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def annex(material: Material, span: Span) -> Section:
    """What must a reader know of the data behind a report?"""
    files = (file_table(material.reports),) if material.reports else ()
    told: tuple[Block, ...] = (
        Lines(row_sentences(material), points=True),
        *files,
        Lines(classifier_sentences(material), points=True),
        Lines(setting_sentences(material), points=True),
    )
    return Section(_("About the data"), told, annex=True)


def file_table(reports: Sequence[ImportReport]) -> Table:
    """What became of each file's rows? The first MOST_FILES."""
    headers = (_("File"), _("Rows"), _("Good"), _("Repaired"), _("Set aside"), _("Duplicates"))
    return Table(FILES, headers, tuple(map(file_row, reports[:MOST_FILES])), (0.4, *[0.12] * 5))


def file_row(report: ImportReport) -> tuple[Text, ...]:
    """What became of one file's rows?"""
    counts = (report.rows, report.good, len(report.repaired), len(report.set_aside), report.duplicates)
    name = Text("{name}", (("name", quoted(hidden(report.name), _("Name of the file"), 80)),))
    return name, *(Text("{n:,}", (("n", Fact(count, Made.FILE, FILES)),)) for count in counts)


def row_sentences(material: Material) -> tuple[Text, ...]:
    """How many rows were read, how many posts count, how many were left aside, and what is an estimate?"""
    told = [] if len(material.reports) < 2 else [sum_sentence(material.reports)]
    told += [] if material.cube.empty else [counted_sentence(material)]
    aside = Fact(material.left_aside, Made.FILE, _("Posts left aside"))
    told.append(_("Posts that are not about us and were left aside: {n:,}.", n=aside))
    told.append(
        _("Personal data are shown: masking is switched off on this desk.")
        if personal_data_are_shown()
        else _("Personal data in texts and names of accounts are masked.")
    )
    told += estimate_sentences(material)
    return tuple(told)


def sum_sentence(reports: Sequence[ImportReport]) -> Text:
    """How many rows do all files hold together?"""
    files, rows = Fact(len(reports), Made.FILE, FILES), Fact(sum(one.rows for one in reports), Made.FILE, _("Rows"))
    if len(reports) > MOST_FILES:
        return _("{files:,} files with {rows:,} rows were read; the first of them are listed.", files=files, rows=rows)
    return _("{files:,} files with {rows:,} rows were read.", files=files, rows=rows)


def counted_sentence(material: Material) -> Text:
    """Which posts count as of the time of the look?"""
    first = material.cube["hour"].iloc[0]
    rows = Rows(first, spans(material, Span.DAILY)[0].until)
    posts = Fact(posts_in(material.cube, rows), Made.COUNT, _("Posts"), (rows,))
    return _(
        "Counted as of {as_of}: {posts} about us since {first}.",
        as_of=said_on(material.briefing.as_of, _("Time of the look"), year=True),
        posts=posted(posts),
        first=said_on(first, _("First hour of the data"), (rows,), "event.first", year=True),
    )


def estimate_sentences(material: Material) -> list[Text]:
    """What of the counted is an estimate, and what is still to be collected?"""
    late, told = material.briefing.late, []
    if late.estimated > 0:
        share = Fact(late.estimated, Made.MEASURE, _("Estimated interactions"), (), "flag.estimated")
        told.append(
            _(
                "Counters were read off after the time of the look for {share} of the interactions of the last days: "
                "how many had come is estimated by how fast interactions come.",
                share=percent(share),
            )
        )
    if late.missing:
        told.append(_("Posts of the last hours are still to be collected, as earlier collections tell."))
    return told


def classifier_sentences(material: Material) -> tuple[Text, ...]:
    """Which classifier answered, and how often does it err here, as far as that is known?"""
    engine = (
        _("Risk types and tones are as the desk's own classifier answers, post by post.")
        if material.engine == "model"
        else _("Risk types are as the desk's own classifier answers, tones as SnowNLP does.")
    )
    checked = Fact(material.checked, Made.FILE, _("Corrections drawn at random"))
    if not material.checked:
        return engine, _(
            "How often it errs on these posts is not known: none was checked at random. Shares are not corrected."
        )
    if not material.briefing.corrections:
        return engine, _("Posts drawn at random and checked: {n:,}, too few to correct the shares.", n=checked)
    return engine, _("Posts drawn at random and checked: {n:,}; the negative share is corrected by them.", n=checked)


def setting_sentences(material: Material) -> tuple[Text, ...]:
    """Whose settings made the level, and in what do they differ from those that are shipped?"""
    profile = material.briefing.profile
    base = base_of(profile)
    changes = differences(SHIPPED[base], profile)
    words = {
        "name": sourced(name_label(profile.name), Made.QUOTED, _("Name of the profile")),
        "version": Fact(VERSION, Made.SETTING, _("Version of the profile's form"), (), "profile.version"),
    }
    if not changes:
        return _("Profile “{name}” (form {version}), as shipped.", **words), program_sentence()
    count = Fact(len(changes), Made.SETTING, _("Settings that differ"), (), "profile.changes")
    differs = _(
        "Profile “{name}” (form {version}); changes against the shipped “{base}”: {n:,}.",
        base=name_label(SHIPPED[base].name),
        n=count,
        **words,
    )
    return differs, *(change_text(change) for change in changes[:MOST_CHANGES]), program_sentence()


def change_text(change: Text) -> Text:
    """How does a difference from the shipped profile read?"""
    return sourced(change, Made.SETTING, _("Setting that differs"), (), "profile.changes")


def program_sentence() -> Text:
    """Which version of the program made this?"""
    return _(
        "Made by Yanpan {version}.",
        version=Fact(version(), Made.SETTING, _("Version of the program"), (), "program.version"),
    )


@cache
def version() -> str:
    """Which version is this?"""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
