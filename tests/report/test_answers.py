"""What stands at the head of the Response page, and how sure it says it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from frames import EXAMPLE, at, cube

from analysis.language import Text
from analysis.pipeline import brief_cube
from analysis.report.answers import answers, due_lines, task_lines
from analysis.report.red_line_table import red_line_table, state
from analysis.report.sureness import chance_bars, chances_text, rule_text
from analysis.response.likelihood import Likelihood
from analysis.schema import Level

GRAVE = brief_cube(cube({"hour": 0, "posts": 40, "topic": "medical_quality", "death_blamed": 20}), EXAMPLE, at(4.5))
CLOSE = Likelihood({Level.ROUTINE: 0.0, Level.MILD: 0.19, Level.MODERATE: 0.81, Level.SEVERE: 0.0}, 200, (), ())


def test_the_most_probable_level_comes_first_and_impossible_ones_are_left_out() -> None:
    assert str(chances_text(CLOSE)) == "Moderate ≈ 81%, Mild ≈ 19%"
    bars = chance_bars(CLOSE, Level.MODERATE, EXAMPLE, "en")
    assert bars.index("Severe") < bars.index("Moderate") < bars.index("Mild") < bars.index("Routine")
    assert "width:81.0%" in bars


def test_the_level_of_the_rule_stays_in_force_and_a_more_probable_one_is_named() -> None:
    assert rule_text(CLOSE, Level.MODERATE) is None
    assert str(rule_text(CLOSE, Level.MILD)).startswith("The rule gives Mild; given what is uncertain, Moderate is")


@pytest.mark.parametrize(
    ("posts", "needed", "said"),
    [
        (15, 15, "⚠ crossed: 15 are enough"),
        (14, 15, "1 more are missing (15 are enough)"),
        (0, 2.5, "3 more are missing (3 are enough)"),
        (99, 0, "switched off in this profile"),
    ],
)
def test_a_red_line_says_what_is_missing(posts: int, needed: float, said: str) -> None:
    assert str(state(posts, needed)) == said


def test_every_red_line_has_a_row_the_gravest_first() -> None:
    table = red_line_table(GRAVE.everything.read, EXAMPLE, "en")
    assert table["Leads to"].tolist() == ["Severe", "Moderate", "Moderate", "Moderate"]
    assert table["Posts in 24 h"].tolist() == ["20", "0", "0", "0"]


def test_the_next_limit_and_the_first_task_that_is_not_done_are_told() -> None:
    clocks, tasks = GRAVE.standing.clocks, GRAVE.standing.tasks
    # all began at midnight: at half past four the 5 hours of authoritative information end next, in 30 minutes
    first, passed = map(str, due_lines(clocks, at(4.5)))
    assert first.startswith("Authoritative information: 03-03 05:00") and "0:30 h left" in first
    assert passed == "Limits that have passed: 2."  # the report of the gravest grade, and the first reaction
    everything = {task.key: "2025-03-03T01:00:00+08:00" for task in tasks}
    assert [str(line) for line in task_lines(tasks, everything, at(4.5))] == ["All tasks are done."]
    last = {key: time for key, time in everything.items() if key != tasks[0].key}
    assert str(task_lines(tasks, last, at(4.5))[0]).startswith(str(tasks[0].text))


def test_nothing_at_the_head_is_read_as_html() -> None:
    bad = Text("{text}", (("text", "<img src=x onerror=alert(1)>"),))
    tasks = (replace(GRAVE.standing.tasks[0], text=bad),)
    html = answers(replace(GRAVE.standing, tasks=tasks, why=bad), {}, bad, bad, EXAMPLE, at(4.5), "en")
    assert "<img" not in html and html.count("&lt;img") == 4
