"""The Events page: the list, one event, a link to it, what the analyst changes, and the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest
from desks import OpenDesk
from operating import errors, html, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest

from analysis import dataset
from analysis.dataset import EVENT_TYPES
from analysis.events.detect import Detection, nothing
from analysis.events.links import fingerprint, link

Given = Callable[[str], AppTest]
EVIL = "<img src=x onerror=alert(1)>[x](http://evil.example)"
DEATH = "产妇羊水栓塞死亡，家属在门口等一个说法#产妇死亡#"
LEAK = "体检报告和身份证在群里被卖，信息科说在查#报告泄露#"
DAILY = "今天门诊排队很久"


def posts(evil: str = "") -> str:
    """Two quiet days with a death of which 30 tell, one each six minutes; two days later 24 tell of a leak."""
    told = (
        ("d", DAILY, "03-03 09:00", 40),
        ("m", DEATH + evil, "03-04 10:00", 30),
        ("l", LEAK + evil, "03-06 10:00", 24),
    )
    rows = [
        f"{pd.Timestamp(f'2025-{begins}') + n * pd.Timedelta(minutes=6)},微博,{who}{n},{who}用户{n},{n}号：{text}"
        for who, text, begins, number in told
        for n in range(number)
    ]
    return "发布时间,平台,文章ID,作者,正文\n" + "\n".join(rows) + "\n"


def by_hashtag(posts: pd.DataFrame) -> Detection:
    """Stands for detection: what bears the same hashtag is one event, known from its eighth post on."""
    tags = posts["text"].str.extract(r"#(.+?)#", expand=False).fillna("")
    event, rows = np.full(len(posts), -1, dtype=np.int32), []
    for number, tag in enumerate(tag for tag in tags.unique() if tag):
        mine = np.flatnonzero(tags == tag)
        event[mine] = number
        began, exists = posts["published_at"].iloc[mine[[0, 7]]]
        rows.append((f"{began:%Y%m%d}-{number:06x}", began, exists, False))
    return Detection(event, pd.DataFrame(rows, columns=list(EVENT_TYPES)).astype(EVENT_TYPES), nothing())


@pytest.fixture
def given(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> Given:
    """A desk at which these posts were uploaded, with events by their hashtags."""

    def uploaded(text: str) -> AppTest:
        app = desk("data", "en-GB")
        monkeypatch.setattr(dataset, "detect", by_hashtag)  # only now: the sample, which all share, has been loaded
        return upload(app, ("posts.csv", text))

    return uploaded


def listed(app: AppTest) -> pd.DataFrame:
    """The list of events, without the posts of none."""
    table: pd.DataFrame = app.dataframe[0].value
    return table[table["id"] != ""].reset_index(drop=True)


def opened(app: AppTest, of: str, as_of: str = "2025-03-06 12:59:59") -> AppTest:
    """Open the event that a post with these words belongs to, by its link."""
    data = app.session_state["dataset"].posts
    event = data.loc[data["text"].str.contains(of, regex=False), "event_id"].iloc[0]
    for name, value in link(fingerprint(data), event, pd.Timestamp(as_of, tz="Asia/Shanghai")).items():
        app.query_params[name] = value
    return turn_to(app, "events")


def said(app: AppTest) -> str:
    kinds = ("text", "caption", "info", "warning", "markdown")
    return " ".join(str(node.value) for kind in kinds for node in app.main.get(kind)).replace("\\", "")


def head(app: AppTest) -> str:
    """What stands in the box at the head of an event?"""
    return re.sub(r"<[^>]+>", " ", next(node.proto.body for node in app.get("html") if "event-head" in node.proto.body))


def look(app: AppTest, part: str, kind: str = "") -> AppTest:
    app.button_group(key="event_look").set_value(part).run()
    return app.button_group(key="edit_kind").set_value(kind).run() if kind else app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in reversed(app.button) if button.label == label).click().run()


def test_events_are_listed_gravest_first_filtered_and_drawn(given: Given) -> None:
    app = turn_to(given(posts()), "events")
    wellness(app)
    table = listed(app)
    assert sorted(table["posts"]) == [24, 30] and "2 of 2 events" in said(app)
    assert len(app.get("plotly_chart")) == 1
    app.button_group(key="events_picture").set_value("river")
    app.text_input(key="events_words").set_value("产妇").run()
    wellness(app)
    assert listed(app)["posts"].tolist() == [30] and "1 of 2 events" in said(app)
    app.text_input(key="events_words").set_value("nothing like it").run()
    assert "None of the 2 events passes the filters." in said(app)
    wellness(app)


def test_a_link_opens_its_event_at_its_time_and_a_damaged_one_says_so(given: Given) -> None:
    app = opened(given(posts()), DEATH, "2025-03-04 11:59:59")
    wellness(app)
    assert "20 posts" in head(app) and not app.query_params  # of 30, one each six minutes
    assert "As of 2025-03-04 11:59" in said(app)
    for part in ("spread", "posts", "earlier", "edit", "about"):
        wellness(look(app, part))
    app.query_params["event"] = "x"
    app.run()
    wellness(app)
    assert "This link is damaged" in errors(app)
    press(app, "Forget the link")
    assert not app.error and "20 posts" in head(app)


def test_a_link_waits_for_its_file(desk: OpenDesk, given: Given) -> None:
    address = opened(given(posts()), DEATH, "2025-03-04 11:59:59").get("code")[0].value.partition("?")[2]
    app = desk("overview", "en-GB")
    for name, value in link("ab" * 32, "20250304-abcdef", pd.Timestamp("2025-03-04 12:00", tz="Asia/Shanghai")).items():
        app.query_params[name] = value
    app = turn_to(app, "events")
    wellness(app)
    assert "posts that are not loaded here: their mark begins with abababab" in said(app)
    press(app, "Forget the link")
    wellness(app)
    assert "not loaded here" not in said(app)
    for name, value in parse_qsl(address):
        app.query_params[name] = value
    app.run()
    assert "not loaded here" in said(app)
    app = turn_to(upload(turn_to(app, "data"), ("again.csv", posts())), "events")
    wellness(app)
    assert "20 posts" in head(app)


def test_an_event_is_renamed_merged_split_and_muted_and_each_is_undone(given: Given) -> None:
    app = look(opened(given(posts()), LEAK), "edit", "rename")
    app.text_input[-1].set_value("群里的体检报告").run()
    press(app, "Rename")
    assert "Write your name" in said(app) and "群里的体检报告" not in head(app)
    app.text_input(key="analyst").set_value("王")
    press(app, "Rename")
    assert "群里的体检报告" in head(app)

    look(app, "edit", "merge")
    into = app.selectbox[1]
    into.set_value(into.proto.options[0] if into.options is None else into.options[0]).run()
    wellness(app)
    change = app.table[0].value
    assert change["Posts before"].tolist() == ["24", "30"] and set(change["Posts after"]) == {"–", "54"}
    press(app, "Merge")
    assert "54 posts" in head(app)

    look(app, "edit", "split")
    app.text_input[-1].set_value("1号").run()
    wellness(app)
    leaving = int(app.table[0].value["Posts after"].iloc[1])
    press(app, "Split")
    assert f"{leaving} posts" in head(app)

    look(app, "edit", "mute")
    press(app, "Mute this event")
    wellness(app)
    assert listed(app)["posts"].tolist() == [54 - leaving]
    press(app, "Show again")
    assert sorted(listed(app)["posts"]) == sorted([54 - leaving, leaving])

    app.button_group(key="events_part").set_value("history").run()
    assert "Renamed" in said(app) and "王" in said(app)
    merged = next(
        button for button in app.button if button.label == "Undo" and "Merged" in said_beside(app, button.key)
    )
    merged.click().run()
    wellness(app)
    while any(button.label == "Undo" for button in app.button):
        press(app, "Undo")
    wellness(app)
    app.button_group(key="events_part").set_value("events").run()
    assert sorted(listed(app)["posts"]) == [24, 30] and "群里的体检报告" not in set(listed(app)["event"])


def said_beside(app: AppTest, key: str) -> str:
    """What does the history say of the edit that this button takes back?"""
    keys = [button.key for button in app.button if button.label == "Undo"]
    told = [text.value for text in app.main.text]
    return told[keys.index(key)]


def test_posts_are_searched_marked_and_lead_to_their_event(given: Given) -> None:
    app = turn_to(given(posts()), "events")
    app.button_group(key="events_part").set_value("search").run()
    app.text_input(key="search_query").set_value("羊水栓塞 -1号").run()
    wellness(app)
    assert "posts say it" in said(app) and "<mark" in html(app) and "1号" not in html(app)
    app.button_group[-1].set_value(app.button_group[-1].options and app.button_group[-1].proto.options[0].content)
    app.text_input(key="search_query").set_value("-").run()
    assert "Write at least one word" in errors(app)
    app.text_input(key="search_query").set_value("没有这样的话").run()
    assert "No post up to this time says that." in said(app)


def test_words_of_posts_are_plain_text_wherever_they_stand(given: Given) -> None:
    app = opened(given(posts(EVIL)), DEATH)
    for part in ("about", "spread", "posts", "earlier", "edit"):
        wellness(look(app, part))
        assert "<img" not in html(app)
        for kind in ("markdown", "caption", "info", "warning", "button", "expander"):
            for node in app.main.get(kind):
                assert not re.search(r"(?<!\\)[<\[!]", getattr(node, "value", None) or getattr(node, "label", "")), kind


def test_without_an_event_the_page_says_what_one_is(given: Given) -> None:
    app = turn_to(given("发布时间,正文\n2025-03-03 08:00,挂号排队两小时\n"), "events")
    wellness(app)
    assert "No event up to this time." in said(app) and not app.get("plotly_chart")
    for part in ("search", "history"):
        wellness(app.button_group(key="events_part").set_value(part).run())
