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


def test_a_second_wave_returns_to_outbreak() -> None:
    waves = QUIET + [40] * 12 + [2] * 18 + [60] * 6 + [2] * 120
    assert passed(waves) == [SETTLED, OUTBREAK, PEAK, DECLINE, OUTBREAK, PEAK, DECLINE, SETTLED]
    second = len(lived(waves)) - 1 - lived(waves)[::-1].index(DECLINE)
    assert lived(waves)[192 + 12 + 18] == OUTBREAK
    assert second > 192 + 12 + 18 + 6


def test_steady_talk_stays_settled() -> None:
    assert set(lived(QUIET + QUIET)) == {SETTLED}


def test_a_slow_rise_without_a_burst_is_incubation() -> None:
    # 1 post an hour, then 4: 12 in 3 hours where 3 are usual is 2·(√12.375 − √3.375) = 3.36, no burst.
    # The first such hour holds 6 in its window, too few; the sixth surprising hour is the seventh.
    rise = [1.0] * 216 + [4.0] * 12
    assert not bursting(np.array(rise)).any()
    assert lived(rise)[215:224] == [SETTLED] * 7 + [Stage.INCUBATION] * 2


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
