"""How it is shown who carried it: named, masked, escaped, and the same for scripts."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from frames import at, posts

from analysis.report.reach_charts import over_time, path_figure, ranking
from analysis.report.reach_tables import (
    KEYS,
    amplifier_table,
    as_json,
    loud_text,
    path_table,
    share_text,
    source_table,
    time_table,
    total_table,
    unknown_text,
    voices_text,
)
from analysis.signals.reach import Reach, reach

LONG = "产科门口有人拉横幅，家属说要讨个说法"
PHONE = "13812345678"
HOSTILE = "<b onmouseover=alert(1)>x</b>"


def found(*rows: dict[str, Any], until: float = 300) -> Reach:
    return reach(posts(*rows), at(0), at(until))


def three() -> Reach:
    """A repost, a copied text and mere time order, in this order of arrival: weibo, douyin, news, forum."""
    return found(
        {"hour": 0, "platform": "weibo", "post_id": "w", "text": LONG, "region": "安徽", "likes": 4, "author": "甲"},
        {"hour": 1.5, "platform": "douyin", "parent_id": "w"},
        {"hour": 2, "platform": "news", "text": LONG, "media_tier": "local", "author": "日报"},
        {"hour": 60, "platform": "forum", "text": "另有说法"},
    )


# --- words


def test_many_voices_read_as_a_sentence_with_their_numbers() -> None:
    told = found(*({"author": f"a{number}"} for number in range(5)), {"author": "a0"}).concentration
    assert str(voices_text(told)) == (
        "Too few posts to tell few voices from many. "
        "5 accounts wrote 6 posts, as concentrated as if 4 wrote equally often (Gini 0.13)."
    )
    assert loud_text(told) is None
    assert "nothing is known" in str(voices_text(None))


def test_a_loud_account_is_named_without_its_number() -> None:
    one = posts({"author": f"维权{PHONE}"})
    frame = pd.concat([one.assign(post_id=f"p{number}") for number in range(101)], ignore_index=True)
    told = loud_text(reach(frame, at(0), at(1)).concentration)
    assert str(told) == 'The account "维权138****5678" (Weibo) alone wrote 101 of 101 posts (100%).'


def test_what_the_export_lacks_is_said() -> None:
    told = found({"author": "", "author_verified": None, "media_tier": "local", "region": "安徽", "parent_id": "x"})
    assert str(unknown_text(told)) == "No post here tells: Author, Verified author. What rests on it is left out."
    assert str(share_text(told.verified_share)) == "not told" and str(share_text(0.125)) == "12.5%"


# --- tables


def test_first_sources_are_masked_and_link_to_web_pages_alone() -> None:
    table = source_table(
        found(
            {"text": f"电话{PHONE}", "author": PHONE, "url": "https://w.example/1"},
            {"platform": "news", "url": "javascript:alert(1)"},
        ),
        "en",
    )
    assert PHONE not in table.to_string()
    assert table["Platform"].tolist() == ["News site", "Weibo"]
    assert table["Link"].isna().tolist() == [True, False]


def test_amplifiers_leave_out_columns_that_nobody_tells() -> None:
    table = amplifier_table(found({"likes": 3, "reads": None, "author_verified": True, "media_tier": "local"}), "en")
    assert "Reads" not in table and "Comments" in table
    assert table.loc[0, ["Author", "Verified author", "Media tier", "Drawn together"]].tolist() == [
        "甲",
        "yes",
        "Local media",
        3,
    ]


def test_the_path_reads_as_a_table_with_its_evidence() -> None:
    table = path_table(three(), "en")
    assert table["Platform"].tolist() == ["Weibo", "Douyin", "News site", "Forum"]
    assert table["Came after"].tolist() == ["–", "Weibo", "Weibo", "News site"]
    assert table["Known from"].tolist() == ["first here", "a repost", "the same text", "time order alone"]
    assert table["Post there"].tolist()[:2] == ["", "2025-03-03 00:00"]


def test_the_data_of_the_charts_are_the_counts() -> None:
    told = three()
    assert total_table(told, "platforms", "en")["Posts"].sum() == 4
    by_hour = time_table(told, "media_tiers", "en")
    assert by_hour["Time"][0] == "2025-03-03 00:00" and by_hour["No medium"].sum() == 3
    assert list(time_table(told, "accounts", "en").columns[1:]) == [
        "Accounts that wrote",
        "Of these for the first time in the span",
    ]


# --- figures


def test_layers_hold_every_post_and_name_the_rest() -> None:
    names = ["weibo", "wechat", "douyin", "kuaishou", "zhihu", "tieba", "toutiao", "news", "forum", "letter"]
    figure = over_time(found(*({"platform": name} for name in names)), "platforms", "en")
    assert len(figure.data) == 9 and figure.data[-1].name == "All others"
    assert sum(sum(trace.y) for trace in figure.data) == 10
    assert {trace.stackgroup for trace in figure.data} == {"all"}


def test_accounts_are_lines_that_are_not_added() -> None:
    figure = over_time(three(), "accounts", "en")
    assert [trace.stackgroup for trace in figure.data] == [None, None]


def test_media_are_drawn_without_the_many_that_are_none() -> None:
    assert [trace.name for trace in over_time(three(), "media_tiers", "en").data] == ["Local media"]
    assert list(ranking(three(), "media_tiers", "en").data[0].y) == ["Local media"]


def test_names_from_files_are_escaped() -> None:
    told = found({"region": HOSTILE})
    shown = over_time(told, "regions", "en").data[0].name, ranking(told, "regions", "en").data[0].y[0]
    assert all("<" not in name for name in shown)


def test_the_ranking_has_the_largest_on_top() -> None:
    figure = ranking(found({"region": "北京"}, {"region": "安徽"}, {"region": "安徽"}, {}), "regions", "en")
    # plotly draws the last bar on top
    assert figure.data[0].y[-1] == "安徽" and set(figure.data[0].y) == {"安徽", "北京", "unknown"}


def test_arcs_lead_from_each_origin_with_the_stroke_of_their_evidence() -> None:
    figure = path_figure(three(), "en")
    strokes = {trace.name: trace.line.dash for trace in figure.data[:-1]}
    assert strokes == {"a repost": "solid", "the same text": "dash", "time order alone": "dot"}
    assert figure.data[0].y[0] == 0 and figure.data[0].y[-2] == -1  # from weibo, the first row, to douyin, the second
    words = figure.data[-1].text
    assert "nothing here is earlier" in words[0] and "passes on a post of Weibo, 1.5 h later" in words[1]
    assert "same text as on Weibo, 2.0 h later" in words[2] and "2.4 days after News site; by time alone" in words[3]


def test_figures_of_nothing_and_of_one_post_can_be_drawn() -> None:
    for told in (found(), found({"region": "安徽", "media_tier": "local"}, until=0)):
        for key in KEYS:
            assert over_time(told, key, "zh_CN").layout.height
            assert ranking(told, key, "zh_CN").layout.height
        assert path_figure(told, "zh_CN").layout.height


# --- for scripts


def test_scripts_get_numbers_and_masked_names() -> None:
    told = as_json(three())
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["platforms"] == {"douyin": 1, "forum": 1, "news": 1, "weibo": 1}
    assert told["regions"] == {"": 3, "安徽": 1} and told["media_tiers"] == {"": 3, "local": 1}
    assert (told["authors"], told["media_share"], told["verified_share"]) == (4, 0.25, 0)
    assert told["first_sources"][0]["published_at"] == "2025-03-03T00:00:00+08:00"
    assert told["path"][1] == {
        "platform": "douyin",
        "published_at": "2025-03-03T01:30:00+08:00",
        "origin": "weibo",
        "evidence": "repost",
        "origin_at": "2025-03-03T00:00:00+08:00",
        "seen_at": "2025-03-03T01:30:00+08:00",
    }
    assert told["amplifiers"][0]["author"] == "甲" and told["amplifiers"][0]["drawn"] == 4
    assert told["concentration"]["voices"] == "unknown" and told["concentration"]["loudest"] is None


def test_scripts_get_none_for_what_is_not_known_and_no_personal_numbers() -> None:
    blank = {"author_verified": None, "followers": None, "comments": None, "reads": None}
    told = as_json(found({**blank, "author": PHONE, "likes": 1}))
    assert PHONE not in json.dumps(told)
    first = told["amplifiers"][0]
    assert first["verified"] is None and first["followers"] is None and first["reads"] is None
    nothing = as_json(found())
    assert (nothing["posts"], nothing["authors"], nothing["path"], nothing["concentration"]) == (0, None, [], None)


def test_a_number_that_stands_where_the_text_is_cut_is_hidden_all_the_same() -> None:
    late = found({"hour": 0, "text": "字" * 294 + PHONE, "author": "甲"})
    assert PHONE[:6] not in as_json(late)["first_sources"][0]["text"]
    assert PHONE[:6] not in source_table(late, "en").to_string()
