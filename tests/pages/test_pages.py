"""Does every page answer, in both languages and at odd times?"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import replace

import pytest
from desks import OpenDesk
from frames import LEARNT
from operating import (
    CHINESE,
    CITED,
    GOOD,
    LOCALES,
    NAMES,
    PAGES,
    banner,
    go_to,
    html,
    loaded,
    nameless,
    turn_to,
    upload,
    wellness,
    words,
)
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize("locale", list(LOCALES))
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_the_browsers_language_alone(desk: OpenDesk, page: str, locale: str) -> None:
    app = desk(page, locale)
    wellness(app)
    shown = [text for text in words(app) if text]
    assert len(shown) > 12
    if locale == "zh-CN":
        foreign = [text for text in shown if re.search(r"[A-Za-z]{2}", NAMES.sub("", text))]
    else:
        foreign = [text for text in shown if CHINESE.search(nameless(app, CITED.sub("", text)))]
    assert foreign == []


@pytest.mark.parametrize(("locale", "level"), [("zh-CN", "重度（三级）"), ("en-GB", "Severe (level III)")])
@pytest.mark.parametrize("page", ["overview", "response", "thresholds"])
def test_the_sample_opens_at_its_gravest_hour(desk: OpenDesk, page: str, locale: str, level: str) -> None:
    app = desk(page, locale)
    shown = app.metric[0].delta if page == "thresholds" else banner(app)
    assert level in shown


def test_an_unknown_language_gets_english_and_none_chinese(desk: OpenDesk) -> None:
    assert "Posts an hour, and the life cycle" in [title.value for title in desk(locale="fr-FR").subheader]
    assert "每小时帖文数与生命周期" in [title.value for title in desk(locale="zh-TW").subheader]


def test_the_language_is_switched_without_losing_the_place(desk: OpenDesk) -> None:
    app = go_to(desk(), "2025-10-22", 20)
    before = banner(app)
    app.selectbox(key="language").set_value("en").run()
    wellness(app)
    assert "As of 2025-10-22 20:59" in banner(app) and not CHINESE.search(CITED.sub("", banner(app)))
    app.selectbox(key="language").set_value("zh_CN").run()
    assert banner(app) == before


def test_the_sample_is_stated_as_synthetic_on_every_page(desk: OpenDesk) -> None:
    app = desk(locale="en-GB")
    for page in PAGES:
        assert "synthetic" in loaded(turn_to(app, page))


def test_the_negative_share_says_uncorrected_until_the_errors_are_known(desk: OpenDesk) -> None:
    app = desk(locale="en-GB")
    share = app.metric[1].value
    assert [said for said in captions(app) if said.endswith("uncorrected")]
    assert "Model page" in app.metric[1].help
    app.session_state["dataset"] = replace(app.session_state["dataset"], rates=LEARNT)
    app.run()
    wellness(app)
    assert app.metric[1].value != share
    assert [said for said in captions(app) if said.endswith(", corrected")]
    app = turn_to(app, "response")
    assert [said for said in words(app) if "(90%, corrected)" in said]


def captions(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption]


def test_the_overview_at_the_first_post_knows_one_post_and_no_change(desk: OpenDesk) -> None:
    app = upload(
        desk("data", "en-GB"),
        ("two.csv", "发布时间,正文\n2025-03-03 08:10,挂号排队两小时\n2025-03-03 09:10,窗口没有人\n"),
    )
    app = go_to(turn_to(app, "overview"), "2025-03-03", 8)
    wellness(app)
    posts, _share, _heat, growth = app.metric
    assert (posts.value, posts.delta) == ("1", "")
    assert (growth.value, growth.delta) == ("not known", "")
    assert "As of 2025-03-03 08:59" in banner(app)
    assert go_to(app, "2025-03-03", 9).metric[0].value == "2"
    for page in PAGES:
        wellness(turn_to(app, page))


def test_a_time_before_the_first_post_is_held_at_it(desk: OpenDesk) -> None:
    app = go_to(turn_to(upload(desk("data"), ("good.csv", GOOD)), "overview"), "2025-03-03", 0)
    wellness(app)
    assert "截至2025-03-03 08:00" in banner(app)
    assert app.metric[0].value == "1"


def test_trends_draw_every_measure_and_every_split(desk: OpenDesk) -> None:
    app = desk("trends", "en-GB")
    app.button_group(key="trend_days").set_value("all")
    splits = (("all", "h"), ("topic", "D"), ("sentiment", "h"), ("platform", "D"), ("region", "D"))
    posts = 0
    for measure, split, step in (
        *(("posts", *pair) for pair in splits),
        ("interactions", "all", "h"),
        ("heat", "topic", "D"),
    ):
        app.button_group(key="trend_measure").set_value(measure)
        app.button_group(key="trend_step").set_value(step)
        app.selectbox(key="trend_split").set_value(split).run()
        wellness(app)
        figure = json.loads(app.get("plotly_chart")[-1].proto.spec)
        assert len(figure["data"]) == {"all": 1, "sentiment": 3}.get(split, len(figure["data"])) <= 9
        if measure == "posts":  # however it is split, the posts are the same
            total = sum(sum(numbers(trace["y"])) for trace in figure["data"])
            posts = posts or total
            assert total == posts > 1000


PACKED = {"f8": "d", "i4": "i", "i2": "h", "i1": "b", "u1": "B", "u2": "H"}


def numbers(given: list[float] | dict[str, str]) -> list[float]:
    """Which numbers hold an array of plotly's, packed or not?"""
    if isinstance(given, list):
        return given
    return memoryview(b64decode(given["bdata"])).cast(PACKED[given["dtype"]]).tolist()


def test_trends_say_where_there_is_nothing_to_show(desk: OpenDesk) -> None:
    app = turn_to(upload(desk("data", "en-GB"), ("good.csv", GOOD.replace("挂号排队两小时，窗口没人", "😷"))), "trends")
    wellness(app)
    assert app.info[-1].value == "No burst up to this time."
    app.toggle(key="trend_risk").set_value(True).run()
    wellness(app)


def test_hostile_words_are_plain_text_on_every_page(desk: OpenDesk) -> None:
    bad = "<img src=x onerror=alert(1)>![x](http://evil.example/y.png)=cmd()"
    rows = "".join(f"2025-03-03 0{hour}:00,医院害死病人 {hour} {bad},{bad},{bad}\n" for hour in range(8))
    app = upload(desk("data"), (f"{bad.replace('/', '')}.csv", "发布时间,正文,地区,作者\n" + rows))
    wellness(app)
    for page in PAGES:
        turn_to(app, page)
        wellness(app)
        for kind in ("markdown", "caption", "info", "error", "success", "subheader", "expander"):
            for node in app.get(kind):
                text = getattr(node, "value", None) or getattr(node, "label", "")
                assert not re.search(r"(?<!\\)[<\[!]", text), text
        assert "<img" not in html(app)
