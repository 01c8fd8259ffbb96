"""Which incidents do the files hold, and which are refused with a remedy?"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from frames import at
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.response.incidents import Incident, check_incidents, incidents_csv, read_incidents
from analysis.schema import InputError, Level

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
HEADER = "name,start,end,level\n"


def read_text(*texts: str, encoding: str = "utf-8") -> tuple[Incident, ...]:
    return read_incidents([(f"{n}.csv", text.encode(encoding)) for n, text in enumerate(texts, 1)])


def said(*texts: str) -> str:
    with pytest.raises(InputError) as refused:
        read_text(*texts)
    return str(refused.value)


def test_the_sample_is_read_with_its_levels_by_hour() -> None:
    files = [(name, (SAMPLE / name).read_bytes()) for name in ("incident_levels.csv", "incidents.csv")]
    found = read_incidents(files)
    assert [incident.gravest.name for incident in found] == [
        "MILD",
        "SEVERE",
        "MODERATE",
        "MODERATE",
        "ROUTINE",
        "MILD",
    ]
    death = found[1]
    assert (death.name, death.start.isoformat()) == ("产妇术后死亡", "2025-10-07T18:00:00+08:00")
    # Mild in the first hour, moderate in the next three, severe from the fifth to the 62nd.
    assert death.hours[:6] == (1, 2, 2, 2, 3, 3) and (death.hours[61], death.hours[62]) == (3, 2)
    assert len(death.hours) == death.length == 7 * 24 + 1


def test_a_table_saved_by_excel_in_chinese_is_the_same() -> None:
    english = read_text(HEADER + "新系统排队,2025-03-03T08:00,2025-03-04,MILD\n")
    chinese = "级别;名称;开始时间;结束\n轻度;新系统排队;2025/3/3 8:00;2025年3月4日\n"
    assert read_text(chinese, encoding="gb18030") == read_text(chinese, encoding="utf-8-sig") == english
    assert english[0].end == at(24 + 23)  # the day, to its last hour


def test_levels_by_hour_alone_tell_an_incident() -> None:
    hours = "小时,名称,级别\n2025-03-03 02:00,甲,中度\n2025-03-03 01:00,甲,常态\n"
    assert read_text(hours) == (Incident("甲", at(1), at(2), Level.MODERATE, (0, 2)),)


@pytest.mark.parametrize("level", ["3", "三级", "Ⅲ", "II", ""])
def test_a_level_by_number_is_refused_for_plans_disagree(level: str) -> None:
    refused = said(HEADER + f"a,2025-03-03,2025-03-04,MILD\nb,2025-03-05,2025-03-06,{level}\n")
    assert all(part in refused for part in ("1.csv", "row 3", "level", repr(level), "SEVERE (Severe)", "directions"))


@pytest.mark.parametrize("time", ["gestern", "昨天", "3月3日", "2025-13-01", ""])
def test_a_time_that_is_none_is_refused_by_its_cell(time: str) -> None:
    refused = said(HEADER + f"a,{time},2025-03-04,MILD\n")
    assert all(part in refused for part in ("1.csv", "row 2", "start", repr(time), "2025-10-07 18:00"))


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (["name,start,end\na,2025-03-03,2025-03-04\n"], ["level", "name, start, end"]),
        ([HEADER], ["1.csv", "no incident"]),
        ([HEADER + ",2025-03-03,2025-03-04,MILD\n"], ["row 2", "name"]),
        ([HEADER + "a,2025-03-03,2025-03-04,MILD\n" * 2], ["called a"]),
        (["hour,name,level\n2025-03-03 01:00,a,MILD\n2025-03-03 03:00,a,MILD\n"], ["a", "03:00"]),
        (
            [HEADER + "a,2025-03-03 01:00,2025-03-03 02:00,MILD\n", "hour,name,level\n2025-03-03 01:00,a,MILD\n"],
            ["02:00"],
        ),
        (
            [HEADER + "a,2025-03-03 01:00,2025-03-03 01:00,MILD\n", "hour,name,level\n2025-03-03 01:00,a,SEVERE\n"],
            ["Severe"],
        ),
        (["name,start,end,level,levels\na,2025-03-03,2025-03-03,MILD,MILD:1 3:23\n"], ["row 2", "ROUTINE:3 MILD:20"]),
        ([HEADER + "".join(f"a{n},2025-03-03,2025-03-04,MILD\n" for n in range(1001))], ["1,001"]),
    ],
    ids=["column", "empty", "nameless", "twice", "gap", "short", "contradiction", "runs", "many"],
)
def test_what_is_wrong_is_named(texts: list[str], parts: list[str]) -> None:
    refused = said(*texts)
    assert [part for part in parts if part not in refused] == []


HOSTILE = st.text("=+-@',;\"<>$甲a", max_size=20)
HOURS = st.lists(st.integers(0, 3), min_size=1, max_size=30)


@settings(max_examples=30)
@given(HOSTILE, st.integers(0, 500), HOURS, st.booleans())
def test_what_is_written_is_read_back_unchanged(name: str, start: int, hours: list[int], told: bool) -> None:
    level = Level(max(hours))
    incident = Incident(f"={name}", at(start), at(start + len(hours) - 1), level, tuple(hours) if told else ())
    assert read_incidents([("i.csv", incidents_csv([incident]))]) == (incident,)


def test_a_name_is_no_formula_in_a_spreadsheet() -> None:
    written = incidents_csv([Incident("=1+1", at(0), at(1), Level.MILD)]).decode("utf-8-sig")
    assert written.splitlines()[1].startswith("'=1+1,")


def test_incidents_come_back_by_start_and_may_touch() -> None:
    one, other = Incident("a", at(0), at(5), Level.MILD), Incident("b", at(5.5), at(9), Level.MILD)
    assert check_incidents([other, one], at(0), at(9)) == (one, other)


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [(3, 8, "overlap"), (12, 11, "ends before it starts"), (12, 30, "outside the data"), (-2, -1, "outside the data")],
)
def test_what_cannot_be_judged_is_named(start: float, end: float, named: str) -> None:
    good = Incident("good", at(0), at(5), Level.MILD)
    with pytest.raises(InputError, match=named) as refused:
        check_incidents([good, Incident("bad", at(start), at(end), Level.MILD)], at(0), at(20))
    assert "bad" in str(refused.value)
    with pytest.raises(InputError, match="good"):
        check_incidents([good, good], at(0), pd.Timestamp(at(20)))
