"""Written, damaged, read: whatever is done to a file, no post comes out of it that did not go in."""

from functools import cache
from random import Random

import pandas as pd
import pytest

from analysis.posts.read import ImportReport, read
from analysis.schema import InputError
from benchmarks.damage import KINDS, Kind, damaged, pairs
from benchmarks.export import Export, Post, sample_posts
from benchmarks.judge import Tally, judged, plain

RECEIVED = pd.Timestamp("2025-11-26 10:00", tz="Asia/Shanghai")
ROWS = 12
PAIRS = Random(20250920).sample(pairs(), 60)


@cache
def posts() -> list[Post]:
    return sample_posts()


def export_of(*kinds: Kind) -> Export:
    dice = Random(" ".join(kind.name for kind in kinds))
    return damaged(dice.sample(posts(), ROWS), kinds, dice)


def verdict(export: Export, found: pd.DataFrame, report: ImportReport) -> Tally:
    repaired = frozenset(one.row for one in report.repaired)
    return judged(export, plain(found), repaired, frozenset(aside.row for aside in report.set_aside))


def invented(tally: Tally) -> list[str]:
    """Which rows are no post of the truth, or say what it does not?"""
    marks = ("invented", "twice", "wrong text", "repaired wrong text", "wrong post_id", "repaired wrong post_id")
    return [example for example in tally.examples if example.startswith(marks)]


def assert_adds_up(found: pd.DataFrame, report: ImportReport) -> None:
    assert report.good + len(report.repaired) + len(report.set_aside) + report.duplicates == report.rows
    assert len(found) == report.good + len(report.repaired)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_one_kind_of_damage_tells_nothing_wrong_and_costs_no_good_row(kind: Kind) -> None:
    export = export_of(kind)
    found, report = read(export.data, "x.csv", RECEIVED)
    tally = verdict(export, found, report)
    assert (tally.wrong, tally.lost, tally.vanished) == (0, 0, 0), tally.examples
    assert_adds_up(found, report)


@pytest.mark.parametrize("both", PAIRS, ids=lambda both: f"{both[0].name}+{both[1].name}")
def test_two_kinds_of_damage_invent_no_post(both: tuple[Kind, Kind]) -> None:
    export = export_of(*both)
    try:
        found, report = read(export.data, "x.csv", RECEIVED)
    except InputError as error:  # an honest refusal invents nothing
        assert str(error)
        return
    assert invented(verdict(export, found, report)) == []
    assert_adds_up(found, report)


def test_a_sound_file_is_read_whole() -> None:
    export = damaged(posts()[:ROWS], (), Random(1))
    found, report = read(export.data, "x.csv", RECEIVED)
    assert verdict(export, found, report).right == ROWS
    assert (report.rows, report.good) == (ROWS, ROWS)


def test_the_judge_sees_an_invented_post_a_wrong_cell_and_a_lost_row() -> None:
    export = damaged(posts()[:3], (), Random(1))
    found, _report = read(export.data, "x.csv", RECEIVED)
    wrong = found.assign(likes=found["likes"].where(found.index != 0, 987_654))
    nobody, none = frozenset[int](), frozenset[int]()
    assert judged(export, plain(wrong), nobody, none).wrong == 1
    assert judged(export, plain(found.iloc[:2]), nobody, none).lost == 1
    more = pd.concat([found, found.iloc[:1].assign(post_id="x", text="没有人说过")])
    assert [example[:8] for example in judged(export, plain(more), nobody, none).examples] == ["invented"]
