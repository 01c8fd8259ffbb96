"""The words over the Trends page: where it stands and where it goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from frames import EXAMPLE, at, posts

from analysis.language import Text
from analysis.pipeline import Briefing, Later, brief_cube
from analysis.report.outlook_words import Fact, facts
from analysis.schema import Level
from analysis.signals.cube import count
from analysis.signals.forecast import Ahead, Outlook
from analysis.signals.normal import Normal

NONE = np.zeros(0)
OUTLOOK = Outlook(
    path=np.full(48, 2.0),
    low=np.full(48, 1.0),
    high=np.full(48, 4.0),
    ahead=(Ahead(6, 12.0, 5.6, 1234.4), Ahead(24, 48.0, 20.0, 100.0), Ahead(48, 96.0, 40.0, 200.0)),
    peak_passed=0.834,
    none=None,
)
LATER = (Later(6, 12.0, 5.6, 30.0, 52.4, 40.0, 61.0, Level.MODERATE),)
SILENT = Outlook(NONE, NONE, NONE, (), None, Text("only 2 posts so far"))
NO_BURST = pd.DataFrame({"of": [], "onset": [], "peak": [], "end": [], "strength": [], "running": []})


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    """Two posts in the first and one in the third hour, nothing known but what each test says."""
    cube = count(posts({"hour": 0}, {"hour": 0.5}, {"hour": 2}))
    found = brief_cube(cube, EXAMPLE, at(2.5))
    hourly = found.situation.hourly.assign(stage=["settled", "outbreak", "outbreak"], usual=np.nan)
    now = replace(found.situation, hourly=hourly, bursts=NO_BURST, normal=Normal(NONE, NONE, 3.0))
    return replace(found, situation=now, outlook=SILENT, later=())


def told(briefing: Briefing, language: str = "en") -> dict[str, list[str]]:
    return {fact.label.to(language): [line.to(language) for line in fact.lines] for fact in facts(briefing)}


def the(briefing: Briefing, label: str) -> Fact:
    return next(fact for fact in facts(briefing) if str(fact.label) == label)


def test_the_stage_is_told_with_the_hour_since_which_it_lasts(briefing: Briefing) -> None:
    assert told(briefing)["Stage"] == ["Outbreak", "since 2025-03-03 01:00"]


def test_only_running_bursts_are_told_each_with_its_onset(briefing: Briefing) -> None:
    assert told(briefing)["Bursts running"] == ["none"]
    rows = [
        ("posts", at(0), at(0), at(0), 9.0, False),
        ("posts", at(1), at(2), at(2), 5.0, True),
        ("negative", at(2), at(2), at(2), 4.0, True),
    ]
    bursts = pd.DataFrame(rows, columns=list(NO_BURST))
    now = replace(briefing, situation=replace(briefing.situation, bursts=bursts))
    assert told(now)["Bursts running"] == ["All posts since 2025-03-03 01:00", "Negative posts since 2025-03-03 02:00"]


def test_without_a_usual_the_history_is_said_to_be_too_short(briefing: Briefing) -> None:
    assert told(briefing)["Posts against the usual"] == ["3 in 3 h", "too little history: 3 days"]


def test_the_posts_of_a_day_stand_beside_what_is_usual_in_these_hours(briefing: Briefing) -> None:
    index = pd.date_range(at(0), periods=30, freq="h")
    hourly = pd.DataFrame({"posts": np.arange(30.0), "usual": 0.5, "stage": "settled"}, index=index)
    normal = Normal(np.full(30, 0.5), np.full(48, 0.5), 10.0)
    known = replace(briefing, situation=replace(briefing.situation, hourly=hourly, normal=normal))
    assert told(known)["Posts against the usual"] == ["420 in 24 h", "usually 12"]  # 6 + … + 29, and 24 times 0.5
    few = replace(known, situation=replace(known.situation, hourly=hourly.assign(usual=0.1)))
    assert told(few)["Posts against the usual"] == ["420 in 24 h", "usually 2.4"]
    gap = hourly.assign(usual=np.where(np.arange(30) == 20, np.nan, 0.5))
    unsure = replace(known, situation=replace(known.situation, hourly=gap))
    assert told(unsure)["Posts against the usual"][0] == "420 in 24 h"
    assert "usually 12" not in told(unsure)["Posts against the usual"]


def test_the_forecast_is_told_with_its_band_and_the_chance_that_the_peak_is_past(briefing: Briefing) -> None:
    said = told(replace(briefing, outlook=OUTLOOK, later=LATER))
    assert said["Posts to come"] == ["6 h: 12 (6 to 1,234)", "24 h: 48 (20 to 100)", "48 h: 96 (40 to 200)"]
    assert said["The peak is past"] == ["probability 83%"]
    assert said["If it goes on like this"] == ["6 h: ◑ Moderate, heat 52 (40 to 61)"]


def test_without_a_forecast_it_is_said_why_and_nothing_follows_from_it(briefing: Briefing) -> None:
    assert told(briefing)["Posts to come"] == ["no forecast"]
    assert str(the(briefing, "Posts to come").meaning) == "Why there is none: only 2 posts so far"
    assert {"The peak is past", "If it goes on like this"}.isdisjoint(told(briefing))
