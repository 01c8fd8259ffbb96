"""Does every page say what it should, in both languages, on good data and bad? Without a browser."""

from __future__ import annotations

import datetime
import json
import re
from base64 import b64decode
from collections.abc import Iterator

import pandas as pd
import pytest
from desks import ROOT, OpenDesk
from streamlit.testing.v1 import AppTest

from analysis.response.profile import Profile, to_toml
from analysis.workspace import store
from analysis.workspace.places import store_url

PAGES = ("overview", "data", "trends", "response", "thresholds")
LOCALES = {"zh-CN": "zh_CN", "en-GB": "en"}
CHINESE = re.compile("[一-鿿]")
# What is no word of ours in a Chinese page: formats, file names, formulas, names of products and encodings.
NAMES = re.compile(
    r"CSV|TSV|XLSX|Excel|TOML|UTF-8|utf-8(-sig)?|gb18030|csv|SnowNLP|English|model|posts|ln|h|×|Σ|https?\S*|\w+\.\w+"
)
CITED = re.compile(r"[^ ,]*〔\d+〕[^ ,]*|黄金4小时|医院预案通行做法")  # Chinese documents that a clock rests on
GOOD = "发布时间,正文\n2025-03-03 08:00,挂号排队两小时，窗口没人\n"


def wellness(app: AppTest) -> None:
    """No page shows an error of its own making."""
    assert [error.value for error in app.exception] == []


def html(app: AppTest) -> str:
    return " ".join(node.proto.body for node in app.get("html"))


def banner(app: AppTest) -> str:
    """What does the banner say, without its tags?"""
    return re.sub(r"<[^>]+>", " ", html(app))


def upload(app: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    """Give these files to the uploader of the Data page."""
    given = [(name, data.encode() if isinstance(data, str) else data, "text/csv") for name, data in files]
    return app.file_uploader(key="uploads").set_value(given).run()


def loaded(app: AppTest) -> str:
    """What does the sidebar say is loaded?"""
    return " ".join(text.value for text in [*app.sidebar.text, *app.sidebar.caption])


def turn_to(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"pages/{page}.py").run()


def go_to(app: AppTest, day: str, hour: int) -> AppTest:
    """Choose a time in the sidebar."""
    app.date_input(key="as_of_day").set_value(datetime.date.fromisoformat(day))
    return app.select_slider(key="as_of_hour").set_value(hour).run()


def errors(app: AppTest) -> str:
    return " ".join(error.value for error in app.error).replace("\\", "")


def words(app: AppTest) -> Iterator[str]:
    """Which words of ours does a page show? Labels, help, options, headings, tables, figures; not posts, not names."""
    kinds = ("subheader", "caption", "info", "error", "success", "warning", "markdown", "expander")
    for kind in kinds:
        for node in app.get(kind):
            yield getattr(node, "value", None) or getattr(node, "label", "")
    for kind in ("selectbox", "slider", "number_input", "toggle", "date_input", "text_input", "button_group"):
        for node in app.get(kind):
            yield node.label
            yield getattr(node, "help", "") or ""
    for node in app.get("button_group"):
        yield from node.options
    for node in app.button:
        yield node.label
    for node in app.metric:
        yield from (node.label, node.value, node.delta, node.help or "")
    for node in app.table:
        yield from map(str, node.value.columns)
        yield from (str(cell) for row in node.value.values for cell in row)
    for node in app.get("plotly_chart"):
        figure = json.loads(node.proto.spec)
        yield from (trace.get("name", "") for trace in figure["data"])
        for axis in ("xaxis", "yaxis"):
            yield figure["layout"].get(axis, {}).get("title", {}).get("text", "")
        yield from (note["text"] for note in figure["layout"].get("annotations", []))
    yield banner(app)


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
        foreign = [text for text in shown if CHINESE.search(CITED.sub("", text))]
    assert foreign == []


@pytest.mark.parametrize(("locale", "level"), [("zh-CN", "重度（三级）"), ("en-GB", "Severe (level III)")])
@pytest.mark.parametrize("page", ["overview", "response", "thresholds"])
def test_the_sample_opens_at_its_gravest_hour(desk: OpenDesk, page: str, locale: str, level: str) -> None:
    app = desk(page, locale)
    shown = app.metric[0].value if page == "thresholds" else banner(app)
    assert level in shown


def test_an_unknown_language_gets_english_and_none_chinese(desk: OpenDesk) -> None:
    assert desk(locale="fr-FR").subheader[0].value == "Posts an hour, and the life cycle"
    assert desk(locale="zh-TW").subheader[0].value == "每小时帖文数与生命周期"


def test_the_language_is_switched_without_losing_the_place(desk: OpenDesk) -> None:
    app = go_to(desk(), "2025-10-22", 20)
    before = banner(app)
    app.selectbox(key="language").set_value("en").run()
    wellness(app)
    assert "As of 2025-10-22 20:59" in banner(app) and not CHINESE.search(banner(app))
    app.selectbox(key="language").set_value("zh_CN").run()
    assert banner(app) == before


def test_the_sample_is_stated_as_synthetic_on_every_page(desk: OpenDesk) -> None:
    app = desk(locale="en-GB")
    for page in PAGES:
        assert "synthetic" in loaded(turn_to(app, page))


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


def test_an_upload_becomes_the_dataset_and_opens_at_its_latest_post(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("good.csv", GOOD))
    wellness(app)
    assert loaded(app) == "good.csv"
    assert [metric.value for metric in app.metric] == ["1", "1", "0", "0"]
    assert app.date_input(key="as_of_day").value == datetime.date(2025, 3, 3)
    assert app.select_slider(key="as_of_hour").value == 8


def test_files_with_the_same_headers_are_loaded_together(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("one.csv", GOOD), ("two.csv", GOOD.replace("08:00", "09:00")), ("again.csv", GOOD))
    wellness(app)
    assert loaded(app) == "one.csv, two.csv, again.csv"
    # rows, good, set aside, duplicates of each
    assert [metric.value for metric in app.metric] == [*"1100", *"1100", *"1001"]


def test_rows_that_cannot_be_read_are_shown_with_their_reason_and_masked(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("some.csv", GOOD + "昨天下午某时,请打13812345678\n"))
    wellness(app)
    assert [metric.value for metric in app.metric] == ["2", "1", "1", "0"]
    aside = app.dataframe[1].value
    assert aside["行号"].astype(str).tolist() == ["3"]
    assert aside["原因"].tolist() == ["此行无法识别时间"]
    assert "138****5678" in aside.iloc[0, 2] and "13812345678" not in aside.iloc[0, 2]


BROKEN = {
    "junk.csv": bytes(range(256)) * 40,
    "empty.csv": b"",
    "header.csv": "发布时间,正文\n".encode(),
    "false.xlsx": b"PK\x03\x04 this is no workbook",
    "timeless.csv": "正文,作者\n排队太久,甲\n".encode(),
    "textless.csv": "发布时间,作者\n2025-03-03 08:00,甲\n".encode(),
    "tomorrow.csv": "发布时间,正文\n2999-03-03 08:00,排队太久\n".encode(),
    "unreadable.csv": "发布时间,正文\n不知道,排队太久\n".encode(),
}


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_file_is_named_and_what_was_loaded_stays(desk: OpenDesk, name: str) -> None:
    app = upload(desk("data", "en-GB"), ("good.csv", GOOD))
    upload(app, (name, BROKEN[name]))
    wellness(app)
    assert len(app.error) == 1
    # "every post is dated after now" says what is wrong with all that was loaded together
    assert name in errors(app) or name == "tomorrow.csv"
    assert "What was loaded before is still here." in [caption.value for caption in app.caption]
    assert loaded(app) == "good.csv"
    wellness(turn_to(app, "overview"))
    assert (loaded(app), len(app.error), app.metric[0].value) == ("good.csv", 0, "1")


@pytest.mark.parametrize(
    "rows",
    [
        "2025-03-03 08:00,😷😷😷\n2025-03-03 08:00,！！！\n",
        "2025-03-03 08:00,一\n2025-03-03 08:00,二\n2025-03-03 08:00,三\n",
        "2025-03-03 08:00,一\n2999-01-01 00:00,以后\n",
        "2019-01-01 00:00,从前\n2025-03-03 08:00,现在\n",
        f"2025-03-03 08:00,{'排队' * 100_000}\n",
    ],
    ids=["emoji", "one minute", "a future date", "a date long past", "a huge cell"],
)
def test_odd_posts_give_a_sensible_result_on_every_page(desk: OpenDesk, rows: str) -> None:
    app = upload(desk("data"), ("odd.csv", f"发布时间,正文\n{rows}"))
    wellness(app)
    assert (loaded(app), len(app.error)) == ("odd.csv", 0)
    for page in ("overview", "trends", "response"):
        turn_to(app, page)
        wellness(app)
        assert len(app.error) == 0


STRANGE = "编号甲,何日,说了什么\n1,2025-03-03 08:00,挂号排队两小时\n"


def correct(app: AppTest) -> AppTest:
    """Say which column of STRANGE holds the time, and which the text."""
    for label, header in (("发布时间", "何日"), ("正文", "说了什么")):
        next(box for box in app.selectbox if box.label == label).set_value(header).run()
    return app


def test_a_header_is_put_right_and_remembered_for_the_next_upload(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("strange.csv", STRANGE))
    assert "何日" in errors(app) and "synthetic" not in loaded(app)
    correct(app)
    wellness(app)
    assert (loaded(app), len(app.error)) == ("strange.csv", 0)
    later = upload(desk("data"), ("later.csv", STRANGE.replace("03-03", "03-04")))
    assert (loaded(later), len(later.error)) == ("later.csv", 0)


def test_a_correction_holds_for_those_headers_alone(desk: OpenDesk) -> None:
    correct(upload(desk("data"), ("strange.csv", STRANGE)))
    other = upload(desk("data"), ("good.csv", GOOD))
    assert (loaded(other), len(other.error)) == ("good.csv", 0)


def test_the_sample_comes_back_by_its_button_and_the_file_by_another_upload(desk: OpenDesk) -> None:
    app = upload(desk("data"), ("good.csv", GOOD))
    app.button[0].click().run()
    wellness(app)
    assert "合成数据" in loaded(app)
    app.file_uploader(key="uploads").set_value(None).run()
    assert loaded(upload(app, ("good.csv", GOOD))) == "good.csv"


def test_trends_draw_every_measure_by_every_split(desk: OpenDesk) -> None:
    app = desk("trends", "en-GB")
    posts = 0
    for measure in ("posts", "interactions", "heat"):
        for split, step in (("all", "h"), ("topic", "D"), ("sentiment", "h"), ("platform", "D"), ("region", "D")):
            app.button_group(key="trend_measure").set_value(measure)
            app.button_group(key="trend_step").set_value(step)
            app.selectbox(key="trend_split").set_value(split).run()
            wellness(app)
            figure = json.loads(app.get("plotly_chart")[0].proto.spec)
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
    assert [info.value for info in app.info] == ["No burst up to this time."]
    app.toggle(key="trend_risk").set_value(True).run()
    wellness(app)


def test_response_at_routine_has_no_clocks_but_tasks_of_watching(desk: OpenDesk) -> None:
    app = go_to(desk("response", "en-GB"), "2025-11-18", 23)
    wellness(app)
    assert "Routine" in banner(app)
    assert "No clock runs while the level is routine." in [info.value for info in app.info]
    assert [success.value for success in app.success] == ["No red line is crossed."]
    assert "Limit" not in [column for table in app.table for column in table.value.columns]
    tasks = app.table[-1].value
    assert set(tasks["Deadline"]) == {""} and len(tasks) > 0


def test_response_at_severe_has_red_lines_clocks_and_tasks_with_deadlines(desk: OpenDesk) -> None:
    app = desk("response", "en-GB")
    wellness(app)
    assert "Severe" in banner(app)
    assert any("death is claimed" in error.value for error in app.error)
    assert "This is the highest level." in [info.value for info in app.info]
    reasons, clocks, tasks = (table.value for table in app.table)
    assert len(reasons) == 5
    assert {"Press conference", "Authoritative information"} <= set(clocks["Limit"])
    assert all(tasks["Deadline"]) and any("Legal review" in task for task in tasks["Task"])


def test_a_contradiction_between_thresholds_is_said_and_the_page_lives(desk: OpenDesk) -> None:
    app = desk("thresholds", "en-GB")
    mild = next(slider for slider in app.slider if slider.label == "Mild from")
    mild.set_value(99.0).run()
    wellness(app)
    assert "thresholds must rise" in errors(app)
    assert len(app.metric) == 0 and "Use now" not in [button.label for button in app.button]
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(20.0).run()
    assert (len(app.error), len(app.metric)) == (0, 2)


def test_all_weights_at_nought_are_said_to_be_wrong(desk: OpenDesk) -> None:
    app = desk("thresholds", "en-GB")
    names = {"Heat of risk posts", "Reach", "Gravity", "Negativity", "Growth"}
    for slider in app.slider:
        if slider.label in names:
            slider.set_value(0.0)
    app.run()
    wellness(app)
    assert "At least one of the five weights must be above 0." in errors(app)


def test_a_moved_threshold_changes_the_level_after_and_not_before(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    assert [metric.value for metric in app.metric] == ["Routine", "Routine"]
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(1.0).run()
    assert [metric.value for metric in app.metric] == ["Routine", "Mild (level I)"]
    hours = app.table[0].value.set_index("Level")
    assert int(hours.loc["Routine", "Hours after"].replace(",", "")) < int(
        hours.loc["Routine", "Hours before"].replace(",", "")
    )
    # every hour has a level, before and after
    for column in ("Hours before", "Hours after"):
        assert sum(int(cell.replace(",", "")) for cell in hours[column]) == span_in_hours(app)


def span_in_hours(app: AppTest) -> int:
    """How many hours does the sample span, both ends included?"""
    posts = pd.read_csv(ROOT / "sample_data" / "posts.csv", encoding="utf-8-sig", usecols=["发布时间"])
    times = pd.to_datetime(posts["发布时间"]).dt.floor("h")
    return int((times.max() - times.min()) / pd.Timedelta(hours=1)) + 1


def named(app: AppTest, label: str) -> object:
    return next(button for button in app.button if button.label == label)


def test_settings_are_used_saved_chosen_and_taken_back(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    next(slider for slider in app.slider if slider.label == "Mild from").set_value(1.0).run()
    app.text_input(key="profile_title").set_value("Night <b>*watch*</b>").run()
    named(app, "Save").click().run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "Night <b>*watch*</b>"
    assert "Mild" in banner(turn_to(app, "overview"))

    other = go_to(desk("overview", "en-GB"), "2025-11-18", 23)  # another session, another day
    assert "Routine" in banner(other)
    other.selectbox(key="profile_name").set_value("Night <b>*watch*</b>").run()
    wellness(other)
    assert "Mild" in banner(other)
    other.selectbox(key="profile_name").set_value("Standard").run()
    assert "Routine" in banner(other)

    named(turn_to(app, "thresholds"), "Shipped values").click().run()
    assert app.metric[0].value == "Routine"


def test_a_profile_is_loaded_from_its_file_and_a_broken_one_refused(desk: OpenDesk) -> None:
    app = go_to(desk("thresholds", "en-GB"), "2025-11-18", 23)
    chosen = Profile().with_values("thresholds", {"mild": 1.0}).with_name("From file")
    app.file_uploader(key="profile_file").set_value(("p.toml", to_toml(chosen).encode(), "application/toml")).run()
    wellness(app)
    assert app.selectbox(key="profile_name").value == "From file"
    assert app.metric[0].value == "Mild (level I)"
    for broken in (b"\xff\xfe", b"version = 1\nweights = 3", b"not toml", b"version = 1\n[weights]\nfame = 1"):
        app.file_uploader(key="profile_file").set_value(("p.toml", broken, "application/toml")).run()
        wellness(app)
        assert len(app.error) == 1
        assert app.selectbox(key="profile_name").value == "From file"


def test_a_saved_profile_that_can_no_longer_be_read_is_said_to_be_so(desk: OpenDesk) -> None:
    store.save(store.open_store(store_url()), "profile", "old", "version = 0")
    app = desk("overview", "en-GB")
    app.selectbox(key="profile_name").set_value("old").run()
    wellness(app)
    assert "version" in errors(app)


def test_the_jump_goes_to_where_the_level_rose(desk: OpenDesk) -> None:
    app = desk("overview", "en-GB")
    rise = app.selectbox(key="jump").options[-1]  # the first rise: "09-29 18:59 ◔ Mild"
    app.selectbox(key="jump").select_index(len(app.selectbox(key="jump").options) - 1).run()
    wellness(app)
    assert rise[:5] in banner(app) and rise.split()[-1] in banner(app)
    assert app.selectbox(key="jump").value is None


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
