"""Accounts that the profile lists as media count as such, where the export does not tell."""

from __future__ import annotations

import pandas as pd
import pytest
from frames import at, posts

from analysis.classify.model import Model
from analysis.dataset import Dataset, only_about_us, with_media
from analysis.pipeline import brief
from analysis.posts.read import read_many
from analysis.response.names import MediaNames
from analysis.response.profile import Profile
from analysis.signals.cube import count

MEDIA = MediaNames(central=("国家早报",), local=("小城早知道", "Ｑ城 News"), trade=("护士之家",))


def test_a_listed_account_speaks_as_a_medium_of_its_tier() -> None:
    frame = posts(
        {"author": "国家早报"},
        {"author": "@小城早知道 ", "platform": "douyin"},
        {"author": "q城news"},
        {"author": "护士之家", "media_tier": "self_media"},  # the export tells better
        {"author": "小城早知道的粉丝"},
        {"author": ""},
    )
    told = with_media(frame, MEDIA)
    assert told["media_tier"].tolist() == ["central", "local", "local", "self_media", "", ""]
    assert told.dtypes.equals(frame.dtypes) and frame["media_tier"].eq("").sum() == 5
    pd.testing.assert_frame_equal(told.drop(columns="media_tier"), frame.drop(columns="media_tier"))


def test_where_nothing_is_listed_nothing_changes() -> None:
    frame = posts({"author": "小城早知道"}, {"author": "甲", "media_tier": "local"})
    assert with_media(frame, MediaNames()) is frame
    assert with_media(frame, MediaNames(local=("甲", " "))) is frame
    nobody = with_media(posts(), MEDIA)
    assert len(nobody) == 0


def test_of_two_spellings_in_different_tiers_the_highest_counts() -> None:
    both = MediaNames(central=("Q报",), local=("ｑ 报",))
    assert with_media(posts({"author": "Q报"}), both)["media_tier"].tolist() == ["central"]


def test_a_dataset_counts_them_and_one_without_them_stays_itself() -> None:
    frame = posts({"author": "国家早报"}, {"author": "乙", "hour": 1})
    data = Dataset("id", frame, count(frame), ())
    assert only_about_us(data, Profile()) is data
    told = only_about_us(data, Profile().with_names([], [], [], MEDIA))
    assert (told.cube["central"].sum(), data.cube["central"].sum()) == (1, 0)
    assert told.id != data.id and told.left_aside == 0


@pytest.mark.parametrize(("media", "crossed"), [(MediaNames(), []), (MEDIA, ["central_media"])])
def test_their_report_crosses_the_red_line_of_central_media(
    shipped: Model, media: MediaNames, crossed: list[str]
) -> None:
    frame = posts({"text": "排队两小时窗口没人，投诉也没用", "author": "国家早报", "sentiment": "negative"})
    profile = Profile().with_names([], [], [], media)
    found = brief(frame, shipped, profile, at(1))
    assert [line.name for line in found.everything.red_lines] == crossed


def test_well_known_media_are_known_without_any_list() -> None:
    authors = ("人民日报", "健康报", "某人")
    rows = [f"2025-03-03 08:0{minute},微博,{name},通报{minute}" for minute, name in enumerate(authors)]
    read = read_many([("x.csv", "\n".join(["发布时间,平台,作者,正文", *rows]).encode())], at(0)).posts
    assert read["media_tier"].tolist() == ["central", "trade", ""]
