"""An event runs from its outbreak to its end, and a second wave breaks out again."""

from itertools import groupby

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import Stage
from analysis.signals.burst import bursting
from analysis.signals.stage import onsets, stages

QUIET = [2.0] * 192
SETTLED, OUTBREAK, PEAK, DECLINE = Stage.SETTLED, Stage.OUTBREAK, Stage.PEAK, Stage.DECLINE
SECOND_WAVE = Stage.SECOND_WAVE


def lived(per_hour: list[float]) -> list[Stage]:
    counts = np.array(per_hour)
    return stages(counts, bursting(counts))


def passed(per_hour: list[float]) -> list[Stage]:
    return [stage for stage, _ in groupby(lived(per_hour))]


def test_an_event_passes_through_its_stages() -> None:
    # twelve hours of 40 posts where 2 are usual, then quiet again
    event = QUIET + [40] * 12 + [2] * 96
    assert passed(event) == [SETTLED, OUTBREAK, PEAK, DECLINE, SETTLED]
    assert lived(event).index(OUTBREAK) == 192


def test_a_second_wave_is_the_outbreak_of_a_later_wave() -> None:
    waves = QUIET + [40] * 12 + [2] * 30 + [60] * 6 + [2] * 160
    assert passed(waves) == [SETTLED, OUTBREAK, PEAK, DECLINE, SECOND_WAVE, PEAK, DECLINE, SETTLED]
    assert lived(waves)[192 + 12 + 30] == SECOND_WAVE


def test_a_rise_on_the_first_day_is_still_the_outbreak() -> None:
    assert SECOND_WAVE not in passed(QUIET + [40] * 4 + [2] * 14 + [90] * 6 + [2] * 100)


def test_the_mornings_of_a_declining_event_are_no_second_waves() -> None:
    days = [n for top in (60, 40, 26, 17, 11) for n in [0] * 8 + [top] * 16]
    assert SECOND_WAVE not in passed(QUIET + days + [2] * 48)


def test_a_ripple_after_a_large_event_is_no_second_wave() -> None:
    # a load of 6 posts an hour where 400 an hour was the top
    assert SECOND_WAVE not in passed(QUIET + [400] * 12 + [2] * 96 + [12] * 6 + [2] * 96)


@settings(max_examples=30)
@given(st.lists(st.sampled_from([0.0, 2.0, 5.0, 30.0, 60.0]), min_size=60, max_size=200))
def test_a_stage_lasts_three_hours_unless_a_burst_begins(per_hour: list[float]) -> None:
    counts = np.array(per_hour)
    begun = np.flatnonzero(np.diff(bursting(counts).astype(int), prepend=0) > 0)
    lengths = [(stage, len(list(run))) for stage, run in groupby(lived(per_hour))]
    ends = np.cumsum([n for _stage, n in lengths])
    assert all(n >= 3 or end in begun for (_stage, n), end in zip(lengths[:-1], ends[:-1], strict=True))


def test_steady_talk_stays_settled() -> None:
    assert set(lived(QUIET + QUIET)) == {SETTLED}


def test_a_slow_rise_without_a_burst_is_incubation() -> None:
    # 12 posts in 3 hours where 3 are usual surprise by 2·(√12.375 − √3.375) = 3.36; the first such hour holds 6 in its
    # window, too few; the sixth surprising hour is the seventh
    rise = np.array([1.0] * 216 + [4.0] * 12)
    life = stages(rise, np.zeros(228, dtype=bool))
    assert life[215:224] == [SETTLED] * 7 + [Stage.INCUBATION] * 2


@settings(max_examples=50)
@given(st.lists(st.integers(0, 40), min_size=30, max_size=150), st.integers(1, 150))
def test_a_stage_sees_no_later_hour(per_hour: list[int], cut: int) -> None:
    assert lived([float(n) for n in per_hour[:cut]]) == lived([float(n) for n in per_hour])[:cut]


def test_an_event_began_where_it_left_the_quiet() -> None:
    life = [SETTLED, Stage.INCUBATION, OUTBREAK, PEAK, DECLINE, OUTBREAK, SETTLED, OUTBREAK]
    assert onsets(life, np.zeros(8)).tolist() == [-1, -1, 2, 2, 2, 2, -1, 7]
    assert onsets([], np.zeros(0)).tolist() == []


def test_an_event_began_with_the_rise_that_led_to_its_burst() -> None:
    # where 6 in 3 hours are usual: 9 surprise by 2·(√9.375 − √6.375) = 1.07, 12 by 1.99, 15 by 2.79;
    # from 1.5 on it is the rise, and the jump to 30 in hour 195 is the burst
    rise = np.array([*QUIET, 5, 5, 5, 30])
    life = stages(rise, bursting(rise))
    assert life[194:] == [SETTLED, OUTBREAK]
    assert onsets(life, rise)[194:].tolist() == [-1, 193]
