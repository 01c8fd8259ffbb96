"""Does a back-test read as it went, and are incidents that cannot be judged named while the rest stays?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.report.backtest_tables import (
    curve_points,
    curve_table,
    false_alarm_table,
    figures,
    numbered,
    outcome_table,
    timeline_table,
)
from analysis.report.backtest_words import below_words, curve_words, earlier_words, left_out_table, on_time
from analysis.report.incident_tables import edited_incidents, incident_frame, usable, with_marked
from analysis.response.backtest import Backtest, Outcome
from analysis.response.incidents import Incident
from analysis.response.profile import Profile
from analysis.response.suggest import TRIED, Earlier, Suggestion
from analysis.schema import TIMEZONE, InputError, Level


def at(hour: int) -> pd.Timestamp:
    """The hour of 2025-10-01, counted on over the next days."""
    return pd.Timestamp("2025-10-01", tz=TIMEZONE) + pd.Timedelta(hours=hour)


FIRE, DRILL = Incident("Fire", at(2), at(4), Level.SEVERE, (0, 2, 3)), Incident("Drill", at(6), at(8), Level.ROUTINE)
QUEUE = Incident("=Queue", at(30), at(33), Level.MILD)
CAUGHT = Outcome("Fire", at(2), at(3), at(5), 2.0, Level.SEVERE, Level.MODERATE, False)
MISSED = Outcome("=Queue", at(30), at(30), None, None, Level.MILD, Level.ROUTINE, True)
NOW = Backtest(Level.MILD, (CAUGHT, MISSED), ("Drill",), ((at(6), at(8)),), 1.5, 4.5, None, 1, 2, 0.505, 2.0)
BETTER = replace(
    NOW,
    outcomes=(
        replace(CAUGHT, detected=at(3), delay_hours=0.0),
        replace(MISSED, detected=at(31), delay_hours=1.0, missed=False),
    ),
    median_delay_hours=0.5,
    missed=0,
    flaps=3,
)


def test_five_figures_and_whether_the_draft_is_better_in_each() -> None:
    told = [(str(one.label), str(one.value), str(one.tried), one.better) for one in figures(NOW, BETTER)]
    assert told == [
        ("Median delay", "–", "0.5 h", 1),
        ("False alarms/30 d", "1.5", "1.5", 0),
        ("Missed incidents", "1 of 2", "0 of 2", 1),
        ("Flaps", "2", "3", -1),
        ("Agreement", "50%", "50%", 0),
    ]
    assert [one.tried for one in figures(NOW, None)] == [None] * 5


def test_without_an_incident_nothing_is_said_of_delay_or_agreement() -> None:
    empty = replace(NOW, outcomes=(), missed=0, agreement=float("nan"))
    assert [str(one.value) for one in figures(empty, None)] == ["–", "1.5", "0 of 0", "2", "–"]


def test_each_incident_has_its_number_and_stands_beside_the_draft() -> None:
    numbers = numbered([FIRE, DRILL, QUEUE])
    table = outcome_table(NOW, BETTER, numbers, "en")
    assert table.columns.is_unique
    assert table.iloc[0].tolist() == [
        *(1, "Fire", "● Severe", "2025-10-01 03:00", "2025-10-01 05:00", "2", "0", "◑ Moderate", "◑ Moderate"),
    ]
    assert table.iloc[1].tolist()[:7] == [3, "=Queue", "◔ Mild", "2025-10-02 06:00", "missed", "missed", "1"]
    assert outcome_table(NOW, None, numbers, "zh_CN").shape == (2, 7)
    assert str(below_words(NOW, numbers)).endswith("2 Drill")


def test_a_false_alarm_ends_with_its_last_hour() -> None:
    assert false_alarm_table(NOW, "en").to_numpy().tolist() == [["2025-10-01 06:00", "2025-10-01 09:00", 3]]


def test_the_table_of_the_figure_names_the_incident_and_both_levels_of_each_hour() -> None:
    level = pd.Series([0, 0, 1, 3], pd.date_range(at(0), periods=4, freq="h"))
    names = [one.label for one in figures(NOW, None)[:2]]
    table = timeline_table([(names[0], level), (names[1], level * 0)], [FIRE], "en")
    assert table.iloc[:, 1].tolist() == ["", "", "Fire", "Fire"]
    assert table.iloc[:, 2].tolist() == ["Routine", "Routine", "Mild", "Severe"]
    assert set(table.iloc[:, 3]) == {"Routine"}


CURVE = pd.DataFrame(
    {
        "threshold": [10.0, 20.0, 30.0, 40.0, 50.0],
        "false_alarms_per_30d": [9.0, 3.0, 3.0, 1.0, 0.0],
        "median_delay_hours": [0.0, 1.0, 1.0, 2.0, np.inf],
        "missed": [0, 0, 0, 0, 2],
    }
)


def test_thresholds_that_cost_the_same_are_one_point() -> None:
    points = curve_points(CURVE)
    assert points[["low", "high"]].to_numpy().tolist() == [[10, 10], [20, 30], [40, 40], [50, 50]]
    assert curve_table(CURVE, "en").iloc[:, 2].isna().tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("false", "hours", "missed", "sooner", "quieter"),
    [
        (
            3.5,
            2.0,
            0,
            "Earlier at no more false alarms: Mild from 30.0, 1 h late",
            "being later: Mild from 40.0, 2 h late",
        ),
        (
            1.0,
            2.0,
            0,
            "Earlier only for more false alarms: Mild from 30.0",
            "No threshold of Mild alone would have fewer",
        ),
        (9.0, 0.0, 0, "No threshold of Mild alone would be earlier", "No threshold of Mild alone would have fewer"),
        (1.0, None, 2, "at no more false alarms: Mild from 40.0", "being later: Mild from 50.0, – late, 0.0 false"),
    ],
)
def test_the_curve_reads_in_words(false: float, hours: float | None, missed: int, sooner: str, quieter: str) -> None:
    today = replace(NOW, false_alarms_per_30d=false, median_delay_hours=hours, missed=missed)
    here, *others = map(str, curve_words(CURVE, today, 35.0, Level.MILD))
    assert "Mild from 35" in here
    assert sooner in others[0] and quieter in others[1]


def test_yes_or_no_comes_first_and_says_what_was_tried() -> None:
    (no,) = map(str, earlier_words(None, CAUGHT))
    assert no.startswith(f"No: none of {TRIED:,} settings tried would have caught Fire")
    found = Earlier(Profile(), 1.0, 1.5, 812, 2.0, 1.5)
    assert str(earlier_words(found, CAUGHT)[0]) == "Yes: Fire would be caught 1 h earlier, 1 h late instead of 2 h."
    assert str(earlier_words(found, MISSED)[0]) == "Yes: =Queue, missed now, would be caught 1 h late."
    assert on_time(CAUGHT) is None and on_time(MISSED) is None
    assert "Fire" in str(on_time(replace(CAUGHT, delay_hours=0.0)))


def test_a_suggestion_shows_how_each_incident_went_without_it() -> None:
    told = pd.DataFrame({"name": ["Fire", "=Queue"], "today_delay": [2.0, np.inf], "left_out_delay": [1.5, 3.0]})
    table = left_out_table(Suggestion(Profile(), NOW, BETTER, told, 1, 0, 1, 9, ()), "en")
    assert table.to_numpy().tolist() == [["Fire", "2", "1.5"], ["=Queue", "missed", "3"]]


# --- incidents


def test_what_cannot_be_judged_is_named_and_the_rest_stays() -> None:
    over, late = Incident("Smoke", at(3), at(9), Level.MILD), Incident("Later", at(90), at(95), Level.MILD)
    kept, why = usable([QUEUE, late, over, FIRE], at(0), at(40))
    assert [one.name for one in kept] == ["Fire", "=Queue"]
    assert [name for name in ("Smoke", "Later") if any(name in str(text) for text in why)] == ["Smoke", "Later"]
    assert len(why) == 2


def test_a_table_that_nobody_edits_holds_the_same_incidents() -> None:
    incidents = (FIRE, DRILL, QUEUE)
    for language in ("en", "zh_CN"):
        assert edited_incidents(incident_frame(incidents, language), incidents, language) == incidents
    assert edited_incidents(incident_frame((), "en"), (), "en") == ()


def test_a_new_name_keeps_the_levels_by_hour_and_new_times_give_them_up() -> None:
    frame = incident_frame([FIRE, DRILL], "en")
    frame.loc[0, "name"], frame.loc[1, "level"] = " Big  fire ", "Mild"
    renamed, graver = edited_incidents(frame, [FIRE, DRILL], "en")
    assert renamed == replace(FIRE, name="Big fire") and graver.level == Level.MILD
    frame.loc[0, "end"] = pd.Timestamp("2025-10-01 05:00")
    assert edited_incidents(frame, [FIRE, DRILL], "en")[0].hours == ()


def test_a_row_that_is_not_finished_is_named_and_a_blank_one_is_none() -> None:
    frame = incident_frame([FIRE, DRILL], "en")
    frame.loc[1] = [None, pd.NaT, pd.NaT, None, False]
    assert edited_incidents(frame, [FIRE], "en") == (FIRE,)
    frame.loc[1, "name"] = "Flood"
    with pytest.raises(InputError, match=r"Row 2 .* Start, End, True level"):
        edited_incidents(frame, [FIRE], "en")
    frame.loc[1] = [*frame.loc[0]]
    with pytest.raises(InputError, match="Fire"):
        edited_incidents(frame, [FIRE], "en")


def test_an_incident_is_marked_by_hand_or_refused() -> None:
    marked = with_marked((FIRE,), " Flood ", at(10), at(12), Level.MODERATE)
    assert marked == (FIRE, Incident("Flood", at(10), at(12), Level.MODERATE))
    for name, start, end in ((" ", 10, 12), ("Fire", 10, 12), ("Flood", 12, 10)):
        with pytest.raises(InputError):
            with_marked((FIRE,), name, at(start), at(end), Level.MILD)
