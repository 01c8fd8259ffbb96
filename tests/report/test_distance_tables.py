"""How margins, probabilities and what comes are laid out."""

import pytest
from frames import at

from analysis.report.distance_tables import (
    ahead_lines,
    chance_text,
    crossing_json,
    fall_json,
    likelihood_json,
    margin_table,
)
from analysis.response.ahead import Crossing, Fall
from analysis.response.likelihood import Likelihood
from analysis.response.margins import Margin
from analysis.schema import Level, Topic

CHANCES = Likelihood(dict(zip(Level, (0.0, 0.27, 0.73, 0.0), strict=True)), 200, (Level.MILD.label,), ())
FALL = Fall(Level.MILD, at(26), 16, 4.25, 0, 6, False)
CROSSING = Crossing(Level.SEVERE, None, None)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1, "over 99%"),
        (0.995, "over 99%"),
        (0.99, "≈ 99%"),
        (0.734, "≈ 73%"),
        (0.01, "≈ 1%"),
        (0.004, "under 1%"),
        (0, "under 1%"),
    ],
)
def test_a_probability_is_never_said_to_be_certain(chance: float, said: str) -> None:
    assert str(chance_text(chance)) == said


def test_each_margin_tells_its_kind_what_it_takes_and_where_it_leads() -> None:
    told = margin_table(
        [
            Margin("all", Level.MODERATE, 40, "percent", Topic.OTHER),
            Margin("red_line:central_media", Level.MODERATE, 1, "posts", Topic.OTHER),
        ],
        "en",
    )
    assert list(told["Indicator"]) == ["All together", "Red line: Central media report it"]
    assert list(told["Leads to"]) == ["◑ Moderate", "◑ Moderate"]
    assert told["What it takes"][1].startswith("One more post within the hour on the red line “Central media")


def test_what_comes_is_told_as_far_as_there_is_something() -> None:
    assert ahead_lines(None, None) == ()
    assert [str(line)[:20] for line in ahead_lines(FALL, CROSSING)] == [
        "If nothing more come",
        "The score must fall ",
        "If it goes on as for",
    ]


def test_scripts_get_names_numbers_and_times() -> None:
    written = likelihood_json(CHANCES, "en")
    assert written["chances"] == {"ROUTINE": 0.0, "MILD": 0.27, "MODERATE": 0.73, "SEVERE": 0.0}
    assert (written["probable"], written["draws"], written["counted"]) == ("MODERATE", 200, ["Mild"])
    fall, crossing = fall_json(FALL, "en"), crossing_json(CROSSING, "en")
    assert fall is not None and crossing is not None
    assert (fall["to_level"], fall["at"], fall["missing"]) == ("MILD", "2025-03-04T02:00:00+08:00", 4.25)
    assert (crossing["to_level"], crossing["at"], crossing["told"]) == ("SEVERE", None, True)
    assert fall_json(None, "en") is None and crossing_json(None, "en") is None
