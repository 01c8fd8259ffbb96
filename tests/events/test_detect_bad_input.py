"""Does detection stay sane when the posts are not what one hopes for?"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from analysis.events.detect import detect
from tests.events.streams import DEATH, affair, chatter, filler, stream, written

TEXT = "紧急扩散，这家医院的疫苗全部过期了，孩子打了以后高烧不退，快转给身边的家长"


def copies(number: int, minutes: float, **more: object) -> pd.DataFrame:
    """Which copies of one text come within so many minutes of hour 30, each by another account?"""
    rows = [{"hour": 30 + minutes / 60 * at / number, "text": TEXT, "author": f"s{at}"} for at in range(number)]
    return written(*({**row, **more} for row in rows)).assign(post_id=[f"s{at}" for at in range(number)])


def test_a_campaign_is_an_event_of_its_own_and_pulls_no_voice_in() -> None:
    voices = affair(("孩子高烧不退", "疫苗过期了", "打了疫苗"), 30, 30.5, "v")
    posts = stream(chatter(300, (0, 72)), copies(40, 8), voices)
    answer = detect(posts)
    campaign = answer.event[posts["post_id"].str.startswith("s").to_numpy(dtype=bool)]
    real = answer.event[posts["post_id"].str.startswith("v").to_numpy(dtype=bool)]
    assert len(set(campaign)) == 1 and answer.table["spam"][campaign[0]]
    assert campaign[0] not in real and answer.table["spam"].sum() == 1
    assert len(set(real) - {-1}) == 1 and (real >= 0).mean() > 0.9


def test_who_answers_a_campaign_is_no_part_of_it() -> None:
    answers = written({"hour": 31, "text": "假的，别信", "parent_id": "s3", "post_id": "a", "author": "a"})
    posts = stream(chatter(100, (0, 48)), copies(40, 8), answers)
    assert detect(posts).event[posts.index[posts["post_id"] == "a"][0]] == -1


def test_the_same_copies_over_a_day_or_by_reposts_are_no_campaign() -> None:
    slow = detect(stream(chatter(300, (0, 72)), copies(40, 600)))
    assert len(slow.table) == 1 and not slow.table["spam"].any() and (slow.event == 0).sum() == 40
    passed_on = stream(chatter(300, (0, 72)), copies(40, 8, parent_id="s0"))
    assert not detect(passed_on).table["spam"].any()


def test_media_that_print_one_agency_report_are_no_campaign() -> None:
    assert not detect(stream(chatter(300, (0, 72)), copies(40, 8, media_tier="local"))).table["spam"].any()


def test_one_post_copied_ten_thousand_times_is_one_event_and_quick() -> None:
    one = chatter(1)
    posts = one.iloc[np.zeros(10_000, int)].reset_index(drop=True)
    posts = posts.assign(post_id=[f"s{n}" for n in range(len(posts))], author=[f"a{n}" for n in range(len(posts))])
    posts["published_at"] += pd.to_timedelta(np.arange(len(posts)), unit="min")
    detect(posts.iloc[:5])  # whatever is made ready once
    start = time.perf_counter()
    answer = detect(posts)
    assert time.perf_counter() - start < 3
    assert len(answer.table) == 1 and (answer.event == 0).all()


def test_one_account_that_repeats_itself_is_no_event() -> None:
    assert detect(stream(chatter(100, (0, 48)), copies(200, 600).assign(author="s"))).event.max() == -1


def test_posts_that_are_all_different_are_no_event() -> None:
    assert detect(chatter(2000, (0, 200))).event.max() == -1


def test_texts_of_three_characters_are_no_event() -> None:
    rng = np.random.default_rng(1)
    short = [{"hour": at / 20, "text": filler(rng, 3) if at % 2 else "太难了", "author": f"k{at}"} for at in range(400)]
    assert detect(written(*short)).event.max() == -1


def test_a_hashtag_that_all_share_joins_nothing() -> None:
    posts = stream(chatter(300, (0, 72), tag="#医院#"), affair(DEATH, 40, 30, "d").assign(title="#医院#"))
    answer = detect(posts)
    affairs = answer.event[posts["post_id"].str.startswith("d").to_numpy(dtype=bool)]
    assert len(answer.table) == 1 and (affairs == 0).all() and (answer.event == 0).sum() == 40


def test_empty_texts_and_missing_ids_break_nothing() -> None:
    blank = written(*({"hour": hour, "text": "", "post_id": "", "author": ""} for hour in range(6)))
    assert detect(blank).event.tolist() == [-1] * 6
