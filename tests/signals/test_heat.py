"""Heat: 0 is silence, 100 the reference; more of anything is never cooler."""

from dataclasses import replace
from math import log

import numpy as np
import pandas as pd
import pytest
from frames import ROWS, at, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import INTERACTIONS
from analysis.signals.arrival import Pace, spread
from analysis.signals.cube import count
from analysis.signals.heat import PARTS, HeatSettings, contributions, cooled, cooled_share, effective_weights, heat
from analysis.signals.situation import situation

STANDARD = HeatSettings()
COUNTS = st.fixed_dictionaries({part: st.integers(0, 10**8) for part in PARTS})
KNOWN = st.sets(st.sampled_from(INTERACTIONS)).map(tuple)
WEIGHTED = st.builds(HeatSettings, **{part: st.just(0.0) | st.floats(0.01, 1) for part in PARTS})


def one(settings: HeatSettings = STANDARD, known: tuple[str, ...] = INTERACTIONS, **sums: float) -> float:
    full = dict.fromkeys(PARTS, 0.0) | sums
    return float(heat({part: np.array([full[part]]) for part in PARTS}, known, settings)[0])


def test_silence_is_0_and_the_reference_100() -> None:
    reference = {part: getattr(STANDARD, f"{part}_at_100") for part in PARTS}
    assert one() == 0
    assert one(**reference) == pytest.approx(100)
    assert one(**{part: 7 * most for part, most in reference.items()}) == 100
    assert one(**(reference | {"likes": 0})) < 100


@given(COUNTS, KNOWN, st.sampled_from(INTERACTIONS), WEIGHTED)
def test_what_is_not_told_yet_counts_as_a_column_that_is_not_there(
    sums: dict[str, int], known: tuple[str, ...], later: str, settings: HeatSettings
) -> None:
    told = tuple(part for part in INTERACTIONS if part in known and part != later)
    unknown = {part: np.array([np.nan if part == later else float(count)]) for part, count in sums.items()}
    assert float(heat(unknown, (*told, later), settings)[0]) == one(settings, told, **sums)


def test_heat_worked_out_by_hand() -> None:
    # posts only, 100 at 99 posts: ln(1+9) / ln(1+99) = 1/2
    assert one(replace(STANDARD, posts_at_100=99), (), posts=9) == pytest.approx(50)
    # posts 0.2 and reposts 0.3, ln(100) and ln(1000) at the reference, ln(10) each now
    both = replace(STANDARD, posts=0.2, reposts=0.3, posts_at_100=99, reposts_at_100=999)
    by_hand = 100 * (0.2 * 1 + 0.3 * 1) / (0.2 * 2 + 0.3 * 3)
    assert one(both, ("reposts",), posts=9, reposts=9) == pytest.approx(by_hand)


def test_a_column_that_the_export_lacks_drops_out() -> None:
    assert effective_weights(("reposts",), STANDARD) == pytest.approx({"posts": 0.2 / 0.52, "reposts": 0.32 / 0.52})
    assert effective_weights((), STANDARD) == {"posts": 1}
    assert effective_weights((), replace(STANDARD, posts=0)) == {"posts": 1}
    assert "reads" not in effective_weights(INTERACTIONS, STANDARD)


def test_reads_count_only_with_a_weight() -> None:
    assert one(reads=10**7) == 0
    assert one(replace(STANDARD, reads=0.5), reads=10**7) > 0


@given(KNOWN, WEIGHTED)
def test_the_weights_that_are_left_sum_to_1(known: tuple[str, ...], given_settings: HeatSettings) -> None:
    weights = effective_weights(known, given_settings)
    assert sum(weights.values()) == pytest.approx(1)
    assert all(weight > 0 for weight in weights.values())
    assert set(weights) <= {"posts", *known}


@given(COUNTS, st.sampled_from(PARTS), st.integers(1, 10**6), KNOWN)
def test_more_of_anything_is_never_cooler(sums: dict[str, int], part: str, more: int, known: tuple[str, ...]) -> None:
    before, after = one(known=known, **sums), one(known=known, **(sums | {part: sums[part] + more}))
    assert 0 <= before <= after <= 100


@given(st.integers(1000, 10**6))
def test_ten_times_the_reposts_is_the_same_step_anywhere(reposts: int) -> None:
    # ln(1+10n) - ln(1+n) is ln(10) but for 1/n; only reposts count and the reference is far off
    alone = replace(STANDARD, posts=0, reposts=1, comments=0, likes=0, reposts_at_100=1e9)
    step = one(alone, reposts=10 * reposts) - one(alone, reposts=reposts)
    assert step == pytest.approx(100 * log(10) / log(1 + 1e9), rel=1e-3)


def test_half_is_left_after_the_half_life() -> None:
    left = cooled(np.array([8.0, 0, 0, 0, 0]), 2)
    assert left[[0, 2, 4]] == pytest.approx([8, 4, 2])
    assert cooled(np.array([8.0, *[0] * 48]), 24)[[24, 48]] == pytest.approx([4, 2])


def test_what_comes_later_adds_to_what_is_left() -> None:
    assert cooled(np.array([8.0, 0, 3, 0, 0]), 2)[[2, 4]] == pytest.approx([4 + 3, 2 + 1.5])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.integers(1, 40))
def test_cooling_sees_no_later_hour(per_hour: list[int], cut: int) -> None:
    whole = cooled(np.array(per_hour, dtype=float), 24)
    assert cooled(np.array(per_hour[:cut], dtype=float), 24) == pytest.approx(whole[:cut])


# --- what makes it hot


def read_again(post: pd.Series, *readings: tuple[int, int]) -> pd.DataFrame:
    """History of one post, read at these hours with so many reposts; its other counters never changed."""
    rows = pd.DataFrame([post] * len(readings), columns=["post_id", "platform", *INTERACTIONS])
    times, reposts = zip(*readings, strict=True)
    types = {"post_id": "str", "platform": "str"} | dict.fromkeys(INTERACTIONS, "Int64")
    return rows.assign(collected_at=[at(hour) for hour in times], reposts=reposts).astype(types).reset_index(drop=True)


def test_the_heat_of_posts_alone_is_divided_by_what_has_not_cooled() -> None:
    # half-life 1 h: after two hours 1/4, 1/2 and 1 are left of the three; seven quarters in all
    frame = posts({"hour": 0, "author": "甲"}, {"hour": 1, "author": "乙"}, {"hour": 2, "author": "丙"})
    frame = frame.assign(**{name: pd.array([pd.NA] * 3, "Int64") for name in INTERACTIONS})
    found = contributions(frame, at(2), replace(STANDARD, half_life=1, posts_at_100=99))
    whole = 100 * log(1 + 7 / 4) / log(100)
    assert found["author"].tolist() == ["丙", "乙", "甲"]
    assert found["heat"].tolist() == pytest.approx([whole * share / 7 for share in (4, 2, 1)])
    assert found["posts"].tolist() == found["heat"].tolist()
    assert (found[list(INTERACTIONS)] == 0).all(axis=None)


def test_a_post_of_100_reposts_worked_out_by_hand() -> None:
    # collected after a month: 28, 12 and 6 of 100 come in the first three hours; half-life 2 h, seen in the third
    alone = replace(STANDARD, half_life=2, posts=0.5, reposts=0.5, comments=0, likes=0)
    found = contributions(posts({"reposts": 100}, {"topic": "other", "reposts": 900}), at(2), alone)
    left = 28 * 0.5 + 12 * 0.5**0.5 + 6
    terms = log(1 + 0.5), log(1 + left)
    reference = log(1 + alone.posts_at_100) + log(1 + alone.reposts_at_100)
    assert len(found) == 1
    assert found.loc[0, ["posts", "reposts"]].tolist() == pytest.approx([100 * term / reference for term in terms])
    assert found.loc[0, "heat"] == pytest.approx(100 * sum(terms) / reference)


def test_only_the_hottest_are_told_the_title_with_the_text() -> None:
    frame = posts(
        {"reposts": 1, "text": "少"}, {"reposts": 50, "title": "题", "text": "多"}, {"reposts": 9, "text": "中"}
    )
    assert contributions(frame, at(200), STANDARD, most=2)["text"].tolist() == ["题 多", "中"]


def test_without_risk_posts_nothing_is_hot() -> None:
    columns = ["post_id", "platform", "published_at", "author", "text", "heat", *PARTS]
    for frame in (posts({"topic": "other"}), posts({"hour": 9}), posts()):
        found = contributions(frame, at(0), STANDARD)
        assert found.empty and list(found.columns) == columns


def test_of_heat_beyond_100_no_more_than_100_is_divided() -> None:
    small = replace(STANDARD, posts_at_100=10, reposts_at_100=10, comments_at_100=10, likes_at_100=10)
    frame = posts(*({"reposts": 2000, "comments": 2000, "likes": 2000},) * 3)
    assert contributions(frame, at(20), small)["heat"].tolist() == pytest.approx([100 / 3] * 3)


def test_what_a_later_reading_added_is_hotter_than_what_was_there_long_ago() -> None:
    # both have 100 reposts after four days; of p1 they were all there on the first day, of p2 hardly any
    frame = posts(*({"post_id": name, "reposts": 100, "collected": 96} for name in ("p1", "p2")))
    history = pd.concat([read_again(frame.iloc[0], (20, 99), (96, 100)), read_again(frame.iloc[1], (20, 1), (96, 100))])
    only = replace(STANDARD, posts=0, reposts=1, comments=0, likes=0)
    found = contributions(frame, at(96), only, history=history)
    assert found["post_id"].tolist() == ["p2", "p1"]
    assert found["heat"].sum() == pytest.approx(
        situation(count(frame, history), at(96), only).hourly["heat"].iloc[-1], abs=1e-9
    )


@settings(max_examples=8)
@given(
    rows=st.lists(st.tuples(ROWS, st.integers(0, 400)), min_size=1, max_size=6),
    now=st.integers(0, 500),
    weights=st.builds(HeatSettings, half_life=st.sampled_from([1, 6, 24, 168]), reads=st.sampled_from([0, 0.1])),
    pace=st.builds(Pace, weibo=st.sampled_from([1.0, 0.1, 3.0]), douyin=st.sampled_from([1.0, 20.0])),
    again=st.none() | st.lists(st.integers(0, 2000), min_size=2, max_size=2),
)
def test_the_posts_make_exactly_the_heat_of_the_situation(
    rows: list[tuple[dict, int]], now: int, weights: HeatSettings, pace: Pace, again: list[int] | None
) -> None:
    frame = posts(*(row | {"hour": row["hour"] / 4, "collected": row["hour"] / 4 + age} for row, age in rows))
    history = read_again(frame.iloc[0], *zip((15, 190), sorted(again), strict=True)) if again else None
    then = at(now) + pd.Timedelta(minutes=59, seconds=59)
    found = contributions(frame, then, weights, len(rows), history, pace)
    if (frame["published_at"] > then).all():
        assert found.empty
        return
    hot = situation(count(frame, history), then, weights, pace).hourly["heat"].iloc[-1]
    assert found["heat"].sum() == pytest.approx(hot, abs=1e-9)
    assert found[list(PARTS)].sum(axis=1).tolist() == pytest.approx(found["heat"].tolist())
    assert (found[list(PARTS)] >= 0).all(axis=None) and found["heat"].is_monotonic_decreasing


@settings(max_examples=40)
@given(
    begin=st.integers(0, 400),
    length=st.integers(0, 300),
    age=st.integers(0, 900),
    pace=st.sampled_from([0.1, 1.0, 1.7, 20.0]),
    half_life=st.sampled_from([1.0, 5.5, 168.0]),
)
def test_what_is_left_of_one_post_is_what_cooling_its_arrivals_leaves(
    begin: int, length: int, age: int, pace: float, half_life: float
) -> None:
    end = begin + length if begin else min(length, int(np.ceil(168 * pace)) - 1)
    came = np.zeros(max(age, end) + 1)
    came[begin : end + 1] = spread(begin, end, pace)
    ages = (np.array([value]) for value in (begin, end, age))
    assert cooled_share(*ages, pace, half_life)[0] == pytest.approx(cooled(came, half_life)[age], abs=1e-12)
