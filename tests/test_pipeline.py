"""The whole path: what the desk says as of a time, and that it says the right level on the sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frames import CERTAIN, EXAMPLE, FULL_ROWS, HIGH, LABELLED, at, cube, posts
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.classify.model import Model
from analysis.classify.predict import annotate
from analysis.dataset import Dataset, default_as_of, load_dataset, only_about_us, reannotated
from analysis.pipeline import Briefing, brief, brief_cube
from analysis.posts.read import read
from analysis.report.briefing import as_json, in_words
from analysis.response.profile import Profile
from analysis.schema import TIMEZONE, InputError
from analysis.signals.cube import count
from sample_data.generate import generate

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"
RECEIVED = pd.Timestamp("2025-11-26", tz=TIMEZONE)


def said(briefing: Briefing, language: str = "en") -> dict:
    """What does a script read, but for the facts about the files?"""
    return {key: value for key, value in as_json(briefing, (), language).items() if key != "sources"}


@settings(max_examples=5)
@given(FULL_ROWS, st.integers(0, 60))
def test_what_is_said_as_of_a_time_does_not_know_later_posts(tiny: Model, rows: list[dict], now: int) -> None:
    past = [row for row in rows if row["hour"] <= now] or [rows[0] | {"hour": now}]
    future = [row | {"hour": now + 1 / 60 + row["hour"], "followers": None, "region": "河南"} for row in rows]
    both, alone = posts(*past, *future), posts(*past)
    assert said(brief(both, tiny, EXAMPLE, at(now))) == said(brief(alone, tiny, EXAMPLE, at(now)))


@settings(max_examples=5)
@given(FULL_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_posts_does_not_matter(tiny: Model, rows: list[dict], random) -> None:
    shuffled = random.sample(rows, len(rows))
    one, other = (brief(posts(*some), tiny, EXAMPLE, at(60)) for some in (rows, shuffled))
    assert said(one) == said(other)


def test_counts_of_a_briefing_by_hand() -> None:
    cells = cube(
        {"hour": 0, "posts": 5, "topic": "policy", "platform": "news"},
        {"hour": 30, "posts": 3, "sentiment": "positive"},
        {"hour": 31, "posts": 1},
        {"hour": 40, "posts": 100},
    )
    found = brief_cube(cells, EXAMPLE, at(31))
    assert (found.posts, found.posts_24h) == (9, 4)
    assert found.topics == {"policy": 5, "service": 4}
    assert found.platforms == {"news": 5, "weibo": 4}
    value, low, high = found.negative_share
    assert value == 0.25 and 0 < low < value < high < 1
    assert ({clock.deadline for clock in found.standing.clocks}, found.flags) == ({None}, ())  # none runs


def test_a_silent_day_has_no_negative_share() -> None:
    found = brief_cube(cube({"hour": 0}), EXAMPLE, at(24))
    assert (found.posts_24h, found.negative_share) == (0, None)
    assert said(found)["negative_share"] is None


# 100 posts of which 40 are answered negative; they lean 64 in all.
MIXED = cube({"posts": 40}, {"posts": 60, "sentiment": "neutral", "lean": 24})


def test_the_negative_share_is_corrected_where_the_errors_are_known() -> None:
    # 0.8·s + 0.2·(1 − s) = 0.64 at s = 0.7333; Wilson's ends of 73.33 of 100
    found = brief_cube(MIXED, EXAMPLE, at(0), 0, CERTAIN)
    told = {"value": 0.7333, "low": 0.6551, "high": 0.7992, "corrected": True, "corrections": 100}
    assert said(found)["negative_share"] == told
    words = "Negative in 24 h: 73% (66% to 80%), corrected for the classifier's errors by 100 posts drawn at random."
    assert words in [str(line) for line in in_words(found)]
    negativity = next(reason for reason in said(found)["reasons"] if reason["indicator"] == "negativity")
    assert negativity["value"] == 0.6551  # the score reads what is sure


def test_without_corrections_the_counted_share_is_called_uncorrected() -> None:
    found = brief_cube(MIXED, EXAMPLE, at(0))
    # (0.4 + 0.01353 ± 1.645·√(0.24/100 + 2.706/40000)) / 1.02706
    told = {"value": 0.4, "low": 0.3231, "high": 0.4822, "corrected": False, "corrections": 0}
    assert said(found)["negative_share"] == told
    line = "Negative in 24 h: 40% (32% to 48%), uncorrected: the classifier's errors are not in it."
    assert line in [str(line) for line in in_words(found)]


def test_without_a_post_there_is_nothing_to_brief(tiny: Model) -> None:
    with pytest.raises(InputError, match="no post up to 2025-03-02 23:00"):
        brief(posts({}), tiny, EXAMPLE, at(-1))


def test_the_default_time_is_the_latest_post_that_is_not_in_the_future() -> None:
    frame = posts({"hour": 1}, {"hour": 5}, {"hour": 900})
    assert default_as_of(frame, at(6)) == at(5)
    assert default_as_of(frame, at(5)) == at(5)
    with pytest.raises(InputError, match="Every post is dated after now"):
        default_as_of(frame, at(0))


def test_a_briefing_in_json_has_the_documented_keys() -> None:
    found = as_json(brief_cube(cube({"posts": 200, "topic": "medical_quality"}), EXAMPLE, at(0)), (), "en")
    assert [
        *("sources", "as_of", "level", "level_label", "score", "reasons", "margins", "red_lines", "heat", "stage"),
        *("posts", "left_aside", "posts_24h", "negative_share", "topics", "platforms"),
        *("likelihood", "fall", "crossing", "clocks", "tasks", "statements"),
        *("forecast", "no_forecast", "peak_passed", "bursts", "reach", "events"),
    ] == [key for key in found if key not in ("why", "flags")]
    assert found["as_of"] == "2025-03-03T00:00:00+08:00"
    assert {"indicator", "value", "unit", "points", "text"} <= set(found["reasons"][0])
    assert {"indicator", "to_level", "change", "unit", "text"} <= set(found["margins"][0])
    assert {"name", "deadline", "source", "force"} <= set(found["clocks"][0])
    assert {"group", "task", "channel", "deadline"} <= set(found["tasks"][0])
    assert list(found["negative_share"]) == ["value", "low", "high", "corrected", "corrections"]


def test_in_words_the_level_comes_first_and_every_count_is_there() -> None:
    found = brief_cube(cube({"posts": 1200, "death_blamed": 15}, {"posts": 3, "topic": "policy"}), HIGH, at(0))
    lines = [str(line) for line in in_words(found)]
    assert lines[0].startswith("As of 2025-03-03 00:00: Severe (level III). A red line is crossed")
    assert lines[2] == "Posts: 1,203, in the last 24 h 1,203."
    assert "Topics: Service complaints 1,200, Policy and charges 3." in lines
    assert any("03-03 05:00" in line and "Authoritative information" in line for line in lines)


def test_an_unknown_platform_or_no_platform_can_be_briefed(tiny: Model) -> None:
    data = "时间,内容\n2025-03-03 08:00,手术失误\n".encode()
    found = brief(read(data, "x.csv", RECEIVED)[0], tiny, EXAMPLE, at(9))
    assert sum(found.platforms.values()) == 1
    assert [str(line) for line in in_words(found)]


def labelled_csv(*rows: str) -> bytes:
    return "\n".join(["发布时间,平台,正文", *rows, ""]).encode()


def test_a_dataset_holds_posts_cube_and_reports(tiny: Model) -> None:
    files = [(f"{n}.csv", labelled_csv(f"2025-03-03 0{n}:00,微博,{LABELLED['text'][n]}")) for n in range(2)]
    shares: list[float] = []
    found = load_dataset(files, RECEIVED, tiny, progress=lambda share, text: shares.append(share))
    assert found.posts["topic"].tolist() == ["medical_quality"] * 2
    assert found.cube["posts"].sum() == 2
    assert [report.name for report in found.reports] == ["0.csv", "1.csv"]
    assert shares == sorted(shares)
    assert found.id == load_dataset(files[::-1], RECEIVED, tiny).id
    assert found.id != load_dataset(files[:1], RECEIVED, tiny).id
    assert found.id != load_dataset(files, RECEIVED, tiny, engine="snownlp").id


# Random corrections: told 0.7 and 0.3, right four times in five.
CHECKED = (*((0.7, True),) * 16, *((0.7, False),) * 4, *((0.3, False),) * 16, *((0.3, True),) * 4)


def loaded(model: Model, engine: str = "model", texts: int = 6) -> Dataset:
    rows = [f"2025-03-03 0{n}:00,微博,{text}" for n, text in enumerate(LABELLED["text"][:texts])]
    return load_dataset([("x.csv", labelled_csv(*rows))], RECEIVED, model, engine)


def test_a_dataset_knows_how_the_classifier_errs_once_answers_were_checked(tiny: Model) -> None:
    plain, checked = loaded(tiny), loaded(replace(tiny, checked=CHECKED))
    assert (plain.engine, plain.rates) == ("model", None)
    assert checked.rates is not None and checked.rates.corrections == 40
    assert checked.rates.lean_negative > checked.rates.lean_other
    assert checked.id == plain.id  # the posts and their labels are the same
    assert loaded(replace(tiny, checked=CHECKED[:29])).rates is None
    # corrections check the classifier's answers, not SnowNLP's
    snow = loaded(replace(tiny, checked=CHECKED), "snownlp")
    assert (snow.engine, snow.rates) == ("snownlp", None)


def test_the_briefing_of_posts_is_corrected_as_that_of_their_dataset(tiny: Model) -> None:
    model = replace(tiny, checked=CHECKED)
    data = loaded(model)
    found = brief(data.posts, model, EXAMPLE, at(9))
    assert found.corrections == 40
    from_counts = said(brief_cube(data.cube, EXAMPLE, at(9), 0, data.rates))
    assert said(found) | {"reach": {}, "events": []} == from_counts  # who carries it, the posts alone can tell
    assert said(found)["negative_share"] != said(brief(data.posts, tiny, EXAMPLE, at(9)))["negative_share"]


def test_errors_are_those_on_the_posts_about_us(tiny: Model) -> None:
    whole = loaded(replace(tiny, checked=CHECKED))
    ours = only_about_us(whole, replace(EXAMPLE, about=("手术",)))
    first_three = loaded(replace(tiny, checked=CHECKED), texts=3)
    assert (len(ours.posts), ours.left_aside) == (3, 3)
    assert ours.rates == first_three.rates != whole.rates


@pytest.mark.parametrize("engine", ["model", "snownlp"])
def test_another_model_reads_a_dataset_anew(tiny: Model, engine: str) -> None:
    service = replace(tiny.topic, bias=np.array([-9, 9], dtype=np.float32))  # whatever is said
    other = replace(tiny, topic=service, checked=CHECKED)
    before = loaded(tiny, engine)
    after, expected = reannotated(before, other), loaded(other, engine)
    assert (after.id, after.rates) == (expected.id, expected.rates)
    assert set(after.posts["topic"]) == {"service"} != set(before.posts["topic"])
    pd.testing.assert_frame_equal(after.posts, expected.posts)
    again = reannotated(after, tiny)
    assert (again.id, again.rates) == (before.id, None)


def test_a_dataset_without_a_readable_row_is_refused_with_the_reasons(tiny: Model) -> None:
    with pytest.raises(InputError, match=r"No row of x\.csv could be read: No time could be read"):
        load_dataset([("x.csv", labelled_csv("坏,微博,一"))], RECEIVED, tiny)


def right_levels(folder: Path, model: Model) -> list[tuple[str, str, str]]:
    """What is each incident's level at its peak hour, by the truth and by the desk?"""
    frame, _report = read((folder / "posts.csv").read_bytes(), "posts.csv", RECEIVED)
    annotated = annotate(frame, model)
    found = []
    for incident in pd.read_csv(folder / "incidents.csv", parse_dates=["peak"]).itertuples():
        peak = incident.peak.tz_localize(TIMEZONE)
        seen = count(annotated[annotated["published_at"] <= peak])
        found.append((incident.name, incident.level, brief_cube(seen, Profile(), peak).assessment.level.name))
    return found


def enough_are_right(found: list[tuple[str, str, str]]) -> None:
    assert len(found) == 6
    assert sum(truth == desk for _name, truth, desk in found) >= 5, found


def test_the_sample_has_the_level_of_at_least_five_of_its_six_incidents(shipped: Model) -> None:
    enough_are_right(right_levels(SAMPLE, shipped))


@pytest.mark.parametrize("seed", [21])
def test_so_has_the_sample_of_another_seed(shipped: Model, tmp_path: Path, seed: int) -> None:
    generate(seed, 60, 12_600, tmp_path)
    enough_are_right(right_levels(tmp_path, shipped))
