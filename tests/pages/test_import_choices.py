"""Can the reading of a file be corrected on the Data page, and does the page say what became of it?"""

from __future__ import annotations

import io
import zipfile

from desks import OpenDesk
from operating import GOOD, errors, loaded, turn_to, upload, wellness
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, Selectbox

STRANGE = "编号甲,何日,说了什么\n1,某天,挂号排队两小时\n2,2025-03-03 08:00,窗口没有人\n"
POSTS = "发布时间,正文\n2025-03-03 08:00,临江市人民医院排队两小时\n2025-03-04 09:00,别家医院停车难\n"


def box(app: AppTest, label: str) -> Selectbox:
    return next(found for found in app.selectbox if found.label == label)


def button(app: AppTest, label: str) -> Button:
    return next(found for found in app.button if found.label == label)


def area(app: AppTest, label: str, names: str) -> None:
    next(found for found in app.text_area if found.label.startswith(label)).set_value(names)


def captions(app: AppTest) -> list[str]:
    return [caption.value.replace("\\", "") for caption in app.caption]


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.main.text]


def opened(app: AppTest) -> list[bool]:
    """Which of the boxes of how a table is read are open?"""
    return [box.proto.expanded for box in app.expander if box.label.startswith("How ")]


def test_a_file_that_is_read_for_sure_keeps_its_choices_closed(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("good.csv", GOOD))
    wellness(app)
    assert opened(app) == [False]
    assert "Published" not in [found.label for found in app.selectbox]


def test_the_preview_follows_the_choice_and_a_correction_can_be_undone(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("strange.csv", STRANGE.replace("两小时", "两小时13812345678")))
    assert opened(app) == [True] and "何日" in errors(app)
    assert list(app.dataframe[0].value.columns)[-2:] != ["Published", "Text"]
    box(app, "Text").set_value("说了什么").run()
    box(app, "Published").set_value("何日").run()
    wellness(app)
    assert loaded(app) == "strange.csv"
    shown = app.dataframe[0].value
    assert shown[["Published", "Text"]].values.tolist() == [
        ["某天", "挂号排队两小时138****5678"],
        ["2025-03-03 08:00", "窗口没有人"],
    ]
    assert "chosen by you" in captions(app)
    assert "1 good + 0 repaired + 1 set aside + 0 duplicates = 2 rows" in captions(app)
    assert opened(app) == [True]  # it does not close under the hand of who corrects it

    button(app, "Undo the corrections").click().run()
    assert "何日" in errors(app) and loaded(app) == "strange.csv"


def test_another_encoding_is_chosen_and_the_guess_comes_back(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("short.csv", "time,text\n2025-03-03 08:00,咋\n".encode("big5")))
    assert opened(app) == [True]  # one character tells too little
    assert "GB18030 (simplified Chinese), not sure, please check (0%)" in captions(app)
    guessed = app.dataframe[0].value["Text"].tolist()
    box(app, "Encoding").set_value("big5").run()
    wellness(app)
    assert app.dataframe[0].value["Text"].tolist() == ["咋"] != guessed
    assert any(text.startswith("Big5 (traditional Chinese), ") for text in texts(app))  # it was read anew
    box(app, "Encoding").set_value("").run()
    wellness(app)
    assert app.dataframe[0].value["Text"].tolist() == guessed


def test_tables_with_the_same_headers_are_asked_about_once(desk: OpenDesk) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.csv", STRANGE)
        archive.writestr("two.csv", STRANGE.replace("03-03", "03-04"))
    app = upload(desk("data", "en-GB"), ("both.zip", packed.getvalue()))
    assert opened(app) == [True, True]
    assert [found.label for found in app.selectbox].count("Published") == 1
    box(app, "Text").set_value("说了什么").run()
    box(app, "Published").set_value("何日").run()
    wellness(app)
    assert loaded(app) == "both.zip/one.csv, both.zip/two.csv"
    assert [metric.value for metric in app.metric] == [*"21010", *"21010"]


def test_two_uploads_of_one_name_are_both_read(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("posts.csv", GOOD), ("posts.csv", GOOD.replace("08:00", "09:00")))
    wellness(app)
    assert loaded(app) == "posts.csv, posts.csv (2)"
    assert [metric.value for metric in app.metric] == [*"11000", *"11000"]


def test_the_report_says_in_words_what_was_found(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("semi.csv", GOOD.replace(",", ";").encode("utf-8-sig")))
    assert {"CSV", "UTF-8 (with mark), certain (100%)", "semicolon", "none found"} <= set(texts(app))
    evidence = next(frame.value for frame in app.dataframe if "How it is known" in frame.value.columns)
    assert evidence[["Column", "Header in the file"]].values.tolist() == [["Published", "发布时间"], ["Text", "正文"]]


def test_posts_seen_in_several_exports_are_counted(desk: OpenDesk) -> None:
    one = "mid,发布时间,正文,平台,点赞数,采集时间\n7,2025-03-03 08:00,排队太久,微博,5,2025-03-03 10:00\n"
    two = one.replace(",5,2025-03-03 10:00", ",9,2025-03-04 10:00")
    app = upload(desk("data", "en-GB"), ("one.csv", one), ("two.csv", two))
    wellness(app)
    assert [metric.value for metric in app.metric] == [*"11000", *"10001"]
    assert any(text.startswith("1 posts stand in several exports") for text in texts(app))


def test_names_of_ours_hold_on_every_page_and_outlive_other_settings(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("two.csv", POSTS))
    assert "All 2 posts count: no names of ours are set." in texts(app)
    area(app, "Our names", "临江市人民医院，临江医院")
    button(app, "Apply").click().run()
    wellness(app)
    line = "1 of 2 posts are about us and count; 1 were left aside."
    assert line in texts(app)
    assert [metric.value for metric in app.metric] == [*"22000"]  # the report is of the whole file
    assert app.date_input[0].value.isoformat() == "2025-03-03"  # the latest post about us
    turn_to(app, "overview")
    assert line in captions(app) and app.metric[0].value == "1"
    button(turn_to(app, "thresholds"), "Shipped values").click().run()
    assert line in captions(turn_to(app, "overview"))


def test_names_that_no_post_has_leave_the_page_to_change_them(desk: OpenDesk) -> None:
    app = upload(desk("data", "en-GB"), ("two.csv", POSTS))
    area(app, "Our names", "不存在的医院")
    button(app, "Apply").click().run()
    wellness(app)
    assert "不存在的医院" in errors(app) and "two.csv" in loaded(app)
    for page in ("overview", "trends", "response", "thresholds"):
        wellness(turn_to(app, page))
        assert "不存在的医院" in errors(app)
    area(turn_to(app, "data"), "Our names", "")
    button(app, "Apply").click().run()
    wellness(app)
    assert len(app.error) == 0 and "All 2 posts count: no names of ours are set." in texts(app)


def test_names_are_kept_with_a_saved_profile(desk: OpenDesk) -> None:
    app = desk("thresholds", "en-GB")
    app.text_input(key="profile_title").set_value("Night").run()
    button(app, "Save").click().run()
    upload(turn_to(app, "data"), ("two.csv", POSTS))
    area(app, "Our names", "临江市人民医院")
    area(app, "Not meant", "分院")
    area(app, "Local media", "小城早知道、县融媒")
    button(app, "Apply").click().run()
    later = upload(desk("data", "en-GB"), ("two.csv", POSTS))  # another session
    later.selectbox(key="profile_name").set_value("Night").run()
    wellness(later)
    written = [area.value for area in later.text_area]
    assert written == ["临江市人民医院", "分院", "", "", "", "小城早知道\n县融媒", ""]
    assert "1 of 2 posts are about us and count; 1 were left aside." in texts(later)
    later.selectbox(key="profile_name").set_value("County hospital").run()  # a shipped one keeps the names in force
    wellness(later)
    assert [area.value for area in later.text_area] == written
