"""The tables of why this level, how far from the next, and what is to be done by when: as they are read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from frames import EXAMPLE, at, cube, hourly_cube
from materials import material_of

from analysis.language import Text
from analysis.report.papers import standing_blocks
from analysis.report.papers.blocks import Made, Table
from analysis.report.papers.facts import pieces
from analysis.report.papers.material import Material
from analysis.response.clocks import clocks
from analysis.response.playbook import Assignment
from analysis.schema import Level

TABLES = ("reason", "margin", "red_line", "likelihood", "clock", "task", "event")
LONG = "产妇" * 100
PLACE = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def grave() -> Material:
    """Two hundred complaints about care in one hour, of an event with a name of 200 characters."""
    return material_of(hourly_cube([200], topic="medical_quality", event="e"), 3, names={"e": LONG})


def the(name: str, material: Material) -> Table:
    return getattr(standing_blocks, f"{name}_table")(material)


def read(table: Table, language: str = "en") -> list[list[str]]:
    return [[cell.to(language) for cell in row] for row in table.rows]


def column(table: Table, header: str) -> list[str]:
    place = [str(name) for name in table.headers].index(header)
    return [row[place] for row in read(table)]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_for_each_header_and_every_figure_a_source(grave: Material, name: str) -> None:
    table = the(name, grave)
    assert sum(table.widths) == pytest.approx(1) and len(table.widths) == len(table.headers)
    assert table.rows and {len(row) for row in table.rows} == {len(table.headers)}
    for cell in [cell for row in table.rows for cell in row]:
        plain = "".join(run for run, fact in pieces(cell, "en") if fact is None)
        assert digits(plain) <= digits("".join(PLACE.sub("", text.msgid) for text in texts_in(cell))), plain


def digits(words: str) -> Counter[str]:
    return Counter(filter(str.isdigit, words))


def texts_in(text: Text) -> list[Text]:
    """Which messages are in a message, itself among them?"""
    return [text, *(one for _name, value in text.values if isinstance(value, Text) for one in texts_in(value))]


def test_reasons_stand_by_points_with_what_was_counted(grave: Material) -> None:
    table = the("reason", grave)
    assert read(table)[0][0] == "Gravity"
    points = [float(cell.split(" of ")[0]) for cell in column(table, "Points")]
    assert points == sorted(points, reverse=True)
    assert sum(points) == pytest.approx(grave.standing.assessment.score, abs=0.3)
    assert "200 of 200 posts in 24 h are negative" in " ".join(column(table, "What was counted"))


def test_a_red_line_tells_what_is_missing_that_it_is_crossed_or_off() -> None:
    cells = cube({"posts": 12, "death_blamed": 9, "attack_on_staff": 11, "sentiment": "negative"})
    profile = EXAMPLE.with_values("red_lines", {"central_media": 0, "death_blamed": 9.5})
    table = the("red_line", material_of(cells, 0, profile=profile))
    told = {row[0]: row[2:] for row in read(table)}
    assert told["A death is claimed and care is blamed"] == ["9", "1 missing (10 are enough)"]
    assert told["Staff are attacked"] == ["11", "crossed (10 are enough)"]
    assert told["Central media report it"] == ["0", "switched off in this profile"]
    assert read(table)[0][1] == "● Severe"


def test_at_the_highest_level_there_is_nothing_to_reach(grave: Material) -> None:
    assert the("margin", replace(grave, standing=replace(grave.standing, margins=()))).rows == ()


def severe(material: Material) -> Material:
    """The same at SEVERE, as if it had begun in the first hour and been discovered in the third, 3 hours ago."""
    assessment = replace(material.standing.assessment, level=Level.SEVERE, onset=at(0), discovered=at(2), since=at(2))
    return replace(material, standing=replace(material.standing, assessment=assessment, clocks=clocks(assessment)))


def test_limits_tell_when_they_end_and_how_long_is_left_or_past(grave: Material) -> None:
    told = {row[0]: row[1:3] for row in read(the("clock", severe(grave)))}  # as of 03:59:59
    assert told["First reaction (golden four hours)"] == ["running", "03-03 04:00 (0 minutes left)"]
    assert told["Press conference"] == ["running", "03-04 00:00 (20 hours left)"]
    assert told["Report of a medical-safety event, general grade"][1] == "03-18 02:00 (15 days left)"
    assert told["Report of a medical-safety event, gravest grade"][1] == "03-03 04:00 (0 minutes left)"


def test_a_limit_that_does_not_run_tells_what_starts_it() -> None:
    quiet = material_of(cube({"topic": "other", "sentiment": "neutral"}), 0)
    assert column(the("clock", quiet), "Deadline")[0] == "4 h from the onset, once the level is Mild"
    assert column(the("task", quiet), "Deadline")[0] == "–"


def test_the_source_of_a_limit_is_quoted_and_no_figure_of_the_desk(grave: Material) -> None:
    cells = [row[3] for row in the("clock", severe(grave)).rows]
    facts = {fact.made for cell in cells for _run, fact in pieces(cell, "en") if fact}
    assert facts == {Made.QUOTED}


def task(key: str, hour: float) -> Assignment:
    return Assignment(1, Text("Leading group"), Text(key), Text("Meeting"), at(hour), key)


def test_tasks_tell_their_deadline_and_whether_they_are_done(grave: Material) -> None:
    tasks = (task("late", 1), task("done", 2), task("done late", 2), task("open", 8))
    done = {"done": "2025-03-03T01:30:00+08:00", "done late": "2025-03-03T03:30:00+08:00"}
    found = the("task", replace(grave, standing=replace(grave.standing, tasks=tasks), done=done))
    assert list(zip(column(found, "Deadline"), column(found, "State"), strict=True)) == [
        ("03-03 01:00 (3 hours past)", "overdue"),
        ("03-03 02:00", "done 03-03 01:30"),
        ("03-03 02:00", "done 03-03 03:30, after the deadline"),
        ("03-03 08:00 (4 hours left)", "to do"),
    ]


def test_events_stand_with_their_whole_name_size_and_tone(grave: Material) -> None:
    (row,) = read(the("event", grave))
    assert row[0] == LONG and row[3:] == ["200", "200", "100%"]
    (row,) = the("event", grave).rows
    assert [fact.made for cell in row for _run, fact in pieces(cell, "en") if fact] == [
        *(Made.QUOTED, Made.COUNT, Made.COUNT, Made.MEASURE),
    ]


def test_events_that_are_over_and_routine_are_left_out() -> None:
    calm = material_of(cube({"event": "old"}, {"hour": 30, "event": "new"}), 30)
    assert [row[0] for row in read(the("event", calm))] == ["new"]
