"""How the heat is explained: the numbers on the page give the heat on the page, and every row can be traced."""

from __future__ import annotations

import re
from dataclasses import replace
from math import log

import pandas as pd
import pytest
from frames import at, posts

from analysis.report.heat_table import cooling_text, formula_text, hot_table, lacking_text, part_table, rest_text
from analysis.schema import INTERACTIONS
from analysis.signals.cube import count
from analysis.signals.heat import HeatSettings, contributions
from analysis.signals.situation import Situation, situation

# half-life 1 h; posts and reposts weigh the same
HALVES = replace(
    HeatSettings(), half_life=1, posts=0.5, reposts=0.5, comments=0, likes=0, posts_at_100=99, reposts_at_100=999
)
# Two posts, collected in their own hour: at 01:59 one and a half of them are left, and 4 of the 8 reposts.
FRAME = posts({"hour": 0, "collected": 0, "reposts": 8, "text": "打13912345678"}, {"hour": 1, "collected": 1})
HEAT = 100 * (log(2.5) + log(5)) / (log(100) + log(1000))


def seen(frame: pd.DataFrame = FRAME, settings: HeatSettings = HALVES, hour: float = 1.9) -> Situation:
    return situation(count(frame), at(hour), settings)


def without(*names: str) -> pd.DataFrame:
    """The posts of an export that lacks these columns."""
    return FRAME.assign(**{name: pd.array([pd.NA] * len(FRAME), "Int64") for name in names})


def test_the_formula_holds_the_numbers_of_now() -> None:
    assert str(formula_text(seen(), HALVES)) == (
        f"Heat = 100 × (0.5 · ln(1 + 1.5) + 0.5 · ln(1 + 4.0)) ÷ (0.5 · ln(1 + 99) + 0.5 · ln(1 + 999)) = {HEAT:.1f}"
    )


def test_whoever_calculates_the_formula_gets_the_heat() -> None:
    frame = posts(*({"hour": hour, "reposts": 70, "comments": 31, "likes": 900} for hour in range(5)))
    written = str(formula_text(seen(frame, HeatSettings(), 6), HeatSettings())).removeprefix("Heat = ")
    formula, result = (
        re.sub(r"(?<=\d),(?=\d)", "", written).replace("×", "*").replace("÷", "/").replace("·", "*").split("=")
    )
    assert eval(formula, {"ln": log}) == pytest.approx(float(result), abs=0.1)


def test_every_part_stands_with_its_weight_in_force_and_its_points() -> None:
    table = part_table(seen(), HALVES, "en").set_index("Part")
    known = ["Left after cooling", "Weight in force, %", "Counts as 100"]
    assert table.loc["Posts", known].tolist() == [1.5, 50, 99]
    assert table.loc["Reposts", known].tolist() == [4, 50, 999]
    assert table.loc["Likes", [*known[:2], "Points of heat"]].tolist() == [0, 0, 0]
    assert table["Points of heat"].sum() == pytest.approx(HEAT, abs=0.11)


def test_a_missing_column_has_no_sum_and_leaves_its_weight_to_the_others() -> None:
    now = seen(without("reposts", "reads"))
    table = part_table(now, HALVES, "en").set_index("Part")
    assert table.loc[["Reposts", "Reads"], "Left after cooling"].isna().all()
    assert table["Weight in force, %"].tolist() == [100, 0, 0, 0, 0]
    told = lacking_text(now, HALVES)
    assert told is not None and "Reposts" in str(told) and "Reads" not in str(told)  # reads weigh nothing anyway
    assert lacking_text(seen(), HALVES) is None


def test_how_fast_it_cools_is_said() -> None:
    assert str(cooling_text(HALVES)).startswith("Half-life 1 h: what came 1 h ago counts half, what came 2 h ago")


def test_the_hottest_posts_are_listed_without_anybodys_number() -> None:
    found = contributions(FRAME, at(1.9), HALVES)
    table = hot_table(found, seen(), HALVES, "en")
    assert list(table) == [
        *("Points of heat", "Published", "Platform", "Author", "Text", "of which Posts", "of which Reposts")
    ]
    assert table["Points of heat"].sum() == pytest.approx(HEAT)
    assert "13912345678" not in table["Text"].tolist()[0] and table["Text"].tolist()[0].startswith("打")
    assert table["Published"].tolist() == [pd.Timestamp("2025-03-03 00:00"), pd.Timestamp("2025-03-03 01:00")]


def test_what_is_listed_and_the_rest_make_the_heat() -> None:
    one = contributions(FRAME, at(1.9), HALVES, most=1)
    # the first post has a third of the posts that are left and all reposts
    part = 100 * (log(2.5) / 3 + log(5)) / (log(100) + log(1000))
    assert str(rest_text(one, seen())) == (
        f"These 1 posts make {part:.1f} of {HEAT:.1f} points, the other 1 risk posts {HEAT - part:.1f}."
    )
    assert str(rest_text(contributions(FRAME, at(1.9), HALVES), seen())).startswith("All 2 risk posts: together")


def test_posts_alone_make_a_formula_too() -> None:
    now = seen(without(*INTERACTIONS))
    assert str(formula_text(now, HALVES)).count("ln") == 2
    assert len(part_table(now, HALVES, "zh_CN")) == 5
