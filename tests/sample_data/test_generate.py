"""Are the synthetic posts the same for a seed, as a vendor writes them, and true to the stated facts?"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sample_data.export import HEADERS, WEEK_HEADERS, minute_clock
from sample_data.generate import arguments, build, generate
from sample_data.stories import QUEUE, STORIES, level_at
from sample_data.timing import DEFAULT_SEED, scheduled, story_intensity
from sample_data.wording import SLOTS, read_templates

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
SHARED = ROOT.parent / "shared" / "data"
FILES = ("posts.csv", "posts_gb18030.csv", "incidents.csv", "incident_levels.csv")
SEEDS = (DEFAULT_SEED, 1, 2, 3, 4)
LEVELS = ("ROUTINE", "MILD", "MODERATE", "SEVERE")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("default")
    generate(DEFAULT_SEED, 60, 12_600, out)
    return out


@pytest.fixture(scope="module")
def posts(written: Path) -> pd.DataFrame:
    return pd.read_csv(written / "posts.csv", encoding="utf-8-sig", dtype={"平台": str})


@pytest.fixture(scope="module")
def incidents(written: Path) -> pd.DataFrame:
    return pd.read_csv(written / "incidents.csv", encoding="utf-8", parse_dates=["start", "peak", "end"])


def small(out: Path, seed: int) -> list[bytes]:
    generate(seed, 30, 1500, out)
    return [(out / name).read_bytes() for name in FILES]


def test_same_seed_same_bytes_other_seed_other_bytes(tmp_path: Path) -> None:
    first, again, other = (small(tmp_path / name, seed) for name, seed in (("a", 5), ("b", 5), ("c", 6)))
    assert first == again
    assert all(one != two for one, two in zip(first, other, strict=True))


def test_committed_files_are_what_the_default_call_writes(written: Path) -> None:
    for name in FILES:
        committed = (SAMPLE / name).read_bytes().replace(b"\r\n", b"\n")
        assert committed == (written / name).read_bytes(), f"run: python sample_data/generate.py ({name} differs)"


def test_files_have_unix_line_ends_and_the_stated_encodings(written: Path) -> None:
    assert all(b"\r" not in (written / name).read_bytes() for name in FILES)
    assert (written / "posts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (written / "posts_gb18030.csv").read_bytes().decode("gb18030")


def test_headers_rows_and_collection_time(posts: pd.DataFrame) -> None:
    assert list(posts.columns) == list(HEADERS)
    assert len(posts) >= 12_000
    assert set(posts["采集时间"]) == {"2025-11-26 00:00:00"}
    assert posts["发布时间"].is_monotonic_increasing
    assert posts["发布时间"].min() >= "2025-09-20" and posts["发布时间"].max() < "2025-11-19"


def test_the_week_in_gb18030_holds_the_outbreak(written: Path, posts: pd.DataFrame) -> None:
    week = pd.read_csv(written / "posts_gb18030.csv", encoding="gb18030")
    same = posts[posts["发布时间"].between("2025-10-06", "2025-10-13")]
    assert list(week.columns) == list(WEEK_HEADERS)
    assert week["内容"].tolist() == same["正文"].tolist()
    assert minute_clock("2025-03-20 08:05:59") == "2025/3/20 8:05"


def test_counts_are_whole_and_never_negative(posts: pd.DataFrame) -> None:
    for name in ("转发数", "评论数", "点赞数", "阅读数", "粉丝数"):
        known = posts[name].dropna()
        assert (known >= 0).all() and (known == known.round()).all(), name
    assert set(posts.loc[posts["阅读数"].notna(), "平台"]) == {"微信", "新闻", "抖音", "小红书"}
    assert posts["点赞数"].sum() > posts["评论数"].sum() > posts["转发数"].sum() / 2 > 0


def test_parents_exist_come_first_and_count_their_reposts(posts: pd.DataFrame) -> None:
    originals = posts.drop_duplicates("文章ID").set_index("文章ID")
    reposts = originals[originals["原帖ID"].notna()]
    parents = originals.loc[reposts["原帖ID"]]
    assert len(reposts) > 500
    assert (parents["发布时间"].to_numpy() < reposts["发布时间"].to_numpy()).all()
    assert parents["原帖ID"].isna().all()
    assert (originals["转发数"].reindex(posts["原帖ID"].value_counts().index) > 0).all()
    rows = reposts["原帖ID"].value_counts()
    assert (originals.loc[rows.index, "转发数"] >= rows).all()
    for text, author, original in zip(reposts["正文"], parents["作者"], parents["正文"], strict=True):
        assert text.endswith(f"//@{author}:{original}")


def test_a_few_rows_are_exact_duplicates(posts: pd.DataFrame) -> None:
    share = posts.duplicated("文章ID").mean()
    assert 0.002 < share < 0.009
    assert posts.duplicated("文章ID").sum() == posts.duplicated().sum()


def test_texts_are_filled_short_and_varied(posts: pd.DataFrame) -> None:
    assert not posts["正文"].str.contains(r"[{}]").any()
    assert not posts["标题"].fillna("").str.contains(r"[{}]").any()
    assert posts["正文"].str.len().between(2, 700).all()
    assert posts["正文"].value_counts().max() < 0.01 * len(posts)


def test_every_slot_of_the_texts_has_values() -> None:
    slots = {slot for template in read_templates() for slot in re.findall(r"\{(\w*)\}", template.text)}
    assert slots <= set(SLOTS)


@pytest.mark.parametrize("seed", SEEDS)
def test_incidents_keep_order_hour_and_distance(seed: int) -> None:
    stories = scheduled(seed, 60, 12_600)
    assert [story.key for story in stories] == [story.key for story in STORIES]
    assert all(one.start + one.end < two.start for one, two in pairwise(stories))
    assert all(abs(story.day - fact.day) <= 2 for story, fact in zip(stories, STORIES, strict=True))
    assert all(abs(s.posts / f.posts - 1) <= 0.15 for s, f in zip(stories, STORIES, strict=True))
    assert stories[-1].start + stories[-1].end <= 60 * 24


def test_fewer_days_keep_only_incidents_that_fit() -> None:
    assert [story.key for story in scheduled(7, 26, 12_600)] == ["queue", "surgery"]
    assert scheduled(7, 10, 12_600) == ()


def test_a_wave_holds_its_stated_posts() -> None:
    assert story_intensity(QUEUE).sum() == pytest.approx(900)
    assert story_intensity(replace(QUEUE, waves=QUEUE.waves[:1])).sum() == pytest.approx(420)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_busiest_hour_is_near_the_planned_peak(seed: int) -> None:
    rows, _, stories = build(seed, 60, 12_600)
    for number, story in enumerate(stories):
        hours = rows.loc[rows["story"] == number, "second"] // 3600 - story.start
        assert hours.between(0, story.end - 1).all()
        assert abs(int(np.bincount(hours).argmax()) - story.peak) <= 3, story.key


def test_levels_cover_each_incident_and_agree_at_its_peak(written: Path, incidents: pd.DataFrame) -> None:
    levels = pd.read_csv(written / "incident_levels.csv", encoding="utf-8", parse_dates=["hour"])
    assert list(levels.columns) == ["hour", "name", "level"]
    assert set(levels["level"]) == set(LEVELS)
    for incident in incidents.itertuples():
        hours = levels[levels["name"] == incident.name].set_index("hour")["level"]
        assert hours.index.tolist() == pd.date_range(incident.start, incident.end, freq="h").tolist()
        assert hours[incident.peak] == incident.level == max(hours, key=LEVELS.index)
        assert hours.iloc[-1] == "ROUTINE"


def test_incidents_table_is_in_order(incidents: pd.DataFrame) -> None:
    assert list(incidents.columns) == ["name", "topic", "start", "peak", "end", "level"]
    assert (incidents["end"].iloc[:-1].to_numpy() < incidents["start"].iloc[1:].to_numpy()).all()
    assert incidents["peak"].between(incidents["start"], incidents["end"]).all()


def test_levels_of_the_surgery_follow_its_facts() -> None:
    surgery = next(story for story in STORIES if story.key == "surgery")
    found = [level_at(surgery, hour) for hour in (0, 1, 4, 61, 62, 96, 144)]
    assert found == ["MILD", "MODERATE", "SEVERE", "SEVERE", "MODERATE", "MILD", "ROUTINE"]


def test_media_speak_where_the_facts_say(posts: pd.DataFrame) -> None:
    central, provincial = (posts[posts["媒体级别"] == tier] for tier in ("央媒", "省级媒体"))
    assert central["发布时间"].between("2025-10-08 02", "2025-10-14 19").all()
    surgery = provincial["发布时间"].between("2025-10-07 22", "2025-10-14 19")
    leak = provincial["发布时间"].between("2025-10-22 12", "2025-10-26 18")
    assert (surgery | leak).all() and surgery.any() and leak.any()


def test_help_says_that_the_data_are_synthetic() -> None:
    call = [sys.executable, str(SAMPLE / "generate.py"), "--help"]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "SYNTHETIC" in done.stdout
    defaults = arguments([])
    assert (defaults.seed, defaults.days, defaults.posts, defaults.out) == (DEFAULT_SEED, 60, 12_600, SAMPLE)


def grams(text: str) -> set[str]:
    return {run[i : i + 12] for run in re.findall(r"[\u4e00-\u9fff]{12,}", text) for i in range(len(run) - 11)}


def shared_texts() -> Iterator[str]:
    for path in sorted(SHARED.rglob("*.csv")):
        yield path.read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data (research data, never shipped) is not here")
def test_no_committed_text_was_taken_from_the_research_data() -> None:
    files = [*sorted(SAMPLE.glob("*.csv")), *sorted((SAMPLE / "texts").glob("*.csv"))]
    ours = {path: path.read_bytes() for path in files}
    written = {
        path: grams(raw.decode("gb18030" if "gb18030" in path.name else "utf-8-sig")) for path, raw in ours.items()
    }
    theirs: set[str] = set().union(*(grams(text) for text in shared_texts()))
    taken = {path.name: sorted(found & theirs)[:5] for path, found in written.items() if found & theirs}
    assert not taken
